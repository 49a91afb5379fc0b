"""Every kind of page from invented views: sound markup, safe whatever the words, the same bytes each time."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import Page
from sitegen.render import Theme, load, render
from sitegen.views import ArticleView, Edge, NumbersView, PersonView, SiteInfo
from tests.render_fixtures import ARTICLE
from tests.render_pages import article_view, pages

NOWHERE = Path(__file__).parent / "nowhere"
SHIPPED = ("base", "gazette", "briefing")
THEMES: dict[str, Theme] = {name: load(NOWHERE, name, "en-GB") for name in SHIPPED}
PAGES = pages()
HTML = [name for name, page in PAGES.items() if page.template.endswith(".html")]
VOID = {"meta", "link", "img", "br", "hr", "input", "rect", "path", "line"}
# Fields that hold one of a few words of ours, or the config's, and never an article's.
CHOSEN = {
    "kind",
    "layout",
    "weight",
    "slot",
    "rights",
    "attribution",
    "bound",
    "direction",
    "currency",
    "unit",
}
KEPT = {SiteInfo: {"base", "url"}, Edge: {"title"}, NumbersView: {"order"}}


class Sound(HTMLParser):
    """Collects what the tests ask about, and fails where tags do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


def searches(name: str, attrs: dict[str, str | None]) -> bool:
    """Whether this is the one script of the site, on the one page that has it."""
    src = attrs.get("src") or ""
    return name.startswith("search") and re.fullmatch(r"/[\w/]*assets/search\.\w+\.js", src) is not None


def made(page: Page, theme: str = "gazette") -> str:
    return render(page, THEMES[theme]).data.decode()


# ---------------------------------------------------------------- sound markup


