"""Which stretches in quotation marks are nobody's words: titles of works, nicknames, scare quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sitegen.seeds.quotes import Stretch, word_count
from sitegen.seeds.speakers_words import SMALL_IN_TITLES
from sitegen.seeds.words import table

_LEADS = table("en", "title_leads")


def _lead(kind: str, more: str = "") -> re.Pattern[str]:
    """Matches text that ends in a word of this kind, with `more` behind it or instead of it."""
    listed = [re.escape(word) for word, kinds in _LEADS.items() if kind in kinds.split()]
    return re.compile(rf"(?:\b(?:{'|'.join(listed)}){more})\s*\Z", re.IGNORECASE)


_NAMING = _lead("naming", r"[:,]?\s*(?:\b(?:a|an|the))?")
_WORK = _lead("work", r"|['’]s|,")
_SHOWN = _lead("shown", r",?|['’]s")
_ARTICLE = _lead("article")
_WHICH = _lead("article", r"|['’]s|[.\n]")
_SPOKEN_OF = re.compile(r"\s(?:is|are|was|were|has|have|should|means)\b")
_SENTENCE_START = re.compile(r"(?:\A|[.?!\n:]|\b(?:what|while|when))\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a stretch: its text and surroundings, the rule that found a source (or None).

    `sentence` is true where the quote is a sentence of its own; `crowd` counts the stretches of the article.
    """

    text: str
    stretch: Stretch
    words: int
    rule: str | None
    direct: bool
    crowd: int

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
    names = re.findall(r"[^\W\d_][\w'’-]*", e.inner)
    heavy = [w for w in names if w.lower() not in SMALL_IN_TITLES]
    if not heavy or e.words > 12 or not all(w[0].isupper() for w in heavy):
        return False
    shown = bool(_WORK.search(e.lead)) if e.inner[-1:] not in ".!" else bool(_SHOWN.search(e.lead))
    if len(heavy) > 1:
        return shown or (not e.direct and e.rule != "adjacent-verb")
    return e.rule not in NEAR


def modifier(e: Evidence) -> bool:
    """A name that only tells which one: the “Blue Harbour” movement."""
    capital = e.inner[:1].isupper() and all(
        w[0].isupper() for w in e.inner.split() if w.lower() not in SMALL_IN_TITLES
    )
    spoken = e.text[e.stretch.end - 2] in ",!?"
    return (
        capital
        and not spoken
        and e.words <= 6
        and bool(_WHICH.search(e.lead))
        and bool(re.match(r"\s[a-z]", e.tail))
    )


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
    return e.words <= 3 and bool(
        re.search(r"[A-Z][\w.]+\s\Z", e.lead) and re.match(r"\s[A-Z][a-z]", e.tail) and e.inner[:1].isupper()
    )


def named_so(e: Evidence) -> bool:
    """The so-called “dot plot”."""
    return e.words <= 6 and bool(_NAMING.search(e.lead))


def nobody(e: Evidence) -> bool:
    """Words that nobody is said to say; a long stretch woven into a sentence is taken from a document."""
    return e.rule is None and (e.direct or e.words <= 8)


def scrap(e: Evidence) -> bool:
    """One to three words that nobody near is said to say, or in an article that hardly quotes at all.

    Where there is little speech, short stretches are terms, most of all behind an article.
    """
    if e.words > 3 or e.direct:
        return False
    term = e.crowd < TERMS and bool(_ARTICLE.search(e.lead))
    return term or e.crowd < CROWD or e.rule not in NEAR


CROWD, TERMS = 7, 9  # quoted stretches in the article
NEAR = frozenset(
    {
        "adjacent-verb",
        "said-name",
        "name-said",
        "verb-before",
        "name-colon",
        "later-in-sentence",
        "according-to",
    }
)

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


def evidence(text: str, stretch: Stretch, rule: str | None, *, direct: bool, crowd: int) -> Evidence:
    """What is known of a stretch, counted once."""
    return Evidence(text, stretch, word_count(text[stretch.first : stretch.last]), rule, direct, crowd)
