"""Rows of figures as a table for people and as JSON, with the ratios that the project has set itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.measure import MIB
from bench.rounds import Row

YARDSTICK = "hugo"
SCALE = (1_000, 50_000)
SCALE_LIMIT = 1.15  # time per article at the larger size, against the smaller


@dataclass(frozen=True, slots=True)
class Limit:
    """What sitegen may take, as a share of what the yardstick takes."""

    wall: float | None = None
    cpu: float | None = None
    memory: float | None = None


# By articles and kind of build.
LIMITS: Mapping[tuple[int, str], Limit] = {
    (100, "cold"): Limit(wall=1.5),
    (10_000, "cold"): Limit(wall=0.6, cpu=0.6, memory=0.15),
    (50_000, "cold"): Limit(wall=0.7, memory=0.1),
    (10_000, "unchanged"): Limit(wall=0.03),
    (10_000, "body"): Limit(wall=0.05),
    (10_000, "title"): Limit(wall=0.12),
    (10_000, "template"): Limit(wall=0.4),
}
DEFAULT_THEME = Limit(wall=1.2)
MEASURES = ("wall", "cpu", "memory")


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure of a program against the yardstick's in the same rounds; `limit` where there is one."""

    place: str
    articles: int
    kind: str
    tool: str
    what: str
    ratio: float
    limit: float | None
    busy: bool

    @property
    def reached(self) -> bool | None:
        return None if self.limit is None else self.ratio <= self.limit


def ratios(rows: Sequence[Row]) -> list[Ratio]:
    """Every program against the yardstick, where both have a figure."""
    marks = {(row.place, row.articles, row.kind): row for row in rows if row.tool == YARDSTICK}
    return [
        Ratio(
            row.place, row.articles, row.kind, row.tool, what,
            getattr(row, what) / getattr(mark, what), _limit(row, what), bool(row.busy or mark.busy),
        )
        for row in rows
        if row.tool != YARDSTICK and (mark := marks.get((row.place, row.articles, row.kind)))
        for what in MEASURES
        if getattr(row, what) and getattr(mark, what)
    ]  # fmt: skip


def _limit(row: Row, what: str) -> float | None:
    if row.tool == "gazette" and row.kind == "cold" and row.articles == 10_000:
        return getattr(DEFAULT_THEME, what) or None
    known = LIMITS.get((row.articles, row.kind)) if row.tool == "sitegen" else None
    return getattr(known, what) if known else None


def scaling(rows: Sequence[Row]) -> Iterator[tuple[str, str, float]]:
    """(place, program, ratio): wall time per article at the largest size against that at 1,000."""
    walls = {(row.place, row.tool, row.articles): row.wall for row in rows if row.kind == "cold" and row.wall}
    few, many = SCALE
    for (place, tool, articles), wall in walls.items():
        if articles == many and (small := walls.get((place, tool, few))):
            yield place, tool, (wall / many) / (small / few)


def lines(rows: Sequence[Row], differences: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The whole report as text."""
    by_row = {(r.place, r.articles, r.kind, r.tool, r.what): r for r in ratios(rows)}
    yield f"{'':7}{'articles':>8} {'build':<10}{'program':<11}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}" + (
        f"   {'of ' + YARDSTICK + ':':<9}{'wall':<15}{'CPU':<15}{'memory':<15}runs"
    )
    for row in rows:
        shown = [_ratio(by_row.get((row.place, row.articles, row.kind, row.tool, what))) for what in MEASURES]
        yield (
            f"{row.place:<7}{row.articles:>8,} {row.kind:<10}{row.tool:<11}"
            f"{_figure(row.wall)}{_figure(row.cpu)}"
            f"{f'{row.memory / MIB:9.0f}' if row.memory else ' ' * 9}   {'':<9}"
            f"{''.join(f'{text:<15}' for text in shown)}{_runs(row)}"
        )
    for place, tool, ratio in scaling(rows):
        said = f"{'':3}{place}: {tool}, time per article at {SCALE[1]:,} against {SCALE[0]:,}: {ratio:.2f}"
        yield said + (f" (to reach: {SCALE_LIMIT})" if tool == "sitegen" else "")
    for peer, found in differences.items():
        yield f"{'':3}The pages of {peer}: " + ("the same." if not found else "NOT the same:")
        yield from (f"{'':6}{difference}" for difference in found)


def as_json(
    rows: Sequence[Row], differences: Mapping[str, Sequence[str]], about: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole report as plain data."""
    return {
        **about,
        "rows": [asdict(row) for row in rows],
        "ratios": [{**asdict(ratio), "reached": ratio.reached} for ratio in ratios(rows)],
        "scaling": [dict(zip(("place", "tool", "ratio"), found, strict=True)) for found in scaling(rows)],
        "differences": {peer: list(found) for peer, found in differences.items()},
    }


def _figure(seconds: float) -> str:
    return f"{seconds:9.3f}" if seconds else f"{'–':>9}"


def _ratio(ratio: Ratio | None) -> str:
    if ratio is None:
        return ""
    said = f"{ratio.ratio:.3f}"
    if ratio.limit is not None:
        said += f" {'✓' if ratio.reached else '✗'} ≤{ratio.limit:g}"
    return said


def _runs(row: Row) -> str:
    notes = [f"{row.busy} busy"] if row.busy else []
    notes += [f"{row.rejected} rejected"] if row.rejected else []
    return f"{row.runs}" + (f" ({', '.join(notes)})" if notes else "")
