"""An item of a feed, or a page by its address → the name and the bytes of a seed.

A seed says itself where it came from: front matter above the words of an item, and above a page's own
bytes, which stay as they came.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from sitegen import frontmatter, records
from sitegen.config import SourceFeed
from sitegen.fetch.client import Answer
from sitegen.fetch.feeds import Item
from sitegen.seeds.decode import decode
from sitegen.seeds.formats.markup import take_apart, words_of
from sitegen.slugs import slugify

_TITLE = re.compile(r"<title[^>]*>(.{1,1000}?)</title", re.IGNORECASE | re.DOTALL)
_LINES = {"list": "- {}"}  # how a label shows in plain text
_OLDEST = 1990
_LONGEST_STANDFIRST = 60  # words


@dataclass(frozen=True, slots=True)
class NewSeed:
    """A seed to write: `stem` and `ending` of its name, `year` for its folder, its bytes, and the
    identity by which it is known again."""

    stem: str
    ending: str
    year: int
    data: bytes
    identity: str = ""


def of_item(item: Item, feed: SourceFeed, identity: str, now: datetime) -> NewSeed | None:
    """The words of an item as a text seed; None where there are none."""
    body = take_apart(item.content or item.summary)
    paragraphs = [
        _LINES.get(piece.label or "", "{}").format(piece.words)
        for piece in body.pieces
        if piece.label not in ("caption", "debris") and piece.words != item.title
    ]
    if not paragraphs:
        return None
    summary = words_of(" ".join(piece.words for piece in take_apart(item.summary).pieces))
    lead = summary if item.content and not _repeats(summary, " ".join(paragraphs)) else ""
    images = [records.plain(image) for image in body.images]
    matter = {"standfirst": lead, "images": images, **_matter(item, feed, now)}
    whole = "\n\n".join([*([item.title] if item.title else []), *paragraphs]) + "\n"
    text = frontmatter.dump({key: matter[key] for key in _ORDER if matter.get(key)}, f"\n{whole}")
    return NewSeed(_stem(item), ".txt", _year(item, now), text.encode(), identity)


def of_page(item: Item, feed: SourceFeed, page: Answer, identity: str, now: datetime) -> NewSeed:
    """The page that an item links to, as it came, below what the feed says of it."""
    matter = {**_matter(item, feed, now), "url": page.url}
    data = with_matter({key: matter[key] for key in _ORDER if matter.get(key)}, kept(page))
    return NewSeed(_stem(item), ".html", _year(item, now), data, identity)


_ORDER = (
    "title", "standfirst", "url", "source", "author", "date", "topics", "lang", "rights", "images", "fetched",
)  # fmt: skip


def _matter(item: Item, feed: SourceFeed, now: datetime) -> dict[str, Any]:
    topics = dict.fromkeys(word.lower() for word in (*feed.topics, *item.topics))
    return {
        "title": item.title,
        "url": item.link,
        "source": feed.source,
        "author": ", ".join(item.authors),
        "date": item.date,
        "topics": list(topics),
        "lang": item.language,
        "rights": feed.rights,
        "fetched": {"feed": feed.url, "item": item.guid, "at": now.date()},
    }


def with_matter(matter: Mapping[str, Any], page: bytes) -> bytes:
    """A page's bytes below front matter; without any where there is nothing to say."""
    return frontmatter.dump(dict(matter), "").encode() + page if matter else page


def kept(page: Answer) -> bytes:
    """A page's bytes as they came; in UTF-8 where only the answer's header says what they are in, for a
    file has no header."""
    if page.charset and not decode(page.body).sure:
        try:
            return page.body.decode(page.charset).encode()
        except (LookupError, UnicodeError):
            pass
    return page.body


def stem_of(page: Answer) -> str:
    """A name for a page: from its title, else from its address."""
    title = title_in(decode(page.body[: 1 << 16]).text)
    last = unquote(urlsplit(page.url).path).rstrip("/").rpartition("/")[2].rpartition(".")
    return slugify(title or last[0] or last[2] or urlsplit(page.url).hostname or "", "page")


def title_in(text: str) -> str:
    """What a page's <title> says."""
    found = _TITLE.search(text)
    return words_of(html.unescape(found.group(1))) if found else ""


def _stem(item: Item) -> str:
    return slugify(item.title or item.link.rstrip("/").rpartition("/")[2], "item")


def _year(item: Item, now: datetime) -> int:
    """The year of the item; of this run where the item has none or one that cannot be."""
    return item.date.year if item.date and _OLDEST <= item.date.year <= now.year else now.year


def _repeats(summary: str, text: str) -> bool:
    """Whether a summary is no standfirst: the first words of the article again, or a piece of it, or long."""
    plain = summary.rstrip(" .…[]")
    return not plain or plain in text or len(plain.split()) > _LONGEST_STANDFIRST
