"""Phrases that stand around articles and never in them, from the word lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from sitegen.seeds.structure.page import Line
from sitegen.seeds.words import table, words


def phrase(line: Line, language: str) -> str | None:
    """What a line is if it is one of the phrases that stand around articles, else None."""
    if line.count <= 8 and (whole := table(language, "debris_lines").get(line.bare)):
        return whole
    if line.count > 40:
        return None
    folded = _folded(line.lower)
    starts = _starts(language).get(folded[:2])
    if starts and (start := starts.match(folded)):
        return table(language, "debris_starts")[start.group()]
    if line.count > 36 or _signs(language).isdisjoint(line.words):
        return None
    part = _parts(language).search(folded)
    return table(language, "debris_parts")[part.group()] if part else None


_NUMBERED = re.compile(r"\d{1,3}[.)] ")
_COUNTER = re.compile(
    r"(?:image|photo|slide|picture|page|gallery)s? \d+ ?(?:of|/) ?\d+|\d+ ?/ ?\d+\b(?! ?(?:inch|\w+ ago))",
    re.I,
)
_POST = re.compile(r"(?:pic\.twitter\.com|https?://t\.co)/\S+\Z")
_FEED_LINE = re.compile(r"The post .+ (?:appeared first|first appeared) on \S")


def is_counter(line: Line) -> bool:
    """Whether a line counts pictures: "Image 2 of 9"."""
    return bool(_COUNTER.match(line.text))


def is_post(line: Line) -> bool:
    """Whether a line ends with the short address that a social network puts under a post."""
    return ("twitter" in line.text or "t.co" in line.text) and bool(_POST.search(line.text))


def is_feed_line(line: Line) -> bool:
    """Whether a line is what feeds put below an article: "The post Quay opens appeared first on …"."""
    return line.text.startswith("The post ") and bool(_FEED_LINE.match(line.text))


def is_labelled_link(line: Line, language: str) -> bool:
    """Whether a line is another article's headline with a label in capitals: "RELATED Quay to reopen"."""
    first = line.text.partition(" ")[0].strip(":|-–—[(")
    return first in words(language, "link_labels") and line.count >= 3 and not line.upper and not line.prose


def lacks_verb(line: Line, language: str) -> bool:
    """Whether no word of a line looks like the verb of a sentence."""
    verbs = words(language, "common_verbs")
    return not any(word in verbs or (word.endswith("ed") and len(word) > 4) for word in line.words)


def is_headline_case(line: Line) -> bool:
    """Whether most words begin with a capital, as in American headlines."""
    rest = [word for word in line.text.split()[1:] if word[0].isalpha()]
    return sum(word[0].isupper() for word in rest) > 0.4 * len(rest)


def is_foreign(line: Line, language: str) -> bool:
    """Whether a line is in another language: no small word of this one, and letters it does not use."""
    if line.count < 4 or line.text.isascii():
        return False
    if not words(language, "function_words").isdisjoint(line.words):
        return False
    return any(letter.isalpha() and not letter.isascii() for letter in line.text)


def only_share_words(line: Line, language: str) -> bool:
    """Whether a line is a row of buttons: "Facebook Twitter Email (opens in new window)"."""
    return (
        bool(line.bare)
        and not _NUMBERED.match(line.text)
        and words(language, "share_words").issuperset(line.words)
    )


def _folded(lower: str) -> str:
    return lower.replace("’", "'").lstrip("[(*•|>»- ")


@cache
def _starts(language: str) -> Mapping[str, re.Pattern[str]]:
    """The beginnings of lines, by their first two letters."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in table(language, "debris_starts"):
        found[phrase[:2]].append(phrase)
    return {letters: re.compile(_alternatives(phrases)) for letters, phrases in found.items()}


@cache
def _signs(language: str) -> frozenset[str]:
    """The longest word of each phrase that may stand within a line: most lines have none of them."""
    phrases = (re.findall(r"[^\W\d_']+", phrase) for phrase in table(language, "debris_parts"))
    return frozenset(max(phrase, key=len) for phrase in phrases)


@cache
def _parts(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_alternatives(table(language, 'debris_parts'))}")


def _alternatives(phrases: Iterable[str]) -> str:
    longest = sorted(phrases, key=len, reverse=True)
    ends = (re.escape(phrase) + (r"(?!\w)" if phrase[-1].isalpha() else "") for phrase in longest)
    return "(?:" + "|".join(ends) + ")"
