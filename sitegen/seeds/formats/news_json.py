"""News in JSON: IPTC ninjs, and schema.org's NewsArticle as JSON-LD, alone, in a list or in a @graph."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitegen.errors import Problem, SeedError
from sitegen.model import Image
from sitegen.seeds.decode import decode
from sitegen.seeds.formats import ninjs, schema_org
from sitegen.seeds.formats.markup import Markup, distinct, is_address, take_apart, words_of
from sitegen.seeds.formats.story import Piece, Story, extracted, prose
from sitegen.seeds.found import Extracted

_LONG_INTEGER = 18  # digits: longer ones are read as floats; the longest int() refuses


def extract(data: bytes, name: str) -> Extracted:
    """The article in a JSON file; `name` is the seed's path, for messages.

    Raises SeedError: seed-json (no JSON), seed-format (another kind of JSON), seed-no-article (a picture,
    a package, or an article without its text).
    """
    decoded = decode(data)
    try:
        value = _parsed(decoded.text, name)
        story = _from_schema_org(value, name) or _from_ninjs(value, name)
    except RecursionError:
        raise SeedError(
            "brackets in brackets, deeper than any article needs", code="seed-json", path=name,
            hint="export the article again; a news item is nested about ten levels deep",
        ) from None  # fmt: skip
    if story is None:
        raise SeedError(
            "JSON, but not of a kind that holds an article", code="seed-format", path=name,
            hint="a .json seed is IPTC ninjs or a schema.org NewsArticle (JSON-LD); paste others as .txt",
        )  # fmt: skip
    doubt = () if decoded.sure else (_doubt(name, decoded.encoding),)
    return replace(extracted(story), encoding=decoded.encoding, problems=(*doubt, *story.problems))


def _parsed(text: str, name: str) -> object:
    try:
        return json.loads(
            text, parse_int=lambda digits: float(digits) if len(digits) > _LONG_INTEGER else int(digits)
        )
    except json.JSONDecodeError as error:
        raise SeedError(
            f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}", code="seed-json", path=name,
            line=error.lineno, column=error.colno, source=text.split("\n")[error.lineno - 1].rstrip("\r"),
            hint="a comma, a quotation mark or a bracket is missing or too many, here or just before",
        ) from None  # fmt: skip


def _from_ninjs(value: object, name: str) -> Story | None:
    items = ninjs.find(value)
    if not items:
        return None
    with_text = [item for item in items if ninjs.has_text(item)] if len(items) > 1 else items
    story = ninjs.story((with_text or items)[0], name)
    return _with_warning(story, len(with_text), name)


def _from_schema_org(value: object, name: str) -> Story | None:
    nodes = schema_org.articles_in(value)
    if not nodes:
        return None
    bodies = [_body(node) for node in nodes]
    with_text = [pair for pair in zip(nodes, bodies, strict=True) if prose(pair[1].pieces)]
    node, body = with_text[0] if with_text else (nodes[0], bodies[0])
    meta = schema_org.meta_of(node)
    title, standfirst = (str(meta.pop(key, "")) for key in ("title", "standfirst"))
    if not with_text and standfirst:
        body, standfirst = Markup((Piece(standfirst, "body", "description: the only text"),)), ""
    if not prose(body.pieces):
        raise SeedError(
            "this NewsArticle has no articleBody", code="seed-no-article", path=name,
            hint="save the page itself as .html, or paste the article into a .txt seed",
        )  # fmt: skip
    images = distinct(_images(meta.pop("images", [])), body.images)
    return _with_warning(
        Story(title, standfirst, "", body.pieces, images, meta | _spoken_of(node)), len(with_text), name
    )


def _body(node: Mapping[str, object]) -> Markup:
    """`articleBody`, or `text`, which every CreativeWork may have."""
    for key in ("articleBody", "text"):
        value = node.get(key)
        parts = [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, str)]
        if any(part.strip() for part in parts):
            return take_apart("\n\n".join(parts))
    return Markup(())


def _images(found: object) -> list[Image]:
    items = [item for item in found if isinstance(item, Mapping)] if isinstance(found, Sequence) else []
    made = [image for item in items if is_address((image := Image(**item)).src)]
    told = [image for image in made if image.caption or image.alt]
    return told or made[:1]  # a list without words is mostly one picture in several shapes


def _spoken_of(node: Mapping[str, object]) -> dict[str, object]:
    """The people and organisations that the article is about or mentions, and its place and rights."""
    found: dict[str, list[str]] = {"people": [], "organisations": []}
    for key in ("about", "mentions"):
        value = node.get(key)
        for thing in value if isinstance(value, list) else [value]:
            if not isinstance(thing, Mapping) or not isinstance(name := thing.get("name"), str):
                continue
            types = schema_org.types_of(thing)
            kind = "people" if "Person" in types else "organisations" if any(map(_is_group, types)) else ""
            if kind and words_of(name) not in found[kind]:
                found[kind].append(words_of(name))
    said = {ours: node.get(theirs) for ours, theirs in _WORDS.items()}
    return {**found, **{key: words_of(value) for key, value in said.items() if isinstance(value, str)}}


_WORDS = {
    "dateline": "dateline",
    "copyright": "copyrightNotice",
    "license": "license",
    "usage_terms": "usageInfo",
}


def _is_group(kind: str) -> bool:
    return kind.endswith(("Organization", "Business", "Corporation", "Team"))


def _with_warning(story: Story, articles: int, name: str) -> Story:
    if articles < 2:
        return story
    problem = Problem(
        f"{articles} articles in one file: only the first is converted", "seed-many-articles", name,
        hint="give each of the others a file of its own", severity="warning",
    )  # fmt: skip
    return replace(story, problems=(*story.problems, problem))


def _doubt(name: str, encoding: str) -> Problem:
    return Problem(
        f"not all of it is UTF-8: read as {encoding}", "seed-encoding", name,
        hint="JSON is UTF-8: look for odd letters in the article", severity="warning",
    )  # fmt: skip
