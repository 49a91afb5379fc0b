"""A paragraph as the reporter's own words: tokens, with each quoted stretch as one token."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sitegen.seeds.speech.people import Mention
from sitegen.seeds.speech.quotes import Stretch
from sitegen.seeds.words import words

QUOTE = "“”"
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-.&'’](?!(?:s|d|ll|m|re|ve)\b)[^\W_]+)*|['’](?:s|d|ll|m|re|ve)\b|\([^()“”\"]{0,60}\)|--+|[^\w\s]",
    re.UNICODE,
)
_END = frozenset(".?!…")
_MARKUP = frozenset({">", "*"})  # of a quote or of emphasis in a Markdown seed
_LONGEST = 150  # tokens on either side: keeps the time linear in texts without full stops


@dataclass(slots=True)
class Frame:
    """Tokens of a paragraph: `raw` as written, `low` in small letters, offsets into the text.

    `stretch` has the index of the quoted stretch that the token stands for, or -1; `name` the name it is
    part of; `ends` is true for the last token of a sentence.
    """

    text: str
    raw: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    stretch: list[int]
    name: list[Mention | None]
    ends: list[bool]

    def sentence(self, at: int) -> tuple[int, int]:
        """The bounds of the sentence that holds token `at`, as far as anybody would read it."""
        first, last = at, at
        low, high = max(0, at - _LONGEST), min(len(self.raw) - 1, at + _LONGEST)
        while first > low and not self.ends[first - 1]:
            first -= 1
        while last < high and not self.ends[last]:
            last += 1
        return first, last + 1

    def __len__(self) -> int:
        return len(self.raw)


def frame(
    text: str,
    start: int,
    end: int,
    stretches: Sequence[Stretch],
    mentions: Sequence[Mention],
    starts: Sequence[int],
    language: str,
) -> Frame:
    """The frame of text[start:end]; `mentions` are the article's names and `starts` where each begins."""
    made = Frame(text, [], [], [], [], [], [], [])
    at = start
    for index, stretch in enumerate(stretches):
        _tokens(made, at, stretch.start, language)
        made.raw.append(QUOTE)
        made.low.append(QUOTE)
        made.start.append(stretch.start)
        made.end.append(stretch.end)
        made.stretch.append(index)
        at = stretch.end
    _tokens(made, at, end, language)
    _name(made, start, end, mentions, starts)
    _sentences(made, stretches)
    return made


def _tokens(made: Frame, start: int, end: int, language: str) -> None:
    if start == end:
        return
    text, raws, starts, ends, before = made.text, made.raw, made.start, made.end, len(made.raw)
    for token in _TOKEN.finditer(text, start, end):
        at, to = token.span()
        raw = text[at:to]
        if raw in _MARKUP or (to - at > 1 and raw[0] == "("):
            continue
        if raw == "." and raws and at == ends[-1] and _abbreviated(raws[-1], language):
            continue
        raws.append(raw)
        starts.append(at)
        ends.append(to)
    made.low.extend(map(str.lower, raws[before:]))
    made.stretch.extend([-1] * (len(raws) - before))


def _abbreviated(word: str, language: str) -> bool:
    return word in _abbreviations(language) or (len(word) == 1 and word.isupper())


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return words(language, "abbreviations") | words(language, "honorifics")


def _name(made: Frame, start: int, end: int, mentions: Sequence[Mention], starts: Sequence[int]) -> None:
    names: list[Mention | None] = [None] * len(made.raw)
    begins, quoted, last = made.start, made.stretch, len(made.raw)
    token = 0
    for mention in mentions[bisect_left(starts, start) : bisect_left(starts, end)]:
        token = bisect_left(begins, mention.start, token)
        while token < last and begins[token] < mention.end:
            if quoted[token] < 0:
                names[token] = mention
            token += 1
    made.name = names


def _sentences(made: Frame, stretches: Sequence[Stretch]) -> None:
    ends = [False] * len(made.raw)
    last = len(ends) - 1
    for at, raw in enumerate(made.raw):
        if at == last:
            ends[at] = True
        elif raw in _END:
            ends[at] = _starts(made, at + 1)
        elif raw == QUOTE and made.stretch[at] >= 0:
            final = made.text[stretches[made.stretch[at]].last - 1]
            ends[at] = final == "." and _starts(made, at + 1)
    made.ends = ends


def _starts(made: Frame, at: int) -> bool:
    return (
        made.stretch[at] >= 0
        or made.raw[at][0].isupper()
        or made.raw[at][0].isdigit()
        or made.raw[at] in "[‘'"
    )
