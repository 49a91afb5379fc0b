"""The preview's pure parts: what changed between two snapshots, `_headers`, `_redirects`, the overlay."""

from __future__ import annotations

import pytest

from sitegen.errors import Problem
from sitegen.serve import overlay
from sitegen.serve.events import MOST_ADDRESSES, message, read_position, since
from sitegen.serve.lookup import files_for, without_base
from sitegen.serve.rules import (
    headers_for,
    parse_headers,
    parse_redirects,
    redirect_for,
    widen,
)
from sitegen.serve.snapshot import Snapshot, Stage, State, compare, stem

# ---------------------------------------------------------------- snapshots


def test_what_differs_between_snapshots() -> None:
    old = {"a": b"1", "b": b"1", "gone": b"1"}
    assert compare(old, {"a": b"1", "b": b"2", "new": b"1"}).paths == {"b", "gone", "new"}
    assert not compare(old, dict(old))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("assets/site.0123456789ab.css", "assets/site.css"),
        ("assets/site-0123456789ab.css", "assets/site.css"),
        ("assets/site.css", "assets/site.css"),
        ("assets/facade.css", "assets/facade.css"),
        ("assets/site.0123456789ab.js", "assets/site.0123456789ab.js"),
    ],
)
def test_a_stylesheet_without_its_hash(path: str, expected: str) -> None:
    assert stem(path) == expected


def test_a_new_hash_of_a_stylesheet_does_not_change_the_pages_that_link_to_it() -> None:
    old = {"s.000000aa.css": b"1", "a.html": b"<link href=s.000000aa.css>", "b.html": b"s.000000aa.css"}
    new = {"s.000000bb.css": b"2", "a.html": b"<link href=s.000000bb.css>", "b.html": b"s.000000bb.css!"}
    difference = compare(old, new)
    assert difference.styles == {"s.000000bb.css"}
    assert difference.paths == {"b.html"}


def test_a_stylesheet_that_comes_or_goes_is_no_exchange() -> None:
    difference = compare({"a.css": b"1"}, {"b.css": b"1"})
    assert difference.styles == frozenset()
    assert difference.paths == {"a.css", "b.css"}


def test_generations_move_only_where_something_is_to_be_told() -> None:
    stage = Stage()
    stage.publish(Snapshot({"a.html": b"1"}))
    assert stage.state.generation == 1
    stage.publish(Snapshot({"a.html": b"1"}))
    assert stage.state.generation == 1
    problem = Problem("no", "test")
    assert stage.fail((problem,))
    assert not stage.fail((problem,))
    assert (stage.state.generation, stage.state.failed) == (2, True)
    assert stage.state.files == {"a.html": b"1"}
    stage.publish(Snapshot({"a.html": b"1"}))
    assert (stage.state.generation, stage.state.failed, stage.state.problems) == (3, False, ())
    assert (stage.state.first, stage.state.changed) == (1, {})
    stage.publish(Snapshot({"a.html": b"2"}))
    assert stage.state.changed == {"a.html": 4}
    assert stage.state.epoch != Stage().state.epoch


def test_an_update_is_bounded_and_names_assets_first() -> None:
    stage = Stage()
    stage.publish(Snapshot({}))
    stage.publish(Snapshot({**{f"{n}/index.html": b"" for n in range(2 * MOST_ADDRESSES)}, "z.png": b""}))
    update = since(stage.state, 1, "/nowhere/")
    assert update.changed[0] == "/z.png"
    assert len(update.changed) == MOST_ADDRESSES
    assert update.more == MOST_ADDRESSES + 1
    assert update.page is False
    assert since(stage.state, 1, "/7/").page is True
    assert since(stage.state, 1, "/7").page is True
    assert since(stage.state, 2, "/7/").kind == "same"


@pytest.mark.parametrize("page", ["", "//evil.example", "/%00", "/../x", "x" * 5000, "/é", "http://x/"])
def test_a_strange_page_is_told_nothing_special(page: str) -> None:
    stage = Stage()
    stage.publish(Snapshot({"index.html": b"1"}))
    assert since(stage.state, 1, page).page is False


def test_a_page_below_a_base() -> None:
    stage = Stage()
    stage.publish(Snapshot({"a/index.html": b"1", "s.css": b"1"}))
    stage.publish(Snapshot({"a/index.html": b"2", "s.css": b"2"}))
    update = since(stage.state, 1, "/repo/a/", "/repo")
    assert (update.page, update.changed, update.styles) == (True, ("/repo/a/",), ("/repo/s.css",))
    assert since(stage.state, 1, "/a/", "/repo").page is False


def test_an_event_cannot_be_broken_by_a_file_name() -> None:
    stage = Stage()
    stage.publish(Snapshot({}))
    stage.publish(Snapshot({"a\n\ndata: x\r\n.png": b"1"}))
    text = message(since(stage.state, 1, "/")).decode()
    assert text.count("\n") == 4
    assert text.endswith("\n\n")


@pytest.mark.parametrize(
    ("query", "last", "expected"),
    [
        ("since=0123abcd-7&page=%2Fa%2F", None, ("0123abcd", 7, "/a/")),
        ("since=0123abcd-7", "0123abcd-9", ("0123abcd", 9, "/")),
        ("since=nonsense", None, ("", -1, "/")),
        ("since=0123abcd-99999999999999", None, ("", -1, "/")),
        ("", "x\ny", ("", -1, "/")),
    ],
)
def test_where_a_page_stands(query: str, last: str | None, expected: tuple[str, int, str]) -> None:
    assert read_position(query, last) == expected


