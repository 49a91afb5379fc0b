"""HTML and XHTML inside a news format, and NITF, → paragraphs with labels and the pictures between them.

The standard library's parser reads any markup without complaint; nothing of it is kept but the words.
Elements: https://html.spec.whatwg.org/ and IPTC NITF 3.6.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sitegen.markdown import safe_url
from sitegen.model import Image, Label
from sitegen.seeds.escape import squeeze
from sitegen.seeds.formats.story import Piece, plain


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _named(
    "address article aside blockquote block body body.content body.end body.head byline caption center"
    " copyrite dateline dd details distributor div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hedline hl1 hl2 hr html legend li main media media-caption media-producer nav nitf note"
    " ol p pre section summary table tagline tbody tfoot thead tr ul"
)
_VOID = _named("area base br col embed hr img input link meta param source track wbr media-reference")
_MUTE = _named("script style template head title iframe svg audio video canvas noscript")

# What an element says its words are.
_ELEMENTS: dict[str, Label] = {
    "h1": "title", "hl1": "title",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6", "hl2"), "subhead"),
    "li": "list", "blockquote": "quote",
    **dict.fromkeys(("figure", "figcaption", "media", "media-caption", "media-producer"), "caption"),
    "byline": "byline", "dateline": "dateline",
    **dict.fromkeys(("nav", "form", "button", "select", "textarea", "distributor", "copyrite"), "debris"),
}  # fmt: skip
# The same for the last part of a class's name: "byline", "article-byline".
_CLASSES: dict[str, Label] = {
    **dict.fromkeys(("byline", "author"), "byline"),
    **dict.fromkeys(("dateline", "dat", "date", "pubdate", "timestamp"), "dateline"),
    **dict.fromkeys(("caption", "credit", "photographer"), "caption"),
    **dict.fromkeys(("standfirst", "lead", "lede", "intro", "ingress", "preamble", "dek"), "standfirst"),
    **dict.fromkeys(("subhead", "subheading", "crosshead"), "subhead"),
    **dict.fromkeys(("pullquote", "quote"), "quote"),
}
_CREDITS = frozenset(("byline", "author", "credit", "photographer", "media-producer"))
# Words beyond which such a block is the article's after all: the class stands on a box around it.
_LONGEST: dict[Label, int] = {"byline": 30, "dateline": 12, "standfirst": 90, "subhead": 25}
_BOLD_SUBHEAD = 12  # words
_ENDS = re.compile(r"[.!?:;,…][\"”’')]*\Z")

_INLINE = (
    "a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong"
    "|sub|sup|time|tt|u|var|wbr"
)
_TAG = re.compile(rf"</?(?:{_INLINE}|p|div|br|h[1-6])\b[^<>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"<(?:p|div|br|li|h[1-6]|blockquote|section|article|figure|table|body|html|nitf|pre|script|style)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"<!\[(?:if|endif)\b[^<>]*>", re.IGNORECASE)  # as word processors leave them
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")  # no character has one; int() refuses the longest
_EMPTY_LINE = re.compile(r"\n[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Markup:
    pieces: tuple[Piece, ...]
    images: tuple[Image, ...] = ()


def words_of(text: str) -> str:
    """A short text on one line, without tags and entities."""
    return squeeze(html.unescape(_LONG_NUMBER.sub("", _TAG.sub("", text))))


def take_apart(text: str, declared: bool = False) -> Markup:
    """The paragraphs and pictures of a text with markup, or of plain text. Never raises.

    `declared` is whether the format says that it is markup: there an end of line means nothing.
    """
    if not _BLOCK_TAG.search(text):
        if not declared:
            return Markup(tuple(plain(html.unescape(_LONG_NUMBER.sub("", _TAG.sub("", text))))))
        text = _EMPTY_LINE.sub("<p>", text)
    reader = _Reader(splits_at_break="<p" not in text.lower())
    reader.feed(_cleaned(text))
    reader.close()
    reader.flush()
    return Markup(tuple(reader.pieces), tuple(reader.images))


def _cleaned(text: str) -> str:
    """Markup without comments, and without what Python's parser refuses: <![…> that is no CDATA."""
    first, *rest = text.split("<!--")  # a pattern would look for each missing end through the whole text
    text = first + "".join(
        after if end else part for part in rest for _, end, after in [part.partition("-->")]
    )
    first, *rest = text.split("<![CDATA[")
    text = first + "".join(
        html.escape(words) + after for words, _, after in (p.partition("]]>") for p in rest)
    )
    return _LONG_NUMBER.sub("", _CONDITION.sub("", text).replace("<![", "&lt;!["))


