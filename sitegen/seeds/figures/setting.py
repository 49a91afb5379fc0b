"""A quantity among the words of its sentence, and the way back from the number to what governs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.seeds.figures.phrases import Phrase
from sitegen.seeds.figures.quantity import Quantity
from sitegen.seeds.figures.tokens import Token, Words
from sitegen.seeds.words import table


class Way(NamedTuple):
    """The word number `at` that leads to the number, past hedges and over the `link`, if there is one."""

    at: int
    link: str | None


class Setting(NamedTuple):
    """A quantity in its sentence, which begins at `floor`, with the words of that.

    `first` is the quantity's own first word, `behind` the first behind it (and behind a bracket with what it
    is worth), `closed` says that a comma or the like stands between, `way` leads back to what governs it.
    """

    text: str
    quantity: Quantity
    words: Words
    tokens: Sequence[Token]
    first: int
    behind: int
    closed: bool
    floor: int
    language: str
    way: Way

    def word(self, at: int) -> str:
        """Word number `at` in small letters, "" where there is none."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def written(self, phrase: Phrase | None, article: bool = False) -> str | None:
        """The words of the phrase, with `article` its own before it; plain ones then begin small."""
        if phrase is None:
            return None
        first, last = phrase
        while article and first > 0 and self.tokens[first - 1].kind == "determiner":
            first -= 1
        found = self.text[self.words.starts[first] : self.words.ends[last - 1]]
        return found[0].lower() + found[1:] if article and self._is_plain(first) else found

    def _is_plain(self, at: int) -> bool:
        """Whether the word is no name: an article, or one that only opens the sentence."""
        token = self.tokens[at]
        if token.kind == "determiner":
            return True
        if at and not self.tokens[at - 1].closed:
            return False
        following = self.tokens[at + 1].kind if at + 1 < len(self.tokens) else None
        plural = token.word.endswith("s") and following in ("relative", "verb", "link")
        return plural or token.word.endswith("ing") or f" {token.word} " in self.text


_BRACKET = re.compile(r"\s?\([^()]*\)")
_CLOSING = tuple(",;:.)]!?—–")


def setting(text: str, quantity: Quantity, words: Words, floor: int, language: str) -> Setting:
    """The quantity among the words of its sentence."""
    bracket = _BRACKET.match(text, quantity.end)
    end = bracket.end() if bracket else quantity.end
    tokens = words.tokens
    first, behind = words.index_at(quantity.start), words.index_at(end)
    way = _way_back(tokens, first)
    closed = text.startswith(_CLOSING, end) or (behind > first and tokens[behind - 1].closed)
    return Setting(text, quantity, words, tokens, first, behind, closed, floor, language, way)


# ---------------------------------------------------------------- the way back from the number


_PASSED = frozenset(
    {"about", "around", "nearly", "almost", "some", "over", "under", "more", "less", "fewer", "than", "least"}
    | {
        "most",
        "up",
        "down",
        "only",
        "just",
        "roughly",
        "approximately",
        "a",
        "an",
        "the",
        "another",
        "further",
    }
    | {
        "as",
        "much",
        "many",
        "record",
        "total",
        "estimated",
        "between",
        "well",
        "back",
        "close",
        "high",
        "low",
    }
    | {"now", "already", "still", "then"}
    | {"out", "additional", "extra", "whopping", "average", "combined", "mere", "again", "something", "like"}
)
_EXTREMES = frozenset({"range", "total", "average", "high", "low", "record", "maximum", "minimum", "peak"})
_LINKS = frozenset({"at", "by", "to", "from", "for", "of", "in", "on", "with", "above", "below"})


def _way_back(tokens: Sequence[Token], first: int) -> Way:
    """The last word before number `first` that is neither hedge nor link, and the link passed."""
    at, link = first - 1, None
    while at >= 0 and not tokens[at].closed:
        word, kind = tokens[at].word, tokens[at].kind
        if word == "to" and at and tokens[at - 1].word == "up":
            at -= 1  # “up to” is a hedge
        elif word == "at" and tokens[at + 1].word in ("least", "most"):
            pass
        elif word in _LINKS and link is None:
            link = word
        elif link == "of" and word in _EXTREMES:
            link = None  # “to a range of”, “a total of”: the link before it counts
        elif link and kind == "number" and not _is_when(tokens[at]):
            pass  # “gained 0.4 per cent to”
        elif link and word == "by" and tokens[at + 1].kind in ("number", "determiner"):
            pass  # “cut the rate by 0.4 points to”
        elif not (
            word in _PASSED
            or (kind == "empty" and word.endswith("ly"))
            or word.endswith("fold")
            or (kind == "time" and "-o" in word)  # year-on-year
        ):
            break
        at -= 1
    while link and at > 1 and not tokens[at - 1].closed and _is_when(tokens[at]):
        at -= 2 if tokens[at - 1].kind == "link" else 1
    return Way(at, link)


def _is_when(token: Token) -> bool:
    """Whether a time stands here, as in “bought in 2015 for …”."""
    return token.kind == "time" or (
        token.kind == "number" and len(token.word) == _YEAR_LETTERS and token.word.isdigit()
    )


_YEAR_LETTERS = 4


_VERBS = ("figure_verbs", "change_verbs", "measure_verbs", "amount_verbs")


def is_verb(here: Setting, at: int) -> bool:
    """Whether the word, which stands before the number, is a verb; “a cost of” is none."""
    token = here.tokens[at]
    if token.kind in ("verb", "finite", "auxiliary"):
        return True
    if at == 0 or (here.tokens[at - 1].kind in ("determiner", "link") and here.word(at - 1) != "to"):
        return False
    return any(token.word in table(here.language, name) for name in _VERBS)


_MOST_BETWEEN = 6
# What may be said of who gets the amount before the amount: “pay the state €5m”.
_WITH_RECEIVER = frozenset({"cost of", "paid", "lent", "owed", "offered", "awarded", "granted", "charged"})


def verb_of(here: Setting) -> int | None:
    """The verb that leads to the number, with at most who gets or what is sold between them."""
    way = here.way
    if way.at < 0 or here.tokens[way.at].closed:
        return None
    if is_verb(here, way.at):
        return way.at
    if way.link not in (None, "for"):
        return None
    for back in range(way.at - 1, max(-1, way.at - _MOST_BETWEEN), -1):
        if here.tokens[back].closed or here.tokens[back].kind in ("link", "joining"):
            return None
        if is_verb(here, back):
            known = table(here.language, "figure_verbs").get(here.word(back))
            return back if known and (way.link == "for" or known in _WITH_RECEIVER) else None
    return None
