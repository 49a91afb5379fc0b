"""What a page is told over its stream of server-sent events, and how many streams there may be.

There is no queue per stream to fill up: a stream sleeps until the generation moves on and then
writes what differs between the generation it last told and the present one. A slow client is
told less often, never more at once, and nobody waits for it.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Literal
from urllib.parse import parse_qs, quote

from sitegen.errors import SiteError
from sitegen.serve import overlay
from sitegen.serve.address import Refusal
from sitegen.serve.resolve import shown_at
from sitegen.serve.snapshot import State

MOST_STREAMS = 256
MOST_ADDRESSES = 500
HEARTBEAT = 5.0  # seconds: only by writing does a server learn that a client has gone
RETRY = b"retry: 1000\n\n"
STILL_HERE = b": still here\n\n"

_POSITION = re.compile(r"([0-9a-f]{8})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Update:
    """What one page missed. All addresses begin with a slash and the base path.

    `page`: the page's own bytes changed; `changed`: what pages load and has other bytes, the first
    MOST_ADDRESSES of them; `styles`: stylesheets to exchange in place; `problems`: the digest of the
    overlay that belongs on the page; `edited`: the page that the editor has just worked on, where a
    page that follows should go.
    """

    epoch: str
    generation: int
    kind: Literal["failed", "content", "style", "same"]
    page: bool
    changed: tuple[str, ...]
    styles: tuple[str, ...]
    problems: str
    edited: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page stands: the run of the preview and the generation that it was made in, its address, and
    the mark of its bytes."""

    epoch: str
    generation: int
    page: str
    mark: str


def since(state: State, at: Position, mark: str, base: str = "") -> Update:
    """What a page at this position has to know. `mark` is that of its address now."""
    paths = sorted(path for path, last in state.changed.items() if last > at.generation)
    styles = sorted(
        path for path, last in state.styles.items() if last > at.generation and path in state.files
    )
    page = mark != at.mark or len(paths) > MOST_ADDRESSES
    kind: Literal["failed", "content", "style", "same"] = (
        "failed" if state.failed else "content" if page or paths else "style" if styles else "same"
    )
    return Update(
        epoch=state.epoch,
        generation=state.generation,
        kind=kind,
        page=page,
        changed=tuple(_address(path, base) for path in paths[:MOST_ADDRESSES]),
        styles=tuple(_address(path, base) for path in styles),
        problems=overlay.digest(state),
        edited=_edited(state, at.generation, base),
    )


def mark_of(state: State, page: str, base: str = "") -> str:
    """The mark of the page that an address now has; "" where that is none of the site's, or cannot be
    rendered."""
    if state.snapshot is None:
        return ""
    name = shown_at(state.snapshot, page, base)
    try:
        return state.snapshot.mark(name) if name else ""
    except SiteError:
        return ""


def _edited(state: State, generation: int, base: str) -> str | None:
    path, at = state.edited
    return _address(path, base) if at > generation and path in state.files else None


def message(update: Update) -> bytes:
    """The update as one server-sent event; its id lets a browser say where a broken line stopped."""
    data = json.dumps(asdict(update), separators=(",", ":"))
    return f"event: update\nid: {update.epoch}-{update.generation}\ndata: {data}\n\n".encode()


def read_position(query: str, last_event_id: str | None) -> Position:
    """Where a page stands that opens a stream.

    A reconnecting browser's Last-Event-ID is newer than the address that it was first given. What is
    not understood gives an empty epoch, and an unknown epoch makes the page load anew.
    """
    values = {name: found[0] for name, found in parse_qs(query, max_num_fields=4).items()}
    match = _POSITION.fullmatch(last_event_id or values.get("since", ""))
    page, mark = values.get("page", "/"), values.get("mark", "")
    return Position(match[1], int(match[2]), page, mark) if match else Position("", -1, page, mark)


class Streams:
    """Counts the open streams, so that they stay bounded."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        self._free = threading.Semaphore(most)

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for one stream. Raises Refusal (503) where all are taken."""
        if not self._free.acquire(blocking=False):
            raise Refusal(503, "Too many pages of this preview are open.")
        try:
            yield
        finally:
            self._free.release()


def _address(path: str, base: str) -> str:
    """The address at which a file is served: "a/index.html" is "/a/"."""
    return quote(f"{base}/{path.removesuffix('index.html') if _is_index(path) else path}")


def _is_index(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")
