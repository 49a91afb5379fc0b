"""The preview: from saving an article to its new page being served, and to a browser showing it."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

from bench import measure, tools
from bench.tools import Tool

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIMITS = (0.15, 0.25)  # seconds: the median and the 95th percentile that sitegen is to reach
POLL = 0.005
REST = 1.0  # seconds between two saves: longer than any server gathers changes for
UP, SEEN = 180.0, 60.0  # seconds to wait for the first page, and for a change


class Delays(NamedTuple):
    """Seconds until the first page was there, and from each save until its page was served and shown."""

    start: float
    served: list[float]
    shown: list[float]


def report(programs: Sequence[Tool], made: Path, folder: Path, saves: int, articles: int) -> Iterator[str]:
    """Lines for each program that has a preview. Raises measure.Failed."""
    with _browser() as page:
        for tool in programs:
            if tool.serve:
                site = folder / f"{tool.name}-preview"
                tool.make(made, site)
                took = delays(tool, site, saves, page)
                yield f"{articles:,} articles, {saves} saves: {tool.name}, first page in {took.start:.1f} s"
                aim = f" (to reach: {LIMITS[0]} s / {LIMITS[1]} s)" if tool.ours else ""
                yield f"  from saving to being served: {_said(took.served)}{aim}"
                yield f"  until Chromium shows it: {_said(took.shown) if page else 'no Chromium here'}"


def _said(took: list[float]) -> str:
    slow = quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0]
    return f"median {median(took):.3f} s, 95 % within {slow:.3f} s"


@contextlib.contextmanager
def _browser() -> Iterator[Page | None]:
    """A page of a Chromium without a window; None where this machine has none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def delays(tool: Tool, site: Path, saves: int, page: Page | None = None) -> Delays:
    """The first save, which warms up, is not counted."""
    port = _free_port()
    address = f"/articles/{tools.edited_article(site).stem}/"
    with _running(tool, site, port) as said:
        start = _wait(port, address, "<article", UP, said)
        if page:
            page.goto(f"http://localhost:{port}{address}")
        took = [_one(site, port, address, turn, said, page) for turn in range(saves + 1)][1:]
    return Delays(start, [served for served, _ in took], [shown for _, shown in took])


def _one(
    site: Path, port: int, address: str, turn: int, said: Path, page: Page | None
) -> tuple[float, float]:
    """Seconds until the page was served, and until the browser showed it."""
    time.sleep(REST)
    mark = tools.edit_body(site, f"Saved for the {turn}th time")
    began = time.perf_counter()
    served = _wait(port, address, mark, SEEN, said)
    if page:
        shows = "mark => document.body !== null && document.body.textContent.includes(mark)"
        page.wait_for_function(shows, arg=mark, timeout=SEEN * 1000)
    return served, time.perf_counter() - began


def _wait(port: int, address: str, mark: str, patience: float, said: Path) -> float:
    """Seconds until a page holds the mark. Raises measure.Failed when patience is out."""
    began = time.perf_counter()
    while mark not in _page(port, address):
        if time.perf_counter() - began > patience:
            raise measure.Failed(f"“{mark}” was never served\n{said.read_text(errors='replace')[-2000:]}")
        time.sleep(POLL)
    return time.perf_counter() - began


def _page(port: int, address: str) -> str:
    """What is served there now; empty while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SEEN)
    try:
        connection.request("GET", address)
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


@contextlib.contextmanager
def _running(tool: Tool, site: Path, port: int) -> Iterator[Path]:
    """The tool's preview on a port; what it says goes to the file that is given back."""
    command = [word.format(port=port) for word in tool.serve]
    with tempfile.NamedTemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=site, env={**os.environ, **measure.INSTALLED, **tool.env},
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield Path(said.name)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
