"""Which stretch of a pasted page is worth most as an article.

Paragraphs are worth their length, what stands around articles costs; the article is the stretch
with the largest sum. Rows of links are known by the heading they begin with.
"""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.seeds.structure.page import Given, Line

# What a line that is no paragraph costs the stretch it stands in. An article goes on after an
# advertisement, rarely after a comment form.
_COST = {
    "advertisement": 0.3,
    "share buttons": 0.7,
    "numbers and marks only": 0.5,
    "page control": 0.7,
    "source line": 0.7,
    "related links": 1.0,
    "newsletter": 0.5,
    "follow us": 0.5,
    "tags": 4.0,
    "about the author": 5.0,
    "copyright": 8.0,
    "comment form": 8.0,
    "cookie notice": 1.5,
    "page footer": 1.5,
}
_COST_OF_LABEL = {"caption": 0.2, "byline": 1.0, "dateline": 1.0, "debris": 1.0, "quote": -1.0, "body": -0.5}
_COST_UNKNOWN = 1.2
_COST_SUBHEAD = 0.4
_COST_LISTED = 0.2
_COST_LINK = 0.5
_SIGN_OFF = 3.0
_FEW = 3  # lines that nothing is known of, before they look like links
# What stands between two paragraphs of one article.
_INLINE = frozenset(("advertisement", "newsletter", "follow us", "age notice"))
# What stands below articles: no paragraph of one comes after it.
_BELOW = frozenset(
    ("related links", "tags", "comment form", "copyright", "about the author", "page footer", "share buttons")
)
_OPENERS = frozenset(("related links", "tags"))


def stretch(
    lines: Sequence[Line],
    sure: Sequence[Given | None],
    links: frozenset[int],
    title: int,
    worth: Sequence[float],
) -> tuple[int, int]:
    """The stretch below the title that is the article: (first line, last line)."""
    first, last = best(worth, links, title)
    return (
        _with_paragraphs_above(lines, sure, links, title, first),
        _with_short_end(lines, sure, links, last),
    )


def best(worth: Sequence[float], links: frozenset[int] = frozenset(), title: int = -1) -> tuple[int, int]:
    """The stretch below the title that is worth most: (first line, last line)."""
    most, span = 0.0, (title + 1, title)
    total, start = 0.0, title + 1
    for index in range(title + 1, len(worth)):
        if total <= 0:
            total, start = 0.0, index
        total += -_COST_LINK if index in links else worth[index]
        if total > most:
            most, span = total, (start, index)
    return span


def weights(lines: Sequence[Line], sure: Sequence[Given | None]) -> list[float]:
    """What each line is worth to the stretch it stands in, links aside."""
    return [_weight(line, lines, sure) for line in lines]


def links(lines: Sequence[Line], sure: Sequence[Given | None], title: int) -> frozenset[int]:
    """The lines of rows of links: what follows "Related articles" until a paragraph goes on."""
    found: set[int] = set()
    inside = False
    for line in lines[title + 1 :]:
        given = sure[line.index]
        if given is not None:
            opens = given.rule in _OPENERS and (line.count <= 4 or line.text.endswith(":"))
            inside = opens or (inside and given.label != "caption")
        elif inside and (not line.prose or _is_teaser(line, lines, sure)):
            found.add(line.index)
        else:
            inside = False
    return frozenset(found)


def _with_paragraphs_above(
    lines: Sequence[Line], sure: Sequence[Given | None], links: frozenset[int], title: int, start: int
) -> int:
    """Where the article begins if buttons and advertisements cut off its first paragraphs: at the
    first one, or below rows of links at the first two that stand one below the other."""

    def free(index: int) -> bool:
        return lines[index].prose and lines[index].count >= 10 and sure[index] is None and index not in links

    above = range(title + 1, start)
    unknown = sum(_may_be_link(lines[i], lines, sure) for i in above)
    if unknown <= _FEW and not any(i in links for i in above):
        return next(filter(free, above), start)
    return next((i for i in above if i + 1 < start and free(i) and free(i + 1)), start)


