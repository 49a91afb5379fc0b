"""One name for many spellings: data/people.yaml and data/topics.yaml.

people:
  - {name: Maren Oskarby, aliases: [M. Oskarby], note: Chief executive of the harbour authority}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TypeVar

from sitegen import records, strictyaml
from sitegen.content import files
from sitegen.errors import ConfigError
from sitegen.frozen import record
from sitegen.model import Article, Name
from sitegen.records import Fault
from sitegen.slugs import is_slug, slugify

Kind = TypeVar("Kind")


@record
class Names:
    """The names a digest has settled on; `spelled` maps every spelling, casefolded, to its name."""

    names: tuple[Name, ...] = ()
    spelled: Mapping[str, str] = field(default_factory=dict)

    def settle(self, spelling: str) -> str:
        return self.spelled.get(spelling.casefold(), spelling)


@record
class _Entry:
    name: str
    slug: str = ""
    aliases: tuple[str, ...] = ()
    note: str | None = None


@record
class _PeopleFile:
    people: tuple[_Entry, ...] = ()


@record
class _TopicsFile:
    topics: tuple[_Entry, ...] = ()


def load_people(root: Path) -> Names:
    """data/people.yaml; nothing where there is no such file. Raises ConfigError."""
    text, made = _read(root, "people", _PeopleFile)
    return _settled(made.people if made else (), text, "people")


def load_topics(root: Path) -> Names:
    """data/topics.yaml; nothing where there is no such file. Raises ConfigError."""
    text, made = _read(root, "topics", _TopicsFile)
    return _settled(made.topics if made else (), text, "topics")


def settle(article: Article, people: Names, topics: Names) -> Article:
    """The article with every person and topic under its settled name."""
    if not people.spelled and not topics.spelled:
        return article
    quotes = tuple(
        replace(quote, speaker=people.settle(quote.speaker)) if quote.speaker else quote
        for quote in article.quotes
    )
    return replace(
        article,
        quotes=quotes,
        people=_once(map(people.settle, article.people)),
        topics=_once(map(topics.settle, article.topics)),
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _read(root: Path, name: str, kind: type[Kind]) -> tuple[str, Kind | None]:
    path = root / files.DATA / f"{name}.yaml"
    if not path.is_file():
        return "", None
    text, shown = files.read(root, path), files.relative(root, path)
    try:
        data = strictyaml.load(text, path=shown)
    except strictyaml.YamlError as error:
        raise ConfigError.of(error.problems) from None
    made, faults = records.build(kind, data or {})
    if faults:
        raise ConfigError.of(fault.within(shown, text) for fault in faults)
    return text, made


def _settled(entries: tuple[_Entry, ...], text: str, key: str) -> Names:
    spelled: dict[str, str] = {}
    faults: list[Fault] = []
    for n, entry in enumerate(entries):
        if entry.slug and not is_slug(entry.slug):
            faults.append(
                Fault((key, n, "slug"), "a slug is small letters and digits with single hyphens", "name-slug")
            )
        for spelling in (entry.name, *entry.aliases):
            other = spelled.setdefault(spelling.casefold(), entry.name)
            if other != entry.name:
                faults.append(
                    Fault(
                        (key, n),
                        f"“{spelling}” is given to both {other} and {entry.name}",
                        "name-twice",
                        "homonyms need spellings that differ",
                    )
                )
    if faults:
        raise ConfigError.of(fault.within(f"{files.DATA}/{key}.yaml", text) for fault in faults)
    names = tuple(Name(e.name, e.slug or slugify(e.name), e.aliases, e.note) for e in entries)
    return Names(names, spelled)
