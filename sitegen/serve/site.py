"""From the digest's folder to snapshots, by way of a build that stays in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sitegen import build, config
from sitegen.config import SiteConfig
from sitegen.desk import Desk
from sitegen.frozen import replace
from sitegen.model import file_of
from sitegen.ondemand import Files
from sitegen.serve.rebuild import Rebuild
from sitegen.serve.snapshot import Snapshot
from sitegen.session import Built, Session


def rebuilding(
    root: Path, options: Callable[[SiteConfig], build.Options], desk: Desk, *, follow: bool = False
) -> Rebuild:
    """What `serve` calls for every burst of changes. `options` is asked anew each time, for the clock.

    With `follow` a snapshot names the page of the one article that was edited or has just come.
    """
    session = Session(root)

    def rebuild(changed: frozenset[str] | None) -> Snapshot:
        # The preview is a host that heeds _headers; a policy in the page would shut out the reload client.
        settings = config.load(root, {"host": "netlify"})
        built = session.update(settings, replace(options(settings), preview=True), changed)
        desk.lay(built.content.site.articles)
        return Snapshot(
            files=built.files,
            problems=built.problems,
            assets=built.files.ready,
            article=partial(_article, built.files),
            edited=_only(built) if follow else None,
            base=settings.base,
            prove=partial(session.prove, built),
            due=lambda: built.until is not None and options(settings).now >= built.until,
        )

    return rebuild


def _only(built: Built) -> str | None:
    return file_of(built.edited[0].url) if len(built.edited) == 1 else None


def _article(files: Files, path: str) -> str | None:
    shown = files.article(path)
    return shown.id if shown else None
