"""The corridor: seeds → articles → pages → bytes → public/.

make   the whole site in memory, one file at a time: what `serve` shows
build  the same, published: staged, checked, and put in place of the old site
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from pathlib import Path
from typing import Literal

from sitegen import content, output, pages, render, seeds
from sitegen.config import SiteConfig, about_key
from sitegen.content import article
from sitegen.errors import ContentError, Problem, ThemeError
from sitegen.model import Article, Output, Page

Conversion = Literal["write", "memory", "none"]
Step = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `now` is the one instant of the build; `added` the day a seed's article gets.

    `convert` says what happens to seeds that have no article yet: `write` it, convert in `memory`
    for this build only (CI, where nothing is committed), or `none`.
    """

    now: datetime
    drafts: bool = False
    future: bool = False
    strict: bool = False
    convert: Conversion = "write"
    added: Callable[[Path], Day] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A site about to be made: `outputs` yields its files; every page is planned already.

    `articles` are all of them, public or not.
    """

    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    outputs: Iterator[Output]
    converted: tuple[str, ...]
    problems: tuple[Problem, ...]
    next_change: datetime | None
    addresses: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `written` and `removed` are paths below the output folder."""

    pages: int
    planned: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    converted: tuple[str, ...]
    problems: tuple[Problem, ...]
    next_change: datetime | None
    recovered: str | None


def make(root: Path, config: SiteConfig, options: Options, step: Step = lambda name: None) -> Made:
    """Everything up to the bytes. Raises SiteError with every problem found."""
    step("convert")
    converted = convert(root, config, options)

    step("read")
    unwritten = converted.created if options.convert == "memory" else ()
    loaded = content.load(
        root,
        config,
        options.now,
        drafts=options.drafts,
        future=options.future,
        fresh=[(made.path, made.text) for made in unwritten],
    )
    problems = (*converted.problems, *map(_not_committed, unwritten), *loaded.problems)
    if problems and (options.strict or any(problem.severity == "error" for problem in problems)):
        raise ContentError.of(problems)

    step("plan")
    planned = pages.plan(loaded.site, config)

    step("theme")
    try:
        theme = render.load(root, config.theme, config.language)
    except ThemeError as error:
        raise about_key(root, "theme", error) from None
    return Made(
        pages=planned,
        articles=loaded.articles,
        outputs=_outputs(root, config, planned, theme, loaded.site.redirects, step),
        converted=tuple(made.path for made in converted.created),
        problems=problems,
        next_change=content.next_change(loaded.articles, options.now),
        addresses=loaded.addresses,
    )


def build(
    root: Path,
    config: SiteConfig,
    options: Options,
    public: Path,
    holder: str = "build",
    step: Step = lambda name: None,
) -> Report:
    """Make the site and publish it to `public`. Raises SiteError; the old site then stands untouched."""
    with output.lock(root, command=holder, since=options.now):
        recovered = output.recover(public)
        made = make(root, config, options, step)
        done = output.write(made.outputs, public, root=root)
        if made.addresses is not None:
            content.remember_addresses(root, made.addresses)
    return Report(
        pages=len(made.pages),
        planned=done.planned,
        written=done.written,
        removed=done.removed,
        unchanged=done.unchanged,
        converted=made.converted,
        problems=made.problems,
        next_change=made.next_change,
        recovered=recovered,
    )


def convert(
    root: Path,
    config: SiteConfig,
    options: Options,
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> seeds.ConvertReport:
    """Articles for the seeds that have none, or for `only` these. Nothing that exists is ever touched."""
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


def _outputs(
    root: Path,
    config: SiteConfig,
    planned: tuple[Page, ...],
    theme: render.Theme,
    redirects: tuple[tuple[str, str], ...],
    step: Step,
) -> Iterator[Output]:
    """Every file of the site, made when it is asked for: nothing holds them all."""
    step("render")
    for page in planned:
        yield render.render(page, theme)
    yield from render.assets(theme)
    yield from render.static(root)
    yield Output("_headers", render.headers(config.base))
    yield Output("_redirects", render.redirects(redirects, config.base))
    step("publish")
