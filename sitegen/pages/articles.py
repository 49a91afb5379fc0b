"""Article pages: the article, who speaks in it, and where to read on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from sitegen.model import Article
from sitegen.pages import basis, cards, machine, shares
from sitegen.pages.catalogue import Catalogue, Subject
from sitegen.pages.draft import Draft
from sitegen.views import ArticleView, Card, Head, Link, StoryPoint, Voice

STORY_LENGTH = 4
READ_NEXT = 3
# How far around an article its neighbours are looked for in each of its topics: a bound, so that
# the cost of a page does not grow with the digest and an edit does not touch every page.
NEIGHBOURS = 3


def plan(of: Catalogue) -> Iterator[Draft]:
    return (draft(article, of) for article in of.everything)


def draft(article: Article, of: Catalogue) -> Draft:
    return Draft(
        article.url,
        "article.html",
        partial(_view, article, of),
        (article.path,),
        of.changed[article.id],
        partial(basis.article, article, of),
    )


def _view(article: Article, of: Catalogue) -> ArticleView:
    topics = of.topics_of(article)
    edition = of.edition_of.get(article.id)
    source = of.source(article.source.name)
    story = _story(article, topics, of)
    told = {point.url for point in story if point.url}
    title = edition.title if edition else ""
    return ArticleView(
        site=of.info,
        head=shares.pictured(
            Head(
                "article", article.url, article.title, article.standfirst or "",
                canonical=machine.canonical(article, of),
            ),
            article.images, of,
        ),
        article=article,
        credit=cards.credit(article, of),
        source_link=source.url if source else None,
        topics=tuple(subject.link for subject in topics),
        voices=tuple(_voices(article, of)) if "voices" in of.kinds.shown else (),
        edition=Link(title, edition.url, str(edition.number or "")) if edition else None,
        story=story,
        related=_related(article, topics, told, of) if "related" in of.kinds.shown else (),
    )  # fmt: skip


def _voices(article: Article, of: Catalogue) -> Iterator[Voice]:
    if not of.people:
        return
    here = Counter([quote.speaker for quote in article.quotes if quote.speaker])
    for name, count in here.items():
        person = of.person(name)
        if person:
            role = next((q.role for q in article.quotes if q.speaker == name and q.role), person.note)
            yield Voice(person.name, person.url, role, count, len(of.quotes_by.get(person.slug, ())))


def _story(article: Article, topics: Sequence[Subject], of: Catalogue) -> tuple[StoryPoint, ...]:
    """The nearest earlier articles on the article's first topic, oldest first, and the article itself."""
    if not topics or article.retracted:
        return ()
    _, before = _around(article, topics[0], 2 * STORY_LENGTH)  # some may be of the same day
    earlier = [other for other in before if other.day < article.day][: STORY_LENGTH - 1]
    if not earlier:
        return ()
    points = [StoryPoint(a.title, a.url, a.day, a.source.name) for a in reversed(earlier)]
    return (*points, StoryPoint(article.title, None, article.day, article.source.name))


def _related(article: Article, topics: Sequence[Subject], told: set[str], of: Catalogue) -> tuple[Card, ...]:
    """Articles that stand near this one in most of its topics and people, newest first among equals."""
    people = [person for name in article.people if (person := of.person(name))]
    nearness: dict[str, int] = {}
    for subject in (*topics, *people):
        at = subject.place(article) or 0
        for other in subject.articles[max(0, at - NEIGHBOURS) : at + 1 + NEIGHBOURS]:
            nearness[other.id] = nearness.get(other.id, 0) + 1
    nearness.pop(article.id, None)
    place = of.place  # the newest come first, and no two share a place
    ranked = sorted([(-shared, place[name], name) for name, shared in nearness.items()])
    best = (other for _, _, name in ranked if (other := of.by_id[name]).url not in told)
    return tuple([cards.brief(other, of) for other in islice(best, READ_NEXT)])


def _around(article: Article, subject: Subject, reach: int) -> tuple[Sequence[Article], Sequence[Article]]:
    """The articles just after and just before this one in a subject's list, nearest first."""
    at = subject.place(article)
    if at is None:
        return (), subject.articles[:reach]
    after = subject.articles[max(0, at - reach) : at]
    return after[::-1], subject.articles[at + 1 : at + 1 + reach]
