"""`add`: one seed from a file, standard input or an address; and the front matter above a saved page."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen import frontmatter
from sitegen.errors import SeedError
from sitegen.fetch import client
from sitegen.fetch.wire import Limits
from sitegen.seeds import read
from tests.conftest import NOW, MakeDigest, Run, tree_of
from tests.loopback import Loopback, Says, loopback

WORDS = b"Harbour fees rise\n\nThe fees rise by 4% in March.\n"
PAGE = (
    "<!doctype html><html><head><title>Harbour fees rise</title></head><body><article>"
    "<h1>Harbour fees rise</h1>"
    + "<p>The harbour of Marrowick raises its fees by 4% in March, the port authority said on the quay.</p>"
    * 3
    + "</article></body></html>"
).encode()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setattr(client, "LIMITS", Limits(pause=0))
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with loopback() as made:
        yield made


@pytest.fixture
def root(make_digest: MakeDigest) -> Path:
    return make_digest({"../in/My Fees.txt": WORDS, "../in/page.html": PAGE, "../in/story.json": b"{}"})


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_is_copied_byte_for_byte(run: Run, root: Path) -> None:
    result = run("add", "-C", root, root / "../in/My Fees.txt", "--now", NOW)
    assert result.code == 0
    assert (root / "seeds/2026/my-fees.txt").read_bytes() == WORDS
    assert "made  seeds/2026/my-fees.txt" in result.out
    assert "sitegen convert seeds/2026/my-fees.txt" in result.out


def test_what_is_said_of_it_stands_at_its_top(run: Run, root: Path) -> None:
    said = ("--title", "Fees", "--source", "Courier", "--url", "https://c.example/1", "--author", "Ada Quill",
            "--date", "2026-11-20", "--topic", "ports", "--topic", "fees", "--rights", "excerpt")  # fmt: skip
    assert run("add", "-C", root, root / "../in/My Fees.txt", *said, "--now", NOW).code == 0
    matter, body = frontmatter.load((root / "seeds/2026/my-fees.txt").read_text())
    assert body == WORDS.decode()
    assert matter.pop("date").isoformat() == "2026-11-20"
    assert matter == {
        "title": "Fees", "url": "https://c.example/1", "source": "Courier", "author": "Ada Quill",
        "topics": ["ports", "fees"], "rights": "excerpt",
    }  # fmt: skip


def test_front_matter_that_is_there_is_added_to(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, b"---\nauthor: Bo Tarn\nsource: old\n---\nCaf\xe9 prices\n")
    assert run("add", "-C", root, "-", "--source", "new", "--now", NOW).code == 0
    matter, body = frontmatter.load((root / "seeds/2026/cafe-prices.txt").read_text())
    assert (matter, body) == ({"author": "Bo Tarn", "source": "new"}, "Café prices\n")


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (WORDS, "harbour-fees-rise.txt"),
        (PAGE, "harbour-fees-rise.html"),
        (b'{"headline": "x"}', "seed.json"),
        (b"\n\n   \n# A title\nx", "a-title.txt"),
    ],
)
def test_standard_input(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, path: str
) -> None:
    pipe(monkeypatch, data)
    result = run("add", "-C", root, "-", "--now", NOW, "--json")
    assert json.loads(result.out) == {"ok": True, "path": f"seeds/2026/{path}"}
    assert (root / "seeds/2026" / path).read_bytes() == data


@pytest.mark.parametrize(
    ("name", "path"),
    [("fees", "fees.txt"), ("fees.md", "fees.md"), ("../../x", "x.txt"), (".hidden", "hidden.txt")],
)
def test_its_name(run: Run, root: Path, name: str, path: str) -> None:
    assert run("add", "-C", root, root / "../in/My Fees.txt", "--name", name, "--now", NOW).code == 0
    assert (root / "seeds/2026" / path).read_bytes() == WORDS


def test_no_seed_is_written_over(run: Run, root: Path) -> None:
    run("add", "-C", root, root / "../in/My Fees.txt", "--now", NOW)
    before = tree_of(root)
    result = run("add", "-C", root, root / "../in/My Fees.txt", "--source", "x", "--now", NOW)
    assert result.code == 2
    assert "seeds/2026/my-fees.txt: error: there is a seed of this name" in result.err
    assert "--name" in result.err
    assert tree_of(root) == before


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("in/nothing.txt", "add-missing"),
        ("in/photo.png", "add-kind"),
        ("in", "add-kind"),
        ("in/empty.txt", "add-empty"),
        ("in/binary.txt", "add-binary"),
        ("in/large.txt", "add-too-large"),
        ("ftp://courier.example/x", "add-kind"),
    ],
)
def test_what_cannot_be_a_seed(run: Run, root: Path, given: str, code: str) -> None:
    folder = root.parent / "in"
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / "empty.txt").write_bytes(b" \n")
    (folder / "binary.txt").write_bytes(b"PK\x03\x04\0")
    (folder / "large.txt").write_bytes(b"x" * ((1 << 20) + 1))
    result = run("add", "-C", root, given if "://" in given else root.parent / given, "--json")
    assert (result.code, json.loads(result.out)["problems"][0]["code"]) == (2, code)
    assert not any((root / "seeds").glob("**/*.*"))


def test_json_says_everything_itself(run: Run, root: Path) -> None:
    result = run("add", "-C", root, root / "../in/story.json", "--source", "x", "--json")
    assert (result.code, json.loads(result.out)["problems"][0]["code"]) == (2, "add-matter")


# ---------------------------------------------------------------- from the web


def test_a_page_is_kept_as_it_came_with_its_address_and_the_day(run: Run, root: Path, web: Loopback) -> None:
    web.answers["/old"] = Says("", 302, {"Location": "/fees"})
    web.answers["/fees"] = Says(PAGE, headers={"Content-Type": "text/html; charset=utf-8"})
    assert run("add", "-C", root, f"{web.url}/old", "--source", "Courier", "--now", NOW).code == 0
    data = (root / "seeds/2026/harbour-fees-rise.html").read_bytes()
    assert (
        data
        == f"---\nurl: {web.url}/fees\nfetched:\n  at: 2026-11-22\nsource: Courier\n---\n".encode() + PAGE
    )


def test_a_page_from_the_web_converts(run: Run, root: Path, web: Loopback) -> None:
    pytest.importorskip("trafilatura", reason="the extra “html” is not installed")
    web.answers["/fees"] = Says(PAGE, headers={"Content-Type": "text/html"})
    run("add", "-C", root, f"{web.url}/fees", "--source", "Courier", "--now", NOW)
    result = run("convert", "-C", root, "--now", NOW)
    assert result.code == 0, result.err
    article = (root / "content/articles/2026/harbour-fees-rise.md").read_text()
    assert f"url: {web.url}/fees" in article and "name: Courier" in article
    assert "raises its fees by 4%" in article


@pytest.mark.parametrize(
    ("kind", "body", "path", "text"),
    [
        ("text/plain; charset=iso-8859-1", b"Caf\xe9.", "fees.txt", "Café."),
        ("text/html; charset=koi8-r", "<title>Fees</title>Порт".encode("koi8-r"), "fees.html", "Порт"),
        ("text/html; charset=nonsense", b"<title>Fees</title>x", "fees.html", "x"),
        ("application/json", b"{}", "fees.json", "{}"),
        ("", b"<p>x", "fees.html", "x"),
    ],
)
def test_kinds_and_character_sets(
    run: Run, root: Path, web: Loopback, kind: str, body: bytes, path: str, text: str
) -> None:
    web.answers["/fees"] = Says(body, headers={"Content-Type": kind} if kind else {})
    assert run("add", "-C", root, f"{web.url}/fees", "--now", NOW).code == 0
    assert (root / "seeds/2026" / path).read_text("utf-8").endswith(text)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Says("no", 404), "fetch-status"),
        (Says(b"%PDF", headers={"Content-Type": "application/pdf"}), "fetch-type"),
        (Says("", 302, {"Location": "http://10.0.0.1/"}), "fetch-address"),
        (Says(b"x" * ((8 << 20) + 1), headers={"Content-Type": "text/html"}), "fetch-too-large"),
        (Says("", headers={"Content-Type": "text/html"}), "add-empty"),
    ],
)
def test_addresses_that_give_no_seed(run: Run, root: Path, web: Loopback, answer: Says, code: str) -> None:
    web.answers["/x"] = answer
    result = run("add", "-C", root, f"{web.url}/x", "--json")
    assert result.code in (1, 2)
    assert json.loads(result.out)["problems"][0]["code"] == code
    assert not (root / "seeds").exists()


# ---------------------------------------------------------------- seeds that are pages


def page_seed(root: Path, data: bytes) -> Path:
    pytest.importorskip("trafilatura", reason="the extra “html” is not installed")
    path = root / "seeds/page.html"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def test_front_matter_above_a_page_wins_over_the_page(root: Path) -> None:
    said = PAGE.replace(
        b"<head>", b'<head><link rel=canonical href="https://a.example/"><meta name=author content=X>'
    )
    seed, problems = read(
        root, page_seed(root, b"---\nurl: https://b.example/\nsource: Courier\n---\n" + said)
    )
    plain, _ = read(root, page_seed(root, said))
    assert (seed.meta["url"], seed.meta["source"], problems) == ("https://b.example/", "Courier", [])
    assert (seed.text, seed.blocks) == (plain.text, plain.blocks)
    assert seed.meta["title"] == plain.meta["title"] and plain.meta["url"] == "https://a.example/"


def test_front_matter_above_a_page_in_another_character_set(root: Path) -> None:
    wide = PAGE.decode().replace("quay", "Kühlhaus").encode("utf-16")
    seed, _ = read(root, page_seed(root, "---\nsource: Küste\n---\n".encode() + wide))
    assert seed.meta["source"] == "Küste" and "Kühlhaus" in seed.text


def test_faults_in_front_matter_above_a_page_have_their_line(root: Path) -> None:
    with pytest.raises(SeedError) as caught:
        read(root, page_seed(root, b"---\nurl: [\n---\n" + PAGE))
    assert (caught.value.problems[0].path, caught.value.problems[0].line) == ("seeds/page.html", 2)


@pytest.mark.parametrize(
    ("comment", "url"),
    [
        ("<!-- saved from url=(0026)https://courier.example/1 -->", "https://courier.example/1"),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from url=(0011)file:///x -->", None),
    ],
)
def test_what_a_browser_wrote_when_it_saved_the_page(root: Path, comment: str, url: str | None) -> None:
    seed, _ = read(root, page_seed(root, PAGE.replace(b"<html>", f"{comment}<html>".encode(), 1)))
    assert seed.meta.get("url") == url
