"""Captions: what lines say of pictures, and who took them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sitegen.seeds.structure.page import Line
from sitegen.seeds.words import table, words

_THING = (
    r"(?:photo(?:graph|graphs|s|graphy|grapher)?|picture|pictures|image|images|pic|pics|illustration|graphic"
    r"|video still|infographic|artwork|credit|credits|screen ?grab|screen ?shot)"
)
_CREDIT = re.compile(
    rf"(?<!\bin )\b{_THING}[ ]?(?:credit|source|courtesy|by|from|of|via)?[ ]?[:©|/]\s*\S"
    rf"|\b(?:photo|photograph|image|picture|illustration|graphic)s? (?:by|courtesy|credit|supplied|source)\b"
    r"|\bscreen ?(?:grab|shot)\s*[)\].]?\Z|©|\(c\) [A-Z]|\bvia Getty\b|\bfile (?:photo|picture|image|pic)\b"
    r"|\b(?:AP|AFP|EPA|Reuters|Stock|Press|Handout) ?photo\b|\bcredit(?=[A-Z…])",
    re.IGNORECASE,
)
# "… of the quay. Drawing: Ann Oskar / Quay News", "Map: Quay News": what is drawn, and then only names
_DRAWN = re.compile(
    r"(?:\A|[.!?”\"’)]\s)(?:Drawing|Map|Chart|Cartoon|Painting|Sketch|Diagram|Video|Graphic|Illustration)s?"
    r"(?: by)?:(?: (?:[A-Z][\w.'’/|-]*,?|[/|,&]|and|for|of|the))+\Z"
)
_GLUED = re.compile(r"[a-z.”\"]Credit[A-Z.…:]")  # "… of the quay.CreditAnn Oskar for Quay News"
_IN_BRACKETS = re.compile(r"[(\[].*[)\]][.]?")
_COURTESY = re.compile(r"\bcourtesy(?: of)?\b.{2,60}\Z", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]][.\s]*\Z")
# "(Ann Oskar/Quay News)", "(Ann Oskar for Quay News)"
_BY_FOR = re.compile(r"(?:[A-Z][\w.'’-]*[ ]?){1,4}(?:[ ]?/[ ]?| for )(?:[A-Z][\w.'’-]*[ ]?){1,4}")
_LED = re.compile(
    r"(?:(?:image|media|photo|picture|video) caption|caption|pictured)(?: |:|,|(?=[A-Z]))\s*\S", re.I
)
_PLACED = re.compile(
    r"\((?:pictured |seen )?(?:left|right|centre|center|l|r|c|top|bottom|above|below|from left"
    r"|(?:second|third|far) (?:from )?(?:the )?(?:left|right))\)"
    r"|[A-Z][\w'’.-]+, (?:left|right|centre|center|second (?:from )?(?:left|right)|far (?:left|right)),"
    r"|\b(?:from left|left to right|clockwise from)\b.{0,20}[:,]"
    r"|\b(?:undated|file|handout) (?:photo|image|picture|footage)\b"
    r"|\bin this (?:\w+ )?(?:photo|image|picture|frame)\b"
    r"|\b(?:is|are) (?:shown|pictured)(?: (?:here|above|below|on|at|in|during)\b|[.]|\Z)"
    r"|\bartist['’]s (?:impression|rendering|concept)\b",
    re.IGNORECASE,
)
# One of these is in every text that _PLACED finds, in small letters.
_PLACED_HINTS = (
    ", left,", ", right,", ", cent", ", second ", ", far ", "from left", "left to right",
    "clockwise from", "undated", "file photo", "file image", "file picture", "file footage", "handout",
    "in this ", "shown", "pictured", "artist", "(left", "(right", "(cent", "(l)", "(r)", "(c)", "(top",
    "(bottom", "(above", "(below", "(from left", "(second", "(third", "(far", "(seen",
)  # fmt: skip
_PIC = re.compile(r"\bpics?\b")
_SENTENCE_END = re.compile(r"(?<=[a-z)\d]{3}[.!?]) ")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GOES_ON = re.compile(
    r"(?:the same|however|but|and|also|still|yet|meanwhile|that|those|these|it|they|he|she|there|instead)\b"
    r"|.*, (?:however|though|too),",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = re.compile(
    rf"\b(?:{_WEEKDAY}, )?(?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}},|\d{{1,2}} [A-Z][a-z]{{2,8}}) (?:19|20)\d\d"
)


# Each is in every text that _CREDIT or _GLUED finds.
_HINTS = (
    "photo",
    "picture",
    "image",
    "illustration",
    "graphic",
    "credit",
    "screen",
    "artwork",
    "video still",
    "©",
    "(c)",
    "getty",
)


def is_credit(line: Line, language: str) -> bool:
    """Whether a line is nothing but a picture credit."""
    text = line.text
    return (
        bool(_DRAWN.match(text))
        or (_hints(line.lower) and bool(_CREDIT.match(text.lstrip("( ["))))
        or text.rstrip(".") in _sources(language)
        or bool(_IN_BRACKETS.fullmatch(text) and has_credit(line, language))
        or (line.count <= 7 and ("/" in text or "|" in text) and _names_a_source(text, language))
    )


def has_credit(line: Line, language: str) -> bool:
    """Whether a line names where a picture comes from, as captions do at their end."""
    end = line.text[-110:]
    if line.count <= 60 and ": " in end and _DRAWN.search(end):
        return True
    if _hints(line.lower) and (
        _CREDIT.match(line.text) or _GLUED.search(line.text) or (line.count <= 60 and _CREDIT.search(end))
    ):
        return True
    bracket = _BRACKETED.search(end) if end.rstrip(". ")[-1:] in (")", "]") else None
    if bracket and (_names_a_source(bracket.group(1), language) or _BY_FOR.fullmatch(bracket.group(1))):
        return True
    if end[-1:] in _last_letters(language) and (
        end.endswith(_all_sources(language)) and _at_end(language).search(end)
    ):
        return True
    return not line.ends and "courtesy" in line.lower and bool(_COURTESY.search(end))


def _hints(lower: str) -> bool:
    """Whether a casefolded text has a word that credits have; far quicker than looking for a credit."""
    return _has_one(_HINTS, lower) or ("pic" in lower and _PIC.search(lower) is not None)


def _has_one(parts: Sequence[str], text: str) -> bool:
    for part in parts:  # noqa: SIM110 - a plain loop is faster, and every line comes by here
        if part in text:
            return True
    return False


def shows(line: Line, language: str) -> bool:
    """Whether a line says what can be seen in a picture: who stands where, what they do, on which day."""
    if _LED.match(line.text):
        return True
    if line.count > 70 or line.text[0] in '“"':
        return False
    if line.count <= 45 and _has_one(_PLACED_HINTS, line.lower) and _PLACED.search(line.text):
        return True
    if line.count > 50 or not (("19" in line.text or "20" in line.text) and _YEAR.search(line.text)):
        return False
    first = _SENTENCE_END.split(line.text, maxsplit=1)[0]
    return bool(_DAY.search(first)) and _moves(line, language)


def stands_above_credit(line: Line) -> bool:
    """Whether a line can be the caption of the credit below it: one sentence that does not go on
    from the one before."""
    return (
        line.count <= 30
        and line.sentences <= 1
        and line.text[0] not in '“"('
        and not _GOES_ON.match(line.text)
    )


def _moves(line: Line, language: str) -> bool:
    """Whether one of the first words is something people do in pictures."""
    return any(word in words(language, "picture_verbs") for word in line.words[1:16])


def _names_a_source(text: str, language: str) -> bool:
    return (_hints(text.casefold()) and bool(_CREDIT.search(text))) or bool(_source(language).search(text))


@cache
def _sources(language: str) -> frozenset[str]:
    return words(language, "credits") | words(language, "agencies")


@cache
def _all_sources(language: str) -> tuple[str, ...]:
    return tuple(_sources(language))


@cache
def _last_letters(language: str) -> frozenset[str]:
    return frozenset(name[-1] for name in _sources(language))


@cache
def _source(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any_source(language)}(?!\w)")


@cache
def _at_end(language: str) -> re.Pattern[str]:
    """A sentence, and after it a source: "… in the harbour. Getty Images", "… today.Ann Oskar / AP"."""
    name = r"(?:[A-Z][\w.'’-]*[ ]?){0,4}"
    return re.compile(rf"[a-z0-9)”\"][.!?]?[”\"]?[ ]?(?:{name}[/|,–-][ ]?)?{_any_source(language)}\Z")


@cache
def _any_source(language: str) -> str:
    names = sorted(table(language, "credits"), key=len, reverse=True)
    agencies = sorted(table(language, "agencies"), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, (*names, *agencies))) + ")"
