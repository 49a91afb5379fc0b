"""Plain words → Markdown that renders as exactly those words, with as few marks as it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# Characters that are not words and that neither YAML nor HTML wants: controls, and what Unicode
# reserves for ever.
_UNPRINTABLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\ufeff\\ufffe\\uffff\\ud800-\\udfff]"
)

Linked = tuple[int, int, str]  # where a link begins and ends, and its address

_ESCAPED = r"\\\g<0>"
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_ANYWHERE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # A star between two spaces marks nothing, nor does a backslash before what is no mark.
    (re.compile(r"`|(?<! )\*|\*(?! )|\\(?=[!-/:-@\[-`{-~\x01\x02]|\Z)"), _ESCAPED),
    (re.compile(r"(?<![^\W_])_|_(?![^\W_])"), r"\\_"),  # inside a word an underscore is only itself
    (re.compile(r"\](?=[(\[])"), r"\\]"),  # [words](address) and [words][name]
    (re.compile(r"<(?=[A-Za-z/!?])"), _ESCAPED),
    (_ENTITY, _ESCAPED),
)
_OPEN, _CLOSE = "\x01", "\x02"  # stand for the marks of a link: no words have them
_LINK = re.compile(
    rf"(?P<before>!)?{_OPEN}(?P<label>[^{_CLOSE}]*){_CLOSE}"
)  # after a ! it would be a picture
_BRACKET = re.compile(r"\\.|[\[\]]")
_CLOSING = re.compile(r"(?:(?<= )|\A)(?=#+\Z)")
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


def escape(text: str, links: Sequence[Linked] = ()) -> str:
    """One paragraph of Markdown that renders as `squeeze(text)`, the stretches of `links` as links.

    A text with links is on one line; they follow each other. Their addresses are whole, without white space,
    brackets and quotation marks.
    """
    words = _marked(text, links)
    for mark, instead in _AT_START if words[:1] in _OPENING else ():
        if mark.match(words):
            words = mark.sub(instead, words, count=1)
            break
    return _with_links(words, links)


def heading(text: str, links: Sequence[Linked] = ()) -> str:
    """The same for the words of a heading: they cannot begin anything else, but # marks at their end would be
    taken for decoration."""
    return _with_links(_CLOSING.sub(r"\\", _marked(text, links)), links)


def _marked(text: str, links: Sequence[Linked]) -> str:
    """The words with the marks escaped that mean something anywhere, and signs where links begin and end."""
    parts: list[str] = []
    at = 0
    for start, end, _ in links:
        parts += (text[at:start], _OPEN, text[start:end], _CLOSE)
        at = end
    words = "".join((*parts, text[at:])) if links else squeeze(text)
    if links or _SPECIAL.search(words):
        for mark, replacement in _ANYWHERE:
            words = mark.sub(replacement, words)
    return words


def _with_links(words: str, links: Sequence[Linked]) -> str:
    if not links:
        return words
    targets = iter(links)
    return _LINK.sub(lambda found: _link(found, next(targets)[2]), words)


def _link(found: re.Match[str], url: str) -> str:
    label = _BRACKET.sub(lambda mark: mark[0] if len(mark[0]) > 1 else f"\\{mark[0]}", found["label"])
    before = "\\!" if found["before"] else ""
    return f"{before}[{label}]({_ENTITY.sub(_ESCAPED, url)})"
