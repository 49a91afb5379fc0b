"""Where an article first appeared, as far as the page says so: the newspaper's name and the address.

Ordered tables of named rules again; rather no name than a wrong one. A name counts where the page
calls it the source, or where it reads like that of a newspaper, or stands elsewhere on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sitegen.model import Block, Seed, Source
from sitegen.seeds.layout import plain
from sitegen.seeds.structure import bylines, dates
from sitegen.seeds.words import words

_URL = re.compile(r"<?(https?://[^\s<>\"()]+)>?")
_ADDRESS = re.compile(
    rf"(?:(?:source|from|via|link|url|original|read (?:it )?at)\s*:?\s*)?{_URL.pattern}\.?", re.I
)
_WORD = r"[\w'’&-]*(?:\.[\w'’&-]+)*"
_NAME = (
    rf"(?P<name>(?:[Tt]he )?[A-Z0-9]{_WORD}(?: (?:[A-Z&]{_WORD}|(?:of|and|on|the|for|de|la|del|in)\b))"
    + r"{0,6})"
)
_WHOLE = re.compile(_NAME)
_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[^\W_]+")
_LABEL = re.compile(
    r"(?i:source|via|from|publication|publisher|published (?:in|by)|newspaper|website|site)\s*:\s*" + _NAME
)
_FEED = re.compile(rf"The post .+ (?:first appeared|appeared first) on {_NAME}")
_TOLD = re.compile(
    r"(?i:(?:(?:an?|this|the) (?:(?:earlier|longer|shorter|first|original) )?(?:version of (?:this|the) )?"
    r"(?:article|story|piece|post|report|essay|column|interview|text)\s+)?"
    r"(?:(?:was|is|has|had|been)\s+)*(?:first |originally |previously |also )?"
    r"(?:appeared|published|republished|reprinted|posted|ran|reproduced|syndicated)"
    r"(?: (?:originally|first|here|with permission))*,? (?:in|by|on|at|from))"
    rf" {_NAME}"
)
_OWNER = re.compile(
    r"(?i:copyright(?: ©| \(c\))?|©|\(c\))\s*(?:[Cc]opyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?,?\s*)?(?:by )?"
    + _NAME
)
_PARTS = re.compile(r"\s*[|·•,;–—]\s*|\s-\s")
_TRAILING = re.compile(
    r"(?:\s(?:of|and|on|the|for|de|la|del|in)|\s(?:Ltd|Limited|LLC|Inc|plc|PLC|GmbH|Co)\.?|\s\d{4})+\Z"
)


@dataclass(frozen=True)
class Page:
    """A whole page, and its short lines of debris above the article; folded when a rule asks for it."""

    text: str
    debris: tuple[str, ...]

    @cached_property
    def lower(self) -> str:
        return self.text.casefold()

    @cached_property
    def folded(self) -> str:
        return f" {_folded(self.text)} "

    @cached_property
    def tops(self) -> frozenset[str]:
        return frozenset(map(_folded, self.debris))


@dataclass(frozen=True, slots=True)
class Said:
    """A line that may name the source: its words, as it stands in the seed, what it is, and whether it
    stands above the article; `page` is the page it stands on."""

    text: str
    raw: str
    label: str
    rule: str
    above: bool
    page: Page
    language: str


Rule = Callable[[Said], Iterator[str]]


def find(seed: Seed, blocks: Sequence[Block], language: str = "en") -> Source:
    """The source that a page names, without its author; both fields None where it names none. Pure."""
    said = tuple(_lines(seed, blocks, language))
    found = (name for _, rule in NAMES for line in said for name in rule(line))
    return Source(name=next(filter(None, map(_clean, found)), None), url=next(_addresses(said), None))


def _lines(seed: Seed, blocks: Sequence[Block], language: str) -> Iterator[Said]:
    """The lines around the article, not those within it."""
    core = [n for n, block in enumerate(blocks) if block.label in ("body", "list", "quote", "subhead")]
    first, last = (core[0], core[-1]) if core else (len(blocks), -1)
    near = [
        (n < first, block, seed.text[block.start : block.end])
        for n, block in enumerate(blocks)
        if (n < first or n > last) and block.label in ("debris", "byline", "dateline")
    ]
    short = [(above, block, raw, plain(seed, block)) for above, block, raw in near if len(raw) <= _LONGEST]
    debris = tuple(text for above, block, _, text in short if above and block.label == "debris")
    page = Page(seed.text, debris)
    for above, block, raw, text in short:
        yield Said(text, raw, block.label, block.reason, above, page, language)


_LONGEST = 240  # characters


def _addresses(said: Sequence[Said]) -> Iterator[str]:
    """Addresses that are a line, or follow the word for the source."""
    for line in said:
        if whole := _ADDRESS.fullmatch(line.raw):
            yield whole.group(1).rstrip(".,;")
        elif line.rule == "source line" and (within := _URL.search(line.raw)):
            yield within.group(1).rstrip(".,;")


def _labelled(line: Said) -> Iterator[str]:
    if (
        "@" not in line.text
        and (found := _LABEL.match(line.text))
        and not bylines.is_sure_name(found["name"], line.language)
    ):
        yield found["name"]


def _told(line: Said) -> Iterator[str]:
    if found := _TOLD.match(line.text) or _FEED.match(line.text):
        yield found["name"]


def _beside_date(line: Said) -> Iterator[str]:
    """ "The Lime Gazette, 18 November 2026"."""
    if line.label == "dateline" and line.above and dates.taken_apart(line.text, line.language).dated:
        yield from (part for part in _PARTS.split(line.text) if _is_newspaper(part, line))


def _beside_author(line: Said) -> Iterator[str]:
    """ "By Ed Itor, The Lime Gazette"; a newspaper's name may also stand on a line of its own."""
    if line.label == "byline" and line.above:
        parts = _PARTS.split(line.text)
        yield from (part for part in (parts if len(parts) == 1 else parts[1:]) if _is_newspaper(part, line))


