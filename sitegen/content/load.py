"""The digest at one instant: read, check, decide what is public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from sitegen import frontmatter
from sitegen.config import SiteConfig
from sitegen.content import addresses, article, editions, files, names, pages, publish
from sitegen.errors import ContentError, Problem
from sitegen.model import Article, Edition, Site
from sitegen.records import Fault
from sitegen.strictyaml import KeyPath

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Content:
    """What load found: the public `site`, every article whatever its state, and warnings."""

    site: Site
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    addresses: frozenset[tuple[str, str]]


def load(
    root: Path,
    config: SiteConfig,
    now: datetime,
    *,
    drafts: bool = False,
    future: bool = False,
    fresh: Sequence[tuple[str, str]] = (),
) -> Content:
    """Everything an editor wrote, as it is public at `now`.

    `fresh` are articles that are not on disk: (path, text) of seeds converted for this build only.
    Raises ContentError with all problems of all files.
    """
    problems: list[Problem] = []
    people, topics = names.load_people(root), names.load_topics(root)
    sources = [*_texts(root, files.ARTICLES, problems), *fresh]
    parsed = _parsed(article.parse, sources, config, problems)
    articles = [names.settle(made, people, topics) for made in parsed]
    issues = _texts(root, files.EDITIONS, problems)
    written = _parsed(editions.parse, issues, config, problems)
    own = _texts(root, files.PAGES, problems)
    own_pages = _parsed(pages.parse, own, config, problems)
    problems += addresses.collisions(articles, own_pages, dict([*sources, *own]))
    if not problems:  # an article with a fault would be missed in its edition as well
        problems += _edition_problems(written, dict(issues), {a.id for a in articles})
    if any(problem.severity == "error" for problem in problems):
        raise ContentError.of(problems)

    shown = sorted(
        (a for a in articles if publish.public(a, now, drafts=drafts, future=future)),
        key=lambda a: (a.day, a.date.timestamp() if a.date else 0.0, a.id),
        reverse=True,
    )
    today = now.astimezone(config.zone).date()
    known = addresses.read(root)
    site = Site(
        articles=tuple(shown),
        editions=tuple(_all_editions(written, shown, config, today, future=future)),
        pages=tuple(own_pages),
        people=people.names,
        topics=topics.names,
        redirects=addresses.redirects(known, shown),
    )
    return Content(site, tuple(articles), tuple(problems), known)


def _all_editions(
    written: list[Edition], shown: list[Article], config: SiteConfig, today: date, *, future: bool
) -> list[Edition]:
    listed = [a for a in shown if not a.retracted]
    first = min((edition.date for edition in written), default=None)
    in_print = {item for edition in written for item in edition.items}
    loose = [a for a in listed if a.id not in in_print]
    weekly = editions.by_week(loose, first) if config.editions.every == "week" else []
    begun = date.max if future else today
    return editions.public([*written, *weekly], frozenset(a.id for a in listed), begun)


def _texts(root: Path, folder: str, problems: list[Problem]) -> list[tuple[str, str]]:
    """(path, text) of the files that can be read."""
    found = []
    for path in files.markdown_files(root, folder):
        try:
            found.append((files.relative(root, path), files.read(root, path)))
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


def _edition_problems(written: list[Edition], texts: dict[str, str], ids: set[str]) -> list[Problem]:
    problems: list[Problem] = []
    by_number: dict[int | None, str] = {}
    for edition in written:
        path = edition.path or ""
        items = [(("top",), edition.top)] if edition.top else []
        places: list[tuple[KeyPath, str]] = [*items]
        for n, section in enumerate(edition.sections):
            places += [(("sections", n, "items", i), item) for i, item in enumerate(section.items)]
        faults = [
            Fault(
                key, f"there is no article with the id {item}", "edition-item", "`sitegen list` shows the ids"
            )
            for key, item in places
            if item not in ids
        ]
        if (other := by_number.setdefault(edition.number, path)) != path:
            message = f"{other} is number {edition.number} too"
            faults.append(Fault(("number",), message, "edition-twice", "a number is never used twice"))
        problems += [
            fault.at(path, texts[path], *frontmatter.locate(texts[path], fault.key)) for fault in faults
        ]
    return problems


def new_addresses(content: Content) -> str | None:
    """The text of content/.urls with today's addresses in it, or None where it says them all."""
    return addresses.updated(content.addresses, content.site.articles)


def remember_addresses(root: Path, text: str) -> None:
    """Write content/.urls; a crash leaves the old one."""
    path = root / addresses.FILE
    if not path.parent.is_dir():
        return
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
