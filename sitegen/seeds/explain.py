"""What conversion sees in a seed and why: for programs (`as_json`) and for people (`as_text`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from sitegen import records
from sitegen.model import Amount, Block, Change, Label, Value
from sitegen.seeds.escape import squeeze
from sitegen.seeds.found import Conversion, FoundFigure, FoundQuote
from sitegen.seeds.words import table

_Paint = Callable[[str, str], str]

_COLORS: dict[Label, str] = {
    "title": "1",
    "standfirst": "1;36",
    "byline": "35",
    "dateline": "35",
    "caption": "33",
    "subhead": "1;34",
    "body": "0",
    "list": "0",
    "quote": "32",
    "debris": "2",
}


def as_json(conversion: Conversion) -> dict[str, Any]:
    """The object that `explain --json` prints on one line; offsets count characters of `text`."""
    return {
        "seed": conversion.seed.path,
        "text": conversion.seed.text,
        "title": conversion.title,
        "standfirst": conversion.standfirst,
        "byline": conversion.byline,
        "date": conversion.date.isoformat() if conversion.date else None,
        "blocks": [
            {"start": block.start, "end": block.end, "label": block.label, "reason": block.reason}
            for block in conversion.blocks
        ],
        "removed": [
            {"start": part.start, "end": part.end, "reason": part.reason} for part in conversion.removed
        ],
        "quotes": [_quote(found) for found in conversion.speech.quotes],
        "figures": [_figure(found) for found in conversion.figures],
    }


def _quote(found: FoundQuote) -> dict[str, Any]:
    quote = found.quote
    return {
        "start": found.start,
        "end": found.end,
        "text": quote.text,
        "speaker": quote.speaker,
        "mention": found.mention,
        "role": quote.role,
        "attribution": quote.attribution,
        "kind": found.kind,
        "featured": quote.featured,
    }


def _figure(found: FoundFigure) -> dict[str, Any]:
    figure = found.figure
    return {
        "start": found.start,
        "end": found.end,
        "as_written": figure.as_written,
        "value": records.plain(found.span if found.span is not None else figure.value),
        "unit": unit_name(figure.unit, figure.currency),
        "currency": figure.currency,
        "label": figure.label,
        "period": figure.period,
        "bound": figure.bound,
        "direction": found.direction,
        "versus": found.versus,
        "change": _amount(figure.change) if figure.change else None,
        "equivalents": [_amount(amount) for amount in figure.equivalents],
        "key": found.key,
    }


def _amount(amount: Amount | Change) -> dict[str, Any]:
    made: dict[str, Any] = {
        **records.plain(amount),
        "unit": unit_name(amount.unit, amount.currency),
        "currency": amount.currency,
    }
    if isinstance(amount, Change):
        if isinstance(amount.value, tuple):  # readers of the JSON expect one number for a change
            made["value"], made["high"] = amount.value
        if amount.previous:
            made["from"] = _amount(amount.previous)
    return made


@cache
def currency_names(language: str) -> Mapping[str, str]:
    """ISO code → English name, from the list of currencies ("CODE; name")."""
    named = (value.split(";", 1) for value in table(language, "currencies").values())
    pairs = ((code.strip(), name.strip()) for code, name in named)
    return dict(reversed(list(pairs)))


def unit_name(unit: str | None, currency: str | None, language: str = "en") -> str | None:
    """The English name of a unit; for money without one, that of its currency."""
    return unit or (currency_names(language).get(currency) if currency else None)


def as_text(conversion: Conversion, color: bool) -> str:
    """The seed with its labels, then every quote, figure and dropped line, for a terminal.

    With `color`, ANSI colours show the labels too; the words are the same without.
    """
    paint = _paint if color else _plain
    parts = [
        [paint(conversion.seed.path, "1"), *_facts(conversion), ""],
        [line for block in conversion.blocks for line in _block(conversion, block, paint)],
        _section("Quotes", [_quote_line(found) for found in conversion.speech.quotes], paint),
        _section("Figures", [_figure_line(found) for found in conversion.figures], paint),
        _section("Not in the Markdown as it stands", list(_removed_lines(conversion)), paint),
    ]
    return "\n".join(line for part in parts for line in part) + "\n"


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, code: str) -> str:
    return text


def _facts(conversion: Conversion) -> Iterator[str]:
    facts = (
        ("by", conversion.byline),
        ("date", conversion.date.isoformat() if conversion.date else None),
        ("place", conversion.dateline),
        ("topics", ", ".join(conversion.topics)),
        ("people", ", ".join(conversion.speech.people)),
        ("organisations", ", ".join(conversion.speech.organisations)),
    )
    return (f"{name}: {value}" for name, value in facts if value)


def _block(conversion: Conversion, block: Block, paint: _Paint) -> Iterator[str]:
    code = _COLORS[block.label]
    words = squeeze(conversion.seed.text[block.start : block.end])
    yield f"{paint(f'{block.label:>10}', code)}  {paint(words, code)}"
    yield paint(f"{'':>10}  ({block.reason})", "2")


def _section(title: str, lines: list[str], paint: _Paint) -> list[str]:
    return ["", paint(f"{title} ({len(lines)})", "1"), *(f"  {line}" for line in lines)]


def _quote_line(found: FoundQuote) -> str:
    quote = found.quote
    who = quote.speaker or "nobody named"
    role = f", {quote.role}" if quote.role else ""
    mention = f" as “{found.mention}”" if found.mention else ""
    notes = [
        found.kind,
        *(["inferred"] if quote.attribution == "inferred" else []),
        *(["featured"] if quote.featured else []),
    ]
    return f"“{squeeze(quote.text)}”\n      — {who}{role}{mention} ({', '.join(notes)}; rule: {found.rule})"


def _figure_line(found: FoundFigure) -> str:
    figure = found.figure
    unit = unit_name(figure.unit, figure.currency) or "a count"
    parts = [
        f"{figure.as_written} = {_number(figure.value)} {unit}",
        figure.label and f"of {figure.label}",
        figure.period and f"in {figure.period}",
        figure.change and f"change: {figure.change.as_written}",
        *(f"= {amount.as_written}" for amount in figure.equivalents),
    ]
    told = ", ".join(part for part in parts if part)
    return f"{'* ' if found.key else '  '}{told} (rule: {found.rule})"


def _number(value: Value) -> str:
    return " to ".join(f"{part:,}" for part in (value if isinstance(value, tuple) else (value,)))


def _removed_lines(conversion: Conversion) -> Iterator[str]:
    for part in conversion.removed:
        yield f"{part.reason}: {squeeze(conversion.seed.text[part.start : part.end])}"
