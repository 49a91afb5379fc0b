"""Finding and reading what an editor writes: articles, editions, pages, data."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG

from sitegen.errors import ContentError
from sitegen.frozen import record

ARTICLES, EDITIONS, PAGES, DATA = "content/articles", "content/editions", "content/pages", "data"
MAX_BYTES = 1 << 20
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_AT_ONCE = 1 << 16
CONFLICT = ".conflict.md"


@record
class Found:
    """A file of content: `name` is its path from the digest's folder, `stat` what it was when it was found.

    `plain` says that there is no link on the way to it.
    """

    name: str
    stat: os.stat_result
    plain: bool = False


def scan(root: Path, folder: str) -> list[Found]:
    """The Markdown files below a folder, sorted; hidden files, backups and conflicts are not content."""
    found: list[Found] = []
    start = f"{root}/{folder}"
    waiting = [folder] if (root / folder).is_dir() else []
    plain = os.path.realpath(start) == f"{os.path.realpath(root)}/{folder}"
    while waiting:
        above = waiting.pop()
        with os.scandir(f"{root}/{above}") as entries:
            for entry in entries:
                name = entry.name
                if _passed_over(name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{above}/{name}")
                elif _is_content(name) and entry.is_file():
                    found.append(Found(f"{above}/{name}", entry.stat(), plain and not entry.is_symlink()))
    return sorted(found, key=lambda file: file.name.split("/"))


def find(root: Path, name: str) -> Found | None:
    """The file that `scan` would find under this name, or None."""
    *above, last = name.split("/")
    if any(_passed_over(part) for part in (*above, last)) or not _is_content(last):
        return None
    below = ["/".join(above[: n + 1]) for n in range(2, len(above))]  # content/articles itself may be a link
    if any(os.path.islink(f"{root}/{folder}") for folder in below):  # noqa: PTH114 - no need for a Path
        return None
    try:
        stat = os.stat(f"{root}/{name}")  # noqa: PTH116
    except OSError:
        return None
    return Found(name, stat) if S_ISREG(stat.st_mode) else None


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~"))


def _is_content(name: str) -> bool:
    return name.endswith(".md") and not name.endswith(CONFLICT)


def relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def read(root: Path, path: Path, *, most: int | None = MAX_BYTES) -> str:
    """The text of a file, line ends made plain; `most` is how many bytes it may have.

    Raises ContentError where it is not UTF-8, too large, or a link out of the digest's folder.
    """
    name = relative(root, path)
    return decode(name, read_bytes(root, name), most=most)


def read_bytes(root: Path, name: str, *, plain: bool = False) -> bytes:
    """The bytes of a file, by its path from the digest's folder; `plain` as in Found. Raises ContentError."""
    path = f"{root}/{name}"
    if not plain and not Path(path).resolve().is_relative_to(root.resolve()):
        raise ContentError(
            "this link leads out of the digest's folder", code="content-outside", path=name,
            hint="copy the file here instead of linking to it",
        )  # fmt: skip
    try:
        return _whole(path)
    except OSError as error:
        raise ContentError(
            f"cannot be read: {error.strerror}", code="content-unreadable", path=name
        ) from None


def _whole(path: str) -> bytes:
    """As Path.read_bytes, without a file object: this is done for every article, twice."""
    handle = os.open(path, _READ)
    try:
        parts = [os.read(handle, _AT_ONCE)]
        while parts[-1]:
            parts.append(os.read(handle, _AT_ONCE))
    finally:
        os.close(handle)
    return b"".join(parts)


def decode(name: str, raw: bytes, *, most: int | None = MAX_BYTES) -> str:
    """The text of a file's bytes, line ends made plain. Raises ContentError."""
    if most is not None and len(raw) > most:
        raise ContentError(
            f"{len(raw):,} bytes are more than an article may have ({most:,})",
            code="content-too-large",
            path=name,
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError(
            "this is not UTF-8 text", code="content-encoding", path=name, line=line,
            hint="save the file as UTF-8 in your editor",
        ) from None  # fmt: skip
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
