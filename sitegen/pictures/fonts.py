"""The two faces that cards are set in. They come with the extra `images`, as files of two packages, so that
the same words give the same picture on every machine; what the system has is never asked.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from unicodedata import bidirectional, category

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Face = Literal["serif", "sans"]
# Package, distribution, and the file of a variable font: its axes are weight and, for the serif, optical size
_FACES: dict[Face, tuple[str, str, str]] = {
    "serif": ("fontpkg_source_serif_4", "fontpkg-source-serif-4", "SourceSerif4[opsz,wght].ttf"),
    "sans": ("fontpkg_source_sans_3", "fontpkg-source-sans-3", "SourceSans3[wght].ttf"),
}
_NO_GLYPH = "\U0010ffff"  # no font has one for this
_RIGHT_TO_LEFT = ("R", "AL", "AN")


@cache
def version() -> str | None:
    """What the shapes of letters follow from; None where a package is missing."""
    from importlib import metadata  # not for a site without cards

    try:
        return " ".join(metadata.version(name) for name in ("pillow", *(one[1] for one in _FACES.values())))
    except metadata.PackageNotFoundError:
        return None


@lru_cache(maxsize=256)
def font(face: Face, size: int, weight: int = 400) -> FreeTypeFont:
    """A face at a size in pixels."""
    from PIL import ImageFont

    # The plain layout: the other one depends on a library of the system.
    made = ImageFont.truetype(str(_file(face)), size, layout_engine=ImageFont.Layout.BASIC)
    axes: list[float] = [weight, min(60, max(8, size))] if face == "serif" else [weight]
    made.set_variation_by_axes(axes)
    return made


@cache
def _file(face: Face) -> Path:
    package, _, name = _FACES[face]
    found = find_spec(package)
    if found is None or found.origin is None:
        raise FileNotFoundError(name)
    return Path(found.origin).parent / "files" / name


def covers(face: Face, text: str) -> bool:
    """Whether a face has every letter of a text, and the text runs from left to right."""
    return all(_has(face, letter) for letter in set(text))


@lru_cache(maxsize=4096)
def _has(face: Face, letter: str) -> bool:
    if letter.isspace():
        return True
    if bidirectional(letter) in _RIGHT_TO_LEFT or category(letter).startswith("M"):
        return False
    return _shape(face, letter) != _shape(face, _NO_GLYPH)


def _shape(face: Face, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font(face, 24).getmask(letter)
    return mask.size, bytes(mask)
