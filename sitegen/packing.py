"""Records as plain values and back, for caches and other processes; and their fingerprints.

    loads(dumps(x)) == x        for records of `model`, `views` and `errors` and what they are made of
    fingerprint(x)              sixteen bytes that follow from the values in x and from nothing else

Plain values are what `marshal` writes, which reads several times faster than pickle. A record becomes a
tuple with the name of its class in front, a tuple a list, so that the two cannot be taken for each other.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from hashlib import blake2b
from sys import intern
from typing import Any
from zoneinfo import ZoneInfo

from sitegen import errors, model, views

# The version of marshal's format that writes equal values as equal bytes, however they are shared.
FORMAT = 2
_ATOMS = frozenset((str, int, float, bool, type(None), bytes))
_DATE, _TIME, _LIST = "date", "time", "list"


def dumps(value: object) -> bytes:
    """A record, or anything made of records and plain values, as bytes. Raises TypeError for the rest."""
    return marshal.dumps(_pack(value, None), FORMAT)


def loads(data: bytes) -> Any:
    """What `dumps` was given. The bytes must be its own: nothing else is safe to load."""
    return _unpack(marshal.loads(data))


def _pack(value: Any, known: Known | None) -> Any:
    kind: Any = type(value)
    if kind in _ATOMS:
        return value
    if kind is tuple:
        return [item if type(item) in _ATOMS else _pack(item, known) for item in value]
    if known is not None and kind in _SHARED:
        return known.digest(value)
    return _packer(kind)(value, known)


def _unpack(value: Any) -> Any:
    kind: Any = type(value)
    if kind is tuple:
        return _UNPACKERS[value[0]](value)
    if kind is list:
        return tuple([intern(item) if type(item) is str else _unpack(item) for item in value])
    if kind is dict:
        return {name: _unpack(item) for name, item in value.items()}
    return value


# ---------------------------------------------------------------- fingerprints


class Known:
    """The fingerprints of records that many pages share, so that each is taken once in a build.

    They are told by identity, so each record is kept alive as long as its fingerprint is.
    """

    def __init__(self) -> None:
        self._digests: dict[int, tuple[object, bytes]] = {}

    def digest(self, record: Any) -> bytes:
        found = self._digests.get(id(record))
        if found is None:
            found = (record, _OWN.get(record.__class__, self._packed)(record))
            self._digests[id(record)] = found
        return found[1]

    def _packed(self, record: Any) -> bytes:
        return digest(marshal.dumps(_packer(record.__class__)(record, self), FORMAT))


# Records that have fingerprints of their own.
_OWN: dict[type[Any], Callable[[Any], bytes]] = {}


def own(kind: type[Any], take: Callable[[Any], bytes]) -> None:
    """Let fingerprints of this kind of shared record be taken so."""
    _OWN[kind] = take


def fingerprint(value: Any, known: Known | None = None) -> bytes:
    """Equal values have equal fingerprints, in any process and on any day, and different ones different.

    `known` remembers those of shared records.
    """
    return digest(marshal.dumps(_pack(value, known or Known()), FORMAT))


def field_dumps(record: Any, known: Known) -> list[bytes]:
    """Bytes that follow from the values of each field of a record, in order; shared records within stand
    for themselves by their fingerprints. What is put together of such bytes can be taken apart again."""
    _, *values = _packer(record.__class__)(record, known)
    return [marshal.dumps(value, FORMAT) for value in values]


def kind_named(name: str) -> Any:
    """The record class of that name, or None."""
    return _KINDS.get(name)


@cache
def field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


def digest(data: bytes) -> bytes:
    """Sixteen bytes."""
    return blake2b(data, digest_size=16).digest()


# ---------------------------------------------------------------- values that are no records


def _time(value: datetime, known: Known | None) -> tuple[str, str, str, int]:
    return _TIME, value.isoformat(), _zone_name(value.tzinfo), value.fold


def _zone_name(zone: tzinfo | None) -> str:
    """A named zone by its name; an offset stands in the time itself."""
    return (zone.key or "") if isinstance(zone, ZoneInfo) else ""


def _made_time(text: str, zone: str, fold: int) -> datetime:
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=ZoneInfo(zone), fold=fold) if zone else value


_SPECIAL: dict[type[Any], Callable[[Any, Known | None], Any]] = {
    dict: lambda value, known: {name: _pack(item, known) for name, item in value.items()},
    list: lambda value, known: (_LIST, *[_pack(item, known) for item in value]),
    date: lambda value, known: (_DATE, value.toordinal()),
    datetime: _time,
}
# Records that many pages show.
_SHARED = frozenset((model.Article, views.SiteInfo, views.Card, views.FeedItem))


# ---------------------------------------------------------------- records

# Annotations of fields that hold atoms only; what is not here is looked at value by value.
_PLAIN = frozenset(
    ("str", "int", "float", "bool", "None", "Rights", "Status", "Attribution", "Bound", "Direction", "Kind",
     "Weight", "Slot", "Severity", "Label", "Number")
)  # fmt: skip


# Fields whose words recur in thousands of articles: each word is kept once.
_REPEATED = frozenset(
    ("id", "status", "rights", "lang", "speaker", "role", "attribution", "unit", "currency", "bound",
     "direction", "name", "author")
)  # fmt: skip


@cache
def _packer(kind: type[Any]) -> Callable[[Any, Known | None], Any]:
    special = _SPECIAL.get(kind)
    if special is not None:
        return special
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is no record")
    return _taker(kind, fields(kind), f"{kind.__name__!r},")


def taking(kind: Any, items: Sequence[Field[Any]]) -> Callable[[Any], tuple[Any, ...]]:
    """A function that gives these fields of a record as plain values; `filling` puts them back."""
    taker = _taker(kind, items, "")
    return lambda record: taker(record, None)


def _taker(kind: Any, items: Sequence[Field[Any]], head: str) -> Callable[[Any, Known | None], Any]:
    room = dict(globals())
    values = ", ".join([_packed(item, room) for item in items])
    taker: Callable[[Any, Known | None], Any] = eval(f"lambda r, known: ({head} {values},)", room)
    return taker


def _packed(item: Field[Any], room: dict[str, Any]) -> str:
    """The Python for the value of a field to pack. What the annotation says needs no look at each value."""
    value, annotation = f"r.{item.name}", str(item.type)
    if _is_plain(item):
        return value
    if found := _OF_ONE_KIND.match(annotation):
        name, optional = found["item"] or found["kind"], found["optional"]
        kind: Any = _KINDS.get(name)
        if found["item"] and name in _PLAIN:
            return f"[*{value}]"
        if kind and kind not in _SHARED:
            room[f"pack_{name}"] = _packer(kind)
            if found["item"]:
                return f"[pack_{name}(v, known) for v in {value}] if {value} else []"
            one = f"pack_{name}({value}, known)"
            return f"None if {value} is None else {one}" if optional else one
    return f"v if type(v := {value}) in _ATOMS else _pack(v, known)"


# `tuple[Kind, ...]`, `Kind` or `Kind | None`
_OF_ONE_KIND = re.compile(r"(?:tuple\[(?P<item>\w+), \.\.\.\]|(?P<kind>\w+)(?P<optional> \| None)?)\Z")


def _unpacker(kind: Any) -> Callable[[tuple[Any, ...]], Any]:
    """Fills the slots of a record. Its own `__init__` takes three times as long, because it is frozen."""
    fill, new = filling(kind, fields(kind), head="_, "), kind.__new__

    def unpack(packed: tuple[Any, ...]) -> Any:
        made = new(kind)
        fill(made, packed)
        return made

    return unpack


def filling(kind: Any, items: Sequence[Field[Any]], head: str = "") -> Callable[[Any, tuple[Any, ...]], None]:
    """A function that fills these fields of an empty record from what `taking` gave."""
    lines = [f"  put{n}(r, {_unpacked(item, f'v{n}')})" for n, item in enumerate(items)]
    values = ", ".join(f"v{n}" for n in range(len(lines)))
    source = "\n".join(("def fill(r, packed):", f"  {head}{values}, = packed", *lines))
    room: dict[str, Any] = {"_ATOMS": _ATOMS, "_unpack": _unpack, "intern": intern}
    room |= {f"put{n}": getattr(kind, item.name).__set__ for n, item in enumerate(items)}
    exec(source, room)
    filler: Callable[[Any, tuple[Any, ...]], None] = room["fill"]
    return filler


def _unpacked(item: Field[Any], value: str) -> str:
    """The Python for the value of a field that was packed."""
    if not _is_plain(item):
        return f"{value} if type({value}) in _ATOMS else _unpack({value})"
    return f"intern({value}) if {value} else {value}" if item.name in _REPEATED else value


def _is_plain(item: Field[Any]) -> bool:
    return all(part.strip() in _PLAIN for part in str(item.type).split("|"))


class _Unpackers(dict[str, Callable[[tuple[Any, ...]], Any]]):
    """By the name of the class; written out, as `dataclass` writes `__init__`, when first needed."""

    def __missing__(self, name: str) -> Callable[[tuple[Any, ...]], Any]:
        self[name] = made = _unpacker(_KINDS[name])
        return made


def _records(rooms: Iterable[Any]) -> dict[str, type[Any]]:
    named = (item for room in rooms for item in vars(room).items())
    return {name: kind for name, kind in named if "__dataclass_fields__" in getattr(kind, "__dict__", ())}


_KINDS = _records((errors, model, views))
_UNPACKERS = _Unpackers(
    {
        _DATE: lambda packed: date.fromordinal(packed[1]),
        _TIME: lambda packed: _made_time(*packed[1:]),
        _LIST: lambda packed: [_unpack(item) for item in packed[1:]],
    }
)
