"""Conversions to Markdown: words, callouts, front matter, what is removed, explain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitegen import frontmatter, markdown, records
from sitegen.model import Amount, Article, Change, KeyFigure, Quote, Seed
from sitegen.seeds import read, understand, write
from sitegen.seeds.escape import escape, heading, squeeze
from sitegen.seeds.explain import as_json, as_text
from sitegen.seeds.found import Conversion, FoundFigure, FoundQuote, Speech
from sitegen.seeds.layout import layout
from sitegen.seeds.structure import blocks, labels

DAY = date(2026, 11, 22)
LEAD = (
    "The quay at Marrowick opened on Monday after four years of work that cost twice what had been planned."
)
NEXT = "Ferries will lie there without running their engines, and the town expects to sleep better for it."
LAST = "A third of the money is a grant from the coast fund, to be paid back if the authority sells power."


def found(text: str, words: str, at: int = 0, **changes: object) -> FoundQuote:
    """The quote that stands as `words` in the text; `at` is which of several."""
    start = -1
    for _ in range(at + 1):
        start = text.index(words, start + 1)
    quote = Quote(
        "q", words.strip("“”"), speaker="Maren Oskarby", role="head of the authority", featured=True
    )
    return FoundQuote(start, start + len(words), replace(quote, **changes), "direct", "said-name", "Oskarby")  # type: ignore[arg-type]


def conversion(
    text: str, quotes: tuple[FoundQuote, ...] = (), figures: tuple[FoundFigure, ...] = (), **meta: object
) -> Conversion:
    """A conversion with these quotes and figures instead of those that would be found."""
    seed = Seed("seeds/a.txt", "a1b2c3d4e5f6" + "0" * 52, text, meta)
    cut = labels.label(text, blocks.split(text))
    return Conversion(
        seed=seed,
        blocks=cut,
        title=next(text[b.start : b.end] for b in cut if b.label == "title"),
        standfirst=next((text[b.start : b.end] for b in cut if b.label == "standfirst"), None),
        byline=None,
        date=None,
        dateline=None,
        language="en",
        speech=Speech(quotes, ("Maren Oskarby",), ()),
        figures=figures,
        topics=(),
        images=(),
        layout=layout(seed, cut, quotes),
    )


def written(made: Conversion) -> tuple[dict[str, object], str]:
    text = write.markdown(made, slug="quay", status="published", added=DAY)
    return frontmatter.load(text)


# ---------------------------------------------------------------- words

AWKWARD = [
    "*a* _b_ c_d `e`", "# x", "1. one", "12) two", "[a](b)", "[a]: b", "[a][b]", "![a](b)", "&amp; &#12; & b",
    "---", "- - -", "===", "> y", "+ x", "- x", "::: pull q1", "```x", "~~~ y", "a\\b\\", "<b>", "<http://a.b>",
    "a | b", "x ## #", "__", "*", "#", "1986. A year", "$5 & 6% — “ok”",
]  # fmt: skip


@pytest.mark.parametrize("words", AWKWARD)
def test_words_stay_words_in_markdown(words: str) -> None:
    assert markdown.plain_text(escape(words)) == words
    assert markdown.plain_text(f"> {escape(words)}") == words
    assert markdown.plain_text(f"## {heading(words)}") == words
    assert [part.kind for part in markdown.parts(escape(words))] == ["paragraph"]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("1. The barge", "1. The barge"), ("- a dash", "- a dash"), ("[a]: b", "[a]: b"), ("> 5", "> 5"),
        ("# 1", "# 1"), ("::: pull q1", "::: pull q1"), ("C #", "C \\#"), ("##", "\\##"), ("C#", "C#"),
        ("2 * 3 \\ 4", "2 * 3 \\ 4"), ("*a*", "\\*a\\*"),
    ],
)  # fmt: skip
def test_headings_are_escaped_only_where_they_must_be(words: str, written: str) -> None:
    assert heading(words) == written
    assert markdown.library_plain_text(f"## {written}") == words


def test_ordinary_words_are_not_escaped() -> None:
    plain = (
        "It cost $5 (twice the plan), she said: “Half_of it!” – 3.5% of [the] budget & more; see p. 12 #quay."
    )
    assert escape(plain) == plain


# ---------------------------------------------------------------- callouts


def test_a_quote_and_who_spoke_become_a_callout() -> None:
    text = f"Quay opens\n\n{LEAD}\n\n“Nobody will miss the engines,” said Oskarby.\n"
    quote = found(text, "“Nobody will miss the engines,”")
    made = conversion(text, (quote,))
    data, body = written(made)
    assert body.endswith("> “Nobody will miss the engines.”\n> — Maren Oskarby, head of the authority\n")
    (part,) = [part for part in markdown.parts(body) if part.kind == "quote"]
    assert part.attribution == "Maren Oskarby, head of the authority"
    assert [text[cut.start : cut.end] for cut in made.removed] == [" said Oskarby."]
    assert made.removed[0].reason == "moved to the attribution line"
    assert [row["text"] for row in data["quotes"]] == ["Nobody will miss the engines"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("“Nobody will miss it,” Oskarby told the board on Tuesday.", "“Nobody will miss it,”"),
        ("“Nobody will miss it,” warned Oskarby.", "“Nobody will miss it,”"),
        ("“Nobody will miss it,” said Oskarby, who is 61.", "“Nobody will miss it,”"),
        ("“Nobody will miss it", "“Nobody will miss it"),
    ],
)
def test_a_clause_that_says_more_keeps_the_paragraph(paragraph: str, words: str) -> None:
    text = f"Quay opens\n\n{LEAD}\n\n{paragraph}\n\n{NEXT}\n"
    made = conversion(text, (found(text, words),))
    assert paragraph in written(made)[1]
    assert made.removed == ()


def test_what_is_not_featured_or_has_no_speaker_stays_a_paragraph() -> None:
    text = f"Quay opens\n\n{LEAD}\n\n“Nobody will miss the engines,” said Oskarby.\n"
    words = "“Nobody will miss the engines,”"
    for quote in (found(text, words, featured=False), found(text, words, speaker=None)):
        assert written(conversion(text, (quote,)))[1].endswith(
            "“Nobody will miss the engines,” said Oskarby.\n"
        )


def test_the_same_words_are_one_callout_and_one_entry() -> None:
    words = "“Nobody will miss the engines,”"
    text = f"Quay opens\n\n{LEAD}\n\n{words} said Oskarby.\n\n{NEXT}\n\n{words} said Oskarby.\n"
    quotes = (found(text, words, speaker=None, featured=False), found(text, words, 1), found(text, words, 0))
    data, body = written(conversion(text, quotes[1:]))
    assert body.count("\n> — ") == 1
    assert len(data["quotes"]) == 1  # type: ignore[arg-type]


def test_words_that_the_standfirst_says_are_not_a_callout_too() -> None:
    words = "“Nobody will miss the engines, and nobody will miss the smoke,”"
    text = f"Quay opens\n\n{words} said Oskarby.\n\n{LEAD}\n\n{words} said Oskarby.\n"
    data, body = written(conversion(text, (found(text, words), found(text, words, 1))))
    assert data["standfirst"] == f"{words} said Oskarby."
    assert f"{words} said Oskarby." in body
    assert "> —" not in body
    assert len(data["quotes"]) == 1  # type: ignore[arg-type]


def test_quotes_that_are_not_printed_are_no_entries() -> None:
    text = f"Quay opens\n\n{LEAD}\n\n{NEXT}\n\nRelated articles\n\n“Not here,” says a link\n"
    assert "quotes" not in written(conversion(text, (found(text, "“Not here,”"),)))[0]


# ---------------------------------------------------------------- the file


def figure(name: str) -> FoundFigure:
    figure = KeyFigure(
        name, "12 million euros", 12_000_000, "cost of the quay", "euro", "EUR",
        change=Change("up 9%", 9, "percentage", "up", None,Amount("11 million", 11_000_000, None, "EUR")),
        equivalents=(Amount("$13 million", 13_000_000, "dollar", "USD"),),
    )  # fmt: skip
    return FoundFigure(0, 5, figure, name == "f1", "amount", "up", "the plan")


def test_the_keys_of_the_front_matter_and_their_order() -> None:
    text = f"Quay opens\n\n{LEAD}\n\n“Nobody will miss it,” said Oskarby.\n"
    made = conversion(
        text, (found(text, "“Nobody will miss it,”"),), (figure("f1"), figure("f2")),
        url="https://wire.example/a", source="Harbour Wire", topics=["Ports"], author="Ann Oskar",
        desk="night",
    )  # fmt: skip
    made = replace(made, topics=("ports",), byline="Ann Oskar")
    data, _ = written(made)
    assert list(data) == [
        "id", "title", "slug", "status", "added", "lang", "topics", "people", "source", "quotes",
        "figures", "seed", "extra",
    ]  # fmt: skip
    assert data["source"] == {"name": "Harbour Wire", "url": "https://wire.example/a", "author": "Ann Oskar"}
    assert data["extra"] == {"desk": "night"}
    assert data["seed"] == {"file": "a.txt", "sha256": made.seed.sha256}
    (box,) = data["figures"]  # type: ignore[misc]
    assert (box["currency"], "unit" in box, box["change"]["from"]["value"]) == ("EUR", False, 11_000_000)  # type: ignore[has-type]
    article, faults = records.build(Article, data)
    assert faults == []
    assert article is not None


def test_captions_are_kept_though_their_pictures_are_not_here() -> None:
    text = f"Quay opens\n\n{LEAD}\n\nThe quay at night. Photo: Ann Oskar/Harbour Wire\n\n{NEXT}\n"
    data, body = written(conversion(text))
    assert data["extra"] == {"captions": ["The quay at night. Photo: Ann Oskar/Harbour Wire"]}
    assert "Photo" not in body


def test_subheads_and_lists() -> None:
    text = (
        f"Quay opens\n\n{LEAD}\n\nWhat it # cost\n\nShut at night:\n\n• The mail boat\n• The *ferry*\n\n"
        f"{NEXT}\n\n1. First\n2. Second\n\n{LAST}\n"
    )
    body = written(conversion(text))[1]
    assert "\n\n## What it # cost\n\n" in body
    assert "\n\n- The mail boat\n- The \\*ferry\\*\n\n" in body
    assert "\n\n1. First\n2. Second\n\n" in body


def test_what_the_seed_says_of_itself_wins_and_loses_nothing() -> None:
    seed = Seed(
        "seeds/a.txt", "0" * 64,
        f"Quay opens at last\n\nNine berths are wired already\n\nBy Ann Oskar\n\n{LEAD}\n\n{NEXT}\n",
        {"title": "The quay is open", "standfirst": "It took four years.", "author": "Bo Lind", "lang": "cy"},
    )  # fmt: skip
    made = understand(seed)
    data, body = written(made)
    assert (data["title"], data["standfirst"], data["lang"]) == (
        "The quay is open",
        "It took four years.",
        "cy",
    )
    assert data["source"] == {"title": "Quay opens at last", "author": "Bo Lind"}
    assert "Nine berths are wired already" in body


def test_where_the_title_is_given_the_first_sentence_is_none() -> None:
    """`add - --title …` with a text that begins at once: its first sentence stays in the article."""
    first = "Kelder yard will build nine hybrid tugs for the port."
    text = f"{first}\n\n{LEAD}\n\n{NEXT}\n"
    given = {"title": "Nine tugs for Marrowick"}
    assert written(understand(Seed("seeds/a.txt", "0" * 64, text)))[0]["title"] == first
    data, body = written(understand(Seed("seeds/a.txt", "0" * 64, text, given)))
    assert (data["title"], data.get("source")) == ("Nine tugs for Marrowick", None)
    assert first in f"{data.get('standfirst')}\n{body}"
    for repeated in ("Nine tugs for Marrowick.", "# Nine tugs are built."):
        data, body = written(
            understand(Seed("seeds/a.md", "0" * 64, f"{repeated}\n\n{LEAD}\n\n{NEXT}\n", given))
        )
        assert "ine tugs" not in f"{data.get('standfirst')}\n{body}"


def test_a_seed_in_markdown_keeps_its_marks() -> None:
    text = (
        f"# Quay *opens*\n\n{LEAD} See [the plan](https://wire.example/plan).\n\n## Cost\n\n- one\n- two\n\n"
        f"> {NEXT}\n\n![The quay](quay.jpg)\n\n{LAST} **Really.**\n"
    )
    data, body = written(understand(Seed("seeds/a.md", "0" * 64, text)))
    assert data["title"] == "Quay opens"
    assert body == "\n" + text.split("\n\n", 1)[1]


# ---------------------------------------------------------------- explain


def test_explain_for_programs_and_for_people() -> None:
    text = f"Quay opens\n\n{LEAD}\n\n“Nobody will miss it,” said Oskarby.\n\nLeave a comment\n"
    made = conversion(text, (found(text, "“Nobody will miss it,”"),), (figure("f1"),))
    data = json.loads(json.dumps(as_json(made)))
    assert list(data) == [
        "seed", "text", "title", "standfirst", "byline", "date", "blocks", "removed", "quotes", "figures",
    ]  # fmt: skip
    assert data["text"] == text
    assert [block["label"] for block in data["blocks"]] == ["title", "body", "body", "debris"]
    assert {"start", "end", "text", "speaker", "mention", "role", "attribution", "kind", "featured"} == set(
        data["quotes"][0]
    )
    assert data["figures"][0]["unit"] == "euro"
    assert data["figures"][0]["change"]["value"] == 9
    plain, painted = as_text(made, False), as_text(made, True)
    assert "\x1b" not in plain
    assert "\x1b[" in painted
    for words in ("comment form: Leave a comment", "rule: said-name", "rule: amount", "Maren Oskarby"):
        assert words in plain


def test_money_without_a_unit_is_explained_with_one() -> None:
    bare = replace(figure("f1").figure, unit=None, change=Change("up 5 to 6%", (5, 6), "percentage", "up"))
    text = f"Quay opens\n\n{LEAD}\n"
    (row,) = as_json(conversion(text, (), (replace(figure("f1"), figure=bare),)))["figures"]
    assert (row["unit"], row["currency"], row["change"]["value"], row["change"]["high"]) == (
        "euro",
        "EUR",
        5,
        6,
    )


def test_the_words_of_the_body_are_the_seeds(tmp_path: Path) -> None:
    text = f"Quay opens\n\n{LEAD} It cost *twice* [sic] the plan.\n\n# 5 of them\n\n{NEXT}\n"
    body = written(understand(Seed("seeds/a.txt", "0" * 64, text)))[1]
    assert squeeze(markdown.plain_text(body)) == squeeze(text.removeprefix("Quay opens"))


GERMAN = """Hafen von Marrowick öffnet nach dem Sturm wieder

Der Hafen hat am Dienstag wieder geöffnet, und am Mittag sind zwei Fähren mit vierhundert Reisenden
ausgelaufen, wie die Leitung des Hafens mitteilte. Die Arbeiten an der Mole dauern noch bis zum Winter.

„Wir haben lange genug gewartet“, sagte Hafenmeisterin Ada Quill den Reportern. „Jetzt fahren wir wieder
jeden Tag, auch am Sonntag und bei Nebel, so lange die Lotsen das für richtig halten.“
"""


@pytest.mark.parametrize("lead", ["", "---\nlanguage: de\n---\n"])
def test_a_language_without_word_lists_has_quotes_and_no_guesses(lead: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    path = tmp_path / "seeds/hafen.txt"
    path.write_text(lead + GERMAN, encoding="utf-8")
    made = understand(read(tmp_path, path)[0])
    assert made.title == "Hafen von Marrowick öffnet nach dem Sturm wieder"
    assert (made.speech.people, made.speech.organisations) == ((), ())
    assert all(found.quote.speaker is None for found in made.speech.quotes)
    assert not any(found.key for found in made.figures)
