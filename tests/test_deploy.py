"""A site on hosts of every kind: under a base path, and where nobody heeds `_headers` and `_redirects`."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.cli import main
from tests.conftest import NOW, MakeDigest, Run, article
from tests.loopback import Asked, Says, loopback

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("seeds", "content", "data", "static")
ADDRESS = re.compile(
    r'(?:href|src|cite|action)="([^"]*)"|<meta http-equiv="refresh" content="0; url=([^"]*)"'
)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo digest for GitHub Pages, at https://wire.example/repo/; one article was once elsewhere."""
    root = tmp_path_factory.mktemp("demo")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name)
    settings = (
        (ROOT / "sitegen.yaml").read_text().replace("https://wire.example/", "https://wire.example/repo/")
    )
    (root / "sitegen.yaml").write_text(f"{settings}\nhost: github\n")
    path = next((root / "content/articles").rglob("tarn-*.md"))
    path.write_text(
        path.read_text().replace("\nslug: ", "\naliases: [/old/, /old.html, /2020/pilots]\nslug: ")
    )
    with pytest.raises(SystemExit) as ended:
        main(["build", "-C", str(root), "--now", NOW, "--json"])
    assert not ended.value.code
    return root / "public"


def test_every_link_stays_below_the_base_path(public: Path) -> None:
    for page in public.rglob("*.html"):
        found = (one or other for one, other in ADDRESS.findall(page.read_text()))
        wrong = [at for at in found if not at.startswith(("/repo/", "#", "https://", "mailto:", "data:"))]
        assert wrong == [], page.relative_to(public)
    missing = (public / "404.html").read_text()
    assert 'href="/repo/"' in missing


def test_check_finds_nothing_to_mend_there(public: Path, run: Run) -> None:
    result = run("check", "-C", public.parent, "--now", NOW, "--json")
    codes = {problem["code"] for problem in json.loads(result.out)["problems"]}
    wrong = {"link-broken", "anchor-missing", "picture-missing", "page-untitled", "page-heading"}
    assert codes & {*wrong, "page-language", "redirect-broken"} == set()


def test_pages_say_the_policy_that_no_header_says(public: Path) -> None:
    for page in public.rglob("*.html"):
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page.read_text())
        assert policy is not None, page.relative_to(public)
        assert policy[1].startswith("default-src &#39;none&#39;") or policy[1].startswith(
            "default-src &#x27;"
        )
        assert "frame-ancestors" not in policy[1], "browsers complain of it here"


def test_every_page_says_what_and_where_it_is(public: Path) -> None:
    """Open Graph and the canonical address: once, whole, and below the base path."""
    listed = set(re.findall("<loc>(.*?)</loc>", (public / "sitemap.xml").read_text()))
    shown = set()
    for page in public.rglob("index.html"):
        text = page.read_text()
        if 'http-equiv="refresh"' in text:
            continue
        said = dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', text))
        here = f"https://wire.example/repo/{page.relative_to(public).as_posix().removesuffix('index.html')}"
        assert re.findall(r'<link rel="canonical" href="([^"]*)">', text) == [said["og:url"]] == [here]
        assert said["og:type"] == ("article" if "/articles/" in here else "website")
        assert said["og:title"] and said["og:site_name"] == "The Harbour Wire"
        assert re.match("https://wire.example/repo/", said.get("og:image", here))
        shown.add(here)
    assert listed == shown, "the sitemap has every page and no other"
    missing = (public / "404.html").read_text()
    assert '<meta name="robots" content="noindex">' in missing and "canonical" not in missing


def test_old_addresses_lead_on(public: Path) -> None:
    for name in ("old/index.html", "old.html", "2020/pilots/index.html"):
        page = (public / name).read_text()
        to = "/repo/articles/tarn-pilots-ask-for-younger-knees/"
        assert f'<meta http-equiv="refresh" content="0; url={to}">' in page
        assert f'<link rel="canonical" href="https://wire.example{to}">' in page
        assert '<meta name="robots" content="noindex">' in page
        assert "/repo/old" not in (public / "sitemap.xml").read_text()


def test_hosts_that_heed_headers_need_none_of_it(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"content/articles/a.md": article("a", aliases="[/old/]")})
    assert run("build", "-C", root, "--now", NOW).code == 0
    assert "http-equiv" not in (root / "public/index.html").read_text()
    assert not (root / "public/old").exists()


def test_a_page_at_an_old_address_gives_way_to_one_that_is_there(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest(
        {
            "sitegen.yaml": "host: folder\n",
            "content/articles/a.md": article("a", aliases="[/about, /topics/ports/]", topics="[ports]"),
            "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
        }
    )
    assert run("build", "-C", root, "--now", NOW).code == 0
    assert "Us." in (root / "public/about/index.html").read_text()
    assert "refresh" not in (root / "public/topics/ports/index.html").read_text()


@pytest.fixture(scope="module")
def url(public: Path) -> Iterator[str]:
    """The site as GitHub Pages serves it: files below /repo/, 404.html for what is not there, no headers."""
    kinds = {".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml"}

    def answer(asked: Asked) -> Says:
        path = asked.path.removeprefix("/repo/")
        file = public / path / "index.html" if not path or path.endswith("/") else public / path
        status = 200 if file.is_file() else 404
        file = file if status == 200 else public / "404.html"
        return Says(file.read_bytes(), status, {"Content-Type": kinds.get(file.suffix, "text/plain")})

    with loopback() as web:
        web.otherwise = answer
        yield f"{web.url}/repo/"


@pytest.mark.browser
def test_a_browser_is_led_on_and_shown_the_theme(url: str) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed; .ci/run installs it")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium)
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{url}old/")
        page.wait_for_url("**/repo/articles/*/")
        page.wait_for_load_state()
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 10
        assert page.title().startswith("Tarn pilots")
        assert [line for line in said if "Security Policy" in line] == []
        page.goto(f"{url}nowhere/at/all/")
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 10
        page.click("header a >> nth=0")
        assert page.url == url
        browser.close()
