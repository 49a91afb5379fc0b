"""The fields of a ninjs item, whichever version wrote them; keys are in small letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.seeds.formats.markup import words_of

Node = Mapping[str, object]

# Roles of descriptions that are no standfirst.
NO_STANDFIRST = ("caption", "credit", "creditline", "alt", "alttext", "headline")
_MAIN_ROLES = ("", "main", "headline", "title")


@dataclass(frozen=True, slots=True)
class Text:
    """One of the wordings of a headline, a description or a body."""

    role: str
    kind: str
    value: str


def wordings(node: Node, one: str, many: str) -> list[Text]:
    """The wordings of a thing, whichever version wrote them: `bodies` or `body_text`, `body_xhtml` …"""
    found = [
        Text(string(item.get("role")), string(item.get("contenttype")).lower(), value)
        for item in mappings(node.get(many))
        if isinstance(value := item.get("value"), str)
    ]
    for key, value in node.items():
        if isinstance(value, str) and (key == one or key.startswith(f"{one}_")):
            role = key.removeprefix(one).strip("_")
            found.append(Text(role, role, value))
    return [text for text in found if text.value.strip()]


def headline(node: Node) -> str:
    texts = wordings(node, "headline", "headlines")
    main = sorted(texts, key=lambda text: text.role.lower() not in _MAIN_ROLES)
    said = [text.value for text in main] + [string(node.get(key)) for key in ("title", "slugline")]
    return next((words for value in said if (words := words_of(value))), "")


def byline(node: Node) -> str:
    return words_of(string(node.get("by")) or string(node.get("byline")))


def source(node: Node) -> str | None:
    """The newsroom: who supplied it, else who holds the rights."""
    said = [
        *names(node, "infosources", "infosource"),
        *(words_of(string(first_mapping(node.get(key)).get("name"))) for key in ("provider", "source")),
        *(words_of(string(node.get(key))) for key in ("provider", "source", "copyrightholder")),
    ]
    return next(filter(None, said), None)


def names(node: Node, *keys: str) -> list[str]:
    items = (item for key in keys for item in listed(node.get(key)))
    said = (item.get("name") if isinstance(item, Mapping) else item for item in items)
    return list(dict.fromkeys(words for name in said if (words := words_of(string(name)))))


# ---------------------------------------------------------------- any JSON


def string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def mappings(value: object) -> list[Node]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def first_mapping(value: object) -> Node:
    return next((item for item in listed(value) if isinstance(item, Mapping)), {})


def named(value: object) -> list[tuple[str, Node]]:
    """Objects with their names: by key in ninjs 1.x, in a list later."""
    if isinstance(value, Mapping):
        return [(str(key), item) for key, item in value.items() if isinstance(item, Mapping)]
    return [(string(item.get("name")), item) for item in mappings(value)]
