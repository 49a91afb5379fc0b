"""A month in the life of a digest: a clock that jumps from day to day, an editor who schedules, renames,
corrects and retracts, and a newsroom's feed that is well, unchanged, moved, down, slow or hostile.

October 2026 in Lisbon: on the 25th, at 01:00 UTC, summer time ends there. What is expected stands in tables
of UTC instants, made by hand; none of it is worked out with the code that is tested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sitegen.fetch import client
from sitegen.fetch.wire import Limits
from tests.conftest import MakeDigest, Run, article, tree_of
from tests.loopback import Answer, Asked, Loopback, Says, loopback

pytest.importorskip("feedparser", reason="the extra “feeds” is not installed")

LAST_DAY = 31
NEVER = datetime.max.replace(tzinfo=UTC)
ITEM = """<item><title>{0}</title><guid>https://courier.example/?p={0}</guid>
<link>https://courier.example/{0}</link><pubDate>{1:%a, %d %b %Y} 06:00:00 +0000</pubDate>
<description>The words of {0}, all of them.</description></item>"""


def utc(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


BEGIN = utc(1)


@dataclass(frozen=True)
class Expected:
    """What is known of an article: when it is public, and under which slug."""

    appears: datetime = BEGIN
    expires: datetime = NEVER
    slug: str = ""
    earlier: tuple[str, ...] = ()
    retracted: bool = False

    def public(self, now: datetime) -> bool:
        return self.appears <= now < self.expires


@dataclass
class Digest:
    """The digest and what is expected of it. `web` is the newsroom's server."""

    root: Path
    run: Run
    web: Loopback
    articles: dict[str, Expected] = field(default_factory=dict)

    def write(self, name: str, expected: Expected, **matter: object) -> None:
        slug = expected.slug or name
        text = article(name, **{"date": "2026-10-01T00:00:00Z", "slug": slug, **matter})
        (self.root / f"content/articles/{name}.md").write_text(text)
        self.articles[f"id-{name}"] = replace(expected, slug=slug)

    def build(self, now: datetime) -> dict[str, list[str]]:
        result = self.run("build", "-C", self.root, "--now", now.isoformat(), "--json", "--skip-faulty")
        assert result.code == 0, (now, result.out, result.err)
        report: dict[str, list[str]] = json.loads(result.out)
        return report

    def next_change(self, now: datetime) -> datetime | None:
        result = self.run("list", "-C", self.root, "--scheduled", "--now", now.isoformat(), "--json")
        answer = json.loads(result.out)
        if answer["next_change"] is None:
            return None
        at, local = (datetime.fromisoformat(answer[key]) for key in ("next_change", "next_change_local"))
        assert at == local
        assert local.utcoffset() == timedelta(hours=1 if at < utc(25, 1) else 0)
        return at

    def holds(self, now: datetime) -> None:
        """The pages, the redirects and the feed are those that are expected at this instant."""
        shown = {name: one for name, one in self.articles.items() if one.public(now)}
        pages = {path.parent.name for path in (self.root / "public/articles").glob("*/index.html")}
        assert pages == {one.slug for one in shown.values()}, now
        lines = (self.root / "public/_redirects").read_text().splitlines()
        assert {tuple(line.split()[:2]) for line in lines} == {
            (f"/articles/{old}/", f"/articles/{one.slug}/") for one in shown.values() for old in one.earlier
        }, now
        feed = (self.root / "public/feed.xml").read_text()
        listed = {name for name, one in shown.items() if not one.retracted}
        assert set(re.findall(r"urn:sitegen:([\w-]+)", feed)) == listed, now
        news = (self.root / "public/news-sitemap.xml").read_text()
        assert set(re.findall(r"<loc>(.+?)</loc>", news)) == self.news(now), now

    def news(self, now: datetime) -> set[str]:
        """Addresses of what the feed lists from the two days before `now`."""
        items = ElementTree.parse(self.root / "public/feed.xml").iter("item")
        dates = {item.findtext("link", ""): item.findtext("pubDate", "") for item in items}
        return {url for url, date in dates.items() if parsedate_to_datetime(date) > now - timedelta(days=2)}

    def stays(self, before: datetime, now: datetime) -> None:
        """Nothing that a reader sees changes from one instant to the other: only news may have become old."""
        old_news = self.news(before) != self.news(now)
        report = self.build(now)
        assert (report["written"], report["removed"]) == (["news-sitemap.xml"] * old_news, []), now
        self.holds(now)


