"""The demo digest in each theme, built and served on loopback, and a browser to look at it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from sitegen.cli import main
from sitegen.serve.rules import HeaderRule, parse_headers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
THEMES = ("gazette", "briefing")
NOW = "2026-11-22T06:17:00+00:00"
# A page of every kind, and of every state of a kind that looks different.
ADDRESSES = {
    "home": "/",
    "article": "/articles/marrowick-switches-off-its-ships-and-a-city-hears-the-gulls-again/",
    "timeline": "/articles/from-coal-to-sockets-a-short-history-of-the-northern-quay/",
    "excerpt": "/articles/port-lindells-crane-drivers-will-work-from-an-office-in-the-next-town/",
    "retracted": "/articles/port-lindell-is-to-close-its-signal-school/",
    "edition": "/editions/148/",
    "editions": "/editions/",
    "topic": "/topics/shore-power/",
    "topics": "/topics/",
    "person": "/people/maren-oskarby/",
    "people": "/people/",
    "source": "/sources/marrowick-courier/",
    "sources": "/sources/",
    "numbers": "/numbers/",
    "measures": "/numbers/by-measure/",
    "measure": "/numbers/measure/shore-power-sold-at-marrowick/",
    "archive": "/archive/",
    "year": "/archive/2026/",
    "month": "/archive/2026/11/",
    "page": "/about/",
    "search": "/search/",
    "missing": "/404.html",
}


@dataclass(frozen=True)
class Demo:
    """The demo digest in one of the themes, built, and the address at which it is served."""

    theme: str
    public: Path
    url: str


@contextmanager
def shown(theme: str, root: Path, files: Mapping[str, str] | None = None) -> Iterator[Demo]:
    """The demo digest, built in a theme in the folder `root`, with these files beside its own, and served."""
    for name in ("sitegen.yaml", "seeds", "content", "data", "static"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        elif source.exists():
            shutil.copy(source, root / name)
    text = (root / "sitegen.yaml").read_text(encoding="utf-8")
    text = text.replace("theme: gazette\n", f"theme: {theme}\n")
    for name, content in {"sitegen.yaml": text, **(files or {})}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    _build(root)
    assert list((root / "public/assets").glob(f"{theme}.*.css")), "built in another theme"
    rules = parse_headers((root / "public/_headers").read_text(encoding="utf-8"))
    handler = partial(_Host, rules=rules, directory=str(root / "public"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Demo(theme, root / "public", f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _build(root: Path) -> None:
    kept = {name: os.environ.pop(name, None) for name in ("CI", "GITHUB_ACTIONS")}
    try:
        with redirect_stdout(StringIO()):
            main(["build", "-C", str(root), "--now", NOW])
    except SystemExit as ended:
        assert not ended.code, "the demo digest does not build"
    finally:
        os.environ.update({name: value for name, value in kept.items() if value is not None})


class _Host(SimpleHTTPRequestHandler):
    """Sends the policy of `_headers`: for one path, the value of the last rule."""

    def __init__(self, *args: Any, rules: Sequence[HeaderRule], **kwargs: Any) -> None:
        self._rules = rules
        super().__init__(*args, **kwargs)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def end_headers(self) -> None:
        path = self.path.partition("?")[0]
        name = "Content-Security-Policy"
        policies = [r.value for r in self._rules if r.name == name and r.pattern.fullmatch(path)]
        if policies:
            self.send_header(name, policies[-1])
        super().end_headers()


def chromium() -> str | None:
    """The browser of this machine, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def started(program: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()
