"""What of an article is public, under its `rights`, and the parts that a template draws it from.

One function for the page, the feed and whatever else shows an article: nothing that `rights`
leaves out can slip through elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from markupsafe import Markup

from sitegen import markdown
from sitegen.frozen import record, replace
from sitegen.markdown import Part
from sitegen.model import Article, Image, KeyFigure, Picture, Quote, Rights
from sitegen.render import markup
from sitegen.render.markup import Outline, plain

# Ids that the templates use themselves.
RESERVED = frozenset(
    ("main", "about-inferred", "note-h", "lb", "vo", "to", "ed", "st", "da", "rel", "co", "lat", "ear")
)
_PLAIN = frozenset(("paragraph", "heading", "block"))  # parts that are only their HTML
_BETWEEN = "\0"  # no HTML has it: Markdown puts another character in its place
_MARKS = re.compile("[“”„\"‘’'«»‹›]")


@record
class Allowance:
    """What one kind of `rights` lets out of an article besides its title and its source."""

    standfirst: bool
    figures: bool
    images: bool
    body: Literal["all", "excerpt", "none"]


ALLOWED: dict[Rights, Allowance] = {
    "full": Allowance(standfirst=True, figures=True, images=True, body="all"),
    "excerpt": Allowance(standfirst=True, figures=True, images=False, body="excerpt"),
    "summary": Allowance(standfirst=True, figures=True, images=False, body="none"),
    "link": Allowance(standfirst=False, figures=False, images=False, body="none"),
}
_EXCERPT_PARAGRAPHS = 2


class Callout(NamedTuple):
    """A quote lifted out of the text: `html` goes inside the blockquote, the rest under it.

    `id` is for the page's address ("q-1"), None for a callout that no quote of the front matter
    owns.
    """

    html: Markup
    id: str | None
    speaker: str | None
    role: str | None
    inferred: bool


class Block(NamedTuple):
    """One part of a body, ready to draw: the field that its `kind` names is filled.

    `html` is safe to print as it is; `pull` repeats words that stand elsewhere; `number` tells the
    boxes of figures on a page apart.
    """

    kind: Literal["html", "quote", "pull", "figures"]
    html: Markup = Markup()
    quote: Callout | None = None
    pull: Quote | None = None
    figures: tuple[KeyFigure, ...] = ()
    number: int = 0


@record
class Shown:
    """The public part of an article. `figures` are those of the box under the standfirst."""

    standfirst: str | None
    figures: tuple[KeyFigure, ...]
    images: tuple[Image, ...]
    blocks: tuple[Block, ...]
    rights: Rights


@record
class _Ids:
    """The ids that headings cannot have: the templates' own, and those of quotes and figures."""

    article: Article
    parts: int

    def __contains__(self, name: object) -> bool:
        if name in RESERVED:
            return True
        return str(name).startswith(("q-", "f-", "kf-")) and name in set(self._of_items())

    def _of_items(self) -> Iterator[str]:
        yield from (anchor("q", quote.id) for quote in self.article.quotes)
        yield from (anchor("f", figure.id) for figure in self.article.figures)
        yield from (f"kf-{number + 1}" for number in range(self.parts + 1))


# A quote that no callout has claimed yet, and its bare words.
_Claim = tuple[Quote, str]


def public(
    article: Article, resolve: Callable[[str], str], picture: str = "Picture", *, plain: bool = False
) -> Shown:
    """What of an article may be shown. `resolve` makes the addresses in the body ready for where it stands.

    `picture` is the word for a picture from elsewhere that has none: those are linked to, not loaded.
    With `plain` a picture of the site's own is named by one file alone, as feeds want it.
    """
    allowed = ALLOWED[article.rights]
    parts = _allowed_parts(article, allowed)
    boxes = _boxes(parts, article.figures) if allowed.figures else {}
    files = {one.src: one if allowed.images else replace(one, missing=True) for one in article.pictures}
    pictures = markup.Shown(files, first=not article.images, plain=plain) if files else None
    ready = _finished(parts, Outline(taken=_Ids(article, len(parts))), resolve, picture, pictures)
    unclaimed = [(quote, _bare(quote.text)) for quote in article.quotes]
    blocks = [
        Block("html", html) if part.kind in _PLAIN else _block(part, html, at, article, unclaimed, boxes)
        for at, (part, html) in enumerate(zip(parts, ready, strict=True))
    ]
    boxed = {figure.id for figures in boxes.values() for figure in figures}
    return Shown(
        standfirst=article.standfirst if allowed.standfirst else None,
        figures=tuple(f for f in article.figures if f.id not in boxed) if allowed.figures else (),
        images=article.images if allowed.images else (),
        blocks=tuple(block for block in blocks if block is not None),
        rights=article.rights,
    )


