"""Which files of the output folder are ours: a list inside it, so that it is always about that tree."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.frozen import record
from sitegen.output import disk
from sitegen.output.paths import fault

NAME = ".sitegen-manifest.json"
FORMAT = 1
_SHA = re.compile(r"[0-9a-f]{64}\Z")


@record
class Manifest:
    """path → sha256 of every file sitegen wrote, without the manifest itself."""

    files: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """One file a line, sorted, no times: the same site has the same manifest."""
        whole = {"sitegen": FORMAT, "files": dict(sorted(self.files.items()))}
        return (json.dumps(whole, ensure_ascii=False, separators=(",\n", ": ")) + "\n").encode()


def load(folder: Path, shown: str) -> Manifest | None:
    """The manifest in a folder; None where the folder is absent or empty.

    `shown` is the folder as messages name it. Raises OutputError for a folder that holds files but
    no manifest, and for a manifest that is damaged: then nothing says what may be deleted.
    """
    path = folder / NAME
    with disk.explained(f"{shown} cannot be read"):
        if not folder.exists():
            return None
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise _damaged(shown, "it is not an ordinary file")
        if path.exists():
            return _parse(path.read_bytes(), shown)
        if any(folder.iterdir()):
            raise OutputError(
                f"{shown} is not empty and was not made by sitegen",
                code="output-unmanaged",
                path=shown,
                hint="choose another output folder, or move what is in it away; nothing was touched",
            )
    return None


def _parse(data: bytes, shown: str) -> Manifest:
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise _damaged(shown, "it is not JSON") from None
    if not isinstance(whole, dict) or not isinstance(files := whole.get("files"), dict):
        raise _damaged(shown, "it has no list of files")
    if whole.get("sitegen") != FORMAT:
        raise _damaged(shown, "another version of sitegen wrote it")
    for path, sha in files.items():
        if fault(path) or not isinstance(sha, str) or not _SHA.match(sha):
            raise _damaged(shown, f"its line for “{path[:100]}” is not one that sitegen writes")
    return Manifest(files)


def _damaged(shown: str, why: str) -> OutputError:
    return OutputError(
        f"the list of sitegen's files in {shown} cannot be used: {why}",
        code="output-manifest",
        path=f"{shown}/{NAME}",
        hint=f"nothing was touched; keep what is yours in {shown}, delete the folder, and build again",
    )
