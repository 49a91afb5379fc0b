"""An article as linked data (https://schema.org), and the digest's quotes and figures as plain data.

Nothing is said here that the article's `rights` keep back on its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date as Day
from datetime import datetime
from typing import Any, Literal

from sitegen import records
from sitegen.model import Article, KeyFigure, Quote, Source
from sitegen.render.body import ALLOWED
from sitegen.views import FeedItem, SiteInfo

Whole = Callable[[str], str]
Data = dict[str, Any]
VERSION = 1  # of the form that docs/data.md describes


# ---------------------------------------------------------------- schema.org


def news_article(article: Article, site: SiteInfo, whole: Whole) -> Data:
    """The article as a NewsArticle. `whole` makes an address whole, and an unsafe one empty."""
    allowed = ALLOWED[article.rights]
    publisher = _named("Organization", site.title, whole("/"))
    return _said(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "identifier": f"urn:sitegen:{article.id}",
            "url": whole(article.url),
            "mainEntityOfPage": whole(article.url),
            "headline": article.title,
            "description": article.standfirst if allowed.standfirst else None,
            "inLanguage": article.lang or site.language,
            "datePublished": article.date or article.added,
            "dateModified": _modified(article),
            "expires": article.expires,
            "author": _author(article.source) or publisher,
            "publisher": publisher,
            "isBasedOn": _original(article, whole),
            "image": [whole(image.picture.url if image.picture else image.src) for image in article.images]
            if allowed.images
            else None,
            "keywords": article.topics,
            "mentions": [
                *(_named("Person", name) for name in article.people),
                *(_named("Organization", name) for name in article.organisations),
            ],
            "hasPart": [_quotation(quote) for quote in article.quotes] if allowed.body != "none" else None,
            "correction": [
                {"@type": "CorrectionComment", "text": correction.text, "datePublished": correction.date}
                for correction in article.corrections
            ],
            "creativeWorkStatus": "Retracted" if article.retracted else None,
        }
    )


def _modified(article: Article) -> Day | datetime | None:
    """The last change that a reader is told of; on one day, the one whose hour is known."""
    days: list[Day | datetime] = [correction.date for correction in article.corrections]
    days += [article.updated] if article.updated else []
    days += [article.retracted.date] if article.retracted else []
    return max(days, key=lambda day: (day.isoformat()[:10], isinstance(day, datetime)), default=None)


def _original(article: Article, whole: Whole) -> Data | None:
    source = article.source
    if not (source.url or source.name or source.title):
        return None
    return _said(
        {
            "@type": "NewsArticle",
            "url": whole(source.url) if source.url else None,
            "headline": source.title,
            "datePublished": source.published,
            "author": _author(source),
            "publisher": _named("Organization", source.name) if source.name else None,
        }
    )


def _author(source: Source) -> Data | None:
    if source.author:
        return _named("Person", source.author)
    return _named("Organization", source.name) if source.name else None


def _quotation(quote: Quote) -> Data:
    speaker = _named("Person", quote.speaker, job=quote.role) if quote.speaker else None
    return _said({"@type": "Quotation", "text": quote.text, "spokenByCharacter": speaker})


def _named(kind: str, name: str, url: str | None = None, job: str | None = None) -> Data:
    return _said({"@type": kind, "name": name, "url": url, "jobTitle": job})


def _said(data: Data) -> Data:
    """Without what there is nothing to say of."""
    return {name: value for name, value in data.items() if value not in (None, "", (), [])}


# ---------------------------------------------------------------- quotes and figures


def data(items: Iterable[FeedItem], what: Literal["quotes", "figures"], whole: Whole) -> Data:
    """Every quote, or every figure, of these articles in their order (docs/data.md)."""
    row = _quote if what == "quotes" else _figure
    rows = [
        {"id": f"{item.article.id}/{one.id}", **row(one), "article": about}
        for item in items
        for about in (_about(item, whole),)
        for one in getattr(item.article, what)
    ]
    return {"version": VERSION, "site": whole("/"), what: rows}


def _about(item: FeedItem, whole: Whole) -> Data:
    article = item.article
    source = {"name": article.source.name, "url": whole(article.source.url) if article.source.url else None}
    return {
        "id": article.id,
        "title": article.title,
        "url": whole(article.url),
        "date": article.date or article.added,
        "topics": article.topics,
        "source": source,
    }


def _quote(quote: Quote) -> Data:
    return {
        "text": quote.text,
        "speaker": quote.speaker,
        "role": quote.role,
        "attribution": quote.attribution,
        "featured": quote.featured,
    }


def _figure(figure: KeyFigure) -> Data:
    """As the front matter has it, by the same keys."""
    made: Data = records.plain(figure)
    return {name: value for name, value in made.items() if name != "id"}
