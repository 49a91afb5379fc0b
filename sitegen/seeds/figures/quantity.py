"""The record of a quantity: a number with what it measures."""

from __future__ import annotations

from typing import NamedTuple

from sitegen.model import Number, Value
from sitegen.seeds.figures.numbers import Form

AGE = "year of age"


class Quantity(NamedTuple):
    """A value with its unit; `start` and `end` take in currency, unit and rate.

    The number itself stands from `number_start` to `number_end`. `noun` says that the unit is a counted
    thing rather than a unit of measure, `joined` how two numbers made it (“range”, “compound”); the second
    number of a range begins at `second`, with its currency.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Value
    form: Form
    scaled: bool
    unit: str | None = None
    dimension: str | None = None
    currency: str | None = None
    per: str | None = None
    noun: bool = False
    joined: str | None = None
    second: int = 0

    @property
    def size(self) -> Number:
        """The largest of its numbers, without sign: for comparing sizes."""
        return max(map(abs, self.value)) if isinstance(self.value, tuple) else abs(self.value)

    @property
    def last(self) -> Number:
        return self.value[1] if isinstance(self.value, tuple) else self.value


def times(value: Value, factor: int) -> Value:
    """The value multiplied, without the dust of binary fractions."""
    if factor == 1:
        return value
    if isinstance(value, tuple):
        return whole(value[0] * factor), whole(value[1] * factor)
    return whole(value * factor)


def ordered(value: Value) -> Value:
    """A range from its lower end on: “minus 5 to minus 10” begins with minus 10."""
    return (min(value), max(value)) if isinstance(value, tuple) else value


def whole(number: Number) -> Number:
    """An int where the number is one within a millionth, else the number rounded to that."""
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded
