"""Values as text in the dialect, as an editor would write it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import yaml

from sitegen.strictyaml import plain_writing
from sitegen.strictyaml.dialect import YamlError, looks_typed
from sitegen.strictyaml.library import load

_WRITER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\U(000[1-9A-F][0-9A-F]{4}|0010[0-9A-F]{4})")
_AWKWARD = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ud800-\\udfff\\ufffe\\uffff]")


def dump(value: Any) -> str:
    """YAML text that `load` reads back as the same value; keys keep their order."""
    try:
        return plain_writing.dump(value, _Writer.yaml_implicit_resolvers)
    except plain_writing.Beyond:
        return dump_by_library(value)


def dump_by_library(value: Any) -> str:
    """The same for any value; what the short way is measured by."""
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
        return plain if load(plain, None, 1) == load(text, None, 1) else text
    except YamlError:
        return text


class _Writer(_WRITER):  # type: ignore[misc]
    """PyYAML's writer, with times as ISO 8601 and no aliases for repeated values."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: Any, value: str) -> Any:
    # PyYAML leaves plain what its own resolver reads as text; our dialect must agree.
    style = '"' if looks_typed(value) or _AWKWARD.search(value) else "|" if "\n" in value else None
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Writer.add_representer(str, _text)
_Writer.add_representer(
    datetime, lambda writer, value: writer.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())
)


def _list(writer: Any, value: list[Any] | tuple[Any, ...]) -> Any:
    """Short lists of words stand on one line: `topics: [ports, trade]`."""
    return writer.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=plain_writing.is_short(value))


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
