"""A long day at the editor's desk: hundreds of edits, renames, deletes and faults in a row.

At the end the preview serves what a cold build makes, and has not grown.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import NOW, article, times, tree_of, write_tree

EDITS = times(500)
PATIENCE = 90
MOST_GROWN = 12 << 20  # bytes; the allocator's own slack is a part of it
_OURS = re.compile(rb'<script src="/\.sitegen/[^>]*></script>\n')


def newsroom(root: Path) -> Path:
    texts: dict[str, str | bytes] = {
        f"content/articles/2026/{name}.md": article(name, topics="[ports, trade]") for name in NAMES
    }
    write_tree(
        root,
        {
            "sitegen.yaml": CONFIG,
            "content/pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
            "static/mark.txt": "static\n",
            **texts,
        },
    )
    return root


# Cards are for where links are shared: the preview draws none.
CONFIG = "title: The Test Wire\nurl: https://wire.example/\ncards: false\n"
NAMES = tuple(f"story-{number}" for number in range(8))


def paths(root: Path) -> list[Path]:
    return sorted((root / "content/articles").rglob("*.md"))


def edit_body(root: Path, rng: random.Random) -> None:
    if found := paths(root):
        path = rng.choice(found)
        path.write_text(path.read_text() + f"\nA line numbered {rng.randrange(1000)}.\n")


def edit_title(root: Path, rng: random.Random) -> None:
    if found := paths(root):
        path = rng.choice(found)
        path.write_text(re.sub("(?m)^title: .*", f"title: Title {rng.randrange(1000)}", path.read_text()))


def add(root: Path, rng: random.Random) -> None:
    name = f"new-{rng.randrange(10**6)}"
    path = root / f"content/articles/2026/{name}.md"
    scratch = path.with_suffix(".tmp")
    scratch.write_text(article(name))
    scratch.replace(path)  # as editors save


def rename(root: Path, rng: random.Random) -> None:
    if found := paths(root):
        path = rng.choice(found)
        path.rename(path.with_name(f"renamed-{rng.randrange(1000)}.md"))


def delete(root: Path, rng: random.Random) -> None:
    while len(found := paths(root)) > len(NAMES):
        rng.choice(found).unlink()


def move_folder(root: Path, rng: random.Random) -> None:
    here, there = root / "content/articles/2026", root / "content/articles/2027"
    if here.is_dir() and not there.exists():
        here.rename(there)
        there.rename(here)


def break_article(root: Path, rng: random.Random) -> None:
    if found := paths(root):
        path = rng.choice(found)
        sound = path.read_bytes()
        path.write_text("---\ntitle: [never closed\n---\n")
        path.write_bytes(sound)


def break_config(root: Path, rng: random.Random) -> None:
    (root / "sitegen.yaml").write_text("title: [")
    time.sleep(0.02)
    (root / "sitegen.yaml").write_text(CONFIG)


def half_write(root: Path, rng: random.Random) -> None:
    if found := paths(root):
        path = rng.choice(found)
        sound = path.read_bytes()
        path.write_bytes(sound[: len(sound) // 2])
        path.write_bytes(sound)


def litter(root: Path, rng: random.Random) -> None:
    for name in (".story.md.swp", "story.md~", "#story.md#", ".DS_Store"):
        (root / "content/articles/2026" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content/articles/2026" / name).write_text(str(rng.random()))


def restyle(root: Path, rng: random.Random) -> None:
    (root / "static/mark.txt").write_text(f"{rng.random()}\n")


EDIT: tuple[Callable[[Path, random.Random], None], ...] = (
    edit_body, edit_body, edit_title, add, rename, delete, move_folder, break_article, break_config,
    half_write, litter, restyle,
)  # fmt: skip


@contextmanager
def preview(root: Path) -> Iterator[tuple[str, int]]:
    """`sitegen serve` in a process of its own: its address and its process id."""
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "serve",
        "-C",
        str(root),
        "--port",
        "0",
        "--now",
        NOW,
        "--json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield str(json.loads(process.stdout.readline())["url"]), process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0


def served(url: str, path: str) -> bytes | None:
    address = url + path.removesuffix("index.html")
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return _OURS.sub(b"", bytes(answer.read()))
    except urllib.error.HTTPError as error:
        error.close()
        return None


def memory(pid: int) -> int:
    """Resident bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


def same(url: str, site: dict[str, bytes]) -> list[str]:
    """The files that the preview serves with other bytes than a cold build."""
    # The preview has no search: making its index takes longer than an edit.
    left_out = ("_headers", "_redirects", "404.html", "search/")
    pages = {path: data for path, data in site.items() if not path.startswith(left_out)}
    return [path for path, data in pages.items() if served(url, path) != data]


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is read from /proc, which is not here"
)
def test_a_long_day(tmp_path: Path) -> None:
    root, rng = newsroom(tmp_path / "digest"), random.Random(20261122)
    with preview(root) as (url, pid):
        early = 0
        for number in range(EDITS):
            rng.choice(EDIT)(root, rng)
            time.sleep(rng.random() * 0.03)
            if number == EDITS // 5:
                early = memory(pid)
        cold = tmp_path / "cold"
        shutil.copytree(root, cold)
        build = [sys.executable, "-m", "sitegen", "build", "-C", str(cold), "--now", NOW]
        made = subprocess.run(build, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        site = {
            path: data for path, data in tree_of(cold / "public").items() if path != ".sitegen-manifest.json"
        }
        end = time.monotonic() + PATIENCE
        while (different := same(url, site)) and time.monotonic() < end:
            time.sleep(0.2)
        assert different == []
        assert served(url, "articles/never-there/index.html") is None
        assert memory(pid) - early < MOST_GROWN
