"""The one YAML dialect: front matter, config, themes and data files.

YAML without its traps. There are no anchors, aliases, merge keys, tags or duplicate keys; keys
are strings; a plain scalar is a number, a date, `true`, `false` or `null` only where it looks
like one to anybody (`no` is a word, `012` and `1:30:00` are text); nesting ends at 30 levels.
Values come back as dict, list, str, int, float, bool, None, `date` and `datetime`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import yaml

from sitegen.errors import Problem, SiteError

MAX_DEPTH = 30
KeyPath = tuple[str | int, ...]
_NAME = -1  # stands at the end of a path that means the key's own name; lists count from 0

_READER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WRITER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?: ?(?:Z|[-+][0-9]{2}:?[0-9]{2}))?\Z"
)
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\U(000[1-9A-F][0-9A-F]{4}|0010[0-9A-F]{4})")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


class YamlError(SiteError):
    """The text is not in the dialect. `exit_code` is 1; callers re-raise as what the file is."""


class _Fault(Exception):
    """A fault at a mark; turned into a YamlError where the text is at hand."""

    def __init__(self, message: str, code: str, mark: Any, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.code, self.mark, self.hint = message, code, mark, hint


def load(text: str, *, path: str | None = None, first_line: int = 1) -> Any:
    """The value of a YAML document; None if it is empty.

    `first_line` is the line of the file on which `text` begins, so that errors in front matter
    point at the right line. Raises YamlError.
    """
    try:
        return _Builder(text).document()
    except _Fault as fault:
        raise YamlError.of([_problem(fault, text, path, first_line)]) from None
    except yaml.MarkedYAMLError as error:
        message = (error.problem or "this is not YAML").strip()
        # Where a quotation mark is never closed, the place to mend is where it opens.
        opens = error.context_mark if "end of stream" in message else None
        mark = opens or error.problem_mark or error.context_mark
        syntax = _Fault(f"YAML: {message}", "yaml-syntax", mark, _hint_for(message))
        raise YamlError.of([_problem(syntax, text, path, first_line)]) from None
    except yaml.YAMLError as error:
        at = getattr(error, "position", 0) or 0
        line = text.count("\n", 0, at) + first_line
        message = f"YAML: {getattr(error, 'reason', None) or 'a character that YAML does not allow'}"
        raise YamlError(message, code="yaml-character", path=path, line=line) from None


def locate(text: str, key: KeyPath, first_line: int = 1, *, name: bool = False) -> tuple[int, int]:
    """Line and column (both from 1) of a key's value, or of the nearest parent that is there.

    `name` asks for the place of the key itself, where its name is what is wrong. The text is read
    again: positions are wanted only when there is something to complain about.
    """
    marks: dict[KeyPath, tuple[int, int]] = {}
    try:
        _Builder(text, marks).document()
    except (_Fault, yaml.YAMLError):
        return first_line, 1
    if name and (*key, _NAME) in marks:
        key = (*key, _NAME)
    while key and key not in marks:
        key = key[:-1]
    line, column = marks.get(key, (0, 0))
    return line + first_line, column + 1


def dump(value: Any) -> str:
    """YAML text that `load` reads back as the same value; keys keep their order."""
    text: str = yaml.dump(
        value, Dumper=_Writer, allow_unicode=True, sort_keys=False, default_flow_style=False, width=1 << 30
    )
    return _with_emoji(text) if "\\U" in text else text


def _with_emoji(text: str) -> str:
    """libyaml writes what lies beyond 16 bits as \\U0001F419, which no editor can read; put it as it is."""

    def readable(quoted: re.Match[str]) -> str:
        return _ESCAPED.sub(lambda match: match[1] + chr(int(match[2], 16)), quoted[0])

    plain = _QUOTED.sub(readable, text)
    try:
        return plain if load(plain) == load(text) else text
    except YamlError:
        return text


def _problem(fault: _Fault, text: str, path: str | None, first_line: int) -> Problem:
    line, column = (fault.mark.line, fault.mark.column) if fault.mark else (0, 0)
    lines = text.splitlines() or [""]
    line = min(line, len(lines) - 1)
    return Problem(fault.message, fault.code, path, line + first_line, column + 1, fault.hint, lines[line])


def _hint_for(message: str) -> str | None:
    hints = {
        "mapping values are not allowed": "a colon inside a value: put the value in quotes",
        "found character that cannot start any token": "tabs cannot indent YAML, and @ ` % need quotes",
        "found unexpected end of stream": "a quotation mark is opened and never closed",
        "found a tab character": "indent with spaces: YAML takes no tabs",
        "did not find expected key": "check the indentation, and quotation marks inside the value above",
    }
    return next((hint for start, hint in hints.items() if message.startswith(start)), None)


class _Builder:
    """Makes values from libyaml's events; refuses what the dialect leaves out."""

    def __init__(self, text: str, marks: dict[KeyPath, tuple[int, int]] | None = None) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=_READER)
        self._marks = marks

    def document(self) -> Any:
        value = None
        seen = False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise _Fault(
                        "a second document begins here",
                        "yaml-documents",
                        event.start_mark,
                        "one YAML document a file: take the second --- out",
                    )
                seen = True
                value = self._value(next(self._events), (), 1)
        return value

    def _value(self, event: Any, key: KeyPath, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _Fault(
                "anchors and aliases are not allowed",
                "yaml-alias",
                event.start_mark,
                "write the value out, or put it in quotes if it begins with & or *",
            )
        if event.tag is not None:
            raise _Fault(
                f"the tag {event.tag} is not allowed",
                "yaml-tag",
                event.start_mark,
                "leave the tag out, or put the value in quotes if it begins with !",
            )
        if depth > MAX_DEPTH:
            raise _Fault(f"nested deeper than {MAX_DEPTH} levels", "yaml-depth", event.start_mark)
        if self._marks is not None:
            self._marks[key] = (event.start_mark.line, event.start_mark.column)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(key, depth)
        return self._mapping(key, depth)

    def _sequence(self, key: KeyPath, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*key, len(items)), depth + 1))
        return items

    def _mapping(self, key: KeyPath, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name = self._key(event, items)
            if self._marks is not None:
                self._marks[(*key, name, _NAME)] = (event.start_mark.line, event.start_mark.column)
            items[name] = self._value(next(self._events), (*key, name), depth + 1)
        return items

    @staticmethod
    def _key(event: Any, seen: dict[str, Any]) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            raise _Fault("a key must be a plain word", "yaml-key", event.start_mark)
        name: str = event.value
        if name == "<<" and event.implicit[0]:
            raise _Fault("merge keys are not allowed", "yaml-merge", event.start_mark, "write the keys out")
        if name in seen:
            raise _Fault(
                f"the key “{name}” stands here twice",
                "yaml-duplicate",
                event.start_mark,
                "keep one of the two",
            )
        return name


def _scalar(event: Any) -> Any:
    text: str = event.value
    if not event.implicit[0]:  # quoted or block: text, whatever it looks like
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-":
        return text
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return _finite(text, event)
    if _DATE.match(text):
        return _instant(date.fromisoformat, text, event)
    if _TIME.match(text):
        return _instant(
            datetime.fromisoformat, text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"), event
        )
    return text


def _finite(text: str, event: Any) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise _Fault("this number is too large", "yaml-number", event.start_mark)
    return value


def _instant(parse: Any, text: str, event: Any) -> Any:
    try:
        return parse(text)
    except ValueError:
        raise _Fault(
            f"“{text}” is no date that exists",
            "yaml-date",
            event.start_mark,
            "dates are YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+HH:MM; quote it if it is text",
        ) from None


class _Writer(_WRITER):  # type: ignore[misc]
    """PyYAML's writer, with times as ISO 8601 and no aliases for repeated values."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: Any, value: str) -> Any:
    # PyYAML leaves plain what its own resolver reads as text; our dialect must agree.
    looks_typed = value in _WORDS or any(p.match(value) for p in (_INT, _FLOAT, _DATE, _TIME))
    style = '"' if looks_typed or _AWKWARD.search(value) else "|" if "\n" in value else None
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_AWKWARD = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ud800-\\udfff\\ufffe\\uffff]")

_Writer.add_representer(str, _text)
_Writer.add_representer(
    datetime, lambda writer, value: writer.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())
)


def _list(writer: Any, value: list[Any] | tuple[Any, ...]) -> Any:
    """Short lists of words stand on one line: `topics: [ports, trade]`."""
    short = (
        all(isinstance(item, str | int) for item in value) and sum(len(str(item)) + 2 for item in value) < 80
    )
    return writer.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short)


_Writer.add_representer(list, _list)
_Writer.add_representer(tuple, _list)


def _float(writer: Any, value: float) -> Any:
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("YAML front matter holds finite numbers only")
    text = repr(value)
    if "e" in text and "." not in text:  # 1e+16 is text to YAML 1.1: it wants a point
        text = text.replace("e", ".0e")
    return writer.represent_scalar("tag:yaml.org,2002:float", text)


_Writer.add_representer(float, _float)
