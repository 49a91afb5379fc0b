"""The second table of labels: what a line is by the place where it stands on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sitegen.model import Label
from sitegen.seeds.structure import heads, patterns
from sitegen.seeds.structure.page import Given, Line
from sitegen.seeds.structure.place import Page

Placed = Callable[[Line, Page], bool]


def placed(line: Line, page: Page) -> Given:
    """The label of a line on its page; a paragraph is what no rule names."""
    at = line.index
    sure = page.sure[at]
    plain = sure is None and line.prose
    for given, rule in _for_place(page.title < at < page.first, page.first <= at <= page.last, plain):
        if rule(line, page):
            kept = sure and (given.rule == SURE or sure.label == given.label == "debris")
            return sure if sure and kept else given
    return _PARAGRAPH


_PARAGRAPH = Given("body", "paragraph")


@cache
def _for_place(in_head: bool, in_core: bool, plain: bool) -> tuple[tuple[Given, Placed], ...]:
    """The rules for a line that stands above the article, in it or elsewhere, in their order; for a `plain`
    paragraph, which gave nothing away by itself, those that can hold for one."""
    fits = {ANYWHERE: True, HEAD: in_head, CORE: in_core}
    return tuple(
        (Given(label, name), rule)
        for name, label, where, rule in PLACED
        if fits[where] and not (plain and rule in _NEVER_PLAIN)
    )


SURE = "by itself"


def _is_title(line: Line, page: Page) -> bool:
    return line.index == page.title


def _is_before_title(line: Line, page: Page) -> bool:
    return line.index < page.title


def _is_said_above(line: Line, page: Page) -> bool:
    """A date, a name or a picture right above the headline, of which none stands below it."""
    sure = page.sure[line.index]
    if not (
        sure and sure.label in ("dateline", "byline", "caption") and 0 < page.title - line.index <= _ABOVE
    ):
        return False
    return sure.label == "caption" or not any(
        page.has(n, sure.label) for n in range(page.title + 1, page.first)
    )


_ABOVE = 3  # lines
_POINT = 4  # words with the bullet: what the article says in short, not a button


def _repeats_title(line: Line, page: Page) -> bool:
    return bool(line.bare) and line.bare == page.headline


def _is_after_end(line: Line, page: Page) -> bool:
    """Below the article nothing counts but a sign-off or a picture, and those stand at once."""
    if line.index <= page.last:
        return False
    sure = page.sure[line.index]
    if sure is None or sure.label == "debris":
        return True
    if sure.label == "caption":
        owned = line.text.startswith(("©", "(c)")) and any(mark.isdigit() for mark in line.text)
        return owned or any(page.has(n, "debris") for n in range(page.last + 1, line.index))
    return line.index > page.last + 2


def _is_date_in_text(line: Line, page: Page) -> bool:
    """A date or a name between paragraphs: the signature of something quoted, or a row of links."""
    sure = page.sure[line.index]
    return bool(sure and sure.rule in ("date line", "byline", "agency") and line.index != page.last)


def _is_signature(line: Line, page: Page) -> bool:
    return page.first <= line.index <= page.last + 1 and page.is_signature(line.index)


def _is_sure(line: Line, page: Page) -> bool:
    return page.sure[line.index] is not None


def _is_in_links(line: Line, page: Page) -> bool:
    return line.index in page.links


def _is_foreign(line: Line, page: Page) -> bool:
    return page.speaks and patterns.is_foreign(line, page.language)


def _is_post(line: Line, page: Page) -> bool:
    """What somebody posted, shown in the article: it ends with a short address, or is signed below."""
    return patterns.is_post(line) or (page.unknown(line.index) and page.is_signature(line.index + 1))


def _is_lead_in(line: Line, page: Page) -> bool:
    """A short line that announces the list below it."""
    return _leads_in(page, line.index)


def _leads_in(page: Page, index: int) -> bool:
    return page.unknown(index) and page.lines[index].text.endswith(":") and page.unknown(index + 1)


def _is_announced(line: Line, page: Page) -> bool:
    """A row of short lines below a line that ends with a colon."""
    if not page.unknown(line.index) or line.index in page.links:
        return False
    above = page.given.get(line.index - 1)
    return above is not None and (
        above.rule == ANNOUNCED
        or (
            above.label == "body"
            and page.lines[line.index - 1].text.endswith(":")
            and page.unknown(line.index + 1)
        )
    )


ANNOUNCED = "list below a colon"


def _is_first_subhead(line: Line, page: Page) -> bool:
    """A short line between the greeting of a newsletter and its first paragraph."""
    above = page.given.get(line.index - 1)
    kept = above is not None and above.rule == SENTENCE
    return kept and _is_subhead(line, page)


def _is_standfirst(line: Line, page: Page) -> bool:
    return line.index in page.standfirst


def _is_list_item(line: Line, page: Page) -> bool:
    return line.bullet and (page.in_core(line) or (page.in_head(line) and line.count > _POINT))


def _is_other(line: Line, page: Page) -> bool:
    return True


def _is_repeated_paragraph(line: Line, page: Page) -> bool:
    return any(
        page.first <= twin < line.index and page.lines[twin].bare == line.bare for twin in page.twins(line)
    )


def _is_pulled_out(line: Line, page: Page) -> bool:
    """A sentence that a paragraph of the article says too: set large, or under a picture."""
    return any(
        page.in_core(page.lines[twin]) and page.lines[twin].count > line.count + 4
        for twin in page.twins(line)
    )


def _echoes_title(line: Line, page: Page) -> bool:
    """A sentence of the headline's words, after a row of links: what a picture shows."""
    if not (line.prose and line.count <= 20 and page.has(line.index - 1, "debris")):
        return False
    words, title = set(line.words), set(page.headline.split())
    return len(words & title) >= 0.6 * len(words)


