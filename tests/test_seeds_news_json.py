"""News in JSON: ninjs of every version and schema.org articles become text, facts and pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import SeedError
from sitegen.model import Image
from sitegen.seeds.convert import understand
from sitegen.seeds.formats.markup import take_apart
from sitegen.seeds.formats.news_json import extract
from sitegen.seeds.found import Extracted
from sitegen.seeds.meta import read_meta
from sitegen.seeds.read import read
from tests.conftest import NOW, MakeDigest, Run

NAME = "seeds/quay.json"
ONE = "The old quay at Larvenport will open again on Monday, the harbour office said."
TWO = "“We have waited four years for this,” said Ida Kvist, who runs the ferry."
BODY = f"<p>{ONE}</p><p>{TWO}</p>"


def made(value: object) -> Extracted:
    return extract(json.dumps(value).encode(), NAME)


def labels(found: Extracted) -> list[tuple[str, str]]:
    return [(block.label, found.text[block.start : block.end]) for block in found.blocks]


def problem(data: bytes) -> tuple[str, int | None, int | None, str | None, str | None]:
    with pytest.raises(SeedError) as caught:
        extract(data, NAME)
    found = caught.value.problems[0]
    assert found.path == NAME
    return found.code, found.line, found.column, found.source, found.hint


def ninjs(**more: object) -> dict[str, object]:
    return {"uri": "urn:wire:1", "type": "text", "headline": "Quay opens again", "body_xhtml": BODY, **more}


# ---------------------------------------------------------------- ninjs: words


@pytest.mark.parametrize(
    "item",
    [
        {"uri": "urn:a", "headline": "Quay opens again", "byline": "Ann Oskar", "body_xhtml": BODY},
        {"uri": "urn:a", "headline_main": "Quay opens again", "byline": "Ann Oskar", "body_richtext": BODY},
        {"uri": "urn:a", "headline": "Quay opens again", "byline": "Ann Oskar", "body_text": f"{ONE}\n{TWO}"},
        {
            "uri": "urn:a",
            "by": "Ann Oskar",
            "headlines": [{"role": "web", "value": "Quay!"}, {"role": "main", "value": "Quay opens again"}],
            "bodies": [{"role": "html", "contenttype": "text/html", "value": BODY}],
        },
        {
            "uri": "urn:a",
            "by": "Ann Oskar",
            "headlines": [{"value": "Quay opens again"}],
            "bodies": [
                {"contentType": "text/plain", "value": f"{ONE} {TWO}"},
                {"contentType": "application/xhtml+xml", "value": f"<html><body>{BODY}</body></html>"},
            ],
        },
    ],
    ids=["1.x", "1.6", "1.x plain", "2.x", "3.x"],
)
def test_the_words_of_every_version(item: Mapping[str, object]) -> None:
    found = made(item)
    assert labels(found) == [
        ("title", "Quay opens again"), ("byline", "Ann Oskar"), ("body", ONE), ("body", TWO),
    ]  # fmt: skip
    assert found.text == "\n\n".join(("Quay opens again", "Ann Oskar", ONE, TWO))
    assert read_meta(found.meta).author == "Ann Oskar"


def test_a_teaser_is_not_taken_for_the_body() -> None:
    bodies = [
        {"role": "teaser", "contenttype": "text/html", "value": "<p>The quay opens.</p>"},
        {"role": "main", "contenttype": "text/plain", "value": f"{ONE}\n\n{TWO}"},
    ]
    assert labels(made({"uri": "urn:a", "bodies": bodies})) == [("body", ONE), ("body", TWO)]


def test_a_description_is_the_standfirst_unless_it_only_begins_the_article() -> None:
    own = made(
        ninjs(descriptions=[{"role": "lead", "value": "Four years of repairs end in <b>Larvenport</b>."}])
    )
    assert labels(own)[1] == ("standfirst", "Four years of repairs end in Larvenport.")
    assert own.meta["standfirst"] == "Four years of repairs end in Larvenport."
    cut = made(ninjs(description_text="The old quay at Larvenport will open aga…"))
    assert [label for label, _ in labels(cut)] == ["title", "body", "body"]


def test_where_there_is_only_a_description_it_is_the_article() -> None:
    found = made({"uri": "urn:a", "type": "text", "headline": "Quay opens", "description_text": ONE})
    assert labels(found) == [("title", "Quay opens"), ("body", ONE)]


def test_nitf_inside_ninjs() -> None:
    nitf = f"""<?xml version="1.0"?><nitf><head><title>x</title></head><body><body.head><hedline>
        <hl1>Quay opens again</hl1></hedline><byline>By Ann Oskar</byline></body.head><body.content>
        <p class="lead">Repairs end.</p><hl2>Four years</hl2><p>{ONE}</p><media media-type="image">
        <media-reference source="https://img.example/q.jpg"/><media-caption>The quay.</media-caption>
        <media-producer>Bo Lind</media-producer></media></body.content></body></nitf>"""
    found = made({"uri": "urn:a", "bodies": [{"contenttype": "text/vnd.IPTC.NITF", "value": nitf}]})
    assert labels(found) == [
        ("title", "Quay opens again"), ("byline", "By Ann Oskar"), ("standfirst", "Repairs end."),
        ("subhead", "Four years"), ("body", ONE), ("caption", "The quay."), ("caption", "Bo Lind"),
    ]  # fmt: skip
    assert found.images == (Image("https://img.example/q.jpg", "", "The quay.", "Bo Lind"),)


# ---------------------------------------------------------------- ninjs: facts


def test_the_facts_of_an_item() -> None:
    found = made(
        ninjs(
            uri="https://wire.example/quay",
            firstCreated="2026-03-02T08:00:00Z",
            versionCreated="2026-03-02T09:30:00+00:00",
            language="en-GB",
            by="By Ann Oskar and Per d’Alm",
            located="Larvenport",
            infoSources=[{"name": "Coast Wire"}],
            copyrightHolder="Coast Wire Ltd",
            copyrightNotice="© 2026 Coast Wire",
            usageTerms="Print and web",
            edNote="Adds quote",
            people=[{"name": "Ida Kvist", "rel": "about"}, {"name": "Ida Kvist"}, {"uri": "urn:nameless"}],
            organisations=[{"name": "Larvenport Harbour Office"}],
            subjects=[{"name": "Ports"}, {"name": "Ferries, boats"}],
        )
    )
    meta = read_meta(found.meta)
    assert meta.title == "Quay opens again"
    assert meta.url == "https://wire.example/quay"
    assert (meta.date, meta.updated) == (
        datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    )  # fmt: skip
    assert (meta.language, meta.author, meta.dateline) == ("en-GB", "Ann Oskar, Per d’Alm", "Larvenport")
    assert meta.source.name == "Coast Wire"
    assert (meta.people, meta.organisations) == (("Ida Kvist",), ("Larvenport Harbour Office",))
    assert meta.topics == ("ports", "ferries, boats")
    assert meta.extra == {
        "copyright": "© 2026 Coast Wire", "usage_terms": "Print and web", "editorial_note": "Adds quote",
    }  # fmt: skip


def test_the_names_of_version_one() -> None:
    found = made(
        ninjs(
            person=[{"name": "Ida Kvist"}], organisation=[{"name": "Kvist Ferries"}],
            subject=[{"name": "Ports"}], infosource=[{"name": "Coast Wire"}],
            contentcreated="2026-03-01", altids={"web": "https://w.example/q"},
        )
    )  # fmt: skip
    meta = read_meta(found.meta)
    assert (meta.people, meta.organisations, meta.topics) == (("Ida Kvist",), ("Kvist Ferries",), ("ports",))
    assert (meta.source.name, meta.date, meta.url) == ("Coast Wire", date(2026, 3, 1), "https://w.example/q")


@pytest.mark.parametrize("key", ["embargoed", "embargoedUntil"])
def test_an_embargo_is_the_date_so_that_the_article_waits_for_it(key: str) -> None:
    found = made(ninjs(versioncreated="2026-03-02T08:00:00Z", **{key: "2026-03-05T06:00:00Z"}))
    assert found.meta["date"] == datetime(2026, 3, 5, 6, tzinfo=UTC)
    assert "updated" not in found.meta


def test_a_withheld_item_and_a_second_article_are_warnings() -> None:
    withheld = made(ninjs(pubstatus="withheld"))
    assert [(p.code, p.severity) for p in withheld.problems] == [("seed-not-usable", "warning")]
    assert made(ninjs(pubstatus="usable")).problems == ()
    several = made(
        [{"uri": "urn:b", "type": "picture", "headline": "A quay"}, ninjs(), ninjs(headline="Other")]
    )
    assert several.meta["title"] == "Quay opens again"
    assert [p.code for p in several.problems] == ["seed-many-articles"]


# ---------------------------------------------------------------- ninjs: pictures


def test_pictures_with_caption_credit_and_the_size_for_a_page() -> None:
    sizes = [
        {"name": "print", "href": "https://img.example/4000.jpg", "contentType": "image/jpeg", "width": 4000},
        {"name": "page", "href": "https://img.example/1200.jpg", "contentType": "image/jpeg", "width": 1200},
        {"name": "small", "href": "https://img.example/90.jpg", "contentType": "image/jpeg", "width": 90},
        {"name": "film", "href": "https://img.example/q.mp4", "contentType": "video/mp4", "width": 1900},
    ]
    picture = {
        "name": "p1", "uri": "urn:p1", "type": "picture", "renditions": sizes, "by": "Bo Lind",
        "headlines": [{"value": "Larvenport quay"}], "descriptions": [{"value": "The quay at dawn."}],
    }  # fmt: skip
    logo = {"name": "logo", "type": "graphic", "renditions": sizes}
    sound = {"name": "s", "type": "audio", "renditions": sizes}
    found = made(ninjs(associations=[picture, logo, sound]))
    assert found.images == (
        Image("https://img.example/1200.jpg", "Larvenport quay", "The quay at dawn.", "Bo Lind"),
    )


def test_pictures_by_name_in_a_gallery_and_of_the_item_itself() -> None:
    def one(name: str) -> dict[str, object]:
        return {"main": {"href": f"https://img.example/{name}.jpg", "mimetype": "image/jpeg"}}

    gallery = {"type": "composite", "associations": {"a": {"type": "picture", "renditions": one("a")}}}
    unsafe = {"main": {"href": "javascript:alert(1)", "mimetype": "image/jpeg"}}
    found = made(
        ninjs(
            associations={"g": gallery, "u": {"type": "picture", "renditions": unsafe}},
            renditions=one("own"),
        )
    )
    assert [image.src for image in found.images] == [
        "https://img.example/a.jpg", "https://img.example/own.jpg",
    ]  # fmt: skip


def test_a_picture_in_the_body_and_beside_it_is_one() -> None:
    body = BODY + (
        '<figure><img src="https://img.example/small.jpg"><figcaption>The quay at dawn.</figcaption></figure>'
        '<img src="https://img.example/other.png" alt="A map"><img src="https://t.example/p.gif" width="1">'
    )
    large = {"name": "m", "href": "https://img.example/large.jpg", "contenttype": "image/jpeg"}
    item = {"name": "p", "type": "picture", "description_text": "The quay at dawn.", "renditions": [large]}
    found = made(ninjs(body_xhtml=body, associations=[item]))
    assert [image.src for image in found.images] == [
        "https://img.example/large.jpg", "https://img.example/other.png",
    ]  # fmt: skip


# ---------------------------------------------------------------- markup


@pytest.mark.parametrize(
    ("markup", "pieces"),
    [
        ("<p>One.<p>Two.", [(None, "One."), (None, "Two.")]),
        ("<h2>Costs &amp; dates</h2><p>One.</p>", [("subhead", "Costs & dates"), (None, "One.")]),
        ("<ul><li>A<li>B</ul>", [("list", "A"), ("list", "B")]),
        ("<ol><li><p>A</p></li><li>B</li></ol>", [("list", "1. A"), ("list", "2. B")]),
        ("<blockquote><p>“Go.”</p><cite>— Ida</cite></blockquote>", [("quote", "“Go.”"), ("body", "— Ida")]),
        ("<p><strong>Four years</strong></p><p>One.</p>", [("subhead", "Four years"), (None, "One.")]),
        ("<p><b>All of it is bold.</b></p>", [(None, "All of it is bold.")]),
        ("One.<br>Two.", [(None, "One."), (None, "Two.")]),
        ("<p>One<br>and two.<br><br>Three.</p>", [(None, "One and two."), (None, "Three.")]),
        ("<p>One.</p><script>alert(1)</script><style>p{}</style>", [(None, "One.")]),
        ("<!-- <p>No.</p> --><p>One.</p><![endif]-->", [(None, "One.")]),
        ("<p><![CDATA[a < b]]></p>", [(None, "a < b")]),
        ('<p class="c-byline">Ann Oskar</p><p>One.</p>', [("byline", "Ann Oskar"), (None, "One.")]),
        ("<nav>Home</nav><p>One.</p>", [("debris", "Home"), (None, "One.")]),
        ("<table><tr><td>Ferry</td><td>Ten</td></tr></table>", [(None, "Ferry Ten")]),
        ("<p>5 < 6 and <em>more</em> &#99999999999;</p>", [(None, "5 < 6 and more")]),
        ("Plain line.\nSecond <em>line</em>.", [(None, "Plain line."), (None, "Second line.")]),
        ("If x <y and z> 3, stop.", [(None, "If x <y and z> 3, stop.")]),
    ],
)
def test_markup_is_taken_apart(markup: str, pieces: list[tuple[str | None, str]]) -> None:
    assert [(piece.label, piece.words) for piece in take_apart(markup).pieces] == pieces


def test_a_declared_html_text_may_be_wrapped_anywhere() -> None:
    found = take_apart("With more<sup>®</sup>\n ferries\n\nthan ever", declared=True)
    assert [piece.words for piece in found.pieces] == ["With more® ferries", "than ever"]


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/!-[]&#;= \n\"'abpliCDATAx01é"), max_size=80), st.booleans())
def test_no_markup_is_refused(text: str, declared: bool) -> None:
    for piece in take_apart(text, declared).pieces:
        assert piece.words == " ".join(piece.words.split())
        assert piece.words


# ---------------------------------------------------------------- schema.org


ARTICLE: dict[str, object] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Quay opens again",
    "description": "Four years of repairs end.",
    "articleBody": f"{ONE}\n\n{TWO}",
    "author": {"@type": "Person", "name": "Ann Oskar"},
    "publisher": {"@type": "Organization", "name": "Coast Wire"},
    "datePublished": "2026-03-02T08:00:00Z",
    "dateModified": "2026-03-03",
    "url": "https://wire.example/quay",
    "inLanguage": "en",
    "keywords": "ports, ferries",
    "about": [{"@type": "Person", "name": "Ida Kvist"}, {"@type": "Place", "name": "Larvenport"}],
    "mentions": {"@type": "Organization", "name": "Kvist Ferries"},
    "image": {"@type": "ImageObject", "url": "https://img.example/q.jpg", "caption": "The quay."},
}


@pytest.mark.parametrize(
    "value",
    [ARTICLE, [ARTICLE], {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ARTICLE]}],
    ids=["object", "list", "graph"],
)
def test_a_schema_org_article(value: object) -> None:
    found = made(value)
    assert labels(found) == [
        ("title", "Quay opens again"), ("standfirst", "Four years of repairs end."),
        ("body", ONE), ("body", TWO),
    ]  # fmt: skip
    meta = read_meta(found.meta)
    assert (meta.title, meta.standfirst) == ("Quay opens again", "Four years of repairs end.")
    assert (meta.author, meta.source.name, meta.language) == ("Ann Oskar", "Coast Wire", "en")
    assert (meta.date, meta.updated) == (datetime(2026, 3, 2, 8, tzinfo=UTC), date(2026, 3, 3))
    assert (meta.url, meta.topics) == ("https://wire.example/quay", ("ports", "ferries"))
    assert (meta.people, meta.organisations) == (("Ida Kvist",), ("Kvist Ferries",))
    assert found.images == (Image("https://img.example/q.jpg", "", "The quay."),)
    assert found.problems == ()


def test_html_in_the_article_body_and_entities() -> None:
    body = f"<h2>Four years</h2><p>{ONE}</p><ul><li>Ropes &amp; rails</li></ul>"
    found = made({**ARTICLE, "articleBody": body, "description": ""})
    assert labels(found)[1:] == [("subhead", "Four years"), ("body", ONE), ("list", "Ropes & rails")]


def test_a_list_of_pictures_without_words_is_one_picture() -> None:
    shapes = [f"https://img.example/{n}.jpg" for n in range(3)]
    assert [image.src for image in made({**ARTICLE, "image": shapes}).images] == shapes[:1]


def test_plain_bodies_are_judged_like_pasted_text() -> None:
    body = f"{ONE}\n\n{TWO}\n\n- Ropes\n- Rails\n\nShare on Facebook\n\n{ONE} It is not the first time."
    assert [label for label, _ in labels(made({**ARTICLE, "articleBody": body}))] == [
        "title", "standfirst", "body", "body", "list", "list", "debris", "body",
    ]  # fmt: skip


# ---------------------------------------------------------------- what is none


@pytest.mark.parametrize(
    "value",
    [None, 3, "text", [], {}, {"uri": "urn:a"}, {"version": "https://jsonfeed.org/version/1.1", "items": []},
     {"@context": "https://schema.org", "@type": "Recipe", "name": "Soup"}],
)  # fmt: skip
def test_other_json_is_refused_with_the_formats(value: object) -> None:
    code, *_, hint = problem(json.dumps(value).encode())
    assert code == "seed-format"
    assert hint is not None
    assert "ninjs" in hint
    assert "NewsArticle" in hint


def test_broken_json_is_shown_where_it_breaks() -> None:
    found = problem(b'{\n  "uri": "urn:a",\n  "type" "text"\n}')
    assert found[:4] == ("seed-json", 3, 10, '  "type" "text"')
    assert found[4]
    assert problem(b"")[:4] == ("seed-json", 1, 1, "")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"uri": "urn:a", "type": "picture", "headline": "A quay", "description_text": ONE}, "a picture"),
        ({"uri": "urn:a", "type": "composite", "associations": [ninjs(name="x")]}, "a package"),
        ({"uri": "urn:a", "type": "text", "headlines": [{"value": "Quay"}]}, "an item"),
        ({**ARTICLE, "articleBody": "", "description": None}, "articleBody"),
    ],
)
def test_items_without_an_article(value: object, said: str) -> None:
    with pytest.raises(SeedError) as caught:
        made(value)
    assert caught.value.problems[0].code == "seed-no-article"
    assert caught.value.problems[0].hint
    assert said in str(caught.value)


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 200_000, b"[" * 200_000 + b"]" * 200_000])
def test_depth_is_an_error_and_no_crash(data: bytes) -> None:
    assert problem(data)[0] == "seed-json"


def test_numbers_of_any_length() -> None:
    digits = "9" * 5000
    assert problem(digits.encode())[0] == "seed-format"
    assert made({**ninjs(), "version": 1e300}).text
    assert extract(json.dumps(ninjs(charcount=0)).replace(": 0", f": {digits}").encode(), NAME).text


def test_bytes_that_are_no_utf_8_are_doubted() -> None:
    data = json.dumps(ninjs(headline="Quai réouvert"), ensure_ascii=False).encode("cp1252", "replace")
    found = extract(data, NAME)
    assert found.meta["title"] == "Quai réouvert"
    assert [p.code for p in found.problems] == ["seed-encoding"]


WORDS = st.text(max_size=30) | st.sampled_from(
    ["text", "picture", ONE, BODY, "https://img.example/a.jpg", "\ud800"]
)
NAMES = (
    "uri type headline headlines bodies body_text body_xhtml descriptions associations renditions value role"
    " contenttype href by people name language versioncreated embargoed infosources altids located rightsinfo"
    " @type @graph @id articleBody image url author about mentions publisher datePublished"
)
KEYS = WORDS | st.sampled_from(NAMES.split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
FIELDS = st.dictionaries(KEYS, VALUES, max_size=8)


@settings(deadline=None, max_examples=400)
@given(
    VALUES | FIELDS | FIELDS.map(lambda more: {**ninjs(), **more}) | FIELDS.map(lambda m: {**ARTICLE, **m})
)
def test_any_json_is_an_article_or_an_error(value: object) -> None:
    try:
        found = made(value)
    except SeedError as error:
        assert {p.code for p in error.problems} <= {"seed-format", "seed-no-article"}
        return
    at = 0
    for block in found.blocks:
        assert found.text[at : block.start].strip() == ""
        assert block.end > block.start
        at = block.end
    assert found.text[at:] == ""
    json.dumps([found.text, str(found.meta), str(found.images)], ensure_ascii=False).encode()
    read_meta(found.meta)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_article_or_an_error(data: bytes) -> None:
    with pytest.raises(SeedError):
        extract(data, NAME)


# ---------------------------------------------------------------- samples and the whole way


WITHOUT_TEXT = {"ap_image.json"}


def test_the_samples_of_the_standards(shared: Path, make_digest: MakeDigest) -> None:
    formats = shared / "corpus" / "formats"
    samples = {path.name: path.read_bytes() for path in sorted((formats / "ninjs").glob("*.json"))}
    page = (formats / "schema-org" / "newsarticle-examples.txt").read_text(encoding="utf-8")
    scripts = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", page, re.DOTALL)
    samples |= {f"schema-{n}.json": script.encode() for n, script in enumerate(scripts)}
    assert len(samples) > 10
    assert scripts
    root = make_digest({f"seeds/{name}": data for name, data in samples.items()})
    for name in samples:
        if name in WITHOUT_TEXT:
            with pytest.raises(SeedError, match="seed-no-article"):
                read(root, root / "seeds" / name)
            continue
        seed, problems = read(root, root / "seeds" / name)
        found = understand(seed)
        assert problems == []
        assert found.title
        assert "body" in {block.label for block in found.blocks}
        assert not re.search(r"</?[a-zA-Z]", seed.text)


def test_from_the_seed_to_the_page(make_digest: MakeDigest, run: Run) -> None:
    picture = {
        "name": "p", "type": "picture", "descriptions": [{"value": "The quay at dawn."}], "by": "Bo Lind",
        "renditions": [{"name": "m", "href": "https://img.example/q.jpg", "contentType": "image/jpeg"}],
    }  # fmt: skip
    item = ninjs(
        by="Ann Oskar", versionCreated="2026-03-02T08:00:00Z", located="Larvenport", language="en",
        uri="https://wire.example/quay", infoSources=[{"name": "Coast Wire"}], people=[{"name": "Ida Kvist"}],
        copyrightNotice="© Coast Wire", associations=[picture],
        body_xhtml=f"<h2>Four years</h2>{BODY}<script>x</script>",
    )  # fmt: skip
    root = make_digest({"seeds/quay.json": json.dumps(item)})
    assert run("build", "-C", root, "--now", NOW).code == 0
    article = next((root / "content/articles").rglob("*.md")).read_text(encoding="utf-8")
    for line in (
        "title: Quay opens again",
        "dateline: Larvenport",
        "## Four years",
        ONE,
        "author: Ann Oskar",
    ):
        assert line in article
    page = next((root / "public/articles").glob("*/index.html")).read_text(encoding="utf-8")
    for words in ("Quay opens again", ONE, "Coast Wire", "Ida Kvist", "Four years"):
        assert words in page
    assert "&lt;" not in page


def test_a_broken_seed_is_said_on_the_command_line(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"seeds/quay.json": '{"uri": }'})
    ended = run("build", "-C", root, "--now", NOW)
    assert ended.code == 1
    assert "seeds/quay.json:1:9: error: not JSON" in ended.err
    assert "[seed-json]" in ended.err
