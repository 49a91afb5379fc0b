"""Reads an article from top to bottom: every quoted stretch with whom it is ascribed to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.seeds.speech.article import Article, Said
from sitegen.seeds.speech.carry import Gap, ascribed, carried
from sitegen.seeds.speech.frame import Frame
from sitegen.seeds.speech.people import Mention, opens_sentence
from sitegen.seeds.speech.phrase import Source, named
from sitegen.seeds.speech.quotes import Stretch
from sitegen.seeds.speech.speakers import attribute
from sitegen.seeds.speech.verbs import Case

_TRANSCRIPT = re.compile(r"(?:[A-Z][A-Z.’'-]+\s?){1,3}(?=:\s)")


def read(article: Article) -> list[Said]:
    """All stretches in the order of the text, scare quotes still among them."""
    said: list[Said] = []
    for number, stretches in enumerate(article.stretches):
        if stretches:
            said.extend(_paragraph(article, number, stretches, said[-1] if said else None))
    return said


def _paragraph(article: Article, number: int, stretches: Sequence[Stretch], last: Said | None) -> list[Said]:
    frame = article.frame(number)
    made: list[Said] = []
    for at, index in enumerate(frame.stretch):
        if index >= 0:
            made.append(_ascribe(article, frame, at, stretches[index], number, made[-1] if made else last))
    for index, said in enumerate(made):
        if said.rule is None:
            made[index] = carried(Gap(article, frame, made, index, last))
    return made


def _ascribe(article: Article, f: Frame, at: int, stretch: Stretch, number: int, before: Said | None) -> Said:
    first, end = f.sentence(at)
    said = Said(stretch, number, _direct(f, at, first, stretch))
    label = _TRANSCRIPT.match(article.text, stretch.first, stretch.last)
    if label:
        return ascribed(article, said, _labelled(label), None)._replace(rule="transcript")
    hit = attribute(Case(f, at, stretch, first, end, article.grammar))
    if not hit or (hit[0] == "subject-of-sentence" and _only_opens(article, hit[1].name)):
        return said
    return ascribed(article, said, hit[1], before)._replace(rule=hit[0])


def _only_opens(article: Article, name: Mention | None) -> bool:
    """Whether the "name" is a word nobody bears, its capital being that of a sentence's beginning."""
    if name is None or len(name.words) > 1 or name.title or article.roster.resolve(name):
        return False
    return all(opens_sentence(article.text, other.run) for other in article.names if other.name == name.name)


def _labelled(label: re.Match[str]) -> Source:
    """The speaker that a transcript names before the words: "LEE: …"."""
    name = label.group().strip()
    words = tuple(name.replace(".", "").lower().split())
    return named(Mention(label.start(), label.start() + len(name), label.start(), name, words, ()))


def _direct(f: Frame, at: int, first: int, stretch: Stretch) -> bool:
    """Whether the stretch is a sentence of its own rather than woven into the reporter's."""
    opening = f.text[stretch.first : stretch.first + 1]
    if not (opening.isupper() or opening.isdigit() or opening in "[…‘'"):
        return False
    return at == first or f.low[at - 1] in (":", ",") or f.stretch[at - 1] >= 0
