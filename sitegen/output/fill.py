"""What is made ready at last, when it is decided by which way the new site comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.output import disk
from sitegen.output.manifest import NAME
from sitegen.output.marks import Mark
from sitegen.output.place import Place
from sitegen.output.plan import Action, Plan
from sitegen.output.survey import Survey
from sitegen.output.tree import Tree


def fill(place: Place, plan: Plan, found: Survey) -> Mark:
    """Make the staged tree whole, for an exchange: what stays as it is, and what is not ours.

    Returns the mark of the new manifest.
    """
    tree = Tree(str(place.tree))
    for folder in found.folders:
        tree.spot(f"{folder}/")
    for path in plan.spare:
        # The file that is there stays: the one that a worker made has the same bytes.
        disk.remove(place.tree / path)
    for path in (*sorted(plan.unchanged), *found.foreign):
        disk.link_or_copy(f"{place.public}/{path}", tree.spot(path))
    mark = tree.put(NAME, plan.new.encode())
    if place.public.exists():
        # The deepest first: a folder that may not be written to is closed after what is in it.
        for folder in (*sorted(found.folders, reverse=True), "."):
            disk.copy_mode(place.public / folder, place.tree / folder)
    return mark


def keep(place: Place, plan: Plan) -> tuple[tuple[Action, ...], Mark]:
    """Before moves: the new manifest staged, a second name for every file that will go.

    Returns the moves, and the mark of the new manifest.
    """
    mark = Tree(str(place.tree)).put(NAME, plan.new.encode())
    actions = plan.actions(disk.sha256(place.tree / NAME) or "")
    kept = Tree(str(place.kept))
    for path in _going(actions):
        disk.link_or_copy(f"{place.public}/{path}", kept.spot(path))
    return actions, mark


def _going(actions: Iterable[Action]) -> Iterator[str]:
    return (action.path for action in actions if not action.new)
