"""Feeds: of what, where, under which ids; read by feedparser and held to the rules of the W3C's validator."""

from __future__ import annotations

import json
import re
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from sitegen.check import feeds
from tests.conftest import NOW, MakeDigest, Run

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
HERE = "https://wire.example/digest"
CONFIG = f"""\
title: Ports & <Ships>
url: {HERE}/
timezone: Europe/Lisbon
feed:
  hub: https://hub.example/
sources:
  Quayside Analytics: {{rights: link}}
  Bulkhead Monthly: {{rights: excerpt}}
"""
FULL = """\
---
id: full-id
title: "Rates < 5% & “falling”"
slug: rates
date: 2026-11-18T09:00:00+01:00
updated: 2026-11-19T10:30:00+01:00
standfirst: Less than 5% & more <than> 4%.
topics: [ports]
lang: pt
source: {name: Marrowick Courier, url: "https://courier.example/rates?a=1&b=2", author: Ines Valdoro}
images: [{src: /quay.svg, alt: A quay}]
quotes: [{id: q1, text: We sell quiet, speaker: Maren Oskarby}]
corrections: [{date: 2026-11-20, text: The rate was 4%.}]
note: See [the others](/topics/ports/).
---
See [ours](/topics/ports/), [beside](../other/), [below](#end) and [theirs](https://courier.example/x).

## A <heading>

“We sell quiet,” she said, <script>alert(1)</script> & so on ]]> to the end.

![a map](/quay.svg) ![far](https://tracker.example/pixel.png)
"""
PLAIN = "---\nid: {0}-id\ntitle: Title of {0}\nslug: {0}\ndate: {1}\ntopics: [ports]\n{2}---\n{3}\n"
TREE = {
    "sitegen.yaml": CONFIG,
    "static/quay.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/articles/rates.md": FULL,
    "content/articles/other.md": PLAIN.format(
        "other", "2026-11-17", "source: {name: Quayside Analytics, url: 'https://q.example/'}\n", "Kept back."
    ),
    "content/articles/undated.md": (
        "---\nid: undated-id\ntitle: Undated\nslug: undated\nadded: 2026-11-16\n---\nWords.\n"
    ),
    "content/editions/1.md": "---\nnumber: 1\ntitle: One\ndate: 2026-11-18\ntop: undated-id\nsections:\n"
    "  - {title: Freight & rail, items: [full-id, other-id]}\n---\n",
}
HEADERS = {
    "xml": {"content-type": "application/rss+xml", "content-location": f"{HERE}/feed.xml"},
    "atom": {"content-type": "application/atom+xml", "content-location": f"{HERE}/feed.atom"},
}
PLACES = ("", "topics/ports/", "people/maren-oskarby/", "editions/1/", "sections/freight-rail/")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sitegen.cli import main
    from tests.conftest import write_tree

    root = tmp_path_factory.mktemp("feeds")
    write_tree(root, TREE)
    with pytest.raises(SystemExit) as ended:
        main(["build", "-C", str(root), "--now", NOW])
    assert ended.value.code == 0
    return root / "public"


def files(public: Path, ending: str) -> list[Path]:
    return sorted(public.rglob(f"feed.{ending}"))


def contents(public: Path) -> list[tuple[str, str]]:
    """(file, HTML) of every entry of every feed."""
    found = []
    for path in files(public, "xml"):
        items = ElementTree.fromstring(path.read_bytes()).iter("item")
        found += [(str(path), item.findtext(CONTENT) or "") for item in items]
    for path in files(public, "atom"):
        entries = ElementTree.fromstring(path.read_bytes()).iter(f"{ATOM}entry")
        found += [(str(path), entry.findtext(f"{ATOM}content") or "") for entry in entries]
    for path in files(public, "json"):
        found += [(str(path), item["content_html"]) for item in json.loads(path.read_bytes())["items"]]
    return found


# ---------------------------------------------------------------- which there are


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("ending", ["xml", "atom", "json"])
def test_there_are_feeds_of(public: Path, place: str, ending: str) -> None:
    assert (public / place / f"feed.{ending}").is_file()


def test_no_feed_of_anything_else(public: Path) -> None:
    found = {path.parent.relative_to(public).as_posix() + "/" for path in public.rglob("feed.*")}
    assert found == {place or "./" for place in PLACES}


