"""The corridor: seeds → articles → pages → bytes → public/.

make   the whole site, one file at a time: what `serve` shows
build  the same, published: staged, checked, and put in place of the old site; what is known from the
       last build is not done again
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from sitegen import (
    beside,
    content,
    conversion,
    last_pages,
    output,
    outputs,
    pages,
    pictures,
    program,
    render,
    unchanged,
    workers,
)
from sitegen.cache import Store
from sitegen.config import SiteConfig, about_key
from sitegen.conversion import convert, merge
from sitegen.errors import ContentError, Problem, ThemeError
from sitegen.frozen import record
from sitegen.model import Article, Output, Promise, Staged
from sitegen.options import Options, Report, Step
from sitegen.outputs import Ledger, Press, Stager
from sitegen.searching import Finder
from sitegen.sharing import Deck
from sitegen.unchanged import Inputs

__all__ = ["Made", "Options", "Report", "build", "convert", "make", "merge"]


@record
class Made:
    """A site about to be made: `outputs` yields its files; every page is planned already, at these addresses.

    Up to the instant `until` the clock changes no byte of it, up to `next_change` none that a reader
    sees. `articles` are all of them, public or not, without their bodies; `faulty` stand for those that were
    passed over.
    """

    pages: frozenset[str]
    articles: tuple[Article, ...]
    outputs: Iterator[Output | Promise | Staged]
    converted: tuple[str, ...]
    problems: tuple[Problem, ...]
    next_change: datetime | None
    until: datetime | None
    addresses: str | None
    faulty: tuple[Article, ...]


def quiet(name: str) -> None:
    """Nobody wants to know which step has begun."""


def make(
    root: Path,
    config: SiteConfig,
    options: Options,
    step: Step = quiet,
    store: Store | None = None,
    stager: Stager | None = None,
    ledger: Ledger | None = None,
) -> Made:
    """Everything up to the bytes. Raises SiteError with every problem found.

    `store` spares reading what it knows; with a `ledger`, in which the reasons are put down, it spares
    rendering too. With a `stager` the files are staged where they are made.
    """
    crew = workers.Crew(options.executor, options.workers)
    step("convert")
    converted = conversion.new_seeds(root, config, options)

    step("read")
    loaded = content.load(
        root,
        config,
        options.now,
        drafts=options.drafts,
        future=options.future,
        skip_faulty=options.skip_faulty,
        fresh=converted.unwritten,
        store=store,
        run=crew.map,
    )
    step("pictures")
    hung = pictures.hang(
        root, loaded.site, config.pictures, loaded.body.text, store, crew.map, promised=stager is not None
    )
    site = hung.site
    problems = (*converted.problems, *loaded.problems, *hung.problems)
    if problems and (options.strict or any(_ends_it(problem, options) for problem in problems)):
        raise ContentError.of(problems)

    step("theme")
    theme = theme_of(root, config, store)

    step("plan")
    deck = Deck.of(theme, config, options, store)
    finder = Finder.of(root, site, config, theme, loaded.body, options, store)
    planned = pages.outline(
        site, config, theme.kinds, theme.words, options.now, deck, searchable=finder is not None
    )
    ledger = ledger or Ledger()
    press = Press(theme, loaded.body, ledger.known, stager, remembers=ledger.remembers)
    return Made(
        pages=frozenset(draft.url for draft in planned),
        articles=loaded.articles,
        outputs=chain(
            _begun(step, "render", outputs.made(planned, press, crew, ledger)),
            beside.others(
                root,
                config,
                theme,
                site.redirects,
                (draft.file for draft in planned),
                searchable=finder is not None,
            ),
            hung.files,
            beside.apart(deck, finder, crew, stager, step),
        ),
        converted=converted.paths,
        problems=problems,
        next_change=loaded.next_change,
        until=pages.until(site, config, theme.kinds, options.now, loaded.next_change),
        addresses=loaded.addresses,
        faulty=loaded.faulty,
    )


def theme_of(root: Path, config: SiteConfig, store: Store | None) -> render.Theme:
    try:
        return render.load(root, config.theme, config.language, store.shelf("templates") if store else None)
    except ThemeError as error:
        raise about_key(root, "theme", error) from None


def _ends_it(problem: Problem, options: Options) -> bool:
    """What is wrong with a single article or seed may be passed over; `content.load` did with articles."""
    passed = options.skip_faulty and (problem.path or "").startswith(("content/articles/", "seeds/"))
    return problem.severity == "error" and not passed


def build(
    root: Path,
    config: SiteConfig,
    options: Options,
    public: Path,
    holder: str = "build",
    step: Step = quiet,
    found: Inputs | None = None,
) -> Report:
    """Make the site and publish it to `public`. Raises SiteError; the old site then stands untouched.

    `found` are the inputs as they were before anything was read: with them the build leaves a record
    by which the next one knows that nothing has changed.
    """
    with output.lock(root, command=holder, since=options.now), workers.uncollected():
        recovered = output.recover(public)
        store = Store(root, program.version(root))
        ledger = Ledger(store)
        made = make(root, config, options, step, store, output.stager(public, root), ledger)
        files = last_pages.kept(made.outputs, made.faulty, public, config, options.gone)
        done = output.write(files, public, root=root)
        if made.addresses is not None:
            content.remember_addresses(root, made.addresses)
        rendered = ledger.close()
        store.save()
        report = Report(
            pages=len(made.pages),
            planned=done.planned,
            written=done.written,
            removed=done.removed,
            unchanged=done.unchanged,
            converted=made.converted,
            problems=made.problems,
            next_change=made.next_change and made.next_change.astimezone(config.zone),
            recovered=recovered,
            rendered=rendered,
        )
        if found is not None:
            unchanged.remember(root, found, made.addresses, options.now, made.until, report)
    return report


def _begun(
    step: Step, name: str, files: Iterator[Output | Promise | Staged]
) -> Iterator[Output | Promise | Staged]:
    """The same files; the step begins when the first is asked for. Nothing holds them all."""
    step(name)
    yield from files
