"""Whom "he", "she", "they" and "it" stand for: the nearest compatible name before them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.seeds.people import Mention
from sitegen.seeds.people_roster import Roster
from sitegen.seeds.quotes import Stretch
from sitegen.seeds.speakers_words import PRONOUNS

_SENTENCE = re.compile(r"[.?!][\"”’)]*\s+|\n\s*")
_OBLIQUE = re.compile(r"\b(?:of|for|with|against|to|by|about|from|over|at|in|on|than|between)\s(?:the\s)?\Z")
_WINDOW = 1600


@dataclass(frozen=True, slots=True)
class Reference:
    """What pronouns may refer to in one article."""

    text: str
    mentions: Sequence[Mention]
    starts: Sequence[int]
    stretches: Sequence[Stretch]
    roster: Roster

    def resolve(self, pronoun: str, at: int, speaker: Mention | None = None) -> Mention | None:
        """The mention that the pronoun at offset `at` stands for; `speaker` is who spoke last."""
        gender = PRONOUNS.get(pronoun.lower(), "")
        if gender not in ("m", "f", "n"):
            return None
        breaks = [m.end() for m in _SENTENCE.finditer(self.text, max(0, at - _WINDOW), at)]
        best: tuple[float, Mention] | None = None
        index = bisect_left(self.starts, at) - 1
        while index >= 0 and self.mentions[index].start > at - _WINDOW:
            mention = self.mentions[index]
            index -= 1
            spoke = speaker is not None and self.roster.full_name(speaker) == self.roster.full_name(mention)
            if not self._compatible(mention, gender, spoke):
                continue
            score = self._score(mention, at, breaks) + (1.5 if spoke else 0)
            if best is None or score > best[0]:
                best = (score, mention)
        return best[1] if best else None

    def _compatible(self, mention: Mention, gender: str, spoke: bool) -> bool:
        if gender == "n":
            return self.roster.is_organisation(mention) or (spoke and not self.roster.is_person(mention))
        return self.roster.is_person(mention) and self.roster.gender(mention) in ("", gender)

    def _score(self, mention: Mention, at: int, breaks: Sequence[int]) -> float:
        sentences = len(breaks) - bisect_left(breaks, mention.start + 1)
        score = -2.0 * sentences
        opening = breaks[-sentences - 1] if len(breaks) - sentences - 1 >= 0 else 0
        if self.text[mention.end : mention.end + 2] in ("'s", "’s"):
            score -= 1.5
        elif _OBLIQUE.search(self.text, max(0, mention.run - 14), mention.run):
            score -= 2
        score -= min(2.0, (mention.start - opening) / 60)
        if self._quoted(mention.start):
            score -= 4
        return score

    def _quoted(self, at: int) -> bool:
        index = bisect_left(self.stretches, at, key=lambda s: s.start) - 1
        return index >= 0 and self.stretches[index].end > at
