"""Which pages exist, at which address, made from what. Pure: records in, records out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

from sitegen.config import SiteConfig
from sitegen.errors import OutputError
from sitegen.frozen import replace
from sitegen.model import Page, Site
from sitegen.pages import articles, cards, editions, feeds, listings, machine, numbers, people, search, shares
from sitegen.pages.catalogue import Catalogue, catalogue
from sitegen.pages.draft import Draft
from sitegen.views import (
    Head,
    Kind,
    Kinds,
    Link,
    MissingView,
    PageView,
    SiteInfo,
)
from sitegen.wording import Words

LATEST_WHEN_LOST = 3


def plan(
    site: Site, config: SiteConfig, kinds: Kinds, words: Words, now: datetime | None = None
) -> tuple[Page, ...]:
    """Every page of a site that the theme has a kind for. Raises OutputError for two at one address."""
    return tuple(draft.page() for draft in outline(site, config, kinds, words, now))


def outline(
    site: Site,
    config: SiteConfig,
    kinds: Kinds,
    words: Words,
    now: datetime | None = None,
    draw: shares.Draw | None = None,
    *,
    searchable: bool = False,
) -> tuple[Draft, ...]:
    """The same, each page without its view until somebody wants that.

    `words` are the theme's, in the site's language; `now` decides what is news, without it nothing is;
    `draw` gives the addresses of cards; `searchable` says that there is an index of every word.
    """
    about = info(site, config, kinds, words)
    if draw:
        about = replace(about, card=draw((shares.of_site(about),)).get("/"))
    of = catalogue(site, config, about, kinds, words, searchable=searchable)
    if draw:
        of.drawn.update(draw(tuple(shares.of_pages(of))))
    drafts = [draft for kind, planner in _PLANNERS if kind in kinds.made for draft in planner(of)]
    if "news" in kinds.made:
        drafts.append(machine.news(of, now))
    if "sitemap" in kinds.made:
        drafts += machine.sitemaps(drafts, of)
    _refuse_collisions(drafts)
    return tuple(drafts)


def info(site: Site, config: SiteConfig, kinds: Kinds, words: Words) -> SiteInfo:
    """What every page says about the site."""
    say = words.say
    public = [article for article in site.articles if not article.retracted]
    own_feeds = feeds.links("site", "/", config.title, config, kinds)
    entries: tuple[tuple[Kind, str, str, bool], ...] = (
        ("editions", say["editions"], "/editions/", bool(site.editions)),
        ("topics", say["topics"], "/topics/", any(article.topics for article in public)),
        ("people", say["people"], "/people/", any(article.people or article.quotes for article in public)),
        ("numbers", say["numbers"], "/numbers/", any(article.figures for article in public)),
        ("search", say["search"], search.URL, config.search and bool(public)),
    )
    below: tuple[tuple[Kind, str, str, bool], ...] = (
        *(("page", page.title, page.url, True) for page in site.pages),
        ("sources", say["sources"], "/sources/", any(article.source.name for article in public)),
        ("archive", say["archive"], "/archive/", bool(public)),
        *(("feed", say["rss"], feed.url, True) for feed in own_feeds[:1]),
    )

    def links(candidates: Iterable[tuple[Kind, str, str, bool]]) -> tuple[Link, ...]:
        return tuple(Link(text, url) for kind, text, url, there in candidates if there and kind in kinds.made)

    return SiteInfo(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        url=config.origin + config.base,
        base=config.base,
        language=config.language,
        editor=config.editor,
        navigation=links(entries),
        footer=links(below),
        feeds=own_feeds,
        policy=config.pages_alone,
    )


def _own_pages(of: Catalogue) -> Iterator[Draft]:
    for page in of.site.pages:
        head = Head("page", page.url, page.title, page.standfirst or "")
        view = partial(PageView, of.info, head, page.standfirst, page.body, page.pictures)
        yield Draft(page.url, "page.html", view, (page.path,))


def _missing(of: Catalogue) -> Iterator[Draft]:
    head = Head("missing", "/404.html", of.words.say["not_found"], of.words.say["not_found_why"])
    latest = tuple(cards.brief(article, of) for article in of.articles[:LATEST_WHEN_LOST])
    yield Draft("/404.html", "missing.html", partial(MissingView, of.info, head, latest))


def _refuse_collisions(pages: Iterable[Draft]) -> None:
    seen: dict[str, Draft] = {}
    for page in pages:
        other = seen.setdefault(page.url.casefold(), page)
        if other is not page:
            names = " and ".join(", ".join(p.made_from) or p.template for p in (other, page))
            raise OutputError(
                f"two pages would be at {page.url}: {names}",
                code="address-twice",
                hint="give one of them another slug",
            )


# What plans each kind of page, in the order of the site. The sitemaps come last: they list the others.
_PLANNERS: tuple[tuple[Kind, Callable[[Catalogue], Iterator[Draft]]], ...] = (
    ("home", editions.home),
    ("edition", editions.plan),
    ("editions", editions.archive),
    ("article", articles.plan),
    ("topic", listings.topics),
    ("source", listings.sources),
    ("archive", listings.archive),
    ("topics", listings.all_topics),
    ("sources", listings.all_sources),
    ("person", people.plan),
    ("people", people.all_people),
    ("numbers", numbers.plan),
    ("page", _own_pages),
    ("missing", _missing),
    ("search", search.plan),
    ("feed", feeds.plan),
    ("data", machine.data),
    ("robots", machine.robots),
)
