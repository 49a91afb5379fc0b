"""How the article stands in Markdown: its pieces, and what became of every stretch of the seed.

`convert` wants to know what is not in the Markdown, `write` wants the Markdown: both ask here, so
that they cannot disagree.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby

from sitegen import markdown
from sitegen.model import Block, Seed
from sitegen.seeds import callouts
from sitegen.seeds.escape import Linked, escape, heading, squeeze
from sitegen.seeds.found import FoundQuote, Layout, Removed
from sitegen.seeds.meta import Meta, read_meta
from sitegen.seeds.read import MARKDOWN

_IN_BODY = frozenset(("body", "subhead", "list", "quote"))
_ITEM = re.compile(r"(?:[-*+•·▪‣◦–]|(?P<number>\d{1,9})[.)])\s+")
_MD_QUOTE = re.compile(r"^[ ]{0,3}>[ ]?", re.MULTILINE)


def layout(seed: Seed, blocks: Sequence[Block], quotes: Sequence[FoundQuote]) -> Layout:
    """The article's body and what is not in it. Pure."""
    raw = seed.path.endswith(MARKDOWN)
    given = read_meta(seed.meta)
    in_body = _IN_BODY | _not_given(seed, blocks, given)
    chosen = _callouts(seed, blocks, quotes, raw)
    parts: list[str] = []
    removed: list[Removed] = []
    for label, same in groupby(blocks, key=lambda block: block.label):
        group = list(same)
        if label == "list":
            parts.append(_list(seed, group, raw))
            continue
        for block in group:
            if callout := chosen.get(block.start):
                parts.append(callout.markdown)
                removed.extend(callout.moved)
            elif label in in_body:
                parts.append(_piece(seed, block, raw))
            elif reason := _reason(block, given):
                removed.append(Removed(block.start, block.end, reason))
    captions = tuple(plain(seed, block) for block in blocks if block.label == "caption")
    body = "\n\n".join(part for part in parts if part)
    printed = tuple(block for block in blocks if block.label in in_body | {"standfirst"})
    return Layout(body + "\n" if body else "", captions, tuple(removed), printed)


def _callouts(
    seed: Seed, blocks: Sequence[Block], quotes: Sequence[FoundQuote], raw: bool
) -> dict[int, callouts.Callout]:
    """The callouts by where their paragraphs start. Where a link is in what would become the attribution, the
    paragraph stays: it says more than who spoke."""

    def write(words: str, start: int) -> str:
        return squeeze(words) if raw else escape(words, _links(seed, start, start + len(words)))

    chosen = callouts.choose(seed.text, blocks, quotes, write)
    if not seed.links:
        return chosen
    return {
        start: callout
        for start, callout in chosen.items()
        if not any(_links(seed, moved.start, moved.end) for moved in callout.moved)
    }


def _links(seed: Seed, start: int, end: int) -> list[Linked]:
    """The links in a stretch of the seed, counted from its start, cut where they reach beyond it."""
    if not seed.links:
        return []
    first = bisect_right(seed.links, start, key=lambda link: link.end)
    last = bisect_left(seed.links, end, key=lambda link: link.start)
    found = seed.links[first:last]
    return [(max(link.start, start) - start, min(link.end, end) - start, link.url) for link in found]


def _not_given(seed: Seed, blocks: Sequence[Block], given: Meta) -> frozenset[str]:
    """ "standfirst" where the front matter gives another one: then the one that was found is body."""
    found = " ".join(seed.text[block.start : block.end] for block in blocks if block.label == "standfirst")
    other = given.standfirst and callouts.same_words(given.standfirst) != callouts.same_words(found)
    return frozenset(("standfirst",)) if other else frozenset()


def _reason(block: Block, given: Meta) -> str | None:
    """Why a block is not in the Markdown as it stands; None where it is."""
    if block.label == "debris":
        return block.reason
    if block.label == "title" and given.title and given.source.title:
        return "headline: the front matter gives its own"
    return {"byline": "byline: kept as the author", "dateline": "date line: kept as the date"}.get(
        block.label
    )


def plain(seed: Seed, block: Block) -> str:
    """A block's words without marks of formatting, on one line."""
    words = seed.text[block.start : block.end]
    return squeeze(markdown.plain_text(words) if seed.path.endswith(MARKDOWN) else words)


def _piece(seed: Seed, block: Block, raw: bool) -> str:
    words, links = seed.text[block.start : block.end], _links(seed, block.start, block.end)
    if raw:
        return words.replace("\r\n", "\n").replace("\r", "\n")
    if block.label == "subhead":
        return f"## {heading(words, links)}"
    if block.label == "quote":
        return f"> {escape(words if links else _MD_QUOTE.sub('', words), links)}"
    return escape(words, links)


def _list(seed: Seed, blocks: Sequence[Block], raw: bool) -> str:
    """A list; one that counts keeps its numbers only where Markdown would count the same way."""
    items = [seed.text[block.start : block.end] for block in blocks]
    if raw:
        return "\n".join(items)
    marks = [_ITEM.match(item) for item in items]
    ends = [block.start + (mark.end() if mark else 0) for block, mark in zip(blocks, marks, strict=True)]
    words = [
        escape(seed.text[start : block.end], _links(seed, start, block.end))
        for block, start in zip(blocks, ends, strict=True)
    ]
    numbers = [int(mark["number"]) if mark and mark["number"] else None for mark in marks]
    if numbers[0] is not None and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return "\n".join(f"{number}. {item}" for number, item in zip(numbers, words, strict=True))
    kept = zip(numbers, blocks, words, strict=True)
    return "\n".join(
        f"- {said if number is None else _piece(seed, block, raw)}" for number, block, said in kept
    )
