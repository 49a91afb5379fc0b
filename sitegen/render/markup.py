"""Small, safe changes to HTML that our own Markdown renderer made: headings, addresses, pictures.

The input holds no raw HTML (Markdown escapes it), so a tag that a pattern finds is one that the
renderer wrote.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Container, Mapping
from functools import lru_cache
from urllib.parse import urljoin

from sitegen.frozen import record
from sitegen.markdown import safe_url
from sitegen.model import Picture
from sitegen.slugs import free, slugify

_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# A link's or a picture's address; not one of the usual form, which is the same wherever it stands.
_ADDRESS = re.compile(
    r'="(?:(?<=\bhref=")|(?<=\bsrc="))(?!https?://[a-z0-9.-]+(?:/[A-Za-z0-9/._~-]*)?")([^"]*)"'
)
_LINKED = re.compile(r"<a [^>]*>.*?</a>", re.DOTALL)
_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")?>')
# The same alone in a paragraph, or anywhere.
_OWN_PICTURE = re.compile(
    r'(?P<alone><p>)?<img src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)"'
    r'(?: title="(?P<title>[^"]*)")?>(?(alone)</p>)'
)
# How wide a picture in a text is: as the text, which themes hold to about 38 letters' widths.
SIZES = "(min-width: 42em) 38rem, 92vw"
_ALIGNED = re.compile(r' style="text-align:(left|center|right)"')
_REMOTE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")
# What XML forbids and HTML calls a parse error: controls, noncharacters, lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# The same as bytes of UTF-8: those that are one byte, and what the others begin with.
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))
_LEADS = (0xC2, 0xEF)
# Characters that no address may hold as they are (RFC 3986; letters beyond ASCII are left alone, as IRIs do).
_NOT_IN_ADDRESS = re.compile(r'[\x00-\x20"<>\\^`{|}\[\]\x7f]|%(?![0-9A-Fa-f]{2})')


class Outline:
    """The headings of one page's text, in order: levels without gaps below `top`, ids used once.

    Lives as long as the text of one page is being made. `taken` are the ids of others.
    """

    def __init__(self, top: int = 2, taken: Container[str] = (), *, ids: bool = True) -> None:
        self._top = top
        self._taken = taken
        self._given: set[str] = set()
        self._ids = ids
        self._open: list[int] = []

    def mend(self, html: str) -> str:
        """HTML with its headings brought into line."""
        return _HEADING.sub(self._heading, html) if "<h" in html else html

    def _heading(self, match: re.Match[str]) -> str:
        level = int(match.group(1))
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        shown = min(6, self._top + len(self._open) - 1)
        if not self._ids:
            return f"<h{shown}>{match.group(2)}</h{shown}>"
        name = self._unused(slugify(plain(match.group(2)), "section"))
        return f'<h{shown} id="{name}">{match.group(2)}</h{shown}>'

    def _unused(self, name: str) -> str:
        made = free(name, self)
        self._given.add(made)
        return made

    def __contains__(self, name: object) -> bool:
        """Whether an id has gone already."""
        return name in self._given or name in self._taken


def finished(
    html: str, outline: Outline, resolve: Callable[[str], str], picture: str, shown: Shown | None = None
) -> str:
    """What the Markdown renderer made, ready to stand on a page: all the changes below, in order.

    `shown` are the site's own pictures in it, as they are to be shown.
    """
    if '="' not in html:  # words alone, as most paragraphs are
        return outline.mend(html)
    if shown and "<img" in html:
        html = own_pictures(html, shown, resolve)
    return readdress(outline.mend(unstyled(local_pictures(html, picture))), resolve)


def plain(html: str) -> str:
    """The words of a stretch of HTML."""
    return entities.unescape(_TAG.sub("", html) if "<" in html else html)


def readdress(html: str, resolve: Callable[[str], str]) -> str:
    """HTML with every link and picture address passed through `resolve`, which leaves whole web addresses
    as they are."""

    def put(match: re.Match[str]) -> str:
        return f'="{entities.escape(resolve(entities.unescape(match[1])))}"'

    return _ADDRESS.sub(put, html)


@record
class Shown:
    """How a text's own pictures are shown: `files` by the address that the text has. `first` says that the
    text opens the page, so that its first picture need not wait; `plain` that only one file of each is
    named, as feeds and mail want it."""

    files: Mapping[str, Picture]
    first: bool = False
    plain: bool = False


def own_pictures(html: str, shown: Shown, resolve: Callable[[str], str]) -> str:
    """HTML whose own pictures have their size and their forms. One that stands alone in a paragraph is a
    figure, its title the caption; one whose file is missing is its words."""
    waits = not shown.first

    def element(match: re.Match[str]) -> str:
        nonlocal waits
        file = shown.files.get(entities.unescape(match["src"]))
        if file is None or not (file.url or file.missing):
            return match.group()
        if file.missing:
            return f"<p>{match['alt']}</p>" if match["alone"] else match["alt"]
        made = picture(file, match["alt"], resolve, waits=waits, plain=shown.plain)
        waits = True
        if not match["alone"]:
            return made
        caption = f"<figcaption>{match['title']}</figcaption>" if match["title"] else ""
        opening = "<figure>" if shown.plain else '<figure class="image">'
        return f"{opening}{made}{caption}</figure>"

    return _OWN_PICTURE.sub(element, html)


def picture(
    file: Picture, alt: str, resolve: Callable[[str], str], *, waits: bool = True, plain: bool = False
) -> str:
    """The element for a picture; `alt` is escaped already, and the address in `src` is for `readdress`."""
    size = f' width="{file.width}" height="{file.height}"' if file.width and file.height else ""
    if plain:
        return f'<img src="{entities.escape(file.url)}" alt="{alt}"{size}>'
    loading = ' loading="lazy"' if waits else ""
    image = f'<img src="{entities.escape(file.url)}" alt="{alt}"{size}{loading} decoding="async">'
    forms = [
        f'<source type="{form}" srcset="{entities.escape(srcset)}" sizes="{SIZES}">'
        for form, srcset in sources(file, resolve)
    ]
    return f"<picture>{''.join(forms)}{image}</picture>" if forms else image


def sources(file: Picture, resolve: Callable[[str], str]) -> list[tuple[str, str]]:
    """The modern forms of a picture by type: (media type, what `srcset` says)."""
    by_type: dict[str, list[str]] = {}
    for one in file.renditions:
        by_type.setdefault(one.type, []).append(f"{resolve(one.url)} {one.width}w")
    return [(form, ", ".join(files)) for form, files in by_type.items()]


def local_pictures(html: str, word: str) -> str:
    """HTML in which a picture from elsewhere is a link to it, not loaded; `word` names one without alt."""
    if "<img" not in html:
        return html
    unlinked = _LINKED.sub(lambda link: _PICTURE.sub(lambda m: _named(m, word), link.group()), html)
    return _PICTURE.sub(lambda m: _picture(m, word), unlinked)


def unstyled(html: str) -> str:
    """HTML whose table cells say by class, not by style, where they stand: the host forbids inline styles."""
    return _ALIGNED.sub(r' class="\1"', html) if ' style="' in html else html


def _named(match: re.Match[str], word: str) -> str:
    """Inside a link there can be no other: a remote picture becomes its words."""
    return (match.group(2) or word) if _REMOTE.match(match.group(1)) else match.group()


def _picture(match: re.Match[str], word: str) -> str:
    if _REMOTE.match(match.group(1)):
        return f'<a href="{match.group(1)}">{match.group(2) or word}</a>'
    return match.group().replace("<img ", '<img loading="lazy" decoding="async" ')


def based(address: str, base: str) -> str:
    """An address for an attribute: the base path before a site-relative one, "" for an unsafe one.

    Characters that an address may not hold are percent-encoded.
    """
    clean = _clean(address)
    return base + clean if clean.startswith("/") else clean


def absolute(address: str, site: str, page: str = "/") -> str:
    """The whole address: `site` is origin and base path without a final slash, `page` is where it stands."""
    clean = _clean(address)
    if not clean and not safe_url(address):
        return ""
    return site + clean if clean.startswith("/") else urljoin(site + page, clean)


@lru_cache(maxsize=4096)
def _clean(address: str) -> str:
    """A safe address as it may stand in an attribute, "" for another; lists repeat the same ones."""
    return _NOT_IN_ADDRESS.sub(_percent, address.strip()) if safe_url(address) else ""


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))


def printable(text: str) -> str:
    """The text without the characters that HTML and XML forbid."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def encoded(text: str) -> bytes:
    """The text in UTF-8, without the characters that HTML and XML forbid."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return printable(text).encode()
    # Nearly every page is clean, and bytes are looked through many times faster than text.
    suspect = len(data.translate(None, _CONTROLS)) != len(data)
    if not suspect and not text.isascii():
        suspect = any(lead in data for lead in _LEADS)
    return printable(text).encode() if suspect else data
