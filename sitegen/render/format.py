"""Figures, changes and dates in a newsroom's words: "671.3bn yuan", "up 9.9% on the same period in 2019".

Pure functions over records and the theme's Words. The number comes from the value; what cannot
be known from the value (decimals, "a tonne", a sign of its own) is taken from `as_written`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from sitegen.frozen import record
from sitegen.model import Amount, Bound, Change, KeyFigure, Number
from sitegen.wording import Words, decimal_of, digits, fill

# Powers of ten with a name, the largest first.
_MAGNITUDES = ((12, "trillion"), (9, "billion"), (6, "million"))
_SIGNIFICANT = 4
_UNIT_WORDS = 4
# Decimals beyond so many digits were worked out, not written: two of them will do.
_WRITTEN_DIGITS = 6
_NARROW = "\u00a0\u202f"  # a space that keeps a mark on its number's line, where a language wants one
_SIGN = r"(?:[A-Z]{1,3})?[$€£¥₹₩₽₺₪฿₫₴]"
_DIGITS = re.compile(r"\d[\d,.\u00a0\u202f]*\d|\d")
_SCALE = re.compile(
    r"[\s\u00a0-]*(?:thousand|million|billion|trillion|tn|bn|m|b|k|mn|mln)\b\.?", re.IGNORECASE
)
_PERCENT = re.compile(r"\s*(?:%|per ?cent\b|percentage\b|pc\b)", re.IGNORECASE)


@record
class Shown:
    """An amount in words: `number` is the large part ("$98.57bn"), `unit` what stands after it ("yuan").

    `before` and `after` are the words of its bound ("about", "more than"), in whichever place the
    language has them; empty where the amount is exact.
    """

    number: str
    unit: str = ""
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """All of it in one breath."""
        return " ".join(filter(None, (self.before, self.number, self.unit, self.after)))


@record
class ChangeShown:
    """A change in words: `moved` is "up 9.9%", `against` "on the same period in 2019" or empty."""

    moved: str
    against: str = ""

    @property
    def text(self) -> str:
        return f"{self.moved} {self.against}" if self.against else self.moved


def amount(given: KeyFigure | Amount | Change, words: Words) -> Shown:
    """A figure, an equivalent or a change's size in words."""
    bound: Bound | None = given.bound if isinstance(given, KeyFigure) else None
    before, _, after = (words.bounds[bound] if bound else "{n}").partition("{n}")
    sign, unit = _unit(given, words)
    ends = given.value if isinstance(given.value, tuple) else (given.value, given.value)
    low, high = (sign + _number(end, given.as_written, words) for end in ends)
    number = low
    if isinstance(given.value, tuple):  # a sign is said at both ends, a magnitude once
        number = fill(words.range, low=low if sign else _without_magnitude(low, high), high=high)
    if unit.lstrip(_NARROW).startswith(("%", "°")):
        mark, _, unit = unit.partition(" ")
        number += mark
    return Shown(number, unit, before.strip(), after.strip())


def change(given: Change, words: Words) -> ChangeShown:
    """How a figure moved, and against what. A change without a direction is said as it was written."""
    size = amount(given, words).text if given.direction else given.as_written
    moved = words.change[given.direction or "none"].replace("{n}", size)
    when = (given.versus or "").strip()
    if given.previous is None:
        return ChangeShown(moved, fill(words.change["against"], versus=_the(when, words)) if when else "")
    earlier = amount(given.previous, words).text
    if not when:
        return ChangeShown(moved, fill(words.change["from"], previous=earlier))
    if when.split()[0].casefold() not in words.says_when:
        when = fill(words.change["in"], when=_the(when, words))
    return ChangeShown(moved, fill(words.change["from_when"], previous=earlier, when=when))


def machine(value: Number | tuple[Number, Number]) -> str:
    """A value as a machine reads it; both ends of a range."""
    ends = value if isinstance(value, tuple) else (value,)
    return "..".join(format(decimal_of(end), "f") for end in ends)


