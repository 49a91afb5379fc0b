"""What a news format says of an article → the text that conversion reads, with a label on every paragraph.

A format names its headline, its description and its byline; its markup names subheads, lists and
captions. What neither names is judged by the same rules as a pasted page, as far as they are sure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sitegen.errors import Problem
from sitegen.model import Block, Image, Label
from sitegen.seeds.callouts import same_words
from sitegen.seeds.escape import squeeze
from sitegen.seeds.found import Extracted
from sitegen.seeds.structure import blocks as cutting
from sitegen.seeds.structure import dates, labels
from sitegen.seeds.structure.alone import alone
from sitegen.seeds.structure.page import Line, lines

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")  # BCP 47, as far as it is in use
_BULLET = re.compile(r"(?:[-*+•·▪‣◦]|\d{1,2}[.)])\s")  # not the dash that begins speech in many languages
_BY_PLACE = frozenset(("list", "subhead", "quote"))  # labels taken from the rules of a pasted page


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph on one line. `label` is None where the format does not say what it is."""

    words: str
    label: Label | None = None
    reason: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Story:
    """An article as a news format holds it. `meta` has the keys of a seed's front matter, without
    title and standfirst; `by` is the byline as it stands there."""

    title: str = ""
    standfirst: str = ""
    by: str = ""
    pieces: tuple[Piece, ...] = ()
    images: tuple[Image, ...] = ()
    meta: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def plain(text: str) -> list[Piece]:
    """The paragraphs of plain text."""
    spans = cutting.split(text)
    return [Piece(words) for start, end in spans if (words := squeeze(text[start:end]))]


def prose(pieces: Sequence[Piece]) -> int:
    """How many words there are to read, without headline, captions and what is no article."""
    read = (None, "body", "list", "quote", "standfirst", "subhead")
    return sum(len(piece.words.split()) for piece in pieces if piece.label in read)


def extracted(story: Story) -> Extracted:
    """The story's text, blocks and facts. Pure; the words of every piece are in the text."""
    title = story.title or next((piece.words for piece in story.pieces if piece.label == "title"), "")
    standfirst = "" if _begins_with(story.pieces, title, story.standfirst) else story.standfirst
    head = (
        Piece(title, "title", "headline of the file"),
        Piece(standfirst, "standfirst", "description in the file"),
        Piece(story.by, "byline", "byline of the file"),
    )
    pieces = [piece for piece in head if piece.words]
    pieces += _without_repeats(story.pieces, title, story.by, bool(standfirst))
    language = _language(story.meta.get("language"))
    text, found = _written(pieces, english=not language or language.lower().split("-")[0] == "en")
    meta = {key: _clean(value) for key, value in story.meta.items() if key != "language" and value}
    said = " ".join(text[block.start : block.end] for block in found if block.label == "standfirst")
    given = {"title": title, "standfirst": said, "language": language, "dateline": _place(text, found)}
    return Extracted(
        text=text,
        blocks=found,
        meta={key: value for key, value in given.items() if value} | meta,
        images=story.images,
        problems=story.problems,
    )


def _begins_with(pieces: Sequence[Piece], title: str, standfirst: str) -> bool:
    """Whether a description is only the beginning of the article, perhaps cut off in the middle."""
    own = (piece.words for piece in pieces if piece.label in (None, "body", "standfirst", "quote", "list"))
    whole = same_words(" ".join(words for words in own if same_words(words) != same_words(title)))
    said = same_words(standfirst)
    return not said or said == same_words(title) or whole.startswith(said)


def _without_repeats(pieces: Sequence[Piece], title: str, by: str, has_standfirst: bool) -> list[Piece]:
    """The article's own pieces; the headline and the byline are said once, and there is one standfirst."""
    heading, credit = same_words(title), same_words(by)
    kept: list[Piece] = []
    for piece in pieces:
        words, label = same_words(piece.words), piece.label
        if words and words == heading and (label in ("title", "subhead") or not kept):
            continue
        if label == "byline" and words and words == credit:
            continue
        if label == "title":
            piece = Piece(piece.words, "subhead", piece.reason)
        if label == "standfirst" and (has_standfirst or any(prose([other]) for other in kept)):
            piece = Piece(piece.words)
        kept.append(piece)
    return kept


def _written(pieces: Sequence[Piece], english: bool) -> tuple[str, tuple[Block, ...]]:
    """The text of the pieces, an empty line between them, and its blocks."""
    text = "\n\n".join(piece.words for piece in pieces)
    spans: list[tuple[int, int]] = []
    start = 0
    for piece in pieces:
        spans.append((start, start + len(piece.words)))
        start = spans[-1][1] + 2
    read = lines(text, spans)
    found = tuple(
        Block(start, end, piece.label, piece.reason) if piece.label else _judged(n, read, by_place, english)
        for n, (piece, (start, end), by_place) in enumerate(
            zip(pieces, spans, labels.label(text, spans), strict=True)
        )
    )
    return text, found


def _judged(n: int, read: Sequence[Line], by_place: Block, english: bool) -> Block:
    """The block of a paragraph that the format says nothing of: what its words alone make sure."""
    if any(_has_bullet(read, m) for m in (n - 1, n + 1)) and _has_bullet(read, n):
        return replace(by_place, label="list", reason="lines with bullets")
    by_itself = alone(read[n], "en") if english else None
    if (by_itself and by_itself.label == by_place.label) or (english and by_place.label in _BY_PLACE):
        return by_place
    return replace(by_place, label="body", reason="paragraph")


def _has_bullet(read: Sequence[Line], n: int) -> bool:
    return 0 <= n < len(read) and bool(_BULLET.match(read[n].text))


def _clean(value: object) -> object:
    """Words without what YAML cannot hold."""
    if isinstance(value, str):
        return squeeze(value)
    return [_clean(item) for item in value] if isinstance(value, list) else value


def _language(value: object) -> str:
    return value if isinstance(value, str) and _LANGUAGE_TAG.match(value) else ""


def _place(text: str, found: Sequence[Block]) -> str:
    """The date line that the file marks, where it is a place."""
    said = (text[block.start : block.end] for block in found if block.label == "dateline")
    return next((words for words in said if not dates.taken_apart(words).dated), "")
