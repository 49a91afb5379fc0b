"""Labels that a verb gives: “cost of the barge”, “paid by Ostlund”, “containers handled”, “sales”."""

from __future__ import annotations

from sitegen.seeds.figures import phrases
from sitegen.seeds.figures.setting import Setting, Way, verb_of
from sitegen.seeds.words import table, words

PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being", "got", "get"})
_SOLD_FOR = frozenset({"sold", "bought", "offered"})
_SPENT_ON = frozenset({"spent", "invested"})
COMPARING = frozenset({"more", "less", "fewer", "higher", "lower", "above", "below", "up", "down", "better"})
_NOT_DONE = frozenset({"share", "time", "count", None})
_HAVING = frozenset({"has", "have", "had", "do", "did", "does"})


def participle(here: Setting, at: int) -> str | None:
    """The past participle of the word, if it is a verb that does something to what is counted."""
    if at < 0:
        return None
    word = here.word(at)
    known = table(here.language, "figure_verbs").get(word)
    if known:
        return None if known.endswith(" of") else known
    if (
        here.tokens[at].kind != "verb"
        or not word.endswith("ed")
        or word in words(here.language, "amount_verbs")
    ):
        return None
    dull = table(here.language, "change_verbs"), words(here.language, "measure_verbs")
    return None if any(word in known for known in dull) else word


def governed(here: Setting) -> str | None:
    """What the verb before the number makes of it."""
    way = here.way
    verb = verb_of(here)
    if verb is None:
        return None
    known = table(here.language, "figure_verbs").get(here.word(verb))
    passive = here.word(verb - 1) in PASSIVE
    whose = phrases.subject(here.tokens, verb)
    if here.quantity.noun and here.tokens[verb].kind == "auxiliary":  # “she is one of 24 drivers”
        return None
    if known and here.quantity.dimension == "time" and way.link is None:
        unit = here.text[here.quantity.number_end : here.quantity.end].strip(" -")
        return None if known.endswith(" of") or not unit else f"{unit} {known}"
    measures = _measures(here, verb)
    is_money = here.quantity.dimension == "money"
    if known is None or (measures and not is_money) or (passive and way.link in (None, "at", "by", "to")):
        return here.written(whose) if measures or way.link == "at" or _moves_behind(here) else None
    whom = None if _is_aim(here, verb) else here.written(whose, article=True)
    if way.link == "for" and known in _SOLD_FOR:
        return _price(here, way, whom if passive or verb == way.at else None)
    if known.endswith(" of"):
        return whom and f"{known} {whom}"
    if here.quantity.dimension not in _NOT_DONE and way.link is None:
        return _of_money(here, known, whom)
    return here.written(whose) if (way.link and measures) or _moves_behind(here) else None


def _is_aim(here: Setting, verb: int) -> bool:
    """Whether the verb is what a noun aims at: “a plan to charge €4” charges nothing by itself."""
    if here.word(verb - 1) != "to" or verb <= 2:
        return False
    return here.tokens[verb - 2].kind == "name" and here.tokens[verb - 3].kind == "determiner"


def _moves_behind(here: Setting) -> bool:
    """Whether the number says how the subject moved: “recorded a 70% increase”."""
    noun = "" if here.closed else here.word(here.behind)
    return noun not in COMPARING and noun in table(here.language, "change_nouns")


def _measures(here: Setting, verb: int) -> bool:
    """Whether the verb says how much its subject is: is, reached, fell."""
    word = here.word(verb)
    if here.quantity.dimension == "time" and word in ("take", "takes", "took"):
        return True
    if here.tokens[verb].kind == "auxiliary":
        return word not in _HAVING
    return word in words(here.language, "amount_verbs") or word in table(here.language, "change_verbs")


def _price(here: Setting, way: Way, sold: str | None) -> str | None:
    """“price of the average flat”, which sold for so much, “price of crop”, which somebody sold for it."""
    sold = sold or here.written(phrases.before(here.tokens, way.at), article=True)
    return sold and f"price of {sold}"


def _of_money(here: Setting, done: str, who: str | None) -> str | None:
    """“price of 40 boats” where they are paid for, “spent on buoys”, else “raised by Ostlund”."""
    linked = "" if here.closed else here.word(here.behind)
    phrase = phrases.behind(here.tokens, here.behind + 1, linked=False)
    what = here.written(phrase, article=True)
    if what and done == "paid" and linked == "for":
        return f"price of {what}"
    if what and done in _SPENT_ON and linked in ("on", "in"):
        return f"{done} {linked} {what}"
    return who and f"{done} by {who}"


def clause_subject(here: Setting) -> str | None:
    """What the sentence is about, for “Wheat was hardest hit, with a fall of 18%”."""
    for at, token in enumerate(here.tokens[: here.first]):
        if at and (token.kind in ("finite", "auxiliary") or (token.kind == "verb" and _measures(here, at))):
            return here.written(phrases.subject(here.tokens, at))
    return None
