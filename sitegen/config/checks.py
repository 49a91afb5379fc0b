"""What a value of sitegen.yaml must be like, beyond its type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sitegen import records
from sitegen.config.settings import (
    EmailConfig,
    FeedConfig,
    PicturesConfig,
    RobotsConfig,
    SiteConfig,
    SourceFeed,
)


def faults(config: SiteConfig) -> Iterator[records.Fault]:
    """What is wrong in the sections of a config."""
    yield from _check_feeds(config.feeds)
    yield from _check_feed(config.feed)
    yield from _check_robots(config.robots)
    yield from _check_email(config.email)
    yield from _check_pictures(config.pictures)


def _check_url(url: Any) -> str | None:
    parts = urlsplit(str(url))
    fine = parts.scheme in ("http", "https") and parts.netloc and not parts.query and not parts.fragment
    return None if fine else "“url” must be the whole address of the site"


def _check_zone(name: Any) -> str | None:
    try:
        ZoneInfo(str(name))
    except (OSError, ValueError, KeyError):  # not there, a path, a folder: zoneinfo raises them all
        return f"“{name}” is no time zone"
    return None


def _check_page_size(size: Any) -> str | None:
    return None if not isinstance(size, int) or size > 0 else "“page_size” must be a whole number above 0"


def _check_feeds(feeds: tuple[SourceFeed, ...]) -> Iterator[records.Fault]:
    """Feeds are asked by machines: their addresses are whole, hold no password, and stand once."""
    seen: set[str] = set()
    for number, feed in enumerate(feeds):
        key = ("feeds", number, "url")
        try:
            parts = urlsplit(feed.url)
            whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            whole = False
        if not whole or not feed.url.isprintable() or " " in feed.url:
            hint = "for example https://courier.example/feed.xml"
            yield records.Fault(key, "“url” must be the whole address of a feed", "config-feeds", hint)
        elif "@" in parts.netloc:
            hint = "this file is for everybody to read"
            yield records.Fault(key, "a feed's address holds no name and password", "config-feeds", hint)
        elif feed.url in seen:
            yield records.Fault(key, "this feed is named twice", "config-feeds", "take one of them away")
        seen.add(feed.url)
        if feed.items < 1:
            wrong = "“items” must be a whole number above 0"
            yield records.Fault(("feeds", number, "items"), wrong, "config-feeds")


def _check_feed(feed: FeedConfig) -> Iterator[records.Fault]:
    if feed.items < 1:
        wrong = "“items” must be a whole number above 0"
        yield records.Fault(("feed", "items"), wrong, "config-feed", "`of: []` makes no feeds")
    if feed.hub and _check_url(feed.hub):
        hint = "for example https://hub.example/"
        yield records.Fault(("feed", "hub"), "“hub” must be a whole address", "config-feed", hint)


def _check_robots(robots: RobotsConfig) -> Iterator[records.Fault]:
    for number, name in enumerate(robots.refuse):
        if not re.fullmatch(r"[A-Za-z0-9_.*-]+", name):
            hint = "the name alone, as its operator writes it: ExampleBot"
            yield records.Fault(
                ("robots", "refuse", number), f"“{name}” is no name of a crawler", "config-robots", hint
            )


# An address, or what a service puts one in place of: {{ unsubscribe }} *|UNSUB|* %unsubscribe_url%
_UNSUBSCRIBE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+|[{*%\[][^<>\"]*[}*%\]]")


def _check_email(email: EmailConfig) -> Iterator[records.Fault]:
    if email.sender and mailbox(email.sender) is None:
        hint = "for example “The Harbour Wire <news@wire.example>”"
        yield records.Fault(("email", "sender"), "“sender” must hold a mail address", "config-email", hint)
    if email.unsubscribe and not _UNSUBSCRIBE.fullmatch(email.unsubscribe):
        hint = "a whole address, or what your service writes there, such as “{{ unsubscribe }}”"
        wrong = "“unsubscribe” is neither an address nor a placeholder"
        yield records.Fault(("email", "unsubscribe"), wrong, "config-email", hint)


_ADDRESS = r"[^\s<>,;:\"()@\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_MAILBOX = re.compile(rf"(?:(?P<name>[^<>@]+?)\s*<(?P<named>{_ADDRESS})>|(?P<bare>{_ADDRESS}))")


def mailbox(text: str) -> tuple[str, str] | None:
    """Name and address of `Name <address>` or of an address alone; None for anything else."""
    found = _MAILBOX.fullmatch(text.strip()) if text.isprintable() else None
    return ((found["name"] or "").strip('" '), found["named"] or found["bare"]) if found else None


def _check_pictures(pictures: PicturesConfig) -> Iterator[records.Fault]:
    for number, width in enumerate(pictures.widths):
        if not 16 <= width <= 8192:
            wrong = f"{width} is no width of a picture: 16 to 8192 pixels"
            yield records.Fault(("pictures", "widths", number), wrong, "config-pictures")
    if not 1 <= pictures.quality <= 100:
        yield records.Fault(("pictures", "quality"), "“quality” is a number from 1 to 100", "config-pictures")


# By key of the site: what says that its value is wrong, and a hint.
VALUES = {
    "url": (_check_url, "for example https://example.org/digest/"),
    "timezone": (_check_zone, "time zones are written like Europe/Lisbon"),
    "page_size": (_check_page_size, None),
}
