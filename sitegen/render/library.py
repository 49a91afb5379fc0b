"""The themes at hand, and a child of one begun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sitegen import records, strictyaml
from sitegen.errors import UsageError
from sitegen.render.folder import API, MANIFEST, Manifest
from sitegen.render.theme import available, load

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")


@dataclass(frozen=True, slots=True)
class Listed:
    """A theme that a digest could use. `api` is None where its theme.yaml cannot be read."""

    name: str
    shipped: bool
    api: int | None
    extends: str | None
    description: str


def listed(root: Path) -> tuple[Listed, ...]:
    """Every theme that the digest in `root` could use, by name."""
    return tuple(_listed(root, name, path) for name, path in sorted(available(root).items()))


def _listed(root: Path, name: str, path: Path) -> Listed:
    shipped = path.parent != root / "themes"
    try:
        text = (path / MANIFEST).read_text(encoding="utf-8-sig")
        made, _ = records.build(Manifest, strictyaml.load(text, path=MANIFEST))
    except (OSError, UnicodeDecodeError, strictyaml.YamlError):
        made = None
    if made is None:
        return Listed(name, shipped, None, None, "")
    return Listed(name, shipped, made.api, made.extends, made.description)


def copy(root: Path, name: str, to: str, *, whole: bool = False) -> tuple[str, ...]:
    """Begin a child of the theme `name` at `to` ("themes/MINE"): the files made, relative to `root`.

    It extends the theme and changes nothing; with `whole` it has every template that the theme has
    or inherits, to be edited. Raises UsageError for a place that is taken or no theme could stand
    at, ThemeError for a theme that is not there.
    """
    folder = Path(to)
    if folder.is_absolute() or folder.parts[:-1] != ("themes",) or not _NAME.match(folder.name):
        raise UsageError(
            f"no theme can stand at {to}", code="theme-place", hint="write it like --to themes/mine"
        )
    if folder.name in available(root):
        raise UsageError(
            f"there is a theme “{folder.name}” already",
            code="theme-taken",
            hint="--to themes/NAME names another",
        )
    theme = load(root, name)
    mine = f"{name}:"
    files = {MANIFEST: f"name: {folder.name}\napi: {API}\nextends: {name}\ndescription: A child of {name}.\n"}
    if whole:
        files |= {
            f"templates/{seen.removeprefix(mine)}": source.text
            for seen, source in theme.templates.items()
            if seen.startswith(mine)
        }
    return tuple(_put(root, (folder / file).as_posix(), text) for file, text in sorted(files.items()))


def _put(root: Path, name: str, text: str) -> str:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return name
