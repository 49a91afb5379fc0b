"""Decoys written in digits: “2019”, “Oct. 31”, “4:33pm”, “iPhone 12”, “2-1”, “56th Street”."""

from __future__ import annotations

import re
from functools import cache

from sitegen.seeds.figures.number_place import Decoy, Place
from sitegen.seeds.words import table, words

# ---------------------------------------------------------------- times


_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_CLOCK_BEHIND = re.compile(
    r":[0-5]?[0-9]|\.[0-5][0-9] ?[ap]\.?m|\s?(?:[ap]\.m\b|[ap]m\b(?!\w)|o[’']clock"
    r"|(?:hours )?(?:GMT|UTC|BST|EST|EDT|ET|PT|PST|CET)\b)",
    re.IGNORECASE,
)
# The 12.40 is a train.
_TRAIN = re.compile(r"(?:[01]?[0-9]|2[0-3])\.[0-5][0-9]")
# “At 4.20 this morning”
_TIME_OF_DAY = re.compile(
    r" (?:this|in the|on [A-Z][a-z]+|yesterday|tomorrow) ?(?:morning|afternoon|evening|night)\b"
)


def _ordinal(place: Place) -> bool:
    return bool(_ORDINAL.match(place.behind))


def is_clock(place: Place) -> bool:
    """4:33pm, 2 p.m., 0401 GMT, 4.20 this morning."""
    if place.money:
        return False
    if (
        place.bare
        and _TRAIN.fullmatch(place.written)
        and (place.before.endswith((" the ", "The ")) or _TIME_OF_DAY.match(place.behind))
    ):
        return True
    if place.before.endswith(":") and place.before[-2:-1].isdigit():
        return True
    return _CLOCK_BEHIND.match(place.behind) is not None


_NUMERIC_DATE = re.compile(
    r"\A(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4})(?![0-9])"
)
_LAST_DAY = 31


def _date(place: Place) -> bool:
    """31 in “Oct. 31”, 4 in “4 March”, both in “Sept. 20-24”, and 2019-09-01."""
    if not place.bare or not isinstance(place.numeral.value, int):
        return False
    if abs(place.numeral.value) <= _LAST_DAY:
        before, behind = _months(place.language)
        if before.search(place.before) or behind.match(place.behind):
            return True
    return bool(_NUMERIC_DATE.match(place.written + place.behind))


@cache
def _months(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(table(language, "months"), key=len, reverse=True))
    day = r"[0-9]{1,2}(?:st|nd|rd|th)?(?: ?[-–] ?| and | or | to |, )"
    return (
        re.compile(rf"\b(?:{names})\.?,? (?:the )?(?:{day})?\Z"),
        re.compile(rf"(?: ?[-–] ?[0-9]{{1,2}})?(?: of)? (?:{names})\b"),
    )


_YEARS, _RECENT = range(1000, 2200), range(1900, 2100)
_YEAR_LETTERS = 4
_DECADE = re.compile(r"s\b|[’']s?\b|[-–/][0-9]{2}(?:[0-9]{2})?\b")
_CAPITAL_WORD = re.compile(r" [A-Z][a-z]")
_LARGER_BEHIND = re.compile(r" ?(?:[-–]|to) ?(?:2[2-9]|[3-9][0-9])[0-9]{2}\b")
_YEAR_BEFORE = re.compile(r"\b(?:in|since|A\.D\.|AD|between|from|until|and|by|of|circa) \Z")
_PLURAL_BEHIND = re.compile(r" [a-z]+(?:s|men|people|children)\b")
_SPAN_BEFORE = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}[-–/]\Z")


def _year(place: Place) -> bool:
    """2019, “in 1745”, the 1960s, 2013-14; not “1709 pupils”."""
    value = place.numeral.value
    if len(place.written) != _YEAR_LETTERS or not isinstance(value, int) or value not in _YEARS:
        return False
    if place.measure is not None:  # “2016 Yard” is a year and a name
        return value in _RECENT and not place.money and bool(_CAPITAL_WORD.match(place.behind))
    if place.numeral.scaled:
        return False
    if _DECADE.match(place.behind):
        return True
    if value in _RECENT:
        return not _LARGER_BEHIND.match(place.behind)
    return bool(_YEAR_BEFORE.search(place.before)) and not _PLURAL_BEHIND.match(place.behind)


