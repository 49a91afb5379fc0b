"""Which line of a pasted page is its headline.

Menus, the site's name, trails and notices may stand above it, a standfirst and the rest below. No
single sign is sure, so every line above the article is a candidate, and a table of named reasons
says what speaks for it and what against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sitegen.seeds.structure import bylines, patterns, stretch
from sitegen.seeds.structure.page import Given, Line
from sitegen.seeds.words import words

_BODY = 12  # paragraphs: what comes later is no longer about the headline's words
_LONG_WORD = 4  # letters: shorter words say nothing
_TOGETHER = 3  # lines
_AS_GOOD = 2.7  # points
_AGAINST = -2.5  # points: reasons that weigh so much speak against any headline
_LITTLE = 0.3  # points for the words that come again
_DOUBTFUL = ("caption above its credit", "caption with credit")  # a headline can look like these
_TOO_LONG = 40  # words
_FAR = 60  # lines: how far above the article its headline may stand
_SEPARATORS = re.compile(r"\s[|›»>·•/~→]\s|[|›»>→/]\Z|\A[|›»>]")


@dataclass(frozen=True, slots=True)
class Top:
    """What a candidate is judged by: the page, its first paragraph, the longer words of the article, the
    small ones left out, and the names in its copyright lines."""

    lines: Sequence[Line]
    sure: Sequence[Given | None]
    language: str
    first: int
    vocabulary: frozenset[str]
    owners: str

    def free(self, index: int) -> bool:
        return 0 <= index < len(self.lines) and self.sure[index] is None

    def label(self, index: int) -> str | None:
        given = self.sure[index] if 0 <= index < len(self.sure) else None
        return given.label if given else None


Reason = Callable[[Line, Top], float]


def find(lines: Sequence[Line], sure: Sequence[Given | None], language: str, worth: Sequence[float]) -> int:
    """The index of the headline; -1 where every line is a paragraph. `worth` is what the lines are
    worth to the article."""
    top = _top(lines, sure, language, stretch.best(worth))
    able = [line for line in lines[max(0, top.first - _FAR) : top.first + 1] if _may_be(line, top)]
    if not able:
        return 0
    points = {line.index: score(line, top) for line in able}
    best = max(points, key=lambda index: (points[index], -index))
    rivals = (line for line in able if _is_rival(line, lines[best], top))
    good = (line.index for line in rivals if points[line.index] >= points[best] - _AS_GOOD)
    found = next(good, best)
    return -1 if _is_only_text(lines[found], top) else found


def _is_only_text(line: Line, top: Top) -> bool:
    """Whether a line is no headline but text: too long for one, or the one paragraph there is."""
    if not line.prose or line.text[-1] in "?!":
        return line.count > _TOO_LONG
    return line.count > _TOO_LONG or (
        line.count >= 8
        and not any(other.prose and top.free(other.index) for other in top.lines if other is not line)
    )


def _is_rival(line: Line, best: Line, top: Top) -> bool:
    """Whether a line can be the headline that the best one only sums up: close above it and with the
    words of the article, or right above and much shorter; and nothing weighs against it."""
    apart = best.index - line.index
    if line.count <= 4 or best.bare in line.bare or not 0 < apart <= _TOGETHER:
        return False
    if any(weight <= _AGAINST and reason(line, top) for _, weight, reason in REASONS):
        return False
    return _echoes(line, top) > _LITTLE or (apart == 1 and best.count > max(12, line.count + 4))


def _may_be(line: Line, top: Top) -> bool:
    given = top.sure[line.index]
    return given is None or (given.rule in _DOUBTFUL and line.count <= 22)


def score(line: Line, top: Top) -> float:
    return sum(weight * reason(line, top) for _, weight, reason in REASONS)


def reasons(line: Line, top: Top) -> list[tuple[str, float]]:
    """What speaks for a line and against it, by name."""
    found = ((name, weight * reason(line, top)) for name, weight, reason in REASONS)
    return [(name, points) for name, points in found if points]


def _top(lines: Sequence[Line], sure: Sequence[Given | None], language: str, article: tuple[int, int]) -> Top:
    first, last = article
    core = [line for line in lines[first : last + 1] if line.prose and sure[line.index] is None]
    small = words(language, "function_words")
    said = set[str]().union(*[line.words for line in core[:_BODY]])
    vocabulary = frozenset([word for word in said if len(word) >= _LONG_WORD and word not in small])
    owners = " ".join(
        line.bare for line, given in zip(lines, sure, strict=True) if given and given.rule == "copyright"
    )
    return Top(lines, sure, language, min(first, len(lines) - 1), vocabulary, owners)


def _is_heading(line: Line, top: Top) -> float:
    return line.mark == "#"


def _has_headline_length(line: Line, top: Top) -> float:
    return 5 <= line.count <= 22


def _is_short(line: Line, top: Top) -> float:
    return max(0, 4 - line.count)


def _is_long(line: Line, top: Top) -> float:
    return max(0, line.count - 22) / 6


def _echoes(line: Line, top: Top) -> float:
    """How many of its longer words come again in the article, and what part of them."""
    small = words(top.language, "function_words")
    own = {word for word in line.words if len(word) >= _LONG_WORD and word not in small}
    said = top.vocabulary
    again = sum(
        [
            word in said or word.removesuffix("'s").removesuffix("s") in said or word + "s" in said
            for word in own
        ]
    )
    return min(again, 4) * (again / len(own)) if own else 0


def _has_small_words(line: Line, top: Top) -> float:
    return not words(top.language, "function_words").isdisjoint(line.words)


def _is_signed(line: Line, top: Top) -> float:
    """A byline or a date line within the next lines."""
    below = range(line.index + 1, min(line.index + 4, len(top.lines)))
    return any(
        top.label(n) in ("byline", "dateline") or bylines.is_sure_name(top.lines[n].text, top.language)
        for n in below
    )


def _is_first(line: Line, top: Top) -> float:
    return line.index == 0


def _is_close(line: Line, top: Top) -> float:
    if line.index >= top.first:
        return 0
    between = sum(top.free(index) for index in range(line.index + 1, top.first))
    return 1 / (1 + between / 4)


def _is_paragraph(line: Line, top: Top) -> float:
    if not line.prose or line.text.rstrip("\"”’'")[-1:] in ("?", "!"):
        return 0
    return 0.3 if patterns.is_headline_case(line) else 1


def _has_sentences(line: Line, top: Top) -> float:
    return line.sentences > 1


def _is_menu(line: Line, top: Top) -> float:
    small, whole = words(top.language, "function_words"), line.words
    said = [word for word in whole if word not in small]
    if len(said) < 0.7 * len(whole):
        return False
    known = words(top.language, "sections"), words(top.language, "share_words")
    return bool(said) and sum(word in known[0] or word in known[1] for word in said) >= 0.6 * len(said)


def _is_trail(line: Line, top: Top) -> float:
    return bool(_SEPARATORS.search(line.text))


def _is_owner(line: Line, top: Top) -> float:
    return bool(line.bare) and line.count <= 6 and line.bare in top.owners


def _is_masthead(line: Line, top: Top) -> float:
    names = words(top.language, "masthead_words")
    return line.count <= 5 and any(word in names for word in line.text.split())


def _is_person(line: Line, top: Top) -> float:
    return bylines.is_sure_name(line.text, top.language)


def _is_in_row(line: Line, top: Top) -> float:
    """How many short lines stand right above and below it: a menu, or links."""
    near = (line.index + step for step in (-2, -1, 1, 2))
    return sum(top.free(n) and top.lines[n].count <= 3 for n in near if n >= 0)


def _is_below(line: Line, top: Top) -> float:
    """How many paragraphs stand right above it."""
    near = range(max(0, line.index - 4), line.index)
    return min(2, sum(top.free(n) and top.lines[n].prose for n in near))


def _is_caption(line: Line, top: Top) -> float:
    return top.sure[line.index] is not None


def _ends_open(line: Line, top: Top) -> float:
    return line.text[-1:] in ":,"


def _is_offer(line: Line, top: Top) -> float:
    """Whether the button of an offer or of a notice stands below it."""
    given = top.sure[line.index + 1] if line.index + 1 < len(top.lines) else None
    return bool(given and given.rule in ("newsletter", "cookie notice"))


def _is_no_word(line: Line, top: Top) -> float:
    return not line.bare


REASONS: tuple[tuple[str, float, Reason], ...] = (
    ("Markdown heading", 5, _is_heading),
    ("as long as headlines are", 3, _has_headline_length),
    ("shorter than headlines are", -1, _is_short),
    ("longer than headlines are", -2, _is_long),
    ("its words come again in the article", 1, _echoes),
    ("has the small words of a sentence", 1, _has_small_words),
    ("byline or date below", 2.5, _is_signed),
    ("first line", 3.5, _is_first),
    ("close above the article", 3, _is_close),
    ("ends like a paragraph", -4, _is_paragraph),
    ("more than one sentence", -0.5, _has_sentences),
    ("menu", -5, _is_menu),
    ("trail", -4, _is_trail),
    ("owner of the page", -5, _is_owner),
    ("name of a newspaper", -3, _is_masthead),
    ("name of a person", -3, _is_person),
    ("row of short lines", -0.7, _is_in_row),
    ("below paragraphs", -1.5, _is_below),
    ("looks like a caption", -2.5, _is_caption),
    ("above the button of an offer", -3, _is_offer),
    ("announces what follows", -2, _ends_open),
    ("no words", -3, _is_no_word),
)
