"""One change of an article's front matter, with every other byte of the file as it was.

A change is made in the text, not in the data: comments, the order of the keys and the way they are
quoted stay. The result is read again and compared with the same change made to the data; where the
two differ, nothing is changed and the editor is asked to do it by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sitegen import frontmatter, strictyaml
from sitegen.errors import ContentError
from sitegen.outline import Entry, Node, outline
from sitegen.strictyaml import KeyPath

# The order of the contract: a new key is put behind the last of those before it that is there.
_ORDER = ("id", "as_written", "text", "speaker", "role", "attribution", "featured", "value", "label")


@dataclass(frozen=True, slots=True)
class Set:
    """Give a key this value. A key that is not there is added to its mapping, which must be there."""

    key: KeyPath
    value: Any


@dataclass(frozen=True, slots=True)
class Drop:
    """Take out a key or an item of a list; a list or mapping that would be empty goes with it."""

    key: KeyPath


@dataclass(frozen=True, slots=True)
class Move:
    """Put an item of a list at another index."""

    key: KeyPath
    to: int


Change = Set | Drop | Move


def edited(text: str, changes: Sequence[Change], path: str) -> str:
    """The text of an article's file after the changes, one after the other.

    Raises ContentError (edit-refused) for a change that cannot be made without touching something
    else, and YamlError where the front matter cannot be read.
    """
    for change in changes:
        text = _changed(text, change, path)
    return text


def _changed(text: str, change: Change, path: str) -> str:
    data, body = frontmatter.load(text, path=path)
    yaml = frontmatter.split(text).yaml or ""
    start = text.find("\n") + 1
    in_data, in_text = _WAYS[type(change)]
    try:
        in_data(data, change)
        new = in_text(yaml, outline(yaml), change)
    except (KeyError, IndexError, TypeError):
        raise _refused(change, path, "is not in the front matter") from None
    made = text[:start] + new + text[start + len(yaml) :]
    if not _says(made, data, body):
        raise _refused(change, path, "cannot be changed by itself")
    return made


def _says(text: str, data: dict[str, Any], body: str) -> bool:
    try:
        read, rest = frontmatter.load(text)
    except strictyaml.YamlError:
        return False
    return repr(read) == repr(data) and rest == body


def _refused(change: Change, path: str, why: str) -> ContentError:
    key = ".".join(str(name + 1) if isinstance(name, int) else name for name in change.key)
    return ContentError(
        f"“{key}” {why}",
        code="edit-refused",
        path=path,
        hint="nothing was changed; change it in the file",
    )


# ---------------------------------------------------------------- in the data


def _set_value(data: Any, change: Set) -> None:
    parent = _at(data, change.key[:-1])
    name = change.key[-1]
    if isinstance(name, str) and not isinstance(parent, dict):
        raise TypeError("a key belongs to a mapping")
    if isinstance(name, str) and name not in parent:
        _insert(parent, name, change.value)
    else:
        parent[name] = change.value


def _insert(parent: dict[str, Any], name: str, value: Any) -> None:
    """Put a new key where its text will stand, so that the order of the keys is the same."""
    items = list(parent.items())
    at = _behind(list(parent), name) + 1
    items.insert(at, (name, value))
    parent.clear()
    parent.update(items)


def _drop_value(data: Any, change: Drop) -> None:
    del _at(data, change.key[:-1])[change.key[-1]]
    key = change.key[:-1]
    while key and not _at(data, key):
        del _at(data, key[:-1])[key[-1]]
        key = key[:-1]


def _move_value(data: Any, change: Move) -> None:
    items = _at(data, change.key[:-1])
    order = _order(len(items), int(change.key[-1]), change.to)
    items[:] = [items[at] for at in order]


def _at(data: Any, key: KeyPath) -> Any:
    for name in key:
        data = data[name]
    return data


def _behind(names: Sequence[str], name: str) -> int:
    """The index of the key that a new one follows: the last that comes before it in the contract."""
    earlier = _ORDER[: _ORDER.index(name)] if name in _ORDER else names
    return max((at for at, other in enumerate(names) if other in earlier), default=len(names) - 1)


def _order(count: int, at: int, to: int) -> list[int]:
    if not (0 <= at < count and 0 <= to < count):
        raise IndexError(at)
    order = list(range(count))
    order.insert(to, order.pop(at))
    return order


# ---------------------------------------------------------------- in the text


def _set_text(text: str, top: Node, change: Set) -> str:
    parent = _node(top, change.key[:-1])
    entry = parent.entry(change.key[-1])
    if entry is None:
        return _added(text, parent, str(change.key[-1]), change.value)
    node, value = entry.node, _inline(change.value)
    if node.block:
        return text[: node.start] + value + _line_break(text) + text[node.end :]
    if node.kind == "scalar" or node.flow:
        space = " " if text[node.start - 1 : node.start] == ":" else ""
        return text[: node.start] + space + value + text[node.end :]
    colon = text.rfind(":", entry.at, node.start)
    return f"{text[: colon + 1]} {value}{text[node.end :]}"


def _added(text: str, parent: Node, name: str, value: Any) -> str:
    """A new key on a line of its own, as far to the right as its neighbours."""
    before = parent.entries[_behind([str(entry.name) for entry in parent.entries], name)]
    line = f"{name}: {_inline(value)}"
    if parent.flow:
        return f"{text[: before.node.end]}, {line}{text[before.node.end :]}"
    first = parent.entries[0].at
    at = _past_line(text, before.node.end)
    return text[:at] + " " * (first - _line(text, first)) + line + _line_break(text) + text[at:]


def _drop_text(text: str, top: Node, change: Drop) -> str:
    key = change.key
    while len(key) > 1 and len(_node(top, key[:-1]).entries) == 1:
        key = key[:-1]
    entries = _node(top, key[:-1]).entries
    at = next(at for at, entry in enumerate(entries) if entry.name == key[-1])
    entry, following = entries[at], entries[at + 1] if at + 1 < len(entries) else None
    if _node(top, key[:-1]).flow:
        if following:
            return text[: entry.at] + text[following.at :]
        return text[: entries[at - 1].node.end if at else entry.at] + text[entry.node.end :]
    if text[_line(text, entry.at) : entry.at].strip():  # behind a dash: the next key takes its place
        return text[: entry.at] + (text[following.at :] if following else "")
    return text[: _line(text, entry.at)] + text[_past_line(text, entry.node.end) :]


def _move_text(text: str, top: Node, change: Move) -> str:
    items = _node(top, change.key[:-1])
    order = _order(len(items.entries), int(change.key[-1]), change.to)
    if items.flow:
        spans = [(entry.node.start, entry.node.end) for entry in items.entries]
    else:
        starts = [_with_comments(text, entry) for entry in items.entries]
        spans = list(zip(starts, [*starts[1:], _past_line(text, items.end)], strict=True))
    made, at = [], 0
    for (start, end), other in zip(spans, order, strict=True):
        made += [text[at:start], text[slice(*spans[other])]]
        at = end
    return "".join(made) + text[at:]


def _with_comments(text: str, entry: Entry) -> int:
    """Where an item begins, together with the comments on the lines above it."""
    start = _line(text, entry.at)
    while start and text[(above := _line(text, start - 1)) : start].lstrip().startswith("#"):
        start = above
    return start


def _node(top: Node, key: KeyPath) -> Node:
    node = top.find(key)
    if node is None:
        raise KeyError(key)
    return node


def _inline(value: Any) -> str:
    """A value on one line, fit for any place."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_inline(item)}' for name, item in value.items())}}}"
    plain = strictyaml.dump({"k": value}).removeprefix("k: ").removesuffix("\n")
    awkward = isinstance(value, str) and (any(mark in plain for mark in ",[]{}\n") or not plain)
    return json.dumps(value, ensure_ascii=False) if awkward and plain[:1] not in "'\"" else plain


def _line(text: str, at: int) -> int:
    """Where the line begins that a character is on."""
    return text.rfind("\n", 0, at) + 1


def _past_line(text: str, at: int) -> int:
    """Where the line after a value begins; a block scalar ends with its line break."""
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


_WAYS: dict[type[Any], tuple[Callable[[Any, Any], None], Callable[[str, Node, Any], str]]] = {
    Set: (_set_value, _set_text),
    Drop: (_drop_value, _drop_text),
    Move: (_move_value, _move_text),
}
