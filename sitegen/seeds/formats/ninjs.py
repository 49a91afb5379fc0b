"""IPTC ninjs ("news in JSON"), versions 1.0 to 3.x → a story.

https://iptc.org/standards/ninjs/ and the schemas at https://iptc.org/std/ninjs/. The versions differ in
the names of things more than in the things: 1.x has `body_text` and `body_xhtml`, `byline`, `person`,
and objects by name; 2.x has `bodies`, `by`, `people`, and lists; 3.x writes the same in camel case.
All names are read in small letters here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date as Day
from datetime import datetime

from sitegen.errors import Problem, SeedError
from sitegen.seeds.formats import schema_org
from sitegen.seeds.formats.markup import Markup, distinct, is_address, take_apart, words_of
from sitegen.seeds.formats.ninjs_fields import (
    NO_STANDFIRST,
    Node,
    byline,
    first_mapping,
    headline,
    mappings,
    names,
    source,
    string,
    wordings,
)
from sitegen.seeds.formats.ninjs_pictures import pictures
from sitegen.seeds.formats.story import Piece, Story, prose
from sitegen.seeds.structure import bylines

_SIGNS = ("bodies", "headlines")  # nothing else has these names
_WITH_URI = (
    "type", "headline", "versioncreated", "firstcreated", "pubstatus", "representationtype", "descriptions",
    "renditions", "associations", "slugline", "standard", "$standard",
)  # fmt: skip
_NATURES = {
    "picture": "a picture", "graphic": "a graphic", "video": "a video", "audio": "a sound recording",
    "composite": "a package of other items", "event": "an event", "planning": "a plan of coverage",
}  # fmt: skip
_ENOUGH = 0.8  # of the longest body's words: below, a body is a summary or a teaser


def find(value: object) -> list[Node]:
    """The ninjs items of a JSON value, itself or the members of a list, their keys in small letters."""
    items = value if isinstance(value, list) else [value]
    nodes = [_lowered(item) for item in items if isinstance(item, Mapping)]
    return [node for node in nodes if isinstance(node, Mapping) and _is_item(node)]


def story(node: Node, name: str) -> Story:
    """The article of an item as `find` gives it; `name` is the seed's, for messages.

    Raises SeedError seed-no-article where the item is a picture, a package, or has no text.
    """
    description = _description(node)
    body = _body(node)
    if not prose(body.pieces) and description and node.get("type") in (None, "text", "component"):
        body, description = Markup((Piece(description, "body", "description: the only text"),)), ""
    if not prose(body.pieces):
        raise _no_article(node, name)
    return Story(
        title=headline(node),
        standfirst=description,
        by=byline(node),
        pieces=body.pieces,
        images=distinct(pictures(node), body.images),
        meta=_meta(node),
        problems=tuple(_warnings(node, name)),
    )


def has_text(node: Node) -> bool:
    return bool(prose(_body(node).pieces))


def _no_article(node: Node, name: str) -> SeedError:
    nature = _NATURES.get(str(node.get("type")), "an item")
    return SeedError(
        f"this ninjs file holds {nature} without text", code="seed-no-article", path=name,
        hint="take the text item that it belongs to as the seed; a picture goes into `images:` or static/",
    )  # fmt: skip


def _lowered(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key).lower(): _lowered(item) for key, item in value.items()}
    return [_lowered(item) for item in value] if isinstance(value, list) else value


def _is_item(node: Node) -> bool:
    has_uri = isinstance(node.get("uri"), str) and any(key in node for key in _WITH_URI)
    return has_uri or any(key in _SIGNS or key.startswith("body_") for key in node)


# ---------------------------------------------------------------- words


def _description(node: Node) -> str:
    texts = wordings(node, "description", "descriptions")
    said = (words_of(text.value) for text in texts if text.role.lower() not in NO_STANDFIRST)
    return next(filter(None, said), "")


def _body(node: Node) -> Markup:
    """The best of the bodies: markup before plain text, but none that is much shorter than another."""
    ranked = [(_rank(text.kind), text.value) for text in wordings(node, "body", "bodies")]
    found = [(rank, take_apart(value, rank != _PLAIN)) for rank, value in ranked if rank <= _PLAIN]
    found = [item for item in found if prose(item[1].pieces)]
    found = found or [(rank, take_apart(value, True)) for rank, value in ranked if rank > _PLAIN]
    longest = max((prose(body.pieces) for _, body in found), default=0)
    whole = [(rank, body) for rank, body in found if prose(body.pieces) >= _ENOUGH * longest]
    return min(whole, key=lambda item: item[0])[1] if whole else Markup(())


_PLAIN, _OTHER_XML = 2, 3


def _rank(kind: str) -> int:
    """The order of choice by media type, or by the end of a key's name in ninjs 1.x."""
    if "html" in kind or "rich" in kind:
        return 0
    if "nitf" in kind:
        return 1  # IPTC's own markup
    return _OTHER_XML if "xml" in kind else _PLAIN