def _number(value: Number, written: str, words: Words) -> str:
    exact = decimal_of(value)
    for power, name in _MAGNITUDES:
        if abs(exact) >= Decimal(10) ** power:
            scaled = exact.scaleb(-power)
            if len(scaled.as_tuple().digits) > _SIGNIFICANT:
                if not _SCALE.search(written):  # 1,234,567 calls: every digit was meant
                    break
                scaled = _rounded(scaled)
            return words.magnitudes[name].replace("{n}", digits(_as_written(scaled, written), words))
    return digits(_as_written(exact, written), words)


def _rounded(value: Decimal) -> Decimal:
    """Four significant digits, or all that stand before the point."""
    places = max(0, _SIGNIFICANT - 1 - value.adjusted())
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN).normalize()


def _as_written(value: Decimal, written: str) -> Decimal:
    """The value with the decimals it was written with: 11.4 is 11.40 where the article says $11.40."""
    for match in _DIGITS.finditer(written):
        digits = re.sub("[,\u00a0\u202f]", "", match.group())
        if digits.count(".") <= 1 and Decimal(digits) == abs(value):
            return Decimal(digits).copy_sign(value)
    worked_out = len(value.as_tuple().digits) > _WRITTEN_DIGITS and value != value.to_integral_value()
    return round(value, 2).normalize() if worked_out else value


def _without_magnitude(low: str, high: str) -> str:
    """The low end of a range without what the high end says too: "5" of "5 to 7bn yuan"."""
    bare = low.rstrip(string.ascii_letters)
    return bare if high.endswith(low.removeprefix(bare)) else low


def _unit(given: KeyFigure | Amount | Change, words: Words) -> tuple[str, str]:
    """The sign before the number and the words after it."""
    rest = _after_number(given.as_written)
    if len(rest.split()) > _UNIT_WORDS:
        rest = ""
    if given.currency:
        return _money(given.currency, given.as_written, rest, words)
    if not given.unit:
        return "", rest
    unit = given.unit.strip()
    if short := words.units.get(unit.casefold()):
        if short.lstrip(_NARROW).startswith("%"):
            tail = _PERCENT.sub("", rest, count=1).strip()
            return "", f"{short} {tail}" if tail else short
        return "", short
    return "", rest or (unit if given.value == 1 else plural(unit, words.plurals))


def _money(currency: str, written: str, rest: str, words: Words) -> tuple[str, str]:
    code = currency.upper()
    name = words.currencies.get(code, "")
    tail = _without_name(rest, name)
    if sign := re.search(_SIGN + r"(?=\s?\d)", written):
        return sign.group(), tail
    if sign_of_code := words.signs.get(code):
        return sign_of_code, tail
    if not name:
        return "", rest or code
    return "", f"{name} {tail}".strip()


def _without_name(rest: str, name: str) -> str:
    """What follows the currency's name: "US dollars a barrel" → "a barrel"."""
    if not rest or not name:
        return rest
    stem = re.escape(name.split()[-1].rstrip("s"))
    if found := re.search(rf"\b{stem}\w*\b", rest, re.IGNORECASE):
        return rest[found.end() :].strip()
    return "" if len(rest.split()) <= 2 and not rest.startswith(("a ", "an ", "per ")) else rest


def _after_number(written: str) -> str:
    """The words that follow the (last) number; none where the number was written in words."""
    numbers = list(_DIGITS.finditer(written))
    if not numbers:
        return ""
    rest = written[numbers[-1].end() :]
    if scale := _SCALE.match(rest):
        rest = rest[scale.end() :]
    return rest.strip(" \u00a0-,")


def plural(unit: str, irregular: Mapping[str, str]) -> str:
    """The plural of a singular English unit: "kilometre per hour" → "kilometres per hour"."""
    first, joint, rest = unit.partition(" per ")
    *lead, word = first.split(" ")
    if word in irregular:
        word = irregular[word]
    elif word in irregular.values() or word.endswith("people"):
        pass
    elif re.search(r"(?:s|x|z|ch|sh)\Z", word):
        word += "es"
    elif re.search(r"[^aeiou]y\Z", word):
        word = word[:-1] + "ies"
    else:
        word += "s"
    return " ".join((*lead, word)) + joint + rest


def _the(when: str, words: Words) -> str:
    start = when.casefold()
    wanted = any(start == word or start.startswith(f"{word} ") for word in words.wants_the)
    return fill(words.change["the"], when=when) if wanted else when
