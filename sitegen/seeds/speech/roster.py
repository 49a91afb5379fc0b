"""Who is who in one article: the full name behind "Ren", "Mr Ren" and a misspelt "Renn"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sitegen.seeds.speech import signs
from sitegen.seeds.speech.people import SPEAKS, Lexicon, Mention

_NO_PERSON = -4  # points: too few for any number of mentions to make up


@dataclass(slots=True)
class Named:
    """One bearer of a full name, with what the article tells of it."""

    name: str
    words: tuple[str, ...]
    first: int
    count: int = 0
    evidence: int = 0
    titled: bool = False
    body: bool = False
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
        self._bodies: dict[str, bool] = {}
        self._by_word: defaultdict[str, list[Named]] = defaultdict(list)
        singles: list[Mention] = []
        for mention in mentions:
            if mention.full:
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
        """Whether it is a body: it says so itself, or the article shows that people serve there."""
        if self._is_body(mention.name):
            return True
        named = self.resolve(mention) if len(mention.words) > 1 else None
        return bool(named and named.body and not named.person) and not self.is_thing(mention)

    def _is_body(self, name: str) -> bool:
        found = self._bodies.get(name)
        if found is None:
            found = self._bodies[name] = signs.is_organisation(name, self._lex)
        return found

    def is_thing(self, mention: Mention) -> bool:
        return signs.is_thing(mention.name, self._lex)

    def everyone(self) -> list[Named]:
        return sorted(self._named.values(), key=lambda n: n.first)

    # ------------------------------------------------------------ building

    def _meet(self, text: str, mention: Mention) -> None:
        key = (mention.words[0], mention.words[-1])
        named = self._named.get(key) or self._other_form(mention)
        if named is None:
            named = self._named[key] = Named(mention.name, mention.words, mention.start)
            named.evidence = signs.of_name(mention, self._lex)
            given = self._lex.first_names.get(mention.name.split()[0])
            if given:
                named.genders[given] += 1
        named.count += 1
        if mention.title and not named.titled:
            named.titled = True
            named.evidence += 2
        if mention.gender:
            named.genders[mention.gender] += 3
        seen = signs.around(text, mention, self._lex)
        named.evidence += sum(seen.values())
        named.body = named.body or not signs.BODIES.isdisjoint(seen)

    def _other_form(self, mention: Mention) -> Named | None:
        """Whom a shorter form of a full name belongs to: Eriksen Ek, and Josh Lee for Joshua."""
        first, last = mention.words[0], mention.words[-1]
        for named in self._named.values():
            if named.words[-1] != last:
                continue
            short = min(len(first), len(named.words[0]))
            if _contains(named.words, mention.words) or (
                short > 2 and first[:short] == named.words[0][:short]
            ):
                return named
        return None

    def _recall(self, text: str, mention: Mention) -> None:
        named = self._single(mention) or self._family_name(text, mention)
        if named is None:
            return
        named.count += 1
        surname = mention.words[0] == named.words[-1] and not (
            mention.name.isupper() and len(mention.name) < 4
        )
        speaks = SPEAKS.match(text, mention.end) is not None
        if named.evidence > _NO_PERSON and (speaks or (surname and named.evidence < 1)):
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
