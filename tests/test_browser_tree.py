"""What a screen reader is given: Chromium's accessibility tree of the demo digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from sitegen import frontmatter
from tests.demo import ADDRESSES, ROOT, Demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ARTICLES = ROOT / "content/articles/2026"
STORY = "marrowick-switches-off-its-ships-and-a-city-hears-the-gulls-again.md"


@dataclass
class Node:
    """A node that a screen reader meets; `text` is what it says of it and of all below, in order."""

    role: str
    name: str
    below: list[Node] = field(default_factory=list)

    def all(self, role: str) -> Iterator[Node]:
        if self.role == role:
            yield self
        for node in self.below:
            yield from node.all(role)

    @property
    def text(self) -> str:
        own = [self.name] if self.role == "StaticText" else []
        return " ".join(" ".join([*own, *(node.text for node in self.below)]).split())


def tree(browser: Browser, address: str, width: int = 1280) -> Node:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    found = tree_of(page)
    page.close()
    return found


def tree_of(page: Page) -> Node:
    session = page.context.new_cdp_session(page)
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id: dict[str, dict[str, Any]] = {node["nodeId"]: node for node in found}

    def made(node: dict[str, Any]) -> Node:
        kept = Node(node.get("role", {}).get("value", ""), node.get("name", {}).get("value", ""))
        if node.get("ignored"):
            kept.role = "ignored"
        kept.below = [made(by_id[name]) for name in node.get("childIds", ()) if name in by_id]
        return kept

    return made(found[0])


def matter(name: str) -> dict[str, Any]:
    return frontmatter.load((ARTICLES / name).read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize(("kind", "file"), [("article", STORY), ("timeline", "from-coal-to-sockets.md")])
def test_each_quote_once_with_its_speaker(demo: Demo, browser: Browser, kind: str, file: str) -> None:
    page = tree(browser, demo.url + ADDRESSES[kind])
    whole = page.text
    quotes = matter(file)["quotes"]
    assert len(quotes) > 1
    for quote in quotes:
        assert whole.count(quote["text"].rstrip(".,")) == 1, quote["text"]
    callouts = [node for node in page.all("figure") if list(node.all("blockquote"))]
    assert callouts
    for callout in callouts:
        said = next(callout.all("blockquote")).text
        quote = next(quote for quote in quotes if quote["text"].rstrip(".,") in said)
        after = callout.text.removeprefix(said)
        assert quote["speaker"] in after and quote["role"] in after
        assert ("attribution inferred" in after) is (quote.get("attribution") == "inferred")
        assert quote["speaker"] not in said, "who speaks stands outside of what is said"


def test_each_figure_with_its_label_in_one_breath(demo: Demo, browser: Browser) -> None:
    page = tree(browser, demo.url + ADDRESSES["article"])
    box = next(node for node in page.all("region") if node.name == "By the numbers")
    terms, values = list(box.all("term")), list(box.all("definition"))
    figures = matter(STORY)["figures"]
    assert len(terms) == len(values) == len(figures)
    for figure, term, value in zip(figures, terms, values, strict=True):
        assert term.text.casefold().startswith(figure["label"].casefold())
        assert f"{term.text} {value.text}" in box.text, "nothing is said between the two"
        number = figure["as_written"].split()[0]
        assert number.removeprefix("$") in value.text
        if "change" in figure:
            assert figure["change"]["direction"] in value.text, "a direction is a word"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_numbers_are_a_table(demo: Demo, browser: Browser, width: int) -> None:
    page = tree(browser, demo.url + ADDRESSES["measures"], width)
    table = next(page.all("table"))
    assert table.name, "it has a caption"
    assert len(list(table.all("columnheader"))) == 3
    rows = [row for row in table.all("row") if list(row.all("cell")) or list(row.all("gridcell"))]
    assert len(rows) > 10
    for row in rows:
        assert len(list(row.all("rowheader"))) == 1
        assert len(list(row.all("cell"))) + len(list(row.all("gridcell"))) == 2


def test_every_page_has_its_landmarks_and_one_heading(demo: Demo, browser: Browser) -> None:
    shown = browser.new_page(viewport={"width": 1280, "height": 800})
    for kind, address in ADDRESSES.items():
        shown.goto(demo.url + address)
        page = tree_of(shown)
        for role in ("banner", "main", "contentinfo"):
            assert len(list(page.all(role))) == 1, f"{kind}: {role}"
        assert all(node.name for node in page.all("navigation")), kind
        assert all(node.name for node in page.all("link")), kind
    shown.close()
