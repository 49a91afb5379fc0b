"""A card: the picture that stands for a page where its link is shared, 1200 by 630 pixels.

Pure: the same words and colours give the same bytes. It is drawn in ramps from the paper to each colour,
so that the file is a small PNG with a palette.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import normalize

from sitegen import cache, packing
from sitegen.frozen import record, replace
from sitegen.model import SocialCard
from sitegen.pictures import fonts
from sitegen.pictures.fonts import Face

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

VERSION = 1  # another one when the same words give another picture
WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_WIDE = WIDTH - 2 * _MARGIN
_STEPS = 31  # shades between the paper and a colour
_COLOURS = ("ink", "soft", "rule", "accent")
# For each value of a mask, which of the shades it is, from 0 for the paper; and whether it is drawn at all.
_SHADES = [round(value * _STEPS / 255) for value in range(256)]
_DRAWN = [255 if shade else 0 for shade in _SHADES]
_FOOT = 540  # where the line above the credit stands
_ELLIPSIS = "…"
_MOST = 600  # characters of any part


def key(card: SocialCard) -> bytes:
    """Sixteen bytes for all that a card's picture follows from."""
    return cache.digest("card", str(VERSION), fonts.version() or "", packing.dumps(card))


def drawable(card: SocialCard) -> SocialCard | None:
    """The card without the words that no face has letters for; None where its title is among them."""
    face = _words(card)
    said = {name: _tidy(getattr(card, name)) for name in _FACE_OF}
    card = SocialCard(**said, colours=card.colours, serif=card.serif)
    if not card.title or not fonts.covers(face, card.title):
        return None
    lost = {name: "" for name, of in _FACE_OF.items() if not fonts.covers(of or face, getattr(card, name))}
    lost |= {"number": "", "label": ""} if "number" in lost or "label" in lost else {}
    lost |= {"quote": "", "speaker": ""} if "quote" in lost or "speaker" in lost else {}
    return SocialCard(**{**said, **lost}, colours=card.colours, serif=card.serif)


# In which face each part is set; None for that of the theme's words.
_FACE_OF: dict[str, Face | None] = {
    "title": None, "site": None, "kicker": "sans", "credit": "sans", "number": None, "label": "sans",
    "quote": None, "speaker": "sans",
}  # fmt: skip


def _tidy(text: str) -> str:
    """Composed letters, single spaces, and no more words than could be read there."""
    return normalize("NFC", " ".join(text.split()))[:_MOST]


def _words(card: SocialCard) -> Face:
    return "serif" if card.serif else "sans"


def draw(card: SocialCard) -> bytes:
    """The picture of a card that `drawable` gave, as PNG."""
    sheet = _Sheet(card)
    face = _words(card)
    top = _masthead(sheet, card, face)
    below = _FOOT - (_figure(sheet, card, face) if card.number else _quote(sheet, card, face))
    _title(sheet, card, face, top, below - 20)
    sheet.line("rule", _FOOT, 2)
    if card.credit:
        sheet.text("sans", 26, 400, "soft", _MARGIN, _FOOT + 24, _cut(card.credit, "sans", 26, _WIDE))
    return sheet.png()


# ---------------------------------------------------------------- the parts of a card


def _masthead(sheet: _Sheet, card: SocialCard, face: Face) -> int:
    """The digest's name over a thick line, and what the page is about; where the title may begin."""
    sheet.block("ink", 0, 0, WIDTH, 12)
    top = 44
    if card.site:
        sheet.block("accent", _MARGIN, top + 8, _MARGIN + 30, top + 30)
        weight = 600 if face == "serif" else 700
        sheet.text(face, 30, weight, "ink", _MARGIN + 46, top, _cut(card.site, face, 30, 620, weight))
    if card.kicker:
        shown = _cut(card.kicker, "sans", 26, 380, 600)
        width = fonts.font("sans", 26, 600).getlength(shown)
        left = WIDTH - _MARGIN - width if card.site else _MARGIN
        sheet.text("sans", 26, 600, "accent", left, top + 4, shown)
    return 116


