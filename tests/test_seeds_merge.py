"""Merging: what is new arrives, and every byte that an editor touched stays."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import frontmatter
from sitegen.config import SiteConfig
from sitegen.config import load as load_config
from sitegen.content import article
from sitegen.model import Seed
from sitegen.seeds import batch, markdown, understand
from sitegen.seeds.found import Conversion
from sitegen.seeds.merge import files as merge_files
from sitegen.seeds.merge import lines as merge_lines
from sitegen.seeds.merge import values as merge_values
from sitegen.seeds.merge.one import merge_one
from sitegen.seeds.merge.tokens import Matcher, plain
from tests.conftest import MakeDigest, Run, tree_of

Edit = Callable[[str], str]

SEED = """Orrin Bay puts its pilots on the train

The harbour will save two boats and a good deal of diesel

By Ines Harcastle

Photograph: Calder Finch

ORRIN BAY — The pilots of Orrin Bay will go to work by rail from March, the port said on Monday.

“A train is never seasick, and it has never once run aground,” said Tor Ravn, head of the guild. \
“I cannot say that of our boats.”

The port paid €12 million for the halt and expects to save 340,000 litres of diesel a year, \
18% of what it burns.

The last boat

Una Holt, the mayor, was less sure. “We have been promised a train before, \
and we waited for nine years,” she said.

Licences for pilots rose to 71 in 2026, up 4% from the year before.

