"""One article, with what it says: quotes, figures, pictures, where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
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

    Until the files have been looked at, only `src` is known. One that is `missing` is not shown.
    """

    src: str
    url: str = ""
    width: int = 0
    height: int = 0
    renditions: tuple[Rendition, ...] = ()
    missing: bool = False


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
