"""The feeds of the configuration → new seeds.

One feed after the other: ask, read, gather what is new, and only then, under the digest's lock, write.
A feed that fails is a problem in the report and stops no other. What fails half-way is asked for again
the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sitegen import config, output
from sitegen.config import SiteConfig, SourceFeed
from sitegen.errors import FetchError, Problem
from sitegen.fetch import feeds, ledger, seed
from sitegen.fetch.client import Answer, Client, Missing, Wait
from sitegen.fetch.feeds import Item
from sitegen.fetch.ledger import Seen
from sitegen.fetch.seed import NewSeed
from sitegen.output.disk import explained
from sitegen.records import Fault
from sitegen.seeds.new import create

FEED_BYTES = 8 << 20
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_PAGES = ("text/html", "application/xhtml+xml", "")
_LASTING = ("fetch-address", "fetch-too-large", "fetch-redirects")
_SAME_NAME = 1000  # seeds with one name in a year: more than that is no digest's feed

Progress = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What became of one feed. `made` are the new seeds, by their paths from the digest's folder; `known`
    is how many items had come before; `unchanged` whether the host said so itself."""

    url: str
    made: tuple[str, ...] = ()
    known: int = 0
    unchanged: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What one feed gave, before anything is written. `items` are the identities of all that it holds,
    `whole` is whether all new ones could be had."""

    answer: Answer
    new: tuple[NewSeed, ...] = ()
    items: tuple[str, ...] = ()
    whole: bool = True
    problems: tuple[Problem, ...] = ()


def fetch(root: Path, settings: SiteConfig, client: Client, progress: Progress = print) -> list[FeedReport]:
    """New seeds from all feeds of the configuration, a report for each.

    Raises Locked where another command is at work, OutputError where nothing can be written, FetchError
    (fetch-ledger).
    """
    seen = ledger.read_seen(root)
    reports = []
    for number, feed in enumerate(settings.feeds):
        progress(f"asking {feed.url}")
        before = seen.get(feed.url, Seen())
        report, after = _one(root, settings, client, feed, before)
        reports.append(replace(report, problems=_placed(root, number, report.problems)))
        if after != before:
            seen[feed.url] = after
            ledger.write_seen(root, seen)
    return reports


def _one(
    root: Path, settings: SiteConfig, client: Client, feed: SourceFeed, before: Seen
) -> tuple[FeedReport, Seen]:
    if before.waits(client.now):
        said = f"not asked: its host wants to be left alone until {before.wait}"
        return FeedReport(feed.url, problems=(_warning(said, "fetch-wait"),)), before
    known = ledger.read(root)
    try:
        gathered = _gather(settings, client, feed, known, before.headers(feed, known))
    except Wait as wait:
        until = (client.now + timedelta(seconds=wait.seconds)).isoformat(timespec="seconds")
        return FeedReport(feed.url, problems=tuple(wait.problems)), replace(before, wait=until)
    except FetchError as error:
        return FeedReport(feed.url, problems=tuple(error.problems)), before
    made = _write(root, gathered.new, client) if gathered.new else ()
    came_before = sum(name in known for name in gathered.items)
    unchanged = gathered.answer.status == 304
    return FeedReport(feed.url, made, came_before, unchanged, gathered.problems), _seen(
        feed, gathered, before
    )


def _gather(
    settings: SiteConfig,
    client: Client,
    feed: SourceFeed,
    known: Mapping[str, str],
    conditions: dict[str, str],
) -> _Gathered:
    """Ask for a feed, and for the pages of its new items where the settings say so. Writes nothing."""
    answer = client.get(feed.url, limit=FEED_BYTES, accept=_ACCEPT, headers=conditions)
    problems = [_moved(answer.moved)] if answer.moved else []
    if answer.status == 304:
        return _Gathered(answer, problems=tuple(problems))
    found = feeds.read(answer.body, answer.url, answer.headers.get("content-type", ""))
    if found.fault:
        problems.append(_warning(f"this feed is {found.fault}; what could be read was", "fetch-feed-fault"))
    items = {ledger.identity(item, feed): item for item in reversed(found.items[: feed.items])}
    new, whole = [], True
    for name, item in items.items():
        if name in known:
            continue
        try:
            made, doubts = _seed_of(item, feed, name, settings, client)
        except FetchError as error:
            whole = False
            problems += [replace(one, message=f"{item.link}: {one.message}") for one in error.problems]
            if isinstance(error, Wait):
                break
            continue
        problems += doubts
        new += [made] if made else []
    kept = tuple(name for name in items if name in known or name in {one.identity for one in new})
    return _Gathered(answer, tuple(new), kept, whole, tuple(problems))


def _seed_of(
    item: Item, feed: SourceFeed, name: str, settings: SiteConfig, client: Client
) -> tuple[NewSeed | None, list[Problem]]:
    """The seed of an item, and doubts about it. A page that is not to be had gives way to the item's own
    words. Raises FetchError where the next run may have more luck."""
    doubts: list[Problem] = []
    if feed.full and item.link:
        try:
            page = client.get(item.link, limit=settings.convert.max_page_bytes, accept="text/html")
            if page.kind in _PAGES:
                return seed.of_page(item, feed, page, name, client.now), []
            said = f"no page but {page.kind}"
        except FetchError as error:
            said = error.problems[0].message
            lasting = error.problems[0].code in _LASTING or (
                isinstance(error, Missing) and error.status < 500
            )
            if not lasting:
                raise
        doubts.append(_warning(f"{item.link}: {said}; the feed's own words were taken", "fetch-page"))
    made = seed.of_item(item, feed, name, client.now)
    if made is None:
        said = f"an item without words was left out: {item.title or item.link or name}"
        doubts.append(_warning(said, "fetch-item-empty", "`full: true` takes the page that it links to"))
    return made, doubts


def _write(root: Path, new: Sequence[NewSeed], client: Client) -> tuple[str, ...]:
    """The paths of the seeds that were written. They come before the line that remembers them: what a crash
    leaves in between comes again, where the other way round it would be lost."""
    with output.lock(root, command="fetch", since=client.now), explained("the seeds cannot be written"):
        known = ledger.read(root)
        made = {one.identity: place(root, one) for one in new if one.identity not in known}
        ledger.add(root, {name: path.removeprefix("seeds/") for name, path in made.items()})
    return tuple(made.values())


def place(root: Path, new: NewSeed) -> str:
    """Write a seed under the first free name; its path from `root`. A file with the same bytes is it."""
    for number in range(1, _SAME_NAME):
        stem = new.stem if number == 1 else f"{new.stem}-{number}"
        path = f"seeds/{new.year:04}/{stem}{new.ending}"
        if create(root / path, new.data):
            return path
        if (root / path).is_file() and (root / path).read_bytes() == new.data:
            return path
    raise FetchError(f"there are {_SAME_NAME} seeds named {new.stem}", code="fetch-names")


def _seen(feed: SourceFeed, gathered: _Gathered, before: Seen) -> Seen:
    """What to say to the host the next time: nothing, where not all that it gave was taken."""
    if gathered.answer.status == 304:
        return replace(before, wait="")
    if not gathered.whole:
        return Seen()
    headers = gathered.answer.headers
    return Seen(
        headers.get("etag", ""), headers.get("last-modified", ""), ledger.settings_of(feed), gathered.items
    )


def _moved(url: str) -> Problem:
    return _warning(f"this feed has moved for good, to {url}", "fetch-moved", "write its new address here")


def _warning(message: str, code: str, hint: str | None = None) -> Problem:
    return Problem(message, code, hint=hint, severity="warning")


def _placed(root: Path, number: int, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems with the place where the feed stands in the configuration."""
    if not problems:
        return ()
    text = (root / config.FILE).read_text(encoding="utf-8-sig")
    place = ("feeds", number, "url")
    return tuple(
        replace(
            Fault(place, one.message, one.code, one.hint).within(config.FILE, text), severity=one.severity
        )
        for one in problems
    )
