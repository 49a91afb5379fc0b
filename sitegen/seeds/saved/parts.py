"""A page's tree → its parts in reading order: paragraphs, headings, items, quotes, captions, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from sitegen.seeds.escape import squeeze
from sitegen.seeds.saved.links import Run, Span, spans
from sitegen.seeds.saved.tree import Element, is_hidden

Kind = Literal["text", "heading", "item", "quote", "caption", "row", "code", "picture"]

_BLOCKS = frozenset((
    "html", "body", "div", "p", "section", "article", "main", "header", "aside", "figure", "figcaption",
    "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
    "caption", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "address", "fieldset", "legend", "center",
    "details", "summary", "hgroup", "picture", "form",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NUMBER = re.compile(r"\d+[.]")
_OF_TABLES = frozenset(("table", "tr", "caption"))
_LONGEST_CELL = 150  # letters
_BOLD = frozenset(("b", "strong"))
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "figcaption": "caption", "caption": "caption", "blockquote": "quote", "li": "item", "dd": "item",
    "pre": "code", "tr": "row",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the page between two breaks, on one line.

    `linked` is the share of its letters that stand in links, `links` are these with the page's own
    addresses; `element` the one whose words these
    are (for a picture the <img>), `tag` its heading's or list's tag; `bold` whether all of it is.
    """

    text: str
    kind: Kind
    element: Element
    tag: str
    linked: float = 0.0
    bold: bool = False
    links: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Reading:
    """Where the walk through the page is, and the words since the last break."""

    found: list[Part] = field(default_factory=list)
    blocks: list[tuple[Element, Kind, str]] = field(default_factory=list)
    words: list[Run] = field(default_factory=list)
    links: list[str | None] = field(default_factory=list)
    bolds: int = 0
    linked: int = 0
    strong: int = 0
    breaks: int = 0
    table: Element | None = None
    counts: dict[Element, int] = field(default_factory=dict)

    def enter(self, element: Element) -> None:
        tag = element.tag
        if tag == "table" and self.table is None and _holds_data(element):
            self.table = element
        if self.table is not None and tag in _BLOCKS and tag not in _OF_TABLES:
            self.say(" ")
        elif tag in _BLOCKS:
            self.end_part()
            before: tuple[Any, Kind, str] = self.blocks[-1] if self.blocks else (element, "text", tag)
            inherits = tag not in _KINDS or (tag == "tr" and self.table is None)
            kind: Kind = before[1] if inherits else _KINDS[tag]
            named = (element, kind, before[2] if inherits else tag)
            self.blocks.append(named)
            if tag == "li":
                self.number(element)
        elif tag == "br":
            self.breaks += 1
            self.say(" ")
            if self.breaks > 1:
                self.end_part()
        elif tag == "img":
            self.found.append(Part("", "picture", element, "img"))
        if tag == "a":
            self.links.append(element.get("href"))
        self.bolds += tag in _BOLD
        self.take(element.text)

    def number(self, item: Element) -> None:
        """An item of a list that counts begins with its number."""
        whole = item.getparent()
        if whole is not None and whole.tag == "ol":
            start = whole.get("start") or ""
            self.counts[whole] = self.counts.get(whole, int(start[:6]) - 1 if start.isdecimal() else 0) + 1
            self.say(f"{self.counts[whole]}. ")

    def leave(self, element: Element) -> None:
        tag = element.tag
        if tag == "a":
            self.links.pop()
        self.bolds -= tag in _BOLD
        if self.table is not None and tag in _BLOCKS and tag not in _OF_TABLES:
            self.say(" | " if tag in ("td", "th") else " ")
        elif tag in _BLOCKS:
            self.end_part()
            self.blocks.pop()
        if element is self.table:
            self.table = None

    def say(self, words: str) -> None:
        """Add words, the page's own or what it shows where none stand: spaces, the numbers of items."""
        self.words.append((words, self.links[-1] if self.links else None))

    def take(self, words: str | None) -> None:
        if not words:
            return
        self.say(words)
        if count := len(words) if not words.isspace() else 0:
            self.breaks = 0
            self.linked += count * bool(self.links)
            self.strong += count * (self.bolds > 0)

    def end_part(self) -> None:
        whole = squeeze("".join(words for words, _ in self.words))
        text = whole.strip("| ") if self.table is not None else whole
        if text and self.blocks and not _NUMBER.fullmatch(text):
            element, kind, tag = self.blocks[-1]
            size = max(1, sum(len(words) for words, _ in self.words if not words.isspace()))
            share, bold = min(1.0, self.linked / size), self.strong >= 0.9 * size
            links = self.links_of(whole, text) if share else ()
            self.found.append(Part(text, kind, element, tag, share, bold, links))
        self.words.clear()
        self.linked = self.strong = self.breaks = 0

    def links_of(self, whole: str, text: str) -> tuple[Span, ...]:
        """The links of the words since the last break, in `text`, which has none of the marks at its ends."""
        before = whole.index(text)
        return tuple((start - before, end - before, to) for start, end, to in spans(self.words, whole))


def parts(root: Element) -> list[Part]:
    """The parts of everything below an element that a reader sees, in order."""
    from lxml import etree

    reading = _Reading()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        hidden = is_hidden(element)
        if event == "start" and hidden:
            walker.skip_subtree()
        elif not hidden:
            (reading.enter if event == "start" else reading.leave)(element)
        if event == "end":
            reading.take(element.tail if element is not root else None)
    reading.end_part()
    return reading.found


def _holds_data(table: Element) -> bool:
    """Whether a table is one of facts, not one that old pages are laid out with: several rows and
    columns of short cells."""
    rows = list(table.iter("tr"))
    cells = list(table.iter("td", "th"))
    plain = next(table.iterdescendants("table", "h1", "h2", "blockquote"), None) is None
    if len(rows) < 2 or len(cells) < 2 * len(rows) or not plain:
        return False
    return all(len("".join(cell.itertext()).strip()) <= _LONGEST_CELL for cell in cells)
