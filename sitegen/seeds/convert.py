"""One seed → all that is found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Day
from datetime import datetime

from sitegen.frozen import replace
from sitegen.model import Block, Label, Seed
from sitegen.seeds import layout
from sitegen.seeds.callouts import same_words
from sitegen.seeds.figures import figures
from sitegen.seeds.found import Conversion, Speech
from sitegen.seeds.meta import read_meta
from sitegen.seeds.read import MARKDOWN
from sitegen.seeds.speech import speech
from sitegen.seeds.structure import blocks as cutting
from sitegen.seeds.structure import bylines, corrections, dates, labels, origin
from sitegen.seeds.structure.alone import CORRECTION
from sitegen.seeds.topics import topics


def understand(seed: Seed, language: str = "en") -> Conversion:
    """Everything conversion sees in a seed. Pure; never raises.

    What the seed's own front matter says wins over what is found.
    """
    meta = read_meta(seed.meta)
    words_in = language if language in LANGUAGES else "en"
    is_markdown = seed.path.endswith(MARKDOWN)
    blocks = seed.blocks or labels.label(
        seed.text, cutting.split(seed.text, is_markdown), words_in, is_markdown
    )
    if meta.title and not seed.blocks:
        blocks = _with_its_first_paragraph(seed, blocks, meta.title)
    said = speech.find(seed.text, blocks, words_in) if blocks else Speech((), (), ())
    if not _is_read(meta.language or words_in) or figures.is_foreign(seed.text, words_in):
        said = _without_speakers(said)
    body = [block for block in blocks if block.label in ("body", "list", "quote", "subhead")]
    title = _first(seed, blocks, "title")
    standfirst = " ".join(layout.plain(seed, block) for block in blocks if block.label == "standfirst")
    source = origin.find(seed, blocks, words_in)
    corrected = (layout.plain(seed, block) for block in blocks if block.reason == CORRECTION)
    about = " ".join(seed.text[block.start : block.end] for block in body)
    return Conversion(
        seed=seed,
        blocks=blocks,
        title=meta.title or title,
        standfirst=meta.standfirst or standfirst or None,
        byline=meta.author or _byline(seed, blocks, words_in, source.name),
        date=meta.date or _date(seed, blocks, words_in),
        dateline=meta.dateline or _dateline(seed, blocks),
        language=meta.language or language,
        speech=said,
        figures=figures.find(seed.text, blocks, words_in) if blocks else (),
        topics=meta.topics or topics(f"{meta.title or title or ''} {standfirst}", about, words_in),
        images=meta.images or seed.images,
        layout=layout.layout(seed, blocks, said.quotes),
        source=source,
        corrections=corrections.find(corrected, words_in),
    )


LANGUAGES = frozenset(("en",))
_SENTENCE_END = re.compile(r"[.…][\"”’')]*\Z")


def _with_its_first_paragraph(seed: Seed, blocks: tuple[Block, ...], given: str) -> tuple[Block, ...]:
    """Where the front matter gives the title, the text may begin without one: a sentence that seemed the
    headline is then the article's first."""
    at = next((n for n, block in enumerate(blocks) if block.label == "title"), None)
    if at is None:
        return blocks
    line = layout.plain(seed, blocks[at])
    is_heading = seed.text.startswith("#", blocks[at].start)
    if is_heading or not _SENTENCE_END.search(line) or same_words(line) == same_words(given):
        return blocks
    label: Label = "standfirst" if any(block.label == "standfirst" for block in blocks) else "body"
    return (*blocks[:at], replace(blocks[at], label=label, reason="the title is given"), *blocks[at + 1 :])


def _is_read(language: str) -> bool:
    """Whether there are word lists for a language: "en" and "en-GB" share theirs."""
    return language.lower().partition("-")[0] in LANGUAGES


def _without_speakers(said: Speech) -> Speech:
    """What marks alone tell of speech, for a language whose verbs and names nobody here can read: better
    no speaker than a guess."""
    quotes = tuple(
        replace(
            found,
            quote=replace(found.quote, speaker=None, role=None, attribution="explicit", featured=False),
            rule="language",
            mention=None,
        )
        for found in said.quotes
    )
    return Speech(quotes, (), ())


def _first(seed: Seed, blocks: Sequence[Block], label: str) -> str | None:
    return next((layout.plain(seed, block) for block in blocks if block.label == label), None)


def _byline(seed: Seed, blocks: Sequence[Block], language: str, newspaper: str | None) -> str | None:
    """The names of the bylines above the article; the sign-off below it where there is none."""
    found: list[str] = []
    for block in blocks:
        if block.label not in ("byline", "dateline"):
            continue
        text = layout.plain(seed, block)
        if block.label == "dateline":
            found += bylines.named_within(text, language, newspaper)
        elif not (found and bylines.is_sign_off(text)):
            said = bylines.names(text, language)
            first = not found or bylines.has_lead(text)  # else a newsroom may stand below the name
            found += [name for name in said if first or bylines.is_sure_name(name, language)]
    return ", ".join(dict.fromkeys(found)) or None


def _date(seed: Seed, blocks: Sequence[Block], language: str) -> Day | datetime | None:
    """The day of publication; that of an update where the seed gives no other."""
    updated: Day | datetime | None = None
    for block in blocks:
        if block.label in ("dateline", "byline"):
            said = dates.taken_apart(layout.plain(seed, block), language)
            if said.when and not said.later:
                return said.when
            updated = updated or said.when
    first = next((block for block in blocks if block.label == "body"), None)
    return updated or (bylines.dateline_day(layout.plain(seed, first), language) if first else None)


def _dateline(seed: Seed, blocks: Sequence[Block]) -> str | None:
    first = next((block for block in blocks if block.label == "body"), None)
    return bylines.dateline(layout.plain(seed, first)) if first else None
