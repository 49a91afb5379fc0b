"""The demo digest as a browser and the checkers see it: accessible, valid, readable, within its weight."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.demo import ADDRESSES, ROOT, THEMES, Demo, shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TOOLS = ROOT / "tests" / "browser" / "node_modules"
AXE = TOOLS / "axe-core" / "axe.min.js"
VNU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Light and dark differ in their colours alone, so that in the dark only the rules about colours are asked.
IN_THE_DARK = "runOnly: ['color-contrast', 'link-in-text-block'], "
WIDTHS = (320, 360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_violation(demo: Demo, browser: Browser, scheme: Literal["light", "dark"]) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; .ci/run installs it")
    source = AXE.read_text(encoding="utf-8")
    only = IN_THE_DARK if scheme == "dark" else ""
    page = browser.new_page(color_scheme=scheme)
    for kind, url in ADDRESSES.items():
        page.goto(demo.url + url)
        page.evaluate(source)  # through the debugger: the page's own policy allows no scripts
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 780})
            found = page.evaluate(f"axe.run(document, {{{only}resultTypes: ['violations']}})")
            told = [
                f"{v['id']}: {v['help']}: {[node['html'][:160] for node in v['nodes'][:3]]}"
                for v in found["violations"]
            ]
            assert not told, f"{kind} {url} at {width}: " + "; ".join(told)
    page.close()


def test_nothing_needs_to_be_scrolled_sideways(demo: Demo, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    for kind, url in ADDRESSES.items():
        page.goto(demo.url + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"{kind} {url}"
    page.close()


@pytest.mark.parametrize("theme", THEMES)
def test_pages_turn_round_where_people_write_from_right_to_left(
    theme: str, browser: Browser, tmp_path: Path
) -> None:
    files = {
        "themes/mine/theme.yaml": f"name: mine\napi: 1\nextends: {theme}\n",
        "themes/mine/words/en.yaml": "direction: rtl\n",
    }
    with shown("mine", tmp_path, files) as turned:
        for width in (320, 1280):
            page = browser.new_page(viewport={"width": width, "height": 700})
            for kind in ("timeline", "numbers", "person"):
                page.goto(turned.url + ADDRESSES[kind])
                assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
                names = (".nameplate a", ".masthead li")
                places = [page.locator(name).first.bounding_box() for name in names]
                first, last = (place["x"] + place["width"] for place in places if place)
                assert first >= last, "the name stands first, at the right"
            page.close()


def test_the_credit_stands_above_the_fold_on_a_phone(demo: Demo, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(demo.url + ADDRESSES["article"])
    credit = page.locator(".article-head .credit").bounding_box()
    assert credit is not None
    assert credit["y"] + credit["height"] <= 640
    page.close()


def test_a_line_has_60_to_75_characters(demo: Demo, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(demo.url + ADDRESSES["article"])
    lengths = page.evaluate(
        """() => [...document.querySelectorAll('.body > p')].flatMap(p => {
            const range = document.createRange(); range.selectNodeContents(p);
            const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top))).size;
            return lines > 3 ? [p.textContent.length / (lines - .5)] : [];
        })"""
    )
    assert lengths
    assert 60 <= sum(lengths) / len(lengths) <= 75
    page.close()


def test_pages_load_nothing_from_elsewhere_and_run_no_script(demo: Demo, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    failed: list[str] = []
    # The icon of a page that is left before it is loaded is given up by the browser: no fault of the page.
    page.on("requestfailed", lambda r: None if r.failure == "net::ERR_ABORTED" else failed.append(r.url))
    for url in ADDRESSES.values():
        page.goto(demo.url + url)
        assert page.locator("script:not([type='application/ld+json'])").count() == (url == "/search/")
    assert asked
    assert all(url.startswith(demo.url) for url in asked)
    assert not failed
    page.close()


def test_search_finds_what_was_said_and_breaks_no_rule(demo: Demo, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 780})
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(f"{demo.url}/search/")
    page.fill("#q", "ammonia barge")
    page.wait_for_selector(".found li")
    assert "“ammonia barge”" in page.locator(".search [role=status]").inner_text()
    assert page.locator(".found mark").count() > 0
    links = page.eval_on_selector_all(".found a", "all => all.map(a => a.getAttribute('href'))")
    assert links and all((demo.public / link.strip("/") / "index.html").is_file() for link in links)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.fill("#q", "xylophone")
    page.locator(".search [role=status]", has_text="xylophone").wait_for()
    assert page.locator(".found li").count() == 0
    if AXE.is_file():
        page.goto(f"{demo.url}/search/?q=quay")
        page.wait_for_selector(".found li")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert not [violation["id"] for violation in found["violations"]]
    assert not told
    page.close()


def test_pictures_hold_their_place_before_they_load(demo: Demo, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.route("**/*.{svg,png,jpg,webp}", lambda route: route.abort())
    pages = [
        path
        for path in (demo.public / "articles").rglob("*.html")
        if '<figure class="image">' in path.read_text()
    ]
    assert pages
    for path in pages:
        page.goto(f"{demo.url}/{path.parent.relative_to(demo.public).as_posix()}/")
        sizes = page.eval_on_selector_all(
            ".image img",
            "all => all.map(i => [i.width, i.height, i.getAttribute('width'), i.getAttribute('height')])",
        )
        for width, height, said_width, said_height in sizes:
            assert abs(width / height - int(said_width) / int(said_height)) < 0.05
    context.close()


def test_the_nu_checker_has_no_error(demo: Demo) -> None:
    if not VNU.is_file() or not shutil.which("java"):
        pytest.skip("the Nu checker or Java is not installed; .ci/run installs both")
    pages = sorted(str(path) for path in demo.public.rglob("*.html"))
    assert len(pages) > 50
    command = ["java", "-Xss4m", "-jar", str(VNU), "--errors-only", "--format", "json", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr or '{"messages": []}')["messages"]
    told = [
        f"{m.get('url', '').rsplit('/public/')[-1]}:{m.get('lastLine')}: {m['message']}" for m in messages
    ]
    assert not told, "\n".join(told[:20])
    assert done.returncode == 0


def test_weight(demo: Demo) -> None:
    for style in (demo.public / "assets").glob("*.css"):
        assert len(gzip.compress(style.read_bytes(), 9)) <= 6 * 1024, style.name
    for path in demo.public.rglob("*.html"):
        assert path.stat().st_size < 100 * 1024, path
