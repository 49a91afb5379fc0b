"""Pages look as they did: screenshots beside small references, within a tolerance.

A reference is the top of a page in grey, each dot the mean of a square of it: letters may lie a little
otherwise on another machine, columns, sizes and colours may not. `pytest tests/test_browser_look.py
--update` writes them as the pages look now: look at them before you commit them.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.demo import ADDRESSES, Demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
LOOKS = Path(__file__).parent / "looks"
FONTS = ("Charis SIL", "Inter")
HEIGHT, SQUARE = 1600, 8
# Of 255: how far all dots may be off in the mean, and how far one before it counts as another.
MEAN, OTHER = 2.5, 32
MOST_OTHER = 0.01
VIEWS: dict[str, tuple[tuple[str, int, Literal["light", "dark"]], ...]] = {
    "gazette": (
        ("home", 1280, "light"), ("timeline", 1280, "dark"), ("numbers", 360, "light"),
        ("person", 1280, "light"), ("edition", 360, "dark"),
    ),
    "briefing": (("home", 1280, "light"), ("article", 360, "dark"), ("topic", 1280, "light")),
}  # fmt: skip


def reduced(screenshot: bytes) -> Image.Image:
    whole = Image.open(io.BytesIO(screenshot)).convert("L")
    return whole.resize((whole.width // SQUARE, whole.height // SQUARE), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> str | None:
    """In what two looks differ beyond the tolerance; None if they are alike."""
    if one.size != other.size:
        return f"{one.size} beside {other.size}"
    apart = ImageChops.difference(one, other)
    mean = ImageStat.Stat(apart).mean[0]
    far = sum(apart.histogram()[OTHER:]) / (apart.width * apart.height)
    if mean <= MEAN and far <= MOST_OTHER:
        return None
    return f"{mean:.1f} of 255 in the mean, {far:.1%} of the dots are others"


def test_pages_look_as_they_did(
    demo: Demo, browser: Browser, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    there = (
        subprocess.run(["fc-list"], capture_output=True, text=True).stdout if shutil.which("fc-list") else ""
    )
    if missing := [font for font in FONTS if font not in there]:
        pytest.skip(f"the fonts of the references are not installed ({', '.join(missing)}); .ci/run does it")
    told = []
    for kind, width, scheme in VIEWS[demo.theme]:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(demo.url + ADDRESSES[kind], wait_until="networkidle")
        now = reduced(page.screenshot())
        context.close()
        name = f"{demo.theme}-{kind}-{width}-{scheme}.png"
        if pytestconfig.getoption("update"):
            LOOKS.mkdir(exist_ok=True)
            now.save(LOOKS / name, optimize=True)
        elif found := difference(Image.open(LOOKS / name), now):
            now.save(tmp_path / name)
            told.append(f"{name}: {found}; it looks like {tmp_path / name} now")
    assert not told, "\n".join(told)


def test_what_counts_as_another_look() -> None:
    look = Image.open(LOOKS / "gazette-home-1280-light.png")
    ground = look.convert("L").tobytes()[0]
    assert difference(look, look) is None
    noisy = look.point([min(255, value + 2) for value in range(256)])
    assert difference(look, noisy) is None, "a shade that another machine draws"
    lower = Image.new("L", look.size, ground)
    lower.paste(look, (0, 3))
    assert difference(look, lower), "everything 24 pixels lower"
    bare = look.copy()
    bare.paste(ground, (8, 64, 80, 86))
    assert difference(look, bare), "the headline is gone"
    dark = look.point([255 - value for value in range(256)])
    assert difference(look, dark), "the other scheme"
    assert difference(look, look.resize((10, 10))) == "(160, 200) beside (10, 10)"
