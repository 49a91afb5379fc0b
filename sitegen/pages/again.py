"""The catalogue of a site in which some articles were edited, from the catalogue of before.

What is worked out over all articles takes longer than drawing a page. Where every article stands where it
stood, the lists and look-ups that do not show an edited one are the same, and those that do need the new
record in its place. What would be another is left out here, and worked out when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sitegen.config import SiteConfig
from sitegen.model import Article, Quote, Site
from sitegen.pages import rights
from sitegen.pages.catalogue import Catalogue, Subject, people_of, planned, sources_of
from sitegen.pages.measures import Key, Measure, key
from sitegen.views import Kinds, SiteInfo
from sitegen.wording import Words

Made = TypeVar("Made")
_Pairs = list[tuple[Article, Article]]  # each edited article as it was and as it is


def again(
    before: Catalogue, site: Site, config: SiteConfig, info: SiteInfo, kinds: Kinds, words: Words
) -> Catalogue | None:
    """The catalogue that `catalogue` makes; None where more than single articles is another."""
    site = planned(site, kinds, words)
    terms = (config, info, kinds, words, *_around(site))
    if terms != (before.config, before.info, before.kinds, before.words, *_around(before.site)):
        return None
    pairs = _edited(before, site)
    if pairs is None:
        return None
    edited = {new.id: new for _, new in pairs}
    everything = tuple([edited.get(article.id, article) for article in before.everything])
    articles = tuple([article for article in everything if not article.retracted])
    made = Catalogue(site, config, info, everything, articles, kinds, words)
    listed = [pair for pair in pairs if not pair[1].retracted]
    for name, value in tuple(before.__dict__.items()):
        if name in _CARRIED and (carried := _CARRIED[name](before, value, listed)) is not None:
            made.__dict__[name] = carried
        elif name in _OF_ALL:
            made.__dict__[name] = _OF_ALL[name](value, pairs)
    for name, of in _MADE_OF.items():
        if all(part in made.__dict__ or part not in before.__dict__ for part in of):
            getattr(made, name).update(_without(getattr(before, name), edited))
    return made


# What is remembered of each article, and the look-ups over all of them that it was made with.
_MADE_OF: Mapping[str, tuple[str, ...]] = {
    "cards": ("topics", "sources"),
    "briefs": ("topics", "sources"),
    "credits": ("sources",),
    "rows": ("measures",),
    "items": (),
}


def _around(site: Site) -> tuple[object, ...]:
    """All of a site but its articles."""
    return site.editions, site.pages, site.people, site.topics


def _edited(before: Catalogue, site: Site) -> _Pairs | None:
    """The articles that are others; None where one does not stand where it stood."""
    if len(before.everything) != len(site.articles):
        return None
    found = []
    for shown, old, new in zip(before.everything, before.site.articles, site.articles, strict=True):
        if old is not new and old != new:
            cut = rights.shown(new)
            if _standing(shown) != _standing(cut):
                return None
            found.append((shown, cut))
    return found


def _standing(article: Article) -> tuple[object, ...]:
    return article.id, article.slug, article.retracted is None


def _without(known: Mapping[str, Made], edited: Mapping[str, Article]) -> dict[str, Made]:
    kept = dict(known)  # at once: another thread may be drawing a page
    for name in edited:
        kept.pop(name, None)
    return kept


# ---------------------------------------------------------------- look-ups that know every article


def _put(name_of: Callable[[Article], str], value_of: Callable[[Article], Any]) -> Callable[..., Any]:
    return lambda known, pairs: {**known, **{name_of(new): value_of(new) for _, new in pairs}}


_OF_ALL: Mapping[str, Callable[[Any, _Pairs], Any]] = {
    "by_url": _put(lambda article: article.url, lambda article: article),
    "changed": _put(lambda article: article.id, lambda article: article.changed),
    "place": lambda known, pairs: known,
    "edition_of": lambda known, pairs: known,
}


# ---------------------------------------------------------------- and those of the listed ones

_Carry = Callable[[Catalogue, Any, _Pairs], Any]


def _subjects(
    names_of: Callable[[Article], tuple[str, ...]], named: Callable[[Catalogue, str], Subject | None]
) -> _Carry:
    """Topics, people or sources, as long as every article has those that it had."""

    def carried(before: Catalogue, known: Mapping[str, Subject], pairs: _Pairs) -> object:
        edited = {new.id: new for _, new in pairs}
        touched: dict[str, Subject] = {}
        for old, new in pairs:
            if names_of(old) != names_of(new):
                return None
            for name in names_of(old):
                subject = named(before, name)
                if subject is None or subject.place(old) is None:
                    return None
                touched[subject.slug] = subject
        return {**known, **{slug: _exchanged(subject, edited) for slug, subject in touched.items()}}

    return carried


def _exchanged(subject: Subject, edited: Mapping[str, Article]) -> Subject:
    articles = tuple([edited.get(article.id, article) for article in subject.articles])
    made = Subject(subject.name, subject.url, articles, subject.note)
    # What it knows besides its articles follows from their ids.
    made.__dict__.update({name: value for name, value in subject.__dict__.items() if name != "articles"})
    return made


def _measures(before: Catalogue, known: Mapping[Key, Measure], pairs: _Pairs) -> object:
    """What figures measure, as long as the figures are the same."""
    if any(old.figures != new.figures for old, new in pairs):
        return None
    edited = {new.id: new for _, new in pairs}
    touched = {key(figure) for _, new in pairs for figure in new.figures} & known.keys()
    made = dict(known)
    for name in touched:
        figures = [(edited.get(article.id, article), figure) for article, figure in known[name].figures]
        made[name] = Measure(known[name].link, tuple(figures))
    return made


def _said_as_often(carry: _Carry) -> _Carry:
    """As long as the same people say as much as they did, in the same order."""

    def carried(before: Catalogue, known: Any, pairs: _Pairs) -> object:
        same = all(_speakers(old) == _speakers(new) for old, new in pairs)
        return carry(before, known, pairs) if same else None

    return carried


def _quotes(
    before: Catalogue, known: Mapping[str, tuple[tuple[Article, Quote], ...]], pairs: _Pairs
) -> object:
    made = dict(known)
    for _, new in pairs:
        theirs: dict[str, list[tuple[Article, Quote]]] = {}
        for quote in new.quotes:
            if quote.speaker:
                theirs.setdefault(before.person_slugs[quote.speaker], []).append((new, quote))
        for slug, quotes in theirs.items():
            at = next(n for n, (article, _) in enumerate(made[slug]) if article.id == new.id)
            made[slug] = (*made[slug][:at], *quotes, *made[slug][at + len(quotes) :])
    return made


def _speakers(article: Article) -> list[str | None]:
    return [quote.speaker for quote in article.quotes if quote.speaker]


_CARRIED: Mapping[str, _Carry] = {
    "by_id": lambda before, known, pairs: {**known, **{new.id: new for _, new in pairs}},
    "topics": _subjects(lambda article: article.topics, Catalogue.topic),
    "people": _subjects(people_of, Catalogue.person),
    "sources": _subjects(sources_of, Catalogue.source),
    "measures": _measures,
    "quotes_by": _said_as_often(_quotes),
    "person_slugs": _said_as_often(lambda before, known, pairs: known),
}
