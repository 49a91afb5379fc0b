"""What conversion finds in a seed. Offsets count characters of the seed's text, end exclusive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from typing import Literal

from sitegen.errors import Problem
from sitegen.frozen import field, record
from sitegen.model import (
    Block,
    Correction,
    Direction,
    Image,
    KeyFigure,
    Link,
    Quote,
    Seed,
    Source,
    Value,
)


@record
class Extracted:
    """An article taken out of a saved page or a news format.

    `text` has its paragraphs with an empty line between them, `blocks` covers each of them with its
    label (title first), `meta` has what the format says under the keys of a seed's front matter
    (title, standfirst, author, date, url, site, language, topics …).
    """

    text: str
    blocks: tuple[Block, ...]
    meta: Mapping[str, object]
    images: tuple[Image, ...] = ()
    encoding: str = "utf-8"
    problems: tuple[Problem, ...] = ()
    links: tuple[Link, ...] = ()


@record
class FoundQuote:
    """A stretch in quotation marks that somebody says; the stretch includes its marks.

    `mention` is the source as it stands there ("Ren", "he"); `rule` names the rule that found the
    speaker. A partial quote is woven into the reporter's own sentence. `quote.featured` is what an
    editor would pull; `quote.id` counts q1, q2 … in the order of the text.
    """

    start: int
    end: int
    quote: Quote
    kind: Literal["direct", "partial"]
    rule: str
    mention: str | None = None


@record
class FoundFigure:
    """A quantity; `key` marks those for the box. `figure.id` counts f1, f2 … over the key ones only.

    `direction` and `versus` are said of this very number ("rose 9%", "than in 2019"), whether or not it
    has a change of its own. `span` is what the text gives for a movement, “from 11% to 9%”: its figure has
    the value where it ended, and the earlier one in its change.
    """

    start: int
    end: int
    figure: KeyFigure
    key: bool
    rule: str
    direction: Direction | None = None
    versus: str | None = None
    span: Value | None = None


@record
class Speech:
    """Who is in the text and what they say. People and organisations in order of first mention."""

    quotes: tuple[FoundQuote, ...]
    people: tuple[str, ...]
    organisations: tuple[str, ...]


@record
class Removed:
    """A stretch that is not in the Markdown as it stood, with the reason."""

    start: int
    end: int
    reason: str


@record
class Layout:
    """How the article stands in Markdown.

    `body` is Markdown; `captions` the words of captions; `removed` what is in neither as it stood;
    `printed` are the blocks whose words a reader sees, in the body or as the standfirst.
    """

    body: str
    captions: tuple[str, ...]
    removed: tuple[Removed, ...]
    printed: tuple[Block, ...]


@record
class Conversion:
    """All that was found in one seed. `source` is what the page says of itself, not its front matter."""

    seed: Seed
    blocks: tuple[Block, ...]
    title: str | None
    standfirst: str | None
    byline: str | None
    date: Day | datetime | None
    dateline: str | None
    language: str
    speech: Speech
    figures: tuple[FoundFigure, ...]
    topics: tuple[str, ...]
    images: tuple[Image, ...]
    layout: Layout
    source: Source = field(default_factory=Source)
    corrections: tuple[Correction, ...] = ()

    @property
    def removed(self) -> tuple[Removed, ...]:
        """What is not in the Markdown as it stood, with the reasons."""
        return self.layout.removed
