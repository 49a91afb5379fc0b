"""Seeds as they lie in seeds/: finding them, reading them, their front matter.

A reader turns bytes into a Seed; which one is decided by the file's ending. Plain text and
Markdown are read here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from sitegen import frontmatter, strictyaml
from sitegen.errors import Problem, SeedError
from sitegen.model import Block, Label, Seed
from sitegen.seeds.decode import decode
from sitegen.seeds.found import Extracted
from sitegen.seeds.structure import blocks as cutting

FOLDER = "seeds"
MARKDOWN = ".md"
# Formats that hold an article among other things: ending → the module whose `extract` takes it out,
# imported when such a seed is met.
FORMATS = {".html": "saved.saved_page", ".htm": "saved.saved_page", ".json": "formats.news_json"}
ENDINGS = (".txt", MARKDOWN, *FORMATS)

_BACKUPS = ("~", ".bak", ".swp", ".swo", ".orig", ".tmp", ".rej")
_BESIDE_PAGES = frozenset(
    (
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".css", ".js", ".woff",
        ".woff2", ".ttf",
    )
)  # fmt: skip
_PAGES = (".html", ".htm")
_ABOVE_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_SUBHEAD = 12  # words
_ENDS = re.compile(r"[.!?:;,…][\"”’')]*\Z")
_LONGEST_ABOVE = 1 << 16  # bytes

# What the programs begin with whose files are most often given a wrong name.
_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def seed_files(root: Path) -> list[Path]:
    """The seeds of the digest in `root`, sorted; hidden files and editors' backups are not seeds."""
    return text_files(root / FOLDER)


def text_files(folder: Path) -> list[Path]:
    """The files below a folder that could be seeds, sorted by their names."""
    if not folder.is_dir():
        return []
    found = (path for ending in ENDINGS for path in folder.rglob(f"*{ending}"))
    return sorted(path for path in found if _is_seed(path.relative_to(folder).parts) and path.is_file())


def unknown_formats(root: Path) -> list[Path]:
    """The files in seeds/ that nobody can read and that an editor may think are seeds, sorted.

    Notes to colleagues and what is saved beside a page (pictures, styles, its `NAME_files/`) are not.
    """
    folder = root / FOLDER
    found = (path for path in folder.rglob("*") if path.suffix not in ENDINGS)
    return sorted(path for path in found if _looks_like_seed(path.relative_to(folder)) and path.is_file())


def _looks_like_seed(path: Path) -> bool:
    if not _is_seed(path.parts) or path.name.endswith(_BACKUPS) or path.name.upper().startswith("README"):
        return False
    if path.name in ("Thumbs.db", "desktop.ini"):
        return False
    beside = any(part.endswith(("_files", "-files", ".files")) for part in path.parts[:-1])
    return not beside and path.suffix.lower() not in _BESIDE_PAGES


def _is_seed(parts: Iterable[str]) -> bool:
    return not any(part.startswith((".", "~", "#")) for part in parts)


def read(
    root: Path, path: Path, limit: int = 1 << 20, page_limit: int = 8 << 20
) -> tuple[Seed, list[Problem]]:
    """One seed and the warnings about it. `limit` is the largest size of a text in bytes, `page_limit`
    that of a saved page or a news format.

    Raises SeedError: seed-outside, seed-unreadable, seed-too-large, seed-binary, or what is wrong
    with its front matter or its format.
    """
    name = relative(root, path)
    if module := FORMATS.get(path.suffix.lower()):
        data = _bytes(root, path, name, page_limit, "max_page_bytes")
        above, page = _taken_apart(data, name) if path.suffix.lower() in _PAGES else ({}, data)
        made: Extracted = import_module(f"sitegen.seeds.{module}").extract(page, name)
        digest = sha256(data).hexdigest()
        said = {**above, **{key: value for key, value in made.meta.items() if key not in above}}
        seed = Seed(name, digest, made.text, said, made.encoding, made.blocks, made.images, made.links)
        return seed, list(made.problems)
    data = _bytes(root, path, name, limit, "max_text_bytes")
    decoded = decode(data)
    problems = [] if decoded.sure else [_doubt(name, decoded.encoding)]
    try:
        meta, text = frontmatter.load(decoded.text, path=name)
    except strictyaml.YamlError as error:
        raise SeedError.of(error.problems) from None
    blocks = _of_feed(text, meta) if isinstance(meta.get("fetched"), dict) else ()
    return Seed(name, sha256(data).hexdigest(), text, meta, decoded.encoding, blocks), problems


