"""sitegen beside its peers: the same articles, the same pages, in turns; the table of ratios, and JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from bench import hotspots, measure, preview, report, rounds, sites, tools
from bench.rounds import Job, Row
from bench.tools import Tool

MEMORY = Path("/dev/shm")
KIT = tools.ROOT.parent / "shared" / "peers"


def main(arguments: list[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was laid out is taken away
    work = options.work.absolute()
    if options.profile:
        return _profile(work, options)
    programs = _programs(options, work)
    if options.preview:
        return _preview(work, options, programs)
    rows: list[Row] = []
    differences: dict[str, list[str]] = {}
    try:
        for job in _jobs(options, work, programs):
            found, apart = rounds.measured(job, _say)
            rows += found
            differences.update({f"{peer}, {job.articles:,} articles": lines for peer, lines in apart.items()})
            _say("")
    except measure.Failed as error:
        print(f"\nA run failed: {error}", file=sys.stderr)
        return 1
    print("\n".join(report.lines(rows, differences)))
    if options.json:
        about = {"machine": _machine(), "programs": {tool.name: tool.version for tool in programs}}
        made = report.as_json(rows, differences, about)
        options.json.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return _verdict(rows, differences)


def _verdict(rows: list[Row], differences: dict[str, list[str]]) -> int:
    """1 where the comparison does not hold: other pages, or no run without others at work."""
    if any(not row.runs for row in rows):
        print("Other programs kept the machine busy: wait for quiet, or say --busy-ok.", file=sys.stderr)
        return 1
    return int(any(differences.values()))


def _options() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = made.add_argument
    add(
        "--articles",
        type=_numbers,
        default=[100, 1_000, 10_000],
        help="how many; above 20,000 only cold builds",
    )
    add(
        "--peers",
        type=_words(tools.PEERS),
        default=["hugo"],
        help=f"of {', '.join(tools.PEERS)}; '' for none",
    )
    add("--kinds", type=_words(rounds.KINDS), default=list(rounds.KINDS), help="which builds to measure")
    add("--runs", type=int, default=5, help="runs of each build that count")
    add("--disk", action="store_true", help="measure on the disk of --work too, not only in memory")
    add("--gazette", action="store_true", help="measure the default theme too")
    add("--against", type=Path, metavar="FOLDER", help="measure another checkout of sitegen too")
    add(
        "--own",
        action="store_true",
        help=f"our own articles and configurations, even where {KIT.name}/ is there",
    )
    add(
        "--busy-ok", action="store_true", help="count runs in which others were at work; the table marks them"
    )
    add("--json", type=Path, metavar="FILE", help="write all figures there")
    add(
        "--profile", action="store_true", help="show where the time goes instead, for the first of --articles"
    )
    add("--preview", action="store_true", help="time the previews instead, with the last of --articles")
    default = Path(tempfile.gettempdir()) / "sitegen-bench"
    add("--work", type=Path, default=default, help="where articles and peers are kept between runs")
    return made


def _numbers(text: str) -> list[int]:
    return [int(word.replace("_", "")) for word in text.split(",") if word]


def _words(known: Collection[str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        words = [word for word in text.split(",") if word]
        if wrong := [word for word in words if word not in known]:
            raise argparse.ArgumentTypeError(f"“{wrong[0]}” is none of {', '.join(known)}")
        return words

    return read


def _programs(options: argparse.Namespace, work: Path) -> list[Tool]:
    made = [tools.sitegen()]
    if options.against:
        made.append(tools.sitegen(options.against.absolute(), "before"))
    if options.gazette:
        made.append(tools.sitegen(name="gazette", theme="gazette"))
    return made + [tools.peer(name, work, _kit(options)) for name in options.peers]


def _kit(options: argparse.Namespace) -> Path | None:
    """The generator and the peers' configurations beside the project, where they are."""
    return KIT if KIT.is_dir() and not options.own else None


def _jobs(options: argparse.Namespace, work: Path, programs: list[Tool]) -> Iterator[Job]:
    places = {"memory": MEMORY} if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else {}
    if options.disk or not places:
        places["disk"] = work
    for place, parent in places.items():
        folder = parent / f"sitegen-bench-{os.getpid()}"
        folder.mkdir(parents=True)
        try:
            for articles in options.articles:
                made = sites.articles(work, articles, _kit(options))
                yield Job(
                    place, folder, articles, made, programs, options.kinds, options.runs, options.busy_ok
                )
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _profile(work: Path, options: argparse.Namespace) -> int:
    articles = options.articles[0] if len(options.articles) == 1 else 1_000
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        site = Path(place, "site")
        sites.sitegen(sites.articles(work, articles, _kit(options)), site)
        print("\n".join(hotspots.report(site, articles)))
    return 0


def _preview(work: Path, options: argparse.Namespace, programs: list[Tool]) -> int:
    articles = options.articles[-1]
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        made = sites.articles(work, articles, _kit(options))
        try:
            for line in preview.report(programs, made, Path(place), max(options.runs, 2), articles):
                print(line, flush=True)
        except measure.Failed as error:
            print(f"\nA preview failed: {error}", file=sys.stderr)
            return 1
    return 0


def _machine() -> dict[str, object]:
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
