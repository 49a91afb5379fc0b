"""Which file a text means by the address of a picture."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from sitegen.frozen import record

STATIC, CONTENT = "static", "content"


@record
class Wrong:
    """What is wrong with a picture, in words for who named it."""

    message: str
    code: str
    hint: str


def find(root: Path, page: str, src: str) -> str | Wrong:
    """The path of a picture's file from the digest's folder `root`, by the address that the file `page` has.

    `/a.jpg` is static/a.jpg. `a.jpg` stands beside the page, or in a folder that is called as the page's
    file is; else it is that of static/. What leads out of content/ and static/, by dots or by a link, is
    refused.
    """
    name = unquote(src.partition("#")[0].partition("?")[0])
    missing = Wrong(
        f"there is no picture {src}", "picture-missing", f"looked for {', '.join(_places(page, name))}"
    )
    for place in _places(page, name):
        path = root / place
        try:
            there = path.is_file()
        except (OSError, ValueError):  # a name too long for the file system, or with a zero byte
            return missing
        if not there:
            continue
        if not path.resolve().is_relative_to(root.resolve()):
            return Wrong(
                f"the picture {src} is a link that leads out of the digest's folder", "picture-outside",
                "put the file itself there",
            )  # fmt: skip
        return place
    return missing


def _places(page: str, name: str) -> Iterator[str]:
    """The files that an address may mean, the likeliest first; none of them outside."""
    if name.startswith("/"):
        candidates = [(STATIC, f"{STATIC}{name}")]
    else:
        folder, stem = posixpath.dirname(page), posixpath.splitext(page)[0]
        candidates = [
            (CONTENT, f"{folder}/{name}"),
            (CONTENT, f"{stem}/{name}"),
            (STATIC, f"{STATIC}/{name}"),
        ]
    for top, candidate in candidates:
        path = posixpath.normpath(candidate)
        if path.startswith(f"{top}/") and not any(part.startswith(".") for part in path.split("/")):
            yield path
