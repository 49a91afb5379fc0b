"""Themes: found by name, checked, and read whole, with what they inherit.

A theme is a folder with `theme.yaml`, `templates/`, `assets/` and `words/`. It may extend another;
a file of the child stands before one of the same name of the parent, and a site's own `templates/`
before both. `NAME:article.html` is always what the theme NAME has or inherits, so that a child can
extend the very template that it replaces.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from sitegen import records
from sitegen.cache import Shelf
from sitegen.errors import ThemeError
from sitegen.frozen import record
from sitegen.render import styles, templates, words
from sitegen.render.folder import API, MANIFEST, Manifest, decoded, manifest, read
from sitegen.render.templates import Source
from sitegen.views import Kinds
from sitegen.wording import Words

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")
_TEMPLATE = (".html", ".xml", ".txt", ".json", ".csv")


@record
class Theme:
    """A theme ready to render with. Two with the same `digest` give the same bytes for the same view.

    `chain` are the names from the theme itself to the one it all rests on; `assets` the files to
    put out, by path ("assets/gazette.3f2a91c0.css"); `kinds` says which pages to plan for it.
    """

    name: str
    language: str
    chain: tuple[str, ...]
    kinds: Kinds
    digest: str
    stylesheet: str
    templates: Mapping[str, Source] = field(repr=False)
    assets: Mapping[str, bytes] = field(repr=False)
    words: Words = field(repr=False)
    environment: Environment = field(repr=False, compare=False)
    files: tuple[tuple[_Folder, ...], Mapping[str, bytes]] = field(repr=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: compiled templates cannot travel, so their sources do."""
        return _arrived, (self.name, self.language, self.digest, *self.files)


@record
class _Folder:
    """A theme's folder read into memory: file name within it → bytes; `shown` is its path in messages."""

    manifest: Manifest
    shown: str
    files: Mapping[str, bytes]


def load(root: Path, name: str, config_language: str = "en", shelf: Shelf | None = None) -> Theme:
    """The theme of that name for the digest in `root`: its own themes/NAME, else a shipped one.

    `config_language` is the site's language ("en-GB"); `shelf` remembers compiled templates. Raises
    ThemeError.
    """
    chain = _chain(root, name)
    own = read(root / "templates", root, "templates") if (root / "templates").is_dir() else {}
    return _made(name, config_language, tuple(chain), own, shelf)


def _made(
    name: str,
    language: str,
    chain: tuple[_Folder, ...],
    own: Mapping[str, bytes],
    shelf: Shelf | None = None,
) -> Theme:
    """A theme from the folders of its chain, the child first, and the site's own templates."""
    found = _templates(chain, own)
    made_assets = styles.build(name, [folder.files for folder in reversed(chain)])
    made_words = words.merge(_words(chain, language), language)
    return Theme(
        name=name,
        language=language,
        chain=tuple(folder.manifest.name for folder in chain),
        kinds=_kinds([folder.manifest for folder in chain], found),
        digest=_digest(chain, own, language),
        stylesheet=made_assets.stylesheet,
        templates=found,
        assets=made_assets.files,
        words=made_words,
        environment=templates.environment(
            found,
            made_words,
            made_assets.addresses,
            made_assets.stylesheet,
            shelf,
            made_assets.files[made_assets.stylesheet.removeprefix("/")].decode(),
        ),
        files=(chain, own),
    )


# In a process elsewhere the same theme arrives with every batch of pages: its templates are compiled once.
_ARRIVED: dict[str, Theme] = {}


def _arrived(
    name: str, language: str, digest: str, chain: tuple[_Folder, ...], own: Mapping[str, bytes]
) -> Theme:
    if digest not in _ARRIVED:
        _ARRIVED.clear()
        _ARRIVED[digest] = _made(name, language, chain, own)
    return _ARRIVED[digest]


def available(root: Path) -> dict[str, Path]:
    """Every theme that `root` could use, by name; its own stand before shipped ones."""
    found: dict[str, Path] = {}
    for folder in (_shipped(), root / "themes"):
        if folder.is_dir():
            themes = (path for path in sorted(folder.iterdir()) if (path / MANIFEST).is_file())
            found.update((path.name, path) for path in themes)
    return found


