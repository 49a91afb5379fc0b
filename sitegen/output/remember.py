"""The index after a build: what is sure of every file and folder that now stands in the output folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping

from sitegen.frozen import record
from sitegen.output import marks
from sitegen.output.clock import Clock
from sitegen.output.index import Index
from sitegen.output.journal import Journal
from sitegen.output.manifest import NAME
from sitegen.output.marks import NONE, Mark, moved, older
from sitegen.output.paths import above, parent
from sitegen.output.place import Place
from sitegen.output.plan import Action, Plan
from sitegen.output.survey import Survey


@record
class Memory:
    """What was known before the new site was published: `manifest` is the mark of its list of files,
    `folders` has those of the staged folders, if it is to be exchanged."""

    place: Place
    plan: Plan
    found: Survey
    manifest: Mark
    folders: Mapping[str, Mark]
    clock: Clock

    def nothing(self) -> Index:
        """Nothing had to be done, but the old index was not right about everything."""
        return self._index({**self.plan.marks, NAME: self.manifest}, self.found.places, self.found.folders)

    def exchanged(self) -> Index:
        """The staged files and folders are what they were; what has lost a second name is looked at again."""
        moment = self.clock.tick()
        seen = {**self.plan.marks, NAME: self.manifest}
        for path in self.plan.unchanged:
            seen[path] = self._again(path, seen, moment)
        places = {**self.folders, "": self._again("", self.folders, moment)}
        return self._index(seen, places, self.found.folders)

    def moved(self, journal: Journal) -> Index:
        """The files that came are looked at again, and the folders in which one came or went."""
        moment = self.clock.tick()
        seen = {**self.plan.marks, NAME: self.manifest}
        for action in journal.actions:
            if action.kind == "put":
                seen[action.path] = self._again(action.path, seen, moment)
        restructured = above(action.path for action in journal.actions if _restructures(action))
        touched = {parent(action.path) for action in journal.actions} | restructured
        places = {path: at for path, at in self.found.places.items() if path not in touched}
        here = {path: older(at, moment) for path in touched if (at := self._mark(path)) is not None}
        places |= here
        places |= dict.fromkeys((path for path in here if not self._as_expected(path, places)), NONE)
        others = self.found.folders
        if restructured:
            others = tuple(sorted(places.keys() - above(self.plan.new.files) - {""}))
        return self._index(seen, places, others)

    def _index(self, seen: Mapping[str, Mark], places: Mapping[str, Mark], others: tuple[str, ...]) -> Index:
        files = self.plan.new.files
        pages = Counter(map(parent, files))
        crowded = {"", *map(parent, places), *map(parent, self.found.foreign)}
        busy = {path: at for path, at in places.items() if pages[path] != 1 or path in crowded}
        rest = {path: at for path, at in places.items() if path not in busy}
        return Index(files, seen, busy | rest, len(busy), self.found.foreign, others)

    def _mark(self, path: str) -> Mark | None:
        return marks.of(f"{self.place.public}/{path}")

    def _again(self, path: str, before: Mapping[str, Mark], moment: int) -> Mark:
        """The mark it has now, if it is still the same file with the same bytes."""
        now = self._mark(path)
        return older(now, moment) if moved(before.get(path, NONE), now) else NONE

    def _as_expected(self, folder: str, places: Mapping[str, Mark]) -> bool:
        """Whether nothing stands in a folder of which we do not know."""
        files, rest = self.plan.new.files, {NAME, *self.found.foreign}
        inside = f"{folder}/" if folder else ""
        with os.scandir(f"{self.place.public}/{folder}") as entries:
            paths = [inside + entry.name for entry in entries]
        return all(path in files or path in places or path in rest for path in paths)


def _restructures(action: Action) -> bool:
    return action.new or action.kind == "drop"


def folders(place: Place, plan: Plan, found: Survey, moment: int) -> dict[str, Mark]:
    """The folders of a staged tree that is whole."""
    paths = ("", *above((*plan.new.files, *found.foreign)), *above(f"{folder}/" for folder in found.folders))
    top = f"{place.tree}/"
    return {path: older(at, moment) for path in paths if (at := marks.of(top + path))}
