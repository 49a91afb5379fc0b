"""The bytes of RSS, Atom or JSON Feed → items. Nothing here asks for anything.

Feeds are read as they come: with faults in their XML, without dates, in the wrong character set.
What could not be a feed at all is an error that says what it is instead.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from sitegen import extras
from sitegen.errors import FetchError
from sitegen.seeds.formats.markup import words_of

_FEED_LINK = re.compile(rb"<link\b[^>]{0,500}\btype=[\"']?application/(?:rss|atom|feed)\+[^>]{0,500}>", re.I)
_CONTROLS = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
_HREF = re.compile(rb"\bhref=[\"']?([^\"'\s>]{1,500})", re.I)
_PAGE = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)", re.I | re.S)
_DATES = ("published_parsed", "updated_parsed", "created_parsed")
_MOST_TOPICS, _LONGEST_TOPIC = 12, 60


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed. `guid` is as the feed has it, or ""; `link` a whole web address, or "";
    `content` and `summary` may be markup; `date` is aware."""

    guid: str
    link: str
    title: str
    authors: tuple[str, ...] = ()
    date: datetime | None = None
    topics: tuple[str, ...] = ()
    content: str = ""
    summary: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's items, newest first; `fault` says what is wrong with its form where it could be read."""

    title: str
    items: tuple[Item, ...]
    fault: str | None = None


def read(data: bytes, url: str, content_type: str = "") -> Feed:
    """The feed in these bytes, which came from `url`.

    Raises FetchError: fetch-extra-missing without feedparser, fetch-no-feed.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _newest_first(_json(data, url))
    try:
        import feedparser  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise FetchError(
            "feeds need the extra “feeds”", code="fetch-extra-missing", hint=extras.install("feeds")
        ) from None
    if _PAGE.match(data[:2000]):
        raise _no_feed("this is a web page, not a feed", _named_in(data, url))
    try:
        # A stream, never the bytes themselves: feedparser takes those for a file's name first.
        found = feedparser.parse(
            io.BytesIO(data),
            # Without the feed's address: it would become a part of every guid that looks like a path.
            response_headers={"content-type": content_type or "application/xml"},
            sanitize_html=False,  # words alone are taken from the markup
        )
    except Exception as error:  # whatever strangers' bytes make it raise is a fault of this feed
        raise _no_feed(f"this feed cannot be read: {type(error).__name__}", None) from None
    if not found.get("version") and not found.entries:
        raise _no_feed("this is no RSS, Atom or JSON feed", None)
    language = _text(found.feed.get("language"))
    items = tuple(_item(entry, url, language) for entry in found.entries)
    fault = _fault(found.get("bozo_exception")) if found.bozo else None
    return _newest_first(Feed(_text(found.feed.get("title")), items, fault))


def _newest_first(feed: Feed) -> Feed:
    """By date where every item has one, else as the feed has them, which is mostly the same."""
    dated = [(item.date, item) for item in feed.items if item.date]
    if len(dated) < len(feed.items):
        return feed
    ordered = sorted(dated, key=lambda pair: pair[0], reverse=True)
    return Feed(feed.title, tuple(item for _, item in ordered), feed.fault)


def _no_feed(message: str, hint: str | None) -> FetchError:
    return FetchError(message, code="fetch-no-feed", hint=hint or "the address of the feed itself is needed")


def _named_in(data: bytes, url: str) -> str | None:
    """The feed that a page names as its own."""
    link = _FEED_LINK.search(data)
    href = _HREF.search(link.group()) if link else None
    return f"it names this feed: {_address(href.group(1).decode('utf-8', 'replace'), url)}" if href else None


def _fault(error: object) -> str | None:
    """What feedparser complains of; a character set that differs from what was said is no harm."""
    if type(error).__name__ in ("CharacterEncodingOverride", "NonXMLContentType", "NoneType"):
        return None
    line = getattr(error, "getLineNumber", lambda: None)()
    return "not well-formed" + (f", line {line}" if line else "")


def _item(entry: Mapping[str, Any], url: str, language: str) -> Item:
    contents = [_string(part.get("value")) for part in entry.get("content") or ()]
    summary = _string(entry.get("summary"))
    content = max(contents, key=len, default="")
    dated = [entry[key] for key in _DATES if key in entry]  # get() would try other keys, and warn of it
    when = next(filter(None, dated), None)
    people = entry.get("authors") or ()
    return Item(
        guid=_string(entry.get("id")).strip(),
        link=_address(_string(entry.get("link")), url),
        title=_text(entry.get("title")),
        authors=_distinct(_text(person.get("name")) for person in people),
        date=_moment(tuple(when[:6])) if when else None,
        topics=_topics(tag.get("term") for tag in entry.get("tags") or ()),
        content=content,
        summary=summary if summary != content else "",
        language=_text(entry.get("language")) or language or None,
    )


def _moment(parts: tuple[int, ...]) -> datetime | None:
    try:
        return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]
    except (ValueError, TypeError):
        return None


def _json(data: bytes, url: str) -> Feed:
    """https://jsonfeed.org/version/1.1; 1.0 differs in `author`."""
    try:
        whole = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise _no_feed("this begins like JSON and is none", None) from None
    if not isinstance(whole, dict) or "jsonfeed.org" not in _string(whole.get("version")):
        raise _no_feed("this is JSON, but no JSON Feed", None)
    found = whole.get("items")
    items = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    language = _text(whole.get("language"))
    return Feed(_text(whole.get("title")), tuple(_json_item(one, url, language) for one in items))


def _json_item(one: Mapping[str, Any], url: str, language: str) -> Item:
    people = one["authors"] if isinstance(one.get("authors"), list) else [one.get("author")]
    tags = one["tags"] if isinstance(one.get("tags"), list) else []
    identity = one.get("id")
    return Item(
        guid=_string(str(identity)).strip() if isinstance(identity, str | int | float) else "",
        link=_address(_string(one.get("url")) or _string(one.get("external_url")), url),
        title=_text(one.get("title")),
        authors=_distinct(_text(person.get("name")) for person in people if isinstance(person, dict)),
        date=_iso(one.get("date_published")),
        topics=_topics(tags),
        content=_string(one.get("content_html")) or _string(one.get("content_text")),
        summary=_string(one.get("summary")),
        language=_text(one.get("language")) or language or None,
    )


def _iso(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_string(value).strip())
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def _string(value: object) -> str:
    """A text that a file can hold: JSON may have halves of letters, feeds what no keyboard types."""
    if not isinstance(value, str):
        return ""
    return _CONTROLS.sub(" ", value.encode("utf-8", "replace").decode())


def _text(value: object) -> str:
    """Words on one line, without markup and without what no file should hold."""
    return "".join(letter for letter in words_of(_string(value)) if letter.isprintable())


def _distinct(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _topics(said: Any) -> tuple[str, ...]:
    words = (_text(word) for word in said)
    return _distinct(word for word in words if len(word) <= _LONGEST_TOPIC and "," not in word)[:_MOST_TOPICS]


def _address(said: str, base: str) -> str:
    """A whole web address, or "": what is no web address is not carried on."""
    try:
        whole = urljoin(base, said.strip()) if said.strip() else ""
        parts = urlsplit(whole)
        fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    return whole if fine and whole.isprintable() and " " not in whole else ""
