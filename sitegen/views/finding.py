"""The pages that lead to others: lists and indexes, people, the numbers, search."""

from __future__ import annotations

from datetime import date as Day
from typing import Literal

from sitegen.frozen import record
from sitegen.model import KeyFigure, Quote
from sitegen.views.reading import EditionLink
from sitegen.views.site import Card, Head, Link, Pagination, SiteInfo


@record
class EditionsView:
    """The archive of editions, by year, newest first."""

    site: SiteInfo
    head: Head
    years: tuple[tuple[int, tuple[EditionLink, ...]], ...]


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


@record
class Said:
    """A quote with its context. `lead_in` stands before a partial quote, outside the blockquote; `added` says
    that the article does not say its `day`, which is the one on which it came into the digest."""

    id: str
    quote: Quote
    title: str
    url: str
    day: Day | None
    source: str | None
    source_url: str | None
    lead_in: str | None = None
    added: bool = False


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
