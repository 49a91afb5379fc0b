"""Finding and reading what an editor writes: articles, editions, pages, data."""

from __future__ import annotations

from pathlib import Path

from sitegen.errors import ContentError

ARTICLES, EDITIONS, PAGES, DATA = "content/articles", "content/editions", "content/pages", "data"
MAX_BYTES = 1 << 20
CONFLICT = ".conflict.md"


def markdown_files(root: Path, folder: str) -> list[Path]:
    """The Markdown files below a folder, sorted; hidden files, backups and conflicts are not content."""
    start = root / folder
    if not start.is_dir():
        return []
    return sorted(
        path
        for path in start.rglob("*.md")
        if not path.name.endswith(CONFLICT)
        and not any(part.startswith((".", "~")) for part in path.relative_to(root).parts)
        and path.is_file()
    )


def relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def read(root: Path, path: Path) -> str:
    """The text of a file, line ends made plain.

    Raises ContentError where it is not UTF-8, too large, or a link out of the digest's folder.
    """
    name = relative(root, path)
    if not path.resolve().is_relative_to(root.resolve()):
        raise ContentError(
            "this link leads out of the digest's folder", code="content-outside", path=name,
            hint="copy the file here instead of linking to it",
        )  # fmt: skip
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ContentError(
            f"cannot be read: {error.strerror}", code="content-unreadable", path=name
        ) from None
    if len(raw) > MAX_BYTES:
        raise ContentError(
            f"{len(raw):,} bytes are more than an article may have ({MAX_BYTES:,})",
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
    return text.replace("\r\n", "\n").replace("\r", "\n")