The halt will have one bench. The guild has asked for two.
"""


# ---------------------------------------------------------------- edits and changes, of every kind


def put(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text, f"the text has no “{old}”"
        return text.replace(old, new)

    return edit


def change_data(change: Callable[[dict[str, Any]], object]) -> Edit:
    """An edit of the front matter that writes all of it anew, as a program would."""

    def edit(text: str) -> str:
        data, body = frontmatter.load(text)
        change(data)
        return frontmatter.dump(data, body)

    return edit


def without(key: str, number: int) -> Edit:
    return change_data(lambda data: data[key].pop(number))


def swap_paragraphs(text: str) -> str:
    paragraphs = text.split("\n\n")
    paragraphs[-1], paragraphs[-2] = paragraphs[-2].strip(), paragraphs[-1].strip()
    return "\n\n".join(paragraphs) + "\n"


def rewrite(text: str) -> str:
    head = text[: text.index("\n---\n", 4) + 5]
    return head + "\nAll of this is mine.\n\nAnd this.\n\nAnd this too.\n"


EDITS: dict[str, Edit] = {
    "nothing": lambda text: text,
    "title": put("title: Orrin Bay puts its pilots on the train", "title: Pilots take the train"),
    "the words of a quote": lambda text: text.replace("never once run aground", "never run aground"),
    "the speaker of a quote": put("speaker: Tor Ravn", "speaker: Tor Ravn-Holm"),
    "a deleted figure": without("figures", 0),
    "all figures deleted": change_data(lambda data: data.pop("figures")),
    "no figures": change_data(lambda data: data.update(figures=[])),
    "a deleted quote": without("quotes", 0),
    "quotes in another order": change_data(lambda data: data["quotes"].reverse()),
    "figures in another order": change_data(lambda data: data["figures"].reverse()),
    "keys in another order": change_data(lambda data: [data.update({k: data.pop(k)}) for k in sorted(data)]),
    "paragraphs in another order": swap_paragraphs,
    "a comment": put("lang: en", "# the desk has seen this\nlang: en  # not nn"),
    "another key": put("lang: en", "lang: en\nnote: Worth a follow-up in March."),
    "a quote of the editor's": change_data(
        lambda data: data["quotes"].append({"id": "q40", "text": "The guild has asked for two."})
    ),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "some line ends": lambda text: text.replace("\n", "\r\n", 9),
    "no final newline": lambda text: text.removesuffix("\n"),
    "trailing spaces": put(
        "The halt will have one bench.", "The halt will have one bench.   \nAnd a lamp.  "
    ),
    "a byte order mark": lambda text: "\ufeff" + text,
    "an image": put("lang: en", "lang: en\nimages:\n- src: /halt.jpg\n  alt: The halt"),
    "the body": rewrite,
    "a paragraph gone": put("The halt will have one bench. The guild has asked for two.\n", ""),
    "quoted values": put("status: published", 'status: "draft"'),
    "another slug": put("slug: orrin-bay-puts-its-pilots-on-the-train", "slug: pilots-by-train"),
}

CHANGES: dict[str, Edit] = {
    "title": put("puts its pilots on the train", "puts pilots and cooks on the train"),
    "standfirst": put("two boats and a good deal", "three boats and a good deal"),
    "a quote's words": put("never once run aground", "never yet run aground"),
    "a paragraph": put("will go to work by rail from March", "will go to work by rail from April"),
    "a figure": put("€12 million", "€13 million"),
    "a figure gone": put("Licences for pilots rose to 71 in 2026, up 4% from the year before.\n\n", ""),
    "a quote gone": put(" “I cannot say that of our boats.”", ""),
    "a quote more": put(
        "The last boat\n", "“Nobody asked the gulls,” said Lotte Brandreth, a teacher.\n\nThe last boat\n"
    ),
    "a paragraph more": lambda text: text + "\nThe first train leaves at four in the morning.\n",
    "paragraphs in another order": swap_paragraphs,
    "nothing but spaces": lambda text: text.replace("\n\n", "\n\n\n"),
}


def seed(text: str) -> Seed:
    from hashlib import sha256

    return Seed("seeds/pilots.txt", sha256(text.encode()).hexdigest(), text)


@lru_cache(maxsize=64)
def converted(text: str) -> str:
    made = understand(seed(text))
    return markdown(made, slug="pilots", status="published", added=date(2026, 11, 22))


@pytest.fixture
def digest(make_digest: MakeDigest, run: Run) -> Path:
    root = make_digest({"seeds/pilots.txt": SEED})
    assert run("convert", "-C", root).code == 0
    return root


def article_in(root: Path) -> Path:
    (path,) = (p for p in (root / "content/articles").rglob("*.md") if ".conflict." not in p.name)
    return path


def base_in(root: Path) -> Path:
    (path,) = (root / "content/.base").glob("*.md")
    return path


def edit_file(path: Path, edit: Edit) -> bytes:
    path.write_bytes(edit(path.read_bytes().decode()).encode())
    return path.read_bytes()


def lines(text: str) -> Counter[str]:
    return Counter(plain(text.removeprefix("\ufeff")).split("\n"))


def assert_the_editor_s_stays(base: str, mine: str, new: str, merged: str) -> None:
    """What the editor added is there, what the editor took out is not, what was changed is as it was."""
    before, ours, result = lines(base), lines(mine), lines(merged)
    assert not (ours - before) - result
    gone = {line for line in before if line.strip(" >-") and not ours[line] and len(line) > 25}
    assert not gone & set(result)
    old, own, got = (frontmatter.load(plain(text))[0] for text in (base, mine, merged))
    for key in {*old, *own}:
        if old.get(key) != own.get(key) and key not in ("quotes", "figures"):
            assert got.get(key) == own.get(key)
    for key in ("quotes", "figures"):
        was, are, now = ({item["id"]: item for item in side.get(key) or []} for side in (old, own, got))
        assert not (set(was) - set(are)) & set(now)
        for name, item in are.items():
            changed = {k for k in {*item, *was.get(name, {})} if item.get(k) != was.get(name, {}).get(k)}
            if changed:
                assert {k: now[name].get(k) for k in changed} == {k: item.get(k) for k in changed}
    for key in ("id", "slug", "status", "added"):
        assert got[key] == own[key]
    assert new  # the conversion is what it was compared with


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_and_a_change_of_the_seed(edit: str, change: str, digest: Path, run: Run) -> None:
    path, base = article_in(digest), base_in(digest)
    first = base.read_bytes()
    mine = edit_file(path, EDITS[edit])
    edit_file(digest / "seeds/pilots.txt", CHANGES[change])
    result = run("convert", "--merge", "-C", digest)
    beside = path.with_name(path.stem + ".conflict.md")
    if result.code == 3:
        assert "merge-conflict" in result.err
        assert (path.read_bytes(), base.read_bytes()) == (mine, first)
        assert {merge_lines.MINE, merge_lines.NEW} <= set(plain(beside.read_text()).split("\n"))
        assert edit != "nothing"
        return
    assert (result.code, beside.exists()) == (0, False), result.err
    merged = path.read_bytes()
    assert_the_editor_s_stays(first.decode(), mine.decode(), base.read_text(), merged.decode())
    assert base.read_bytes() != first
    if edit == "nothing":
        assert merged == base.read_bytes()
    again = run("convert", "--merge", "-C", digest)
    assert (again.code, path.read_bytes()) == (0, merged)
    assert "nothing new to merge" in again.out


# An edit and a change of the seed at other places go together without a word.
APART = [
    ("title", "a paragraph"),
    ("title", "standfirst"),
    ("title", "a quote more"),
    ("the words of a quote", "a figure"),
    ("the speaker of a quote", "a figure"),
    ("the speaker of a quote", "a quote more"),
    ("a deleted figure", "a figure"),
    ("a deleted figure", "a figure gone"),
    ("all figures deleted", "a figure"),
    ("no figures", "a figure"),
    ("a deleted quote", "a quote more"),
    ("quotes in another order", "a quote more"),
    ("figures in another order", "a figure"),
    ("keys in another order", "title"),
    ("keys in another order", "a quote more"),
    ("paragraphs in another order", "title"),
    ("paragraphs in another order", "a paragraph"),
    ("a comment", "standfirst"),
    ("another key", "standfirst"),
    ("a quote of the editor's", "a figure"),
    ("line ends", "a paragraph"),
    ("line ends", "a quote more"),
    ("line ends", "a paragraph more"),
    ("some line ends", "a figure"),
    ("no final newline", "a paragraph"),
    ("trailing spaces", "a paragraph"),
    ("a byte order mark", "title"),
    ("an image", "title"),
    ("the body", "title"),
    ("a paragraph gone", "a paragraph"),
    ("quoted values", "title"),
    ("another slug", "title"),
]


@pytest.mark.parametrize(("edit", "change"), APART)
def test_edits_elsewhere_are_no_conflict(edit: str, change: str, digest: Path, run: Run) -> None:
    edit_file(article_in(digest), EDITS[edit])
    edit_file(digest / "seeds/pilots.txt", CHANGES[change])
    assert run("convert", "--merge", "-C", digest).code == 0


@pytest.mark.parametrize(
    ("edit", "change"),
    [("title", "title"), ("the words of a quote", "a quote's words"), ("the body", "a paragraph"),
     ("the body", "a paragraph more"), ("a paragraph gone", "paragraphs in another order")],
)  # fmt: skip
def test_edits_of_the_same_lines_are_a_conflict(edit: str, change: str, digest: Path, run: Run) -> None:
    edit_file(article_in(digest), EDITS[edit])
    edit_file(digest / "seeds/pilots.txt", CHANGES[change])
    assert run("convert", "--merge", "-C", digest).code == 3


# ---------------------------------------------------------------- a better converter


def better(found: Conversion) -> Conversion:
    """Finds a role, a label, a topic, one quote less and another order of figures."""
    quotes = [replace(q, quote=replace(q.quote, role="pilot for life")) for q in found.speech.quotes][:-1]
    figures = [replace(f, figure=replace(f.figure, label="a better label")) for f in found.figures][::-1]
    return replace(
        found,
        speech=replace(found.speech, quotes=tuple(quotes)),
        figures=tuple(figures),
        topics=("pilots", "rail"),
    )


@pytest.mark.parametrize("edit", EDITS)
def test_a_better_converter(edit: str, digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path, base = article_in(digest), base_in(digest)
    first = base.read_text()
    mine = edit_file(path, EDITS[edit])
    monkeypatch.setattr(batch, "understand", lambda given, language: better(understand(given, language)))
    result = run("convert", "--merge", "-C", digest)
    if result.code == 3:
        assert path.read_bytes() == mine
        assert edit != "nothing"
        return
    assert result.code == 0, result.err
    merged = path.read_bytes()
    assert_the_editor_s_stays(first, mine.decode(), base.read_text(), merged.decode())
    assert b"pilots, rail" in merged
    assert run("convert", "--merge", "-C", digest).code == 0
    assert path.read_bytes() == merged


def test_quotes_keep_their_ids() -> None:
    old, new = converted(SEED), converted(CHANGES["a quote more"](SEED).replace("ORRIN BAY — ", ""))
    ids = {q["text"]: q["id"] for q in frontmatter.load(old)[0]["quotes"]}
    base, mine = frontmatter.load(old)[0], frontmatter.load(old)[0]
    renamed = merge_values.renamed(base, mine, frontmatter.load(new)[0])
    after = {q["text"]: q["id"] for q in renamed["quotes"]}
    assert {text: after[text] for text in ids} == ids
    (added,) = set(after) - set(ids)
    assert after[added] == f"q{len(ids) + 1}"


# ---------------------------------------------------------------- random edits

_CONFIG: list[SiteConfig] = []


def check(text: str) -> list[Any]:
    if not _CONFIG:
        folder = Path(__file__).resolve().parents[1]
        _CONFIG.append(load_config(folder))
    return article.parse(plain(text), "content/articles/x.md", _CONFIG[0])[1]


_WORDS = st.sampled_from(
    ["A line of mine.", "", "# a comment of mine", "note: of mine", "  role: of mine", "- of mine", "> mine"]
)
_STEPS = st.lists(
    st.tuples(st.sampled_from(["insert", "delete", "replace", "move"]), st.integers(0, 400), _WORDS),
    max_size=6,
)


def disturbed(text: str, steps: list[tuple[str, int, str]]) -> str:
    found = text.split("\n")
    for step, where, words in steps:
        at = where % max(1, len(found))
        if step != "insert" and found:
            taken = found.pop(at)
            words = taken if step == "move" else words
            at = (where * 7) % (len(found) + 1) if step == "move" else at
        if step != "delete":
            found.insert(at, words)
    return "\n".join(found)


@settings(max_examples=300, deadline=None)
@given(_STEPS, st.lists(st.sampled_from(list(CHANGES)), max_size=3, unique=True), st.booleans())
def test_no_line_of_the_editor_s_is_lost(
    steps: list[tuple[str, int, str]], names: list[str], windows: bool
) -> None:
    text = SEED
    for name in names:
        try:
            text = CHANGES[name](text)
        except AssertionError:
            continue  # another change took its words
    base, new = converted(SEED), converted(text)
    mine = disturbed(base, steps)
    mine = mine.replace("\n", "\r\n") if windows else mine
    try:
        done = merge_one(base, mine, new, check)
    except Exception as error:
        assert type(error).__name__ == "YamlError"  # the editor's file is what cannot be read
        return
    if done.doubt is None:
        assert not (lines(mine) - lines(base)) - lines(done.text)
        had = Counter(problem.code for problem in check(mine))
        assert not Counter(problem.code for problem in check(done.text)) - had
        assert done.text.count("\r") == (done.text.count("\n") if windows else 0)
    else:
        assert not (lines(mine) - lines(base)) - lines(done.text)
    settled = merge_one(base, mine, new, check, prefer_mine=True)
    assert settled.doubt is None
    assert not (lines(mine) - lines(base)) - lines(settled.text)
    assert merge_one(settled.base, settled.text, new, check).text == settled.text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("abcde "), max_size=30), st.lists(st.sampled_from("abcdef "), max_size=30))
def test_matching_blocks_are_in_both_and_in_order(one: list[str], other: list[str]) -> None:
    blocks = Matcher(None, one, other).get_matching_blocks()
    assert blocks[-1] == (len(one), len(other), 0)
    at = (0, 0)
    for i, j, length in blocks[:-1]:
        assert length > 0
        assert i >= at[0]
        assert j >= at[1]
        assert one[i : i + length] == other[j : j + length]
        at = (i + length, j + length)


# ---------------------------------------------------------------- what must not happen


def test_a_deleted_article_stays_deleted(digest: Path, run: Run) -> None:
    article_in(digest).unlink()
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    before = tree_of(digest / "content")
    assert run("convert", "--merge", "-C", digest).code == 0
    assert tree_of(digest / "content") == before


def test_without_a_base_nothing_is_merged(digest: Path, run: Run) -> None:
    base_in(digest).unlink()
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    before = article_in(digest).read_bytes()
    result = run("convert", "--merge", "-C", digest)
    assert (result.code, article_in(digest).read_bytes()) == (0, before)
    assert "merge-no-base" in result.err
    assert "version control" in result.err


@pytest.mark.parametrize("base", [b"---\nid: [\n---\n", b"", b"\xff\xfe"])
def test_a_damaged_base_is_no_base(base: bytes, digest: Path, run: Run) -> None:
    base_in(digest).write_bytes(base)
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    result = run("convert", "--merge", "-C", digest)
    assert (result.code, "merge-no-base" in result.err) == (0, True)


def test_an_id_cannot_lead_out_of_the_bases(digest: Path, run: Run) -> None:
    name = base_in(digest).stem
    edit_file(article_in(digest), put(f"id: {name}", "id: ../../outside"))
    (digest / "outside.md").write_text("mine")
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    result = run("convert", "--merge", "-C", digest)
    assert "merge-no-base" in result.err
    assert (digest / "outside.md").read_text() == "mine"


def test_two_articles_with_one_id(digest: Path, run: Run) -> None:
    path = article_in(digest)
    copy = path.with_name("zz-copy.md")
    copy.write_bytes(path.read_bytes())
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    result = run("convert", "--merge", "-C", digest)
    assert (result.code, "merge-id-twice" in result.err) == (1, True)
    assert b"cooks" in path.read_bytes()
    assert b"cooks" not in copy.read_bytes()


def test_front_matter_that_cannot_be_read_is_left_alone(digest: Path, run: Run) -> None:
    mine = edit_file(article_in(digest), put("lang: en", "lang: [en"))
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    result = run("convert", "--merge", "-C", digest)
    assert (result.code, article_in(digest).read_bytes()) == (1, mine)
    assert article_in(digest).name in result.err


def test_a_seed_is_known_by_its_bytes_under_another_name(
    digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (digest / "seeds/pilots.txt").rename(digest / "seeds/renamed.txt")
    monkeypatch.setattr(batch, "understand", lambda given, language: better(understand(given, language)))
    assert run("convert", "--merge", "-C", digest).code == 0
    data = frontmatter.load(article_in(digest).read_text())[0]
    assert (data["seed"]["file"], data["topics"]) == ("renamed.txt", ["pilots", "rail"])


def test_a_link_that_leads_out_is_not_followed(digest: Path, run: Run, tmp_path: Path) -> None:
    path = article_in(digest)
    outside = tmp_path / "outside.md"
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    result = run("convert", "--merge", "-C", digest)
    assert (result.code, "content-outside" in result.err) == (1, True)
    assert b"cooks" not in outside.read_bytes()


def test_an_editor_who_saves_meanwhile_wins(digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path, base = article_in(digest), base_in(digest).read_bytes()
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    swap = merge_files.swap

    def late(target: Path, data: bytes, still: Callable[[], bool] = lambda: True) -> bool:
        if target.name == path.name:
            path.write_bytes(b"saved a moment ago")
        return swap(target, data, still)

    monkeypatch.setattr(merge_files, "swap", late)
    result = run("convert", "--merge", "-C", digest)
    assert (result.code, "merge-saved-meanwhile" in result.err) == (1, True)
    assert path.read_bytes() == b"saved a moment ago"
    assert base_in(digest).read_bytes() == base
    assert not list(digest.rglob("*.tmp"))


@pytest.mark.parametrize("error", [OSError("the disk is full"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", [0, 1])
def test_a_crash_loses_nothing(
    step: int, error: BaseException, digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, base = article_in(digest), base_in(digest)
    mine, first = edit_file(path, EDITS["a comment"]), base.read_bytes()
    edit_file(digest / "seeds/pilots.txt", CHANGES["title"])
    calls: list[object] = []
    real = os.replace

    def broken(*args: Any) -> None:
        calls.append(args)
        if len(calls) > step:
            raise error
        real(*args)

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", broken)
        result = run("convert", "--merge", "-C", digest)
    assert result.code == (1 if isinstance(error, OSError) else 130)
    assert base.read_bytes() == first
    assert (path.read_bytes() == mine) == (step == 0)
    assert not list(digest.rglob("*.tmp"))
    assert run("convert", "--merge", "-C", digest).code == 0
    assert_the_editor_s_stays(first.decode(), mine.decode(), base.read_text(), path.read_text())
    assert "cooks" in path.read_text()
    assert "cooks" in base.read_text()


# ---------------------------------------------------------------- conflicts


@pytest.fixture
def in_conflict(digest: Path, run: Run) -> Path:
    edit_file(article_in(digest), EDITS["title"])
    edit_file(digest / "seeds/pilots.txt", lambda text: CHANGES["title"](CHANGES["a paragraph"](text)))
    assert run("convert", "--merge", "-C", digest).code == 3
    return digest


def conflicts_in(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "content").rglob("*.conflict.md"))


def test_a_conflict_names_file_line_and_what_to_do(in_conflict: Path, run: Run) -> None:
    result = run("convert", "--merge", "-C", in_conflict)
    path = article_in(in_conflict).relative_to(in_conflict).as_posix()
    assert f"{path}:3:1: error:" in result.err
    assert "convert --merge --mine seeds/pilots.txt" in result.err
    assert run("build", "-C", in_conflict).code == 0
    assert conflicts_in(in_conflict) == ["orrin-bay-puts-its-pilots-on-the-train.conflict.md"]


def test_a_conflict_does_not_stop_the_others(digest: Path, run: Run) -> None:
    (digest / "seeds/a.txt").write_text(SEED.replace("Orrin Bay", "Velm Sound"))
    run("convert", "-C", digest)
    paths = sorted((digest / "content/articles").rglob("*.md"))
    edit_file(paths[0], put("title: Orrin Bay", "title: The Bay of Orrin"))
    for seed_file in (digest / "seeds").iterdir():
        edit_file(seed_file, CHANGES["title"])
    assert run("convert", "--merge", "-C", digest).code == 3
    assert ["cooks" in path.read_text() for path in paths] == [False, True]


def test_mine_settles_a_conflict(in_conflict: Path, run: Run) -> None:
    result = run("convert", "--merge", "--mine", "-C", in_conflict)
    assert result.code == 0
    text = article_in(in_conflict).read_text()
    assert "title: Pilots take the train" in text
    assert "from April" in text
    assert conflicts_in(in_conflict) == []
    assert "nothing new to merge" in run("convert", "--merge", "-C", in_conflict).out


def test_taking_the_new_lines_settles_a_conflict(in_conflict: Path, run: Run) -> None:
    title = "Orrin Bay puts pilots and cooks on the train"
    edit_file(article_in(in_conflict), put("title: Pilots take the train", f"title: {title}"))
    assert run("convert", "--merge", "-C", in_conflict).code == 0
    assert "from April" in article_in(in_conflict).read_text()
    assert conflicts_in(in_conflict) == []


def test_a_conflict_file_that_somebody_worked_in_is_kept(in_conflict: Path, run: Run) -> None:
    (path,) = (in_conflict / "content").rglob("*.conflict.md")
    worked_in = edit_file(path, lambda text: text.replace("<<<<<<<", ""))
    assert run("convert", "--merge", "-C", in_conflict).code == 3
    assert path.read_bytes() == worked_in
    assert conflicts_in(in_conflict) == [f"{article_in(in_conflict).stem}.2.conflict.md", path.name]
    assert run("convert", "--merge", "--mine", "-C", in_conflict).code == 0
    assert path.read_bytes() == worked_in


# ---------------------------------------------------------------- the command


def test_a_dry_run_shows_the_diff_and_changes_nothing(digest: Path, run: Run) -> None:
    edit_file(digest / "seeds/pilots.txt", CHANGES["a paragraph"])
    (digest / "seeds/new.txt").write_text(SEED.replace("Orrin Bay", "Velm Sound"))
    before = tree_of(digest)
    result = run("convert", "--merge", "--dry-run", "-C", digest)
    assert (result.code, tree_of(digest)) == (0, before)
    assert "would merge" in result.out
    assert "would make" in result.out
    assert any(line.startswith("  +") and "from April" in line for line in result.out.splitlines())
    assert any(line.startswith("  -") and "from March" in line for line in result.out.splitlines())
    answer = json.loads(run("convert", "--merge", "--dry-run", "--json", "-C", digest).out)
    assert (answer["ok"], answer["merged"], len(answer["would_create"])) == (True, [], 1)
    (change,) = answer["would_merge"]
    assert "from April" in change["diff"]
    edit_file(article_in(digest), lambda text: text.replace("from March", "in March"))
    before = tree_of(digest)
    assert run("convert", "--merge", "--dry-run", "-C", digest).code == 3
    assert tree_of(digest) == before


def test_the_answer_as_json(in_conflict: Path, run: Run) -> None:
    result = run("convert", "--merge", "--json", "-C", in_conflict)
    answer = json.loads(result.out)
    assert (result.code, answer["ok"]) == (3, False)
    (change,) = answer["conflicts"]
    assert (in_conflict / change["conflict"]).is_file()
    (problem,) = answer["problems"]
    assert (problem["code"], problem["line"]) == ("merge-conflict", 3)
    run("convert", "--merge", "--mine", "-C", in_conflict)
    answer = json.loads(run("convert", "--merge", "--json", "-C", in_conflict).out)
    assert (answer["ok"], len(answer["unchanged"])) == (True, 1)


def test_only_the_seeds_that_are_named(digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (digest / "seeds/a.txt").write_text(SEED.replace("Orrin Bay", "Velm Sound"))
    monkeypatch.chdir(digest)
    assert run("convert", "seeds/pilots.txt").out.startswith("Every seed")
    assert len(list((digest / "content/.base").iterdir())) == 1
    run("convert")
    for path in (digest / "seeds").iterdir():
        edit_file(path, CHANGES["title"])
    assert (
        json.loads(run("convert", "--merge", "seeds/a.txt", "--json").out)["merged"][0]["seed"]
        == "seeds/a.txt"
    )
    assert [run("convert", *args).code for args in (["seeds/none.txt"], ["sitegen.yaml"], ["--mine"])] == [
        2
    ] * 3


def test_a_seed_that_cannot_be_read_ends_with_1(digest: Path, run: Run) -> None:
    (digest / "seeds/a.txt").write_bytes(b"\0\0")
    (digest / "seeds/b.txt").write_text(SEED.replace("Orrin Bay", "Velm Sound"))
    result = run("convert", "-C", digest)
    assert (result.code, "seed-binary" in result.err) == (1, True)
    assert "velm-sound" in result.out