@pytest.fixture
def digest(make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Digest]:
    monkeypatch.setattr(client, "LIMITS", Limits(pause=0, silence=0.3, total=0.3))
    with loopback() as web:
        # What is made beside the pages has tests of its own.
        apart = "cards: false\nsearch: false\n"
        feeds = f"feeds:\n- url: {web.url}/feed\n  source: Courier\n- url: {web.url}/other\n  source: Other\n"
        root = make_digest({"sitegen.yaml": f"title: T\ntimezone: Europe/Lisbon\n{apart}{feeds}"})
        (root / "content/articles").mkdir(parents=True)
        yield Digest(root, run, web)


Step = Callable[[Digest], object]

# ---------------------------------------------------------------- what the editor does


def first_of_october(on: Digest) -> None:
    """Everything that the clock will change this month is written on its first day."""
    on.write("plain", Expected())
    on.write("draft", Expected(NEVER), status="draft")
    on.write("summer", Expected(utc(6, 7, 30)), date="2026-10-06T08:30:00")
    on.write("winter", Expected(utc(27, 8, 30)), date="2026-10-27T08:30:00")
    on.write("zoned", Expected(utc(6, 22)), date="2026-10-07T07:00:00+09:00")
    on.write("whole-day", Expected(utc(7, 23)), date="2026-10-08")
    on.write("twice", Expected(utc(25, 0, 30)), date="2026-10-25T01:30:00")  # comes round twice that night
    on.write("brief", Expected(utc(2, 8), utc(11, 23)), date="2026-10-02T09:00:00", expires="2026-10-12")
    on.write("night", Expected(expires=utc(26)), expires="2026-10-26T00:00:00")
    on.write("never", Expected(NEVER), date="2026-10-20", expires="2026-10-19")
    edition = (
        "---\nnumber: 1\ntitle: The first\ndate: 2026-10-20\nsections: [{title: A, items: [id-plain]}]\n---\n"
    )
    (on.root / "content/editions").mkdir()
    (on.root / "content/editions/1.md").write_text(edition)


def corrected(on: Digest) -> None:
    said = "[{date: 2026-10-14, text: The quay is nine metres.}]"
    on.write("plain", Expected(), corrections=said)


def retracted(on: Digest) -> None:
    said = "{date: 2026-10-18, reason: Nobody said so.}"
    on.write("summer", Expected(utc(6, 7, 30), retracted=True), retracted=said)


EDITOR: dict[int, Step] = {
    1: first_of_october,
    4: lambda on: on.write("plain", Expected(), title="Another headline"),
    9: lambda on: on.write("zoned", Expected(utc(6, 22), slug="young", earlier=("zoned",)),
                           date="2026-10-07T07:00:00+09:00"),
    14: corrected,
    15: lambda on: on.write("zoned", Expected(utc(6, 22), slug="younger", earlier=("zoned", "young")),
                            date="2026-10-07T07:00:00+09:00"),
    18: retracted,
    22: lambda on: on.write("zoned", Expected(utc(6, 22), slug="zoned", earlier=("young", "younger")),
                            date="2026-10-07T07:00:00+09:00"),
}  # fmt: skip


def nothing(on: Digest) -> None:
    """An ordinary day."""


def retraction_shows(on: Digest) -> None:
    page = (on.root / "public/articles/summer/index.html").read_text()
    assert "Nobody said so." in page
    public = tree_of(on.root / "public")
    assert [name for name, data in public.items() if b"paragraph of summer" in data] == []


def correction_shows(on: Digest) -> None:
    page = (on.root / "public/articles/plain/index.html").read_text()
    assert re.search(r'<time datetime="2026-10-14">[^<]+</time> The quay is nine metres', page)


AFTERWARDS: dict[int, Step] = {14: correction_shows, 18: retraction_shows, 31: retraction_shows}

# ---------------------------------------------------------------- what the newsroom's server does


def rss(*items: str) -> Says:
    body = f'<rss version="2.0"><channel><title>Courier</title>{"".join(items)}</channel></rss>'
    return Says(body, headers={"Content-Type": "application/rss+xml", "ETag": f'"{len(items)}"'})


