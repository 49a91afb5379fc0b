"""What an article is about, in the few words a digest files it under."""

from __future__ import annotations

import re
from functools import cache

from sitegen.seeds.words import table

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_MARKS = re.compile(r"[^\x00-\x7f\w]")
_AT_MOST = 3
_ENOUGH = 4  # points: a keyword in the title is worth three, in the text one
_TITLE = 3


def topics(title: str, text: str, language: str = "en") -> tuple[str, ...]:
    """At most three topics, the strongest first; none where nothing is said often enough."""
    points: dict[str, int] = {}
    seen: dict[str, set[str]] = {}
    for words, weight in ((_words(title), _TITLE), (_words(text), 1)):
        for keyword, count in _keywords(words, language).items():
            for topic in _topics_of(language)[keyword]:
                points[topic] = points.get(topic, 0) + weight * min(count, 4)
                seen.setdefault(topic, set()).add(keyword)
    best = max(points.values(), default=0)
    strong = [
        topic
        for topic, score in sorted(points.items(), key=lambda item: (-item[1], item[0]))
        if score >= max(_ENOUGH, best / 3) and len(seen[topic]) > 1
    ]
    return tuple(strong[:_AT_MOST])


def _words(text: str) -> list[str]:
    folded = text.casefold().replace("’", "'")
    if not folded.isascii():  # what is plain letters without its marks is read faster
        folded = _MARKS.sub(" ", folded)
        if not folded.isascii():
            return _WORD.findall(folded)
    folded = f" {folded.translate(_WITHIN_WORDS)} "
    for mark in _EDGES:
        folded = folded.replace(mark, " ")
    return folded.split()


# Letters, digits and the marks that stand within words stay; these marks are none at the edge of a word.
_WITHIN_WORDS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "'-")}
_EDGES = ("--", "''", " '", "' ", " -", "- ", " '", "' ")


def _keywords(words: list[str], language: str) -> dict[str, int]:
    """How often each keyword stands there, of one word or of two."""
    forms, firsts, known = _forms(language), _firsts(language), _known(language)
    found: dict[str, int] = {}
    for at in [at for at, word in enumerate(words) if word in known]:
        for said in (words[at], " ".join(words[at : at + 2]) if words[at] in firsts else ""):
            if said in forms:
                found[forms[said]] = found.get(forms[said], 0) + 1
    return found


@cache
def _forms(language: str) -> dict[str, str]:
    """Every form a keyword is looked for in → the keyword: the plural and the possessive count as it."""
    found: dict[str, str] = {}
    for keyword in _topics_of(language):
        plural = keyword[:-1] + "ies" if keyword.endswith("y") else keyword + "s"
        for form in (keyword, keyword + "s", keyword + "es", plural):
            found.update(dict.fromkeys((form, form + "'s", form + "'"), keyword))
    return found


@cache
def _known(language: str) -> frozenset[str]:
    """The words that are a keyword, or the first of one."""
    return frozenset(_forms(language)) | _firsts(language)


@cache
def _firsts(language: str) -> frozenset[str]:
    """The first words of keywords of two."""
    return frozenset(keyword.split()[0] for keyword in _topics_of(language) if " " in keyword)


@cache
def _topics_of(language: str) -> dict[str, tuple[str, ...]]:
    """keyword → the topics it speaks for."""
    found: dict[str, list[str]] = {}
    for topic, keywords in table(language, "topics").items():
        for keyword in keywords.split(","):
            found.setdefault(keyword.strip().casefold(), []).append(topic)
    return {keyword: tuple(names) for keyword, names in found.items()}
