"""An edition as mail: the very view of its page, with what mail has beside it, and cut to any length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sitegen.config import SiteConfig
from sitegen.model import Site
from sitegen.pages import editions
from sitegen.pages.catalogue import catalogue
from sitegen.pages.plan import info
from sitegen.views import Card, EditionContent, EditionView, Kinds, Link, MailView
from sitegen.wording import Words

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
NAMED = 2  # headlines in the preheader, of which mail programs show some 40 to 100 characters


@dataclass(frozen=True)
class Letter:
    """The mail of an edition. Its pieces are the paragraphs of the editor's note, then its stories."""

    page: EditionView
    pages: tuple[Link, ...]
    config: SiteConfig

    @property
    def pieces(self) -> int:
        return len(self._paragraphs) + len(list(_cards(self.page.edition)))

    def view(self, pieces: int) -> MailView:
        """The mail with only the first so many of its pieces."""
        whole = self.page.edition
        paragraphs = self._paragraphs[:pieces]
        edition = _with_stories(whole, pieces - len(paragraphs))
        if len(paragraphs) < len(self._paragraphs):
            edition = replace(edition, note="\n\n".join(paragraphs), signed=None)
        shown = list(_cards(edition))
        return MailView(
            site=self.page.site,
            head=replace(self.page.head, title=whole.title),
            edition=edition,
            preheader="; ".join(card.title for card in _first(whole)),
            pages=self.pages,
            shown=len(shown),
            left_out=len(list(_cards(whole))) - len(shown),
            cut=edition.note != whole.note,
            inferred=any(card.quote and card.quote.attribution == "inferred" for card in shown),
            unsubscribe=self.config.email.unsubscribe,
            postal=self.config.email.postal,
        )

    @property
    def _paragraphs(self) -> list[str]:
        return _PARAGRAPHS.split(self.page.edition.note) if self.page.edition.note else []


def letter(site: Site, config: SiteConfig, kinds: Kinds, words: Words, n: int) -> Letter:
    """The mail of the edition that stands at `n` among the site's."""
    of = catalogue(site, config, info(site, config, kinds, words), kinds, words)
    own = tuple(Link(page.title, page.url) for page in site.pages)
    return Letter(editions.view(n, of), own, config)


def _with_stories(edition: EditionContent, left: int) -> EditionContent:
    """The edition with only its first `left` stories; their number stays that of the whole."""
    top = edition.top if left > 0 else None
    left -= edition.top is not None
    blocks = []
    for block in edition.blocks:
        if left > 0:
            blocks.append(replace(block, cards=block.cards[:left]))
        left -= len(block.cards)
    return replace(edition, top=top, blocks=tuple(blocks))


def _cards(edition: EditionContent) -> Iterator[Card]:
    if edition.top:
        yield edition.top
    for block in edition.blocks:
        yield from block.cards


def _first(edition: EditionContent) -> list[Card]:
    return [card for card, _ in zip(_cards(edition), range(NAMED), strict=False)]
