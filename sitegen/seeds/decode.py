"""Bytes → text, for articles that come from anywhere.

The order is: byte order mark, strict UTF-8, the character set that the text declares, and last
UTF-8 whose faulty bytes are read as Windows-1252, the set of most old news systems. Guessing by
letter statistics is left out on purpose: it is wrong too often on texts as short as an article.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"\b(?:charset|encoding)[\"']?[ \t]*[:=][ \t]*[\"']?([A-Za-z][\w.:-]{2,30})", re.I)
# Character sets of text; the codec registry also knows transformations such as unicode_escape.
_SETS = re.compile(
    r"(?:iso-?8859-?\d+|latin-?\d|windows-\d+|cp\d+|koi8-[ru]|mac-?\w+|shift[_-]?jis|euc[_-]?\w+"
    r"|gbk?|gb\d+|big5\S*|us-ascii|ascii)\Z",
    re.I,
)
_WHERE_LOOKED = 1024  # bytes: as far as HTML lets a page go before it must have said so

# WHATWG's Windows-1252: the five bytes that the code page leaves open are control characters.
_CP1252 = tuple(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256))


@dataclass(frozen=True, slots=True)
class Decoded:
    """`sure` is false where the character set had to be guessed or some bytes made no sense."""

    text: str
    encoding: str
    sure: bool


def decode(data: bytes) -> Decoded:
    """The text of any bytes, without its byte order mark. Never raises."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        return _declared(data) or Decoded(data.decode("utf-8", "sitegen-cp1252"), "cp1252", False)


def _marked(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(data.decode(name), name, True)
    except UnicodeDecodeError:
        handler = "sitegen-cp1252" if name == "utf-8" else "replace"
        return Decoded(data.decode(name, handler), name, False)


def _declared(data: bytes) -> Decoded | None:
    found = _DECLARED.search(data, 0, _WHERE_LOOKED)
    name = found.group(1).decode("ascii") if found else ""
    if not _SETS.match(name):
        return None
    try:
        return Decoded(data.decode(name), codecs.lookup(name).name, True)
    except (LookupError, UnicodeError):
        return None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    faulty = error.object[error.start : error.end]
    return "".join(_CP1252[byte] for byte in faulty), error.end


codecs.register_error("sitegen-cp1252", _as_cp1252)
