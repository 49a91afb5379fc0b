"""The one YAML dialect: front matter, config, themes and data files.

YAML without its traps. There are no anchors, aliases, merge keys, tags or duplicate keys; keys
are strings; a plain scalar is a number, a date, `true`, `false` or `null` only where it looks
like one to anybody (`no` is a word, `012` and `1:30:00` are text); nesting ends at 30 levels.
Values come back as dict, list, str, int, float, bool, None, `date` and `datetime`.

    dialect   what plain scalars mean, the limits, the errors
    plain     the short way: reads what nearly all files look like, and leaves the rest alone
    library   the long way: reads everything, and has all the messages
    writing   the other direction

The library is imported only where it is needed: for most commands, never.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sitegen.strictyaml import plain
from sitegen.strictyaml.dialect import MAX_DEPTH, KeyPath, YamlError

if TYPE_CHECKING:
    from sitegen.strictyaml.library import Marks

__all__ = ["MAX_DEPTH", "KeyPath", "YamlError", "dump", "load", "locate"]


def load(text: str, *, path: str | None = None, first_line: int = 1) -> Any:
    """The value of a YAML document; None if it is empty.

    `first_line` is the line of the file on which `text` begins, so that errors in front matter
    point at the right line. Raises YamlError.
    """
    try:
        return plain.load(text)
    except plain.Unusual:
        from sitegen.strictyaml import library

        return library.load(text, path, first_line)


def locate(text: str, key: KeyPath, first_line: int = 1, *, name: bool = False) -> tuple[int, int]:
    """Line and column (both from 1) of a key's value, or of the nearest parent that is there.

    `name` asks for the place of the key itself, where its name is what is wrong. The text is read
    again: positions are wanted only when there is something to complain about.
    """
    from sitegen.strictyaml.library import NAME

    marks = _marks(text)
    if marks is None:
        return first_line, 1
    if name and (*key, NAME) in marks:
        key = (*key, NAME)
    while key and key not in marks:
        key = key[:-1]
    line, column = marks.get(key, (0, 0))
    return line + first_line, column + 1


def dump(value: Any) -> str:
    """YAML text that `load` reads back as the same value; keys keep their order."""
    from sitegen.strictyaml import writing

    return writing.dump(value)


@lru_cache(maxsize=2)  # a file with several faults is read once for all of them
def _marks(text: str) -> Marks | None:
    from sitegen.strictyaml import library

    return library.marks(text)
