"""What the labelling rules look at: the lines of a pasted page, and where its article stands.

A line here is a block of the text before it has a label. All facts about a line are worked out
once; the rules only ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from sitegen.frozen import record
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
_PLAIN_LETTERS = "".join(_LETTERS[code] for code in range(128)).encode("ascii") + bytes(128)
_KEY_WORDS = 6  # words: shorter sentences are repeated by chance
_ENDS = re.compile(r"[.!?…:;][\"”’'»)\]*]*\Z|[”\"]\Z")
_LAST_MARKS = frozenset(".!?…:;\"”’'»)]*")  # of what `_ENDS` finds
_STOPS = re.compile(r"[.!?…][\"”’')\]]*(?=\s|\Z)")
_SHORT = re.compile(r"\s[^\W\d_.]{3,}\.[\"”’']?\Z")  # "Nobody left.", not "More U.S."
_MARK = re.compile(r"#{1,6}[ \t]|>|!\[|```|~~~|\|")
_BULLET = re.compile(r"(?:[-*+•·▪‣◦–]|\d{1,2}[.)])\s+(?=\S)")


@record
class Line:
    """One line, on one line.

    `text` is what it says, without the `mark` that Markdown has before the words ("#" a heading, ">"
    a quote, "-" an item of a list, "!" an image, "`" and "|" code and a table). `lower` is the same,
    casefolded; `words` are its words alone, casefolded, and `bare` is these on one line; `count` the
    number of things between spaces; `ends` whether it ends like a sentence; `keys` are its longer
    sentences, bare, to find one that stands elsewhere again.
    """

    index: int
    start: int
    end: int
    text: str
    lower: str
    words: list[str]
    bare: str
    count: int
    ends: bool
    prose: bool
    keys: tuple[str, ...] = ()
    mark: str = ""

    @property
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
    return tuple([_line(index, start, end, text, is_markdown) for index, (start, end) in enumerate(spans)])


def _line(index: int, start: int, end: int, text: str, is_markdown: bool) -> Line:
    raw = text[start:end]
    mark = _mark(raw, is_markdown)
    words = squeeze(plain_text(raw) if is_markdown else raw.lstrip("> ") if mark else raw)
    lower = words.casefold()
    sentences = [part.split() for part in _letters(lower).split("\n")]
    said = sentences[0] if len(sentences) == 1 else list(chain.from_iterable(sentences))
    keys = tuple([" ".join(part) for part in sentences if len(part) >= _KEY_WORDS])
    count = words.count(" ") + 1 if words else 0
    ends = words[-1:] in _LAST_MARKS and _ENDS.search(words[-8:]) is not None
    prose = _reads_as_prose(words, count, ends)
    return Line(index, start, end, words, lower, said, " ".join(said), count, ends, prose, keys, mark)


def _letters(lower: str) -> str:
    """Its letters, for `_line`; plain letters, once the marks around them are, go faster."""
    if not lower.isascii():
        for mark, plain in _TYPESET:
            lower = lower.replace(mark, plain)
        if not lower.isascii():
            return lower.translate(_LETTERS)
    return lower.encode("ascii").translate(_PLAIN_LETTERS).decode("ascii")


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


class Given(NamedTuple):
    """A label with the name of the rule that gave it."""

    label: Label
    rule: str
