"""Articles as files say them, read on all cores and only where they changed; and their bodies, one at a time.

What a file says is a pure function of its bytes, its path and a part of the configuration. Bodies are
never held: a record carries the digest of its file, and `Bodies` reads the file again when a page wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sitegen import cache, frontmatter, halves, packing
from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.content import article, files
from sitegen.content.files import Found
from sitegen.errors import ContentError, Problem
from sitegen.frozen import record, replace
from sitegen.halves import Halves
from sitegen.heap import Address, Heap
from sitegen.model import Article

SHELF = "articles"
BATCH = 50  # files that a process reads in one go
# `map`, or that of an Executor: what is done is pure, so it may be done anywhere.
Run = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]


# What a file says: its article without the body, or none, and what is wrong with it.
Reading = tuple[Article | None, tuple[Problem, ...]]
# The same as it is kept: the first half, where the rest is, the signs, and the problems packed, if any.
Kept = tuple[tuple[Any, ...] | None, Address | bytes | None, bytes, bytes]


@record
class Bodies:
    """The body of an article, read when it is wanted. `fresh` has the text of those that are on no disk."""

    root: Path
    fresh: Mapping[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """The text of a file of content as it is now."""
        return self.fresh[path] if path in self.fresh else files.read(self.root, self.root / path)

    def __call__(self, of: Article) -> str:
        """Raises ContentError where the file is not the one that the article was read from."""
        if of.path in self.fresh:
            return frontmatter.split(self.fresh[of.path]).body
        return frontmatter.split(files.decode(of.path, raw(self.root, of))).body


def raw(root: Path, of: Article) -> bytes:
    """The bytes that an article was read from. Raises ContentError where its file has others now."""
    # Nobody needs to look for links: these are the very bytes that were checked before.
    found = files.read_bytes(root, of.path, plain=True)
    if sha256(found).hexdigest() != of.text:
        raise _changed(of.path)
    return found


def articles(root: Path, config: SiteConfig, store: Store | None = None, run: Run = map) -> Iterator[Reading]:
    """What every article's file says, in the order of their paths."""
    found = files.scan(root, files.ARTICLES)
    setting = setting_of(config)
    rest = _Rest(root, config, store.heap(SHELF) if store else None)
    ready = dict(_remembered(root, found, setting, store)) if store else {}
    missing = [file for file in found if file.name not in ready]
    batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    made = (one for batch in run(partial(_read, root, config), batches) for one in batch)
    for file in found:
        kept = ready.pop(file.name, None)
        if kept is None:
            digest, split, problems = next(made)
            kept = rest.kept(split, problems)
            if store and digest:
                store.index.put(file.name, cache.signature(file.stat), digest)
                store.shelf(SHELF).put(_key(digest, file.name, setting), kept)
        yield rest.joined(kept, file.name)
    if store:
        rest.close(store)


@dataclass(slots=True)
class _Rest:
    """Where the second halves are: in a heap, or with the first ones; a heap that has lost one reads
    the article's file again."""

    root: Path
    config: SiteConfig
    heap: Heap | None

    def kept(self, split: Halves | None, problems: bytes) -> Kept:
        if split is None:
            return None, None, b"", problems
        return split.first, self.heap.put(split.rest) if self.heap else split.rest, split.signs, problems

    def joined(self, kept: Kept, name: str) -> Reading:
        first, where, signs, problems = kept
        made = None if first is None else halves.join(first, signs, self.fetch, (name, where, signs))
        return made, packing.loads(problems) if problems else ()

    def fetch(self, where: tuple[str, Address | bytes, bytes]) -> bytes:
        """Raises ContentError where it has to read the file, and that is another one by now."""
        name, at, signs = where
        if isinstance(at, bytes):
            return at
        found = self.heap.get(at) if self.heap else None
        if found is None:
            raw = files.read_bytes(self.root, name, plain=True)
            made, _ = said(files.decode(name, raw), name, self.config, sha256(raw).hexdigest())
            split = halves.split(made) if made else None
            if split is None or split.signs != signs:
                raise _changed(name)
            found = split.rest
        return found

    def close(self, store: Store) -> None:
        """Save what is known of the articles; a heap in which most is of no use any more is made anew."""
        shelf = store.shelf(SHELF)
        if self.heap:
            self.heap.flush()
            live = [kept[1] for kept in shelf.used().values() if kept[1] is not None]
            if self.heap.grown(live):
                used = shelf.used()
                shelf.renew({})  # its addresses are those of the old heap
                heap, moved = self.heap.renewed(live)
                shelf.renew(
                    {
                        key: (one[0], moved.get(one[1]), *one[2:])
                        for key, one in used.items()
                        if one[1] in moved
                    }
                )
                store.put_heap(SHELF, heap)
        shelf.close()


def said(text: str, path: str, config: SiteConfig, digest: str | None = None) -> Reading:
    """What a text says as the article at `path`; `digest` is the sha256 of its file."""
    made, problems = article.parse(text, path, config)
    if made is not None:
        digest = digest or sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        made = replace(made, body="", text=digest)
    return made, tuple(problems)


def setting_of(config: SiteConfig) -> bytes:
    """What of the configuration an article's record follows from."""
    return packing.fingerprint((config.timezone, config.rights, dict(config.sources)))


def _remembered(
    root: Path, found: Iterable[Found], setting: bytes, store: Store
) -> Iterator[tuple[str, Kept]]:
    """What the cache knows of the files. One whose times have changed may still have bytes that it knows."""
    shelf, index = store.shelf(SHELF), store.index
    if not shelf:
        return
    for file in found:
        signature = cache.signature(file.stat)
        digest = index.get(file.name, signature)
        if digest is None:
            try:
                digest = sha256(files.read_bytes(root, file.name, plain=file.plain)).hexdigest()
            except ContentError:
                continue
            index.put(file.name, signature, digest)
        packed = shelf.get(_key(digest, file.name, setting))
        if packed is not None:
            yield file.name, packed


def _key(digest: str, name: str, setting: bytes) -> bytes:
    return cache.digest(digest, name, setting)


def one(root: Path, config: SiteConfig, file: Found) -> tuple[str, Reading, bytes]:
    """The digest of a file, what it says, and its bytes; no digest where it cannot be read."""
    try:
        data = files.read_bytes(root, file.name, plain=file.plain)
        text = files.decode(file.name, data)
    except ContentError as error:
        return "", (None, tuple(error.problems)), b""
    digest = sha256(data).hexdigest()
    return digest, said(text, file.name, config, digest), data


def _read(root: Path, config: SiteConfig, batch: Sequence[Found]) -> list[tuple[str, Halves | None, bytes]]:
    """The digest of each file, what it says and, packed, what is wrong."""
    made = []
    for file in batch:
        digest, (article, problems), _ = one(root, config, file)
        split = halves.split(article) if article else None
        made.append((digest, split, packing.dumps(problems) if problems else b""))
    return made


def _changed(path: str) -> ContentError:
    return ContentError(
        "this file changed while the site was being built",
        code="content-changed",
        path=path,
        hint="build again",
    )