def _year_span(place: Place) -> bool:
    """The 14 of “2013-14”."""
    return not place.money and not place.numeral.scaled and bool(_SPAN_BEFORE.search(place.before))


# ---------------------------------------------------------------- names


_LETTER_BEFORE = re.compile(r"[^\W_]\Z|[#@_/\\]\Z|[^\W\d_][.&-]\Z")
_LETTER_BEHIND = re.compile(r"[^\W\d_]|-[A-Z]{1,2}(?![a-z])|[_@\\]")
_SIGNS_OF_VERSION = re.compile(r"\.[0-9]+|\.[^\W\d_]")
_LETTER = re.compile(r"[^\W\d_]")
_THINGS_BEHIND = re.compile(r" (?:[a-z-]+ )?[a-z-]+(?:s|people|children|men|women|staff)\b")
_NOT_A_NAME = (",", ":", ";", ".", "”", '"', ")")


def _glued(place: Place) -> bool:
    """Part of a name: S23, 5G, F-16, COVID-19."""
    measure = place.measure
    if measure and measure.start < place.numeral.start:
        return False
    if _LETTER_BEFORE.search(place.before[-2:]):
        return not (measure and measure.unit and place.before.endswith("-"))
    return measure is None and bool(_LETTER_BEHIND.match(place.behind))


def _version(place: Place) -> bool:
    if place.before.endswith(".") and place.before[-2:-1].isdigit():
        return True
    return place.measure is None and bool(_SIGNS_OF_VERSION.match(place.behind))


def _last_word(before: str) -> str:
    """The word that stands right before a space or hyphen at the end, "" where none does."""
    if before[-1:] not in (" ", "\u00a0", "-") or before[-2:-1].isspace():
        return ""
    return before[:-1].rsplit(None, 1)[-1] if len(before) > 1 else ""


def numbered(place: Place) -> bool:
    """iPhone 12, page 4, S&P 500, phase two: the number belongs to the name before it."""
    if place.measure or place.numeral.scaled or "," in place.written or "." in place.written:
        return False
    name = _LETTER.search(_last_word(place.before))
    if not name:
        return False
    word = name.string[name.start() :]
    if word.lower().rstrip(".") in words(place.language, "numbered"):
        return True
    if place.numeral.form != "digits" or word.islower() or word.lower() == word:
        return False
    if word.lower() in words(place.language, "phrase_ends") or word.endswith(_NOT_A_NAME):
        return False
    return not _THINGS_BEHIND.match(place.behind)


_STREET = re.compile(r"\s(?:[NSEW]\.? )?(?:[A-Z0-9][\w’'.]*\s){0,3}?([A-Z]\w*)\b")


def _address(place: Place) -> bool:
    """575 Harbour Road."""
    if not place.bare or not place.written.isdigit():
        return False
    if not _STREET.match(place.behind):
        return False
    names = place.behind.split()[:4]
    return any(name.strip(",.") in words(place.language, "streets") for name in names)


# ---------------------------------------------------------------- scores, lists, phones


_INCHES_BEHIND = re.compile(r"['’′] ?[0-9]{1,2}(?:[\"”″]|(?=[ ,.]))")
_FEET_BEFORE = re.compile(r"[0-9]['’′] ?\Z")


def _height(place: Place) -> bool:
    """Both numbers of 6'3"."""
    return bool(_INCHES_BEHIND.match(place.behind) or _FEET_BEFORE.search(place.before))


