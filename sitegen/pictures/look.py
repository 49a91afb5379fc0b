"""The files that texts mean by their pictures, each looked at once: its hash, and what its header says."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from sitegen import cache
from sitegen.cache import Store
from sitegen.errors import ContentError
from sitegen.frozen import record
from sitegen.pictures import header
from sitegen.pictures.header import Header
from sitegen.pictures.place import Wrong, find

SHELF = "pictures"
MOST_BYTES = 32 << 20


@record
class PictureFile:
    """A picture's file: `name` from the digest's folder, the hash of its bytes, what its header says."""

    name: str
    sha256: str
    header: Header


class Look:
    """Finds a picture's file and reads its header, each file once."""

    def __init__(self, root: Path, store: Store | None) -> None:
        self._root = root
        self._store = store
        self._shelf = store.shelf(SHELF) if store else None
        self._known: dict[str, PictureFile | Wrong] = {}

    def __call__(self, page: str, src: str) -> PictureFile | Wrong:
        name = find(self._root, page, src)
        if isinstance(name, Wrong):
            return name
        if name not in self._known:
            self._known[name] = self._file(name)
        return self._known[name]

    def _file(self, name: str) -> PictureFile | Wrong:
        path = self._root / name
        try:
            stat = path.stat()
            if stat.st_size > MOST_BYTES:
                return Wrong(
                    f"the picture {name} has {stat.st_size:,} bytes, more than {MOST_BYTES:,}",
                    "picture-too-large", "save it smaller: no reader waits for it",
                )  # fmt: skip
            digest = self._store.index.get(name, cache.signature(stat)) if self._store else None
            packed = self._shelf.get(_header_key(digest)) if self._shelf is not None and digest else None
            if digest is None or packed is None:
                data = path.read_bytes()
                digest, found = sha256(data).hexdigest(), header.read(data)
                packed = (found.type, found.width, found.height, found.moves, found.drawn) if found else ()
                if self._store and self._shelf is not None:
                    self._store.index.put(name, cache.signature(stat), digest)
                    self._shelf.put(_header_key(digest), packed)
        except OSError as error:
            return Wrong(
                f"{name} cannot be read: {error.strerror}", "picture-unreadable", "is it yours to read?"
            )
        if not packed:
            return Wrong(
                f"{name} is no picture that a browser shows", "picture-unreadable",
                "save it as JPEG, PNG, WebP, AVIF, GIF or SVG",
            )  # fmt: skip
        return PictureFile(name, digest, Header(*packed))


def _header_key(digest: str) -> bytes:
    return cache.digest("header", digest)


def read(root: Path, file: PictureFile) -> bytes:
    """The bytes that were measured. Raises ContentError where they have changed since."""
    try:
        data = (root / file.name).read_bytes()
    except OSError:
        data = b""
    if sha256(data).hexdigest() != file.sha256:
        raise ContentError(
            "this picture changed while the site was being built", code="content-changed", path=file.name,
            hint="build again",
        )  # fmt: skip
    return data