def _of_feed(text: str, meta: Mapping[str, Any]) -> tuple[Block, ...]:
    """The paragraphs of a feed's item. They are the article and nothing else: what would be debris of a
    pasted page, such as a short line at the top, is not."""
    made = []
    spans = cutting.split(text)
    for number, (start, end) in enumerate(spans):
        words = text[start:end]
        label: Label = "body"
        if number == 0 and words == meta.get("title"):
            label = "title"
        elif words.startswith("- "):
            label = "list"
        elif 0 < number < len(spans) - 1 and len(words.split()) <= _SUBHEAD and not _ENDS.search(words):
            label = "subhead"
        made.append(Block(start, end, label, "paragraph of a feed's item"))
    return tuple(made)


def _taken_apart(data: bytes, name: str) -> tuple[dict[str, Any], bytes]:
    """The front matter above a saved page, and the page's own bytes, in whatever character set they are."""
    found = _ABOVE_PAGE.match(data[:_LONGEST_ABOVE])
    if not found:
        return {}, data
    try:
        return frontmatter.load(found.group().decode("utf-8", "replace"), path=name)[0], data[found.end() :]
    except strictyaml.YamlError as error:
        raise SeedError.of(error.problems) from None


def relative(root: Path, path: Path) -> str:
    """A seed's path as the digest names it: from the digest's folder, with forward slashes."""
    within = _within(root, path)
    return path.as_posix() if within is None else within.replace(os.sep, "/")


def _within(root: Path, path: Path) -> str | None:
    """The way from the digest's folder to a file below it, links not followed: a link is named as the
    editor named it. None for a file that lies elsewhere."""
    base, whole = os.path.normpath(root.absolute()), os.path.normpath(path.absolute())
    before = base if base.endswith(os.sep) else base + os.sep
    return whole.removeprefix(before) if whole.startswith(before) else None


def _leads_out(root: Path, path: Path) -> bool:
    """Whether a file that seems to lie below the digest's folder lies elsewhere, by a link on the way."""
    within = _within(root, path)
    if within is None:
        return False
    linked = ".." in path.parts  # what stands behind .. depends on links
    here = root
    for step in () if linked else Path(within).parts:
        here = here / step
        if here.is_symlink():
            linked = True
            break
    return linked and not path.resolve().is_relative_to(root.resolve())


def _bytes(root: Path, path: Path, name: str, limit: int, key: str) -> bytes:
    if _leads_out(root, path):
        raise SeedError(
            "this link leads out of the digest's folder", code="seed-outside", path=name,
            hint="copy the file here instead of linking to it",
        )  # fmt: skip
    try:
        with path.open("rb", buffering=0) as file:
            size = min(os.fstat(file.fileno()).st_size, limit)
            data = file.read(size + 1)
            if len(data) > size:  # it grew, or is no plain file
                data += file.read(limit - size)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise SeedError(message, code="seed-unreadable", path=name) from None
    if len(data) > limit:
        raise SeedError(
            f"larger than a seed may be ({limit:,} bytes)", code="seed-too-large", path=name,
            hint=f"cut the file, or raise convert.{key} in sitegen.yaml",
        )  # fmt: skip
    above = _ABOVE_PAGE.match(data[:_LONGEST_ABOVE])
    below = data[above.end() :] if above else data
    if below.startswith(_SIGNATURES) or (b"\0" in below and not below.startswith(_WIDE_MARKS)):
        raise SeedError(
            "this is not a text file", code="seed-binary", path=name,
            hint="open it in the program that made it and save it as plain text in UTF-8",
        )  # fmt: skip
    return data


def _doubt(name: str, encoding: str) -> Problem:
    shown = "Windows-1252" if encoding == "cp1252" else encoding.upper()
    return Problem(
        f"not all of it is UTF-8: read as {shown}",
        "seed-encoding",
        name,
        hint="look for odd letters in the article, or save the seed as UTF-8",
        severity="warning",
    )
