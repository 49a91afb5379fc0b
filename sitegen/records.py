"""Plain data ↔ frozen records, by the records' own annotations.

`build` makes a record from what a YAML file says and reports every fault with the key where it
stands; `plain` goes back. A field's key is its name, unless its metadata says `{"key": …}`; an
empty key means that the field does not come from the file.
"""

from __future__ import annotations

import difflib
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from sitegen.errors import Problem
from sitegen.strictyaml import KeyPath, locate

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the value at `key`, or with a line of the text below (from 1)."""

    key: KeyPath
    message: str
    code: str
    hint: str | None = None
    line: int | None = None

    def at(self, path: str, text: str, line: int, column: int) -> Problem:
        """The fault as a problem of a file: `text` is the whole file."""
        lines = text.splitlines() or [""]
        return Problem(
            self.message, self.code, path, line, column, self.hint, lines[min(line, len(lines)) - 1]
        )

    def within(self, path: str, text: str) -> Problem:
        """The same where the whole file is YAML and the fault's key says where."""
        return self.at(path, text, *locate(text, self.key, name=self.about_the_name))

    @property
    def about_the_name(self) -> bool:
        """Whether the key's name is wrong, not its value."""
        return self.code == "key-unknown"


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a value is read with: where faults go, and the zone of times that name none."""

    faults: list[Fault]
    zone: tzinfo | None

    def refuse(self, key: KeyPath, wanted: str) -> None:
        name = next((part for part in reversed(key) if isinstance(part, str)), "this")
        self.faults.append(Fault(key, f"“{name}” must be {wanted}", "key-type"))

    def record(self, kind: Any, data: Any, key: KeyPath) -> Any:
        if not isinstance(data, Mapping):
            self.refuse(key, "a mapping: indented “key: value” lines")
            return None
        known = _keys(kind)
        values: dict[str, Any] = {}
        before = len(self.faults)
        for name, value in data.items():
            if name not in known:
                self.faults.append(
                    Fault((*key, name), f"unknown key “{name}”", "key-unknown", suggestion(name, list(known)))
                )
                continue
            field_name, annotation, _ = known[name]
            values[field_name] = self.value(annotation, value, (*key, name))
        for name, (_, _, required) in known.items():
            if required and data.get(name) is None:
                self.faults.append(
                    Fault(key, f"the key “{name}” is missing", "key-missing", f"add a line “{name}: …”")
                )
        return kind(**values) if len(self.faults) == before else None

    def value(self, kind: Any, value: Any, key: KeyPath) -> Any:
        origin, args = get_origin(kind), get_args(kind)
        if kind is Any or kind is object:
            return value
        if is_dataclass(kind):
            return self.record(kind, {} if value is None else value, key)
        if origin in (Union, types.UnionType):
            return self._union(args, value, key)
        if origin is Literal:
            if value in args:
                return value
            return self.refuse(key, f"one of {', '.join(map(str, args))}")
        if origin is tuple:
            return self._tuple(args, value, key)
        if origin is not None and issubclass(origin, Mapping):
            if not isinstance(value, Mapping):
                return self.refuse(key, "a mapping: indented “key: value” lines")
            return {name: self.value(args[1], item, (*key, name)) for name, item in value.items()}
        wanted, convert = _SCALARS[kind]
        made = convert(value, self.zone)
        return self.refuse(key, wanted) if made is None else made

    def _union(self, args: tuple[Any, ...], value: Any, key: KeyPath) -> Any:
        if value is None and type(None) in args:
            return None
        choices = [arg for arg in args if arg is not type(None)]
        if len(choices) == 1:
            return self.value(choices[0], value, key)
        for choice in choices:
            attempt = _Reader([], self.zone)
            made = attempt.value(choice, value, key)
            if not attempt.faults:
                return made
        return self.refuse(key, " or ".join(dict.fromkeys(map(_describe, choices))))

    def _tuple(self, args: tuple[Any, ...], value: Any, key: KeyPath) -> Any:
        fixed = Ellipsis not in args
        if not isinstance(value, Sequence) or isinstance(value, str) or (fixed and len(value) != len(args)):
            return self.refuse(key, "a pair [low, high]" if fixed else "a list")
        kinds = args if fixed else (args[0],) * len(value)
        return tuple(self.value(kinds[i], item, (*key, i)) for i, item in enumerate(value))


def build(kind: type[Record], data: Any, *, zone: tzinfo | None = None) -> tuple[Record | None, list[Fault]]:
    """A record from plain data, or None and what is wrong with it (all of it)."""
    reader = _Reader([], zone)
    made = reader.record(kind, data, ())
    return (None if reader.faults else made), reader.faults


def plain(value: Any) -> Any:
    """Records as dicts, without the fields that hold their default: what `build` reads back."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {}
        for item in fields(value):
            key = item.metadata.get("key", item.name)
            held = getattr(value, item.name)
            default = item.default_factory() if item.default_factory is not MISSING else item.default
            if key and held != default:
                made[key] = plain(held)
        return made
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    return value


def suggestion(word: str, known: Sequence[str]) -> str:
    """The hint for an unknown word: the nearest known one, or all of them."""
    near = difflib.get_close_matches(word, known, 1, 0.6)
    return f"did you mean “{near[0]}”?" if near else f"the keys here are: {', '.join(known)}"


@cache
def _keys(kind: Any) -> dict[str, tuple[str, Any, bool]]:
    """key → (field, annotation, required), in the order of the record."""
    hints = get_type_hints(kind)
    return {
        item.metadata.get("key", item.name): (
            item.name,
            hints[item.name],
            item.default is MISSING and item.default_factory is MISSING,
        )
        for item in fields(kind)
        if item.metadata.get("key", item.name)
    }


def _describe(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return "a list" if Ellipsis in get_args(kind) else "a pair [low, high]"
    if kind is int:
        return "a number"
    return _SCALARS[kind][0] if kind in _SCALARS else "a mapping"


def _day(value: Any, zone: tzinfo | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _time(value: Any, zone: tzinfo | None) -> datetime | None:
    """A day alone is its first moment, and a time without a zone is local: both in the site's zone."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    return None


def _text(value: Any, zone: tzinfo | None) -> str | None:
    """Text; a bare number or date is what was written (`title: 1984`), true and false are not."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float | date) and not isinstance(value, bool) else None


def _number(value: Any, zone: tzinfo | None) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


_SCALARS: dict[Any, tuple[str, Callable[[Any, tzinfo | None], Any]]] = {
    str: ("text", _text),
    bool: ("true or false", lambda value, zone: value if isinstance(value, bool) else None),
    int: (
        "a whole number",
        lambda value, zone: None if isinstance(value, bool | float) else _number(value, zone),
    ),
    float: ("a number", _number),
    datetime: ("a date: 2026-11-22, or 2026-11-22T09:30:00+01:00", _time),
    date: ("a day: 2026-11-22", _day),
}
