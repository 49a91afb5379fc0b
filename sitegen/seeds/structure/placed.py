"""The second table of labels: what a line is by the place where it stands on the page."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.model import Label
from sitegen.seeds.structure import bylines, dates, patterns
from sitegen.seeds.structure.page import Given, Line
from sitegen.seeds.structure.place import Page

Placed = Callable[[Line, Page], bool]


def placed(line: Line, page: Page) -> Given:
    """The label of a line on its page; a paragraph is what no rule names."""
    sure = page.sure[line.index]
    for name, label, rule in PLACED:
        if rule(line, page):
            return sure if sure and (name == SURE or sure.label == label == "debris") else Given(label, name)
    return Given("body", "paragraph")


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
    return bool(
        sure
        and sure.rule in ("date line", "byline", "agency")
        and page.in_core(line)
        and line.index != page.last
    )


def _is_signature(line: Line, page: Page) -> bool:
    return page.first <= line.index <= page.last + 1 and page.is_signature(line.index)


def _is_sure(line: Line, page: Page) -> bool:
    return page.sure[line.index] is not None


def _is_in_links(line: Line, page: Page) -> bool:
    return line.index in page.links


def _is_lead_of_date(line: Line, page: Page) -> bool:
    return (
        page.in_head(line)
        and line.count <= 3
        and dates.is_lead(line.text, page.language)
        and page.has(line.index + 1, "dateline")
    )


def _is_time(line: Line, page: Page) -> bool:
    return page.in_head(line) and line.count <= 4 and dates.is_time(line.text, page.language)


def _is_foreign(line: Line, page: Page) -> bool:
    return page.speaks and patterns.is_foreign(line, page.language)


def _is_post(line: Line, page: Page) -> bool:
    """What somebody posted, shown in the article: it ends with a short address, or is signed below."""
    return page.in_core(line) and (
        patterns.is_post(line) or (page.unknown(line.index) and page.is_signature(line.index + 1))
    )


def _is_lead_in(line: Line, page: Page) -> bool:
    """A short line that announces the list below it."""
    return page.in_core(line) and _leads_in(page, line.index)


def _leads_in(page: Page, index: int) -> bool:
    return page.unknown(index) and page.lines[index].text.endswith(":") and page.unknown(index + 1)


def _is_announced(line: Line, page: Page) -> bool:
    """A row of short lines below a line that ends with a colon."""
    if not (page.in_core(line) and page.unknown(line.index) and line.index not in page.links):
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


def _is_lead_of_name(line: Line, page: Page) -> bool:
    return page.in_head(line) and line.bare in ("by", "author", "written by", "words by")


def _is_bare_name(line: Line, page: Page) -> bool:
    if not page.in_head(line) or line.index in page.links:
        return False
    if bylines.is_newsroom(line.text, page.language):
        return True
    named = any(given.label == "byline" for given in page.given.values())
    if bylines.is_sure_name(line.text, page.language) and not named:
        return True
    if not bylines.is_name(line.text, page.language):
        return False
    led = page.has(line.index - 1, "byline") and page.lines[line.index - 1].count <= 2
    return led or (page.has(line.index + 1, "dateline") and not named)


def _is_standfirst(line: Line, page: Page) -> bool:
    return line.index in page.standfirst


def _is_list_item(line: Line, page: Page) -> bool:
    return line.bullet and (page.in_core(line) or (page.in_head(line) and line.count > _POINT))


def _is_head_caption(line: Line, page: Page) -> bool:
    """A short line that stands alone above the article, between what is known."""
    if not page.in_head(line) or not 1 < line.count <= 30:
        return False
    return not page.unknown(line.index - 1) and not page.unknown(line.index + 1)


def _is_in_head(line: Line, page: Page) -> bool:
    return page.in_head(line)


def _is_repeated_paragraph(line: Line, page: Page) -> bool:
    return page.in_core(line) and any(
        page.first <= twin < line.index and page.lines[twin].bare == line.bare for twin in page.twins(line)
    )


def _is_pulled_out(line: Line, page: Page) -> bool:
    """A sentence that a paragraph of the article says too: set large, or under a picture."""
    return page.in_core(line) and any(
        page.in_core(page.lines[twin]) and page.lines[twin].count > line.count + 4
        for twin in page.twins(line)
    )


def _echoes_title(line: Line, page: Page) -> bool:
    """A sentence of the headline's words, after a row of links: what a picture shows."""
    if not (page.in_core(line) and line.prose and line.count <= 20 and page.has(line.index - 1, "debris")):
        return False
    words, title = set(line.bare.split()), set(page.headline.split())
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
    return page.in_core(line) and line.count >= 14 and not line.prose and not patterns.is_headline_case(line)


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


PLACED: tuple[tuple[str, Label, Placed], ...] = (
    ("title", "title", _is_title),
    (SURE, "debris", _is_said_above),
    ("before the title", "debris", _is_before_title),
    ("repeat of the title", "debris", _repeats_title),
    ("after the article", "debris", _is_after_end),
    ("label of a date", "dateline", _is_lead_of_date),
    ("label of a name", "byline", _is_lead_of_name),
    ("time of day", "dateline", _is_time),
    ("another language", "debris", _is_foreign),
    ("signature", "body", _is_signature),
    ("date or name in the text", "debris", _is_date_in_text),
    (SURE, "debris", _is_sure),
    ("standfirst", "standfirst", _is_standfirst),
    ("row of links", "debris", _is_in_links),
    ("name above the article", "byline", _is_bare_name),
    ("list", "list", _is_list_item),
    ("caption above the article", "caption", _is_head_caption),
    ("above the article", "debris", _is_in_head),
    ("post", "body", _is_post),
    ("lead-in of a list", "body", _is_lead_in),
    (ANNOUNCED, "list", _is_announced),
    ("repeated paragraph", "debris", _is_repeated_paragraph),
    ("pulled out", "caption", _is_pulled_out),
    ("caption with the headline's words", "caption", _echoes_title),
    ("Markdown heading", "subhead", _is_heading),
    ("row of short lines", "debris", _is_in_row),
    ("sentence without its end", "body", _is_unended),
    ("subhead", "subhead", _is_subhead),
    ("link in the article", "debris", _is_link),
)
