"""Search: an index that leads everywhere, and every public word for the one script of the site."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sitegen import searching
from sitegen.serve import site
from tests.conftest import NOW, SETTINGS, MakeDigest, Run, article, tree_of

pytest.importorskip("pagefind_bin", reason="the extra `search` is not installed")


def body(name: str, words: str, **extra: object) -> str:
    return article(name, **extra) + words


@pytest.fixture
def digest(make_digest: MakeDigest) -> Path:
    return make_digest(
        {
            "sitegen.yaml": f"{SETTINGS}cards: false\n",
            "content/articles/quay.md": body(
                "quay", "\nZebras waited.\n\n::: pull q1\n", topics="[ports]", source="{name: Courier}",
                quotes="[{id: q1, text: Zebras waited, speaker: Ada Lind}]",
            ),
            "content/articles/kept.md": body(
                "kept", "\nA third one.\n\nUnicorns are kept back.\n", rights="excerpt"
            ),
            "content/articles/gone.md": body(
                "gone", "\nWithdrawn walrus.\n", retracted="{date: 2026-11-20, reason: wrong}"
            ),
            "content/articles/draft.md": body("draft", "\nSecret squid.\n", status="draft"),
            "content/articles/nord.md": body("nord", "\nEin Hafen.\n", lang="de"),
            "content/pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
        }
    )  # fmt: skip


def build(run: Run, root: Path, *args: str) -> None:
    result = run("build", "-C", root, "--now", NOW, *args)
    assert result.code == 0, result.err


def fragments(root: Path) -> dict[str, dict[str, Any]]:
    """What is indexed of each page, by its address."""
    found = {}
    for path in (root / "public/search/pagefind/fragment").iterdir():
        made = json.loads(gzip.decompress(path.read_bytes()).decode().removeprefix("pagefind_dcd"))
        found[made["url"]] = made
    return found


def headers(root: Path) -> dict[str, list[str]]:
    rules: dict[str, list[str]] = {}
    for line in (root / "public/_headers").read_text().splitlines():
        if line.startswith("/"):
            rules[line] = []
        else:
            rules[list(rules)[-1]].append(line.strip())
    return rules


def test_every_public_word_is_indexed_and_no_other(digest: Path, run: Run) -> None:
    build(run, digest)
    found = fragments(digest)
    assert set(found) == {"/articles/quay/", "/articles/kept/", "/articles/nord/", "/about/"}
    words = " ".join(one["content"] for one in found.values())
    assert found["/articles/quay/"]["content"].count("Zebras") == 1  # not once more in the pull quote
    assert not any(word in words for word in ("Unicorns", "walrus", "squid"))
    assert found["/articles/quay/"]["meta"] == {
        "title": "Title of quay",
        "source": "Courier",
        "day": "2026-11-18",
    }
    assert not any(one["filters"] for one in found.values())  # their order is another one each time
    entry = json.loads((digest / "public/search/pagefind/pagefind-entry.json").read_text())
    assert [one["page_count"] for one in entry["languages"].values()] == [4]


def test_the_page_is_an_index_that_a_script_puts_a_field_above(digest: Path, run: Run) -> None:
    build(run, digest)
    page = (digest / "public/search/index.html").read_text()
    scripts = re.findall(r"<script[^>]*>", page)
    assert len(scripts) == 1
    assert re.fullmatch(r'<script type="module" src="/assets/search\.\w{8}\.js">', scripts[0])
    assert '<div class="search" role="search" hidden data-index="/search/pagefind/" data-base="/"' in page
    for address in (
        "/topics/ports/",
        "/people/ada-lind/",
        "/sources/courier/",
        "/archive/2026/11/",
        "/articles/nord/",
    ):
        assert f'<a href="{address}">' in page
    assert '<a href="/search/">Search</a>' in (digest / "public/index.html").read_text()
    for path in (digest / "public").rglob("*.html"):
        assert path.parent.name == "search" or '<script type="module"' not in path.read_text()


def test_only_the_search_page_may_run_its_script(digest: Path, run: Run) -> None:
    build(run, digest)
    rules = headers(digest)
    assert "script-src" not in " ".join(rules["/*"])
    assert len(rules["/search/*"]) == 1
    assert "connect-src 'self'" in rules["/search/*"][0]
    assert "script-src 'self' 'wasm-unsafe-eval'" in rules["/search/*"][0]
    assert "unsafe-inline" not in str(rules)


def test_a_host_that_joins_the_headers_of_rules_is_told_to_drop_one(digest: Path, run: Run) -> None:
    (digest / "sitegen.yaml").write_text(f"{SETTINGS}cards: false\nhost: cloudflare\n")
    build(run, digest)
    assert headers(digest)["/search/*"][0] == "! Content-Security-Policy"


def test_a_host_without_headers_has_the_policy_in_the_page(digest: Path, run: Run) -> None:
    (digest / "sitegen.yaml").write_text(f"{SETTINGS}cards: false\nhost: github\n")
    build(run, digest)
    assert "&#39;wasm-unsafe-eval&#39;" in (digest / "public/search/index.html").read_text()
    assert "wasm-unsafe-eval" not in (digest / "public/index.html").read_text()


def test_below_a_path(digest: Path, run: Run) -> None:
    build(run, digest, "--url", "https://wire.example/sub/")
    page = (digest / "public/search/index.html").read_text()
    assert 'data-index="/sub/search/pagefind/" data-base="/sub/"' in page
    assert "/sub/search/*" in headers(digest)


def test_without_the_extra_it_is_an_index_alone(
    digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "installed", lambda: False)
    build(run, digest)
    page = (digest / "public/search/index.html").read_text()
    assert '<a href="/topics/ports/">' in page
    assert "<script" not in page
    assert "<form" not in page
    assert not (digest / "public/search/pagefind").exists()
    assert "/search/*" not in headers(digest)


def test_the_config_decides(digest: Path, run: Run) -> None:
    (digest / "sitegen.yaml").write_text(f"{SETTINGS}cards: false\nsearch: false\n")
    build(run, digest)
    assert not (digest / "public/search").exists()
    assert "/search/" not in (digest / "public/index.html").read_text()


def test_same_bytes_and_no_second_run(digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    build(run, digest)
    first = tree_of(digest / "public")
    for folder in ("public", ".public.previous", ".sitegen"):
        shutil.rmtree(digest / folder, ignore_errors=True)
    build(run, digest)
    assert tree_of(digest / "public") == first

    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("the index was made again")

    monkeypatch.setattr(subprocess, "run", never)
    (digest / "templates").mkdir()
    (digest / "templates/missing.html").write_text('{% extends "gazette:missing.html" %}')
    build(run, digest)  # every page is rendered anew, and no word is another
    assert {name: data for name, data in tree_of(digest / "public").items() if "pagefind" in name} == {
        name: data for name, data in first.items() if "pagefind" in name
    }


def test_a_warm_build_is_a_cold_one(digest: Path, run: Run) -> None:
    build(run, digest)
    path = digest / "content/articles/quay.md"
    path.write_text(path.read_text() + "\nA new paragraph about zeppelins.\n")
    build(run, digest)
    assert "zeppelins" in fragments(digest)["/articles/quay/"]["content"]
    warm = tree_of(digest / "public")
    shutil.rmtree(digest / "public/search/pagefind")  # what is lost is made again
    shutil.rmtree(digest / ".public.previous", ignore_errors=True)
    path.touch()
    build(run, digest)
    assert tree_of(digest / "public") == warm


def test_a_program_that_fails_leaves_the_old_site(
    digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(run, digest)
    before = tree_of(digest / "public")
    path = digest / "content/articles/quay.md"
    path.write_text(path.read_text().replace("Zebras", "Quaggas"))
    failed = subprocess.CompletedProcess([], 3, "", "no room left")
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: failed)
    result = run("build", "-C", digest, "--now", NOW)
    assert result.code == 1
    assert "the search index could not be made: no room left [search-failed]" in result.err
    assert tree_of(digest / "public") == before
    assert not list((digest / ".sitegen").glob("search.*"))


def test_the_preview_does_without(digest: Path, run: Run) -> None:
    from datetime import datetime

    from sitegen.desk import Desk
    from sitegen.options import Options

    rebuild = site.rebuilding(digest, lambda config: Options(datetime.fromisoformat(NOW)), Desk(digest))
    files = rebuild(None).files
    assert b'<a href="/topics/ports/">' in files["search/index.html"]
    assert b"<script type=" not in files["search/index.html"]
    assert not any("pagefind" in name for name in files)
