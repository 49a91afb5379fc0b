"""Acts: each is a few changes of keys in an article's front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sitegen import frontmatter
from sitegen.content import edit
from sitegen.errors import ContentError

List = Literal["quotes", "figures"]


@dataclass(frozen=True, slots=True)
class Act:
    """One correction: `name` is one of ACTS, `item` the id in the `of` list ("q1").

    `value` is the new speaker, the new label, or the index to move to; `role` goes with a speaker.
    """

    name: str
    of: List
    item: str
    value: int | str | None = None
    role: str | None = None


_Changes = Callable[[Act, int, Mapping[str, Any]], list[edit.Change]]


def _accept(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    return [edit.Set((act.of, at, "attribution"), "editor")]


def _speaker(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    key = (act.of, at)
    made: list[edit.Change] = [edit.Set((*key, "speaker"), _words(act.value))]
    if act.role:
        made.append(edit.Set((*key, "role"), act.role))
    elif "role" in item:
        made.append(edit.Drop((*key, "role")))
    return [*made, edit.Set((*key, "attribution"), "editor")]


def _feature(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    key = (act.of, at, "featured")
    return [edit.Drop(key) if item.get("featured") else edit.Set(key, True)]


def _drop(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    return [edit.Drop((act.of, at))]


def _move(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    if not isinstance(act.value, int):
        raise refused("a place to move to is a number")
    return [edit.Move((act.of, at), act.value)]


def _label(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    return [edit.Set((act.of, at, "label"), _words(act.value))]


ACTS: Mapping[tuple[List, str], _Changes] = {
    ("quotes", "accept"): _accept,
    ("quotes", "speaker"): _speaker,
    ("quotes", "feature"): _feature,
    ("quotes", "drop"): _drop,
    ("quotes", "move"): _move,
    ("figures", "label"): _label,
    ("figures", "drop"): _drop,
    ("figures", "move"): _move,
}


def acted(text: str, act: Act, path: str) -> str:
    """The text of an article's file after one act. Raises SiteError; pure."""
    changes = ACTS.get((act.of, act.name))
    if changes is None:
        raise refused(f"there is no “{act.name}” for {act.of}")
    items = frontmatter.load(text, path=path)[0].get(act.of) or []
    at = next(
        (at for at, item in enumerate(items) if isinstance(item, dict) and item.get("id") == act.item), None
    )
    if at is None:
        raise refused(f"the file has no “{act.item}” among its {act.of} any more")
    made = edit.edited(text, changes(act, at, items[at]), path)
    return _signed(made, items[at], act) if act.name == "speaker" else made


def _signed(text: str, before: Mapping[str, Any], act: Act) -> str:
    """A callout's attribution line follows its speaker, where there is no doubt which line it is."""
    old, new = (_attribution(before.get("speaker"), before.get("role")), _attribution(act.value, act.role))
    line = re.compile(rf"^( {{0,3}}>[ \t]*(?:—|–|--)[ \t]*){re.escape(old)}([ \t\r]*)$", re.MULTILINE)
    if not old or len(line.findall(text)) != 1:
        return text
    return line.sub(lambda found: f"{found[1]}{new}{found[2]}", text)


def _attribution(speaker: object, role: object) -> str:
    return f"{speaker}, {role}" if speaker and role else str(speaker or "")


def _words(value: int | str | None) -> str:
    words = " ".join(str(value or "").split())
    if not words:
        raise refused("there are no words in it")
    return words


def refused(why: str) -> ContentError:
    return ContentError(why, code="desk-refused", hint="nothing was changed")
