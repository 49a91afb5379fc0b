"""What a page says for its author → names: without "By", jobs, dates, addresses and handles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from sitegen.seeds.escape import squeeze
from sitegen.seeds.saved.title import bare
from sitegen.seeds.structure import bylines
from sitegen.seeds.words import table, words

_LONGEST_VALUE = 160  # letters
_LONGEST_NAME = 6  # words
_ADDRESS = re.compile(r"\S*(?:https?:|www\.)\S*|\S+@\S+\.\w+|(?<!\S)@\w+", re.IGNORECASE)
_NO_NAME = re.compile(r"\.(?:com|net|org)\b|[@<>{}\[\]]|\d{3}", re.IGNORECASE)
_BY = re.compile(
    r"\W*(?:(?:geschrieben|verfasst|veröffentlicht|posted|published|written|publicado|escrito|publié) )?"
    r"(?:by|von|par|por|di|door|av|texte?|words|autore?|auteur|authors?|автор|текст)\b\s*:?\s*",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"\W*(?:posted|published|written|filed|gepostet|veröffentlicht|geschrieben|publi\w+|escrito)\b.{0,60}?\s"
    r"(?:by|von|par|por|di|door)\s+(?P<who>\S.*)\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:[|·•]|\s[–—-]\s|\b(?:am|vom|um|on|le|el|updated|in)\s.*\d|,?\s+\d|,\d).*\Z")
_NOBODY = re.compile(
    r"(?:\w*admin\w*|webmaster|guest|gast|гость|unknown|anonym\w*|user|root|none|null|n/?a)\Z", re.IGNORECASE
)
_PERSON = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*|von|van|de|del|der|di|da|bin|al|el|la|le)(?:\s|\Z)")
_NO_PERSON = re.compile(r"\b(?:said|says|updated|posted|published|comments?|last|share)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|,|/|\||\s+(?:and|und|et|y)\s+|\s&\s|(?<=[a-z]{3})\.\s+)\s*")
_OTHERS = re.compile(
    r"\s+(?:(?:edited|reviewed|translated|fact.checked|photograph(?:y|s|ed)|photos?|illustrat(?:ed|ions?)) by"
    r"|updated)\b.*\Z",
    re.IGNORECASE,
)
# What may stand behind a name: where somebody is, for whom, in brackets.
_BEHIND = re.compile(r"(?<=\w\s)(?P<name>\S+)\s+(?:\(.*\)|(?:in|for|at|of|aus|für|from)\s+\S.*)\Z")


def people(values: Iterable[str], site: str | None = None) -> list[str]:
    """The names in values that may each hold several. A newsroom is in the list only where it is
    all that a value names; `site` is the name of the page's own."""
    found: dict[str, str] = {}
    for value in values:
        for name in _within(value, site):
            found.setdefault(bare(name), name)
    return list(found.values())


def persons(value: str | None) -> tuple[str, ...]:
    """The names in a value that is not sure to hold names: only what is written like a person's."""
    written = (name for name in people([value or ""]) if 2 <= len(name.split()) <= 4)
    return tuple(
        name
        for name in written
        if all(_PERSON.match(word) for word in name.split()) and not _NO_PERSON.search(name)
    )


def printed(text: str) -> list[str]:
    """The names of a line that is a byline or stands in a box for one."""
    text = _agency().sub(r"\g<name>", undated(text))
    if bylines.has_lead(text):
        return [name for name in bylines.names(text, "en") if _may_be_one(name)]
    return list(persons(_TAIL.sub("", text)))


def led(text: str) -> list[str]:
    """The names of a line that begins like a byline, in one of the languages we know."""
    if bylines.has_lead(text) or _BY.match(text):
        return printed(text)
    posted = _POSTED.match(undated(text))
    return [name for name in people([posted["who"]]) if not _NO_PERSON.search(name)] if posted else []


def of_a_person(site: str | None) -> tuple[str, ...]:
    """The name of a site that is a person's own."""
    said = (site or "").split()
    known = words("en", "masthead_words") | words("en", "organisation_words")
    own = 2 <= len(said) <= 3 and known.isdisjoint(said) and not is_newsroom(site or "", None)
    return persons(site) if own and bylines.is_sure_name(site or "", "en") else ()


def undated(text: str) -> str:
    """A line without the day and the time at its end, and without who else worked on the article."""
    return _OTHERS.sub("", _day().sub("", text))


def without_tail(text: str) -> str:
    """A name without what a page sets behind it on the same line: a day, a section, a count."""
    return _TAIL.sub("", undated(text))


def is_newsroom(name: str, site: str | None) -> bool:
    """Whether a name is that of the site, an agency or a desk, or a handle, rather than a person's."""
    said = bare(name).split()
    own = bare(site or "").split()
    return (
        not said
        or (bool(own) and (said == own or set(said) >= set(own)))
        or bylines.is_agency(name, "en")
        or not words("en", "newsroom_words").isdisjoint(said)
        or all(word in table("en", "byline_words") for word in said)
        or (len(said) == 1 and name.islower())
    )


def _within(value: str, site: str | None) -> list[str]:
    """The names in one value."""
    if len(value) > _LONGEST_VALUE:
        return []
    value = undated(squeeze(_ADDRESS.sub(" ", value)))
    if not value or _NO_NAME.search(value):
        return []
    if bylines.has_lead(value):
        names = bylines.names(value, "en")
    else:
        lead = _BY.match(value)
        names = [_plain(part) for part in _BETWEEN.split(value[lead.end() :] if lead else value)]
    names = [name for name in names if _may_be_one(name)]
    return _surest(names, site)


def _surest(names: Sequence[str], site: str | None) -> list[str]:
    """Without the newsroom, the job or the place that stands behind a person in one value."""
    whole = [name for name in names if len(name.split()) > 1 and not is_newsroom(name, site)]
    return whole or [name for name in names if not is_newsroom(name, site)] or list(names[:1])


def _plain(name: str) -> str:
    """A name in the usual letters, once, without what stands behind it."""
    bare_name = _BEHIND.sub(r"\g<name>", name.strip(" .,;:-–—|"))
    said = _agency().sub(r"\g<name>", bare_name).split()
    half = len(said) // 2
    said = said[:half] if half and said[:half] == said[half:] else said
    name = " ".join(said)
    return name.title() if name.isupper() and len(said) > 1 else name


def _may_be_one(name: str) -> bool:
    return bool(name) and len(name.split()) <= _LONGEST_NAME and not _NOBODY.match(name)


@cache
def _agency() -> re.Pattern[str]:
    """An agency's name behind two words at least."""
    known = sorted(table("en", "agencies"), key=len, reverse=True)
    return re.compile(rf"(?<=\w\s)(?P<name>\S+?),?\s+(?:{'|'.join(map(re.escape, known))})\Z")


@cache
def _day() -> re.Pattern[str]:
    """A weekday or a month that a number follows, at the end of a line."""
    named = sorted({*words("en", "weekdays"), *table("en", "months")}, key=len, reverse=True)
    day = "|".join(map(re.escape, named))
    return re.compile(
        rf"[\s,|·•–—-]+(?:on\s+)?(?:{day})\b[.,]?\s+(?:(?:{day})\b[.,]?\s+)?\d.*\Z", re.IGNORECASE
    )
