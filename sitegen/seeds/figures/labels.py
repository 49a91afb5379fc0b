"""What a figure measures, as an editor puts it: “Ostlund revenue”, “containers lost”, “cost of the barge”.

A table of named rules, tried in order; what is no sound noun phrase is no label at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sitegen.seeds.figures import label_spare, phrases
from sitegen.seeds.figures.label_verbs import PASSIVE, clause_subject, governed, participle
from sitegen.seeds.figures.quantity import AGE
from sitegen.seeds.figures.setting import Setting, Way, verb_of
from sitegen.seeds.words import table, words

_MOST_LETTERS, _FEWEST_LETTERS = 64, 3


def label(here: Setting) -> str | None:
    """What the quantity measures, or None where the sentence does not tell."""
    if here.quantity.unit == AGE:
        return None
    for _, rule in _RULES:
        found = rule(here)
        if found and (cleaned := _cleaned(here, found)):
            return _with_owner(here, cleaned)
    return None


def spare(here: Setting) -> str | None:
    """A plainer name for a quantity that has no label: what an editor writes rather than nothing."""
    found = (_cleaned(here, name, alone=rule == "things") for rule, name in _spares(here))
    return next((name for name in found if name), None)


def _spares(here: Setting) -> Iterator[tuple[str, str]]:
    for name, rule in label_spare.RULES:
        if found := rule(here):
            yield name, found


# ---------------------------------------------------------------- things counted


_THING = re.compile(r"^(?:[ -]|of )+")
_BECAME = frozenset({"were", "was", "are", "been", "being", "is", "have", "has", "had"})
_STATES = frozenset(
    {"killed", "missing", "dead", "homeless", "unemployed", "lost", "sold", "built", "cut", "born"}
)
_STATES |= frozenset({"died", "hurt"})
_OWNED = re.compile(r"[’']s?\s*\Z")
_LONGEST_OWNER = 30
_OF_THINGS = frozenset({"of", "against", "without", "with", "in", "at", "on", "from"})


def _thing(here: Setting) -> str | None:
    """The things counted with what became of them: “1,400 civilians were killed”, “handled 90 ships”."""
    quantity = here.quantity
    if not quantity.noun or quantity.per:
        return None
    things = _THING.sub("", here.text[quantity.number_end : quantity.end])
    if done := _done_behind(here):
        return f"{things} {done}"
    if clause := _clause_behind(here, here.behind, things):
        return clause
    way = here.way
    done = participle(here, way.at) if way.link is None else None
    if done and here.word(way.at - 1) not in PASSIVE:
        return f"{things} {done}"
    return _things_of(here, things, way)


def _done_behind(here: Setting) -> str | None:
    """What became of them, in the words behind: “(were) killed”, “calling at the northern quay”."""
    at = here.behind
    while not here.closed and here.word(at) in _BECAME and not here.tokens[at].closed:
        at += 1
    word = here.word(at)
    if here.closed or not word or not (word in _STATES or here.tokens[at].kind == "verb"):
        return None
    if at > here.behind or word in _STATES or here.tokens[at].closed:
        return word if not word.endswith("ing") else None
    linked = at + 1 == len(here.tokens) or here.tokens[at + 1].kind == "link"
    if not word.endswith("ing"):
        return word if linked else None
    where = phrases.behind(here.tokens, at + 1 + linked, linked=False)
    link = f"{here.word(at + 1)} " if linked else ""
    return f"{word} {link}{here.written(where, article=True)}" if where else None


_WHO = re.compile(
    r"(?:people|men|women|children|citizens|residents|civilians|adults|parents|students|pupils|patients|guests"
    r"|soldiers|fans|members|teens|kids|[a-z]{2,}(?:ers|ors|ees|ists|ants))\Z",
    re.IGNORECASE,
)
_LONGEST_CLAUSE = 7
_CLAUSE_VERBS = frozenset(
    {"have", "had", "live", "lived", "own", "say", "said", "want", "use", "took", "came", "went"}
)
_CLAUSE_VERBS |= frozenset(
    {"get", "got", "attended", "signed", "need", "play", "played", "work", "left", "lost"}
)


def _clause_behind(here: Setting, at: int, things: str) -> str | None:
    """What the counted do: “people who took to the streets”, “households that have a car”."""
    if here.closed or at >= len(here.tokens):
        return None
    who = here.word(at) if here.tokens[at].kind == "relative" and here.word(at) != "which" else None
    if who and at + 2 < len(here.tokens):
        at += 1
    first, verb = at, here.tokens[at]
    if not (
        verb.word in _CLAUSE_VERBS or (verb.kind in ("verb", "finite") and not verb.word.endswith("ing"))
    ):
        return None
    last = at + 1
    while last < len(here.tokens) and not here.tokens[last - 1].closed:
        kind = here.tokens[last].kind
        if kind not in ("name", "link", "determiner", "empty") or last - at == _LONGEST_CLAUSE:
            break
        last += 1
    while last > at and here.tokens[last - 1].kind in ("link", "determiner", "empty", "joining"):
        last -= 1
    if last - at < 2:
        return None
    who = who or ("who" if _WHO.search(things) else "that")
    return f"{things} {who} {here.text[here.words.starts[first] : here.words.ends[last - 1]]}"


def _things_of(here: Setting, things: str, way: Way) -> str | None:
    """Whose they are: “the quay’s 196 workers”, “Ostlund has 300 lorries”, “signatures against the barge”."""
    last = here.first - 1
    if last >= 0 and _OWNED.search(here.text, here.words.starts[last], here.quantity.start):
        owner = here.written(phrases.before(here.tokens, last))
        return f"{_OWNED.sub('', owner)} {things}" if owner else None
    if way.at >= 0 and way.link is None and here.word(way.at) in ("has", "have", "had"):
        who = here.written(phrases.subject(here.tokens, way.at))
        if who and who[0].isupper() and len(who) < _LONGEST_OWNER:
            return f"{who} {things}"
    linked = "" if here.closed else here.word(here.behind)
    if linked not in _OF_THINGS:
        return None
    where = here.written(phrases.behind(here.tokens, here.behind + 1, linked=False), article=True)
    return f"{things} {linked} {where}" if where else None


# ---------------------------------------------------------------- words behind the number


def _change_in(here: Setting) -> str | None:
    """What dropped in “a 7% drop in sales”."""
    for noun in (here.behind, here.behind + 1):
        if here.word(noun) in table(here.language, "change_nouns") and here.word(noun + 1) in ("in", "of"):
            return here.written(phrases.behind(here.tokens, noun + 2))
    return None


def _noun_behind(here: Setting) -> str | None:
    """The contract of “a €90,000 contract”, “a 5% tax on empty flats”."""
    quantity = here.quantity
    hyphened = here.text.startswith("-", quantity.number_end)  # “a $7-a-month service”
    if quantity.noun or quantity.dimension == "time" or (quantity.per and not hyphened) or here.closed:
        return None
    if here.behind >= len(here.tokens) or here.tokens[here.behind].kind != "name":
        return None
    phrase = phrases.behind(here.tokens, here.behind)
    moving = table(here.language, "change_nouns")
    if not phrase or any(token.word in moving for token in here.tokens[slice(*phrase)]):
        return None
    return here.written(phrase)


def _part_of(here: Setting) -> str | None:
    """“46% of the grain” and “3m tonnes of grain”, with what was done to it; “$5m in tolls”."""
    quantity, linked = here.quantity, here.word(here.behind)
    if quantity.noun or here.closed:
        return None
    if quantity.dimension == "money":
        return _kind_of_money(here, linked)
    if linked != "of":
        return None
    is_share = quantity.dimension == "share" or quantity.form == "part"
    phrase = phrases.behind(here.tokens, here.behind + 1, linked=is_share)
    whole = here.written(phrase, article=is_share)
    if not whole:
        return None
    way = here.way
    done = participle(here, way.at) if way.link is None else None
    if phrase and is_share and not done and (clause := _clause_behind(here, phrase[1], whole)):
        return _ARTICLE.sub("", clause)
    whole = f"share of {whole}" if is_share else whole
    return f"{whole} {done}" if done and len(whole.split()) <= _FEW_WORDS else whole


_FEW_WORDS = 5
_ARTICLE = re.compile(r"^(?:the|all|its|their) ")


def _kind_of_money(here: Setting, linked: str) -> str | None:
    """The tolls of “$5m in tolls”, the goods of “$5m worth of goods”."""
    if linked == "worth":
        return here.written(phrases.behind(here.tokens, here.behind + 2))
    found = here.written(phrases.behind(here.tokens, here.behind + 1, linked=False))
    return found if found and linked == "in" and found[0].islower() else None


# ---------------------------------------------------------------- words before the number


def _phrase_before(here: Setting) -> str | None:
    """“A success rate of …”, “the saving in fuel at …”, “orders worth …”."""
    way = here.way
    if way.at < 0 or here.tokens[way.at].closed:
        return None
    token = here.tokens[way.at]
    if token.word == "worth":
        return _worth(here, way.at)
    if token.kind != "name" or way.link in (None, "with", "on") or here.quantity.noun:
        return None
    if verb_of(here) == way.at:
        return None
    if way.link in ("for", "in", "to", "from", "by") and here.quantity.dimension in _UNLINKED:
        return None
    if token.word in table(here.language, "change_nouns") and here.tokens[way.at - 1].kind != "name":
        return clause_subject(here)
    found = phrases.before(here.tokens, way.at)
    governed_by = here.word(found[0] - 1) if found and way.link == "for" else ""
    # “who joined from Eastmoor for €5m”: nobody pays for Eastmoor
    return None if governed_by in _FROM_WHERE else here.written(found)


_FROM_WHERE = frozenset({"from", "to", "at", "into"})


def _worth(here: Setting, at: int) -> str | None:
    """The orders of “orders worth €5m”, “value of the ship” where “the ship is worth €5m”."""
    if here.tokens[at - 1].kind == "name":
        return here.written(phrases.before(here.tokens, at - 1))
    what = here.written(phrases.subject(here.tokens, at), article=True)
    return what and f"value of {what}"


_UNLINKED = frozenset({"time", "length", "count", None})
Rule = Callable[[Setting], str | None]
_RULES: tuple[tuple[str, Rule], ...] = (
    ("thing", _thing),
    ("change-in", _change_in),
    ("noun-behind", _noun_behind),
    ("part-of", _part_of),
    ("governed", governed),
    ("phrase-before", _phrase_before),
)


# ---------------------------------------------------------------- sound or none


_TRAILING = re.compile(r"[’']s?$| \([^)]*$")
_EDGES = " !?…“”\"'‘’()[]—–-,;:.*"
_POSSESSIVE = re.compile(r"^(?:his|her|their|its|our|my|your) ", re.IGNORECASE)
_INNER = re.compile(r" (?:his|her|its|their|our|my|your) ")
_MARKS = re.compile(r"[“”\"()\[\];:@/|]")


def _cleaned(here: Setting, phrase: str, alone: bool = False) -> str | None:
    """The phrase without marks at its ends, or None where it breaks off or, unless `alone`, is the unit."""
    plain = " ".join(phrase.split()).strip(_EDGES)
    plain = _INNER.sub(" ", _POSSESSIVE.sub("", _TRAILING.sub("", plain)))
    if not _FEWEST_LETTERS <= len(plain) <= _MOST_LETTERS or _MARKS.search(plain):
        return None
    if not alone and plain.lower() in words(here.language, "no_labels"):
        return None
    unit = "" if alone else (here.quantity.unit or "").lower()
    return None if unit and plain.lower().rstrip("s") in (unit, unit.rstrip("s")) else plain


# “They’ll” owns nothing.
_OWNER = re.compile(
    r"(?!(?:That|It|He|She|Here|There|What|Who|Let|This|One)[’'])"
    r"((?:[A-Z][\w.&-]*)(?: (?:[A-Z][\w.&-]*))*)[’']s?(?=\s)"
)
_FIRST_WORD = re.compile(r"^(?:The|A|An|But|And|In) ")


def _with_owner(here: Setting, found: str) -> str:
    """One plain word says too little: “revenue” becomes “Ostlund revenue”."""
    if " " in found or found[:1].isupper() or here.quantity.noun:
        return found
    owners = [
        owner
        for owner in _OWNER.finditer(here.text, here.floor, here.quantity.start)
        if owner[1] not in words(here.language, "weekdays") | words(here.language, "months")
    ]
    owner = _FIRST_WORD.sub("", owners[-1][1]) if owners else ""
    return f"{owner} {found}" if owner and owner.lower() not in found.lower() else found