_PHONE = re.compile(r"(?:[ .-]\(?[0-9]{2,4}\)?){2,}|[-.][0-9]{4}\b| [0-9]{2,4}-[0-9]{2,4}\b")
_SCORE_BEHIND = re.compile(r"\s?[-–:]\s?[0-9]{1,3}(?![0-9%]|[.,][0-9]|[-–][0-9])")
_SCORE_BEFORE = re.compile(r"(?<![0-9,.$£€])[0-9]{1,3}\s?[-–:]\s?\Z")
_HIGHEST_SCORE = 200
# A range has a unit or a thing behind it: “20-30 people”; a score has a match: “a 9-2 lead”.
_UNIT_BEHIND = re.compile(
    r"(?!.{0,3}(?:win|victory|lead|loss|defeat|draw|tie|vote|up|down|record|thriller|margin|triumph)\b)"
    r"(?:[ -](?:[a-z]+[ -]){0,2}[a-z]+s\b"
    r"|\s?(?:%|[a-zA-Z°]{1,3}\b|per cent|million|billion|people|children|men|women|degree|minute|hour|day"
    r"|year|week|month|mile|page|inch|foot))"
)
_SLASHED = re.compile(r"/[0-9]")
_SLASH_BEFORE = re.compile(r"[0-9]/\Z")


def _phone(place: Place) -> bool:
    if not place.bare or not place.written.isdigit():
        return False
    return place.before.endswith("+") or (len(place.written) > 1 and bool(_PHONE.match(place.behind)))


def _score(place: Place) -> bool:
    """2-1, 89-89: two small numbers and no unit at either."""
    if place.measure and place.measure.unit:
        return False
    value = place.numeral.value
    if not isinstance(value, int) or abs(value) > _HIGHEST_SCORE or place.numeral.scaled:
        return False
    behind = _SCORE_BEHIND.match(place.behind)
    if behind and not _UNIT_BEHIND.match(place.behind, behind.end()):
        return True
    return bool(_SCORE_BEFORE.search(place.before)) and not _UNIT_BEHIND.match(place.behind)


def _list_mark(place: Place) -> bool:
    """“1)” and the shirt number in “(4)”."""
    return place.bare and len(place.written) <= 2 and place.behind.startswith(")")


_JOINED = r"(?: ?[-–] ?| to | and | or |, )"
_RUN_BEFORE = re.compile(rf"([^\W\d_]+)s (?P<first>[0-9]{{1,3}}{_JOINED})?\Z", re.IGNORECASE)
_RUN_BEHIND = re.compile(rf"{_JOINED}[0-9]{{1,3}}\b(?![,.%][0-9]|%)")


def _numbered_run(place: Place) -> bool:
    """Both numbers of “berths 9 to 14”: the places are numbered, not counted."""
    if not place.bare or not place.written.isdigit() or _THINGS_BEHIND.match(place.behind):
        return False
    noun = _RUN_BEFORE.search(place.before)
    if not noun or noun[1].lower() not in words(place.language, "numbered"):
        return False
    return bool(noun["first"] or _RUN_BEHIND.match(place.behind))


def _slash(place: Place) -> bool:
    """24/7, 9/11, 50/50."""
    return bool(_SLASHED.match(place.behind) or _SLASH_BEFORE.search(place.before))


BARE: tuple[Decoy, ...] = (
    Decoy("ordinal", _ordinal, "", "snrt"),
    Decoy("clock", is_clock),
    Decoy("date", _date),
    Decoy("phone", _phone, "+", " .-"),
    Decoy("year", _year),
    Decoy("year-span", _year_span, "-–/", ""),
    Decoy("glued-name", _glued),
    Decoy("height", _height, "'’′ ", "'’′"),
    Decoy("version", _version, ".", "."),
    Decoy("slash", _slash, "/", "/"),
    Decoy("score", _score),
    Decoy("address", _address),
    Decoy("numbered", numbered, " \u00a0-", ""),
    Decoy("numbered-run", _numbered_run, " ", ""),
    Decoy("list-mark", _list_mark, "", ")"),
)
# What may still be none although a unit seems to stand behind it: “2 pm”, “2016 Yard”, “ID.3 m”.
_MEASURED = frozenset({"clock", "year", "year-span", "glued-name", "version", "score"})
MEASURED = tuple(decoy for decoy in BARE if decoy.name in _MEASURED)
