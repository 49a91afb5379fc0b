"""Plain words → Markdown that renders as exactly those words, with as few marks as it takes."""

from __future__ import annotations

import re
from collections.abc import Callable

# Characters that are not words and that neither YAML nor HTML wants: controls, and what Unicode
# reserves for ever.
_UNPRINTABLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\ufeff\\ufffe\\uffff\\ud800-\\udfff]"
)

_ANYWHERE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[\\`*]"), r"\\\g<0>"),
    (re.compile(r"(?<![^\W_])_|_(?![^\W_])"), r"\\_"),  # inside a word an underscore is only itself
    (re.compile(r"\](?=[(\[])"), r"\\]"),  # [words](address) and [words][name]
    (re.compile(r"<(?=[A-Za-z/!?])"), r"\\<"),
    (re.compile(r"&(?=#?\w{1,40};)"), r"\\&"),
)
_SPECIAL = re.compile(r"[\\`*_\]<&]")  # without one of these there is nothing to do
_OPENING = frozenset("#>-+=_~:[0123456789")
# What would make a paragraph something else when it stands at its beginning.
_AT_START: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(#{1,6})(?= |\Z)"), r"\\\1"),
    (re.compile(r">"), r"\\>"),
    (re.compile(r"([-+])(?= |\Z)"), r"\\\1"),
    (re.compile(r"(\d{1,9})([.)])(?= |\Z)"), r"\1\\\2"),
    (re.compile(r"([-=])(?=[-= ]*\Z)"), r"\\\1"),  # a rule, or an underline that makes a heading
    (re.compile(r"(_)(?=[_ ]*\Z)"), r"\\\1"),
    (re.compile(r"~(?=~~)"), r"\\~"),
    (re.compile(r":(?=::)"), r"\\:"),
    (re.compile(r"\[(?=[^\]]*\]:)"), r"\\["),  # the definition of a link
)


def squeeze(text: str) -> str:
    """The words on one line, one space between them."""
    if text.isprintable() and "  " not in text:  # of white space, only a space is printable
        return text.strip()
    words = " ".join(text.split())
    return words if words.isprintable() else " ".join(_UNPRINTABLE.sub("", text).split())


def escape(text: str) -> str:
    """One paragraph of Markdown that renders as `squeeze(text)`."""
    words = squeeze(text)
    if _SPECIAL.search(words):
        for mark, replacement in _ANYWHERE:
            words = mark.sub(replacement, words)
    for mark, instead in _AT_START if words[:1] in _OPENING else ():
        if mark.match(words):
            return mark.sub(instead, words, count=1)
    return words


def heading(text: str) -> str:
    """The same for the words of a heading, whose closing # marks would be taken for decoration."""
    return re.sub(r"(?<= )(?=#+\Z)", r"\\", escape(text))
