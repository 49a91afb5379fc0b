"""The files that a merge reads and writes. An editor who saves meanwhile wins."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from sitegen.errors import ContentError
from sitegen.seeds.known import CONFLICT
from sitegen.seeds.read import relative

MARK = "\ufeff"
_SEAL = "<!-- sitegen: not read as content; delete it when you are done. {} -->"


@dataclass(frozen=True, slots=True)
class Original:
    """An editor's file as it was read; `text` has no byte order mark, its line ends are untouched.

    `path` is the file itself, where the one in content/ is a link.
    """

    name: str
    path: Path
    data: bytes
    text: str

    def with_text(self, text: str) -> bytes:
        """The bytes of the same file with another text."""
        mark = MARK if self.data.startswith(MARK.encode()) else ""
        return (mark + text).encode("utf-8")


def read(root: Path, path: Path) -> Original:
    """An article to merge into. Raises ContentError where it cannot be read, or is a link that leads
    out of the digest."""
    name = relative(root, path)
    real = path.resolve()
    if not real.is_relative_to(root.resolve()):
        raise ContentError(
            "this link leads out of the digest's folder", code="content-outside", path=name,
            hint="copy the file here instead of linking to it",
        )  # fmt: skip
    try:
        data = real.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        raise ContentError(
            f"cannot be read: {error.strerror or error}", code="content-unreadable", path=name
        ) from None
    except UnicodeDecodeError:
        raise ContentError(
            "this is not UTF-8 text", code="content-encoding", path=name,
            hint="save the file as UTF-8 in your editor",
        ) from None  # fmt: skip
    return Original(name, real, data, text.removeprefix(MARK))


def write_over(original: Original, text: str) -> bool:
    """Put a text in the place of the one that was read; False, and nothing done, where the file is
    another one by now. Raises OSError; the file is then as it was."""
    return swap(original.path, original.with_text(text), lambda: original.path.read_bytes() == original.data)


def swap(path: Path, data: bytes, still: Callable[[], bool] = lambda: True) -> bool:
    """Write a file whole or not at all; `still` is asked at the last moment whether to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".merge-{token_hex(8)}.tmp")
    try:
        with scratch.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, scratch)
        if not still():
            return False
        os.replace(scratch, path)  # noqa: PTH105 (one name for every atomic step)
        return True
    except FileNotFoundError:
        return False  # the editor deleted it meanwhile
    finally:
        scratch.unlink(missing_ok=True)


def conflict_name(path: Path) -> Path:
    """Where the merge of an article with its conflicts goes: beside it, in a file of our own.

    One that somebody has worked in since is left alone, and the next one gets a number.
    """
    number = 1
    while True:
        beside = path.with_name(f"{path.stem}{'' if number == 1 else f'.{number}'}{CONFLICT}")
        if not beside.exists() or _is_ours(beside):
            return beside
        number += 1


def put_conflict(path: Path, text: str) -> None:
    """Write a conflict file with our seal, which tells whether anybody has worked in it since."""
    data = sealed(text)
    if not path.exists() or path.read_bytes() != data:
        swap(path, data)


def drop_conflict(path: Path) -> None:
    """Remove the conflict file of an article that has no conflict any more, if nobody worked in it."""
    beside = path.with_name(path.stem + CONFLICT)
    if beside.exists() and _is_ours(beside):
        beside.unlink()


def sealed(text: str) -> bytes:
    data = text.encode("utf-8")
    return data + (_SEAL.format(sha256(data).hexdigest()) + "\n").encode()


def _is_ours(path: Path) -> bool:
    head, _, seal = path.read_bytes().rpartition(_SEAL.split("{}")[0].encode())
    return seal.decode("utf-8", "replace").split(" ")[0] == sha256(head).hexdigest()
