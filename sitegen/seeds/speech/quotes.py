"""Stretches in quotation marks: where they begin and end, whatever the marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from sitegen.seeds.words import words

House = Literal["double", "single"]

_DOUBLE = re.compile('["“”„«»]')
_SINGLE_OPENS = re.compile(r"[‘'](?<![\w'’‘].)(?=[^\s'’‘])(?!\d0s|(?:em|til|tis|twas|cause|bout|n)\b)")
_SINGLE_CLOSES = re.compile(r"['’](?<=[^\s'‘].)(?!\w|['’])")
_CLOSERS = {"“": '”"“', "„": '“”"', "«": "»", "»": "«»", '"': '"”', "”": '”"'}
_FEET = re.compile(r"\d['’′]\s?\d{1,2}(?:\.\d+)?\Z")
_LONGEST = 3000  # characters of one stretch in single marks
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SAYS = "|".join(sorted(words("en", "said")))
_WHO = r"(?:[Ss]?he|they|it|(?:[A-Z][\w.-]+\s){1,4})"
_SAID = re.compile(rf"\s*(?:{_WHO}\s*)?(?:{_SAYS})\b")
_BREAK = re.compile(rf"(?<=[,?!])\s+(?:{_WHO}\s*)?(?:{_SAYS})\b(?:\s+[A-Z][\w-]+)*")


class Stretch(NamedTuple):
    """One stretch in quotation marks; `start` and `end` include the marks.

    `first` and `last` bound the words between them; `closed` is false where a mark is missing.
    """

    start: int
    end: int
    first: int
    last: int
    closed: bool = True


def house(text: str, spans: Iterable[tuple[int, int]]) -> House:
    """Whether the article puts speech in double or, as British houses do, in single marks."""
    if not ("‘" in text or ("'" in text and "''" not in text)):
        return "double"
    bounds = list(spans)
    singles = sum(s.last - s.first > 20 for start, end in bounds for s in _single(text, start, end))
    if not singles:
        return "double"
    doubles = sum(len(_DOUBLE.findall(text, start, end)) // 2 for start, end in bounds)
    return "single" if singles > doubles else "double"


def stretches(text: str, start: int, end: int, marks: House, *, goes_on: bool = False) -> list[Stretch]:
    """The stretches of one paragraph in the order of the text; quotes within quotes are left inside.

    `goes_on` is true where the paragraph before ends within a quote: this one may lack the opening mark.
    """
    found = list(_double(text, start, end, goes_on))
    if marks == "single":
        outer = list(_single(text, start, end))
        found = [d for d in found if not any(s.start < d.start < s.end for s in outer)]
        found = sorted([*found, *(s for s in outer if not _inside(s, found))], key=lambda s: s.start)
    return [s for s in found if s.last > s.first and _WORD.search(text, s.first, s.last)]


def word_count(text: str) -> int:
    return len(_WORD.findall(text))


def _inside(stretch: Stretch, others: list[Stretch]) -> bool:
    return any(o.start < stretch.start < o.end for o in others)


# ---------------------------------------------------------------- double marks


def _double(text: str, start: int, end: int, goes_on: bool) -> Iterator[Stretch]:
    marks = [m.start() for m in _DOUBLE.finditer(text, start, end) if not _measure(text, m.start(), start)]
    opened: int | None = None
    at = start
    skip = -1
    for index, mark in enumerate(marks):
        if mark <= skip:
            continue
        if opened is None:
            if _may_open(text, mark, end):
                opened = mark
            elif at == start and (
                goes_on or _ends_speech(text, mark, start, end)
            ):  # the opening mark is missing
                yield _stretch(text, start, mark + 1, closed=False, opens=False)
                at = mark + 1
            continue
        if _surely_opens(text, mark, start, end) and mark > opened + 1:
            nested = _nested(text, marks, index, start, end)
            if nested:
                skip = nested
                continue
            pairs_up = text[mark] == '"' and (len(marks) - index) % 2 == 0
            if pairs_up or text[mark] not in _CLOSERS[text[opened]]:
                yield _unclosed(text, opened, mark)
                opened = mark
                continue
        if text[mark] in _CLOSERS[text[opened]]:
            if text[opened - 1 : opened] != "=":  # an attribute of a tag: author="…"
                yield _stretch(text, opened, mark + 1)
            at = mark + 1
            opened = None
    if opened is not None and end - opened > 2:
        yield _unclosed(text, opened, end)


def _measure(text: str, mark: int, start: int) -> bool:
    """6'3" and a 12" pipe: feet and inches."""
    if text[mark] != '"' or mark == start or not text[mark - 1].isdigit():
        return False
    before = text[max(start, mark - 60) : mark]
    return bool(_FEET.search(before)) or (before.count('"') == 0 and text[mark + 1 : mark + 2] in {" ", "-"})


