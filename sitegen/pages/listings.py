"""Lists of articles: topics, sources, the archive by year and month, and their indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date as Day
from itertools import groupby

from sitegen.model import Article, Page
from sitegen.pages import cards, numbers
from sitegen.pages.catalogue import Catalogue, Subject
from sitegen.pages.paging import pages
from sitegen.views import CardGroup, Head, IndexGroup, IndexView, Kind, Link, ListingView, NumberRow

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
RELATED_TOPICS = 8
FIGURES_ON_TOPIC = 4


def plan(of: Catalogue) -> Iterator[Page]:
    for subject in of.topics.values():
        yield from _topic(subject, of)
    for subject in of.sources.values():
        yield from _source(subject, of)
    yield from _archive(of)
    if of.topics:
        yield _index("topics", "Topics", of.topics, of)
    if of.sources:
        yield _index("sources", "Sources", of.sources, of)


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def by_letter(links: Iterable[Link]) -> tuple[IndexGroup, ...]:
    """Links under the first letter of their text; the links come sorted."""
    groups = groupby(links, key=lambda link: link.text[:1].upper() if link.text[:1].isalpha() else "#")
    return tuple(IndexGroup(letter, tuple(entries)) for letter, entries in groups)


def _topic(subject: Subject, of: Catalogue) -> Iterator[Page]:
    beside = Counter(name for article in subject.articles for name in article.topics)
    names = sorted(beside, key=lambda name: (-beside[name], name))
    others = (other.link for name in names if (other := of.topic(name)) and other.url != subject.url)
    links = tuple(dict.fromkeys(others))[:RELATED_TOPICS]
    facts = (count(len(subject.articles), "story", "stories"), *_since(subject.articles))
    figures = numbers.rows(subject.articles[:20], of)[:FIGURES_ON_TOPIC]
    yield from _listing("topic", subject, Link("Topics", "/topics/"), facts, links, figures, of)


def _source(subject: Subject, of: Catalogue) -> Iterator[Page]:
    known = of.config.sources.get(subject.name)
    facts = (count(len(subject.articles), "story", "stories"), *_since(subject.articles))
    links = (Link(subject.name, known.url, "the newsroom’s own site"),) if known and known.url else ()
    yield from _listing("source", subject, Link("Sources", "/sources/"), facts, links, (), of)


def _listing(
    kind: Kind,
    subject: Subject,
    kicker: Link,
    facts: tuple[str, ...],
    links: tuple[Link, ...],
    figures: tuple[NumberRow, ...],
    of: Catalogue,
) -> Iterator[Page]:
    for url, articles, pagination in pages(subject.url, subject.articles, of.config.page_size):
        first = pagination.number == 1
        view = ListingView(
            site=of.info,
            head=Head(kind, url, subject.name, f"{subject.name} in {of.info.title}", kicker.url),
            kicker=kicker,
            standfirst=subject.note,
            facts=facts,
            groups=_by_month(articles, of),
            links=links if first else (),
            figures=figures if first else (),
            pagination=pagination,
        )
        yield Page(url, "listing.html", view, (), _newest(articles))


def _by_month(articles: Sequence[Article], of: Catalogue) -> tuple[CardGroup, ...]:
    groups = groupby(articles, key=lambda article: (article.day.year, article.day.month))
    return tuple(
        CardGroup(
            f"m-{year}-{month:02d}", f"{MONTHS[month - 1]} {year}", tuple(cards.card(a, of) for a in items)
        )
        for (year, month), items in groups
    )


def _archive(of: Catalogue) -> Iterator[Page]:
    years = {year: list(items) for year, items in groupby(of.articles, key=lambda article: article.day.year)}
    groups = []
    for year, articles in years.items():
        months = [(m, list(items)) for m, items in groupby(articles, key=lambda article: article.day.month)]
        links = tuple(
            Link(
                f"{MONTHS[month - 1]} {year}",
                f"/archive/{year}/{month:02d}/",
                count(len(items), "story", "stories"),
            )
            for month, items in months
        )
        groups.append(IndexGroup(str(year), links))
        yield from _period(f"/archive/{year}/", str(year), articles, links, of)
        for n, (_, items) in enumerate(months):
            around = tuple(link for link in (*links[n + 1 : n + 2], *links[max(0, n - 1) : n]))
            yield from _period(links[n].url, links[n].text, items, around, of)
    if groups:
        head = Head(
            "archive", "/archive/", "Archive", f"Every story of {of.info.title} by month", "/archive/"
        )
        yield Page(
            "/archive/", "index.html", IndexView(of.info, head, None, tuple(groups)), (), _newest(of.articles)
        )


def _period(
    url: str, title: str, articles: Sequence[Article], links: tuple[Link, ...], of: Catalogue
) -> Iterator[Page]:
    subject = Subject(title, url, tuple(articles))
    facts = (count(len(articles), "story", "stories"),)
    yield from _listing("archive", subject, Link("Archive", "/archive/"), facts, links, (), of)


def _index(kind: Kind, title: str, subjects: Mapping[str, Subject], of: Catalogue) -> Page:
    links = (Link(s.name, s.url, count(len(s.articles), "story", "stories")) for s in subjects.values())
    head = Head(kind, f"/{kind}/", title, f"{title} in {of.info.title}", f"/{kind}/")
    view = IndexView(of.info, head, None, by_letter(links))
    return Page(head.url, "index.html", view, (), _newest(of.articles))


def _since(articles: Sequence[Article]) -> tuple[str, ...]:
    first = articles[-1].day if articles else None
    return (f"since {MONTHS[first.month - 1]} {first.year}",) if first else ()


def _newest(articles: Sequence[Article]) -> Day | None:
    return max((article.changed for article in articles), default=None)
