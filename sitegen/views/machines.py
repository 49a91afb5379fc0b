"""What programs read: feeds, maps of the site, data."""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime
from typing import Literal

from sitegen.frozen import record
from sitegen.model import Article
from sitegen.views.site import Head, SiteInfo


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
