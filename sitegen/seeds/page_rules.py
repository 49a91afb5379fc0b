"""What each part of a page's article is: ordered tables of named rules. The first that fits wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from sitegen.model import Label
from sitegen.seeds.labels_alone import alone
from sitegen.seeds.page import Given, Line, lines
from sitegen.seeds.page_main import Place, around
from sitegen.seeds.page_parts import Part
from sitegen.seeds.page_title import bare
from sitegen.seeds.page_tree import Element

_DECK = re.compile(
    r"\b(?:dek|deck|standfirst|sub-?title|sub-?head(?:line|ing)?|sub-?line|summary|intro|lede?|abstract|excerpt)\b",
    re.IGNORECASE,
)
_SUBHEAD = re.compile(r"\b(?:sub-?head(?:ing|line)?|cross-?head(?:ing)?|inter-?title)s?\b", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"\b(?:requires?|enable|turn on|disabled) javascript\b|javascript is disabled", re.IGNORECASE
)
_RELATED = re.compile(
    r"(?:\W*(?:related|read more|read also|also read|see also|read next|more (?:on|from|coverage)"
    r"|don['’]t miss|watch|listen|click here|recommended|next up|up next)\b.{0,3}:?|more:)",
    re.IGNORECASE,
)
_GRAPHIC = re.compile(r"\W*(?:fig(?:ure)?|graphic|chart|table|box)\b", re.IGNORECASE)
PICTURE = Given("caption", "picture")


@dataclass(frozen=True, slots=True)
class Seen:
    """A part with all that the rules ask about it.

    `voted`: others take it for the article; `box`: what kind of box it stands in, "?…" where that is
    less sure; `outer`: the tags around it; `top`: it stands between headline and article; `known`: it
    says what the page says of itself (its description); `again`: it is the title once more; `home`: it
    stands where paragraphs of the article stand; `inside`: in the article's element; `line`: the part as
    a line of plain text.
    """

    part: Part
    line: Line
    voted: bool
    box: str
    outer: frozenset[str]
    top: bool
    known: bool
    again: bool
    home: bool
    inside: bool

    @property
    def name(self) -> str:
        """The names of its element and of the one around it."""
        above = self.part.element.getparent()
        near = (self.part.element,) if above is None else (self.part.element, above)
        return " ".join(re.sub(r"[_-]", " ", element.get("class") or "") for element in near)


Rule = Callable[[Seen], bool]


def labelled(parts: Sequence[Part], place: Place, title: str, about: str) -> list[tuple[Part, Given]]:
    """The parts from the headline to the end of the article with their labels, debris included.

    `about` is the page's own description of the article. Pictures have the label of captions.
    """
    within = set(place.main.iter())
    start = place.first if place.title is None else place.title + 1
    wanted, described = bare(title), bare(about)
    found: list[tuple[Part, Given]] = []
    for at in range(start, place.last + 1):
        part, top = parts[at], at < place.first
        if part.element not in within and not top:
            continue
        if part.kind == "picture":
            kind, outer = around(part.element, place)
            if not (kind and not kind.startswith("?")) and "aside" not in outer:
                found.append((part, PICTURE))
            continue
        kind, outer = around(part.element, place)
        (line,) = lines(part.text, [(0, len(part.text))])
        words = bare(part.text)
        known, again = bool(words) and words == described, bool(words) and words == wanted
        seen = Seen(
            part, line, place.voted(at), kind, outer, top, known, again,
            home=_is_home(part, place), inside=part.element in within,
        )  # fmt: skip
        found.append((part, given(seen)))
    return found


def _is_home(part: Part, place: Place) -> bool:
    """Whether a part stands beside paragraphs of the article; an item where its list does."""
    element = part.element
    if part.kind in ("item", "row", "quote"):
        above = (one for one in element.iterancestors("ul", "ol", "dl", "table", "blockquote"))
        element = next(above, element)
    return element in place.homes or element.getparent() in place.homes or place.shares.get(element, 0.0) > 0


def given(seen: Seen) -> Given:
    """The label of one part."""
    tables = (_ABOVE if seen.top else _WITHIN, None, _KEPT if not seen.top else ())
    for rules in tables:
        if rules is None:
            plain = alone(seen.line, "en")
            if plain and not _outweighs(seen, plain):
                return plain
            continue
        for name, label, rule in rules:
            if rule(seen):
                return Given(label, name)
    return Given("debris", "between headline and article" if seen.top else "no sentence")


def _outweighs(seen: Seen, plain: Given) -> bool:
    """Whether the page knows better than the line alone: prose, items and quotes of the article."""
    long = seen.line.prose and seen.line.count > 25
    if seen.part.kind in ("quote", "row"):
        return True
    return seen.voted and (long or seen.part.kind == "item" or plain.rule in _WEAK)


# Rules for pasted text whose signs mean less where the page itself says what is article.
_WEAK = frozenset(("reading time", "link in brackets", "picture counter", "follow us"))


def _is_again(seen: Seen) -> bool:
    return seen.again


def _is_caption(seen: Seen) -> bool:
    return seen.part.kind == "caption" or "figure" in seen.outer or seen.box == "?caption"


def _in_sure_box(seen: Seen) -> bool:
    tweet = seen.part.kind == "quote" and seen.box == "share buttons"
    return bool(seen.box) and not seen.box.startswith("?") and not tweet


def _in_doubtful_box(seen: Seen) -> bool:
    return seen.box.startswith("?") and not (seen.voted and seen.line.prose and seen.part.linked < 0.5)


def _in_aside(seen: Seen) -> bool:
    return bool(seen.outer & {"aside", "footer"}) and seen.part.kind != "quote"


def _linked_heading(seen: Seen) -> bool:
    return seen.part.kind == "heading" and seen.part.linked > 0.9 and not seen.voted


def _linked_line(seen: Seen) -> bool:
    whole = seen.part.linked > 0.9 and seen.part.kind in ("text", "quote")
    return whole and (not seen.line.prose or seen.line.upper)


def _is_related(seen: Seen) -> bool:
    return seen.part.linked > 0.4 and bool(_RELATED.match(seen.part.text))


def _is_link_list(seen: Seen) -> bool:
    """An item of a list that holds nothing but headlines to click on."""
    if seen.part.kind != "item" or seen.part.linked < 0.9:
        return False
    whole = next(seen.part.element.iterancestors("ul", "ol", "dl"), None)
    items = [] if whole is None else [bare(" ".join(item.itertext())) for item in whole.iter("li", "dd")]
    linked = 0 if whole is None else sum(len(bare(" ".join(link.itertext()))) for link in whole.iter("a"))
    letters = sum(map(len, items))
    return (
        len(items) > 0
        and linked > 0.9 * letters
        and sum(len(item.split()) for item in items) >= 4 * len(items)
    )


def _is_scripted(seen: Seen) -> bool:
    return seen.line.count <= 25 and bool(_SCRIPTED.search(seen.part.text))


def _under_picture(seen: Seen) -> bool:
    """The only words in a small box that holds a picture, and not a sentence."""
    if seen.part.kind != "text" or seen.line.count > 30 or (seen.line.ends and seen.line.count > 12):
        return False
    above = (seen.part.element, *islice(seen.part.element.iterancestors(), 2))
    boxed = next((one for one in above if next(one.iter("img"), None) is not None), None)
    return boxed is not None and _holds_only(boxed, len(seen.part.text) + 20)


def _holds_only(element: Element, letters: int) -> bool:
    """Whether an element has no more letters than that. Stops when it knows."""
    count = 0
    for words in element.itertext():
        count += len(words.strip())
        if count > letters:
            return False
    return True


def _is_deck(seen: Seen) -> bool:
    likely = seen.known or seen.part.kind == "heading" or bool(_DECK.search(seen.name))
    return likely and 4 <= seen.line.count <= 80 and seen.part.linked < 0.5 and not seen.box.startswith("?")


def _opens(seen: Seen) -> bool:
    if seen.part.kind != "text" or not seen.line.prose or seen.line.count < 12 or seen.box:
        return False
    return (seen.voted and seen.part.linked < 0.8) or (seen.inside and seen.part.linked < 0.5)


Table = tuple[tuple[str, Label, Rule], ...]

_WITHIN: Table = (
    ("the title again", "debris", _is_again),
    ("caption of a figure", "caption", _is_caption),
    ("caption under a picture", "caption", _under_picture),
    ("in a box that is not the article's", "debris", _in_sure_box),
    ("beside the article", "debris", _in_aside),
    ("in a box that is not the article's", "debris", _in_doubtful_box),
    ("a heading that is a link", "debris", _linked_heading),
    ("a line that is a link", "debris", _linked_line),
    ("list of links", "debris", _is_link_list),
    ("related links", "debris", _is_related),
    ("needs a script", "debris", _is_scripted),
)
_ABOVE: Table = (
    ("the title again", "debris", _is_again),
    ("caption of a figure", "caption", _is_caption),
    ("in a box that is not the article's", "debris", _in_sure_box),
    ("beside the article", "debris", _in_aside),
    ("deck below the headline", "standfirst", _is_deck),
    ("paragraph before the article", "body", _opens),
)


def _is_heading(seen: Seen) -> bool:
    return seen.part.kind == "heading"


def _is_item(seen: Seen) -> bool:
    return seen.part.kind == "item" and (seen.voted or (seen.part.linked < 0.5 and seen.home))


def _is_quote(seen: Seen) -> bool:
    return seen.part.kind == "quote"


def _is_prose(seen: Seen) -> bool:
    return seen.voted or (seen.line.prose and seen.part.linked < 0.5 and seen.home)


def _is_row(seen: Seen) -> bool:
    return seen.part.kind == "row" and seen.part.linked < 0.7


def _is_code(seen: Seen) -> bool:
    return seen.part.kind == "code"


def _is_named_heading(seen: Seen) -> bool:
    short = seen.line.count <= 15 and seen.part.linked < 0.5 and seen.home
    bold = seen.part.bold and not seen.line.ends and seen.part.kind == "text"
    return short and (bold or bool(_SUBHEAD.search(seen.name)))


_KEPT: Table = (
    ("heading of the page", "subhead", _is_heading),
    ("set like a heading", "subhead", _is_named_heading),
    ("item of a list", "list", _is_item),
    ("block quote", "quote", _is_quote),
    ("row of a table", "body", _is_row),
    ("code", "body", _is_code),
    ("paragraph of the article", "body", _is_prose),
)