def _is_in_row(line: Line, page: Page) -> bool:
    """Short lines one below the other are links or buttons; a subhead stands alone."""
    if not page.unknown(line.index):
        return False
    below = line.index + 1
    if page.unknown(below) and not (_leads_in(page, below) or page.lines[below].bullet):
        return True
    above = next((n for n in range(1, 5) if not page.unknown(line.index - n)), 5)
    return above > 3 or (above > 1 and not page.is_paragraph(line.index + 1))


def _is_unended(line: Line, page: Page) -> bool:
    """A sentence without its full stop: too long for a link, and not written like a headline."""
    return line.count >= 14 and not line.prose and not patterns.is_headline_case(line)


def _is_heading(line: Line, page: Page) -> bool:
    return line.mark == "#" and line.index > page.title


def _is_subhead(line: Line, page: Page) -> bool:
    """A short line of its own that a paragraph follows, pictures left out."""
    below = next(
        (n for n in range(line.index + 1, line.index + 4) if not page.has(n, "caption")), len(page.lines)
    )
    if line.prose or (line.ends and line.text[-1] not in "’'”\"?") or below >= len(page.lines):
        return False
    if not (page.is_paragraph(below) or _leads_in(page, below) or page.lines[below].bullet):
        return False
    return line.count <= (7 if line.upper else 12)


def _is_link(line: Line, page: Page) -> bool:
    return not line.prose and not line.ends


SENTENCE = "sentence above the article"
ANYWHERE, HEAD, CORE = "anywhere", "above the article", "in the article"
# The rule's name, the label it gives, where such a line stands.
PLACED: tuple[tuple[str, Label, str, Placed], ...] = (
    ("title", "title", ANYWHERE, _is_title),
    (SURE, "debris", ANYWHERE, _is_said_above),
    ("before the title", "debris", ANYWHERE, _is_before_title),
    ("repeat of the title", "debris", ANYWHERE, _repeats_title),
    ("after the article", "debris", ANYWHERE, _is_after_end),
    ("label of a date", "dateline", HEAD, heads.is_lead_of_date),
    ("label of a name", "byline", HEAD, heads.is_lead_of_name),
    ("time of day", "dateline", HEAD, heads.is_time),
    ("another language", "debris", ANYWHERE, _is_foreign),
    ("signature", "body", ANYWHERE, _is_signature),
    ("date or name in the text", "debris", CORE, _is_date_in_text),
    (SURE, "debris", ANYWHERE, _is_sure),
    ("standfirst", "standfirst", ANYWHERE, _is_standfirst),
    ("row of links", "debris", ANYWHERE, _is_in_links),
    ("name above the article", "byline", HEAD, heads.is_bare_name),
    ("list", "list", ANYWHERE, _is_list_item),
    ("the writer's job", "byline", HEAD, heads.is_job),
    ("sentence below the headline", "standfirst", HEAD, heads.is_below_title),
    (SENTENCE, "body", HEAD, heads.is_sentence),
    ("subhead", "subhead", HEAD, _is_first_subhead),
    ("caption above the article", "caption", HEAD, heads.is_head_caption),
    ("above the article", "debris", HEAD, _is_other),
    ("post", "body", CORE, _is_post),
    ("lead-in of a list", "body", CORE, _is_lead_in),
    (ANNOUNCED, "list", CORE, _is_announced),
    ("repeated paragraph", "debris", CORE, _is_repeated_paragraph),
    ("pulled out", "caption", CORE, _is_pulled_out),
    ("caption with the headline's words", "caption", CORE, _echoes_title),
    ("Markdown heading", "subhead", ANYWHERE, _is_heading),
    ("row of short lines", "debris", ANYWHERE, _is_in_row),
    ("sentence without its end", "body", CORE, _is_unended),
    ("subhead", "subhead", ANYWHERE, _is_subhead),
    ("link in the article", "debris", ANYWHERE, _is_link),
)
# What asks for a line that gave something away by itself, or for one that does not read as a paragraph.
_NEVER_PLAIN = frozenset[Placed](
    (
        _is_said_above, _is_signature, _is_date_in_text, _is_sure, _is_lead_in, _is_announced, _is_in_row,
        _is_unended, _is_subhead, _is_link,
    )
)  # fmt: skip
