"""The digest at one instant: read, check, decide what is public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from sitegen import packing
from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.content import addresses, editions, files, names, pages, publish, read
from sitegen.errors import ContentError, Problem
from sitegen.model import Article, Site

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Content:
    """What load found: the public `site`, every article whatever its state, and warnings.

    `until` is the next instant at which the clock changes anything, `next_change` of the articles
    alone; `addresses` is the text of content/.urls with today's addresses, None where nothing is new;
    `body` gives an article's body; `fingerprints` knows those of articles that are as their files say.
    """

    site: Site
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    next_change: datetime | None
    until: datetime | None
    addresses: str | None
    body: read.Bodies
    fingerprints: packing.Known


def load(
    root: Path,
    config: SiteConfig,
    now: datetime,
    *,
    drafts: bool = False,
    future: bool = False,
    fresh: Sequence[tuple[str, str]] = (),
    store: Store | None = None,
    run: read.Run = map,
) -> Content:
    """Everything an editor wrote, as it is public at `now`.

    `fresh` are articles that are not on disk: (path, text) of seeds converted for this build only.
    `store` spares reading what has not changed; `run` (a `map`) may read on many cores. Raises
    ContentError with all problems of all files.
    """
    problems: list[Problem] = []
    people, topics = names.load_people(root), names.load_topics(root)
    body = read.Bodies(root, dict(fresh))
    articles: list[Article] = []
    fingerprints = packing.Known()
    written_now = ((read.said(text, path, config), b"") for path, text in fresh)
    for (made, found), packed in chain(read.articles(root, config, store, run), written_now):
        problems += found
        if made:
            articles.append(names.settle(made, people, topics))
            if packed and articles[-1] is made:
                fingerprints.seed(made, packed)
    issues = _texts(root, files.EDITIONS, problems)
    written = _parsed(editions.parse, issues, config, problems)
    own = _texts(root, files.PAGES, problems)
    own_pages = _parsed(pages.parse, own, config, problems)
    problems += addresses.collisions(articles, own_pages, partial(_text, root, body.fresh))
    if not problems:  # an article with a fault would be missed in its edition as well
        problems += editions.unknown_items(written, {a.id for a in articles}, dict(issues))
    if any(problem.severity == "error" for problem in problems):
        raise ContentError.of(problems)

    shown = sorted(
        (a for a in articles if publish.public(a, now, drafts=drafts, future=future)),
        key=lambda a: (a.day, a.date.timestamp() if a.date else 0.0, a.id),
        reverse=True,
    )
    today = date.max if future else now.astimezone(config.zone).date()
    known = addresses.read(root)
    site = Site(
        articles=tuple(shown),
        editions=tuple(editions.public(written, shown, today, weekly=config.editions.every == "week")),
        pages=tuple(own_pages),
        people=people.names,
        topics=topics.names,
        redirects=addresses.redirects(known, shown),
    )
    given_away = addresses.updated(known, (a for a in articles if publish.public(a, now)))
    following = publish.next_change(articles, now)
    instants = (following, editions.next_beginning(written, today, config))
    until = min((instant for instant in instants if instant), default=None)
    return Content(site, tuple(articles), tuple(problems), following, until, given_away, body, fingerprints)


def _texts(root: Path, folder: str, problems: list[Problem]) -> list[tuple[str, str]]:
    """(path, text) of the files that can be read."""
    found = []
    for file in files.scan(root, folder):
        try:
            found.append((file.name, files.read(root, root / file.name)))
        except ContentError as error:
            problems += error.problems
    return found


def _parsed(
    parse: Callable[[str, str, SiteConfig], tuple[Kind | None, list[Problem]]],
    sources: Iterable[tuple[str, str]],
    config: SiteConfig,
    problems: list[Problem],
) -> list[Kind]:
    """What the files hold, without those that have errors; the problems of all are added to the list."""
    made = []
    for path, text in sources:
        record, found = parse(text, path, config)
        problems += found
        if record is not None:
            made.append(record)
    return made


def _text(root: Path, fresh: Mapping[str, str], path: str) -> str:
    return fresh[path] if path in fresh else files.read(root, root / path)
