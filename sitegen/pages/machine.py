"""What is there for machines alone: sitemaps, the news sitemap, robots.txt, quotes and figures as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from sitegen.config import SiteConfig
from sitegen.model import Article, Site
from sitegen.pages import feeds
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.crawlers import CRAWLERS
from sitegen.pages.draft import Draft
from sitegen.views import DataView, Head, Kinds, NewsEntry, NewsView, RobotsView, SitemapView

# https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
NEWS_FOR = timedelta(days=2)
MOST_NEWS = 1000
# https://www.sitemaps.org/protocol.html
MOST_IN_SITEMAP = 50_000
NOT_IN_SITEMAP = ("/404.html",)
SITEMAP, NEWS = "/sitemap.xml", "/news-sitemap.xml"


def canonical(article: Article, of: Catalogue) -> str | None:
    """The whole address of the original, where search engines are to be pointed there."""
    known = of.config.sources.get(article.source.name or "")
    whose = (known and known.canonical) or of.config.canonical
    there = article.source.url or ""
    return there if whose == "source" and there.startswith(("https://", "http://")) else None


# ---------------------------------------------------------------- sitemaps


def sitemaps(pages: Sequence[Draft], of: Catalogue) -> Iterator[Draft]:
    """The sitemap of these pages; where they are too many for one, several and an index of them.

    A page that gives way to the original is not in it.
    """
    elsewhere = {article.url for article in of.everything if canonical(article, of)}
    listed = [
        page
        for page in pages
        if page.template.endswith(".html") and page.url not in NOT_IN_SITEMAP and page.url not in elsewhere
    ]
    if len(listed) <= MOST_IN_SITEMAP:
        yield _sitemap(SITEMAP, "sitemap.xml", listed, of)
        return
    parts: list[Draft] = []
    for start in range(0, len(listed), MOST_IN_SITEMAP):
        part = listed[start : start + MOST_IN_SITEMAP]
        address = f"/sitemap-{len(parts) + 1}.xml"
        days = [page.lastmod for page in part if page.lastmod]
        parts.append(_sitemap(address, "sitemap.xml", part, of, lastmod=max(days, default=None)))
    yield from parts
    yield _sitemap(SITEMAP, "sitemap-index.xml", parts, of)


def _sitemap(url: str, template: str, pages: Sequence[Draft], of: Catalogue, **known: object) -> Draft:
    return Draft(url, template, partial(_sitemap_view, url, tuple(pages), of), **known)  # type: ignore[arg-type]


def _sitemap_view(url: str, pages: Sequence[Draft], of: Catalogue) -> SitemapView:
    entries = tuple((page.url, page.lastmod) for page in pages)
    return SitemapView(of.info, Head("sitemap", url, "Sitemap"), entries)


# ---------------------------------------------------------------- news


def news(of: Catalogue, now: datetime | None) -> Draft:
    """The sitemap of the last two days before `now`; an empty one, too, because robots.txt names it."""
    found = [
        NewsEntry(article.url, article.title, published, article.lang or of.config.language)
        for article, published in _news(of.articles, of.config, now)
        if canonical(article, of) is None
    ]
    view = NewsView(of.info, Head("news", NEWS, "News"), tuple(found[:MOST_NEWS]))
    return Draft(NEWS, "news.xml", lambda: view)


def until(
    site: Site, config: SiteConfig, kinds: Kinds, now: datetime, following: datetime | None
) -> datetime | None:
    """The next instant at which the clock changes any page: `following`, or when the first news is none."""
    ages = [published + NEWS_FOR for _, published in _news(site.articles, config, now)]
    instants = [following, *(ages if "news" in kinds.made else ())]
    return min((instant for instant in instants if instant), default=None)


def _news(
    articles: Sequence[Article], config: SiteConfig, now: datetime | None
) -> Iterator[tuple[Article, datetime]]:
    """Articles come newest first by their own day, so that the search ends soon; clocks differ by one day."""
    if now is None:
        return
    first = (now - NEWS_FOR - timedelta(days=1)).date()
    for article in articles:
        if article.day < first:
            return
        published = feeds.published(article, config)
        if published and published > now - NEWS_FOR:
            yield article, published


# ---------------------------------------------------------------- robots.txt and data


def robots(of: Catalogue) -> Iterator[Draft]:
    asked = of.config.robots
    if not asked.write:
        return
    kept_out = {use for use in ("training", "answers") if getattr(asked, use) == "refuse"}
    refused = [crawler.name for crawler in CRAWLERS if crawler.use in kept_out]
    maps = [address for kind, address in (("sitemap", SITEMAP), ("news", NEWS)) if kind in of.kinds.made]
    head = Head("robots", "/robots.txt", "robots.txt")
    view = RobotsView(of.info, head, tuple(dict.fromkeys((*refused, *asked.refuse))), tuple(maps))
    yield Draft(head.url, "robots.txt", lambda: view)


def data(of: Catalogue) -> Iterator[Draft]:
    yield Draft("/data/quotes.json", "data.json", partial(_data, "quotes", of))
    yield Draft("/data/figures.json", "data.json", partial(_data, "figures", of))
    yield Draft("/data/figures.csv", "figures.csv", partial(_data, "figures", of, "csv"))


def _data(what: Literal["quotes", "figures"], of: Catalogue, form: str = "json") -> DataView:
    items = tuple([feeds.item(article, of) for article in of.articles if getattr(article, what)])
    return DataView(of.info, Head("data", f"/data/{what}.{form}", what.capitalize()), what, items)
