"""Who wrote a page's article: from the places where machines look, then from the page as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from sitegen.seeds.escape import squeeze
from sitegen.seeds.saved.head import Head
from sitegen.seeds.saved.main import WHOLE, elsewhere
from sitegen.seeds.saved.names import is_newsroom, led, people, persons, printed, without_tail
from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.tree import Element, names_around

# Names of meta tags and of microdata, the surer first.
_TAGS = (
    "dc.creator", "article:author_name", "parsely-author", "sailthru.author", "byl", "author",
    "article:author", "og:article:author", "dc.creator.name", "shareaholic:article_author_name",
    "item:author", "authors", "citation_author", "cxenseparse:author", "dcsext.author",
)  # fmt: skip
_BOX = re.compile(r"\b(?:author|writer|reporter|contributor|autor|auteur)s?\b|by ?line", re.IGNORECASE)
_CARD = re.compile(
    r"(?:^|\s)(?:author|fn|author-?name|byline-?name|entry-author|post-author)(?=\s|$)", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:^|\s)[\w-]*(?:author|autor|auteur|byline|contributor)s?(?:[_-]*(?:name|link|title|text))?(?=\s|$)",
    re.IGNORECASE,
)
_MOST_WRITERS = 4
_LONGEST_LINE = 120  # letters

Place = Callable[[], Sequence[str]]


def authors(
    stated: object, head: Head, root: Element, near: Sequence[Part], site: str | None
) -> tuple[str, ...]:
    """The names of people; of a newsroom where no person is named. `stated` is what JSON-LD says,
    `near` are the parts around the headline and the end of the article."""
    lines = [part for part in near if part.kind not in ("picture", "caption") and not elsewhere(part.element)]
    said: list[Place] = [lambda: people(_listed(stated), site)]
    said += [_tagged(head, name, site) for name in _TAGS]
    shown: list[Place] = [lambda: _linked(root, site), lambda: _boxed(lines)]
    signed: list[Place] = [lambda: _lined(lines)]
    newsroom: Sequence[str] = ()
    for place in said + shown + signed:
        # Where a newsroom is named already, nothing less than a byline makes it a person.
        names = () if newsroom and place in shown else place()
        found = tuple(name for name in names if not is_newsroom(name, site))
        if found and (not newsroom or len(found[0].split()) > 1):
            return found
        newsroom = newsroom or names
    return tuple(newsroom)


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _tagged(head: Head, name: str, site: str | None) -> Place:
    return lambda: people(head.tags.get(name, ()), site)


def _boxed(near: Sequence[Part]) -> Sequence[str]:
    """The names in boxes that are named for them."""
    short = (part for part in near if len(part.text) <= _LONGEST_LINE)
    boxed = (part.text for part in short if _BOX.search(names_around(part.element, WHOLE)))
    return next((names for text in boxed if (names := printed(text))), ())


def _lined(near: Sequence[Part]) -> Sequence[str]:
    """The names of a line that reads like a byline."""
    lines = (part.text for part in near if len(part.text.split()) <= 20)
    return next((names for text in lines if (names := led(text))), ())


def _linked(root: Element, site: str | None) -> Sequence[str]:
    """The words of links that say they lead to the author, and of cards that say who it is."""
    links = [link for link in root.iter("a") if "author" in (link.get("rel") or "").lower().split()]
    spots = list(root.iter("span", "a", "div", "p", "address", "li", "cite", "strong", "h3", "h4"))
    cards = [spot for spot in spots if _CARD.search(spot.get("class") or "")]
    named = [spot for spot in spots if _NAMED.search(spot.get("class") or "")]
    for kind, read in ((links, _all), (cards, _all), (named, persons)):
        names = people([name for words in _beside(kind) for name in read(words)], site)
        if 0 < len(names) <= _MOST_WRITERS:
            return names
    return ()


def _all(words: str) -> Sequence[str]:
    return (words,)


def _beside(found: Sequence[Element]) -> Iterator[str]:
    """The words of the first element that is the article's own, and of those that stand beside it."""
    chosen = [element for element in found if not elsewhere(element) and any(element.itertext())]
    for element in chosen:
        if element.getparent() is chosen[0].getparent():
            yield without_tail(squeeze(" ".join(element.itertext())))
