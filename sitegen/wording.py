"""The words of the interface, and what is put with them: dates, counts, patterns.

Pages are planned and rendered in the same words, those of the theme in the site's language. Pure
functions over a `Words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from decimal import Decimal

from sitegen.frozen import record
from sitegen.model import Number


@record
class Words:
    """How figures, dates and labels are put into words; patterns hold names in braces.

    `counts` has for each counted thing the form for the numbers in `singular` and the other one.
    `signs` are currencies written before the number. `wants_the` and `says_when` tell how the
    other half of a comparison is joined on ("on the same period in 2019", "from 11.4 last year");
    after one of `dated_by` a number is a year ("in 2019").
    """

    decimal: str
    thousands: str
    direction: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    dates: Mapping[str, str]
    singular: tuple[int, ...]
    counts: Mapping[str, tuple[str, str]]
    magnitudes: Mapping[str, str]
    signs: Mapping[str, str]
    currencies: Mapping[str, str]
    units: Mapping[str, str]
    plurals: Mapping[str, str]
    bounds: Mapping[str, str]
    range: str
    change: Mapping[str, str]
    wants_the: tuple[str, ...]
    says_when: tuple[str, ...]
    dated_by: tuple[str, ...]
    say: Mapping[str, str]
    language: str = "en"


def date(day: Day | datetime, style: str, words: Words) -> str:
    """A date in one of the styles of the words file: full, weekday, short, short_year, day, month, year."""
    return fill(
        words.dates[style],
        day=str(day.day),
        weekday=words.weekdays[day.weekday()],
        month=words.months[day.month - 1],
        month_short=words.months_short[day.month - 1],
        year=f"{day.year:04d}",
    )


def count(number: int, thing: str, words: Words) -> str:
    """A number of things: "1 story", "1,912 stories"."""
    one, other = words.counts[thing]
    return (one if number in words.singular else other).replace("{n}", grouped(number, words))


def grouped(number: Number, words: Words) -> str:
    """A number with its thousands set apart."""
    return digits(decimal_of(number), words)


def decimal_of(value: Number) -> Decimal:
    """The number as it reads in decimal notation, without a float's trailing ".0"."""
    return Decimal(repr(value)).normalize()


def digits(value: Decimal, words: Words) -> str:
    whole, point, rest = format(abs(value), "f").partition(".")
    lead = f"{int(whole):,}".replace(",", words.thousands)
    return f"{'−' if value < 0 else ''}{lead}{words.decimal if point else ''}{rest}"


def fill(pattern: str, **values: str) -> str:
    """A pattern with its names replaced in one pass, so that a value may hold braces."""
    if len(values) == 1:
        [(name, value)] = values.items()
        return pattern.replace(f"{{{name}}}", value)
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match.group(1), match.group()), pattern)
