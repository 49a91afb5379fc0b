"""Articles as cards, and the layout of an edition: weight follows from data, never from a setting."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.model import Article, Edition, KeyFigure, Quote
from sitegen.pages.catalogue import Catalogue
from sitegen.slugs import slugify
from sitegen.views import Card, Credit, EditionBlock, Slot, Weight

WORDS_A_MINUTE = 230  # silent reading of English non-fiction: Brysbaert 2019, 238 words a minute
LONG_SECTION = 5


def credit(article: Article, of: Catalogue) -> Credit:
    """Who published it and when, and how long it takes to read; one record for all its places."""
    made = of.credits.get(article.id)
    if made is None:
        made = of.credits[article.id] = _credit(article, of)
    return made


def _credit(article: Article, of: Catalogue) -> Credit:
    source = of.source(article.source.name)
    day = article.date.date() if article.date else None
    added = None if day else article.added
    name = article.source.name or article.source.author
    return Credit(name, source.url if source else None, day, minutes(article), added)


def minutes(article: Article) -> int:
    """How long it takes to read; nothing where its words are gone."""
    return 0 if article.retracted else max(1, round(article.words / WORDS_A_MINUTE))


def card(article: Article, of: Catalogue) -> Card:
    """The article in a list; one record for all the lists it stands in."""
    made = of.cards.get(article.id)
    if made is None:
        made = of.cards[article.id] = laid_out(article, of)
    return made


def laid_out(article: Article, of: Catalogue, weight: Weight = "standard", slot: Slot = "") -> Card:
    """The article as a card: its first figure, its first featured quote, its first picture."""
    topics = of.topic_links(article)
    return Card(
        id=article.id,
        url=article.url,
        title=article.title,
        credit=credit(article, of),
        standfirst=article.standfirst,
        kicker=topics[0] if topics else None,
        weight=weight,
        slot=slot,
        figure=telling(article),
        quote=featured(article),
        image=article.images[0] if article.images else None,
        note=article.note,
        lang=article.lang,
        topics=topics,
        figures=tuple([figure for figure in article.figures if figure.label]) if weight == "top" else (),
    )


def telling(article: Article) -> KeyFigure | None:
    """The first figure that says what it measures, else the first."""
    for figure in article.figures:
        if figure.label:
            return figure
    return article.figures[0] if article.figures else None


def featured(article: Article) -> Quote | None:
    """The first featured quote that the standfirst does not say already, else the first."""
    first = None
    for quote in article.quotes:
        if quote.featured:
            if quote.text not in (article.standfirst or ""):
                return quote
            first = first or quote
    return first


def brief(article: Article, of: Catalogue) -> Card:
    """For "read next": headline and credit."""
    made = of.briefs.get(article.id)
    if made is None:
        topics = of.topic_links(article)
        made = of.briefs[article.id] = Card(
            id=article.id,
            url=article.url,
            title=article.title,
            credit=credit(article, of),
            kicker=topics[0] if topics else None,
            lang=article.lang,
        )
    return made


def blocks(edition: Edition, of: Catalogue) -> tuple[EditionBlock, ...]:
    """The sections of an edition, laid out: what is public, each article once."""
    made = []
    shown = {edition.top}
    for n, section in enumerate(edition.sections, 1):
        new = dict.fromkeys(item for item in section.items if item in of.by_id and item not in shown)
        articles = [of.by_id[item] for item in new]
        shown.update(new)
        if articles:
            name = f"s-{slugify(section.title, 'more')}" if section.title else f"s-{n}"
            made.append(_block(name, section.title, articles, of))
    return tuple(made)


def _block(name: str, title: str, articles: Sequence[Article], of: Catalogue) -> EditionBlock:
    if len(articles) in (3, 6) and all(article.figures for article in articles):
        return EditionBlock(name, title, "row", tuple(card(article, of) for article in articles))
    lead, rest = articles[0], articles[1:]
    cards = [laid_out(lead, of, "lead", "" if rest else "full")]
    # A lead with a quote is tall: two cards stand beside it. One without leaves room for one.
    beside = 2 if featured(lead) and not lead.figures else 1
    below = len(rest) - beside
    for n, article in enumerate(rest):
        last_of_many = len(articles) > LONG_SECTION and n == len(rest) - 1
        weight: Weight = "brief" if last_of_many or not article.standfirst else "standard"
        slot: Slot = "side" if n < beside else "full" if below % 2 and n == len(rest) - 1 else "half"
        cards.append(laid_out(article, of, weight, slot))
    return EditionBlock(name, title, "lead", tuple(cards))
