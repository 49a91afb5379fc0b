"""The editor's desk: each act with the lines it leaves different in the file, undo, and who wins."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import config as settings
from sitegen.config import SiteConfig
from sitegen.content import article as reading
from sitegen.desk import ACTS, Act, Desk, acted, doubts
from sitegen.errors import SiteError
from tests.conftest import MakeDigest

TEXT = """---
id: ferries-wait-1
title: Ferries wait
date: 2026-11-18   # the day of the strike
quotes:
  - id: q1
    text: We shall sail tomorrow
    speaker: Ada Quill
    role: harbour minister
    attribution: inferred   # "she said"
    featured: true
  - id: q2
    text: Nobody told us
figures:
  - {id: f1, as_written: 3 ferries, value: 3}
  - {id: f2, as_written: 4%, value: 4, label: late crossings}
---

> “We shall sail tomorrow.”
> — Ada Quill, harbour minister

“Nobody told us,” was heard on the quay.
"""
PATH = "content/articles/2026/ferries-wait.md"


def lines(act: Act) -> tuple[list[str], list[str]]:
    made = difflib.ndiff(TEXT.splitlines(), acted(TEXT, act, PATH).splitlines())
    found = list(made)
    return [line[2:] for line in found if line[0] == "-"], [line[2:] for line in found if line[0] == "+"]


_CASES: list[tuple[Act, list[str], list[str]]] = [
    (
        Act("accept", "quotes", "q1"),
        ['    attribution: inferred   # "she said"'],
        ['    attribution: editor   # "she said"'],
    ),
    (
        Act("speaker", "quotes", "q1", "Cy Marrow", "her deputy"),
        [
            "    speaker: Ada Quill",
            "    role: harbour minister",
            '    attribution: inferred   # "she said"',
            "> — Ada Quill, harbour minister",
        ],
        [
            "    speaker: Cy Marrow",
            "    role: her deputy",
            '    attribution: editor   # "she said"',
            "> — Cy Marrow, her deputy",
        ],
    ),
    (
        Act("speaker", "quotes", "q2", " Dot  Hale "),
        [],
        ["    speaker: Dot Hale", "    attribution: editor"],
    ),
    (Act("feature", "quotes", "q1"), ["    featured: true"], []),
    (Act("feature", "quotes", "q2"), [], ["    featured: true"]),
    (Act("drop", "quotes", "q2"), ["  - id: q2", "    text: Nobody told us"], []),
    (
        Act("label", "figures", "f1", "ferries in port"),
        ["  - {id: f1, as_written: 3 ferries, value: 3}"],
        ["  - {id: f1, as_written: 3 ferries, value: 3, label: ferries in port}"],
    ),
    (Act("drop", "figures", "f1"), ["  - {id: f1, as_written: 3 ferries, value: 3}"], []),
]


@pytest.mark.parametrize(("act", "went", "came"), _CASES)
def test_an_act_changes_its_lines_and_no_other(act: Act, went: list[str], came: list[str]) -> None:
    assert lines(act) == (went, came)


@pytest.mark.parametrize("of", ["quotes", "figures"])
def test_a_move_keeps_every_line(of: str) -> None:
    first = "q1" if of == "quotes" else "f1"
    made = acted(TEXT, Act("move", of, first, 1), PATH)  # type: ignore[arg-type]
    assert made != TEXT
    assert sorted(made.splitlines()) == sorted(TEXT.splitlines())


def test_every_act_is_tried_here() -> None:
    tried = {(act.of, act.name) for act, _, _ in _CASES}
    assert tried | {("quotes", "move"), ("figures", "move")} == set(ACTS)


@pytest.mark.parametrize(
    "act",
    [
        Act("speaker", "quotes", "q1", "   "),
        Act("explode", "quotes", "q1"),
        Act("accept", "figures", "f1"),
        Act("accept", "quotes", "q9"),
        Act("move", "quotes", "q1", "down"),
        Act("move", "quotes", "q1", 7),
        Act("label", "figures", "f1", ""),
    ],
)
def test_what_makes_no_sense_is_refused(act: Act) -> None:
    with pytest.raises(SiteError):
        acted(TEXT, act, PATH)


def test_doubts_are_what_an_editor_should_look_at() -> None:
    made, _ = reading.parse(TEXT, PATH, SiteConfig(title="T", url="https://wire.example/"))
    assert made is not None
    assert [(doubt.item, doubt.code) for doubt in doubts(made)] == [
        ("q1", "speaker-inferred"),
        ("q2", "speaker-unknown"),
        ("f1", "figure-unlabelled"),
    ]


@pytest.fixture
def desk(make_digest: MakeDigest) -> Callable[[], tuple[Desk, Path]]:
    def make() -> tuple[Desk, Path]:
        root = make_digest({PATH: TEXT})
        made, _ = reading.parse(TEXT, PATH, settings.load(root))
        assert made is not None
        desk = Desk(root)
        desk.lay([made])
        return desk, root / PATH

    return make


def test_an_act_and_its_undo(desk: Callable[[], tuple[Desk, Path]]) -> None:
    it, file = desk()
    file.chmod(0o640)
    sheet = it.sheet("ferries-wait-1")
    assert not sheet.undo
    it.do(sheet.id, Act("accept", "quotes", "q1"), sheet.sha256)
    after = it.sheet(sheet.id)
    assert after.quotes[0].attribution == "editor"
    assert (after.undo, file.stat().st_mode & 0o777) == (True, 0o640)
    assert [doubt.item for doubt in after.doubts] == ["q2", "f1"]
    it.undo()
    assert file.read_text() == TEXT
    with pytest.raises(SiteError, match="nothing to undo"):
        it.undo()


def test_the_editor_who_saves_meanwhile_wins(desk: Callable[[], tuple[Desk, Path]]) -> None:
    it, file = desk()
    sheet = it.sheet("ferries-wait-1")
    mine = TEXT.replace("Ferries wait", "Ferries wait again")
    file.write_text(mine)
    with pytest.raises(SiteError, match="changed meanwhile"):
        it.do(sheet.id, Act("accept", "quotes", "q1"), sheet.sha256)
    assert file.read_text() == mine
    it.do(sheet.id, Act("accept", "quotes", "q1"), it.sheet(sheet.id).sha256)
    file.write_text(mine)
    with pytest.raises(SiteError, match="changed meanwhile"):
        it.undo()
    assert file.read_text() == mine


def test_the_queue_holds_what_has_doubts(desk: Callable[[], tuple[Desk, Path]]) -> None:
    it, _ = desk()
    assert [(one.id, one.url, one.doubts) for one in it.queue()] == [
        ("ferries-wait-1", "/articles/ferries-wait/", 3)
    ]
    it.lay([])
    assert it.queue() == ()
    with pytest.raises(SiteError, match="no such article"):
        it.sheet("ferries-wait-1")


def test_dropped_lines_come_from_the_seed(make_digest: MakeDigest) -> None:
    seed = (
        "Harbour reopens after storm\n\nBy Ada Quill\n\nThe harbour of Marrowick reopened on Tuesday after "
        "the storm, and two ferries sailed at noon with four hundred passengers.\n\nShare this article\n"
    )
    text = TEXT.replace("figures:", "seed: {file: storm.txt, sha256: %s}\nfigures:" % ("0" * 64))
    root = make_digest({PATH: text, "seeds/storm.txt": seed})
    made, _ = reading.parse(text, PATH, settings.load(root))
    assert made is not None
    it = Desk(root)
    it.lay([made])
    assert any(
        dropped.text == "Share this article" and dropped.reason for dropped in it.sheet(made.id).dropped
    )
