"""What is wrong with a theme, found without rendering a page: names, words, colours, weight."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import product
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, meta, nodes

from sitegen import records, views
from sitegen.errors import Problem
from sitegen.render import tokens
from sitegen.render.templates import Source
from sitegen.render.theme import Theme, available, load

MOST_STYLE = 6 * 1024  # bytes of the style sheet as it travels, gzipped

# The view that each page's template is given (docs/themes.md).
VIEWS: dict[str, type[Any]] = {
    "home.html": views.HomeView,
    "article.html": views.ArticleView,
    "edition.html": views.EditionView,
    "editions.html": views.EditionsView,
    "listing.html": views.ListingView,
    "index.html": views.IndexView,
    "person.html": views.PersonView,
    "numbers.html": views.NumbersView,
    "page.html": views.PageView,
    "missing.html": views.MissingView,
    "search.html": views.SearchView,
    "email.html": views.MailView,
    "email.txt": views.MailView,
    "feed.xml": views.FeedView,
    "atom.xml": views.FeedView,
    "feed.json": views.FeedView,
    "sitemap.xml": views.SitemapView,
    "sitemap-index.xml": views.SitemapView,
    "news.xml": views.NewsView,
    "robots.txt": views.RobotsView,
    "data.json": views.DataView,
    "figures.csv": views.DataView,
}


@dataclass(frozen=True, slots=True)
class Report:
    """`templates` were read; `style` is the style sheet's weight in bytes, gzipped."""

    name: str
    templates: int
    style: int
    contrasts: tuple[tokens.Contrast, ...]
    problems: tuple[Problem, ...]


def check(root: Path, name: str, language: str = "en") -> Report:
    """The theme of that name as the digest in `root` would use it, with the digest's own templates.

    Raises ThemeError where the theme cannot be read at all.
    """
    theme = load(root, name, language)
    css = theme.assets[theme.stylesheet.removeprefix("/")]
    weight = len(gzip.compress(css, 9, mtime=0))
    contrasts = tokens.contrasts(css.decode())
    sources = {source.path: seen for seen, source in _by_preference(theme)}
    problems = [
        *(problem for path in sources for problem in _template(theme, sources[path])),
        *_unused(root, theme),
        *_pale(root, theme, contrasts),
        *_heavy(theme.name, weight),
    ]
    return Report(name, len(sources), weight, contrasts, tuple(problems))


def _by_preference(theme: Theme) -> Iterator[tuple[str, Source]]:
    """Every template once for its file; under its plain name, if that is how the site sees it."""
    yield from sorted(theme.templates.items(), key=lambda item: ":" not in item[0])


# ---------------------------------------------------------------- templates


def _template(theme: Theme, name: str) -> Iterator[Problem]:
    """A template that cannot be compiled, or names what is not there."""
    source = theme.templates[name]
    try:
        tree = theme.environment.parse(source.text, name, source.path)
        theme.environment.compile(tree, name, source.path)
    except TemplateSyntaxError as error:
        yield _at(source, error.lineno, error.message or "syntax error", "template-syntax")
        return
    for rule in _RULES:
        yield from rule(theme, source, tree)
    plain = name.rpartition(":")[2]
    if plain in VIEWS:
        yield from _not_in_view(theme, source, plain)


def _missing(theme: Theme, source: Source, tree: nodes.Template) -> Iterator[Problem]:
    """Templates that are included or extended and are not there."""
    for line, wanted in _used(tree):
        if wanted not in theme.templates:
            message = f"there is no template “{wanted}”"
            yield _at(source, line, message, "template-missing", _like(wanted, theme.templates))


def _unknown_fields(theme: Theme, source: Source, tree: nodes.Template) -> Iterator[Problem]:
    """`words.nosuch`, `site.titel`, `head.nosuch`."""
    known: dict[str, Iterable[str]] = {
        "words": theme.words.say,
        "site": [item.name for item in fields(views.SiteInfo)],
        "head": [item.name for item in fields(views.Head)],
    }
    reads = [(node.node, node.attr, node.lineno) for node in tree.find_all(nodes.Getattr)]
    reads += [(node.node, _constant(node.arg), node.lineno) for node in tree.find_all(nodes.Getitem)]
    for of, wanted, line in reads:
        if not isinstance(of, nodes.Name) or of.name not in known or not isinstance(wanted, str):
            continue
        if wanted not in known[of.name]:
            hint = _like(wanted, known[of.name])
            yield _at(source, line, f"there is no “{of.name}.{wanted}”", "template-undefined", hint)


def _unknown_choices(theme: Theme, source: Source, tree: nodes.Template) -> Iterator[Problem]:
    """A style of dates, a counted thing, an asset that is not there."""
    assets = [name.removeprefix("assets/") for name in theme.assets]
    choices: dict[str, tuple[str, Iterable[str]]] = {
        "date": ("style of dates", theme.words.dates),
        "count": ("counted thing", theme.words.counts),
        "anchor": ("kind of anchor", ("q", "f")),
    }
    for node in tree.find_all(nodes.Filter):
        wanted = _constant(node.args[0]) if node.args else None
        if node.name in choices and isinstance(wanted, str) and wanted not in choices[node.name][1]:
            what, there = choices[node.name]
            yield _at(source, node.lineno, f"there is no {what} “{wanted}”", "template-undefined",
                      _like(wanted, there))  # fmt: skip
        asset = _constant(node.node) if node.name == "asset" else None
        if isinstance(asset, str) and not any(_hashed(name, asset) for name in assets):
            yield _at(source, node.lineno, f"there is no asset “{asset}”", "template-undefined")


