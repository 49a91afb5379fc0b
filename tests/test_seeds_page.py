"""Saved pages: what is kept of them, and where each fact is read. Every page here is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitegen.model import Image, Seed
from sitegen.seeds.convert import understand
from sitegen.seeds.found import Extracted
from sitegen.seeds.read import read
from sitegen.seeds.saved import saved_page
from sitegen.seeds.write import markdown

FIRST = "The harbour board of Quayside said on Monday that it would rebuild the north pier before winter."
SECOND = (
    "Visitor numbers fell by a fifth last year, according to the tourist office, which blamed the closure."
)
THIRD = "The council will vote on the plan next month, and most of its members have said they will back it."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(body: str = BODY, head: str = "", title: str = "Pier to be rebuilt") -> bytes:
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><article><h1>{title}</h1>{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def extract(data: bytes) -> Extracted:
    return saved_page.extract(data, "seeds/page.html")


def labelled(made: Extracted, label: str) -> list[str]:
    return [made.text[block.start : block.end] for block in made.blocks if block.label == label]


def with_ld(json: str) -> Extracted:
    return extract(page(head=f'<script type="application/ld+json">{json}</script>'))


# ---------------------------------------------------------------- what is kept


def test_paragraphs_in_order_and_nothing_of_the_frame() -> None:
    made = extract(page())
    assert labelled(made, "title") == ["Pier to be rebuilt"]
    assert labelled(made, "body") == [FIRST, SECOND, THIRD]
    assert "Home" not in made.text and "rights" not in made.text


def test_blocks_cover_the_text_and_name_their_rules() -> None:
    made = extract(
        page(f"{BODY}<h2>Next</h2><ul><li>one new deck of oak</li></ul><p>{FIRST[:-1]}, twice.</p>")
    )
    kept = "\n\n".join(made.text[block.start : block.end] for block in made.blocks)
    assert kept == made.text
    assert all(block.reason for block in made.blocks)


def test_subheads_lists_and_quotes() -> None:
    made = extract(
        page(
            f"<p>{FIRST}</p><h2>What will change</h2><ul><li>a new deck of oak,</li><li>a lift.</li></ul>"
            f"<ol><li>Vote in the council.</li><li>Work begins.</li></ol><p>{SECOND}</p>"
            f"<blockquote><p>No child should grow up without that pier.</p></blockquote><p>{THIRD}</p>"
        )
    )
    assert labelled(made, "subhead") == ["What will change"]
    assert labelled(made, "list") == [
        "a new deck of oak,",
        "a lift.",
        "1. Vote in the council.",
        "2. Work begins.",
    ]
    assert labelled(made, "quote") == ["No child should grow up without that pier."]


def test_a_table_of_facts_keeps_its_rows() -> None:
    table = "<table><tr><th>Year</th><th>Visitors</th></tr><tr><td>2025</td><td>64,000</td></tr></table>"
    assert "2025 | 64,000" in labelled(extract(page(f"<p>{FIRST}</p>{table}<p>{SECOND}</p>")), "body")


def test_a_table_for_the_layout_is_not_seen() -> None:
    made = extract(f"<table><tr><td>Menu</td><td>{BODY}</td></tr></table>".encode())
    assert labelled(made, "body") == [FIRST, SECOND, THIRD]


def test_lines_broken_twice_are_paragraphs() -> None:
    made = extract(page(f"<div>{FIRST}<br><br>{SECOND}<br>{THIRD}</div>"))
    assert labelled(made, "body") == [FIRST, f"{SECOND} {THIRD}"]


def test_the_deck_is_the_standfirst() -> None:
    deck = "Work on the old structure begins in spring, the board says."
    made = extract(page(f'<p class="article__standfirst">{deck}</p>{BODY}'))
    assert labelled(made, "standfirst") == [deck]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="related-links"><p>{}</p></div>',
        "<aside><p>{}</p></aside>",
        '<div class="newsletter-signup"><p>{}</p></div>',
        '<p style="display: none">{}</p>',
        "<p hidden>{}</p>",
        '<span class="visually-hidden">{}</span>',
        "<noscript>{}</noscript>",
        "<ul><li><a href=/x>{}</a></li></ul>",
    ],
)
def test_boxes_between_the_paragraphs_are_no_article(box: str) -> None:
    words = "Storm closes the coast road for two long days."
    made = extract(page(f"<p>{FIRST}</p><p>{SECOND}</p>{box.format(words)}<p>{THIRD}</p>"))
    kept = [made.text[block.start : block.end] for block in made.blocks if block.label != "debris"]
    assert kept == ["Pier to be rebuilt", FIRST, SECOND, THIRD]


# ---------------------------------------------------------------- pictures


def test_a_picture_with_caption_alt_and_credit() -> None:
    made = extract(
        page(
            f"<p>{FIRST}</p><figure><img src=/pier.jpg alt='The pier at dawn'><figcaption>Closed since"
            f" March. <span class=credit>Photo: Cleo Marsh</span></figcaption></figure>"
            f"<p>{SECOND}</p><p>{THIRD}</p>",
            head='<link rel=canonical href="https://courier.example/news/pier">',
        )
    )
    assert made.images == (
        Image("https://courier.example/pier.jpg", "The pier at dawn", "Closed since March.", "Cleo Marsh"),
    )
    assert labelled(made, "caption") == ["Closed since March. Photo: Cleo Marsh"]


@pytest.mark.parametrize(
    "picture",
    [
        "<img src='javascript:alert(1)'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<img src='//'>",
        "<img src='https://courier.example/dot.gif' width=1 height=1>",
        "<img class=author-avatar src='https://courier.example/face.jpg'>",
        "<img>",
    ],
)
def test_pictures_that_are_none(picture: str) -> None:
    assert extract(page(f"<p>{FIRST}</p>{picture}<p>{SECOND}</p><p>{THIRD}</p>")).images == ()


def test_a_picture_that_loads_late_and_the_largest_of_a_set() -> None:
    late = "<img src='data:,' data-src='https://courier.example/late.jpg'>"
    sized = "<img srcset='https://courier.example/s.jpg 300w, https://courier.example/l.jpg 900w'>"
    made = extract(page(f"<p>{FIRST}</p>{late}<p>{SECOND}</p>{sized}<p>{THIRD}</p>"))
    assert [image.src.rsplit("/", 1)[1] for image in made.images] == ["late.jpg", "l.jpg"]


def test_words_below_a_picture_are_its_caption() -> None:
    words = "The pier at dawn (Photo: Cleo Marsh)"
    picture = f"<div class=photo><img src='https://courier.example/p.jpg'><p>{words}</p></div>"
    made = extract(page(f"<p>{FIRST}</p>{picture}<p>{SECOND}</p><p>{THIRD}</p>"))
    assert made.images == (Image("https://courier.example/p.jpg", "", "The pier at dawn", "Cleo Marsh"),)


@pytest.mark.parametrize(
    ("figure", "caption", "credit"),
    [
        ("<figcaption>Closed.</figcaption><div class=credit>Cleo Marsh</div>", "Closed.", "Cleo Marsh"),
        ("<figcaption>Closed.<b class=credit>Photo: Cleo Marsh</b></figcaption>", "Closed.", "Cleo Marsh"),
        ("<figcaption>Photo by Cleo Marsh</figcaption>", None, "Cleo Marsh"),
        ("<figcaption>Cleo Marsh/Getty Images</figcaption>", None, "Cleo Marsh/Getty Images"),
        ("<figcaption>(All photos: Cleo Marsh)</figcaption>", None, "Cleo Marsh"),
        ("</figure><figcaption>Closed.</figcaption><figcaption>Image: © Cleo Marsh</figcaption><figure>",
         "Closed.", "Cleo Marsh"),
    ],
)  # fmt: skip
def test_a_caption_and_its_credit_stand_once(figure: str, caption: str | None, credit: str) -> None:
    picture = f"<figure><img src='https://courier.example/p.jpg'>{figure}</figure>"
    made = extract(page(f"<p>{FIRST}</p>{picture}<p>{SECOND}</p><p>{THIRD}</p>"))
    assert made.images == (Image("https://courier.example/p.jpg", "", caption, credit),)
    seed = Seed("seeds/page.html", "0" * 64, made.text, made.meta, made.encoding, made.blocks, made.images)
    text = markdown(understand(seed), slug="pier", status="published", added=date(2026, 11, 22))
    assert "captions:" not in text


def test_captions_that_no_picture_has_are_kept() -> None:
    picture = (
        "<figure><img src='https://courier.example/p.jpg'><figcaption>Photo: Cleo Marsh</figcaption></figure>"
    )
    other = "<figure><video></video><figcaption>Cleo Marsh shows the old pier.</figcaption></figure>"
    made = extract(page(f"<p>{FIRST}</p>{picture}<p>{SECOND}</p>{other}<p>{THIRD}</p>"))
    seed = Seed("seeds/page.html", "0" * 64, made.text, made.meta, made.encoding, made.blocks, made.images)
    text = markdown(understand(seed), slug="pier", status="published", added=date(2026, 11, 22))
    assert "captions: [Cleo Marsh shows the old pier.]" in text


def test_the_caption_of_a_teaser_is_debris() -> None:
    teaser = "<figure><img src=/x.jpg><figcaption><a href=/x>Storm closes the road</a></figcaption></figure>"
    made = extract(page(f"<p>{FIRST}</p>{teaser}<p>{SECOND}</p><p>{THIRD}</p>"))
    assert labelled(made, "debris") == ["Storm closes the road"]


@pytest.mark.parametrize("words", ["Read more:", "Leggi anche", "Lesen Sie auch:", "Related stories"])
def test_the_head_of_a_list_of_links_is_debris(words: str) -> None:
    made = extract(page(f"<p>{FIRST}</p><p>{words}</p><p>{SECOND}</p><p>{THIRD}</p>"))
    assert labelled(made, "debris") == [words]


def test_a_heading_with_a_number_is_a_subhead() -> None:
    heading = "1. The board wants oak"
    assert labelled(extract(page(f"<p>{FIRST}</p><h2>{heading}</h2><p>{SECOND}</p>")), "subhead") == [heading]


# ---------------------------------------------------------------- facts


def test_json_ld_comes_first() -> None:
    made = with_ld(
        '{"@context": "https://schema.org", "@graph": [{"@type": "Person", "@id": "#a", "name": "Ann Oskar"},'
        ' {"@type": ["NewsArticle"], "headline": "Pier to be rebuilt",'
        ' "datePublished": "2026-11-03T08:30:00Z",'
        ' "dateModified": "2026-11-05T08:30:00Z", "author": [{"@id": "#a"}, {"name": "Bo Lind"}],'
        ' "publisher": {"name": "Quayside Courier"}, "url": "https://courier.example/pier"}]}'
    )
    assert made.meta["author"] == ["Ann Oskar", "Bo Lind"]
    assert made.meta["date"] == datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assert made.meta["updated"] == datetime(2026, 11, 5, 8, 30, tzinfo=UTC)
    assert made.meta["site"] == "Quayside Courier"
    assert made.meta["url"] == "https://courier.example/pier"


@pytest.mark.parametrize("broken", ["{", "[[[[", "null", '{"@type": "NewsArticle"', '"\\ud800"', "[" * 5000])
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    assert labelled(with_ld(broken), "body") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "json",
    [
        '<!-- {"@type": "NewsArticle", "author": {"name": "Ann Oskar"}} -->',
        '{"@type": "NewsArticle", "author": {"name": "Ann Oskar",},}',
        '{"@type": "NewsArticle", "description": "one\ntwo", "author": "Ann Oskar"}',
    ],
)
def test_untidy_json_ld_is_read(json: str) -> None:
    assert with_ld(json).meta["author"] == ["Ann Oskar"]


def test_the_body_of_json_ld_where_the_page_shows_a_teaser() -> None:
    body = f"{FIRST}\\n{SECOND}\\n{THIRD}\\n{FIRST[:-1]} again."
    ld = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    made = extract(page("<p>Loading.</p>", head=ld))
    assert labelled(made, "body")[:3] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Pier to be rebuilt | Quayside Courier</title>", "Pier to be rebuilt"),
        ("<title>Quayside Courier: Pier to be rebuilt</title>", "Pier to be rebuilt"),
        ("<meta property=og:title content='Pier to be rebuilt - Quayside Courier'>", "Pier to be rebuilt"),
        ("<meta property=og:title content='Why the old pier must go'>", "Why the old pier must go"),
        ("", "Pier to be rebuilt"),
    ],
)
def test_the_title_is_without_the_site(head: str, title: str) -> None:
    site = "<meta property=og:site_name content='Quayside Courier'>"
    assert extract(page(head=head + site)).meta["title"] == title


SEARCHED = "Quayside pier: Old pier to be rebuilt by harbour board"
PRINTED = "Old pier to be rebuilt by board"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"<meta property=og:title content='{SEARCHED}'><title>{SEARCHED}</title>", PRINTED),
        (f"<meta property=og:title content='{SEARCHED}'><title>Old pier</title>", SEARCHED),
        (f"<meta property=og:title content='{SEARCHED}'><meta name=twitter:title content='x'>", SEARCHED),
        ("<meta property=og:title content='Old pier to be rebuilt …'><title>Pier</title>", PRINTED),
        ("<meta property=og:title content='Old pier to be rebuilt'><title>Pier</title>", PRINTED),
        (f"<title>{SEARCHED}</title>", PRINTED),
    ],
)
def test_the_stated_title_or_the_printed_one(head: str, title: str) -> None:
    assert extract(page(head=head, title=PRINTED)).meta["title"] == title


def test_two_of_three_titles_agree() -> None:
    ld = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{SEARCHED}"}}</script>'
    tag = f"<meta property=og:title content='{PRINTED}'>"
    assert extract(page(head=ld + tag, title=PRINTED)).meta["title"] == PRINTED
    assert extract(page(head=ld, title=SEARCHED)).meta["title"] == SEARCHED


def test_a_heading_that_leads_home_is_the_site() -> None:
    body = f"<h1><a href=/>Quayside Notes</a></h1><h2>Pier reborn</h2>{BODY}"
    data = f"<title>Pier reborn - Quayside Notes</title><body><div>{body}</div>".encode()
    assert extract(data).meta["title"] == "Pier reborn"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta name=author content='Ann Oskar'>", ""),
        ("<meta name=author content='By Ann Oskar'>", ""),
        ("<meta property=article:author content=https://a.example><meta name=byl content='Ann Oskar'>", ""),
        ("", "<a rel=author href=/ann>Ann Oskar</a>"),
        ("", "<span itemprop=author><span itemprop=name>Ann Oskar</span></span>"),
        ("", "<p class=byline>By Ann Oskar</p>"),
        ("", "<p class=byline>Von Ann Oskar</p>"),
        ("", "<p>By Ann Oskar</p>"),
        ("", "<p class=byline>By Ann Oskar Monday, November 3, 2026, 04:05 pm</p>"),
        ("", "<p>Posted in Harbours by Ann Oskar on November 3, 2026</p>"),
        ("", "<p class=byline>By Ann Oskar Edited by Bo Lind</p>"),
        ("", "<div class=byline><p>Ann Oskar, Associated Press</p></div>"),
        ("", "<p><span class=story__author-name>Ann Oskar</span></p>"),
        ("<meta name=author content='Ann Oskar, Quayside'>", ""),
        ("<meta name=author content='ANN OSKAR'>", ""),
        ("<meta name=author content='Ann Oskar, Senior Reporter'>", ""),
        ("<meta name=author content='Ann Oskar. Courier International'>", ""),
        ("<meta name=author content='Ann Oskar for the Courier'>", ""),
        ("<meta name=author content='Ann Oskar ann@courier.example @ann'>", ""),
        ("<meta name=author content='Reuters'>", "<p>By Ann Oskar</p>"),
        ("<meta name=author content='Courier Staff'>", "<p>Von Ann Oskar</p>"),
        ("<meta name=dc:creator content='Bo'><meta property=dc:creator content='Ann Oskar'>", ""),
        (
            "",
            "<p>By Ann Oskar</p><div class=comments><p itemprop=author>Bo Lind</p>"
            "<a rel=author href=/bo>Bo Lind</a></div>",
        ),
        ("", "<ul class=related><li>By Bo Lind</li></ul><p>By Ann Oskar</p>"),
        ("", "<figure><img src=/p.jpg><figcaption>By Bo Lind</figcaption></figure><p>By Ann Oskar</p>"),
    ],
)  # fmt: skip
def test_the_author(head: str, body: str) -> None:
    made = extract(page(body + BODY, head))
    assert made.meta["author"] == ["Ann Oskar"]


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("Ann Oskar, Bo Lind and Cleo Marsh", ["Ann Oskar", "Bo Lind", "Cleo Marsh"]),
        ("Ann Oskar / Bo Lind", ["Ann Oskar", "Bo Lind"]),
        ("Ann Oskar, Ann Oskar", ["Ann Oskar"]),
        ("Reuters", ["Reuters"]),
        ("Courier Staff", ["Courier Staff"]),
        ("annoskar", ["annoskar"]),
        ("Organisation for Old Piers", ["Organisation for Old Piers"]),
    ],
)
def test_several_authors_and_newsrooms(said: str, author: list[str]) -> None:
    assert extract(page(head=f"<meta name=author content='{said}'>")).meta["author"] == author


def test_a_blog_in_a_person_s_name() -> None:
    site = "<meta property=og:site_name content='{}'>"
    assert extract(page(head=site.format("Alice Oskar"))).meta["author"] == ["Alice Oskar"]
    assert "author" not in extract(page(head=site.format("Quayside Courier"))).meta


def test_nobody_is_no_author() -> None:
    assert "author" not in extract(page(head="<meta name=author content=admin>")).meta


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta property=article:published_time content=2026-11-03>", ""),
        ("<meta name=DC.date.issued content=2026-11-03>", ""),
        ("<meta name=parsely-pub-date content=2026-11-03>", ""),
        ("", "<span itemprop=datePublished content=2026-11-03>yesterday</span>"),
        ("", "<p><time datetime=2026-11-03>today</time></p>"),
        ("", "<p>Published 3 November 2026</p>"),
        ("<link rel=canonical href='https://courier.example/2026/11/03/pier'>", ""),
    ],
)
def test_the_date(head: str, body: str) -> None:
    assert extract(page(body + BODY, head)).meta["date"] == date(2026, 11, 3)


def test_the_day_is_that_of_the_newsroom() -> None:
    node = '{"@type": "NewsArticle", "datePublished": "2026-11-04T01:00Z"}'
    ld = f'<script type="application/ld+json">{node}</script>'
    tag = "<meta property=article:published_time content=2026-11-03T17:00:00-08:00>"
    said = extract(page(head=ld + tag)).meta["date"]
    assert isinstance(said, datetime) and said.isoformat() == "2026-11-03T17:00:00-08:00"


@pytest.mark.parametrize("absent", ["0001-01-01", "soon", "2026-13-45", ""])
def test_a_date_that_is_none(absent: str) -> None:
    head = f"<meta property=article:published_time content='{absent}'>"
    assert "date" not in extract(page(head=head)).meta


def test_the_description_is_the_standfirst_unless_the_article_says_it() -> None:
    new = "A hundred years after it was built, the town will get its landmark back."
    assert extract(page(head=f'<meta name=description content="{new}">')).meta["standfirst"] == new
    assert "standfirst" not in extract(page(head=f'<meta name=description content="{FIRST}">')).meta
    assert "standfirst" not in extract(page(head=f'<meta name=description content="{new[:-1]}…">')).meta
    assert "standfirst" not in extract(page(head=f'<meta name=description content="{new * 9}">')).meta


def test_what_stands_for_a_site_but_is_none() -> None:
    assert (
        "site"
        not in extract(page(head="<meta property=og:site_name content='https://courier.example'>")).meta
    )


# ---------------------------------------------------------------- to the Markdown


def test_a_page_becomes_an_article(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    path = tmp_path / "seeds" / "pier.html"
    picture = (
        "<figure><img src='https://courier.example/p.jpg' alt=Dawn><figcaption>Closed.</figcaption></figure>"
    )
    head = "<meta name=author content='Ann Oskar'><meta property=article:published_time content=2026-11-03>"
    quote = "<blockquote>It is the heart of this town and always was.</blockquote>"
    path.write_bytes(
        page(
            f"<p>{FIRST}</p>{picture}<h2>What comes next</h2>{quote}<ul><li>a lift.</li></ul><p>{SECOND}</p>",
            head,
        )
    )
    seed, problems = read(tmp_path, path)
    assert problems == []
    text = markdown(understand(seed), slug="pier", status="published", added=date(2026, 11, 22))
    front, body = text.split("---\n", 2)[1:]
    assert "author: Ann Oskar" in front and "date: 2026-11-03" in front
    assert "src: https://courier.example/p.jpg" in front and "caption: Closed." in front
    assert "captions:" not in front
    assert body.split("\n\n")[1:] == [
        "## What comes next",
        "> It is the heart of this town and always was.",
        "- a lift.",
        SECOND + "\n",
    ]


def test_every_word_is_kept_or_listed(tmp_path: Path) -> None:
    made = extract(
        page(f"<p>{FIRST}</p><div class=related><p>Other news of the day.</p></div><p>{SECOND}</p>")
    )
    seed = Seed("seeds/page.html", "0" * 64, made.text, made.meta, made.encoding, made.blocks, made.images)
    found = understand(seed)
    removed = " ".join(made.text[part.start : part.end] for part in found.removed)
    assert "Other news of the day." in removed
