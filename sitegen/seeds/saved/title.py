"""A page's title without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.seeds.escape import squeeze

_SEPARATOR = re.compile(r"\s+(?:[|\-–—·•»«/\\]|::|>|:)\s+|\s*\|\s*|(?<=\w): ")
_LETTERS = re.compile(r"\w+")
_LONGEST_TITLE = 500  # letters
_LONGEST_NAME = 5  # words


def bare(text: str) -> str:
    """The words alone, small, for comparing."""
    return " ".join(_LETTERS.findall(text.casefold()))


def without_site(title: str, site: str | None, address: str | None, headings: Sequence[str]) -> str:
    """The part of a title that is about the article: a heading of the page, or what is not the site's name.

    `site` and `address` are what the page says of where it is from.
    """
    title = squeeze(title).rstrip("¶ ")[:_LONGEST_TITLE]
    known = {bare(heading) for heading in headings} - {""}
    if bare(title) in known:
        return title
    cuts = list(_SEPARATOR.finditer(title))
    for cut in cuts:
        for part in (title[: cut.start()], title[cut.end() :]):
            if bare(part) in known and len(bare(part).split()) >= 2 and not _is_name(part, site, address):
                return part
    return _without_name(title, site, address)


def _without_name(title: str, site: str | None, address: str | None) -> str:
    """Cut what stands before the first or behind the last separator if it names the site."""
    for _ in range(3):
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            break
        head, tail = title[: cuts[0].start()], title[cuts[-1].end() :]
        if _is_name(tail, site, address) and cuts[-1].start():
            title = title[: cuts[-1].start()]
        elif _is_name(head, site, address) and title[cuts[0].end() :]:
            title = title[cuts[0].end() :]
        else:
            break
    return title


def _is_name(part: str, site: str | None, address: str | None) -> bool:
    words = bare(part)
    joined = words.replace(" ", "")
    if not joined:
        return True
    names = [bare(site).replace(" ", "")] if site else []
    if any(
        joined == name
        or (len(joined) > 3 and joined in name)
        or (name in joined and len(joined) <= 2 * len(name))
        for name in names
        if name
    ):
        return len(words.split()) <= _LONGEST_NAME + 3
    host = re.sub(r"\W", "", re.sub(r"\Ahttps?://(?:www\.)?|/.*", "", address or ""))
    return (
        bool(host) and len(joined) > 2 and (host.startswith(joined) or (len(joined) > 5 and joined in host))
    )


def usual(title: str) -> str:
    """The title where nothing is known of the site: a short last part behind "|" or a dash is its name."""
    found = list(re.finditer(r"\s+[|\-–—·»]\s+", title))
    if not found:
        return title
    head, tail = title[: found[-1].start()], title[found[-1].end() :]
    return head if len(head.split()) >= 3 and len(tail.split()) <= _LONGEST_NAME else title