# ---------------------------------------------------------------- addresses


def test_files_of_an_address() -> None:
    assert files_for("/") == ("index.html",)
    assert files_for("/a/") == ("a/index.html",)
    assert files_for("/a") == ("a", "a/index.html", "a.html")


@pytest.mark.parametrize(
    ("path", "base", "expected"),
    [
        ("/a/", "", "/a/"),
        ("/repo/a/", "/repo", "/a/"),
        ("/repo/", "/repo", "/"),
        ("/repo", "/repo", ""),
        ("/repository/", "/repo", None),
        ("/a/", "/repo", None),
    ],
)
def test_paths_below_a_base(path: str, base: str, expected: str | None) -> None:
    assert without_base(path, base) == expected


# ---------------------------------------------------------------- _headers and _redirects


@pytest.mark.parametrize(
    ("policy", "widened"),
    [
        ("script-src 'self'; connect-src 'self'; style-src 'self'",) * 2,
        ("default-src *", "default-src *; script-src *; style-src *; connect-src *"),
        (
            "default-src 'self'",
            "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'",
        ),
        (
            "default-src 'none'; img-src 'self'",
            "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'",
        ),
        (
            "script-src 'none'; style-src 'sha256-x'; connect-src https://c.example",
            "script-src 'self'; style-src 'sha256-x' 'self'; connect-src https://c.example 'self'",
        ),
        ("script-src-elem 'none'; script-src 'none'", "script-src-elem 'self'; script-src 'none'"),
        ("img-src 'self'; upgrade-insecure-requests", "img-src 'self'"),
        ("script-src 'self'; SCRIPT-SRC *;;", "script-src 'self'"),
        ("", ""),
    ],
)
def test_the_policy_is_widened_just_enough(policy: str, widened: str) -> None:
    assert widen(policy) == widened


def test_header_rules() -> None:
    rules = parse_headers(
        "  X-Lost: before any path\n/*\n  X-All: yes\n  Bad Name: x\n  X-Bad: \x01\n  no colon\n"
        "/feeds/*.xml\n  X-Feed: yes\n  Server: nginx\n/repo/a/:slug/\n  X-Item: yes\n/a.b\n  X-Dot: yes\n",
        base="/repo",
    )
    assert headers_for(rules, "/") == (("X-All", "yes"),)
    assert headers_for(rules, "/feeds/site.xml") == (("X-All", "yes"), ("X-Feed", "yes"))
    assert headers_for(rules, "/a/one/") == (("X-All", "yes"), ("X-Item", "yes"))
    assert headers_for(rules, "/a/one/two/") == (("X-All", "yes"),)
    assert headers_for(rules, "/axb") == (("X-All", "yes"),)


@pytest.mark.parametrize(
    ("path", "exists", "expected"),
    [
        ("/old", False, ("/new/", 301)),
        ("/old/", False, ("/new/", 301)),
        ("/old", True, None),
        ("/forced", True, ("/new/", 302)),
        ("/blog/2020/x", False, ("/archive/2020/x", 301)),
        ("/blog", False, ("/archive/", 301)),
        ("/blogs", False, None),
        ("/same/", False, None),
        ("/commented", False, ("/new/", 301)),
        ("/query", False, None),
        ("/placeholder/x", False, None),
        ("/teapot", False, None),
    ],
)
def test_redirect_rules(path: str, exists: bool, expected: tuple[str, int] | None) -> None:
    rules = parse_redirects(
        "# comment\n/old /new/\n/forced /new/ 302!\n/blog/* /archive/:splat\n/same /same/\n"
        "/commented /new/ # why\n/query?a=:b /new/\n/placeholder/:x /new/:x\n/teapot /new/ 418\n"
        "relative /new/\n/alone\n"
    )
    assert redirect_for(rules, path, exists=exists) == expected


# ---------------------------------------------------------------- overlay


def test_the_overlay_says_how_many_and_what_is_shown() -> None:
    error, warning = Problem("e", "x"), Problem("w", "y", severity="warning")
    site = Snapshot({})
    for state, words in (
        (
            State("e", 1, site, (error, error, warning), failed=True),
            "2 errors and 1 warning. You see the last",
        ),
        (State("e", 1, None, (error,), failed=True), "The site could not be built: 1 error."),
        (State("e", 1, site, (warning,)), "The site has 1 warning."),
    ):
        assert words in overlay.headline(state)
    assert overlay.render(State("e", 1, site)) == ""
    assert overlay.digest(State("e", 1, site)) == ""


def test_the_overlay_is_ascii_whatever_is_said() -> None:
    state = State("e", 1, Snapshot({}), (Problem("“ж” & </script>", "x", 'a"b.md', 1, 1, source="<é>"),))
    page = overlay.inject(b"<body></body>", state)
    assert page.isascii()
    assert b"&#8220;&#1078;&#8221; &amp; &lt;/script&gt;" in page
    assert b"&lt;&#233;&gt;" in page
    assert page.endswith(b"</script>\n</body>")
