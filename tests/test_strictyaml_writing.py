"""The short way of writing YAML makes what the library makes, byte for byte, or nothing."""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from sitegen import strictyaml
from sitegen.strictyaml import plain_writing, writing
from tests.test_strictyaml_plain import PIECES

ROUNDS = 20_000 * int(os.environ.get("SITEGEN_SOAK", "1"))
KEYS = ("id", "as_written", "seed-file", "yes", "n", "A1", "on", "null", "two words", "é", "1a", "a" * 62, "")
SCALARS: tuple[Any, ...] = (
    None, True, False, 0, -12, 10**30, 1.5, -0.25, 1e16, 1e-7, 12345678.9, 5e300, date(2026, 11, 22),
    datetime(2026, 11, 22, 9, 30, tzinfo=UTC), datetime(2026, 11, 22, 9, 30),
    datetime(2026, 1, 2, 3, 4, 5, 6),
    datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=-3, minutes=-30, seconds=-5))),
)  # fmt: skip


def text(chance: random.Random) -> str:
    made = "".join(chance.choice(PIECES) for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 5))))
    return made if chance.random() < 0.3 else made.replace("\n", " ").replace("\t", " ").strip()


def value(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.random()
    if depth < 3 and kind < 0.2:
        return {
            chance.choice(KEYS[: 4 if chance.random() < 0.9 else None]): value(chance, depth + 1)
            for _ in range(chance.randrange(4))
        }
    if depth < 3 and kind < 0.4:
        some = [
            value(chance, depth + (1 if chance.random() < 0.4 else 9)) for _ in range(chance.randrange(5))
        ]
        return some * chance.choice((1, 1, 1, 9))
    return chance.choice(SCALARS) if kind < 0.55 else text(chance)


def short(given: Any) -> str | None:
    try:
        return plain_writing.dump(given, writing._Writer.yaml_implicit_resolvers)
    except plain_writing.Beyond:
        return None


def test_the_short_way_writes_what_the_library_writes() -> None:
    chance = random.Random(1843)
    went = 0
    for _ in range(ROUNDS):
        given = {chance.choice(KEYS[:3]): value(chance), "last": value(chance)}
        if (mine := short(given)) is not None:
            went += 1
            assert mine == writing.dump_by_library(given), given
    assert went > ROUNDS // 4  # else the test has nothing to say


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("Ports: a history", "'Ports: a history'"),
        ("the grain's turn", "the grain's turn"),
        ("'quoted'", "'''quoted'''"),
        ("1984", '"1984"'),
        ("yes", "'yes'"),
        ("12:30", "'12:30'"),
        ("https://courier.example/a?b=c#d", "https://courier.example/a?b=c#d"),
        (["a, b", "c"], "['a, b', c]"),
        (["x" * 50, "y" * 50], f"\n- {'x' * 50}\n- {'y' * 50}"),
    ],
)
def test_what_is_quoted_and_what_is_not(given: Any, line: str) -> None:
    made = short({"key": given})
    assert made == f"key: {line}\n".replace(" \n-", "\n-")
    assert strictyaml.load(made) == {"key": given}


@pytest.mark.parametrize(
    "given", ["two\nlines", "🐙", "\x85", " at the end ", [[1, 2]], [{"a": ["b" * 90, [3]]}]]
)
def test_the_rest_is_for_the_library(given: Any) -> None:
    assert short({"key": given}) is None
    assert strictyaml.load(strictyaml.dump({"key": given})) == {"key": given}