def test_the_config_says_which_and_how_many(make_digest: MakeDigest, run: Run) -> None:
    given = "title: x\nurl: https://wire.example/\nfeed: {items: 2, formats: [atom], of: [topics, site]}\n"
    root = make_digest({**TREE, "sitegen.yaml": given})
    assert run("build", "-C", root, "--now", NOW).code == 0
    found = sorted(path.relative_to(root / "public").as_posix() for path in root.glob("public/**/feed.*"))
    assert found == ["feed.atom", "topics/ports/feed.atom"]
    assert (root / "public/feed.atom").read_text().count("<entry") == 2
    home = (root / "public/index.html").read_text()
    assert home.count('rel="alternate"') == 1 and "application/atom+xml" in home


@pytest.mark.parametrize(
    ("given", "words"), [("{items: 0}", "above 0"), ("{hub: nowhere}", "hub"), ("{formats: [rdf]}", "rdf")]
)
def test_what_the_config_cannot_say(make_digest: MakeDigest, run: Run, given: str, words: str) -> None:
    result = run("build", "-C", make_digest({"sitegen.yaml": f"title: x\nfeed: {given}\n"}))
    assert result.code == 2 and words in result.err and "sitegen.yaml:2" in result.err


@pytest.mark.parametrize("place", ["topics/ports/", "people/maren-oskarby/", "editions/1/"])
def test_a_page_names_its_feeds(public: Path, place: str) -> None:
    links = re.findall(r'<link rel="alternate" type="([^"]*)" title="([^"]*)" href="([^"]*)">',
                       (public / place / "index.html").read_text())  # fmt: skip
    addresses = [address for _, _, address in links]
    assert addresses[:3] == ["/digest/feed.xml", "/digest/feed.atom", "/digest/feed.json"]
    assert addresses[3:6] == [f"/digest/{place}feed.{ending}" for ending in ("xml", "atom", "json")]
    assert [kind for kind, _, _ in links[:3]] == [
        "application/rss+xml", "application/atom+xml", "application/feed+json",
    ]  # fmt: skip
    assert len({title for _, title, _ in links}) == len(links), "readers show the titles to choose from"


def test_an_edition_is_in_reading_order_and_a_section_newest_first(public: Path) -> None:
    edition = feedparser.parse((public / "editions/1/feed.atom").read_bytes())
    assert [entry.id for entry in edition.entries] == [
        "urn:sitegen:undated-id", "urn:sitegen:full-id", "urn:sitegen:other-id",
    ]  # fmt: skip
    assert edition.feed.title == "One – Ports & <Ships>"
    section = json.loads((public / "sections/freight-rail/feed.json").read_bytes())
    assert [item["id"] for item in section["items"]] == ["urn:sitegen:full-id", "urn:sitegen:other-id"]
    assert section["title"] == "Freight & rail – Ports & <Ships>"
    assert section["home_page_url"] == f"{HERE}/editions/"


# ---------------------------------------------------------------- ids


def ids(public: Path) -> set[tuple[str, str]]:
    atom = feedparser.parse((public / "feed.atom").read_bytes())
    rss = feedparser.parse((public / "feed.xml").read_bytes())
    js = json.loads((public / "feed.json").read_bytes())
    return {("atom", e.id) for e in atom.entries} | {("rss", e.id) for e in rss.entries} | {
        ("json", item["id"]) for item in js["items"]
    }  # fmt: skip


