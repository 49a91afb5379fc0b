"""What each block of a pasted page is: two ordered tables of named rules.

The first holds what a line gives away by itself, wherever it stands ("Share on Facebook",
"Photo: …"). From these signs `place` works out where the title and the article begin and end; the
second decides the rest by place. In both the first rule that fits wins, and its name is the
block's `reason`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen.frozen import replace
from sitegen.model import Block
from sitegen.seeds.structure.alone import alone, with_captions
from sitegen.seeds.structure.page import lines
from sitegen.seeds.structure.place import locate
from sitegen.seeds.structure.placed import placed
from sitegen.seeds.structure.turns import turns


def label(
    text: str, spans: Sequence[tuple[int, int]], language: str = "en", is_markdown: bool = False
) -> tuple[Block, ...]:
    """The blocks of a text with their labels, in order."""
    all_lines = lines(text, spans, is_markdown)
    signs = [alone(line, language) for line in all_lines]
    sure = with_captions(all_lines, signs)
    spoken = turns(all_lines, [given.rule if given else None for given in signs])
    if spoken:  # a turn of a transcript is a paragraph, however short it is
        all_lines = tuple(replace(line, prose=True) if line.index in spoken else line for line in all_lines)
        sure = [None if index in spoken else given for index, given in enumerate(sure)]
    page = locate(all_lines, sure, language)
    for line in all_lines:
        page.given[line.index] = placed(line, page)
    return _with_a_body(
        [
            Block(line.start, line.end, label, rule)
            for line, (label, rule) in zip(all_lines, page.given.values(), strict=True)
        ]
    )


def _with_a_body(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Where nothing would be left to read, what stood "after the article" is the article."""
    made = tuple(blocks)
    if any(block.label in ("body", "list", "quote") for block in made):
        return made
    return tuple(
        replace(block, label="body", reason="all there is") if block.reason == "after the article" else block
        for block in made
    )
