"""How commands speak: text for people on a terminal, JSON for scripts, annotations in CI."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterable
from typing import Any, TextIO

import click

from sitegen.cli import actions
from sitegen.errors import Problem, SiteError


def use_utf8() -> None:
    """Quotes and dashes print everywhere, also where the locale says ASCII."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def result(data: dict[str, Any]) -> None:
    """The answer of a command with --json: one object."""
    click.echo(json.dumps({"ok": True, **data}, ensure_ascii=False, default=_plain))


def line(text: str = "") -> None:
    click.echo(text)


def problems(found: Iterable[Problem]) -> None:
    """Warnings and errors, on standard error; in GitHub Actions as annotations too."""
    for problem in found:
        click.echo(_painted(problem), err=True)
        if shown := actions.annotation(problem):
            click.echo(shown)


def failed(error: SiteError, as_json: bool) -> None:
    actions.summary("sitegen ended with errors", {}, error.problems)
    if as_json:
        click.echo(
            json.dumps({"ok": False, "problems": [p.as_dict() for p in error.problems]}, ensure_ascii=False)
        )
        return
    problems(error.problems)
    errors = sum(problem.severity == "error" for problem in error.problems)
    if errors > 1:
        click.echo(f"\n{errors} errors.", err=True)


def misused(error: click.ClickException, as_json: bool) -> None:
    if as_json:
        problem = Problem(error.format_message(), "usage")
        click.echo(json.dumps({"ok": False, "problems": [problem.as_dict()]}, ensure_ascii=False))
    else:
        error.show(sys.stderr)


def broken(error: Exception, as_json: bool) -> None:
    """A fault of ours: say so in a line; the traceback is there for who asks for it."""
    message = f"this is a fault in sitegen, not in your files: {type(error).__name__}: {error}"
    if as_json:
        click.echo(json.dumps({"ok": False, "problems": [Problem(message, "internal").as_dict()]}))
        return
    click.echo(
        f"error: {message} [internal]\n      = SITEGEN_DEBUG=1 shows where; nothing was published", err=True
    )
    if os.environ.get("SITEGEN_DEBUG"):
        traceback.print_exception(error)


def close_quietly() -> None:
    """The reader of our output has gone (`sitegen list | head`): do not complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def plural(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def is_terminal(stream: TextIO) -> bool:
    return stream.isatty()


def _painted(problem: Problem) -> str:
    colour = "red" if problem.severity == "error" else "yellow"
    text = str(problem)
    return text.replace(f"{problem.severity}:", click.style(f"{problem.severity}:", fg=colour, bold=True), 1)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
