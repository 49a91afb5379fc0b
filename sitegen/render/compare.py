"""The small drawings beside a figure: a bar for now and one for then, and a change on one scale."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.frozen import record
from sitegen.model import Change, KeyFigure, Number, Value
from sitegen.views import NumberRow

# Where the longer of the two bars ends, in per cent of the drawing: the rest is for the label.
_LONGEST = 72.0
# How high a series is at most, in pixels.
_HIGHEST = 60.0
_YEAR = re.compile(r"\b(?:1[89]|20|21)\d\d\b")


@record
class Bars:
    """Two bars, in per cent of the drawing's width; a label is a year, or empty if none is known.

    `implied` says that the earlier value was worked out from the change. A range is one bar that begins
    at `start`; its `then` is empty.
    """

    now: str
    then: str = ""
    now_label: str = ""
    then_label: str = ""
    implied: bool = False
    start: str = "0"


@record
class Shift:
    """A change as a bar to the right (up) or left (down) of the middle; in per cent of the width."""

    x: str
    width: str
    up: bool


@record
class Column:
    """One value of a series, in pixels."""

    x: str
    y: str
    width: str
    height: str


@record
class Series:
    """Values of one measure over time; the drawing's `width`, and where nought is from the top, in pixels."""

    bars: tuple[Column, ...]
    width: str
    base: str


def bars(figure: KeyFigure) -> Bars | None:
    """Now beside then, if the figure says what it was before, or a range; None where nothing can be drawn."""
    if isinstance(figure.value, tuple):
        return _range(*figure.value)
    ratio = _then_for_now(figure)
    if ratio is None:
        return None
    longest = max(1.0, ratio)
    now, then = (_LONGEST * share / longest for share in (1.0, ratio))
    versus = figure.change.versus if figure.change else None
    labels = _last_year(figure.period), _last_year(versus)
    if not all(labels) or labels[0] == labels[1]:
        labels = "", ""
    implied = figure.change is not None and figure.change.previous is None
    return Bars(f"{now:.1f}%", f"{then:.1f}%", *labels, implied)


def _range(low: Number, high: Number) -> Bars | None:
    """From the low end to the high one, on a scale that begins at nought."""
    if not 0 <= low < high:
        return None
    start = _LONGEST * low / high
    return Bars(f"{_LONGEST - start:.1f}%", start=f"{start:.1f}%")


def series(rows: Sequence[NumberRow]) -> Series | None:
    """The values of one measure as columns on one scale that has nought in it; None for fewer than two."""
    values = [float(value) for row in rows if (value := _single(row.figure.value)) is not None]
    if len(values) < 2:
        return None
    top, bottom = max(0.0, *values), min(0.0, *values)
    scale = _HIGHEST / ((top - bottom) or 1.0)
    step = min(36.0, 480.0 / len(values))
    nought = top * scale
    made = [
        Column(
            f"{n * step:.1f}",
            f"{min(nought, nought - value * scale):.1f}",
            f"{step * 0.8:.1f}",
            f"{max(1.0, abs(value) * scale):.1f}",
        )
        for n, value in enumerate(values)
    ]
    return Series(tuple(made), f"{len(values) * step:.0f}", f"{nought:.1f}")


def shift(change: Change | None) -> Shift | None:
    """A change in per cent on the scale of the numbers page: half the width is 100 % or more."""
    size = _percentage(change)
    if change is None or size is None:
        return None
    half = min(size, 100.0) / 2
    up = change.direction == "up"
    return Shift(f"{50.0 if up else 50.0 - half:.1f}%", f"{half:.1f}%", up)


def _then_for_now(figure: KeyFigure) -> float | None:
    """The earlier value as a share of the present one."""
    change = figure.change
    now = _single(figure.value)
    if change is None or now is None or now <= 0:
        return None
    if change.previous is not None:
        before = _single(change.previous.value)
        return before / now if before is not None and before >= 0 else None
    size = _percentage(change)
    if size is None or figure.unit == "percentage":  # "up 2 %" of a percentage may mean points
        return None
    factor = 1 + size / 100 if change.direction == "up" else 1 - size / 100
    return 1 / factor if factor > 0 else None


def _percentage(change: Change | None) -> float | None:
    if change is None or change.unit != "percentage" or change.direction is None:
        return None
    size = _single(change.value)
    return None if size is None else abs(float(size))


def _single(value: Value) -> Number | None:
    return None if isinstance(value, tuple) else value


def _last_year(text: str | None) -> str:
    years = _YEAR.findall(text or "")
    return years[-1] if years else ""
