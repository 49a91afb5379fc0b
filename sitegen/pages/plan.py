"""Which pages exist, at which address, made from what. Pure: records in, records out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import islice

from sitegen.config import SiteConfig
from sitegen.errors import OutputError
from sitegen.frozen import record, replace
from sitegen.model import Page, Site
from sitegen.pages import articles, cards, editions, feeds, listings, machine, numbers, people, search, shares
from sitegen.pages.again import again
from sitegen.pages.catalogue import Catalogue, catalogue, people_of
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
    return Outline(site, config, kinds, words, now, draw=draw, searchable=searchable).drafts()


class Outline:
    """The pages of a site, each planned when somebody asks for it, and then together with those of its kind.

    With an outline of `before`, what it knew is taken over where it is the same. Any thread may ask.
    """

    def __init__(
        self,
        site: Site,
        config: SiteConfig,
        kinds: Kinds,
        words: Words,
        now: datetime | None = None,
        *,
        draw: shares.Draw | None = None,
        searchable: bool = False,
        before: Outline | None = None,
    ) -> None:
        about = info(site, config, kinds, words)
        if draw:
            about = replace(about, card=draw((shares.of_site(about),)).get("/"))
        plain = before and not draw and not searchable
        same = again(before.of, site, config, about, kinds, words) if before and plain else None
        self.carried = same is not None  # every article is where it was
        self.of: Catalogue = same or catalogue(site, config, about, kinds, words, searchable=searchable)
        if draw:
            self.of.drawn.update(draw(tuple(shares.of_pages(self.of))))
        self.now: datetime | None = now
        self._planned: dict[Kind, tuple[Draft, ...]] = {}
        self._by_file: dict[Kind, Mapping[str, Draft]] = {}

    def drafts(self) -> tuple[Draft, ...]:
        """All of them, in the order of the site. Raises OutputError for two at one address."""
        found = [draft for row in _PLANNERS for draft in self.of_kind(row.kind)]
        _refuse_collisions(found)
        return tuple(found)

    def of_kind(self, kind: Kind) -> tuple[Draft, ...]:
        made = self._planned.get(kind)
        if made is None:
            there = kind in self.of.kinds.made
            made = self._planned[kind] = tuple(_ROWS[kind].plan(self)) if there else ()
        return made

    def samples(self, most: int) -> Iterator[Draft]:
        """The first few pages of each kind, without planning the others of it."""
        rows = (row for row in _PLANNERS if row.kind in self.of.kinds.made and row.kind != "sitemap")
        return (draft for row in rows for draft in islice(row.plan(self), most))

    def find(self, file: str) -> Draft | None:
        """The page that this file of the site is, if there is one."""
        if file.startswith("articles/"):
            article = self.of.by_url.get(f"/{file.removesuffix('index.html')}")
            return articles.draft(article, self.of) if article else None
        asked = (row.kind for row in _PLANNERS if file.startswith(row.under))
        return next((draft for kind in asked if (draft := self._files_of(kind).get(file))), None)

    def _files_of(self, kind: Kind) -> Mapping[str, Draft]:
        made = self._by_file.get(kind)
        if made is None:
            made = self._by_file[kind] = {draft.file: draft for draft in self.of_kind(kind)}
        return made


def info(site: Site, config: SiteConfig, kinds: Kinds, words: Words) -> SiteInfo:
    """What every page says about the site."""
    say = words.say
    public = [article for article in site.articles if not article.retracted]
    own_feeds = feeds.links("site", "/", config.title, config, kinds)
    entries: tuple[tuple[Kind, str, str, bool], ...] = (
        ("editions", say["editions"], "/editions/", bool(site.editions)),
        ("topics", say["topics"], "/topics/", any(article.topics for article in public)),
        ("people", say["people"], "/people/", any(people_of(article) for article in public)),
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
        scheme_switch=config.scheme_switch,
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


@record
class _Row:
    """What plans a kind of page. `under` is what the names of its files begin with."""

    kind: Kind
    plan: Callable[[Outline], Iterable[Draft]]
    under: tuple[str, ...]


def _row(kind: Kind, plan: Callable[[Catalogue], Iterable[Draft]], *under: str) -> _Row:
    return _Row(kind, lambda outline: plan(outline.of), under)


def _sitemaps(outline: Outline) -> Iterator[Draft]:
    others = (row.kind for row in _PLANNERS if row.kind != "sitemap")
    return machine.sitemaps([draft for kind in others for draft in outline.of_kind(kind)], outline.of)


# In the order of the site. The sitemaps come last: they list the others.
_PLANNERS: tuple[_Row, ...] = (
    _row("home", editions.home, "index.html", "page/"),
    _row("edition", editions.plan, "editions/"),
    _row("editions", editions.archive, "editions/"),
    _row("article", articles.plan, "articles/"),
    _row("topic", listings.topics, "topics/"),
    _row("source", listings.sources, "sources/"),
    _row("archive", listings.archive, "archive/"),
    _row("topics", listings.all_topics, "topics/"),
    _row("sources", listings.all_sources, "sources/"),
    _row("person", people.plan, "people/"),
    _row("people", people.all_people, "people/"),
    _row("numbers", numbers.plan, "numbers/"),
    _row("page", _own_pages, ""),
    _row("missing", _missing, "404.html"),
    _row("search", search.plan, "search/"),
    _row("feed", feeds.plan, "feed.", "sections/", "topics/", "people/", "editions/"),
    _row("data", machine.data, "data/"),
    _row("robots", machine.robots, "robots.txt"),
    _Row("news", lambda outline: (machine.news(outline.of, outline.now),), ("news-sitemap.xml",)),
    _Row("sitemap", _sitemaps, ("sitemap",)),
)
_ROWS = {row.kind: row for row in _PLANNERS}
