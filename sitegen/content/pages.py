"""Pages of the editor's own: content/pages/about.md is at /about/."""

from __future__ import annotations

from pathlib import PurePosixPath

from sitegen.config import SiteConfig
from sitegen.content.article import parse_record, pictured
from sitegen.errors import Problem
from sitegen.frozen import record
from sitegen.model import StaticPage
from sitegen.slugs import is_slug

# Addresses that the planned pages take.
RESERVED = frozenset(
    (
        "articles",
        "editions",
        "topics",
        "people",
        "sources",
        "numbers",
        "archive",
        "search",
        "assets",
        "data",
        "page",
    )
)


@record
class _Matter:
    title: str
    slug: str = ""
    standfirst: str | None = None


def parse(text: str, path: str, config: SiteConfig) -> tuple[StaticPage | None, list[Problem]]:
    """The page of a file, or None and what is wrong with it."""
    matter, body, problems = parse_record(_Matter, text, path, config)
    if matter is None:
        return None, problems
    slug = matter.slug or PurePosixPath(path).stem
    if not is_slug(slug) or slug in RESERVED:
        message = f"“/{slug}/” cannot be the address of a page"
        hint = "small letters, digits and hyphens; " + ", ".join(sorted(RESERVED)) + " are taken"
        return None, [Problem(message, "page-slug", path, 1, 1, hint)]
    return StaticPage(slug, matter.title, body, path, matter.standfirst, pictured(body)), []
