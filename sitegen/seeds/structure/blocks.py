"""A seed's text cut into blocks: the pieces that get a label each, with exact offsets.

In pasted text a line is a paragraph. In hard-wrapped text (old mail, wire copy) a line ends where
the next word would not have fitted, and then the lines of a paragraph belong together. In
Markdown an empty line divides, as everywhere in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"[ \t]*(?:[-*+•·▪‣◦–]|\d{1,3}[.)])[ \t]+\S")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_MD_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
_MD_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_MD_QUOTE = re.compile(r"[ ]{0,3}>")

_WIDTHS = range(40, 101)  # characters: the widths at which people and programs wrap
_ENOUGH_LINES = 6


def split(text: str, markdown: bool = False) -> list[Span]:
    """(start, end) of every block, white space around it left out; none is empty."""
    groups = list(_groups(text))
    if markdown:
        return _markdown_blocks(text, groups)
    width = _wrap_width(text, groups)
    if width is None:
        return [_trimmed(text, *line) for group in groups for line in group]
    return [span for group in groups for span in _unwrapped(text, group, width)]


def _groups(text: str) -> Iterator[list[Span]]:
    """Lines that stand together between empty lines."""
    group: list[Span] = []
    before = 0
    for line in _LINE.finditer(text):
        if line.group().strip() == "":
            continue
        if group and _breaks(text, before, line.start()) > 1:
            yield group
            group = []
        group.append(line.span())
        before = line.end()
    if group:
        yield group


def _breaks(text: str, start: int, end: int) -> int:
    """How many line ends lie between two lines; CR LF is one."""
    between = text[start:end]
    return len(_BREAK.findall(between))


_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def _wrap_width(text: str, groups: list[list[Span]]) -> int | None:
    """The width the text is wrapped at, or None where a line is a paragraph.

    Wrapped text gives itself away: nearly every line ends where the next word would not fit.
    """
    wrapped = [group for group in groups if len(group) > 1]
    lengths = [end - start for group in wrapped for start, end in group]
    if len(lengths) < _ENOUGH_LINES:
        return None
    width = max(lengths)
    if width not in _WIDTHS:
        return None
    pairs = (pair for group in wrapped for pair in pairwise(group))
    joints = [pair for pair in pairs if not _BULLET.match(text, *pair[1])]
    full = sum(_is_full(text, first, second, width) for first, second in joints)
    return width if joints and full >= 0.8 * len(joints) else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this one (with some slack)."""
    word = text[slice(*following)].split(None, 1)[0]
    return line[1] - line[0] + 1 + len(word) > width - 2


def _unwrapped(text: str, group: list[Span], width: int) -> Iterator[Span]:
    start, end = group[0]
    last = group[0]
    for line in group[1:]:
        if _is_full(text, last, line, width) and not _BULLET.match(text, *line):
            end = line[1]
        else:
            yield _trimmed(text, start, end)
            start, end = line
        last = line
    yield _trimmed(text, start, end)


def _markdown_blocks(text: str, groups: list[list[Span]]) -> list[Span]:
    """Paragraphs, headings, list items, quotes and fences of Markdown; a fence may hold empty lines."""
    blocks: list[Span] = []
    fence = ""
    for group in groups:
        joins = False
        for start, end in group:
            line = text[start:end]
            mark = _FENCE.match(line)
            if fence:
                blocks[-1] = (blocks[-1][0], end)
                fence = "" if mark and mark.group(1).startswith(fence) else fence
                continue
            if joins and not _begins(text, blocks[-1][0], line):
                blocks[-1] = (blocks[-1][0], end)
            else:
                blocks.append((start, end))
            joins = not (_MD_HEADING.match(line) or _MD_RULE.match(line))
            fence = mark.group(1)[:3] if mark else ""
    return [_trimmed(text, *block) for block in blocks]


def _begins(text: str, block: int, line: str) -> bool:
    """Whether a line of Markdown begins a block although no empty line stands before it."""
    if _MD_QUOTE.match(line):
        return not _MD_QUOTE.match(text, block)
    return any(mark.match(line) for mark in (_MD_HEADING, _MD_RULE, _FENCE, _BULLET))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
