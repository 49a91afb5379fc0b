"""`build --skip-faulty`: one faulty article does not keep the others waiting."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import NOW, MakeDigest, Run, article

FOLDER = Path(__file__).resolve().parents[1]
A, B = "content/articles/a.md", "content/articles/b.md"

FAULTS: dict[str, str | bytes] = {
    "an unknown key": article("b", standfrist="x"),
    "YAML that is none": article("b", topics="[a, b"),
    "no title": article("b", title="''"),
    "a slug that is none": article("b", slug="B b"),
    "not UTF-8": article("b").encode() + b"\xff\xfe",
    "the address of another": article("b", slug="a"),
    "too large": article("b").encode() + b"x" * (1 << 20),
}


def built(run: Run, root: Path, *options: str, code: int = 0) -> dict[str, object]:
    result = run("build", "-C", root, "--now", NOW, "--json", *options)
    assert result.code == code, result.err
    return json.loads(result.out)  # type: ignore[no-any-return]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_rest_is_built_and_the_last_page_stays(make_digest: MakeDigest, run: Run, fault: str) -> None:
    root = make_digest({A: article("a"), B: article("b", topics="[ports]")})
    built(run, root)
    before = (root / "public/articles/b/index.html").read_bytes()
    broken = FAULTS[fault]
    (root / B).write_bytes(broken if isinstance(broken, bytes) else broken.encode())
    (root / A).write_text(article("a", title="A new title"))

    assert built(run, root, code=1)["ok"] is False
    assert "A new title" not in (root / "public/articles/a/index.html").read_text()

    report = built(run, root, "--skip-faulty", code=1)
    assert (report["ok"], report["faulty"]) == (False, [B])
    assert "A new title" in (root / "public/articles/a/index.html").read_text()
    assert (root / "public/articles/b/index.html").read_bytes() == before
    assert "/articles/b/" not in (root / "public/index.html").read_text()

    again = built(run, root, "--skip-faulty", code=1)
    assert (again["written"], again["removed"], again["faulty"]) == ([], [], [B])

    (root / B).write_text(article("b", title="Mended"))
    assert built(run, root, "--skip-faulty")["ok"] is True
    assert "Mended" in (root / "public/articles/b/index.html").read_text()


def test_nothing_that_its_last_page_leads_to_is_missing(make_digest: MakeDigest, run: Run) -> None:
    """Its style sheet, its person's page and feed; not the page of a person of whom others told, too."""
    quoted = "[{id: q1, text: The second paragraph., speaker: Maren Oskarby}]"
    root = make_digest({
        A: article("a", topics="[ports, tolls]", expires="2026-12-01"),
        B: article("b", topics="[tolls, ships]", quotes=quoted, source="{name: The Tideway Review}"),
    })  # fmt: skip
    built(run, root, "--url", "https://wire.example/repo/")
    before = {path: path.read_bytes() for path in (root / "public").rglob("*") if path.is_file()}
    (root / B).write_text((root / B).read_text().replace("topics", "topisc"))
    shutil.copytree(FOLDER / "themes/gazette", root / "themes/gazette")
    with (root / "themes/gazette/assets/gazette.css").open("a") as styles:
        styles.write("p{margin:1px}")
    later = ("--now", "2026-12-02", "--url", "https://wire.example/repo/")
    assert json.loads(run("build", "-C", root, *later, "--skip-faulty", "--json").out)["faulty"] == [B]

    public = root / "public"
    assert len(list(public.glob("assets/gazette.*.css"))) == 2
    for kept in ("articles/b/index.html", "people/maren-oskarby/index.html", "people/maren-oskarby/feed.xml",
                 "topics/ships/index.html", "sources/the-tideway-review/index.html"):  # fmt: skip
        assert (public / kept).read_bytes() == before[public / kept], kept
    assert not (public / "articles/a").exists()
    assert not (public / "topics/tolls").exists(), "it told of an article that has expired"
    told = [path for path in public.rglob("*") if path.is_file() and b"Title of a" in path.read_bytes()]
    assert told == [public / "articles/b/index.html"], "a page stays as it was, its links to others too"
    again = json.loads(run("build", "-C", root, *later, "--skip-faulty", "--json").out)
    assert (again["written"], again["removed"]) == ([], [])


