"""The pictures of docs/images, and the page that shows them: docs/gallery.md."""

from __future__ import annotations

import base64
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402

from tests.demo import ADDRESSES, THEMES, chromium, shown, started  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = ROOT / "docs" / "images"
# Width of the window → how far down the page is shown, and at which scale the picture is kept.
VIEWS = {1280: (1500, 0.5), 360: (1500, 0.6)}
SCHEMES = ("light", "dark")
QUALITY = 34
_HEAD = """\
# How a digest looks

Every kind of page of the demo digest, in both themes, wide and narrow, by day and by night. Made by
`scripts/screenshots`; do not edit.
"""


def main() -> None:
    program = chromium()
    if not program:
        sys.exit("There is no Chromium on this machine.")
    IMAGES.mkdir(exist_ok=True)
    with started(program) as browser:
        for theme in THEMES:
            with tempfile.TemporaryDirectory() as folder, shown(theme, Path(folder)) as demo:
                for kind, address in ADDRESSES.items():
                    for width in VIEWS:
                        for scheme in SCHEMES:
                            data = picture(browser, demo.url + address, width, scheme)
                            (IMAGES / name(theme, kind, width, scheme)).write_bytes(data)
    (ROOT / "docs" / "gallery.md").write_text("\n".join(gallery()), encoding="utf-8")


def picture(browser: Browser, address: str, width: int, scheme: str) -> bytes:
    """The top of a page as WebP."""
    most, scale = VIEWS[width]
    with opened(browser, address, width, scheme) as page:
        height = min(most, page.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
        session = page.context.new_cdp_session(page)
        asked = {"format": "png", "clip": clip, "captureBeyondViewport": True}
        data = base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])
    kept = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").save(kept, "WEBP", quality=QUALITY, method=6)
    return kept.getvalue()


@contextmanager
def opened(browser: Browser, address: str, width: int, scheme: str) -> Iterator:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    yield page
    context.close()


def name(theme: str, kind: str, width: int, scheme: str) -> str:
    return f"{theme}-{kind}-{width}-{scheme}.webp"


def gallery() -> Iterator[str]:
    """docs/gallery.md: a table of pictures for each kind of page."""
    yield _HEAD
    for kind in ADDRESSES:
        yield f"## {kind.capitalize()}\n"
        for theme in THEMES:
            views = [(width, scheme) for width in VIEWS for scheme in SCHEMES]
            yield "| " + " | ".join(f"{theme}, {width}, {scheme}" for width, scheme in views) + " |"
            yield "|" + "---|" * len(views)
            links = (
                f"![{kind} in {theme}, {w} wide, {s}](images/{name(theme, kind, w, s)})" for w, s in views
            )
            yield "| " + " | ".join(links) + " |\n"


if __name__ == "__main__":
    main()
