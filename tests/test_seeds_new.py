"""New seeds become articles once, and nothing that exists is overwritten."""

from __future__ import annotations

import re
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
    report = convert_new(root, status="published", added=DAY)
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
    report = preview(root, status="draft", added=lambda path: date(2020, 1, 2))
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
    report = convert_new(root, status="published", added=DAY)
    assert [planned.seed for planned in report.created] == ["seeds/b.txt"]
    assert [(p.code, p.severity) for p in report.problems] == [
        ("seed-binary", "error"),
        ("seed-empty", "warning"),
    ]


def test_an_article_names_its_rights_only_where_its_seed_does(tmp_path: Path) -> None:
    root = digest(
        tmp_path,
        a=f"---\nsource: Harbour Wire\n---\nQuay opens\n\n{LEAD}\n",
        b=f"---\nsource: Harbour Wire\nrights: summary\n---\nQuay closes\n\n{LEAD}\n",
    )
    report = convert_new(root, status="published", added=DAY)
    rights = [frontmatter.load(made.text)[0].get("rights") for made in report.created]
    assert rights == [None, "summary"]


def test_a_seed_without_a_headline_is_pointed_out(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"{LEAD} {LEAD} {LEAD}\n", b=f"Quay opens\n\n{LEAD}\n")
    report = convert_new(root, status="published", added=DAY)
    assert [made.path for made in report.created] == [
        "content/articles/2026/untitled.md",
        "content/articles/2026/quay-opens.md",
    ]
    (problem,) = report.problems
    assert (problem.code, problem.severity, problem.path) == ("seed-untitled", "warning", "seeds/a.txt")
    assert problem.hint and "title: …" in problem.hint


def test_files_that_nobody_can_read_are_pointed_out(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n")
    strange = ("report.docx", "page.mhtml", "notes.rtf", "deep/plan.pdf", "feed.xml", "LOUD.TXT", "article")
    fine = (
        ".hidden.docx", "a.txt~", "a.txt.bak", "README", "readme.rst", "page_files/data.xml", "logo.png",
        "site.css", "site.js", "~$report.docx", "Thumbs.db",
    )  # fmt: skip
    for name in (*strange, *fine):
        path = root / "seeds" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    report = convert_new(root, status="published", added=DAY)
    assert len(report.created) == 1
    assert {problem.code for problem in report.problems} == {"seed-unknown-format"}
    assert sorted(problem.path or "" for problem in report.problems) == sorted(f"seeds/{n}" for n in strange)
    assert all(problem.hint and ".html" in problem.hint for problem in report.problems)
    one = convert_new(root, status="published", added=DAY, only={"seeds/a.txt"})
    assert one.problems == ()


def test_a_seed_is_known_by_the_id_of_its_article(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n")
    (made,) = run(root)
    text = (root / made).read_text(encoding="utf-8")
    (root / made).write_text(re.sub(r"(?m)^seed:\n(?:  .*\n)+", "", text), encoding="utf-8")
    assert "sha256" not in (root / made).read_text(encoding="utf-8")
    report = convert_new(root, status="published", added=DAY)
    assert (report.created, report.skipped, report.problems) == ((), ("seeds/a.txt",), ())


def test_a_seed_that_changed_after_its_conversion_is_pointed_out(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n", b=f"Quay closes\n\n{LEAD}\n")
    gone = run(root)[1]
    (root / gone).unlink()
    assert convert_new(root, status="published", added=DAY).problems == ()
    digest(root, a=f"Quay opens late\n\n{LEAD}\n", b=f"Quay closes late\n\n{LEAD}\n")
    report = convert_new(root, status="published", added=DAY)
    (problem,) = report.problems  # the other article is gone, as its editor wants it
    assert (problem.code, problem.severity, problem.path) == ("seed-changed", "warning", "seeds/a.txt")
    assert problem.hint and "sitegen convert --merge" in problem.hint
    assert report.skipped == ("seeds/a.txt", "seeds/b.txt")


def test_texts_and_pages_have_limits_of_their_own(tmp_path: Path) -> None:
    root = digest(tmp_path, a=f"Quay opens\n\n{LEAD}\n")
    (root / "seeds/b.html").write_text(f"<h1>Quay closes</h1><p>{LEAD}</p>", encoding="utf-8")
    both = convert_new(root, status="published", added=DAY, limit=50, page_limit=60)
    assert [(p.code, p.path) for p in both.problems] == [
        ("seed-too-large", "seeds/a.txt"),
        ("seed-too-large", "seeds/b.html"),
    ]
    hints = [problem.hint or "" for problem in both.problems]
    assert "convert.max_text_bytes" in hints[0] and "convert.max_page_bytes" in hints[1]
    text = convert_new(root, status="published", added=DAY, page_limit=60)
    assert [made.seed for made in text.created] == ["seeds/a.txt"]


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
