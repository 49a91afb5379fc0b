"""The editor's panel in a real browser: each act with the lines it left in the file, keys, undo, queue."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.test_serve_browser import browser, leave  # noqa: F401 (a fixture)
from tests.test_serve_panel import ARTICLE, PATH, newsroom, write_newsroom
from tests.test_serve_preview import PATIENCE, Preview, running, save

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    root = write_newsroom(tmp_path / "digest")
    rebuild, desk = newsroom(root, follow=True)
    with running(root, rebuild, desk=desk) as running_preview:
        yield running_preview


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:  # noqa: F811
    """The article with the panel open."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(f"{preview.url}articles/ferries-wait/")
    opened.get_by_role("button", name="Edit · 3 to confirm").click()
    opened.get_by_role("heading", name="Editor’s panel").wait_for()
    yield opened
    leave(opened)
    assert said == []


Diff = tuple[list[str], list[str]]


def diff(preview: Preview) -> Diff:
    """The lines that the panel took out of the article's file, and those that it put in."""
    made = list(difflib.ndiff(ARTICLE.splitlines(), (preview.root / PATH).read_text().splitlines()))
    return [line[2:] for line in made if line[0] == "-"], [line[2:] for line in made if line[0] == "+"]


def says(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => document.getElementById('sitegen-panel')?.shadowRoot.getElementById('said')?.textContent"
        ".includes(words)",
        arg=words,
    )


def by_button(page: Page, name: str, button: str) -> None:
    page.locator(f'[data-item="{name}"]').get_by_role("button", name=button).click()


def accept(page: Page) -> None:
    by_button(page, "q1", "Accept")


def accept_by_key(page: Page) -> None:
    page.locator('[data-item="q1"]').focus()
    page.keyboard.press("a")


def correct(page: Page) -> None:
    by_button(page, "q2", "Speaker …")
    page.get_by_label("Full name").fill("Dot Hale")
    page.get_by_label("Role").fill("harbour engineer")
    page.get_by_role("button", name="Save").click()


def correct_by_key(page: Page) -> None:
    page.locator('[data-item="q1"]').focus()
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.keyboard.type("Dot Hale")
    page.keyboard.press("Tab")
    page.keyboard.type("harbour engineer")
    page.keyboard.press("Enter")


def feature(page: Page) -> None:
    by_button(page, "q2", "Feature")


def drop(page: Page) -> None:
    by_button(page, "q2", "Drop")


def reorder(page: Page) -> None:
    page.locator('[data-item="q2"]').focus()
    page.keyboard.press("Alt+ArrowUp")


def label(page: Page) -> None:
    by_button(page, "f1", "Label …")
    page.get_by_label("What it measures").fill("ferries in port")
    page.get_by_role("button", name="Save").click()


_ACCEPTED: Diff = (
    ["    attribution: inferred   # she said"],
    ["    attribution: editor   # she said"],
)
_CORRECTED: Diff = ([], ["    speaker: Dot Hale", "    role: harbour engineer", "    attribution: editor"])
_SECOND = ["  - id: q2", "    text: Nobody told us"]


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (accept, _ACCEPTED),
        (accept_by_key, _ACCEPTED),
        (correct, _CORRECTED),
        (correct_by_key, _CORRECTED),
        (feature, ([], ["    featured: true"])),
        (drop, (_SECOND, [])),
        (reorder, (_SECOND, _SECOND)),
        (
            label,
            (
                ["  - {id: f1, as_written: 3 ferries, value: 3}"],
                ["  - {id: f1, as_written: 3 ferries, value: 3, label: ferries in port}"],
            ),
        ),
    ],
)
def test_each_act_leaves_its_lines_and_undo_takes_them_back(
    page: Page, preview: Preview, act: Callable[[Page], None], left: Diff
) -> None:
    act(page)
    page.get_by_role("button", name="Undo").and_(page.locator(":enabled")).wait_for()
    gone, came = diff(preview)
    assert (sorted(gone), sorted(came)) == (sorted(left[0]), sorted(left[1]))
    take_back(page)
    assert (preview.root / PATH).read_text() == ARTICLE


def take_back(page: Page) -> None:
    """Press the button until it is heard: what was done may have the page loaded anew at that very moment."""
    from playwright.sync_api import TimeoutError as Late

    undo, tries = page.get_by_role("button", name="Undo"), 3
    for left in reversed(range(tries)):
        undo.click()
        try:
            undo.and_(page.locator(":disabled")).wait_for(timeout=PATIENCE * 1000 / tries)
            return
        except Late:
            if not left:
                raise


def test_the_page_follows_and_the_panel_stays_open(page: Page, preview: Preview) -> None:
    with page.expect_navigation():
        label(page)
    page.get_by_role("heading", name="Editor’s panel").wait_for()
    page.get_by_role("button", name="Edit · 2 to confirm").wait_for()
    assert page.locator("main").get_by_text("ferries in port").first.is_visible()


def test_what_was_saved_meanwhile_is_said_and_shown(page: Page, preview: Preview) -> None:
    # A change that no page shows, so that nothing is loaded anew before the act, and of which the panel has
    # not heard yet.
    page.evaluate("addEventListener('sitegen-update', (event) => event.stopImmediatePropagation(), true)")
    save(preview.root / PATH, ARTICLE.replace("# she said", "# he said"))
    accept(page)
    says(page, "changed meanwhile")
    assert "attribution: inferred   # he said" in (preview.root / PATH).read_text()


def test_the_queue_leads_to_the_next_article(page: Page) -> None:
    page.locator("summary", has_text="Other articles to look at (1)").click()
    with page.expect_navigation(url="**/articles/bridge-shut/"):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Editor’s panel").wait_for()


def test_escape_closes_it_and_it_stays_closed(page: Page) -> None:
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Editor’s panel").wait_for(state="hidden")
    page.reload()
    page.get_by_role("button", name="Edit · 3 to confirm").wait_for()
    assert page.get_by_role("heading", name="Editor’s panel").is_hidden()


def test_a_page_that_follows_goes_where_the_editor_works(page: Page, preview: Preview) -> None:
    with page.expect_request("**/.sitegen/events*"):
        page.goto(preview.url)
    with page.expect_navigation(url="**/articles/bridge-shut/"):
        path = preview.root / "content/articles/2026/bridge-shut.md"
        save(path, path.read_text().replace("That was all.", "That was not all."))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_panel_or_the_overlay(
    page: Page, preview: Preview, width: int, scheme: Literal["light", "dark"]
) -> None:
    axe = Path(__file__).parent / "browser/node_modules/axe-core/axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not installed; .ci/run installs it")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    by_button(page, "q2", "Speaker …")
    save(preview.root / "content/articles/2026/bridge-shut.md", "---\ntitle: [\n---\n")
    page.locator("#sitegen-problems").get_by_text("bridge-shut.md").first.wait_for()
    page.evaluate(axe.read_text(encoding="utf-8"))
    for place in ("#sitegen-panel", "#sitegen-problems"):
        found = page.evaluate(f"axe.run('{place}', {{resultTypes: ['violations']}})")
        assert found["passes"], place
        seen = [f"{v['id']}: {[n['html'] for n in v['nodes']]}" for v in found["violations"]]
        assert not seen, f"{place}: {seen}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
