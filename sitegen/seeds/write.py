"""A conversion → the article's Markdown file, which from then on belongs to the editor."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Day
from typing import Any, TypeVar

from sitegen import frontmatter, records
from sitegen.frozen import replace
from sitegen.model import Amount, Block, Change, Image, KeyFigure, Quote, Source
from sitegen.seeds.callouts import same_words
from sitegen.seeds.escape import squeeze
from sitegen.seeds.explain import currency_names
from sitegen.seeds.found import Conversion, FoundQuote
from sitegen.seeds.layout import plain
from sitegen.seeds.meta import read_meta
from sitegen.seeds.read import FOLDER

UNTITLED = "Untitled"
# Letters that lead to a credit, whatever stands between them.
_CREDITING = re.compile(
    r"(?:all|top|file|photo|photograph|image|picture|illustration|media|caption|credit|source|copyright"
    r"|courtesy|via|by|of|s)*"
)

Sum = TypeVar("Sum", KeyFigure, Amount, Change)


def markdown(conversion: Conversion, *, slug: str, status: str, added: Day) -> str:
    """The text of `content/articles/YYYY/SLUG.md`: front matter in the order of the contract, then
    the body."""
    seed, meta = conversion.seed, read_meta(conversion.seed.meta)
    made = conversion.layout
    captions = _without_picture(made.captions, conversion.images)
    extra = {**meta.extra, **({"captions": captions} if captions else {})}
    keys: dict[str, Any] = {
        "id": seed.id,
        "title": conversion.title or UNTITLED,
        "slug": slug,
        "status": status,
        "date": conversion.date,
        "added": added,
        "updated": meta.updated,
        "standfirst": conversion.standfirst,
        "lang": conversion.language,
        "dateline": conversion.dateline,
        "note": meta.note,
        "topics": conversion.topics,
        "people": meta.people or conversion.speech.people,
        "organisations": meta.organisations or conversion.speech.organisations,
        "source": source(conversion),
        "rights": meta.rights,  # else as the config has it for the source
        "quotes": quotes(conversion, made.printed),
        "figures": figures(conversion),
        "images": conversion.images,
        "corrections": conversion.corrections,
        "seed": {"file": seed_name(seed.path), "sha256": seed.sha256},
        "extra": extra,
    }
    given = {key: data for key, value in keys.items() if (data := records.plain(value)) not in (None, [], {})}
    return frontmatter.dump(given, "\n" + made.body if made.body else "")


def _without_picture(captions: Sequence[str], images: Sequence[Image]) -> list[str]:
    """The captions that no picture of the article has with it, as its caption, its credit, or both."""
    known = [(_letters(image.caption), _letters(image.credit)) for image in images]
    return [text for text in captions if not any(_says_no_more(_letters(text), *said) for said in known)]


def _says_no_more(words: str, caption: str, credit: str) -> bool:
    """Whether words are a picture's caption, perhaps with a credit behind it, or nothing but its credit."""
    if caption and words.startswith(caption):
        return True
    rest = words.replace(credit, "", 1) if credit else words
    return rest != words and bool(_CREDITING.fullmatch(rest))


def _letters(text: str | None) -> str:
    """The letters alone: where a box ends within a caption, a space may be lost."""
    return same_words(text or "").replace(" ", "")


def seed_name(path: str) -> str:
    """A seed's path relative to seeds/, as `seed: {file}` has it."""
    within = path.removeprefix(f"{FOLDER}/")
    return within if within != path else path.rpartition("/")[2]


def source(conversion: Conversion) -> Source:
    """Where the article comes from: what the seed's front matter says, then what its page says, and the
    byline."""
    meta, said = read_meta(conversion.seed.meta), conversion.source
    found = next((block for block in conversion.blocks if block.label == "title"), None)
    headline = plain(conversion.seed, found) if found else None
    other = headline if meta.title and headline and same_words(headline) != same_words(meta.title) else None
    return replace(
        meta.source,
        name=meta.source.name or said.name,
        url=meta.url or meta.source.url or said.url,
        title=meta.source.title or other,
        author=conversion.byline or meta.source.author,
    )


def quotes(conversion: Conversion, printed: Sequence[Block]) -> tuple[Quote, ...]:
    """The quotes that stand in these blocks, each once, counted q1, q2 … in order.

    Where the same words stand twice, the attribution that says more is kept.
    """
    merged: dict[str, Quote] = {}
    for found in _within(conversion.speech.quotes, printed):
        text = squeeze(found.quote.text).rstrip(",").rstrip()
        key = same_words(text)
        if not key:
            continue
        one = replace(found.quote, text=text)
        merged[key] = _richer(merged[key], one) if key in merged else one
    return tuple(replace(quote, id=f"q{n}") for n, quote in enumerate(merged.values(), 1))


def figures(conversion: Conversion) -> tuple[KeyFigure, ...]:
    """The figures of the box, counted f1, f2 …; money has its currency and no unit of the same name."""
    key = (found.figure for found in conversion.figures if found.key)
    return tuple(replace(_money(figure), id=f"f{n}") for n, figure in enumerate(key, 1))


def _money(figure: KeyFigure) -> KeyFigure:
    change = figure.change
    if change:
        previous = _plain_money(change.previous) if change.previous else None
        change = replace(_plain_money(change), previous=previous)
    equivalents = tuple(_plain_money(amount) for amount in figure.equivalents)
    return replace(_plain_money(figure), change=change, equivalents=equivalents)


def _plain_money(amount: Sum) -> Sum:
    named = currency_names("en").get(amount.currency or "")
    return replace(amount, unit=None) if amount.unit and amount.unit == named else amount


def _within(quotes: Iterable[FoundQuote], printed: Sequence[Block]) -> Iterator[FoundQuote]:
    """The quotes that lie in one of the blocks, in the order of the text."""
    starts = [block.start for block in printed]
    for quote in sorted(quotes, key=lambda quote: quote.start):
        at = bisect_right(starts, quote.start) - 1
        if at >= 0 and quote.end <= printed[at].end:
            yield quote


def _richer(one: Quote, other: Quote) -> Quote:
    best, rest = (other, one) if _knows(other) > _knows(one) else (one, other)
    return replace(best, featured=one.featured or other.featured, role=best.role or rest.role)


def _knows(quote: Quote) -> tuple[bool, bool, bool]:
    return quote.speaker is not None, quote.attribution == "explicit", quote.role is not None