def test_a_last_page_stays_where_what_it_leads_to_is_retracted(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({A: article("a", topics="[ports]"), B: article("b", topics="[ports]")})
    built(run, root)
    (root / A).write_text(article("a", retracted="{date: 2026-11-19, reason: Wrong.}"))
    (root / B).write_text(article("b", standfrist="x"))
    built(run, root, "--skip-faulty", code=1)
    assert "/articles/a/" in (root / "public/articles/b/index.html").read_text()
    assert "Wrong." in (root / "public/articles/a/index.html").read_text()
    public = [path for path in (root / "public").rglob("*") if path.is_file()]
    assert [path for path in public if b"first paragraph of a" in path.read_bytes()] == []


def test_a_last_page_brings_nothing_from_outside_of_the_site(make_digest: MakeDigest, run: Run) -> None:
    links = "".join(
        f"[{n}]({to}) " for n, to in enumerate(("/%2e%2e/secret.txt", "/a/..%2f..%2f..%2fsecret.txt"))
    )
    root = make_digest({A: article("a"), B: article("b") + f"\n{links}\n", "secret.txt": "Not for readers."})
    built(run, root)
    assert "secret.txt" in (root / "public/articles/b/index.html").read_text()
    (root / B).write_text(article("b", standfrist="x"))
    assert built(run, root, "--skip-faulty", code=1)["faulty"] == [B]
    found = [path for path in (root / "public").rglob("*") if path.is_file()]
    assert not any(b"Not for readers" in path.read_bytes() for path in found)
    assert (root / "public/articles/b/index.html").is_file()
    assert (root / "secret.txt").read_text() == "Not for readers."


def test_list_and_check_go_on_without_it(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({A: article("a", expires="2026-12-01"), B: article("b", topics="[ports]")})
    built(run, root)
    (root / B).write_text(article("b", standfrist="x"))
    built(run, root, "--skip-faulty", code=1)

    told = run("list", "-C", root, "--now", NOW, "--scheduled", "--json")
    answer = json.loads(told.out)
    assert (told.code, answer["ok"], answer["next_change"]) == (1, False, "2026-12-01T00:00:00+00:00")
    assert [one["code"] for one in answer["problems"]] == ["key-unknown"]
    assert [one["id"] for one in answer["articles"]] == ["id-a"]

    seen = run("check", "-C", root, "--now", NOW, "--json")
    answer = json.loads(seen.out)
    codes = {one["code"] for one in answer["problems"] if one["code"] != "article-unsourced"}
    assert (seen.code, answer["ok"], codes) == (1, False, {"key-unknown"})
    assert answer["pages"] > 5


def test_addresses_it_had_before_still_lead_to_it(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({B: article("b", slug="old")})
    built(run, root)
    (root / B).write_text(article("b", slug="young"))
    built(run, root)
    (root / B).write_text(article("b", slug="young", standfrist="x"))
    built(run, root, "--skip-faulty", code=1)
    assert (root / "public/articles/young/index.html").is_file()
    assert (root / "public/_redirects").read_text() == "/articles/old/ /articles/young/ 301\n"


def test_one_that_was_never_public_has_no_page_to_keep(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({A: article("a"), B: FAULTS["an unknown key"]})
    built(run, root, "--skip-faulty", code=1)
    assert not (root / "public/articles/b").exists()


def test_its_place_may_be_taken(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({B: article("b")})
    built(run, root)
    (root / B).write_text(article("b", standfrist="x"))
    (root / A).write_text(article("a", title="The new one", slug="b"))
    built(run, root, "--skip-faulty", code=1)
    assert "The new one" in (root / "public/articles/b/index.html").read_text()


def test_a_faulty_seed_is_passed_over_too(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({A: article("a"), "seeds/b.json": "{"})
    plain = run("build", "-C", root, "--now", NOW)
    report = run("build", "-C", root, "--now", NOW, "--skip-faulty", "--json")
    assert plain.code == report.code == 1
    assert json.loads(report.out)["faulty"] == ["seeds/b.json"]
    assert (root / "public/articles/a/index.html").is_file()


def test_what_is_not_an_article_still_ends_the_build(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({A: article("a"), "content/pages/about.md": "no front matter\n"})
    assert run("build", "-C", root, "--now", NOW, "--skip-faulty").code == 1
    assert not (root / "public").exists()


def test_it_is_annotated_where_the_build_runs_in_github_actions(
    make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    root = make_digest({A: article("a"), B: FAULTS["an unknown key"]})
    said = run("build", "-C", root, "--now", NOW, "--skip-faulty")
    assert said.code == 1
    assert f"::error file={B},line=6,col=1::unknown key “standfrist”" in said.out
    assert f"passed over  {B}" in said.out


def test_a_summary_is_never_too_large_to_be_shown(
    make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    quotes = "".join(f"{{id: q{n}, text: Nobody | says `this` <{n}>}}, " for n in range(600))
    run("build", "-C", make_digest({A: article("a", quotes=f"[{quotes}]")}), "--now", NOW)
    rows = (tmp_path / "summary.md").read_text().splitlines()
    assert sum(row.startswith(f"| {A}:") for row in rows) == 500
    assert rows[-2] == "| … | 100 more | the log of the run has them all |"


def test_strict_and_skipping_exclude_each_other(make_digest: MakeDigest, run: Run) -> None:
    assert run("build", "-C", make_digest({}), "--strict", "--skip-faulty").code == 2
