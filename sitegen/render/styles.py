"""A theme's assets under names that carry a hash of their content, the style sheets joined into one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from sitegen.frozen import record

_URL = re.compile(r"""url\(\s*(["']?)(?![a-zA-Z][a-zA-Z0-9+.-]*:|/|#)([^"')]+)\1\s*\)""")
_COMMENT_OR_TEXT = re.compile(r"""/\*.*?\*/|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\s+)""", re.DOTALL)


@record
class Assets:
    """`files` by path below the output folder, `addresses` by name ("x.svg" → "/assets/x.1f2e3d4c.svg")."""

    files: Mapping[str, bytes]
    addresses: Mapping[str, str]
    stylesheet: str


def build(theme: str, chain: Sequence[Mapping[str, bytes]]) -> Assets:
    """The assets of a theme. `chain` are the files of the themes it is made of, the parent first.

    A child's asset stands before its parent's of the same name. Style sheets are joined in the
    order of the chain into one file named after the theme.
    """
    merged: dict[str, bytes] = {}
    for files in chain:
        for name, data in files.items():
            if name.startswith("assets/"):
                merged[name.removeprefix("assets/")] = data
    made: dict[str, bytes] = {}
    addresses: dict[str, str] = {}
    for name, data in merged.items():
        if not name.endswith(".css"):
            addresses[name] = "/" + _put(made, name, data)
    sheets = [_addressed(data, addresses) for name, data in merged.items() if name.endswith(".css")]
    sheet = "/" + _put(made, f"{theme}.css", minified("\n".join(sheets)).encode())
    return Assets(made, {**addresses, f"{theme}.css": sheet}, sheet)


def minified(css: str) -> str:
    """CSS without comments and needless white space; text in quotation marks stays as it is."""
    short = _COMMENT_OR_TEXT.sub(lambda m: m.group(1) or (" " if m.group(2) else ""), css)
    pieces = re.split(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", short)
    # Nothing is taken from around a colon: "a :hover" is not "a:hover", and "--on: ;" holds a space.
    pieces[::2] = [re.sub(r"\s*([{}])\s*|([;,])\s+", r"\1\2", piece) for piece in pieces[::2]]
    return "".join(pieces).replace(";}", "}").strip() + "\n"


def _put(made: dict[str, bytes], name: str, data: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    mark = hashlib.sha256(data).hexdigest()[:8]
    path = f"assets/{stem}.{mark}.{ending}" if dot else f"assets/{name}.{mark}"
    made[path] = data
    return path


def _addressed(data: bytes, addresses: Mapping[str, str]) -> str:
    """A style sheet whose links to other assets carry their hashed names; all stand in one folder."""

    def put(match: re.Match[str]) -> str:
        name = match.group(2)
        return f'url("{addresses[name].removeprefix("/assets/")}")' if name in addresses else match.group()

    return _URL.sub(put, data.decode("utf-8-sig"))
