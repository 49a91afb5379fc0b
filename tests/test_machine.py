"""For machines: linked data, canonical addresses, sitemaps, robots.txt, quotes and figures as data."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import jsonschema
import pytest

from sitegen import pages
from sitegen.config import RobotsConfig, SiteConfig, SourceConfig
from sitegen.model import Article, Change, Correction, KeyFigure, Quote, Retraction, Rights, Site, Source
from sitegen.pages import machine
from sitegen.render.filters import as_json
from sitegen.render.linked import news_article
from sitegen.views import Kinds
from tests.conftest import MakeDigest, Run
from tests.render_fixtures import ARTICLE, SITE, WORDS
from tests.test_pages import CONFIG, an_article, view

GUIDE = (Path(__file__).resolve().parents[1] / "docs/data.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def whole(address: str) -> str:
    return address if address.startswith("https:") else f"https://lockkeeper.example/digest{address}"


# ---------------------------------------------------------------- linked data


def test_an_article_as_linked_data() -> None:
    source = Source("Courier", "https://courier.example/x", "Gates", "Ines Valdoro", date(2026, 11, 17))
    corrected = replace(
        ARTICLE, source=source, updated=None, corrections=(Correction(date(2026, 11, 20), "No."),)
    )
    made = news_article(corrected, SITE, whole)
    assert (made["@type"], made["identifier"]) == ("NewsArticle", f"urn:sitegen:{ARTICLE.id}")
    assert made["headline"] == ARTICLE.title and made["dateModified"] == date(2026, 11, 20)
    assert made["isBasedOn"] == {
        "@type": "NewsArticle", "url": "https://courier.example/x", "headline": "Gates",
        "datePublished": date(2026, 11, 17), "author": {"@type": "Person", "name": "Ines Valdoro"},
        "publisher": {"@type": "Organization", "name": "Courier"},
    }  # fmt: skip
    assert made["publisher"]["name"] == SITE.title
    assert made["hasPart"][0] == {
        "@type": "Quotation", "text": ARTICLE.quotes[0].text,
        "spokenByCharacter": {
            "@type": "Person", "name": "Sunniva Tarle",
            "jobTitle": "chief engineer of the Aldery Waterways Board",
        },
    }  # fmt: skip
    assert made["correction"] == [
        {"@type": "CorrectionComment", "text": "No.", "datePublished": date(2026, 11, 20)}
    ]


def test_what_is_not_known_is_not_said() -> None:
    made = news_article(Article("a", "Title", slug="t"), SITE, whole)
    assert None not in made.values() and {"isBasedOn", "dateModified", "hasPart"}.isdisjoint(made)
    gone = news_article(Article("a", "T", retracted=Retraction(date(2026, 1, 2), "Wrong.")), SITE, whole)
    assert (gone["creativeWorkStatus"], gone["dateModified"]) == ("Retracted", date(2026, 1, 2))


@pytest.mark.parametrize(("rights", "said"), [("full", True), ("summary", False), ("link", False)])
def test_linked_data_keeps_to_the_rights(rights: Rights, said: bool) -> None:
    made = news_article(replace(ARTICLE, rights=rights), SITE, whole)
    assert ("hasPart" in made, "description" in made) == (said, rights != "link")


def test_json_holds_nothing_that_html_or_javascript_could_take_for_its_own() -> None:
    hostile = "</script><!--<script>\u2028\u2029&amp;\x00\x1b\ud800"
    text = as_json({"a": [hostile]})
    assert not re.search("[<>&\u2028\u2029\x00-\x1f\ud800]", text)
    assert json.loads(text) == {"a": ["</script><!--<script>\u2028\u2029&amp;"]}


def test_linked_data_stands_in_the_page_whatever_the_title(make_digest: MakeDigest, run: Run) -> None:
    text = (
        '---\nid: id-a\ntitle: "</script><script>alert(1)</script>"\nslug: a\ndate: 2026-11-18\n---\nWords.\n'
    )
    root = make_digest({"content/articles/a.md": text})
    assert run("build", "-C", root, "--now", "2026-11-22T06:17:00Z").code == 0
    page = (root / "public/articles/a/index.html").read_text(encoding="utf-8")
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(found)["headline"] == "</script><script>alert(1)</script>"
    assert page.count("<script") == 1


# ---------------------------------------------------------------- whose address


def planned(*articles: Article, config: SiteConfig = CONFIG, now: datetime = NOW) -> dict[str, Any]:
    found = pages.plan(Site(articles), config, Kinds(), WORDS, now)
    return {page.url: view(page) for page in found}


def test_the_canonical_address_is_the_originals_where_the_config_says_so() -> None:
    there = Source("The Review", "https://review.example/a")
    ours, theirs = an_article(0), an_article(1, source=there)
    for config in (
        replace(CONFIG, canonical="source"),
        replace(CONFIG, sources={"The Review": SourceConfig(canonical="source")}),
    ):
        found = planned(ours, theirs, config=config)
        assert found[theirs.url].head.canonical == "https://review.example/a"
        assert found[ours.url].head.canonical is None, "it has no address of the original"
        listed = {address for address, _ in found["/sitemap.xml"].entries}
        assert ours.url in listed and theirs.url not in listed
        assert [entry.url for entry in found["/news-sitemap.xml"].entries] == [ours.url]
    assert planned(theirs)[theirs.url].head.canonical is None


# ---------------------------------------------------------------- sitemaps


def test_the_news_of_two_days() -> None:
    articles = [
        an_article(n, lang="pt" if n else None) for n in range(4)
    ]  # 1 hour, 1 day, 2 days, 3 days old
    view = planned(*articles)["/news-sitemap.xml"]
    assert [entry.url for entry in view.entries] == ["/articles/story-0/", "/articles/story-1/"]
    assert [entry.language for entry in view.entries] == ["en", "pt"]
    assert planned(*articles, now=NOW + timedelta(days=9))["/news-sitemap.xml"].entries == ()
    kinds = Kinds()
    ends = pages.until(Site(tuple(articles)), CONFIG, kinds, NOW, None)
    assert ends == articles[1].date + timedelta(days=2)  # type: ignore[operator]
    assert pages.until(Site(tuple(articles)), CONFIG, kinds, NOW, NOW) == NOW
    assert pages.until(Site(()), CONFIG, kinds, NOW, None) is None


def test_a_build_knows_when_news_grows_old(make_digest: MakeDigest, run: Run) -> None:
    text = "---\nid: id-a\ntitle: A & B\nslug: a\ndate: 2026-11-18T08:00:00Z\n---\nWords.\n"
    root = make_digest({"content/articles/a.md": text})
    for now, entries in (
        ("2026-11-18T09:00:00Z", 1),
        ("2026-11-20T07:59:00Z", 1),
        ("2026-11-20T08:00:00Z", 0),
    ):
        assert run("build", "-C", root, "--now", now).code == 0
        top = ElementTree.fromstring((root / "public/news-sitemap.xml").read_bytes())
        assert len(top.findall(f"{MAP}url")) == entries, now
        if entries:
            assert top.findtext(f"{MAP}url/{NEWS}news/{NEWS}title") == "A & B"
            assert top.findtext(f"{MAP}url/{NEWS}news/{NEWS}publication_date") == "2026-11-18T08:00:00+00:00"


def test_a_sitemap_too_long_becomes_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "MOST_IN_SITEMAP", 4)
    found = planned(*(an_article(n) for n in range(5)))
    parts = [url for url in found if re.fullmatch(r"/sitemap-\d+\.xml", url)]
    assert [url for url, _ in found["/sitemap.xml"].entries] == parts and len(parts) > 2
    assert found["/sitemap.xml"].entries[0][1] == date(2026, 11, 20)
    listed = [url for part in parts for url, _ in found[part].entries]
    assert len(listed) == len(set(listed)) and set(listed) == {
        url for url in found if url.endswith("/")
    }  # fmt: skip
    assert all(len(found[part].entries) <= 4 for part in parts)


def test_figures_as_a_table_hold_no_formula() -> None:
    from sitegen.render import render
    from tests.test_render_pages import THEMES

    change = Change("down 3.5%", -3.5, "percentage", "down", "last year")
    figures = (
        KeyFigure("f1", "=SUM(A1), “so”", (5, 7), label="+toll", unit="tonne", change=change),
        KeyFigure("f2", "−2", -2, label="Depth"),
    )
    article = an_article(0, figures=figures, topics=("a", "b"))
    found = pages.plan(Site((article,)), CONFIG, Kinds(), WORDS)
    page = next(page for page in found if page.url == "/data/figures.csv")
    rows = list(csv.DictReader(io.StringIO(render(page, THEMES["gazette"]).data.decode(), newline="")))
    assert [row["id"] for row in rows] == ["id-0/f1", "id-0/f2"]
    first = rows[0]
    assert (first["as_written"], first["label"]) == ("'=SUM(A1), “so”", "'+toll")
    assert [first[n] for n in ("value", "value_to", "unit", "change_value")] == ["5", "7", "tonne", "-3.5"]
    assert first["url"] == "https://wire.example/digest/articles/story-0/"
    assert (rows[1]["value"], first["topics"]) == ("-2", "a; b")


# ---------------------------------------------------------------- robots.txt


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (RobotsConfig(), {"GPTBot": False, "OAI-SearchBot": True, "ExampleBot": True, "Googlebot": True}),
        (RobotsConfig(training="allow", answers="refuse"), {"GPTBot": True, "OAI-SearchBot": False}),
        (RobotsConfig(refuse=("ExampleBot",)), {"ExampleBot": False, "CCBot": False, "Googlebot": True}),
        (RobotsConfig(training="allow"), {"GPTBot": True, "Claude-User": True}),
    ],
)
def test_who_may_read(given: RobotsConfig, asked: dict[str, bool]) -> None:
    from sitegen.render import render
    from tests.test_render_pages import THEMES

    found = pages.plan(Site(()), replace(CONFIG, robots=given), Kinds(), WORDS)
    page = next(page for page in found if page.url == "/robots.txt")
    text = render(page, THEMES["gazette"]).data.decode()
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    said = {name: parser.can_fetch(name, "https://wire.example/digest/articles/a/") for name in asked}
    assert said == asked
    assert parser.site_maps() == [
        "https://wire.example/digest/sitemap.xml", "https://wire.example/digest/news-sitemap.xml",
    ]  # fmt: skip


def test_a_robots_txt_of_ones_own(make_digest: MakeDigest, run: Run) -> None:
    config = "title: x\nurl: https://wire.example/\nrobots: {write: false}\n"
    root = make_digest({"sitegen.yaml": config, "static/robots.txt": "User-agent: *\nDisallow:\n"})
    assert run("build", "-C", root).code == 0
    assert (root / "public/robots.txt").read_text() == "User-agent: *\nDisallow:\n"
    (root / "sitegen.yaml").write_text("title: x\nrobots: {refuse: ['a b']}\n")
    result = run("build", "-C", root)
    assert result.code == 2 and "a b" in result.err


def test_every_crawler_has_a_source() -> None:
    from sitegen.pages.crawlers import CRAWLERS

    assert len({crawler.name.casefold() for crawler in CRAWLERS}) == len(CRAWLERS)
    assert all(crawler.source.startswith("https://") for crawler in CRAWLERS)


# ---------------------------------------------------------------- quotes and figures


def test_the_data_is_as_documented(make_digest: MakeDigest, run: Run) -> None:
    example, schema = (json.loads(text) for text in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL))
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    check.validate(example)
    root = Path(__file__).resolve().parents[1]
    target = make_digest({"sitegen.yaml": (root / "sitegen.yaml").read_text(encoding="utf-8")})
    for folder in ("content", "data", "static"):
        for path in (root / folder).rglob("*"):
            if path.is_file():
                place = target / path.relative_to(root)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(path.read_bytes())
    assert run("build", "-C", target, "--now", "2026-11-22T06:17:00Z").code == 0
    for what in ("quotes", "figures"):
        data = json.loads((target / f"public/data/{what}.json").read_bytes())
        check.validate(data)
        rows = data[what]
        assert len(rows) > 10 and len({row["id"] for row in rows}) == len(rows)
        for row in rows:
            path = row["article"]["url"].removeprefix("https://wire.example/")
            assert (target / "public" / path / "index.html").is_file()
            assert row["article"]["source"]["name"] != "Quayside Analytics", "its rights are “link”"


def test_a_range_and_an_earlier_value_are_as_in_the_front_matter() -> None:
    from sitegen.render.linked import data
    from tests.render_fixtures import WAIT

    quote = Quote("q1", "We sell quiet.", attribution="inferred")
    article = an_article(0, figures=(replace(WAIT, value=(2, 3)),), quotes=(quote,))
    items = planned(article)["/data/figures.json"].items
    (row,) = data(items, "figures", whole)["figures"]
    assert (row["id"], row["value"], row["change"]["from"]["value"]) == ("id-0/f3", [2, 3], 11.4)
    (row,) = data(items, "quotes", whole)["quotes"]
    assert (row["speaker"], row["attribution"], row["featured"]) == (None, "inferred", False)
