"""What was dropped into seeds/, and what conversion sees in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from sitegen.frozen import record
from sitegen.model.article import Image

Label = Literal[
    "title", "standfirst", "byline", "dateline", "caption", "subhead", "body", "list", "quote", "debris"
]


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
