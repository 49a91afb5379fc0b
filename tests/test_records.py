"""Plain data to frozen records: what is taken, what is refused, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

import pytest

from sitegen import records


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    size: int | float | tuple[int | float, int | float] = 0


@dataclass(frozen=True, slots=True)
class Whole:
    id: str
    path: str = field(default="", metadata={"key": ""})
    before: Part | None = field(default=None, metadata={"key": "from"})
    first: Part = Part("none")
    parts: tuple[Part, ...] = ()
    words: tuple[str, ...] = ()
    day: date | None = None
    time: datetime | None = None
    said: date | datetime | None = None
    kind: Literal["up", "down"] | None = None
    many: int = 0
    fine: bool = False
    named: Mapping[str, Part] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "value", "made"),
    [
        ("id", 1984, "1984"),
        ("id", date(2026, 11, 22), "2026-11-22"),
        ("from", {"name": "a", "size": 1.5}, Part("a", 1.5)),
        ("from", {"name": "a", "size": [1, 2.5]}, Part("a", (1, 2.5))),
        ("from", None, None),
        ("parts", [{"name": "a"}, {"name": "b"}], (Part("a"), Part("b"))),
        ("words", ["a", 5], ("a", "5")),
        ("words", [], ()),
        ("day", NOON, NOON.date()),
        ("time", datetime(2026, 11, 22, 12), NOON),
        ("time", NOON, NOON),
        ("time", date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC)),
        ("said", NOON, NOON.date()),
        ("kind", "up", "up"),
        ("fine", True, True),
        ("named", {"x": {"name": "a"}}, {"x": Part("a")}),
        ("extra", {"x": [None]}, {"x": [None]}),
    ],
)
def test_what_is_taken(key: str, value: object, made: object) -> None:
    record, faults = records.build(Whole, {"id": "x", key: value}, zone=UTC)
    assert faults == []
    held = getattr(record, "before" if key == "from" else key)
    assert held == made
    assert type(held) is type(made)


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        ([], (), "“this” must be a mapping: indented “key: value” lines"),
        ({"id": True}, ("id",), "“id” must be text"),
        ({"id": "x", "path": "y"}, ("path",), "unknown key “path”"),
        ({"id": "x", "many": 1.5}, ("many",), "“many” must be a whole number"),
        ({"id": "x", "many": True}, ("many",), "“many” must be a whole number"),
        ({"id": "x", "fine": "yes"}, ("fine",), "“fine” must be true or false"),
        ({"id": "x", "kind": "left"}, ("kind",), "“kind” must be one of up, down"),
        ({"id": "x", "parts": {}}, ("parts",), "“parts” must be a list"),
        ({"id": "x", "parts": "a"}, ("parts",), "“parts” must be a list"),
        ({"id": "x", "parts": [{"name": "a"}, 5]}, ("parts", 1), "“parts” must be a mapping"),
        ({"id": "x", "words": ["a", [5]]}, ("words", 1), "“words” must be text"),
        ({"id": "x", "first": None}, ("first",), "the key “name” is missing"),
        ({"id": "x", "from": {"name": "a", "siez": 1}}, ("from", "siez"), "unknown key “siez”"),
        ({"id": "x", "named": {"k": {"name": []}}}, ("named", "k", "name"), "“name” must be text"),
        (
            {"id": "x", "parts": [{"name": "a", "size": [1, 2, 3]}]},
            ("parts", 0, "size"),
            "“size” must be a number or a pair [low, high]",
        ),
        (
            {"id": "x", "parts": [{"name": "a", "size": True}]},
            ("parts", 0, "size"),
            "“size” must be a number or a pair [low, high]",
        ),
    ],
)
def test_what_is_refused_and_where(data: Any, where: tuple[str | int, ...], message: str) -> None:
    record, (fault,) = records.build(Whole, data)
    assert record is None
    assert fault.key == where
    assert fault.message.startswith(message)


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    _, faults = records.build(Whole, {"many": "x", "idd": 1, "parts": [{"size": 1}], "fine": 2})
    assert [(f.key, f.code) for f in faults] == [
        (("many",), "key-type"),
        (("idd",), "key-unknown"),
        (("parts", 0), "key-missing"),
        (("fine",), "key-type"),
        ((), "key-missing"),
    ]
    assert faults[1].hint == "did you mean “id”?"


def test_what_does_not_come_from_the_data_is_given() -> None:
    record, faults = records.build(Whole, {"id": "x"}, given={"path": "a.md"})
    assert record == Whole("x", path="a.md")
    assert faults == []


def test_a_record_goes_to_plain_data_and_back() -> None:
    data = {"id": "x", "from": {"name": "a", "size": [1, 2]}, "parts": [{"name": "b"}]}
    record, _ = records.build(Whole, data)
    assert records.plain(record) == data