_RULES: tuple[Callable[[Theme, Source, nodes.Template], Iterator[Problem]], ...] = (
    _missing,
    _unknown_fields,
    _unknown_choices,
)


def _not_in_view(theme: Theme, source: Source, name: str) -> Iterator[Problem]:
    """Names that a page's template uses and its view does not have."""
    given = {item.name for item in fields(VIEWS[name])} | set(theme.environment.globals)
    tree = theme.environment.parse(source.text)
    for wanted in sorted(meta.find_undeclared_variables(tree) - given):
        tested = any(isinstance(test.node, nodes.Name) and test.node.name == wanted
                     for test in tree.find_all(nodes.Test))  # fmt: skip
        uses = [node.lineno for node in tree.find_all(nodes.Name) if node.name == wanted]
        if not tested:
            message = f"{name} is given nothing called “{wanted}”"
            yield _at(source, min(uses), message, "template-undefined", _like(wanted, given))


def _unused(root: Path, theme: Theme) -> Iterator[Problem]:
    """Templates of the theme's own, or the digest's, that no page is made with and no other names."""
    named = set(VIEWS)
    for source in theme.templates.values():
        try:
            named |= {wanted.rpartition(":")[2] for _, wanted in _used(theme.environment.parse(source.text))}
        except TemplateSyntaxError:
            return  # what is named cannot be told; the fault itself is reported
    for name, source in theme.templates.items():
        plain = ":" not in name
        if plain and name not in named and not source.path.startswith("sitegen/"):
            hint = _like(name, named)
            yield Problem("no page and no template uses this file", "template-unused", source.path,
                          hint=hint, severity="warning")  # fmt: skip


def _used(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """(line, name) of every template that is included, extended, imported or drawn by a fixed name."""
    for drawn in tree.find_all(nodes.Filter):
        if drawn.name == "drawn" and drawn.args and isinstance(name := _constant(drawn.args[0]), str):
            yield drawn.lineno, name
    for node in tree.find_all(nodes.Stmt):
        if not isinstance(node, _NAMING) or (isinstance(node, nodes.Include) and node.ignore_missing):
            continue
        wanted = _constant(node.template)
        for name in wanted if isinstance(wanted, tuple | list) else [wanted]:
            if isinstance(name, str):
                yield node.lineno, name


_NAMING = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)


def _constant(node: nodes.Node | None) -> Any:
    """What an expression is whatever the page; None where that depends on the page."""
    try:
        return node.as_const() if isinstance(node, nodes.Expr) else None
    except nodes.Impossible:
        return None


def _hashed(name: str, asset: str) -> bool:
    stem, dot, ending = asset.rpartition(".")
    return name.startswith(f"{stem}." if dot else f"{asset}.") and name.endswith(f".{ending}" if dot else "")


def _like(wanted: str, there: Iterable[str]) -> str:
    plain = sorted(name for name in there if ":" not in name)
    return records.suggestion(wanted, plain).replace("the keys here are", "there are")


def _at(source: Source, line: int, message: str, code: str, hint: str | None = None) -> Problem:
    lines = source.text.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else None
    return Problem(message, code, source.path, line, hint=hint, source=shown)


# ---------------------------------------------------------------- the style sheet


def _pale(root: Path, theme: Theme, contrasts: Iterable[tokens.Contrast]) -> Iterator[Problem]:
    """Pairs of colours that are too close, or that cannot be measured."""
    for pair in contrasts:
        if pair.enough:
            continue
        path, line = _where(root, theme, (pair.over, pair.ground))
        what = f"--{pair.over} on --{pair.ground}, {pair.scheme}"
        if pair.ratio is None:
            hint = "write them as #rrggbb, one for day and one for night"
            yield Problem(f"{what}: the colours cannot be read", "theme-colour", path, line, hint=hint,
                          severity="warning")  # fmt: skip
        else:
            message = f"{what}: a contrast of {pair.ratio:.2f}, at least {pair.least:.1f} is needed"
            yield Problem(message, "theme-contrast", path, line)


def _where(root: Path, theme: Theme, pair: tuple[str, str]) -> tuple[str | None, int | None]:
    """Where the first of the two tokens, else the second, is declared in the theme nearest to the child."""
    folders: Mapping[str, Path] = available(root)
    for name, token in product(theme.chain, pair):
        found = [
            (path, number)
            for path in sorted((folders[name] / "assets").glob("*.css"))
            for number, text in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1)
            if f"--{token}:" in text.replace(" :", ":")
        ]
        if found:
            path, number = found[-1]
            own = folders[name].parent == root / "themes"
            return f"{'' if own else 'sitegen/'}themes/{name}/assets/{path.name}", number
    return None, None


def _heavy(name: str, weight: int) -> Iterator[Problem]:
    if weight > MOST_STYLE:
        message = f"the style sheet of “{name}” weighs {weight:,} bytes gzipped; {MOST_STYLE:,} are enough"
        yield Problem(message, "theme-weight", severity="warning")
