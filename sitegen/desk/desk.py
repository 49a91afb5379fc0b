"""The articles of one digest as they were last read, and what is done to their files."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sitegen import config, seeds
from sitegen.content import article as reading
from sitegen.desk.acts import Act, acted, refused
from sitegen.desk.doubts import Doubt, doubts
from sitegen.errors import ContentError, SiteError
from sitegen.model import Article, KeyFigure, Quote
from sitegen.seeds.merge import files
from sitegen.seeds.read import FOLDER

_MOST_UNDO = 200


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the seed that are not in the article as they stood, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article as the desk shows it. `sha256` is of the file as it was read: an act names it."""

    id: str
    title: str
    path: str
    url: str
    sha256: str
    quotes: tuple[Quote, ...]
    figures: tuple[KeyFigure, ...]
    dropped: tuple[Dropped, ...]
    doubts: tuple[Doubt, ...]
    undo: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article in the queue, with the number of its doubts."""

    id: str
    title: str
    url: str
    doubts: int


@dataclass(frozen=True, slots=True)
class _Done:
    path: Path
    before: bytes
    after: str


class Desk:
    """The articles of one digest as they were last read, and what was done to their files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._articles: Mapping[str, Article] = {}
        self._done: list[_Done] = []
        self._turn = threading.Lock()

    def lay(self, articles: Iterable[Article]) -> None:
        """Put the articles of a new build on the desk: those that have a page in it."""
        self._articles = {article.id: article for article in articles}

    def queue(self) -> tuple[Waiting, ...]:
        """The articles with something to confirm, newest first."""
        found = ((article, len(doubts(article))) for article in self._articles.values())
        waiting = [(article, count) for article, count in found if count]
        waiting.sort(key=lambda one: (one[0].day, one[0].id), reverse=True)
        return tuple(Waiting(article.id, article.title, article.url, count) for article, count in waiting)

    def sheet(self, article_id: str) -> Sheet:
        """The sheet of an article, from its file as it is now. Raises SiteError where there is none, or
        it cannot be read."""
        path = self._path(article_id)
        original = files.read(self._root, self._root / path)
        text = original.text.replace("\r\n", "\n").replace("\r", "\n")
        article, problems = reading.parse(text, path, config.load(self._root))
        if article is None:
            raise ContentError.of(problems)
        return Sheet(
            article.id,
            article.title,
            article.path,
            article.url,
            sha256(original.data).hexdigest(),
            article.quotes,
            article.figures,
            self._dropped(article),
            doubts(article),
            bool(self._done),
        )

    def do(self, article_id: str, act: Act, seen: str) -> None:
        """Carry out one act on an article's file; `seen` is the sha256 of the sheet that it was done on.

        Raises SiteError, with the file as it was.
        """
        path = self._path(article_id)
        with self._turn:
            original = files.read(self._root, self._root / path)
            if sha256(original.data).hexdigest() != seen:
                raise _changed_meanwhile(path)
            text = acted(original.text, act, path)
            data = original.with_text(text)
            self._put(original, data)
            self._done.append(_Done(original.path, original.data, sha256(data).hexdigest()))
            del self._done[:-_MOST_UNDO]

    def undo(self) -> None:
        """Take the last act back, if its file is still as it left it. Raises SiteError."""
        with self._turn:
            if not self._done:
                raise refused("there is nothing to undo")
            last = self._done.pop()  # what cannot be taken back now cannot be later either
            original = files.read(self._root, last.path)
            if sha256(original.data).hexdigest() != last.after:
                raise _changed_meanwhile(original.name)
            self._put(original, last.before)

    def _put(self, original: files.Original, data: bytes) -> None:
        """Write the file, unless somebody else just has."""
        try:
            written = files.swap(original.path, data, lambda: original.path.read_bytes() == original.data)
        except OSError as error:
            raise ContentError(
                f"cannot be written: {error.strerror or error}", code="content-unwritable", path=original.name
            ) from None
        if not written:
            raise _changed_meanwhile(original.name)

    def _path(self, article_id: str) -> str:
        article = self._articles.get(article_id)
        if article is None or not article.path:
            raise refused("there is no such article any more")
        return article.path

    def _dropped(self, article: Article) -> tuple[Dropped, ...]:
        """Nothing where there is no seed to look at, or none that can be read."""
        if article.seed is None:
            return ()
        try:
            seed, _ = seeds.read(self._root, self._root / FOLDER / article.seed.file)
            conversion = seeds.understand(seed)
        except SiteError:
            return ()
        parts = ((part, " ".join(seed.text[part.start : part.end].split())) for part in conversion.removed)
        return tuple(Dropped(words, part.reason) for part, words in parts if words)


def _changed_meanwhile(path: str) -> ContentError:
    return ContentError(
        "this file was changed meanwhile",
        code="desk-changed",
        path=path,
        hint="nothing was done; look at it again",
    )
