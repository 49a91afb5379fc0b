"""Word lists, a file each, by language: one entry a line, `#` begins a comment.

An entry may carry a value after a tab (a unit's English name, a magnitude's factor).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def table(language: str, name: str) -> Mapping[str, str]:
    """The entries of `words/LANGUAGE/NAME.txt` in the order of the file, each with its value or ""."""
    text = (files(__package__) / language / f"{name}.txt").read_text(encoding="utf-8")
    rows = (line.split("#", 1)[0].rstrip() for line in text.splitlines())
    return {
        key.strip(): value.strip() for key, _, value in (row.partition("\t") for row in rows) if key.strip()
    }


@cache
def words(language: str, name: str) -> frozenset[str]:
    """The entries of a list without their values."""
    return frozenset(table(language, name))
