"""Bylines: which lines say who wrote an article, and the names in them; places that stand before
the first sentence ("GENEVA (AP) —").
"""

from __future__ import annotations

import re
from functools import cache

from sitegen.seeds.structure.dates import When, taken_apart
from sitegen.seeds.words import table, words

_LEAD = re.compile(
    r"(?:[-–—•|*(\[]\s*)?(?:(?:written|words|reported|reporting|story|posted|published|text|compiled|edited"
    r"|article|interview|submitted|contributed|analysis|review|opinion|additional reporting"
    r"|photos? and story)\s+by"
    r"|by|authors?|reporters?|writers?)\b\s*:?\s*",
    re.IGNORECASE,
)
# What `_LEAD` can begin with, in small letters; white space and marks count as any.
OPENS = "-–—•|*([bwrsptceaoi"
_SIGN_OFF = re.compile(
    r"[(\[]?\s*(?:(?:additional|with|further|original|writing and|extra)\s+)?(?:reporting|writing|editing"
    r"|compiled|edited|translated|files)\s+(?:by|from)\b|[-–—]?\s*with files from\b"
    r"|with (?:additional )?(?:reporting|inputs?) (?:by|from)\b"
    r"|\((?:with|source:|inputs?)\b.{0,60}\)\Z",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(r".{3,120}\bcontributed (?:to|reporting)\b.{0,60}\Z", re.IGNORECASE)
_HANDLE = re.compile(r"\S+@\S+\.\w+\S*|@\S+|https?://\S+")
_WITHIN = re.compile(r"\b[Bb]y:? [A-Z].*")
_INTRODUCED = re.compile(r"(?:By|BY) (?:[A-Z][\w'’.-]* ?){2,4}, (?:an?|the|who|senior|chief) ")
_CAPITAL = re.compile(r"[^\W\d_]")
_SPLIT = re.compile(r"\s*(?:,|;|\band\b|&|\||·|•|/|\bwith\b)\s*", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*(?:,?\s+(?:in|for|at|of)\s.*|\s[-–—]\s.*|\(.*\)|@\S+|\S+@\S+|https?://\S+)\s*\Z", re.IGNORECASE
)
_WRITERS = (
    "reporter", "correspondent", "editor", "writer", "columnist", "journalist", "author", "contributor",
    "blogger", "freelancer", "producer", "founder and editor", "fellow", "editor-in-chief",
)  # fmt: skip
_REACH = re.compile(
    r"\b(?:follow|reach|contact|email|e-mail) (?:him|her|them|me|the (?:author|writer|reporter))\b"
    r"|\b(?:may|can) be (?:reached|contacted) at\b|\bon Twitter (?:at )?@|\btwitter: ?@|\btweets? (?:at )?@",
    re.IGNORECASE,
)
_SHORT_NAMES = frozenset(("ST", "FE", "EL", "LA", "LE", "DE", "DU", "AL"))
_PLACE = re.compile(
    r"(?P<place>[A-Z][\w.'’-]*(?:[ ,/]+(?:[A-Z][\w.'’-]*|de|la|del|of|and|do|da)){0,5})"
    r"(?:,? +(?P<day>[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}(?:,? \d{4})?))?"
    r"(?: *\((?P<agency>[^()]{2,40})\))?,? *(?:—|–|--|-|―) *(?=\S)"
)


def has_lead(text: str) -> bool:
    """Whether a line begins like a byline ("By", "Written by") and goes on with a name, or ends there."""
    lead = _LEAD.match(text)
    if not lead:
        return False
    rest = text[lead.end() :].split()
    return not rest or (len(rest) <= 14 and _looks_like_name(rest[0]))


def introduces(text: str) -> bool:
    """Whether a byline goes on to say who the writer is: "By Ann Oskar, a reporter who …"."""
    return bool(_INTRODUCED.match(text))


def is_sign_off(text: str) -> bool:
    """Whether a line says who else worked on the article: "(Reporting by …; Editing by …)"."""
    return bool(_sign_off(text))


def _sign_off(text: str) -> re.Match[str] | None:
    found = _SIGN_OFF.match(text)
    return found or (_CONTRIBUTED.match(text) if "ontribut" in text or "ONTRIBUT" in text else None)


def is_name(text: str, language: str) -> bool:
    """Whether a line is a person's name, with a job or a newsroom at most: "Ann Oskar, Staff Writer"."""
    if len(text.split(None, 9)) > 9:
        return False
    parts = [part for part in _SPLIT.split(_TAIL.sub("", text.rstrip(" ·|•,"))) if part]
    if not 1 <= len(parts) <= 4:
        return False
    first = parts[0].split()
    known = _jobs(language)
    person = [word for word in first if word.casefold() not in known]
    return (
        2 <= len(person) <= 4 and all(_looks_like_name(word) for word in person) and first[:2] == person[:2]
    )


def is_sure_name(text: str, language: str) -> bool:
    """Whether a line begins with a first name and is a name: "Ann Oskar and Bo Lind Quay Courier"."""
    if text.partition(" ")[0] not in words(language, "first_names"):
        return False
    said = text.split(None, 10)
    if not 2 <= len(said) <= 10:
        return False
    bound = " and " in text or "," in text
    return len(said) <= (10 if bound else 4) and all(
        _looks_like_name(word) or word in ("and", "of", "for", "at", "the", "in") for word in said
    )


def is_job(text: str, language: str) -> bool:
    """Whether a line is what a writer is: "Local Democracy Reporter"."""
    said = text.split(None, 7)
    return 1 < len(said) <= 6 and said[-1].rstrip(".,").casefold() in _WRITERS and said[0][:1].isupper()


def is_newsroom(text: str, language: str) -> bool:
    """Whether a line is made of the words of newsrooms alone: "Our Foreign Staff"."""
    said = re.findall(r"[^\W\d_]+", text.casefold())
    return 2 <= len(said) <= 5 and all(word in _jobs(language) or word == "our" for word in said)


def is_about_author(text: str, language: str) -> bool:
    """Whether a paragraph introduces the writer: "Ann Oskar is a reporter for …", "Reach her at …"."""
    if len(text.split()) > 70:
        return False
    return bool(_about(language).match(text)) or bool(_REACH.search(text))


@cache
def _about(language: str) -> re.Pattern[str]:
    jobs = "|".join(sorted(_WRITERS, key=len, reverse=True))
    name = r"(?:[A-Z][\w'’.-]*\s+){1,3}(?:[A-Z][\w'’.-]*)"
    return re.compile(
        rf"(?:About\s+)?{name}(?:\s\([^)]*\))?,?\s+(?:(?:is|was|has been)\b[^.]{{0,80}}\b(?:{jobs})\b"
        rf"|(?:covers|writes (?:about|for|on)|reports (?:on|for|from)|blogs)\b|(?:contributed|is based)\b)"
    )


def is_agency(text: str, language: str) -> bool:
    return text.strip(" ()-–—.|•") in table(language, "agencies")


def names(text: str, language: str) -> list[str]:
    """The people, or the newsroom, of a byline: "By Ann Oskar and Bo Lind, Quay News" → two names."""
    lead = _LEAD.match(text) or _sign_off(text)
    rest = _HANDLE.sub("", text[lead.end() :] if lead else text)
    found: list[str] = []
    for part in _SPLIT.split(_without_dates(rest, language)):
        bare = part.strip(" .,;:()[]–—-•·|")
        again = _sign_off(bare) or _LEAD.match(bare)
        name = _person(bare[again.end() :].strip() if again else bare, language, bool(found))
        # A place or a newsroom may follow a name that stands without "By".
        if name and name not in found and (lead or not found or is_sure_name(name, language)):
            found.append(name)
    people = [name for name in found if 2 <= len(name.split()) <= 5 and not is_agency(name, language)]
    return people or found[:1]


def named_within(text: str, language: str, newspaper: str | None = None) -> list[str]:
    """The names in a line of another kind: "Nov 3, 2026 by Ann Oskar", "Quay News | Ann Oskar".

    Beside the name of the newspaper another name is the writer's, known or not.
    """
    if led := _WITHIN.search(text):
        return names(led.group(), language)
    parts = re.split(r"\s*[|·•]\s*", text)
    signed = newspaper in parts
    others = (part for part in parts if part != newspaper)
    return [
        part for part in others if is_sure_name(part, language) or (signed and _is_plain_name(part, language))
    ]


def _is_plain_name(text: str, language: str) -> bool:
    """Whether a text is two or three capitalised words and nothing else."""
    return 2 <= len(text.split()) <= 3 and not text.isupper() and is_name(text, language)


def _person(text: str, language: str, named: bool) -> str | None:
    """The name at the beginning of a part of a byline; behind one, a job or an office is none."""
    said = [word for word in _TAIL.sub("", text).split() if _CAPITAL.search(word)]
    jobs = table(language, "byline_words")
    whole = len(said)
    while said and jobs.get(said[-1].split("-")[0].casefold()) == "":
        said.pop()
    ends = {said[0].casefold(), said[-1].casefold()} if said else set()
    if named and (len(said) < whole or not ends.isdisjoint(jobs)):
        return None
    if not 1 <= len(said) <= 5 or not _looks_like_name(said[0]) or not _looks_like_name(said[-1]):
        return None
    half = len(said) // 2
    name = " ".join(said[:half] if half and said[:half] == said[half:] else said)
    return name.title() if name.isupper() and len(said) > 1 else name


def _without_dates(text: str, language: str) -> str:
    dated = taken_apart(text, language)
    if not dated.dated:
        return text
    cut = re.search(r"\d", text)
    kept = text[: cut.start()] if cut else text
    last = kept.split()
    while last and last[-1].strip(".,").casefold() not in {word.casefold() for word in dated.rest}:
        last.pop()
    return " ".join(last)


def _looks_like_name(word: str) -> bool:
    first = _CAPITAL.search(word)
    return bool(first and first.group().isupper() and first.start() <= 1) or word in (
        "de",
        "van",
        "von",
        "al",
        "bin",
    )


@cache
def _jobs(language: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words(language, "byline_words"))


# ---------------------------------------------------------------- datelines


def dateline(text: str) -> str | None:
    """The place that stands before the first sentence of a paragraph: "GENEVA (AP) — The" → "Geneva"."""
    found = _PLACE.match(text)
    if not found:
        return None
    place = found["place"].strip(" ,")
    first = re.split(r"[ ,/]", place)[0]
    if not (first.isupper() and len(first) > 2) and not found["agency"]:
        return None
    return " ".join(_cased(word) for word in place.split())


def dateline_day(text: str, language: str) -> When | None:
    """The whole date of such a place: "BERGEN, Norway, 12 October 2026 – Halvorsen" → the day."""
    found = _PLACE.match(text)
    day = found["day"] if found and dateline(text) else None
    return taken_apart(day, language).when if day else None


def agency(text: str, language: str) -> str | None:
    """The agency of such a place: "GENEVA (AP) — The" → "AP"."""
    found = _PLACE.match(text)
    name = found["agency"] if found else None
    return table(language, "agencies").get(name.strip()) if name else None


def _cased(word: str) -> str:
    """A place in capitals as it is written elsewhere; initials and short forms stay."""
    letters = word.strip(".,")
    short = len(letters) <= 2 and letters not in _SHORT_NAMES
    if short or "." in letters or not letters.isupper():
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
