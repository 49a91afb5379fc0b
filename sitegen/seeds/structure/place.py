"""Where the article stands on a pasted page: its title, its first and last paragraph, its
standfirst, and the rows of links beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sitegen.model import Label
from sitegen.seeds.structure import bylines, headline, patterns, stretch
from sitegen.seeds.structure.page import Given, Line
from sitegen.seeds.words import words


@dataclass
class Page:
    """A pasted page while it is being labelled.

    `sure` is what each line gave away by itself, `given` what has been decided so far. `title`, the
    `first` and the `last` paragraph of the article are indexes of lines; on a page without a
    headline `title` is -1, on one without an article `first` is after `last`. `links` are the lines in
    rows of links; `repeated` maps a sentence that stands on the page more than once to its lines.
    """

    lines: tuple[Line, ...]
    sure: Sequence[Given | None]
    language: str
    title: int
    first: int
    last: int
    standfirst: frozenset[int]
    links: frozenset[int]
    repeated: Mapping[str, tuple[int, ...]]
    given: dict[int, Given] = field(default_factory=dict)

    @property
    def headline(self) -> str:
        """The words of the headline, bare; none where the page has no headline."""
        return self.lines[self.title].bare if self.title >= 0 else ""

    def in_head(self, line: Line) -> bool:
        return self.title < line.index < self.first

    def in_core(self, line: Line) -> bool:
        return self.first <= line.index <= self.last

    def is_paragraph(self, index: int) -> bool:
        """Whether a paragraph of the article stands there, as far as one can tell."""
        return (
            self.first <= index <= self.last
            and self.lines[index].prose
            and self.sure[index] is None
            and index not in self.links
        )

    def has(self, index: int, label: Label) -> bool:
        """Whether the line there has this label, by decision or by itself."""
        given = self.given.get(index) or (self.sure[index] if 0 <= index < len(self.sure) else None)
        return bool(given and given.label == label)

    @cached_property
    def speaks(self) -> bool:
        """Whether the article is in the language it is read in: most paragraphs have its small words."""
        small = words(self.language, "function_words")
        prose = [line for line in self.lines if line.prose]
        spoken = sum(not small.isdisjoint(line.words) for line in prose)
        return spoken * 3 >= len(prose) * 2

    def unknown(self, index: int) -> bool:
        """Whether the line there says nothing of what it is and is no paragraph."""
        return 0 <= index < len(self.lines) and self.sure[index] is None and not self.lines[index].prose

    def repeats(self, line: Line) -> bool:
        """Whether another line says every sentence of this one."""
        return bool(self.twins(line))

    def twins(self, line: Line) -> set[int]:
        """The other lines that hold every sentence of this one."""
        if not (self.repeated and line.keys) or not all(key in self.repeated for key in line.keys):
            return set()
        return set.intersection(*(set(self.repeated[key]) for key in line.keys)) - {line.index}

    def is_signature(self, index: int) -> bool:
        """Whether a dated line there signs what stands above it: "— Ann Oskar (@oskar) May 3, 2026"."""
        given = self.sure[index] if 0 <= index < len(self.sure) else None
        return bool(given and given.rule == "date line" and self.lines[index].text.startswith(("—", "–")))

    def is_credit(self, index: int) -> bool:
        given = self.sure[index] if 0 <= index < len(self.sure) else None
        return bool(given and given.rule == "picture credit")


def locate(lines: tuple[Line, ...], sure: Sequence[Given | None], language: str) -> Page:
    """Find the article among the lines."""
    worth = stretch.weights(lines, sure)
    title = headline.find(lines, sure, language, worth)
    links = stretch.links(lines, sure, title)
    start, end = stretch.stretch(lines, sure, links, title, worth)
    page = Page(lines, sure, language, title, start, end, frozenset(), links, _places(lines))
    paragraphs = [index for index in range(start, end + 1) if page.is_paragraph(index)]
    if len(paragraphs) > 1 and _is_noun_phrase(lines[paragraphs[0]], lines[paragraphs[1]], language):
        del paragraphs[0]
    standfirst = _standfirst(page, paragraphs)
    body = [index for index in paragraphs if index not in standfirst]
    while len(body) > 1 and bylines.is_about_author(lines[body[-1]].text, language):
        body.pop()
    first, last = (body[0], body[-1]) if body else (len(lines), title)
    return replace(page, first=first, last=last, standfirst=standfirst)


def _places(lines: Sequence[Line]) -> Mapping[str, tuple[int, ...]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for line in lines:
        for key in dict.fromkeys(line.keys):
            places[key].append(line.index)
    return {key: tuple(where) for key, where in places.items() if len(where) > 1}


def _is_noun_phrase(line: Line, following: Line, language: str) -> bool:
    """Whether what looks like the first paragraph is a caption: short, and without a verb."""
    return line.count <= 14 and following.count >= 15 and patterns.lacks_verb(line, language)


def _standfirst(page: Page, paragraphs: Sequence[int]) -> frozenset[int]:
    """The lines between headline and article that sum it up: at most one under the headline, and
    one just above the article where there is none."""
    free = [
        line
        for line in page.lines[page.title + 1 : (paragraphs[0] if paragraphs else len(page.lines) - 1) + 1]
        if page.sure[line.index] is None and line.index not in page.links and not _is_other(page, line)
    ]
    long = [line for line in free if line.count >= 5]
    decks = [line.index for line in long[:1] if _is_deck(page, line, paragraphs)]
    decks += [line.index for line in free if not decks and page.repeats(line)]
    if (
        not decks
        and free
        and not free[-1].prose
        and free[-1].count >= 6
        and not page.unknown(free[-1].index - 1)
    ):
        decks.append(free[-1].index)
    return frozenset(decks)


def _is_other(page: Page, line: Line) -> bool:
    """Whether a line above the article is a name, a caption or the headline again."""
    return (
        line.bare == page.headline
        or line.bullet
        or page.is_credit(line.index + 1)
        or bylines.is_name(line.text, page.language)
        or bylines.is_sure_name(line.text, page.language)
    )


def _is_deck(page: Page, line: Line, paragraphs: Sequence[int]) -> bool:
    if not line.prose:
        below = line.index + 1
        return not page.unknown(below) or _is_other(page, page.lines[below])
    if paragraphs and line.index < paragraphs[0]:
        return not patterns.lacks_verb(line, page.language)
    following = next((index for index in paragraphs if index > line.index), None)
    if following is None:
        return False
    if page.repeats(line) or bylines.dateline(page.lines[following].text):
        return True
    above = page.sure[page.title + 1 : line.index]
    between = page.sure[line.index + 1 : following]
    return any(map(_is_credit_line, between)) and not any(map(_is_credit_line, above))


def _is_credit_line(given: Given | None) -> bool:
    return given is not None and given.label in ("byline", "dateline")
