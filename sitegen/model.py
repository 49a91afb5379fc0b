"""The frozen records in which the rooms speak to each other.

All are immutable and made of plain values, so that a page's view can be compared, hashed and
sent to another process. Times are aware `datetime`s; `Day` is a date alone. Addresses (`url`)
are site-relative and begin with a slash: `/articles/a-slug/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date as Day
from datetime import datetime
from typing import Any, Literal

from sitegen.frozen import record

Number = int | float
Value = Number | tuple[Number, Number]
Rights = Literal["full", "excerpt", "summary", "link"]
Status = Literal["draft", "published"]
Attribution = Literal["explicit", "inferred", "editor"]
Bound = Literal["about", "more", "less"]
Direction = Literal["up", "down"]
FeedFormat = Literal["rss", "atom", "json"]
FeedOf = Literal["site", "sections", "topics", "people", "editions"]
Label = Literal[
    "title", "standfirst", "byline", "dateline", "caption", "subhead", "body", "list", "quote", "debris"
]


# ---------------------------------------------------------------- seeds


@record
class Seed:
    """A raw article as it was dropped into seeds/, decoded but otherwise untouched.

    `path` is relative to the digest's folder; `text` is the decoded article without front matter
    or byte order mark, newlines as they were; `meta` is what the seed's own front matter says. For a
    saved page or a news format `text` is the article taken out of it, a block a paragraph, `meta`
    what the format says of it, `blocks` what it says each paragraph is (empty where only the text
    can say), `images` its pictures and `links` its links, in order.
    """

    path: str
    sha256: str
    text: str
    meta: Mapping[str, object] = field(default_factory=dict)
    encoding: str = "utf-8"
    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def id(self) -> str:
        """The article's id for ever: the first 12 hex digits of the seed's hash."""
        return self.sha256[:12]


@record
class Block:
    """A stretch of a seed's text with what it is; `start` and `end` count characters of the text."""

    start: int
    end: int
    label: Label
    reason: str


@record
class Link:
    """A stretch of a seed's text that leads to `url`, a whole address that is safe to link to."""

    start: int
    end: int
    url: str


# ---------------------------------------------------------------- what an article says


@record
class Quote:
    """Somebody's words. `text` is verbatim, with its marks left out; `speaker` is the full name."""

    id: str
    text: str
    speaker: str | None = None
    role: str | None = None
    attribution: Attribution = "explicit"
    featured: bool = False


@record
class Amount:
    """A value as written and as a number. Money has an ISO `currency`, anything else a `unit`."""

    as_written: str
    value: Value
    unit: str | None = None
    currency: str | None = None


@record
class Change:
    """How a figure moved: "up 9.9%" against the "same period in 2019".

    `previous` is the earlier value where the article gives it (`from:` in front matter).
    """

    as_written: str
    value: Value
    unit: str | None = None
    direction: Direction | None = None
    versus: str | None = None
    previous: Amount | None = field(default=None, metadata={"key": "from"})
    currency: str | None = None


@record
class KeyFigure:
    """A number that a reader would want in a box, with what it measures and when."""

    id: str
    as_written: str
    value: Value
    label: str | None = None
    unit: str | None = None
    currency: str | None = None
    bound: Bound | None = None
    period: str | None = None
    change: Change | None = None
    equivalents: tuple[Amount, ...] = ()


@record
class Rendition:
    """One file of a picture: its address, its media type, its width in pixels."""

    url: str
    type: str
    width: int


@record
class Picture:
    """A picture of the site's own. `src` is how the text names it, `url` the file that every reader can show,
    `width` and `height` its size in pixels as it is shown (0 where it is not known), `renditions` the
    same in modern formats, grouped by type, the smallest first.

    Until the files have been looked at, only `src` is known; a picture without `url` is not there.
    """

    src: str
    url: str = ""
    width: int = 0
    height: int = 0
    renditions: tuple[Rendition, ...] = ()


@record
class Image:
    """A picture with its words; `picture` is its file, where it is one of the site's own."""

    src: str
    alt: str = ""
    caption: str | None = None
    credit: str | None = None
    picture: Picture | None = field(default=None, metadata={"key": ""})


@record
class Source:
    """Where an article comes from. `published` is the date as the source gives it."""

    name: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: Day | datetime | None = None


@record
class Correction:
    date: Day
    text: str


@record
class Retraction:
    date: Day
    reason: str


@record
class SeedRef:
    """The seed that an article was made from; `file` is relative to seeds/."""

    file: str
    sha256: str


# ---------------------------------------------------------------- content


