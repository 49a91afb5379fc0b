"""What a figure measures, in the sentence's own words: “Ostlund revenue”, “success rate”, “people killed”.

A table of named rules, tried in order. Most labels are the nearest phrase to the left of the number that
is neither verb nor time; one of a plain word takes its owner's name in front.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from sitegen.seeds.quantity import Quantity
from sitegen.seeds.words import table, words

_MOST_WORDS = 7
_MOST_LETTERS, _FEWEST_LETTERS = 64, 3


@dataclass(frozen=True, slots=True)
class Setting:
    """A quantity in its sentence, which begins at `floor` and ends at `ceiling`, with its neighbours."""

    text: str
    quantity: Quantity
    neighbours: Sequence[Quantity]
    floor: int
    ceiling: int
    language: str

    @property
    def tail(self) -> str:
        return self.text[self.quantity.end : min(self.ceiling, self.quantity.end + 80)]


def label(setting: Setting) -> str | None:
    """What the quantity measures, or None where the sentence does not tell."""
    for _, rule in _RULES:
        found = rule(setting)
        if found and (cleaned := _cleaned(found)):
            return _with_owner(setting, cleaned)
    return None


# ---------------------------------------------------------------- the rules


_BECAME = re.compile(
    r" (?:(?:were|was|are|have been|had been|has been|being) )?"
    r"(killed|injured|wounded|missing|arrested|displaced|evacuated|dead|died|affected|homeless|unemployed|sold"
    r"|delivered|hospitali[sz]ed|vaccinated|infected|tested|charged|detained|rescued|lost|cut|created|built)\b"
)
_CHANGE_IN = re.compile(r"[ -](?:[a-z]+ )?([a-z]+) (?:in|of) (?:the |its |their |a )?([^,.;:()]+)")
_NOUN_BEHIND = re.compile(r"[ -]([a-z][\w’-]*(?: [\w’-]+){0,4})")
_WHOLE = re.compile(r" of (?:the |its |their |his |her |all |total )*([^,.;:()]+)")
_LONGEST_OWNER = 30


def _thing(setting: Setting) -> str | None:
    """The things counted, whose they are or what became of them: “1,400 civilians were killed”."""
    quantity = setting.quantity
    if not quantity.noun:
        return None
    things = setting.text[quantity.number_end : quantity.end].strip(" -").removeprefix("of ")
    if became := _BECAME.match(setting.tail):
        return f"{things} {became[1]}"
    owner = _nearest(setting, 1)
    return f"{owner} {things}" if owner and owner[0].isupper() and len(owner) < _LONGEST_OWNER else things


def _change_in(setting: Setting) -> str | None:
    """What dropped in “a 7% drop in sales”."""
    match = _CHANGE_IN.match(setting.tail)
    if not match or match[1] not in table(setting.language, "change_nouns"):
        return None
    return _first_phrase(match[2].split(), setting.language)


def _noun_behind(setting: Setting) -> str | None:
    """The contract of “a €90,000 contract”, “a 5% tax on empty flats”."""
    match = _NOUN_BEHIND.match(setting.tail)
    if not match or setting.quantity.dimension == "time":
        return None
    noun = _first_phrase(match[1].split(), setting.language, through=True)
    if (
        not noun
        or noun.endswith("ing")
        or any(word in table(setting.language, "change_nouns") for word in noun.split())
    ):
        return None
    return noun


def _whole(setting: Setting) -> str | None:
    """The patients of “60% of pupils without a bus”."""
    match = _WHOLE.match(setting.tail)
    return _first_phrase(match[1].split(), setting.language, through=True) if match else None


def _phrase_before(setting: Setting) -> str | None:
    """“Revenue totalled …”, “a success rate of …”, “sales for September were down by …”."""
    return _nearest(setting, 2)


Rule = Callable[[Setting], str | None]
_RULES: tuple[tuple[str, Rule], ...] = (
    ("thing", _thing),
    ("change-in", _change_in),
    ("noun-behind", _noun_behind),
    ("whole", _whole),
    ("phrase-before", _phrase_before),
)


# ---------------------------------------------------------------- the phrase before the number


_TOKEN = re.compile(r"\S+")
_EDGE = "“”\"'‘’()[]—–-,;:."
_CLOSING = ",;:.)—–-!?…"
_LINKS = frozenset({"of", "in", "for", "on", "at", "from", "to", "with", "between", "by", "among", "per"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those"}
)
_FARTHEST = 200
_Token = tuple[int, int]


def _nearest(setting: Setting, levels: int) -> str | None:
    """The nearest noun phrase left of the number, with the head it hangs on (“sales in the north”).

    Verbs, times and other figures between it and the number are passed over.
    """
    start = max(setting.floor, setting.quantity.start - _FARTHEST)
    tokens = [match.span() for match in _TOKEN.finditer(setting.text, start, setting.quantity.start)]
    at = len(tokens) - 1
    if at >= 0 and setting.text.endswith("ing", *tokens[at]):
        at -= 1
    while at >= 0 and _is_passed(setting, tokens[at]):
        at -= 1
    last = first = at
    for level in range(levels):
        while (
            at >= 0
            and not _is_passed(setting, tokens[at])
            and (at == last or not _closes(setting, tokens[at]))
        ):
            at -= 1
        first = at + 1
        link = _without_determiner(setting, tokens, at)
        if level + 1 == levels or link < 1 or _word(setting, tokens[link]) not in _LINKS:
            break
        at = link - 1
        if _is_passed(setting, tokens[at]) or last - at >= _MOST_WORDS:
            break
    return setting.text[tokens[first][0] : tokens[last][1]] if 0 <= first <= last else None


def _word(setting: Setting, token: _Token) -> str:
    return setting.text[slice(*token)].lower()


def _without_determiner(setting: Setting, tokens: Sequence[_Token], at: int) -> int:
    while at > 0 and _word(setting, tokens[at]) in _DETERMINERS | {"total", "annual"}:
        at -= 1
    return at


def _closes(setting: Setting, token: _Token) -> bool:
    """Whether the phrase ends with this word: a comma or a bracket stands behind it."""
    return setting.text[token[1] - 1] in _CLOSING


def _is_passed(setting: Setting, token: _Token) -> bool:
    """Whether the word is no part of a name: function word, verb, time, number."""
    word = setting.text[slice(*token)].strip(_EDGE).lower()
    if word in _passed(setting.language) or not any(map(str.isalpha, word)):
        return True
    if word.endswith(("ly", "ed")) and setting.text[token[0]].islower():
        return True
    return any(token[0] < other.end and other.start < token[1] for other in setting.neighbours)


@cache
def _passed(language: str) -> frozenset[str]:
    verbs = (
        words(language, "measure_verbs") | words(language, "change_verbs") | words(language, "speech_verbs")
    )
    months = frozenset(month.lower() for month in words(language, "months"))
    spans = {"year", "month", "week", "day", "quarter", "half", "decade", "fiscal"}
    spans |= {f"{span}s" for span in spans}
    numbers = words(language, "number_words") | words(language, "magnitudes")
    return words(language, "phrase_ends") | verbs | months | spans | numbers


# ---------------------------------------------------------------- phrases


_THROUGH = frozenset({"in", "for", "with", "without", "on", "from", "who"})


def _first_phrase(parts: list[str], language: str, through: bool = False) -> str | None:
    """The words up to the first that cannot belong to a name; `through` passes one preposition."""
    kept: list[str] = []
    for part in parts[: _MOST_WORDS + 1]:
        word = part.lower().strip(",")
        if word in _passed(language) or (kept and word.endswith(("ed", "ing"))):
            if not (through and kept and word in _THROUGH):
                break
            through = False
        kept.append(part)
    while kept and kept[-1].lower() in _THROUGH | _DETERMINERS:
        kept.pop()
    return " ".join(kept) or None


_LEADING = re.compile(
    r"^(?:(?:the|a|an|its|their|his|her|our|some|total|overall,?|however|meanwhile|there|now)\s+)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[’']s$| \([^)]*$")


def _cleaned(phrase: str) -> str | None:
    plain = _LEADING.sub("", " ".join(phrase.split()).strip(" !?…" + _EDGE))
    plain = _TRAILING.sub("", plain)
    if not _FEWEST_LETTERS <= len(plain) <= _MOST_LETTERS or not any(map(str.isalpha, plain)):
        return None
    return plain


_OWNER = re.compile(r"((?:[A-Z][\w.&-]*)(?: (?:[A-Z][\w.&-]*))*)[’']s?\b")
_FIRST_WORD = re.compile(r"^(?:The|A|An|But|And|In) ")


def _with_owner(setting: Setting, found: str) -> str:
    """One plain word says too little: “revenue” becomes “Ostlund revenue”."""
    if " " in found or found[:1].isupper() or setting.quantity.noun:
        return found
    owners = list(_OWNER.finditer(setting.text, setting.floor, setting.quantity.start))
    owner = _FIRST_WORD.sub("", owners[-1][1]) if owners else ""
    return f"{owner} {found}" if owner and owner.lower() not in found.lower() else found
