"""Many seeds on all cores: the same bytes in the same order as in one process."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen.seeds import batch, preview

DAY = date(2026, 11, 22)
MANY = 40


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(batch, "WORTH_IT", MANY - 1)
    (tmp_path / "seeds").mkdir()
    for n in range(MANY):
        lead = f"The quay of dock {n} opened after {n + 2} years."
        text = f"Quay {n % 30} opens\n\n{lead}\n\n“It is done,” said Ada Orm.\n"
        (tmp_path / f"seeds/{n:03}.txt").write_text(text)
    (tmp_path / "seeds/030b.txt").write_bytes(b"\0\0")
    (tmp_path / "seeds/031b.txt").write_bytes((tmp_path / "seeds/031.txt").read_bytes())
    return tmp_path


def test_processes_give_what_one_gives(digest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "cores", lambda: 2)
    seen: list[tuple[int, int]] = []
    many = preview(
        digest, status="draft", added=DAY, progress=lambda *at: seen.append(at)
    )  # fmt: skip
    monkeypatch.setattr(batch, "cores", lambda: 1)
    assert many == preview(digest, status="draft", added=DAY)
    assert len({made.path for made in many.created}) == MANY
    assert [problem.code for problem in many.problems] == ["seed-binary"]
    assert many.skipped == ("seeds/031b.txt",)
    total = MANY + 2
    assert seen == [(n + 1, total) for n in range(total)]


def test_an_executor_of_the_caller_s(digest: Path) -> None:
    alone = preview(digest, status="draft", added=DAY)
    with ThreadPoolExecutor(2) as executor:
        there = preview(digest, status="draft", added=DAY, executor=executor)
    assert there == alone


@pytest.mark.parametrize("error", [OSError("no semaphores here"), BrokenExecutor("killed")])
def test_without_processes_it_goes_on_alone(
    error: Exception, digest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(batch, "cores", lambda: 2)
    monkeypatch.setattr(batch, "ProcessPoolExecutor", refuse)
    report = preview(digest, status="draft", added=DAY)
    assert len(report.created) == MANY
