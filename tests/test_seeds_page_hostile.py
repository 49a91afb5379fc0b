"""Saved pages that are broken, wrong or meant to do harm: an article, or a SeedError; nothing else."""

from __future__ import annotations

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.errors import SeedError
from sitegen.seeds.saved import saved_page

# The packages themselves, not an extra of a name that an index may hold for somebody else.
INSTALL = 'pip install "lxml-html-clean>=0.4" "trafilatura<3,>=2"'

SENTENCE = "The harbour board of Quayside said on Monday that it would rebuild the north pier before winter."
PARAGRAPHS = f"<p>{SENTENCE}</p>" * 4
PAGE = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Pier to be rebuilt | Courier</title>"
    '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Ann Oskar"}}</script>'
    f"</head><body><article><h1>Pier to be rebuilt</h1><p class=byline>By Ann Oskar</p>{PARAGRAPHS}"
    "<figure><img src=/a.jpg srcset='/b.jpg 2x'><figcaption>Dawn</figcaption></figure>"
    f"<ol start=3><li>One.</li></ol><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    f"{PARAGRAPHS}"
    "</article></body></html>"
).encode()


def code_of(data: bytes) -> str | None:
    """The code of the error that a page gives, None for an article."""
    try:
        saved_page.extract(data, "seeds/page.html")
    except SeedError as error:
        return error.problems[0].code
    return None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"\xef\xbb\xbf",
        b"<!-- -->",
        b"<?xml version='1.0' encoding='utf-16'?>",
        b"<html><head></head></html>",
        b"<frameset><frame src=x></frameset>",
        b"<script>" + SENTENCE.encode() * 20 + b"</script>",
        b"<body><p>Not found.</p></body>",
        b"<img src=x onerror=alert(1)>",
    ],
)
def test_a_page_without_an_article_says_so(data: bytes) -> None:
    with pytest.raises(SeedError) as caught:
        saved_page.extract(data, "seeds/page.html")
    (problem,) = caught.value.problems
    assert problem.code == "seed-no-article"
    assert problem.path == "seeds/page.html"
    assert problem.hint is not None and "copy the article" in problem.hint


@pytest.mark.parametrize("absent", ["lxml", "trafilatura"])
def test_without_the_extra_the_error_names_the_command(absent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    with pytest.raises(SeedError) as caught:
        saved_page.extract(PAGE, "seeds/page.html")
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("seed-extra-missing", INSTALL)


def test_no_markup_reaches_the_text() -> None:
    evil = (
        "<script>alert(1)</script><style>p{}</style><a href='javascript:alert(2)'>a link</a>"
        " <b onclick=x()>bold</b>"
        "<iframe src=//evil.example></iframe><svg><text>drawn</text></svg><!-- hidden -->"
        "<object>thing</object>"
    )
    made = saved_page.extract(
        f"<article><h1>Pier</h1><p>{SENTENCE} {evil}</p>{PARAGRAPHS}</article>".encode(), "x"
    )
    for part in ("alert", "javascript", "onclick", "evil", "<b", "drawn", "hidden", "thing"):
        assert part not in made.text
    assert "a link bold" in made.text


def test_entities_are_letters() -> None:
    made = saved_page.extract(
        f"<p>Fish &amp; chips &lt;5 &eacute; &#8220;a&#8221; {SENTENCE}</p>{PARAGRAPHS}".encode(), "x"
    )
    assert "Fish & chips <5 é “a”" in made.text


@pytest.mark.parametrize(
    ("encoding", "head", "mark"),
    [
        ("utf-8", "", b""),
        ("utf-8", "<meta charset=iso-8859-1>", b""),  # a wrong declaration, the bytes know better
        ("utf-8", "", b"\xef\xbb\xbf"),
        ("utf-16-le", "", b"\xff\xfe"),
        ("iso-8859-1", "<meta charset=iso-8859-1>", b""),
        ("windows-1251", "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", b""),
        ("cp1252", "", b""),
    ],
)
def test_character_sets(encoding: str, head: str, mark: bytes) -> None:
    word = "набережная" if encoding == "windows-1251" else "café"
    data = (
        mark
        + f"<html><head>{head}</head><body><p>{word}: {SENTENCE}</p>{PARAGRAPHS}</body></html>".encode(
            encoding
        )
    )
    made = saved_page.extract(data, "x")
    assert word in made.text
    assert [problem.code for problem in made.problems] == (["seed-encoding"] if encoding == "cp1252" else [])


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 100_000 + PARAGRAPHS.encode(),
        b"<table><tr><td>" * 5_000 + PARAGRAPHS.encode(),
        b"<blockquote>" * 5_000 + PARAGRAPHS.encode() + b"</blockquote>" * 5_000,
        PARAGRAPHS.encode() + b"<p " + b"a=b " * 100_000 + b">" + PARAGRAPHS.encode(),
        b"<title>" + b"a | " * 50_000 + b"</title>" + PARAGRAPHS.encode(),
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + PARAGRAPHS.encode(),
        b"<p>" + b"word " * 200_000,
        b"</p>" * 10_000 + PARAGRAPHS.encode(),
    ],
)
def test_pages_made_to_exhaust(data: bytes) -> None:
    assert code_of(data) in (None, "seed-no-article")


def test_eight_mebibytes() -> None:
    filler = b"<p>x</p>" * ((8 << 20) // 8 - 100)
    with pytest.raises(SeedError) as caught:
        saved_page.extract(PAGE + filler, "x")
    assert caught.value.problems[0].code == "seed-too-large"
    comments = b"<!--" + b"-" * ((8 << 20) - 2 * len(PAGE)) + b"-->"
    assert SENTENCE in saved_page.extract(PAGE.replace(b"<article>", b"<article>" + comments), "x").text


edits = st.lists(
    st.tuples(
        st.integers(0, len(PAGE)),
        st.integers(0, 60),
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from(
                [b"<", b">", b"</", b'"', b"<!--", b"<table>", b"\x00", b"\xff", b"&#", b"<p", b"]]>"]
            ),
        ),
    ),
    min_size=1,
    max_size=6,
)


@given(edits)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_pages_never_raise_anything_else(changes: list[tuple[int, int, bytes]]) -> None:
    data = PAGE
    for at, cut, put in changes:
        data = data[:at] + put + data[at + cut :]
    code = code_of(data)
    assert code in (None, "seed-no-article")


@given(st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_any_bytes_never_raise_anything_else(data: bytes) -> None:
    assert code_of(data) in (None, "seed-no-article")


def test_what_stands_behind_the_end_of_the_page_is_read() -> None:
    made = saved_page.extract(f"<html><body><h1>Pier</h1></body></html>{PARAGRAPHS}".encode(), "x")
    assert SENTENCE in made.text
