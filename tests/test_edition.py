"""`sitegen edition new`: the next edition as a file, from what is new since the last."""

from __future__ import annotations

import json
from pathlib import Path

from sitegen import strictyaml
from tests.conftest import NOW, MakeDigest, Run, article, tree_of

LAST = """---
number: 7
title: The seventh
date: 2026-11-15
top: id-printed
---
"""
BEFORE = LAST.replace("7", "6").replace("seventh", "sixth").replace("2026-11-15", "2026-11-09")
FIGURE = "[{id: f1, as_written: 12 boats, value: 12, label: Boats}]"


def digest(make_digest: MakeDigest, **more: str) -> Path:
    files = {
        "content/editions/6.md": BEFORE.replace("id-printed", "id-earlier"),
        "content/editions/7.md": LAST,
        "content/articles/earlier.md": article("earlier", date="2026-11-08"),
        "content/articles/printed.md": article("printed", date="2026-11-14"),
        "content/articles/left-out.md": article("left-out", date="2026-11-10"),
        "content/articles/late.md": article(
            "late", date="2026-11-10", added="2026-11-20", topics="[Ferries]"
        ),
        "content/articles/lock.md": article("lock", topics="[Locks, Ferries]", title="'“A: b”   # c'"),
        "content/articles/rope.md": article("rope", topics="[Rope]"),
        "content/articles/lead.md": article("lead", date="2026-11-16", topics="[Ferries]", figures=FIGURE),
        "content/articles/coming.md": article("coming", date="2026-12-24"),
        "content/articles/draft.md": article("draft", status="draft"),
    }
    return make_digest({**files, **more})


def test_what_is_new_by_topic_with_its_titles(make_digest: MakeDigest, run: Run) -> None:
    root = digest(make_digest)
    before = tree_of(root)
    done = run("edition", "new", "-C", root, "--now", NOW)
    assert done.code == 0, done.err
    assert "made  content/editions/8.md" in done.out
    assert "In no edition: 1 older story, from before 2026-11-15." in done.out
    text = (root / "content/editions/8.md").read_text(encoding="utf-8")
    matter = strictyaml.load(text.split("---\n")[1])
    assert matter == {
        "number": 8,
        "title": "Edition 8",
        "date": matter["date"],
        "top": "id-lead",  # it has a figure
        "sections": [
            {"title": "Ferries", "items": ["id-lock", "id-late"]},
            {"title": "In brief", "items": ["id-rope"]},
        ],
    }
    assert matter["date"].isoformat() == "2026-11-22", "six days after the last would be over already"
    assert '- "id-lock"  # “A: b” # c\n' in text
    assert {name: data for name, data in tree_of(root).items() if "/8.md" not in name} == before
    assert run("build", "-C", root, "--now", NOW).code == 0
    assert "Title of late" in (root / "public/editions/8/index.html").read_text(encoding="utf-8")


def test_days_of_ones_own_and_a_look_first(make_digest: MakeDigest, run: Run) -> None:
    root = digest(make_digest)
    before = tree_of(root)
    asked = ("--since", "2026-11-01", "--date", "2026-12-24", "--title", "All: of it", "--dry-run", "--json")
    told = json.loads(run("edition", "new", "-C", root, "--now", NOW, *asked).out)
    assert (told["number"], told["date"], told["written"], told["older"]) == (8, "2026-12-24", False, 0)
    assert {"id-left-out", "id-coming"} <= set(told["articles"])
    assert not {"id-draft", "id-printed"} & set(told["articles"])
    assert strictyaml.load(told["text"].split("---\n")[1])["title"] == "All: of it"
    assert tree_of(root) == before


def test_the_rhythm_goes_on(make_digest: MakeDigest, run: Run) -> None:
    root = digest(make_digest)
    told = json.loads(run("edition", "new", "-C", root, "--now", "2026-11-19T10:00:00Z", "--json").out)
    assert told["date"] == "2026-11-21", "six days after the last, as that was after the one before"


def test_nothing_new_and_a_file_in_the_way(make_digest: MakeDigest, run: Run) -> None:
    root = digest(make_digest, **{"content/editions/8.md": LAST.replace("number: 7", "number: 3")})
    refused = run("edition", "new", "-C", root, "--now", NOW)
    assert refused.code == 2
    assert "content/editions/8.md: error: there is such a file already [edition-exists]" in refused.err
    assert (root / "content/editions/8.md").read_text(encoding="utf-8").startswith("---\nnumber: 3\n")
    empty = run("edition", "new", "-C", root, "--now", NOW, "--since", "2026-11-30")
    assert empty.code == 2
    assert "nothing is new since 2026-11-30" in empty.err
    assert run("edition", "new", "-C", root, "--date", "soon").code == 2
