"""The figures of one sentence: quantities with bound, direction, versus, period, change and equivalents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sitegen.model import Amount, Block
from sitegen.seeds import change, figure_context, figure_labels, figure_times
from sitegen.seeds.figure_context import Said
from sitegen.seeds.numbers import Numeral
from sitegen.seeds.quantities import quantities
from sitegen.seeds.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with all that was found of it, before ranking.

    `within` is the index (in the article) of the figure whose change, earlier value or equivalent it is;
    `opens` says that it is the first of its sentence.
    """

    said: Said
    written: str
    block: Block
    depth: int
    before: str
    behind: str
    label: str | None
    period: str | None
    moved: change.Moved | None
    equivalents: tuple[Amount, ...]
    within: int | None
    opens: bool

    @property
    def quantity(self) -> Quantity:
        return self.said.quantity


@dataclass(frozen=True, slots=True)
class Stretch:
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
    equals = _equivalents(text, here)
    twins = {other: index for index, others in equals.items() for other in others}
    said = _said(text, sentence, here, twins, language)
    heard = change.Sentence(text, sentence.end, said, language)
    moves = [change.moved(heard, index) for index in range(len(here))]
    within = dict(twins)
    for index, moved in enumerate(moves):
        if moved and moved.by is not None and moved.by not in within and index not in within:
            within[moved.by] = index
    times = figure_times.times(text, sentence.start, sentence.end, language)
    made: list[Figure] = []
    for index, item in enumerate(said):
        quantity, parent = item.quantity, within.get(index)
        near = here[max(0, index - _NEAR) : index]
        setting = figure_labels.Setting(text, quantity, near, sentence.start, sentence.end, language)
        made.append(
            Figure(
                item, text[quantity.start : quantity.end], sentence.block, sentence.depth,
                text[sentence.start : quantity.start], text[quantity.end : sentence.end],
                made[parent].label
                if parent is not None and parent < index
                else figure_labels.label(setting),
                figure_times.period(times, quantity, item.versus),
                None if index in twins else moves[index],
                tuple(change.amount(text, here[other]) for other in equals.get(index, ())),
                None if parent is None else first + parent,
                index == 0,
            )
        )  # fmt: skip
    return made


_NEAR = 6
_OR = re.compile(r",? or (?:about |around |nearly |almost |some )?")


def _said(
    text: str, sentence: Stretch, here: Sequence[Quantity], twins: Mapping[int, int], language: str
) -> list[Said]:
    """What the words around each quantity say; “190 points, or 0.6%” and equivalents say the same twice."""
    made: list[Said] = []
    for index, quantity in enumerate(here):
        floor = here[index - 1].end if index else sentence.start
        ceiling = here[index + 1].start if index + 1 < len(here) else sentence.end
        against = figure_times.versus(text, quantity, ceiling, language)
        item = figure_context.said(text, floor, quantity, against, language)
        if index in twins:
            twin = made[twins[index]]
            item = replace(item, bound=twin.bound, direction=twin.direction)
        elif index and item.direction is None and _OR.fullmatch(text, floor, quantity.start):
            item = replace(item, direction=made[-1].direction)
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
    if one.currency and other.currency:
        return one.currency != other.currency
    return (
        one.dimension is not None and one.dimension == other.dimension != "count" and one.unit != other.unit
    )
