"""Key figures as a table of comma-separated values, for spreadsheets (RFC 4180)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from sitegen.model import KeyFigure, Value
from sitegen.views import FeedItem
from sitegen.wording import decimal_of

COLUMNS = (
    "id", "label", "as_written", "value", "value_to", "unit", "currency", "bound", "period",
    "change", "change_value", "change_unit", "direction", "versus",
    "article", "url", "date", "source", "topics",
)  # fmt: skip
# A cell that begins so is a formula to a spreadsheet, and articles come from anywhere.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figures(items: Iterable[FeedItem], whole: Callable[[str], str]) -> str:
    """A row for each figure of these articles, in their order, below the names of the columns."""
    import csv

    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(COLUMNS)
    for item in items:
        article = item.article
        day = article.date or article.added
        about = (
            article.title, whole(article.url), day.isoformat() if day else "", article.source.name or "",
            "; ".join(article.topics),
        )  # fmt: skip
        for figure in article.figures:
            cells = (f"{article.id}/{figure.id}", *_figure(figure), *about)
            out.writerow([_inert(cell) for cell in cells])
    return text.getvalue()


def _figure(figure: KeyFigure) -> tuple[str | _Number, ...]:
    change = figure.change
    moved: tuple[str | _Number, ...] = ("", "", "", "", "")
    if change:
        size, _ = _ends(change.value)
        unit = change.currency or change.unit or ""
        moved = (change.as_written, size, unit, change.direction or "", change.versus or "")
    return (
        figure.label or "", figure.as_written, *_ends(figure.value), figure.unit or "",
        figure.currency or "", figure.bound or "", figure.period or "", *moved,
    )  # fmt: skip


class _Number(str):
    """A cell that is a number: its sign begins no formula."""


def _ends(value: Value) -> tuple[_Number, _Number]:
    low, high = value if isinstance(value, tuple) else (value, None)
    return _Number(format(decimal_of(low), "f")), _Number(
        "" if high is None else format(decimal_of(high), "f")
    )


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not isinstance(cell, _Number) else cell
