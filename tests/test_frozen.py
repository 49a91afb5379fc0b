"""Records are what `dataclass(frozen=True, slots=True)` makes of the same words."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any, get_type_hints

import pytest

from sitegen.frozen import record


@record
class Ship:
    """A ship."""

    name: str
    length: float = 1.5
    ports: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict, metadata={"key": "more"})
    mate: Ship | None = field(default=None, repr=False, compare=False)

    @property
    def loud(self) -> str:
        return self.name.upper()

    @classmethod
    def of(cls, name: str) -> Ship:
        return cls(name)


@record
class Nothing:
    """Without a field."""


def _library(kind: Any) -> Any:
    """The dataclass of the same name and fields."""
    body = {"__annotations__": kind.__annotations__, "__module__": kind.__module__}
    body |= {name: copy.copy(item) for name, item in kind.__dataclass_fields__.items() if name != "name"}
    return dataclass(frozen=True, slots=True)(type(kind.__name__, (), body))


Made = Callable[[Any], object]
SAMPLES: tuple[Made, ...] = (
    lambda kind: kind("Ada"),
    lambda kind: kind("Ada", 2.0, ("Marrowick",)),
    lambda kind: kind(name="Ada", mate=1, extra={"a": 1}),
)


@pytest.mark.parametrize("make", SAMPLES)
def test_a_record_has_what_a_dataclass_has(make: Made) -> None:
    ours, theirs = make(Ship), make(_library(Ship))
    assert repr(ours) == repr(theirs)
    assert [getattr(ours, item.name) for item in fields(Ship)] == [
        getattr(theirs, item.name) for item in fields(Ship)
    ]
    assert ours == make(Ship) and ours != theirs


def test_fields_and_replace_are_the_librarys() -> None:
    assert [item.name for item in fields(Ship)] == ["name", "length", "ports", "extra", "mate"]
    assert fields(Ship)[3].metadata["key"] == "more"
    assert get_type_hints(Ship)["ports"] == tuple[str, ...]
    assert replace(Ship("Ada", ports=("Tideway",)), name="Berta") == Ship("Berta", ports=("Tideway",))
    assert is_dataclass(Ship)


def test_what_is_compared_is_hashed() -> None:
    one, other = Ship("Ada", extra=None, mate=None), Ship("Ada", extra=None, mate=Ship("Berta"))  # type: ignore[arg-type]
    assert one == other and hash(one) == hash(other)
    others: tuple[object, ...] = (Ship("Berta"), "Ada")
    assert all(Ship("Ada") != another for another in others)
    assert Nothing() == Nothing() and hash(Nothing()) == hash(Nothing()) and repr(Nothing()) == "Nothing()"


def test_defaults_that_are_made_are_made_anew() -> None:
    one, other = Ship("Ada"), Ship("Ada")
    assert one.extra == {} and one.extra is not other.extra


def test_nothing_can_be_changed() -> None:
    ship: Any = Ship("Ada")
    with pytest.raises(FrozenInstanceError, match="name"):
        ship.name = "Berta"
    with pytest.raises(FrozenInstanceError):
        ship.other = 1
    with pytest.raises(FrozenInstanceError):
        del ship.name
    assert ship == Ship("Ada") and not hasattr(ship, "__dict__")


def test_calls_that_do_not_fit_are_refused() -> None:
    kind: Any = Ship
    calls: tuple[tuple[Any, ...], ...] = ((), ("Ada", 1.0, (), {}, None, 6))
    for given in calls:
        with pytest.raises(TypeError):
            kind(*given)
    with pytest.raises(TypeError):
        kind("Ada", colour="red")


def test_records_travel() -> None:
    ship = Ship("Ada", 3.0, ("Tideway",), {"a": 1}, Ship("Berta"))
    assert pickle.loads(pickle.dumps(ship)) == ship == copy.deepcopy(ship)
    assert pickle.loads(pickle.dumps(ship)).mate == Ship("Berta")


def test_its_own_members_stay() -> None:
    assert Ship.of("Ada").loud == "ADA" and Ship.__doc__ == "A ship."
    match Ship("Ada"):
        case Ship(name):
            assert name == "Ada"
