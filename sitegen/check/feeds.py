"""Feeds by the rules of their standards: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1, and sitemaps.

What the W3C's feed validation service calls an error is one here, as far as it can be seen without
the network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Fault = tuple[str, int | None]

_ATOM = "{http://www.w3.org/2005/Atom}"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_JSON_FEED = "https://jsonfeed.org/version/"


def faults(data: bytes, name: str) -> Iterator[Fault]:
    """What is wrong with a feed or a sitemap, with the line where it is known; nothing for other files."""
    if name.endswith(".json"):
        yield from _json(data)
        return
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield "a feed has no document type", None
        return
    try:
        top = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        yield f"this is not XML: {error.msg}", error.position[0]
        return
    check = _KINDS.get(top.tag)
    if check:
        for message in check(top):
            yield message, None


def _rss(top: Element) -> Iterator[str]:
    channel = top.find("channel")
    if channel is None:
        yield "an RSS feed has one channel"
        return
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip() and name != "description":
            yield f"the channel has no {name}"
    items = channel.findall("item")
    for item in items:
        if not (item.findtext("title") or item.findtext("description")):
            yield "an item has neither a title nor a description"
        link = item.findtext("link")
        if link is not None and not _absolute(link):
            yield f"the link {link} is no whole address"
        date = item.findtext("pubDate")
        if date is not None and not _rfc822(date):
            yield f"“{date}” is no date as RFC 822 writes them"
    yield from _twice([item.findtext("guid") or "" for item in items], "guid")


def _atom(top: Element) -> Iterator[str]:
    entries = top.findall(f"{_ATOM}entry")
    for one in (top, *entries):
        what = "an entry" if one is not top else "the feed"
        for name in ("id", "title", "updated"):
            if one.find(f"{_ATOM}{name}") is None:
                yield f"{what} has no {name}"
        updated = one.findtext(f"{_ATOM}updated")
        if updated is not None and not _rfc3339(updated):
            yield f"“{updated}” is no time as RFC 3339 writes them"
        if not _absolute(one.findtext(f"{_ATOM}id") or ""):
            yield f"the id of {what} is no whole address"
    if top.find(f"{_ATOM}author") is None and any(entry.find(f"{_ATOM}author") is None for entry in entries):
        yield "neither the feed nor each of its entries has an author"
    yield from _twice([entry.findtext(f"{_ATOM}id") or "" for entry in entries], "id")


def _sitemap(top: Element) -> Iterator[str]:
    places = [entry.findtext(f"{_MAP}loc") or "" for entry in top.findall(f"{_MAP}url")]
    if len(places) > 50_000:
        yield "a sitemap holds 50,000 addresses at most"
    for place in places:
        if not _absolute(place):
            yield f"{place} is no whole address"
    for entry in top.findall(f"{_MAP}url"):
        changed = entry.findtext(f"{_MAP}lastmod")
        if changed is not None and not _day(changed):
            yield f"“{changed}” is no date"
    yield from _twice(places, "address")


_KINDS: dict[str, Callable[[Element], Iterator[str]]] = {
    "rss": _rss,
    f"{_ATOM}feed": _atom,
    f"{_MAP}urlset": _sitemap,
}


def _json(data: bytes) -> Iterator[Fault]:
    try:
        made: Any = json.loads(data)
    except ValueError as error:
        yield f"this is not JSON: {error}", getattr(error, "lineno", None)
        return
    if not isinstance(made, dict) or not str(made.get("version", "")).startswith(_JSON_FEED):
        return
    if not made.get("title"):
        yield "the feed has no title", None
    items = made.get("items")
    if not isinstance(items, list):
        yield "the feed has no list of items", None
        return
    for item in items:
        if not item.get("id"):
            yield "an item has no id", None
        if not (item.get("content_html") or item.get("content_text")):
            yield "an item has neither content_html nor content_text", None
        for key in ("url", "external_url", "image"):
            if key in item and not _absolute(str(item[key])):
                yield f"the {key} {item[key]} is no whole address", None
        for key in ("date_published", "date_modified"):
            if key in item and not _rfc3339(str(item[key])):
                yield f"“{item[key]}” is no time as RFC 3339 writes them", None
    for message in _twice([str(item.get("id", "")) for item in items], "id"):
        yield message, None


def _twice(values: list[str], what: str) -> Iterator[str]:
    for value in sorted({value for value in values if value and values.count(value) > 1}):
        yield f"the {what} {value} stands twice"


def _absolute(address: str) -> bool:
    parts = urlsplit(address.strip())
    return bool(parts.scheme and (parts.netloc or parts.scheme in ("urn", "tag")))


def _rfc822(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None or text.strip().endswith("-0000")
    except (ValueError, TypeError):
        return False


def _rfc3339(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
