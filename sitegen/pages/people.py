"""People: every quote by each, in order and with its context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from sitegen.model import Article, Quote
from sitegen.pages import cards, feeds
from sitegen.pages.catalogue import Catalogue, Subject, people_of
from sitegen.pages.draft import Draft
from sitegen.pages.listings import by_letter
from sitegen.pages.paging import pages
from sitegen.views import Head, IndexView, Link, Pagination, PersonView, Said

MENTIONS = 6
BESIDE = 6
SECTION = "/people/"


def plan(of: Catalogue) -> Iterator[Draft]:
    for slug, person in of.people.items():
        yield from _person(person, of.quotes_by.get(slug, ()), of)


def all_people(of: Catalogue) -> Iterator[Draft]:
    if of.people:
        yield Draft(SECTION, "index.html", partial(_index, of))


def _index(of: Catalogue) -> IndexView:
    links = (
        Link(p.name, p.url, _count(p, len(of.quotes_by.get(slug, ())), of)) for slug, p in of.people.items()
    )
    head = Head("people", SECTION, of.say("people"), of.say("everybody"), SECTION)
    return IndexView(of.info, head, None, by_letter(links))


def _count(person: Subject, quotes: int, of: Catalogue) -> str:
    stories = of.count(len(person.articles), "story")
    return f"{of.count(quotes, 'quote')}, {stories}" if quotes else stories


def _person(person: Subject, said: Sequence[tuple[Article, Quote]], of: Catalogue) -> Iterator[Draft]:
    newest = of.newest(person.articles)
    for url, part, pagination in pages(person.url, said, of.size("person")):
        yield Draft(url, "person.html", partial(_view, person, url, said, part, pagination, of), (), newest)


def _view(
    person: Subject,
    url: str,
    said: Sequence[tuple[Article, Quote]],
    part: Sequence[tuple[Article, Quote]],
    pagination: Pagination,
    of: Catalogue,
) -> PersonView:
    role = _role(person, of)
    quoted_in = {article.id for article, _ in said}
    mentioned = [article for article in person.articles if article.id not in quoted_in][:MENTIONS]
    years = groupby(part, key=lambda item: item[0].day.year)
    return PersonView(
        site=of.info,
        head=Head(
            "person", url, of.titled(person.name, pagination.number),
            of.say("every_quote", name=person.name), SECTION,
            feeds=feeds.own("people", person, of),
        ),
        name=person.name,
        role=role,
        note=person.note if (person.note or "").casefold() != (role or "").casefold() else None,
        facts=_facts(person, said, of),
        years=tuple(
            (year, tuple(_said(article, quote, of) for article, quote in items)) for year, items in years
        ),
        mentioned=tuple(cards.brief(article, of) for article in mentioned),
        topics=_topics(person, said, of),
        alongside=_alongside(person, of),
        pagination=pagination,
        counts=tuple(Counter(article.day.year for article, _ in said).items()),
    )  # fmt: skip


def _said(article: Article, quote: Quote, of: Catalogue) -> Said:
    source = of.source(article.source.name)
    return Said(
        id=f"{article.slug}-{quote.id}",
        quote=quote,
        title=article.title,
        url=article.url,
        day=article.day,
        source=article.source.name,
        source_url=source.url if source else None,
        lead_in=of.say("said_on", topic=article.topics[0]) if article.topics and _partial(quote) else None,
        added=article.date is None,
    )


def _partial(quote: Quote) -> bool:
    """Whether it is a piece of a sentence: it begins with a small letter."""
    first = next((letter for letter in quote.text if letter.isalpha()), "")
    return first.islower()


def _facts(person: Subject, said: Sequence[tuple[Article, Quote]], of: Catalogue) -> tuple[str, ...]:
    sources = len({article.source.name for article in person.articles if article.source.name})
    facts = [of.count(len(said), "quote")] if said else []
    facts.append(of.count(len(person.articles), "story"))
    facts += [of.count(sources, "source")] if sources else []
    return (*facts, of.since(person.articles))


def _topics(person: Subject, said: Sequence[tuple[Article, Quote]], of: Catalogue) -> tuple[Link, ...]:
    """What the articles are about that quote the person, else those that name them, most often first."""
    articles = tuple({article.id: article for article, _ in said}.values()) or person.articles
    counted = Counter(topic for article in articles for topic in dict.fromkeys(of.topics_of(article)))
    most = sorted(counted, key=lambda topic: (-counted[topic], topic.name))[:BESIDE]
    return tuple([Link(topic.name, topic.url, str(counted[topic])) for topic in most])


def _alongside(person: Subject, of: Catalogue) -> tuple[Link, ...]:
    """Who else is in the same articles, most often first, and what they are."""
    counted = Counter(name for article in person.articles for name in people_of(article))
    names = sorted(counted, key=lambda name: (-counted[name], name))
    found = dict.fromkeys(other for name in names if (other := of.person(name)) and other is not person)
    return tuple([Link(other.name, other.url, _role(other, of) or "") for other in list(found)[:BESIDE]])


def _role(person: Subject, of: Catalogue) -> str | None:
    """What the newest article calls them: people change posts."""
    said = of.quotes_by.get(person.slug, ())
    return next((quote.role for _, quote in said if quote.role), None)
