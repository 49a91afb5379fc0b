"""Which pages exist, at which address, made from what. Pure: records in, records out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sitegen.config import SiteConfig
from sitegen.errors import OutputError
from sitegen.model import Article, Page, Site
from sitegen.pages import articles, cards, editions, listings, numbers, people
from sitegen.pages.catalogue import Catalogue, catalogue
from sitegen.views import FeedItem, FeedView, Head, Link, MissingView, PageView, SiteInfo, SitemapView

LATEST_WHEN_LOST = 3
NOT_IN_SITEMAP = ("/404.html",)


def plan(site: Site, config: SiteConfig) -> tuple[Page, ...]:
    """Every page of a site. Raises OutputError where two would stand at one address."""
    of = catalogue(site, config, _info(site, config))
    pages = [
        page
        for part in (editions.plan, articles.plan, listings.plan, people.plan, numbers.plan, _own_pages)
        for page in part(of)
    ]
    pages += [_missing(of), _feed(of)]
    pages.append(_sitemap(pages, of))
    _refuse_collisions(pages)
    return tuple(pages)


def _info(site: Site, config: SiteConfig) -> SiteInfo:
    public = [article for article in site.articles if not article.retracted]
    entries = (
        ("Editions", "/editions/", bool(site.editions)),
        ("Topics", "/topics/", any(article.topics for article in public)),
        ("People", "/people/", any(article.people or article.quotes for article in public)),
        ("Numbers", "/numbers/", any(article.figures for article in public)),
    )
    below = (
        *((page.title, page.url, True) for page in site.pages),
        ("Sources", "/sources/", any(article.source.name for article in public)),
        ("Archive", "/archive/", bool(public)),
        ("RSS", "/feed.xml", True),
    )
    return SiteInfo(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        url=config.origin + config.base,
        base=config.base,
        language=config.language,
        editor=config.editor,
        navigation=tuple(Link(text, url) for text, url, there in entries if there),
        footer=tuple(Link(text, url) for text, url, there in below if there),
    )


def _own_pages(of: Catalogue) -> Iterator[Page]:
    for page in of.site.pages:
        head = Head("page", page.url, page.title, page.standfirst or "")
        view = PageView(of.info, head, page.standfirst, page.body)
        yield Page(page.url, "page.html", view, (page.path,))


def _missing(of: Catalogue) -> Page:
    head = Head("missing", "/404.html", "Page not found")
    latest = tuple(cards.brief(article, of) for article in of.articles[:LATEST_WHEN_LOST])
    return Page("/404.html", "missing.html", MissingView(of.info, head, latest))


def _feed(of: Catalogue) -> Page:
    newest = of.articles[: of.config.feed.items]
    items = tuple(
        FeedItem(
            article, article.url, f"urn:sitegen:{article.id}", _published(article, of.config), article.topics
        )
        for article in newest
    )
    updated = max((item.published for item in items if item.published), default=None)
    head = Head("feed", "/feed.xml", of.info.title, of.info.description or of.info.tagline)
    return Page("/feed.xml", "feed.xml", FeedView(of.info, head, items, updated))


def _published(article: Article, config: SiteConfig) -> datetime | None:
    """The article's date, else midnight of the day it was added, in the site's zone."""
    if article.date or not article.added:
        return article.date
    return datetime(article.added.year, article.added.month, article.added.day, tzinfo=config.zone)


def _sitemap(pages: Iterable[Page], of: Catalogue) -> Page:
    entries = tuple(
        (page.url, page.lastmod)
        for page in pages
        if page.template.endswith(".html") and page.url not in NOT_IN_SITEMAP
    )
    return Page(
        "/sitemap.xml",
        "sitemap.xml",
        SitemapView(of.info, Head("sitemap", "/sitemap.xml", "Sitemap"), entries),
    )


def _refuse_collisions(pages: Iterable[Page]) -> None:
    seen: dict[str, Page] = {}
    for page in pages:
        other = seen.setdefault(page.url.casefold(), page)
        if other is not page:
            names = " and ".join(", ".join(p.made_from) or p.template for p in (other, page))
            raise OutputError(
                f"two pages would be at {page.url}: {names}",
                code="address-twice",
                hint="give one of them another slug",
            )
