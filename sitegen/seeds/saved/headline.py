"""Which of the titles that a page gives is its article's: what it states, or what it prints."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from sitegen.seeds.escape import squeeze
from sitegen.seeds.saved.head import Head
from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.title import bare, usual, without_site
from sitegen.seeds.saved.tree import Element

# Names of meta tags and of microdata, the surer first.
_TAGS = ("dc.title", "og:title", "twitter:title", "parsely-title", "sailthru.title", "item:headline")
_SURE = ("dc.title", "og:title")  # the others are shortened for small screens
_CUT = ("…", "...")
_COMMON = 3  # words that two titles must share to be of one article …
_ALIKE = 0.4  # … and how much of the longer one


def title_of(stated: str | None, head: Head, parts: Sequence[Part], site: str | None, url: str | None) -> str:
    """The title without the name of the site. `stated` is what JSON-LD says, `site` and `url` what the
    page says of where it is from.

    What the page states comes first: under that title others are to know the article. The printed
    headline wins where it is confirmed (JSON-LD or the page's own tag says the same), and over a title
    that is cut short or only repeats the <title>, which is written for search engines.
    """
    headings = [part for part in parts if part.kind == "heading" and part.tag in ("h1", "h2")]
    home = [part for part in headings if _leads_home(part)]
    shown = [part for part in headings if part not in home]
    site = site or (home[0].text if home else None)
    texts = [part.text for part in shown]

    def own(value: str) -> str:
        return without_site(value, site, url, texts) if value else ""

    tagged = [value for name in _TAGS for value in head.tags.get(name, ()) if value]
    whole = [value for value in (stated or "", *tagged) if value and not value.endswith(_CUT)]
    title = own(whole[0]) if whole else _from_page(head, site, url, texts)
    named = head.first(*_SURE) or head.title  # the <title> counts where the page has no better tag
    sure = [own(value) for value in (stated, named) if value]
    printed = [part.text.rstrip("¶ ") for part in shown if part.tag == "h1"]
    if confirmed := next((text for text in printed if bare(text) in map(bare, sure)), None):
        return confirmed
    likely = _alike(printed, [title, head.title, *sure])
    for_search = bare(title) in (bare(own(head.title)), "")
    return likely if likely and (not whole or for_search or bare(likely).startswith(bare(title))) else title


def _from_page(head: Head, site: str | None, url: str | None, headings: Sequence[str]) -> str:
    """The title of a page that states none for others."""
    if head.title:
        cut = without_site(head.title, site, url, headings)
        return usual(cut) if cut == squeeze(head.title) and bare(cut) not in map(bare, headings) else cut
    return headings[0] if headings else ""


def _alike(printed: Sequence[str], stated: Sequence[str]) -> str | None:
    """The printed headline that says about what the page states."""
    known = [set(bare(value).split()) for value in stated if value]
    best, alike = None, _ALIKE
    for text in dict.fromkeys(printed):
        words = set(bare(text).split())
        common = [(len(words & other), max(len(words), len(other))) for other in known]
        share = max((both / most for both, most in common if both >= _COMMON), default=0.0)
        best, alike = (text, share) if share > alike else (best, alike)
    return best


def _leads_home(part: Part) -> bool:
    """Whether a heading is a link to the site's front page: then it is the name of the site."""
    return part.linked > 0.9 and any(_is_root(link.get("href")) for link in _links(part.element))


def _links(element: Element) -> list[Element]:
    return [*element.iter("a"), *element.iterancestors("a")]


def _is_root(address: str | None) -> bool:
    try:
        where = urlsplit((address or "#").strip())
    except ValueError:
        return False
    return where.path in ("/", "/index.html", "/index.php") or (bool(where.netloc) and not where.path)
