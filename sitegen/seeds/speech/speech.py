"""Who says what in an article: quoted stretches, their speakers, and the people and organisations named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sitegen.model import Block, Quote
from sitegen.seeds.found import FoundQuote, Speech
from sitegen.seeds.speech import judge, listed, roles
from sitegen.seeds.speech.article import Article, Said, article
from sitegen.seeds.speech.featured import Candidate, featured
from sitegen.seeds.speech.people import Mention
from sitegen.seeds.speech.reading import read


def find(text: str, blocks: Sequence[Block], language: str) -> Speech:
    """The quotes of an article with their speakers, its people and organisations.

    `blocks` are the labelled stretches of the text. Words of `language` come from its word lists. Never
    raises on any text.
    """
    made = article(text, blocks, language)
    said = read(made)
    spoken = sum(s.direct and s.rule is not None for s in said)
    looked = [(s, judge.evidence(s, text, len(said), spoken)) for s in said]
    sure = [(s, evidence.words) for s, evidence in looked if not judge.reason(evidence)]
    kept = [s for s, _ in sure]
    speakers = [made.roster.speaker(s.name) if s.name else None for s in kept]
    offices = _offices(made, {speaker for speaker in speakers if speaker})
    quoted: Counter[int] = Counter()
    for s in kept:
        quoted[s.paragraph] += s.stretch.end - s.stretch.start
    pulled = featured([_candidate(made, s, count, quoted[s.paragraph]) for s, count in sure])
    return Speech(
        quotes=tuple(
            _found(text, index, s, speaker, offices.get(speaker or ""), pull=index in pulled)
            for index, (s, speaker) in enumerate(zip(kept, speakers, strict=True))
        ),
        people=listed.people(text, made.names, made.roster, offices, made.grammar.lex),
        organisations=listed.organisations(text, made.names, made.roster, offices, made.grammar.lex),
    )


def _offices(made: Article, speakers: set[str]) -> dict[str, str | None]:
    """The role of each speaker, by full name."""
    mentions: dict[str, list[Mention]] = {speaker: [] for speaker in speakers}
    for mention in made.names:
        if (mention.full or mention.title) and not made.reference.quoted(mention.start):
            mentions.get(made.roster.full_name(mention), []).append(mention)

    def owner(phrase: str, at: int) -> str | None:
        body = made.reference.body(phrase, at)
        if body is None:
            return None
        return f"the {body.name}" if body.defined else body.name

    return {name: roles.role(made.text, found, made.grammar.lex, owner) for name, found in mentions.items()}


def _candidate(made: Article, said: Said, count: int, quoted: int) -> Candidate:
    """The stretch of `count` words as the choice of pull quotes sees it; `quoted` counts its paragraph's
    quoted characters."""
    start, end = made.spans[said.paragraph]
    words = made.text[said.stretch.first : said.stretch.last]
    eligible = said.direct and said.stretch.closed and said.name is not None
    return Candidate(words, count, said.paragraph, quoted / max(1, end - start), eligible)


def _found(
    text: str, index: int, said: Said, speaker: str | None, role: str | None, *, pull: bool
) -> FoundQuote:
    return FoundQuote(
        start=said.stretch.start,
        end=said.stretch.end,
        quote=Quote(
            id=f"q{index + 1}",
            text=text[said.stretch.first : said.stretch.last],
            speaker=speaker,
            role=role,
            attribution="inferred" if said.inferred else "explicit",
            featured=pull,
        ),
        kind="direct" if said.direct else "partial",
        rule=said.rule or "none",
        mention=said.mention,
    )
