"""Markdown to HTML, and the callout conventions of an article's body.

A body is a list of parts, one for each top-level block, so that a theme can draw callouts its
own way and `rights` can cut an article at a paragraph. Pure: the same text gives the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from sitegen import prose
from sitegen.prose import DIRECTIVE, DIRECTIVES, Part, PartKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

__all__ = [
    "DIRECTIVE", "DIRECTIVES", "Part", "PartKind", "html", "local_url", "parts", "pictures", "plain_text",
    "safe_url",
]  # fmt: skip

_PICTURE = re.compile(r'<img src="([^"]*)"')


def parts(text: str) -> tuple[Part, ...]:
    """The parts of a Markdown body, in order."""
    made = prose.parts(text)
    return library_parts(text) if made is None else made


def library_parts(text: str) -> tuple[Part, ...]:
    """The same, asked of the library alone."""
    parser = _parser()
    env: dict[str, object] = {}
    tokens = parser.parse(text, env)
    made: list[Part] = []
    at = 0
    while at < len(tokens):
        end = _end_of(tokens, at)
        made.append(_part(parser, tokens[at : end + 1], env))
        at = end + 1
    return tuple(made)


def html(text: str) -> str:
    """A short Markdown text (an editor's note) as HTML; callouts become plain blocks."""
    return "\n".join(part.html for part in parts(text) if part.html)


def plain_text(text: str) -> str:
    """The words of a Markdown text, a line for each block, without marks of formatting."""
    made = prose.plain_text(text)
    return library_plain_text(text) if made is None else made


def library_plain_text(text: str) -> str:
    """The same, asked of the library alone."""
    lines: list[str] = []
    for token in _parser().parse(text):
        if token.type == "inline":
            lines.append(_inline_text(token))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content)
    return "\n".join(lines)


def pictures(text: str) -> tuple[str, ...]:
    """The addresses of the site's own pictures in a Markdown text, as its HTML has them, each once."""
    if "![" not in text:
        return ()
    found = _PICTURE.findall("".join([part.html for part in parts(text)]))
    return tuple(dict.fromkeys(address for one in found if local_url(address := unescape(one))))


def local_url(url: str) -> bool:
    """Whether an address is one of this site."""
    return bool(url) and safe_url(url) and ":" not in url.split("/")[0]


def safe_url(url: str) -> bool:
    """Whether a link may point there: http, https, mailto, or a relative address of this site."""
    target = re.sub(r"[\x00-\x20]", "", url)
    if target.startswith(("//", "/\\", "\\")):
        return False
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*|[^/?#]*):", target)
    return not scheme or scheme.group(1).lower() in ("http", "https", "mailto")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    parser.block.ruler.before("fence", "directive", _directive, {"alt": ["paragraph"]})
    parser.validateLink = safe_url  # type: ignore[method-assign]
    return parser


def _directive(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line `::: NAME WORDS`. It holds nothing: a `:::` below it, as other tools write, is taken along,
    but what stands between is the article's."""
    found = DIRECTIVE.match(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    if not found or found["name"] not in DIRECTIVES or state.is_code_block(line) or state.level:
        return False
    if silent:
        return True
    token = state.push("directive", "", 0)
    token.info, token.content, token.map = found["name"], found["words"], [line, line + 1]
    following = state.skipEmptyLines(line + 1)
    closed = following < end and state.src[state.bMarks[following] : state.eMarks[following]].strip() == ":::"
    state.line = following + 1 if closed else line + 1
    return True


def _end_of(tokens: Sequence[Token], start: int) -> int:
    """The index of the token that closes the block that begins at `start`."""
    depth = 0
    for at in range(start, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1


def _part(parser: MarkdownIt, tokens: Sequence[Token], env: dict[str, object]) -> Part:
    first = tokens[0]
    if first.type == "directive":
        return Part(DIRECTIVES[first.info], "", ids=tuple(first.content.split()))
    if first.type == "blockquote_open" and (cut := _cut_attribution(tokens)):
        inner, attribution = cut
        return Part("quote", _render(parser, inner, env), attribution)
    kinds: dict[str, PartKind] = {"paragraph_open": "paragraph", "heading_open": "heading"}
    return Part(kinds.get(first.type, "block"), _render(parser, tokens, env))


def _render(parser: MarkdownIt, tokens: Sequence[Token], env: dict[str, object]) -> str:
    return str(parser.renderer.render(list(tokens), parser.options, env)).rstrip("\n")


def _cut_attribution(tokens: Sequence[Token]) -> tuple[list[Token], str] | None:
    """The inside of a blockquote without its last line, if that line is an attribution."""
    inner = list(tokens[1:-1])
    if len(inner) < 3 or inner[-1].type != "paragraph_close" or inner[-2].type != "inline":
        return None
    last = inner[-2]
    children = last.children or []
    breaks = [i for i, child in enumerate(children) if child.type in ("softbreak", "hardbreak")]
    start = breaks[-1] + 1 if breaks else 0
    attribution = prose.attributed(_text_of(children[start:]))
    if attribution is None or (start == 0 and len(inner) == 3):
        return None
    if sum(child.nesting for child in children[start:]):
        return None  # emphasis or a link goes on from the line above
    if start == 0:
        inner = inner[:-3]
    else:
        kept = last.copy()
        kept.children = children[: breaks[-1]]
        inner[-2] = kept
    return inner, attribution


def _inline_text(token: Token) -> str:
    return _text_of(token.children or [])


def _text_of(children: Sequence[Token]) -> str:
    words = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type == "image":
            words.append(_text_of(child.children or []))
        else:
            words.append(child.content)
    return "".join(words)
