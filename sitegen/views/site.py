"""What stands on every page, and what many kinds of page share."""

from __future__ import annotations

from datetime import date as Day
from typing import Literal, get_args

from sitegen.frozen import record
from sitegen.model import Image, KeyFigure, Quote

Kind = Literal[
    "home", "article", "edition", "editions", "topic", "topics", "person", "people", "source", "sources",
    "numbers", "archive", "page", "missing", "search", "feed", "sitemap", "news", "robots", "data",
]  # fmt: skip
Costly = Literal["related", "voices"]
Weight = Literal["top", "lead", "standard", "brief"]
Slot = Literal["", "side", "half", "full"]


@record
class Kinds:
    """The kinds of page that a theme has; the lists of those in `whole` stand on one page, however long.
    `shown` are the parts of an article's page that some template names: the others are left empty, since
    finding them for every article takes longer than the rest of the view."""

    made: frozenset[Kind] = frozenset(get_args(Kind))
    whole: frozenset[Kind] = frozenset()
    shown: frozenset[Costly] = frozenset(get_args(Costly))


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
    those pages that have none of their own, where their link is shared; `scheme_switch` whether readers get a
    button for light and dark."""

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
    scheme_switch: bool = False


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

    `kicker` is the first of its `topics`; `figures` are all that say what they measure, for a top story.
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
    figures: tuple[KeyFigure, ...] = ()


@record
class Pagination:
    """`number` of `total` pages, from 1; an address is None where there is nothing to go to."""

    number: int
    total: int
    previous: str | None
    next: str | None
