"""Dates and times of day as newsrooms write them above an article.

`taken_apart` reads a line such as "Published 3 Nov 2023, 08:08 GMT": what it says as a date, and
what is left of the line when every date, time and word about dates is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache

from sitegen.seeds.words import table

When = Day | datetime

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")

_TIME = re.compile(
    r"(?<![\w:.])(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?"
    r"[ ]?(?P<half>[ap]\.?m\b\.?)?|[ ]?(?P<half2>[ap]\.?m\b\.?))(?!\d)",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?[ ]?(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)(?!\d)")
_AGO = re.compile(
    r"\b(?:\d+|an?|one|two|three|few|several) (?:second|sec|minute|min|hour|hr|day|week|month|year)s? ago\b",
    re.IGNORECASE,
)
_READING = re.compile(r"\b\d+[ -]?(?:min(?:ute)?s?)(?:[ -]read|[ -]reading)?(?: read| reading)?\b", re.I)


@dataclass(frozen=True, slots=True)
class Dated:
    """What a line says about time.

    `when` is the first whole date of the line: a moment where the line gives time and zone without
    doubt, else a day, None without a year or where day and month could be swapped. `later` is
    whether it is the date of an update. `dated` is whether there is any date, whole or not, and
    then `rest` has the words that are about something else; `leads` is whether the line begins with a
    whole date.
    """

    when: When | None
    later: bool
    dated: bool
    rest: tuple[str, ...]
    leads: bool = False


@lru_cache(maxsize=256)  # several rules ask about the same lines
def taken_apart(text: str, language: str = "en") -> Dated:
    """Read one short line; long lines are not about dates."""
    lower = text.casefold()
    ago = " ago" in lower
    if not (ago or _DIGIT.search(lower)):
        return _UNDATED
    named = not _months(language).keys().isdisjoint(_WHOLE_WORD.findall(lower))
    numeric = bool(_NUMERIC.search(lower))
    if not (named or numeric or ago):
        return _UNDATED
    rest, found, at = text, None, len(text)
    dated = False
    for needs_name, pattern in _dates(language):
        if not (named if needs_name else numeric):
            continue
        here = 0
        for match in pattern.finditer(rest):
            here += 1
            day = _day(match, language)
            if day and match.start() < at:
                found, at = day, match.start()
        if here:
            dated = True
            rest = pattern.sub(_blank, rest)
    if not (dated or (ago and _AGO.search(rest))):
        return _UNDATED
    time = _TIME.search(rest) if found else None
    moment = _moment(found, time, rest, language) if found and time else found
    for pattern in (_OFFSET, _TIME, _AGO, _READING):
        rest = pattern.sub(_blank, rest)
    about = _about(language)
    later = any(about.get(word.casefold()) == "later" for word in _WORD.findall(rest[:at]))
    left = tuple(word for word in _WORD.findall(rest) if word.casefold() not in about)
    leads = found is not None and not any(word.casefold() not in about for word in _WORD.findall(text[:at]))
    return Dated(moment, later, True, left, leads)


_UNDATED = Dated(None, False, False, ())
_DIGIT = re.compile(r"\d")
_WHOLE_WORD = re.compile(r"\w+")
_NUMERIC = re.compile(r"\d[/.-]\d")


def is_time(text: str, language: str = "en") -> bool:
    """Whether a line is a time of day and nothing else: "5:53 PM ET"."""
    if ":" not in text or not _TIME.search(text):
        return False
    return all(word.casefold() in _about(language) for word in _WORD.findall(_TIME.sub(" ", text)))


def is_reading_time(text: str) -> bool:
    """Whether a line only says how long the article takes to read: "5 min read"."""
    return bool(_READING.search(text)) and len(text.split()) <= 6


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def is_lead(text: str, language: str = "en") -> bool:
    """Whether a line is only a label of a date that stands on the next line: "Posted:", "| UPDATED:"."""
    about = _about(language)
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return bool(words) and all(word in about for word in words) and any(about[word] for word in words)


@cache
def _about(language: str) -> Mapping[str, str]:
    """Words that may stand in a date line, casefolded, with what they mean there."""
    plain = (*table(language, "weekdays"), *table(language, "zones"))
    return {
        **{word.casefold(): "" for word in plain},
        **{word.casefold(): meaning for word, meaning in table(language, "date_words").items()},
    }


@cache
def _dates(language: str) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    """Ways to write a date, the completest first, and whether they name the month."""
    month = "(?P<month>" + "|".join(sorted(_months(language), key=len, reverse=True)) + r")\b\.?"
    day = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    forms = (
        r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)T?",
        rf"{day}[ -](?:of )?{month},?[ -]{{1,3}}{year}",
        rf"{month}[ -]{day},?[ -]{{1,3}}{year}",
        r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)",
        r"\d{1,2}([/.-])\d{1,2}\1\d\d(?!\d)",
        rf"{day} {month}",
        rf"{month} {day}(?!\d)",
        rf"{month},? {year}",
    )
    return tuple((month in form, re.compile(r"(?<![\w/])" + form, re.IGNORECASE)) for form in forms)


@cache
def _months(language: str) -> Mapping[str, int]:
    return {name.casefold(): int(number) for name, number in table(language, "months").items()}


def _day(match: re.Match[str], language: str) -> Day | None:
    """The day that a date names, if it names one whole and without doubt."""
    parts = match.groupdict()
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second"])
        if parts["mark"] == "." or first > 12:
            return _made(parts["year"], second, first)
        return _made(parts["year"], first, second) if second > 12 or first == second else None
    if not (parts.get("year") and parts.get("month") and parts.get("day")):
        return None
    name = parts["month"].casefold()
    month = int(name) if name.isdecimal() else _months(language)[name]
    return _made(parts["year"], month, int(parts["day"]))


def _made(year: str, month: int, day: int) -> Day | None:
    try:
        return Day(int(year), month, day)
    except ValueError:
        return None


def _moment(day: Day, time: re.Match[str], text: str, language: str) -> When:
    """The day with its time, where the text also says in which zone."""
    zone = _zone(text[time.end() : time.end() + 14], language)
    hour = int(time["hour"])
    half = (time["half"] or time["half2"] or "").casefold()
    if half and not 1 <= hour <= 12:
        return day
    hour = hour % 12 + (12 if half.startswith("p") else 0) if half else hour
    if zone is None or hour > 23:
        return day
    return datetime(day.year, day.month, day.day, hour, int(time["minute"] or 0), tzinfo=zone)


def _zone(text: str, language: str) -> timezone | None:
    offset = _OFFSET.match(text)
    if offset:
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"])
        minutes = -minutes if offset["sign"] == "-" else minutes
        return timezone(timedelta(minutes=minutes)) if abs(minutes) < 15 * 60 else None
    name = re.match(r"[ (]*([A-Za-z]{1,4})\b", text)
    known = table(language, "zones").get(name.group(1).casefold()) if name else None
    return timezone(timedelta(minutes=int(known))) if known and known != "?" else None
