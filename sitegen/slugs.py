"""Slugs: the last part of an address, made from words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

MAX_LENGTH = 80

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
# Names that Windows keeps for devices, with any ending.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
_APOSTROPHES = re.compile("['’‘`]")
_BETWEEN = re.compile("[^a-z0-9]+")
_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def slugify(text: str, fallback: str = "untitled") -> str:
    """ASCII letters, digits and single hyphens, at most 80 characters and cut at a word's end."""
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
    ascii_only = _APOSTROPHES.sub("", folded).encode("ascii", "ignore").decode()
    slug = _BETWEEN.sub("-", ascii_only).strip("-")
    if len(slug) > MAX_LENGTH:
        cut = slug[: MAX_LENGTH + 1]
        slug = cut[: cut.rfind("-")] if "-" in cut else slug[:MAX_LENGTH]
    if not slug:
        # A title in another script: a short stable name is better than none.
        return fallback if not text.strip() else f"{fallback}-{_digest(text)}"
    return f"{slug}-page" if slug in _DEVICES else slug


def free(slug: str, taken: Container[str]) -> str:
    """The slug itself, or with the first of -2, -3 … that is not taken."""
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


def is_slug(text: str) -> bool:
    return bool(_SHAPE.match(text)) and text not in _DEVICES


def _digest(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
