"""Sentences of a stretch of text."""

from __future__ import annotations

import re
from functools import cache

from sitegen.seeds.words import words

_STOP = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|\Z)")
_WORD_BEFORE = re.compile(r"[\w.]+\Z")
_OPENS = re.compile(r"\s+[\"“‘'(\[]*(?:[^\W\d_]|\d)")


def sentences(
    text: str, start: int = 0, end: int | None = None, language: str = "en"
) -> list[tuple[int, int]]:
    """(start, end) of each sentence between `start` and `end`, without the white space between them.

    A full stop after an initial, an abbreviation or before a small letter does not end one.
    """
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    at = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not _ends(text, stop, end, language):
            continue
        found.append((at, stop.end()))
        at = stop.end()
    if text[at:end].strip():
        found.append((at, end))
    return [_trimmed(text, *span) for span in found]


def _ends(text: str, stop: re.Match[str], end: int, language: str) -> bool:
    following = _OPENS.match(text, stop.end(), end)
    if not following:
        return True
    first = following.group()[-1]
    if stop.group()[0] == "." and len(stop.group()) == 1:
        before = _WORD_BEFORE.search(text, max(0, stop.start() - 20), stop.start())
        word = before.group() if before else ""
        if word in _abbreviations(language) or (len(word) == 1 and word.isupper()):
            return False
        if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):  # U.S, p.m: an end only before a new start
            return first.isupper() and word.islower()
    return not first.islower()


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return words(language, "abbreviations")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
