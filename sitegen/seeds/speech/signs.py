"""Signs that a name of several words is a person's, or a body's, a place's or a ship's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sitegen.seeds.speech.people import Lexicon, Mention

_AGE = re.compile(r",\s(?:aged\s)?\d{1,3}[,.]")
_APPOSITION = re.compile(r",\s([\w\s’'-]{3,60})")
_WHO = re.compile(r",?\swho(?:se)?\b")
_WHICH = re.compile(r",\swhich\b")
_PLACES = frozenset({"in", "at", "near", "off", "around", "into", "across", "aboard", "outside", "inside"})
_SERVES = frozenset({"of", "at", "for", "with", "from"})
_REACH = 40  # characters before the name


def is_organisation(name: str, lex: Lexicon) -> bool:
    """Whether the name says that it is a body: the Saltby Trust, Holt & Lee, SBC."""
    if name.isupper():
        return len(name) > 1
    known = lex.organisations
    for word in name.split():
        if word in known or word == "&" or (word[-1] == "s" and word[:-1] in known):
            return True
    return False


def is_thing(name: str, lex: Lexicon) -> bool:
    """Whether the name says that it is a place or an event: Port Saltby, Saltby Bay, Harbour Day."""
    words = name.split()
    return lex.thing_words.get(words[0]) == "first" or (
        len(words) > 1 and lex.thing_words.get(words[-1]) == "last"
    )


# ---------------------------------------------------------------- in the name


def of_name(mention: Mention, lex: Lexicon) -> int:
    """What the name itself tells: above zero for a person, below for anything else."""
    raw = mention.name.split()
    points = -2 if mention.defined else 0
    if raw[0].partition("-")[0] in lex.first_names:
        points += 3
    elif mention.words[-1].removesuffix("s") in lex.roles:
        points -= 6  # the Information Officers
    if is_organisation(mention.name, lex) or any(word in lex.not_names for word in raw):
        points -= 6  # a body, or a headline ("Division Over Saltby")
    if is_thing(mention.name, lex):
        points -= 4  # Port Saltby; not so sure of Ann Hill
    return points


# ---------------------------------------------------------------- around the name


class Around(NamedTuple):
    """One mention and what stands beside it: the text after it begins at `end`, `before` are the words
    before it, the nearest first."""

    text: str
    end: int
    before: Sequence[str]
    lex: Lexicon

    def role(self, index: int) -> bool:
        """Whether the word of this index before the name is a role: chairman."""
        return len(self.before) > index and self.before[index] in self.lex.small_roles


def age(a: Around) -> bool:
    """Ann Lee, 44, …"""
    return bool(_AGE.match(a.text, a.end))


def role_after(a: Around) -> bool:
    """Ann Lee, the mayor of Ham, …"""
    after = _APPOSITION.match(a.text, a.end)
    return after is not None and any(
        word.lower() in a.lex.personal_roles for word in after.group(1).split()[:6]
    )


def role_before(a: Around) -> bool:
    """Its chairman, Ann Lee; the welder Ann Lee."""
    return a.role(0)


def who(a: Around) -> bool:
    """Ann Lee, who …"""
    return bool(_WHO.match(a.text, a.end))


def which(a: Around) -> bool:
    """Norwood Ferries, which …"""
    return bool(_WHICH.match(a.text, a.end))


def served(a: Around) -> bool:
    """An analyst at Norwood Ferries: people work there."""
    return bool(a.before) and a.before[0] in _SERVES and a.role(1)


def placed(a: Around) -> bool:
    """In, at or near it."""
    return bool(a.before) and a.before[0] in _PLACES


def credited(a: Around) -> bool:
    """Photo: Ann Lee; illustration by Ann Lee."""
    lead = a.before[1:] if a.before[:1] == ["by"] else a.before
    return bool(lead) and lead[0].strip("(:/").lower() in a.lex.picture_words


Signs = tuple[tuple[str, int, Callable[[Around], bool]], ...]
BEFORE: Signs = (
    ("role-before", 1, role_before),
    ("served", -2, served),
    ("placed", -1, placed),
    ("credited", -3, credited),
)
AFTER: Signs = (
    ("age", 2, age),
    ("role-after", 1, role_after),
    ("who", 2, who),
    ("which", -3, which),
)
_ALL = BEFORE + AFTER
_OPENS_AFTER = (",", " who")
_WORDS_BEFORE = 3
BODIES = frozenset({"served"})  # the signs of an organisation; ships too are followed by "which"


def around(text: str, mention: Mention, lex: Lexicon) -> dict[str, int]:
    """The signs that stand around one mention, each with its points (as in `of_name`)."""
    run, end = mention.run, mention.end
    words = text[run - _REACH if run > _REACH else 0 : run].rsplit(None, 3)
    before = [word.strip(",") for word in words[: -_WORDS_BEFORE - 1 : -1]]
    known = Around(text, end, before, lex)
    signs = _ALL if text.startswith(_OPENS_AFTER, end) else BEFORE
    return {name: points for name, points, sign in signs if sign(known)}
