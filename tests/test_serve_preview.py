"""The preview as a whole: it serves, follows changes, survives faults, tells its pages, and ends cleanly."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sitegen.desk import Desk
from sitegen.errors import ContentError, Problem, UsageError
from sitegen.serve import Snapshot, serve
from sitegen.serve.server import open_server
from sitegen.serve.snapshot import Stage

PATIENCE = 30.0  # seconds: how long a machine may take before a test gives up, not how long it should take

HEADERS = b"/*\n  Content-Security-Policy: default-src 'none'; style-src 'self'; img-src data:\n"
PAGE = '<!doctype html>\n<html lang="en"><head><title>{name}</title><link rel="icon" href="data:,">'
PAGE += '<link rel="stylesheet" href="/{css}">'
PAGE += '</head>\n<body><main id="text">{text}</main><div id="tall"></div></body></html>\n'


def small_site(root: Path) -> Snapshot:
    """A site of one page per content file; a file that begins with "bad" is refused."""
    style = (root / "static/site.css").read_bytes()
    css = f"assets/site.{hashlib.sha256(style).hexdigest()[:12]}.css"
    files = {
        css: style,
        "404.html": PAGE.format(name="404", text="Nothing here.", css=css).encode(),
        "_headers": HEADERS,
        "_redirects": b"/old/ /a/ 302\n",
    }
    pictures = {path.name: path.read_bytes() for path in root.glob("static/*.png")}
    for path in sorted(root.glob("content/*.md")):
        text = path.read_text(encoding="utf-8").strip()
        name = path.relative_to(root).as_posix()
        if text.startswith("bad"):
            raise ContentError.of(
                [
                    Problem("<b>no</b> such thing", "test-bad", name, 1, 5, "say <i>good</i>", text),
                    Problem("and another", "test-more", name, 2),
                ]
            )
        page = "index.html" if path.stem == "index" else f"{path.stem}/index.html"
        files[page] = PAGE.format(name=path.stem, text=text, css=css).encode()
    return Snapshot({**files, **pictures}, assets={css: style, **pictures})


def write_digest(root: Path, **pages: str) -> Path:
    (root / "content").mkdir(parents=True)
    (root / "static").mkdir()
    (root / "static/site.css").write_text(
        "main { color: rgb(1, 2, 3) }\n#tall { height: 4000px }\n", encoding="utf-8"
    )
    for name, text in {"index": "Welcome.", "a": "First.", **pages}.items():
        (root / f"content/{name}.md").write_text(text, encoding="utf-8")
    return root


def save(path: Path, text: str) -> None:
    """As editors do it: a new file beside the old one, moved onto it."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


class ClosedTerminal:
    """A log that cannot be written."""

    def put(self, line: str) -> None:
        raise BrokenPipeError

    def get(self, timeout: float) -> str:
        raise AssertionError("nothing is logged")


