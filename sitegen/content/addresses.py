"""Every address an article has had: content/.urls, and the redirects that follow from it.

The file is committed: `ID ADDRESS` a line, sorted. It only ever grows, so that a link once given
away keeps working when a slug changes; only a takedown takes lines out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sitegen import frontmatter
from sitegen.content import files
from sitegen.errors import Problem
from sitegen.model import Article, StaticPage
from sitegen.records import Fault

FILE = "content/.urls"


def read(root: Path) -> frozenset[tuple[str, str]]:
    """(id, address) of every line; a line that is neither is left alone."""
    path = root / FILE
    if not path.is_file():
        return frozenset()
    text = files.read(root, path, most=None)  # our own, and it only grows
    rows = (line.split() for line in text.splitlines())
    return frozenset((row[0], row[1]) for row in rows if len(row) == 2 and row[1].startswith("/"))


def updated(known: frozenset[tuple[str, str]], articles: Iterable[Article]) -> str | None:
    """The text of the file with today's addresses in it, or None where nothing is new."""
    new = {row for article in articles if (row := (article.id, article.url)) not in known}
    return _text(known | new) if new else None


def forget(root: Path, name: str) -> None:
    """Take every address of one id out of the file."""
    known = read(root)
    kept = frozenset(row for row in known if row[0] != name)
    if kept != known:
        remember(root, _text(kept))


def _text(known: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{name} {url}\n" for name, url in sorted(known))


def remember(root: Path, text: str) -> None:
    """Write content/.urls; a crash leaves the old one."""
    path = root / FILE
    if path.parent.is_dir():
        part = path.with_name(path.name + ".part")
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)


def redirects(known: frozenset[tuple[str, str]], articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
    """(old, new) for aliases and former addresses; an address in use is never redirected."""
    in_use = {article.url.casefold() for article in articles}
    by_id = {article.id: article.url for article in articles}
    moved = [(name, old) for name, old in known if by_id.get(name, old) != old]
    pairs = {old: by_id[name] for name, old in sorted(moved)}
    for article in articles:
        if article.aliases:
            pairs.update(dict.fromkeys(article.aliases, article.url))
    return tuple(sorted((old, new) for old, new in pairs.items() if old.casefold() not in in_use))


def collisions(
    articles: Sequence[Article], pages: Sequence[StaticPage], text_of: Callable[[str], str]
) -> list[Problem]:
    """Two sources at one address, with one id or one alias: each is an error that names both. An alias at
    which a page stands is a warning.

    `text_of` gives the text of a file by its path.
    """
    faults: list[tuple[str, Fault]] = []
    ids: dict[str, str] = {}
    urls: dict[str, str] = {}
    entries = [(a.path, a.url, a.id) for a in articles] + [(p.path, p.url, "") for p in pages]
    for path, url, name in sorted(entries):
        if name and (other := ids.setdefault(name, path)) != path:
            message = f"the id {name} is that of {other} too"
            hint = "whichever of the two is the copy needs an id of its own: 12 other letters and digits"
            faults.append((path, Fault(("id",), message, "id-twice", hint)))
        elif (other := urls.setdefault(url.casefold(), path)) != path:
            message = f"this page and {other} are both at {url}"
            faults.append((path, Fault(("slug",), message, "address-twice", "give one of them another slug")))
    faults += _alias_faults(articles, urls)
    found = [
        fault.at(path, text, *frontmatter.locate(text, fault.key))
        for path, fault in faults
        for text in (text_of(path),)
    ]
    return [replace(one, severity="warning") if one.code == "alias-taken" else one for one in found]


def _alias_faults(articles: Sequence[Article], urls: Mapping[str, str]) -> Iterator[tuple[str, Fault]]:
    """Aliases that lead nowhere, or to two places. `urls` are the pages' paths by address."""
    claimed: dict[str, str] = {}
    for article in sorted((a for a in articles if a.aliases), key=lambda a: a.path):
        for n, alias in enumerate(article.aliases):
            key, place = alias.casefold().rstrip("/"), ("aliases", n)
            there = urls.get(f"{key}/")
            if (other := claimed.setdefault(key, article.path)) != article.path:
                message = f"{alias} is an alias of {other} too"
                yield article.path, Fault(place, message, "alias-twice", "leave it to one of them")
            elif there and there != article.path:
                message = f"{alias} is the address of {there}, so that it does not lead here"
                hint = "take the alias away, or give that page another slug"
                yield article.path, Fault(place, message, "alias-taken", hint)
