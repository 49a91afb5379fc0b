"""The preview in a real browser: reload, exchange of a stylesheet, errors, scroll, hidden tabs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_serve_preview import PATIENCE, Preview, running, save, write_digest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

pytestmark = pytest.mark.browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


def leave(page: Page) -> None:
    """Close the page's context. Where a page is just being loaded anew that may never end, and nothing limits
    it: so the page goes somewhere else before, which the loading may cross."""
    from playwright.sync_api import Error

    for _ in range(9):
        with suppress(Error):
            page.goto("about:blank")
            break
    page.context.close()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    with running(write_digest(tmp_path / "digest")) as running_preview:
        yield running_preview


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """The page /a/ with its stream open; console errors (a blocked script, a bad answer) fail the
    test, except for the 404 of the page that comes later."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    said: list[str] = []

    def listen(line: ConsoleMessage) -> None:
        if line.type == "error" and not line.location["url"].endswith("/later/"):
            said.append(line.text)

    opened.on("console", listen)
    opened.on("pageerror", lambda error: said.append(str(error)))
    with opened.expect_request("**/.sitegen/events*"):
        opened.goto(f"{preview.url}a/")
    # This mark is in the window, not in the page: it lives until the page is loaded anew.
    opened.evaluate("window.mark = 'not reloaded'")
    yield opened
    leave(opened)
    assert said == []


def marked(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 'not reloaded'"))


def text_is(page: Page, text: str) -> None:
    page.wait_for_function("text => document.getElementById('text')?.textContent === text", arg=text)


def colour_is(page: Page, colour: str) -> None:
    page.wait_for_function(
        "colour => getComputedStyle(document.getElementById('text')).color === colour", arg=colour
    )


def test_an_edit_loads_the_page_anew_where_the_reader_was(page: Page, preview: Preview) -> None:
    page.evaluate("scrollTo(0, 1234)")
    save(preview.root / "content/a.md", "Second.")
    text_is(page, "Second.")
    assert not marked(page)
    page.wait_for_function("() => scrollY === 1234")
    save(preview.root / "content/a.md", "Third.")
    text_is(page, "Third.")


def test_an_edit_elsewhere_leaves_the_page_alone(page: Page, preview: Preview) -> None:
    save(preview.root / "content/index.md", "Welcome back.")
    # Then something that does concern this page, so that both have been told when it is seen.
    save(preview.root / "static/site.css", "main { color: rgb(7, 7, 7) }\n")
    colour_is(page, "rgb(7, 7, 7)")
    assert marked(page)


def test_a_stylesheet_is_exchanged_in_place(page: Page, preview: Preview) -> None:
    for colour in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
        save(preview.root / "static/site.css", f"main {{ color: {colour} }}\n")
        colour_is(page, colour)
        page.wait_for_function("() => document.querySelectorAll('head link[rel=stylesheet]').length === 1")
    assert marked(page)


def test_an_error_lies_over_the_page_and_clears(page: Page, preview: Preview) -> None:
    save(preview.root / "content/index.md", "bad <script>window.mark = 'run'</script>")
    overlay = page.locator("#sitegen-problems")
    overlay.wait_for(state="visible")
    words = overlay.inner_text()
    assert "content/index.md:1:5: error: <b>no</b> such thing [test-bad]" in words
    assert "bad <script>window.mark = 'run'</script>" in words
    assert "content/index.md:2: error: and another" in words
    assert overlay.evaluate("element => getComputedStyle(element).position") == "fixed"
    assert page.locator("#text").inner_text() == "First."
    save(preview.root / "content/index.md", "Mended.")
    overlay.wait_for(state="detached")
    # Nothing on this page changed, so it was never loaded anew.
    assert marked(page)


def test_a_new_page_replaces_its_404(page: Page, preview: Preview) -> None:
    with page.expect_request("**/.sitegen/events*"):
        response = page.goto(f"{preview.url}later/")
    assert response is not None and response.status == 404
    save(preview.root / "content/later.md", "Here now.")
    text_is(page, "Here now.")


def test_a_hidden_tab_lets_go_of_its_stream_and_catches_up(page: Page, preview: Preview) -> None:
    page.evaluate(
        """() => {
            window.hiddenNow = true;
            Object.defineProperty(document, "hidden", {get: () => window.hiddenNow});
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    save(preview.root / "content/a.md", "While you were away.")
    with preview.stream("?page=/a/") as following:
        while "While you were away." not in preview.get("/a/")[2]:
            following()
    assert page.locator("#text").inner_text() == "First."
    assert marked(page)
    page.evaluate("window.hiddenNow = false; document.dispatchEvent(new Event('visibilitychange'))")
    text_is(page, "While you were away.")
