"""Cards: pictures that stand for pages where their links are shared. Drawn on all cores, and only where no
build before has drawn the very same; their bytes stand in the published site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256

from sitegen import pictures, render
from sitegen.cache import Store
from sitegen.config import SiteConfig
from sitegen.frozen import record
from sitegen.model import Output, Promise, SocialCard, Staged
from sitegen.options import Options
from sitegen.outputs import Stager
from sitegen.views import Share
from sitegen.workers import Crew

FOLDER, SHELF = "assets/cards", "cards"
BATCH = 8  # cards that a process draws in one go


@record
class Wanted:
    """A card, its key, and the path of its file."""

    path: str
    key: bytes
    card: SocialCard


class Deck:
    """The cards of one build: called with what pages say, it gives the addresses of their cards."""

    def __init__(self, theme: render.Theme, store: Store | None) -> None:
        self._card = render.cards(theme)
        self._shelf = store.shelf(SHELF) if store else None
        self._wanted: list[Wanted] = []

    @classmethod
    def of(
        cls, theme: render.Theme, config: SiteConfig, options: Options, store: Store | None
    ) -> Deck | None:
        """None where nobody wants cards, or they cannot be drawn here."""
        wanted = config.cards and not options.preview and pictures.card_fonts()
        return cls(theme, store) if wanted else None

    def __call__(self, shares: Sequence[Share]) -> Mapping[str, str]:
        addresses = {}
        for share in shares:
            card = pictures.drawable(self._card(share))
            if card is not None:
                key = pictures.card_key(card)
                name = share.url.strip("/").replace("/", "-") or "site"
                path = f"{FOLDER}/{name}.{key.hex()[:8]}.png"
                self._wanted.append(Wanted(path, key, card))
                addresses[share.url] = f"/{path}"
        return addresses

    def files(self, crew: Crew, stager: Stager | None) -> Iterator[Output | Promise | Staged]:
        """The files of all cards that were asked for."""
        known = {one.path: sha for one in self._wanted if (sha := self._known(one.key))}
        for one in self._wanted:
            if sha := known.get(one.path):
                yield Promise(one.path, sha, partial(pictures.draw_card, one.card))
        rest = [one for one in self._wanted if one.path not in known]
        batches = [rest[start : start + BATCH] for start in range(0, len(rest), BATCH)]
        put: Callable[[Output], Output | Staged] = stager.put if stager else _kept
        made = (one for batch in crew.map(partial(_drawn, put), batches) for one in batch)
        for one, file in zip(rest, made, strict=True):
            if self._shelf is not None:
                sha = file.sha256 if isinstance(file, Staged) else sha256(file.data).hexdigest()
                self._shelf.put(one.key, sha)
            yield file

    def _known(self, key: bytes) -> str | None:
        return self._shelf.get(key) if self._shelf is not None else None


def _kept(output: Output) -> Output:
    return output


def _drawn(put: Callable[[Output], Output | Staged], batch: Sequence[Wanted]) -> list[Output | Staged]:
    return [put(Output(one.path, pictures.draw_card(one.card))) for one in batch]