@pytest.mark.parametrize(("theme", "name"), [(theme, name) for theme in THEMES for name in HTML])
def test_pages_are_sound(theme: str, name: str) -> None:
    text = made(PAGES[name], theme)
    sound = Sound(text)
    tags = [tag for tag, _ in sound.tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = sound.values("id")
    assert len(ids) == len(set(ids))
    assert set(sound.values("aria-labelledby")) <= set(ids)
    assert {address[1:] for address in sound.values("href") if address.startswith("#")} <= set(ids)
    assert tags.count("main") == tags.count("footer") == text.count('class="masthead"') == 1
    assert sound.values("style") == [] and "style" not in tags
    scripts = [attrs for tag, attrs in sound.tags if tag == "script"]
    assert all(attrs.get("type") == "application/ld+json" or searches(name, attrs) for attrs in scripts)
    assert all(attrs.get("alt") is not None for tag, attrs in sound.tags if tag == "img")
    assert dict(sound.tags)["html"]["lang"] == "en-GB"


@pytest.mark.parametrize(("theme", "name"), [(theme, name) for theme in THEMES for name in HTML])
def test_addresses_on_the_site_have_the_base_path(theme: str, name: str) -> None:
    inner = [a for a in Sound(made(PAGES[name], theme)).values("href") if a.startswith("/")]
    assert inner and all(a.startswith("/digest/") for a in inner)


def test_the_head_says_what_the_page_is() -> None:
    text = made(PAGES["article"])
    assert f"<title>{ARTICLE.title} – The Lockkeeper</title>" in text
    assert (
        '<link rel="canonical" href="https://lockkeeper.example/digest/articles/hexley-staircase/">' in text
    )
    assert '<meta property="og:type" content="article">' in text
    assert '<meta property="article:published_time" content="2026-11-18T09:00:00+00:00">' in text
    assert f'href="/digest{THEMES["gazette"].stylesheet}"' in text
    assert 'type="application/rss+xml" title="The Lockkeeper (RSS)" href="/digest/feed.xml"' in text
    assert "noindex" in made(PAGES["missing"]) and "canonical" not in made(PAGES["missing"])


# ---------------------------------------------------------------- callouts and boxes


dressed = pytest.mark.parametrize("theme", SHIPPED)


def squeezed(text: str) -> str:
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", text))


@dressed
def test_the_markup_of_a_callout(theme: str) -> None:
    text = squeezed(made(PAGES["article"], theme))
    assert (
        '<figure class="quote" id="q-1"><blockquote cite="https://courier.example/staircase"><p>“We used'
        " to open gates. Now we keep a promise, and it turns out that people will wait for one.”</p>"
        "</blockquote><figcaption>— <b>Sunniva Tarle</b>, chief engineer of the Aldery Waterways Board"
        ' <a class="permalink" href="#q-1" aria-label="Link to this quote">#</a></figcaption></figure>'
    ) in text


@dressed
def test_an_inferred_speaker_is_marked_and_explained(theme: str) -> None:
    text = made(PAGES["article"], theme)
    assert text.count('<a class="inferred" href="#about-inferred">attribution inferred</a>') == 1
    assert '<span id="about-inferred">' in text


@dressed
def test_the_markup_of_the_box(theme: str) -> None:
    text = squeezed(made(PAGES["article"], theme))
    assert (
        '<section class="figures figures-4" aria-labelledby="kf-1"><h2 id="kf-1">By the numbers</h2><dl>'
        '<div id="f-1"><dt>Freight carried on the Aldery waterways, <span class="period">January to September'
        ' 2026</span></dt><dd><data value="418000000">418m <small>tonnes</small></data>'
        '<span class="change"><b>up 23%</b> on the same period in 2025</span>'
    ) in text
    assert '<span class="equiv">about $278m</span>' in text


@dressed
@pytest.mark.parametrize(
    ("period", "said"),
    [("first half", "<dt>First half</dt>"), (None, '<dt class="unseen">Figure</dt>')],
)
def test_a_figure_without_a_label_is_not_called_one(theme: str, period: str | None, said: str) -> None:
    figure = replace(ARTICLE.figures[0], label=None, period=period)
    page = replace(PAGES["article"], view=article_view(replace(ARTICLE, figures=(figure,))))
    assert said in squeezed(made(page, theme))


@dressed
def test_a_day_on_which_a_quote_came_in_is_said_to_be_that(theme: str) -> None:
    person = PAGES["person"].view
    assert isinstance(person, PersonView)
    year, (first, *others) = person.years[0]
    view = replace(person, years=((year, (replace(first, added=True, lead_in="On locks:"), *others)),))
    text = squeezed(made(replace(PAGES["person"], view=view), theme))
    assert re.search(r'<p class="lead-in">On locks:</p><blockquote', text)
    assert len(re.findall(r">Added \d+ \w+</time>", text)) == 1


@dressed
def test_a_pull_quote_is_for_the_eye_alone(theme: str) -> None:
    assert '<div class="pull" aria-hidden="true" data-pagefind-ignore><p>“We used' in made(
        PAGES["article"], theme
    )


@dressed
def test_a_link_only_article_shows_title_and_source(theme: str) -> None:
    text = made(PAGES["link"], theme)
    main = text[text.index("<main") : text.index('<section class="story"')]
    assert ARTICLE.title in main and "https://courier.example/staircase" in main
    for kept_back in ("By the numbers", "Five gates", "For as long as", "q-1", "staircase in spring"):
        assert kept_back not in main


@dressed
def test_retractions_and_corrections_are_said(theme: str) -> None:
    assert "This article was retracted on 21 November 2026." in made(PAGES["bare"], theme)
    assert "An earlier version put the staircase" in made(PAGES["article"], theme)


# ---------------------------------------------------------------- feeds


def test_the_feed() -> None:
    root = ElementTree.fromstring(made(PAGES["feed"]))
    channel = root.find("channel")
    assert channel is not None
    itself = channel.find("{http://www.w3.org/2005/Atom}link")
    assert itself is not None and itself.get("href") == "https://lockkeeper.example/digest/feed.xml"
    first, second = channel.findall("item")
    guid = first.find("guid")
    assert guid is not None and (guid.get("isPermaLink"), guid.text) == ("false", "urn:digest:aa0000000001")
    assert first.findtext("pubDate") == "Wed, 18 Nov 2026 09:00:00 +0000"
    assert first.findtext("link") == "https://lockkeeper.example/digest/articles/hexley-staircase/"
    assert second.find("pubDate") is None
    content = first.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    Sound(content)
    assert 'href="https://lockkeeper.example/digest/topics/locks/"' in content
    assert content.count("We used to open gates") == 1, "the pull quote stays out of the feed"
    assert "418m tonnes" in content and "(attribution inferred)" in content


@pytest.mark.parametrize(("rights", "words"), [("summary", True), ("link", False)])
def test_the_feed_keeps_to_the_rights(rights: str, words: bool) -> None:
    feed = PAGES["feed"]
    view: Any = feed.view
    items = tuple(replace(i, article=replace(i.article, rights=rights)) for i in view.items)
    text = made(replace(feed, view=replace(view, items=items)))
    assert "For as long as" not in text and "We used to open" not in text
    assert ("Five gates" in text) is words
    assert ("418m" in text) is words


def test_the_sitemap() -> None:
    root = ElementTree.fromstring(made(PAGES["sitemap"]))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [(url.findtext(f"{space}loc"), url.findtext(f"{space}lastmod")) for url in root]
    assert found == [
        ("https://lockkeeper.example/digest/", "2026-11-20"),
        ("https://lockkeeper.example/digest/about/", None),
    ]


# ---------------------------------------------------------------- whatever the words


def hostile(value: Any, words: str) -> Any:
    """A view with every text in it replaced, but not what the code itself chooses from."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = CHOSEN | KEPT.get(type(value), set())
        names = [item.name for item in fields(value) if item.name not in kept]
        return replace(value, **{name: hostile(getattr(value, name), words) for name in names})
    if isinstance(value, tuple):
        return tuple(hostile(item, words) for item in value)
    return words if isinstance(value, str) else value


BREAKING = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</title></style></textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "]]><x>",
    "&lt;b&gt;&amp;",
    "a\x00b\x0b\ud800\ufffe\x85c",
)


@pytest.mark.parametrize("theme", SHIPPED)
@pytest.mark.parametrize("words", BREAKING)
@pytest.mark.parametrize("name", PAGES)
def test_hostile_words_stay_words(name: str, words: str, theme: str) -> None:
    page = PAGES[name]
    text = made(replace(page, view=hostile(page.view, words)), theme)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)
    if page.template.endswith(".xml"):
        ElementTree.fromstring(text)
        return
    if page.template.endswith(".json"):
        json.loads(text)
        assert "<" not in text
        return
    for tag, attrs in Sound(text).tags:
        if attrs.get("type") == "application/ld+json" or searches(name, attrs):
            continue
        assert tag not in ("script", "style", "iframe", "textarea", "x")
        assert not any(key.startswith("on") for key in attrs)
        assert not (attrs.get("href") or "").lower().startswith("javascript")
    if words.startswith("{{"):
        assert "{{ 7 * 7 }}" in text


@given(st.text(max_size=40), st.sampled_from(SHIPPED))
def test_any_words_make_a_sound_article(words: str, theme: str) -> None:
    view: ArticleView = hostile(article_view(), words)
    Sound(made(Page("/articles/x/", "article.html", view), theme))


# ---------------------------------------------------------------- the same bytes, and few


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_bytes_twice_and_in_a_fresh_theme(name: str) -> None:
    fresh = load(NOWHERE, name, "en-GB")
    for page in PAGES.values():
        assert render(page, THEMES[name]) == render(page, THEMES[name]) == render(page, fresh)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_path_of_this_machine_in_the_output(name: str) -> None:
    here = str(Path(__file__).resolve().parents[1])
    assert all(here not in made(page, name) for page in PAGES.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_weight(name: str) -> None:
    theme = THEMES[name]
    css = theme.assets[theme.stylesheet.removeprefix("/")]
    assert len(gzip.compress(css, 9)) <= 6_000
    assert all(len(made(page, name)) < 100_000 for page in PAGES.values())


def test_where_a_page_goes() -> None:
    output = render(replace(PAGES["article"], made_from=("content/articles/x.md",)), THEMES["gazette"])
    assert output.path == "articles/hexley-staircase/index.html"
    assert output.made_from == ("content/articles/x.md",)
