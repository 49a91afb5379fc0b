"""What each kind of page is made from: the records that `pages` plans and `render` renders.

A view is a page's whole dependency, so it holds everything that its template may show and
nothing that its template does not. All addresses are site-relative (`/topics/ports/`); the
theme puts the base path before them. Titles, counts and names of months come in the words of the
theme; figures, changes and dates are put into words in `render`.
"""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime
from typing import Literal, get_args

from sitegen.frozen import record
from sitegen.model import Article, Image, KeyFigure, Picture, Quote

Kind = Literal[
    "home", "article", "edition", "editions", "topic", "topics", "person", "people", "source", "sources",
    "numbers", "archive", "page", "missing", "search", "feed", "sitemap", "news", "robots", "data",
]  # fmt: skip
Weight = Literal["top", "lead", "standard", "brief"]
Slot = Literal["", "side", "half", "full"]


@record
class Kinds:
    """The kinds of page that a theme has; the lists of those in `whole` stand on one page, however long."""

    made: frozenset[Kind] = frozenset(get_args(Kind))
    whole: frozenset[Kind] = frozenset()


@record
class Link:
    """A link; `about` is a few words beside it ("3 quotes, 2 articles")."""

    text: str
    url: str
    about: str = ""


@record
class FeedLink:
    """Where a feed is; `type` is its media type."""

    title: str
    type: str
    url: str


@record
class SiteInfo:
    """What every page says about the site. `url` is origin and base path without a final slash; `policy`
    whether pages say the content security policy themselves, as the host does not; `card` is the picture of
    those pages that have none of their own, where their link is shared."""

    title: str
    tagline: str
    description: str
    url: str
    base: str
    language: str
    editor: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    feeds: tuple[FeedLink, ...] = ()
    policy: bool = False
    card: str | None = None


@record
class Share:
    """What a page says of itself where its link is shared; `number` is that of an edition."""

    url: str
    title: str
    site: str
    about: str = ""
    number: int | None = None
    credit: Credit | None = None
    day: Day | None = None
    figure: KeyFigure | None = None
    quote: Quote | None = None


@record
class Head:
    """What a page says about itself. `section` is the address of the navigation entry it belongs to.

    `image` is what stands for it where its link is shared, with its words and its size in pixels.

    `feeds` are those of this page's own, beside the site's; `canonical` is the whole address of the
    page that this one gives way to in search engines, if it does.
    """

    kind: Kind
    url: str
    title: str
    description: str = ""
    section: str = ""
    image: str | None = None
    feeds: tuple[FeedLink, ...] = ()
    canonical: str | None = None
    image_alt: str = ""
    image_size: tuple[int, int] | None = None


@record
class Credit:
    """Who says so: the line under every headline. `minutes` is the reading time.

    `added` stands in for a `day` that the source does not say: the day it came into the digest.
    """

    source: str | None
    source_url: str | None
    day: Day | None
    minutes: int
    added: Day | None = None


@record
class Card:
    """An article in a list. What it shows follows from its weight and from what it has.

    `kicker` is the first of its `topics`.
    """

    id: str
    url: str
    title: str
    credit: Credit
    standfirst: str | None = None
    kicker: Link | None = None
    weight: Weight = "standard"
    slot: Slot = ""
    figure: KeyFigure | None = None
    quote: Quote | None = None
    image: Image | None = None
    note: str | None = None
    lang: str | None = None
    topics: tuple[Link, ...] = ()


@record
class Pagination:
    """`number` of `total` pages, from 1; an address is None where there is nothing to go to."""

    number: int
    total: int
    previous: str | None
    next: str | None


# ---------------------------------------------------------------- article


@record
class Voice:
    """Somebody quoted in the article: how often `here`, and in `total` over the whole site."""

    name: str
    url: str
    role: str | None
    here: int
    total: int


@record
class StoryPoint:
    """One step of "the story so far"; `url` is None for the article that is being read."""

    title: str
    url: str | None
    day: Day
    source: str | None


