"""What must be true of an article beyond the shape of its front matter: a table of named rules.

Each rule looks at one article and yields faults. A fault's key is the path of the front matter
key that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from textwrap import shorten
from urllib.parse import urlsplit

from sitegen import markdown
from sitegen.errors import Severity
from sitegen.model import Article
from sitegen.records import Fault, suggestion
from sitegen.slugs import is_slug, slugify

_ID = re.compile(r"[a-z0-9][a-z0-9-]{3,63}\Z")
_ITEM_ID = re.compile(r"[A-Za-z0-9_-]+")
_CURRENCY = re.compile(r"[A-Z]{3}")
_WEB = re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?#:]|\Z)")
_DIRECTIVE = re.compile(r"^ {0,3}(:::+[ \t]*[^\W\d_][^\n]*)$", re.MULTILINE)
# Begins with what is rare in a text, so that looking for it is fast; `_opens_its_line` sees to the rest.
_ATTRIBUTION = re.compile(r">[ \t]*(?:—|–|--)[ \t]*(\S[^\n]*)")
_UNSAID = re.compile(r"!\[\s*\]\((?![a-zA-Z][a-zA-Z0-9+.-]*:|//)")
_MARKUP = re.compile(r"[*_`\\>#\[\]]|\(https?://[^)\s]*\)")

Rule = Callable[[Article], Iterator[Fault]]


def id_is_a_name(article: Article) -> Iterator[Fault]:
    if not _ID.match(article.id):
        yield Fault(
            ("id",), "an id is 4 to 64 small letters, digits and hyphens", "article-id",
            "`sitegen new` makes one; an id that is public should never change",
        )  # fmt: skip


def title_is_not_empty(article: Article) -> Iterator[Fault]:
    if not article.title.strip():
        yield Fault(("title",), "the title is empty", "article-title", "every article has a headline")


def slug_is_an_address(article: Article) -> Iterator[Fault]:
    if not is_slug(article.slug):
        yield Fault(
            ("slug",), "a slug is small letters and digits with single hyphens", "article-slug",
            f"for example “{slugify(article.slug or article.title)}”",
        )  # fmt: skip


def aliases_are_addresses(article: Article) -> Iterator[Fault]:
    for n, alias in enumerate(article.aliases):
        if not re.fullmatch(r"/(?:[\w.~%-]+/?)+", alias):
            yield Fault(
                ("aliases", n),
                "an alias is an address on this site",
                "article-alias",
                "for example /articles/old-slug/",
            )


def ids_are_unique(article: Article) -> Iterator[Fault]:
    lists = {"quotes": [q.id for q in article.quotes], "figures": [f.id for f in article.figures]}
    for key, ids in lists.items():
        seen: set[str] = set()
        for n, name in enumerate(ids):
            if name in seen:
                yield Fault(
                    (key, n, "id"),
                    f"the id “{name}” stands twice among the {key}",
                    "item-id-twice",
                    "give one of them another id",
                )
            elif not _ITEM_ID.fullmatch(name):
                yield Fault((key, n, "id"), "an id is letters and digits, such as q1", "item-id")
            seen.add(name)


def figures_have_one_unit(article: Article) -> Iterator[Fault]:
    for n, figure in enumerate(article.figures):
        if figure.currency is not None and not _CURRENCY.fullmatch(figure.currency):
            yield Fault(
                ("figures", n, "currency"),
                "a currency is its ISO code",
                "figure-currency",
                "for example EUR, USD, CNY",
            )
        if isinstance(figure.value, tuple) and figure.value[0] > figure.value[1]:
            yield Fault(
                ("figures", n, "value"),
                "a range begins with its lower end",
                "figure-range",
                "write [low, high]",
            )


def links_are_safe(article: Article) -> Iterator[Fault]:
    hint = "a web address that begins with https:// or http://"
    url = article.source.url
    if url is not None and not _is_web_address(url):
        yield Fault(("source", "url"), "this is no web address", "source-url", hint)
    for n, image in enumerate(article.images):
        if not markdown.safe_url(image.src):
            yield Fault(
                ("images", n, "src"), "an image is a file of this site or a web address", "image-src", hint
            )


def pictures_say_what_they_show(article: Article) -> Iterator[Fault]:
    """Pictures of the site's own only: those from elsewhere are linked to, not shown."""
    hint = "a sentence for those who do not see it, in `alt:` or between the brackets of ![…]"
    for n, image in enumerate(article.images):
        if markdown.local_url(image.src) and not image.alt.strip():
            yield Fault(("images", n, "src"), "nothing says what this picture shows", "image-alt", hint)
    for match in _UNSAID.finditer(article.body) if article.pictures else ():
        line = article.body.count("\n", 0, match.start()) + 1
        yield Fault((), "nothing says what this picture shows", "image-alt", hint, line)


