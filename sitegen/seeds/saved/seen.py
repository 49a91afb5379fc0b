"""What the rules ask about a part of a page: worked out once, for the parts of the article alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.seeds.saved.main import Place, around
from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.title import bare
from sitegen.seeds.saved.tree import Element
from sitegen.seeds.structure.page import Line, lines

_HEADLINE = 4  # words, on average


@dataclass(frozen=True, slots=True)
class Seen:
    """A part with all that the rules ask about it.

    `line`: the part as a line of plain text; `voted`: others take it for the article; `box`: what kind
    of box it stands in, "?…" where that is less sure; `outer`: the tags around it; `top`: it stands
    between headline and article; `early`: no paragraph stands before it; `known`: it says what the page
    says of itself (its description); `again`: it is the title once more; `home`: it stands where
    paragraphs of the article stand; `inside`: in the article's element; `menu`: its list holds nothing
    but headlines to click on.
    """

    part: Part
    line: Line
    voted: bool
    box: str
    outer: frozenset[str]
    top: bool
    early: bool
    known: bool
    again: bool
    home: bool
    inside: bool
    menu: bool

    @property
    def own_name(self) -> str:
        """The names of its element alone."""
        return re.sub(r"[_-]", " ", self.part.element.get("class") or "")

    @property
    def name(self) -> str:
        """The names of its element and of the one around it."""
        above = self.part.element.getparent()
        near = (self.part.element,) if above is None else (self.part.element, above)
        return " ".join(re.sub(r"[_-]", " ", element.get("class") or "") for element in near)


@dataclass(frozen=True, slots=True)
class Looking:
    """A page being looked at; `menus` remembers which lists are menus."""

    parts: Sequence[Part]
    place: Place
    title: str
    about: str
    within: frozenset[Element]
    menus: dict[Element, bool]

    @classmethod
    def at(cls, parts: Sequence[Part], place: Place, title: str, about: str) -> Looking:
        return cls(parts, place, bare(title), bare(about), frozenset(place.main.iter()), {})

    def places(self) -> Iterator[int]:
        """The indexes of the parts from below the headline to the end of the article."""
        start = self.place.first if self.place.title is None else self.place.title + 1
        for at in range(start, self.place.last + 1):
            if at < self.place.first or self.parts[at].element in self.within:
                yield at

    def shows(self, picture: Part) -> bool:
        """Whether a picture is of the article, not of a box beside it."""
        box, outer = around(picture.element, self.place)
        return (not box or box.startswith("?")) and "aside" not in outer

    def seen(self, at: int, early: bool) -> Seen:
        part = self.parts[at]
        box, outer = around(part.element, self.place)
        (line,) = lines(part.text, [(0, len(part.text))])
        words = bare(part.text)
        return Seen(
            part=part,
            line=line,
            voted=self.place.voted(at),
            box=box,
            outer=outer,
            top=at < self.place.first,
            early=early,
            known=bool(words) and words == self.about,
            again=bool(words) and words == self.title,
            home=self._is_home(part),
            inside=part.element in self.within,
            menu=self._in_menu(part),
        )

    def _is_home(self, part: Part) -> bool:
        """Whether a part stands beside paragraphs of the article; an item where its list does."""
        element, place = part.element, self.place
        if part.kind in ("item", "row", "quote"):
            above = (one for one in element.iterancestors("ul", "ol", "dl", "table", "blockquote"))
            element = next(above, element)
        beside = element in place.homes or element.getparent() in place.homes
        return beside or place.shares.get(element, 0.0) > 0

    def _in_menu(self, part: Part) -> bool:
        """Whether a part's list holds nothing but headlines to click on."""
        whole = next(part.element.iterancestors("ul", "ol", "dl"), None) if part.kind == "item" else None
        if whole is None:
            return False
        if whole not in self.menus:
            items = [bare(" ".join(item.itertext())) for item in whole.iter("li", "dd")]
            linked = sum(len(bare(" ".join(link.itertext()))) for link in whole.iter("a"))
            headlines = sum(len(item.split()) for item in items) >= _HEADLINE * len(items)
            self.menus[whole] = headlines and linked > 0.9 * sum(map(len, items))
        return self.menus[whole]
