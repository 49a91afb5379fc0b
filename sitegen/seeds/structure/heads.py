"""What may stand between a headline and its article: names, jobs, dates, pictures, a greeting."""

from __future__ import annotations

from sitegen.seeds.structure import bylines, dates, patterns
from sitegen.seeds.structure.page import Line
from sitegen.seeds.structure.place import Page

_SENTENCE = 8  # words


def is_lead_of_date(line: Line, page: Page) -> bool:
    return (
        line.count <= 3 and dates.is_lead(line.text, page.language) and page.has(line.index + 1, "dateline")
    )


def is_time(line: Line, page: Page) -> bool:
    return line.count <= 4 and dates.is_time(line.text, page.language)


def is_lead_of_name(line: Line, page: Page) -> bool:
    return line.bare in ("by", "author", "written by", "words by")


def is_bare_name(line: Line, page: Page) -> bool:
    if line.index in page.links:
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


def is_job(line: Line, page: Page) -> bool:
    """What the writer is, below the name: "Local Democracy Reporter"."""
    return page.has(line.index - 1, "byline") and bylines.is_job(line.text, page.language)


def is_sentence(line: Line, page: Page) -> bool:
    """A sentence between headline and article that nothing speaks against: rather kept than lost."""
    return line.prose and line.count >= _SENTENCE and not patterns.is_headline_case(line)


def is_below_title(line: Line, page: Page) -> bool:
    """Such a sentence right below the headline sums the article up."""
    return line.index == page.title + 1 and not page.standfirst and is_sentence(line, page)


def is_head_caption(line: Line, page: Page) -> bool:
    """A short line that stands alone above the article, between what is known."""
    if not 1 < line.count <= 30:
        return False
    return not page.unknown(line.index - 1) and not page.unknown(line.index + 1)
