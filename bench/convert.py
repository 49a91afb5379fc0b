#!/usr/bin/env python3
"""How many articles a second one process converts, and where the time goes: `bench/convert.py FOLDER…`.

CPU time of the process, start-up not counted: a first round reads the word lists and compiles the
patterns. Every stage is timed by itself within whole conversions, so that the stages add up; the
median of the rounds is printed.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sitegen import seeds
from sitegen.seeds.read import text_files

ADDED = date(2026, 11, 22)
# Stage → the module and the name by which `convert` and `write` call it.
WITHIN = {
    "blocks": ("sitegen.seeds.structure.blocks", "split"),
    "labels": ("sitegen.seeds.structure.labels", "label"),
    "speech": ("sitegen.seeds.speech.speech", "find"),
    "figures": ("sitegen.seeds.figures.figures", "find"),
    "origin": ("sitegen.seeds.structure.origin", "find"),
    "topics": ("sitegen.seeds.convert", "topics"),
    "layout": ("sitegen.seeds.layout", "layout"),
    "front matter": ("sitegen.frontmatter", "dump"),
}
STAGES = ("read", *WITHIN, "the rest")


class Clock:
    """CPU seconds by stage; a stage inside another one counts for itself alone."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inner = [0.0]

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            start = process_time()
            try:
                return function(*given, **named)
            finally:
                took = process_time() - start
                self.spent[stage] += took - self._inner.pop()
                self._inner[-1] += took

        return run


def convert(paths: list[Path]) -> None:
    for path in paths:
        seed, _ = seeds.read(path.parent, path)
        seeds.markdown(seeds.understand(seed), slug="a", status="published", added=ADDED)


def measure(paths: list[Path], rounds: int) -> dict[str, float]:
    """CPU milliseconds an article by stage, "all" among them: medians of the rounds."""
    clock = Clock()
    for stage, (module, name) in WITHIN.items():
        place = importlib.import_module(module)
        setattr(place, name, clock.timed(stage, getattr(place, name)))
    seeds.read = clock.timed("read", seeds.read)
    whole = clock.timed("the rest", convert)
    whole(paths)
    found: dict[str, list[float]] = {stage: [] for stage in (*STAGES, "all")}
    for _ in range(rounds):
        gc.collect()
        clock.spent.clear()
        whole(paths)
        for stage, taken in found.items():
            spent = clock.spent.total() if stage == "all" else clock.spent[stage]
            taken.append(1000 * spent / len(paths))
    return {stage: statistics.median(taken) for stage, taken in found.items()}


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    reader.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="seeds; texts of any kind")
    reader.add_argument("--rounds", type=int, default=7)
    given = reader.parse_args()
    paths = [path for folder in given.folders for path in text_files(folder)]
    if not paths:
        reader.error("there are no seeds in these folders")
    spent = measure(paths, given.rounds)
    size = sum(path.stat().st_size for path in paths) // len(paths)
    for stage, taken in spent.items():
        print(f"{stage:>13}  {taken:6.2f} ms")
    print(f"{len(paths)} seeds of {size:,} bytes: {1000 / spent['all']:.0f} articles a CPU second")


if __name__ == "__main__":
    main()