@dataclass
class Preview:
    """A running preview, its log, and what its rebuilds were told."""

    root: Path
    url: str = ""
    log: queue.SimpleQueue[str] | ClosedTerminal = field(default_factory=queue.SimpleQueue)
    told: queue.SimpleQueue[frozenset[str] | None] = field(default_factory=queue.SimpleQueue)

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return str(parts.hostname), int(parts.port or 0)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection(*self.address, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def position(self, path: str) -> str:
        """The query with which the page at this path opens its stream."""
        said = dict(re.findall(r'data-(epoch|generation|mark)="([^"]*)"', self.get(path)[2]))
        return f"?page={path}&since={said['epoch']}-{said['generation']}&mark={said['mark']}"

    def logged(self, words: str) -> str:
        """Wait for a line with these words."""
        while words not in (line := self.log.get(timeout=PATIENCE)):
            pass
        return line

    @contextmanager
    def stream(self, query: str = "", **headers: str) -> Iterator[Callable[[], dict[str, object]]]:
        """An open stream of events; calling it waits for the next update."""
        connection = http.client.HTTPConnection(*self.address, timeout=PATIENCE)
        connection.request("GET", f"/.sitegen/events{query}", headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"

        def following() -> dict[str, object]:
            while not (line := answer.readline()).startswith(b"data: "):
                assert line, "the stream ended"
            update: dict[str, object] = json.loads(line[6:])
            return update

        try:
            yield following
        finally:
            answer.close()
            connection.close()


def threads() -> set[threading.Thread]:
    """Those that run now, but for the alarm clocks of tests."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading.Timer)}


@contextmanager
def running(
    root: Path,
    rebuild: Callable[[frozenset[str] | None], Snapshot] | None = None,
    *,
    base: str = "",
    desk: Desk | None = None,
) -> Iterator[Preview]:
    """A preview in a thread; at the end it has stopped and left no thread behind."""
    preview = Preview(root)
    stop, ready = threading.Event(), threading.Event()
    before = threads()

    def recorded(changed: frozenset[str] | None) -> Snapshot:
        preview.told.put(changed)
        return rebuild(changed) if rebuild else small_site(root)

    def on_ready(url: str) -> None:
        preview.url = url
        ready.set()

    thread = threading.Thread(
        target=serve,
        args=(root, recorded),
        kwargs={
            "port": 0,
            "base": base,
            "stop": stop,
            "desk": desk,
            "on_ready": on_ready,
            "log": lambda line: preview.log.put(line),
        },
    )
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        yield preview
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()
        assert threads() <= before


# ---------------------------------------------------------------- following changes


def test_a_saved_file_is_rebuilt_served_and_told(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    with running(root) as preview:
        assert preview.told.get(timeout=PATIENCE) is None
        with preview.stream("?page=/a/") as following:
            first = following()
            save(root / "content/a.md", "Second.")
            update = following()
            # The bytes are there before a page hears of them.
            assert "Second." in preview.get("/a/")[2]
        assert preview.told.get(timeout=PATIENCE) == frozenset({"content/a.md"})
        assert update["page"] is True
        assert update["kind"] == "content"
        assert update["changed"] == []
        assert update["epoch"] == first["epoch"]
        assert isinstance(update["generation"], int) and isinstance(first["generation"], int)
        assert update["generation"] > first["generation"]


def test_a_page_whose_bytes_did_not_change_is_not_told_to_reload(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    with running(root) as preview, preview.stream("?page=/a/") as following:
        following()
        save(root / "content/index.md", "Welcome back.")
        update = following()
        assert (update["page"], update["changed"]) == (False, [])


def test_a_stylesheet_is_exchanged_though_its_hashed_name_is_in_every_page(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    with running(root) as preview, preview.stream("?page=/a/") as following:
        following()
        save(root / "static/site.css", "main { color: rgb(4, 5, 6) }\n")
        update = following()
        assert (update["kind"], update["page"], update["changed"]) == ("style", False, [])
        assert isinstance(update["styles"], list)
        address = str(update["styles"][0])
        assert "rgb(4, 5, 6)" in preview.get(address)[2]
        assert address in preview.get("/a/")[2]


def test_a_page_that_was_away_catches_up(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    (root / "static/a.png").write_bytes(b"1")
    with running(root) as preview:
        old = preview.position("/a/")
        with preview.stream("?page=/a/") as following:
            following()
            save(root / "content/a.md", "Second.")
            following()
            new = preview.position("/a/")
            (root / "static/a.png").write_bytes(b"22")
            last = following()
        with preview.stream(old) as following:
            update = following()
            assert (update["page"], update["changed"]) == (True, ["/a.png"])
        with preview.stream(new) as following:
            update = following()
            assert (update["page"], update["changed"]) == (False, ["/a.png"])
        # A reconnecting browser says where it was in a header, which is newer than the address.
        with preview.stream(new, **{"Last-Event-ID": f"{last['epoch']}-{last['generation']}"}) as following:
            save(root / "content/a.md", "Third.")
            update = following()
            assert (update["page"], update["changed"]) == (True, [])


def test_the_clock_alone_can_change_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.serve.watch._CHECK", 0.05)
    root = write_digest(tmp_path / "digest")
    come = threading.Event()
    late = {"late/index.html": b"<p>Come.</p>"}

    def rebuild(changed: frozenset[str] | None) -> Snapshot:
        files = {**small_site(root).files, **(late if come.is_set() else {})}
        return Snapshot(files, due=lambda: come.is_set() and "late/index.html" not in files)

    with running(root, rebuild) as preview, preview.stream("?page=/late/") as following:
        assert following()["page"] is True  # it has no mark yet
        assert preview.get("/late/")[0] == 404
        come.set()
        assert following()["page"] is True
        assert "Come." in preview.get("/late/")[2]
        assert [preview.told.get(timeout=PATIENCE) for _ in range(2)] == [None, frozenset()]
        assert preview.told.empty()


def test_nothing_is_told_where_a_rebuild_changes_nothing(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    with running(root) as preview, preview.stream("?page=/a/") as following:
        first = following()
        preview.told.get(timeout=PATIENCE)
        save(root / "content/a.md", "First.")
        assert preview.told.get(timeout=PATIENCE) == frozenset({"content/a.md"})
        save(root / "content/a.md", "Second.")
        second = following()
        assert second["generation"] == int(str(first["generation"])) + 1


# ---------------------------------------------------------------- faults


def test_an_error_lies_over_the_last_good_site_and_goes_when_mended(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    with running(root) as preview, preview.stream("?page=/a/") as following:
        assert following()["problems"] == ""
        save(root / "content/a.md", "bad <script>alert(1)</script>")
        broken = following()
        assert (broken["kind"], broken["page"], broken["changed"]) == ("failed", False, [])
        status, _, page = preview.get("/a/")
        assert status == 200
        assert "First." in page
        assert "content/a.md:1:5: error: &lt;b&gt;no&lt;/b&gt; such thing [test-bad]" in page
        assert "    1 | bad &lt;script&gt;alert(1)&lt;/script&gt;\n      |     ^" in page
        assert "say &lt;i&gt;good&lt;/i&gt;" in page
        assert "content/a.md:2: error: and another" in page
        assert "<script>alert" not in page
        assert broken["problems"] in page  # type: ignore[operator]
        assert preview.get("/.sitegen/overlay")[2] in page
        assert "[test-bad]" in preview.logged("content/a.md:1:5")
        assert "[test-more]" in preview.logged("content/a.md:2")
        save(root / "content/a.md", "Mended.")
        mended = following()
        assert (mended["problems"], mended["page"]) == ("", True)
        page = preview.get("/a/")[2]
        assert "Mended." in page
        assert "sitegen-problems" not in page
        preview.logged("mended")


def test_what_failed_is_told_again_with_the_next_change(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    with running(root) as preview, preview.stream() as following:
        following()
        assert preview.told.get(timeout=PATIENCE) is None
        save(root / "content/a.md", "bad")
        following()
        assert preview.told.get(timeout=PATIENCE) == frozenset({"content/a.md"})
        save(root / "content/index.md", "bad as well")
        assert preview.told.get(timeout=PATIENCE) == frozenset({"content/a.md", "content/index.md"})


def test_a_first_build_that_fails_serves_the_error_and_then_the_site(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest", a="bad from the start")
    with running(root) as preview:
        status, _, page = preview.get("/a/")
        assert status == 503
        assert "The site could not be built" in page
        assert "content/a.md:1:5" in page
        with preview.stream("?page=/nowhere/") as following:
            following()
            save(root / "content/a.md", "Good.")
            assert following()["page"] is True
        assert "Good." in preview.get("/a/")[2]


@pytest.mark.parametrize("error", [ZeroDivisionError("by <zero>"), SystemExit(3), RecursionError()], ids=repr)
def test_nothing_that_a_rebuild_raises_ends_the_preview(tmp_path: Path, error: BaseException) -> None:
    root = write_digest(tmp_path / "digest")
    fail = threading.Event()

    def rebuild(changed: frozenset[str] | None) -> Snapshot:
        if fail.is_set():
            raise error
        return small_site(root)

    with running(root, rebuild) as preview, preview.stream() as following:
        following()
        fail.set()
        save(root / "content/a.md", "Second.")
        following()
        page = preview.get("/a/")[2]
        assert "First." in page
        assert f"unexpected {type(error).__name__}" in page
        assert "Traceback" not in page
        fail.clear()
        save(root / "content/index.md", "Welcome back.")
        following()
        assert "Second." in preview.get("/a/")[2]
        # What happened in between is not known, so the rebuild looks at everything.
        told = [preview.told.get(timeout=PATIENCE) for _ in range(3)]
        assert told == [None, frozenset({"content/a.md"}), None]


def test_warnings_are_shown_without_standing_in_the_way(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    warning = Problem("looks odd", "test-odd", "content/a.md", 1, severity="warning")

    def rebuild(changed: frozenset[str] | None) -> Snapshot:
        return Snapshot(small_site(root).files, (warning,))

    with running(root, rebuild) as preview:
        page = preview.get("/a/")[2]
        assert "<details><summary>The site has 1 warning.</summary>" in page
        assert "content/a.md:1: warning: looks odd" in page
        preview.logged("looks odd")


# ---------------------------------------------------------------- streams


def test_streams_are_bounded_and_do_not_stop_the_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.serve.events.Streams.__init__.__defaults__", (3,))
    root = write_digest(tmp_path / "digest")
    with running(root) as preview, ExitStack() as stack:
        streams = [stack.enter_context(preview.stream("?page=/a/")) for _ in range(3)]
        for following in streams:
            following()
        assert preview.get("/.sitegen/events")[0] == 503
        assert preview.get("/a/")[0] == 200
        save(root / "content/a.md", "Second.")
        assert [following()["page"] for following in streams] == [True] * 3


def test_clients_that_read_nothing_hold_nobody_up(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest")
    with running(root) as preview, preview.stream("?page=/a/") as following:
        following()
        slow = [socket.create_connection(preview.address, timeout=PATIENCE) for _ in range(20)]
        request = f"GET /.sitegen/events HTTP/1.1\r\nHost: localhost:{preview.address[1]}\r\n\r\n"
        for connection in slow:
            connection.sendall(request.encode())
        half = socket.create_connection(preview.address, timeout=PATIENCE)
        half.sendall(b"GET /a/ HT")
        save(root / "content/a.md", "Second.")
        assert following()["page"] is True
        assert "Second." in preview.get("/a/")[2]
        for connection in (*slow, half):
            connection.close()


# ---------------------------------------------------------------- beginning and ending


def test_the_next_free_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        lines: list[str] = []
        server = open_server(Stage(), "127.0.0.1", port, log=lines.append)
        server.start()
        server.close()
        assert port < server.port < port + 20
        assert lines == [f"port {port} is taken: the preview is at port {server.port}"]


@pytest.mark.parametrize(
    ("host", "port", "code"),
    [("192.0.2.7", 0, "serve-listen"), ("127.0.0.1", 70000, "serve-port"), ("127.0.0.1", -1, "serve-port")],
)
def test_where_nobody_can_listen(host: str, port: int, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        open_server(Stage(), host, port, log=print)
    assert refused.value.problems[0].code == code


def test_a_server_that_never_started_can_be_closed() -> None:
    open_server(Stage(), "127.0.0.1", 0, log=print).close()


def test_a_terminal_that_is_closed_ends_nothing(tmp_path: Path) -> None:
    root = write_digest(tmp_path / "digest", a="bad")
    with running(root) as preview, preview.stream() as following:
        preview.log = ClosedTerminal()
        following()
        save(root / "content/a.md", "bad again")
        following()
        save(root / "content/a.md", "Good.")
        following()
        assert "Good." in preview.get("/a/")[2]


def test_a_host_beyond_loopback_is_warned_about(tmp_path: Path) -> None:
    lines: list[str] = []
    with pytest.raises(UsageError):
        serve(tmp_path, lambda changed: Snapshot({}), host="192.0.2.7", on_ready=print, log=lines.append)
    assert lines == ["warning: everybody who can reach 192.0.2.7 can read this preview, drafts and all"]


SERVE = """
import sys
from pathlib import Path
from sitegen.serve import Snapshot, serve

root = Path(sys.argv[1])
serve(
    root,
    lambda changed: Snapshot({"index.html": b"<p>Here.</p>"}),
    port=0,
    on_ready=lambda url: print(url, flush=True),
    log=lambda line: print(line, flush=True),
)
print("ended", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process instead of asking it")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_ends_it_cleanly_with_streams_open(tmp_path: Path, number: signal.Signals) -> None:
    root = write_digest(tmp_path / "digest")
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SERVE, str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
    )
    try:
        assert process.stdout is not None
        preview = Preview(root, process.stdout.readline().strip())
        with preview.stream() as following:
            following()
            process.send_signal(number)
            out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out, err) == (0, "ended\n", "")
    finally:
        process.kill()
        process.wait()
    assert not (root / "public").exists()
    assert not (root / ".sitegen").exists()
