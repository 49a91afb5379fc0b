"""The forms of a picture that pages load: smaller, in modern formats, upright, without what the camera wrote.

Pure: the same bytes and the same wish give the same bytes. The one place that knows Pillow is this room;
it is imported when there is a picture to make.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from sitegen.frozen import record, replace

if TYPE_CHECKING:
    from PIL import Image

Format = Literal["webp", "avif", "jpeg", "png"]
VERSION = 1  # another one when the same wish gives other bytes
MOST_PIXELS = 50_000_000
TYPES: dict[Format, str] = {
    "webp": "image/webp", "avif": "image/avif", "jpeg": "image/jpeg", "png": "image/png",
}  # fmt: skip
_READ = ("JPEG", "PNG", "WEBP", "AVIF")
_FEW_COLOURS = 256  # with no more it is a drawing
_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


class Unreadable(Exception):
    """The bytes are no whole picture; says why."""


@record
class Wish:
    """A form of a picture: no wider than `width`; without a `format`, in one that every reader can show."""

    width: int
    format: Literal["webp", "avif"] | None
    quality: int


@record
class Made:
    """A form of a picture as it came out."""

    data: bytes
    format: Format
    width: int
    height: int


@cache
def pillow() -> str | None:
    """The version of the library that is installed, without importing it; None without the extra."""
    from importlib import metadata  # takes longer than a page, and most builds have no picture

    try:
        return metadata.version("pillow")
    except metadata.PackageNotFoundError:
        return None


def derive(data: bytes, wishes: Sequence[Wish]) -> list[Made]:
    """A picture in every form that is wished for. Raises Unreadable."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Any = Image.open(BytesIO(data), formats=_READ)
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable(f"it has more than {MOST_PIXELS:,} pixels")
            source = picture.format
            profile = picture.info.get("icc_profile")
            picture = ImageOps.exif_transpose(picture)
            picture = _for_screens(_plain(picture), profile)
    except Unreadable:
        raise
    except Exception as error:  # what decoders raise on damaged bytes is beyond any list
        raise Unreadable(str(error) or type(error).__name__) from None
    drawn = source == "PNG" and picture.getcolors(_FEW_COLOURS) is not None
    made = [_made(picture, wish, source, drawn) for wish in wishes]
    if source == "PNG" and not profile:
        made = [_or_itself(one, data, picture.size) for one in made]
    return made


def _or_itself(made: Made, data: bytes, size: tuple[int, int]) -> Made:
    """A form, or the file itself without what is said beside the picture, where that is smaller."""
    bare = _bare(data)
    itself = made.format == "png" and (made.width, made.height) == size and len(bare) < len(made.data)
    return replace(made, data=bare) if itself else made


def _bare(png: bytes) -> bytes:
    """A PNG file without the chunks that no picture needs (PNG 1.2, 4)."""
    kept, at = [png[:8]], 8
    while at + 8 <= len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] in _NEEDED:
            kept.append(png[at:end])
        at = end
    return b"".join(kept)


def _plain(picture: Image.Image) -> Image.Image:
    """In one of the two modes that every encoder takes."""
    clear = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if clear else "RGB")


def _for_screens(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as sRGB has them, so that no profile need be sent along."""
    if not profile:
        return picture
    from PIL import ImageCms

    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
        turned = ImageCms.profileToProfile(picture.convert("RGB"), given, ImageCms.createProfile("sRGB"))
        if turned is not None:
            picture = turned
            if alpha is not None:
                picture.putalpha(alpha)
    return picture


def _made(picture: Image.Image, wish: Wish, source: str, drawn: bool) -> Made:
    from PIL import Image

    width = min(wish.width, picture.width)
    height = max(1, round(picture.height * width / picture.width))
    if width < picture.width:
        picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    clear = picture.mode == "RGBA"
    every: Format = "png" if clear or source == "PNG" else "jpeg"
    form: Format = wish.format or every
    picture.info.clear()
    options: dict[Format, dict[str, Any]] = {
        "jpeg": {"quality": wish.quality, "optimize": True, "progressive": True},
        "png": {"optimize": True},
        "webp": {"quality": wish.quality, "method": 4},
        # One thread, one tile: the same bytes on every machine.
        "avif": {"quality": wish.quality, "speed": 6, "max_threads": 1, "autotiling": False},
    }
    ways = [options[form]]
    if drawn and form == "webp":  # areas of one colour are often smaller as they are
        ways.append({"lossless": True, "quality": 80})
    encoded = [_encoded(picture, form, way) for way in ways]
    return Made(min(reversed(encoded), key=len), form, width, height)


def _encoded(picture: Image.Image, form: Format, options: dict[str, Any]) -> bytes:
    file = BytesIO()
    picture.save(file, form.upper(), **options)
    return file.getvalue()
