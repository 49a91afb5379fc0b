"""The forms of pictures that pages load, made on all cores where none of the builds before has made them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sitegen import cache, extras
from sitegen.blobs import Blobs
from sitegen.cache import Shelf, Store
from sitegen.config import PicturesConfig
from sitegen.errors import Problem
from sitegen.frozen import record
from sitegen.model import Output, Picture, Promise, Rendition
from sitegen.pictures import derive
from sitegen.pictures.derive import Wish
from sitegen.pictures.look import SHELF, PictureFile, read
from sitegen.pictures.place import STATIC, Wrong
from sitegen.slugs import slugify

BLOBS = "derived"
FOLDER = "assets/pictures"  # below the output folder; what is in it never changes under its name

Run = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
# What became of a wish: the hash of the bytes, format, width, height; or why there is nothing.
Done = tuple[str, derive.Format, int, int] | str


@record
class _Job:
    """A file and the forms of it that are wanted and not known."""

    root: str
    file: PictureFile
    wishes: tuple[tuple[bytes, Wish], ...]


class Forms:
    """Makes the forms of pictures, on all cores, where none of the builds before has."""

    def __init__(self, root: Path, config: PicturesConfig, store: Store | None) -> None:
        self._root = root
        self._config = config
        self._shelf = store.shelf(SHELF) if store else Shelf(root / cache.FOLDER / SHELF, b"")
        self._blobs = Blobs(root, BLOBS)
        self._keeps = store is not None
        self._done: dict[bytes, Done] = {}
        self._out: dict[str, tuple[PictureFile, bytes | None, Wish | None, str]] = {}

    def make(self, files: Iterable[PictureFile], run: Run) -> None:
        jobs = []
        for file in files:
            wanted = [(self._key(file, wish), wish) for wish in self._wishes(file)]
            self._done |= {key: known for key, _ in wanted if (known := self._shelf.get(key)) is not None}
            if missing := tuple((key, wish) for key, wish in wanted if key not in self._done):
                jobs.append(_Job(str(self._root), file, missing))
        for results in run(partial(_derive, self._blobs), jobs):
            for key, done in results:
                self._done[key] = done
                self._shelf.put(key, done)
        if self._keeps and self._done:
            self._blobs.keep(self._done)

    def _wishes(self, file: PictureFile) -> list[Wish]:
        """The forms of a file, the one for every reader first; none of what stays as it is."""
        if not self._makes(file) or derive.pillow() is None:
            return []
        widths, quality = sorted(set(self._config.widths)), self._config.quality
        largest = min(file.header.width, widths[-1])
        steps = [width for width in widths if width < largest] + [largest]
        modern = [Wish(width, form, quality) for form in self._config.formats for width in steps]
        return [Wish(largest, None, quality), *modern]

    def _makes(self, file: PictureFile) -> bool:
        return bool(self._config.widths) and not (file.header.drawn or file.header.moves)

    def _key(self, file: PictureFile, wish: Wish) -> bytes:
        parts = (str(derive.VERSION), derive.pillow() or "", file.sha256)
        return cache.digest("form", *parts, str(wish.width), wish.format or "", str(wish.quality))

    def picture(self, file: PictureFile, src: str) -> Picture | Wrong:
        """A file as pages show it, or why they cannot."""
        forms: list[Rendition] = []
        whole: tuple[str, int, int] | None = None
        for wish in self._wishes(file):
            key = self._key(file, wish)
            done = self._done[key]
            if isinstance(done, str):
                hint = "save it anew from the program that it came from"
                return Wrong(f"{file.name} is broken: {done}", "picture-unreadable", hint)
            digest, form, width, height = done
            path = self._path(file, digest, form, f"-{width}")
            self._out[path] = (file, key, wish, digest)
            if wish.format is None:
                whole = (f"/{path}", width, height)
            else:
                forms.append(Rendition(f"/{path}", derive.TYPES[form], width))
        if whole is None:
            whole = (self._as_it_is(file), file.header.width, file.header.height)
        return Picture(src, *whole, tuple(forms))

    def _as_it_is(self, file: PictureFile) -> str:
        """The address of the file itself; in static/ it has one already."""
        if file.name.startswith(f"{STATIC}/"):
            return file.name.removeprefix(STATIC)
        path = self._path(file, file.sha256, posixpath.splitext(file.name)[1].lstrip(".").lower(), "")
        self._out[path] = (file, None, None, file.sha256)
        return f"/{path}"

    def _path(self, file: PictureFile, digest: str, ending: str, size: str) -> str:
        stem = slugify(posixpath.splitext(posixpath.basename(file.name))[0], "picture")
        return f"{FOLDER}/{stem}{size}.{digest[:8]}.{ending.replace('jpeg', 'jpg')}"

    def files(self, *, promised: bool) -> Iterator[Output | Promise]:
        for path, (file, key, wish, digest) in self._out.items():
            make = partial(_bytes, self._root, self._blobs, file, key, wish)
            yield (
                Promise(path, digest, make, (file.name,)) if promised else Output(path, make(), (file.name,))
            )

    def unmade(self, files: Iterable[PictureFile]) -> Iterator[Problem]:
        """One word, once, about pictures that would be lighter with the library."""
        if derive.pillow() is not None or not self._config.widths:
            return
        smallest = min(self._config.widths)
        heavy = [file for file in files if self._makes(file) and file.header.width > smallest]
        if heavy:
            more = f", and {len(heavy) - 1} more" if heavy[1:] else ""
            yield Problem(
                f"{heavy[0].name}{more}: published as it came, in one size, with what the camera wrote",
                "pictures-as-they-are", heavy[0].name,
                hint=f"{extras.install('images')}; “pictures: {{widths: []}}” in sitegen.yaml leaves them so",
                severity="warning",
            )  # fmt: skip


def _derive(blobs: Blobs, job: _Job) -> list[tuple[bytes, Done]]:
    """The forms of one file, put among the blobs."""
    wishes = [wish for _, wish in job.wishes]
    try:
        made = derive.derive(read(Path(job.root), job.file), wishes)
    except derive.Unreadable as error:
        return [(key, str(error)) for key, _ in job.wishes]
    results: list[tuple[bytes, Done]] = []
    for (key, _), one in zip(job.wishes, made, strict=True):
        blobs.put(key, one.data)
        results.append((key, (sha256(one.data).hexdigest(), one.format, one.width, one.height)))
    return results


def _bytes(root: Path, blobs: Blobs, file: PictureFile, key: bytes | None, wish: Wish | None) -> bytes:
    if key is None or wish is None:
        return read(root, file)
    kept = blobs.get(key)
    if kept is not None:
        return kept
    made = derive.derive(read(root, file), [wish])[0].data
    blobs.put(key, made)
    return made
