"""The build that stays in memory: after any sequence of edits it serves what a cold build writes."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import config, content, pages, render
from sitegen.build import make
from sitegen.errors import SiteError
from sitegen.model import Output
from sitegen.options import Options
from sitegen.session import Built, Session
from tests.conftest import article, times, write_tree

NOW = datetime(2026, 11, 22, 6, 17, tzinfo=UTC)
CONFIG = "title: The Wire\nurl: https://wire.example/\npage_size: {size}\nfeed: {{formats: [rss]}}\n{more}"
PREVIEW = {"host": "netlify"}
NAMES = ("a", "b", "c", "d", "e")
ARTICLES = "content/articles"

# What an edit does to a digest; beside it stand the paths that the watch tells of.
Edit = Callable[[Path], object]


def wrote(path: str, text: str) -> tuple[set[str], Edit]:
    return {path}, lambda root: write_tree(root, {path: text})


def gone(path: str) -> tuple[set[str], Edit]:
    return {path}, lambda root: (root / path).unlink(missing_ok=True)


def renamed(name: str) -> tuple[set[str], Edit]:
    """There and back again."""
    old, new = f"{ARTICLES}/{name}.md", f"{ARTICLES}/2026/{name}.md"

    def edit(root: Path) -> None:
        (root / new).parent.mkdir(exist_ok=True)
        if (root / old).is_file():
            (root / old).rename(root / new)
        elif (root / new).is_file():
            (root / new).rename(root / old)

    return {old, new}, edit


def edited(name: str, key: str, value: str) -> tuple[set[str], Edit]:
    """One line of the front matter, or one more of the body."""
    path = f"{ARTICLES}/{name}.md"

    def edit(root: Path) -> None:
        if not (root / path).is_file():
            return
        matter, body = (root / path).read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)
        lines = [line for line in matter.splitlines() if not line.startswith(f"{key}:")]
        if key != "body":
            lines += [f"{key}: {value}"] if value else []
        text = "\n".join(["---", *lines, "---", body])
        write_tree(root, {path: f"{text}\n{value}\n" if key == "body" else text})

    return {path}, edit


VALUES: dict[str, tuple[str, ...]] = {
    "body": ("More.", "Much more."),
    "title": ("One", "Two", "[broken"),
    "slug": ("one", "two"),
    "topics": ("[ports]", "[ports, rail]", "[Rail, coast]", ""),
    "people": ("[Ada Ferreira]", "[A. Ferreira, Bo Lind]", ""),
    "source": ("{name: The Post}", "{name: Gazette, url: https://g.example/x}", ""),
    "date": ("2026-11-20", "2026-11-22T08:00:00+00:00", "2025-02-03", "2026-11-24"),
    "expires": ("2026-11-23", ""),
    "status": ("draft", "published"),
    "rights": ("link", "summary", "full"),
    "standfirst": ("In short.", ""),
    "retracted": ("{date: 2026-11-21, reason: wrong}", ""),
    "aliases": ("[/old/]", ""),
    "figures": (
        "[{id: f1, as_written: 5 %, value: 5, unit: percentage, label: growth}]",
        "[{id: f1, as_written: 7 euros, value: 7, currency: EUR, label: fare},"
        " {id: f2, as_written: 8 euros, value: 8, currency: EUR}]",
        "",
    ),
    "quotes": (
        "[{id: q1, text: Words, speaker: Ada Ferreira, featured: true}]",
        "[{id: q1, text: Words, speaker: A. Ferreira}, {id: q2, text: body, speaker: Bo Lind, role: mayor}]",
        "",
    ),
}  # fmt: skip
EDITION = (
    "---\nnumber: {number}\ntitle: An edition\ndate: {date}\n"
    "sections:\n  - {{title: News, items: [{items}]}}\n---\nNote.\n"
)
MORE = (
    "",
    "editions: {every: never}\n",
    "rights: summary\n",
    "timezone: Pacific/Auckland\n",
    "nonsense: 1\n",
)
PEOPLE = "people:\n  - {name: Ada Ferreira, aliases: [A. Ferreira], note: pilot}\n"

names = st.sampled_from(NAMES)
hours = st.sampled_from((0, 0, 0, 9, 40))
# One line of an article, which is what is edited most.
line = st.sampled_from(sorted(VALUES)).flatmap(
    lambda key: st.builds(edited, names, st.just(key), st.sampled_from(VALUES[key]))
)
edits = st.one_of(
    st.builds(lambda name: wrote(f"{ARTICLES}/{name}.md", rich(name)), names),
    line,
    line,
    line,
    line,
    line,
    st.builds(lambda name: gone(f"{ARTICLES}/{name}.md"), names),
    st.builds(renamed, names),
    st.builds(
        lambda size, more: wrote("sitegen.yaml", CONFIG.format(size=size, more=more)),
        st.integers(1, 3),
        st.sampled_from(MORE),
    ),
    st.sampled_from(
        (
            wrote("templates/missing.html", '{% extends "layout.html" %}'),
            wrote("templates/missing.html", '{% extends "layout.html" %}{{ nothing.there }}'),
            gone("templates/missing.html"),
            wrote("data/people.yaml", PEOPLE),
            gone("data/people.yaml"),
            wrote("static/mark.txt", "1"),
            wrote("static/topics/ports/index.html", "in the way"),
            gone("static/topics/ports/index.html"),
            wrote("content/pages/about.md", "---\ntitle: About\n---\nUs.\n"),
            wrote("content/pages/about.md", "---\ntitle: About us\n---\nWe.\n"),
            gone("content/pages/about.md"),
        )
    ),
    st.builds(
        lambda number, date, items: wrote(
            f"content/editions/{number}.md", EDITION.format(number=number, date=date, items=", ".join(items))
        ),
        st.integers(1, 2),
        st.sampled_from(("2026-11-21", "2026-11-23")),
        st.lists(st.sampled_from([f"id-{name}" for name in NAMES[:2]]), max_size=2, unique=True),
    ),
)  # fmt: skip


def rich(name: str) -> str:
    """An article that stands in every kind of list."""
    keys = ("topics", "people", "source", "figures", "quotes", "standfirst")
    return article(name, **{key: VALUES[key][0] for key in keys})


def cold(root: Path, now: datetime) -> dict[str, bytes] | None:
    """The files of the site as a build makes them that knows nothing; None where it finds a fault."""
    try:
        made = make(root, config.load(root, PREVIEW), Options(now, preview=True))
        files = [file for file in made.outputs if isinstance(file, Output)]
    except SiteError:
        return None
    paths = [file.path for file in files]
    return {file.path: file.data for file in files} if len(paths) == len(set(paths)) else None


def warm(session: Session, root: Path, now: datetime, changed: frozenset[str] | None) -> Built | None:
    try:
        built = session.update(config.load(root, PREVIEW), Options(now, preview=True), changed)
        session.prove(built)
    except SiteError:
        return None
    return built


def assert_as_planned_anew(built: Built, root: Path, now: datetime) -> None:
    """Every view of the site is the one that a cold build makes its page from."""
    terms = config.load(root, PREVIEW)
    loaded = content.load(root, terms, now)
    outline = built.files.outline
    assert [draft.page() for draft in outline.drafts()] == list(
        pages.plan(loaded.site, terms, outline.of.kinds, outline.of.words, now)
    )
    assert built.problems == loaded.problems
    assert built.until == pages.until(loaded.site, terms, outline.of.kinds, now, loaded.next_change)
    assert built.files["_redirects"] == render.redirects(loaded.site.redirects, terms.base)
    for draft in outline.drafts():
        assert outline.find(draft.file) == draft or draft.url.startswith("/articles/")


def kept(root: Path, paths: set[str]) -> dict[str, bytes | None]:
    return {path: (root / path).read_bytes() if (root / path).is_file() else None for path in paths}


def put_back(root: Path, before: dict[str, bytes | None]) -> None:
    for path, data in before.items():
        if data is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).write_bytes(data)


@settings(max_examples=times(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(edits, hours), min_size=6, max_size=12), st.randoms(use_true_random=False))
def test_the_session_serves_what_a_cold_build_writes(
    steps: list[tuple[tuple[set[str], Edit], int]], rng: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root, now = Path(scratch, "digest"), NOW
        write_tree(root, {"sitegen.yaml": CONFIG.format(size=2, more="")})
        write_tree(root, {f"{ARTICLES}/{name}.md": rich(name) for name in NAMES[:3]})
        write_tree(root, {"content/.urls": "".join(f"id-{name} /articles/{name}/\n" for name in NAMES)})
        session = Session(root)
        assert warm(session, root, now, None)
        owed: set[str] = set()
        for (paths, edit), later in steps:
            now += timedelta(hours=later)
            before = kept(root, paths)
            edit(root)
            owed |= paths
            built = warm(session, root, now, frozenset(owed))
            if built is None:  # then the editor mends it
                assert cold(root, now) is None
                put_back(root, before)
                built = warm(session, root, now, None if rng.random() < 0.2 else frozenset(owed))
            assert built is not None
            owed = set()
            assert_as_planned_anew(built, root, now)
            for path in rng.sample(sorted(built.files), 2):
                built.files[path]  # what is looked at is remembered by one thing or another
        site = cold(root, now)
        assert site is not None and built is not None
        assert {path: built.files[path] for path in built.files} == site
