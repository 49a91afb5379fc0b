"""Every change this room makes on disk, one small function each.

Each calls `step` first, so that a test can stop the world, or fill the disk, before any of them.
Nothing here (and nothing built on it) tidies up in a `finally`: a killed process would not either.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from sitegen.errors import OutputError
from sitegen.output.marks import Mark, mark

# What a file system says when it has no hard links, or will not make this one.
_NO_LINK = {
    errno.EPERM,
    errno.EACCES,
    errno.EXDEV,
    errno.EMLINK,
    errno.ENOSYS,
    errno.EOPNOTSUPP,
    errno.EINVAL,
}

_HINTS = {
    errno.ENOSPC: "the disk is full: make room, then run the command again",
    errno.EDQUOT: "your disk quota is used up: make room, then run the command again",
    errno.EROFS: "the file system is read-only: choose another output folder",
    errno.EXDEV: "the output folder and the one it stands in must be on one file system; "
    "delete the output folder, or choose another one",
    errno.EBUSY: "something is mounted there: let the output be a folder inside the mount",
    errno.ENAMETOOLONG: "choose an output folder nearer to the top, or shorten the address",
}
_HINT = "check who owns the output folder and the one it stands in, and that both may be written"

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def step(what: str) -> None:
    """Called before every change on disk with what is about to happen. Does nothing."""


def write_file(path: Path | str, data: bytes, folder: int | None = None) -> Mark:
    """A new file; one that is already there, or a link, is an error. Returns the file's mark.

    With `folder`, the handle of an open one, `path` is relative to that.
    """
    step(f"create {path}")
    handle = os.open(path, _NEW, 0o666, dir_fd=folder)
    try:
        step(f"write {path}")
        if os.write(handle, data) != len(data):
            os.lseek(handle, 0, os.SEEK_SET)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
        return mark(os.fstat(handle))
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes) -> None:
    """A file that is there whole or not at all, even if the power fails."""
    draft = path.with_name(path.name + ".new")
    remove(draft)
    write_file(draft, data)
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    move(draft, path)
    sync_folder(path.parent)


def make_folders(folder: Path) -> None:
    step(f"make {folder}")
    folder.mkdir(parents=True, exist_ok=True)


def link_or_copy(source: str, target: str) -> None:
    """A second name for a file; a copy with its mode and times where the file system has no links."""
    step(f"link {target}")
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        _shutil().copy2(source, target, follow_symlinks=False)


def move(source: Path | str, target: Path | str) -> None:
    """Rename, atomically; a file at the target is replaced."""
    step(f"move {source} to {target}")
    os.replace(source, target)  # noqa: PTH105 (paths may be text here: there are many)


def remove(path: Path | str) -> None:
    """Delete a file or a link, if it is there."""
    step(f"remove {path}")
    with suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108


def tidy(folder: Path, top: Path, spare: Collection[str] = ()) -> None:
    """Remove a folder and those above it as long as they are empty, up to `top` or one to `spare`."""
    while folder != top and folder.relative_to(top).as_posix() not in spare:
        step(f"tidy {folder}")
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return
        folder = folder.parent


def remove_tree(folder: Path) -> None:
    """Delete a folder of our own with all it holds; links in it are not followed."""
    step(f"remove {folder}")
    if not os.path.lexists(folder):
        return
    try:
        _shutil().rmtree(folder)
    except OSError:
        # A read-only folder that was carried across may stand in it, or a worker that has outlived
        # its command may just have put a file there.
        for top, _, _ in os.walk(folder):
            Path(top).chmod(stat.S_IRWXU)
        _shutil().rmtree(folder)


def copy_mode(source: Path, target: Path) -> None:
    step(f"chmod {target}")
    _shutil().copymode(source, target)


def sync_folder(folder: Path) -> None:
    """Wait until renames and deletions are on the disk.

    One call also commits those made before it in other folders: file systems that keep a journal
    (ext4, XFS, Btrfs, APFS) write it in order. Windows cannot open folders and needs no such call.
    """
    step(f"sync {folder}")
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str | None:
    """The hash of a regular file, None where there is none."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def inode(path: Path) -> int | None:
    """What tells one folder from another whatever it is called; None where there is none."""
    try:
        return path.lstat().st_ino
    except FileNotFoundError:
        return None


def read_marked(path: str) -> tuple[str, Mark]:
    """The hash of a file, and the mark it had before it was read; a link is an error."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb", buffering=0) as file:
        seen = mark(os.fstat(handle))
        return hashlib.file_digest(file, "sha256").hexdigest(), seen


def _shutil() -> ModuleType:
    """Imported when it is needed: that takes longer than to see that nothing has changed."""
    import shutil

    return shutil


@contextmanager
def explained(doing: str) -> Iterator[None]:
    """Turns what the operating system says into an OutputError with advice."""
    try:
        yield
    except OSError as error:
        raise refusal(doing, error) from error


def refusal(doing: str, error: OSError) -> OutputError:
    """What the operating system says, with advice."""
    where = f" ({os.fsdecode(error.filename)})" if error.filename else ""
    return OutputError(
        f"{doing}: {(error.strerror or str(error)).lower()}{where}",
        code="output-write",
        hint=_HINTS.get(error.errno or 0, _HINT),
    )
