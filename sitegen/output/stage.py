"""The new files, beside the old site and on the same file system, before any of it is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import OutputError, Problem
from sitegen.model import Output
from sitegen.output import disk
from sitegen.output.checks import content_problem
from sitegen.output.manifest import NAME, Manifest
from sitegen.output.paths import Addresses, Claim, path_problem
from sitegen.output.place import Place
from sitegen.output.plan import Action, Plan
from sitegen.output.survey import Survey


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder that is being filled; remembers which folders it has made already."""

    top: Path
    made: set[str] = field(default_factory=set)

    def spot(self, path: str) -> Path:
        """Where a path is, its folder made."""
        folder = path.rpartition("/")[0]
        if folder not in self.made:
            disk.make_folders(self.top / folder)
            self.made.add(folder)
        return self.top / path


def stage(outputs: Iterable[Output], place: Place, old: Manifest | None, found: Survey) -> Plan:
    """Take the outputs one by one, check them, and stage those that are not there yet.

    Only one output's bytes are held at a time. Raises OutputError with every problem found.
    """
    addresses = _taken(found)
    tree = Tree(place.tree)
    problems: list[Problem] = []
    files: dict[str, str] = {}
    staged: set[str] = set()
    for output in outputs:
        path, known = output.path, output.path in found.present
        problem = None if known else path_problem(path, output.made_from)
        problem = problem or addresses.claim(Claim(path, output.made_from))
        there = problem is None and known and _there(place, output)
        if problem is None and not there:
            problem = content_problem(output)
        if problem is not None:
            problems.append(problem)
            continue
        files[path] = hashlib.sha256(output.data).hexdigest()
        if not there:
            staged.add(path)
            if not problems:
                _put(tree, output)
    if problems:
        raise OutputError.of(problems)
    return Plan(old, Manifest(files), found.present, frozenset(staged))


def _there(place: Place, output: Output) -> bool:
    """Whether the file has these very bytes already; one that was changed by hand has not."""
    try:
        return disk.same_bytes(f"{place.public}/{output.path}", output.data)
    except OSError as error:
        raise disk.refusal(f"{place.shown(output.path)} cannot be read", error) from error


def _put(tree: Tree, output: Output) -> None:
    try:
        disk.write_file(tree.spot(output.path), output.data)
    except OSError as error:
        raise disk.refusal(f"{output.path} cannot be staged, so nothing was changed", error) from error


def _taken(found: Survey) -> Addresses:
    """The addresses that other people's files have; a folder, too, keeps its name from being a file's."""
    addresses = Addresses()
    for path in (*found.foreign, *(f"{folder}/" for folder in found.folders)):
        addresses.claim(Claim(path, ours=False))
    return addresses


def fill(place: Place, plan: Plan, found: Survey) -> None:
    """Make the staged tree whole, for an exchange: what stays as it is, and what is not ours."""
    tree = Tree(place.tree)
    for folder in found.folders:
        disk.make_folders(tree.top / folder)
    for path in (*sorted(plan.unchanged), *found.foreign):
        disk.link_or_copy(place.public / path, tree.spot(path))
    disk.write_file(tree.spot(NAME), plan.new.encode())
    if place.public.exists():
        # The deepest first: a folder that may not be written to is closed after what is in it.
        for folder in (*sorted(found.folders, reverse=True), "."):
            disk.copy_mode(place.public / folder, tree.top / folder)


def keep(place: Place, plan: Plan) -> tuple[Action, ...]:
    """Before moves: the new manifest staged, a second name for every file that will go. Returns the moves."""
    disk.write_file(Tree(place.tree).spot(NAME), plan.new.encode())
    actions = plan.actions(disk.sha256(place.tree / NAME) or "")
    kept = Tree(place.kept)
    for path in _going(actions):
        disk.link_or_copy(place.public / path, kept.spot(path))
    return actions


def _going(actions: Iterable[Action]) -> Iterator[str]:
    return (action.path for action in actions if not action.new)
