"""What a picture's first bytes say: its format and its size. No library is needed for that, and nothing is
decoded.

The formats are those that browsers show; each has a reader in the table at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sitegen.frozen import record

_PNG = b"\x89PNG\r\n\x1a\n"
# The frame headers of JPEG (ITU T.81, table B.1) hold the size; what has no length stands alone.
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_TURNED = range(5, 9)  # EXIF orientations that lie on their side
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:[eE][+-]?\d+)?)\s*(px|pt|pc|in|cm|mm|Q)?\s*")
_UNITS = {None: 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4,
          "Q": 96 / 101.6}  # fmt: skip


@record
class Header:
    """A picture's media type, and its size in pixels as it is shown, turned the way its EXIF data says.

    `moves` says that it may have more than one frame; `drawn` that it is a drawing, sharp at any size.
    """

    type: str
    width: int
    height: int
    moves: bool = False
    drawn: bool = False


def read(data: bytes) -> Header | None:
    """The header of a picture; None for bytes that are none a browser shows, or that are cut short."""
    for reader in _READERS:
        try:
            found = reader(data)
        except (IndexError, ValueError, OverflowError):
            return None
        if found is not None:
            return found if found.width > 0 and found.height > 0 else None
    return None


def _int(data: bytes, at: int, size: int, order: str = "big") -> int:
    if at < 0 or at + size > len(data):
        raise IndexError(at)
    return int.from_bytes(data[at : at + size], "little" if order == "little" else "big")


def _png(data: bytes) -> Header | None:
    if not data.startswith(_PNG):
        return None
    return Header("image/png", _int(data, 16, 4), _int(data, 20, 4), moves=b"acTL" in data[:256])


def _gif(data: bytes) -> Header | None:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    # How many frames there are is told by their data alone; who uses GIF today does so because it moves.
    return Header("image/gif", _int(data, 6, 2, "little"), _int(data, 8, 2, "little"), moves=True)


def _jpeg(data: bytes) -> Header | None:
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at, turned = 2, False
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker in _ALONE:
            continue
        size = _int(data, at, 2)
        if marker in _FRAMES:
            height, width = _int(data, at + 3, 2), _int(data, at + 5, 2)
            return Header("image/jpeg", *((height, width) if turned else (width, height)))
        if marker == 0xE1 and data[at + 2 : at + 8] == b"Exif\0\0":
            turned = _orientation(data[at + 8 : at + size]) in _TURNED
        at += size


def _orientation(exif: bytes) -> int:
    """How a picture is to be turned, 1 for not at all (TIFF 6.0, tag 274)."""
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(exif[:4])
    if order is None:
        return 1
    try:
        start = _int(exif, 4, 4, order)
        for entry in range(_int(exif, start, 2, order)):
            at = start + 2 + 12 * entry
            if _int(exif, at, 2, order) == 274:
                return _int(exif, at + 8, 2, order)
    except IndexError:
        pass
    return 1


def _webp(data: bytes) -> Header | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        moves, turned = bool(data[20] & 2), False
        if data[20] & 8 and (at := data.rfind(b"EXIF")) > 0:
            exif = data[at + 8 :].removeprefix(b"Exif\0\0")
            turned = _orientation(exif) in _TURNED
        width, height = _int(data, 24, 3, "little") + 1, _int(data, 27, 3, "little") + 1
        return Header("image/webp", *((height, width) if turned else (width, height)), moves)
    if kind == b"VP8L":
        bits = _int(data, 21, 4, "little")
        return Header("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    return Header("image/webp", _int(data, 26, 2, "little") & 0x3FFF, _int(data, 28, 2, "little") & 0x3FFF)


def _avif(data: bytes) -> Header | None:
    brands = data[8 : 8 + 24]
    if data[4:8] != b"ftyp" or not (b"avif" in brands or b"avis" in brands):
        return None
    at = data.find(b"ispe")  # the extent of an image item (ISO/IEC 23008-12)
    if at < 0:
        raise ValueError("no size")
    width, height = _int(data, at + 8, 4), _int(data, at + 12, 4)
    turn = data.find(b"irot")
    turned = turn > 0 and bool(_int(data, turn + 4, 1) & 1)
    return Header("image/avif", *((height, width) if turned else (width, height)), b"avis" in brands)


class _Found(Exception):
    """The first element has been read."""


def _svg(data: bytes) -> Header | None:
    if b"<svg" not in data[:4096] and b":svg" not in data[:4096]:
        return None
    from xml.parsers import expat

    seen: list[tuple[str, dict[str, str]]] = []

    def first(name: str, attributes: dict[str, str]) -> None:
        seen.append((name, attributes))
        raise _Found

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = first
    try:
        parser.Parse(data, True)
    except _Found:
        pass
    except expat.ExpatError:
        raise ValueError("no XML") from None
    name, given = seen[0]
    if name.rpartition(" ")[2] != "svg":
        return None
    box = [float(part) for part in re.split(r"[\s,]+", given.get("viewBox", "").strip()) if part]
    wide, high = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    width, height = _length(given.get("width")), _length(given.get("height"))
    if not width and not height:
        width, height = wide, high
    elif wide and high:
        width, height = width or height * wide / high, height or width * high / wide
    # Without any size a browser takes this one (CSS Images 3, 5.1).
    return Header("image/svg+xml", round(width or 300), round(height or 150), drawn=True)


def _length(text: str | None) -> float:
    """A length in pixels; 0 for none, and for a share of what is around it."""
    match = _LENGTH.fullmatch(text or "")
    return float(match[1]) * _UNITS[match[2]] if match else 0.0


_READERS: tuple[Callable[[bytes], Header | None], ...] = (_png, _jpeg, _gif, _webp, _avif, _svg)