def page_blocks(
    text: str, resolve: Callable[[str], str], picture: str = "Picture", pictures: tuple[Picture, ...] = ()
) -> tuple[Block, ...]:
    """The parts of a page of the editor's own; its callouts carry their own attribution."""
    page = Article(id="", title="", body=text, pictures=pictures)
    return public(page, resolve, picture).blocks


@lru_cache(maxsize=1024)
def anchor(kind: Literal["q", "f"], name: str) -> str:
    """The id on the page of a quote or a figure: "q1" → "q-1"."""
    bare = re.sub(r"[^\w.-]+", "-", name)
    return f"{kind}-{bare.removeprefix(kind) if bare[1:].isdigit() else bare}"


def _allowed_parts(article: Article, allowed: Allowance) -> Sequence[Part]:
    if allowed.body == "none":
        return ()
    parts = markdown.parts(article.body)
    if allowed.body == "all":
        return parts
    kept = [part for part in parts if part.kind in ("paragraph", "quote")]
    paragraphs = [part for part in kept if part.kind == "paragraph"][:_EXCERPT_PARAGRAPHS]
    return [part for part in kept if part.kind == "quote" or any(part is kept for kept in paragraphs)]


def _boxes(parts: Sequence[Part], figures: Sequence[KeyFigure]) -> dict[int, tuple[KeyFigure, ...]]:
    """The figures of each box that the editor placed, by the part's index; each figure stands once.

    A box without ids takes all that no other box names.
    """
    boxes = {at: part.ids for at, part in enumerate(parts) if part.kind == "figures"}
    if not boxes:
        return {}
    named = {name for ids in boxes.values() for name in ids}
    left = {figure.id: figure for figure in figures}
    made: dict[int, tuple[KeyFigure, ...]] = {}
    for at, ids in boxes.items():
        wanted = ids or [name for name in left if name not in named]
        made[at] = tuple(left.pop(name) for name in wanted if name in left)
    return made


def _finished(
    parts: Sequence[Part],
    outline: Outline,
    resolve: Callable[[str], str],
    picture: str,
    pictures: markup.Shown | None,
) -> list[Markup]:
    """The HTML of all parts, ready to stand on a page: in one go, for most of it there is nothing to do."""
    html = _BETWEEN.join([part.html for part in parts])
    whole = markup.finished(html, outline, resolve, picture, pictures)
    # Markup's own way to be made takes longer than most paragraphs.
    return [str.__new__(Markup, html) for html in whole.split(_BETWEEN)] if parts else []


def _block(
    part: Part,
    html: Markup,
    at: int,
    article: Article,
    unclaimed: list[_Claim],
    boxes: dict[int, tuple[KeyFigure, ...]],
) -> Block | None:
    """A part made ready; None for a box or a pull quote that has nothing in it."""
    if part.kind == "quote":
        return Block("quote", quote=_callout(part, html, unclaimed))
    if part.kind == "figures":
        figures = boxes.get(at, ())
        return Block("figures", figures=figures, number=at + 2) if figures else None
    pulled = next((quote for quote in article.quotes if quote.id in part.ids), None)
    return Block("pull", pull=pulled) if pulled else None


def _callout(part: Part, html: Markup, unclaimed: list[_Claim]) -> Callout:
    """A callout with the speaker of the first quote of the front matter that stands in it."""
    text = _bare(plain(part.html))
    found = next((quote for quote, words in unclaimed if words and words in text), None)
    name, _, role = part.attribution.partition(", ")
    if found is None:
        return Callout(html, None, name or None, role or None, inferred=False)
    unclaimed[:] = [claim for claim in unclaimed if not claim[1] or claim[1] not in text]
    if found.speaker is not None:
        name, role = found.speaker, found.role or (role if found.speaker == name else "")
    return Callout(html, anchor("q", found.id), name or None, role or None, found.attribution == "inferred")


def _bare(text: str) -> str:
    """Words without quotation marks, case or differences in white space."""
    return " ".join(_MARKS.sub("", text).split()).casefold()
