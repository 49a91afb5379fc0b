"""New seeds → new articles: what would be written, and the writing.

Nothing here opens a file that exists for writing: a file gets its name in one step once it is
whole, and a name that is taken by then, by whomever, stays theirs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date as Day
from functools import partial
from pathlib import Path
from secrets import token_hex

from sitegen import slugs
from sitegen.errors import Problem
from sitegen.seeds import batch
from sitegen.seeds.batch import Progress
from sitegen.seeds.known import ARTICLES, BASE, Known, known
from sitegen.seeds.read import ENDINGS, FOLDER, relative, seed_files, unknown_formats
from sitegen.seeds.write import seed_name

Added = Day | Callable[[Path], Day]


@dataclass(frozen=True, slots=True)
class Planned:
    """An article that conversion would write; `path` and `base` are relative to the digest's folder."""

    seed: str
    id: str
    path: str
    base: str
    text: str


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """What became of the seeds. `created` are articles (or, in a preview, would be); `skipped` are
    seeds that have one already, or had one that the editor deleted."""

    created: tuple[Planned, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


def convert_new(
    root: Path,
    *,
    status: str,
    added: Added,
    limit: int = 1 << 20,
    page_limit: int = 8 << 20,
    language: str = "en",
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> ConvertReport:
    """Write an article for every seed in `root`/seeds that has none.

    `added` gives the day of conversion, for all or by seed; `limit` is the largest size of a text in
    bytes, `page_limit` that of a saved page or a news format; `only` names the seeds that are wanted, by
    their paths from `root`; `progress` is told how many are done, of how many. Seeds that
    cannot be read are problems in the report and do not stop the others. Raises OSError where
    nothing can be written.
    """
    report = preview(
        root, status=status, added=added, limit=limit, page_limit=page_limit, language=language,
        only=only, progress=progress,
    )  # fmt: skip
    written = [planned for planned in report.created if write(root, planned)]
    lost = tuple(planned.seed for planned in report.created if planned not in written)
    return ConvertReport(tuple(written), report.skipped + lost, report.problems)


def preview(
    root: Path,
    *,
    status: str,
    added: Added,
    limit: int = 1 << 20,
    page_limit: int = 8 << 20,
    language: str = "en",
    only: Collection[str] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> ConvertReport:
    """What `convert_new` would do, without writing anything. `executor` does the work if one is given."""
    files = [path for path in seed_files(root) if only is None or relative(root, path) in only]
    there = known(root) if files else Known({}, *([frozenset()] * 4))
    doubts = [] if only is not None else list(map(partial(_unknown_format, root), unknown_formats(root)))
    fresh: list[Path] = []
    skipped: list[str] = []
    for path in files:
        name = relative(root, path)
        sha256 = _hash(path)
        if not _is_known(name, sha256, there):
            fresh.append(path)
            continue
        skipped.append(name)
        if sha256 and there.files.get(seed_name(name), "") not in ("", sha256):
            doubts.append(_changed(name))
    setting = batch.Setting(root, limit, page_limit, language)
    jobs = [batch.Job(path, status, added if isinstance(added, Day) else added(path)) for path in fresh]
    hashes, taken = set(there.hashes), set(there.slugs)
    created: list[Planned] = []
    problems: list[Problem] = doubts
    for job, made in zip(jobs, batch.run(setting, jobs, progress, executor), strict=True):
        if made.sha256 and made.sha256 in hashes:
            skipped.append(made.seed)
            continue
        problems += made.problems
        if made.text is None:
            continue
        hashes.add(made.sha256)
        slug = slugs.free(made.slug, taken)
        taken.add(slug)
        created.append(_planned(made if slug == made.slug else batch.make(setting, replace(job, slug=slug))))
    return ConvertReport(tuple(created), tuple(sorted(skipped)), tuple(problems))


def _is_known(name: str, sha256: str, there: Known) -> bool:
    """Whether an article was made of this seed: by its name, then by its bytes, last by the id that its
    bytes give, which the article keeps when its editor takes the lines about the seed out."""
    if seed_name(name) in there.files:
        return True
    return sha256 in there.hashes or sha256[:12] in there.ids or sha256[:12] in there.deleted


def _hash(path: Path) -> str:
    """The sha256 of a file; "" where it cannot be read, which reading it will say."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _unknown_format(root: Path, path: Path) -> Problem:
    return Problem(
        "nothing can be made of this kind of file", "seed-unknown-format", relative(root, path),
        hint=f"save it as one of {', '.join(ENDINGS)}, or move it out of {FOLDER}/",
        severity="warning",
    )  # fmt: skip


def _changed(name: str) -> Problem:
    return Problem(
        "this seed has changed since its article was made", "seed-changed", name,
        hint="run `sitegen convert --merge` to bring what is new to its article",
        severity="warning",
    )  # fmt: skip


def _planned(made: batch.Made) -> Planned:
    name = made.sha256[:12]
    path = f"{ARTICLES}/{made.year:04}/{made.slug}.md"
    return Planned(made.seed, name, path, f"{BASE}/{name}.md", made.text or "")


def write(root: Path, planned: Planned) -> bool:
    """Write an article and the base for later merges; False where its place was taken meanwhile.

    The article comes first: a base without its article would say that an editor deleted it.
    """
    data = planned.text.encode("utf-8")
    if not create(root / planned.path, data):
        return False
    create(root / planned.base, data)
    return True


def create(path: Path, data: bytes) -> bool:
    """Make a new file, whole or not at all; False if there is one of that name. Never overwrites."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".new-{token_hex(8)}.tmp")
    try:
        with scratch.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return _named(scratch, path, data)
    finally:
        scratch.unlink(missing_ok=True)


def _named(scratch: Path, path: Path, data: bytes) -> bool:
    try:
        os.link(scratch, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        try:
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            return False
    return True
