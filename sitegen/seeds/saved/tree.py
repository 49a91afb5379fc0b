"""Bytes of a saved page → its tree, without what nobody reads: scripts, hidden parts, buttons.

Only the page_* modules touch lxml, and only inside their functions: a digest made of plain text
does not pay for it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from sitegen import extras
from sitegen.errors import SeedError
from sitegen.seeds.decode import Decoded, decode

# lxml is a C library with stubs of its own; an element of its trees is Any to us.
Element = Any

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_MOST_ELEMENTS = 60_000
_PASTE = "open the page, copy the article and save it as a text file (.txt) in the same folder"
# The parser leaves out what stands behind the end of the page; browsers show it.
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_CONTROLS = re.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\\ufffe\\uffff\\ud800-\\udfff]")
_UNSEEN = re.compile(
    r"(?<![^\s_-])(?:sr-only|visually-?hidden|screen-reader-text|tooltip|popover|rollover|vjs)(?![a-z])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Elements whose words are never an article's; <header> and <aside> may hold its title and its quotes.
_NEVER = frozenset((
    "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math",
    "canvas", "button", "select", "option", "textarea", "input", "nav", "footer", "dialog", "map", "audio",
    "video", "track", "source", "link", "meta", "base", "head", "title",
))  # fmt: skip


def tree_of(data: bytes, name: str) -> tuple[Element, Decoded]:
    """The page's root element and how its bytes were read.

    Raises SeedError: seed-extra-missing where lxml is not installed, seed-no-article where there is no
    element in it, seed-too-large where there are far too many.
    """
    try:
        from lxml import etree, html
    except ImportError:
        raise missing(name) from None
    decoded = decode(data)
    text = _CONTROLS.sub(" ", _END.sub("", _DECLARATION.sub("", decoded.text)))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise no_article(name) from None
    if root.xpath("count(//*)") > _MOST_ELEMENTS:
        raise SeedError(
            f"more than {_MOST_ELEMENTS:,} elements: too many for the page of an article",
            code="seed-too-large", path=name, hint=_PASTE,
        )  # fmt: skip
    return root, decoded


def missing(name: str) -> SeedError:
    """The error where the extra for saved pages is not installed."""
    return SeedError(
        "saved pages need the extra “html”", code="seed-extra-missing", path=name,
        hint=extras.install("html"),
    )  # fmt: skip


def no_article(name: str) -> SeedError:
    """The error where a page has no text that could be an article."""
    return SeedError(
        "no article was found in this page", code="seed-no-article", path=name,
        hint=_PASTE,
    )  # fmt: skip


def names_around(element: Element, without: frozenset[str] = frozenset()) -> str:
    """The names (class, id, itemprop) of an element and of the two around it, as words; those with a tag
    of `without` have none."""
    around = (element, *islice(element.iterancestors(), 2))
    names = (
        f"{one.get('class') or ''} {one.get('id') or ''} {one.get('itemprop') or ''}"
        for one in around
        if one.tag not in without
    )
    return re.sub(r"[_-]", " ", " ".join(names))


def is_hidden(element: Element) -> bool:
    """Whether a browser shows nothing of this element, or it never holds an article's words."""
    if element.tag in _NEVER:
        return True
    get = element.get
    return (
        get("hidden") is not None
        or (get("aria-hidden") == "true" and element.tag not in ("figure", "img", "picture"))
        or bool(_HIDDEN.search(get("style") or ""))
        or bool(_UNSEEN.search(get("class") or ""))
    )
