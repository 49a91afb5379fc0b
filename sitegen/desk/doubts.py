"""What conversion was not sure of in an article: a table of named rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sitegen.model import Article
from sitegen.seeds.write import UNTITLED


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to confirm: `item` is the quote's or figure's id, "" for the article itself."""

    item: str
    code: str
    text: str


def _carried_over(article: Article) -> Iterator[Doubt]:
    for quote in article.quotes:
        if quote.attribution == "inferred":
            yield Doubt(quote.id, "speaker-inferred", "the speaker is carried over from an earlier sentence")


def _nobody(article: Article) -> Iterator[Doubt]:
    for quote in article.quotes:
        if not quote.speaker:
            yield Doubt(quote.id, "speaker-unknown", "nobody is named as the speaker")


def _unlabelled(article: Article) -> Iterator[Doubt]:
    for figure in article.figures:
        if not figure.label:
            yield Doubt(figure.id, "figure-unlabelled", "nothing says what this figure measures")


def _untitled(article: Article) -> Iterator[Doubt]:
    if article.title == UNTITLED:
        yield Doubt("", "untitled", "no headline was found in the seed")


_DOUBTS: tuple[Callable[[Article], Iterator[Doubt]], ...] = (_untitled, _carried_over, _nobody, _unlabelled)


def doubts(article: Article) -> tuple[Doubt, ...]:
    """What an editor should look at in an article, as its file has it."""
    return tuple(doubt for rule in _DOUBTS for doubt in rule(article))
