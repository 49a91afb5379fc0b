"""The first table of labels: what a line gives away by itself, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen.model import Label
from sitegen.seeds.structure import bylines, captions, corrections, dates, patterns
from sitegen.seeds.structure.page import Given, Line

Alone = Callable[[Line, str], bool]
_DIGIT = re.compile(r"\d")


def alone(line: Line, language: str) -> Given | None:
    """The label that a line gives itself, or None."""
    if name := patterns.phrase(line, language):
        return Given("debris", name)
    dated = " ago" in line.lower or _DIGIT.search(line.text) is not None
    for given, rule in _for_shape(_LENGTHS[line.count], line.lower[:1], line.mark != "", dated):
        if rule(line, language):
            return given
    return None


def with_captions(all_lines: Sequence[Line], sure: Sequence[Given | None]) -> list[Given | None]:
    """The line above a picture's credit is its caption, if it reads like one."""
    found = list(sure)
    for line, below in zip(all_lines, sure[1:], strict=False):
        free = line.index > 0 and sure[line.index] is None
        if free and below and below.rule == CREDIT and captions.stands_above_credit(line):
            found[line.index] = Given("caption", "caption above its credit")
    return found


def _is_quote(line: Line, language: str) -> bool:
    return line.mark == ">"


def _is_drawn(line: Line, language: str) -> bool:
    return line.mark in ("!", "`", "~", "|") and line.mark != ""


def _is_bracketed(line: Line, language: str) -> bool:
    return line.text.startswith("[") and line.text.endswith("]")


def _is_no_word(line: Line, language: str) -> bool:
    return not line.bare


def _is_share_row(line: Line, language: str) -> bool:
    return patterns.only_share_words(line, language)


def _is_reading_time(line: Line, language: str) -> bool:
    return dates.is_reading_time(line.text)


def _is_sign_off(line: Line, language: str) -> bool:
    return bylines.is_sign_off(line.text)


def _is_byline(line: Line, language: str) -> bool:
    short = line.count <= 20 and not line.prose and bylines.has_lead(line.text)
    return short or bylines.introduces(line.text)


def _is_byline_with_date(line: Line, language: str) -> bool:
    """ "By Ann Oskar | Nov 3, 2026", before the date makes it a date line."""
    return line.count > 1 and _is_byline(line, language)


def _is_bare_lead(line: Line, language: str) -> bool:
    """ "By", with the name on the next line."""
    return line.count == 1 and _is_byline(line, language)


def _is_agency(line: Line, language: str) -> bool:
    return bylines.is_agency(line.text, language)


def _is_date(line: Line, language: str) -> bool:
    found = dates.taken_apart(line.text, language)
    if not found.dated:
        return False
    rest = [word for word in found.rest if word != "by"]
    if found.leads and len(rest) <= 6 and line.count <= 14 and not line.ends:
        return True
    if found.when and line.count <= 8 and not line.ends:
        return True
    return len(rest) <= min(4, line.count - 2) and all(word[0].isupper() for word in rest)


def _is_credit(line: Line, language: str) -> bool:
    return captions.is_credit(line, language)


def _has_credit(line: Line, language: str) -> bool:
    return captions.has_credit(line, language)


def _is_counter(line: Line, language: str) -> bool:
    return patterns.is_counter(line)


def _is_feed_line(line: Line, language: str) -> bool:
    return patterns.is_feed_line(line)


def _is_labelled_link(line: Line, language: str) -> bool:
    return patterns.is_labelled_link(line, language)


def _shows_picture(line: Line, language: str) -> bool:
    return captions.shows(line, language)


def _is_dated_correction(line: Line, language: str) -> bool:
    return corrections.is_dated(line.text, language)


CREDIT = "picture credit"
CORRECTION = "dated correction"

ANY = 1 << 30


class Row(NamedTuple):
    """A rule: the label it gives, its name, and what every line has that it holds for.

    `most` is the most words, `opens` the letters and marks that the line can begin with ("": any),
    `marked` a mark of Markdown before the words, `dated` a digit or "ago".
    """

    name: str
    label: Label
    most: int
    rule: Alone
    opens: str = ""
    marked: bool = False
    dated: bool = False


ALONE: tuple[Row, ...] = (
    Row("displayed quote", "quote", ANY, _is_quote, marked=True),
    Row("Markdown image, code or table", "body", ANY, _is_drawn, marked=True),
    Row(CORRECTION, "debris", 120, _is_dated_correction, opens="ceat"),
    Row("byline", "byline", 70, _is_byline_with_date, opens=bylines.OPENS),
    Row("date line", "dateline", 24, _is_date, dated=True),
    Row("numbers and marks only", "debris", ANY, _is_no_word),
    Row("share buttons", "debris", 25, _is_share_row),
    Row("picture counter", "debris", 12, _is_counter, dated=True),
    Row("source line", "debris", 45, _is_feed_line, opens="t"),
    Row("labelled link", "debris", 25, _is_labelled_link),
    Row(CREDIT, "caption", 12, _is_credit),
    Row("reporters' sign-off", "byline", 60, _is_sign_off),
    Row("reading time", "debris", 8, _is_reading_time, dated=True),
    Row("byline", "byline", 1, _is_bare_lead, opens=bylines.OPENS),
    Row("agency", "byline", 20, _is_agency),
    Row("caption with credit", "caption", 80, _has_credit),
    Row("what a picture shows", "caption", ANY, _shows_picture),
    Row("link in brackets", "debris", 25, _is_bracketed, opens="["),
)


class _Lengths(dict[int, int]):
    """How many words a line has → the least `most` that has room for it, so that there are few shapes."""

    def __missing__(self, count: int) -> int:
        self[count] = min(row.most for row in ALONE if row.most >= count)
        return self[count]


_LENGTHS = _Lengths()


@lru_cache(maxsize=4096)
def _for_shape(most: int, opening: str, marked: bool, dated: bool) -> tuple[tuple[Given, Alone], ...]:
    """The rules that can hold for a line of this shape, in their order, each with what it gives."""
    return tuple(
        (Given(row.label, row.name), row.rule)
        for row in ALONE
        if row.most >= most
        and (not row.opens or not opening or opening in row.opens)
        and (marked or not row.marked)
        and (dated or not row.dated)
    )
