"""Front matter: the YAML between two lines of `---` at the top of a text file.

load(dump(data, body)) == (data, body)     for a body without carriage returns
"""

from __future__ import annotations

import re
from typing import Any

from sitegen import strictyaml
from sitegen.errors import Problem
from sitegen.frozen import record

_FENCE = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\Z)")
_END = re.compile(r"\n---[ \t]*(?:\r\n|\n|\Z)")


@record
class Parts:
    """A file cut in two: `yaml` begins on line 2 of the file, `body` on line `body_line`.

    `yaml` is None where the file has no front matter.
    """

    yaml: str | None
    body: str
    body_line: int


def split(text: str) -> Parts:
    """Cut a file at its front matter. An opening `---` without an end is body, as in plain Markdown."""
    if text.startswith("---\n"):
        end = text.find("\n---", 3)
        if text.startswith("\n", end + 4) and end >= 0:  # as nearly all files are
            return Parts(text[4 : end + 1], text[end + 5 :], text.count("\n", 0, end + 5) + 1)
    opening = _FENCE.match(text)
    if not opening:
        return Parts(None, text.removeprefix("\ufeff"), 1)
    # The line break before the closing line may be that of the opening one, where there is nothing between.
    closing = _END.search(text, opening.end() - 1)
    if not closing:
        return Parts(None, text.removeprefix("\ufeff"), 1)
    yaml = text[opening.end() : closing.start() + 1]
    return Parts(yaml, text[closing.end() :], text.count("\n", 0, closing.end()) + 1)


def load(text: str, *, path: str | None = None) -> tuple[dict[str, Any], str]:
    """Front matter and body of a file. Raises strictyaml.YamlError with the file's line numbers."""
    parts = split(text)
    if parts.yaml is None:
        return {}, parts.body
    data = strictyaml.load(parts.yaml, path=path, first_line=2)
    if data is None:
        return {}, parts.body
    if not isinstance(data, dict):
        problem = Problem(
            "front matter must be a list of “key: value” lines",
            "front-matter-shape",
            path,
            2,
            1,
            "between the two --- lines every line begins with a key",
            parts.yaml.splitlines()[0],
        )
        raise strictyaml.YamlError.of([problem])
    return data, parts.body


def dump(data: dict[str, Any], body: str) -> str:
    """The text of a file with this front matter and body."""
    return f"---\n{strictyaml.dump(data) if data else ''}---\n{body}"


def locate(text: str, key: strictyaml.KeyPath, *, name: bool = False) -> tuple[int, int]:
    """Line and column of a front matter key in its file, for an error message; see strictyaml.locate."""
    return strictyaml.locate(split(text).yaml or "", key, first_line=2, name=name)
