"""The local preview: watch the digest's folder, rebuild in memory, serve, and reload the browser.

    watch    the folder → bursts of changes
    rebuild  bursts → snapshots; a failure keeps the last good site
    snapshot the one current state, swapped atomically
    server   HTTP over loopback; what it answers is decided in `respond` and `events`
    overlay  the problems over the page, and the reload client's tag
    site     the digest's folder → snapshots, by way of `build`
    panel    what conversion found in an article, and the editor's corrections to it

Nothing is written to the output folder and no lock is taken.
"""

from __future__ import annotations

import queue
import secrets
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import FrameType

from sitegen.desk import Desk
from sitegen.serve.address import is_loopback
from sitegen.serve.rebuild import Rebuild, keep_rebuilding
from sitegen.serve.server import open_server
from sitegen.serve.site import rebuilding
from sitegen.serve.snapshot import Snapshot, Stage
from sitegen.serve.watch import Watcher

__all__ = ["Rebuild", "Snapshot", "rebuilding", "serve"]

_LAST_BUILD = 5.0  # seconds that a rebuild may still take at the end; it holds nothing that could be damaged


def serve(
    root: Path,
    rebuild: Rebuild,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    base: str = "",
    ignore: Callable[[str], bool] | None = None,
    stop: threading.Event | None = None,
    desk: Desk | None = None,
    on_ready: Callable[[str], None],
    log: Callable[[str], None],
) -> None:
    """Serve the digest in `root` until SIGINT, SIGTERM or `stop`.

    `rebuild` gets the relative paths that changed, or None for the first build and whenever the
    single files are not known; it returns the whole site, and may raise anything. It runs in one
    thread of its own, never twice at a time. `base` ("/repo") is the path under which the site
    stands. With a `desk` there is an editor's panel beside each article. `on_ready` is called once,
    with the address, after the first build; `log` gets lines for the terminal, from several threads.
    Raises UsageError where no port can be had.
    """
    stage = Stage(token=secrets.token_urlsafe(24) if desk else "")
    ready = threading.Event()
    base = base.rstrip("/")
    say = _unbreakable(log)
    if not is_loopback(host):
        say(f"warning: everybody who can reach {host} can read this preview, drafts and all")
    with (
        _signals() as signals,
        closing(open_server(stage, host, port, base=base, log=say, desk=desk)) as server,
        Watcher(root, ignore=ignore, log=say) as watcher,
    ):
        worker = threading.Thread(
            target=keep_rebuilding,
            args=(rebuild, watcher.bursts(lambda: stage.state.due), stage, say, ready.set),
            name="rebuild",
            daemon=True,
        )
        server.start()
        worker.start()
        told = False
        while not _ended(signals, stop):
            if ready.is_set() and not told:
                told = True
                on_ready(server.url)
        stage.close()
        watcher.changes.close()
        worker.join(_LAST_BUILD)


def _ended(signals: queue.SimpleQueue[int], stop: threading.Event | None) -> bool:
    try:
        signals.get(timeout=0.1)
    except queue.Empty:
        return stop is not None and stop.is_set()
    return True


def _unbreakable(log: Callable[[str], None]) -> Callable[[str], None]:
    """A closed terminal must not end the thread that wanted to say something."""

    def say(line: str) -> None:
        with suppress(OSError, ValueError):
            log(line)

    return say


@contextmanager
def _signals() -> Iterator[queue.SimpleQueue[int]]:
    """SIGINT and SIGTERM as items of a queue; a second one does what it always did.

    A queue, because an Event must not be set from a signal handler: it could be waiting in the very
    lock that it needs. Handlers can be set in the main thread only; elsewhere the queue stays empty.
    """
    arrived: queue.SimpleQueue[int] = queue.SimpleQueue()
    before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def arrive(number: int, frame: FrameType | None) -> None:
        restore()
        arrived.put(number)

    if threading.current_thread() is threading.main_thread():
        before = {number: signal.signal(number, arrive) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield arrived
    finally:
        restore()