@record
class ArticleView:
    """`speakers` maps a quote's speaker to the person's page."""

    site: SiteInfo
    head: Head
    article: Article
    credit: Credit
    source_link: str | None
    topics: tuple[Link, ...]
    voices: tuple[Voice, ...]
    edition: Link | None
    story: tuple[StoryPoint, ...]
    related: tuple[Card, ...]


# ---------------------------------------------------------------- editions and home


@record
class EditionBlock:
    """A section: `row` is three equal columns with numbers on top, `lead` one story before the rest."""

    id: str
    title: str
    layout: Literal["row", "lead"]
    cards: tuple[Card, ...]


@record
class EditionLink:
    number: int | None
    title: str
    url: str
    day: Day
    stories: int = 0


@record
class EditionContent:
    """An edition laid out. `note` is the editor's Markdown; `signed` stands under it."""

    number: int | None
    title: str
    url: str
    day: Day
    stories: int
    minutes: int
    note: str
    signed: str | None
    top: Card | None
    blocks: tuple[EditionBlock, ...]
    previous: EditionLink | None
    next: EditionLink | None
    pictures: tuple[Picture, ...] = ()


@record
class EditionView:
    site: SiteInfo
    head: Head
    edition: EditionContent


@record
class MailView:
    """An edition as mail. `preheader` is what a mail program shows beside the subject in its list; `shown`
    stories have room, `left_out` have none, `cut` says that not all of the note has; `inferred` whether a
    speaker shown was carried over. The last two stand at the foot, "" for none: where a reader ends it, an
    address or what a sending service puts one in place of, and the sender's postal address."""

    site: SiteInfo
    head: Head
    edition: EditionContent
    preheader: str
    pages: tuple[Link, ...]
    shown: int
    left_out: int
    cut: bool
    inferred: bool
    unsubscribe: str
    postal: str


@record
class HomeView:
    """The newest edition in full, what is newer than it, and the editions before.

    A digest without editions has every article in `latest`, on as many pages as it takes.
    """

    site: SiteInfo
    head: Head
    edition: EditionContent | None
    latest: tuple[Card, ...]
    earlier: tuple[EditionLink, ...]
    pagination: Pagination = Pagination(1, 1, None, None)


@record
class EditionsView:
    """The archive of editions, by year, newest first."""

    site: SiteInfo
    head: Head
    years: tuple[tuple[int, tuple[EditionLink, ...]], ...]


# ---------------------------------------------------------------- listings and indexes


@record
class CardGroup:
    """Cards under a heading ("November 2026"), or under none."""

    id: str
    title: str
    cards: tuple[Card, ...]


@record
class ListingView:
    """Articles of a topic, a source or a month (head.kind: topic, source, archive), newest first.

    `facts` are short counts for the line under the title; `links` lead on (related topics, the
    source's own site, the months before and after); `figures` are the topic's newest key figures.
    """

    site: SiteInfo
    head: Head
    kicker: Link | None
    standfirst: str | None
    facts: tuple[str, ...]
    groups: tuple[CardGroup, ...]
    links: tuple[Link, ...]
    figures: tuple[NumberRow, ...]
    pagination: Pagination


@record
class IndexGroup:
    """Entries under a heading: a letter, a year; `url` is a page of the heading's own, if there is one."""

    title: str
    entries: tuple[Link, ...]
    url: str = ""


@record
class IndexView:
    """All topics, people, sources or months (head.kind: topics, people, sources, archive)."""

    site: SiteInfo
    head: Head
    standfirst: str | None
    groups: tuple[IndexGroup, ...]


@record
class SearchView:
    """An index of everything: `groups` of subjects and months, `titles` of all stories where they are few.

    `searching` says that there is an index of every word for the page's script.
    """

    site: SiteInfo
    head: Head
    searching: bool
    groups: tuple[IndexGroup, ...]
    titles: tuple[IndexGroup, ...]


# ---------------------------------------------------------------- people and numbers


