"""The long way: any YAML, by libyaml's events. Refuses what the dialect leaves out; says where and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from sitegen.errors import Problem
from sitegen.strictyaml.dialect import MAX_DEPTH, KeyPath, Refused, YamlError, typed

NAME = -1  # stands at the end of a path that means the key's own name; lists count from 0
Marks = dict[KeyPath, tuple[int, int]]

_READER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Fault(Exception):
    """A fault at a mark; turned into a YamlError where the text is at hand."""

    def __init__(self, message: str, code: str, mark: Any, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.code, self.mark, self.hint = message, code, mark, hint


def load(text: str, path: str | None, first_line: int) -> Any:
    """The value of a YAML document; None if it is empty. Raises YamlError."""
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


def marks(text: str) -> Marks | None:
    """Line and column (from 0) of every value and, with NAME behind it, every key; None if it is no YAML."""
    found: Marks = {}
    try:
        _Builder(text, found).document()
    except (_Fault, yaml.YAMLError):
        return None
    return found


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

    def __init__(self, text: str, marks: Marks | None = None) -> None:
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
                self._marks[(*key, name, NAME)] = (event.start_mark.line, event.start_mark.column)
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
    try:
        return typed(text)
    except Refused as refused:
        raise _Fault(refused.message, refused.code, event.start_mark, refused.hint) from None
