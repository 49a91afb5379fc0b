"""Speakers for stretches whose own sentence names none: carried over from what stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sitegen.seeds.speech.article import Article, Said
from sitegen.seeds.speech.frame import Frame
from sitegen.seeds.speech.people import Mention, mentions
from sitegen.seeds.speech.phrase import Source, named
from sitegen.seeds.speech.quotes import Stretch
from sitegen.seeds.speech.speakers import NEAR, attribute
from sitegen.seeds.speech.subject import main
from sitegen.seeds.speech.verbs import Case
from sitegen.seeds.speech.wordlists import DASHES

_SIGNED = re.compile(r"\s*(?:[-—–―]+\s*)?\Z")
_SPOKEN = re.compile(r"[“”\"?!:]")
_LONGEST_SIGNATURE = 90  # characters


class Gap(NamedTuple):
    """A stretch without a speaker, `paragraph` with what is known of its stretches, and who spoke `last`."""

    article: Article
    frame: Frame
    paragraph: Sequence[Said]
    at: int
    last: Said | None

    @property
    def said(self) -> Said:
        return self.paragraph[self.at]


Rule = Callable[[Gap], Said | None]


def same_paragraph(gap: Gap) -> Said | None:
    """“…,” Lee said. “…”"""
    earlier = gap.paragraph[gap.at - 1] if gap.at else None
    return copied(gap.said, earlier) if earlier and earlier.rule else None


def later_in_paragraph(gap: Gap) -> Said | None:
    """“….” A pause. “…,” Lee said."""
    later = next((said for said in gap.paragraph[gap.at + 1 : gap.at + 9] if said.rule), None)
    spoken = later is not None and later.rule in ("said-name", "name-said")
    return copied(gap.said, later) if later and spoken and gap.said.direct else None


def quote_goes_on(gap: Gap) -> Said | None:
    """The quote of the paragraph before was not closed."""
    last = gap.last
    if gap.at or last is None or last.stretch.closed or last.paragraph != gap.said.paragraph - 1:
        return None
    return copied(gap.said, last)


def sentence_before(gap: Gap) -> Said | None:
    """Lee did not hesitate. “…”"""
    at = gap.frame.stretch.index(gap.at)
    first, _ = gap.frame.sentence(at)
    source = sentence_source(gap.article, gap.frame, first - 1) if first else None
    return ascribed(gap.article, gap.said, source, gap.last, inferred=True) if source else None


def signature(gap: Gap) -> Said | None:
    """The next paragraph is nothing but "— Ann Lee, mayor"."""
    article = gap.article
    if not _alone(gap):
        return None
    start, end = article.following[gap.said.paragraph]
    line = article.text[start:end].strip()
    found = (
        mentions(article.text, [(start, end)], article.language) if 3 < len(line) < _LONGEST_SIGNATURE else []
    )
    if not found or not _SIGNED.match(article.text[start : found[0].run]) or _SPOKEN.search(line):
        return None
    if line[0] not in DASHES and (
        len(found[0].words) < 2 or not _nothing_else(article.text[found[0].end : end])
    ):
        return None
    return ascribed(article, gap.said, named(found[0]), None)


def paragraph_before(gap: Gap) -> Said | None:
    """A paragraph of speech behind another, by the same speaker."""
    last = gap.last
    if not _alone(gap) or last is None or last.rule is None or last.paragraph != gap.said.paragraph - 1:
        return None
    return copied(gap.said, last)._replace(inferred=True)


def lead_in(gap: Gap) -> Said | None:
    """Lee told reporters that it had been a hard year. / “…”"""
    if not _alone(gap) or not gap.said.paragraph:
        return None
    before = gap.article.frame(gap.said.paragraph - 1)
    source = sentence_source(gap.article, before, len(before) - 1) if len(before) else None
    if source is None:
        return None
    if source.name and before.low[-1] != ":" and not gap.article.roster.is_person(source.name):
        return None
    said = ascribed(gap.article, gap.said, source, gap.last, inferred=True)
    return said if said.name or before.low[-1] == ":" else None


def told_before(gap: Gap) -> Said | None:
    """Early on, she says, it was hard. Nobody slept. / and a displayed quote: who spoke last before it."""
    if gap.said.paragraph not in gap.article.displayed or not _alone(gap) or not gap.said.paragraph:
        return None
    before = gap.article.frame(gap.said.paragraph - 1)
    at = len(before) - 1
    while at >= 0:
        source = reported(gap.article, before, at)
        said = ascribed(gap.article, gap.said, source, gap.last, inferred=True) if source else None
        if said and said.name:
            return said
        at = before.sentence(at)[0] - 1
    return None


RULES: tuple[tuple[str, Rule], ...] = (
    ("same-paragraph", same_paragraph),
    ("same-paragraph", later_in_paragraph),
    ("quote-goes-on", quote_goes_on),
    ("sentence-before", sentence_before),
    ("signature", signature),
    ("paragraph-before", paragraph_before),
    ("paragraph-before", told_before),
    ("paragraph-before", lead_in),
)


def carried(gap: Gap) -> Said:
    """The stretch with the speaker that the first fitting rule gives it, or as it was."""
    for name, rule in RULES:
        said = rule(gap)
        if said:
            return said._replace(rule=name)
    return gap.said


def ascribed(
    article: Article, said: Said, source: Source, last: Said | None, *, inferred: bool = False
) -> Said:
    """The stretch ascribed to a source; `last` is who spoke before.

    "She" and "the company" are looked up, and so is a bare "Commission".
    """
    name: Mention | None = source.name
    spoke = last.name if last else None
    if source.kind == "pronoun":
        name = article.reference.resolve(source.text, source.start, spoke)
    elif source.kind == "nominal":
        body = article.reference.body(source.text, source.start, spoke)
        name = body or article.reference.holder(source.text, source.start)
    elif name and name.name in article.grammar.lex.organisations:
        name = article.reference.body(f"the {name.name}", source.start, spoke) or name
    return said._replace(mention=source.text, name=name, inferred=inferred)


def copied(said: Said, other: Said) -> Said:
    return said._replace(mention=other.mention, name=other.name, inferred=other.inferred)


def sentence_source(article: Article, f: Frame, at: int) -> Source | None:
    """Who speaks in, or is the subject of, the sentence that ends at token `at`."""
    source = _attributed(article, f, at)
    if source and (source[1].kind != "nominal" or f.low[at] == ":"):
        return source[1]
    subject = main(f, *f.sentence(at), article.grammar)
    return subject if subject and _somebody(subject) else None


def reported(article: Article, f: Frame, at: int) -> Source | None:
    """Who speaks in the sentence that ends at token `at`, if anybody is said to."""
    source = _attributed(article, f, at)
    return source[1] if source and source[0] in NEAR and _somebody(source[1]) else None


def _somebody(source: Source) -> bool:
    """Whether it is named or "she": "it" may be anything."""
    return source.kind != "nominal" and source.text.lower() != "it"


def _attributed(article: Article, f: Frame, at: int) -> tuple[str, Source] | None:
    first, end = f.sentence(at)
    closing = Stretch(f.start[at], f.end[at], f.start[at], f.end[at])
    return attribute(Case(f, end - 1, closing, first, end, article.grammar))


def _alone(gap: Gap) -> bool:
    """Whether the stretch is speech of its own at the head of its paragraph."""
    return gap.said.direct and gap.frame.stretch[0] == gap.at


def _nothing_else(rest: str) -> bool:
    """Whether nothing, or only an age, a role or a place after a comma, stands behind the name."""
    rest = rest.strip(" .\n")
    return not rest or rest.startswith((",", "("))
