"""When a figure belongs, and what time it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sitegen.seeds.figures.quantity import Quantity
from sitegen.seeds.words import table, words

_YEAR = r"(?:19|20)[0-9]{2}"


# ---------------------------------------------------------------- against what


_YEARLY = re.compile(
    r"[^.;,]{0,20}?\b((?:year|month|quarter|week)[- ]o(?:n|ver)[- ](?:year|month|quarter|week))\b"
)
_CLAUSE = re.compile(
    r" (?:and|but|while|as|according|after|because|when|which|who|that|with|to|said|says|it|they|he|she"
    r"|despite|amid|due|by|for|thanks)\b.*",
    re.DOTALL,
)


def versus(text: str, quantity: Quantity, ceiling: int, moving: bool, language: str) -> str | None:
    """What the quantity is compared with, where that is a time: “same period in 2019”.

    Only a `moving` one (“up”, “9% higher”) is compared by a mere “on” or “from”.
    """
    behind = text[quantity.end : min(ceiling, quantity.end + _COMPARED_WITHIN)]
    if "-o" in behind or " o" in behind:
        yearly = _YEARLY.match(text, quantity.end, ceiling)
        if yearly:
            return yearly[1]
    if not _COMPARING.search(behind):
        return None
    compared = _compared(language).match(text, quantity.end, ceiling)
    if not compared or not (moving or quantity.dimension == "share" or compared["strong"]):
        return None
    time = _CLAUSE.sub("", compared["time"]).strip()
    return None if time in ("", "day") else time


# What stands before a time that is compared with begins with one of these, and stands so near.
_COMPARING = re.compile(
    r"[ ,](?:compared|in comparison|versus|vs|against|than|instead|from|on|above|below|over)\b"
)
_COMPARED_WITHIN = 64


@cache
def _compared(language: str) -> re.Pattern[str]:
    months = "|".join(name for name in table(language, "months") if len(name) > 3)
    return re.compile(
        rf"""[^.;()]{{0,40}}?
        \b(?:(?P<strong>compared[ ](?:to|with)|in[ ]comparison[ ](?:to|with)|versus|vs\.?|against|than
          |instead[ ]of)|from|on|above|below|over(?![ ]the[ ](?:past|last|next|first)))[ ]
        (?:that[ ](?:of|in|for|from)[ ]|those[ ](?:of|in)[ ]|what[ ]it[ ]was[ ]|it[ ]did[ ]|they[ ]did[ ]
          |in[ ]|at[ ]|during[ ]|for[ ])?
        (?:the[ ]|an?[ ])?
        (?P<time>(?:same|corresponding|previous|prior|preceding|comparable|year|month|quarter|week|day|decade|last|early|late
          |pre-|first|second|third|fourth|{months}|{_YEAR}\b|Q[1-4])[^.,;:()—–]{{0,50}})""",
        re.VERBOSE,
    )


# ---------------------------------------------------------------- when


Times = list[tuple[int, int, str]]

_LEADING = re.compile(r"^(?:in|for|of|during|from|over|on) (?:the )?|^the ", re.IGNORECASE)
_DATELINE = re.compile(r"(?: \([^()]{2,40}\)|\))? [-–—]+ ")  # “SALTBY, Nov 4 (Harbour Wire) - ”
_OF_THE_YEAR = re.compile(rf"\b(of|to) (?:the )?year (?={_YEAR})")


def times(text: str, start: int, end: int, language: str) -> Times:
    """Every time that the sentence names, with its stretch."""
    if not _may_be_time(language).search(text, start, end):
        return []
    return [
        (match.start(), match.end(), _in_small_letters(match.group(), language))
        for match in _times(language).finditer(text, start, end)
        if not _DATELINE.match(text, match.end(), end)
    ]


def _in_small_letters(time: str, language: str) -> str:
    """“Last year” at the beginning of a sentence is last year; May is May."""
    first = time.split(" ", 1)[0]
    return time if first in table(language, "months") else time[0].lower() + time[1:]


def period(
    named: Times, text: str, floor: int, about: Quantity, others: Sequence[Quantity], against: str | None
) -> str | None:
    """The time that the quantity belongs to: the nearest in its clause that it is not compared with.

    A time behind one of the `others`, the quantities of the sentence with something of their own to say,
    belongs to that one; what stands at the very beginning, `floor`, holds for all.
    """
    best: tuple[int, str] | None = None
    for start, end, words_said in named:
        if (against and _LEADING.sub("", words_said) in against) or about.start <= start < about.end:
            continue
        first, last = (about.end, start) if start >= about.end else (end, about.start)
        opens = end < about.start and start - floor < _FRONT
        between = _OTHER_CLAUSE if end > about.start else _OTHER_CLAUSE_BEFORE
        if not opens and (
            any(first <= other.start < last for other in others) or between.search(text, first, last)
        ):
            continue
        # What follows the number is nearer to it than what stands before.
        distance = last - first + (8 if end <= about.start else 0)
        if best is None or distance < best[0]:
            best = (distance, words_said)
    return _OF_THE_YEAR.sub(r"\1 ", _LEADING.sub("", best[1])) if best else None


_FRONT = 12
# “Results for the year showed that …” holds for what follows.
_OTHER_CLAUSE_BEFORE = re.compile(r"\b(?:which|who|whose|where|because|but|while|until|whom)\b|[;:]")
_OTHER_CLAUSE = re.compile(r"\b(?:that|which|who|whose|where|when|because|but|while|until|whom|if)\b|[;:]")


_SPANS = (
    "month", "quarter", "half", "week", "day", "year", "decade", "summer", "winter", "spring", "autumn",
    "fall", "season",
)  # fmt: skip


@cache
def _may_be_time(language: str) -> re.Pattern[str]:
    """What every time has in it; asked first, since most sentences name none."""
    known = [*_SPANS, "today", "Today", "yesterday", "Yesterday", "19", "20", *table(language, "months")]
    heads = "".join(sorted({word[0] for word in known}))
    return re.compile(rf"[{heads}](?<![^\W_].)(?:{'|'.join(f'(?<={word[0]}){word[1:]}' for word in known)})")


@cache
def _times(language: str) -> re.Pattern[str]:
    months = "|".join(sorted(table(language, "months"), key=len, reverse=True))
    count = "|".join(words(language, "number_words"))
    span = r"(?:months?|quarters?|half|weeks?|days?|years?|decades?)"
    return re.compile(
        rf"""\b(?:
        (?:first|second|third|fourth|last|past|next|final|previous|opening|three|six|nine|twelve)[ ]
          (?:(?:{count}|[0-9]+)[ ])?{span}
          (?:[ ](?:of|to|ended|ending|through)(?:[ ](?:the[ ])?(?:fiscal[ ]|financial[ ])?year)?
            (?:[ ](?:{months}))?(?:[ ][0-9]{{1,2}},)?(?:[ ](?:{_YEAR}|this[ ]year|last[ ]year))?)?
        |between[ ](?:{months})[ ]{_YEAR}[ ]and[ ](?:{months})[ ]{_YEAR}
        |(?:{months})(?:(?:[ ][0-9]{{1,2}},)?(?:[ ]of)?[ ]{_YEAR}|[ ][0-9]{{1,2}})
        |[0-9]{{1,2}}[ ](?:{months})(?:[ ]{_YEAR})?
        |(?:[Ii]n|[Ff]or|[Ss]ince|[Bb]y|[Dd]uring|from|of|over|[Uu]ntil|[Bb]efore|through
          |[Tt]he[ ]end[ ]of)[ ]
          (?:(?:early[ ]|late[ ]|mid-|fiscal[ ]|fiscal[ ]year[ ])?{_YEAR}(?:[ ]to[ ]{_YEAR})?
          |(?:{months})(?:[ ]{_YEAR})?
          |the[ ](?:past|last|next|coming)[ ](?:{count}|[0-9]+)[ ]{span})
        |(?:[Ll]ast|[Tt]his|[Nn]ext)[ ](?:year|month|week|quarter|summer|winter|spring|autumn|fall
          |season|decade|{months})
        |[Tt]oday|[Yy]esterday|{_YEAR})\b""",
        re.VERBOSE,
    )
