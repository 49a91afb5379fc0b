"""A legal takedown: an article's words leave every file that sitegen writes.

What is left is a small file with the article's id: the editions that name it stay valid, a seed of the
same bytes is not converted again, and, where the configuration wants a notice, its address says that the
article was removed. Git, hosts and CI keep copies of their own: see docs/forgetting.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date as Day
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from sitegen import content, frontmatter, output
from sitegen.build import Options, build
from sitegen.config import SiteConfig
from sitegen.errors import UsageError
from sitegen.fetch import ledger
from sitegen.mail import FOLDER
from sitegen.output.disk import explained, remove_tree, write_durably
from sitegen.records import suggestion
from sitegen.seeds import seed_files
from sitegen.seeds.known import ARTICLES, BASE, CONFLICT, Head, heads

TITLE = "This article was removed"
REASON = "It was removed at the request of its rights holder."
_IN_TEXT = re.compile(r"!\[[^\]]*\]\(<?([^\s)>]+)")
_PICTURE = re.compile(r"\bsrc:[ \t]*[\"']?([^\s,}\"'#]+)")


@dataclass(frozen=True, slots=True)
class Traces:
    """What there is of an article. All paths are relative to the digest's folder.

    `article` is its file, None where the editor deleted that; `files` are the others that hold its words:
    the base and the conflict of a merge, the seeds, mails. `address` is where it is or was last to be read,
    "" if it never was; `pictures` are files that it names, which others may name too.
    """

    id: str
    article: str | None
    files: tuple[str, ...]
    address: str
    pictures: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*((self.article,) if self.article else ()), *self.files)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done. `notice` is the address that now says so, "" for none; `rebuilt` whether the output
    folder was published anew."""

    removed: tuple[str, ...]
    left: str
    notice: str
    rebuilt: bool


def find(root: Path, name: str) -> Traces:
    """The traces of the article with this id. Raises UsageError, forget-unknown.

    Its file need not be sound: only a few keys of it are looked for.
    """
    there = [*heads(root, ARTICLES), *heads(root, BASE)]
    mine = [head for head in there if head.id == name]
    seeds = [path for path in seed_files(root) if _is_seed_of(path, root, name, mine)]
    if not mine and not seeds:
        raise UsageError(
            f"there is no article with the id {name}", code="forget-unknown",
            hint=suggestion(name, sorted({head.id for head in there})),
        )  # fmt: skip
    article = next((head for head in mine if head.path.is_relative_to(root / ARTICLES)), None)
    rest = [head.path for head in mine if head is not article]
    rest += [path for head in mine for path in _conflicts(head.path)]
    rest += _mails(root, name, mine)
    return Traces(
        name,
        _relative(root, article.path) if article else None,
        tuple(_relative(root, path) for path in (*rest, *seeds)),
        _address(root, article, {head.slug for head in there if head.id != name}),
        _pictures(root, article),
    )


def forget(
    root: Path, settings: SiteConfig, traces: Traces, options: Options, public: Path, reason: str = REASON
) -> Forgotten:
    """Take the article's words out of everything and publish `public` anew, where there is a site.

    The sources go first, so that whatever ends this half-way, doing it again completes it. Raises
    SiteError; where the site cannot be built, its words are then still in `public`.
    """
    notice = traces.address if settings.forgotten == "notice" else ""
    had = frozenset(url for name, url in content.addresses_of(root) if name == traces.id)
    with output.lock(root, command="forget", since=options.now), explained("not everything could be removed"):
        today = options.now.astimezone(settings.zone).date()
        left = _leave(root, traces, notice, today, reason)
        gone = [path for path in traces.all if path != left]
        for path in gone:
            (root / path).unlink(missing_ok=True)
        ledger.forget(root, [path.removeprefix("seeds/") for path in gone])
        if not notice:
            content.forget_addresses(root, traces.id)
        _clear_caches(root)
        output.drop_previous(public)
    rebuilt = public.is_dir()
    if rebuilt:
        build(root, settings, replace(options, gone=had), public, "forget")
        with output.lock(root, command="forget", since=options.now):
            output.drop_previous(public)
    return Forgotten(tuple(gone), left, notice, rebuilt)


def _leave(root: Path, traces: Traces, notice: str, today: Day, reason: str) -> str:
    """Write the file that is left, and return its path: a retraction, or a draft without any word of it.

    It never has the article's own path: what git is told to forget of that does not touch it.
    """
    name = f"forgotten-{traces.id}"
    matter: dict[str, object] = {
        "id": traces.id,
        "title": TITLE,
        "slug": name,
        "status": "draft",
        "added": today,
    }
    if notice:
        retracted = {"date": today, "reason": reason}
        matter |= {"slug": notice.split("/")[-2], "status": "published", "retracted": retracted}
    path = root / ARTICLES / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, frontmatter.dump(matter, "").encode())
    return _relative(root, path)


def _clear_caches(root: Path) -> None:
    """Everything in .sitegen/ but the lock that is held: all of it is made anew when it is wanted."""
    for path in (root / output.LOCK).parent.iterdir():
        if path.is_dir() and not path.is_symlink():
            remove_tree(path)
        elif path != root / output.LOCK:
            path.unlink()


def _is_seed_of(path: Path, root: Path, name: str, mine: Iterable[Head]) -> bool:
    """By its name, which the article has; else by its bytes, from which conversion makes the id."""
    if path.relative_to(root / "seeds").as_posix() in {head.file for head in mine if head.file}:
        return True
    digest = sha256(path.read_bytes()).hexdigest()
    return digest[:12] == name or digest in {head.sha256 for head in mine}


def _conflicts(article: Path) -> list[Path]:
    """What merges left beside an article: SLUG.conflict.md, SLUG.2.conflict.md."""
    name = re.compile(rf"{re.escape(article.stem)}(\.\d+)?{re.escape(CONFLICT)}")
    return sorted(path for path in article.parent.iterdir() if name.fullmatch(path.name))


def _mails(root: Path, name: str, mine: Iterable[Head]) -> list[Path]:
    """The files of mails that lead to any address it has or had."""
    had = [url for other, url in content.addresses_of(root) if other == name]
    had += [f"/articles/{head.slug}/" for head in mine if head.slug]
    pages = sorted((root / FOLDER).glob("*.html"))
    told = [page for page in pages if any(url in page.read_text("utf-8", "replace") for url in had)]
    return [path for page in told for path in sorted(page.parent.glob(f"{page.stem}.*"))]


def _address(root: Path, article: Head | None, taken: Collection[str]) -> str:
    """The address that it has, or had last, and that is nobody else's; "" where it never was public."""
    if article is None:
        return ""
    had = sorted(url.split("/")[-2] for name, url in content.addresses_of(root) if name == article.id)
    free = [slug for slug in (article.slug, *had) if slug in had and slug not in taken]
    return f"/articles/{free[0]}/" if free else ""


def _pictures(root: Path, article: Head | None) -> tuple[str, ...]:
    if article is None:
        return ()
    parts = frontmatter.split(article.path.read_text(encoding="utf-8-sig", errors="replace"))
    found = [*_PICTURE.findall(parts.yaml or ""), *map(unquote, _IN_TEXT.findall(parts.body))]
    named = (Path(one.lstrip("/")) for one in found if "://" not in one)
    beside = (article.path.parent, article.path.with_suffix(""))
    places = (place / path for path in named for place in (root / "static", *beside))
    return tuple(dict.fromkeys(_relative(root, p) for p in places if p.is_file() and p.is_relative_to(root)))


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
