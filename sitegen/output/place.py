"""Where a site lives: the output folder and its hidden siblings."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.frozen import record


@record
class Place:
    """The output folder (absolute, its parents resolved) and the digest's folder.

    public/              the site
    .public.stage/       what is about to be published; gone between two commands
      journal.json         the plan, from the moment it is decided until it is done
      undo.json            the same, once it was decided to go back
      tree/                the new files
      kept/                the old ones that are replaced or deleted
    .public.previous/    the site before this one: its manifest, and the files that differ
    """

    public: Path
    root: Path

    @classmethod
    def of(cls, public: Path, root: Path) -> Place:
        """Raises OutputError for a place where a site must not be written."""
        lexical = Path(os.path.normpath(public.absolute()))
        place = cls(lexical.parent.resolve() / lexical.name, root.resolve())
        for code, wrong, message, hint in _RULES:
            if wrong(place):
                raise OutputError(message, code=code, path=place.shown(), hint=hint)
        if root.absolute() in lexical.parents and place.root not in place.public.parents:
            raise OutputError(
                "the output folder stands behind a symbolic link that leads out of the digest",
                code="output-link",
                path=lexical.relative_to(root.absolute()).as_posix(),
                hint=_REAL,
            )
        return place

    @property
    def stage(self) -> Path:
        return self.public.with_name(f".{self.public.name}.stage")

    @property
    def tree(self) -> Path:
        return self.stage / "tree"

    @property
    def kept(self) -> Path:
        return self.stage / "kept"

    @property
    def journal(self) -> Path:
        return self.stage / "journal.json"

    @property
    def undo(self) -> Path:
        return self.stage / "undo.json"

    @property
    def discarded(self) -> Path:
        return self.stage / "discarded"

    @property
    def previous(self) -> Path:
        return self.public.with_name(f".{self.public.name}.previous")

    def shown(self, path: str = "") -> str:
        """The output folder, or a file in it, as messages name it: relative to the digest's folder."""
        whole = self.public / path
        short = whole.relative_to(self.root) if self.root in whole.parents else whole
        # A foreign file's name need not be valid text.
        return os.fsencode(short.as_posix()).decode("utf-8", "replace")


_REAL = "put a real folder there: sitegen never writes through a link"

# What is wrong with a place: the first rule that holds is said.
_RULES: tuple[tuple[str, Callable[[Place], bool], str, str], ...] = (
    (
        "output-place",
        lambda place: place.public in (place.root, *place.root.parents),
        "the output folder holds the digest itself",
        "choose a folder of its own, such as public/",
    ),
    (
        "output-link",
        lambda place: place.public.is_symlink(),
        "the output folder is a symbolic link",
        _REAL,
    ),
    (
        "output-place",
        lambda place: place.public.exists() and not place.public.is_dir(),
        "the output folder is a file",
        "move it away, or choose another output folder",
    ),
    (
        "output-link",
        lambda place: place.stage.is_symlink() or place.previous.is_symlink(),
        "a symbolic link stands beside the output folder, where sitegen keeps its own files",
        "remove the link that has the output folder's name between a dot and .stage or .previous",
    ),
    (
        "output-place",
        lambda place: os.path.ismount(place.public),
        "the output folder is a mount point, so a new site cannot take its place at once",
        "let the output be a folder inside the mount",
    ),
)
