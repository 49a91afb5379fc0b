"""Which stretches in quotation marks are nobody's words: titles of works, nicknames, scare quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from sitegen.seeds.speech.article import Said
from sitegen.seeds.speech.quotes import Stretch, word_count
from sitegen.seeds.speech.speakers import NEAR
from sitegen.seeds.speech.wordlists import SMALL_IN_TITLES
from sitegen.seeds.words import table

_LEADS = table("en", "title_leads")


def _lead(kind: str, more: str = "") -> re.Pattern[str]:
    """Matches text that ends in a word of this kind, with `more` behind it or instead of it."""
    listed = [re.escape(word) for word, kinds in _LEADS.items() if kind in kinds.split()]
    return re.compile(rf"(?:\b(?:{'|'.join(listed)}){more})\s*\Z", re.IGNORECASE)


_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAMING = _lead("naming", r"[:,]?\s*(?:\b(?:a|an|the))?")
_WORK = _lead("work", r"|['’]s|,")
_SURE_WORK = _lead("shown", r"\b")
_SHOWN = _lead("shown", r",?|['’]s")
_TERM = _lead("term")
_ARTICLE = _lead("article")
_WHICH = _lead("article", r"|['’]s|[.\n]")
_SPOKEN_OF = re.compile(r"\s(?:is|are|was|were|has|have|should|means)\b")
_SENTENCE_START = re.compile(r"(?:\A|[.?!\n:]|\b(?:what|while|when))\s*\Z", re.IGNORECASE)


class Evidence(NamedTuple):
    """What is known of a stretch: its text and surroundings, the rule that found a source (or None).

    `direct` is true where the quote is a sentence of its own, `named` where it is known who says it.
    `crowd` counts the stretches of the article, `spoken` the sentences that somebody says among them.
    """

    text: str
    stretch: Stretch
    words: int
    rule: str | None
    direct: bool
    named: bool
    crowd: int
    spoken: int

    @property
    def inner(self) -> str:
        return self.text[self.stretch.first : self.stretch.last]

    @property
    def lead(self) -> str:
        return self.text[max(0, self.stretch.start - 90) : self.stretch.start]

    @property
    def tail(self) -> str:
        return self.text[self.stretch.end : self.stretch.end + 40]


def work_title(e: Evidence) -> bool:
    """A capital on every word that carries meaning, as in “The Long Harbour”."""
    if e.words > 12:
        return False
    heavy = [w for w in _NAME_WORD.findall(e.inner) if w.lower() not in SMALL_IN_TITLES]
    if not heavy or not all(w[0].isupper() for w in heavy):
        return False
    shown = bool(_WORK.search(e.lead)) if e.inner[-1:] not in ".!" else bool(_SHOWN.search(e.lead))
    if e.lead.endswith("(") or e.tail.startswith(")"):
        return True
    if len(heavy) > 1:
        return shown or (not e.direct and e.rule != "adjacent-verb")
    return e.rule not in NEAR or bool(_SURE_WORK.search(e.lead))


def modifier(e: Evidence) -> bool:
    """A name that only tells which one: the “Blue Harbour” movement."""
    if e.words > 6 or not e.inner[:1].isupper() or e.text[e.stretch.end - 2] in ",!?":
        return False
    capital = all(w[0].isupper() for w in e.inner.split() if w.lower() not in SMALL_IN_TITLES)
    return capital and bool(_WHICH.search(e.lead)) and bool(re.match(r"\s[a-z]", e.tail))


def own_subject(e: Evidence) -> bool:
    """“Top secret” is the highest level: the words are spoken of, not said."""
    return (
        e.words <= 5
        and e.inner[:1].isupper()
        and bool(_SPOKEN_OF.match(e.tail))
        and bool(_SENTENCE_START.search(e.lead))
    )


def signed_inside(e: Evidence) -> bool:
    """The last line of a pulled quote that has only its signature before the closing mark."""
    return e.rule == "quote-goes-on" and e.stretch.first == e.stretch.start and e.words <= 8


def nickname(e: Evidence) -> bool:
    """Ann “Sunny” Lee."""
    if e.text[e.stretch.end - 2] in ",.!?":  # a sentence ends, or “…,” Lee said
        return False
    return e.words <= 3 and bool(
        re.search(r"[A-Z][\w.]+\s\Z", e.lead) and re.match(r"\s[A-Z][a-z]", e.tail) and e.inner[:1].isupper()
    )


def named_so(e: Evidence) -> bool:
    """The so-called “dot plot”, and what drivers call “the pit”."""
    if e.words <= 3 and not e.direct and not e.named and _TERM.search(e.lead):
        return True
    return e.words <= 6 and bool(_NAMING.search(e.lead))


def nobody(e: Evidence) -> bool:
    """Words that nobody is said to say; a long stretch woven into a sentence is taken from a document."""
    return e.rule is None and (e.direct or e.words <= 8)


def scrap(e: Evidence) -> bool:
    """One to three words that nobody near is said to say, or in an article that hardly lets anybody speak.

    Where there is little speech, such words are terms, unless somebody is plainly said to say just these.
    """
    if e.words > 3 or e.direct or e.rule in _PLAINLY or "," in e.inner:  # “days, not weeks” is no term
        return False
    few = CROWD + bool(_ARTICLE.search(e.lead))
    return e.rule not in NEAR or (e.spoken < TALK and e.crowd < few)


CROWD, TALK = 7, 4  # stretches in the article, and whole sentences of speech among them
_PLAINLY = frozenset({"parenthesis", "in-words-of"})

REASONS: tuple[tuple[str, Callable[[Evidence], bool]], ...] = (
    ("title-of-a-work", work_title),
    ("modifier", modifier),
    ("own-subject", own_subject),
    ("signed-inside", signed_inside),
    ("nickname", nickname),
    ("named-so", named_so),
    ("nobody-says-it", nobody),
    ("scrap", scrap),
)


def reason(evidence: Evidence) -> str | None:
    """The name of the first rule that says the stretch is nobody's words, or None."""
    return next((name for name, rule in REASONS if rule(evidence)), None)


def evidence(said: Said, text: str, crowd: int, spoken: int) -> Evidence:
    """What is known of a stretch, counted once."""
    words = word_count(text[said.stretch.first : said.stretch.last])
    return Evidence(text, said.stretch, words, said.rule, said.direct, said.name is not None, crowd, spoken)
