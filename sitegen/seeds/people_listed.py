"""Which people and organisations an article is about: rather too few of them than a wrong one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from sitegen.seeds import roles
from sitegen.seeds.people import Lexicon, Mention
from sitegen.seeds.people_roster import Named, Roster

_POSSESSIVE = re.compile(r"['’]s?\s(\w+)(?:\s(\w+))?")


def people(
    text: str, mentions: Sequence[Mention], roster: Roster, speakers: Collection[str], lex: Lexicon
) -> tuple[str, ...]:
    """Full names, in order of first mention, of those who speak, are named twice, or have a role."""
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        if len(mention.words) > 1:
            by_name.setdefault(roster.full_name(mention), []).append(mention)
    return tuple(
        named.name
        for named in roster.everyone()
        if _counts(text, named, by_name.get(named.name, []), speakers, lex)
    )


def _counts(
    text: str, named: Named, full: Sequence[Mention], speakers: Collection[str], lex: Lexicon
) -> bool:
    if not named.person:
        return False
    if named.evidence > 1 and (named.name in speakers or named.count > 1):
        return True
    return roles.role(text, full[:2], lex) is not None


def organisations(
    text: str, mentions: Sequence[Mention], roster: Roster, speakers: Collection[str], lex: Lexicon
) -> tuple[str, ...]:
    """Names of organisations in order of first mention: named so, or shown by what is theirs."""
    counts: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for mention in mentions:
        if roster.is_person(mention) or _generic(mention, lex):
            continue
        counts[mention.name] += 1
        signs[mention.name] += _signs(text, mention, roster, lex)
    return tuple(
        name
        for name, count in counts.items()
        if (count > 1 and signs[name] > 0) or (name in speakers and signs[name] > 0)
    )


def _signs(text: str, mention: Mention, roster: Roster, lex: Lexicon) -> int:
    if mention.title:
        return 0
    if roster.is_organisation(mention) and not mention.name.isupper():
        return 1
    owned = _POSSESSIVE.match(text, mention.end)
    return int(owned is not None and any(word in lex.organisation_signs for word in owned.groups()))


def _generic(mention: Mention, lex: Lexicon) -> bool:
    """Whether it is a place, or a word that only says what kind of body it is: the Court, Saltby County."""
    last = mention.name.split()[-1]
    return last in lex.places or (len(mention.words) == 1 and last in lex.organisations)
