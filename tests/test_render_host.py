"""Files that no template makes: `_headers`, `_redirects`, assets with hashed names, static/."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sitegen.errors import OutputError
from sitegen.render import assets, headers, load, redirects, static
from sitegen.render.styles import minified


def test_a_strict_policy() -> None:
    text = headers("").decode()
    policy = next(line for line in text.splitlines() if "Content-Security-Policy" in line)
    assert "default-src 'none'; style-src 'self'; img-src 'self' data:" in policy
    assert "script-src" not in policy and "unsafe" not in policy
    assert "connect-src 'self'" in policy, "Lighthouse reads robots.txt from within the page"
    assert "X-Content-Type-Options: nosniff" in text
    assert "Referrer-Policy: strict-origin-when-cross-origin" in text
    assert text.endswith("/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")


def test_headers_stand_under_the_base_path() -> None:
    rules = [
        line for line in headers("/digest", scripts=True).decode().splitlines() if not line.startswith(" ")
    ]
    assert rules == ["/digest/*", "/digest/assets/*"]
    assert "script-src 'self'" in headers("", scripts=True).decode()


def test_redirects_are_sorted_and_cannot_be_broken_out_of() -> None:
    made = redirects([("/b/", "/c/"), ("/a b/\n/x /y", "/ü/")], "/digest").decode()
    assert made == "/digest/a%20b/%0A/x%20/y /digest/%C3%BC/ 301\n/digest/b/ /digest/c/ 301\n"
    assert redirects([], "") == b""


def test_assets_carry_the_hash_of_their_content(tmp_path: Path) -> None:
    theme = load(tmp_path, "gazette")
    made = {output.path: output.data for output in assets(theme)}
    assert theme.stylesheet.removeprefix("/") in made
    for path, data in made.items():
        assert path.split(".")[-2] == hashlib.sha256(data).hexdigest()[:8]
    assert any(path.startswith("assets/favicon.") for path in made)


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("a { color: red; }\n\nb { color : blue }\n", "a{color: red}b{color : blue}\n"),
        ("/* one */a{}/* two\n*/", "a{}\n"),
        ('a::after { content: " /* not */ ;  } " }', 'a::after{content: " /* not */ ;  } "}\n'),
        (":root { --on: initial; --off: ; }", ":root{--on: initial;--off: }\n"),
        (
            "@media (min-width: 40em) and (max-width: 5em) { a :hover, b { width: calc(1px + 2px) } }",
            "@media (min-width: 40em) and (max-width: 5em){a :hover,b{width: calc(1px + 2px)}}\n",
        ),
    ],
)
def test_css_is_made_shorter_without_a_change(css: str, short: str) -> None:
    assert minified(css) == short


def test_static_is_copied_as_it_is(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.bin", ".hidden", ".git/x", ".well-known/security.txt"):
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() + b"\x00\r\n")
    made = static(tmp_path)
    assert [output.path for output in made] == [".well-known/security.txt", "a/c.bin", "b.txt"]
    assert made[2].data == b"b.txt\x00\r\n"
    assert made[2].made_from == ("static/b.txt",)


def test_no_static_folder_is_no_files(tmp_path: Path) -> None:
    assert static(tmp_path) == ()


@pytest.mark.parametrize("folder", [False, True])
def test_links_in_static_are_refused(tmp_path: Path, folder: bool) -> None:
    (tmp_path / "static").mkdir()
    target = tmp_path / "secret"
    if folder:
        target.mkdir()
    else:
        target.write_text("x", encoding="utf-8")
    (tmp_path / "static/link").symlink_to(target, target_is_directory=folder)
    with pytest.raises(OutputError) as caught:
        static(tmp_path)
    assert (caught.value.problems[0].code, caught.value.problems[0].path) == ("static-link", "static/link")
