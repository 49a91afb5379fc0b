"""The demo digest as a browser and the checkers see it: accessible, valid, readable, within its weight."""

from __future__ import annotations

import gzip
import json
import re
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


# For each text that is seen its element's name, its colour, and the ground that it stands on.
INK = """() => {
    const found = [], seen = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const of = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || seen.has(of)) continue;
        if (of.closest('svg') || !of.checkVisibility()) continue;
        seen.add(of);
        let ground = of;
        const none = 'rgba(0, 0, 0, 0)', painted = () => getComputedStyle(ground).backgroundColor;
        while (ground.parentElement && painted() === none) ground = ground.parentElement;
        found.push([of.className || of.localName, getComputedStyle(of).color, painted()]);
    }
    return found;
}"""
# What is drawn: the colours of shapes, and of the borders that boxes and callouts have.
DRAWN = """() => [...document.querySelectorAll('main svg :is(rect, line), .flag path')].map(of => {
    const style = getComputedStyle(of);
    return [of.getAttribute('class') || of.localName, of.localName === 'line' ? style.stroke : style.fill];
}).concat([...document.querySelectorAll('.figures, .body .quote')].map(of => {
    const sides = [getComputedStyle(of), getComputedStyle(of, '::before')];
    for (const style of sides) for (const side of ['Top', 'InlineStart', 'Bottom']) {
        const [width, kind, colour] = ['Width', 'Style', 'Color'].map(what => style[`border${side}${what}`]);
        if (parseFloat(width) > 0 && kind !== 'none') return [of.className, colour];
    }
    return [of.className, 'none'];
}))"""


def luminance(colour: str, ground: str = "rgb(255, 255, 255)") -> float:
    """Of a colour as the browser says it (WCAG 2), on what shines through it."""
    *parts, alpha = [*map(float, re.findall(r"[\d.]+", colour)), 1.0][:4]
    below = map(float, re.findall(r"[\d.]+", ground))
    parts = [(alpha * part + (1 - alpha) * other) / 255 for part, other in zip(parts, below, strict=False)]
    linear = [c / 12.92 if c <= 0.04 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, ground: str) -> float:
    high, low = sorted((luminance(one, ground), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_on_paper_there_is_what_was_written_and_no_furniture(demo: Demo, browser: Browser) -> None:
    page = browser.new_page(
        viewport={"width": 720, "height": 900}, color_scheme="dark", reduced_motion="reduce"
    )
    for kind in ("article", "timeline", "edition", "person", "numbers"):
        page.goto(demo.url + ADDRESSES[kind])
        page.evaluate("document.documentElement.dataset.scheme = 'dark'")  # as the switch says it
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        inks = page.evaluate(INK)
        assert len(inks) > 20
        pale = [
            ink
            for ink in inks
            if ink[2] != "rgb(255, 255, 255)" or contrast(ink[1], "rgb(255, 255, 255)") < 4.5
        ]
        assert not pale, f"{kind}: a printer leaves grounds out"
        seen = page.locator("nav, .foot, .skip, .permalink, .topics, .follow, .related").locator(
            "visible=true"
        )
        assert not seen.evaluate_all("all => all.map(one => one.outerHTML)"), kind
        whole = page.locator(".quote, .figures, .stat").locator("visible=true")
        split = whole.evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")
        assert split and set(split) == {"avoid"}, kind
        assert all(luminance(colour) < 0.6 for _, colour in page.evaluate(DRAWN)), kind
        assert page.evaluate("document.documentElement.scrollWidth") <= 720, kind
        page.emulate_media(media="screen")
    page.goto(demo.url + ADDRESSES["article"])
    page.emulate_media(media="print")
    assert page.locator(".quote").locator("visible=true").count() == page.locator(".quote").count() > 0
    told = page.locator(".linkback .button").evaluate("one => getComputedStyle(one, '::after').content")
    assert "https://courier.example/northern-quay" in told, "the address of the original"
    page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_colours_of_the_readers_own_leave_everything_to_be_seen(
    demo: Demo, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")
    for kind in ("article", "timeline", "edition", "person", "numbers", "measure"):
        page.goto(demo.url + ADDRESSES[kind])
        own = set(
            page.evaluate(
                """() => ['CanvasText', 'LinkText', 'VisitedText', 'ButtonText', 'MarkText'].map(name => {
                    const probe = document.body.appendChild(document.createElement('i'));
                    probe.style.color = name;
                    const made = getComputedStyle(probe).color;
                    probe.remove();
                    return made;
                })"""
            )
        )
        others = [ink for ink in page.evaluate(INK) if ink[1] not in own]
        assert not others, f"{kind}: these keep a colour of the theme"
        canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
        faint = [one for one in page.evaluate(DRAWN) if one[1] == "none" or contrast(one[1], canvas) < 3]
        assert not faint, kind
    page.close()


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
