"""The closed word classes that attribution reads: reporting verbs in all forms, pronouns, prepositions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sitegen.seeds.words import table, words


def _class(name: str) -> frozenset[str]:
    return frozenset(
        word for word, classes in table("en", "function_words").items() if name in classes.split()
    )


PRONOUNS = {
    "he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f",
    "they": "p", "it": "n", "i": "i", "we": "i", "you": "i", "who": "r",
}  # fmt: skip
SUBJECTS = _class("subject")
DASHES = frozenset({"—", "–", "-", "--", "―"})
COMMAS = DASHES | {","}
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
PREPOSITIONS = _class("preposition")
RELATIVES = _class("relative")
JOINING = _class("joining")
AUXILIARIES = _class("auxiliary")
FINITE = _class("finite")
IRREGULAR = _class("irregular")
TIMES = _class("time")
PASSIVE = _class("passive")
DETERMINERS = _class("determiner")
MODALS = _class("modal")
LETS_BARE = _class("bare-subject")
NOUNS_TOO = _class("noun-too")
PLAIN_SAY = _class("plain-say")
TAKES_A_HEARER = _class("hearer")
REFLEXIVE = _class("reflexive")
SMALL_IN_TITLES = _class("small-in-titles")
NO_HEADS = (
    TIMES
    | RELATIVES
    | JOINING
    | PREPOSITIONS
    | (DETERMINERS - {"one", "another", "some", "many", "several", "both"})
    | _class("no-head")
)


@dataclass(frozen=True, slots=True)
class Verbs:
    """Reporting verbs: every form with its base form, the forms that stand before a speaker,
    the -ing forms, the base forms, the pairs of words that only together report,
    and the nouns for what is said."""

    base: dict[str, str]
    inverting: frozenset[str]
    participles: frozenset[str]
    bare: frozenset[str]
    phrases: frozenset[str]
    nouns: frozenset[str]


@cache
def verbs(language: str) -> Verbs:
    """The reporting verbs of `language` in all their forms."""
    base: dict[str, str] = {}
    inverting = set()
    participles = set()
    bare = set()
    for verb, value in table(language, "reporting_verbs").items():
        mark, _, irregular = value.partition(" ") if value.startswith("*") else ("", "", value)
        bare.add(verb)
        forms = [verb, *(irregular.split() or _forms(verb))]
        for form in forms:
            base.setdefault(form, verb)
            if form.endswith("ing"):
                participles.add(form)
            elif (mark and form != verb) or form == "read":
                inverting.add(form)
    return Verbs(
        base,
        frozenset(inverting),
        frozenset(participles),
        frozenset(bare),
        words(language, "reporting_phrases"),
        words(language, "speech_nouns"),
    )


def _forms(verb: str) -> list[str]:
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing"]
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    return [third, verb + "ed", verb + "ing"]
