"""A file, standard input or an address → one seed. Nothing that exists is written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date as Day
from pathlib import Path
from typing import Any

from sitegen import frontmatter, records
from sitegen.config import ConvertConfig
from sitegen.errors import FetchError, UsageError
from sitegen.fetch import addresses, seed
from sitegen.fetch.client import Client
from sitegen.output.disk import explained
from sitegen.seeds.decode import decode
from sitegen.seeds.formats.markup import words_of
from sitegen.seeds.new import create
from sitegen.seeds.read import ENDINGS, FORMATS, MARKDOWN
from sitegen.slugs import slugify

_PAGES = (".html", ".htm")
_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "": ".html",
    "text/plain": ".txt", "text/markdown": MARKDOWN,
    "application/json": ".json", "application/ld+json": ".json",
}  # fmt: skip
_STARTS = ((b"<!doctype", ".html"), (b"<html", ".html"), (b"{", ".json"), (b"[{", ".json"))
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the editor says of a seed: each field is a key of its front matter."""

    title: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    date: Day | None = None
    topics: tuple[str, ...] = ()
    rights: str | None = None

    @property
    def matter(self) -> dict[str, Any]:
        given = {item.name: records.plain(getattr(self, item.name)) for item in fields(self)}
        return {key: value for key, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class _Raw:
    """Bytes with a name for them and the ending that says what they are."""

    stem: str
    ending: str
    data: bytes
    said: Mapping[str, Any]


def add(
    root: Path, given: str, wish: Wish, *, client: Client, limits: ConvertConfig, stdin: bytes | None = None,
    name: str | None = None,
) -> str:  # fmt: skip
    """Write one seed and return its path from `root`. `given` is a file's path, "-" for `stdin`, or an
    address; `name` is its name, with or without an ending.

    Raises UsageError: add-missing, add-kind, add-empty, add-binary, add-too-large, add-exists, add-matter;
    OutputError; FetchError.
    """
    raw = _raw(given, stdin, client, limits)
    stem, _, ending = (name or "").rpartition(".")
    if name and f".{ending.lower()}" in ENDINGS and stem:
        raw = _Raw(slugify(stem), f".{ending.lower()}", raw.data, raw.said)
    elif name:
        raw = _Raw(slugify(name), raw.ending, raw.data, raw.said)
    _check(raw, limits)
    data = _told({**raw.said, **wish.matter}, raw)
    path = f"seeds/{client.now.year:04}/{raw.stem}{raw.ending}"
    with explained("the seed cannot be written"):
        made = create(root / path, data)
    if not made:
        raise UsageError(
            "there is a seed of this name; nothing was changed", code="add-exists", path=path,
            hint="--name gives the new one another name",
        )  # fmt: skip
    return path


def _raw(given: str, stdin: bytes | None, client: Client, limits: ConvertConfig) -> _Raw:
    if given == "-":
        data = stdin or b""
        start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower()
        ending = next((ending for sign, ending in _STARTS if start.startswith(sign)), ".txt")
        return _Raw(_stem_of(data, ending), ending, data, {})
    if given.lower().startswith(("http://", "https://")):
        return _page(given, client, limits)
    path = Path(given)
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{given}: a seed is a file that ends in {', '.join(ENDINGS)}", code="add-kind",
            hint="save it as plain text; or give an address with http:// or https://",
        )  # fmt: skip
    try:
        with path.open("rb") as file:
            data = file.read(max(limits.max_page_bytes, limits.max_text_bytes) + 1)
    except OSError as error:
        raise UsageError(f"{given} cannot be read: {error.strerror or error}", code="add-missing") from None
    return _Raw(slugify(path.stem), path.suffix.lower(), data, {})


def _page(url: str, client: Client, limits: ConvertConfig) -> _Raw:
    answer = client.get(url, limit=limits.max_page_bytes)
    ending = _KINDS.get(answer.kind)
    if ending is None:
        raise FetchError(
            f"{addresses.read(url).url} is no article but {answer.kind}", code="fetch-type",
            hint="give the address of the page itself",
        )  # fmt: skip
    said = {"url": answer.url, "fetched": {"at": client.now.date()}} if ending not in (".json",) else {}
    data = seed.kept(answer)
    stem = seed.stem_of(answer) if ending == ".html" else slugify(url.rstrip("/").rpartition("/")[2], "page")
    return _Raw(stem, ending, data, said)


def _stem_of(data: bytes, ending: str) -> str:
    """A name from what the text begins with."""
    text = decode(data[:100_000]).text
    if ending == ".html":
        return slugify(seed.title_in(text), "page")
    lines = (words_of(line).strip("#* ") for line in frontmatter.split(text).body.splitlines())
    return slugify(next((line for line in lines if line), ""), "seed") if ending == ".txt" else "seed"


def _check(raw: _Raw, limits: ConvertConfig) -> None:
    limit = limits.max_page_bytes if raw.ending in FORMATS else limits.max_text_bytes
    if not raw.data.strip():
        raise UsageError("there is nothing in it", code="add-empty")
    if b"\0" in raw.data and not raw.data.startswith(_WIDE_MARKS):
        raise UsageError("this is not text", code="add-binary", hint="save it as plain text in UTF-8")
    if len(raw.data) > limit:
        raise UsageError(
            f"larger than a seed may be ({limit:,} bytes)", code="add-too-large",
            hint="cut it, or raise convert.max_text_bytes in sitegen.yaml",
        )  # fmt: skip


def _told(matter: dict[str, Any], raw: _Raw) -> bytes:
    """The bytes with what is said of them on top; exactly the bytes where nothing is."""
    if not matter:
        return raw.data
    if raw.ending in _PAGES:
        return seed.with_matter(matter, raw.data)
    if raw.ending in FORMATS:
        raise UsageError(
            f"a {raw.ending} seed says everything itself", code="add-matter",
            hint="leave the options out, and correct the article that `sitegen convert` makes",
        )  # fmt: skip
    there, body = frontmatter.load(decode(raw.data).text)
    return frontmatter.dump({**there, **matter}, body).encode()