def _with_short_end(
    lines: Sequence[Line], sure: Sequence[Given | None], links: frozenset[int], end: int
) -> int:
    """Where the article ends if its last short paragraphs weigh too little: nothing that stands below
    articles comes before them, and hardly anything that could be a link."""
    unknown, last = 0, end
    for line in lines[end + 1 :]:
        given = sure[line.index]
        if line.index in links or (given and given.rule in _BELOW and not _is_one_link(given, line)):
            break
        if given is None and line.prose:
            last = line.index
        unknown += _may_be_link(line, lines, sure)
    return last if unknown <= _FEW else end


def _weight(line: Line, lines: Sequence[Line], sure: Sequence[Given | None]) -> float:
    given = sure[line.index]
    if given is not None:
        return (
            _SIGN_OFF
            if given.rule == "reporters' sign-off"
            else -_COST.get(given.rule, _COST_OF_LABEL[given.label])
        )
    if not line.prose:
        if line.bullet or line.mark or _is_listed(line, lines, sure):
            return -_COST_LISTED
        return -_COST_SUBHEAD if _is_between(line, lines, sure) else -_COST_UNKNOWN
    worth = min(line.count, 60) / 10
    short = line.count < 25 or (line.count < 35 and line.sentences <= 1)
    return worth / 4 if short and not _is_beside(line, lines, sure) else worth


def _is_between(line: Line, lines: Sequence[Line], sure: Sequence[Given | None]) -> bool:
    return _has_paragraph(line.index, 1, lines, sure) and _has_paragraph(line.index, -1, lines, sure)


def _is_beside(line: Line, lines: Sequence[Line], sure: Sequence[Given | None]) -> bool:
    return _has_paragraph(line.index, 1, lines, sure) or _has_paragraph(line.index, -1, lines, sure)


def _has_paragraph(index: int, step: int, lines: Sequence[Line], sure: Sequence[Given | None]) -> bool:
    """Whether the next line that way is a paragraph, pictures and advertisements left out."""
    for _ in range(4):
        index += step
        if not 0 <= index < len(lines):
            return False
        given = sure[index]
        if given is None:
            return lines[index].prose
        if given.label in ("body", "quote"):
            return True
        if given.label != "caption" and given.rule not in _INLINE:
            return False
    return False


def _is_teaser(line: Line, lines: Sequence[Line], sure: Sequence[Given | None]) -> bool:
    """A sentence or two about another article: under its headline, with the next headline below."""
    if line.count > 45:
        return False
    if line.index + 1 == len(lines):
        return True
    above, following = lines[line.index - 1], lines[line.index + 1]
    given = sure[following.index]
    goes_on = given is None or given.rule in ("section name", "date line")
    if sure[above.index] is not None or above.prose or following.prose or not goes_on:
        return False
    return line.count < 22 or any(len(word) > 4 and word in line.bare for word in above.words)


def _may_be_link(line: Line, lines: Sequence[Line], sure: Sequence[Given | None]) -> bool:
    """Whether a line could be a link to elsewhere: short, and no item of a list."""
    free = sure[line.index] is None and not line.prose
    return free and not line.bullet and not _is_listed(line, lines, sure)


def _is_one_link(given: Given, line: Line) -> bool:
    """Whether a line is a link by itself and not the heading of a row of them."""
    return given.rule == "related links" and line.count > 4 and not line.text.endswith(":")


def _is_listed(line: Line, lines: Sequence[Line], sure: Sequence[Given | None]) -> bool:
    """Whether a short line announces a list by a colon, or stands in one."""
    index = line.index
    while index >= 0 and sure[index] is None and not lines[index].prose and index > line.index - 12:
        if lines[index].text.endswith(":"):
            return True
        index -= 1
    return index >= 0 and lines[index].prose and lines[index].text.endswith(":")
