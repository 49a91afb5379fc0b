"""Lists of articles: topics, sources, the archive by year and month, and their indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date as Day
from functools import cache, partial
from itertools import chain, groupby

from sitegen.frozen import record
from sitegen.model import Article
from sitegen.pages import basis, cards, feeds, numbers
from sitegen.pages.catalogue import Catalogue, Subject
from sitegen.pages.draft import Draft
from sitegen.pages.paging import pages
from sitegen.views import (
    CardGroup,
    Head,
    IndexGroup,
    IndexView,
    Kind,
    Link,
    ListingView,
    NumberRow,
    Pagination,
)
from sitegen.wording import date

RELATED_TOPICS = 8
# So many entries of an index need no letters.
FEW = 30
FIGURES_ON_TOPIC = 4


@record
class About:
    """What stands around a list: short counts, links that lead on, the newest figures."""

    facts: tuple[str, ...]
    links: tuple[Link, ...] = ()
    figures: tuple[NumberRow, ...] = ()


def topics(of: Catalogue) -> Iterator[Draft]:
    for subject in of.topics.values():
        yield from _topic(subject, of)


def sources(of: Catalogue) -> Iterator[Draft]:
    for subject in of.sources.values():
        yield from _source(subject, of)


def all_topics(of: Catalogue) -> Iterator[Draft]:
    if of.topics:
        yield Draft(
            "/topics/",
            "index.html",
            partial(_index, "topics", of.topics, of),
            (),
            of.newest(of.articles),
        )


def all_sources(of: Catalogue) -> Iterator[Draft]:
    if of.sources:
        yield Draft(
            "/sources/",
            "index.html",
            partial(_index, "sources", of.sources, of),
            (),
            of.newest(of.articles),
        )


def by_letter(found: Iterable[Link]) -> tuple[IndexGroup, ...]:
    """Links under the first letter of their text; the links come sorted. A few stand together."""
    links = tuple(found)
    if len(links) <= FEW:
        return (IndexGroup("", links),) if links else ()
    groups = groupby(links, key=lambda link: link.text[:1].upper() if link.text[:1].isalpha() else "#")
    return tuple(IndexGroup(letter, tuple(entries)) for letter, entries in groups)


def _topic(subject: Subject, of: Catalogue) -> Iterator[Draft]:
    kicker = Link(of.say("topics"), "/topics/")
    yield from _listing("topic", subject, kicker, cache(partial(_about_topic, subject, of)), of)


def _about_topic(subject: Subject, of: Catalogue) -> About:
    beside = Counter(chain.from_iterable([article.topics for article in subject.articles]))
    others: dict[str, Link] = {}
    for name in sorted(beside, key=lambda name: (-beside[name], name)):
        other = of.topic(name)
        if other and other.url != subject.url:
            others[other.url] = other.link
        if len(others) == RELATED_TOPICS:
            break
    return About(
        facts=(of.count(len(subject.articles), "story"), of.since(subject.articles)),
        links=tuple(others.values()),
        figures=_newest_figures(subject.articles[:20], of),
    )


def _newest_figures(articles: Sequence[Article], of: Catalogue) -> tuple[NumberRow, ...]:
    """One of each article, the one that its card shows."""
    rows = [numbers.rows([article], of)[article.figures.index(best)]
            for article in articles if (best := cards.telling(article))]  # fmt: skip
    return tuple(rows[:FIGURES_ON_TOPIC])


def _source(subject: Subject, of: Catalogue) -> Iterator[Draft]:
    known = of.config.sources.get(subject.name)
    facts = (of.count(len(subject.articles), "story"), of.since(subject.articles))
    links = (Link(subject.name, known.url, of.say("own_site")),) if known and known.url else ()
    yield from _listing(
        "source", subject, Link(of.say("sources"), "/sources/"), lambda: About(facts, links), of
    )


def _listing(
    kind: Kind,
    subject: Subject,
    kicker: Link,
    about: Callable[[], About],
    of: Catalogue,
    links: tuple[Link, ...] = (),
) -> Iterator[Draft]:
    """`links` are those of `about` that do not follow from the subject's articles."""
    for url, articles, pagination in pages(subject.url, subject.articles, of.size(kind)):
        head = Head(
            kind, url, of.titled(subject.name, pagination.number),
            of.say("name_in_site", name=subject.name), kicker.url,
            feeds=feeds.own("topics", subject, of) if kind == "topic" else (),
        )  # fmt: skip
        view = partial(_view, head, kicker, subject.note, about, articles, pagination, of)
        about_it = partial(basis.listing, subject, pagination, links, of)
        yield Draft(url, "listing.html", view, (), of.newest(articles), about_it)


def _view(
    head: Head,
    kicker: Link,
    note: str | None,
    about: Callable[[], About],
    articles: Sequence[Article],
    pagination: Pagination,
    of: Catalogue,
) -> ListingView:
    first = pagination.number == 1
    return ListingView(
        site=of.info,
        head=head,
        kicker=kicker,
        standfirst=note,
        facts=about().facts,
        groups=_by_month(articles, of),
        links=about().links if first else (),
        figures=about().figures if first else (),
        pagination=pagination,
    )


def _by_month(articles: Sequence[Article], of: Catalogue) -> tuple[CardGroup, ...]:
    groups = groupby(articles, key=lambda article: (article.day.year, article.day.month))
    return tuple(
        CardGroup(f"m-{year}-{month:02d}", _month(year, month, of), tuple(cards.card(a, of) for a in items))
        for (year, month), items in groups
    )


def _month(year: int, month: int, of: Catalogue) -> str:
    return date(Day(year, month, 1), "month", of.words)


def archive(of: Catalogue) -> Iterator[Draft]:
    years = {year: list(items) for year, items in groupby(of.articles, key=lambda article: article.day.year)}
    groups = []
    for year, articles in years.items():
        months = [(m, list(items)) for m, items in groupby(articles, key=lambda article: article.day.month)]
        links = tuple(
            Link(
                _month(year, month, of),
                f"/archive/{year}/{month:02d}/",
                of.count(len(items), "story"),
            )
            for month, items in months
        )
        groups.append(IndexGroup(str(year), links, f"/archive/{year}/"))
        yield from _period(f"/archive/{year}/", str(year), articles, links, of)
        for n, (_, items) in enumerate(months):
            around = tuple(link for link in (*links[n + 1 : n + 2], *links[max(0, n - 1) : n]))
            yield from _period(links[n].url, links[n].text, items, around, of)
    if groups:
        head = Head("archive", "/archive/", of.say("archive"), of.say("by_month"), "/archive/")
        view = IndexView(of.info, head, None, tuple(groups))
        yield Draft("/archive/", "index.html", lambda: view, (), of.newest(of.articles))


def _period(
    url: str, title: str, articles: Sequence[Article], links: tuple[Link, ...], of: Catalogue
) -> Iterator[Draft]:
    subject = Subject(title, url, tuple(articles))
    facts = (of.count(len(articles), "story"),)
    yield from _listing(
        "archive", subject, Link(of.say("archive"), "/archive/"), lambda: About(facts, links), of, links
    )


def _index(kind: Kind, subjects: Mapping[str, Subject], of: Catalogue) -> IndexView:
    links = (Link(s.name, s.url, of.count(len(s.articles), "story")) for s in subjects.values())
    title = of.say(kind)
    head = Head(kind, f"/{kind}/", title, of.say("name_in_site", name=title), f"/{kind}/")
    return IndexView(of.info, head, None, by_letter(links))