def _shipped() -> Path:
    """The themes that come with sitegen: in the wheel beside the code, in a checkout at its top."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def _chain(root: Path, name: str) -> list[_Folder]:
    """The theme's folder and those it extends, the child first."""
    chain: list[_Folder] = []
    wanted: str | None = name
    while wanted is not None:
        if any(folder.manifest.name == wanted for folder in chain):
            raise ThemeError(
                f"the theme “{wanted}” extends itself",
                code="theme-circle",
                path=f"{chain[-1].shown}/{MANIFEST}",
                hint=f"the chain is {' → '.join([*(f.manifest.name for f in chain), wanted])}",
            )
        folder = _folder(root, wanted, f"{chain[-1].shown}/{MANIFEST}" if chain else None)
        chain.append(folder)
        wanted = folder.manifest.extends
    return chain


def _folder(root: Path, name: str, asked_by: str | None) -> _Folder:
    themes = available(root)
    if not _NAME.match(name) or name not in themes:
        raise ThemeError(
            f"there is no theme “{name}”",
            code="theme-missing",
            path=asked_by,
            hint=records.suggestion(name, sorted(themes)).replace("the keys here are", "the themes here are"),
        )
    path = themes[name]
    own = path.parent == root / "themes"
    shown = f"themes/{name}" if own else f"sitegen/themes/{name}"
    files = read(path, root if own else path, shown)
    return _Folder(manifest(files[MANIFEST], name, f"{shown}/{MANIFEST}"), shown, files)


def _kinds(chain: Sequence[Manifest], found: Mapping[str, Source]) -> Kinds:
    """What the theme says of itself, else the nearest that it extends; and what its templates ask for."""
    every = Kinds()
    made = next((manifest.pages for manifest in chain if manifest.pages is not None), every.made)
    whole = next((manifest.whole for manifest in chain if manifest.whole is not None), every.whole)
    texts = [found[name].text for name in _reached(found, "article.html")]
    shown = [part for part in every.shown if any(part in text for text in texts)]
    return Kinds(frozenset(made), frozenset(whole), frozenset(shown))


_NAMED = re.compile(r"""["']([^"'\n]+)["']""")
# A tag that uses a template whose name is not just written there: a variable, a list, a piece joined on.
_WORKED_OUT = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\s+(?:[^"'\s]|(?:(?!%\}).)*(?:[~+|(]|%(?!\})))""", re.S
)


def _reached(found: Mapping[str, Source], name: str) -> set[str]:
    """The templates that a page's template may use, itself among them; all of them where one of those works
    a name out."""
    reached, todo = set[str](), [name]
    while todo:
        here = todo.pop()
        if here in found and here not in reached:
            text = found[here].text
            if _WORKED_OUT.search(text):
                return set(found)
            reached.add(here)
            todo += _NAMED.findall(text)
    return reached


def _templates(chain: Sequence[_Folder], own: Mapping[str, bytes]) -> dict[str, Source]:
    """Every template by name as the site sees it, and by theme and name as each theme of the chain does."""
    seen: dict[str, Source] = {}
    found: dict[str, Source] = {}
    for folder in reversed(chain):
        for name, data in folder.files.items():
            if name.startswith("templates/") and name.endswith(_TEMPLATE):
                path = f"{folder.shown}/{name}"
                seen[name.removeprefix("templates/")] = Source(path, decoded(data, path))
        found.update((f"{folder.manifest.name}:{name}", source) for name, source in seen.items())
    for name, data in own.items():
        if name.endswith(_TEMPLATE):
            seen[name] = Source(f"templates/{name}", decoded(data, f"templates/{name}"))
    return {**seen, **found}


def _words(chain: Sequence[_Folder], language: str) -> list[tuple[str, str]]:
    """The words files to merge: English, then the language, then its variety; parents before children."""
    short = language.split("-")[0]
    names = dict.fromkeys(("en", short, language))
    return [
        (f"{folder.shown}/words/{name}.yaml", decoded(folder.files[f"words/{name}.yaml"], folder.shown))
        for name in names
        for folder in reversed(chain)
        if f"words/{name}.yaml" in folder.files
    ]


def _digest(chain: Sequence[_Folder], own: Mapping[str, bytes], language: str) -> str:
    """A hash of everything that the rendered bytes depend on besides the view."""
    hashed = hashlib.sha256(f"{API}\0{language}\0".encode())
    for label, files in (*((folder.manifest.name, folder.files) for folder in chain), ("", own)):
        for name, data in files.items():
            hashed.update(f"{label}\0{name}\0{len(data)}\0".encode())
            hashed.update(data)
    return hashed.hexdigest()
