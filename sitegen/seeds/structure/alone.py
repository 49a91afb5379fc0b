"""The first table of labels: what a line gives away by itself, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sitegen.model import Label
from sitegen.seeds.structure import bylines, captions, corrections, dates, patterns
from sitegen.seeds.structure.page import Given, Line

Alone = Callable[[Line, str], bool]


def alone(line: Line, language: str) -> Given | None:
    """The label that a line gives itself, or None."""
    if name := patterns.phrase(line, language):
        return Given("debris", name)
    return next((Given(label, name) for name, label, rule in ALONE if rule(line, language)), None)


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
    return line.count <= 25 and line.text.startswith("[") and line.text.endswith("]")


def _is_no_word(line: Line, language: str) -> bool:
    return not line.bare


def _is_share_row(line: Line, language: str) -> bool:
    return line.count <= 25 and patterns.only_share_words(line, language)


def _is_reading_time(line: Line, language: str) -> bool:
    return line.count <= 8 and dates.is_reading_time(line.text)


def _is_sign_off(line: Line, language: str) -> bool:
    return line.count <= 60 and bylines.is_sign_off(line.text)


def _is_byline(line: Line, language: str) -> bool:
    short = line.count <= 20 and not line.prose and bylines.has_lead(line.text)
    return short or (line.count <= 70 and bylines.introduces(line.text))


def _is_byline_with_date(line: Line, language: str) -> bool:
    """ "By Ann Oskar | Nov 3, 2026", before the date makes it a date line."""
    return line.count > 1 and _is_byline(line, language)


def _is_agency(line: Line, language: str) -> bool:
    return bylines.is_agency(line.text, language)


def _is_date(line: Line, language: str) -> bool:
    if line.count > 24:
        return False
    found = dates.taken_apart(line.text, language)
    rest = [word for word in found.rest if word != "by"]
    if found.leads and len(rest) <= 6 and line.count <= 14 and not line.ends:
        return True
    if found.when and line.count <= 8 and not line.ends:
        return True
    return found.dated and len(rest) <= min(4, line.count - 2) and all(word[0].isupper() for word in rest)


def _is_credit(line: Line, language: str) -> bool:
    return captions.is_credit(line, language)


def _has_credit(line: Line, language: str) -> bool:
    return line.count <= 80 and captions.has_credit(line, language)


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

ALONE: tuple[tuple[str, Label, Alone], ...] = (
    ("displayed quote", "quote", _is_quote),
    ("Markdown image, code or table", "body", _is_drawn),
    (CORRECTION, "debris", _is_dated_correction),
    ("byline", "byline", _is_byline_with_date),
    ("date line", "dateline", _is_date),
    ("numbers and marks only", "debris", _is_no_word),
    ("share buttons", "debris", _is_share_row),
    ("picture counter", "debris", _is_counter),
    ("source line", "debris", _is_feed_line),
    ("labelled link", "debris", _is_labelled_link),
    (CREDIT, "caption", _is_credit),
    ("reporters' sign-off", "byline", _is_sign_off),
    ("reading time", "debris", _is_reading_time),
    ("byline", "byline", _is_byline),
    ("agency", "byline", _is_agency),
    ("caption with credit", "caption", _has_credit),
    ("what a picture shows", "caption", _shows_picture),
    ("link in brackets", "debris", _is_bracketed),
)
