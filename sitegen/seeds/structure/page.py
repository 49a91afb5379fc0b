"""What the labelling rules look at: the lines of a pasted page, and where its article stands.

A line here is a block of the text before it has a label. All facts about a line are worked out
once; the rules only ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sitegen.markdown import plain_text
from sitegen.model import Label
from sitegen.seeds.escape import squeeze


class _Letters(dict[int, str]):
    """For `str.translate`: letters and apostrophes stay, the ends of sentences are a new line and all
    else is a space. Fills itself."""

    def __missing__(self, code: int) -> str:
        letter = "'" if code == 0x2019 else chr(code)
        self[code] = letter if letter.isalpha() or letter == "'" else "\n" if letter in ".!?…" else " "
        return self[code]


_LETTERS = _Letters()
_KEY_WORDS = 6  # words: shorter sentences are repeated by chance
_ENDS = re.compile(r"(?:[.!?…:;]|\.\.\.)[\"”’'»)\]*]*\Z|[”\"]\Z")
_STOPS = re.compile(r"[.!?…][\"”’')\]]*(?=\s|\Z)")
_SHORT = re.compile(r"\s[^\W\d_.]{3,}\.[\"”’']?\Z")  # "Nobody left.", not "More U.S."
_MARK = re.compile(r"#{1,6}[ \t]|>|!\[|```|~~~|\|")
_BULLET = re.compile(r"(?:[-*+•·▪‣◦–]|\d{1,2}[.)])\s+(?=\S)")


@dataclass(frozen=True)
class Line:
    """One line, on one line.

    `text` is what it says, without the `mark` that Markdown has before the words ("#" a heading, ">"
    a quote, "-" an item of a list, "!" an image, "`" and "|" code and a table). `bare` is its words
    alone, casefolded; `count` the number of things between spaces; `ends` whether it ends like a
    sentence; `keys` are its longer sentences, bare, to find one that stands elsewhere again. The
    other facts are worked out when a rule first asks for them, and kept.
    """

    index: int
    start: int
    end: int
    text: str
    bare: str
    count: int
    ends: bool
    prose: bool
    keys: tuple[str, ...] = ()
    mark: str = ""

    @cached_property
    def lower(self) -> str:
        """What it says, casefolded, with its marks."""
        return self.text.casefold()

    @cached_property
    def words(self) -> list[str]:
        """The words of `bare`."""
        return self.bare.split()

    @cached_property
    def sentences(self) -> int:
        return len(_STOPS.findall(self.text))

    @property
    def upper(self) -> bool:
        """Whether every letter is a capital."""
        return self.text.isupper()

    @property
    def bullet(self) -> bool:
        return self.mark == "-" or bool(_BULLET.match(self.text))


def lines(text: str, spans: Sequence[tuple[int, int]], is_markdown: bool = False) -> tuple[Line, ...]:
    """The lines of a text at these places."""
    return tuple(_line(index, start, end, text, is_markdown) for index, (start, end) in enumerate(spans))


def _line(index: int, start: int, end: int, text: str, is_markdown: bool) -> Line:
    raw = text[start:end]
    mark = _mark(raw, is_markdown)
    words = squeeze(plain_text(raw) if is_markdown else raw.lstrip("> ") if mark else raw)
    letters = _letters(words)
    sentences = (part.split() for part in letters.split("\n"))
    keys = tuple(" ".join(said) for said in sentences if len(said) >= _KEY_WORDS)
    count = words.count(" ") + 1 if words else 0
    ends = bool(_ENDS.search(words[-8:]))
    prose = _reads_as_prose(words, count, ends)
    return Line(index, start, end, words, " ".join(letters.split()), count, ends, prose, keys, mark)


def _letters(words: str) -> str:
    """Its letters, casefolded, for `_line`; plain letters, once the marks around them are, go faster."""
    if not words.isascii():
        for mark, plain in _TYPESET:
            words = words.replace(mark, plain)
    return words.casefold().translate(_LETTERS)


# Marks that `_Letters` treats as their plain ones; none changes when it is casefolded.
_TYPESET = (("’", "'"), ("“", " "), ("”", " "), ("—", " "), ("–", " "), ("‘", " "), ("…", "."))


def _mark(raw: str, is_markdown: bool) -> str:
    if not is_markdown:
        return ">" if raw.startswith("> ") else ""
    found = _MARK.match(raw)
    return "-" if _BULLET.match(raw) else found.group()[0] if found else ""


def _reads_as_prose(words: str, count: int, ends: bool) -> bool:
    """A paragraph as journalists write them, not a headline, a button or a name.

    Sentences end with a mark; a paragraph cut off on the way, or closed by a link, is long. A
    question alone is more often a headline.
    """
    if count >= 30:
        return True
    if not ends:
        return count >= 12 and len(_STOPS.findall(words)) >= 2
    if words[-1] in "?!:;":
        return count >= 12 or (count >= 8 and words[-1] == ":")
    return count >= 4 or bool(_SHORT.search(words))


@dataclass(frozen=True, slots=True)
class Given:
    """A label with the name of the rule that gave it."""

    label: Label
    rule: str
