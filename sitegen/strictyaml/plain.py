"""The short way: the YAML that people write, read line by line, many times faster than by events.

It knows block mappings and sequences, scalars that end where their line ends, flow collections on
one line, block scalars in their plain form, and comments. Of these it makes what the library would
make; whatever else it meets, and whatever is wrong, is `Unusual` and is left to the library, which
also knows what to say about it. So this module may refuse anything, but must never guess.
"""

from __future__ import annotations

import re
from typing import Any

from sitegen.strictyaml.dialect import Refused, typed

# Indentation, dash, key; or else the rest of the line. Every line matches.
_LINE = re.compile(r"(?a:( *)(- )?(?:([A-Za-z_][\w-]{0,60}):(?: .*)?|(.*)))\Z")
_KEY_OF_WORDS = re.compile(r"([^\W\d](?:[\w -]{0,60}[\w-])?):(?: (.*))?\Z")
# The head as far as the style; the style; and the lines that stand deeper than the key, or are empty.
_BLOCK = re.compile(
    r"^(( *)(- )?[A-Za-z_][\w-]{0,60}: )([|>]-?)\n((?:\2(?(3)  ) .*\n|\n)+)", re.ASCII | re.MULTILINE
)
# Neither control characters nor the line ends that only YAML knows.
_ASCII_CONTROLS = bytes([*range(0x0A), *range(0x0B, 0x20), 0x7F])
_ODD = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]")
_MAY_BE_TYPED = frozenset("0123456789+-~tTfFnN")  # every word and number that is no text begins so
_INDICATORS = frozenset(" -?:,[]{}#&*!|>'\"%@`\0")
_NOT_TAKEN_AS_IT_IS = _INDICATORS | _MAY_BE_TYPED
_BLOCK_MARK = "\0"  # in place of a block scalar, whose text stands in a list: no text has this character
_MAX_COLLECTIONS = 12

_DOUBLE = re.compile(r'"((?:[^"\\]|\\["\\/])*)"')
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_ITEM = r"[^\W_][\w.&/()’'-]*(?: [\w.&/()’'-]+)*"
_LIST_OF_WORDS = re.compile(rf"\[{_ITEM}(?:, {_ITEM})*\]\Z")
_FLOW_PLAIN = re.compile(r"(?:[^\s\-+?:,\[\]{}#&*!|>'\"%@`]|[-+][0-9])(?:[^,\[\]{}:#?\n]|:(?=/))*")
_FLOW_KEY = re.compile(r"([A-Za-z_](?:[\w -]{0,60}[\w-])?): ", re.ASCII)
_AFTER = re.compile(r" *(?:(?<= )#.*)?\Z")


class Unusual(Exception):
    """Not for the short way."""


def load(text: str) -> Any:
    """The value of a document in the usual form. Raises Unusual for any other."""
    if not _only_characters(text):
        raise Unusual
    blocks: list[str] = []
    if ": |" in text or ": >" in text:
        text = _without_blocks(text, blocks)
    if not text.endswith("\n"):
        text += "\n"
    try:
        return _document(text, blocks)
    except Refused:
        raise Unusual from None


# Column, whether there is a dash, the key; or no key, and the rest of the line.
_Head = tuple[int, bool, str, str]


def _document(text: str, blocks: list[str]) -> Any:
    document: Any = {"": None}
    outer: list[tuple[int, Any]] = []  # the open collections around the innermost, with their columns
    column, inner = -1, document
    waiting: str | None = ""  # a key whose value may begin on the next line
    for line in text.split("\n"):
        head, colon, value = line.partition(": ")
        known = _heads.get(head if colon else line[:-1] if line[-1:] == ":" else "")
        if known is not None:
            at, dash, key, rest = known
        else:
            at, dash, key, rest = _read(line)
            if not key:
                if not dash and (not rest or rest[0] == "#"):
                    continue
                if ":" in rest and (found := _KEY_OF_WORDS.match(rest)):
                    key, value = found.groups("")
                elif not dash:
                    raise Unusual
        if waiting is not None and (at > column or (dash and at == column)):
            outer.append((column, inner))
            column, inner[waiting] = at, [] if dash else {}
            inner = inner[waiting]
            if len(outer) > _MAX_COLLECTIONS:
                raise Unusual
        else:
            while at < column or (at == column and not dash and type(inner) is list):
                column, inner = outer.pop()
            if at != column or (dash and type(inner) is dict):
                raise Unusual
        waiting = None
        if dash:
            if not key:
                inner.append(_value(rest, blocks))
                continue
            entry: dict[str, Any] = {}
            inner.append(entry)
            outer.append((column, inner))
            column, inner = at + 2, entry
        if key in inner:
            raise Unusual
        if not value:
            inner[key], waiting = None, key
        elif value[0] in _NOT_TAKEN_AS_IT_IS or value[-1] in " :" or ": " in value or " #" in value:
            inner[key] = _value(value, blocks)
        else:
            inner[key] = value
    return document[""]


