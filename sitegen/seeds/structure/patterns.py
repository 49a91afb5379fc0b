"""Phrases that stand around articles and never in them, from the word lists."""

from __future__ import annotations

import re
from functools import cache

from sitegen.seeds.structure.page import Line
from sitegen.seeds.words import table, words


def phrase(line: Line, language: str) -> str | None:
    """What a line is if it is one of the phrases that stand around articles, else None."""
    whole = table(language, "debris_lines").get(line.bare)
    if whole and line.count <= 8:
        return whole
    folded = _folded(line.text)
    if line.count <= 40 and (start := _starts(language).match(folded)):
        return table(language, "debris_starts")[start.group()]
    if line.count <= 36 and (part := _parts(language).search(folded)):
        return table(language, "debris_parts")[part.group()]
    return None


_NUMBERED = re.compile(r"\d{1,3}[.)] ")
_COUNTER = re.compile(
    r"(?:image|photo|slide|picture|page|gallery)s? \d+ ?(?:of|/) ?\d+|\d+ ?/ ?\d+\b(?! ?(?:inch|\w+ ago))",
    re.I,
)


def is_counter(line: Line) -> bool:
    """Whether a line counts pictures: "Image 2 of 9"."""
    return line.count <= 12 and bool(_COUNTER.match(line.text))


def is_post(line: Line) -> bool:
    """Whether a line ends with the short address that a social network puts under a post."""
    return bool(re.search(r"(?:pic\.twitter\.com|https?://t\.co)/\S+\Z", line.text))


def is_feed_line(line: Line) -> bool:
    """Whether a line is what feeds put below an article: "The post Quay opens appeared first on …"."""
    return line.count <= 45 and bool(
        re.match(r"The post .+ (?:appeared first|first appeared) on \S", line.text)
    )


def is_labelled_link(line: Line, language: str) -> bool:
    """Whether a line is another article's headline with a label in capitals: "RELATED Quay to reopen"."""
    first = line.text.split()[0].strip(":|-–—[(")
    return (
        first in words(language, "link_labels")
        and 3 <= line.count <= 25
        and not line.upper
        and not line.prose
    )


def lacks_verb(line: Line, language: str) -> bool:
    """Whether no word of a line looks like the verb of a sentence."""
    verbs = words(language, "common_verbs")
    return not any(word in verbs or (word.endswith("ed") and len(word) > 4) for word in line.bare.split())


def is_headline_case(line: Line) -> bool:
    """Whether most words begin with a capital, as in American headlines."""
    rest = [word for word in line.text.split()[1:] if word[0].isalpha()]
    return sum(word[0].isupper() for word in rest) > 0.4 * len(rest)


def is_foreign(line: Line, language: str) -> bool:
    """Whether a line is in another language: no small word of this one, and letters it does not use."""
    if line.count < 4 or line.text.isascii():
        return False
    if not words(language, "function_words").isdisjoint(line.bare.split()):
        return False
    return any(letter.isalpha() and not letter.isascii() for letter in line.text)


def only_share_words(line: Line, language: str) -> bool:
    """Whether a line is a row of buttons: "Facebook Twitter Email (opens in new window)"."""
    return (
        bool(line.bare)
        and not _NUMBERED.match(line.text)
        and all(word in words(language, "share_words") for word in line.bare.split())
    )


def _folded(text: str) -> str:
    return text.casefold().replace("’", "'").lstrip("[(*•|>»- ")


@cache
def _starts(language: str) -> re.Pattern[str]:
    return _alternatives(language, "debris_starts", r"(?!\w)")


@cache
def _parts(language: str) -> re.Pattern[str]:
    return _alternatives(language, "debris_parts", r"(?!\w)", r"(?<!\w)")


def _alternatives(language: str, name: str, after: str, before: str = "") -> re.Pattern[str]:
    phrases = sorted(table(language, name), key=len, reverse=True)
    ends = (re.escape(phrase) + (after if phrase[-1].isalpha() else "") for phrase in phrases)
    return re.compile(before + "(?:" + "|".join(ends) + ")")
