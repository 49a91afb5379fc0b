"""From the digest's folder to a snapshot: one build in memory, told apart by article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sitegen import build, cache, config
from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.desk import Desk
from sitegen.frozen import replace
from sitegen.model import Article, Output
from sitegen.serve.rebuild import Rebuild
from sitegen.serve.snapshot import Snapshot


def rebuilding(
    root: Path, options: Callable[[SiteConfig], build.Options], desk: Desk, *, follow: bool = False
) -> Rebuild:
    """What `serve` calls for every burst of changes. `options` is asked anew each time, for the clock.

    With `follow` a snapshot names the page of the one article that was edited or has just come.
    """

    def rebuild(changed: frozenset[str] | None) -> Snapshot:
        # The preview is a host that heeds _headers; a policy in the page would shut out the reload client.
        settings = config.load(root, {"host": "netlify"})
        store = Store(root, cache.version())
        made = build.make(root, settings, replace(options(settings), preview=True), store=store)
        files = {file.path: file.data for file in made.outputs if isinstance(file, Output)}
        store.save()
        shown = {page: article for article in made.articles if (page := _page(article)) in files}
        desk.lay(shown.values())
        touched = {*changed, *made.converted} if follow and changed else set()
        return Snapshot(
            files=files,
            problems=made.problems,
            articles={page: article.id for page, article in shown.items()},
            edited=_only([page for page, article in shown.items() if article.path in touched]),
        )

    return rebuild


def _only(pages: Sequence[str]) -> str | None:
    return pages[0] if len(pages) == 1 else None


def _page(article: Article) -> str:
    return f"{article.url}index.html".lstrip("/")