@dataclass(slots=True)
class _Figure:
    """A picture, or several, with what stands around them."""

    shown: list[tuple[str, str]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    quotes: bool = False

    def images(self) -> list[Image]:
        caption, credit = " ".join(self.captions) or None, ", ".join(self.credits) or None
        return [Image(src, alt, caption, credit) for src, alt in self.shown]


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element with what holds inside it."""

    tag: str
    label: Label | None = None
    reason: str = "paragraph"
    mute: bool = False
    credit: bool = False
    figure: _Figure | None = None


class _Reader(HTMLParser):
    def __init__(self, splits_at_break: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.images: list[Image] = []
        self._splits = splits_at_break
        self._stack = [_Open("")]
        self._count: Counter[str] = Counter()
        self._words: list[str] = []
        self._bold = True  # whether all words so far are
        self._breaks = 0
        self._numbers: list[int | None] = []  # of the open lists: the last number, None for bullets
        self._lead = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        top = self._stack[-1]
        cited = tag in ("cite", "footer") and top.tag == "blockquote"
        if tag in _BLOCKS or cited:
            self._begin_block(tag)
            top = self._stack[-1]
        if tag in ("img", "media-reference"):
            self._show(given, top)
        elif tag == "br":
            self._break()
        elif tag in ("td", "th"):
            self._words.append(" ")
        if tag in _VOID:
            return
        if tag in ("ul", "ol"):
            self._numbers.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._lead = self._next_number()
        self._count[tag] += 1
        self._stack.append(_opened(tag, given.get("class", ""), top, cited))

    def handle_endtag(self, tag: str) -> None:
        if not self._count[tag]:
            return
        while self._stack[-1].tag != tag:
            self._close(self._stack[-1].tag)
        self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._stack[-1].mute:
            return
        if data.strip():
            self._breaks = 0
            self._bold = self._bold and bool(self._count["b"] or self._count["strong"])
        self._words.append(data)

    def flush(self) -> None:
        """The words so far are a paragraph."""
        words, bold, top = squeeze("".join(self._words)), self._bold, self._stack[-1]
        self._words, self._bold, self._breaks = [], True, 0
        if not words:
            return
        label, reason = top.label, top.reason
        count = len(words.split())
        if label in _LONGEST and count > _LONGEST[label]:
            label, reason = None, "paragraph"
        if label is None and bold and count <= _BOLD_SUBHEAD and not _ENDS.search(words):
            label, reason = "subhead", "paragraph in bold"
        if top.figure and label == "caption":
            (top.figure.credits if top.credit else top.figure.captions).append(words)
        if label == "list":
            words, self._lead = self._lead + words, ""
        self.pieces.append(Piece(words, label, reason))

    def _begin_block(self, tag: str) -> None:
        """Close what cannot hold a block, whether or not its end tag was written."""
        self.flush()
        self.handle_endtag("p")
        if tag == "body":
            self.handle_endtag("head")
        if tag == "li" and self._stack[-1].tag == "li":
            self._close("li")

    def _next_number(self) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return ""
        self._numbers[-1] = number + 1
        return f"{number + 1}. "

    def _close(self, tag: str) -> None:
        """Close the innermost element."""
        if tag in _BLOCKS or (tag == "cite" and self._stack[-1].reason == _SAYS_WHO):
            self.flush()
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()
        closed = self._stack.pop()
        self._count[tag] -= 1
        if closed.figure and closed.figure is not self._stack[-1].figure:
            self.images += closed.figure.images()
        if tag == "span" and closed.label in ("byline", "dateline"):
            self._words.append(" ")

    def _break(self) -> None:
        self._breaks += 1
        if self._splits or self._breaks > 1:
            self.flush()
        self._words.append(" ")

    def _show(self, given: dict[str, str], top: _Open) -> None:
        src = squeeze(given.get("src") or given.get("data-src") or given.get("source") or "")
        if top.mute or not is_address(src) or {given.get("width"), given.get("height")} & {"0", "1"}:
            return
        shown = (src, squeeze(given.get("alt", "")))
        if top.figure:
            top.figure.shown.append(shown)
        else:
            self.images.append(Image(*shown))


_SAYS_WHO = "who said the quote above"


def _opened(tag: str, classes: str, top: _Open, cited: bool) -> _Open:
    """The element inside the one it stands in: it inherits what it does not say itself."""
    figure = _Figure() if tag in ("figure", "media") else top.figure
    if tag == "blockquote" and figure:
        figure.quotes = True
    last = [re.split(r"[-_]+", name)[-1].lower() for name in classes.split()]
    marked = next((name for name in last if name in _CLASSES), "") if tag in _BLOCKS else ""
    label, reason = top.label, top.reason
    if cited or (tag == "figcaption" and figure and figure.quotes):
        label, reason = "body", _SAYS_WHO
    elif figure and (marked in _CREDITS or tag in _CREDITS):
        label, reason = "caption", "credit of a picture"
    elif tag in _ELEMENTS:
        label, reason = _ELEMENTS[tag], f"<{tag}>"
    elif marked:
        label, reason = _CLASSES[marked], f"class “{marked}”"
    credit = top.credit or marked in _CREDITS or tag in _CREDITS
    return _Open(tag, label, reason, top.mute or tag in _MUTE, credit, figure)


def is_address(src: str) -> bool:
    """Whether a picture is on the web: its own site's short addresses lead nowhere from ours."""
    on_web = src.lower().startswith(("http://", "https://")) and safe_url(src)
    return on_web and " " not in src and src.isprintable()


def distinct(images: Iterable[Image], others: Iterable[Image] = ()) -> tuple[Image, ...]:
    """The pictures by their addresses; of `others` only those that no caption shows to be the same."""
    kept = {image.src: image for image in reversed(tuple(images))}
    kept = dict(reversed(kept.items()))
    said = {image.caption for image in kept.values() if image.caption}
    for image in others:
        if image.caption not in said and image.alt not in said:
            kept.setdefault(image.src, image)
    return tuple(kept.values())
