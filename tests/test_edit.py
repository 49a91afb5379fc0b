"""The smallest change of an article's front matter: one value moves, every other byte stays."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import frontmatter
from sitegen.content.edit import Change, Drop, Move, Set, edited
from sitegen.errors import SiteError
from tests.conftest import times

ARTICLE = """---
id: tideway-1   # never changes
title: 'Ferries, and why they wait'
topics: [ports, "trade, sea", weather]
quotes:
  # the minister, by telephone
  - id: q1
    text: "We shall sail: tomorrow"    # checked
    speaker: Ada Quill
    role: harbour minister
    attribution: inferred
  # from the statement - see the file
  - id: q2
    text: |
      Two lines
      of it.

    featured: true
  - {id: q3, text: No, speaker: "Ben, Jr."}

figures:
- id: f1
  as_written: 3 ferries
  value: 3
- id: f2
  as_written: 4%
  value: 4
empty:
source:
  name: The Tideway Review
---
The body: - “stays” as it is.
"""


def changed(*changes: Change, text: str = ARTICLE) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    lines = list(difflib.ndiff(text.splitlines(), edited(text, changes, "a.md").splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


@pytest.mark.parametrize(
    ("change", "went", "came"),
    [
        (Set(("title",), "Ferries wait"), ["title: 'Ferries, and why they wait'"], ["title: Ferries wait"]),
        (
            Set(("quotes", 0, "speaker"), "Cy Marrow"),
            ["    speaker: Ada Quill"],
            ["    speaker: Cy Marrow"],
        ),
        (
            Set(("quotes", 0, "text"), "He: “yes”"),
            ['    text: "We shall sail: tomorrow"    # checked'],
            ["    text: 'He: “yes”'    # checked"],
        ),
        (Set(("quotes", 1, "speaker"), "no"), [], ["    speaker: 'no'"]),
        (Set(("quotes", 0, "featured"), True), [], ["    featured: true"]),
        (
            Set(("quotes", 1, "text"), "One\nline"),
            ["    text: |", "      Two lines", "      of it.", ""],
            ['    text: "One\\nline"'],
        ),
        (
            Set(("quotes", 2, "role"), "clerk, retired"),
            ['  - {id: q3, text: No, speaker: "Ben, Jr."}'],
            ['  - {id: q3, text: No, speaker: "Ben, Jr.", role: "clerk, retired"}'],
        ),
        (Set(("empty",), "full"), ["empty:"], ["empty: full"]),
        (Set(("source", "url"), "https://tideway.example/1"), [], ["  url: https://tideway.example/1"]),
        (Set(("figures", 1, "label"), "Fares: all"), [], ["  label: 'Fares: all'"]),
        (Set(("lang",), "012"), [], ["lang: '012'"]),
        (
            Set(("figures",), ["a", "b, c"]),
            [
                "figures:",
                "- id: f1",
                "  as_written: 3 ferries",
                "  value: 3",
                "- id: f2",
                "  as_written: 4%",
                "  value: 4",
            ],
            ['figures: [a, "b, c"]'],
        ),
        (Drop(("quotes", 0, "role")), ["    role: harbour minister"], []),
        (
            Drop(("quotes", 0, "id")),
            ["  - id: q1", '    text: "We shall sail: tomorrow"    # checked'],
            ['  - text: "We shall sail: tomorrow"    # checked'],
        ),
        (Drop(("topics", 1)), ['topics: [ports, "trade, sea", weather]'], ["topics: [ports, weather]"]),
        (Drop(("topics", 2)), ['topics: [ports, "trade, sea", weather]'], ['topics: [ports, "trade, sea"]']),
        (Drop(("figures", 1)), ["- id: f2", "  as_written: 4%", "  value: 4"], []),
        (Drop(("source", "name")), ["source:", "  name: The Tideway Review"], []),
        (Drop(("quotes", 2)), ['  - {id: q3, text: No, speaker: "Ben, Jr."}'], []),
        (
            Move(("topics", 0), 2),
            ['topics: [ports, "trade, sea", weather]'],
            ['topics: ["trade, sea", weather, ports]'],
        ),
    ],
)
def test_one_change(change: Change, went: list[str], came: list[str]) -> None:
    assert changed(change) == (went, came)


def test_comments_move_with_their_items() -> None:
    text = edited(ARTICLE, [Move(("quotes", 1), 0)], "a.md")
    assert (
        text.index("# from the statement")
        < text.index("id: q2")
        < text.index("# the minister")
        < text.index("q1")
    )
    assert sorted(text.splitlines()) == sorted(ARTICLE.splitlines())


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff" + ARTICLE.replace("\n", "\r\n")
    made = edited(text, [Set(("quotes", 0, "featured"), True), Drop(("figures", 0))], "a.md")
    assert made.startswith("\ufeff---\r\n")
    assert "\n" not in made.replace("\r\n", "")
    assert "    featured: true\r\n" in made


@pytest.mark.parametrize(
    "change",
    [
        Set(("nowhere", "at", "all"), 1),
        Set(("quotes", 9, "speaker"), "x"),
        Set(("title", "part"), "x"),
        Drop(("quotes", 9)),
        Drop(("absent",)),
        Move(("quotes", 0), 9),
        Move(("title", 0), 1),
    ],
)
def test_what_is_not_there_is_refused(change: Change) -> None:
    with pytest.raises(SiteError) as caught:
        edited(ARTICLE, [change], "content/articles/a.md")
    assert caught.value.problems[0].code == "edit-refused"
    assert "content/articles/a.md" in str(caught.value)


def test_a_text_without_front_matter_is_refused() -> None:
    with pytest.raises(SiteError, match="not in the front matter"):
        edited("no front matter\n", [Set(("quotes", 0, "speaker"), "x")], "a.md")


_SCALARS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=12),
    st.sampled_from(
        ["", "no", "~", "1", "2026-11-22", "a: b", "# x", "- x", "[a", "“x”, y", "'", '"', "a\nb", " x "]
    ),
    st.integers(-9, 9),
    st.booleans(),
    st.none(),
    st.floats(-9, 9),
)
_VALUES = st.one_of(_SCALARS, st.lists(_SCALARS, max_size=3))
_ITEMS = st.lists(
    st.dictionaries(st.sampled_from(("id", "text", "speaker", "role")), _VALUES, min_size=1),
    min_size=1,
    max_size=3,
)


@settings(max_examples=times(300), deadline=None)
@given(items=_ITEMS, topics=st.lists(_SCALARS, min_size=1, max_size=4), data=st.data())
def test_any_change_of_any_front_matter(items: list[Any], topics: list[Any], data: st.DataObject) -> None:
    """What our own writer writes can always be changed, and says afterwards just what it should."""
    text = frontmatter.dump({"id": "a", "quotes": items, "topics": topics, "end": 1}, "body\n")
    at = data.draw(st.integers(0, len(items) - 1))
    kind = data.draw(st.sampled_from(("set", "drop", "move", "topic")))
    if kind == "set":
        value = data.draw(_VALUES)
        made = frontmatter.load(edited(text, [Set(("quotes", at, "speaker"), value)], "a.md"))[0]
        assert made["quotes"][at]["speaker"] == value
    elif kind == "drop":
        made = frontmatter.load(edited(text, [Drop(("quotes", at))], "a.md"))[0]
        assert made.get("quotes", []) == items[:at] + items[at + 1 :]
    elif kind == "move":
        to = data.draw(st.integers(0, len(items) - 1))
        made = frontmatter.load(edited(text, [Move(("quotes", at), to)], "a.md"))[0]
        assert made["quotes"][to] == items[at]
    else:
        made = frontmatter.load(edited(text, [Drop(("topics", 0))], "a.md"))[0]
        assert made.get("topics", []) == topics[1:]
