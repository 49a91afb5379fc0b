"""Frozen records, as `dataclass(frozen=True, slots=True)` makes them, at a tenth of the price.

A dataclass writes and compiles six methods when its module is imported, and its `__init__` takes the
long way around its own frozenness. For a command that knows a hundred records that is most of what
importing costs. Here the methods are shared, and only `__init__` is written out, when the first record
of a kind is made. Everything else in `dataclasses` (`fields`, `replace`, `is_dataclass`) works as ever.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

__all__ = ["field", "record", "replace"]

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[Kind]) -> type[Kind]:
    """A class of frozen records with slots: fields are its annotated names, in order.

    Records have no base class with fields, and no `__post_init__`. `_beside` names slots that are no
    fields: empty in a new record, and no part of its value.
    """
    names = tuple(kind.__annotations__)
    defaults = {name: vars(kind)[name] for name in names if name in vars(kind)}
    odd = {name: default for name, default in defaults.items() if isinstance(default, Field)}
    body = {name: value for name, value in vars(kind).items() if name not in _MADE_ANEW and name not in names}
    body |= {
        "__qualname__": kind.__qualname__,
        "__slots__": (*names, *vars(kind).get("_beside", ())),
        "__match_args__": names,
        "__init__": _first,
        "__dataclass_fields__": _Fields(kind, defaults),
        "_shown": tuple(name for name in names if name not in odd or odd[name].repr),
        "_values": _values(names),
        "_compared": _values(tuple(name for name in names if name not in odd or odd[name].compare is True)),
        "_defaults": defaults,
    }
    meta: Any = type(kind)
    made: type[Kind] = meta(kind.__name__, kind.__bases__, {**_SHARED, **body})
    return made


_MADE_ANEW = ("__dict__", "__weakref__")


def _values(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """Takes these fields of a record as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return staticmethod(lambda record: tuple([getattr(record, name) for name in names]))


def _first(self: Any, *args: Any, **kwargs: Any) -> None:
    """The `__init__` of a kind until it is called for the first time."""
    kind = type(self)
    kind.__init__ = _written(kind)
    kind.__init__(self, *args, **kwargs)


def _written(kind: Any) -> Callable[..., None]:
    """Its `__init__`, written out: each slot is filled by its own setter."""
    room: dict[str, Any] = {"_given": _ELSE}
    takes, lines = ["self"], []
    for name in kind.__match_args__:
        room[f"_put_{name}"] = getattr(kind, name).__set__
        value, default = name, kind._defaults.get(name, MISSING)
        if isinstance(default, Field):
            if default.default_factory is not MISSING:
                room[f"_make_{name}"] = default.default_factory
                value, default = f"_make_{name}() if {name} is _given else {name}", _ELSE
            else:
                default = default.default
        if default is MISSING:
            takes.append(name)
        else:
            room[f"_else_{name}"] = default
            takes.append(f"{name}=_else_{name}")
        lines.append(f" _put_{name}(self, {value})")
    exec(f"def __init__({', '.join(takes)}):\n" + ("\n".join(lines) or " pass"), room)
    written: Callable[..., None] = room["__init__"]
    written.__qualname__ = f"{kind.__qualname__}.__init__"
    return written


_ELSE = object()  # in place of a default that is made anew for each record


class _Fields:
    """`__dataclass_fields__`, asked of the library itself when somebody wants it."""

    def __init__(self, kind: type[Any], defaults: dict[str, Any]) -> None:
        self._source = {"__annotations__": kind.__annotations__, "__module__": kind.__module__, **defaults}

    def __get__(self, _: object, kind: Any) -> dict[str, Field[Any]]:
        plain: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(
            type(kind.__name__, (), {**self._source, "__doc__": "-"})  # else it writes one, which takes long
        )
        kind.__dataclass_fields__ = plain.__dataclass_fields__
        found: dict[str, Field[Any]] = plain.__dataclass_fields__
        return found


if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(record, /, **changes):
        """What the library's does, without asking each field what it is."""
        kind = record.__class__
        return kind(**{**dict(zip(kind.__match_args__, kind._values(record), strict=True)), **changes})


# ---------------------------------------------------------------- what all records share


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hashed(self: Any) -> int:
    return hash(self._compared(self))


def _repr(self: Any) -> str:
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
    return f"{self.__class__.__qualname__}({said})"


def _refuse(self: object, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _state(self: Any) -> Any:
    return self._values(self)


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED: dict[str, Any] = {
    "__eq__": _equal,
    "__hash__": _hashed,
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _restore,
}
