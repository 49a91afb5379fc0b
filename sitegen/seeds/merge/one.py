"""One article, three texts, one decision. Pure: nothing is read or written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sitegen import frontmatter
from sitegen.errors import Problem
from sitegen.seeds.merge import lines, values
from sitegen.seeds.merge.tokens import plain
from sitegen.strictyaml import YamlError

Check = Callable[[str], Sequence[Problem]]
Parsed = tuple[values.Data, str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an article cannot be merged without its editor; `line` is in the editor's file."""

    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The base from now on, and the article's text; with a doubt, that with both sides of what is
    doubtful between marks."""

    base: str
    text: str
    doubt: Doubt | None = None


def merge_one(base: str, mine: str, new: str, check: Check, *, prefer_mine: bool = False) -> Outcome:
    """Merge a new conversion into an editor's text; `base` is what conversion wrote before.

    `check` gives the problems of an article's text; those that the editor's own text has are no
    doubt, nor is a warning that the conversion deserves by itself. `prefer_mine` leaves the editor's
    lines wherever there is a doubt. The texts have no byte order mark, base and new conversion plain
    line ends. Raises YamlError where the editor's front matter, or that of the base, cannot be read.
    """
    before, ours, now = frontmatter.load(base), frontmatter.load(plain(mine)), frontmatter.load(new)
    renamed = values.renamed(before[0], ours[0], now[0])
    next_base = frontmatter.dump(renamed, now[1])
    if next_base == base:
        return Outcome(base, mine)
    first, second = values.settled(before[0], ours[0], renamed)
    merge = lines.merge(
        frontmatter.dump(first, before[1]), mine, frontmatter.dump(second, now[1])
    )  # fmt: skip
    sides = ((first, before[1]), ours, (second, now[1]))
    if merge.conflicts and not prefer_mine:
        return Outcome(next_base, merge.marked(), _same_lines(merge))
    doubt = next(_doubts(sides, (mine, next_base, merge.text), check), None)
    if doubt is None:
        return Outcome(next_base, merge.text)
    if prefer_mine:
        return Outcome(next_base, mine)
    touched = next(region for region in merge.regions if region.kind != "same")
    return Outcome(next_base, merge.marked(everything=True), Doubt(doubt, touched.line))


def _same_lines(merge: lines.Merge) -> Doubt:
    places = len(merge.conflicts)
    where = "" if places == 1 else f", in {places} places"
    said = f"your article and the new conversion changed the same lines differently{where}"
    return Doubt(said, merge.conflicts[0].line)


def _doubts(sides: tuple[Parsed, Parsed, Parsed], texts: tuple[str, str, str], check: Check) -> Iterator[str]:
    """What is wrong with a merge that is fine line by line: `texts` are mine, new and merged."""
    before, ours, now = sides
    try:
        merged = frontmatter.load(plain(texts[2]))
    except YamlError as error:
        yield f"the merged front matter could not be read: {error.problems[0].message}"
        return
    in_order = values.in_order(before[0], ours[0], merged[0])
    if not in_order or not values.keeps(before[0], ours[0], now[0], merged[0]):
        yield "your change and the conversion's go together line by line, but not in what they say"
    if _comes_back(*(_lines(side[1]) for side in (*sides, merged))):
        yield "a paragraph that you deleted or moved would come back"
    mine, new, both = (Counter((p.code, p.message, p.severity) for p in check(text)) for text in texts)
    for fault in both - mine:
        if fault[2] == "error" or fault not in new:
            yield f"the merged article would have a fault: {fault[1]}"


def _comes_back(before: Counter[str], ours: Counter[str], now: Counter[str], merged: Counter[str]) -> bool:
    """Whether the merge has a line again that the editor took out, or twice what was moved by both."""
    return any(
        (before[line] and not ours[line]) or count > max(ours[line], now[line])
        for line, count in merged.items()
    )


def _lines(body: str) -> Counter[str]:
    return Counter(line for line in body.split("\n") if line.strip(" >"))
