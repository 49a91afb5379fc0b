"""Every change this room makes on disk, one small function each.

Each calls `step` first, so that a test can stop the world, or fill the disk, before any of them.
Nothing here (and nothing built on it) tidies up in a `finally`: a killed process would not either.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import OutputError

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


def step(what: str) -> None:
    """Called before every change on disk with what is about to happen. Does nothing."""


def write_file(path: Path, data: bytes) -> None:
    """A new file; one that is already there, or a link, is an error."""
    step(f"create {path}")
    with path.open("xb", buffering=0) as file:
        step(f"write {path}")
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]


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


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for a file; a copy with its mode and times where the file system has no links."""
    step(f"link {target}")
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def move(source: Path, target: Path) -> None:
    """Rename, atomically; a file at the target is replaced."""
    step(f"move {source} to {target}")
    source.replace(target)


def remove(path: Path) -> None:
    """Delete a file or a link, if it is there."""
    step(f"remove {path}")
    path.unlink(missing_ok=True)


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
        shutil.rmtree(folder)
    except PermissionError:
        # A read-only folder that was carried across may stand in it.
        for top, _, _ in os.walk(folder):
            Path(top).chmod(stat.S_IRWXU)
        shutil.rmtree(folder)


def copy_mode(source: Path, target: Path) -> None:
    step(f"chmod {target}")
    shutil.copymode(source, target)


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


def same_bytes(path: str, data: bytes) -> bool:
    """Whether a file holds just this; a link is an error. Not a Path: it is asked of every file."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    try:
        return os.fstat(handle).st_size == len(data) and os.read(handle, len(data) + 1) == data
    finally:
        os.close(handle)


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