def told(*items: str) -> dict[str, Answer]:
    def answer(asked: Asked) -> Says:
        said = rss(*items)
        same = asked.headers.get("if-none-match") == said.headers["ETag"]
        return Says(status=304) if same else said

    return {"/feed": answer}


ONE, TWO, THREE = (ITEM.format(f"Fetched-{n}", utc(n)) for n in (2, 5, 21))
BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item>'
# From a day on: the server's answers.
SERVER: dict[int, dict[str, Answer]] = {
    1: {"/feed": Says("down", 503), "/other": rss()},
    2: told(ONE),
    5: told(ONE, TWO),
    8: {"/feed": Says("gone for a while", 500)},
    10: {"/feed": Says(status=301, headers={"Location": "/new"}), "/new": rss(ONE, TWO)},
    13: {"/feed": Says(b".", drip=True)},
    14: told(ONE, TWO),
    16: {"/feed": Says(BOMB)},
    17: {"/feed": Says(b"\x00\xff<html>" * 50)},
    19: {"/feed": Says(status=302, headers={"Location": "http://169.254.169.254/latest/"})},
    20: told(TWO, ONE),
    21: told(THREE, TWO, ONE),
}
FETCHED = {2: 1, 5: 2, 21: 3}  # from a day on: how many items have come
FAILS = {1, 8, 9, 13, 17, 18, 19}


def fetched(on: Digest, day: int, now: datetime) -> None:
    """The day's fetch and conversion; the articles that are made of it join what is expected."""
    on.web.answers.update(SERVER.get(day, {}))
    before = on.web.count("/other")
    result = on.run("fetch", "-C", on.root, "--now", now.isoformat(), "--json")
    assert (day, result.code) == (day, int(day in FAILS)), result.out
    assert on.web.count("/other") == before + 1, "a feed that fails stops no other"
    on.run("convert", "-C", on.root, "--now", now.isoformat())
    found = {p.stem: p for p in (on.root / "content/articles/2026").glob("*.md")}
    assert len(found) == max((number for since, number in FETCHED.items() if since <= day), default=0)
    for slug, path in found.items():
        name = re.search(r"^id: (\w+)$", path.read_text(), re.MULTILINE)
        assert name is not None
        on.articles.setdefault(name[1], Expected(slug=slug))


# ---------------------------------------------------------------- the month


def test_a_month(digest: Digest) -> None:
    before = utc(1)
    following: datetime | None = None
    for day in range(1, LAST_DAY + 1):
        now = utc(day, 12)
        while following is not None and following <= now:
            # Up to the instant nothing changes; at it, the site does.
            if following - timedelta(seconds=1) > before:
                digest.stays(before, following - timedelta(seconds=1))
            changed = digest.build(following)
            assert changed["written"], following
            digest.holds(following)
            before, following = following, digest.next_change(following)
        if day > 1:
            digest.stays(before, now)

        EDITOR.get(day, nothing)(digest)
        fetched(digest, day, now)
        digest.build(now)
        digest.holds(now)
        AFTERWARDS.get(day, nothing)(digest)

        files = {path: path.stat() for path in digest.root.joinpath("public").rglob("*") if path.is_file()}
        again = digest.build(now + timedelta(minutes=1))
        assert (again["written"], again["removed"]) == ([], []), now
        assert {path: path.stat() for path in files} == files
        before, following = now + timedelta(minutes=1), digest.next_change(now + timedelta(minutes=1))
        assert following == expected_change(digest, before), now
    assert following is None
    same_without_caches(digest, utc(LAST_DAY, 13))


def same_without_caches(on: Digest, now: datetime) -> None:
    cold = on.root / "cold"
    result = on.run("build", "-C", on.root, "--now", now.isoformat(), "-o", cold)
    assert result.code == 0
    assert tree_of(cold) == tree_of(on.root / "public")


def expected_change(on: Digest, now: datetime) -> datetime | None:
    instants = [utc(19, 23)]  # the edition of the 20th
    instants += [instant for one in on.articles.values() for instant in (one.appears, one.expires)]
    return min((instant for instant in instants if now < instant < NEVER), default=None)
