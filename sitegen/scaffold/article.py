"""A new article of the editor's own."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sitegen import frontmatter
from sitegen.errors import UsageError
from sitegen.model import Status
from sitegen.slugs import slugify


def new_article(root: Path, title: str, now: datetime, status: Status) -> Path:
    """Make content/articles/YEAR/SLUG.md and return its path. Raises UsageError: no title, or it exists.

    The id is made from title and time, so that it stays when either changes later.
    """
    if not title.strip():
        raise UsageError(
            "an article needs a title", code="new-title", hint='such as: sitegen new "The night ferry"'
        )
    slug = slugify(title)
    path = root / "content" / "articles" / str(now.year) / f"{slug}.md"
    matter = {
        "id": sha256(f"{title}\n{now.isoformat()}".encode()).hexdigest()[:12],
        "title": title,
        "slug": slug,
        "status": status,
        "date": now.replace(microsecond=0),
        "topics": [],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(frontmatter.dump(matter, "\n"))
    except FileExistsError:
        raise UsageError(
            "there is an article with this title already",
            code="new-exists",
            path=path.relative_to(root).as_posix(),
            hint="give the new one another title; nothing was changed",
        ) from None
    return path
