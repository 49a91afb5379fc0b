"""A build that stays in memory, for `serve`: on a change it reads what changed, and pages are rendered when
somebody asks for them.

What is served is what a cold build would write, because it comes about in the same way: the same content,
decided by the same rules, planned by the same planners, rendered from the same views. Two things are spared.
Files that did not change are not read again, and what is worked out over all articles is taken over where no
article in it changed (`content.Kept`, `pages.Outline`). No page is remembered from one site to the next, so
there is nothing to go stale.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sitegen import (
    beside,
    build,
    content,
    conversion,
    outputs,
    pages,
    pictures,
    program,
    render,
    workers,
)
from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.errors import ContentError, OutputError, Problem
from sitegen.frozen import record
from sitegen.model import Article, Output, Site, file_of
from sitegen.ondemand import Files
from sitegen.options import Options
from sitegen.output import paths

MOST_SPARE = 64  # bodies of files as they were before, until they are forgotten
FIRST = 3  # drafts of a kind that are looked at for templates: a feed is there in three formats
_LARGE = frozenset(("data.json", "sitemap.xml"))  # show every article: not rendered unasked


@record
class Built:
    """A site as it stands in memory. Up to the instant `until` the clock changes no byte of it; `edited` are
    its articles whose files or seeds were among the changes."""

    files: Files
    content: content.Content
    problems: tuple[Problem, ...]
    until: datetime | None
    edited: tuple[Article, ...] = ()


@record
class _Parts:
    """What a site is rendered from."""

    config: SiteConfig
    content: content.Content
    hung: pictures.Hung
    theme: render.Theme
    outline: pages.Outline
    rest: Mapping[str, Output]
    problems: tuple[Problem, ...]


class Session:
    """The digest in `root`, built again and again. One thread updates and proves, any uses what it built."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._store = Store(root, program.version())
        self._kept = content.Kept(root)
        self._turn = threading.RLock()
        self._converted = conversion.Converted()
        self._parts: _Parts | None = None
        self._built: Built | None = None
        self._proved: Built | None = None
        self._unproved = True  # whether an address may be another since the last proof
        self._refuted = False

    def update(self, config: SiteConfig, options: Options, changed: frozenset[str] | None) -> Built:
        """The site as the files are now. `changed` are the paths that may be others since the last site
        that was returned, None if any may be. Where nothing is another it is that very site. Raises
        SiteError with every problem found."""
        with workers.uncollected():
            built = self._updated(config, options, changed)
            if self._refuted:
                self.prove(built)
        return built

    def prove(self, built: Built) -> None:
        """Find out about a site what only all its addresses tell. It may be shown already: this takes
        longer than the update. Raises OutputError."""
        with workers.uncollected():
            self._refuted = True
            if self._unproved:
                _refuse_clashes(built.files)
            if self._unproved or self._kept.spare_bodies > MOST_SPARE:
                self._kept.keep_bodies(built.content, and_of=(self._proved or built).content)
        if self._proved is None:
            # Most of what there is now stays to the end: looking through it for garbage takes longer
            # than an update.
            gc.collect()
            gc.freeze()
        self._proved, self._unproved, self._refuted = built, False, False

    def _updated(self, config: SiteConfig, options: Options, changed: frozenset[str] | None) -> Built:
        parts = self._parts_now(config, options, changed)
        before = self._parts
        if self._built is not None and before is not None and _same(parts, before):
            return self._built
        built = Built(
            Files(
                parts.rest, parts.outline, outputs.Press(parts.theme, self._kept.body, _unknown), self._turn
            ),
            parts.content,
            parts.problems,
            pages.until(parts.hung.site, config, parts.theme.kinds, options.now, parts.content.next_change),
            _edited(parts.content, changed, self._converted.paths),
        )
        self._try_out(built, parts)
        if before is None or parts.rest is not before.rest or not parts.outline.carried:
            self._unproved = True
        self._parts, self._built = parts, built
        return built

    def _try_out(self, built: Built, parts: _Parts) -> None:
        """Render what was worked on. Whoever sees the site next most likely looks there, and where it cannot
        be rendered the last good site is not given up. Raises SiteError."""
        before = self._parts
        if before is None or parts.theme is not before.theme or parts.config is not before.config:
            drafts = (draft for draft in parts.outline.samples(FIRST) if draft.template not in _LARGE)
            for file in {draft.template: draft.file for draft in drafts}.values():
                built.files[file]
        for article in built.edited[:FIRST]:
            built.files[file_of(article.url)]

    # ------------------------------------------------------------ what it is rendered from

    def _parts_now(self, config: SiteConfig, options: Options, changed: frozenset[str] | None) -> _Parts:
        before = self._parts
        if before is not None and config == before.config:
            config = before.config
        anew = changed is None or before is None or config is not before.config

        def touched(*folders: str) -> bool:
            return anew or any(name.startswith(folders) for name in changed or ())

        loaded = self._loaded(config, options, changed, convert=touched("seeds/"))
        pictured = anew or any(map(_may_be_picture, changed or ()))
        hung = self._hung(loaded, config, options, None if pictured else before)
        theme = before.theme if before and not touched("themes/", "templates/") else self._theme(config)
        outline = self._outline(hung.site, config, theme, options.now)
        there = before and (before.theme, before.hung.files) == (theme, hung.files)
        redirects = hung.site.redirects
        if before and there and before.hung.site.redirects == redirects and not touched("static/"):
            rest = before.rest
        else:
            made = beside.others(
                self._root,
                config,
                theme,
                redirects,
                (draft.file for draft in outline.drafts()) if config.pages_alone else (),
            )
            rest = {output.path: output for output in (*made, *_outputs(hung))}
        problems = (*self._converted.problems, *loaded.problems, *hung.problems)
        return _Parts(config, loaded, hung, theme, outline, rest, problems)

    def _hung(
        self, loaded: content.Content, config: SiteConfig, options: Options, before: _Parts | None
    ) -> pictures.Hung:
        """The site with its pictures, those that are the same from `before`. Raises ContentError."""
        run = workers.Crew(options.executor, options.workers).map
        terms = config.pictures, loaded.body.text, self._store, run
        if before is None:
            hung = pictures.hang(self._root, loaded.site, *terms)
        elif before.content is loaded:
            hung = before.hung
        else:
            known = before.content.site, before.hung
            hung = pictures.hang_again(self._root, known, loaded.site, *terms)
        _refuse((*self._converted.problems, *loaded.problems, *hung.problems))
        return hung

    def _loaded(
        self, config: SiteConfig, options: Options, changed: frozenset[str] | None, *, convert: bool
    ) -> content.Content:
        """The content, with articles for new seeds. Raises ContentError."""
        crew = workers.Crew(options.executor, options.workers)

        def load(also: tuple[str, ...]) -> content.Content:
            return self._kept.load(
                config,
                options.now,
                None if changed is None else changed | set(also),
                drafts=options.drafts,
                future=options.future,
                store=self._store,
                run=crew.map,
            )

        if convert:
            self._converted = conversion.new_seeds(self._root, config, options)
        loaded = load(self._converted.paths if convert else ())
        if not convert and self._parts and _seeds(loaded) != _seeds(self._parts.content):
            # An article that was the reason why a seed needs none may be gone.
            self._converted = conversion.new_seeds(self._root, config, options)
            loaded = load(self._converted.paths)
        return loaded

    def _theme(self, config: SiteConfig) -> render.Theme:
        """The theme as its files are now: the same record where nothing of it is another."""
        theme = build.theme_of(self._root, config, self._store)
        self._store.save()
        before = self._parts.theme if self._parts else theme
        return before if (before.name, before.digest) == (theme.name, theme.digest) else theme

    def _outline(self, site: Site, config: SiteConfig, theme: render.Theme, now: datetime) -> pages.Outline:
        before, built = self._parts, self._built
        if before is None or built is None:
            return pages.Outline(site, config, theme.kinds, theme.words, now)
        same = (before.hung.site, before.config, before.theme) == (site, config, theme)
        at = before.outline.now or now
        if same and at <= now and (built.until is None or now < built.until):
            return before.outline
        return pages.Outline(site, config, theme.kinds, theme.words, now, before=before.outline)


