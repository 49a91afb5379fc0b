"""The laws, over random sequences of edits: a warm build equals a cold one, and nothing is lost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import config
from sitegen.build import Options, build
from sitegen.errors import SiteError
from tests.conftest import SETTINGS, article, times, tree_of, write_tree

NOW = datetime(2026, 11, 22, 6, 17, tzinfo=UTC)
NAMES = ("a", "b", "c", "d")
TOPICS = ("[ports]", "[ports, rail]", "[]")

Edit = Callable[[Path], None]


def path_of(root: Path, name: str) -> Path:
    return root / "content" / "articles" / f"{name}.md"


def written(name: str, slug: str, title: str, topics: str, date: str) -> Edit:
    def edit(root: Path) -> None:
        text = article(name, title=title, slug=slug, topics=topics, date=date)
        write_tree(root, {f"content/articles/{name}.md": text})

    return edit


def deleted(name: str) -> Edit:
    return lambda root: path_of(root, name).unlink(missing_ok=True)


def faulty(name: str) -> Edit:
    return lambda root: write_tree(root, {f"content/articles/{name}.md": "---\ntitle: [\n---\n"})


def themed(text: str) -> Edit:
    return lambda root: write_tree(root, {"templates/missing.html": f'{{% extends "layout.html" %}}{text}'})


def configured(page_size: int) -> Edit:
    text = f"title: The Wire\nurl: https://wire.example/\npage_size: {page_size}\nsearch: false\n"
    return lambda root: write_tree(root, {"sitegen.yaml": text})


def foreign(name: str) -> Edit:
    """Somebody else's file among ours."""
    return lambda root: write_tree(root, {f"public/{name}": "theirs"}) if (root / "public").is_dir() else None


names = st.sampled_from(NAMES)
edits = st.one_of(
    st.builds(
        written,
        names,
        st.sampled_from(("one", "two", "three")),
        st.sampled_from(("First", "Second")),
        st.sampled_from(TOPICS),
        st.sampled_from(("2026-11-20", "2026-11-23", "2025-02-03")),
    ),
    st.builds(deleted, names),
    st.builds(faulty, names),
    st.builds(themed, st.sampled_from(("", "\n"))),
    st.builds(configured, st.integers(1, 3)),
    st.just(foreign("CNAME")),
)


def publish(root: Path, public: Path, now: datetime) -> None:
    build(root, config.load(root), Options(now), public)


@settings(max_examples=times(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(edits, st.integers(0, 2)), min_size=1, max_size=8))
def test_a_warm_build_equals_a_cold_one(steps: list[tuple[Edit, int]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root, cold = Path(scratch, "digest"), Path(scratch, "cold")
        write_tree(root, {"sitegen.yaml": f"{SETTINGS}cards: false\nsearch: false\n"})
        publish(root, root / "public", NOW)
        now = NOW
        for edit, days in steps:
            edit(root)
            now += timedelta(days=days)
            given_files = tree_of(root / "content") if (root / "content").is_dir() else {}
            before = tree_of(root / "public")
            try:
                publish(root, root / "public", now)
            except SiteError:
                assert tree_of(root / "public") == before, "a failed build changes nothing"
                continue
            after = tree_of(root / "content") if (root / "content").is_dir() else {}
            assert {name: after[name] for name in given_files if name != ".urls"} == {
                name: data for name, data in given_files.items() if name != ".urls"
            }
            shutil.rmtree(cold, ignore_errors=True)
            publish(root, cold, now)
            warm = tree_of(root / "public")
            assert warm.pop("CNAME", b"theirs") == b"theirs"
            assert warm == tree_of(cold)
