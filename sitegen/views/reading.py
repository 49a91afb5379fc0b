"""The pages that are read: articles, editions, home, the editor's own."""

from __future__ import annotations

from datetime import date as Day
from typing import Literal

from sitegen.frozen import record
from sitegen.model import Article, Picture
from sitegen.views.site import Card, Credit, Head, Link, Pagination, SiteInfo


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
