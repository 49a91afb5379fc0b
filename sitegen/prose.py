"""The short way from Markdown to HTML, for what nearly all news is written in.

Plain paragraphs, simple emphasis, links, pictures, code spans, headings, flat lists, block quotes and
our directives, at a small part of what a whole Markdown parser costs. It knows when it does not know:
each text is proved, line by line and mark by mark, to be of a kind that can mean one thing only, and
where the proof fails there is no answer (None), and the library behind `markdown.py` is asked about
the whole text. What it does answer is what the library says, byte for byte.

The proof goes in three steps. `_DOUBTFUL` keeps out what acts at a distance. Then blocks: apart from
blank lines only ASCII marks at the beginning of a line make or end a block, so a paragraph whose lines
all begin harmlessly is one. Last, the marks within a block, which `marks.py` proves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from sitegen import marks
from sitegen.marks import Doubt

PartKind = Literal["paragraph", "heading", "block", "quote", "pull", "figures"]

DIRECTIVES: dict[str, PartKind] = {"pull": "pull", "figures": "figures"}
DIRECTIVE = re.compile(r":::+[ \t]*(?P<name>[^\W\d_][\w-]*)(?P<words>[^\n]*)\Z")
DASHES = ("—", "–", "-- ")


class Part(NamedTuple):
    """A top-level block of a body.

    `html` is safe to print as it is. A `quote` is a blockquote with an attribution line: `html` is
    what stands inside the blockquote and `attribution` the line without its dash, as plain text. A
    `pull` or `figures` part comes from a line `::: pull q1` or `::: figures f1 f2`: `ids` are the
    words after the name, `html` is empty.
    """

    kind: PartKind
    html: str
    attribution: str = ""
    ids: tuple[str, ...] = ()


def parts(text: str) -> tuple[Part, ...] | None:
    """The parts of a Markdown body, in order; None where the short way is not sure of one of them."""
    try:
        return tuple([_PART[kind](texts, mark) for kind, texts, mark in _blocks(text)])
    except Doubt:
        return None


def plain_text(text: str) -> str | None:
    """The words of a Markdown text, a line for each block; None where the short way is not sure."""
    try:
        return "\n".join([marks.plain(marks.html(words)) for _, texts, _ in _blocks(text) for words in texts])
    except Doubt:
        return None


def attributed(line: str) -> str | None:
    """Who said it, from the plain text of a quote's last line; None if that is no attribution."""
    words = line.strip()
    return words.lstrip("—–- ").strip() if words.startswith(DASHES) else None


# ---------------------------------------------------------------- blocks


# A block: its kind, the paragraphs, items or words in it, and its mark: a heading's level, a list's
# opening tag, a directive's line.
_Block = tuple[str, Sequence[str], str]

# What acts at a distance, or on what stands around it: HTML and autolinks, tabs (columns count), what
# the library rewrites before all else, entities.
_DOUBTFUL = ("<", "\t", "\r", "\0")
_ENTITY = re.compile(r"&#?\w+;")

# How a line of a paragraph may begin: with no mark of a block, or with one that the next character
# makes harmless (emphasis, code, a number that is not an item's).
_START = r"(?:[^\s\x00-\x1f#>+\-*_0-9`~|:=]|[*_]{1,2}[^\s*_]|`[^`\n]|[0-9]++(?:[.)]\S|(?![.)])))"
# Lines that begin so, none ending in a space (two make a hard break), the last in no space of any kind,
# and all of them not the definition of a link, which would change what brackets elsewhere mean.
_PARAGRAPH = re.compile(rf"(?!\[(?s:.*)\]:){_START}[^\n]*+(?:(?<! )\n{_START}[^\n]*+)*+(?<!\s)\Z")
_HEADING = re.compile(r"(#{1,6}) (\S[^\n]*)(?<![#\s])\Z")
_ITEM = re.compile(r"([-+*]|[0-9]{1,9}[.)]) ")
_NEXT_ITEM = {
    "-": re.compile(r"\n- "),
    "+": re.compile(r"\n\+ "),
    "*": re.compile(r"\n\* "),
    ".": re.compile(r"\n[0-9]{1,9}\. "),
    ")": re.compile(r"\n[0-9]{1,9}\) "),
}


