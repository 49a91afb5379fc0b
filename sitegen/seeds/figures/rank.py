"""Which figures an editor would put into a box: a score for each, at most five an article.

Every rule of the table adds to or takes from a figure's score; the strongest one names the choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sitegen.seeds.figures.quantity import AGE, Quantity
from sitegen.seeds.figures.sentences import Figure
from sitegen.seeds.figures.unit_nouns import singular
from sitegen.seeds.words import words

MOST_KEY = 5
_ENOUGH = 3.0


class Candidate(NamedTuple):
    """A figure and how often the article gives the same one."""

    figure: Figure
    mentions: int
    language: str

    @property
    def quantity(self) -> Quantity:
        return self.figure.said.quantity


def ranked(candidates: Sequence[Candidate]) -> dict[int, str]:
    """Index → rule for the key figures: the best, each value once, none that only supports another."""
    scores = [_score(candidate) for candidate in candidates]
    for index, candidate in enumerate(candidates):
        parent = candidate.figure.within
        if parent is not None:  # what moved is as telling as by how much
            scores[parent] = max(scores[parent], scores[index])
    hidden = _rounded(candidates) | {
        index for index, candidate in enumerate(candidates) if candidate.figure.within is not None
    }
    chosen: dict[int, str] = {}
    taken: set[tuple[object, object]] = set()
    for index in sorted(range(len(candidates)), key=lambda index: (-scores[index][0], index)):
        score, rule = scores[index]
        if score < _ENOUGH or len(chosen) == MOST_KEY:
            break
        quantity = candidates[index].quantity
        same = (quantity.value, quantity.currency or quantity.unit)
        if same not in taken and index not in hidden and candidates[index].figure.spare:
            chosen[index] = rule
            taken.add(same)
    return chosen


_ROUNDING = 0.1


def _rounded(candidates: Sequence[Candidate]) -> set[int]:
    """Those that another figure gives more exactly: “nearly two thousand ships” where the body has 1,912."""
    loose = [
        index
        for index, candidate in enumerate(candidates)
        if candidate.figure.said.bound and candidate.quantity.unit and _digits(candidate.quantity) <= 2
    ]
    return {
        index
        for index in loose
        if any(_is_exact(candidates[index].quantity, other.quantity) for other in candidates)
    }


def _is_exact(round_one: Quantity, exact: Quantity) -> bool:
    if exact.unit != round_one.unit or _digits(exact) <= _digits(round_one) or not exact.size:
        return False
    return abs(exact.size - round_one.size) <= _ROUNDING * exact.size


def _digits(quantity: Quantity) -> int:
    """How many digits of the number are not zeros at its end."""
    return len(f"{quantity.size:.10g}".replace(".", "").strip("0"))


def _score(candidate: Candidate) -> tuple[float, str]:
    total, strongest, name = 0.0, -1.0, ""
    dimension = candidate.figure.said.quantity.dimension
    for rule_name, rule in _RULES if dimension == "time" else _UNTIMED:
        part = rule(candidate)
        total += part
        if part > strongest:
            strongest, name = part, rule_name
    return total, name


# ---------------------------------------------------------------- what it is


_MONEY, _COUNT, _LARGE_NUMBER, _LARGE = 4.0, 1.5, 1.0, 100
_KINDS: Mapping[str, float] = {
    "share": 4.0, "temperature": 3.5, "data": 3.0, "energy": 3.5, "power": 3.5, "mass": 2.5, "volume": 3.0,
    "area": 3.0, "speed": 2.5, "length": 1.5, "time": 0.8, "score": 3.0, "pressure": 2.0, "coin": 2.5,
    "fuel": 2.5, "physics": 1.5, "count": _COUNT,
}  # fmt: skip
# At least so large, so many points: two sides do not interest, 1,400 civilians do.
_SIZES = ((10_000, 3.0), (1000, 2.5), (100, 1.5), (20, 0.5), (0, -1.5))
_SUMS = ((1_000_000, 1.0), (1000, 0.0), (0, -0.5))


def _kind(candidate: Candidate) -> float:
    quantity = candidate.quantity
    if quantity.dimension == "money":
        return _MONEY
    return _KINDS.get(quantity.dimension or "", _LARGE_NUMBER if quantity.size >= _LARGE else 0.0)


def _size(candidate: Candidate) -> float:
    quantity = candidate.quantity
    if quantity.dimension == "money":
        return next(points for least, points in _SUMS if quantity.size >= least)
    if quantity.dimension in ("count", None):
        return next(points for least, points in _SIZES if quantity.size >= least)
    small = quantity.dimension in _MEASURED and quantity.size <= _FEW and not candidate.figure.moved
    return -1.5 if small else 0.0


# “It takes two tonnes of it”: so few of a unit are seldom the point.
_MEASURED, _FEW = frozenset({"mass", "length", "volume", "area"}), 10


def _spelled(candidate: Candidate) -> float:
    """Small counts in words are rarely the point."""
    quantity = candidate.quantity
    small = quantity.form == "words" and quantity.size <= 12 and quantity.dimension in ("count", None)
    return -0.8 if small else 0.0


_DESCRIBED = frozenset({"length", "volume", "mass", "area", "data", "count"})


def _descriptor(candidate: Candidate) -> float:
    """“A 16-inch screen” describes the screen."""
    quantity = candidate.quantity
    if quantity.dimension not in _DESCRIBED or candidate.figure.moved:
        return 0.0
    if "-" in candidate.figure.written and not quantity.joined:
        return -1.5
    sized = None if quantity.noun else _OF_SIZE.search(candidate.figure.before[-40:])
    return -2.0 if sized and _is_sized(sized[1], candidate.language) else 0.0


def _is_sized(noun: str, language: str) -> bool:
    return singular(noun.lower(), language) in words(language, "sized_things")


_OF_SIZE = re.compile(
    r"([A-Za-z-]+),? of(?: up to| about| around| some| nearly| almost| over| more than)? \Z"
)


def _vague(candidate: Candidate) -> float:
    return {"vague": -4.0, "part": -2.0}.get(candidate.quantity.form, 0.0)


_TRIFLES = frozenset({"page", "slide", "time", "word", "step", "way"})
_PART_BEFORE = re.compile(r"\b(?:half|third|quarter|[a-z]+|[0-9]+%?) of (?:the|those|these|its|their) \Z")
_ASKED = re.compile(
    r"\b(?:polls?|surveys?|sample|interviews with|canvass) (?:of )?(?:\w+ ){0,2}\Z", re.IGNORECASE
)
_OF_WHOM = re.compile(r"\bof (?:whom|which|them)(?: [a-z]+){0,2} \Z")
_TURNS = frozenset({"degree"})


def _trifle(candidate: Candidate) -> float:
    """Pages and times, angles, and the part of a whole that was given before."""
    figure, quantity = candidate.figure, candidate.quantity
    if quantity.unit in _TURNS:
        return -3.0
    if quantity.noun and (quantity.unit or "").lower() in words(candidate.language, "yardsticks"):
        return -5.0
    if quantity.dimension == "count" and _ASKED.search(figure.before[-40:]):
        return -5.0
    if quantity.noun and (quantity.unit or "").rsplit(" ", 1)[-1] in _TRIFLES:
        return -3.0
    before = figure.before[-24:]
    if "of " not in before:
        return 0.0
    if quantity.dimension in ("count", None) and _PART_BEFORE.search(before):
        return -2.0
    return -1.0 if _OF_WHOM.search(before) else 0.0


def _age(candidate: Candidate) -> float:
    unit = candidate.quantity.unit or ""
    return -9.0 if unit == AGE or unit.endswith("of age") else 0.0


_TERM = re.compile(
    r"\b(?:jailed|sentenced|imprisoned|banned|suspended|prison|jail|term|sentence|stopped|lasted|delayed|ban|block"
    r"|blocked|blockade|strike|closure)\b",
    re.IGNORECASE,
)
_AGO = re.compile(r"\s(?:ago|earlier|later|after|before|old)\b|-old\b")
_SPAN_BEFORE = re.compile(r"\b(?:past|last|next|previous|first|every|coming) \Z", re.IGNORECASE)
_TIME_BEFORE = re.compile(r"\b(?:within|after|in|for|another) \Z", re.IGNORECASE)


_MOVED_TIME = 2.2


def _duration(candidate: Candidate) -> float:
    """A time span matters as a sentence or a ban, not as “ten years ago”."""
    figure = candidate.figure
    if candidate.quantity.dimension != "time":
        return 0.0
    if figure.moved and figure.moved.change.previous:  # a wait that grew from 13 hours to 19
        return _MOVED_TIME
    if _SPAN_BEFORE.search(figure.before[-12:]):
        return -1.0
    if _TERM.search(figure.before[-40:]) or _TERM.search(figure.behind[:24]):
        return 2.5
    if _AGO.match(figure.behind):
        return -4.0
    return -1.0 if _TIME_BEFORE.search(figure.before[-12:]) else 0.0


# ---------------------------------------------------------------- where it stands and what is said of it


_HEADLINE, _FIRST_BLOCK, _PER_BLOCK, _CAPTION = 0.8, 1.2, 0.15, 0.8


def _place(candidate: Candidate) -> float:
    """News puts what matters first."""
    figure = candidate.figure
    if figure.block.label in ("title", "standfirst"):
        return _HEADLINE
    fading = max(0.0, _FIRST_BLOCK - _PER_BLOCK * figure.depth)
    return fading - (_CAPTION if figure.block.label == "caption" else 0.0)


def _moving(candidate: Candidate) -> float:
    return 1.0 if candidate.figure.moved else 0.0


def _told(candidate: Candidate) -> float:
    figure = candidate.figure
    bare = candidate.quantity.unit is None
    label = _LABELLED if figure.label else 0.0 if candidate.quantity.noun else _BARE if bare else _UNLABELLED
    return label + 0.3 * bool(figure.period) + 0.3 * bool(figure.said.bound)


_LABELLED, _UNLABELLED, _BARE = 0.4, -0.8, -1.5


_BEFELL = re.compile(
    r"\b(?:killed|dead|died|injured|wounded|hurt|missing|drowned|arrested|detained|rescued|displaced|evacuated|homeless)\Z"
)


def _befell(candidate: Candidate) -> float:
    """What befell people is told first, however few they are."""
    figure = candidate.figure
    is_news = candidate.quantity.dimension == "count" and _BEFELL.search(figure.label or "")
    return 3.0 if is_news else 0.0


def _repeated(candidate: Candidate) -> float:
    """What the article says again (the title too) is what it is about."""
    return min(0.9, 0.3 * (candidate.mentions - 1))


Rule = Callable[[Candidate], float]
_RULES: tuple[tuple[str, Rule], ...] = (
    ("kind", _kind),
    ("size", _size),
    ("moving", _moving),
    ("place", _place),
    ("told", _told),
    ("befell", _befell),
    ("repeated", _repeated),
    ("spelled", _spelled),
    ("duration", _duration),
    ("descriptor", _descriptor),
    ("vague", _vague),
    ("trifle", _trifle),
    ("age", _age),
)
# Without those that are about spans of time and ages.
_UNTIMED = tuple((name, rule) for name, rule in _RULES if rule not in (_duration, _age))
