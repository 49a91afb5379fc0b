"""Plain data ↔ frozen records, by the records' own annotations.

`build` makes a record from what a YAML file says and reports every fault with the key where it
stands; `plain` goes back. A field's key is its name, unless its metadata says `{"key": …}`; an
empty key means that the field does not come from the file.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from sitegen.faults import Fault, suggestion
from sitegen.frozen import record
from sitegen.strictyaml import KeyPath

__all__ = ["Fault", "build", "plain", "suggestion"]

Record = TypeVar("Record")


# A key's way up to the record that is built: ((None, "quotes"), 0) is quotes[0].
Trail = tuple[Any, str | int] | None


@record
class _Reading:
    """What values are read with: where faults go, and the zone of times that name none."""

    faults: list[Fault]
    zone: tzinfo | None

    def refuse(self, trail: Trail, wanted: str) -> None:
        key = _key(trail)
        name = next((part for part in reversed(key) if isinstance(part, str)), "this")
        self.faults.append(Fault(key, f"“{name}” must be {wanted}", "key-type"))


# Makes what a record holds from what the file says, or notes a fault.
_Read = Callable[[Any, Trail, _Reading], Any]


@record
class _Kind:
    """How values for one annotation are read. Those of the types in `as_is` need no reading at all."""

    read: _Read
    as_is: frozenset[type]


@record
class _Table:
    """A record's fields: key → (field, how it is read); and the keys that must be there, in order."""

    fields: Mapping[str, tuple[str, _Read, frozenset[type]]]
    required: tuple[str, ...]


def build(
    kind: type[Record], data: Any, *, zone: tzinfo | None = None, given: Mapping[str, Any] | None = None
) -> tuple[Record | None, list[Fault]]:
    """A record from plain data, or None and what is wrong with it (all of it).

    `given` are fields of the record whose values do not come from the data.
    """
    reading = _Reading([], zone)
    made = _record(kind, data, None, reading, given)
    return (None if reading.faults else made), reading.faults


def _record(
    kind: Any, data: Any, trail: Trail, reading: _Reading, given: Mapping[str, Any] | None = None
) -> Any:
    if type(data) is not dict and not isinstance(data, Mapping):
        return reading.refuse(trail, "a mapping: indented “key: value” lines")
    table, faults = _table(kind), reading.faults
    known, before = table.fields, len(faults)
    values: dict[str, Any] = dict(given) if given else {}
    for key, value in data.items():
        if key not in known:
            faults.append(
                Fault(_key((trail, key)), f"unknown key “{key}”", "key-unknown", suggestion(key, list(known)))
            )
            continue
        field, read, as_is = known[key]
        values[field] = value if type(value) in as_is else read(value, (trail, key), reading)
    for key in table.required:
        if data.get(key) is None:
            faults.append(
                Fault(_key(trail), f"the key “{key}” is missing", "key-missing", f"add a line “{key}: …”")
            )
    return kind(**values) if len(faults) == before else None


@cache
def _table(kind: Any) -> _Table:
    hints = get_type_hints(kind)
    keys = {key: item for item in fields(kind) if (key := item.metadata.get("key", item.name))}
    readers = {key: _kind(hints[item.name]) for key, item in keys.items()}
    return _Table(
        {key: (item.name, readers[key].read, readers[key].as_is) for key, item in keys.items()},
        tuple(
            key for key, item in keys.items() if item.default is MISSING and item.default_factory is MISSING
        ),
    )


@cache
def _kind(annotation: Any) -> _Kind:
    """How values for an annotation are read, worked out once."""
    read = _read_for(annotation)
    if get_origin(annotation) is Literal:  # here a value's type does not decide
        return _Kind(read, frozenset())
    # Elsewhere one value of a type stands for all: what comes back untouched needs no reading.
    untouched = set()
    for sample in _SAMPLES:
        reading = _Reading([], None)
        if read(sample, None, reading) is sample and not reading.faults:
            untouched.add(type(sample))
    return _Kind(read, frozenset(untouched))


