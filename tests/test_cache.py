"""What builds remember: it survives every damage as lost time, stays bounded, and packing loses nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import cache, packing
from sitegen.cache import KEPT_BUILDS, Index, Shelf
from sitegen.errors import Problem
from sitegen.model import Amount, Article, Change, Correction, KeyFigure, Quote, Retraction, Source
from sitegen.views import Card, Credit, Link

VERSION = b"v" * 16
OTHER = b"w" * 16


def shelf(folder: Path, version: bytes = VERSION) -> Shelf:
    return Shelf(folder / "shelf", version)


def filled(folder: Path, **values: Any) -> None:
    made = shelf(folder)
    for name, value in values.items():
        made.put(name.encode(), value)
    made.save()


# ---------------------------------------------------------------- shelves


def test_a_shelf_keeps_what_was_put_there(tmp_path: Path) -> None:
    filled(tmp_path, a=("one", 1, None), b=b"\0")
    again = shelf(tmp_path)
    assert (again.get(b"a"), again.get(b"b"), again.get(b"c")) == (("one", 1, None), b"\0", None)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:20],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[:-2] + bytes([data[-2] ^ 1]) + data[-1:],
        lambda data: b"\xff" * len(data),
        lambda data: b"other!!\1" + data[8:],
    ],
)
def test_a_damaged_shelf_is_an_empty_one(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    filled(tmp_path, a="one")
    path = tmp_path / "shelf"
    path.write_bytes(damage(path.read_bytes()))
    assert shelf(tmp_path).get(b"a") is None
    filled(tmp_path, b="two")
    assert shelf(tmp_path).get(b"b") == "two"


def test_another_version_knows_nothing(tmp_path: Path) -> None:
    filled(tmp_path, a="one")
    assert shelf(tmp_path, OTHER).get(b"a") is None


def test_a_file_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    filled(tmp_path, a="one")
    assert shelf(tmp_path).get(b"a") is None
    assert [path.name for path in tmp_path.iterdir()] == ["shelf"]


def test_what_nobody_asks_for_goes_after_some_builds(tmp_path: Path) -> None:
    filled(tmp_path, old="one")
    for build in range(KEPT_BUILDS):
        assert b"one" in (tmp_path / "shelf").read_bytes(), build
        filled(tmp_path, new=f"{build}")
    assert b"one" not in (tmp_path / "shelf").read_bytes()


def test_what_a_build_asks_for_stays(tmp_path: Path) -> None:
    filled(tmp_path, old="one")
    for build in range(2 * KEPT_BUILDS):
        made = shelf(tmp_path)
        assert made.get(b"old") == "one"
        made.put(b"new", build)
        made.save()


# ---------------------------------------------------------------- which bytes a file has


def test_a_file_is_known_by_its_signature() -> None:
    first = Index(began=100)
    first.put("a.md", (5, 50, 50, 1), "abc")
    again = Index(200, first.seen)
    assert again.get("a.md", (5, 50, 50, 1)) == "abc"
    assert again.get("a.md", (5, 60, 60, 1)) is None


@pytest.mark.parametrize("signature", [(5, 100, 50, 1), (5, 50, 100, 1), (5, 120, 120, 1)])
def test_a_file_as_young_as_the_build_is_not_trusted(signature: cache.Signature) -> None:
    index = Index(began=100)
    index.put("a.md", signature, "abc")
    assert index.seen == {}


def test_a_signature_tells_a_change_that_left_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("one")
    before = path.stat()
    first = cache.signature(before)
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # until the clock has gone on
        path.write_text("two")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cache.signature(path.stat()) != first


def test_different_parts_give_different_keys() -> None:
    parts = (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""))
    assert len({cache.digest(*these) for these in parts}) == len(parts)


# ---------------------------------------------------------------- records

QUOTE = Quote("q1", "We sell quiet.", "Maren Oskarby", "harbour master", "inferred", True)
FIGURE = KeyFigure(
    "f1", "5 to 7bn yuan", (5, 7.5), "sales", None, "CNY", "about", "2020",
    Change("up 9.9%", 9.9, "percentage", "up", "2019", Amount("4bn", 4)), (Amount("$1", 1, None, "USD"),),
)  # fmt: skip
EIGHT = datetime(2026, 11, 22, 8, tzinfo=UTC)
ARTICLE = Article(
    id="id-1", title="Title", path="content/articles/a.md", text="ab" * 32, words=320, slug="a",
    status="draft",
    date=datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Europe/Lisbon")), added=date(2026, 11, 22),
    updated=datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=8))),
    expires=EIGHT,
    topics=("ports", "rail"), source=Source("The Review", published=date(2026, 1, 2)), quotes=(QUOTE, QUOTE),
    figures=(FIGURE,), corrections=(Correction(date(2026, 1, 1), "x"),),
    retracted=Retraction(date(2026, 1, 3), "y"), extra={"list": [1, [2.0, {"a": None}]], "text": "é"},
)  # fmt: skip
CREDIT = Credit("The Review", None, date(2026, 1, 2), 3)
CARD = Card("id-1", "/a/", "Title", CREDIT, topics=(Link("Ports", "/p/"),))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: st.lists(inner).map(tuple) | st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "record", [ARTICLE, QUOTE, FIGURE, CARD, Problem("m", "c", "p", 1, 2), (ARTICLE, (QUOTE,))]
)
def test_packing_loses_nothing(record: object) -> None:
    again = packing.loads(packing.dumps(record))
    assert again == record
    assert packing.fingerprint(again) == packing.fingerprint(record)


def test_a_time_keeps_its_zone() -> None:
    again = packing.loads(packing.dumps(ARTICLE))
    assert again.date.tzinfo == ZoneInfo("Europe/Lisbon")
    assert again.updated.utcoffset() == timedelta(hours=8)


@given(values, values)
def test_values_are_told_apart(one: Any, other: Any) -> None:
    assert repr(packing.loads(packing.dumps(one))) == repr(one)
    same = repr(one) == repr(other)
    assert (packing.fingerprint(one) == packing.fingerprint(other)) == same


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("words", 1, 2),
        ("note", None, ""),
        ("extra", {"a": 1}, {"a": 1.0}),
        ("extra", {"a": 1}, {"a": True}),
        ("extra", {"a": [1]}, {"a": (1,)}),
        ("extra", {"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ("topics", ("ab",), ("a", "b")),
        ("date", EIGHT, EIGHT.astimezone(timezone(timedelta(hours=1)))),
    ],
)
def test_every_difference_counts(field: str, one: object, other: object) -> None:
    first, second = (replace(ARTICLE, **{field: value}) for value in (one, other))  # type: ignore[arg-type]
    assert packing.fingerprint(first) != packing.fingerprint(second)
    assert packing.field_dumps(first, packing.Known()) != packing.field_dumps(second, packing.Known())


def test_every_field_has_its_part() -> None:
    assert len(packing.field_dumps(ARTICLE, packing.Known())) == len(packing.field_names(Article))


def test_a_fingerprint_that_was_given_is_the_one_that_would_be_taken() -> None:
    told, taken = packing.Known(), packing.Known()
    told.seed(ARTICLE, packing.dumps(ARTICLE))
    assert told.digest(ARTICLE) == taken.digest(ARTICLE)


def test_equal_records_have_one_fingerprint_however_they_are_shared() -> None:
    assert packing.fingerprint((CARD, CARD)) == packing.fingerprint((replace(CARD), replace(CARD)))


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises((TypeError, ValueError)):
        packing.dumps((object(),))


def test_the_version_is_that_of_the_source_read_or_remembered(tmp_path: Path) -> None:
    assert cache.version(tmp_path) == cache.version()
    kept = tmp_path / cache.FOLDER / "program"
    assert kept.is_file()
    assert cache.version(tmp_path) == cache.version()
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")  # damaged
    assert cache.version(tmp_path) == cache.version()


def test_the_version_follows_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    package.mkdir()
    for name in ("cache.py", "words.yaml"):
        (package / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(cache, "__file__", str(package / "cache.py"))
    root = tmp_path / "digest"
    first = cache.version(root)
    (package / "words.yaml").write_text("two", encoding="utf-8")
    second = cache.version(root)
    (package / "words.yaml").write_text("one", encoding="utf-8")
    assert (first != second, cache.version(root)) == (True, first)
