"""An article's text as the tokens that a merge lines up.

A token is a line, told from other lines of the same words by where it stands: a line of the front
matter by its key and its item in the list, so that the role of one quote is never taken for that of
another. Before and behind each key's line stands a mark without text: two keys that were changed on
neighbouring lines then have something unchanged between them, and do not count as one change.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sitegen import frontmatter

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r)|([^\r\n]+)")
_TOP = re.compile(r"[A-Za-z_][\w-]*(?=:(?:\s|\Z))")
_ITEM = re.compile(r"([ \t]*)- (.*)")
_KEY = re.compile(r"[ \t]*(?:- )?[\w-]+:(?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class Token:
    """A line, or the mark at a key (`text` is None). Tokens match where their keys are equal.

    `end` is the line's end as the file has it, empty where the last line has none; `line` counts
    from 1.
    """

    key: str
    text: str | None
    end: str
    line: int
    in_body: bool = False

    @property
    def says(self) -> bool:
        """Whether it is more than a mark or an empty line."""
        return bool(self.text and self.text.strip())


def tokens(text: str) -> list[Token]:
    """The tokens of an article without a byte order mark."""
    lines = [(match[1] or match[3] or "", match[2] or "") for match in _LINE.finditer(text)]
    parts = frontmatter.split(plain(text))
    closing = parts.yaml.count("\n") + 1 if parts.yaml is not None else -1
    found: list[Token] = []
    place = _Place()
    for number, (line, end) in enumerate(lines):
        if number > closing:
            found.append(Token(f"body\0{line}", line, end, number + 1, True))
        elif number in (0, closing):
            found.append(Token(f"fence {number and 'end'}", line, end, number + 1))
        else:
            place = place.after(line)
            key = _KEY.match(line)
            marks = (
                [Token(f"{place.name}\0{key[0]}{side}", None, "", number + 1) for side in "<>"] if key else []
            )
            found += [*marks[:1], Token(f"{place.name}\0\0{line}", line, end, number + 1), *marks[1:]]
    return found


def plain(text: str) -> str:
    """The text with its line ends made plain, as content reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def usual_end(found: Sequence[Token]) -> str:
    """The line end that most lines have."""
    ends = [token.end for token in found if token.end]
    return max(("\n", "\r\n", "\r"), key=ends.count)


@dataclass(frozen=True, slots=True)
class _Place:
    """Which key of the front matter a line belongs to, and which item of its list."""

    top: str = ""
    item: str = ""
    indent: str | None = None

    @property
    def name(self) -> str:
        return f"{self.top}\0{self.item}"

    def after(self, line: str) -> _Place:
        top = _TOP.match(line)
        if top:
            return _Place(top[0])
        item = _ITEM.match(line)
        if item and self.indent in (None, item[1]):
            return _Place(self.top, item[2], item[1])
        return self


class Matcher:
    """Which stretches two sequences have in common, as difflib says it, for merge3.

    What both have only once is lined up first (Bram Cohen's patience diff, 2003): empty lines and
    other lines that stand everywhere then cannot pull a merge out of line.
    """

    def __init__(self, junk: object, a: Sequence[str], b: Sequence[str], autojunk: bool = True) -> None:
        self._a, self._b = a, b

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        """(start in a, start in b, length) of each stretch, in order; the last one is empty."""
        blocks: list[tuple[int, int, int]] = []
        for i, j in self._pairs(0, len(self._a), 0, len(self._b)):
            start, other, length = blocks[-1] if blocks else (0, 0, 0)
            if length and (start + length, other + length) == (i, j):
                blocks[-1] = (start, other, length + 1)
            else:
                blocks.append((i, j, 1))
        return [*blocks, (len(self._a), len(self._b), 0)]

    def _pairs(self, alo: int, ahi: int, blo: int, bhi: int) -> Iterator[tuple[int, int]]:
        a, b = self._a, self._b
        while alo < ahi and blo < bhi and a[alo] == b[blo]:
            yield alo, blo
            alo, blo = alo + 1, blo + 1
        tail = 0
        while alo < ahi - tail and blo < bhi - tail and a[ahi - tail - 1] == b[bhi - tail - 1]:
            tail += 1
        ahi, bhi = ahi - tail, bhi - tail
        anchors = _anchors(a, b, alo, ahi, blo, bhi)
        if anchors:
            for i, j in anchors:
                if i >= alo and j >= blo:
                    yield from self._pairs(alo, i, blo, j)
                    yield i, j
                    alo, blo = i + 1, j + 1
            yield from self._pairs(alo, ahi, blo, bhi)
        elif alo < ahi and blo < bhi:
            rest = SequenceMatcher(None, a[alo:ahi], b[blo:bhi], autojunk=ahi - alo > 2000)
            for i, j, length in rest.get_matching_blocks():
                yield from ((alo + i + n, blo + j + n) for n in range(length))
        yield from ((ahi + n, bhi + n) for n in range(tail))


def _anchors(
    a: Sequence[str], b: Sequence[str], alo: int, ahi: int, blo: int, bhi: int
) -> list[tuple[int, int]]:
    """The longest run, in both orders, of elements that stand once in either stretch."""
    once_a, once_b = _once(a, alo, ahi), _once(b, blo, bhi)
    common = sorted((i, once_b[key]) for key, i in once_a.items() if key in once_b)
    piles: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    tops: list[int] = []
    for pair in common:
        at = bisect_left(tops, pair[1])
        before[pair] = piles[at - 1] if at else None
        if at == len(piles):
            piles.append(pair)
            tops.append(pair[1])
        else:
            piles[at], tops[at] = pair, pair[1]
    run: list[tuple[int, int]] = []
    last = piles[-1] if piles else None
    while last:
        run.append(last)
        last = before[last]
    return run[::-1]


def _once(sequence: Sequence[str], low: int, high: int) -> dict[str, int]:
    """Where each element stands that stands only once."""
    seen: dict[str, int] = {}
    for at in range(low, high):
        seen[sequence[at]] = -1 if sequence[at] in seen else at
    return {key: at for key, at in seen.items() if at >= 0}
