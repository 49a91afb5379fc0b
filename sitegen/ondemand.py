"""The files of a site, each page rendered when somebody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

from sitegen.model import Article, Output
from sitegen.outputs import Press
from sitegen.pages import Outline

MOST_REMEMBERED = 32 << 20  # bytes of rendered pages; the largest of a large digest is half of that


class Files(Mapping[str, bytes]):
    """The files of one site by their paths, each page rendered when it is asked for and remembered for a
    while. Any thread may ask. Two of them are equal if they are the same."""

    def __init__(
        self, ready: Mapping[str, Output], outline: Outline, press: Press, turn: threading.RLock
    ) -> None:
        self.ready = {path: output.data for path, output in ready.items()}
        self._rest = ready
        self.outline = outline
        self._press = press
        self._turn = turn  # to render: templates remember what they drew last
        self._drawn: dict[str, bytes] = {}
        self._remembered = 0

    def __getitem__(self, path: str) -> bytes:
        """Raises KeyError where there is no such file, SiteError where it cannot be rendered."""
        found = self.ready.get(path, self._drawn.get(path))
        if found is not None:
            return found
        with self._turn:
            found = self._drawn.get(path)
            return self._draw(path) if found is None else found

    def _draw(self, path: str) -> bytes:
        draft = self.outline.find(path)
        if draft is None:
            raise KeyError(path)
        made = self._drawn[path] = self._press.again(draft)
        self._remembered += len(made)
        while self._remembered > MOST_REMEMBERED and len(self._drawn) > 1:
            self._remembered -= len(self._drawn.pop(next(iter(self._drawn))))
        return made

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or path in self.ready or path in self._drawn:
            return isinstance(path, str)
        with self._turn:
            return self.outline.find(path) is not None

    def __iter__(self) -> Iterator[str]:
        with self._turn:
            drafts = self.outline.drafts()
        yield from dict.fromkeys((*self.ready, *(draft.file for draft in drafts)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__

    def claims(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every path with what is there made from, twice where two things are. Raises OutputError."""
        with self._turn:
            drafts = self.outline.drafts()
        yield from ((draft.file, draft.made_from) for draft in drafts)
        yield from ((path, output.made_from) for path, output in self._rest.items())

    def article(self, path: str) -> Article | None:
        """The article that a page shows."""
        return self.outline.of.by_url.get(f"/{path.removesuffix('index.html')}")