def _may_open(text: str, mark: int, end: int) -> bool:
    following = text[mark + 1 : mark + 2] if mark + 1 < end else ""
    if not following or following.isspace():
        return text[mark] in "“„«" and bool(following)
    if text[mark] in "“„«":
        return True
    before = text[mark - 1 : mark] if mark else ""
    return (not before.isalnum() and before not in ",.?!…") or before == "" or before == "="


def _surely_opens(text: str, mark: int, start: int, end: int) -> bool:
    before = text[mark - 1] if mark > start else " "
    following = text[mark + 1] if mark + 1 < end else " "
    return (text[mark] in '“"' and before in " \n\t([—–") and (following.isalnum() or following in "‘'…[$")


def _nested(text: str, marks: list[int], index: int, start: int, end: int) -> int | None:
    """Where a quote within the quote closes, if it opens at this mark: two closing marks follow then."""
    following = marks[index + 1 : index + 3]
    if len(following) == 2 and not any(_surely_opens(text, m, start, end) for m in following):
        return following[0] if following[0] - marks[index] < 120 else None
    return None


def _ends_speech(text: str, mark: int, start: int, end: int) -> bool:
    """Whether a closing mark without an opening one is followed by "he said"."""
    return (
        text[mark] in '”"'
        and mark > start + 8
        and text[mark - 1] in ",?!"
        and bool(_SAID.match(text, mark + 1, end))
    )


def _unclosed(text: str, opened: int, limit: int) -> Stretch:
    """A stretch whose closing mark is missing: to "he said", else to the end of the paragraph."""
    said = _BREAK.search(text, opened + 1, limit)
    while limit > opened + 1 and text[limit - 1].isspace():
        limit -= 1
    return _stretch(text, opened, said.start() if said else limit, closed=False)


def _stretch(text: str, start: int, end: int, *, closed: bool = True, opens: bool = True) -> Stretch:
    first = start + 1 if opens else start
    last = end - 1 if closed or not opens else end
    while first < last and text[first].isspace():
        first += 1
    while last > first and (text[last - 1].isspace() or text[last - 1] in ",;"):
        last -= 1
    return Stretch(start, end, first, last, closed or not opens)


# ---------------------------------------------------------------- single marks


def _single(text: str, start: int, end: int) -> Iterator[Stretch]:
    at = start
    while opening := _SINGLE_OPENS.search(text, at, end):
        limit = _SINGLE_OPENS.search(text, opening.end(), end)
        close = _closing(text, opening.end(), end)
        if close is None:
            at = opening.end()
            if text[opening.start()] == "‘" and not limit and not text[start : opening.start()].strip():
                yield _stretch(text, opening.start(), end, closed=False)
                return
            continue
        yield _stretch(text, opening.start(), close)
        at = close


def _closing(text: str, at: int, end: int) -> int | None:
    """The end of a stretch in single marks; an apostrophe (workers’ rights) is not its end."""
    doubtful: int | None = None
    for mark in _SINGLE_CLOSES.finditer(text, at, min(end, at + _LONGEST)):
        before = text[mark.start() - 1]
        if not before.isalnum() or text[mark.end() : mark.end() + 1] in {",", ".", ";", ":"}:
            return mark.end()
        if before != "s":
            return doubtful if doubtful and _SINGLE_OPENS.search(text, doubtful, mark.start()) else mark.end()
        doubtful = doubtful or mark.end()
        if _SINGLE_OPENS.search(text, mark.end(), end) and not _plural(text, mark):
            return mark.end()
    return doubtful


def _plural(text: str, mark: re.Match[str]) -> bool:
    return bool(re.match(r"\s[a-z]", text[mark.end() : mark.end() + 2]))
