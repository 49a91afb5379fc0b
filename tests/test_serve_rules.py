"""The preview's pure parts: what changed between two snapshots, `_headers`, `_redirects`, the overlay."""

from __future__ import annotations

import pytest

from sitegen.errors import Problem
from sitegen.serve import overlay
from sitegen.serve.events import MOST_ADDRESSES, Position, Update, mark_of, message, read_position, since
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


def told(stage: Stage, generation: int, page: str = "/", mark: str = "", base: str = "") -> Update:
    """What a page is told that was made at `generation` with this mark."""
    at = Position(stage.state.epoch, generation, page, mark)
    return since(stage.state, at, mark_of(stage.state, page, base), base)


def test_a_new_hash_of_a_stylesheet_is_no_other_page() -> None:
    old = Snapshot(
        {"a.html": b"<link href=s.000000aa.css>", "b.html": b"s.000000aa.css"},
        assets={"s.000000aa.css": b"1"},
    )
    new = Snapshot(
        {"a.html": b"<link href=s.000000bb.css>", "b.html": b"s.000000bb.css!"},
        assets={"s.000000bb.css": b"2"},
    )
    difference = compare(old.assets, new.assets)
    assert difference.styles == {"s.000000bb.css"}
    assert not difference.paths
    assert old.mark("a.html") == new.mark("a.html")
    assert old.mark("b.html") != new.mark("b.html")


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
    assert stage.state.changed == {}
    stage.publish(Snapshot({"a.html": b"1", "a.png": b"2"}, assets={"a.png": b"2"}))
    assert stage.state.changed == {"a.png": 4}
    assert stage.state.epoch != Stage().state.epoch


def test_a_site_that_is_refuted_gives_way_to_the_last_good_one() -> None:
    stage = Stage()
    good = Snapshot({"a.html": b"1"}, assets={"a.png": b"1"})
    stage.publish(good)
    stage.publish(Snapshot({"a.html": b"2"}, assets={"a.png": b"2"}))
    assert stage.fail((Problem("no", "test"),), good)
    assert (stage.state.files, stage.state.failed) == ({"a.html": b"1"}, True)
    assert stage.state.changed == {"a.png": 3}


def test_a_page_that_cannot_be_rendered_is_a_fault_of_its_own_site_only() -> None:
    stage = Stage()
    old, new = Snapshot({"a.html": b"1"}), Snapshot({"a.html": b"2"})
    stage.publish(old)
    stage.publish(new)
    problems = (Problem("no", "test"),)
    assert not stage.fault(old, problems)
    assert not stage.state.failed
    assert stage.fault(new, problems)
    assert not stage.fault(new, problems)
    assert (stage.state.generation, stage.state.failed, stage.state.problems) == (3, True, problems)


def test_an_update_is_bounded() -> None:
    stage = Stage()
    stage.publish(Snapshot({"7/index.html": b"1"}))
    mark = stage.state.snapshot.mark("7/index.html") if stage.state.snapshot else ""
    assets = {f"{n}.png": b"" for n in range(MOST_ADDRESSES)}
    stage.publish(Snapshot({"7/index.html": b"1", **assets}, assets=dict(assets)))
    assert len(told(stage, 1, "/7/", mark).changed) == MOST_ADDRESSES
    assert told(stage, 1, "/7/", mark).page is False
    assert told(stage, 1, "/7", mark).page is False
    assets["z.png"] = b""
    stage.publish(Snapshot({"7/index.html": b"1", **assets}, assets=dict(assets)))
    assert len(told(stage, 1, "/7/", mark).changed) == MOST_ADDRESSES
    assert told(stage, 1, "/7/", mark).page is True  # which of the others it shows is not known
    assert told(stage, 3, "/7/", mark).kind == "same"
    assert told(stage, 3, "/7/", "another").page is True


@pytest.mark.parametrize("page", ["", "//evil.example", "/%00", "/../x", "x" * 5000, "/é", "http://x/"])
def test_a_strange_page_is_told_nothing_special(page: str) -> None:
    stage = Stage()
    stage.publish(Snapshot({"index.html": b"1"}))
    assert told(stage, 1, page).page is False


def test_a_page_below_a_base() -> None:
    stage = Stage()
    stage.publish(Snapshot({"a/index.html": b"1", "404.html": b"?"}, assets={"s.css": b"1"}))
    old = stage.state.snapshot
    assert old
    mark, missing = old.mark("a/index.html"), old.mark("404.html")
    stage.publish(Snapshot({"a/index.html": b"2", "s.css": b"2", "404.html": b"?"}, assets={"s.css": b"2"}))
    update = told(stage, 1, "/repo/a/", mark, "/repo")
    assert (update.page, update.changed, update.styles) == (True, (), ("/repo/s.css",))
    assert told(stage, 1, "/a/", missing, "/repo").page is False


def test_the_page_in_whose_place_another_is_shown() -> None:
    rules = {"_redirects": b"/old/ /new/ 301\n/shown/ /a/ 200\n", "404.html": b"?", "a/index.html": b"1"}
    stage = Stage()
    stage.publish(Snapshot(rules))
    site = stage.state.snapshot
    assert site
    marks = {name: site.mark(name) for name in ("a/index.html", "404.html")}
    for page, name in (("/shown/", "a/index.html"), ("/a", "a/index.html"), ("/b/", "404.html")):
        assert mark_of(stage.state, page) == marks[name]


def test_an_event_cannot_be_broken_by_a_file_name() -> None:
    stage = Stage()
    stage.publish(Snapshot({}))
    stage.publish(Snapshot({}, assets={"a\n\ndata: x\r\n.png": b"1"}))
    text = message(told(stage, 1)).decode()
    assert text.count("\n") == 4
    assert text.endswith("\n\n")


@pytest.mark.parametrize(
    ("query", "last", "expected"),
    [
        ("since=0123abcd-7&page=%2Fa%2F&mark=x", None, Position("0123abcd", 7, "/a/", "x")),
        ("since=0123abcd-7", "0123abcd-9", Position("0123abcd", 9, "/", "")),
        ("since=nonsense", None, Position("", -1, "/", "")),
        ("since=0123abcd-99999999999999", None, Position("", -1, "/", "")),
        ("", "x\ny", Position("", -1, "/", "")),
    ],
)
def test_where_a_page_stands(query: str, last: str | None, expected: Position) -> None:
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