# ---------------------------------------------------------------- facts


def _meta(node: Node) -> dict[str, object]:
    by = byline(node)
    date, updated = _dates(node)
    rights = first_mapping(node.get("rightsinfo"))
    meta: dict[str, object] = {
        "author": _authors(by),
        "date": date,
        "updated": updated,
        "url": _url(node),
        "source": source(node),
        "language": string(node.get("language")),
        "dateline": words_of(string(node.get("located"))),
        "topics": names(node, "subjects", "subject"),
        "people": names(node, "people", "person"),
        "organisations": names(node, "organisations", "organisation"),
        "copyright": words_of(string(node.get("copyrightnotice"))),
        "usage_terms": words_of(string(node.get("usageterms"))),
        "rights_info": string(rights.get("linkedrights")) or string(rights.get("encodedrights")),
        "editorial_note": words_of(string(node.get("ednote"))),
    }
    return {key: value for key, value in meta.items() if value}


def _authors(by: str) -> list[str]:
    """The names in a byline. That it is one is sure here, so an odd name counts too."""
    parts = [part.strip() for part in _AND.split(by) if part.strip()]
    return list(dict.fromkeys(name for part in parts for name in bylines.names(part, "en") or [part]))


_AND = re.compile(r"\s(?:and|&)\s|;", re.IGNORECASE)


def _dates(node: Node) -> tuple[Day | None, Day | None]:
    """When it was published and changed. Before the end of an embargo it is not: then that is its date."""
    made = [schema_org.when(node.get(key)) for key in ("firstcreated", "contentcreated", "versioncreated")]
    first = next((when for when in made if when), None)
    embargo = schema_org.when(node.get("embargoeduntil")) or schema_org.when(node.get("embargoed"))
    date = embargo if embargo and (first is None or _is_later(embargo, first)) else first
    version = made[-1]
    return date, version if version and date and _is_later(version, date) else None


def _is_later(one: Day, other: Day) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return _day(one) > _day(other)


def _day(when: Day) -> Day:
    return when.date() if isinstance(when, datetime) else when


def _url(node: Node) -> str | None:
    """The item's address on the web, if it has one: `uri` is a name, and often no address."""
    ids = node.get("altids")
    by_role = dict(ids) if isinstance(ids, Mapping) else {}
    by_role |= {string(item.get("role")).lower(): item.get("value") for item in mappings(ids)}
    said = [string(by_role.get(role)) for role in ("canonical", "url", "web", "link")]
    return next((url for url in [*said, string(node.get("uri"))] if is_address(url)), None)


def _warnings(node: Node, name: str) -> Iterator[Problem]:
    status = string(node.get("pubstatus")).lower()
    if status not in ("", "usable"):
        yield Problem(
            f"its agency marks this item as {status}", "seed-not-usable", name, severity="warning",
            hint="ask the agency before you publish it; `status: draft` in the article keeps it back",
        )  # fmt: skip
