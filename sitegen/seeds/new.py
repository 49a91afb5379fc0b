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
from pathlib import Path
from secrets import token_hex

from sitegen import slugs
from sitegen.errors import Problem
from sitegen.seeds import batch
from sitegen.seeds.batch import Progress, RightsOf
from sitegen.seeds.known import ARTICLES, BASE, Known, known
from sitegen.seeds.read import relative, seed_files
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
    rights_of: RightsOf,
    added: Added,
    limit: int = 1 << 20,
    language: str = "en",
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> ConvertReport:
    """Write an article for every seed in `root`/seeds that has none.

    `rights_of` gives the setting of a source by its name; `added` the day of conversion, for all
    or by seed; `limit` is the largest size of a seed in bytes; `only` names the seeds that are
    wanted, by their paths from `root`; `progress` is told how many are done, of how many. Seeds that
    cannot be read are problems in the report and do not stop the others. Raises OSError where
    nothing can be written.
    """
    report = preview(
        root, status=status, rights_of=rights_of, added=added, limit=limit, language=language,
        only=only, progress=progress,
    )  # fmt: skip
    written = [planned for planned in report.created if write(root, planned)]
    lost = tuple(planned.seed for planned in report.created if planned not in written)
    return ConvertReport(tuple(written), report.skipped + lost, report.problems)


def preview(
    root: Path,
    *,
    status: str,
    rights_of: RightsOf,
    added: Added,
    limit: int = 1 << 20,
    language: str = "en",
    only: Collection[str] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> ConvertReport:
    """What `convert_new` would do, without writing anything. `executor` does the work if one is given."""
    files = [path for path in seed_files(root) if only is None or relative(root, path) in only]
    there = known(root) if files else Known(*([frozenset()] * 4))
    fresh = [path for path in files if not _is_known(relative(root, path), path, there)]
    unknown = set(fresh)
    skipped = [relative(root, path) for path in files if path not in unknown]
    setting = batch.Setting(root, rights_of, limit, language)
    jobs = [batch.Job(path, status, added if isinstance(added, Day) else added(path)) for path in fresh]
    hashes, taken = set(there.hashes), set(there.slugs)
    created: list[Planned] = []
    problems: list[Problem] = []
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


def _is_known(name: str, path: Path, there: Known) -> bool:
    """Whether an article was made of this seed: by its name, then by its bytes."""
    if seed_name(name) in there.files:
        return True
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return False  # reading it will say what is wrong
    return digest in there.hashes or digest[:12] in there.deleted


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
