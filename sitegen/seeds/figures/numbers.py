"""Numbers in a text, in digits or in words: where they stand and what they are worth.

A numeral has its magnitude words (“4.2 billion”, “two and a half million”, “25 lakh”) but neither
unit nor currency; letters that may be a magnitude or a unit (“5m”) are left to `units`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from sitegen.model import Number, Value
from sitegen.seeds.figures import number_words
from sitegen.seeds.words import table

Form = Literal["digits", "words", "part", "vague"]


class Numeral(NamedTuple):
    """A number and its stretch. `scaled` says that a magnitude word belongs to it.

    `part` is a fraction of a whole (“a third”, “one in five”), `vague` an order of size
    (“dozens”, “tens of thousands”) whose value is a range.
    """

    start: int
    end: int
    value: Value
    form: Form
    scaled: bool = False


# Longer runs of digits are identifiers, not quantities.
_MOST_DIGITS = 15
_DIGITS = re.compile(r"[0-9](?:[0-9]{0,2}(?:,[0-9]{2,3})*,[0-9]{3}(?![0-9])|[0-9]*)(?:\.[0-9]+)?")
_POINT = re.compile(r"(?<![\w.)])\.\Z")
_FRACTION = re.compile(
    r"(?:[ -]?([½⅓⅔¼¾⅕⅛⅜⅝⅞])|[ -]([0-9]{1,2})[/⁄]([0-9]{1,3})(?![0-9/])|[/⁄]([0-9]{1,3})(?![0-9/]))"
)
_GLYPHS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5)}
_GLYPHS |= {"⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)}
_SOME_DIGIT = re.compile("[0-9½⅓⅔¼¾⅕⅛⅜⅝⅞]")
_LONE_GLYPH = re.compile("[½⅓⅔¼¾⅕⅛⅜⅝⅞]")
_POWER = re.compile(r"\s?[×x]\s?10(?:\^?([-−–]?[0-9]{1,2})|([⁻]?[⁰¹²³⁴-⁹]{1,2}))")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---")
_FRACTION_OPENS, _POWER_OPENS = frozenset("½⅓⅔¼¾⅕⅛⅜⅝⅞0123456789/⁄"), frozenset("×x")
_BEFORE_MINUS = frozenset("-−– ")
_MINUS = re.compile(r"(?:(?<![\w.,)])[-−–]|(?<!\bplus or )(?<!\bplus-or-)\b(?:minus|negative)[ -])\Z")


def numerals(text: str, start: int, end: int, language: str) -> list[Numeral]:
    """The numbers between `start` and `end` in their order; they do not overlap."""
    found = list(_in_digits(text, start, end, language)) if _SOME_DIGIT.search(text, start, end) else []
    ends = [numeral.end for numeral in found]
    spelled: list[Numeral] = []
    for form, at, to, value, scaled in number_words.find(text, start, end, language):
        nearest = bisect_right(ends, at)
        if nearest == len(found) or found[nearest].start >= to:
            spelled.append(Numeral(at, to, value, form, scaled))
    return sorted([*found, *spelled], key=lambda numeral: numeral.start) if spelled else found


def _in_digits(text: str, start: int, end: int, language: str) -> Iterator[Numeral]:
    behind = start
    for match in _DIGITS.finditer(text, start, end):
        if match.start() < behind:
            continue
        found = _in_digits_at(text, match, end, language)
        if found:
            behind = found.end
            yield found
    for match in _LONE_GLYPH.finditer(text, start, end):
        if not (match.start() and (text[match.start() - 1].isdigit() or text[match.start() - 1] in " -")):
            top, bottom = _GLYPHS[match.group()]
            yield Numeral(match.start(), match.end(), top / bottom, "part")


def _in_digits_at(text: str, match: re.Match[str], end: int, language: str) -> Numeral | None:
    written = match.group()
    if len(written) > _MOST_DIGITS and (
        len(written) > _MOST_DIGITS + 6 or sum(map(str.isdigit, written)) > _MOST_DIGITS
    ):
        return None
    at, to = match.span()
    if at and written.isdigit() and text[at - 1] == "." and _POINT.search(text, max(0, at - 2), at):
        at, written = at - 1, f"0.{written}"
    amount = Decimal(written.replace(",", ""))
    following = text[to : to + 2].lstrip(" -\u00a0")[
        :1
    ]  # most numbers end here, so the next letter is asked first
    fraction = _FRACTION.match(text, to, end) if following in _FRACTION_OPENS else None
    if fraction and "." not in written:
        amount, to = _with_fraction(amount, fraction)
    power = _POWER.match(text, to, end) if following in _POWER_OPENS else None
    if power:
        amount = amount.scaleb(int((power[1] or power[2]).translate(_SUPERSCRIPTS)))
        to = power.end()
    scale = magnitude(text, to, end, language)
    if scale:
        amount, to = amount * scale[0], scale[1]
    minus = _MINUS.search(text, max(0, at - 9), at) if text[at - 1 : at] in _BEFORE_MINUS else None
    if minus:
        amount, at = -amount, minus.start()
    return Numeral(at, to, plain(amount), "digits", bool(scale))


def _with_fraction(amount: Decimal, fraction: re.Match[str]) -> tuple[Decimal, int]:
    glyph, top, bottom, whole_bottom = fraction.groups()
    if glyph:
        parts = _GLYPHS[glyph]
    elif top and int(bottom):
        parts = (int(top), int(bottom))
    elif whole_bottom and int(whole_bottom):
        return amount / int(whole_bottom), fraction.end()
    else:
        return amount, fraction.start()
    return amount + Decimal(parts[0]) / parts[1], fraction.end()


def magnitude(text: str, at: int, end: int, language: str) -> tuple[int, int] | None:
    """(factor, end) of the magnitude word that stands at `at`, after one space or hyphen or none."""
    match = _magnitude(language).match(text, at, end)
    return (int(table(language, "magnitudes")[match[1].lower()]), match.end()) if match else None


@cache
def _magnitude(language: str) -> re.Pattern[str]:
    known = "|".join(sorted(table(language, "magnitudes"), key=len, reverse=True))
    return re.compile(rf"[ \u00a0-]?({known})(?![^\W_])", re.IGNORECASE)


def plain(amount: Decimal) -> Number:
    """An int where nothing is lost, else a float."""
    whole = int(amount)
    return whole if whole == amount else float(amount)
