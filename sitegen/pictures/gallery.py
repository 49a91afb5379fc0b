"""The pictures of a site: found, measured, made ready in the forms that pages load.

    hang(root, site, …)    the site with file, size and forms of every picture in its records; the files; what
                           is wrong
    wrong(root, site, …)   only what is wrong, as far as can be seen without decoding

A picture that is not there, or that cannot be read, is a problem of the file that names it, and no page
shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.cache import Store
from sitegen.config import PicturesConfig
from sitegen.errors import Problem
from sitegen.faults import Fault
from sitegen.frozen import record, replace
from sitegen.markdown import local_url
from sitegen.model import Article, Edition, Image, Output, Picture, Promise, Site, StaticPage
from sitegen.pictures.forms import Forms, Run
from sitegen.pictures.look import Look, PictureFile
from sitegen.pictures.place import Wrong


@record
class Hung:
    """The site with its pictures; the files to publish for them; what is wrong with the others."""

    site: Site
    files: tuple[Output | Promise, ...]
    problems: tuple[Problem, ...]


def hang(
    root: Path,
    site: Site,
    config: PicturesConfig,
    text_of: Callable[[str], str],
    store: Store | None = None,
    run: Run = map,
    *,
    promised: bool = False,
) -> Hung:
    """Find, measure and make the pictures of a site.

    `text_of` gives the text of a file of content, for messages; `run` (a `map`) may work on many cores;
    with `promised` bytes that are kept already are not read.
    """
    found = _found(root, site, store)
    if not found:
        return Hung(site, (), ())
    files = {one.name: one for one in found.values() if isinstance(one, PictureFile)}
    maker = Forms(root, config, store)
    maker.make(files.values(), run)
    hung: dict[tuple[str, str], Picture] = {}
    bad: dict[tuple[str, str], Wrong] = {}
    for pair, one in found.items():
        made = maker.picture(one, pair[1]) if isinstance(one, PictureFile) else one
        if not isinstance(made, Wrong):
            hung[pair] = made
        elif not _may_be_elsewhere(made, pair[1]):
            bad[pair] = made
            hung[pair] = Picture(pair[1], missing=True)
    problems = [_problem(page, src, one, text_of(page)) for (page, src), one in bad.items()]
    problems += maker.unmade(files.values())
    return Hung(_with(site, hung), tuple(maker.files(promised=promised)), tuple(problems))


def wrong(root: Path, site: Site, text_of: Callable[[str], str]) -> tuple[Problem, ...]:
    """What is wrong with the pictures of a site, as far as their first bytes tell; nothing is made."""
    found = _found(root, site, None).items()
    missing = ((page, src, one) for (page, src), one in found if isinstance(one, Wrong))
    return tuple([_problem(page, src, one, text_of(page)) for page, src, one in missing])


def _may_be_elsewhere(wrong: Wrong, src: str) -> bool:
    """Whether a picture that is not in static/ may be at its address all the same: a host, or a file in the
    output folder that is not ours, can be what answers there. `check` looks."""
    return wrong.code == "picture-missing" and src.startswith("/")


# ---------------------------------------------------------------- which pictures there are


def _found(root: Path, site: Site, store: Store | None) -> dict[tuple[str, str], PictureFile | Wrong]:
    """The file of every picture by the page that names it and the address there."""
    look = Look(root, store)
    return {(page, src): look(page, src) for page, src in _named(site) if local_url(src)}


def _named(site: Site) -> Iterator[tuple[str, str]]:
    """Every picture that is shown somewhere, as (file that names it, address)."""
    for article in site.articles:
        if _shows(article):
            yield from ((article.path, image.src) for image in article.images)
            yield from ((article.path, picture.src) for picture in article.pictures)
    for edition in site.editions:
        yield from ((edition.path or "", picture.src) for picture in edition.pictures)
    for page in site.pages:
        yield from ((page.path, picture.src) for picture in page.pictures)


def _shows(article: Article) -> bool:
    """Pictures are somebody's work: only an article that may be shown whole brings them along."""
    return bool(article.images or article.pictures) and article.rights == "full" and not article.retracted


def _with(site: Site, hung: dict[tuple[str, str], Picture]) -> Site:
    pages = {page for page, _ in hung}

    def settled(page: str, pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
        return tuple([hung.get((page, one.src), one) for one in pictures])

    def image(page: str, one: Image) -> Image | None:
        if not local_url(one.src):
            return one
        picture = hung.get((page, one.src))
        if picture is None:
            return one
        return None if picture.missing else replace(one, picture=picture)

    def article(one: Article) -> Article:
        if not (_shows(one) and one.path in pages):
            return one
        images = [made for given in one.images if (made := image(one.path, given))]
        return replace(one, images=tuple(images), pictures=settled(one.path, one.pictures))

    def edition(one: Edition) -> Edition:
        return replace(one, pictures=settled(one.path or "", one.pictures)) if one.pictures else one

    def page(one: StaticPage) -> StaticPage:
        return replace(one, pictures=settled(one.path, one.pictures)) if one.pictures else one

    return replace(
        site,
        articles=tuple([article(one) for one in site.articles]),
        editions=tuple([edition(one) for one in site.editions]),
        pages=tuple([page(one) for one in site.pages]),
    )


# ---------------------------------------------------------------- what is wrong, and where


def _problem(page: str, src: str, wrong: Wrong, text: str) -> Problem:
    """The problem at the place of a file that names the picture."""
    line, column = _place(src, text)
    fault = Fault((), wrong.message, wrong.code, wrong.hint)
    return replace(fault.at(page, text, line, column), severity="warning")


def _place(src: str, text: str) -> tuple[int, int]:
    for number, line in enumerate(text.splitlines(), 1):
        if (at := line.find(src)) >= 0:
            return number, at + 1
    return 1, 1
