"""Articles as cards, and the layout of an edition: weight follows from data, never from a setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sitegen.model import Article, Edition, Quote
from sitegen.pages.catalogue import Catalogue
from sitegen.slugs import slugify
from sitegen.views import Card, Credit, EditionBlock, Slot, Weight

WORDS_A_MINUTE = 230  # silent reading of English non-fiction: Brysbaert 2019, 238 words a minute
LONG_SECTION = 5


def credit(article: Article, of: Catalogue) -> Credit:
    """Who published it and when, and how long it takes to read."""
    source = of.source(article.source.name)
    minutes = max(1, round(article.words / WORDS_A_MINUTE))
    day = article.date.date() if article.date else None
    added = None if day else article.added
    name = article.source.name or article.source.author
    return Credit(name, source.url if source else None, day, minutes, added)


def card(article: Article, of: Catalogue, weight: Weight = "standard", slot: Slot = "") -> Card:
    """The article in a list: its first figure, its first featured quote, its first picture."""
    topic = of.topic(article.topics[0]) if article.topics else None
    return Card(
        id=article.id,
        url=article.url,
        title=article.title,
        credit=credit(article, of),
        standfirst=article.standfirst,
        kicker=topic.link if topic else None,
        weight=weight,
        slot=slot,
        figure=article.figures[0] if article.figures else None,
        quote=featured(article),
        image=article.images[0] if article.images else None,
        note=article.note,
        lang=article.lang,
    )


def featured(article: Article) -> Quote | None:
    return next((quote for quote in article.quotes if quote.featured), None)


def brief(article: Article, of: Catalogue) -> Card:
    """For "read next": headline and credit."""
    return replace(card(article, of), standfirst=None, figure=None, quote=None, image=None, note=None)


def blocks(edition: Edition, of: Catalogue) -> tuple[EditionBlock, ...]:
    """The sections of an edition, laid out; articles that are not public are left out."""
    made = []
    for n, section in enumerate(edition.sections, 1):
        articles = [of.by_id[item] for item in section.items if item in of.by_id]
        if articles:
            name = f"s-{slugify(section.title, 'more')}" if section.title else f"s-{n}"
            made.append(_block(name, section.title, articles, of))
    return tuple(made)


def _block(name: str, title: str, articles: Sequence[Article], of: Catalogue) -> EditionBlock:
    if len(articles) in (3, 6) and all(article.figures for article in articles):
        return EditionBlock(name, title, "row", tuple(card(article, of) for article in articles))
    lead, rest = articles[0], articles[1:]
    cards = [card(lead, of, "lead", "" if rest else "full")]
    # A lead with a quote is tall: two cards stand beside it. One without leaves room for one.
    beside = 2 if featured(lead) and not lead.figures else 1
    below = len(rest) - beside
    for n, article in enumerate(rest):
        last_of_many = len(articles) > LONG_SECTION and n == len(rest) - 1
        weight: Weight = "brief" if last_of_many or not article.standfirst else "standard"
        slot: Slot = "side" if n < beside else "full" if below % 2 and n == len(rest) - 1 else "half"
        cards.append(card(article, of, weight, slot))
    return EditionBlock(name, title, "lead", tuple(cards))
