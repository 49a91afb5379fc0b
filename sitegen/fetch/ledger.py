"""What has been fetched, so that nothing comes twice and nothing that an editor deleted comes back.

`seeds/.fetched` is committed: a line for each item, its identity and the seed it became, sorted, so that
two branches merge line by line. `.sitegen/feeds.json` may be lost: it holds what hosts said of the state of
their feeds, which saves asking for them again in full.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from sitegen import records
from sitegen.config import SourceFeed
from sitegen.errors import FetchError
from sitegen.fetch.feeds import Item
from sitegen.output.disk import write_durably

FETCHED = "seeds/.fetched"
FEEDS = ".sitegen/feeds.json"
_HEAD = "# What `sitegen fetch` brought: an item, and the seed it became. Commit this file.\n"
_LONGEST = 300
_WORLDWIDE = ("http://", "https://", "tag:", "urn:")


def identity(item: Item, feed: SourceFeed) -> str:
    """By what an item is known again: its guid, else its link, else its title, as one printable word.

    A guid that is unique in its feed only gets the item's host with it, which stays when a feed moves.
    """
    name = (
        item.guid
        or item.link
        or sha256(f"{item.title}\n{item.content or item.summary}".encode(errors="replace")).hexdigest()
    )
    if not name.lower().startswith(_WORLDWIDE):
        name = f"{urlsplit(item.link or feed.url).hostname}:{name}"
    word = quote(name, safe="/:?&=#+,;@!$'()*[]~", errors="replace")
    return word if len(word) <= _LONGEST else f"{word[:200]}…{sha256(word.encode()).hexdigest()[:16]}"


def read(root: Path) -> dict[str, str]:
    """Identity → seed, of everything fetched so far. Raises FetchError, fetch-ledger: without this file
    all would come again, so one that cannot be read is not taken for an empty one."""
    try:
        text = (root / FETCHED).read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise FetchError(
            f"what was fetched before cannot be read: {error}", code="fetch-ledger", path=FETCHED,
            hint="restore the file with git; without it everything would come again",
        ) from None  # fmt: skip
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {words[0]: words[1] if len(words) > 1 else "" for words in lines if words}


def add(root: Path, new: Mapping[str, str]) -> None:
    """Remember more items; nothing is written where there are none."""
    if new:
        _write(root, {**read(root), **new})


def forget(root: Path, seeds: Collection[str]) -> None:
    """Take the names of these seeds out of the file. Their items are remembered, or they would come again."""
    known = read(root)
    if any(seed in seeds for seed in known.values()):
        _write(root, {name: "" if seed in seeds else seed for name, seed in known.items()})


def _write(root: Path, known: Mapping[str, str]) -> None:
    lines = sorted(f"{name} {seed}".rstrip() + "\n" for name, seed in known.items())
    write_durably(root / FETCHED, (_HEAD + "".join(lines)).encode())


@dataclass(frozen=True, slots=True)
class Seen:
    """What a host said of a feed's state, for which settings of the feed, and the items that it had then.
    `wait` is the time before which the host wants no question."""

    etag: str = ""
    modified: str = ""
    settings: str = ""
    items: tuple[str, ...] = ()
    wait: str = ""

    def headers(self, feed: SourceFeed, known: Collection[str]) -> dict[str, str]:
        """The conditions of the next request; none where the settings are new or an item of then is no
        longer known here: a host that answers “unchanged” would never give it again."""
        if self.settings != settings_of(feed) or not all(name in known for name in self.items):
            return {}
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}

    def waits(self, now: datetime) -> bool:
        try:
            return bool(self.wait) and now < datetime.fromisoformat(self.wait)
        except (ValueError, TypeError):
            return False


def settings_of(feed: SourceFeed) -> str:
    return sha256(repr(feed).encode()).hexdigest()[:16]


def read_cache(path: Path) -> dict[str, Any]:
    """A cache of ours; one that is damaged or not there is empty."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def write_cache(path: Path, data: Mapping[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, text.encode(errors="replace"))


def read_seen(root: Path) -> dict[str, Seen]:
    """What hosts said of their feeds, by the feed's address."""
    made = ((url, records.build(Seen, said)[0]) for url, said in read_cache(root / FEEDS).items())
    return {url: seen for url, seen in made if seen}


def write_seen(root: Path, seen: Mapping[str, Seen]) -> None:
    write_cache(root / FEEDS, {url: records.plain(said) for url, said in seen.items()})
