"""Articles as files say them, read on all cores and only where they changed; and their bodies, one at a time.

What a file says is a pure function of its bytes, its path and a part of the configuration. Bodies are
never held: a record carries the digest of its file, and `Bodies` reads the file again when a page wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sitegen import cache, frontmatter, packing
from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.content import article, files
from sitegen.content.files import Found
from sitegen.errors import ContentError, Problem
from sitegen.frozen import record, replace
from sitegen.model import Article

SHELF = "articles"
BATCH = 50  # files that a process reads in one go
# `map`, or that of an Executor: what is done is pure, so it may be done anywhere.
Run = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]


# What a file says: its article without the body, or none, and what is wrong with it.
Reading = tuple[Article | None, tuple[Problem, ...]]
# The same as bytes, each of the two for itself; none for no problems.
Packed = tuple[bytes, bytes]


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
        raise ContentError(
            "this file changed while the site was being built",
            code="content-changed",
            path=of.path,
            hint="build again",
        )
    return found


def articles(
    root: Path, config: SiteConfig, store: Store | None = None, run: Run = map
) -> Iterator[tuple[Reading, bytes]]:
    """What every article's file says, in the order of their paths; and the article as bytes."""
    found = files.scan(root, files.ARTICLES)
    setting = setting_of(config)
    ready = dict(_remembered(root, found, setting, store)) if store else {}
    missing = [file for file in found if file.name not in ready]
    batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    made = (one for batch in run(partial(_read, root, config), batches) for one in batch)
    for file in found:
        packed = ready.pop(file.name, None)
        if packed is None:
            digest, packed = next(made)
            if store and digest:
                store.index.put(file.name, cache.signature(file.stat), digest)
                store.shelf(SHELF).put(_key(digest, file.name, setting), packed)
        article_bytes, problems = packed
        yield (packing.loads(article_bytes), packing.loads(problems) if problems else ()), article_bytes
    if store:
        store.shelf(SHELF).close()


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
) -> Iterator[tuple[str, Packed]]:
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


def _read(root: Path, config: SiteConfig, batch: Sequence[Found]) -> list[tuple[str, Packed]]:
    """The digest of each file and, packed, what it says."""
    made = []
    for file in batch:
        digest, (article, problems), _ = one(root, config, file)
        made.append((digest, (packing.dumps(article), packing.dumps(problems) if problems else b"")))
    return made
