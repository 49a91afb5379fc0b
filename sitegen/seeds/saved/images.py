"""The pictures of an article with their captions, alternative words and credits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sitegen.markdown import safe_url
from sitegen.model import Image
from sitegen.seeds.escape import squeeze
from sitegen.seeds.saved.facts import absolute
from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.tree import Element
from sitegen.seeds.structure.captions import is_credit
from sitegen.seeds.structure.page import Given, lines

_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-hi-res-src",
    "data-full-src",
    "data-original-src",
)
_SIZED = re.compile(r"\s*(\S+?)(?:\s+([\d.]+)[wx])?\s*(?:,\s|,?\Z)")
_MOST = 200  # pictures
_MOST_WORDS = 10  # of a credit
_SMALLEST = 100  # pixels: below it stand icons, faces and pixels that count
_NO_PICTURE = re.compile(
    r"\b(?:avatar|gravatar|logo|icon|icons|emoji|pixel|spacer|sprite|badge)\b", re.IGNORECASE
)
_THING = r"(?:(?:all|top|main|lead|file) )?(?:photo(?:graph)?|image|picture|illustration)s?"
_CREDIT = re.compile(
    rf"\s*[(\[|]?\s*(?:\b{_THING}\s*(?:credit|by|courtesy of)?\s*[:/]|\bcredit\s*:|©|\b{_THING} by\b"
    r"|(?<=[a-z.”\")])Credit(?=[A-Z]))\s*(?P<who>[^()\[\]]{2,90}?)[)\]]?\.?\s*\Z",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"[(\[\s]*(?:{_THING}(?: credit| by| courtesy of)?|credit)\s*[:/]?\s*|©\s*",
    re.IGNORECASE,
)
_CREDIT_BOX = re.compile(r"credit|copyright|attribution|source|photographer|byline", re.IGNORECASE)


def images(found: Sequence[tuple[Part, Given]], lead: Sequence[Image], base: str | None) -> tuple[Image, ...]:
    """The article's pictures in order, each once; `lead` are those that the page names in its head.

    Only addresses on the web are kept, as they stand; nothing is loaded.
    """
    made: dict[str, Image] = {}
    below = _below(found)
    pictures = [part for part, given in found if part.kind == "picture" and given.label == "caption"]
    for part in pictures[:_MOST]:
        if image := _image(part.element, base, below[part.element]):
            kept = made.get(_same(image.src))
            made[_same(image.src)] = image if kept is None or (image.caption and not kept.caption) else kept
    rest = [image for image in lead[:1] if _same(image.src) not in made and not made]
    return (*rest, *made.values())


def _same(src: str) -> str:
    """The part of an address that is the same for every size of a picture."""
    return re.sub(r"[-_]\d+x\d+(?=\.\w+\Z)", "", src.split("?")[0])


def _below(found: Sequence[tuple[Part, Given]]) -> dict[Element, list[str]]:
    """Each picture → the captions that are the next things to be seen below it."""
    below: dict[Element, list[str]] = {}
    of_picture: list[str] = []
    for part, given in found:
        if part.kind == "picture" or given.label != "caption":
            of_picture = []
        if part.kind == "picture":
            below[part.element] = of_picture
        elif given.label == "caption":
            of_picture.append(part.text)
    return below


def _image(element: Element, base: str | None, below: Sequence[str]) -> Image | None:
    src = absolute(_source(element), base) if _source(element) else None
    if not src or not safe_url(src) or _is_small(element):
        return None
    caption, credit = _said(element, below)
    alt = squeeze(element.get("alt") or "")
    return Image(src, alt, caption or None, credit or None)


def _source(element: Element) -> str:
    """A picture's address, behind the tricks that load it late; of several sizes the largest."""
    for name in (*_LAZY, "src"):
        value = (element.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return value
    sets = [element.get("srcset") or element.get("data-srcset") or ""]
    above = element.getparent()
    if above is not None and above.tag == "picture":
        sets += [source.get("srcset") or source.get("data-srcset") or "" for source in above.iter("source")]
    sized = [(float(size or 1), src) for value in sets for src, size in _sizes(value)]
    return max(sized)[1] if sized else ""


def _sizes(value: str) -> Iterable[tuple[str, str]]:
    return [(src, size) for src, size in _SIZED.findall(value) if not src.startswith("data:")]


def _is_small(element: Element) -> bool:
    sizes = [element.get(name) or "" for name in ("width", "height")]
    small = any(
        size.removesuffix("px").isdecimal() and int(size.removesuffix("px")) < _SMALLEST for size in sizes
    )
    above = element.getparent()
    names = " ".join(
        f"{one.get('class') or ''} {one.get('id') or ''}" for one in (element, above) if one is not None
    )
    return small or bool(_NO_PICTURE.search(re.sub(r"[_-]", " ", names)))


def _said(element: Element, below: Sequence[str]) -> tuple[str, str]:
    """The caption and the credit of a picture: of the figure around it, else of the captions `below` it."""
    figure = next((above for above in element.iterancestors("figure")), None)
    caption, credit = _of_figure(figure) if figure is not None else ("", "")
    if _is_alone(caption):
        caption, credit = "", credit or _who(caption)
    alone = [words for words in below if _is_alone(words) or (credit and words.endswith(credit))]
    described = [words for words in below if words not in alone]
    if not caption and described:
        caption, found = _parted(described[0])
        credit = credit or found
    return caption, credit or (_who(alone[0]) if alone else "")


def _is_alone(words: str) -> bool:
    """Whether the words of a caption are nothing but a credit."""
    return 0 < len(words.split()) <= _MOST_WORDS and is_credit(lines(words, [(0, len(words))])[0], "en")


def _of_figure(figure: Element) -> tuple[str, str]:
    inner = list(figure.iter("figcaption")) or [
        box for box in figure.iter("p", "div", "span") if "caption" in (box.get("class") or "").lower()
    ]
    words = squeeze(" ".join(" ".join(inner[0].itertext()).split())) if inner else ""
    boxed = [
        box
        for box in figure.iter()
        if isinstance(box.tag, str) and _CREDIT_BOX.search(box.get("class") or "")
    ]
    credit = squeeze(" ".join(boxed[-1].itertext())) if boxed else ""
    if credit and len(credit) < 120:
        return words.replace(credit, "").strip() if words != credit else "", _who(credit)
    return _parted(words)


def _parted(words: str) -> tuple[str, str]:
    """A caption, and the credit at its end."""
    found = _CREDIT.search(words)
    return (words[: found.start()].strip(), _who(found["who"])) if found else (words, "")


def _who(credit: str) -> str:
    """A credit without "Photo:" before it."""
    found = _LEAD.match(credit)
    return credit[found.end() if found else 0 :].strip("()[] ©")
