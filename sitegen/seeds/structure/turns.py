"""Transcripts: lines that begin with the name of who speaks, and a colon.

REPORTER: Will you pay?
MARSH: Not this year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sitegen.seeds.structure.page import Line

# “LENA HORN:”, “Q:”, “Lena Horn (mayor):”, and what is said behind it.
_TURN = re.compile(
    r"(?P<who>[A-Z][A-Z.’'-]*(?: [A-Z][A-Z.’'-]*){0,3}|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})"
    r"(?: \([^()]{2,40}\))?: \S"
)
_FEWEST = 3  # turns
_HEADS = frozenset({"byline", "date line", "agency"})


def turns(lines: Sequence[Line], rules: Sequence[str | None]) -> frozenset[int]:
    """The indexes of the turns of a transcript; `rules` name what each line seems to be by itself.

    At least three turns, of at least two speakers, one of whom speaks again: labels of facts (“Photo: …”,
    “Price: …”) do not change in this way.
    """
    found: dict[int, str] = {}
    for line, rule in zip(lines, rules, strict=True):
        if ": " in line.text[:60] and (rule is None or rule in _HEADS) and (turn := _TURN.match(line.text)):
            found[line.index] = turn["who"].casefold()
    said = Counter(found.values())
    spoken = frozenset(
        index for index, who in found.items() if said[who] > 1 or _stands_between(index, found)
    )
    heard = {found[index] for index in spoken}
    return spoken if len(spoken) >= _FEWEST and len(heard) > 1 and max(said.values()) > 1 else frozenset()


def _stands_between(index: int, found: dict[int, str]) -> bool:
    """Whether somebody who speaks only once does so right before or behind another one."""
    return index - 1 in found or index + 1 in found
