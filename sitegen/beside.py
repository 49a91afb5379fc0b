"""What a site has beside its planned pages: the theme's assets, static/, what the host reads, redirect pages;
and what may cost more than the pages do, cards and the search index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen import render, workers
from sitegen.config import SiteConfig
from sitegen.model import Output, Promise, Staged
from sitegen.options import Step
from sitegen.outputs import Stager
from sitegen.searching import Finder
from sitegen.sharing import Deck


def others(
    root: Path,
    config: SiteConfig,
    theme: render.Theme,
    redirects: tuple[tuple[str, str], ...],
    planned: Iterable[str],
    *,
    searchable: bool = False,
) -> Iterator[Output]:
    """Every file of the site that is none of its planned pages; `planned` are the files of those."""
    yield from render.assets(theme)
    yield from render.static(root)
    told = render.headers(
        config.base, scripts=config.scheme_switch, searching=searchable, joins=config.host == "cloudflare"
    )
    yield Output("_headers", told)
    yield Output("_redirects", render.redirects(redirects, config.base))
    if config.pages_alone:
        taken = {file.casefold() for file in planned}
        yield from render.redirect_pages(
            redirects, taken, origin=config.origin, base=config.base, language=config.language
        )


def apart(
    deck: Deck | None, finder: Finder | None, crew: workers.Crew, stager: Stager | None, step: Step
) -> Iterator[Output | Promise | Staged]:
    """What is made apart from the pages, and known from earlier builds by other things than their views."""
    if deck:
        step("cards")
        yield from deck.files(crew, stager)
    if finder:
        step("search")
        yield from finder.files(crew)
    step("publish")
