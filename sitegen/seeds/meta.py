"""What a seed's own front matter says, whatever its keys are called.

Nothing in it can be wrong enough to stop a conversion: a value that does not fit its key is kept
as it stands, under `extra:`, with every key that means nothing to us.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date as Day
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlsplit

from sitegen import records
from sitegen.markdown import safe_url
from sitegen.model import Image, Rights, Source
from sitegen.seeds.escape import squeeze
from sitegen.seeds.structure.dates import taken_apart
from sitegen.seeds.words import table

When = Day | datetime


@dataclass(frozen=True, slots=True)
class Meta:
    """The fields that were given and could be read; `extra` has all the rest as it stood."""

    title: str | None = None
    standfirst: str | None = None
    url: str | None = None
    author: str | None = None
    date: When | None = None
    updated: When | None = None
    language: str | None = None
    topics: tuple[str, ...] = ()
    source: Source = field(default_factory=Source)
    rights: str | None = None
    note: str | None = None
    dateline: str | None = None
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


_NOTHING = Meta()


def read_meta(data: Mapping[str, object]) -> Meta:
    """The front matter of a seed. Never raises."""
    if not data:
        return _NOTHING
    known = table("en", "meta_keys")  # keys are English in every seed, like our own
    values: dict[str, Any] = {}
    extra: dict[str, object] = {}
    for key, value in data.items():
        name = known.get(key.casefold())
        made = _READ[name](value) if name and name not in values else None
        if name and made is not None:
            values[name] = made
        elif name != "extra" and value is not None:
            extra[key] = value
    return Meta(**values, extra=extra)


def _text(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Day):
        return None
    return squeeze(str(value)) or None


def _names(value: object) -> tuple[str, ...] | None:
    """A list of words, or words with commas between them."""
    items = value if isinstance(value, list) else str(value).split(",") if _text(value) else None
    if items is None or not all(_text(item) for item in items):
        return None
    return tuple(dict.fromkeys(squeeze(str(item)) for item in items)) or None


def _authors(value: object) -> str | None:
    """A name, or a list of them; also as schema.org writes them, {name: …}."""
    people = value if isinstance(value, list) else [value]
    found = [_text(person.get("name") if isinstance(person, Mapping) else person) for person in people]
    return ", ".join(name for name in found if name) if found and all(found) else None


def _when(value: object) -> When | None:
    if isinstance(value, Day):
        return value
    said = taken_apart(value) if isinstance(value, str) and len(value) < 80 else None
    return said.when if said and not said.rest else None


def _url(value: object) -> str | None:
    try:
        parts = urlsplit(str(value))
    except ValueError:
        return None
    return squeeze(str(value)) if parts.scheme in ("http", "https") and parts.netloc else None


def _topics(value: object) -> tuple[str, ...] | None:
    names = _names(value)
    return tuple(dict.fromkeys(name.lower() for name in names)) if names else None


def _source(value: object) -> Source | None:
    """A newsroom's name, or the mapping that articles have."""
    if isinstance(value, Mapping):
        made, _ = records.build(Source, value)
        return made if made and (made.url is None or _url(made.url)) else None
    name = _text(value)
    return Source(name=name) if name else None


def _rights(value: object) -> str | None:
    return value if isinstance(value, str) and value in get_args(Rights) else None


def _images(value: object) -> tuple[Image, ...] | None:
    found = [records.build(Image, item)[0] for item in value] if isinstance(value, list) else []
    images = tuple(image for image in found if image and safe_url(image.src))
    return images if images and len(images) == len(found) else None


_READ: Mapping[str, Callable[[object], object]] = {
    "title": _text,
    "standfirst": _text,
    "url": _url,
    "author": _authors,
    "date": _when,
    "updated": _when,
    "language": _text,
    "topics": _topics,
    "source": _source,
    "rights": _rights,
    "note": _text,
    "dateline": _text,
    "people": _names,
    "organisations": _names,
    "images": _images,
}
assert set(_READ) == {item.name for item in fields(Meta)} - {"extra"}
