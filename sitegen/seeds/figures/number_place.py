"""A number where it stands: what the rules for decoys look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sitegen.seeds.figures.numbers import Numeral
from sitegen.seeds.figures.units import Measure


@dataclass(frozen=True, slots=True)
class Place:
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
