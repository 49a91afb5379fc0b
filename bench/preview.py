"""The preview: from saving an article to its new page being served."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from bench import measure, tools
from bench.tools import Tool

LIMITS = (0.15, 0.25)  # seconds: the median and the 95th percentile that sitegen is to reach
POLL = 0.005
REST = 1.0  # seconds between two saves: longer than any server gathers changes for
UP, SEEN = 180.0, 60.0  # seconds to wait for the first page, and for a change


def report(programs: Sequence[Tool], made: Path, folder: Path, saves: int, articles: int) -> Iterator[str]:
    """A line for each program that has a preview. Raises measure.Failed."""
    for tool in programs:
        if tool.serve:
            site = folder / f"{tool.name}-preview"
            tool.make(made, site)
            took = delays(tool, site, saves)
            middle, slow = (
                median(took),
                quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0],
            )
            said = f"{articles:,} articles: {tool.name}, from saving to being served, {saves} saves:"
            aim = f" (to reach: {LIMITS[0]} s / {LIMITS[1]} s)" if tool.ours else ""
            yield f"{said} median {middle:.3f} s, 95 % within {slow:.3f} s{aim}"


def delays(tool: Tool, site: Path, saves: int) -> list[float]:
    """Seconds from each save until the page has it; the first save, which warms up, is not counted."""
    port = _free_port()
    address = f"/articles/{tools.edited_article(site).stem}/"
    with _running(tool, site, port) as said:
        _wait(port, address, "<article", UP, said)
        return [_one(site, port, address, turn, said) for turn in range(saves + 1)][1:]


def _one(site: Path, port: int, address: str, turn: int, said: Path) -> float:
    time.sleep(REST)
    mark = tools.edit_body(site, f"Saved for the {turn}th time")
    return _wait(port, address, mark, SEEN, said)


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
