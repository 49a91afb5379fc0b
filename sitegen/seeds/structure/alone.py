"""The first table of labels: what a line gives away by itself, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from sitegen.model import Label
from sitegen.seeds.structure import bylines, captions, corrections, dates, patterns
from sitegen.seeds.structure.page import Given, Line

Alone = Callable[[Line, str], bool]


def alone(line: Line, language: str) -> Given | None:
    """The label that a line gives itself, or None."""
    if name := patterns.phrase(line, language):
        return Given("debris", name)
    for name, label, rule in _for_length(line.count):
        if rule(line, language):
            return Given(label, name)
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
# The rule's name, the label it gives, the most words that such a line has.
ALONE: tuple[tuple[str, Label, int, Alone], ...] = (
    ("displayed quote", "quote", ANY, _is_quote),
    ("Markdown image, code or table", "body", ANY, _is_drawn),
    (CORRECTION, "debris", 120, _is_dated_correction),
    ("byline", "byline", 70, _is_byline_with_date),
    ("date line", "dateline", 24, _is_date),
    ("numbers and marks only", "debris", ANY, _is_no_word),
    ("share buttons", "debris", 25, _is_share_row),
    ("picture counter", "debris", 12, _is_counter),
    ("source line", "debris", 45, _is_feed_line),
    ("labelled link", "debris", 25, _is_labelled_link),
    (CREDIT, "caption", 12, _is_credit),
    ("reporters' sign-off", "byline", 60, _is_sign_off),
    ("reading time", "debris", 8, _is_reading_time),
    ("byline", "byline", 70, _is_byline),
    ("agency", "byline", ANY, _is_agency),
    ("caption with credit", "caption", 80, _has_credit),
    ("what a picture shows", "caption", ANY, _shows_picture),
    ("link in brackets", "debris", 25, _is_bracketed),
)


@cache
def _for_length(count: int) -> tuple[tuple[str, Label, Alone], ...]:
    """The rules for a line of so many words, in their order."""
    return tuple((name, label, rule) for name, label, most, rule in ALONE if count <= most)
