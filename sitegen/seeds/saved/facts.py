"""What a page says of its article: title, names, dates, site, standfirst: a table of places for each.

Machines' places come first (JSON-LD, then meta tags, then microdata), then the page as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from sitegen.seeds.formats import schema_org
from sitegen.seeds.saved.authors import authors
from sitegen.seeds.saved.head import Head
from sitegen.seeds.saved.headline import title_of
from sitegen.seeds.saved.names import of_a_person, persons
from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.tree import Element, names_around
from sitegen.seeds.saved.votes import names_and_day
from sitegen.seeds.structure import dates

When = Day | datetime

_SITE = ("og:site_name", "application-name", "dc.publisher", "publisher")
_DESCRIPTION = ("og:description", "dc.description", "description", "twitter:description", "item:description")
_DATE = (
    "article:published_time", "og:article:published_time", "datepublished", "item:datepublished",
    "parsely-pub-date",
    "sailthru.date", "published_at", "publishdate", "publish_date", "publish-date", "publication_date",
    "pubdate", "article:published", "article.published", "dc.date.issued", "dc.issued", "dc.date.created",
    "dc.created", "dc.date", "date", "originalpublicationdate", "ptime", "pdate", "citation_date",
    "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "article:publicationdate",
    "article_date_original", "displaydate", "dcsext.articlefirstpublished", "rnews:datepublished",
    "datecreated", "item:datecreated", "date.created", "pub_date", "dateline", "creation_date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "datemodified", "item:datemodified", "og:updated_time", "dc.date.modified",
    "dc.modified", "last-modified", "lastmod", "last_updated",
)  # fmt: skip
_NO_SITE = re.compile(r"https?:|@|copyright|©", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-]|\Z)")
_DATED = re.compile(r"date|time|publish|posted|byline|meta", re.I)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a page's article. `standfirst` is the page's own description of it."""

    title: str
    author: tuple[str, ...]
    date: When | None
    updated: When | None
    site: str | None
    standfirst: str | None
    url: str | None
    language: str | None


def title(head: Head, parts: Sequence[Part]) -> str:
    """The title alone, which tells where on the page to look for the rest."""
    first = _first(head)
    return title_of(_text(first.get("title")), head, parts, _site(head, first), _address(head, first))


def facts(head: Head, root: Element, title: str, near: Sequence[Part]) -> Facts:
    """All facts. `near` are the parts around the title and the beginning of the article."""
    first = _first(head)
    url = _address(head, first)
    site = _site(head, first)
    author = authors(first.get("author"), head, root, near, site)
    date = _local(_moment(first, "date"), _stated(head, _DATE)) or _printed(near) or _from_address(url)
    if near and not (author and date):
        name, day = names_and_day(root, url)
        author, date = author or persons(name) or of_a_person(site), date or schema_org.when(day)
    updated = _moment(first, "updated") or _stated(head, _UPDATED)
    later = updated if date and updated and _day(updated) > _day(date) else None
    return Facts(
        title=title,
        author=author,
        date=date or updated,
        updated=later,
        site=site,
        standfirst=_text(first.get("standfirst")) or head.first(*_DESCRIPTION),
        url=url,
        language=(_text(first.get("language")) or head.language or head.first("og:locale") or "")[:2].lower()
        or None,
    )


def _first(head: Head) -> dict[str, object]:
    """What the first article in the page's JSON-LD says."""
    return schema_org.meta_of(head.articles[0]) if head.articles else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _day(moment: When) -> Day:
    return moment.date() if isinstance(moment, datetime) else moment


def _site(head: Head, first: dict[str, object]) -> str | None:
    """The site's name: what stands for one but is an address or a notice is left out."""
    said = [value for name in _SITE for value in head.tags.get(name, ())]
    said.insert(1 if head.tags.get("og:site_name") else 0, _text(first.get("site")) or "")
    return next((value for value in said if value and not _NO_SITE.match(value)), None)


def _address(head: Head, first: dict[str, object]) -> str | None:
    for value in (
        head.links.get("canonical"),
        head.first("og:url"),
        _text(first.get("url")),
        head.saved_from,
    ):
        try:
            parts = urlsplit(value or "")
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            return value
    return None


def absolute(address: str, base: str | None) -> str | None:
    """A web address in full, or None where it is not one of the web."""
    try:
        whole = urljoin(base or "", address.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return (
        whole if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"\s", whole) else None
    )


# ---------------------------------------------------------------- dates


def _moment(first: dict[str, object], key: str) -> When | None:
    value = first.get(key)
    return value if isinstance(value, Day) else None


def _local(first: When | None, second: When | None) -> When | None:
    """The first of two moments; where both are the same one, in the zone of the newsroom rather than UTC."""
    both = isinstance(first, datetime) and isinstance(second, datetime)
    return second if first is None or (both and first == second) else first


def _stated(head: Head, names: Sequence[str]) -> When | None:
    return next((made for name in names for value in head.tags.get(name, ()) if (made := _read(value))), None)


def _read(value: str) -> When | None:
    return schema_org.when(value) or (dates.taken_apart(value).when if len(value) < 80 else None)


def _printed(near: Sequence[Part]) -> When | None:
    """The date above or below the headline: in a <time>, in a box named for it, or a line that is a date."""
    for part in near:
        for element in part.element.iter("time"):
            if made := _read(element.get("datetime") or ""):
                return made
    lines = [part for part in near if len(part.text) < 120]
    for part in sorted(lines, key=lambda part: not _DATED.search(names_around(part.element))):
        said = dates.taken_apart(part.text)
        if said.when and not said.later:
            return said.when
    return None


def _from_address(url: str | None) -> Day | None:
    found = _IN_ADDRESS.search(url or "")
    return schema_org.when("-".join(found.groups())) if found else None
