"""New seeds become articles once, and nothing that exists is overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen import frontmatter
from sitegen.seeds import convert_new, preview
from sitegen.seeds.new import create

DAY = date(2026, 11, 22)
LEAD = (
    "The quay at Marrowick opened on Monday after four years of work that cost twice what had been planned."
)


def digest(root: Path, **seeds: str) -> Path:
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    for name, text in seeds.items():
        (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    return root


def run(root: Path) -> list[str]:
    report = convert_new(root, status="published", rights_of=lambda name: "full", added=DAY)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    return [planned.path for planned in report.created]


def test_new_seeds_are_converted_once(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n", b=f"Quay opens\n\n3 May 2024\n\n{LEAD}\n")
    made = run(root)
    assert made == ["content/articles/2026/quay-opens.md", "content/articles/2024/quay-opens-2.md"]
    for path in made:
        text = (root / path).read_bytes()
        name = frontmatter.load(text.decode())[0]["id"]
        assert (root / f"content/.base/{name}.md").read_bytes() == text
    assert run(root) == []
    assert list(root.rglob("*.tmp")) == []


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n")
    report = preview(root, status="draft", rights_of=lambda name: "link", added=lambda path: date(2020, 1, 2))
    (planned,) = report.created
    assert planned.path == "content/articles/2020/quay-opens.md"
    assert frontmatter.load(planned.text)[0]["added"] == date(2020, 1, 2)
    assert not (root / "content").exists()


def test_a_seed_is_known_by_its_name_and_by_its_bytes(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n")
    (made,) = run(root)
    (root / "seeds/a.txt").rename(root / "seeds/moved.txt")
    assert run(root) == []
    digest(root, a=f"Quay opens again\n\n{LEAD}\n")
    assert run(root) == []
    text = (root / made).read_text()
    (root / made).write_text(
        text.replace("title: Quay opens", "title: [half done").replace("status:", "statu:")
    )
    assert run(root) == []


def test_an_article_that_the_editor_deleted_does_not_come_back(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n")
    (made,) = run(root)
    (root / made).unlink()
    assert run(root) == []
    digest(root, a=f"Quay opens, a word changed\n\n{LEAD}\n")
    assert run(root) == []


def test_an_edited_article_keeps_its_bytes_wherever_it_is_moved(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n")
    (made,) = run(root)
    moved = root / "content/articles/ports.md"
    (root / made).rename(moved)
    moved.write_text(moved.read_text() + "\nMine.\n")
    before = moved.read_bytes()
    digest(root, b=f"Quay opens\n\n{LEAD} Twice.\n")
    assert run(root) == ["content/articles/2026/quay-opens-2.md"]
    assert moved.read_bytes() == before


def test_a_seed_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    root = digest(tmp_path, b=f"Quay opens\n\n{LEAD}\n", c="\n")
    (root / "seeds/a.txt").write_bytes(b"\0\0")
    report = convert_new(root, status="published", rights_of=lambda name: "full", added=DAY)
    assert [planned.seed for planned in report.created] == ["seeds/b.txt"]
    assert [(p.code, p.severity) for p in report.problems] == [
        ("seed-binary", "error"),
        ("seed-empty", "warning"),
    ]


def test_rights_come_from_the_seed_or_from_its_source(tmp_path: Path) -> None:
    root = digest(
        tmp_path,
        a=f"---\nsource: Harbour Wire\n---\nQuay opens\n\n{LEAD}\n",
        b=f"---\nsource: Harbour Wire\nrights: summary\n---\nQuay closes\n\n{LEAD}\n",
    )
    asked: list[str | None] = []

    def rights_of(name: str | None) -> str:
        asked.append(name)
        return "excerpt"

    report = convert_new(root, status="published", added=DAY, rights_of=rights_of)
    assert [frontmatter.load(made.text)[0]["rights"] for made in report.created] == ["excerpt", "summary"]
    assert set(asked) == {"Harbour Wire"}


def test_a_file_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.md"
    assert create(path, b"one")
    assert not create(path, b"two")
    assert path.read_bytes() == b"one"
    assert [item.name for item in path.parent.iterdir()] == ["b.md"]


def test_without_hard_links_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refuse)
    test_a_file_that_exists_is_never_overwritten(tmp_path)
