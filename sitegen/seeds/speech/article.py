"""An article as attribution reads it, and a quoted stretch with what has been found out about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.model import Block
from sitegen.seeds.speech import quotes
from sitegen.seeds.speech.frame import Frame, frame
from sitegen.seeds.speech.people import Mention, lexicon, mentions
from sitegen.seeds.speech.phrase import Grammar
from sitegen.seeds.speech.quotes import Stretch
from sitegen.seeds.speech.reference import Reference
from sitegen.seeds.speech.roster import Roster
from sitegen.seeds.speech.wordlists import verbs

_SPEAKING = frozenset({"standfirst", "body", "list", "quote", "caption"})


@dataclass(frozen=True, slots=True)
class Article:
    """The paragraphs that may hold speech, with their quoted stretches and all names in them.

    `spans` are the paragraphs' offsets, `following` the block behind each, whatever it is, `displayed` the
    numbers of those that are displayed block quotes.
    """

    text: str
    language: str
    spans: Sequence[tuple[int, int]]
    following: Sequence[tuple[int, int]]
    displayed: frozenset[int]
    stretches: Sequence[Sequence[Stretch]]
    names: Sequence[Mention]
    starts: Sequence[int]
    roster: Roster
    grammar: Grammar
    reference: Reference

    def frame(self, number: int) -> Frame:
        """The tokens of paragraph `number`."""
        start, end = self.spans[number]
        return frame(self.text, start, end, self.stretches[number], self.names, self.starts, self.language)


class Said(NamedTuple):
    """A quoted stretch and whom it is ascribed to; `rule` is None as long as nobody is known."""

    stretch: Stretch
    paragraph: int
    direct: bool
    rule: str | None = None
    mention: str | None = None
    name: Mention | None = None
    inferred: bool = False


def article(text: str, blocks: Sequence[Block], language: str) -> Article:
    """Reads names and quoted stretches out of the blocks that may hold speech."""
    speaking = [block for block in blocks if block.label in _SPEAKING]
    spans = [(block.start, block.end) for block in speaking]
    displayed = frozenset(number for number, block in enumerate(speaking) if block.label == "quote")
    lex = lexicon(language)
    names = mentions(text, spans, language)
    starts = [name.start for name in names]
    roster = Roster(text, names, lex)
    stretches = _stretches(text, spans)
    every = [stretch for paragraph in stretches for stretch in paragraph]
    reference = Reference(text, names, starts, every, lex, roster)
    grammar = Grammar(lex, verbs(language))
    following = _following(blocks)
    return Article(
        text, language, spans, following, displayed, stretches, names, starts, roster, grammar, reference
    )


def _stretches(text: str, spans: Sequence[tuple[int, int]]) -> list[list[Stretch]]:
    marks = quotes.house(text, spans)
    made: list[list[Stretch]] = []
    goes_on = False
    for start, end in spans:
        made.append(quotes.stretches(text, start, end, marks, goes_on=goes_on))
        goes_on = bool(made[-1]) and not made[-1][-1].closed
    return made


def _following(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The block behind each block that may speak, whatever its label: a signature may stand there."""
    behind = [*((block.start, block.end) for block in blocks[1:]), (0, 0)]
    return [after for block, after in zip(blocks, behind, strict=False) if block.label in _SPEAKING]
