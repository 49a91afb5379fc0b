"""What figures measure: which articles measure the same, and figures in order of it, of size, of change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date as Day

from sitegen.frozen import record
from sitegen.model import Article, KeyFigure
from sitegen.slugs import slugify
from sitegen.views import Link, NumberRow, Order

SECTION = "/numbers/measure/"
Key = tuple[str, str]


@record
class Measure:
    """What figures of several articles measure, as the newest of them names it; newest first."""

    link: Link
    figures: tuple[tuple[Article, KeyFigure], ...]


def key(figure: KeyFigure) -> Key:
    """What a figure measures: its label however it is spelled, and in what; no label is no measure."""
    return slugify(figure.label, "") if figure.label else "", figure.currency or figure.unit or ""


def shared(articles: Iterable[Article]) -> Mapping[Key, Measure]:
    """Every measure that is in more than one article, by its key. Articles come newest first."""
    found: dict[Key, list[tuple[Article, KeyFigure]]] = defaultdict(list)
    for article in articles:
        for figure in article.figures:
            found[key(figure)].append((article, figure))
    several = {k: of for k, of in found.items() if k[0] and any(article is not of[0][0] for article, _ in of)}
    names = Counter(name for name, _ in several)
    made = {}
    for (name, unit), figures in several.items():
        slug = name if names[name] == 1 else slugify(f"{name} {unit}")
        label = figures[0][1].label or ""
        made[name, unit] = Measure(Link(label[:1].upper() + label[1:], f"{SECTION}{slug}/"), tuple(figures))
    return made


def shown(rows: Sequence[NumberRow], order: Order) -> Sequence[NumberRow]:
    """Those that can be in that order: by change only figures that have one in per cent."""
    return [row for row in rows if percent(row.figure)] if order == "change" else rows


def ordered(rows: Sequence[NumberRow], order: Order) -> Sequence[NumberRow]:
    return sorted(shown(rows, order), key=_ORDERS[order])


def series(rows: Sequence[NumberRow]) -> tuple[NumberRow, ...]:
    """The values of one measure from the oldest on; nothing where there are not two of the same."""
    single = [row for row in rows if row.day and not isinstance(row.figure.value, tuple)]
    if len(single) < 2 or len({key(row.figure) for row in single}) > 1:
        return ()
    return tuple(sorted(single, key=lambda row: (row.day or Day.min, row.url)))


def size(figure: KeyFigure) -> float:
    return float(figure.value[1] if isinstance(figure.value, tuple) else figure.value)


def percent(figure: KeyFigure) -> float:
    """The change in per cent with its sign; 0 where there is none."""
    change = figure.change
    if change is None or change.unit != "percentage" or isinstance(change.value, tuple):
        return 0.0
    sign = {"up": 1, "down": -1}.get(change.direction or "", 0)
    return sign * abs(float(change.value))


def _by_measure(row: NumberRow) -> tuple[bool, str, str]:
    """What several articles measure first; the newest of each stay first."""
    name = row.measure.text if row.measure else row.figure.label or ""
    return row.measure is None, name.casefold(), row.measure.url if row.measure else ""


def _by_size(row: NumberRow) -> tuple[bool, str, float]:
    """Within what is counted alike, money first: other sizes cannot be compared."""
    figure = row.figure
    return figure.currency is None, figure.currency or figure.unit or "~", -size(figure)


_ORDERS: dict[Order, Callable[[NumberRow], tuple[bool | str | float, ...]]] = {
    "newest": lambda row: (False,),
    "measure": _by_measure,
    "change": lambda row: (-percent(row.figure),),
    "size": _by_size,
}