def _blocks(text: str) -> list[_Block]:
    for mark in _DOUBTFUL:
        if mark in text:
            raise Doubt
    if "&" in text and _ENTITY.search(text):
        raise Doubt
    blocks: list[_Block] = []
    was = ""
    for piece in text.strip("\n").split("\n\n"):
        if piece[:1] in "\n":  # more than one blank line
            piece = piece.strip("\n")
            if not piece:
                continue
        block = _BLOCK.get(piece[0], _paragraph)(piece)
        if block[0] == was == "list":  # two of a kind would be one list, with space between
            raise Doubt
        was = block[0]
        blocks.append(block)
    return blocks


def _paragraph(piece: str) -> _Block:
    if not _is_paragraph(piece):
        raise Doubt
    return "paragraph", (piece,), ""


def _is_paragraph(text: str) -> bool:
    """What `_PARAGRAPH` says; one line that begins with a letter needs no pattern."""
    if text[:1].isalpha() and "\n" not in text:
        return not text[-1].isspace()
    return _PARAGRAPH.match(text) is not None


def _heading(piece: str) -> _Block:
    if not (found := _HEADING.match(piece)):
        raise Doubt
    return "heading", (found[2],), str(len(found[1]))


def _list(piece: str) -> _Block:
    """A list of one-line items without blank lines; or a paragraph that begins with emphasis or a number."""
    if not (found := _ITEM.match(piece)):
        return _paragraph(piece)
    marker = found[1]
    items = _NEXT_ITEM[marker[-1]].split(piece[found.end() :])
    for item in items:
        if "\n" in item or not _is_paragraph(item):
            raise Doubt
    if len(marker) == 1:
        return "list", items, "<ul>"
    first = int(marker[:-1])
    return "list", items, "<ol>" if first == 1 else f'<ol start="{first}">'


def _quote(piece: str) -> _Block:
    """Paragraphs of which every line has its mark, with one space after it."""
    if not piece.startswith("> ") or piece.count("\n") != piece.count("\n> ") + piece.count("\n>\n"):
        raise Doubt
    texts = piece[2:].replace("\n>\n", "\n\n").replace("\n> ", "\n").split("\n\n")
    for text in texts:
        if not _is_paragraph(text):
            raise Doubt
    return "quote", texts, ""


def _directive(piece: str) -> _Block:
    line = piece.removesuffix("\n:::")
    found = DIRECTIVE.match(line)
    if not found or found["name"] not in DIRECTIVES:
        raise Doubt
    return "directive", (), line


_BLOCK: dict[str, Callable[[str], _Block]] = {
    "#": _heading,
    ">": _quote,
    ":": _directive,
    **dict.fromkeys("-+*0123456789", _list),
}


# ---------------------------------------------------------------- parts


def _paragraph_part(texts: Sequence[str], _mark: str) -> Part:
    return Part("paragraph", f"<p>{marks.html(texts[0])}</p>")


def _heading_part(texts: Sequence[str], level: str) -> Part:
    return Part("heading", f"<h{level}>{marks.html(texts[0])}</h{level}>")


def _list_part(texts: Sequence[str], tag: str) -> Part:
    items = "</li>\n<li>".join([marks.html(item) for item in texts])
    return Part("block", f"{tag}\n<li>{items}</li>\n</{tag[1:3]}>")


def _quote_part(texts: Sequence[str], _mark: str) -> Part:
    *before, last = texts
    said, _, line = last.rpartition("\n")
    if said or before:  # the only line of a quote is the quote
        attribution = attributed(marks.plain(marks.html(line)))
        if attribution is not None:
            return Part("quote", _paragraphs([*before, said] if said else before), attribution)
    return Part("block", f"<blockquote>\n{_paragraphs(texts)}\n</blockquote>")


def _directive_part(_texts: Sequence[str], line: str) -> Part:
    found = DIRECTIVE.match(line)
    assert found is not None
    return Part(DIRECTIVES[found["name"]], "", ids=tuple(found["words"].split()))


_PART: dict[str, Callable[[Sequence[str], str], Part]] = {
    "paragraph": _paragraph_part,
    "heading": _heading_part,
    "list": _list_part,
    "quote": _quote_part,
    "directive": _directive_part,
}


def _paragraphs(texts: Sequence[str]) -> str:
    return "\n".join([f"<p>{marks.html(text)}</p>" for text in texts])
