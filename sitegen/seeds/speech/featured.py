"""The quotes that an editor would pull."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_MOST = 4
_SHORTEST, _LONGEST = 8, 90  # words
_WORD = re.compile(r"[^\W_]+")


class Candidate(NamedTuple):
    """A quote as the choice sees it: `share` is the part of its paragraph that is quoted words."""

    text: str
    words: int
    paragraph: int
    share: float
    eligible: bool


def featured(candidates: Sequence[Candidate]) -> frozenset[int]:
    """The indexes of at most four quotes: whole sentences of substance in paragraphs of speech.

    One a paragraph; of the same words said twice the later one, since the first is a standfirst.
    """
    best: dict[str, int] = {}
    for index, c in enumerate(candidates):
        if c.eligible and _SHORTEST <= c.words <= _LONGEST and c.share >= 0.6:
            best[" ".join(_WORD.findall(c.text.lower()))] = index
    by_paragraph: dict[int, int] = {}
    for index in best.values():
        other = by_paragraph.get(candidates[index].paragraph)
        if other is None or candidates[index].words > candidates[other].words:
            by_paragraph[candidates[index].paragraph] = index
    ranked = sorted(by_paragraph.values(), key=lambda i: (-min(candidates[i].words, 40), i))
    return frozenset(ranked[:_MOST])
