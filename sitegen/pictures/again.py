"""The pictures of a site in which some articles were edited, from those of before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sitegen.cache import Store
from sitegen.config import PicturesConfig
from sitegen.frozen import replace
from sitegen.model import Article, Site
from sitegen.pictures.forms import Run
from sitegen.pictures.gallery import Hung, hang

MOST = 50  # edited articles, above which everything is looked at


def hang_again(
    root: Path,
    before: tuple[Site, Hung],
    site: Site,
    config: PicturesConfig,
    text_of: Callable[[str], str],
    store: Store | None = None,
    run: Run = map,
) -> Hung:
    """As `hang`, where no file of a picture is another; `before` is a site and what `hang` made of it.

    Only the edited articles are looked at, unless they show other pictures than they did.
    """
    was, hung = before
    edited = _edited(was, site)
    if edited is None:
        return hang(root, site, config, text_of, store, run)
    few = replace(site, articles=tuple(edited.values()), editions=(), pages=())
    made = hang(root, few, config, text_of, store, run)
    wrong = {path: [p for p in made.problems if p.path == path] for path in edited}
    problems = []
    for problem in hung.problems:
        mine = wrong.get(problem.path or "")
        if mine is None:
            problems.append(problem)
        elif not mine:
            return hang(root, site, config, text_of, store, run)
        else:
            problems.append(mine.pop(0))
    if any(wrong.values()):
        return hang(root, site, config, text_of, store, run)
    new = {article.path: article for article in made.site.articles}
    articles = [new.get(article.path, article) for article in hung.site.articles]
    return Hung(
        replace(hung.site, articles=tuple(articles), redirects=site.redirects), hung.files, tuple(problems)
    )


def _edited(was: Site, site: Site) -> dict[str, Article] | None:
    """By path the articles that are others; None where they, or anything else, show other pictures."""
    around = (was.editions, was.pages, was.people, was.topics)
    if around != (site.editions, site.pages, site.people, site.topics):
        return None
    if len(was.articles) != len(site.articles):
        return None
    edited: dict[str, Article] = {}
    for old, new in zip(was.articles, site.articles, strict=True):
        if old is not new and old != new:
            if _named(old) != _named(new) or len(edited) == MOST:
                return None
            edited[new.path] = new
    return edited


def _named(article: Article) -> tuple[object, ...]:
    """What decides which pictures an article shows, and where they are looked for."""
    images, pictures = ([one.src for one in found] for found in (article.images, article.pictures))
    return article.path, article.rights, article.retracted is None, images, pictures
