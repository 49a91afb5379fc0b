"""The digest at one instant: read, check, decide what is public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import TypeVar

from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.content import addresses, editions, faulty, files, names, pages, publish, read
from sitegen.errors import ContentError, Problem
from sitegen.frozen import record
from sitegen.model import Article, Site

Kind = TypeVar("Kind")


@record
class Content:
    """What load found: the public `site`, every article whatever its state, and warnings.

    `next_change` is the next instant at which the clock changes the site; `addresses` is the text of
    content/.urls with today's addresses, None where nothing is new; `body` gives an article's body;
    `faulty` stand for the articles that were passed over, with id and slug as far as they can be told.
    """

    site: Site
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    next_change: datetime | None
    addresses: str | None
    body: read.Bodies
    faulty: tuple[Article, ...] = ()


def load(
    root: Path,
    config: SiteConfig,
    now: datetime,
    *,
    drafts: bool = False,
    future: bool = False,
    skip_faulty: bool = False,
    fresh: Sequence[tuple[str, str]] = (),
    store: Store | None = None,
    run: read.Run = map,
) -> Content:
    """Everything an editor wrote, as it is public at `now`.

    `fresh` are articles that are not on disk: (path, text) of seeds converted for this build only.
    `store` spares reading what has not changed; `run` (a `map`) may read on many cores. With
    `skip_faulty` an article with an error is left out, and the error is among the problems. Raises
    ContentError with all problems of all files.
    """
    written_now = (read.said(text, path, config) for path, text in fresh)
    readings = chain(read.articles(root, config, store, run), written_now)
    settled_on = names.load_people(root), names.load_topics(root)
    body = read.Bodies(root, dict(fresh))
    return decided(
        root, config, now, readings, settled_on, body, drafts=drafts, future=future, skip_faulty=skip_faulty
    )


def decided(
    root: Path,
    config: SiteConfig,
    now: datetime,
    readings: Iterable[read.Reading],
    settled_on: tuple[names.Names, names.Names],
    body: read.Bodies,
    *,
    drafts: bool = False,
    future: bool = False,
    skip_faulty: bool = False,
) -> Content:
    """The same, of articles that have been read, in the order of their paths, and of the people and topics
    whose names a digest has settled on."""
    problems: list[Problem] = []
    people, topics = settled_on
    articles = list(_settled(readings, people, topics, problems))
    issues = _texts(root, files.EDITIONS, problems)
    written = _parsed(editions.parse, issues, config, problems)
    own = _texts(root, files.PAGES, problems)
    own_pages = _parsed(pages.parse, own, config, problems)
    problems += addresses.collisions(articles, own_pages, body.text)
    # An article with an error would be missed in its edition as well.
    if not any(problem.severity == "error" for problem in problems):
        problems += editions.unknown_items(written, {a.id for a in articles}, dict(issues))
    passed = {str(p.path) for p in problems if faulty.is_about_an_article(p)} if skip_faulty else set()
    if any(problem.severity == "error" and problem.path not in passed for problem in problems):
        raise ContentError.of(problems)

    articles = [article for article in articles if article.path not in passed]
    public = (a for a in articles if publish.public(a, now, drafts=drafts, future=future))
    shown = sorted(public, key=_newest, reverse=True)
    today = date.max if future else now.astimezone(config.zone).date()
    known = addresses.read(root)
    left_out = tuple(faulty.stand_in(root, path, known) for path in sorted(passed))
    site = Site(
        articles=tuple(shown),
        editions=tuple(editions.public(written, shown, today, weekly=config.editions.every == "week")),
        pages=tuple(own_pages),
        people=people.names,
        topics=topics.names,
        redirects=addresses.redirects(known, [*shown, *(one for one in left_out if one.slug)]),
    )
    given_away = addresses.updated(known, (a for a in articles if publish.public(a, now)))
    instants = (publish.next_change(articles, now), editions.next_beginning(written, today, config))
    following = min((instant for instant in instants if instant), default=None)
    return Content(
        site, tuple(articles), tuple(problems), following, given_away, body, left_out
    )  # fmt: skip


def _settled(
    readings: Iterable[read.Reading],
    people: names.Names,
    topics: names.Names,
    problems: list[Problem],
) -> Iterator[Article]:
    """The articles that could be read, under the settled names; what was wrong is added to the problems."""
    for made, found in readings:
        problems += found
        if made:
            yield names.settle(made, people, topics)


def _newest(article: Article) -> tuple[date, float, str]:
    return article.day, article.date.timestamp() if article.date else 0.0, article.id


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
