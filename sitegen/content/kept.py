"""Content that stays in memory between builds: only files that changed are read again.

What each article's file says is kept, so a build after an edit reads one file. What is decided over all
articles (what is public, their order, weekly editions, redirects, collisions) is decided again as ever,
unless nothing that it looks at is another: then the articles are exchanged in what was decided before.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sitegen import cache, frontmatter
from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.content import addresses, files, names, read
from sitegen.content.load import Content, decided
from sitegen.errors import ContentError
from sitegen.frozen import record, replace
from sitegen.model import Article

# What of an article decides nothing beyond its own pages and the lists that it stands in. A field that is
# not named here is looked at by rules over all articles, or may be one day.
FREE = (
    "title", "text", "words", "standfirst", "lang", "dateline", "note", "topics", "people", "organisations",
    "source", "images", "extra",
)  # fmt: skip


@record
class Terms:
    """What decides besides the files: the configuration, and what is shown."""

    config: SiteConfig
    drafts: bool
    future: bool


class Kept:
    """The content of the digest in `root`, from one build to the next.

    One thread loads; any may ask for bodies.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._said: dict[str, read.Reading] = {}
        self._before: dict[str, read.Reading | None] = {}  # what files said in the last content, where other
        self._index: dict[str, tuple[cache.Signature, str]] = {}
        self._setting = b""
        self._terms: Terms | None = None
        self._content: Content | None = None
        self._settled_on = (names.Names(), names.Names())
        self._decided_at = datetime.max
        self._addresses: cache.Signature | None = None
        self._texts: dict[str, bytes] = {}

    def load(
        self,
        config: SiteConfig,
        now: datetime,
        changed: frozenset[str] | None,
        *,
        drafts: bool = False,
        future: bool = False,
        store: Store | None = None,
        run: read.Run = map,
    ) -> Content:
        """As `content.load`; `changed` are the paths that may be others since the last content that was
        returned, None if any may be. Where nothing is another it is that same content. Raises
        ContentError.
        """
        terms = Terms(config, drafts, future)
        self._read(config, changed, store, run)
        content = self._exchanged(terms, now, changed) or self._decide(terms, now)
        self._terms, self._content = terms, content
        self._before.clear()
        return content

    # ------------------------------------------------------------ what the files say

    def _read(
        self, config: SiteConfig, changed: frozenset[str] | None, store: Store | None, run: read.Run
    ) -> None:
        setting = read.setting_of(config)
        if setting != self._setting:
            self._read_all(config, store, run)
            self._setting = setting
        elif changed is None:
            self._look_through(config)
        else:
            for name in changed:
                if name.startswith(f"{files.ARTICLES}/"):
                    found = files.find(self._root, name)
                    self._put(name, self._one(config, found)[1] if found else None)

    def _read_all(self, config: SiteConfig, store: Store | None, run: read.Run) -> None:
        """Every file, as a build does."""
        said: dict[str, read.Reading] = {}
        for reading in read.articles(self._root, config, store, run):
            article, problems = reading
            said[str(article.path if article else problems[0].path)] = reading
        for name in {*self._said, *said}:
            self._put(name, said.get(name))
        self._index = dict(store.index.seen) if store else {}

    def _look_through(self, config: SiteConfig) -> None:
        """Which files are others is told from their signatures, and where those may lie from their bytes."""
        index = cache.Index(cache.now_on(self._root), self._index)
        found = {file.name: file for file in files.scan(self._root, files.ARTICLES)}
        for name, file in found.items():
            signature = cache.signature(file.stat)
            if name not in self._said or index.get(name, signature) is None:
                digest, reading = self._one(config, file)
                index.put(name, signature, digest)
                self._put(name, reading)
        for name in [name for name in self._said if name not in found]:
            self._put(name, None)
        self._index = index.seen

    def _one(self, config: SiteConfig, file: files.Found) -> tuple[str, read.Reading]:
        """What a file says; its text is kept, because another may soon stand in its place."""
        digest, reading, data = read.one(self._root, config, file)
        if reading[0] is not None:
            self._texts[digest] = zlib.compress(data, 1)
        return digest, reading

    def _put(self, name: str, reading: read.Reading | None) -> None:
        """What a file says now; None where it is no more."""
        known = self._said.get(name)
        if known == reading:
            return
        self._before.setdefault(name, known)
        if reading is None:
            del self._said[name]
        else:
            self._said[name] = reading

    # ------------------------------------------------------------ what is decided over all of them

    def _decide(self, terms: Terms, now: datetime) -> Content:
        there = self._addresses_now()
        settled_on = names.load_people(self._root), names.load_topics(self._root)
        ordered = sorted(self._said, key=lambda name: name.split("/"))
        content = decided(
            self._root,
            terms.config,
            now,
            (self._said[name] for name in ordered),
            settled_on,
            read.Bodies(self._root),
            drafts=terms.drafts,
            future=terms.future,
        )
        self._addresses, self._settled_on, self._decided_at = there, settled_on, now
        return content

    def _exchanged(self, terms: Terms, now: datetime, changed: frozenset[str] | None) -> Content | None:
        """The last content with other articles in it, where that is all there is to do."""
        content = self._content
        if content is None or changed is None or any(_is_decided_by(name) for name in changed):
            return None
        unturned = content.next_change is None or now < content.next_change
        if terms != self._terms or not unturned or now < self._decided_at:
            return None
        if self._addresses != self._addresses_now():
            return None
        made = self._others(content)
        if not made:
            return None if made is None else content
        articles = tuple([made.get(article.path, article) for article in content.articles])
        shown = tuple([made.get(article.path, article) for article in content.site.articles])
        return replace(content, articles=articles, site=replace(content.site, articles=shown))

    def _others(self, content: Content) -> dict[str, Article] | None:
        """By path what stands in the place of articles of this content; None where that is not all."""
        made: dict[str, Article] = {}
        known = {article.path: article for article in content.articles} if self._before else {}
        for name, before in self._before.items():
            reading = self._said.get(name)
            if reading == before:  # changed, and changed back
                continue
            if reading is None or before is None or reading[1] != before[1] or reading[0] is None:
                return None
            article = names.settle(reading[0], *self._settled_on)
            if name not in known or not _same_standing(known[name], article):
                return None
            made[name] = article
        return made

    def _addresses_now(self) -> cache.Signature | None:
        """Of content/.urls, of which no event tells."""
        try:
            return cache.signature((self._root / addresses.FILE).stat())
        except OSError:
            return None

    # ------------------------------------------------------------ bodies

    def body(self, of: Article) -> str:
        """The body of an article as it was when it was read, whatever has become of its file. Raises
        ContentError where its file changed before its body was ever asked for."""
        packed = self._texts.get(of.text)
        if packed is None:
            packed = self._texts[of.text] = zlib.compress(read.raw(self._root, of), 1)
        return frontmatter.split(files.decode(of.path, zlib.decompress(packed))).body

    @property
    def spare_bodies(self) -> int:
        """How many bodies are kept besides those of the last content."""
        return len(self._texts) - (len(self._content.articles) if self._content else 0)

    def keep_bodies(self, of: Content, *, and_of: Content) -> None:
        """Have the body of every article of this content at hand, and forget all others but those of a
        second one."""
        for article in of.articles:
            if article.text not in self._texts:
                with suppress(ContentError):  # the change that made it so is told of as well
                    self._texts[article.text] = zlib.compress(read.raw(self._root, article), 1)
        wanted = {article.text for content in (of, and_of) for article in content.articles}
        for text in self._texts.keys() - wanted:
            del self._texts[text]


def _is_decided_by(name: str) -> bool:
    """Whether what a file says goes into what is decided over all articles; the articles' own aside."""
    return name.startswith(("content/", "data/")) and not name.startswith(f"{files.ARTICLES}/")


def _same_standing(old: Article, new: Article) -> bool:
    """Whether two versions of an article stand in the same place in everything decided over all of them."""
    return replace(new, **{name: getattr(old, name) for name in (*FREE, *_LOOKED_INTO)}) == old and all(
        look(old) == look(new) for look in _LOOKS
    )


# Fields of which only this much decides anything: the top story of a week has a figure and a quote.
_LOOKED_INTO = ("quotes", "figures")
_LOOKS: tuple[Callable[[Article], object], ...] = (
    lambda article: bool(article.figures),
    lambda article: any(quote.featured for quote in article.quotes),
)
