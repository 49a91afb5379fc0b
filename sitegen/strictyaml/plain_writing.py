"""The short way to write: front matter as conversion makes it, without the library, to the same bytes.

Only what is certain is written here: nested mappings and lists of scalars on one line each. Everything
else (texts of several lines, letters beyond 16 bits, odd keys, lists of lists) is the library's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sitegen.strictyaml.dialect import looks_typed

# What the library's writer prints as it is, spaces at the ends left out.
_ORDINARY = "!-~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
_ONE_LINE = re.compile(f"(?:[{_ORDINARY}](?:[ {_ORDINARY}]*[{_ORDINARY}])?)?")
# What a scalar cannot hold unquoted: in a block, and between brackets.
_IN_BLOCK = r"\A(?:[#,\[\]{}&*!|>'\"%@`]|[-?:](?: |\Z)|---|\.\.\.)|:(?: |\Z)| #"
_AWAY = {False: re.compile(_IN_BLOCK), True: re.compile(rf"{_IN_BLOCK}|[,?:\[\]{{}}]")}
# What is plain wherever it stands, but for the words of the dialect, such as null; most scalars are.
_SURE = re.compile("[A-Za-z](?:[A-Za-z0-9 .()/+’–—-]*[A-Za-z0-9.)])?")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[-+][0-9]{2}:[0-9]{2})?")
SHORT_LIST = 80  # characters: longer lists have a line for each item

Resolvers = dict[str, list[tuple[str, re.Pattern[str]]]]


class Beyond(Exception):
    """This is for the library to write."""


def dump(value: Any, resolvers: Resolvers) -> str:
    """The lines of a mapping. `resolvers`: by its first letter, what a plain scalar is taken for.

    Raises Beyond.
    """
    if type(value) is not dict or not value:
        raise Beyond
    lines: list[str] = []
    _Writing(resolvers, lines.append).mapping(value, "", "")
    return "".join(lines)


def is_short(items: list[Any] | tuple[Any, ...]) -> bool:
    """Whether a list stands on one line: `topics: [ports, trade]`."""
    return (
        all(isinstance(item, str | int) for item in items)
        and sum(len(str(item)) + 2 for item in items) < SHORT_LIST
    )


class _Writing:
    """Writes line by line; `add` takes each."""

    __slots__ = ("add", "resolvers")

    def __init__(self, resolvers: Resolvers, add: Callable[[str], None]) -> None:
        self.resolvers, self.add = resolvers, add

    def mapping(self, value: dict[str, Any], first: str, margin: str) -> None:
        """The first line begins with `first`, the others with `margin`."""
        for key, held in value.items():
            if key not in _KEYS:
                if type(key) is not str or not _KEY.fullmatch(key) or self.is_typed(key):
                    raise Beyond
                if len(_KEYS) < _MOST_KEYS:
                    _KEYS.add(key)
            kind = type(held)
            if kind is dict and held:
                self.add(f"{first}{key}:\n")
                self.mapping(held, f"{margin}  ", f"{margin}  ")
            elif kind in _LISTS and not is_short(held):
                self.add(f"{first}{key}:\n")
                self.items(held, margin)
            else:
                self.add(f"{first}{key}: {self.value(held)}\n")
            first = margin

    def items(self, values: list[Any] | tuple[Any, ...], margin: str) -> None:
        for item in values:
            kind = type(item)
            if kind is dict and item:
                self.mapping(item, f"{margin}- ", f"{margin}  ")
            elif kind in _LISTS:
                raise Beyond
            else:
                self.add(f"{margin}- {self.value(item)}\n")

    def value(self, value: Any, in_brackets: bool = False) -> str:
        kind = type(value)
        if kind is str:
            return self.text(value, in_brackets)
        if kind in _LISTS:
            return f"[{', '.join([self.value(item, True) for item in value])}]"
        if kind is dict and not value:
            return "{}"
        if kind in _SCALARS:
            return _SCALARS[kind](value)
        raise Beyond

    def text(self, value: str, in_brackets: bool) -> str:
        if _SURE.fullmatch(value) and not self.is_typed(value):
            return value
        if not _ONE_LINE.fullmatch(value):
            raise Beyond
        if looks_typed(value):
            return f'"{value}"'
        if _AWAY[in_brackets].search(value) or self.is_typed(value):
            return "'" + value.replace("'", "''") + "'"
        return value

    def is_typed(self, value: str) -> bool:
        """Whether the library's own reader would not take a plain scalar for text."""
        shapes = self.resolvers.get(value[0])
        return shapes is not None and any(shape.match(value) for _, shape in shapes)


def _checked(shape: re.Pattern[str], text: str) -> str:
    if not shape.fullmatch(text):
        raise Beyond
    return text


_KEYS: set[str] = set()  # those that are known to be plain
_MOST_KEYS = 200
_LISTS = frozenset((list, tuple))
_SCALARS: dict[type, Callable[[Any], str]] = {
    int: str,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
    float: lambda value: _checked(_DECIMAL, repr(value)),
    date: date.isoformat,
    datetime: lambda value: _checked(_MOMENT, value.isoformat()),
}
