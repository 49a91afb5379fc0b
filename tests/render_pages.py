"""One of every kind of page, and some odd ones, from the invented views."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Day

from sitegen.model import (
    Article,
    Page,
    Quote,
    Retraction,
    Source,
)
from sitegen.pages.feeds import NEVER
from sitegen.views import (
    ArticleView,
    CardGroup,
    Credit,
    Edge,
    EditionsView,
    EditionView,
    FeedItem,
    FeedView,
    HomeView,
    IndexGroup,
    IndexView,
    Link,
    ListingView,
    MissingView,
    NumberGroup,
    NumbersView,
    PageView,
    Pagination,
    PersonView,
    Said,
    SearchView,
    SitemapView,
    StoryPoint,
    Voice,
)
from tests.render_cards import EARLIER, EDITION, LATEST, ROWS, TOP
from tests.render_fixtures import ARTICLE, CREDIT, SAID_QUIET, SAID_TEST, SAID_TRUST, SITE, SOURCE, card, head

PAGES_2 = Pagination(2, 3, "/topics/locks/", "/topics/locks/3/")
ABOUT = """\
We read so that you need not.

## How we choose

Slowly.

> “Read it twice.”
> — Ottilie Brandreth, editor
"""
ONE_PAGE = Pagination(1, 1, None, None)


def _said(number: int, quote: Quote, day: Day, lead_in: str | None = None) -> Said:
    return Said(f"s-{number}", quote, ARTICLE.title, ARTICLE.url, day, "Hexley Courier", SOURCE.url, lead_in)


VOICES = (
    Voice("Sunniva Tarle", "/people/sunniva-tarle/", SAID_QUIET.role, 2, 9),
    Voice("Corvin Maddox", "/people/corvin-maddox/", SAID_TEST.role, 1, 1),
)
STORY = (
    StoryPoint(
        "Eleven boards agree on a single gauge", "/articles/story-20/", Day(2023, 3, 14), "Towpath Week"
    ),
    StoryPoint("Hexley drains its staircase", "/articles/story-21/", Day(2024, 9, 2), "Hexley Courier"),
    StoryPoint("First barge goes down by clock", "/articles/story-22/", Day(2025, 1, 27), None),
    StoryPoint(ARTICLE.title, None, Day(2026, 11, 18), "Hexley Courier"),
)
LOCKS = Link("Locks", "/topics/locks/")


def article_view(article: Article = ARTICLE) -> ArticleView:
    return ArticleView(
        SITE,
        head("article", article.url, article.title, article.standfirst or "", "/editions/"),
        article,
        CREDIT,
        "/sources/hexley-courier/",
        (LOCKS, Link("Freight", "/topics/freight/")),
        VOICES,
        Link("Edition 148", "/editions/148/"),
        STORY,
        LATEST,
    )


BARE = Article(
    id="aa0000000002",
    title="A plain item without anything",
    slug="plain",
    body="One paragraph.\n",
    date=None,
    source=Source(),
    retracted=Retraction(Day(2026, 11, 21), "The item was about another canal."),
)


def _bare_view() -> ArticleView:
    nobody = Credit(None, None, None, 1)
    return ArticleView(SITE, head("article", BARE.url, BARE.title), BARE, nobody, None, (), (), None, (), ())


FEEDS = (
    ("feed", "feed.xml", "/feed.xml"),
    ("atom", "atom.xml", "/feed.atom"),
    ("json", "feed.json", "/feed.json"),
)


def _feed(address: str) -> FeedView:
    items = tuple(
        FeedItem(a, a.url, f"urn:digest:{a.id}", a.date, a.date or NEVER, ("Locks",)) for a in (ARTICLE, BARE)
    )
    info = head("feed", address, SITE.title, SITE.description)
    return FeedView(SITE, info, "/", items, NEVER if ARTICLE.date is None else ARTICLE.date)


def pages() -> dict[str, Page]:
    """Every kind of page, by name."""
    views: dict[str, tuple[str, object]] = {
        "home": (
            "home.html",
            HomeView(SITE, head("home", "/", SITE.title, SITE.description), EDITION, LATEST, EARLIER),
        ),
        "empty": (
            "home.html",
            HomeView(SITE, head("home", "/empty/", SITE.title, SITE.description), None, (), ()),
        ),
        "loose": ("home.html", HomeView(SITE, head("home", "/loose/", SITE.title), None, LATEST, ())),
        "article": ("article.html", article_view()),
        "bare": ("article.html", _bare_view()),
        "excerpt": ("article.html", article_view(replace(ARTICLE, slug="excerpt", rights="excerpt"))),
        "link": ("article.html", article_view(replace(ARTICLE, slug="link", rights="link"))),
        "edition": (
            "edition.html",
            EditionView(
                SITE,
                head(
                    "edition",
                    "/editions/148/",
                    "A quieter kind of lock",
                    "Edition 148 of The Lockkeeper.",
                    "/editions/",
                ),
                EDITION,
            ),
        ),
        "week": (
            "edition.html",
            EditionView(
                SITE,
                head("edition", "/editions/2026-w47/", "Week 47, 2026", "", "/editions/"),
                replace(
                    EDITION,
                    number=None,
                    title="Week 47, 2026",
                    url="/editions/2026-w47/",
                    note="",
                    signed=None,
                    top=replace(TOP, figure=None, quote=None),
                    previous=None,
                ),
            ),
        ),
        "editions": (
            "editions.html",
            EditionsView(
                SITE,
                head("editions", "/editions/", "Editions", "All editions, newest first."),
                ((2026, EARLIER), (2025, EARLIER[1:])),
            ),
        ),
        "topic": (
            "listing.html",
            ListingView(
                SITE,
                head("topic", "/topics/locks/2/", "Locks", "Every story on locks.", "/topics/"),
                Link("Topics", "/topics/"),
                "Gates, water and waiting.",
                ("42 stories", "9 sources", "since May 2024"),
                (
                    CardGroup("2026-11", "November 2026", (*LATEST, card(16, "A short one", weight="brief"))),
                    CardGroup("2026-10", "October 2026", LATEST[:1]),
                ),
                (Link("Freight", "/topics/freight/", "12"), Link("Rail", "/topics/rail/", "3")),
                ROWS[:3],
                PAGES_2,
            ),
        ),
        "source": (
            "listing.html",
            ListingView(
                SITE,
                head("source", "/sources/hexley-courier/", "Hexley Courier"),
                Link("Sources", "/sources/"),
                None,
                (),
                (CardGroup("all", "", LATEST),),
                (Link("courier.example", "https://courier.example/"),),
                (),
                ONE_PAGE,
            ),
        ),
        "month": (
            "listing.html",
            ListingView(
                SITE,
                head("archive", "/archive/2026/11/", "November 2026", "", "/archive/"),
                Link("Archive", "/archive/"),
                None,
                ("4 stories",),
                (CardGroup("18", "18 November 2026", LATEST),),
                (Link("October 2026", "/archive/2026/10/"),),
                (),
                ONE_PAGE,
            ),
        ),
        "topics": (
            "index.html",
            IndexView(
                SITE,
                head("topics", "/topics/", "Topics"),
                "Everything we have written about, by name.",
                (
                    IndexGroup(
                        "F",
                        (
                            Link("Freight", "/topics/freight/", "12 stories"),
                            Link("Fuel", "/topics/fuel/", "1 story"),
                        ),
                    ),
                    IndexGroup("L", (Link("Locks", "/topics/locks/", "42 stories"),)),
                ),
            ),
        ),
        "people": (
            "index.html",
            IndexView(
                SITE,
                head("people", "/people/", "People"),
                None,
                (IndexGroup("", tuple(Link(v.name, v.url, f"{v.total} quotes") for v in VOICES)),),
            ),
        ),
        "person": (
            "person.html",
            PersonView(
                SITE,
                head(
                    "person",
                    "/people/sunniva-tarle/",
                    "Sunniva Tarle",
                    "Every quote by Sunniva Tarle.",
                    "/people/",
                ),
                "Sunniva Tarle",
                SAID_QUIET.role,
                None,
                ("9 quotes", "8 articles", "since May 2024"),
                (
                    (
                        2026,
                        (
                            _said(4, SAID_QUIET, Day(2026, 11, 18)),
                            _said(3, SAID_TRUST, Day(2026, 11, 18)),
                            _said(
                                2,
                                replace(
                                    SAID_TRUST,
                                    text="a tax on being far away",
                                    featured=False,
                                    attribution="explicit",
                                ),
                                Day(2026, 2, 3),
                                "On dearer passage through the Kessary Cut:",
                            ),
                        ),
                    ),
                    (2025, (_said(1, replace(SAID_TRUST, featured=False), Day(2025, 11, 11)),)),
                ),
                LATEST[:2],
                (Link("Locks", "/topics/locks/", "4"), Link("Grid", "/topics/grid/", "1")),
                (Link("Corvin Maddox", "/people/corvin-maddox/", "Towpath Data"),),
                ONE_PAGE,
            ),
        ),
        "numbers": (
            "numbers.html",
            NumbersView(
                SITE,
                head(
                    "numbers",
                    "/numbers/",
                    "The numbers",
                    "Every key figure from every story, as its newsroom wrote it.",
                    "/numbers/",
                ),
                (Edge("largest", ROWS[4]), Edge("rise", ROWS[2]), Edge("fall", ROWS[3])),
                (
                    NumberGroup("g-1", "Share by rail", ROWS[:2], "/numbers/measure/share/", ROWS[1:3]),
                    NumberGroup("g-2", "", ROWS[2:]),
                ),
                "measure",
                57,
                60,
                (IndexGroup("Year", (Link("All", "/numbers/"), Link("2026", "/numbers/2026/"))),),
                replace(PAGES_2, previous="/numbers/", next="/numbers/3/"),
            ),
        ),
        "page": (
            "page.html",
            PageView(
                SITE,
                head("page", "/about/", "About"),
                "Who we are.",
                ABOUT,
            ),
        ),
        "missing": (
            "missing.html",
            MissingView(
                SITE,
                head("missing", "/404.html", "This page is not here", "The address may be old, or mistyped."),
                LATEST,
            ),
        ),
        "search": (
            "search.html",
            SearchView(
                SITE,
                head("search", "/search/", "Search"),
                True,
                (IndexGroup("Topics", (Link("Freight", "/topics/freight/", "12 stories"),), "/topics/"),),
                (IndexGroup("L", (Link("Locks reopen", "/articles/locks-reopen/", "The Towpath"),)),),
            ),
        ),
        **{name: (template, _feed(address)) for name, template, address in FEEDS},
        "sitemap": (
            "sitemap.xml",
            SitemapView(
                SITE,
                head("sitemap", "/sitemap.xml", ""),
                (
                    ("/", Day(2026, 11, 20)),
                    ("/about/", None),
                ),
            ),
        ),
    }
    return {name: Page(view.head.url, template, view) for name, (template, view) in views.items()}  # type: ignore[attr-defined]
