"""What builds remember: it survives every damage as lost time, stays bounded, and packing loses nothing."""

from __future__ import annotations

import functools
import os
import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import cache, halves, packing, program
from sitegen.cache import KEPT_BUILDS, Index, Shelf
from sitegen.errors import Problem
from sitegen.heap import Heap
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


def test_an_article_fetches_its_second_half_when_that_is_asked_for() -> None:
    split, asked = halves.split(ARTICLE), []

    def fetch(where: str) -> bytes:
        asked.append(where)
        return split.rest

    made = halves.join(split.first, split.signs, fetch, "there")
    assert (made.title, made.url, made.day, asked) == (ARTICLE.title, ARTICLE.url, ARTICLE.day, [])
    assert (made.quotes, made, asked) == (ARTICLE.quotes, ARTICLE, ["there"])
    assert pickle.loads(pickle.dumps(halves.join(split.first, split.signs, fetch, ""))) == ARTICLE
    with pytest.raises(AttributeError, match="no “sound”"):
        made.sound  # noqa: B018


def test_the_two_fingerprints_of_an_article() -> None:
    split = halves.split(ARTICLE)
    joined = halves.join(split.first, split.signs, lambda _: split.rest, None)
    assert halves.whole(joined) == halves.whole(replace(ARTICLE)) == packing.Known().digest(ARTICLE)
    for other in (replace(ARTICLE, text="7"), replace(ARTICLE, words=7), replace(ARTICLE, body="7")):
        assert halves.shown(other) == halves.shown(ARTICLE)
        assert halves.whole(other) != halves.whole(ARTICLE)
    blank = Article(id="another", title="Another")
    names = [item.name for item in fields(ARTICLE) if item.name not in ("text", "words", "body")]
    told = [name for name in names if getattr(blank, name) != getattr(ARTICLE, name)]
    assert len(told) > 15
    for name in told:
        change: dict[str, Any] = {name: getattr(blank, name)}
        other = replace(ARTICLE, **change)
        assert halves.shown(other) != halves.shown(ARTICLE), name
        assert halves.whole(other) != halves.whole(ARTICLE), name


# ---------------------------------------------------------------- heaps


def test_a_heap_gives_back_what_it_was_given_even_to_others(tmp_path: Path) -> None:
    one = Heap(tmp_path / "heap")
    at = [one.put(data) for data in (b"first", b"", b"x" * 100_000)]
    assert [one.get(address) for address in at] == [b"first", b"", b"x" * 100_000]
    one.close()
    two = Heap(tmp_path / "heap")
    at.append(two.put(b"later"))
    assert [two.get(address) for address in (at[0], at[3])] == [b"first", b"later"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:7],
        lambda data: data[:5] + bytes([data[5] ^ 1]) + data[6:],
        lambda data: b"other" + data,
    ],
)
def test_a_damaged_heap_has_no_answer(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    one = Heap(tmp_path / "heap")
    address = one.put(b"some bytes")
    one.close()
    (tmp_path / "heap").write_bytes(damage((tmp_path / "heap").read_bytes()))
    assert Heap(tmp_path / "heap").get(address) is None


def test_a_heap_that_cannot_be_written_keeps_its_strings_here(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    heap = Heap(tmp_path / "file" / "heap")
    assert heap.get(heap.put(b"some bytes")) == b"some bytes"


def test_a_renewed_heap_has_only_what_lives_and_the_old_one_answers_as_long_as_it_is_held(
    tmp_path: Path,
) -> None:
    old = Heap(tmp_path / "heap")
    at = [old.put(bytes([n]) * (1 << 20)) for n in range(12)]
    assert (old.grown(at), old.grown(at[:2])) == (False, True)
    new, moved = old.renewed(at[:2])
    assert {address: new.get(where) for address, where in moved.items()} == {a: old.get(a) for a in at[:2]}
    assert (tmp_path / "heap").stat().st_size == 2 << 20
    assert old.get(at[11]) == bytes([11]) * (1 << 20)


def test_equal_records_have_one_fingerprint_however_they_are_shared() -> None:
    assert packing.fingerprint((CARD, CARD)) == packing.fingerprint((replace(CARD), replace(CARD)))


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises((TypeError, ValueError)):
        packing.dumps((object(),))


def test_the_version_is_that_of_the_source_read_or_remembered(tmp_path: Path) -> None:
    assert program.version(tmp_path) == program.version()
    kept = tmp_path / cache.FOLDER / "program"
    assert kept.is_file()
    assert program.version(tmp_path) == program.version()
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")  # damaged
    assert program.version(tmp_path) == program.version()


def test_the_version_follows_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    package.mkdir()
    for name in ("cache.py", "words.yaml"):
        (package / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(program, "__file__", str(package / "cache.py"))

    def in_another_process() -> bytes:
        monkeypatch.setattr(program, "running", functools.cache(program.running.__wrapped__))
        return program.version(tmp_path / "digest")

    first = in_another_process()
    (package / "words.yaml").write_text("two", encoding="utf-8")
    second = in_another_process()
    (package / "words.yaml").write_text("one", encoding="utf-8")
    assert (first != second, in_another_process()) == (True, first)
