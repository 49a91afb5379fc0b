"""What a schema.org article says of itself, as JSON-LD has it: in a file of its own or in a saved page.

The names are those of https://schema.org/NewsArticle and of its parents up to CreativeWork. Publishers
take liberties: a person may be a name, a list or a reference into `@graph`; words may hold tags and
entities. Nothing here raises; what cannot be read is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date as Day
from datetime import datetime
from html import unescape
from urllib.parse import urlsplit

from sitegen.seeds.escape import squeeze

When = Day | datetime

_ARTICLES = re.compile(r"(?:\w*Article|Report|\w*BlogPosting|SocialMediaPosting)\Z")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAKS = re.compile(r"(?:</?(?:p|div|li|h[1-6]|br|blockquote)\b[^<>]*>|\s*\n)+", re.IGNORECASE)
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "item", "about")
_DEEPEST = 8
_OLDEST = 1700  # years before it stand for "no date"
_DAY = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d)")

# Our key → where schema.org has it, the better place first.
_WORDS = {
    "title": ("headline", "name"),
    "standfirst": ("description", "abstract", "alternativeHeadline"),
    "language": ("inLanguage",),
}
_TIMES = {"date": ("datePublished", "dateCreated"), "updated": ("dateModified",)}


def articles_in(value: object) -> list[Mapping[str, object]]:
    """The articles in a JSON-LD value, in order, with the references of one `@graph` put in their place."""
    named = {str(node["@id"]): node for node in _nodes(value) if "@id" in node and len(node) > 1}
    return [_resolved(node, named) for node in _nodes(value) if _is_article(node)]


def meta_of(node: Mapping[str, object]) -> dict[str, object]:
    """An article's facts under the keys of a seed's front matter; absent ones are left out.

    title, standfirst, url, site, language: words. author: a list of names. topics: a list of words.
    date, updated: a day, or a moment where the zone is given. images: a list of mappings with src,
    alt, caption, credit.
    """
    found: dict[str, object] = {name: _first_words(node, keys) for name, keys in _WORDS.items()}
    found |= {
        name: next(filter(None, (when(node.get(key)) for key in keys)), None) for name, keys in _TIMES.items()
    }
    found["author"] = _names(node.get("author")) or _names(node.get("creator"))
    found["site"] = next(iter(_names(node.get("publisher")) or _names(node.get("sourceOrganization"))), None)
    found["url"] = (
        _address(node.get("url")) or _address(node.get("mainEntityOfPage")) or _address(node.get("@id"))
    )
    found["topics"] = _keywords(node.get("keywords"))
    found["images"] = _images(node.get("image"))
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def body_of(node: Mapping[str, object]) -> list[str]:
    """The paragraphs of `articleBody`, without tags."""
    body = node.get("articleBody")
    parts = body if isinstance(body, list) else [body]
    whole = "\n".join(part for part in parts if isinstance(part, str))
    return [words for part in _BREAKS.split(unescape(whole)) if (words := squeeze(_TAG.sub("", part)))]


def types_of(node: Mapping[str, object]) -> list[str]:
    """The names of a node's types, without the address of their vocabulary."""
    kinds = node.get("@type")
    return [re.split(r"[/#:]", str(kind))[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def when(value: object) -> When | None:
    """A date as JSON-LD writes it (ISO 8601): a moment where it names its zone, else the day alone."""
    if isinstance(value, list):
        value = value[0] if value else None
    said = _said(value)
    try:
        moment = datetime.fromisoformat(said.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return _day(said)
    if moment.year < _OLDEST:
        return None
    return moment if moment.utcoffset() is not None else moment.date()


def _day(said: str) -> Day | None:
    found = _DAY.match(said)
    try:
        return Day(*map(int, found.groups())) if found and int(found[1]) >= _OLDEST else None
    except ValueError:
        return None


def _nodes(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, Mapping) and depth < _DEEPEST:
        yield value
        for key in _INSIDE:
            yield from _nodes(value.get(key), depth + 1)


def _is_article(node: Mapping[str, object]) -> bool:
    return any(_ARTICLES.match(kind) for kind in types_of(node))


def _resolved(node: Mapping[str, object], named: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    """The node with `{"@id": …}` replaced by what has that name."""

    def whole(value: object) -> object:
        if isinstance(value, list):
            return [whole(item) for item in value]
        return named.get(str(value["@id"]), value) if isinstance(value, Mapping) and "@id" in value else value

    kept = ("author", "creator", "publisher", "image", "sourceOrganization")
    return {key: whole(value) if key in kept else value for key, value in node.items()}


def _said(value: object) -> str:
    """A value's words on one line, without tags and entities."""
    if isinstance(value, Mapping):
        value = value.get("@value", value.get("name"))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return squeeze(_TAG.sub("", unescape(unescape(str(value)))))


def _first_words(node: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = node.get(key)
        if words := _said(value[0] if isinstance(value, list) and value else value):
            return words
    return None


def _names(value: object) -> list[str]:
    """The names of persons or organisations: words, a mapping with a name, or a list of these."""
    items = value if isinstance(value, list) else [value]
    found: list[str] = []
    for item in items:
        name = item.get("name") if isinstance(item, Mapping) else item
        found += _names(name) if isinstance(name, list) else [_said(name)]
    return list(dict.fromkeys(name for name in found if name and not name.startswith(("http:", "https:"))))


def _address(value: object) -> str | None:
    """A web address: words, or a mapping with `@id` or `url`."""
    if isinstance(value, Mapping):
        return _address(value.get("url")) or _address(value.get("contentUrl")) or _address(value.get("@id"))
    try:
        parts = urlsplit(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
    return parts.geturl() if parts and parts.scheme in ("http", "https") and parts.netloc else None


def _keywords(value: object) -> list[str]:
    items = value if isinstance(value, list) else _said(value).split(",")
    return list(dict.fromkeys(words for item in items if (words := _said(item))))


def _images(value: object) -> list[dict[str, str]]:
    made = []
    for item in value if isinstance(value, list) else [value]:
        if src := _address(item):
            said = item if isinstance(item, Mapping) else {}
            credit = _said(said.get("creditText")) or ", ".join(
                _names(said.get("creator") or said.get("author"))
            )
            named = {"src": src, "alt": "", "caption": _said(said.get("caption")), "credit": credit}
            made.append({key: words for key, words in named.items() if words or key == "alt"})
    return made
