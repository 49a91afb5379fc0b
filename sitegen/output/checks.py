"""What a file must be before it is published: a table of named checks by suffix."""

from __future__ import annotations

import json
from collections.abc import Callable

from sitegen.errors import Problem
from sitegen.model import Output


def _empty(data: bytes) -> str | None:
    return None if data.strip() else "is an empty page"


def _json(data: bytes) -> str | None:
    try:
        json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return f"is not valid JSON: {error}"
    return None


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no JSON number")


def _xml(data: bytes) -> str | None:
    from xml.parsers import expat

    try:
        # Entities outside the file are not fetched, and expat itself stops those that multiply.
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        return f"is not well-formed XML: {error}"
    return None


CHECKS: dict[str, Callable[[bytes], str | None]] = {
    "html": _empty,
    "json": _json,
    "webmanifest": _json,
    "xml": _xml,
    "rss": _xml,
    "atom": _xml,
    "svg": _xml,
}


def content_problem(output: Output) -> Problem | None:
    """The problem with one output's bytes, if there is one."""
    _, dot, suffix = output.path.rpartition(".")
    check = CHECKS.get(suffix.lower()) if dot else None
    wrong = check(output.data) if check else None
    if wrong is None:
        return None
    return Problem(
        f"{output.path} {wrong}",
        "output-content",
        output.made_from[0] if output.made_from else None,
        hint="if it is a file of yours, mend it; if a template makes it, look there",
    )
