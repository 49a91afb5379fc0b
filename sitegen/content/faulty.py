"""Articles that cannot be read as they stand, for a build that passes over them.

Such a file is not parsed: its id and slug are looked for line by line, and content/.urls says at which
address it was last.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from sitegen.content import files
from sitegen.errors import ContentError, Problem
from sitegen.model import Article
from sitegen.slugs import slugify

_ID = re.compile(r"^id:[ \t]*[\"']?([a-z0-9-]{4,64})[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)
_SLUG = re.compile(r"^slug:[ \t]*[\"']?([a-z0-9-]+)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)
_ADDRESS = re.compile(r"/articles/([^/]+)/")


def is_about_an_article(problem: Problem) -> bool:
    return problem.severity == "error" and (problem.path or "").startswith(f"{files.ARTICLES}/")


def stand_in(root: Path, path: str, known: Collection[tuple[str, str]]) -> Article:
    """As much of a faulty article as its last address needs: id, path and slug, each "" if not known.

    Of several addresses the one counts that the file names, then the one that fits the file's name.
    """
    try:
        raw = files.read_bytes(root, path)
    except ContentError:
        raw = b""
    text = raw[: files.MAX_BYTES].decode("utf-8", "replace").replace("\r\n", "\n")
    name = found[1] if (found := _ID.search(text)) else ""
    slugs = sorted(m[1] for id_, url in known if id_ == name and (m := _ADDRESS.fullmatch(url)))
    wanted = [found[1]] if (found := _SLUG.search(text)) else []
    wanted += [slugify(PurePosixPath(path).stem), *slugs]
    return Article(name, "", path=path, slug=next((slug for slug in wanted if slug in slugs), ""))
