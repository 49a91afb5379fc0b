"""New seeds → new articles: what would be written, and the writing.

Nothing here opens a file that exists for writing: a file gets its name in one step once it is
whole, and a name that is taken by then, by whomever, stays theirs.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from secrets import token_hex

from sitegen import slugs
from sitegen.errors import Problem, SeedError
from sitegen.model import Seed
from sitegen.seeds.convert import understand
from sitegen.seeds.known import ARTICLES, BASE, Known, known
from sitegen.seeds.read import read, relative, seed_files
from sitegen.seeds.write import UNTITLED, markdown, seed_name, source

RightsOf = Callable[[str | None], str]
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
) -> ConvertReport:
    """Write an article for every seed in `root`/seeds that has none.

    `rights_of` gives the setting of a source by its name; `added` the day of conversion, for all
    or by seed; `limit` is the largest size of a seed in bytes. Seeds that cannot be read are
    problems in the report and do not stop the others. Raises OSError where nothing can be written.
    """
    report = preview(root, status=status, rights_of=rights_of, added=added, limit=limit, language=language)
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
) -> ConvertReport:
    """What `convert_new` would do, without writing anything."""
    files = seed_files(root)
    there = known(root) if files else Known(*([frozenset()] * 4))
    hashes, taken = set(there.hashes), set(there.slugs)
    created: list[Planned] = []
    skipped: list[str] = []
    problems: list[Problem] = []
    for path in files:
        name = relative(root, path)
        if seed_name(name) in there.files:
            skipped.append(name)
            continue
        try:
            seed, warnings = read(root, path, limit)
        except SeedError as error:
            problems.extend(error.problems)
            continue
        if seed.sha256 in hashes or seed.id in there.deleted:
            skipped.append(name)
            continue
        problems.extend(warnings)
        if not seed.text.strip():
            problems.append(_empty(name))
            continue
        day = added if isinstance(added, Day) else added(path)
        planned = _plan(seed, status, rights_of, day, language, taken)
        hashes.add(seed.sha256)
        created.append(planned)
    return ConvertReport(tuple(created), tuple(skipped), tuple(problems))


def _plan(
    seed: Seed, status: str, rights_of: RightsOf, added: Day, language: str, taken: set[str]
) -> Planned:
    made = understand(seed, language)
    slug = slugs.free(slugs.slugify(made.title or UNTITLED, "article"), taken)
    taken.add(slug)
    rights = rights_of(source(made).name)
    text = markdown(made, slug=slug, status=status, added=added, rights=rights)
    year = (made.date or added).year
    return Planned(seed.path, seed.id, f"{ARTICLES}/{year:04}/{slug}.md", f"{BASE}/{seed.id}.md", text)


def _empty(name: str) -> Problem:
    return Problem(
        "there is nothing in this seed", "seed-empty", name, hint="paste the article into it, or delete it",
        severity="warning",
    )  # fmt: skip


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