def _same(one: _Parts, other: _Parts) -> bool:
    return all(
        getattr(one, name) is getattr(other, name)
        for name in ("config", "content", "theme", "outline", "rest")
    )


def _refuse(problems: tuple[Problem, ...]) -> None:
    if any(problem.severity == "error" for problem in problems):
        raise ContentError.of(problems)


def _may_be_picture(name: str) -> bool:
    return name.startswith(("content/", "static/")) and not name.endswith(".md")


def _outputs(hung: pictures.Hung) -> Iterator[Output]:
    for file in hung.files:
        yield file if isinstance(file, Output) else Output(file.path, file.make(), file.made_from)


def _seeds(loaded: content.Content) -> list[object]:
    return [article.seed for article in loaded.articles]


def _edited(
    loaded: content.Content, changed: frozenset[str] | None, converted: tuple[str, ...]
) -> tuple[Article, ...]:
    if changed is None:
        return ()
    touched = {*changed, *converted}
    return tuple([article for article in loaded.site.articles if article.path in touched])


def _refuse_clashes(files: Files) -> None:
    """Two files of the site at one address, or one where the other needs a folder. Raises OutputError."""
    claims: dict[str, tuple[str, ...]] = {}
    again: list[paths.Claim] = []
    for path, made_from in files.claims():
        if path in claims:
            again.append(paths.Claim(path, made_from))
        else:
            claims[path] = made_from
    if problems := paths.clashes(claims, again, ()):
        raise OutputError.of(problems)


def _unknown(key: bytes) -> None:
    """No page was rendered before."""
