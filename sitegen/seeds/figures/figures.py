"""The figures of an article: every quantity, what it measures, how it moved, and which belong in the box.

blocks → sentences → quantities → bound, direction, versus, period → change, equivalents → label → rank
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from sitegen.model import Block, KeyFigure, Label
from sitegen.seeds.figures import rank
from sitegen.seeds.figures.numbers import Numeral, numerals
from sitegen.seeds.figures.quantity import ordered
from sitegen.seeds.figures.scales import on_one_scale
from sitegen.seeds.figures.sentences import Figure, Stretch, figures_of
from sitegen.seeds.found import FoundFigure
from sitegen.seeds.sentences import sentences
from sitegen.seeds.words import table

_READ: frozenset[Label] = frozenset({"title", "standfirst", "caption", "subhead", "body", "list", "quote"})
_LONGEST_SENTENCE = 2000
_BODY: frozenset[Label] = frozenset({"body", "list", "quote"})


def find(text: str, blocks: Sequence[Block], language: str) -> tuple[FoundFigure, ...]:
    """Every quantity of the article's own text in order, with the key ones marked and numbered.

    Debris, bylines and datelines are not read. Offsets count characters of `text`; a figure over two lines
    is written with a space.
    """
    found: list[Figure] = []
    flat = _in_one_line(text)
    for sentence in _sentences(text, blocks, language):
        found.extend(figures_of(flat, sentence, len(found), language))
    found = on_one_scale(_carried_over(found))
    mentions = Counter((figure.quantity.value, figure.quantity.unit) for figure in found)
    candidates = [
        rank.Candidate(figure, mentions[figure.quantity.value, figure.quantity.unit], language)
        for figure in found
    ]
    key = {} if not found or is_foreign(text, language) else rank.ranked(candidates)
    numbers = {index: f"f{count}" for count, index in enumerate(sorted(key), 1)}
    return tuple(
        _record(flat, figure, numbers.get(index, ""), key.get(index)) for index, figure in enumerate(found)
    )


def _in_one_line(text: str) -> str:
    """The text with spaces for all white space: a line may end within a sentence. Offsets stay."""
    for mark in "\n\r\t\u00a0\u202f\u2009":
        text = text.replace(mark, " ")
    return text


_FEWEST_WORDS, _SMALL_SHARE, _READ_FOR_LANGUAGE = 60, 0.12, 2000


@lru_cache(maxsize=2)  # asked for the speakers and for the figures
def is_foreign(text: str, language: str) -> bool:
    """Whether the text is in another language than the word lists: it has too few of the small words.

    A text of few words is taken for one of the language.
    """
    said = text[:_READ_FOR_LANGUAGE].lower().split()
    small = sum(map(_small_words(language).__contains__, said))
    return len(said) >= _FEWEST_WORDS and small < _SMALL_SHARE * len(said)


@cache
def _small_words(language: str) -> frozenset[str]:
    known = table(language, "function_words").items()
    return frozenset(word for word, classes in known if "small-in-titles" in classes)


def _sentences(text: str, blocks: Sequence[Block], language: str) -> Iterator[Stretch]:
    """The sentences with numbers in them; a block without a number is not split at all."""
    depth = 0
    for block in blocks:
        if block.label not in _READ:
            continue
        numbers = deque(numerals(text, block.start, block.end, language))
        for start, end in _pieces(text, block, language) if numbers else ():
            here: list[Numeral] = []
            while numbers and numbers[0].start < end:
                numeral = numbers.popleft()
                if start <= numeral.start and numeral.end <= end:
                    here.append(numeral)
            if here:
                yield Stretch(start, end, here, block, depth)
        depth += block.label in _BODY


def _pieces(text: str, block: Block, language: str) -> Iterator[tuple[int, int]]:
    """The block's sentences; what runs on for pages (a table) is cut, or it would take for ever."""
    for start, end in sentences(text, block.start, block.end, language):
        while end - start > _LONGEST_SENTENCE:
            cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            cut = cut if cut > start else start + _LONGEST_SENTENCE
            yield start, cut
            start = cut
        yield start, end


# ---------------------------------------------------------------- what one sentence says of another


_THAT_IS = re.compile(
    r"(?:that|this|it|they|the (?:figure|total|price|number|rate|sum))"
    r"(?:[’']s| is| was| are| were| represents?| represented| marks?| marked| had| has)?\b",
    re.IGNORECASE,
)
_UNMOVING = frozenset({"share", "time", None})


def _carried_over(found: list[Figure]) -> list[Figure]:
    """The change in “… for $5m. That is up 9% on last year” belongs to the figure of the sentence before."""
    made: list[Figure] = []
    for index, figure in enumerate(found):
        earlier = made[-1] if made else None
        if (
            earlier
            and figure.opens
            and figure.moved
            and figure.moved.rule == "itself"
            and figure.quantity.dimension == "share"
            and earlier.block == figure.block
            and not earlier.moved
            and earlier.quantity.dimension not in _UNMOVING
            and _THAT_IS.match(figure.before)
        ):
            made[-1] = earlier._replace(moved=figure.moved._replace(by=(index,), rule="carried-over"))
            figure = figure._replace(within=index - 1, label=earlier.label, spare=earlier.spare)
        made.append(figure)
    return made


# ---------------------------------------------------------------- the records


def _record(text: str, figure: Figure, number: str, rule: str | None) -> FoundFigure:
    quantity, said = figure.quantity, figure.said
    label = figure.label or (figure.spare if rule else None)
    start, value, span = quantity.start, ordered(quantity.value), None
    if figure.moved and figure.moved.rule == "from-to":
        # The box shows where “from 11% to 9%” ended; where it began is in the change.
        start, value, span = quantity.second, quantity.last, quantity.value
    return FoundFigure(
        start,
        quantity.end,
        KeyFigure(
            number, text[start : quantity.end], value, label, quantity.unit, quantity.currency,
            said.bound,
            figure.period, figure.moved.change if figure.moved else None, figure.equivalents,
        ),
        rule is not None,
        rule or quantity.joined or quantity.dimension or quantity.form,
        said.direction,
        said.versus,
        span,
    )  # fmt: skip