@record
class Said:
    """A quote with its context. `lead_in` stands before a partial quote, outside the blockquote."""

    id: str
    quote: Quote
    title: str
    url: str
    day: Day | None
    source: str | None
    source_url: str | None
    lead_in: str | None = None


@record
class PersonView:
    """Every quote by one person, by year, newest first; `counts` are how many there are in each year.

    A topic's `about` is in how many of the quotes' articles it is, a person's what they are.
    """

    site: SiteInfo
    head: Head
    name: str
    role: str | None
    note: str | None
    facts: tuple[str, ...]
    years: tuple[tuple[int, tuple[Said, ...]], ...]
    mentioned: tuple[Card, ...]
    topics: tuple[Link, ...]
    alongside: tuple[Link, ...]
    pagination: Pagination
    counts: tuple[tuple[int, int], ...] = ()


@record
class NumberRow:
    """A key figure with where it stands; `measure` leads to the others of the same measure, if there are."""

    figure: KeyFigure
    title: str
    url: str
    source: str | None
    day: Day | None
    topics: tuple[str, ...] = ()
    measure: Link | None = None


@record
class NumberGroup:
    """Figures of one measure under its name, or any figures without a title. Where a measure is in several
    articles, `series` are its values from the oldest on."""

    id: str
    title: str
    rows: tuple[NumberRow, ...]
    url: str = ""
    series: tuple[NumberRow, ...] = ()


@record
class Edge:
    """A record among the numbers: "Steepest rise: ships plugged in at Marrowick"."""

    title: Literal["largest", "rise", "fall"]
    row: NumberRow


Order = Literal["newest", "measure", "change", "size"]


@record
class NumbersView:
    """Key figures in an `order`; `choices` are rows of links, each under its name: other orders of the same
    figures, the years and the topics that have pages of their own. `shown` of `count` figures stand on the
    pages of this order."""

    site: SiteInfo
    head: Head
    edges: tuple[Edge, ...]
    groups: tuple[NumberGroup, ...]
    order: Order
    shown: int
    count: int
    choices: tuple[IndexGroup, ...]
    pagination: Pagination


# ---------------------------------------------------------------- the rest


@record
class PageView:
    """A page of the editor's own; `body` is Markdown."""

    site: SiteInfo
    head: Head
    standfirst: str | None
    body: str
    pictures: tuple[Picture, ...] = ()


@record
class MissingView:
    """404: where to go instead."""

    site: SiteInfo
    head: Head
    latest: tuple[Card, ...]


@record
class FeedView:
    """`link` is the page that the feed goes with, `hub` the WebSub hub that is told of changes.

    `updated` is the time of the last change in any item: a feed does not change because the clock
    does.
    """

    site: SiteInfo
    head: Head
    link: str
    items: tuple[FeedItem, ...]
    updated: datetime
    hub: str = ""


@record
class FeedItem:
    """`guid` follows from the article's id alone; `updated` is never before `published`."""

    article: Article
    url: str
    guid: str
    published: datetime | None
    updated: datetime
    categories: tuple[str, ...]


@record
class SitemapView:
    """Addresses with the day of their last change, where it is known."""

    site: SiteInfo
    head: Head
    entries: tuple[tuple[str, Day | None], ...]


@record
class NewsEntry:
    url: str
    title: str
    published: datetime
    language: str


@record
class NewsView:
    """The sitemap of what is news: the articles of the last two days."""

    site: SiteInfo
    head: Head
    entries: tuple[NewsEntry, ...]


@record
class RobotsView:
    """robots.txt: `refused` are the crawlers that are asked to stay away, by name."""

    site: SiteInfo
    head: Head
    refused: tuple[str, ...]
    sitemaps: tuple[str, ...]


@record
class DataView:
    """Every quote, or every figure, for machines; `items` are the articles that have any, newest first."""

    site: SiteInfo
    head: Head
    what: Literal["quotes", "figures"]
    items: tuple[FeedItem, ...]
