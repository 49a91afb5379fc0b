"""The links of a page's paragraphs: which words lead where, as far as it is safe to lead there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from sitegen.seeds.escape import squeeze
from sitegen.seeds.words import words

Run = tuple[str, str | None]  # words as they stand in the page, and the `href` that they lead to
Span = tuple[int, int, str]  # where a link begins and ends in the words of its part, and where it leads

_MAIL = re.compile(r"mailto:([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)(?=[?\s]|\Z)", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+(?::\d{1,5})?")
_IGNORED = re.compile(r"[\t\r\n\x00]")  # browsers leave these out of an address, wherever they stand
_MARKUP = re.compile(
    r"[\s<>()\[\]\\^`{|}\"\x00-\x1f\x7f-\x9f]"
)  # would mean something in Markdown, or in HTML
_LONGEST = 2000  # letters


def spans(runs: Sequence[Run], text: str) -> tuple[Span, ...]:
    """The links in `text`, which is what the runs say on one line.

    None where it cannot be told: where the runs one by one do not make this text.
    """
    made: list[str] = []
    found: list[Span] = []
    at, apart = 0, False
    for words_here, href in _together(runs):
        said = squeeze(words_here)
        if not said:
            apart = apart or bool(words_here)
            continue
        gap = " " if made and (apart or words_here[0].isspace()) else ""
        start = at + len(gap)
        at = start + len(said)
        made.append(gap + said)
        if href is not None:
            found.append((start, at, href))
        apart = words_here[-1].isspace()
    return tuple(found) if "".join(made) == text else ()


def _together(runs: Sequence[Run]) -> list[Run]:
    """The runs with those made one that lead to the same place."""
    made: list[tuple[list[str], str | None]] = []
    for words_here, href in runs:
        if made and made[-1][1] == href:
            made[-1][0].append(words_here)
        else:
            made.append(([words_here], href))
    return [("".join(parts), href) for parts, href in made]


def target(href: str, base: str | None, page: str | None) -> str | None:
    """Where a link leads: a whole address of the web or of a mailbox, or None where it should not be one.

    `base` is what short addresses start from, `page` the article's own address: links to places within it
    lead nowhere from ours. What tells the other side who sent the reader is left out.
    """
    href = _IGNORED.sub("", href.strip())
    if mail := _MAIL.match(href):
        return f"mailto:{mail[1]}"
    try:
        parts = urlsplit(urljoin(base or "", href))
        sound = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc) and parts.port != 0
    except ValueError:
        return None
    if not sound or href.startswith("#"):
        return None
    query = "&".join(one for one in parts.query.split("&") if not _is_tracking(one))
    fragment = "" if _is_tracking(parts.fragment) else parts.fragment
    whole = parts._replace(query=query, fragment=fragment).geturl()
    if len(whole) > _LONGEST or urldefrag(whole).url == urldefrag(page or "").url:
        return None
    return _MARKUP.sub(lambda found: quote(found[0], safe=""), whole)


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    names, beginnings = _tracking()
    return name in names or name.startswith(beginnings)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    listed = words("en", "tracking_parameters")
    beginnings = tuple(sorted(name[:-1] for name in listed if name.endswith("*")))
    return frozenset(name for name in listed if not name.endswith("*")), beginnings
