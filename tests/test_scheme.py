"""The switch between light and dark: only where the config asks for it, remembered, and within the policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.conftest import NOW, SETTINGS, MakeDigest, Run, article
from tests.demo import ADDRESSES, ROOT, THEMES, Demo, shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OFF = f"{SETTINGS}cards: false\n"
ON = f"{OFF}scheme_switch: true\n"
AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
SCRIPT = re.compile(r'<script src="(/sub)?/assets/scheme\.\w{8}\.js"></script>')


@pytest.fixture
def digest(make_digest: MakeDigest) -> Path:
    return make_digest({"content/articles/quay.md": article("quay")})


def build(run: Run, root: Path, settings: str, *args: str) -> tuple[dict[str, str], str]:
    """The pages by their paths, and what the host is told."""
    (root / "sitegen.yaml").write_text(settings, encoding="utf-8")
    done = run("build", "-C", root, "--now", NOW, *args)
    assert done.code == 0, done.err
    public = root / "public"
    pages = {p.relative_to(public).as_posix(): p.read_text("utf-8") for p in public.rglob("*.html")}
    assert {"index.html", "404.html", "articles/quay/index.html", "search/index.html"} <= set(pages)
    return pages, (public / "_headers").read_text("utf-8")


def test_without_it_no_page_has_a_script_or_a_button(digest: Path, run: Run) -> None:
    pages, told = build(run, digest, f"{OFF}host: github\n")
    for path, page in pages.items():
        assert "scheme.js" not in page and "<button" not in page.partition("<main")[0], path
        if not path.startswith("search/"):
            assert "<script src" not in page and 'type="module"' not in page and "script-src" not in page, (
                path
            )
    assert "script-src" not in told.partition("/search/*")[0]


def test_with_it_every_page_has_both_and_the_policy_lets_them(digest: Path, run: Run) -> None:
    build(run, digest, OFF)
    pages, told = build(
        run, digest, ON, "--url", "https://wire.example/sub/"
    )  # over what was built without it
    for path, page in pages.items():
        head, _, body = page.partition("</head>")
        assert len(SCRIPT.findall(head)) == 1, path
        assert head.index("scheme.") < head.index('rel="stylesheet"'), "it need not wait for the style sheet"
        assert (
            body.count('<button class="scheme" type="button" hidden aria-pressed="false">Dark</button>') == 1
        )
    policies = [line for line in told.splitlines() if "Content-Security-Policy:" in line]
    assert policies and all("script-src 'self'" in policy for policy in policies)
    assert "unsafe-inline" not in told
    assert "wasm" not in policies[0]


def test_a_page_says_the_policy_where_the_host_does_not(digest: Path, run: Run) -> None:
    pages, _ = build(run, digest, f"{ON}host: github\nlanguage: de\n")
    assert 'script-src &#39;self&#39;">' in pages["articles/quay/index.html"]
    assert 'aria-pressed="false">Dunkel</button>' in pages["index.html"]


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module", params=THEMES)
def switched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    settings = (ROOT / "sitegen.yaml").read_text("utf-8").replace("theme: gazette\n", "scheme_switch: true\n")
    files = {"sitegen.yaml": f"{settings}\ntheme: {request.param}\ncards: false\n"}
    with shown(request.param, tmp_path_factory.mktemp("switched"), files) as made:
        yield made


def night(page: Page) -> bool:
    """Whether the ground of the page is darker than its text."""
    ground, text = (
        sum(map(float, re.findall(r"[\d.]+", page.evaluate(f"getComputedStyle(document.body).{of}"))[:3]))
        for of in ("backgroundColor", "color")
    )
    return ground < text


@pytest.mark.browser
@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_choice_is_remembered(switched: Demo, browser: Browser, system: Literal["light", "dark"]) -> None:
    context = browser.new_context(color_scheme=system, viewport={"width": 360, "height": 780})
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(switched.url)
    button = page.get_by_role("button", name="Dark")
    dark = system == "dark"
    assert (night(page), button.get_attribute("aria-pressed")) == (dark, str(dark).lower())
    button.press("Enter")
    page.reload()
    for kind in ("home", "article", "search"):  # and on every other page
        page.goto(switched.url + ADDRESSES[kind], wait_until="networkidle")
        assert (night(page), button.get_attribute("aria-pressed")) == (not dark, str(not dark).lower())
    other: Literal["light", "dark"] = "light" if dark else "dark"
    page.emulate_media(color_scheme=other)
    assert night(page) is not dark, "the choice, not the system"
    page.emulate_media(color_scheme=system)
    button.click()
    page.emulate_media(color_scheme=other)
    assert night(page) is not dark, "who turned back to the system follows it"
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if AXE.is_file():
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run('.masthead', {resultTypes: ['violations']})")
        assert not [violation["id"] for violation in found["violations"]]
    assert not told
    context.close()


@pytest.mark.browser
def test_without_a_script_there_is_no_button(switched: Demo, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(switched.url)
    assert page.locator(".masthead nav").is_visible()
    assert not page.locator(".scheme").is_visible()
    context.close()


@pytest.mark.browser
def test_a_choice_holds_before_anything_is_drawn(switched: Demo, browser: Browser) -> None:
    context = browser.new_context(color_scheme="light")
    context.add_init_script("""
        if (location.protocol !== 'about:') localStorage.setItem('scheme', 'dark');
        new MutationObserver(() => {
            if (document.body && window.first === undefined)
                window.first = document.documentElement.dataset.scheme ?? 'none';
        }).observe(document, {childList: true, subtree: true});""")
    page = context.new_page()
    page.goto(switched.url)
    assert page.evaluate("window.first") == "dark"
    context.close()
