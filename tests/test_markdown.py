from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import markdown
from sitegen.markdown import Part


def test_a_quote_callout_is_cut_from_its_attribution() -> None:
    (part,) = markdown.parts("> “We sell *quiet* now.”\n> — Maren Oskarby, chief executive\n")
    assert part == Part("quote", "<p>“We sell <em>quiet</em> now.”</p>", "Maren Oskarby, chief executive")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A paragraph.", "paragraph"),
        ("## A subhead", "heading"),
        ("- a\n- b", "block"),
        ("> A block quote without a source.", "block"),
        ("> — a line of dialogue, not an attribution", "block"),
        ("> *Emphasis that goes\n> — on* is no attribution", "block"),
        ("> [A link that\n> — goes on](/x)", "block"),
        ("> One.\n>\n> Two.\n>\n> — Somebody", "quote"),
        ("::: pull q1\n:::", "pull"),
        ("::: figures f1 f2\n:::", "figures"),
    ],
)
def test_kinds_of_parts(text: str, kind: str) -> None:
    (part,) = markdown.parts(text)
    assert part.kind == kind


def test_a_directive_holds_nothing() -> None:
    """One that is never closed must not swallow the rest of the article."""
    text = "One.\n::: figures\nTwo.\n\n::: pull q1\n:::\n\nThree.\n"
    kinds = [(part.kind, part.html) for part in markdown.parts(text)]
    assert kinds == [
        ("paragraph", "<p>One.</p>"),
        ("figures", ""),
        ("paragraph", "<p>Two.</p>"),
        ("pull", ""),
        ("paragraph", "<p>Three.</p>"),
    ]
    assert markdown.html("::: note\nText.\n") == "<p>::: note\nText.</p>"


def test_directives_carry_their_ids() -> None:
    assert [part.ids for part in markdown.parts("::: pull q1\n:::\n\n::: figures f1 f2\n:::\n")] == [
        ("q1",),
        ("f1", "f2"),
    ]


REFUSED = (
    "javascript:alert(1)",
    "JaVaScRiPt:x",
    "java\tscript:x",
    " javascript:x",
    "\x01javascript:x",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "intent:x",
    "ftp://x",
    "file:///etc/passwd",
)


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_refused(url: str) -> None:
    assert not markdown.safe_url(url)
    # markdown-it writes a backslash as %5C, which leads nowhere else than to this site.
    for made in (markdown.html(f"[text](<{url}>)"), markdown.html(f"![text](<{url}>)")):
        assert "%5C" in made or ("href" not in made and "<img" not in made)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x:y",
        "http://a.example",
        "mailto:a@b.example",
        "/articles/x/",
        "x/y",
        "#part",
        "?q=a:b",
    ],
)
def test_addresses_that_pass(url: str) -> None:
    assert markdown.safe_url(url)


@given(st.text())
def test_no_html_of_a_text_survives(text: str) -> None:
    made = "".join(part.html for part in markdown.parts(f"{text}<script>x</script><b onclick=x>")).lower()
    assert "<script" not in made
    assert "<b " not in made


def test_plain_text_has_the_words_without_the_marks() -> None:
    text = "## Sub *head*\n\nA [link](/x) and `code`\nnext line.\n\n> “Quote.”\n> — Who\n\n- item\n"
    assert markdown.plain_text(text) == "Sub head\nA link and code next line.\n“Quote.” — Who\nitem"


def test_a_pathological_text_ends() -> None:
    markdown.parts("![[]()" * 2000)
    markdown.parts("> " * 500 + "deep")
