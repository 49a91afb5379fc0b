"""What has to change, in which order, and by which of the two ways. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Literal

from sitegen.frozen import record
from sitegen.output.manifest import NAME, Manifest
from sitegen.output.marks import Mark
from sitegen.output.paths import above, fold

Mode = Literal["nothing", "moves", "exchange"]

# From this share of a site's files on, one exchange is cheaper and safer than many moves.
LARGE_PART = 0.5


@record
class WriteReport:
    """What a command did to the output folder.

    `planned` and `unchanged` count files of the site; `written` (new and changed) and `removed` are
    their paths, sorted.
    """

    planned: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    mode: Mode


@record
class Action:
    """One change of a file in the output folder. `sha` is that of the new bytes; `new`: none was there."""

    kind: Literal["put", "drop"]
    path: str
    sha: str = ""
    new: bool = False


@record
class Plan:
    """The difference between the site that is there and the one that is wanted.

    `old` is None where there is no site yet. `present` are our files that are really there; `staged`
    those of the new site that are not there yet with these bytes, and `spare` those that are, and
    were staged all the same. `marks` has those of staged files, and of others where they are sure.
    """

    old: Manifest | None
    new: Manifest
    present: frozenset[str]
    staged: frozenset[str]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    spare: frozenset[str] = frozenset()

    @property
    def removed(self) -> frozenset[str]:
        return self.present - self.new.files.keys()

    @property
    def unchanged(self) -> frozenset[str]:
        return frozenset(self.new.files.keys() - self.staged)

    @property
    def mode(self) -> Mode:
        return next(mode for rule, mode in _MODES if rule(self))

    @property
    def report(self) -> WriteReport:
        return WriteReport(
            planned=len(self.new.files),
            written=tuple(sorted(self.staged)),
            removed=tuple(sorted(self.removed)),
            unchanged=len(self.unchanged),
            mode=self.mode,
        )

    def actions(self, manifest_sha: str) -> tuple[Action, ...]:
        """The moves of a small change: at no moment does a link from one page lead nowhere.

        Within a group the deeper paths come first, so that the home page comes last.
        """
        files = [Action("put", p, self.new.files[p], p not in self.present) for p in self.staged]
        files += [Action("drop", path) for path in self.removed]
        files.sort(key=lambda action: (_rank(action), -action.path.count("/"), action.path))
        return (*files, Action("put", NAME, manifest_sha))


def _rank(action: Action) -> int:
    """What a new page shows is there before it, it before those that link to it, and deletions last."""
    page = action.path.endswith((".html", ".htm"))
    if action.kind == "drop":
        return 4 if page else 5
    if action.new:
        return 1 if page else 0
    return 3 if page else 2


def _no_site_yet(plan: Plan) -> bool:
    return plan.old is None


def _same_site(plan: Plan) -> bool:
    return not plan.staged and not plan.removed and plan.old == plan.new


def _one_takes_the_others_place(plan: Plan) -> bool:
    """A file where a folder was, or the reverse; or a name whose case changes, which on some file
    systems is the same file: one by one, the old would be in the way of the new."""
    old = set(map(fold, plan.removed))
    if not old:
        return False
    new = set(map(fold, plan.staged))
    return bool(old & (new | above(new)) or new & above(old))


def _large_part(plan: Plan) -> bool:
    return len(plan.staged) + len(plan.removed) > LARGE_PART * max(len(plan.new.files), len(plan.present))


def _small_change(plan: Plan) -> bool:
    return True


# The first rule that holds decides.
_MODES: tuple[tuple[Callable[[Plan], bool], Mode], ...] = (
    (_no_site_yet, "exchange"),
    (_same_site, "nothing"),
    (_one_takes_the_others_place, "exchange"),
    (_large_part, "exchange"),
    (_small_change, "moves"),
)
