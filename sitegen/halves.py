"""An article in two halves: what planning asks of every one, and the rest, fetched when somebody wants it.

A build knows thousands of articles and shows most of them in a line or not at all. The first half is a
small tuple of plain values and stays in memory; the rest is bytes in a file. `Article` itself fetches
them when one of their fields is asked for: nobody else can tell.

Beside them stand two fingerprints. `whole` follows from everything the record says. `shown` leaves out the
text's hash and its length, which only the article's own page and its feed item follow from.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from sitegen import packing
from sitegen.frozen import record
from sitegen.model import Article

# What planning asks of every article, and listings of many.
FIRST = frozenset(
    ("id", "title", "path", "text", "body", "words", "slug", "status", "date", "added", "updated", "expires",
     "lang", "topics", "people", "source", "rights", "aliases", "corrections", "retracted", "images",
     "pictures")
)  # fmt: skip
_OF_THE_TEXT = frozenset(("text", "words", "body"))

Fetch = Callable[[Any], bytes]  # from where the rest is, the rest
Put = Callable[[Article, Any], None]


@record
class Halves:
    """`first` is a tuple of plain values, `signs` both fingerprints, sixteen bytes each."""

    first: tuple[Any, ...]
    rest: bytes
    signs: bytes


def split(article: Article) -> Halves:
    first = _TAKE_FIRST(article)
    packed = marshal.dumps(_TAKE_REST(article), packing.FORMAT)
    said = packing.digest(marshal.dumps([first[n] for n in _SAID], packing.FORMAT) + packed)
    whole = packing.digest(marshal.dumps((article.text, article.words, article.body), packing.FORMAT) + said)
    return Halves(first, packed, whole + said)


def join(first: tuple[Any, ...], signs: bytes, fetch: Fetch, where: Any) -> Article:
    """The article of which `fetch(where)` gives the rest, once somebody asks for it."""
    made: Article = _NEW(Article)
    _FILL_FIRST(made, first)
    _PUT_REST(made, (_fill, fetch, where))
    _PUT_SIGNS(made, signs)
    return made


def whole(article: Article) -> bytes:
    """Sixteen bytes that follow from everything that the record says."""
    return _signs(article)[:16]


def shown(article: Article) -> bytes:
    """The same of everything but the text's hash and length."""
    return _signs(article)[16:]


def _signs(article: Article) -> bytes:
    try:
        signs: bytes = article._signs
        return signs
    except AttributeError:
        signs = split(article).signs
        _PUT_SIGNS(article, signs)
        return signs


def _fill(article: Article, fetch: Fetch, where: Any) -> None:
    _FILL_REST(article, marshal.loads(fetch(where)))


_FIRST = [item for item in fields(Article) if item.name in FIRST]
_REST = [item for item in fields(Article) if item.name not in FIRST]
_TAKE_FIRST, _TAKE_REST = packing.taking(Article, _FIRST), packing.taking(Article, _REST)
_FILL_FIRST, _FILL_REST = packing.filling(Article, _FIRST), packing.filling(Article, _REST)
_SAID = [n for n, item in enumerate(_FIRST) if item.name not in _OF_THE_TEXT]
_SLOTS: Any = Article
_NEW, _PUT_REST, _PUT_SIGNS = _SLOTS.__new__, _SLOTS._rest.__set__, _SLOTS._signs.__set__

packing.own(Article, whole)
