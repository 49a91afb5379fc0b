"""The marks within a paragraph, as HTML: the inner half of the short way in `prose.py`.

`_mark` finds each character that could mean something and knows a few forms around it that close at
once and hold no others. Where such forms follow each other, there is nothing to pair in another way:
each is what the whole grammar would make of it. A mark that is in none of them is a `Doubt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


class Doubt(Exception):
    """The text is not of a kind that the short way is sure of."""


# Punctuation that may stand beside emphasis: for every version of the library, not one that some take
# for a letter. `*` and `_` are not in it, so runs of them never touch.
PUNCTUATION = "!\"#$%&'()+,-./:;<=>?@[\\]^`{|}~“”‘’„‚«»‹›—–…¿¡"
_POINTS = re.escape(PUNCTUATION)
# Emphasis opens after a space or punctuation and before what is no space, and closes the other way
# round; what stands within has no marks. An end between two points could be either, but before an opening
# one nothing is left open, and a closing one takes its own: so they pair.
_EMPHASIS = r"(?!\s)[^*_`\[\]\\]++(?<!\s)"
_AFTER = rf"(?![^ \n{_POINTS}])"


def _emphasis(mark: str, width: int, kind: str) -> str:
    """A pattern for emphasis between two runs of a mark. The first character stands before all else, so
    that the search for it is fast."""
    run = mark * width
    return rf"{mark}(?P<{kind}>{mark * (width - 1)}(?<![^ \n{_POINTS}]{run}){_EMPHASIS}{run}){_AFTER}"


# Addresses that the library writes as they stand (no character to encode, no host to convert) and that
# `safe_url` allows.
_PATH = r"(?:[A-Za-z0-9/?:@=+$,\-.!~*'#;_]++|&amp;|%[0-9A-Fa-f]{2})*+"
_ADDRESS = (
    rf"(?:https?://[a-z0-9.\-]{{1,63}}(?:[/?#]{_PATH})?|/(?!/){_PATH}|\#{_PATH}"
    r"|mailto:[A-Za-z0-9._+\-]+@[a-z0-9.\-]{1,63}|[A-Za-z0-9.][A-Za-z0-9/._?#=\-]*+)"
)


def _target(kind: str) -> str:
    """A pattern for the address and the title of a link or a picture, in their parentheses."""
    title = rf"&quot;(?P<{kind}_title>(?:[^&\n\\]++|&(?!quot;))++)&quot;"
    return rf"\((?P<{kind}_address>{_ADDRESS})(?: {title})?\)"


@cache
def _mark() -> re.Pattern[str]:
    """The forms, in words whose &, > and " are written for HTML already; what no form takes comes last,
    without a name. Made on first use: that takes as long as a hundred articles."""
    return re.compile(
        "|".join(
            (
                _emphasis(r"\*", 2, "strong"),
                _emphasis(r"\*", 1, "em"),
                _emphasis("_", 2, "strong_"),
                _emphasis("_", 1, "em_"),
                r"`(?P<code>(?![` ])[^`\n]++(?<! )`)(?!`)",
                rf"\[(?P<link>(?P<words>[^\[\]*_`\\]++)\]{_target('link')})",
                rf"!(?P<image>\[(?P<alt>[^\[\]*_`\\\n]*+)\]{_target('image')})",
                r"\[(?P<brackets>[^\[\]*_`\\]*+\])(?!\()",  # without link definitions that is all they are
                r"_(?P<joint>(?<=[^\W_]_)_*+)(?=[^\W_])",  # within a word it neither opens nor closes
                r"\\(?P<escaped>[!#$%'()*+,\-./:;=?@\[\\\]^_`{|}~]|&(?:amp|gt|quot);)",
                r"\*|_|`|\[|\]|\\|!\[",
            )
        )
    )


_PAIRS = {
    "strong": ("<strong>", 2, "</strong>"),
    "strong_": ("<strong>", 2, "</strong>"),
    "em": ("<em>", 1, "</em>"),
    "em_": ("<em>", 1, "</em>"),
    "code": ("<code>", 1, "</code>"),
}
_TAG = re.compile(r"""<(?:img src="[^"]*" alt="([^"]*)")?[^>]*>""")


def _written(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind is None:
        raise Doubt
    if kind in _PAIRS:
        opening, width, closing = _PAIRS[kind]
        return f"{opening}{found[0][width:-width]}{closing}"
    return _WRITTEN[kind](found)


def _link(found: re.Match[str]) -> str:
    return f'<a href="{found["link_address"]}"{_title(found["link_title"])}>{found["words"]}</a>'


def _image(found: re.Match[str]) -> str:
    return f'<img src="{found["image_address"]}" alt="{found["alt"]}"{_title(found["image_title"])}>'


def _title(words: str | None) -> str:
    return f' title="{words}"' if words else ""


_WRITTEN: dict[str, Callable[[re.Match[str]], str]] = {
    "link": _link,
    "image": _image,
    "brackets": lambda found: found[0],
    "joint": lambda found: found[0],
    "escaped": lambda found: found["escaped"],
}


def html(words: str) -> str:
    """The words of a paragraph, heading or item as HTML; Doubt where they may mean something else.

    They hold no `<`, entity, tab, or space at the end of a line: `prose.py` saw to that.
    """
    if ">" in words or "&" in words or '"' in words:
        words = words.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")
    if "*" in words or "[" in words or "_" in words or "`" in words or "]" in words or "\\" in words:
        return _mark().sub(_written, words)
    return words


def plain(written: str) -> str:
    """The words of what `html` wrote, on one line."""
    words = written.replace("\n", " ")
    if "<" in words:
        words = _TAG.sub(r"\1", words)
    if "&" in words:
        words = words.replace("&quot;", '"').replace("&gt;", ">").replace("&amp;", "&")
    return words
