"""The last good pages of faulty articles, for a build that passes over them.

Such a page stays with all that it needs and that nothing else would bring: its card and pictures, the style
sheet it was made for, the pages and feeds of a person or topic of whom only such articles tell. A page that
shows any other article is not kept, for that one may have been retracted or forgotten meanwhile; neither is
an index of which a link would lead nowhere. While an article is being forgotten, a last page that leads
to it goes, too: it says at least its headline.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from sitegen.config import SiteConfig
from sitegen.frozen import record
from sitegen.model import Article, Output, Promise, Staged, file_of

_IN_PAGES = re.compile(r"""(?:\b(?:href|src|srcset)=|\bcontent=(?=["']https?:))(?:"([^"]*)"|'([^']*)')""")
_IN_STYLES = re.compile(r"""url\(["']?()([^"')]+)""")


@record
class _File:
    """A file of the last site, the article for whose sake it stays, and the files that it names."""

    data: bytes
    path_of_article: str
    needs: frozenset[str]

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(name for name in self.needs if name.startswith("articles/"))


def kept(
    made: Iterator[Output | Promise | Staged],
    faulty: Collection[Article],
    public: Path,
    config: SiteConfig,
    gone: Collection[str] = (),
) -> Iterator[Output | Promise | Staged]:
    """The files made, and after them what stays of the site in `public` for the sake of the faulty articles;
    `gone` are the addresses of an article that is being forgotten."""
    if not faulty:
        yield from made
        return
    taken: set[str] = set()
    for output in made:
        taken.add(output.path)
        yield output
    last = {file_of(article.url): article.path for article in faulty if article.slug}
    silent = frozenset(map(file_of, gone))
    refused: set[str] = set()
    while True:
        found = _reached(last, taken | refused, public, config, silent)
        dangling = {
            name for name, file in found.items()
            if name.endswith(".html") and not file.articles and not file.needs <= taken | found.keys()
        }  # fmt: skip
        if not dangling:
            break
        refused |= dangling
    for name, file in found.items():
        yield Output(name, file.data, (file.path_of_article,))


def _reached(
    last: Mapping[str, str], apart: Collection[str], public: Path, config: SiteConfig, silent: frozenset[str]
) -> dict[str, _File]:
    """The files in `public`, without those `apart`, to which the last pages of faulty articles lead that
    themselves lead to none of the `silent`."""
    found: dict[str, _File] = {}
    asked = [(name, article, "") for name, article in last.items()]
    while asked:
        name, article, by = asked.pop()
        if name in apart or name in found or not _is_of_the_site(public, name):
            continue
        data = (public / name).read_bytes()
        file = _File(data, article, frozenset(_needs(name, data, config)))
        if file.articles & silent:
            continue
        if name in last or (file.articles <= last.keys() and not _tells_of_others(name, by)):
            found[name] = file
            asked += [(need, article, name) for need in sorted(file.needs)]
    return found


def _is_of_the_site(public: Path, name: str) -> bool:
    """Whether there is such a file, and it is where it says: an address in a page may be anything."""
    path = public / name
    return (
        path.is_file() and path.resolve() == public.resolve() / name and path.as_posix().endswith(f"/{name}")
    )


def _tells_of_others(name: str, by: str) -> bool:
    """Whether a file that `by` names may hold words of other articles: data, and feeds but a page's own."""
    own = name.rpartition("/")[0] and f"{name.rpartition('/')[0]}/index.html" == by
    return name.endswith((".json", ".csv", ".xml", ".atom")) and not own


def _needs(path: str, data: bytes, config: SiteConfig) -> Iterator[str]:
    """The files of the site that a page or a style sheet names in its attributes."""
    pattern = {"html": _IN_PAGES, "css": _IN_STYLES}.get(path.rpartition(".")[2])
    if pattern is None:
        return
    root = f"{config.origin}{config.base}/"
    for match in pattern.finditer(data.decode("utf-8", "replace")):
        for part in html.unescape(match[1] or match[2] or "").split(","):
            address = (part.split() or [""])[0]  # of a srcset, without its width
            try:
                whole = urldefrag(urljoin(root + path, address)).url
            except ValueError:  # brackets that hold no address
                continue
            if address and whole.startswith(root):
                yield file_of("/" + unquote(whole.removeprefix(root).partition("?")[0]))
