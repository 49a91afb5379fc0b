"""Everything public at one instant."""

from __future__ import annotations

from datetime import date as Day
from typing import Literal

from sitegen.frozen import record
from sitegen.model.article import Article, Picture

FeedFormat = Literal["rss", "atom", "json"]
FeedOf = Literal["site", "sections", "topics", "people", "editions"]


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
