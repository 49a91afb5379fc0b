"""What may be shown of an article, applied once, before any page is planned from it.

full = everything · excerpt = the callouts and the first two paragraphs (cut where the body is
rendered) · summary = standfirst and figures · link = title and source
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sitegen.model import Article, Rights


def shown(article: Article) -> Article:
    """The article without what its `rights` keep back; one without a `text` has no body to fetch."""
    if article.retracted:
        return _retracted(article)
    return _CUTS[article.rights](article)


def _retracted(article: Article) -> Article:
    """A retracted article keeps its title and address, and says why; its words are gone."""
    return replace(_CUTS["link"](article), rights="link", note=None)


_CUTS: dict[Rights, Callable[[Article], Article]] = {
    "full": lambda article: article,
    "excerpt": lambda article: replace(
        article, quotes=tuple(q for q in article.quotes if q.featured), images=()
    ),
    "summary": lambda article: replace(article, quotes=(), images=(), body="", text=""),
    "link": lambda article: replace(
        article, quotes=(), figures=(), images=(), body="", text="", standfirst=None
    ),
}
