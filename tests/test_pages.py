"""The plan of a site: which pages exist, at which address, made from what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import pages
from sitegen.config import SiteConfig
from sitegen.errors import OutputError
from sitegen.model import (
    Article,
    Change,
    Edition,
    EditionSection,
    KeyFigure,
    Name,
    Page,
    Quote,
    Retraction,
    Rights,
    Site,
    Source,
    StaticPage,
)
from sitegen.pages import numbers
from sitegen.pages.paging import pages as cut
from sitegen.views import (
    ArticleView,
    EditionView,
    HomeView,
    Kind,
    Kinds,
    ListingView,
    NumbersView,
    PersonView,
    SitemapView,
)
from tests.render_fixtures import WORDS

CONFIG = SiteConfig(title="The Test Wire", url="https://wire.example/digest/", page_size=3)
FIRST = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def an_article(n: int, **fields: Any) -> Article:
    """Number n is published n days before number 0."""
    known: dict[str, Any] = {
        "id": f"id-{n}",
        "title": f"Story {n}",
        "slug": f"story-{n}",
        "path": f"content/articles/{n}.md",
        "body": "Words.",
        "date": FIRST - timedelta(days=n),
        "standfirst": f"What story {n} is about.",
        "topics": ("ports",),
        "source": Source(name="The Review"),
        "words": 460,
    }
    return Article(**{**known, **fields})


def a_quote(speaker: str = "Maren Oskarby", **fields: Any) -> Quote:
    return Quote(**{"id": "q1", "text": "We sell quiet.", "speaker": speaker, "featured": True, **fields})


def a_figure(value: int = 418, **fields: Any) -> KeyFigure:
    return KeyFigure(
        **{"id": "f1", "as_written": f"{value}m crowns", "value": value, "currency": "SEK", **fields}
    )


def planned(*articles: Article, **fields: Any) -> dict[str, Page]:
    return {page.url: page for page in pages.plan(Site(tuple(articles), **fields), CONFIG, Kinds(), WORDS)}


MACHINE = {
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/data/quotes.json",
    "/data/figures.json",
    "/data/figures.csv",
}


def below(*places: str) -> set[str]:
    """The feeds of these folders."""
    return {f"{place}feed.{ending}" for place in places for ending in ("xml", "atom", "json")}


def view(page: Page) -> Any:
    return page.view


def test_an_empty_digest_still_has_a_site() -> None:
    assert set(planned()) == {"/", "/404.html", *below("/"), *MACHINE}


def test_every_kind_of_page() -> None:
    story = an_article(0, quotes=(a_quote(),), figures=(a_figure(),), people=("Hollis Frayne",))
    edition = Edition(
        "148", "Quiet", date(2026, 11, 20), number=148, top="id-0", path="content/editions/148.md"
    )
    about = StaticPage("about", "About", "Hello.", "content/pages/about.md")
    found = planned(story, editions=(edition,), pages=(about,))
    assert set(found) == {
        "/", "/404.html", "/search/", *below("/", "/editions/148/", "/topics/ports/"),
        *below("/people/maren-oskarby/", "/people/hollis-frayne/"),
        *MACHINE, "/about/", "/articles/story-0/",
        "/editions/", "/editions/148/", "/topics/", "/topics/ports/", "/sources/", "/sources/the-review/",
        "/people/", "/people/maren-oskarby/", "/people/hollis-frayne/",
        "/numbers/", "/numbers/2026/", "/numbers/topic/ports/",
        "/archive/", "/archive/2026/", "/archive/2026/11/",
    }  # fmt: skip
    assert found["/articles/story-0/"].made_from == ("content/articles/0.md",)
    assert found["/articles/story-0/"].file == "articles/story-0/index.html"
    assert found["/404.html"].file == "404.html"


def test_the_plan_is_pure() -> None:
    site = Site(tuple(an_article(n, quotes=(a_quote(),)) for n in range(9)))
    assert pages.plan(site, CONFIG, Kinds(), WORDS) == pages.plan(site, CONFIG, Kinds(), WORDS)


def test_long_lists_are_cut_into_pages() -> None:
    found = planned(*(an_article(n) for n in range(7)))
    first, last = view(found["/topics/ports/"]), view(found["/topics/ports/page/3/"])
    assert isinstance(first, ListingView)
    assert (first.pagination.total, first.pagination.previous, first.pagination.next) == (
        3,
        None,
        "/topics/ports/page/2/",
    )
    assert (last.pagination.previous, last.pagination.next) == ("/topics/ports/page/2/", None)
    titles = [
        card.title
        for url in ("", "page/2/", "page/3/")
        for g in view(found[f"/topics/ports/{url}"]).groups
        for card in g.cards
    ]
    assert titles == [f"Story {n}" for n in range(7)]


@given(st.integers(0, 40), st.integers(1, 7))
def test_paging_loses_nothing(length: int, size: int) -> None:
    found = list(cut("/x/", list(range(length)), size))
    assert [item for _, part, _ in found for item in part] == list(range(length))
    assert all(part for _, part, _ in found) or length == 0
    assert len({url for url, _, _ in found}) == found[0][2].total == len(found)


def test_a_person_has_every_quote_by_one_name() -> None:
    known = Name("Maren Oskarby", "oskarby", ("M. Oskarby",), "Chief executive")
    quotes = (a_quote(role="harbour master"), a_quote("Hollis Frayne", id="q2"), a_quote(id="q3"))
    older = an_article(400, quotes=(a_quote(role="pilot"),), source=Source(name="Another"))
    found = planned(an_article(0, quotes=quotes), older, people=(known,))
    person = view(found["/people/oskarby/"])
    assert isinstance(person, PersonView)
    assert [(year, len(said)) for year, said in person.years] == [(2026, 2), (2025, 1)]
    assert person.role == "harbour master"
    assert person.facts == ("3 quotes", "2 stories", "2 sources", "since October 2025")
    assert [link.text for link in person.alongside] == ["Hollis Frayne"]
    voices = view(found["/articles/story-0/"]).voices
    assert [(voice.name, voice.here, voice.total) for voice in voices] == [
        ("Maren Oskarby", 2, 3),
        ("Hollis Frayne", 1, 1),
    ]


def test_spellings_with_one_slug_are_one_topic() -> None:
    found = planned(
        an_article(0, topics=("Shore Power",)), *(an_article(n, topics=("shore power",)) for n in (1, 2))
    )
    topic = view(found["/topics/shore-power/"])
    assert topic.head.title == "Shore power"
    assert sum(len(group.cards) for group in topic.groups) == 3


@pytest.mark.parametrize(
    ("rights", "standfirst", "quotes", "figures", "body"),
    [
        ("full", True, 2, 1, True),
        ("excerpt", True, 1, 1, True),
        ("summary", True, 0, 1, False),
        ("link", False, 0, 0, False),
    ],
)
def test_rights_bind_every_page(
    rights: Rights, standfirst: bool, quotes: int, figures: int, body: bool
) -> None:
    both = (a_quote(), a_quote(id="q2", featured=False))
    found = planned(an_article(0, rights=rights, quotes=both, figures=(a_figure(),)))
    article = view(found["/articles/story-0/"]).article
    assert isinstance(view(found["/articles/story-0/"]), ArticleView)
    assert (article.standfirst is not None, len(article.quotes), len(article.figures)) == (
        standfirst,
        quotes,
        figures,
    )
    assert bool(article.body) is body
    assert ("/people/maren-oskarby/" in found) is bool(quotes)
    assert ("/numbers/" in found) is bool(figures)
    (item,) = view(found["/feed.xml"]).items
    assert item.article == article
    (card,) = view(found["/topics/ports/"]).groups[0].cards
    assert (card.standfirst is not None, card.figure is not None, card.quote is not None) == (
        standfirst,
        bool(figures),
        bool(quotes),
    )


def test_a_retracted_article_keeps_its_address_and_nothing_else() -> None:
    story = an_article(0, retracted=Retraction(date(2026, 11, 21), "It was not so."), quotes=(a_quote(),))
    found = planned(story, an_article(1))
    article = view(found["/articles/story-0/"]).article
    assert (article.title, article.body, article.quotes) == ("Story 0", "", ())
    assert found["/articles/story-0/"].lastmod == date(2026, 11, 21)
    assert [card.title for group in view(found["/topics/ports/"]).groups for card in group.cards] == [
        "Story 1"
    ]
    assert [item.article.title for item in view(found["/feed.xml"]).items] == ["Story 1"]


def edition_of(*articles: Article, top: str | None = None) -> Any:
    items = tuple(article.id for article in articles if article.id != top)
    edition = Edition(
        "1", "One", date(2026, 11, 20), number=1, top=top, sections=(EditionSection("All", items),)
    )
    found = planned(*articles, editions=(edition,))
    assert isinstance(view(found["/editions/1/"]), EditionView)
    return view(found["/editions/1/"]).edition


def test_a_section_of_three_with_figures_is_a_row() -> None:
    content = edition_of(*(an_article(n, figures=(a_figure(),)) for n in range(3)))
    assert [block.layout for block in content.blocks] == ["row"]


@pytest.mark.parametrize(
    ("count", "quote", "slots"),
    [
        (1, False, ["full"]),
        (2, False, ["", "side"]),
        (3, False, ["", "side", "full"]),
        (4, False, ["", "side", "half", "half"]),
        (3, True, ["", "side", "side"]),
        (4, True, ["", "side", "side", "full"]),
        (6, True, ["", "side", "side", "half", "half", "full"]),
    ],
)
def test_what_stands_beside_a_lead(count: int, quote: bool, slots: list[str]) -> None:
    lead = an_article(0, quotes=(a_quote(),) if quote else ())
    content = edition_of(lead, *(an_article(n) for n in range(1, count)))
    (block,) = content.blocks
    assert [card.slot for card in block.cards] == slots
    assert block.cards[0].weight == "lead"
    assert block.cards[-1].weight == ("brief" if count > 5 else "standard" if count > 1 else "lead")


def test_an_edition_leaves_out_what_is_not_public() -> None:
    edition = Edition(
        "1",
        "One",
        date(2026, 11, 20),
        number=1,
        top="gone",
        sections=(EditionSection("All", ("id-0", "gone")),),
    )
    content = view(planned(an_article(0), editions=(edition,))["/editions/1/"]).edition
    assert (content.top, content.stories) == (None, 1)


def test_home_shows_the_newest_edition_and_what_is_newer() -> None:
    one = Edition("1", "One", date(2026, 11, 18), number=1, top="id-2")
    two = Edition("2", "Two", date(2026, 11, 19), number=2, top="id-1")
    home = view(planned(*(an_article(n) for n in range(4)), editions=(two, one))["/"])
    assert isinstance(home, HomeView)
    assert home.edition is not None
    assert home.edition.number == 2
    assert [card.title for card in home.latest] == ["Story 0"]
    assert [link.number for link in home.earlier] == [1]


def test_a_home_without_editions_has_every_article() -> None:
    found = planned(*(an_article(n) for n in range(7)))
    homes = [view(found[url]) for url in ("/", "/page/2/", "/page/3/")]
    assert [card.title for home in homes for card in home.latest] == [f"Story {n}" for n in range(7)]
    assert [(home.pagination.previous, home.pagination.next) for home in homes] == [
        (None, "/page/2/"), ("/", "/page/3/"), ("/page/2/", None),
    ]  # fmt: skip
    assert {home.head.kind for home in homes} == {"home"}
    assert "/page/4/" not in found


def test_a_card_has_its_topics_and_a_brief_one_none() -> None:
    found = planned(an_article(0, topics=("ports", "fuel")), an_article(1, topics=("fuel",)))
    card = view(found["/"]).latest[0]
    assert [link.url for link in card.topics] == ["/topics/ports/", "/topics/fuel/"]
    assert card.kicker == card.topics[0]
    assert view(found["/articles/story-0/"]).related[0].topics == ()


def test_the_story_so_far_ends_with_the_article_itself() -> None:
    found = planned(*(an_article(n) for n in range(6)))
    article = view(found["/articles/story-1/"])
    assert [(point.title, point.url is None) for point in article.story] == [
        ("Story 4", False),
        ("Story 3", False),
        ("Story 2", False),
        ("Story 1", True),
    ]
    assert "Story 1" not in [card.title for card in article.related]
    assert not {card.url for card in article.related} & {point.url for point in article.story}


def test_the_edges_of_the_numbers() -> None:
    def moved(n: int, value: float, direction: Any) -> Article:
        change = Change(f"{direction} {value}%", value, "percentage", direction)
        return an_article(n, figures=(a_figure(100 + n, change=change),))

    found = planned(moved(0, 23, "up"), moved(1, 77, "down"), moved(2, 59, "up"))
    numbers = view(found["/numbers/"])
    assert isinstance(numbers, NumbersView)
    assert [(edge.title, edge.row.title) for edge in numbers.edges] == [
        ("largest", "Story 2"),
        ("rise", "Story 2"),
        ("fall", "Story 1"),
    ]
    choices = [[link.url for link in row.entries] for row in numbers.choices]
    orders = ["/numbers/", "/numbers/by-measure/", "/numbers/by-change/", "/numbers/by-size/"]
    assert choices == [orders, ["/numbers/", "/numbers/2026/"], ["/numbers/topic/ports/"]]


def _values(page: Page) -> list[Any]:
    return [row.figure.value for group in view(page).groups for row in group.rows]


def test_the_orders_of_the_numbers() -> None:
    def story(n: int, *figures: KeyFigure, **fields: Any) -> Article:
        return an_article(n, figures=tuple(replace(f, id=f"f{i}") for i, f in enumerate(figures)), **fields)

    up, down = (Change(f"{d} {v}%", v, "percentage", cast("Any", d)) for d, v in (("up", 8), ("down", 30)))
    tonnes = KeyFigure("f", "7 tonnes", 7, label="Weight", unit="tonne", change=up)
    found = planned(
        story(0, a_figure(5, label="Toll on grain", change=down), tonnes),
        story(1, a_figure(9, label="Order book")),
        story(2, a_figure(4, label="toll on grain"), topics=("fuel",)),
        story(400, a_figure(3, label="Toll on grain", currency="EUR"), topics=("fuel",)),
    )
    assert _values(found["/numbers/"]) + _values(found["/numbers/page/2/"]) == [5, 7, 9, 4, 3]
    first, second = (view(found[f"/numbers/by-measure/{page}"]) for page in ("", "page/2/"))
    measured = [*first.groups, *second.groups]
    assert [(group.title, [row.figure.value for row in group.rows]) for group in measured] == [
        ("Toll on grain", [5, 4]),
        ("", [9]),
        ("", [3, 7]),
    ], "a toll in euros is another measure; the rest stands by its name"
    assert [row.figure.value for row in measured[0].series] == [4, 5], "from the oldest on"
    assert _values(found["/numbers/by-change/"]) == [7, 5]
    assert _values(found["/numbers/by-size/"]) == [3, 9, 5], "euros, then kronor, each from the largest on"
    assert _values(found["/numbers/measure/toll-on-grain/"]) == [5, 4]
    assert view(found["/numbers/"]).groups[0].rows[0].measure.url == "/numbers/measure/toll-on-grain/"
    assert view(found["/numbers/"]).groups[0].rows[1].measure is None
    assert "/numbers/2025/by-size/" not in found, "one figure has no order"
    assert view(found["/numbers/by-change/"]).head.title == "The numbers, by change"
    assert (view(found["/numbers/by-change/"]).shown, view(found["/numbers/by-change/"]).count) == (2, 5)


def test_a_long_list_of_numbers_is_ordered_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "MOST_ORDERED", 4)
    found = planned(*(an_article(n, figures=(a_figure(n, label=f"Sum {n}"),)) for n in range(8)))
    assert _values(found["/numbers/by-size/"]) + _values(found["/numbers/by-size/page/2/"]) == [7, 6, 5, 4]
    assert "/numbers/by-size/page/3/" not in found
    assert "/numbers/topic/ports/by-size/" not in found, "longer than two pages of three"


def test_many_topics_of_numbers_have_a_page_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "TOPICS_BESIDE", 2)
    found = planned(*(an_article(n, figures=(a_figure(),), topics=tuple("abc"[: n + 1])) for n in range(3)))
    beside = [link.url for link in view(found["/numbers/"]).choices[-1].entries]
    assert beside == ["/numbers/topic/a/", "/numbers/topic/b/", "/numbers/topics/"]
    assert [link.text for link in view(found["/numbers/topics/"]).groups[0].entries] == ["A", "B", "C"]


def test_the_sitemap_has_every_page_but_the_lost_one() -> None:
    found = planned(*(an_article(n) for n in range(4)))
    sitemap = view(found["/sitemap.xml"])
    assert isinstance(sitemap, SitemapView)
    entries = dict(sitemap.entries)
    assert set(entries) == {url for url, page in found.items() if page.template.endswith(".html")} - {
        "/404.html"
    }
    assert entries["/articles/story-0/"] == date(2026, 11, 20)


def test_two_pages_at_one_address_name_both() -> None:
    pages_of_two = (
        StaticPage("about", "A", "", "content/pages/a.md"),
        StaticPage("about", "B", "", "content/pages/b.md"),
    )
    with pytest.raises(OutputError, match=r"content/pages/a\.md and content/pages/b\.md"):
        planned(pages=pages_of_two)


def test_no_link_of_a_plan_leads_nowhere() -> None:
    """Every site-relative address in any view is the address of a planned page."""
    articles = [
        an_article(
            n, quotes=(a_quote(f"Person {n % 3}"),), figures=(a_figure(n + 1),), topics=("ports", f"t{n % 4}")
        )
        for n in range(12)
    ]
    editions = (
        Edition(
            "2",
            "Two",
            date(2026, 11, 20),
            number=2,
            top="id-0",
            sections=(EditionSection("A", ("id-1", "id-2")),),
        ),
        Edition("1", "One", date(2026, 11, 13), number=1, top="id-7"),
    )
    found = planned(*articles, editions=editions)
    for page in found.values():
        for url in _addresses(page.view):
            assert url in found, f"{page.url} links to {url}"


# What a theme may leave out, with an address of each kind in `a_full_site`.
LEFT_OUT: tuple[dict[Kind, str], ...] = (
    {"edition": "/editions/1/", "editions": "/editions/"},
    {"topic": "/topics/ports/", "topics": "/topics/"},
    {"person": "/people/maren-oskarby/", "people": "/people/"},
    {"source": "/sources/the-review/", "sources": "/sources/"},
    {"numbers": "/numbers/"},
    {"archive": "/archive/2026/11/"},
    {"page": "/about/"},
    {"missing": "/404.html"},
    {"search": "/search/"},
    {"feed": "/feed.xml"},
    {"sitemap": "/sitemap.xml"},
    {"news": "/news-sitemap.xml"},
    {"robots": "/robots.txt"},
    {"data": "/data/quotes.json"},
)


def a_full_site(kinds: Kinds = Kinds()) -> dict[str, Page]:  # noqa: B008
    site = Site(
        tuple(an_article(n, quotes=(a_quote(),), figures=(a_figure(n + 1),)) for n in range(7)),
        editions=(Edition("1", "One", date(2026, 11, 20), number=1, top="id-0"),),
        pages=(StaticPage("about", "About", "Hello.", "content/pages/about.md"),),
    )
    return {page.url: page for page in pages.plan(site, CONFIG, kinds, WORDS)}


@pytest.mark.parametrize("left_out", LEFT_OUT, ids=", ".join)
def test_what_the_theme_leaves_out_is_neither_made_nor_linked_to(left_out: dict[Kind, str]) -> None:
    assert set(left_out.values()) <= set(a_full_site())
    found = a_full_site(Kinds(Kinds().made - set(left_out)))
    assert not set(left_out) & {view(page).head.kind for page in found.values()}
    for page in found.values():
        for url in _addresses(page.view):
            assert url in found, f"{page.url} links to {url}"


def test_a_site_of_home_and_articles_alone() -> None:
    assert Kinds().made - {kind for group in LEFT_OUT for kind in group} == {"home", "article"}
    assert set(a_full_site(Kinds(frozenset({"home", "article"})))) == {
        "/", "/page/2/", "/page/3/", *(f"/articles/story-{n}/" for n in range(7)),
    }  # fmt: skip


def test_a_whole_list_stands_on_one_page() -> None:
    found = a_full_site(Kinds(whole=frozenset({"topic"})))
    assert "/topics/ports/page/2/" in a_full_site() and "/topics/ports/page/2/" not in found
    topic = view(found["/topics/ports/"])
    assert sum(len(group.cards) for group in topic.groups) == 7
    assert (topic.pagination.total, topic.pagination.next) == (1, None)
    assert "/people/maren-oskarby/page/2/" in found, "the lists of other kinds are cut as before"


def _addresses(value: Any) -> set[str]:
    from dataclasses import fields, is_dataclass

    if isinstance(value, Article):
        return {value.url}
    if is_dataclass(value) and not isinstance(value, type):
        own = {"url", "source_url", "source_link", "previous", "next"}
        found = set()
        for item in fields(value):
            held = getattr(value, item.name)
            if isinstance(held, str) and item.name in own and held.startswith("/"):
                found.add(held)
            else:
                found |= _addresses(held)
        return found
    if isinstance(value, tuple):
        return set().union(*map(_addresses, value))
    return set()


def test_a_day_that_the_source_does_not_say_is_not_given_as_its_date() -> None:
    undated = an_article(0, date=None, added=date(2026, 11, 22))
    credit = view(planned(undated)["/articles/story-0/"]).credit
    assert (credit.day, credit.added) == (None, date(2026, 11, 22))
    credit = view(planned(an_article(1))["/articles/story-1/"]).credit
    assert (credit.day, credit.added) == (date(2026, 11, 19), None)


def test_a_card_shows_what_the_headline_does_not_say() -> None:
    bare, named = a_figure(1, label=None), a_figure(2, id="f2", label="Toll")
    said, other = a_quote(), a_quote(id="q2", text="Quiet is dear.")
    story = an_article(0, standfirst="“We sell quiet.”", figures=(bare, named), quotes=(said, other))
    card = view(planned(story)["/"]).latest[0]
    assert card.figure == named, "a figure without a label tells nobody what it is"
    assert card.quote == other, "the standfirst says the first quote already"
    only = an_article(0, standfirst="“We sell quiet.”", figures=(bare,), quotes=(said,))
    card = view(planned(only)["/"]).latest[0]
    assert (card.figure, card.quote) == (bare, said)


def test_a_retracted_article_takes_no_time_to_read() -> None:
    gone = an_article(0, retracted=Retraction(date(2026, 11, 21), "No."))
    assert view(planned(gone)["/articles/story-0/"]).credit.minutes == 0


def test_a_topic_shows_one_figure_of_each_article() -> None:
    two = (a_figure(1, label="A"), a_figure(2, id="f2", label="B"))
    topic = view(planned(*(an_article(n, figures=two) for n in range(3)))["/topics/ports/"])
    assert [(row.url, row.figure.label) for row in topic.figures] == [
        (f"/articles/story-{n}/", "A") for n in range(3)
    ]


def test_a_person_by_year_topic_and_company() -> None:
    with_others = (a_quote(role="harbour master"), a_quote("Hollis Frayne", id="q2", role="analyst"))
    found = planned(
        an_article(0, quotes=with_others, topics=("ports", "fuel")),
        an_article(400, quotes=(a_quote(id="q1"), a_quote(id="q2")), topics=("ports",)),
        people=(Name("Maren Oskarby", "maren-oskarby", note="Harbour master"),),
    )
    person = view(found["/people/maren-oskarby/"])
    assert person.counts == ((2026, 1), (2025, 2))
    assert [(link.text, link.about) for link in person.topics] == [("Ports", "2"), ("Fuel", "1")]
    assert [(link.text, link.about) for link in person.alongside] == [("Hollis Frayne", "analyst")]
    assert (person.role, person.note) == ("harbour master", None), "what is said is not said again"


def test_a_piece_of_a_sentence_has_a_lead_in_and_a_day_that_nobody_said_is_marked() -> None:
    pieces = (
        a_quote(id="q1", text="a tax on being far away"),
        a_quote(id="q2", text="“not one lamp more"),
        a_quote(id="q3", text="We sell quiet."),
        a_quote(id="q4", text="5G is for ports."),
    )
    undated = an_article(
        1, quotes=(a_quote(text="and nothing else"),), topics=(), date=None, added=FIRST.date()
    )
    found = planned(an_article(0, quotes=pieces, topics=("tolls", "ports")), undated)
    parts = (view(page) for url, page in found.items() if url.startswith("/people/maren-oskarby/"))
    years = [year for part in parts if isinstance(part, PersonView) for year in part.years]
    said = {one.quote.text: (one.lead_in, one.added) for _, quotes in years for one in quotes}
    assert said == {
        "a tax on being far away": ("On tolls:", False),
        "“not one lamp more": ("On tolls:", False),
        "We sell quiet.": (None, False),
        "5G is for ports.": (None, False),
        "and nothing else": (None, True),
    }


def test_a_long_index_has_letters() -> None:
    few = planned(an_article(0, topics=("b", "a")))
    assert [group.title for group in view(few["/topics/"]).groups] == [""]
    many = planned(an_article(0, topics=tuple(f"{letter}{n}" for letter in "ab" for n in range(16))))
    assert [group.title for group in view(many["/topics/"]).groups] == ["A", "B"]
