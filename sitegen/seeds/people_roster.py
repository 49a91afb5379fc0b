"""Who is who in one article: the full name behind "Ren", "Mr Ren" and a misspelt "Renn"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sitegen.seeds.people import SPEAKS, Lexicon, Mention

_AGE = re.compile(r",\s\d{1,3}[,.]")
_APPOSITION = re.compile(r",\s([\w\s’'-]{3,60})")


@dataclass(slots=True)
class Named:
    """One bearer of a full name, with what the article tells of it."""

    name: str
    words: tuple[str, ...]
    first: int
    count: int = 0
    evidence: int = 0
    titled: bool = False
    genders: Counter[str] = field(default_factory=Counter)

    @property
    def person(self) -> bool:
        return self.evidence > 0

    @property
    def gender(self) -> str:
        return self.genders.most_common(1)[0][0] if self.genders else ""


class Roster:
    """All names of an article. Built once; it does not change afterwards."""

    def __init__(self, text: str, mentions: Sequence[Mention], lex: Lexicon) -> None:
        self._lex = lex
        self._named: dict[tuple[str, str], Named] = {}
        self._known: dict[tuple[tuple[str, ...], str], Named | None] = {}
        self._by_word: defaultdict[str, list[Named]] = defaultdict(list)
        singles: list[Mention] = []
        for mention in mentions:
            if len(mention.words) > 1:
                self._meet(text, mention)
            else:
                singles.append(mention)
        for named in self._named.values():
            for word in dict.fromkeys((named.words[-1], *named.words)):
                self._by_word[word].append(named)
        for mention in singles:
            self._recall(text, mention)
        self._known.clear()

    def resolve(self, mention: Mention) -> Named | None:
        """Who is meant; None where the article has no longer form of the name."""
        key = (mention.words, mention.gender)
        if key not in self._known:
            self._known[key] = self._resolve(mention)
        return self._known[key]

    def speaker(self, mention: Mention) -> str:
        """The full name of somebody who speaks; a misspelt last name still goes to its bearer."""
        named = self.resolve(mention) or self._misspelt(mention)
        return named.name if named else mention.name

    def _resolve(self, mention: Mention) -> Named | None:
        if len(mention.words) > 1:
            key = (mention.words[0], mention.words[-1])
            exact = self._named.get(key)
            if exact and len(exact.words) >= len(mention.words):
                return exact
            longer = [n for n in self._by_word[mention.words[-1]] if _contains(n.words, mention.words)]
            return longer[0] if longer else exact
        return self._single(mention)

    def full_name(self, mention: Mention) -> str:
        named = self.resolve(mention)
        return named.name if named else mention.name

    def gender(self, mention: Mention) -> str:
        named = self.resolve(mention)
        return mention.gender or (named.gender if named else "")

    def is_person(self, mention: Mention) -> bool:
        named = self.resolve(mention)
        if named:
            return named.person
        return bool(mention.title) and not self.is_organisation(mention)

    def is_organisation(self, mention: Mention) -> bool:
        return any(
            word in self._lex.organisations or word.removesuffix("s") in self._lex.organisations
            for word in mention.name.split()
        ) or (mention.name.isupper() and len(mention.name) > 1)

    def everyone(self) -> list[Named]:
        return sorted(self._named.values(), key=lambda n: n.first)

    # ------------------------------------------------------------ building

    def _meet(self, text: str, mention: Mention) -> None:
        key = (mention.words[0], mention.words[-1])
        named = self._named.get(key)
        if named is None:
            named = self._named[key] = Named(mention.name, mention.words, mention.start)
            named.evidence = self._looks_like_person(mention)
            given = self._lex.first_names.get(mention.name.split()[0])
            if given:
                named.genders[given] += 1
        named.count += 1
        if mention.title and not named.titled:
            named.titled = True
            named.evidence += 2
        if mention.gender:
            named.genders[mention.gender] += 3
        named.evidence += self._said_to_be(text, mention)

    def _looks_like_person(self, mention: Mention) -> int:
        evidence = 0
        first = mention.name.split()[0]
        if first in self._lex.first_names:
            evidence += 3
        elif mention.words[-1].removesuffix("s") in self._lex.roles:
            evidence -= 6  # the Information Officers
        if self.is_organisation(mention) or any(word in self._lex.not_names for word in mention.name.split()):
            evidence -= 6  # a body, or a headline ("Division Over Saltby")
        if mention.defined:
            evidence -= 2
        return evidence

    def _said_to_be(self, text: str, mention: Mention) -> int:
        """Evidence from what follows the name: an age, or a role between commas."""
        if _AGE.match(text, mention.end):
            return 2
        after = _APPOSITION.match(text, mention.end)
        return int(
            after is not None and any(word.lower() in self._lex.roles for word in after.group(1).split()[:6])
        )

    def _recall(self, text: str, mention: Mention) -> None:
        named = self._single(mention) or self._family_name(text, mention)
        if named is None:
            return
        named.count += 1
        surname = mention.words[0] == named.words[-1] and not (
            mention.name.isupper() and len(mention.name) < 4
        )
        if surname or SPEAKS.match(text, mention.end):
            named.evidence += 1
        if mention.gender:
            named.genders[mention.gender] += 2

    def _family_name(self, text: str, mention: Mention) -> Named | None:
        """The bearer of a family name that stands first (Tan Weiling), if the mention speaks."""
        bearers = self._by_word.get(mention.words[0], [])
        first = [n for n in bearers if n.words[0] == mention.words[0] and n.evidence > -2]
        return first[0] if len(first) == 1 and SPEAKS.match(text, mention.end) else None

    def _single(self, mention: Mention) -> Named | None:
        word = mention.words[0]
        bearers = self._by_word.get(word)
        if not bearers:
            return None
        last = [n for n in bearers if n.words[-1] == word] or [
            n for n in bearers if n.words[0] == word and n.person
        ]
        last = last or [n for n in bearers if n.person]
        if not last:
            return None
        if mention.gender:
            last = [n for n in last if n.gender in ("", mention.gender)] or last
        if len(last) > 1:
            last = [n for n in last if n.person] or last
            return min(last, key=lambda n: n.first)
        return last[0]

    def _misspelt(self, mention: Mention) -> Named | None:
        word = mention.words[0]
        if len(mention.words) > 1 or len(word) < 5:
            return None
        near = [n for n in self._named.values() if n.person and _alike(n.words[-1], word)]
        return near[0] if len(near) == 1 else None


def _contains(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return len(longer) >= len(shorter) and longer[-len(shorter) :] == shorter


def _alike(name: str, word: str) -> bool:
    return (
        name[0] == word[0]
        and abs(len(name) - len(word)) < 3
        and SequenceMatcher(None, name, word).ratio() > 0.82
    )