@record
class Article:
    """One article as its Markdown file has it: a field is a key of the front matter.

    The fields without a key come from elsewhere: `path` is the file, relative to the digest's
    folder, `text` the sha256 of its bytes, `body` the Markdown, `words` its length, `pictures` those
    that the body shows. In the records that a `Site` holds the body is left out: `text` stands for it,
    until the page is rendered. What a site rarely asks for may be fetched when it does: see `halves`.
    """

    _beside = ("_rest", "_signs")

    id: str
    title: str
    path: str = field(default="", metadata={"key": ""})
    text: str = field(default="", metadata={"key": ""})
    body: str = field(default="", metadata={"key": ""})
    words: int = field(default=0, metadata={"key": ""})
    pictures: tuple[Picture, ...] = field(default=(), metadata={"key": ""})
    slug: str = ""
    status: Status = "published"
    date: datetime | None = None
    added: Day | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    standfirst: str | None = None
    lang: str | None = None
    dateline: str | None = None
    note: str | None = None
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    source: Source = Source()
    rights: Rights = "full"
    quotes: tuple[Quote, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    images: tuple[Image, ...] = ()
    aliases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    retracted: Retraction | None = None
    seed: SeedRef | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """Asked only for what is not there."""
        if name in self.__match_args__:
            rest: Any = self._rest
            rest[0](self, *rest[1:])
            return getattr(self, name)
        raise AttributeError(f"an article has no “{name}”")

    @property
    def url(self) -> str:
        return f"/articles/{self.slug}/"

    @property
    def day(self) -> Day:
        """The day it is listed under: its date, else the day it was added."""
        if self.date is not None:
            return self.date.date()
        return self.added or Day.min

    @property
    def changed(self) -> Day:
        """The day of its last change that a reader should know of."""
        if not (self.corrections or self.updated or self.retracted):
            return self.day
        days = [self.day, *(correction.date for correction in self.corrections)]
        days += [self.updated.date()] if self.updated else []
        days += [self.retracted.date] if self.retracted else []
        return max(days)


@record
class EditionSection:
    title: str
    items: tuple[str, ...]


@record
class Edition:
    """An issue of the digest. `number` is None for one that was grouped by week; `pictures` are those that
    the note shows."""

    key: str
    title: str
    date: Day
    note: str = ""
    number: int | None = None
    top: str | None = None
    sections: tuple[EditionSection, ...] = ()
    path: str | None = None
    signed: str | None = None
    pictures: tuple[Picture, ...] = ()

    @property
    def url(self) -> str:
        return f"/editions/{self.key}/"

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of its articles in reading order, the top story first."""
        rest = [item for section in self.sections for item in section.items]
        return tuple(dict.fromkeys(((self.top,) if self.top else ()) + tuple(rest)))


@record
class StaticPage:
    """A page of the editor's own, such as "About": content/pages/about.md is at /about/. `pictures` are
    those that the body shows."""

    slug: str
    title: str
    body: str
    path: str
    standfirst: str | None = None
    pictures: tuple[Picture, ...] = ()

    @property
    def url(self) -> str:
        return f"/{self.slug}/"


@record
class Name:
    """One name for many spellings, of a person or a topic, from data/people.yaml or data/topics.yaml."""

    name: str
    slug: str
    aliases: tuple[str, ...] = ()
    note: str | None = None


@record
class Site:
    """Everything public at one instant: what the pages are planned from.

    Articles come newest first; `redirects` maps an address an article once had to the one it has.
    """

    articles: tuple[Article, ...]
    editions: tuple[Edition, ...] = ()
    pages: tuple[StaticPage, ...] = ()
    people: tuple[Name, ...] = ()
    topics: tuple[Name, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()


# ---------------------------------------------------------------- pages and output


@record
class SocialCard:
    """What is drawn on the picture that stands for a page where its link is shared: plain words.

    It has a number with what it measures, or a quote with who said it, or neither. `colours` are paper,
    ink, soft, rule and accent, as "#rrggbb"; `serif` says in which of two faces the title is set.
    """

    title: str
    site: str
    kicker: str = ""
    credit: str = ""
    number: str = ""
    label: str = ""
    quote: str = ""
    speaker: str = ""
    colours: tuple[str, ...] = ()
    serif: bool = True


@record
class Page:
    """A page that exists: its address, the template that makes it, and the records it is made from.

    `view` is the page's whole dependency: the same template set and view give the same bytes.
    `made_from` names the source files, for error messages and `--explain`.
    """

    url: str
    template: str
    view: object
    made_from: tuple[str, ...] = ()
    lastmod: Day | None = None

    @property
    def file(self) -> str:
        return file_of(self.url)


def file_of(url: str) -> str:
    """Where a page's bytes go, relative to the output folder: `/a/` is `a/index.html`."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


@record
class Output:
    """A file of the site. `path` is relative to the output folder, with forward slashes."""

    path: str
    data: bytes
    made_from: tuple[str, ...] = ()


@record
class Promise:
    """A file of the site whose bytes are known by their hash, from a cache.

    `make` gives them, and is called only if the output folder does not hold them already. Should
    they have another hash than `sha256`, the cache was damaged, and what `make` gives is the truth.
    """

    path: str
    sha256: str
    make: Callable[[], bytes]
    made_from: tuple[str, ...] = ()


@record
class Staged:
    """A file of the site that a worker process has put into the staging tree already; `size` in bytes.

    `mark` is by what the output room knows the file again. Only its stager makes these records.
    """

    path: str
    sha256: str
    size: int
    made_from: tuple[str, ...] = ()
    mark: tuple[int, int, int, int] | None = None