def test_ids_outlive_edits_of_title_slug_and_date(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest(TREE)
    assert run("build", "-C", root, "--now", NOW).code == 0
    before = ids(root / "public")
    path = root / "content/articles/other.md"
    text = path.read_text().replace("Title of other", "Another").replace("slug: other", "slug: another")
    path.write_text(text.replace("2026-11-17", "2026-11-15"))
    assert run("build", "-C", root, "--now", NOW).code == 0
    assert ids(root / "public") == before and len(before) == 9
    assert "/articles/another/" in (root / "public/feed.xml").read_text()


# ---------------------------------------------------------------- read by a reader


@pytest.mark.parametrize("ending", ["xml", "atom"])
def test_feedparser_reads_back_what_was_meant(public: Path, ending: str) -> None:
    data = (public / f"feed.{ending}").read_bytes()
    read = feedparser.parse(data, response_headers=HEADERS[ending])
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == {"xml": "rss20", "atom": "atom10"}[ending]
    assert read.feed.title == "Ports & <Ships>" and read.feed.link == f"{HERE}/"
    assert ("hub", "https://hub.example/") in {(link.rel, link.href) for link in read.feed.links}
    first = next(entry for entry in read.entries if entry.id == "urn:sitegen:full-id")
    assert first.title == "Rates < 5% & “falling”"
    assert first.link == f"{HERE}/articles/rates/"
    assert first.published_parsed[:5] == (2026, 11, 18, 8, 0)
    assert first.author == "Ines Valdoro"
    assert [tag.term for tag in first.tags] == ["ports"]
    content = first.content[0].value
    assert f'href="{HERE}/topics/ports/"' in content and f'href="{HERE}/articles/other/"' in content
    assert f'src="{HERE}/quay.svg"' in content and "The rate was 4%." in content
    assert "<script" not in content and "alert(1)" in content


def test_json_feed_says_the_same(public: Path) -> None:
    feed = json.loads((public / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["feed_url"] == f"{HERE}/feed.json"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    item = next(item for item in feed["items"] if item["id"] == "urn:sitegen:full-id")
    assert (item["title"], item["summary"]) == ("Rates < 5% & “falling”", "Less than 5% & more <than> 4%.")
    assert item["date_published"] == "2026-11-18T09:00:00+01:00"
    assert item["date_modified"] == "2026-11-20T00:00:00+00:00", "the day of the correction"
    assert (item["authors"], item["tags"], item["language"]) == ([{"name": "Ines Valdoro"}], ["ports"], "pt")
    assert item["external_url"] == "https://courier.example/rates?a=1&b=2"
    assert item["image"] == f"{HERE}/quay.svg"


def test_the_three_formats_hold_the_same_words(public: Path) -> None:
    for place in PLACES:
        rss, atom, js = (dict.fromkeys(text for name, text in contents(public) if name.endswith(
            str(public / place / f"feed.{ending}"))) for ending in ("xml", "atom", "json"))  # fmt: skip
        assert [*rss] == [*atom] == [*js] and rss


# ---------------------------------------------------------------- the W3C validator's rules


def test_check_finds_nothing_wrong(public: Path) -> None:
    for path in public.rglob("feed.*"):
        assert list(feeds.faults(path.read_bytes(), path.name)) == []


def test_a_feed_names_itself_where_it_stands(public: Path) -> None:
    for path in (*files(public, "xml"), *files(public, "atom")):
        top = ElementTree.fromstring(path.read_bytes())
        links = [link for link in top.iter(f"{ATOM}link") if link.get("rel") == "self"]
        assert [link.get("href") for link in links] == [f"{HERE}/{path.relative_to(public).as_posix()}"]
        kind = {".xml": "application/rss+xml", ".atom": "application/atom+xml"}[path.suffix]
        assert links[0].get("type") == kind


# What may stand in each element, and how often at most; "+" is at least once.
NS = {
    ATOM: "atom:", "{http://purl.org/rss/1.0/modules/content/}": "content:",
    "{http://purl.org/dc/elements/1.1/}": "dc:",
}  # fmt: skip
MAY = {
    "rss": {"channel": "+1"},
    "channel": {"title": "+1", "link": "+1", "description": "+1", "language": "1", "lastBuildDate": "1",
                "item": "*", "atom:link": "*"},
    "item": {"title": "+1", "link": "1", "guid": "+1", "pubDate": "1", "description": "1", "category": "*",
             "content:encoded": "1", "dc:creator": "*"},
    "atom:feed": {"atom:id": "+1", "atom:title": "+1", "atom:updated": "+1", "atom:subtitle": "1",
                  "atom:link": "*", "atom:author": "*", "atom:entry": "*"},
    "atom:entry": {"atom:id": "+1", "atom:title": "+1", "atom:updated": "+1", "atom:published": "1",
                   "atom:link": "*", "atom:author": "*", "atom:category": "*", "atom:summary": "1",
                   "atom:content": "1"},
    "atom:author": {"atom:name": "+1"},
}  # fmt: skip


def test_every_element_is_one_of_the_standards_and_stands_as_often_as_it_may(public: Path) -> None:
    for path in (*files(public, "xml"), *files(public, "atom")):
        for node in ElementTree.fromstring(path.read_bytes()).iter():
            may = MAY.get(named(node), {})
            inside = [named(child) for child in node]
            assert set(inside) <= set(may), f"{path}: <{named(node)}>"
            for name, often in may.items():
                assert not often.endswith("1") or inside.count(name) <= 1, f"{path}: {name} twice"
                assert not often.startswith("+") or name in inside, f"{path}: no {name}"
                if often.startswith("+") and name not in ("channel", "atom:author"):
                    assert (node[inside.index(name)].text or "").strip(), f"{path}: {name} is empty"


def named(node: ElementTree.Element) -> str:
    space, end, name = node.tag.rpartition("}")
    return NS[space + end] + name if space else name


def test_links_lead_where_each_standard_wants_them(public: Path) -> None:
    for path in files(public, "atom"):
        top = ElementTree.fromstring(path.read_bytes())
        for one in (top, *top.iter(f"{ATOM}entry")):
            links = [(link.get("rel"), link.get("type")) for link in one.findall(f"{ATOM}link")]
            assert links.count(("alternate", "text/html")) == 1 and len(set(links)) == len(links), path
            assert all(re.match("https?://", link.get("href", "")) for link in one.findall(f"{ATOM}link"))
        for entry in top.iter(f"{ATOM}entry"):
            assert entry.findtext(f"{ATOM}summary") != entry.findtext(f"{ATOM}content")
            assert all(tag.get("term") for tag in entry.findall(f"{ATOM}category"))
            times = [entry.findtext(ATOM + name) or "" for name in ("published", "updated")]
            assert times[0][:10] <= times[1][:10], "changed before it was published"
    for path in (*files(public, "xml"), *files(public, "atom")):
        start = path.read_bytes()
        assert start.startswith(b'<?xml version="1.0" encoding="utf-8"?>'), "no character set to guess"
        languages = re.findall(rb"<language>(.*?)</language>|xml:lang=\"(.*?)\"", start)
        assert languages and all(re.fullmatch(rb"[a-z]{2,3}(-[A-Z]{2})?", a or b) for a, b in languages)


def test_dates_are_as_each_standard_wants_them(public: Path) -> None:
    for path in files(public, "xml"):
        top = ElementTree.fromstring(path.read_bytes())
        dates = [node.text or "" for name in ("pubDate", "lastBuildDate") for node in top.iter(name)]
        assert dates and all(
            re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", d) for d in dates
        )
        assert all(parsedate_to_datetime(date).strftime("%a") == date[:3] for date in dates)
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
    for path in files(public, "atom"):
        top = ElementTree.fromstring(path.read_bytes())
        times = [node.text or "" for name in ("updated", "published") for node in top.iter(ATOM + name)]
        assert times and all(moment.fullmatch(time) for time in times)
        newest = max(entry.findtext(f"{ATOM}updated") or "" for entry in top.iter(f"{ATOM}entry"))
        assert top.findtext(f"{ATOM}updated") == newest, "the clock of the build is in no feed"


def test_ids_stand_once_and_are_addresses(public: Path) -> None:
    every = []
    for path in files(public, "atom"):
        top = ElementTree.fromstring(path.read_bytes())
        found = [node.text or "" for node in top.iter(f"{ATOM}id")]
        assert len(set(found)) == len(found) and all(re.match(r"(?:urn|https):\S+$", one) for one in found)
        every.append(found[0])
    assert len(set(every)) == len(every), "no two feeds share an id"
    for path in files(public, "xml"):
        guids = list(ElementTree.fromstring(path.read_bytes()).iter("guid"))
        assert guids and all(guid.get("isPermaLink") == "false" for guid in guids)


class _Content(HTMLParser):
    """Every tag and address in a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_content_is_safe_and_its_addresses_are_whole(public: Path) -> None:
    found = contents(public)
    assert len(found) == 3 * (3 + 2 + 1 + 3 + 2)
    for name, text in found:
        for tag, attrs in _Content(text).tags:
            assert tag not in ("script", "style", "iframe", "object", "embed", "form", "meta", "link"), name
            assert not any(key.startswith("on") or key == "style" for key in attrs), name
            for key in ("href", "src", "cite"):
                assert re.match("https?://", attrs.get(key) or "https://"), f"{name}: {attrs}"
            assert "tracker.example" not in (attrs.get("src") or ""), "a remote picture is linked to"


def test_descriptions_are_html_and_say_no_more_than_the_words(public: Path) -> None:
    read = feedparser.parse((public / "feed.xml").read_bytes())
    first = next(entry for entry in read.entries if entry.id == "urn:sitegen:full-id")
    assert first.summary == "Less than 5% &amp; more &lt;than&gt; 4%."


def test_no_controls_and_nothing_but_utf8(make_digest: MakeDigest, run: Run) -> None:
    odd = PLAIN.format("odd", "2026-11-18", 'standfirst: "a\\x07b\\u2028c"\n', "Words \x0b and \x7f more.")
    root = make_digest({**TREE, "content/articles/odd.md": odd.replace("Title of odd", '"T\\x1bitle"')})
    assert run("build", "-C", root, "--now", NOW).code == 0
    for path in root.glob("public/**/feed.*"):
        text = path.read_bytes().decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", text)
    item = json.loads((root / "public/feed.json").read_bytes())["items"]
    assert {"Title", "ab\u2028c"} <= {one["title"] for one in item} | {one.get("summary") for one in item}


def test_an_empty_site_has_feeds_too(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({})
    assert run("build", "-C", root, "--now", NOW).code == 0
    for path in root.glob("public/feed.*"):
        assert list(feeds.faults(path.read_bytes(), path.name)) == []
