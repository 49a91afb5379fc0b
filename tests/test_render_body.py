"""What `rights` let out of an article, and how callouts, boxes, headings and pictures are made ready."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.model import Article, KeyFigure, Quote, Rights
from sitegen.render import markup
from sitegen.render.body import Block, Shown, anchor, public
from tests.render_fixtures import ARTICLE


def shown(article: Article) -> Shown:
    return public(article, lambda address: markup.based(address, "/digest"))


def html(article: Article) -> str:
    return "\n".join(str(block.html) for block in shown(article).blocks)


def article(body: str, **more: object) -> Article:
    return replace(Article(id="a", title="T", slug="t", body=body), **more)  # type: ignore[arg-type]


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [block.kind for block in blocks]


# ---------------------------------------------------------------- rights


def test_full_shows_everything() -> None:
    made = shown(ARTICLE)
    assert kinds(made.blocks).count("quote") == 2
    assert "Why the mills agreed" in html(ARTICLE)
    assert len(made.figures) == 4
    assert made.images and made.standfirst


def test_an_excerpt_is_two_paragraphs_and_the_callouts() -> None:
    made = shown(replace(ARTICLE, rights="excerpt"))
    assert kinds(made.blocks) == ["html", "html", "quote", "quote"]
    assert made.standfirst and made.figures
    assert not made.images
    text = html(replace(ARTICLE, rights="excerpt"))
    assert "As long as" not in text and "For as long as anyone" in text
    assert "The idea is not new" not in text


@pytest.mark.parametrize(("rights", "standfirst"), [("summary", True), ("link", False)])
def test_less_than_an_excerpt_has_no_body(rights: Rights, standfirst: bool) -> None:
    made = shown(replace(ARTICLE, rights=rights))
    assert made.blocks == ()
    assert bool(made.standfirst) is standfirst
    assert bool(made.figures) is standfirst
    assert not made.images


# ---------------------------------------------------------------- callouts


def test_a_callout_has_the_front_matters_speaker() -> None:
    callouts = [block.quote for block in shown(ARTICLE).blocks if block.quote]
    first, second = callouts
    assert (first.id, first.speaker, first.inferred) == ("q-1", "Sunniva Tarle", False)
    # The body says only "Tarle": name and role come from the front matter.
    assert (second.id, second.speaker, second.inferred) == ("q-2", "Sunniva Tarle", True)
    assert second.role == "chief engineer of the Aldery Waterways Board"
    assert "Tarle" not in second.html


def test_a_callout_without_a_quote_keeps_its_own_attribution() -> None:
    (block,) = shown(article("> “Read it twice.”\n> — Ottilie Brandreth, editor, at home\n")).blocks
    assert block.quote is not None
    assert (block.quote.id, block.quote.speaker, block.quote.role) == (
        None,
        "Ottilie Brandreth",
        "editor, at home",
    )


def test_one_callout_may_hold_two_quotes_and_gives_the_id_once() -> None:
    body = "> “One thing. Another thing.”\n> — Ann\n\n> “Another thing.”\n> — Ann\n"
    quotes = (Quote("q1", "One thing.", "Ann Oke"), Quote("q2", "Another thing.", "Ann Oke"))
    ids = [block.quote.id for block in shown(article(body, quotes=quotes)).blocks if block.quote]
    assert ids == ["q-1", None]


def test_marks_and_white_space_do_not_hide_a_quote() -> None:
    body = "> “She said: ‘no’, and\n> went   home.”\n> — Ann\n"
    quotes = (Quote("q1", 'She said: "no", and went home.', "Ann Oke"),)
    (block,) = shown(article(body, quotes=quotes)).blocks
    assert block.quote and block.quote.id == "q-1"


def test_a_pull_quote_that_names_no_quote_is_left_out() -> None:
    assert shown(article("::: pull q9\n:::\n")).blocks == ()


# ---------------------------------------------------------------- boxes of figures


def figures(*names: str) -> tuple[KeyFigure, ...]:
    return tuple(KeyFigure(name, "1", 1) for name in names)


def boxed(body: str) -> tuple[list[str], list[list[str]]]:
    """Figures under the standfirst, and those of each box in the text."""
    made = shown(article(body, figures=figures("f1", "f2", "f3")))
    inside = [[figure.id for figure in block.figures] for block in made.blocks if block.kind == "figures"]
    return [figure.id for figure in made.figures], inside


@pytest.mark.parametrize(
    ("body", "top", "inside"),
    [
        ("Text.\n", ["f1", "f2", "f3"], []),
        ("::: figures\n:::\n", [], [["f1", "f2", "f3"]]),
        ("::: figures f2\n:::\n", ["f1", "f3"], [["f2"]]),
        ("::: figures\n:::\n\n::: figures f2\n:::\n", [], [["f1", "f3"], ["f2"]]),
        ("::: figures f2 f9\n:::\n\n::: figures f2\n:::\n", ["f1", "f3"], [["f2"]]),
    ],
)
def test_each_figure_stands_once(body: str, top: list[str], inside: list[list[str]]) -> None:
    assert boxed(body) == (top, inside)


@pytest.mark.parametrize(
    ("name", "made"), [("q1", "q-1"), ("q12", "q-12"), ("first", "q-first"), ("a b", "q-a-b")]
)
def test_ids_on_the_page(name: str, made: str) -> None:
    assert anchor("q", name) == made


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("levels", "made"),
    [
        ((1, 2, 3), (2, 3, 4)),
        ((3, 3), (2, 2)),
        ((2, 5, 2), (2, 3, 2)),
        ((4, 2, 3), (2, 2, 3)),
        ((1, 2, 3, 4, 5, 6), (2, 3, 4, 5, 6, 6)),
    ],
)
def test_headings_go_below_the_pages_own_without_gaps(levels: tuple[int, ...], made: tuple[int, ...]) -> None:
    body = "\n\n".join(f"{'#' * level} Heading {at}" for at, level in enumerate(levels))
    text = html(article(body))
    assert [int(line[2]) for line in text.splitlines()] == list(made)


def test_heading_ids_are_used_once_and_never_a_templates_own() -> None:
    text = html(article("# Main\n\n# Main\n\n# Q 1\n\n# ***\n", quotes=(Quote("q1", "x"),)))
    assert 'id="main-2"' in text and 'id="main-3"' in text and 'id="q-1-2"' in text


def test_a_heading_inside_a_list_or_a_quotation_is_mended_too() -> None:
    text = html(article("> # Loud\n>\n> text\n\n- # Louder\n"))
    assert "<h1" not in text and text.count("<h2") == 2


# ---------------------------------------------------------------- addresses and pictures


def test_addresses_get_the_base_path() -> None:
    text = html(article("[a](/topics/x/) [b](#q-1) [c](https://a.example/?x=1&y=2) ![d](/i.png)\n"))
    assert 'href="/digest/topics/x/"' in text
    assert 'href="#q-1"' in text
    assert 'href="https://a.example/?x=1&amp;y=2"' in text
    assert 'src="/digest/i.png"' in text


def test_a_picture_from_elsewhere_is_linked_to_not_loaded() -> None:
    text = html(article("![A lock](https://a.example/lock.png) and ![](https://a.example/x.png)\n"))
    assert "<img" not in text
    assert '<a href="https://a.example/lock.png">A lock</a>' in text
    assert '<a href="https://a.example/x.png">Picture</a>' in text


def test_a_linked_picture_from_elsewhere_stays_one_link() -> None:
    text = html(article("[![A lock](https://a.example/lock.png)](/locks/)\n"))
    assert text == '<p><a href="/digest/locks/">A lock</a></p>'


def test_no_inline_style_is_left() -> None:
    text = html(article("| a | b |\n|:-:|--:|\n| 1 | 2 |\n"))
    assert "style=" not in text and '<td class="center">' in text and '<th class="right">' in text


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("/a/", "/digest/a/"),
        ("/a b/[c]", "/digest/a%20b/%5Bc%5D"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%41", "https://a.example/%41"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("//evil.example/", ""),
        ("data:text/html,x", ""),
        ("#top", "#top"),
    ],
)
def test_addresses_for_attributes(given: str, made: str) -> None:
    assert markup.based(given, "/digest") == made


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("/a/", "https://x.example/digest/a/"),
        ("map.png", "https://x.example/digest/articles/t/map.png"),
        ("#q-1", "https://x.example/digest/articles/t/#q-1"),
        ("https://y.example/", "https://y.example/"),
        ("vbscript:x", ""),
    ],
)
def test_whole_addresses(given: str, made: str) -> None:
    assert markup.absolute(given, "https://x.example/digest", "/articles/t/") == made
