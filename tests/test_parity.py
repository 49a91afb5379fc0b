"""Law 2 over random sequences of edits: whatever was edited, damaged or turned back, a warm build publishes
what a build that knows nothing would.

The digest is small and its theme smaller, so that thousands of builds take seconds. Warm builds go through
the command line, with everything that spares work; the site that they must equal is made in memory, without
any store.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import config
from sitegen.build import Options, make
from sitegen.cli import main
from sitegen.errors import SiteError
from sitegen.model import Output
from tests.conftest import article, times, tree_of, write_tree

NOW = datetime(2026, 11, 22, 6, 17, tzinfo=UTC)
TICK = 0.006  # seconds; a file system's clock has ticks of four milliseconds or fewer
NAMES = ("a", "b", "c", "d")
MANIFEST = ".sitegen-manifest.json"
CACHE = ".sitegen/cache"


def page(main: str) -> str:
    return "{% extends 'layout.html' %}{% block main %}" + main + "{% endblock %}"


WORDS = Path(__file__).resolve().parents[1] / "themes/base/words/en.yaml"
_LINKS = "{% for card in latest %}<a href='{{ card.url|url }}'>{{ card.title }}</a>{% endfor %}"
THEME = {
    "theme.yaml": (
        "name: tiny\napi: 1\n"
        "pages: [home, article, edition, editions, topic, topics, person, people, missing, page, feed, "
        "sitemap]\n"
    ),
    "assets/tiny.css": "p { color: black }\n",
    "words/en.yaml": WORDS.read_text(encoding="utf-8"),
    "templates/layout.html": (
        "<title>{{ head.title }}</title>{{ words.latest }}{% block main %}{% endblock %}"
    ),
    "templates/home.html": page("{{ edition.title if edition }}" + _LINKS),
    "templates/article.html": page(
        "{{ article.date|date }} {{ credit.minutes }} {{ article.extra }}"
        "{% for block in (article|public).blocks %}{{ block.html }}{% endfor %}"
        "{% for card in related %}{{ card.title }} {% endfor %}"
        "{% for point in story %}{{ point.title }} {% endfor %}{{ edition.text if edition }}"
        "{% for voice in voices %}{{ voice.name }} {{ voice.total }}{% endfor %}"
    ),
    "templates/listing.html": page(
        "{{ facts }}{% for group in groups %}{% for card in group.cards %}"
        "{{ card.title }} {{ card.standfirst }} {% endfor %}{% endfor %}"
    ),
    "templates/edition.html": page(
        "{{ edition.note|prose }}{{ edition.top.title if edition.top }}"
        "{{ edition.stories }}{{ edition.next.title if edition.next }}"
    ),
    "templates/person.html": page("{{ facts }}{{ name }}{{ role }}"),
    "templates/editions.html": page("{{ years|length }}"),
    "templates/index.html": page(
        "{% for group in groups %}{% for entry in group.entries %}"
        "{{ entry.text }}{{ entry.about }}{% endfor %}{% endfor %}"
    ),
    "templates/feed.xml": (
        "<f>{% for item in items %}<i>{{ item.guid }}"
        "{% for block in (item.article|public(whole=true)).blocks %}{{ block.html }}{% endfor %}</i>"
        "{% endfor %}</f>"
    ),
    "templates/sitemap.xml": (
        "<m>{% for url, day in entries %}<u>{{ url|absolute }} {{ day }}</u>{% endfor %}</m>"
    ),
    "templates/missing.html": page(_LINKS),
    "templates/page.html": page("{% for b in body|blocks %}{{ b.html }}{% endfor %}"),
}


@dataclass
class Digest:
    """A digest under test, with the caches that it once had and the clock."""

    root: Path
    now: datetime = NOW
    kept: Path | None = None


Edit = Callable[[Digest], None]


# ---------------------------------------------------------------- what an editor does


def path_of(name: str) -> str:
    return f"content/articles/{name}.md"


def an_article(name: str, title: str, slug: str, topics: str, date: str, body: str, quote: str) -> Edit:
    quotes = f'\n  - {{id: q1, text: "first paragraph", speaker: {quote}}}' if quote else "[]"
    text = article(name, title=title, slug=slug.format(name), topics=topics, date=date, quotes=quotes) + body
    return lambda digest: write_tree(digest.root, {path_of(name): text})


def replaced(name: str, old: str, new: str) -> Edit:
    """A change in a file; nothing where it is not there."""

    def edit(digest: Digest) -> None:
        path = digest.root / path_of(name)
        if path.is_file():
            path.write_text(path.read_text().replace(old, new))

    return edit


def swapped_unseen(name: str) -> Edit:
    """Other bytes of the same length, with the time of the last change put back."""

    def edit(digest: Digest) -> None:
        path = digest.root / path_of(name)
        if path.is_file():
            before = path.stat()
            path.write_text(path.read_text().replace("second", "sEcond").replace("first", "fIrst"))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return edit


def touched(name: str) -> Edit:
    return lambda digest: (
        (digest.root / path_of(name)).touch() if (digest.root / path_of(name)).is_file() else None
    )


def deleted(name: str) -> Edit:
    return lambda digest: (digest.root / path_of(name)).unlink(missing_ok=True)


def renamed(name: str, other: str) -> Edit:
    def edit(digest: Digest) -> None:
        old, new = digest.root / path_of(name), digest.root / path_of(f"moved-{other}")
        if old.is_file() and not new.exists():
            old.rename(new)

    return edit


def a_file(path: str, text: str) -> Edit:
    return lambda digest: write_tree(digest.root, {path: text})


def no_file(path: str) -> Edit:
    return lambda digest: (digest.root / path).unlink(missing_ok=True)


def theme_file(name: str, old: str, new: str) -> Edit:
    text = THEME[name].replace(old, new)
    return a_file(f"themes/tiny/{name}", text)


def an_edition(top: str, date: str, note: str) -> Edit:
    text = f"---\nnumber: 1\ntitle: One\ndate: {date}\ntop: id-{top}\n---\n{note}\n"
    return a_file("content/editions/1.md", text)


def settings_of(page_size: int, title: str, rights: str) -> Edit:
    return a_file("sitegen.yaml", config_text(page_size, title, rights))


def config_text(page_size: int, title: str, rights: str) -> str:
    return (
        f"title: {title}\nurl: https://wire.example/\ntheme: tiny\n"
        f"page_size: {page_size}\nrights: {rights}\ncards: false\nfeed: {{items: 3, formats: [rss]}}\n"
    )


def later(hours: int) -> Edit:
    def edit(digest: Digest) -> None:
        digest.now += timedelta(hours=hours)

    return edit


# ---------------------------------------------------------------- what befalls a cache and a published site


def damaged(which: int, how: str) -> Edit:
    def edit(digest: Digest) -> None:
        files = sorted((digest.root / ".sitegen").rglob("*"))
        files = [path for path in files if path.is_file() and path.name != "lock"]
        if files:
            path = files[which % len(files)]
            data = path.read_bytes()
            path.write_bytes(DAMAGE[how](data))

    return edit


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "short": lambda data: data[: len(data) // 2],
    "garbage": lambda data: b"\xff\x00 no cache at all" * 9,
    "flipped": lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:] if len(data) > 3 else data,
    "version": lambda data: data[:10] + b"\0" * 4 + data[14:],
}


def cache_gone(digest: Digest) -> None:
    shutil.rmtree(digest.root / CACHE, ignore_errors=True)


def cache_kept(digest: Digest) -> None:
    """Keep a copy of the cache, for an `old` one."""
    if (digest.root / CACHE).is_dir():
        digest.kept = digest.root.parent / "kept"
        shutil.rmtree(digest.kept, ignore_errors=True)
        shutil.copytree(digest.root / CACHE, digest.kept)


def cache_old(digest: Digest) -> None:
    """The cache as it was some builds ago, as a CI service may bring it back."""
    if digest.kept:
        cache_gone(digest)
        shutil.copytree(digest.kept, digest.root / CACHE)


def a_public_file(which: int, change: Callable[[Path], object]) -> Edit:
    def edit(digest: Digest) -> None:
        files = sorted(p for p in (digest.root / "public").rglob("*.*") if p.is_file() and p.name != MANIFEST)
        if files:
            change(files[which % len(files)])

    return edit


def by_hand(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"<!-- by hand -->")


def by_hand_unseen(path: Path) -> None:
    """The same number of bytes, the same time."""
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:-1] + b"!" if data else data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


names = st.sampled_from(NAMES)
articles = st.builds(
    an_article,
    names,
    st.sampled_from(("First", "Second")),
    st.sampled_from(("{}", "{}", "{}-anew", "one")),  # the last one for two of them is an error
    st.sampled_from(("[ports]", "[ports, rail]", "[Ports]", "[]")),
    st.sampled_from(
        ("2026-11-20", "2026-11-22T09:00:00+09:00", "2026-11-22T08:00:00Z", "2026-11-23", "2025-02-03")
    ),
    st.sampled_from(("", "\nMore *words*.\n")),
    st.sampled_from(("", "Maren Oskarby", "M. Oskarby")),
)
TITLES = ("title: New ", "standfirst: Why\ntitle: ")
MOODS = ("[calm, 1, 1]", "[calm, true, 1]")
DAYS = ("2026-11-21", "2026-11-23")
RIGHTS = ("full", "summary")
edits = st.one_of(
    articles,
    articles,
    st.builds(replaced, names, st.just("second"), st.sampled_from(("third", "second"))),
    st.builds(replaced, names, st.just("slug: "), st.just("lang: ")),
    st.builds(replaced, names, st.just("title: "), st.sampled_from(TITLES)),
    st.builds(replaced, names, st.just("---\nThe"), st.just("extra: {mood: [calm, 1.0, 1]}\n---\nThe")),
    st.builds(replaced, names, st.just("[calm, 1.0, 1]"), st.sampled_from(MOODS)),
    st.builds(replaced, names, st.just("date: 2026"), st.just("expires: 2026-11-22T10:00:00Z\ndate: 2026")),
    st.builds(swapped_unseen, names),
    st.builds(touched, names),
    st.builds(deleted, names),
    st.builds(renamed, names, names),
    st.sampled_from((
        theme_file("templates/article.html", "{{ article.date|date }}", "{{ article.date|date('short') }}"),
        theme_file("templates/article.html", "", ""),
        theme_file("templates/layout.html", "<title>", "<meta name='x'><title>"),
        theme_file("templates/layout.html", "", ""),
        theme_file("words/en.yaml", "Newest stories", "Latest stories"),
        theme_file("assets/tiny.css", "black", "navy"),
    )),
    st.sampled_from((
        a_file("templates/missing.html", "{% extends 'layout.html' %}"),
        no_file("templates/missing.html"),
    )),
    st.sampled_from((
        a_file("data/people.yaml", "people:\n  - {name: Maren Oskarby, aliases: [M. Oskarby]}\n"),
        a_file("data/people.yaml", "people: []\n"),
        a_file("data/topics.yaml", "topics:\n  - {name: Harbours, slug: ports, aliases: [ports]}\n"),
        no_file("data/topics.yaml"),
    )),
    st.sampled_from((
        a_file("content/pages/about.md", "---\ntitle: About\n---\nHello *you*.\n"),
        a_file("content/pages/about.md", "---\ntitle: About\n---\nHello **you**.\n"),
        a_file("static/robots.txt", "User-agent: *\n"),
        a_file("static/robots.txt", "User-agent: x\n"),
    )),
    st.builds(an_edition, names, st.sampled_from(DAYS), st.sampled_from(("Hello.", "Bye."))),
    st.just(no_file("content/editions/1.md")),
    st.builds(settings_of, st.integers(1, 3), st.sampled_from(("Wire", "Post")), st.sampled_from(RIGHTS)),
    st.builds(later, st.sampled_from((1, 2, 3, 24, -24))),
    st.builds(later, st.sampled_from((1, 2, 3, 24, -24))),
    st.builds(damaged, st.integers(0, 9), st.sampled_from(sorted(DAMAGE))),
    st.sampled_from((cache_gone, cache_kept, cache_old, cache_old)),
    st.builds(a_public_file, st.integers(0, 40), st.sampled_from((by_hand, by_hand_unseen, Path.unlink))),
)  # fmt: skip


# ---------------------------------------------------------------- the law


def warm(digest: Digest) -> dict[str, Any]:
    """What `sitegen build` says."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main(["build", "-C", str(digest.root), "--now", digest.now.isoformat(), "--json"])
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def cold(digest: Digest) -> dict[str, bytes] | None:
    """The site as it is when nothing is known; None where it cannot be."""
    try:
        made = make(digest.root, config.load(digest.root), Options(digest.now, convert="none"))
        return {file.path: file.data for file in made.outputs if isinstance(file, Output)}
    except SiteError:
        return None


