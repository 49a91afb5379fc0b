"""What the dialect says, whoever reads it: the types of plain scalars, its limits, its errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from sitegen.errors import SiteError

MAX_DEPTH = 30
KeyPath = tuple[str | int, ...]
Scalar = str | int | float | bool | date | datetime | None

_SHAPE = re.compile(
    r"""(?: (?P<whole>   [-+]?(?:0|[1-9][0-9]*))
          | (?P<decimal> [-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?)
          | (?P<day>     [0-9]{4}-[0-9]{2}-[0-9]{2})
          | (?P<moment>  [0-9]{4}-[0-9]{2}-[0-9]{2}[Tt\ ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?
                         (?:\ ?(?:Z|[-+][0-9]{2}:?[0-9]{2}))?)
        )\Z""",
    re.VERBOSE,
)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


class YamlError(SiteError):
    """The text is not in the dialect. `exit_code` is 1; callers re-raise as what the file is."""


class Refused(Exception):
    """A value that looks like something it cannot be; the reader knows where it stands."""

    def __init__(self, message: str, code: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.code, self.hint = message, code, hint


def typed(text: str) -> Scalar:
    """What a plain scalar means. Raises Refused for a day that does not exist or a number out of reach."""
    if text in _WORDS:
        return _WORDS[text]
    # Every shape ends so; most texts that begin with a digit ("12 ships") do not.
    if text[0] in "0123456789+-" and text[-1] in "0123456789Z" and (found := _SHAPE.match(text)):
        return _MEANINGS[found.lastgroup or ""](text)
    return text


def looks_typed(text: str) -> bool:
    """Whether a text must be quoted to stay text."""
    return text in _WORDS or _SHAPE.match(text) is not None


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:  # Python reads no more than some thousand digits
        raise Refused("this number is too large", "yaml-number") from None


def _decimal(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise Refused("this number is too large", "yaml-number")
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _no_date(text) from None


def _moment(text: str) -> datetime:
    iso = text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z") if " " in text else text
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        raise _no_date(text) from None


def _no_date(text: str) -> Refused:
    return Refused(
        f"“{text}” is no date that exists",
        "yaml-date",
        "dates are YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+HH:MM; quote it if it is text",
    )


_MEANINGS: dict[str, Callable[[str], Scalar]] = {
    "whole": _whole,
    "decimal": _decimal,
    "day": _day,
    "moment": _moment,
}
