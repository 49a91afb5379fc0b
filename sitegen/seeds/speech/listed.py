"""Which people and organisations an article is about: rather too few of them than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sitegen.seeds.speech import roles
from sitegen.seeds.speech.people import Lexicon, Mention
from sitegen.seeds.speech.roster import Named, Roster
from sitegen.seeds.speech.signs import is_thing

_SURE = 3  # points of evidence: a known first name
_POSSESSIVE = re.compile(r"['’]s?\s(\w+)(?:\s(\w+))?")


def people(
    text: str, mentions: Sequence[Mention], roster: Roster, speakers: Collection[str], lex: Lexicon
) -> tuple[str, ...]:
    """Full names in order of first mention: who speaks, is surely a person, is named twice, or has a role."""
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.full:
            by_name.setdefault(roster.full_name(mention), []).append(mention)
    return tuple(
        named.name
        for named in roster.everyone()
        if _counts(text, named, by_name.get(named.name, []), roster, speakers, lex)
    )


def _counts(
    text: str, named: Named, full: Sequence[Mention], roster: Roster, speakers: Collection[str], lex: Lexicon
) -> bool:
    if named.name in speakers and named.evidence >= 0:
        return not any(roster.is_organisation(mention) or roster.is_thing(mention) for mention in full[:1])
    if not named.person:
        return False
    if named.evidence >= _SURE or (named.evidence > 1 and named.count > 1):
        return True
    return roles.role(text, full[:2], lex) is not None


def organisations(
    text: str, mentions: Sequence[Mention], roster: Roster, speakers: Collection[str], lex: Lexicon
) -> tuple[str, ...]:
    """Names of organisations in order of first mention: named so, or shown by what is theirs."""
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    return tuple(
        name
        for name, named in by_name.items()
        if (len(named) > 1 or name in speakers)
        and not (roster.is_person(named[0]) or _generic(named[0], lex))
        and any(_shown(text, mention, roster, lex) for mention in named)
    )


def _shown(text: str, mention: Mention, roster: Roster, lex: Lexicon) -> bool:
    """Whether it is an organisation by its name or its workers, or by what is its own ("its revenue")."""
    if mention.title:
        return False
    if roster.is_organisation(mention) and not mention.name.isupper():
        return True
    owned = _POSSESSIVE.match(text, mention.end)
    return owned is not None and any(word in lex.organisation_signs for word in owned.groups())


def _generic(mention: Mention, lex: Lexicon) -> bool:
    """Whether it is a place, or a word that only says what kind of body it is: the Court, Saltby County."""
    last = mention.name.split()[-1]
    return (
        last in lex.places
        or is_thing(mention.name, lex)
        or (len(mention.words) == 1 and last in lex.organisations)
    )
