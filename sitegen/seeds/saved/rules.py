"""What each part of a page's article is: ordered tables of named rules. The first that fits wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from sitegen.model import Label
from sitegen.seeds.saved.main import Place
from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.seen import Looking, Seen
from sitegen.seeds.saved.tree import Element
from sitegen.seeds.structure.alone import alone
from sitegen.seeds.structure.dates import taken_apart
from sitegen.seeds.structure.page import Given

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
_RELATED_ALONE = re.compile(
    r"\W*(?:related(?: (?:articles?|stories|links|content|posts))?|read (?:more|next|also)|see also|also read"
    r"|more (?:stories|news)|lesen sie auch|auch interessant|mehr zum thema|lire aussi|à lire aussi"
    r"|leggi anche|(?:leer|lea) también|te puede interesar|leia (?:também|mais)|lees ook|läs också|les også"
    r"|читайте также)\W*",
    re.IGNORECASE,
)
PICTURE = Given("caption", "picture")


Rule = Callable[[Seen], bool]
Table = tuple[tuple[str, Label, Rule], ...]


def labelled(parts: Sequence[Part], place: Place, title: str, about: str) -> list[tuple[Part, Given]]:
    """The parts from the headline to the end of the article with their labels, debris included.

    `about` is the page's own description of the article. Pictures have the label of captions.
    """
    looking = Looking.at(parts, place, title, about)
    found: list[tuple[Part, Given]] = []
    early = True
    for at in looking.places():
        if parts[at].kind == "picture":
            if looking.shows(parts[at]):
                found.append((parts[at], PICTURE))
            continue
        label = given(looking.seen(at, early))
        early = early and label.label != "body"
        found.append((parts[at], label))
    return found


def given(seen: Seen) -> Given:
    """The label of one part."""
    before, after = (_ABOVE, ()) if seen.top else (_WITHIN, _KEPT)
    left = Given("debris", "between headline and article" if seen.top else "no sentence")
    return _first(before, seen) or _alone(seen) or _first(after, seen) or left


def _first(rules: Table, seen: Seen) -> Given | None:
    return next((Given(label, name) for name, label, rule in rules if rule(seen)), None)


def _alone(seen: Seen) -> Given | None:
    """What the part gives itself as a line of pasted text."""
    plain = alone(seen.line, "en")
    return plain if plain and not _outweighs(seen, plain) else None


def _outweighs(seen: Seen, plain: Given) -> bool:
    """Whether the page knows better than the line alone: prose, items and quotes of the article."""
    long = seen.line.prose and seen.line.count > 25
    if seen.part.kind in ("quote", "row") or (seen.part.kind == "heading" and plain.label == "list"):
        return True
    return seen.voted and (long or seen.part.kind == "item" or plain.rule in _WEAK)


# Rules for pasted text whose signs mean less where the page itself says what is article.
_WEAK = frozenset(("reading time", "link in brackets", "picture counter", "follow us"))


def _is_again(seen: Seen) -> bool:
    return seen.again


def _is_caption(seen: Seen) -> bool:
    return seen.part.kind == "caption" or "figure" in seen.outer or seen.box == "?caption"


def _is_teaser(seen: Seen) -> bool:
    """The caption of a picture that leads to another article."""
    return _is_caption(seen) and seen.part.linked > 0.9 and not seen.voted


def _in_sure_box(seen: Seen) -> bool:
    tweet = seen.part.kind == "quote" and seen.box == "share buttons"
    return bool(seen.box) and not seen.box.startswith("?") and not tweet


def _in_doubtful_box(seen: Seen) -> bool:
    return seen.box.startswith("?") and not (seen.voted and seen.line.prose and seen.part.linked < 0.5)


def _in_byline_box(seen: Seen) -> bool:
    return seen.box == "?byline" and seen.early and seen.line.count <= 20 and not seen.line.prose


def _in_date_box(seen: Seen) -> bool:
    dated = seen.box == "?date line" and seen.early and seen.line.count <= 14
    return dated and taken_apart(seen.part.text).dated


def _is_named_deck(seen: Seen) -> bool:
    return seen.early and bool(_DECK.search(seen.own_name)) and 4 <= seen.line.count <= 60


def _in_aside(seen: Seen) -> bool:
    return bool(seen.outer & {"aside", "footer"}) and seen.part.kind != "quote"


def _linked_heading(seen: Seen) -> bool:
    return seen.part.kind == "heading" and seen.part.linked > 0.9 and not seen.voted


def _linked_line(seen: Seen) -> bool:
    whole = seen.part.linked > 0.9 and seen.part.kind in ("text", "quote")
    return whole and (not seen.line.prose or seen.line.upper)


def _is_related(seen: Seen) -> bool:
    links = seen.part.linked > 0.4 and bool(_RELATED.match(seen.part.text))
    return links or bool(_RELATED_ALONE.fullmatch(seen.part.text))


def _is_link_list(seen: Seen) -> bool:
    return seen.part.kind == "item" and seen.part.linked >= 0.9 and seen.menu


def _is_scripted(seen: Seen) -> bool:
    return seen.line.count <= 25 and bool(_SCRIPTED.search(seen.part.text))


def _under_picture(seen: Seen) -> bool:
    """The only words in a small box that holds a picture, and not a sentence."""
    if seen.part.kind != "text" or seen.line.count > 30 or (seen.line.ends and seen.line.count > 12):
        return False
    above = (seen.part.element, *islice(seen.part.element.iterancestors(), 2))
    small = (one for one in above if _holds_only(one, len(seen.part.text) + 20))
    return any(next(one.iter("img"), None) is not None for one in small)


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


_WITHIN: Table = (
    ("the title again", "debris", _is_again),
    ("a caption that is a link", "debris", _is_teaser),
    ("caption of a figure", "caption", _is_caption),
    ("caption under a picture", "caption", _under_picture),
    ("in a box that is not the article's", "debris", _in_sure_box),
    ("beside the article", "debris", _in_aside),
    ("byline in its box", "byline", _in_byline_box),
    ("date in its box", "dateline", _in_date_box),
    ("in a box that is not the article's", "debris", _in_doubtful_box),
    ("deck above the article", "standfirst", _is_named_deck),
    ("a heading that is a link", "debris", _linked_heading),
    ("a line that is a link", "debris", _linked_line),
    ("list of links", "debris", _is_link_list),
    ("related links", "debris", _is_related),
    ("needs a script", "debris", _is_scripted),
)
_ABOVE: Table = (
    ("the title again", "debris", _is_again),
    ("a caption that is a link", "debris", _is_teaser),
    ("caption of a figure", "caption", _is_caption),
    ("in a box that is not the article's", "debris", _in_sure_box),
    ("beside the article", "debris", _in_aside),
    ("byline in its box", "byline", _in_byline_box),
    ("date in its box", "dateline", _in_date_box),
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
