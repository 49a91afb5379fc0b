"""Seeds into articles, as the configuration says."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import SiteConfig
from sitegen.errors import Problem
from sitegen.frozen import record
from sitegen.options import Options

if TYPE_CHECKING:
    from sitegen import seeds

SEEDS = "seeds"
Progress = Callable[[int, int], None]


@record
class Converted:
    """The articles made of new seeds, and what was wrong with those seeds."""

    paths: tuple[str, ...] = ()
    unwritten: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def new_seeds(root: Path, config: SiteConfig, options: Options) -> Converted:
    """Convert what a build has to. `unwritten` are (path, text) of articles that are on no disk."""
    if options.convert == "none" or not _any_file(root / SEEDS):
        return Converted()
    report = convert(root, config, options)
    paths = tuple(made.path for made in report.created)
    if options.convert == "write":
        return Converted(paths, (), report.problems)
    texts = tuple((made.path, made.text) for made in report.created)
    return Converted(paths, texts, (*report.problems, *map(_not_committed, report.created)))


def _any_file(folder: Path) -> bool:
    return any(files for _, _, files in os.walk(folder))


def convert(
    root: Path,
    config: SiteConfig,
    options: Options,
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> seeds.ConvertReport:
    """Articles for the seeds that have none, or for `only` these. Nothing that exists is ever touched."""
    from sitegen import seeds

    if options.convert == "none":
        return seeds.ConvertReport((), (), ())
    converter = seeds.convert_new if options.convert == "write" else seeds.preview
    today = options.now.astimezone(config.zone).date()
    return converter(
        root,
        status=config.convert.status,
        added=options.added or today,
        limit=config.convert.max_text_bytes,
        page_limit=config.convert.max_page_bytes,
        only=only,
        progress=progress,
    )


def merge(
    root: Path,
    config: SiteConfig,
    options: Options,
    *,
    mine: bool = False,
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> seeds.MergeReport:
    """What conversion makes of the seeds now, merged into the articles that exist; in `memory` only
    with that option. Where both changed the same lines, `mine` keeps the editor's."""

    from sitegen import seeds
    from sitegen.content import article

    def check(path: str, text: str) -> list[Problem]:
        return article.parse(text.replace("\r\n", "\n").replace("\r", "\n"), path, config)[1]

    return seeds.merge_known(
        root,
        seeds.MergeOptions(check, mine, write=options.convert == "write"),
        limit=config.convert.max_text_bytes,
        page_limit=config.convert.max_page_bytes,
        only=only,
        progress=progress,
    )


def _not_committed(made: seeds.Planned) -> Problem:
    return Problem(
        "this seed has no article yet: it was converted for this build only",
        "seed-not-committed",
        made.seed,
        hint="run `sitegen convert` and commit the article, so that an editor can correct it",
        severity="warning",
    )
