"""What a merge must respect in the front matter: which item is which, and what the editor decided.

Lines alone cannot tell that the third quote is now the fourth, or that a figure was thrown out on
purpose. So before the lines are merged, base and new conversion are put into the editor's terms
(`settled`), and afterwards every value is compared (`keeps`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from sitegen.seeds.callouts import same_words
from sitegen.seeds.escape import squeeze

Data = dict[str, Any]
Item = dict[str, Any]
Alike = Callable[[Item, Item], bool]

# What never changes by a merge, whatever the seed says now.
FIXED = ("id", "slug", "status", "added")
_NAMES = {"quotes": "id", "figures": "id", "images": "src"}
_LETTER = {"quotes": "q", "figures": "f"}
_MISSING: Any = object()


def _same_words(one: Item, other: Item) -> bool:
    return same_words(_text(one, "text")) == same_words(_text(other, "text"))


def _nearly_the_words(one: Item, other: Item) -> bool:
    first, second = _text(one, "text").split(), _text(other, "text").split()
    return SequenceMatcher(None, first, second).ratio() >= 0.6


def _same(*keys: str) -> Alike:
    """Equal in all these keys, of which the first says something."""
    return lambda one, other: bool(one.get(keys[0])) and all(_text(one, k) == _text(other, k) for k in keys)


# Which of two lists' items are one and the same: the first rule that pairs them decides.
_ALIKE: dict[str, tuple[Alike, ...]] = {
    "quotes": (_same_words, _nearly_the_words),
    "figures": (
        _same("as_written", "label", "period"),
        _same("as_written", "label"),
        _same("as_written"),
        _same("label", "unit", "currency", "period"),
    ),
    "images": (_same("src"),),
}


def renamed(base: Data, mine: Data, new: Data) -> Data:
    """A new conversion whose quotes and figures have the ids that they had in the base, and whose
    other ones have ids that nobody used; so that `::: pull q3` goes on to mean the same quote."""
    kept = {key: base[key] for key in FIXED if key in base}
    made: Data = {key: value for key, value in ({**new, **kept}).items() if key not in FIXED or key in kept}
    for key, letter in _LETTER.items():
        before, items = _items(base, key), _items(new, key)
        if items:
            names = [item["id"] for item in (*before, *_items(mine, key))]
            fresh = _unused(letter, names)
            was = _pairs(before, items, _ALIKE[key])
            made[key] = [
                {**item, "id": before[was[n]]["id"] if n in was else next(fresh)}
                for n, item in enumerate(items)
            ]
    return made


def settled(base: Data, mine: Data, new: Data) -> tuple[Data, Data]:
    """Base and new conversion without the items that the editor deleted, and without those that the
    editor added before the conversion found them; keys and items in the editor's order."""
    first, second = dict(base), dict(new)
    for key, name in _NAMES.items():
        own = _items(mine, key)
        if mine.get(key) and not own:
            continue  # a list that cannot be told apart: its lines alone must do
        wanted = _wanted(_items(base, key), own, _items(new, key), name, _ALIKE[key])
        for side in (first, second):
            left = [item for item in _items(side, key) if item[name] in wanted]
            if mine.get(key) != base.get(key):
                by_name = {item[name]: item for item in left}
                left = [by_name[one] for one in _ordered([item[name] for item in own], list(by_name))]
            if left:
                side[key] = left
            else:
                side.pop(key, None)
    return _arranged(mine, first), _arranged(mine, second)


def _wanted(
    before: Sequence[Item], own: Sequence[Item], new: Sequence[Item], name: str, alike: Sequence[Alike]
) -> set[Any]:
    """The names of the items that the editor has not thrown out, and has not put in already."""
    ours, theirs = {item[name] for item in own}, {item[name] for item in before}
    fresh = [item for item in new if item[name] not in theirs]
    added = [item for item in own if item[name] not in theirs]
    twice = {fresh[n][name] for n in _pairs(added, fresh, alike)}
    emptied = bool(before) and not own
    return (theirs & ours) | (set() if emptied else {item[name] for item in fresh} - twice)


def _arranged(mine: Data, side: Data) -> Data:
    return {key: side[key] for key in _ordered(list(mine), list(side))}


def keeps(base: Any, mine: Any, new: Any, merged: Any) -> bool:
    """Whether all that the editor changed is in the merged value as the editor has it, and all else
    as the new conversion has it."""
    if mine in (base, new):
        return bool(merged == new)
    if new == base:
        return bool(merged == mine)
    sides = (base, mine, new, merged)
    if isinstance(mine, dict) and all(isinstance(side, dict) or side is _MISSING for side in sides):
        maps = [{} if side is _MISSING else side for side in sides]
        return all(keeps(*(side.get(key, _MISSING) for side in _by_name(maps, key))) for key in _keys(maps))
    return bool(merged == mine)


def in_order(base: Data, mine: Data, merged: Data) -> bool:
    """Whether quotes, figures and images stand in the order of the editor who worked on them."""
    for key, name in _NAMES.items():
        ours, all_names = ([item[name] for item in _items(side, key)] for side in (mine, merged))
        if mine.get(key) == base.get(key):
            continue
        if [n for n in all_names if n in ours] != [n for n in ours if n in all_names]:
            return False
    return True


def _by_name(maps: Sequence[Data], key: str) -> list[Data]:
    """The four mappings, with the list at `key` as a mapping from names to items where it has names."""
    name = _NAMES.get(key)
    lists = [side.get(key) for side in maps]
    if name is None or not all(_is_named(value, name) for value in lists if value is not None):
        return list(maps)
    return [
        side if value is None else {key: {item[name]: item for item in value}}
        for side, value in zip(maps, lists, strict=True)
    ]


def _is_named(value: Any, name: str) -> bool:
    if not isinstance(value, list) or not all(isinstance(i, dict) and i.get(name) for i in value):
        return False
    names = [str(item[name]) for item in value]
    return len(set(names)) == len(names)


def _keys(maps: Sequence[Data]) -> list[str]:
    return list(dict.fromkeys(key for side in maps for key in side))


def _items(data: Data, key: str) -> list[Item]:
    value: Any = data.get(key)
    return list(value) if _is_named(value, _NAMES[key]) else []


def _pairs(before: Sequence[Item], items: Sequence[Item], rules: Iterable[Alike]) -> dict[int, int]:
    """Which item (its index) is which of those before; each is one of them at most."""
    found: dict[int, int] = {}
    for alike in rules:
        free = [n for n in range(len(before)) if n not in found.values()]
        for n, item in enumerate(items):
            match = next((old for old in free if n not in found and alike(before[old], item)), None)
            if match is not None:
                found[n] = match
                free.remove(match)
    return found


def _unused(letter: str, names: Iterable[str]) -> Iterator[str]:
    used = [int(name[1:]) for name in map(str, names) if re.fullmatch(rf"{letter}[0-9]{{1,9}}", name)]
    return (f"{letter}{number}" for number in range(max(used, default=0) + 1, 1 << 31))


def _ordered(wanted: Sequence[Any], own: Sequence[Any]) -> list[Any]:
    """`own` in the order of `wanted`; what is not wanted stays behind what it stood behind."""
    made = [name for name in wanted if name in own]
    for n, name in enumerate(own):
        if name not in made:
            made.insert(made.index(own[n - 1]) + 1 if n else 0, name)
    return made


def _text(item: Item, key: str) -> str:
    return squeeze(str(item.get(key) or ""))
