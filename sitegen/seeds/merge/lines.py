"""Three texts → one, line by line: an editor's lines win where they touched them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from merge3 import Merge3

from sitegen.seeds.merge.tokens import Matcher, Token, tokens, usual_end

Kind = Literal["same", "mine", "new", "both", "conflict"]
MINE, MIDDLE, NEW = "<<<<<<< the article", "=======", ">>>>>>> the new conversion"


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the three texts: `same` in all, changed in one (`mine`, `new`) or in `both` so
    that both changes fit, or a `conflict`. `line` is where it begins in the editor's file."""

    kind: Kind
    base: Sequence[Token]
    mine: Sequence[Token]
    new: Sequence[Token]
    line: int

    @property
    def chosen(self) -> list[Token]:
        """What a merge takes: on conflict the editor's lines."""
        if self.kind == "both":
            return [*self.mine, *self.new]
        return list(self.new if self.kind == "new" else self.mine)


@dataclass(frozen=True, slots=True)
class Merge:
    """How an editor's text and a new conversion go together.

    `usual` is the line end of the editor's file; `ends` says whether its last line has one.
    """

    regions: tuple[Region, ...]
    usual: str
    ends: bool

    @property
    def conflicts(self) -> tuple[Region, ...]:
        return tuple(region for region in self.regions if region.kind == "conflict")

    @property
    def text(self) -> str:
        """The merged text, with the editor's lines where there are conflicts."""
        chosen = [token for region in self.regions for token in region.chosen if token.text is not None]
        whole = "".join(f"{token.text}{token.end or self.usual}" for token in chosen)
        return whole if self.ends or not chosen else whole.removesuffix(chosen[-1].end or self.usual)

    def marked(self, *, everything: bool = False) -> str:
        """The text with both sides of each conflict between marks; `everything` marks all that is new."""
        doubtful = ("conflict", "new", "both") if everything else ("conflict",)
        lines: list[str] = []
        for region in self.regions:
            if region.kind in doubtful:
                lines += [MINE, *_lines(region.mine), MIDDLE, *_lines(region.new), NEW]
            else:
                lines += _lines(region.chosen)
        return "".join(line + self.usual for line in lines)


def merge(base: str, mine: str, new: str) -> Merge:
    """Merge the changes from `base` to `new` into `mine`. None of the texts has a byte order mark."""
    in_mine = tokens(mine)
    usual = usual_end(in_mine)
    in_new = [replace(token, end=usual) for token in tokens(new)]
    found = _anchored(list(_regions(tokens(base), in_mine, in_new)))
    return Merge(tuple(found), usual, not mine or mine.endswith(("\n", "\r")))


def _regions(base: Sequence[Token], mine: Sequence[Token], new: Sequence[Token]) -> Iterator[Region]:
    first, second, third = ([token.key for token in side] for side in (base, mine, new))
    common = Merge3(first, second, third, sequence_matcher=Matcher).find_sync_regions()
    at = (0, 0, 0)
    for zlow, zhigh, mlow, mhigh, nlow, nhigh in common:
        sides = base[at[0] : zlow], mine[at[1] : mlow], new[at[2] : nlow]
        if any(sides):
            yield Region(_kind(*sides), *sides, _line(mine, at[1]))
        if zhigh > zlow:
            yield Region("same", base[zlow:zhigh], mine[mlow:mhigh], new[nlow:nhigh], _line(mine, mlow))
        at = (zhigh, mhigh, nhigh)


def _kind(base: Sequence[Token], mine: Sequence[Token], new: Sequence[Token]) -> Kind:
    theirs, ours, others = ([token.key for token in side] for side in (base, mine, new))
    if theirs == others or ours == others:
        return "mine"
    if theirs == ours:
        return "new"
    keys = not theirs and not any(token.in_body for token in (*mine, *new))
    return "both" if keys and not set(ours) & set(others) else "conflict"


def _anchored(found: list[Region]) -> list[Region]:
    """A new paragraph whose neighbours the editor rewrote has no place of its own: that is a conflict."""
    return [
        replace(region, kind="conflict")
        if _is_paragraph(region) and not (_holds(reversed(found[:n])) or _holds(found[n + 1 :]))
        else region
        for n, region in enumerate(found)
    ]


def _is_paragraph(region: Region) -> bool:
    """Whether it adds to the body and takes nothing out of it."""
    adds = any(token.says and token.in_body for token in region.new)
    return region.kind == "new" and adds and not any(token.says for token in region.base)


def _holds(beside: Iterator[Region] | Sequence[Region]) -> bool:
    """Whether the nearest region that says something is as the editor found it."""
    nearest = next((r for r in beside if any(token.says for token in r.base)), None)
    return nearest is not None and nearest.kind in ("same", "new")


def _line(mine: Sequence[Token], at: int) -> int:
    return mine[min(at, len(mine) - 1)].line if mine else 1


def _lines(side: Sequence[Token]) -> list[str]:
    return [token.text for token in side if token.text is not None]
