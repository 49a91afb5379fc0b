"""Editions: from files, and by week where there is none.

From the day of the first edition file on, files decide; what came before it, or everything where
there is no file at all, is grouped by ISO week.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from itertools import groupby

from sitegen.config import SiteConfig
from sitegen.content.article import parse_record
from sitegen.errors import Problem
from sitegen.model import Article, Edition, EditionSection


@dataclass(frozen=True, slots=True)
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
    )
    return edition, []


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


def public(editions: Iterable[Edition], ids: frozenset[str], today: Day) -> list[Edition]:
    """The editions that have begun, newest first, without the items that are not public."""
    shown = []
    for edition in editions:
        if edition.date > today:
            continue
        sections = (replace(s, items=tuple(i for i in s.items if i in ids)) for s in edition.sections)
        top = edition.top if edition.top in ids else None
        shown.append(replace(edition, top=top, sections=tuple(s for s in sections if s.items)))
    return sorted(shown, key=lambda e: (e.date, e.number or 0, e.key), reverse=True)
