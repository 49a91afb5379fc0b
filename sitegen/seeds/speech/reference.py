"""Whom "he", "she", "they" and "it" stand for: the nearest compatible name before them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sitegen.seeds.speech import roles
from sitegen.seeds.speech.people import Lexicon, Mention
from sitegen.seeds.speech.quotes import Stretch
from sitegen.seeds.speech.roster import Roster
from sitegen.seeds.speech.wordlists import PRONOUNS

_SENTENCE = re.compile(r"[.?!][\"”’)]*\s+|\n\s*")
_OBLIQUE = re.compile(r"\b(?:of|for|with|against|to|by|about|from|over|at|in|on|than|between)\s(?:the\s)?\Z")
_NO_BREAK = re.compile(r"[^.?!:,;\n\"“”‘«»]{0,40}")
_NOUN = re.compile(r"\b[Tt]he\s[a-z-]{3,}")
_OF_OFFICE = re.compile(r",|\b(?:of|for|at|in|with|and|to)\b")
_WINDOW, _NEAR = 1600, 400  # characters
_SPOKE = 1.5  # in the measure of nearness: who spoke last comes nearer
_FAR, _CLOSE = 9.0, 0.5  # in the measure of nearness: a sentence is 2


@dataclass(frozen=True, slots=True)
class Reference:
    """What pronouns may refer to in one article."""

    text: str
    mentions: Sequence[Mention]
    starts: Sequence[int]
    stretches: Sequence[Stretch]
    lex: Lexicon
    roster: Roster

    def resolve(self, pronoun: str, at: int, speaker: Mention | None = None) -> Mention | None:
        """The mention that the pronoun at offset `at` stands for; `speaker` is who spoke last."""
        gender = PRONOUNS.get(pronoun.lower(), "")
        if gender not in ("m", "f", "n"):
            return None
        object_of = self._object(at)
        ranked = self._ranked(
            at,
            speaker,
            lambda m, spoke: self._compatible(m, gender, spoke) and self.roster.full_name(m) != object_of,
        )
        if gender == "n":
            ranked += self._nouns(at)
        return max(ranked, key=lambda r: r[0])[1] if ranked else None

    def _object(self, at: int) -> str | None:
        """Whom the subject at offset `at` speaks to or of, and so is not: he told Lee."""
        index = bisect_left(self.starts, at)
        if index == len(self.mentions) or not _NO_BREAK.fullmatch(self.text, at, self.mentions[index].run):
            return None
        return self.roster.full_name(self.mentions[index])

    def body(self, phrase: str, at: int, speaker: Mention | None = None) -> Mention | None:
        """The organisation that "the commission" or "the company" at offset `at` stands for.

        A noun that is part of a name stands for the last such name; a word for any company only for one
        that no other comes near to.
        """
        noun = phrase.lower().removeprefix("the ")
        own = noun.capitalize()
        if noun == phrase.lower() or not (
            own in self.lex.organisations or noun in self.lex.organisation_nouns
        ):
            return None
        before = self.mentions[: bisect_left(self.starts, at)]
        of_that_kind = (m for m in reversed(before) if len(m.words) > 1 and own in m.name.split())
        last = next((m for m in of_that_kind if self.roster.is_organisation(m)), None)
        if last or noun not in self.lex.organisation_nouns:
            return last
        return self._nearest_body(at, speaker)

    def holder(self, phrase: str, at: int) -> Mention | None:
        """Whom "the mayor" at offset `at` stands for: the only person who is given that office before."""
        article, *office = phrase.lower().split()
        if article != "the" or not office or office[-1] not in self.lex.personal_roles:
            return None
        holders: dict[str, Mention] = {}
        for mention in self.mentions[: bisect_left(self.starts, at)]:
            if (len(mention.words) > 1 or mention.title) and self._holds(mention, office):
                holders[self.roster.full_name(mention)] = mention
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _holds(self, mention: Mention, office: Sequence[str]) -> bool:
        held = [" ".join(mention.title), roles.role(self.text, [mention], self.lex) or ""]
        offices = (_OF_OFFICE.split(said.lower(), maxsplit=1)[0].split() for said in held)
        return any(said[-len(office) :] == office for said in offices) and self.roster.is_person(mention)

    def _nearest_body(self, at: int, speaker: Mention | None) -> Mention | None:
        ranked = self._ranked(at, speaker, lambda m, _: len(m.words) > 1 and self.roster.is_organisation(m))
        best = max(ranked, key=lambda r: r[0], default=None)
        if best is None:
            return None
        others = (score for score, mention in ranked if mention.name != best[1].name)
        return best[1] if max(others, default=-_FAR) < best[0] - _CLOSE and best[0] > -_FAR else None

    def _nouns(self, at: int) -> list[tuple[float, Mention]]:
        """What "the commission" and the like before offset `at` stand for, each with its nearness."""
        start = max(0, at - _NEAR)
        breaks = [m.end() for m in _SENTENCE.finditer(self.text, start, at)]
        found = []
        for noun in _NOUN.finditer(self.text, start, at):
            named = self.body(noun.group(), noun.start())
            if named:
                found.append((self._score(noun.start(), noun.end(), noun.start(), at, breaks), named))
        return found

    def _ranked(
        self, at: int, speaker: Mention | None, fits: Callable[[Mention, bool], bool]
    ) -> list[tuple[float, Mention]]:
        """The fitting mentions before offset `at`, each with its nearness; `speaker` is who spoke last."""
        breaks = [m.end() for m in _SENTENCE.finditer(self.text, max(0, at - _WINDOW), at)]
        last = self.roster.full_name(speaker) if speaker else None
        ranked: list[tuple[float, Mention]] = []
        index = bisect_left(self.starts, at) - 1
        while index >= 0 and self.mentions[index].start > at - _WINDOW:
            mention = self.mentions[index]
            index -= 1
            spoke = last is not None and last == self.roster.full_name(mention)
            if fits(mention, spoke):
                score = self._score(mention.start, mention.end, mention.run, at, breaks)
                ranked.append((score + (_SPOKE if spoke else 0), mention))
        return ranked

    def _compatible(self, mention: Mention, gender: str, spoke: bool) -> bool:
        if gender == "n":
            kind = mention.name in self.lex.organisations  # the Court: which?
            body = self.roster.is_organisation(mention) and not kind
            return body or (spoke and not self.roster.is_person(mention))
        if not self.roster.is_person(mention):  # a last name alone, if it is who spoke last
            if not spoke or self.roster.resolve(mention) or self.roster.is_organisation(mention):
                return False
            if re.search(rf"\b(?:in|on|at|into|from|the) {re.escape(mention.name)}\b", self.text):
                return False  # a place, or a service
            return self.lex.first_names.get(mention.name, gender) in ("", gender)
        return self.roster.gender(mention) in ("", gender)

    def _score(self, start: int, end: int, run: int, at: int, breaks: Sequence[int]) -> float:
        """How near a name at start..end is to a pronoun at `at`; its titles begin at `run`."""
        sentences = len(breaks) - bisect_left(breaks, start + 1)
        score = -2.0 * sentences
        opening = breaks[-sentences - 1] if len(breaks) - sentences - 1 >= 0 else 0
        if self.text[end : end + 2] in ("'s", "’s"):
            score -= 1.5
        elif _OBLIQUE.search(self.text, max(0, run - 14), run):
            score -= 2
        score -= min(2.0, (start - opening) / 60)
        if self.quoted(start):
            score -= 4
        return score

    def quoted(self, at: int) -> bool:
        """Whether the offset lies within quotation marks."""
        index = bisect_left(self.stretches, at, key=lambda s: s.start) - 1
        return index >= 0 and self.stretches[index].end > at