# What `_read` says of lines with a key, by what stands before the colon: files of one kind have the same few.
_heads: dict[str, _Head] = {}
_MOST_HEADS = 1000


def _read(line: str) -> _Head:
    found = _LINE.match(line)
    assert found is not None, "every line matches"
    indent, dash, key, rest = found.groups("")
    made = len(indent), bool(dash), key, rest
    if key and len(_heads) < _MOST_HEADS:
        _heads[line[: found.end(3)]] = made
    return made


def _only_characters(text: str) -> bool:
    if text.isascii():
        raw = text.encode()
        return len(raw.translate(None, _ASCII_CONTROLS)) == len(raw)
    return _ODD.search(text) is None


def _value(text: str, blocks: list[str]) -> Any:
    """What stands after a key or a dash, to the end of the line."""
    first = text[0] if text else " "
    if first == '"':
        if text.find('"', 1) == len(text) - 1 > 0 and "\\" not in text:
            return text[1:-1]
    elif first not in _INDICATORS or (first == "-" and text[1:2].isdigit()):
        if " #" in text or text[-1] == " ":
            text = text.partition(" #")[0].rstrip(" ")
        if ": " in text or text[-1] == ":":
            raise Unusual
        return typed(text) if first in _MAY_BE_TYPED else text
    elif first == "[" and _LIST_OF_WORDS.match(text):
        return [typed(item) for item in text[1:-1].split(", ")]
    elif first == _BLOCK_MARK:
        return blocks[int(text[1:])]
    value, end = _node(text, 0, 0)
    if first not in "\"'[{" or not _AFTER.match(text, end):
        raise Unusual
    return value


def _node(text: str, at: int, depth: int) -> tuple[Any, int]:
    """A quoted scalar, a flow collection, or a plain scalar in one; and where it ends."""
    first = text[at : at + 1]
    if first == '"':
        if found := _DOUBLE.match(text, at):
            return re.sub(r"\\(.)", r"\1", found[1]), found.end()
    elif first == "'":
        if found := _SINGLE.match(text, at):
            return found[1].replace("''", "'"), found.end()
    elif depth > _MAX_COLLECTIONS:
        raise Unusual
    elif first == "[":
        return _flow_sequence(text, at + 1, depth + 1)
    elif first == "{":
        return _flow_mapping(text, at + 1, depth + 1)
    elif found := _FLOW_PLAIN.match(text, at):
        return typed(found[0].rstrip(" ")), found.end()
    raise Unusual


def _flow_sequence(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    if text[at : at + 1] == "]":
        return items, at + 1
    while True:
        item, at = _node(text, at, depth)
        items.append(item)
        if text[at : at + 1] == "]":
            return items, at + 1
        if text[at : at + 2] != ", ":
            raise Unusual
        at += 2


def _flow_mapping(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    items: dict[str, Any] = {}
    if text[at : at + 1] == "}":
        return items, at + 1
    while found := _FLOW_KEY.match(text, at):
        if found[1] in items:
            break
        items[found[1]], at = _node(text, found.end(), depth)
        if text[at : at + 1] == "}":
            return items, at + 1
        if text[at : at + 2] != ", ":
            break
        at += 2
    raise Unusual


def _without_blocks(text: str, blocks: list[str]) -> str:
    """The text with a mark in the place of each block scalar; their texts go to the list."""

    if not text.endswith("\n"):  # then a block scalar at the end has no last line break either
        raise Unusual

    def taken(found: re.Match[str]) -> str:
        head, indent, dash, style, body = found.groups("")
        lines = body.rstrip("\n").split("\n")
        margin = " " * (len(lines[0]) - len(lines[0].lstrip(" ")))
        if len(margin) <= len(indent + dash) or not all(
            line.startswith(margin) and line[-1] != " " if line else style[0] == "|" for line in lines
        ):
            raise Unusual
        lines = [line.removeprefix(margin) for line in lines]
        if style[0] == ">" and any(line[0] == " " for line in lines):
            raise Unusual
        made = (" " if style[0] == ">" else "\n").join(lines)
        blocks.append(made if style.endswith("-") else made + "\n")
        return f"{head}{_BLOCK_MARK}{len(blocks) - 1}\n"

    return _BLOCK.sub(taken, text)
