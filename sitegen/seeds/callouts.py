"""Featured quotes that become callouts: paragraphs that hold a quote, who spoke, and nothing else.

“We pay for the cable,” said Oskarby.   →   > “We pay for the cable.”
                                            > — Maren Oskarby, harbour master
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from sitegen.model import Block
from sitegen.seeds.escape import escape, squeeze
from sitegen.seeds.found import FoundQuote, Removed
from sitegen.seeds.words import words

MOVED = "moved to the attribution line"

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W_]+")
_SMALL = frozenset(("a", "an", "the", "of", "at", "for", "and", "in", "he", "she", "they"))
_OPENERS, _CLOSERS = "“\"‘'«„", "”\"’'»“"


@dataclass(frozen=True, slots=True)
class Callout:
    """A paragraph as a callout, and the words that are now in its attribution line."""

    markdown: str
    moved: tuple[Removed, ...]


def same_words(text: str) -> str:
    """A key that is equal for the same words, whatever marks and spaces stand between them."""
    return " ".join(_LETTERS.findall(text.casefold().replace("’", "").replace("'", "")))


def choose(
    text: str, blocks: Sequence[Block], quotes: Sequence[FoundQuote], write: Callable[[str, int], str]
) -> dict[int, Callout]:
    """The paragraphs that become callouts, by where they start; `write` makes Markdown of words and where
    they begin.

    The same words make one callout, and none where the standfirst, set large, already says them.
    """
    held: defaultdict[int, list[FoundQuote]] = defaultdict(list)
    paragraphs = [block for block in blocks if block.label == "body"]
    at = 0
    for quote in sorted(quotes, key=lambda quote: quote.start):
        while at < len(paragraphs) and paragraphs[at].end < quote.end:
            at += 1
        if at < len(paragraphs) and paragraphs[at].start <= quote.start:
            held[paragraphs[at].start].append(quote)
    said = {same_words(text[block.start : block.end]) for block in blocks if block.label == "standfirst"}
    chosen: dict[int, Callout] = {}
    for block in paragraphs:
        if len(held[block.start]) != 1 or not held[block.start][0].quote.featured:
            continue
        words_here = same_words(text[block.start : block.end])
        if words_here in said:
            continue
        if callout := _callout(text, block, held[block.start][0], write):
            said.add(words_here)
            chosen[block.start] = callout
    return chosen


def _callout(text: str, block: Block, found: FoundQuote, write: Callable[[str, int], str]) -> Callout | None:
    quote = found.quote
    if not (quote.speaker and found.kind == "direct"):
        return None
    stretch = text[found.start : found.end]
    if stretch[0] not in _OPENERS or stretch[-1] not in _CLOSERS:
        return None
    around = [(block.start, found.start), (found.end, block.end)]
    clauses = [text[start:end] for start, end in around]
    if not _only_says_who(" ".join(clauses), found):
        return None
    by = squeeze(quote.speaker + (f", {quote.role}" if quote.role else ""))
    moved = tuple(Removed(start, end, MOVED) for start, end in around if _WORD.search(text[start:end]))
    return Callout(f"> {write(_closed(stretch), found.start)}\n> — {escape(by)}", moved)


def _closed(stretch: str) -> str:
    """A comma before the closing mark led on to "said"; where nothing follows it is a full stop."""
    return re.sub(r",(?=[”\"’'»]\Z)", ".", stretch)


def _only_says_who(clause: str, found: FoundQuote) -> bool:
    """Whether a clause names the speaker with a plain verb of saying and tells nothing else."""
    names = {word.casefold() for word in _WORD.findall(f"{found.quote.speaker} {found.mention or ''}")}
    roles = {word.casefold() for word in _WORD.findall(found.quote.role or "")}
    said = [word.casefold() for word in _WORD.findall(clause)]
    verbs = [word for word in said if word in words("en", "plain_verbs")]
    rest = [word for word in said if word not in verbs and word not in names | roles | _titles() | _SMALL]
    if re.search(r"\d", clause) or rest:
        return False
    return len(verbs) == 1 if said else True


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.casefold().rstrip(".") for title in words("en", "honorifics"))