def _read_for(annotation: Any) -> _Read:
    origin, args = get_origin(annotation), get_args(annotation)
    if annotation is Any or annotation is object:
        return lambda value, *rest: value
    if is_dataclass(annotation):
        return lambda value, *rest: _record(annotation, {} if value is None else value, *rest)
    if origin in (Union, types.UnionType):
        return _union(args)
    if origin is Literal:
        return _literal(args)
    if origin is tuple:
        return _pair(args) if Ellipsis not in args else _list(args[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(args[1])
    return _scalar(annotation)


def _scalar(annotation: Any) -> _Read:
    wanted, convert = _SCALARS[annotation]

    def read(value: Any, trail: Trail, reading: _Reading) -> Any:
        made = convert(value, reading.zone)
        return reading.refuse(trail, wanted) if made is None else made

    return read


def _literal(allowed: tuple[Any, ...]) -> _Read:
    def read(value: Any, trail: Trail, reading: _Reading) -> Any:
        return value if value in allowed else reading.refuse(trail, f"one of {', '.join(map(str, allowed))}")

    return read


def _union(args: tuple[Any, ...]) -> _Read:
    choices = [arg for arg in args if arg is not type(None)]
    readers = [_kind(choice).read for choice in choices]
    optional = len(choices) < len(args)
    wanted = " or ".join(dict.fromkeys(map(_describe, choices)))

    def read(value: Any, trail: Trail, reading: _Reading) -> Any:
        if value is None and optional:
            return None
        if len(readers) == 1:
            return readers[0](value, trail, reading)
        for attempt in readers:
            alone = _Reading([], reading.zone)
            made = attempt(value, trail, alone)
            if not alone.faults:
                return made
        return reading.refuse(trail, wanted)

    return read


def _list(annotation: Any) -> _Read:
    kind = _kind(annotation)

    def read(value: Any, trail: Trail, reading: _Reading) -> Any:
        if not _is_list(value):
            return reading.refuse(trail, "a list")
        own, as_is = kind.read, kind.as_is
        return tuple(i if type(i) in as_is else own(i, (trail, n), reading) for n, i in enumerate(value))

    return read


def _pair(args: tuple[Any, ...]) -> _Read:
    kinds = [_kind(arg) for arg in args]

    def read(value: Any, trail: Trail, reading: _Reading) -> Any:
        if not _is_list(value) or len(value) != len(kinds):
            return reading.refuse(trail, "a pair [low, high]")
        return tuple([kinds[n].read(item, (trail, n), reading) for n, item in enumerate(value)])

    return read


def _mapping(annotation: Any) -> _Read:
    kind = _kind(annotation)

    def read(value: Any, trail: Trail, reading: _Reading) -> Any:
        if not isinstance(value, Mapping):
            return reading.refuse(trail, "a mapping: indented “key: value” lines")
        return {name: kind.read(item, (trail, name), reading) for name, item in value.items()}

    return read


def _is_list(value: Any) -> bool:
    return type(value) is list or (isinstance(value, Sequence) and not isinstance(value, str))


def _key(trail: Trail) -> KeyPath:
    parts: list[str | int] = []
    while trail is not None:
        trail, part = trail
        parts.append(part)
    return tuple(reversed(parts))


def plain(value: Any) -> Any:
    """Records as dicts, without the fields that hold their default: what `build` reads back."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if hasattr(kind, "__dataclass_fields__"):
        made = {}
        for key, name, default in _defaults(kind):
            held = getattr(value, name)
            if held != default:
                made[key] = plain(held)
        return made
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    return value


_PLAIN = frozenset((str, int, float, bool, type(None)))


@cache
def _defaults(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    """(key, field, what it holds when nothing is said) of each field that stands in files."""
    return tuple(
        (key, item.name, item.default_factory() if item.default_factory is not MISSING else item.default)
        for item in fields(kind)
        if (key := item.metadata.get("key", item.name))
    )


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


_SCALARS: dict[Any, tuple[str, Callable[[Any, tzinfo | None], Any]]] = {
    str: ("text", _text),
    bool: ("true or false", lambda value, zone: value if isinstance(value, bool) else None),
    int: ("a whole number", lambda value, zone: value if type(value) is int else None),
    float: ("a number", lambda value, zone: value if type(value) in (int, float) else None),
    datetime: ("a date: 2026-11-22, or 2026-11-22T09:30:00+01:00", _time),
    date: ("a day: 2026-11-22", _day),
}
# One value of every type that a file can hold and a record can take as it is.
_SAMPLES = ("", True, 1, 1.5, date.min, datetime.min)
