"""Who wrote a page's article: from the places where machines look, then from the page as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from sitegen.seeds.escape import squeeze
from sitegen.seeds.saved.head import Head
from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.title import bare
from sitegen.seeds.saved.tree import Element
from sitegen.seeds.structure import bylines

# Names of meta tags and of microdata, the surer first.
_TAGS = (
    "dc.creator", "article:author_name", "parsely-author", "sailthru.author", "byl", "author",
    "article:author", "og:article:author", "dc.creator.name", "shareaholic:article_author_name",
    "item:author", "authors", "citation_author", "cxenseparse:author", "dcsext.author",
)  # fmt: skip
_BOX = re.compile(r"\b(?:author|writer|reporter)s?\b|byline|by-line|author-?name", re.IGNORECASE)
_CARD = re.compile(
    r"(?:^|\s)(?:author|fn|author-?name|byline-?name|entry-author|post-author)(?=\s|$)", re.IGNORECASE
)
_NO_NAME = re.compile(r"https?:|www\.|@|\.com\b|[<>{}\[\]]|\d{3}", re.IGNORECASE)
_BY = re.compile(
    r"\W*(?:(?:geschrieben|verfasst|veröffentlicht|posted|published|written|publicado|escrito|publié) )?"
    r"(?:by|von|par|por|di|door|av|texte?|autore?|auteur|authors?|автор|текст)\b\s*:?\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:[|·•]|\s[–—-]\s|\b(?:am|vom|um|on|le|el|updated|in)\s.*\d|,?\s+\d|,\d).*\Z")
_NOBODY = re.compile(
    r"(?:\w*admin\w*|webmaster|guest|gast|гость|unknown|anonym\w*|user|root|none|null|n/?a)\Z", re.IGNORECASE
)
_PERSON = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*|von|van|de|del|der|di|da|bin|al|el|la|le)(?:\s|\Z)")
_NO_PERSON = re.compile(r"\b(?:said|says|updated|posted|published|comments?|last|share)\b", re.IGNORECASE)
_MOST_WRITERS = 4
_BETWEEN = re.compile(r"\s*(?:;|,|\s+(?:and|und|et|y)\s+|\s&\s)\s*")
_LONGEST_NAME = 6  # words


def authors(
    stated: object, head: Head, root: Element, near: Sequence[Part], site: str | None
) -> tuple[str, ...]:
    """The names of people; of a newsroom where no person is named. `stated` is what JSON-LD says."""
    places: list[Callable[[], list[str]]] = [lambda: people([str(name) for name in _listed(stated)])]
    places += [_tagged(head, name) for name in _TAGS]
    places += [lambda: _linked(root), lambda: _boxed(near), lambda: _lined(near)]
    newsroom: list[str] = []
    for place in places:
        names = place()
        persons = [name for name in names if bare(name) != bare(site or "")]
        if persons:
            return tuple(persons)
        newsroom = newsroom or names
    return tuple(newsroom)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _tagged(head: Head, name: str) -> Callable[[], list[str]]:
    return lambda: people(head.tags.get(name, ()))


def people(values: Sequence[str]) -> list[str]:
    """The names in values that may hold several, without "By", jobs' addresses and links."""
    found: list[str] = []
    for value in values:
        if not value or len(value) > 160 or _NO_NAME.search(value):
            continue
        led = bylines.names(value, "en") if bylines.has_lead(value) else None
        found += led or [part.strip() for part in _BETWEEN.split(_bare(value))]
    return [name for name in dict.fromkeys(found) if _may_be_one(name)]


def _bare(value: str) -> str:
    """A value without "By" before it."""
    lead = _BY.match(value)
    return value[lead.end() :] if lead else value


def _may_be_one(name: str) -> bool:
    return bool(name) and len(name.split()) <= _LONGEST_NAME and not _NOBODY.match(name)


def persons(value: str | None) -> tuple[str, ...]:
    """The names in a value that is not sure to hold names: only what is written like a person's."""
    written = (name for name in people([value or ""]) if 2 <= len(name.split()) <= 4)
    return tuple(
        name
        for name in written
        if all(_PERSON.match(word) for word in name.split()) and not _NO_PERSON.search(name)
    )


def _linked(root: Element) -> list[str]:
    """The words of links that say they lead to the author, and of cards that say who it is."""
    links = [link for link in root.iter("a") if "author" in (link.get("rel") or "").lower().split()]
    cards = [
        box for box in root.iter("span", "a", "div", "p", "address") if _CARD.search(box.get("class") or "")
    ]
    for kind in (links, cards):
        chosen = [element for element in kind if not _in_comments(element)]
        beside = [element for element in chosen if element.getparent() is chosen[0].getparent()]
        said = [squeeze(" ".join(element.itertext())) for element in beside]
        names = people([_TAIL.sub("", words) for words in said])
        if 0 < len(names) <= _MOST_WRITERS:
            return names
    return []


def _in_comments(element: Element) -> bool:
    around = (element, *element.iterancestors())
    return any("comment" in f"{one.get('class') or ''} {one.get('id') or ''}".lower() for one in around)


def _boxed(near: Sequence[Part]) -> list[str]:
    """The names in boxes that are named for them."""
    for part in near:
        if len(part.text) <= 120 and part.kind != "picture" and _BOX.search(named(part.element)):
            led = bylines.names(part.text, "en") if bylines.has_lead(part.text) else []
            led = led or list(persons(_TAIL.sub("", part.text)))
            if led:
                return led
    return []


def _lined(near: Sequence[Part]) -> list[str]:
    """The names of a line that reads like a byline."""
    for part in near:
        if part.kind != "picture" and len(part.text.split()) <= 20 and bylines.has_lead(part.text):
            return bylines.names(part.text, "en")
    short = (part.text for part in near if part.kind != "picture" and len(part.text.split()) <= 14)
    return next(
        (list(led) for text in short if _BY.match(text) and (led := persons(_TAIL.sub("", text)))), []
    )


def named(element: Element) -> str:
    """The names of an element and of the two around it."""
    around = (element, *islice(element.iterancestors(), 2))
    return " ".join(
        f"{one.get('class') or ''} {one.get('id') or ''} {one.get('itemprop') or ''}" for one in around
    )
