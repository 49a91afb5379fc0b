"""What a speaker is: the role that the article gives beside the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sitegen.seeds.speech.people import Lexicon, Mention
from sitegen.seeds.speech.wordlists import AUXILIARIES, FINITE, JOINING, RELATIVES

_AFTER = re.compile(
    r"(?:,\s(?:aged\s)?\d{1,3})?,\s(?:who\s(?:is|was|serves\sas|served\sas)\s)?"
    r"(?:an?\s|the\s(?!\w+['’]s?\s)|its\s|his\s|her\s)?"
)
_OWNED = re.compile(r"(the [a-z-]+)['’]s? (.+)")
_HELD = re.compile(r"(.+) of (the [a-z-]+)")
_END = re.compile(
    r"[,.;:()—–“”\"\n]|\s(?:who|which|that|said|says|told|tells|added|wrote|is|was|has|had|have|will)\b"
)
_CUT = re.compile(r"[.?!] +(?=[A-Z“\"])|[\n;:—–“”\"()]")
_OWNER_END = re.compile(r"['’]s?\Z")
_POSSESSIVES = ("'s", "’s", "s'", "s’")
_LOOKED_AT = 6  # mentions
_LINKS = frozenset({"of", "and", "for", "&", "in", "at"})
_FORMS_OF_ADDRESS = frozenset(
    {"Mr", "Mrs", "Ms", "Miss", "Messrs", "Mx", "Dr", "Sir", "Dame", "Lord", "Lady", "Madam"}
)
_NO_ROLES = AUXILIARIES | FINITE | RELATIVES | JOINING
_REACH = 90
_LONGEST = 14


def possessive(text: str, name: Mention, lex: Lexicon, before: list[str]) -> str | None:
    """Brightmoor's chief executive Ana Lindqvist: chief executive of Brightmoor."""
    at = next((i for i, word in enumerate(before) if word.endswith(_POSSESSIVES)), None)
    if at is None or not _has_role(before[at + 1 :], lex):
        return None
    owner = _OWNER_END.sub("", " ".join(before[: at + 1]))
    return f"{' '.join(before[at + 1 :])} of {owner}"


def apposition(text: str, name: Mention, lex: Lexicon, before: list[str]) -> str | None:
    """Jane Doe, 44, the mayor of Ham, said: mayor of Ham."""
    opening = _AFTER.match(text, name.end)
    if not opening:
        return None
    end = _END.search(text, opening.end(), opening.end() + 160)
    role = text[opening.end() : end.start() if end else opening.end() + 160].strip()
    words = role.split()
    if not words or len(words) > _LONGEST or not role[0].isalnum() or words[0].lower() in _NO_ROLES:
        return None
    return role if _has_role(words, lex, 5) else None


def words_before(text: str, name: Mention, lex: Lexicon, before: list[str]) -> str | None:
    """Lead author Josh Roe; Ham Police Detective Ann Lee."""
    if any(word.endswith(_POSSESSIVES) for word in before):
        return None
    return " ".join(before) if _has_role(before, lex) else None


Owner = Callable[[str, int], str | None]
Rule = Callable[[str, Mention, Lexicon, list[str]], str | None]
RULES: tuple[tuple[str, Rule], ...] = (
    ("possessive", possessive),
    ("apposition", apposition),
    ("words-before", words_before),
)


def role(text: str, mentions: Sequence[Mention], lex: Lexicon, owner: Owner | None = None) -> str | None:
    """The role given with one of these mentions of one person: by the best rule, from the first mention.

    `owner` tells the name of "the company" at an offset: the company's director is director of Norwood
    Ferries, or just director where nobody knows which.
    """
    looked = [(mention, _words_before(text, mention, lex)) for mention in mentions[:_LOOKED_AT]]
    for _, rule in RULES:
        for mention, before in looked:
            found = rule(text, mention, lex, before)
            if found:
                return _of_owner(found, mention, owner)
    return None


def _of_owner(role: str, mention: Mention, owner: Owner | None) -> str:
    """The role with the name of the body it is held in."""
    owned = _OWNED.fullmatch(role)
    if owned:
        name = owner(owned[1], mention.run) if owner else None
        return f"{owned[2]} of {name}" if name else owned[2]
    held = _HELD.fullmatch(role)
    name = owner(held[2], mention.run) if held and owner else None
    return f"{held[1]} of {name}" if held and name else role


def _words_before(text: str, name: Mention, lex: Lexicon) -> list[str]:
    """The words right before a name that may be its role, titles included."""
    start = max(0, name.start - _REACH)
    reach = text[start : name.start]
    cut = max((stop.end() for stop in _CUT.finditer(reach) if not _short(reach, stop)), default=0)
    words = reach[cut:].split()
    if start and not cut:
        words = words[1:]
    kept: list[str] = []
    for word in reversed(words):
        bare = _OWNER_END.sub("", word.strip(".,"))
        if word.endswith(".") and len(bare) > 4:
            break  # the end of the sentence before
        if word.endswith(",") and (kept or not _has_role([word.strip(",")], lex)):
            break
        if not (bare[:1].isupper() or bare.lower() in lex.roles or bare in _LINKS or "-" in bare):
            break
        kept.insert(0, lex.short_titles.get(bare, word.rstrip(",")))
    while kept and (kept[0] in _LINKS or kept[0].strip(".") in _FORMS_OF_ADDRESS or kept[0] in lex.not_names):
        kept.pop(0)
    return [] if kept and kept[-1] in _LINKS else kept


def _short(reach: str, stop: re.Match[str]) -> bool:
    """Whether the full stop belongs to an abbreviation (Rep., U.S.)."""
    if stop.group()[0] != ".":
        return False
    word = reach[: stop.start()].rsplit(None, 1)[-1:] or [""]
    return len(word[0]) <= 4


def _has_role(words: list[str], lex: Lexicon, reach: int = 99) -> bool:
    plain = [word.strip(".,'’").lower() for word in words[:reach]]
    if plain[:2] == ["one", "of"]:
        plain = [word.removesuffix("s") for word in plain]
    return any(word in lex.personal_roles and word not in _ADDRESS for word in plain)


_ADDRESS = frozenset(word.lower() for word in _FORMS_OF_ADDRESS) | {
    "former",
    "senior",
    "public",
    "national",
    "first",
}
