"""Which seeds have been converted already: read from the articles' own front matter.

An article may be broken or half edited when this looks; so it looks for its few keys in the text
and validates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen import frontmatter
from sitegen.slugs import slugify

ARTICLES = "content/articles"
BASE = "content/.base"

_VALUE = r"""[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n,}#]*?))[ \t]*(?:[,}#\n]|\Z)"""
_SEED = re.compile(r"^seed:[ \t]*(\{[^}]*\}|(?:\r?\n[ \t]+[^\n]*)+)", re.MULTILINE)
_FILE = re.compile(r"\bfile:" + _VALUE)
_SHA = re.compile(r"\bsha256:" + _VALUE)
_ID = re.compile(r"^id:" + _VALUE, re.MULTILINE)
_SLUG = re.compile(r"^slug:" + _VALUE, re.MULTILINE)
_STATUS = re.compile(r"^status:" + _VALUE, re.MULTILINE)
_ADDED = re.compile(r"^added:" + _VALUE, re.MULTILINE)
CONFLICT = ".conflict.md"


@dataclass(frozen=True, slots=True)
class Known:
    """What there is: seeds by file name (each with the hash that its article names, or ""), by hash and
    by the id that conversion makes of it, and every slug that is taken (casefolded)."""

    files: Mapping[str, str]
    hashes: frozenset[str]
    ids: frozenset[str]
    slugs: frozenset[str]
    deleted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Head:
    """The few keys that tell an article and its seed from others, as its file has them.

    `path` is the file; `file` is the seed's name below seeds/; a key that is not there is empty.
    """

    path: Path
    id: str
    slug: str
    status: str
    added: str
    file: str
    sha256: str


def known(root: Path) -> Known:
    """Everything that conversion has made in this digest, kept or deleted by its editor.

    `deleted` are the ids of articles that conversion wrote and that are not there any more; their
    seeds are known by file name too.
    """
    articles = list(heads(root, ARTICLES))
    ids = {head.id for head in articles}
    gone = [head for head in heads(root, BASE, skip=ids) if head.id not in ids]
    return Known(
        files={
            **{head.file: "" for head in gone if head.file},
            **{head.file: head.sha256 for head in articles if head.file},
        },
        hashes=frozenset(head.sha256 for head in articles if head.sha256),
        ids=frozenset(ids),
        # An article whose slug was changed still has its file's name.
        slugs=frozenset(name.casefold() for head in articles for name in (head.slug, head.path.stem)),
        deleted=frozenset(head.id for head in gone),
    )


def heads(root: Path, folder: str, skip: Iterable[str] = ()) -> Iterator[Head]:
    """The heads of the Markdown files below a folder, sorted by path; conflicts and backups are none."""
    left_out = {f"{name}.md" for name in skip}
    for path in sorted((root / folder).rglob("*.md")):
        if path.name in left_out or path.name.startswith((".", "~")) or path.name.endswith(CONFLICT):
            continue
        if path.is_file():
            try:
                text = path.read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                continue
            yield head_of(text, path)


def head_of(text: str, path: Path) -> Head:
    """What the front matter of one file says, as far as it can be made out."""
    yaml = frontmatter.split(text).yaml or ""
    seed = _SEED.search(yaml)
    block = seed.group(1) if seed else ""
    return Head(
        path=path,
        id=_value(_ID, yaml) or path.stem,
        slug=_value(_SLUG, yaml) or slugify(path.stem),
        status=_value(_STATUS, yaml),
        added=_value(_ADDED, yaml),
        file=_value(_FILE, block),
        sha256=_value(_SHA, block),
    )


def _value(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return next((part for part in found.groups() if part), "").strip() if found else ""
