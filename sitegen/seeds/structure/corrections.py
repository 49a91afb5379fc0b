"""Corrections that a page prints with their date: "Correction, 19 November 2026: An earlier version …"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sitegen.model import Correction
from sitegen.seeds.structure.dates import taken_apart

_LEAD = re.compile(r"(?:corrections?|clarifications?|amendments?|errat(?:um|a))\b", re.IGNORECASE)
_TOLD = re.compile(
    r"this (?:article|story|piece|post|report|column) (?:was|has been) (?:amended|corrected|clarified)\b",
    re.IGNORECASE,
)
_DATED_LEAD = re.compile(r"[^:.]{8,60}:\s+(?=\S)")
_LONGEST = 120  # words
_EARLY = 90  # characters: a date further on is one of those that the correction is about


def is_dated(text: str, language: str = "en") -> bool:
    """Whether a line is a correction that says its day."""
    return read(text, language) is not None


def read(text: str, language: str = "en") -> Correction | None:
    """The correction that a line is; None without a whole date, or if it is none."""
    led = _LEAD.match(text)
    if not (led or _TOLD.match(text)) or len(text.split()) > _LONGEST:
        return None
    lead = _DATED_LEAD.match(text) if led else None
    when = taken_apart(lead.group() if lead else text[:_EARLY], language).when
    if when is None:
        return None
    day = when.date() if isinstance(when, datetime) else when
    return Correction(day, text[lead.end() :] if lead else text)


def find(lines: Iterable[str], language: str = "en") -> tuple[Correction, ...]:
    """The corrections among these lines, in order, each once."""
    found = (read(line, language) for line in lines)
    return tuple(dict.fromkeys(one for one in found if one))