def directives_name_what_is_there(article: Article) -> Iterator[Fault]:
    if ":::" not in article.body:
        return
    known = {"pull": [q.id for q in article.quotes], "figures": [f.id for f in article.figures]}
    for match in _DIRECTIVE.finditer(article.body):
        found = markdown.DIRECTIVE.match(match.group(1))
        line = article.body.count("\n", 0, match.start()) + 1
        if not found:
            continue
        name = found["name"]
        if name not in known:
            hint = "“::: pull q1” repeats a quote, “::: figures” places the box"
            yield Fault((), f"there is no callout “{name}”", "directive-unknown", hint, line)
        for item in found["words"].split() if name in known else ():
            if item not in known[name]:
                hint = suggestion(item, known[name]) if known[name] else "the front matter has none"
                yield Fault((), f"there is no “{item}” in the front matter", "directive-item", hint, line)


def callouts_say_what_the_front_matter_says(article: Article) -> Iterator[Fault]:
    """The front matter owns speaker and role: a callout by somebody it does not know would be lost."""
    attributions = [
        m for m in _ATTRIBUTION.finditer(article.body) if _opens_its_line(article.body, m.start())
    ]
    if not attributions:
        return
    known = {_squeezed(f"{q.speaker}, {q.role}" if q.role else q.speaker or "") for q in article.quotes}
    for match in attributions:
        said = _squeezed(_MARKUP.sub("", match.group(1)))
        if said not in known:
            line = article.body.count("\n", 0, match.start()) + 1
            yield Fault(
                (), f"the front matter has no quote by “{said}”", "callout-unknown",
                "pages and people take speaker and role from `quotes:`; change or add the quote there", line,
            )  # fmt: skip


def converted_articles_name_their_source(article: Article) -> Iterator[Fault]:
    if article.seed and not (article.source.name or article.source.url):
        yield Fault(
            (), "nothing says where this article comes from", "article-unsourced",
            "add “source: {name: The Tideway Review, url: https://…}” to the front matter",
        )  # fmt: skip


def a_day_is_known(article: Article) -> Iterator[Fault]:
    if article.date is None and article.added is None:
        yield Fault(
            (), "the article has neither a date nor the day it was added", "article-undated",
            "add a line “date: 2026-11-22”: it decides where the article is listed",
        )  # fmt: skip


def expires_after_it_begins(article: Article) -> Iterator[Fault]:
    if article.expires and article.date and article.expires <= article.date:
        yield Fault(
            ("expires",),
            "this article expires before it begins",
            "article-expires",
            "it is never public as it stands",
        )


def quotes_stand_in_the_text(article: Article) -> Iterator[Fault]:
    """The body owns the words: a quote of the front matter must be found in it, or in the standfirst."""
    missing = [pair for pair in enumerate(article.quotes) if not _stands_as_it_is(pair[1].text, article.body)]
    if not missing:
        return
    shown = _squeezed(_MARKUP.sub("", article.body) + " " + (article.standfirst or ""))
    missing = [(n, quote) for n, quote in missing if _bare(quote.text) not in shown]
    if not missing:
        return
    shown = _squeezed(markdown.plain_text(article.body) + " " + (article.standfirst or ""))
    for n, quote in missing:
        if _bare(quote.text) not in shown:
            yield Fault(
                ("quotes", n, "text"),
                f"the words of quote {quote.id} do not stand in the body or the standfirst",
                "quote-not-in-body",
                _nearest(quote.text, article.body),
            )


RULES: tuple[tuple[Severity, Rule], ...] = (
    ("error", id_is_a_name),
    ("error", title_is_not_empty),
    ("error", slug_is_an_address),
    ("error", aliases_are_addresses),
    ("error", ids_are_unique),
    ("error", figures_have_one_unit),
    ("error", links_are_safe),
    ("error", directives_name_what_is_there),
    ("error", a_day_is_known),
    ("warning", pictures_say_what_they_show),
    ("warning", expires_after_it_begins),
    ("warning", quotes_stand_in_the_text),
    ("warning", callouts_say_what_the_front_matter_says),
    ("warning", converted_articles_name_their_source),
)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _bare(quote: str) -> str:
    return _squeezed(_MARKUP.sub("", quote)).strip("“”\"‘’'«»„ ")


def _stands_as_it_is(quote: str, body: str) -> bool:
    """Whether the words are in the body letter for letter, which spares taking its markup off.

    What stands there so stands there without markup too, unless it is part of a link's address: then it
    has a parenthesis or no space.
    """
    return " " in quote and "(" not in quote and ")" not in quote and quote in body


def _opens_its_line(body: str, at: int) -> bool:
    """Whether nothing but three spaces at most stand before a place in its line."""
    before = body[body.rfind("\n", 0, at) + 1 : at]
    return len(before) <= 3 and not before.strip(" ")


def _is_web_address(url: str) -> bool:
    if _WEB.match(url):
        return True
    try:
        parts = urlsplit(url)
    except ValueError:  # http://[
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _nearest(quote: str, body: str) -> str:
    """The line of the body that shares most words with the quote, so that both are in the message."""
    wanted = set(quote.casefold().split())
    lines = [line for line in body.splitlines() if line.strip()]
    best = max(lines, key=lambda line: len(wanted & set(line.casefold().split())), default="")
    shared = len(wanted & set(best.casefold().split()))
    if shared * 2 < len(wanted):
        return "take the quote out of the front matter, or its words back into the body"
    return f"the nearest line of the body is: {shorten(best, 160, placeholder=' …')}"
