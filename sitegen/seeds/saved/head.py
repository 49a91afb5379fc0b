"""What a page says of itself where machines look: meta tags, JSON-LD, microdata, links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen.seeds.escape import squeeze
from sitegen.seeds.formats.schema_org import articles_in
from sitegen.seeds.saved.main import elsewhere
from sitegen.seeds.saved.tree import Element

_WRAPPED = re.compile(r"\A\s*(?://)?\s*(?:<!--|<!\[CDATA\[)?|(?://)?\s*(?:-->|\]\]>)?[\s;]*\Z")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>\"]+)\s*-->", re.IGNORECASE)
_WHERE_SAVED = 2000  # letters from the start
_LONGEST_FACT = 400  # letters
_PERSONS = frozenset(("author", "creator"))
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Head:
    """`tags`: what the meta tags and microdata say, by small name, in the order of the page.
    `articles`: the JSON-LD nodes of articles. `title`: the <title>. `links`: small rel → address.
    `base`: where its short addresses start from, if it says so. `saved_from`: the address that the browser
    wrote which saved it."""

    tags: Mapping[str, tuple[str, ...]]
    articles: tuple[Mapping[str, object], ...]
    title: str
    links: Mapping[str, str]
    language: str | None = None
    base: str | None = None
    saved_from: str | None = None

    def first(self, *names: str) -> str | None:
        """What the first of these tags says that says anything."""
        return next((value for name in names for value in self.tags.get(name, ()) if value), None)


def saved_from(text: str) -> str | None:
    """The address in the comment that browsers write above a page that they save."""
    found = _SAVED_FROM.search(text[:_WHERE_SAVED])
    return found.group(1) if found else None


def head_of(root: Element) -> Head:
    """Everything the page says of itself. Never raises."""
    tags = _tags(root)
    links: dict[str, str] = {}
    for link in root.iter("link"):
        for rel in (link.get("rel") or "").lower().split():
            links.setdefault(rel, (link.get("href") or "").strip())
    title = next((squeeze(element.text_content()) for element in root.iter("title")), "")
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    return Head(tags, tuple(_articles(root)), title, links, language, base)


def _tags(root: Element) -> dict[str, tuple[str, ...]]:
    """What the meta tags and microdata say. A fact that is given twice, as a property and under a plain
    name, is the property's."""
    kinds: dict[str, dict[str, list[str]]] = {"property": {}, "name": {}, "itemprop": {}, "item": {}}
    for kind, name, value in _said(root):
        kinds[kind].setdefault(name, []).append(value)
    said = (item for tags in reversed(kinds.values()) for item in tags.items() if any(item[1]))
    return {name: tuple(values) for name, values in said}


def _said(root: Element) -> Iterator[tuple[str, str, str]]:
    """Each thing that is said: where, under what name, and what."""
    for element in root.iter("meta"):
        value = squeeze(element.get("content") or "")
        for kind in ("property", "name", "itemprop"):
            for name in (element.get(kind) or "").lower().split():
                yield kind, name.replace("dcterms.", "dc.").replace("dc:", "dc."), value
    for element in root.xpath("//*[@itemprop][not(self::meta)]"):
        parts = element.get("itemprop").lower().split()
        if _PERSONS.isdisjoint(parts) or not elsewhere(element):
            said = squeeze(element.get("datetime") or element.get("content") or _words(element))
            yield from (("item", f"item:{part}", said) for part in parts)


def _words(element: Element) -> str:
    """An element's words, its name alone where it is a thing that has one; long ones are no fact."""
    named = next((inner for inner in element.iter() if inner.get("itemprop") == "name"), None)
    chosen = element if named is None else named
    words: list[str] = [chosen.get("content") or ""]
    for part in chosen.itertext() if not words[0] else ():
        words.append(part)
        if sum(map(len, words)) > _LONGEST_FACT or len(words) > _LONGEST_FACT:
            return ""
    return " ".join(words)


def _articles(root: Element) -> Iterator[Mapping[str, object]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from articles_in(_loaded(script.text or ""))


def _loaded(text: str) -> object:
    """JSON as pages have it: in comments, with line breaks in strings, with a comma too many."""
    bare = _WRAPPED.sub("", text)
    for attempt in (bare, _TRAILING_COMMA.sub("", bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
