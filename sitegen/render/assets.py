"""Files of the site that no template makes: the theme's assets, and the site's own static/."""

from __future__ import annotations

import os
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.model import Output
from sitegen.render.theme import Theme

FOLDER = "static"


def assets(theme: Theme) -> tuple[Output, ...]:
    """The theme's style sheet, pictures and scripts, under names that carry a hash of their content."""
    return tuple(Output(path, data, (f"theme {theme.name}",)) for path, data in theme.assets.items())


def static(root: Path) -> tuple[Output, ...]:
    """The files of the digest's static/ folder, as they are. Raises OutputError for a link.

    Hidden files are left out, except those a web server wants to find (.well-known).
    """
    folder = root / FOLDER
    if folder.is_symlink():
        raise _link(FOLDER)
    made: list[Output] = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") or name == ".well-known")
        for name in [*folders, *sorted(files)]:
            path = Path(place, name)
            shown = path.relative_to(root).as_posix()
            if path.is_symlink():
                raise _link(shown)
            if name in folders or name.startswith("."):
                continue
            made.append(Output(path.relative_to(folder).as_posix(), path.read_bytes(), (shown,)))
    return tuple(sorted(made, key=lambda output: output.path))


def _link(path: str) -> OutputError:
    return OutputError(
        "a link in static/ is not followed",
        code="static-link",
        path=path,
        hint="put the file itself there: archives that hosts deploy from hold no links",
    )
