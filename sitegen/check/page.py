"""The HTML of one page → what it links to, shows and says of itself. Lines and columns count from 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

Use = Literal["link", "picture", "asset", "feed", "canonical"]


@dataclass(frozen=True, slots=True)
class Reference:
    """An address that a page names, as it is written there, and where."""

    use: Use
    address: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An img element; `alt` is None where the attribute is missing, `sized` whether it says its size."""

    address: str
    alt: str | None
    line: int
    column: int
    sized: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page. `path` is the file below the output folder; `size` its bytes; `ids` may repeat."""

    path: str
    size: int
    title: str
    description: str
    language: str
    headings: tuple[str, ...]
    ids: tuple[str, ...]
    references: tuple[Reference, ...]
    pictures: tuple[Picture, ...]
    hidden: bool = False  # robots are asked not to list it
    base: str = ""

    @property
    def address(self) -> str:
        """Where it is served, from the site's root: "a/index.html" is "/a/"."""
        return "/" + (self.path.removesuffix("index.html") if self.path.endswith("index.html") else self.path)


def read(path: str, data: bytes) -> Page:
    """What an HTML file says. Never raises: a browser shows any HTML, too."""
    reader = _Reader()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    return Page(
        path=path,
        size=len(data),
        title=" ".join("".join(reader.title).split()),
        description=reader.description,
        language=reader.language,
        headings=tuple(reader.headings),
        ids=tuple(reader.ids),
        references=tuple(reader.references),
        pictures=tuple(reader.pictures),
        hidden=reader.hidden,
    )


_LINK_KINDS: dict[str, Use] = {
    "stylesheet": "asset",
    "icon": "asset",
    "apple-touch-icon": "asset",
    "preload": "asset",
    "modulepreload": "asset",
    "manifest": "asset",
    "alternate": "feed",
    "canonical": "canonical",
    "next": "link",
    "prev": "link",
}
# element → the attributes that name an address, and what for
_ADDRESSES: dict[str, tuple[tuple[str, Use], ...]] = {
    "a": (("href", "link"),),
    "area": (("href", "link"),),
    "form": (("action", "link"),),
    "iframe": (("src", "link"),),
    "img": (("src", "picture"),),
    "source": (("src", "asset"),),
    "script": (("src", "asset"),),
    "audio": (("src", "asset"),),
    "video": (("src", "asset"), ("poster", "picture")),
    "blockquote": (("cite", "link"),),
}


@dataclass
class _Reader(HTMLParser):
    title: list[str] = field(default_factory=list)
    description: str = ""
    language: str = ""
    hidden: bool = False
    headings: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        line, column = self.getpos()
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "title" and not self.title:
            self.in_title = True
        elif tag == "html":
            self.language = given.get("lang", "")
        elif tag == "meta":
            self._meta(given)
            if given.get("property", "").lower() == "og:image":
                self._refer("picture", given.get("content"), line, column)
        elif tag == "link":
            kinds = (
                _LINK_KINDS[kind] for kind in given.get("rel", "").lower().split() if kind in _LINK_KINDS
            )
            if use := next(kinds, None):
                self._refer(use, given.get("href"), line, column)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(tag)
        elif tag == "img":
            sized = all(given.get(name, "").isdecimal() for name in ("width", "height"))
            self.pictures.append(Picture(given.get("src", ""), given.get("alt"), line, column + 1, sized))
        for name, use in _ADDRESSES.get(tag, ()):
            self._refer(use, given.get(name), line, column)
        for candidate in given.get("srcset", "").split(","):
            if candidate.strip():
                self._refer("picture", candidate.split()[0], line, column)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title.append(data)

    def _meta(self, given: dict[str, str]) -> None:
        name = given.get("name", "").lower()
        if name == "description":
            self.description = given.get("content", "").strip()
        elif name == "robots":
            self.hidden = "noindex" in given.get("content", "").lower()

    def _refer(self, use: Use, address: str | None, line: int, column: int) -> None:
        if address is not None and address.strip():
            self.references.append(Reference(use, address.strip(), line, column + 1))
