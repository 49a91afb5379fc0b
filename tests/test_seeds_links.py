"""Links of saved pages: which are kept, where they lead, and that they change no word of the article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sitegen import frontmatter, markdown
from sitegen.model import Seed
from sitegen.seeds import understand, write
from sitegen.seeds.escape import escape, heading, squeeze
from sitegen.seeds.found import Extracted
from sitegen.seeds.saved import saved_page
from sitegen.seeds.saved.links import spans, target

HOME = "https://courier.example/news/pier"
FIRST = (
    "The harbour board of Porthaven approved a plan on Tuesday to rebuild the old pier before the next summer"
    " season begins."
)
LAST = "The council will vote on the plan next month, and most of its members have said they will back it."


def extract(body: str, head: str = f'<link rel=canonical href="{HOME}">') -> Extracted:
    page = (
        f"<html><head>{head}</head><body><article><h1>Pier to be rebuilt</h1>{body}</article></body></html>"
    )
    return saved_page.extract(page.encode(), "seeds/page.html")


def body_of(made: Extracted, **meta: object) -> str:
    seed = Seed(
        "seeds/page.html", "0" * 64, made.text, {**made.meta, **meta}, "utf-8", made.blocks, made.images,
        made.links,
    )  # fmt: skip
    return frontmatter.load(
        write.markdown(understand(seed), slug="a", status="published", added=date(2026, 11, 22))
    )[1]


# ---------------------------------------------------------------- where they stand


def test_links_of_paragraphs_subheads_items_and_quotes() -> None:
    body = body_of(
        extract(
            f"<p>{FIRST} See <a href=/plan>the <b>whole</b> plan</a>, please.</p>"
            "<h2>What <a href='https://board.example/costs'>it costs</a> the town</h2>"
            f"<p>{LAST}</p><ol><li><a href=vote>Vote</a> in the council.</li><li>Work begins.</li></ol>"
            "<blockquote>It is the <a href=//town.example/heart>heart</a> of this town and always was."
            f"</blockquote><p>{FIRST[:-1]}, <a href='mailto:d@town.example?subject=x'>the desk</a> hears</p>"
        )
    )
    assert "See [the whole plan](https://courier.example/plan), please." in body
    assert "\n## What [it costs](https://board.example/costs) the town\n" in body
    assert "\n1. [Vote](https://courier.example/news/vote) in the council.\n2. Work begins.\n" in body
    assert "> It is the [heart](https://town.example/heart) of this town and always was." in body
    assert "[the desk](mailto:d@town.example) hears" in body


def test_a_table_keeps_its_links() -> None:
    rows = "<tr><td>2025</td><td>64,000</td></tr><tr><td><a href=/v26>2026</a></td><td>71,000</td></tr>"
    assert "[2026](https://courier.example/v26) | 71,000" in body_of(
        extract(f"<p>{FIRST}</p><table>{rows}</table><p>{LAST}</p>")
    )


def test_the_text_and_its_quotes_are_the_same_with_links_and_without() -> None:
    said = "“Nobody in town should grow up {}without that pier{},” said Cleo Marsh."
    plain = extract(f"<p>{FIRST}</p><p>{said.format('', '')}</p><p>{LAST}</p>")
    linked = extract(f"<p>{FIRST}</p><p>{said.format('<a href=/pier>', '</a>')}</p><p>{LAST}</p>")
    assert linked.text == plain.text
    assert [linked.text[link.start : link.end] for link in linked.links] == ["without that pier"]
    body = body_of(linked)
    assert (
        "> “Nobody in town should grow up [without that pier](https://courier.example/pier).”\n> — Cleo Marsh"
        in body
    )
    assert markdown.plain_text(body) == markdown.plain_text(body_of(plain))


def test_a_link_in_the_attribution_keeps_the_paragraph() -> None:
    said = "“Nobody in town should grow up without that pier,” said <a href=/marsh>Cleo Marsh</a>."
    body = body_of(extract(f"<p>{FIRST}</p><p>{said}</p><p>{LAST}</p>"))
    assert "said [Cleo Marsh](https://courier.example/marsh)." in body
    assert "> —" not in body


def test_a_found_standfirst_that_is_body_keeps_its_links() -> None:
    deck = "<p class=standfirst>Work on <a href=/old>the old structure</a> begins in spring.</p>"
    body = body_of(extract(f"{deck}<p>{FIRST}</p><p>{LAST}</p>"), standfirst="Another one.")
    assert "Work on [the old structure](https://courier.example/old) begins in spring." in body


def test_a_link_around_a_break_is_one_on_both_sides() -> None:
    made = extract(f"<p>{FIRST} Read <a href=/x>the plan<br><br>and the costs</a>.</p><p>{LAST}</p>")
    assert [made.text[link.start : link.end] for link in made.links] == ["the plan", "and the costs"]


def test_a_link_without_words_is_none() -> None:
    assert extract(f"<p>{FIRST} <a href=/y> </a><a href=/z><img src=p.jpg></a></p><p>{LAST}</p>").links == ()


# ---------------------------------------------------------------- where they lead


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        (" https://a.example/b\n", "https://a.example/b"),
        ("../x", "https://courier.example/x"),
        ("//a.example", "https://a.example"),
        ("?page=2", "https://courier.example/news/pier?page=2"),
        ("HTTPS://a.example/", "https://a.example/"),
        ("https://a.example/?utm_source=x&id=7&fbclid=y&CMP=z", "https://a.example/?id=7"),
        ("https://a.example/?utm_source=x#utm_campaign=y", "https://a.example/"),
        ("https://a.example/(b) c", "https://a.example/%28b%29%20c"),
        ("https://a.example/<b>\"'`", "https://a.example/%3Cb%3E%22'%60"),
        ("https://a.example/b_(c)", "https://a.example/b_%28c%29"),
        ("mailto:desk@a.example?subject=x", "mailto:desk@a.example"),
    ],
)
def test_addresses_are_whole_and_tell_nothing_of_the_reader(href: str, leads: str) -> None:
    assert target(href, HOME, HOME) == leads


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)", "java\nscript:alert(1)", " JaVaScRiPt:x", "data:text/html,x", "vbscript:x",
        "file:///a", "ftp://a.example/x", "tel:+4912345", "#comments", "", "mailto:", "mailto:nobody",
        "https://", "https://[::1", "https://user:word@a.example/", "https://a.example:99999/", "http://a b/",
        HOME, HOME + "#top", HOME + "?utm_source=feed", "https://a.example/" + "x" * 3000,
    ],
)  # fmt: skip
def test_what_leads_nowhere_or_does_harm_is_no_link(href: str) -> None:
    assert target(href, HOME, HOME) is None


def test_short_addresses_start_from_the_base_and_lead_nowhere_without_one() -> None:
    link = f"<p>{FIRST} See <a href=plan>the plan</a>.</p><p>{LAST}</p>"
    made = extract(link, f'<base href="/files/"><link rel=canonical href="{HOME}">')
    assert [one.url for one in made.links] == ["https://courier.example/files/plan"]
    assert extract(link, "").links == ()
    assert "See the plan." in extract(link, "").text


# ---------------------------------------------------------------- whatever the words are

ODD = st.text(st.sampled_from("aB é1%$“”\"'.,:;!?—-()[]{}*_#+=>~|\\/&<\t\n\ufeff`"), max_size=12)
WORDS = st.text(st.sampled_from("aB é1“”.!?—-()[]{}*_#+=>~|\\/&<`;:"), max_size=14)
ADDRESS = "https://a.example/b?c=1&amp;copy;=2&d_e=*f*"


@given(st.lists(st.tuples(ODD, st.sampled_from([None, None, "/a", "/b"])), max_size=6))
def test_links_stand_where_their_words_are(runs: list[tuple[str, str | None]]) -> None:
    text = squeeze("".join(words for words, _ in runs))
    found = spans(runs, text)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert all(text[start] != " " != text[end - 1] for start, end, _ in found)
    if not any("\ufeff" in words for words, _ in runs):
        wanted = {squeeze(words) for words, href in runs if href and squeeze(words)}
        assert all(any(words in text[start:end] for start, end, _ in found) for words in wanted)


@st.composite
def linked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    """Words on one line, and links in them."""
    made, links, at = [], [], 0
    for words, leads in draw(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=5)):
        said = squeeze(words)
        if leads and said:
            links.append((at, at + len(said), ADDRESS))
        made.append(said)
        at += len(said)
    text = "".join(made)
    return text, [link for link in links if link[1] <= len(text)]


def read_back(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The words of a paragraph or a heading as the library reads it, and its links with their addresses."""
    (inline,) = [token for token in MarkdownIt("commonmark").parse(text) if token.type == "inline"]
    words, links, opened = "", [], 0
    for child in inline.children or []:
        assert child.type in ("text", "text_special", "link_open", "link_close")
        words += child.content
        if child.type == "link_open":
            opened, address = len(words), str(child.attrs["href"])
        elif child.type == "link_close":
            links.append((words[opened:], address))
    return words, links


@given(linked())
def test_words_with_links_come_back_from_markdown(case: tuple[str, Sequence[tuple[int, int, str]]]) -> None:
    text, links = case
    if not text:
        return
    wanted = (text, [(text[start:end], ADDRESS) for start, end, _ in links])
    assert read_back(escape(text, links)) == wanted
    assert read_back(f"> {escape(text, links)}") == wanted
    assert read_back(f"- {escape(text, links)}") == wanted
    assert read_back(f"## {heading(text, links)}") == wanted
