"""`check`: one small site for each fault, the feeds' rules, the reports, and the demo digest without any."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen import check
from sitegen.check import feeds
from sitegen.check.page import read as read_page
from sitegen.check.rules import RULES
from sitegen.errors import Problem, UsageError
from tests.conftest import NOW, MakeDigest, Run, article, write_tree

HEAD = '<!doctype html><html lang="en"><head><title>{}</title></head><body><h1 id="top-1">{}</h1>'


def page(title: str, body: str = "") -> str:
    return HEAD.format(title, title) + body + "</body></html>"


SOUND: Mapping[str, str | bytes] = {
    "index.html": page(
        "Home", '<a href="/a/">A</a> <a href="/a/#part">part</a> <a href="https://other.example/">x</a>'
    ),
    "a/index.html": page(
        "A",
        '<h2 id="part">Part</h2><a href="../">up</a><img src="/p.png" alt="" width="1" height="1">'
        '<a href="/old/">old</a>',
    ),
    "p.png": b"\x89PNG",
    "404.html": page("Missing", '<a href="/">home</a>'),
    "_redirects": "# old places\n/old/ /a/ 301\n/older/* /a/ 301\n",
}


def checked(tmp_path: Path, tree: Mapping[str, str | bytes], base: str = "") -> list[Problem]:
    folder = tmp_path / "public"
    write_tree(folder, tree)
    return list(check.check(check.read(folder, origin="https://wire.example", base=base, shown="public")))


def test_a_sound_site_has_no_problem(tmp_path: Path) -> None:
    assert checked(tmp_path, SOUND) == []


A = "a/index.html"


def a(body: str) -> str:
    """The page A with another body."""
    return page("A", body)


RSS = '<rss version="2.0"><channel><title>T</title><link>https://x.example/</link>{}</channel></rss>'
ITEM = "<item><title>I</title><guid>{}</guid></item>"

MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/a/</loc></url></urlset>'
JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1"'

FAULTS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "link-broken": ({A: a("\n\n  <a href='/nowhere/'>x</a><a href='../'>y</a>")}, "a/index.html:3:3"),
    "anchor-missing": ({"index.html": page("Home", '<a href="/a/#parts">x</a>')}, "index.html:1"),
    "picture-missing": ({A: a('<img src="gone.png" alt="x" width="1" height="1">')}, "a/index.html:1"),
    "picture-alt": ({A: a('<img src="/p.png" width="1" height="1">')}, "a/index.html:1"),
    "picture-size": ({A: a('<img src="/p.png" alt="x" width="50%" height="1">')}, "a/index.html:1"),
    "redirect-broken": ({"_redirects": "/old/ /a/\n/x/ /gone/ 302\n"}, "_redirects:2"),
    "feed-invalid": ({"feed.xml": RSS.format(ITEM.format("g") * 2)}, "feed.xml"),
    "id-twice": ({A: a('<h2 id="part">Part</h2><p id="part">x</p>')}, "a/index.html"),
    "title-twice": ({A: page("Home", '<h2 id="part">P</h2>')}, "a/index.html"),
    "page-untitled": ({A: page("", '<h2 id="part">P</h2>')}, "a/index.html"),
    "page-language": ({A: '<title>A</title><h1>A</h1><h2 id="part">P</h2>'}, "a/index.html"),
    "page-heading": ({A: a('<h1 id="part">B</h1>')}, "a/index.html"),
    "heading-skipped": ({A: a('<h3 id="part">B</h3>')}, "a/index.html"),
    "page-orphan": ({"b/index.html": page("B", '<a href="/b/">itself</a>')}, "b/index.html"),
    "page-heavy": (
        {A: a('<h2 id="part">P</h2><script src="/big.js"></script>'), "big.js": "x" * 100_000},
        "a/index.html",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTS)
def test_one_fault(tmp_path: Path, code: str) -> None:
    tree, place = FAULTS[code]
    found = [problem for problem in checked(tmp_path, {**SOUND, **tree}) if problem.code == code]
    assert len(found) == 1
    assert found[0].place.startswith(f"public/{place}")


def test_every_rule_has_a_site_that_breaks_it(tmp_path: Path) -> None:
    broken = set()
    for name, (tree, _) in FAULTS.items():
        folder = tmp_path / name
        write_tree(folder, {**SOUND, **tree})
        site = check.read(folder, origin="https://wire.example", base="", shown="public")
        broken |= {rule.__name__ for _, rule in RULES if any(True for _ in rule(site))}
    nowhere = check.read(tmp_path / "feed-invalid", origin="", base="", shown="public")
    assert "site-address" in {problem.code for problem in check.check(nowhere)}
    assert broken == {rule.__name__ for _, rule in RULES} - {"the_site_knows_its_address"}


def test_a_site_below_a_path(tmp_path: Path) -> None:
    tree = {
        "index.html": page("Home", '<a href="/repo/a/">A</a><a href="/elsewhere/">not ours</a>'),
        "a/index.html": page("A", '<a href="/repo/b/">B</a><a href="/repo">home</a>'),
    }
    found = checked(tmp_path, tree, base="/repo")
    assert [(problem.code, problem.message) for problem in found] == [
        ("link-broken", "this link leads nowhere: /repo/b/")
    ]


def test_the_nearest_page_is_offered(tmp_path: Path) -> None:
    tree = {**SOUND, "articles/ferries-wait/index.html": page("F", '<a href="/articles/ferries-wayt/">x</a>')}
    found = [problem for problem in checked(tmp_path, tree) if problem.code == "link-broken"]
    assert found[0].hint == "did you mean “/articles/ferries-wait/”?"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.xml", "<rss", "this is not XML"),
        ("a.xml", "<!DOCTYPE x><rss/>", "no document type"),
        ("a.xml", "<rss version='2.0'/>", "one channel"),
        ("a.xml", RSS.format("<item/>"), "neither a title nor a description"),
        ("a.xml", RSS.format("<item><title>x</title><link>/a/</link></item>"), "no whole address"),
        ("a.xml", RSS.format("<item><title>x</title><pubDate>soon</pubDate></item>"), "no date"),
        ("a.xml", '<feed xmlns="http://www.w3.org/2005/Atom"/>', "the feed has no id"),
        ("a.xml", MAP, "no whole address"),
        ("a.json", f"{JSON_FEED}}}", "no title"),
        ("a.json", f'{JSON_FEED}, "title": "x", "items": [{{"id": "1"}}]}}', "neither content_html"),
        ("a.json", "{", "this is not JSON"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_feed(name: str, text: str, message: str) -> None:
    assert any(message in fault for fault, _ in feeds.faults(text.encode(), name))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.xml",
            RSS.format("<item><title>x</title><pubDate>Sun, 22 Nov 2026 06:17:00 GMT</pubDate></item>"),
        ),
        ("a.json", '{"any": "thing"}'),
        ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}'),
        ("a.xml", "<svg/>"),
    ],
)
def test_what_is_right_with_a_feed(name: str, text: str) -> None:
    assert list(feeds.faults(text.encode(), name)) == []


@pytest.mark.parametrize("data", [b"", b"\xff\xfe<", b"<a href=", b"<![x", b"<a href>" * 50, b"<!--"])
def test_any_bytes_are_a_page(data: bytes) -> None:
    assert read_page("x/index.html", data).address == "/x/"


def test_no_site_is_a_matter_of_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no site"):
        check.read(tmp_path / "public", origin="", base="", shown="public")


def test_sarif_names_rule_file_and_line(tmp_path: Path) -> None:
    tree, _ = FAULTS["link-broken"]
    made = check.sarif(checked(tmp_path, {**SOUND, **tree}), "1.0")
    result = made["runs"][0]["results"][0]
    assert result["ruleId"] == "link-broken"
    place = result["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "public/a/index.html"},
        "region": {"startLine": 3, "startColumn": 3},
    }
    whole = check.sarif([Problem("no alt", "picture-alt", "static/Käse 100%.md", hint="say it")], "1.0")
    (result,) = whole["runs"][0]["results"]
    assert result["message"]["text"] == "no alt (say it)"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "static/K%C3%A4se%20100%25.md"},
        "region": {"startLine": 1},
    }


def test_the_demo_digest_is_sound(tmp_path: Path, run: Run) -> None:
    """As a newcomer would: build, check; then break a link by hand and check again."""
    here = Path(__file__).resolve().parents[1]
    root = tmp_path / "demo"
    for name in ("sitegen.yaml", "content", "data", "static", "seeds"):
        source = here / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        elif source.is_file():
            root.mkdir(exist_ok=True)
            shutil.copy(source, root / name)
    now = "2026-11-22T06:17:00+00:00"
    assert run("build", "-C", root, "--now", now).code == 0
    result = run("check", "-C", root, "--now", now, "--json")
    made = json.loads(result.out)
    assert [problem for problem in made["problems"] if problem["severity"] == "error"] == []
    assert (result.code, made["ok"]) == (0, True)
    index = root / "public/index.html"
    index.write_text(index.read_text().replace("/topics/", "/topixx/", 1))
    result = run("check", "-C", root, "--now", now, "--sarif", root / "check.sarif")
    assert result.code == 1
    assert "link-broken" in result.err
    assert json.loads((root / "check.sarif").read_text())["version"] == "2.1.0"


def test_what_the_articles_leave_in_doubt_is_said_too(make_digest: MakeDigest, run: Run) -> None:
    """Each with its file and line: a quote that an edit took out of the body, an article without a source, a
    picture without words, one that is not there."""
    extra = {
        "quotes": "[{id: q1, text: Nobody says this any more}]",
        "seed": f"{{file: a.txt, sha256: {'0' * 64}}}",
        "images": "[{src: /p.svg}, {src: gone.jpg, alt: Gone}]",
    }
    root = make_digest({"content/articles/a.md": article("a", **extra), "static/p.svg": "<svg/>"})
    assert run("build", "-C", root, "--now", NOW).code == 0
    result = run("check", "-C", root, "--now", NOW, "--sarif", root / "check.sarif")
    assert result.code == 0
    told = {
        "quote-not-in-body": "content/articles/a.md:6:25",
        "article-unsourced": "content/articles/a.md:2:1",
        "image-alt": "content/articles/a.md:8:16",
        "picture-missing": "content/articles/a.md:8:31",
    }
    for code, place in told.items():
        assert re.search(rf"^{place}: warning: .*\[{code}\]$", result.err, re.MULTILINE), (code, result.err)
    results = json.loads((root / "check.sarif").read_text())["runs"][0]["results"]
    assert set(told) <= {one["ruleId"] for one in results}
    assert run("check", "-C", root, "--now", NOW, "--strict").code == 1


@pytest.mark.parametrize("url", ["http://localhost/", "https://example.org/digest/"])
def test_an_address_at_which_nobody_can_read_is_told(make_digest: MakeDigest, run: Run, url: str) -> None:
    root = make_digest({"sitegen.yaml": f"title: T\nurl: {url}\n", "content/articles/a.md": article("a")})
    assert run("build", "-C", root, "--now", NOW).code == 0
    said = run("check", "-C", root, "--now", NOW)
    assert (said.code, "[site-address]" in said.err) == (0, True)


def test_a_notice_that_nothing_links_to_is_no_orphan(make_digest: MakeDigest, run: Run) -> None:
    withdrawn = article("a", retracted="{date: 2026-11-19, reason: Withdrawn.}")
    root = make_digest({"content/articles/a.md": withdrawn, "content/articles/b.md": article("b")})
    assert run("build", "-C", root, "--now", NOW).code == 0
    assert run("check", "-C", root, "--now", NOW, "--strict").code == 0


def test_the_picture_of_a_shared_link_is_looked_for(tmp_path: Path) -> None:
    head = HEAD.replace(
        "</title>", '</title><meta property="og:image" content="https://wire.example/gone.png">'
    )
    found = checked(tmp_path, {**SOUND, A: head.format("A", "A") + '<h2 id="part">Part</h2></body></html>'})
    assert [problem.code for problem in found] == ["picture-missing"]
