"""The editor's desk: what conversion was not sure of in an article, and the small corrections to it.

A sheet shows one article's quotes, figures and dropped lines; an act changes one thing in the
article's file and nothing else; undo takes the last act back. An editor who saves the file
meanwhile always wins.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from sitegen import config, frontmatter, seeds
from sitegen.content import article as reading
from sitegen.content import edit
from sitegen.errors import ContentError, SiteError
from sitegen.model import Article, KeyFigure, Quote
from sitegen.seeds.merge import files
from sitegen.seeds.read import FOLDER
from sitegen.seeds.write import UNTITLED

List = Literal["quotes", "figures"]
_MOST_UNDO = 200


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to confirm: `item` is the quote's or figure's id, "" for the article itself."""

    item: str
    code: str
    text: str


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
class Act:
    """One correction: `name` is one of ACTS, `item` the id in the `of` list ("q1").

    `value` is the new speaker, the new label, or the index to move to; `role` goes with a speaker.
    """

    name: str
    of: List
    item: str
    value: int | str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    path: Path
    before: bytes
    after: str


# ---------------------------------------------------------------- doubts: a table of named rules


def _carried_over(article: Article) -> Iterator[Doubt]:
    for quote in article.quotes:
        if quote.attribution == "inferred":
            yield Doubt(quote.id, "speaker-inferred", "the speaker is carried over from an earlier sentence")


def _nobody(article: Article) -> Iterator[Doubt]:
    for quote in article.quotes:
        if not quote.speaker:
            yield Doubt(quote.id, "speaker-unknown", "nobody is named as the speaker")


def _unlabelled(article: Article) -> Iterator[Doubt]:
    for figure in article.figures:
        if not figure.label:
            yield Doubt(figure.id, "figure-unlabelled", "nothing says what this figure measures")


def _untitled(article: Article) -> Iterator[Doubt]:
    if article.title == UNTITLED:
        yield Doubt("", "untitled", "no headline was found in the seed")


_DOUBTS: tuple[Callable[[Article], Iterator[Doubt]], ...] = (_untitled, _carried_over, _nobody, _unlabelled)


def doubts(article: Article) -> tuple[Doubt, ...]:
    """What an editor should look at in an article, as its file has it."""
    return tuple(doubt for rule in _DOUBTS for doubt in rule(article))


# ---------------------------------------------------------------- acts: each is a few changes of keys

_Changes = Callable[[Act, int, Mapping[str, Any]], list[edit.Change]]


def _accept(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    return [edit.Set((act.of, at, "attribution"), "editor")]


def _speaker(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    key = (act.of, at)
    made: list[edit.Change] = [edit.Set((*key, "speaker"), _words(act.value))]
    if act.role:
        made.append(edit.Set((*key, "role"), act.role))
    elif "role" in item:
        made.append(edit.Drop((*key, "role")))
    return [*made, edit.Set((*key, "attribution"), "editor")]


def _feature(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    key = (act.of, at, "featured")
    return [edit.Drop(key) if item.get("featured") else edit.Set(key, True)]


def _drop(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    return [edit.Drop((act.of, at))]


def _move(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    if not isinstance(act.value, int):
        raise _refused("a place to move to is a number")
    return [edit.Move((act.of, at), act.value)]


def _label(act: Act, at: int, item: Mapping[str, Any]) -> list[edit.Change]:
    return [edit.Set((act.of, at, "label"), _words(act.value))]


ACTS: Mapping[tuple[List, str], _Changes] = {
    ("quotes", "accept"): _accept,
    ("quotes", "speaker"): _speaker,
    ("quotes", "feature"): _feature,
    ("quotes", "drop"): _drop,
    ("quotes", "move"): _move,
    ("figures", "label"): _label,
    ("figures", "drop"): _drop,
    ("figures", "move"): _move,
}


def acted(text: str, act: Act, path: str) -> str:
    """The text of an article's file after one act. Raises SiteError; pure."""
    changes = ACTS.get((act.of, act.name))
    if changes is None:
        raise _refused(f"there is no “{act.name}” for {act.of}")
    items = frontmatter.load(text, path=path)[0].get(act.of) or []
    at = next(
        (at for at, item in enumerate(items) if isinstance(item, dict) and item.get("id") == act.item), None
    )
    if at is None:
        raise _refused(f"the file has no “{act.item}” among its {act.of} any more")
    made = edit.edited(text, changes(act, at, items[at]), path)
    return _signed(made, items[at], act) if act.name == "speaker" else made


def _signed(text: str, before: Mapping[str, Any], act: Act) -> str:
    """A callout's attribution line follows its speaker, where there is no doubt which line it is."""
    old, new = (_attribution(before.get("speaker"), before.get("role")), _attribution(act.value, act.role))
    line = re.compile(rf"^( {{0,3}}>[ \t]*(?:—|–|--)[ \t]*){re.escape(old)}([ \t\r]*)$", re.MULTILINE)
    if not old or len(line.findall(text)) != 1:
        return text
    return line.sub(lambda found: f"{found[1]}{new}{found[2]}", text)


def _attribution(speaker: object, role: object) -> str:
    return f"{speaker}, {role}" if speaker and role else str(speaker or "")


def _words(value: int | str | None) -> str:
    words = " ".join(str(value or "").split())
    if not words:
        raise _refused("there are no words in it")
    return words


def _refused(why: str) -> ContentError:
    return ContentError(why, code="desk-refused", hint="nothing was changed")


# ---------------------------------------------------------------- the desk


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
                raise _refused("there is nothing to undo")
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
            raise _refused("there is no such article any more")
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
