"""Where a page's article stands: its element, where it begins and ends, and what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.title import bare
from sitegen.seeds.saved.tree import Element
from sitegen.seeds.words import table

_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ENOUGH = 0.5
_MOST = 0.85
_LARGE = 0.3
_ALIKE = 3  # parts
_OF_OTHERS = frozenset(("related links", "promotion", "advertisement", "newsletter form", "comments"))
WHOLE = frozenset(("article", "main", "body", "html"))  # their names say nothing of what stands in them


@dataclass(frozen=True, slots=True)
class Place:
    """The article among the parts: parts[first:last + 1], all below `main`.

    `title` is the index of its headline, None where the page prints none before it. `votes` is how
    much of each part is taken for the article; `shares` each element's share of the article's letters;
    `homes` are the elements that its paragraphs stand in.
    """

    main: Element
    first: int
    last: int
    title: int | None
    votes: Sequence[float]
    shares: Mapping[Element, float]
    homes: frozenset[Element]

    def voted(self, at: int) -> bool:
        return self.votes[at] > _ENOUGH


def locate(parts: Sequence[Part], votes: Sequence[float], title: str) -> Place | None:
    """The article's place; None where nothing on the page speaks for one."""
    weights = [_weight(part, vote) for part, vote in zip(parts, votes, strict=True)]
    if not any(weights):
        return None
    votes = _with_alike(parts, votes, weights)
    weights = [_weight(part, vote) for part, vote in zip(parts, votes, strict=True)]
    shares = _shares(parts, weights)
    holding = (element for element, share in shares.items() if share >= _MOST)
    main = max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))
    within = set(main.iter())
    heavy = [at for at, part in enumerate(parts) if weights[at] and part.element in within]
    homes = {one for at in heavy for one in (parts[at].element, parts[at].element.getparent())}
    title_at = _headline(parts, heavy[0], title)
    return Place(main, heavy[0], heavy[-1], title_at, votes, shares, frozenset(homes))


def _weight(part: Part, vote: float) -> int:
    """The letters of prose that speak for a part's place being the article's."""
    prose = part.kind != "heading" and part.linked < 0.5 and len(part.text) >= 25
    return len(part.text) if vote > _ENOUGH and prose else 0


def _with_alike(parts: Sequence[Part], votes: Sequence[float], weights: Sequence[int]) -> list[float]:
    """Paragraphs that are made like those of the article, and behind the first of them, are of it too:
    an article that a page shows in several pieces is often found in one of them only."""
    kinds = Counter(_make(part) for part, weight in zip(parts, weights, strict=True) if weight)
    begun, made = False, []
    for part, vote, weight in zip(parts, votes, weights, strict=True):
        begun = begun or weight > 0
        alike = begun and part.linked < 0.3 and len(part.text) > 60 and kinds[_make(part)] >= _ALIKE
        if part.tag == "h1" and begun:
            begun, kinds = False, Counter()  # another article on the same page
        made.append(1.0 if alike and part.kind == "text" and not box(part.element)[0] else vote)
    return made


def _make(part: Part) -> str:
    """How a part is made: the names of its element and of the two around it."""
    around = (part.element, *islice(part.element.iterancestors(), 2))
    return " ".join(f"{element.tag}.{element.get('class') or ''}" for element in around)


def _shares(parts: Sequence[Part], weights: Sequence[int]) -> Mapping[Element, float]:
    """Each element → its share of all the weight."""
    sums: Counter[Element] = Counter()
    for part, weight in zip(parts, weights, strict=True):
        if weight:
            sums[part.element] += weight
            for above in part.element.iterancestors():
                sums[above] += weight
    whole = sum(weights)
    return {element: weight / whole for element, weight in sums.items()}


def _headline(parts: Sequence[Part], first: int, title: str) -> int | None:
    """The last heading before the article that says its title, an <h1> rather than another."""
    wanted = bare(title)
    same = [
        at for at, part in enumerate(parts[:first]) if part.kind != "picture" and bare(part.text) == wanted
    ]
    same = same or [at for at, part in enumerate(parts[:first]) if part.tag == "h1" and part.linked < 0.5]
    return max(same, key=lambda at: (parts[at].tag == "h1", parts[at].kind == "heading", at), default=None)


def around(element: Element, place: Place) -> tuple[str, frozenset[str]]:
    """What kind of box an element stands in ("?…" where that is less sure, "" for none), and the tags
    around it, both up to what holds a good part of the article."""
    found, tags = "", set()
    while element is not None and element is not place.main and place.shares.get(element, 0.0) < _LARGE:
        tags.add(element.tag)
        kind, _ = box(element)
        found = kind if kind and (not found or found.startswith("?")) else found
        element = element.getparent()
    return found, frozenset(tags)


def box(element: Element) -> tuple[str, bool]:
    """What kind of box an element is by its name, and whether that is sure; "" for none."""
    kind = _named(f"{element.get('class') or ''} {element.get('id') or ''}")
    return kind, bool(kind) and not kind.startswith("?")


def elsewhere(element: Element) -> bool:
    """Whether an element stands in a box of other articles, or among the comments: people who are named
    there did not write this one."""
    around = (element, *element.iterancestors())
    return any(box(one)[0] in _OF_OTHERS for one in around if one.tag not in WHOLE)


@cache
def _named(name: str) -> str:
    known = table("en", "page_boxes")
    found = [known[word] for token in _TOKEN.findall(name) if (word := token.lower()) in known]
    return min(found, key=lambda kind: kind.startswith("?"), default="")
