"""The staging tree: new files beside the old site, written by this process or by its workers."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from dataclasses import field
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.frozen import record
from sitegen.model import Output, Staged
from sitegen.output import disk
from sitegen.output.checks import content_problem
from sitegen.output.marks import Mark
from sitegen.output.paths import parent, path_problem
from sitegen.output.place import Place

# What says that two addresses cannot both be there: a file where a folder should be, or the reverse.
IN_THE_WAY = (FileExistsError, IsADirectoryError, NotADirectoryError)

_HANDLES = {os.open, os.mkdir, os.unlink} <= os.supports_dir_fd


@record
class Tree:
    """A folder that is being filled; remembers which folders it has made already.

    With `handle` it is that very folder, whatever its name comes to stand for.
    """

    top: str
    handle: int | None = None
    made: set[str] = field(default_factory=set)

    def spot(self, path: str) -> str:
        """Where a path is, for calls that take `handle` with it; its folder is made."""
        folder = parent(path)
        if folder not in self.made:
            self._make(folder)
        return path if self.handle is not None else f"{self.top}/{path}"

    def _make(self, folder: str) -> None:
        if self.handle is None and not self.made:
            disk.make_folders(Path(self.top))
        if folder:
            where = folder if self.handle is not None else f"{self.top}/{folder}"
            disk.step(f"make {where}")
            try:
                self._mkdir(where)
            except FileNotFoundError:
                self._make(parent(folder))
                self._mkdir(where)
        self.made.add(folder)

    def _mkdir(self, where: str) -> None:
        # Another worker may have been quicker.
        with contextlib.suppress(FileExistsError):
            os.mkdir(where, dir_fd=self.handle)

    def put(self, path: str, data: bytes) -> Mark:
        """Write a file; one that a process left there half-written gives way. Raises OSError."""
        spot = self.spot(path)
        try:
            return disk.write_file(spot, data, self.handle)
        except FileExistsError:
            if stat.S_ISDIR(os.stat(spot, dir_fd=self.handle, follow_symlinks=False).st_mode):
                raise
            os.unlink(spot, dir_fd=self.handle)
            return disk.write_file(spot, data, self.handle)


@record
class Stager:
    """Puts files into the staging tree of one `write`, from any process of this machine.

    It can be sent to a worker. `token` tells the tree of this write from others that had its name.
    """

    tree: str
    token: str

    def put(self, output: Output) -> Staged:
        """Check a file and write it. Raises OutputError.

        To be called only while the outputs of the write are being taken, and each file that is put
        must be among them. Where another output stands in its way the record has no mark, and the
        write, which sees both, says so.
        """
        problem = path_problem(output.path, output.made_from) or content_problem(output)
        if problem is not None:
            raise OutputError.of([problem])
        sha = hashlib.sha256(output.data).hexdigest()
        try:
            mark = _opened(self).put(output.path, output.data)
        except IN_THE_WAY:
            mark = None
        except OSError as error:
            raise cannot_stage(output.path, error) from error
        return Staged(output.path, sha, len(output.data), output.made_from, mark)


def stager(public: Path, root: Path) -> Stager:
    """What workers put files with, for one `write` to `public`. Raises OutputError as `write` does."""
    return Stager(str(Place.of(public, root).tree), os.urandom(8).hex())


def cannot_stage(path: str, error: OSError) -> OutputError:
    return disk.refusal(f"{path} cannot be staged, so nothing was changed", error)


# The tree that this process puts files into. It is held open, not named again each time: should the
# command that started this worker be killed, and another one begin a new tree under the same name,
# then what the worker still writes goes into the old one, which is gone.
_open: dict[Stager, Tree] = {}


def _opened(stager: Stager) -> Tree:
    tree = _open.get(stager)
    if tree is None:
        while _open:
            handle = _open.popitem()[1].handle
            if handle is not None:
                os.close(handle)
        disk.make_folders(Path(stager.tree))
        handle = os.open(stager.tree, os.O_RDONLY | os.O_DIRECTORY) if _HANDLES else None
        tree = _open[stager] = Tree(stager.tree, handle)
    return tree
