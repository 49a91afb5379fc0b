"""What can go wrong, in one place.

    SiteError                     anything sitegen says no to; carries one Problem or more
    ├── UsageError       exit 2   the command line: a missing folder, an option that does not fit
    ├── ConfigError      exit 2   sitegen.yaml, or a data file
    ├── ThemeError       exit 2   theme.yaml, a missing theme, a fault in a template
    ├── SeedError        exit 1   a seed that cannot be read
    ├── ContentError     exit 1   articles, editions, pages: everything an editor writes
    ├── FetchError       exit 1   the network: what was asked for did not come
    ├── OutputError      exit 1   the output folder: not ours, not writable, two pages at one address
    ├── MergeConflict    exit 3   an editor's change and a new conversion touch the same lines
    └── Locked           exit 75  another build holds the lock

A `Problem` is one thing to mend: where it stands, what it is, what to do, and a code that
stays the same from version to version so that scripts can rely on it. A SiteError is what a
command raises when it cannot go on; warnings travel beside the results instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal

from sitegen.frozen import record

Severity = Literal["error", "warning"]


@record
class Problem:
    """One thing to mend.

    `path` is relative to the digest's folder, with forward slashes; `line` and `column` count
    from 1; `source` is the text of that line; `hint` says what to do about it.
    """

    message: str
    code: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    source: str | None = None
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """`file:line:column`, as far as it is known."""
        parts = [self.path or "", *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts) if self.path else ""

    def as_dict(self) -> dict[str, object]:
        """For `--json`: the fields that have a value."""
        fields = ("severity", "code", "message", "path", "line", "column", "source", "hint")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}

    def __str__(self) -> str:
        """The whole report: place, message, the line with a caret, the hint."""
        head = f"{self.place}: " if self.place else ""
        lines = [f"{head}{self.severity}: {self.message} [{self.code}]"]
        if self.source is not None and self.line is not None:
            shown, caret = _window(self.source, self.column)
            gutter = f"{self.line:>5} | "
            lines.append(gutter + shown)
            if caret is not None:
                lines.append(" " * (len(gutter) - 2) + "| " + " " * caret + "^")
        if self.hint:
            lines.append(f"      = {self.hint}")
        return "\n".join(lines)


def _window(source: str, column: int | None, width: int = 100) -> tuple[str, int | None]:
    """The part of a long line around a column, and where the caret goes below it."""
    text = source.rstrip("\r\n").replace("\t", " ")
    if column is None:
        return text[:width], None
    at = min(max(column - 1, 0), len(text))
    start = max(0, at - width * 2 // 3) if len(text) > width else 0
    return text[start : start + width], at - start


class SiteError(Exception):
    """Something sitegen says no to. Raise a subclass; `exit_code` is what the command ends with."""

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        message: str,
        *,
        code: str,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
        source: str | None = None,
    ) -> None:
        super().__init__(message)
        self.problems: Sequence[Problem] = (Problem(message, code, path, line, column, hint, source),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> SiteError:
        """One error for all the problems found, by place, so that an editor mends them in one go."""
        found = tuple(sorted(problems, key=lambda p: (p.path or "", p.line or 0, p.column or 0)))
        first = found[0]
        error = cls(first.message, code=first.code)
        error.problems = found
        return error

    def __reduce__(self) -> tuple[Any, ...]:
        """For the way back from another process."""
        return type(self).of, (tuple(self.problems),)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UsageError(SiteError):
    """The command line asks for what cannot be."""

    exit_code = 2


class ConfigError(SiteError):
    """sitegen.yaml or a file in data/ is wrong."""

    exit_code = 2


class ThemeError(SiteError):
    """A theme is missing, too new, or has a fault in a template."""

    exit_code = 2


class SeedError(SiteError):
    """A seed cannot be read."""


class ContentError(SiteError):
    """An article, an edition or a page is wrong."""


class FetchError(SiteError):
    """What was asked of the network did not come, or must not be asked for."""


class OutputError(SiteError):
    """The output folder cannot be written, or must not be."""


class MergeConflict(SiteError):
    """An editor's change and a new conversion touch the same lines."""

    exit_code = 3


class Locked(SiteError):
    """Another build is at work; the number is sysexits' EX_TEMPFAIL."""

    exit_code = 75