def _title(sheet: _Sheet, card: SocialCard, face: Face, top: int, bottom: int) -> None:
    """The title, as large as it fits between two heights, and in the middle of them."""
    weight = 400 if face == "serif" else 700
    fit = _fitted(card.title, face, weight, bottom - top, sizes=range(100, 35, -4), leading=1.1)
    start = top + max(0, (bottom - top - fit.height) // 2)
    sheet.lines(fit, "ink", _MARGIN, start)


def _figure(sheet: _Sheet, card: SocialCard, face: Face) -> int:
    """The number and what it measures, standing on the credit's line; its height."""
    height = 168
    top = _FOOT - height
    weight = 400 if face == "serif" else 700
    size = next(
        (s for s in range(108, 43, -8) if fonts.font(face, s, weight).getlength(card.number) <= _WIDE * 0.6),
        44,
    )
    number = _cut(card.number, face, size, _WIDE * 0.6, weight)
    baseline = top + height - 44
    sheet.text(face, size, weight, "accent", _MARGIN, baseline, number, anchor="ls")
    left = _MARGIN + fonts.font(face, size, weight).getlength(number) + 36
    fit = _fitted(card.label, "sans", 400, 110, sizes=(30, 26), leading=1.22, width=WIDTH - _MARGIN - left)
    sheet.lines(fit, "ink", left, baseline + 8 - fit.height)
    return height


def _quote(sheet: _Sheet, card: SocialCard, face: Face) -> int:
    """The quote beside a bar, standing on the credit's line; its height, nothing without a quote."""
    if not card.quote:
        return 24
    fit = _fitted(
        f"“{card.quote}”", face, 400, 150, sizes=(38, 34, 30), leading=1.22, width=_WIDE - 32, close="”"
    )
    height = fit.height + (40 if card.speaker else 0) + 36
    top = _FOOT - height
    sheet.block("accent", _MARGIN, top + 4, _MARGIN + 5, _FOOT - 32)
    sheet.lines(fit, "ink", _MARGIN + 32, top)
    if card.speaker:
        shown = _cut(f"— {card.speaker}", "sans", 25, _WIDE - 32, 600)
        sheet.text("sans", 25, 600, "soft", _MARGIN + 32, top + fit.height + 6, shown)
    return height


# ---------------------------------------------------------------- lines that fit


@record
class _Fit:
    """Lines of text at a size; `leading` and `height` in pixels."""

    lines: tuple[str, ...]
    face: Face
    size: int
    weight: int
    leading: int

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def _fitted(
    text: str,
    face: Face,
    weight: int,
    height: float,
    *,
    sizes: Sequence[int],
    leading: float,
    width: float = _WIDE,
    close: str = "",
) -> _Fit:
    """The text at the largest size at which it fits; at the smallest it is cut, and `close` ends it then."""
    fit = _Fit((), face, 0, weight, 1)
    for size in sizes:
        step = round(size * leading)
        most = max(1, int(height // step))
        lines = tuple(_wrapped(text, face, size, weight, width))
        fit = _Fit(lines, face, size, weight, step)
        if len(lines) <= most:
            return fit
    kept = fit.lines[: max(1, int(height // fit.leading))]
    last = _cut(f"{kept[-1]} {_ELLIPSIS}{close}", face, fit.size, width, weight, close)
    return replace(fit, lines=(*kept[:-1], last.replace(f" {_ELLIPSIS}", _ELLIPSIS)))


def _wrapped(text: str, face: Face, size: int, weight: int, width: float) -> Iterator[str]:
    """The text in lines no wider than that; a word that is wider alone is broken."""
    measure = fonts.font(face, size, weight).getlength
    space = measure(" ")
    line, used = "", 0.0
    for word in text.split(" "):
        needed = measure(word)
        if line and used + space + needed <= width:
            line, used = f"{line} {word}", used + space + needed
            continue
        if line:
            yield line
        while needed > width and len(word) > 1:
            fits = max(1, bisect_right(range(1, len(word)), width, key=lambda n: measure(word[:n])))
            yield word[:fits]
            word = word[fits:]
            needed = measure(word)
        line, used = word, needed
    yield line


def _cut(text: str, face: Face, size: int, width: float, weight: int = 400, close: str = "") -> str:
    """The text, or as much of its beginning as is no wider, with an ellipsis."""
    measure = fonts.font(face, size, weight).getlength
    if measure(text) <= width:
        return text
    bare = text.removesuffix(f"{_ELLIPSIS}{close}").rstrip()
    while bare and measure(f"{bare}{_ELLIPSIS}{close}") > width:
        bare = bare[:-1].rstrip(" ,;:.–—")
    return f"{bare}{_ELLIPSIS}{close}"


# ---------------------------------------------------------------- the sheet it is drawn on


@dataclass
class _Sheet:
    """A sheet of paper and a mask for each colour; what is drawn last lies on top."""

    card: SocialCard
    masks: dict[str, tuple[Image.Image, ImageDraw.ImageDraw]] = field(default_factory=dict)

    def _on(self, colour: str) -> ImageDraw.ImageDraw:
        if colour not in self.masks:
            from PIL import Image, ImageDraw

            mask = Image.new("L", (WIDTH, HEIGHT))
            self.masks[colour] = (mask, ImageDraw.Draw(mask))
        return self.masks[colour][1]

    def text(
        self,
        face: Face,
        size: int,
        weight: int,
        colour: str,
        x: float,
        y: float,
        text: str,
        anchor: str = "la",
    ) -> None:
        self._on(colour).text((round(x), round(y)), text, 255, fonts.font(face, size, weight), anchor=anchor)

    def lines(self, fit: _Fit, colour: str, x: float, y: float) -> None:
        for n, line in enumerate(fit.lines):
            self.text(fit.face, fit.size, fit.weight, colour, x, y + n * fit.leading, line)

    def block(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        self._on(colour).rectangle((left, top, right - 1, bottom - 1), 255)

    def line(self, colour: str, y: float, thick: int) -> None:
        self.block(colour, _MARGIN, y, WIDTH - _MARGIN, y + thick)

    def png(self) -> bytes:
        from PIL import Image

        paper, *others = [_rgb(colour) for colour in self.card.colours]
        named = dict(zip(_COLOURS, others, strict=True))
        sheet = Image.new("L", (WIDTH, HEIGHT))
        palette = list(paper)
        for colour, (mask, _) in sorted(self.masks.items()):
            start = len(palette) // 3
            palette += [
                part for step in range(1, _STEPS + 1) for part in _between(paper, named[colour], step)
            ]
            box = mask.getbbox() or (0, 0, 1, 1)
            part = mask.crop(box)
            sheet.paste(part.point([start + max(0, n - 1) for n in _SHADES]), box, part.point(_DRAWN))
        sheet.putpalette(palette)
        file = BytesIO()
        sheet.save(file, "PNG", compress_level=6)
        return file.getvalue()


def _between(paper: Sequence[int], colour: Sequence[int], step: int) -> Iterator[int]:
    return (round(one + (other - one) * step / _STEPS) for one, other in zip(paper, colour, strict=True))


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
