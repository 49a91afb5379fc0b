"""Editions: from files, and by week where there is none.

From the day of the first edition file on, files decide; what came before it, or everything where
there is no file at all, is grouped by ISO week.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from datetime import date as Day
from itertools import groupby

from sitegen.config import SiteConfig
from sitegen.content.article import parse_record, pictured
from sitegen.errors import Problem
from sitegen.frontmatter import locate
from sitegen.frozen import record
from sitegen.model import Article, Edition, EditionSection
from sitegen.records import Fault
from sitegen.strictyaml import KeyPath


@record
class _Matter:
    """The front matter of an edition file."""

    number: int
    title: str
    date: Day
    top: str | None = None
    sections: tuple[EditionSection, ...] = ()
    signed: str | None = None


def parse(text: str, path: str, config: SiteConfig) -> tuple[Edition | None, list[Problem]]:
    """The edition of a file, or None and what is wrong with it."""
    matter, body, problems = parse_record(_Matter, text, path, config)
    if matter is None:
        return None, problems
    signed = matter.signed if matter.signed is not None else (config.editor or None)
    edition = Edition(
        key=str(matter.number),
        title=matter.title,
        date=matter.date,
        note=body.strip(),
        number=matter.number,
        top=matter.top,
        sections=matter.sections,
        path=path,
        signed=signed,
        pictures=pictured(body),
    )
    return edition, []


def unknown_items(written: Iterable[Edition], ids: Container[str], texts: Mapping[str, str]) -> list[Problem]:
    """Editions that name an article that is not there, or one again, or share a number. `texts` are the files
    by path."""
    problems: list[Problem] = []
    by_number: dict[int | None, str] = {}
    for edition in written:
        path = edition.path or ""
        faults = [
            Fault(
                key, f"there is no article with the id {item}", "edition-item", "`sitegen list` shows the ids"
            )
            for key, item in _named(edition)
            if item not in ids
        ]
        if (other := by_number.setdefault(edition.number, path)) != path:
            message = f"{other} is number {edition.number} too"
            faults.append(Fault(("number",), message, "edition-twice", "a number is never used twice"))
        faults += _again(edition)
        problems += (fault.at(path, texts[path], *locate(texts[path], fault.key)) for fault in faults)
    return [replace(one, severity="warning") if one.code == "edition-again" else one for one in problems]


def _again(edition: Edition) -> Iterator[Fault]:
    seen: set[str] = set()
    for key, item in _named(edition):
        if item in seen:
            message = f"{item} stands in this edition already, and is shown once"
            yield Fault(key, message, "edition-again", "take one of the two away")
        seen.add(item)


def _named(edition: Edition) -> Iterator[tuple[KeyPath, str]]:
    """Every id that an edition's file names, with the key where it stands."""
    if edition.top:
        yield ("top",), edition.top
    for n, section in enumerate(edition.sections):
        yield from ((("sections", n, "items", i), item) for i, item in enumerate(section.items))


def by_week(articles: Iterable[Article], before: Day | None) -> list[Edition]:
    """An edition for each ISO week that has articles, up to the day of the first edition file."""
    dated = sorted((a for a in articles if before is None or a.day < before), key=lambda a: (a.day, a.id))
    return [
        _week(year, week, list(items))
        for (year, week), items in groupby(dated, key=lambda a: a.day.isocalendar()[:2])
    ]


def _week(year: int, week: int, articles: Sequence[Article]) -> Edition:
    """Newest first; the top story is the newest with a figure and a quote, else the newest."""
    newest_first = tuple(reversed(articles))
    top = max(newest_first, key=lambda a: (bool(a.figures) + any(q.featured for q in a.quotes), a.day, a.id))
    rest = tuple(article.id for article in newest_first if article is not top)
    return Edition(
        key=f"{year}-w{week:02d}",
        title=f"Week {week}, {year}",
        date=max(article.day for article in articles),
        top=top.id,
        sections=(EditionSection("", rest),) if rest else (),
    )


def public(
    written: Sequence[Edition], articles: Sequence[Article], today: Day, *, weekly: bool
) -> list[Edition]:
    """The editions that have begun, newest first, without the items that are not public.

    `articles` are the public ones; `weekly` groups by week what no edition file covers.
    """
    listed = [article for article in articles if not article.retracted]
    ids = {article.id for article in listed}
    in_print = {item for edition in written for item in edition.items}
    loose = (article for article in listed if article.id not in in_print)
    first = min((edition.date for edition in written), default=None)
    begun = [edition for edition in written if edition.date <= today]
    shown = [_without(edition, ids) for edition in (*begun, *(by_week(loose, first) if weekly else ()))]
    return sorted(shown, key=lambda e: (e.date, e.number or 0, e.key), reverse=True)


def next_beginning(written: Iterable[Edition], today: Day, config: SiteConfig) -> datetime | None:
    """The first moment of the day on which the next edition begins, in the site's zone; in UTC."""
    day = min((edition.date for edition in written if edition.date > today), default=None)
    return datetime(day.year, day.month, day.day, tzinfo=config.zone).astimezone(UTC) if day else None


def _without(edition: Edition, ids: Container[str]) -> Edition:
    sections = (replace(s, items=tuple(i for i in s.items if i in ids)) for s in edition.sections)
    top = edition.top if edition.top in ids else None
    return replace(edition, top=top, sections=tuple(s for s in sections if s.items))
