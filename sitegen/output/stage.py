"""The new files, beside the old site and on the same file system, before any of it is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from sitegen.errors import OutputError, Problem
from sitegen.model import Output, Promise, Staged
from sitegen.output import disk
from sitegen.output.checks import content_problem
from sitegen.output.manifest import Manifest
from sitegen.output.marks import NONE, Mark, older
from sitegen.output.paths import Claim, clashes, path_problem
from sitegen.output.place import Place
from sitegen.output.plan import Plan
from sitegen.output.survey import Survey
from sitegen.output.tree import IN_THE_WAY, Tree, cannot_stage

Wanted = Output | Promise | Staged


def stage(outputs: Iterable[Wanted], place: Place, old: Manifest | None, found: Survey) -> Plan:
    """Take the outputs one by one, check them, and stage those that are not there yet.

    Only one output's bytes are held at a time. Raises OutputError with every problem found.
    """
    staging = _Staging(place, found, Tree(str(place.tree)))
    known, files = found.known, staging.files
    for output in outputs:
        path = output.path
        sha = hashlib.sha256(output.data).hexdigest() if isinstance(output, Output) else output.sha256
        if path in staging.claims:
            staging.again.append(Claim(path, output.made_from))
        elif known.get(path) == sha and not isinstance(output, Staged):
            staging.claims[path] = output.made_from
            files[path] = sha
        else:
            staging.take(output, sha)
    problems = [*staging.problems, *staging.clashes()]
    if problems:
        raise OutputError.of(problems)
    if staging.refused is not None:
        raise staging.refused
    return Plan(
        old,
        Manifest(files),
        found.present,
        frozenset(staging.staged),
        {**found.marks, **staging.marks},
        frozenset(staging.spare),
    )


@dataclass(slots=True)
class _Staging:
    """What is gathered meanwhile: `claims` are the paths with the sources of each, `again` those that
    come a second time, `spare` what workers staged although it is there already."""

    place: Place
    found: Survey
    tree: Tree
    claims: dict[str, tuple[str, ...]] = field(default_factory=dict)
    again: list[Claim] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    staged: set[str] = field(default_factory=set)
    marks: dict[str, Mark] = field(default_factory=dict)
    spare: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    refused: OutputError | None = None

    def take(self, output: Wanted, sha: str) -> None:
        """An output that is not known to be there with these bytes."""
        path = output.path
        # A stager has looked at the path already.
        if path not in self.found.present and not isinstance(output, Staged):
            problem = path_problem(path, output.made_from)
            if problem is not None:
                self.problems.append(problem)
                return
        self.claims[path] = output.made_from
        there = self._there(path)
        if isinstance(output, Staged):
            self._staged(output, there)
        elif there != sha:
            if isinstance(output, Promise):
                output = Output(path, output.make(), output.made_from)
                sha = hashlib.sha256(output.data).hexdigest()
            # What a damaged cache gives may be there all the same.
            if there != sha:
                self._put(output, sha)
        self.files[path] = sha

    def _there(self, path: str) -> str | None:
        """The hash of the file that is there; one that was changed by hand has another."""
        if path not in self.found.present:
            return None
        if path in self.found.known:
            return self.found.known[path]
        try:
            sha, seen = disk.read_marked(f"{self.place.public}/{path}")
        except OSError as error:
            raise disk.refusal(f"{self.place.shown(path)} cannot be read", error) from error
        self.marks[path] = older(seen, self.found.moment or 0)
        return sha

    def _staged(self, output: Staged, there: str | None) -> None:
        if there == output.sha256:
            self.spare.add(output.path)
            return
        if output.mark is None:
            self._refuse(output.path, FileExistsError())
        self.staged.add(output.path)
        self.marks[output.path] = output.mark or NONE

    def _put(self, output: Output, sha: str) -> None:
        self.staged.add(output.path)
        problem = content_problem(output)
        if problem is not None:
            self.problems.append(problem)
        elif not self.problems and self.refused is None:
            try:
                self.marks[output.path] = self.tree.put(output.path, output.data)
            except IN_THE_WAY as error:
                self._refuse(output.path, error)
            except OSError as error:
                raise cannot_stage(output.path, error) from error

    def clashes(self) -> list[Problem]:
        theirs = (*self.found.foreign, *(f"{folder}/" for folder in self.found.folders))
        if not theirs and not self.again and self.claims.keys() <= self.found.present:
            # They stand side by side already.
            return []
        return clashes(self.claims, self.again, theirs)

    def _refuse(self, path: str, error: OSError) -> None:
        """Something stands in its way: most likely another output, which is then to be named."""
        self.refused = self.refused or cannot_stage(path, error)