def _owner(line: Said) -> Iterator[str]:
    found = _OWNER.match(line.text)
    if found and (
        _is_newspaper(found["name"], line) or _folded(_clean(found["name"]) or "") in line.page.tops
    ):
        yield found["name"]


def _at_the_top(line: Said) -> Iterator[str]:
    """A name alone at the top that the page says again."""
    if line.above and line.label == "debris":
        yield from (
            part for part in _PARTS.split(line.text)[:1] if _is_newspaper(part, line) and _recurs(part, line)
        )


def _is_newspaper(name: str, line: Said) -> bool:
    """Whether a name is that of a newspaper, and of no agency or person."""
    bare = _clean(name)
    if bare is None or not 1 <= bare.count(" ") <= 5 or _DIGIT.search(bare) or not _WHOLE.fullmatch(bare):
        return False
    if bylines.is_agency(bare, line.language) or bylines.is_newsroom(bare, line.language):
        return False
    said, papers = bare.split(), words(line.language, "masthead_words")
    if all(word.casefold() in words(line.language, "sections") for word in said):
        return False
    named = said[0] == "The" or any(word in papers for word in said)
    return said[-1] in papers or (named and _recurs(bare, line))


def _recurs(name: str, line: Said) -> bool:
    bare = _folded(name)
    if line.page.lower.count(bare.partition(" ")[0]) < 2:  # far quicker than folding the page
        return False
    return line.page.folded.count(f" {bare} ") > 1


def _folded(text: str) -> str:
    return " ".join(_LETTERS.findall(text.casefold()))


def _clean(name: str) -> str | None:
    """A name without the marks around it and the words that do not belong to it."""
    bare = _TRAILING.sub("", name.strip(_MARKS)).strip(_MARKS).removeprefix("the ")
    return bare if len(bare) > 1 and any(mark.isalpha() for mark in bare) else None


_MARKS = " .,;:()[]*_|-–—"


NAMES: tuple[tuple[str, Rule], ...] = (
    ("called the source", _labelled),
    ("where it was published", _told),
    ("beside the date", _beside_date),
    ("beside the author", _beside_author),
    ("owner of the page", _owner),
    ("at the top and again", _at_the_top),
)
