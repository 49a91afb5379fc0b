"""Plain text that reads well in a mail program: the words of HTML, in lines of a length for the eye."""

from __future__ import annotations

import re
import textwrap
from html.parser import HTMLParser

WIDTH = 72  # what fits a quoted reply in 80 columns
_BLOCKS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "hr"))
_HANGS = re.compile(r"(?P<first>\s*(?:[-–•*]|\d{1,3}\.)\s+|(?:>\s?)+|\s*)")
_MARK = re.compile(r"[\s>]*(?:-|\d+\.) ")
_SPACES = re.compile(r"[ \t\r\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def of(html: str) -> str:
    """The words of our own HTML: paragraphs apart, links as “words (address)”, lists and quotes marked."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return _BLANK_LINES.sub("\n\n", "".join(reader.said)).strip()


class _Words(HTMLParser):
    """Puts down what HTML says, with what stands before each line: "> " in a quote, "- " in a list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._before: list[str] = []
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._as_it_is = 0
        self._space = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS:
            self._apart()
        if tag in ("ul", "ol"):
            self._lists.append(int(given.get("start") or 1) if tag == "ol" else None)
            self._before.append("  " if len(self._lists) > 1 else "")
        elif tag == "blockquote":
            self._apart()
            self._before.append("> ")
        elif tag == "li":
            self._item()
        elif tag == "pre":
            self._as_it_is += 1
        elif tag in ("br", "tr"):
            self._line()
        elif tag == "img":
            self._say(given.get("alt") or "")
        elif tag == "a":
            self._links.append((given.get("href") or "", len(self.said)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol", "blockquote"):
            self._before.pop()
            if tag != "blockquote":
                self._lists.pop()
            self._apart()
        elif tag in _BLOCKS:
            self._as_it_is -= tag == "pre"
            self._apart()
        elif tag in ("td", "th"):
            self._say("  ")
        elif tag == "a" and self._links:
            address, start = self._links.pop()
            if address and "".join(self.said[start:]).strip() not in (
                address,
                address.removeprefix("mailto:"),
            ):
                self._say(f" ({address})")

    def handle_data(self, data: str) -> None:
        if self._as_it_is:
            for n, line in enumerate(data.split("\n")):
                if n:
                    self._line()
                self._say(line)
        elif data.strip():
            self._say(_SPACES.sub(" ", data))
        else:
            self._space = True

    def _item(self) -> None:
        number = self._lists[-1] if self._lists else None
        self._line()
        self._say("- " if number is None else f"{number}. ")
        if number is not None:
            self._lists[-1] = number + 1

    def _say(self, text: str) -> None:
        if self._at_start() and not self._as_it_is:
            text = text.lstrip(" ")
        elif self._space:
            text = f" {text}"
        self._space = False
        if text:
            self.said.append(("".join(self._before) if self._at_start() else "") + text)

    def _at_start(self) -> bool:
        return not self.said or self.said[-1].endswith("\n")

    def _line(self) -> None:
        self._space = False
        if not self._at_start():
            self.said.append("\n")

    def _apart(self) -> None:
        if self.said and _MARK.fullmatch(self.said[-1]):  # a list item's paragraph begins on its line
            self._space = False
            return
        self._line()
        if self.said and not self._lists:
            self.said.append("\n")


def wrapped(text: str, width: int = WIDTH) -> str:
    """The text in lines of at most `width` characters; an address is never broken, and neither is a blank
    line doubled. What stands before a line, a mark or white space, stands before all it becomes."""
    lines = [piece for line in text.splitlines() for piece in _wrapped(line.rstrip(), width)]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"


def _wrapped(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    hangs = _HANGS.match(line)
    first = hangs.group("first") if hangs else ""
    following = first if ">" in first else " " * len(first)
    return textwrap.wrap(
        line[len(first) :], width, initial_indent=first, subsequent_indent=following,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