def begun(scratch: str) -> Digest:
    root = Path(scratch, "digest")
    theme = {f"themes/tiny/{name}": text for name, text in THEME.items()}
    for name in NAMES[:3]:
        text = article(name, topics="[ports]", people="[Maren Oskarby]")
        write_tree(root, {path_of(name): text})
    soon = article("d", topics="[ports]", date="2026-11-22T08:00:00Z", expires="2026-11-22T10:00:00Z")
    write_tree(root, {path_of("d"): soon})
    write_tree(root, {"sitegen.yaml": config_text(2, "Wire", "full"), **theme})
    return Digest(root)


def check(digest: Digest) -> None:
    before = tree_of(digest.root / "public")
    answer = warm(digest)
    wanted = cold(digest)
    published = tree_of(digest.root / "public")
    if wanted is None:
        assert not answer["ok"]
        assert published == before, "a build that fails changes nothing"
        return
    assert answer["ok"], answer
    listed = json.loads(published.pop(MANIFEST))["files"]
    assert published == wanted
    assert listed.keys() == wanted.keys()


# In four parts, so that they run side by side.
@pytest.mark.parametrize("part", range(4))
@settings(max_examples=times(125), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    first=st.lists(articles, max_size=2),
    rounds=st.lists(st.tuples(st.lists(edits, max_size=2), st.booleans()), min_size=1, max_size=5),
)
def test_a_warm_build_equals_a_cold_one(
    part: int, first: list[Edit], rounds: list[tuple[list[Edit], bool]]
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        digest = begun(scratch)
        for these, at_once in ((first, False), *rounds):
            for edit in these:
                edit(digest)
            if not at_once:  # a file that is older than a tick of the clock is known by its signature
                time.sleep(TICK)
            check(digest)


def test_the_second_build_in_a_row_does_nothing_and_says_the_same_warnings(tmp_path: Path) -> None:
    digest = begun(str(tmp_path))
    text = article("a", quotes='\n  - {id: q1, text: "nowhere to be found"}')
    write_tree(digest.root, {path_of("a"): text})
    warm(digest)
    answers = [warm(digest) for _ in range(3)]
    assert [answer["nothing"] for answer in answers][-1]
    assert all(answer["problems"] == answers[0]["problems"] != [] for answer in answers)


def test_an_edit_renders_what_shows_it_and_says_why(tmp_path: Path) -> None:
    digest = begun(str(tmp_path))
    for name in NAMES[:3]:
        write_tree(digest.root, {path_of(name): article(name, topics="[ports]")})
    warm(digest)
    replaced("a", "second", "third")(digest)
    answer = warm(digest)
    assert answer["rendered"] == 4, "the article, and the feeds of the site, the topic and the week"
    theme_file("words/en.yaml", "Newest stories", "Latest stories")(digest)
    answer = warm(digest)
    assert answer["rendered"] == answer["pages"]
