"""The pictures that a ninjs item brings: its associations and its own renditions."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model import Image
from sitegen.seeds.escape import squeeze
from sitegen.seeds.formats.markup import is_address, words_of
from sitegen.seeds.formats.ninjs_fields import (
    NO_STANDFIRST,
    Node,
    byline,
    headline,
    named,
    source,
    string,
    wordings,
)

_WIDEST = 2000  # pixels: wider ones are for print


def pictures(node: Node) -> Iterator[Image]:
    """The pictures that go with an article, those of galleries too, then its own renditions."""
    for key, item in named(node.get("associations")):
        about = f"{key} {string(item.get('rel'))}".lower()
        if item.get("type") in (None, "picture", "graphic") and "logo" not in about:
            yield from _picture(item)
        yield from pictures({"associations": item.get("associations")})
    if "renditions" in node:
        yield from _picture({"renditions": node["renditions"]})


def _picture(item: Node) -> Iterator[Image]:
    usable = [image for _, image in named(item.get("renditions")) if _is_picture(image)]
    if not usable:
        return
    best = max(usable, key=_fitness)
    texts = wordings(item, "description", "descriptions")
    roles = {text.role.lower(): words_of(text.value) for text in reversed(texts)}
    caption = next((words_of(text.value) for text in texts if text.role.lower() not in NO_STANDFIRST), "")
    credit = roles.get("creditline") or roles.get("credit") or byline(item) or source(item)
    yield Image(
        src=squeeze(string(best.get("href"))),
        alt=roles.get("alttext") or roles.get("alt") or headline(item),
        caption=roles.get("caption") or caption or None,
        credit=credit or None,
    )


def _is_picture(rendition: Node) -> bool:
    kind = (string(rendition.get("contenttype")) or string(rendition.get("mimetype"))).lower()
    return is_address(string(rendition.get("href"))) and (not kind or kind.startswith("image/"))


def _fitness(rendition: Node) -> tuple[bool, float]:
    """The widest that a page can use; wider than that, the least wide."""
    width = rendition.get("width")
    pixels = float(width) if isinstance(width, int | float) else 1.0
    return pixels <= _WIDEST, pixels if pixels <= _WIDEST else -pixels
