"""The digest turned over in every way that a page needs: by topic, person, source, month, edition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Day
from functools import cached_property

from sitegen.config import SiteConfig
from sitegen.model import Article, Edition, Name, Quote, Site
from sitegen.pages import measures, rights
from sitegen.slugs import slugify
from sitegen.views import Card, Credit, FeedItem, Kind, Kinds, Link, NumberRow, SiteInfo
from sitegen.wording import Words, count, date, fill


@dataclass(frozen=True, eq=False)
class Subject:
    """A topic, a person or a source that has a page. Articles newest first."""

    name: str
    url: str
    articles: tuple[Article, ...]
    note: str | None = None

    @property
    def slug(self) -> str:
        return self.url.split("/")[-2]

    @cached_property
    def link(self) -> Link:
        return Link(self.name, self.url)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {article.id: n for n, article in enumerate(self.articles)}

    def place(self, article: Article) -> int | None:
        """Where an article stands in the list, from 0."""
        return self._places.get(article.id)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Look-ups over the public articles. Retracted ones have a page and stand in no list.

    What the theme has no pages for (`kinds`) is empty here, so that nothing links to it. `cards`,
    `briefs`, `credits`, `rows` and `items` remember by an article's id what has been made of it, `signs`
    what `basis` has; `drawn` has the address of each page's own card, by that of the page; `searchable` says
    that every word is indexed.
    """

    site: Site
    config: SiteConfig
    info: SiteInfo
    everything: tuple[Article, ...]
    articles: tuple[Article, ...]
    kinds: Kinds
    words: Words
    cards: dict[str, Card] = field(default_factory=dict)
    briefs: dict[str, Card] = field(default_factory=dict)
    credits: dict[str, Credit] = field(default_factory=dict)
    rows: dict[str, tuple[NumberRow, ...]] = field(default_factory=dict)
    items: dict[str, FeedItem] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    searchable: bool = False
    signs: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def by_url(self) -> Mapping[str, Article]:
        """Every article that has a page."""
        return {article.url: article for article in self.everything}

    @cached_property
    def topics(self) -> Mapping[str, Subject]:
        """By slug, in the order of their names; the same for people and sources."""
        return self._subjects("topic", lambda a: a.topics, "/topics/", self.site.topics)

    @cached_property
    def changed(self) -> Mapping[str, Day]:
        """The day of each article's last change, by its id."""
        return {article.id: article.changed for article in self.everything}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each article stands among all, by its id: the newest at 0."""
        return {article.id: n for n, article in enumerate(self.everything)}

    def newest(self, articles: Iterable[Article]) -> Day | None:
        """The day of the last change of any of these articles."""
        changed = self.changed
        return max([changed[article.id] for article in articles], default=None)

    def topics_of(self, article: Article) -> list[Subject]:
        """Those of its topics that have a page, in the article's order."""
        return [topic for name in article.topics if (topic := self.topic(name))]

    def topic_links(self, article: Article) -> tuple[Link, ...]:
        return tuple([topic.link for topic in self.topics_of(article)])

    @cached_property
    def people(self) -> Mapping[str, Subject]:
        return self._subjects("person", people_of, "/people/", self.site.people)

    @cached_property
    def sources(self) -> Mapping[str, Subject]:
        return self._subjects("source", sources_of, "/sources/", ())

    @cached_property
    def quotes_by(self) -> Mapping[str, tuple[tuple[Article, Quote], ...]]:
        """Every quote of a person, by the person's slug, newest article first, in the article's order."""
        found: dict[str, list[tuple[Article, Quote]]] = defaultdict(list)
        slugs = self.person_slugs
        for article in self.articles:
            for quote in article.quotes:
                if quote.speaker:
                    found[slugs[quote.speaker]].append((article, quote))
        return {slug: tuple(quotes) for slug, quotes in found.items()}

    @cached_property
    def measures(self) -> Mapping[measures.Key, measures.Measure]:
        """What figures of several articles measure; nothing where the theme has no numbers."""
        return measures.shared(self.articles) if "numbers" in self.kinds.made else {}

    @cached_property
    def edition_of(self) -> Mapping[str, Edition]:
        """The newest edition that an article stands in."""
        return {item: edition for edition in reversed(self.site.editions) for item in edition.items}

    @cached_property
    def person_slugs(self) -> Mapping[str, str]:
        known = {name.name: name.slug for name in self.site.people}
        speakers = {q.speaker for a in self.articles for q in a.quotes if q.speaker}
        return {speaker: known.get(speaker) or slugify(speaker) for speaker in speakers}

    def _subjects(
        self, kind: Kind, names_of: Callable[[Article], Iterable[str]], prefix: str, known: Iterable[Name]
    ) -> Mapping[str, Subject]:
        return _subjects(self.articles, names_of, prefix, known) if kind in self.kinds.made else {}

    def say(self, what: str, **values: str) -> str:
        """Words of the interface, with the site's title and these values filled in."""
        return fill(self.words.say[what], site=self.info.title, **values)

    def titled(self, title: str, page: int) -> str:
        """The title of a page of a list: from the second on it says which."""
        return title if page == 1 else self.say("titled_page", title=title, n=str(page))

    def count(self, number: int, thing: str) -> str:
        return count(number, thing, self.words)

    def since(self, articles: Sequence[Article]) -> str:
        """The month of the oldest article; they come newest first."""
        return self.say("since", when=date(articles[-1].day, "month", self.words))

    def size(self, kind: Kind) -> int | None:
        """How many items stand on a page of that kind; None for all of them."""
        return None if kind in self.kinds.whole else self.config.page_size

    def topic(self, name: str) -> Subject | None:
        return self._topic_named[name]

    def person(self, name: str) -> Subject | None:
        return self._person_named[name]

    def source(self, name: str | None) -> Subject | None:
        return self._source_named[name] if name else None

    @cached_property
    def _topic_named(self) -> _Named:
        return _Named(self.topics, self.site.topics)

    @cached_property
    def _person_named(self) -> _Named:
        return _Named(self.people, self.site.people)

    @cached_property
    def _source_named(self) -> _Named:
        return _Named(self.sources, ())


