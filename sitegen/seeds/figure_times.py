"""When a figure belongs, and what time it is compared with."""

from __future__ import annotations

import re
from functools import cache

from sitegen.seeds.quantity import Quantity
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


def versus(text: str, quantity: Quantity, ceiling: int, language: str) -> str | None:
    """What the quantity is compared with, where that is a time: “same period in 2019”."""
    yearly = _YEARLY.match(text, quantity.end, ceiling)
    if yearly:
        return yearly[1]
    compared = _compared(language).match(text, quantity.end, ceiling)
    return (_CLAUSE.sub("", compared[1]).strip() or None) if compared else None


@cache
def _compared(language: str) -> re.Pattern[str]:
    months = "|".join(name for name in table(language, "months") if len(name) > 3)
    return re.compile(
        rf"""[^.;()]{{0,40}}?
        \b(?:compared[ ](?:to|with)|in[ ]comparison[ ](?:to|with)|versus|vs\.?|against|than|from|on|above
          |below|instead[ ]of|over(?![ ]the[ ](?:past|last|next|first)))[ ]
        (?:that[ ](?:of|in|for|from)[ ]|those[ ](?:of|in)[ ]|what[ ]it[ ]was[ ]|it[ ]did[ ]|they[ ]did[ ]
          |in[ ]|at[ ]|during[ ]|for[ ])?
        (?:the[ ]|an?[ ])?
        ((?:same|corresponding|previous|prior|preceding|comparable|year|month|quarter|week|day|decade|last|early|late
          |pre-|first|second|third|fourth|{months}|{_YEAR}\b|Q[1-4])[^.,;:()—–]{{0,50}})""",
        re.VERBOSE,
    )


# ---------------------------------------------------------------- when


Times = list[tuple[int, int, str]]

_LEADING = re.compile(r"^(?:in|for|of|during|from|over) (?:the )?|^the ")
_OF_THE_YEAR = re.compile(rf"\b(of|to) (?:the )?year (?={_YEAR})")


def times(text: str, start: int, end: int, language: str) -> Times:
    """Every time that the sentence names, with its stretch."""
    return [
        (match.start(), match.end(), match.group()) for match in _times(language).finditer(text, start, end)
    ]


def period(named: Times, quantity: Quantity, against: str | None) -> str | None:
    """The time that the quantity belongs to: the nearest in the sentence that it is not compared with."""
    best: tuple[int, str] | None = None
    for start, end, words_said in named:
        if (against and words_said in against) or quantity.start <= start < quantity.end:
            continue
        # What follows the number is nearer to it than what stands before.
        distance = start - quantity.end if start >= quantity.end else quantity.start - end + 8
        if best is None or distance < best[0]:
            best = (distance, words_said)
    return _OF_THE_YEAR.sub(r"\1 ", _LEADING.sub("", best[1])) if best else None


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
        |(?:{months})(?:[ ][0-9]{{1,2}},)?(?:[ ]of)?[ ]{_YEAR}
        |(?:{months})[ ][0-9]{{1,2}}
        |(?:in|for|since|by|during|from|of|until|before|through|the[ ]end[ ]of)[ ]
          (?:early[ ]|late[ ]|mid-|fiscal[ ]|fiscal[ ]year[ ])?{_YEAR}(?:[ ]to[ ]{_YEAR})?
        |(?:last|this|next)[ ](?:year|month|week|quarter|summer|winter|spring|autumn|fall|season|decade
          |{months})
        |(?:in|since|during|for|by|of|until)[ ](?:{months})
        |(?:since|over|in|during|for)[ ]the[ ](?:past|last|next|coming)[ ](?:{count}|[0-9]+)[ ]{span}
        |today|yesterday|{_YEAR})\b""",
        re.VERBOSE,
    )
