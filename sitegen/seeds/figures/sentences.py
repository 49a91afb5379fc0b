"""The figures of one sentence: quantities with bound, direction, versus, period, change and equivalents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sitegen.model import Amount, Block
from sitegen.seeds.figures import change, context, labels, times
from sitegen.seeds.figures.context import Said
from sitegen.seeds.figures.numbers import Numeral
from sitegen.seeds.figures.quantities import quantities
from sitegen.seeds.figures.quantity import Quantity
from sitegen.seeds.figures.setting import setting
from sitegen.seeds.figures.tokens import words_of


class Figure(NamedTuple):
    """A quantity with all that was found of it, before ranking.

    `within` is the index (in the article) of the figure whose change, earlier value or equivalent it is;
    `spare` is the label that it gets where it is a key figure without one; `opens` says that it is the
    first of its sentence.
    """

    said: Said
    written: str
    block: Block
    depth: int
    before: str
    behind: str
    label: str | None
    spare: str | None
    period: str | None
    moved: change.Moved | None
    equivalents: tuple[Amount, ...]
    within: int | None
    opens: bool

    @property
    def quantity(self) -> Quantity:
        return self.said.quantity


class Stretch(NamedTuple):
    """A sentence of a block with the numerals in it; `depth` counts the body blocks before it."""

    start: int
    end: int
    numerals: Sequence[Numeral]
    block: Block
    depth: int


def figures_of(text: str, sentence: Stretch, first: int, language: str) -> list[Figure]:
    """The figures of the sentence; the first of them is number `first` of the article."""
    here = quantities(text, sentence.start, sentence.end, language, sentence.numerals)
    if not here:
        return []
    equals = _equivalents(text, here) if len(here) > 1 else {}
    if equals:
        here = [_as_money(quantity) if index in equals else quantity for index, quantity in enumerate(here)]
    twins = {other: index for index, others in equals.items() for other in others}
    spoken_of = times.times(text, sentence.start, sentence.end, language)
    passed = frozenset(twins) | (_within_times(here, spoken_of) if spoken_of else _NONE)
    said = _said(text, sentence, here, twins, passed, language)
    heard = change.Sentence(text, sentence.end, said, passed, language)
    moves = [change.moved(heard, index) for index in range(len(here))]
    within = _within(twins, moves)
    spans = [(quantity.number_end, quantity.end) for quantity in here if not quantity.noun]
    words = words_of(text, sentence.start, sentence.end, spans, language)
    apart = [(at, other) for at, other in enumerate(here) if at not in passed] if spoken_of else ()
    made: list[Figure] = []
    for index, item in enumerate(said):
        quantity, parent, moved = item.quantity, within.get(index), moves[index]
        older = made[parent] if parent is not None and parent < index else None
        stated = moved.by[0] if moved and moved.rule.startswith("stated") else index
        if older or _says_again(text, here, index):
            label, spare = (older or made[-1]).label, (older or made[-1]).spare
        else:
            place = setting(text, quantity, words, sentence.start, language)
            label = labels.label(place)
            # “Exports grew by €2m to €40m”: the second is of what the first is of.
            spare = label or (made[stated].label if stated < index else None) or labels.spare(place)
        period = None
        if spoken_of:
            others = [other for at, other in apart if at not in (stated, index)]
            against = item.versus or (moved.change.versus if moved else None)
            period = times.period(spoken_of, text, sentence.start, quantity, others, against)
        if period is None and older and quantity.dimension == "share":
            period = older.period
        made.append(
            Figure(
                item, text[quantity.start : quantity.end], sentence.block, sentence.depth,
                text[sentence.start : quantity.start], text[quantity.end : sentence.end],
                label, spare, period, moved,
                tuple([change.amount(text, here[other]) for other in equals.get(index, ())]),
                None if parent is None else first + parent, index == 0,
            )
        )  # fmt: skip
    return [
        figure if figure.label else _labelled_as(figure, made, within.get(index))
        for index, figure in enumerate(made)
    ]


def _labelled_as(figure: Figure, made: Sequence[Figure], parent: int | None) -> Figure:
    """A figure without a label, with that of the one it only supports: 4% in “rose 4% to €40m”."""
    if parent is None:  # a plainer name is that of the change that another number states: “rose 4% to €40m”
        stated = figure.moved.by if figure.moved else ()
        return figure._replace(spare=made[stated[0]].label or figure.spare) if stated else figure
    return figure._replace(label=made[parent].label, spare=made[parent].spare or figure.spare)


def _says_again(text: str, here: Sequence[Quantity], index: int) -> bool:
    """“190 points, or 0.6%”."""
    return index > 0 and bool(_OR.fullmatch(text, here[index - 1].end, here[index].start))


def _within(twins: Mapping[int, int], moves: Sequence[change.Moved | None]) -> dict[int, int]:
    """Which quantity only supports which other: as its equivalent, its change or its earlier value."""
    within = dict(twins)
    for index, moved in enumerate(moves):
        for other in moved.by if moved and index not in within else ():
            within.setdefault(other, index)
    return within


def _within_times(here: Sequence[Quantity], times: times.Times) -> frozenset[int]:
    """The quantities that are part of a time: nine in “the first nine months of 2020”."""
    return frozenset(
        index
        for index, quantity in enumerate(here)
        if quantity.dimension == "time"
        and any(start <= quantity.start and quantity.end <= end for start, end, _ in times)
    )


_NONE = frozenset[int]()
_OR = re.compile(r",? or (?:about |around |nearly |almost |some )?")


def _said(
    text: str,
    sentence: Stretch,
    here: Sequence[Quantity],
    twins: Mapping[int, int],
    passed: frozenset[int],
    language: str,
) -> list[Said]:
    """What the words around each quantity say; “190 points, or 0.6%” and equivalents say the same twice."""
    made: list[Said] = []
    for index, quantity in enumerate(here):
        floor = here[index - 1].end if index else sentence.start
        ceiling = sentence.end
        for at in range(index + 1, len(here)):
            if at not in passed:
                ceiling = here[at].start
                break
        item = context.said(text, floor, quantity, ceiling, language)
        if index in twins:
            twin = made[twins[index]]
            item = item._replace(bound=twin.bound, direction=twin.direction)
        elif item.direction is None and _says_again(text, here, index):
            item = item._replace(direction=made[-1].direction, since=made[-1].since)
        made.append(item)
    return made


# ---------------------------------------------------------------- equivalents


_BRACKET = re.compile(r"\s?[(\[](?:about |around |roughly |approximately |some |nearly |almost |or )?")
_NEXT_IN_BRACKET = re.compile(r"\s?[,;/]\s?|\s(?:or|and)\s")


def _equivalents(text: str, here: Sequence[Quantity]) -> dict[int, list[int]]:
    """Index → indices of the amounts in the bracket behind it that say the same in another unit."""
    found: dict[int, list[int]] = {}
    for index, quantity in enumerate(here):
        link, at = _BRACKET, index + 1
        while (
            at < len(here)
            and link.fullmatch(text, here[at - 1].end, here[at].start)
            and _same_kind(quantity, here[at])
        ):
            found.setdefault(index, []).append(at)
            link, at = _NEXT_IN_BRACKET, at + 1
    return found


def _same_kind(one: Quantity, other: Quantity) -> bool:
    if other.currency:  # “40 million guilders ($22m)”: what is worth dollars is money, whatever its name
        return one.currency != other.currency and (one.dimension == "money" or (one.noun and one.scaled))
    return (
        one.dimension is not None and one.dimension == other.dimension != "count" and one.unit != other.unit
    )


def _as_money(quantity: Quantity) -> Quantity:
    return quantity._replace(dimension="money", noun=False) if quantity.noun else quantity