def catalogue(
    site: Site,
    config: SiteConfig,
    info: SiteInfo,
    kinds: Kinds,
    words: Words,
    *,
    searchable: bool = False,
) -> Catalogue:
    """The catalogue of a site, every article cut to its rights."""
    everything = tuple(rights.shown(article) for article in site.articles)
    articles = tuple([article for article in everything if not article.retracted])
    return Catalogue(
        planned(site, kinds, words), config, info, everything, articles, kinds, words, searchable=searchable
    )


def planned(site: Site, kinds: Kinds, words: Words) -> Site:
    """What of a site the pages of these kinds show."""
    named = [_named(edition, words) for edition in site.editions if "edition" in kinds.made]
    return replace(site, editions=tuple(named))


def _named(edition: Edition, words: Words) -> Edition:
    """A week has no title of its own."""
    if edition.number is not None:
        return edition
    year, week, _ = edition.date.isocalendar()
    return replace(edition, title=fill(words.say["week_of"], week=str(week), year=str(year)))


def sources_of(article: Article) -> tuple[str, ...]:
    return (article.source.name,) if article.source.name else ()


def people_of(article: Article) -> tuple[str, ...]:
    """Everybody the article quotes or names, each once, the quoted first."""
    quoted = (quote.speaker for quote in article.quotes if quote.speaker)
    return tuple(dict.fromkeys((*quoted, *article.people)))


def _subjects(
    articles: Iterable[Article],
    names_of: Callable[[Article], Iterable[str]],
    prefix: str,
    known: Iterable[Name],
) -> Mapping[str, Subject]:
    """Subjects by slug: spellings with one slug are one subject, named as most articles name it."""
    settled = {name.slug: name for name in known}
    slugs = {name.name: name.slug for name in known}
    members: dict[str, dict[str, Article]] = defaultdict(dict)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for name in names_of(article):
            slug = slugs.get(name) or slugs.setdefault(name, slugify(name))
            members[slug][article.id] = article
            spellings[slug][name] += 1
    made = {}
    for slug, found in members.items():
        settled_name = settled.get(slug)
        name = (
            settled_name.name
            if settled_name
            else min(spellings[slug], key=lambda n: (-spellings[slug][n], n))
        )
        note = settled_name.note if settled_name else None
        made[slug] = Subject(name[:1].upper() + name[1:], f"{prefix}{slug}/", tuple(found.values()), note)
    return dict(sorted(made.items(), key=lambda item: (item[1].name.casefold(), item[0])))


class _Named(dict[str, Subject | None]):
    """Subjects by every spelling that is asked for."""

    def __init__(self, by_slug: Mapping[str, Subject], known: Iterable[Name]) -> None:
        self._by_slug = by_slug
        self._slugs = {name.name: name.slug for name in reversed(tuple(known))}

    def __missing__(self, name: str) -> Subject | None:
        found = self[name] = self._by_slug.get(self._slugs.get(name) or slugify(name))
        return found
