"""What the views of a page follow from, as sixteen bytes: taken without making the view.

A basis may say more than its view depends on, never less: it is made of everything that the function which
makes the view can reach. So an equal basis means an equal view, and where one has changed the view itself
is asked whether it has, too. Pages without a basis are told by their views alone.

An article stands in it with what others may show of it (`_sign`), and only on its own page whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from sitegen import halves, packing
from sitegen.model import Article
from sitegen.pages import cards
from sitegen.pages.catalogue import Catalogue, Subject, people_of
from sitegen.views import Link, Pagination


def article(one: Article, of: Catalogue) -> bytes:
    """Of an article's page: the article, its edition, its card, and everything else under its first topic;
    and where the page shows what is near, under all its topics and people."""
    around: list[Subject] = of.topics_of(one)
    if not of.kinds.shown:
        del around[1:]
    elif of.people:
        around += [person for name in people_of(one) if (person := of.person(name))]
    edition, drawn = of.edition_of.get(one.id), of.drawn.get(one.url)
    parts = [of_all(of), halves.whole(one), *[_subject(subject, of) for subject in around]]
    if edition or drawn:
        parts.append(packing.fingerprint((edition, drawn)))
    return packing.digest(b"".join(parts))


def listing(subject: Subject, pagination: Pagination, links: tuple[Link, ...], of: Catalogue) -> bytes:
    """Of a page of a subject's list; `links` are those that do not follow from the articles in it."""
    place = packing.fingerprint((subject.url, pagination, links))
    return packing.digest(of_all(of) + place + _subject(subject, of))


def newest(url: str, articles: Iterable[Article], pagination: Pagination, of: Catalogue) -> bytes:
    """Of a page of all articles."""
    return packing.digest(of_all(of) + packing.fingerprint((url, pagination)) + _signs(articles, of))


def of_all(of: Catalogue) -> bytes:
    """What any page may follow from besides articles and editions: the configuration, the site, the names of
    topics, people, sources and measures."""
    made = of.signs.get("")
    if made is None:
        subjects = [
            (kind, slug, subject.name, subject.url, subject.note)
            for kind, found in (("topic", of.topics), ("person", of.people), ("source", of.sources))
            for slug, subject in found.items()
        ]
        kinds = tuple([tuple(sorted(names)) for names in (of.kinds.made, of.kinds.whole, of.kinds.shown)])
        settled = repr(of.config), of.searchable, of.info, *kinds, of.site.people, of.site.topics
        measures = tuple([(key, measure.link) for key, measure in of.measures.items()])
        made = of.signs[""] = packing.fingerprint((*settled, tuple(subjects), measures))
    return made


def _subject(subject: Subject, of: Catalogue) -> bytes:
    made = of.signs.get(subject.url)
    if made is None:
        made = of.signs[subject.url] = packing.digest(_signs(subject.articles, of))
    return made


def _signs(articles: Iterable[Article], of: Catalogue) -> bytes:
    return b"".join([of.signs.get(one.id) or _sign(one, of) for one in articles])


def _sign(one: Article, of: Catalogue) -> bytes:
    """An article as others show it: all that it says, and of its text only how long it takes to read."""
    made = of.signs[one.id] = halves.shown(one) + cards.minutes(one).to_bytes(4, "big")
    return made
