"""The folder of a theme, read whole: its files, and what theme.yaml says of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from sitegen import records, strictyaml
from sitegen.errors import ThemeError
from sitegen.frozen import record
from sitegen.views import Kind

API = 1
MANIFEST = "theme.yaml"
# Kinds of page that link to each other: a theme has all of a group or none, and always the first group.
_TOGETHER: tuple[tuple[Kind, ...], ...] = (
    ("home", "article"), ("edition", "editions"), ("topic", "topics"), ("person", "people"),
    ("source", "sources"),
)  # fmt: skip


@record
class Manifest:
    """theme.yaml. `api` is the version of what templates are given; `extends` the parent theme.

    `pages` are the kinds of page that the theme has, `whole` those whose lists are never cut into
    pages; None leaves either to the parent, and at last to `Kinds`.
    """

    name: str
    api: int
    extends: str | None = None
    description: str = ""
    pages: tuple[Kind, ...] | None = None
    whole: tuple[Kind, ...] | None = None


def manifest(data: bytes, name: str, path: str) -> Manifest:
    text = decoded(data, path)
    try:
        made, faults = records.build(Manifest, strictyaml.load(text, path=path))
    except strictyaml.YamlError as error:
        raise ThemeError.of(error.problems) from None
    if made is None:
        raise ThemeError.of(fault.within(path, text) for fault in faults)
    if made.api != API:
        raise ThemeError.of([records.Fault(("api",), *_WRONG_API[made.api > API]).within(path, text)])
    if made.name != name:
        message = f"this theme calls itself “{made.name}” but stands in a folder “{name}”"
        raise ThemeError.of(
            [records.Fault(("name",), message, "theme-name", f"write “name: {name}”").within(path, text)]
        )
    if made.pages is not None and (missing := _missing_kind(made.pages)):
        hint = f"add “{missing}”: other pages of this theme link there"
        lone = records.Fault(("pages",), f"this theme has no kind “{missing}”", "theme-pages", hint)
        raise ThemeError.of([lone.within(path, text)])
    return made


def _missing_kind(pages: Sequence[Kind]) -> Kind | None:
    """A kind that is not among the pages though one that goes with it is."""
    needed = (group for group in _TOGETHER if group is _TOGETHER[0] or not set(group).isdisjoint(pages))
    return next((kind for group in needed for kind in group if kind not in pages), None)


# By whether the theme is newer than what we speak: message, code, what to do.
_WRONG_API = {
    True: (
        f"this theme needs a newer sitegen (here templates are given version {API})",
        "theme-too-new",
        "upgrade sitegen, or take an older release of the theme",
    ),
    False: (
        f"this theme was made for an older sitegen (here templates are given version {API})",
        "theme-too-old",
        f"take a newer release of the theme, or follow docs/themes.md and then write “api: {API}”",
    ),
}


def read(folder: Path, limit: Path, shown: str) -> dict[str, bytes]:
    """The files of a folder by relative path, in order. No link may lead out of the folder and `limit`."""
    inside = [Path(os.path.realpath(place)) for place in (folder, limit)]
    if not inside[0].is_relative_to(inside[1]):
        raise _leads_out(shown)
    files: dict[str, bytes] = {}
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        real = Path(os.path.realpath(path))
        if path.is_symlink() and (path.is_dir() or not any(real.is_relative_to(place) for place in inside)):
            raise _leads_out(f"{shown}/{name}")
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            raise ThemeError(
                f"cannot be read: {error.strerror}", code="theme-unreadable", path=f"{shown}/{name}"
            ) from None
    return files


def _leads_out(path: str) -> ThemeError:
    return ThemeError(
        "a link out of the theme is not followed",
        code="theme-link",
        path=path,
        hint="put a copy of the file there instead",
    )


def _walk(folder: Path) -> Iterator[Path]:
    """Files, and links to folders, in a fixed order; hidden files and editors' backups are passed over."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "#")) or path.name.endswith("~"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def decoded(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ThemeError(f"not UTF-8 text (byte {error.start})", code="theme-encoding", path=path) from None
