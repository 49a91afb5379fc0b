"""Which paths a site may have, and which two cannot stand side by side."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.errors import Problem
from sitegen.frozen import record

PART_BYTES = 255
PATH_BYTES = 512

_CASE = "two paths that differ only by case or by how an accent is written are one address"

# Windows' names and characters are refused everywhere, so that a digest can be built and cloned
# anywhere: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("is empty", re.compile(r"\A\Z")),
    ("is not valid text", re.compile(r"[\ud800-\udfff]")),
    ("begins with a slash", re.compile(r"\A/")),
    ("holds an empty part, or one of dots alone", re.compile(r"(?:\A|/)\.{0,2}(?=/)|/\.{0,2}\Z|\A\.\.?\Z")),
    ("holds a backslash", re.compile(r"\\")),
    ("holds a control character", re.compile(r"[\x00-\x1f\x7f]")),
    ("holds a character that Windows refuses", re.compile(r'[<>:"|?*]')),
    ("has a part that ends with a dot or a space", re.compile(r"[. ](?:/|\Z)")),
    (
        "uses a name that Windows keeps for itself",
        re.compile(
            r"(?:\A|/)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.[^/]*)?(?:/|\Z)", re.I
        ),
    ),
    ("is kept for sitegen's own files", re.compile(r"\A\.sitegen[^/]*(?:/|\Z)", re.I)),
)


# Most paths are of this kind, with which nothing can be wrong: one look instead of ten.
_PART = r"(?!con|prn|aux|nul|com|lpt)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
_PLAIN = re.compile(rf"(?:{_PART}/)*{_PART}")


def fault(path: str) -> str | None:
    """What is wrong with a path relative to the output folder, as words that follow it."""
    if len(path) <= PART_BYTES and _PLAIN.fullmatch(path):
        return None
    for wrong, pattern in _RULES:
        if pattern.search(path):
            return wrong
    if len(path) * 4 <= PART_BYTES:
        return None
    if len(path.encode()) > PATH_BYTES:
        return f"is longer than {PATH_BYTES} bytes"
    if any(len(part.encode()) > PART_BYTES for part in path.split("/")):
        return f"has a part longer than {PART_BYTES} bytes"
    return None


def fold(path: str) -> str:
    """The form in which addresses are compared: no case, one spelling of every accent (NFC)."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def folders(path: str) -> list[str]:
    """The folders above a path, the nearest first: `a/b/c` is in `a/b` and `a`."""
    found = []
    at = path.rfind("/")
    while at > 0:
        found.append(path[:at])
        at = path.rfind("/", 0, at)
    return found


def parent(path: str) -> str:
    """The folder a path is in, "" at the top."""
    return path.rpartition("/")[0]


def above(paths: Iterable[str]) -> set[str]:
    """All folders above any of these paths."""
    found: set[str] = set()
    for path in paths:
        at = path.rfind("/")
        while at > 0 and (folder := path[:at]) not in found:
            found.add(folder)
            at = path.rfind("/", 0, at)
    return found


@record
class Claim:
    """A path and who has it. `ours` is False for a file that somebody else put into the folder."""

    path: str
    made_from: tuple[str, ...] = ()
    ours: bool = True

    @property
    def owner(self) -> str:
        if not self.ours:
            return "a file there that is not sitegen's"
        return ", ".join(self.made_from) or "sitegen itself"


@dataclass(slots=True)
class Addresses:
    """Who has which address so far. Foreign files claim theirs first."""

    files: dict[str, Claim] = field(default_factory=dict)
    folders: dict[str, Claim] = field(default_factory=dict)

    def claim(self, claim: Claim) -> Problem | None:
        """Take an address, or say why it is not to be had."""
        key = fold(claim.path)
        above = folders(key)
        same = self.files.get(key)
        other = same or self.folders.get(key) or next(filter(None, map(self.files.get, above)), None)
        if other is not None:
            return _clash(claim, other, same is not None)
        self.files[key] = claim
        for folder in above:
            # One that is known has all those above it known.
            if folder in self.folders:
                break
            self.folders[folder] = claim
        return None


def _clash(claim: Claim, other: Claim, same: bool) -> Problem:
    where = claim.made_from[0] if claim.made_from else claim.path
    if not other.ours:
        return Problem(
            f"{claim.path} (from {claim.owner}) would take the place of {other.path}, which is not sitegen's",
            "output-foreign",
            where,
            hint="move that file out of the folder (to static/, if the site needs it) or change the address",
        )
    if same:
        alike = "" if claim.path == other.path else f" and {other.path}: {_CASE}"
        return Problem(
            f"two outputs at one address, {claim.path}{alike} "
            f"(one from {other.owner}, one from {claim.owner})",
            "output-clash",
            where,
            hint="give one of them another slug or name",
        )
    return Problem(
        f"{claim.path} (from {claim.owner}) and {other.path} (from {other.owner}) cannot both be there: "
        "one would be a file where the other needs a folder",
        "output-clash",
        where,
        hint="give one of them another slug or name",
    )


def path_problem(path: str, made_from: tuple[str, ...]) -> Problem | None:
    """The problem with one output's path, if there is one."""
    wrong = fault(path)
    if wrong is None:
        return None
    shown = path.encode("unicode_escape").decode() if not path.isprintable() else path
    return Problem(
        f"the path “{shown[:200]}” {wrong}",
        "output-path",
        made_from[0] if made_from else None,
        hint="give the page another slug, or the file another name",
    )


def clashes(
    claims: Mapping[str, tuple[str, ...]], again: Sequence[Claim], theirs: Sequence[str]
) -> list[Problem]:
    """The problems between the outputs (those that come a second time are in `again`), and with other
    people's files and folders; a folder's path ends with a slash.

    Almost always there are none, which a few sets tell at once.
    """
    ours, foreign = set(map(fold, claims)), set(map(fold, theirs))
    inside = above(ours)
    twice = again or len(ours) < len(claims) or not ours.isdisjoint(foreign)
    if not twice and (ours | foreign).isdisjoint(inside) and ours.isdisjoint(above(foreign)):
        return []
    addresses = Addresses()
    for path in theirs:
        addresses.claim(Claim(path, ours=False))
    everything = (*(Claim(path, made_from) for path, made_from in claims.items()), *again)
    return [problem for claim in everything if (problem := addresses.claim(claim)) is not None]
