"""What stands for a page where its link is shared: a picture of its own, else a card drawn from its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sitegen.frozen import replace
from sitegen.model import Image
from sitegen.pages import cards
from sitegen.pages.catalogue import Catalogue
from sitegen.views import Head, Share, SiteInfo

# Gives the address of the card that is drawn for each of these, by that of the page; none where the words
# cannot be drawn.
Draw = Callable[[Sequence[Share]], Mapping[str, str]]
SIZE = (1200, 630)
# What the services that show links want of a picture: a photograph, and a large one.
_WIDE_ENOUGH = 600
_PHOTOGRAPHS = (".jpg", ".jpeg", ".png")


def of_site(info: SiteInfo) -> Share:
    """The card of all pages that have none of their own."""
    return Share("/", info.title, info.tagline)


def of_pages(of: Catalogue) -> Iterator[Share]:
    """Every article without a photograph, and every edition."""
    for article in of.everything:
        if _photograph(article.images) is None:
            figure = article.figures[0] if article.figures else None
            quote = None if figure else cards.featured(article)
            credit = cards.credit(article, of)
            topics = of.topics_of(article)
            about = topics[0].name if topics else ""
            yield Share(article.url, article.title, of.info.title, about, None, credit, None, figure, quote)
    for edition in of.site.editions:
        top = of.by_id.get(edition.top or "")
        figure = top.figures[0] if top and top.figures else None
        quote = cards.featured(top) if top and not figure else None
        yield Share(
            edition.url, edition.title, of.info.title, "", edition.number, None, edition.date, figure, quote
        )


def pictured(head: Head, images: Sequence[Image], of: Catalogue) -> Head:
    """The head of a page with what stands for it: its photograph, else its card."""
    image = _photograph(images)
    if image is not None and image.picture is not None:
        file = image.picture
        size = (file.width, file.height)
        return replace(head, image=file.url, image_alt=image.alt or head.title, image_size=size)
    drawn = of.drawn.get(head.url)
    if drawn is None:
        return head
    return replace(head, image=drawn, image_alt=head.title, image_size=SIZE)


def _photograph(images: Sequence[Image]) -> Image | None:
    for image in images:
        file = image.picture
        if file and file.width >= _WIDE_ENOUGH and file.url.endswith(_PHOTOGRAPHS):
            return image
    return None
