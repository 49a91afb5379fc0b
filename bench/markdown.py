"""How much the short way from Markdown to HTML saves: CPU of it and of the library, in turns.

`python -m bench.markdown [FOLDER]` reads every .md file in and below FOLDER, or 300 invented articles.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import corpus
from sitegen import markdown, prose

ROUNDS = 7
STORIES = 300


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(prog="python -m bench.markdown", description=__doc__)
    options.add_argument("folder", nargs="?", type=Path)
    folder = options.parse_args(arguments).folder
    texts = [
        _body(text) for text in (_files(folder) if folder else [s.text for s in corpus.stories(STORIES)])
    ]
    if not texts:
        print(f"There is no .md file in {folder}.")
        return 1
    print("\n".join(report(texts)))
    return 0


def report(texts: Sequence[str]) -> list[str]:
    """Lines about the bodies: how many go the short way, and the median CPU time of each way for one."""
    short = [text for text in texts if prose.parts(text) is not None]
    size = sum(map(len, texts)) / len(texts)
    lines = [f"{len(texts)} bodies of {size:,.0f} characters; {len(short) / len(texts):.1%} go the short way"]
    for what, ways in (
        ("parts", (markdown.library_parts, prose.parts)),
        ("plain text", (markdown.library_plain_text, prose.plain_text)),
    ):
        library, quick = _times(ways, short or texts)
        lines.append(
            f"{what:<11}library {library:.3f} ms, short way {quick:.3f} ms: {library / quick:.1f} to 1"
        )
    return lines


def _times(ways: Sequence[Callable[[str], object]], texts: Sequence[str]) -> list[float]:
    """The median CPU milliseconds a text of each way, in turns, so that the machine's moods hit both."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, times in zip(ways, taken, strict=True):
            began = time.process_time()
            for text in texts:
                way(text)
            times.append(1000 * (time.process_time() - began) / len(texts))
    return [statistics.median(times) for times in taken]


def _files(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]


def _body(text: str) -> str:
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


if __name__ == "__main__":
    raise SystemExit(main())
