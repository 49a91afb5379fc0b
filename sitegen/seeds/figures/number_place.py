"""A number where it stands: what the rules for decoys look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sitegen.seeds.figures.numbers import Numeral
from sitegen.seeds.figures.units import Measure


class Place(NamedTuple):
    """A number with a short stretch before and behind it, and what it measures, if anything."""

    numeral: Numeral
    written: str
    before: str
    behind: str
    measure: Measure | None
    language: str

    @property
    def bare(self) -> bool:
        """No unit, no currency, no magnitude."""
        return self.measure is None and not self.numeral.scaled

    @property
    def money(self) -> bool:
        return self.measure is not None and self.measure.currency is not None


Rule = Callable[[Place], bool]


class Decoy(NamedTuple):
    """A rule for numbers that are no quantities, with its name.

    It can only hold where one of the marks in `left` stands right before the number or one of those in
    `right` right behind it; None is any.
    """

    name: str
    rule: Rule
    left: str | None = None
    right: str | None = None

    def may_hold(self, before: str, behind: str) -> bool:
        """Whether it can hold between these two marks (“” at an end of the text)."""
        if self.left is None or self.right is None:
            return True
        return before in self.left or behind in self.right
