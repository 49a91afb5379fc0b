"""Where the parts of a YAML text stand, so that one value can be changed and nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from sitegen import strictyaml
from sitegen.strictyaml import KeyPath

_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_DASH = re.compile(r"^ *-(?=\s)", re.MULTILINE)
_READER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping or an item of a list; `at` is where the key, or the item's dash, stands."""

    name: str | int
    at: int
    node: Node


@dataclass(frozen=True, slots=True)
class Node:
    """A value. `start` and `end` count characters of the text; a block list or mapping ends where its
    last value ends. `flow` is for what stands in brackets or braces, `block` for a scalar under | or >."""

    kind: Literal["scalar", "list", "mapping"]
    start: int
    end: int
    flow: bool = False
    block: bool = False
    entries: tuple[Entry, ...] = ()

    def find(self, key: KeyPath) -> Node | None:
        """The node at a path of keys and indexes; None where there is none."""
        node: Node | None = self
        for name in key:
            entry = node.entry(name) if node else None
            node = entry.node if entry else None
        return node

    def entry(self, name: str | int) -> Entry | None:
        return next((entry for entry in self.entries if entry.name == name), None)


def outline(text: str) -> Node:
    """The outline of a YAML document in the strict dialect. Raises strictyaml.YamlError for any other."""
    strictyaml.load(text)
    events: Iterator[Any] = yaml.parse(text, Loader=_READER)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            return _node(next(events), events, text)
    return Node("mapping", 0, 0)


def _node(event: Any, events: Iterator[Any], text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        return Node("scalar", start, end, block=event.style in ("|", ">"))
    is_list = isinstance(event, yaml.SequenceStartEvent)
    flow = bool(event.flow_style)
    entries: list[Entry] = []
    member: Any = next(events)
    while not isinstance(member, _ENDS):
        at = member.start_mark.index
        if is_list and not flow:
            at = _dash(text, entries[-1].node.end) if entries else start
        name = len(entries) if is_list else member.value
        entries.append(Entry(name, at, _node(member if is_list else next(events), events, text)))
        member = next(events)
    if flow:
        mark: Any = member.end_mark
        end = mark.index
    elif entries:
        start, end = entries[0].at, entries[-1].node.end
    return Node("list" if is_list else "mapping", start, end, flow, entries=tuple(entries))


def _dash(text: str, seen: int) -> int:
    """The dash of a list's next item: it begins a line."""
    found = _DASH.search(text, seen)
    assert found is not None, "an item of a block list begins with a dash"
    return found.end() - 1
