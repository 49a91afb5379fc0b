"""The search index: every public word of the site, for the script of the search page.

Pagefind makes it (the extra `search`), a program that reads HTML and writes a folder of files of which a
browser loads the few that a query needs. It is given the words of each article alone, and run only where
none of them has changed since the last build: the index follows from them and from nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sitegen import cache, packing, render
from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.errors import OutputError
from sitegen.frozen import replace
from sitegen.model import Article, Output, Promise, Site, StaticPage
from sitegen.options import Options
from sitegen.outputs import BATCH
from sitegen.workers import Crew

FOLDER = "search/pagefind"  # below the output folder: where the policy of the search page holds
SHELF = "search"
VERSION = 1  # another one when the same articles are given in other words
# Ready-made fields and styles, of which the search page uses none.
_UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")


def installed() -> bool:
    """Whether the extra is there; the program itself is not looked at."""
    return _version() is not None


def _version() -> str | None:
    from importlib import metadata  # not for a site without a search index

    try:
        return metadata.version("pagefind_bin")
    except metadata.PackageNotFoundError:
        return None


class Document(NamedTuple):
    """What is indexed: a page by its address, or an article with it."""

    url: str
    of: Article | StaticPage


def _documents(site: Site) -> list[Document]:
    articles = [Document(one.url, one) for one in site.articles if not one.retracted]
    return [*articles, *(Document(page.url, page) for page in site.pages)]


class Finder:
    """The search index of one build. `body` gives an article's body."""

    def __init__(
        self, root: Path, site: Site, config: SiteConfig, body: render.Body, store: Store | None
    ) -> None:
        self._root = root
        self._language = config.language
        self._body = body
        self._shelf = store.shelf(SHELF) if store else None
        self._documents = _documents(site)

    @classmethod
    def of(
        cls,
        root: Path,
        site: Site,
        config: SiteConfig,
        theme: render.Theme,
        body: render.Body,
        options: Options,
        store: Store | None,
    ) -> Finder | None:
        """None where nobody wants an index, or there is nothing to index, or the extra is not there."""
        wanted = config.search and not options.preview and "search" in theme.kinds.made
        if wanted and installed() and _documents(site):
            return cls(root, site, config, body, store)
        return None

    def files(self, crew: Crew) -> Iterator[Output | Promise]:
        """The files of the index; promised where the last build made the same."""
        self._crew = crew
        key = self._key()
        known = self._shelf.get(key) if self._shelf is not None else None
        if known is not None:
            for path, sha in known:
                yield Promise(path, sha, partial(self._again, path))
            return
        if self._shelf is not None:
            listed = [(path, sha256(data).hexdigest()) for path, data in self._made.items()]
            self._shelf.put(key, listed)
        for path, data in self._made.items():
            yield Output(path, data)

    def _again(self, path: str) -> bytes:
        """A file that the output folder has lost."""
        if path not in self._made:
            raise _failed("it came out otherwise than before", "remove .sitegen/ and build again")
        return self._made[path]

    def _key(self) -> bytes:
        known = packing.Known()
        parts = [packing.fingerprint(document.of, known) for document in self._documents]
        return cache.digest(str(VERSION), _version() or "", self._language, *parts)

    @cached_property
    def _made(self) -> dict[str, bytes]:
        """Every file of the index by its path, in their order. Raises OutputError."""
        import tempfile

        place = self._root / ".sitegen"
        place.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="search.", dir=place) as folder:
            pages, made = Path(folder, "pages"), Path(folder, "made")
            self._write(pages)
            self._run(pages, made)
            files = {
                f"{FOLDER}/{path.relative_to(made).as_posix()}": path.read_bytes()
                for path in sorted(made.rglob("*"))
                if path.is_file() and not path.name.startswith(_UNUSED)
            }
        self._check(files)
        return files

    def _write(self, pages: Path) -> None:
        batches = [self._documents[at : at + BATCH] for at in range(0, len(self._documents), BATCH)]
        texts = (text for batch in self._crew.map(self._texts, batches) for text in batch)
        for document, text in zip(self._documents, texts, strict=True):
            folder = pages / document.url.strip("/")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "index.html").write_text(text, encoding="utf-8", errors="replace")

    def _texts(self, batch: Sequence[Document]) -> list[str]:
        return [self._text(document) for document in batch]

    def _text(self, document: Document) -> str:
        of = document.of
        if isinstance(of, StaticPage):
            return render.page_document(of, self._language)
        return render.article_document(replace(of, body=self._body(of)), self._language)

    def _run(self, pages: Path, made: Path) -> None:
        import subprocess

        from pagefind_bin import get_executable

        language = self._language.partition("-")[0].lower()
        # All in one language: an article in another one is to be found on the same page.
        command = [str(get_executable()), "--site", str(pages), "--output-path", str(made),
                   "--force-language", language, "--silent"]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, cwd=pages, check=False)
        except OSError as error:
            raise _failed(str(error)) from None
        if done.returncode:
            raise _failed((done.stderr or done.stdout).strip()[-500:] or f"exit code {done.returncode}")

    def _check(self, files: dict[str, bytes]) -> None:
        """An index that lacks a page is as good as none."""
        try:
            entry = json.loads(files[f"{FOLDER}/pagefind-entry.json"])
            count = sum(one["page_count"] for one in entry["languages"].values())
        except (KeyError, ValueError, TypeError) as error:
            raise _failed(f"its list of languages cannot be read: {error!r}") from None
        if count != len(self._documents):
            raise _failed(f"{count} of {len(self._documents)} pages are in it")


def _failed(why: str, hint: str = "“search: false” in sitegen.yaml builds without it") -> OutputError:
    return OutputError(f"the search index could not be made: {why}", code="search-failed", hint=hint)
