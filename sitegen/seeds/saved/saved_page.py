"""A web page as a browser saves it → the article in it.

What the page says of itself is read first (JSON-LD, meta tags); trafilatura and the page's own
JSON-LD say which paragraphs are the article's; then every part between the headline and the last of
them gets its label by named rules. Words alone are taken, never markup, so that nothing of the
page's HTML can reach the digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sitegen.errors import Problem
from sitegen.model import Block, Image, Link
from sitegen.seeds.formats import schema_org
from sitegen.seeds.found import Extracted
from sitegen.seeds.saved.facts import Facts, absolute, facts, title
from sitegen.seeds.saved.head import Head, head_of, saved_from
from sitegen.seeds.saved.images import images
from sitegen.seeds.saved.links import Span, target
from sitegen.seeds.saved.main import Place, locate
from sitegen.seeds.saved.parts import Part, parts
from sitegen.seeds.saved.rules import labelled
from sitegen.seeds.saved.title import bare
from sitegen.seeds.saved.tree import missing, no_article, tree_of
from sitegen.seeds.saved.votes import extracted, own, repeated, shares
from sitegen.seeds.structure.page import Given

_WITH_LINKS = frozenset(("body", "list", "quote", "subhead", "standfirst"))  # what can stand in a body
_ABOVE, _BELOW = 12, 4  # parts around the headline and the end that may say who and when
_LONGEST_DECK = 500  # letters: what is longer is the beginning of the article
_SHORTEST = 100  # letters: less than that is no article


class _Piece(NamedTuple):
    """A paragraph of the article on one line, with what it is and its links."""

    text: str
    given: Given
    links: tuple[Span, ...] = ()


def extract(data: bytes, name: str) -> Extracted:
    """The article of a saved page. `name` is the seed's path, for messages.

    Raises SeedError: seed-extra-missing, seed-no-article, seed-too-large.
    """
    root, decoded = tree_of(data, name)
    head = replace(head_of(root), saved_from=saved_from(decoded.text))
    found = parts(root)
    stated = [line for article in head.articles[:1] for line in schema_org.body_of(article)]
    try:
        lines = extracted(root)
    except ImportError:
        raise missing(name) from None
    votes = shares(found, [*lines, *stated]) if lines or stated else own(found)
    headline = title(head, found)
    place = locate(found, votes, headline)
    said = facts(head, root, headline, _near(found, place))
    given = labelled(found, place, said.title, said.standfirst or "") if place else []
    made = [_Piece(part.text, label, part.links) for part, label in given if part.kind != "picture"]
    if _letters(made) * 2 < sum(map(len, stated)):  # the page shows a teaser, or needs a script to show more
        made = [_Piece(line, Given("body", "text of the page's JSON-LD")) for line in stated]
    if _letters(made) < _SHORTEST:
        raise no_article(name)
    pictures = images(given, _lead(head), said.url)
    titled = [_Piece(said.title, Given("title", "title of the page"))] if said.title else []
    text, blocks = _joined([*titled, *made])
    links = _linked(blocks, [*titled, *made], head.base, said.url)
    problems = () if decoded.sure else (_doubt(name, decoded.encoding),)
    return Extracted(text, blocks, _meta(said, blocks, text), pictures, decoded.encoding, problems, links)


def _letters(made: Sequence[_Piece]) -> int:
    return sum(len(piece.text) for piece in made if piece.given.label != "debris")


def _near(found: Sequence[Part], place: Place | None) -> Sequence[Part]:
    """The parts around the headline and below the article, where pages print names and dates."""
    if place is None:
        return found[: 3 * _ABOVE]
    start = place.first if place.title is None else place.title
    above = found[start : place.first + 2]
    return (*above, *found[max(0, start - _ABOVE) : start], *found[place.last + 1 : place.last + 1 + _BELOW])


def _lead(head: Head) -> list[Image]:
    """The picture that the page names as its own, for pages that print none."""
    stated = [image for article in head.articles for image in _stated(schema_org.meta_of(article))]
    shared = head.first("og:image", "og:image:url", "twitter:image")
    alt = head.first("og:image:alt", "twitter:image:alt") or ""
    return [*stated, *([Image(shared, alt)] if shared and shared.startswith(("http:", "https:")) else [])]


def _stated(meta: dict[str, object]) -> list[Image]:
    found = meta.get("images")
    return [Image(**item) for item in found] if isinstance(found, list) else []


def _joined(made: Sequence[_Piece]) -> tuple[str, tuple[Block, ...]]:
    """The paragraphs with an empty line between them, and where each stands."""
    blocks, at = [], 0
    for text, given, _ in made:
        blocks.append(Block(at, at + len(text), given.label, given.rule))
        at += len(text) + 2
    return "\n\n".join(piece.text for piece in made), tuple(blocks)


def _linked(
    blocks: Sequence[Block], made: Sequence[_Piece], base: str | None, url: str | None
) -> tuple[Link, ...]:
    """The links of the article's paragraphs; short addresses start from the page's <base>, else its own."""
    start = absolute(base, url) if base else url
    return tuple(
        Link(block.start + first, block.start + last, to)
        for block, piece in zip(blocks, made, strict=True)
        for first, last, href in piece.links
        if block.label in _WITH_LINKS and (to := target(href, start, url))
    )


def _meta(said: Facts, blocks: Sequence[Block], text: str) -> dict[str, object]:
    """The facts under the keys of a seed's front matter."""
    has_deck = any(block.label == "standfirst" for block in blocks)
    body = [text[block.start : block.end] for block in blocks if block.label in ("body", "list", "quote")]
    about = said.standfirst or ""
    cut = about.endswith(("…", "...", "[…]")) or "\ufffd" in about or len(about) > _LONGEST_DECK
    new = len(about.split()) >= 5 and bare(about) != bare(said.title) and repeated(about, body) < 0.6
    meta: dict[str, object] = {
        "title": said.title,
        "standfirst": about if new and not cut and not has_deck else None,
        "author": list(said.author),
        "date": said.date,
        "updated": said.updated,
        "site": said.site,
        "url": said.url,
        "language": said.language,
    }
    return {key: value for key, value in meta.items() if value}


def _doubt(name: str, encoding: str) -> Problem:
    return Problem(
        f"not all of the page is in one character set: read as {encoding}", "seed-encoding", name,
        hint="look for odd letters in the article, or save the page as UTF-8", severity="warning",
    )  # fmt: skip
