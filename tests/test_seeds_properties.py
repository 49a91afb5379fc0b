"""Whatever a seed holds: no word is lost, quotes are its own words, twice gives the same, nothing raises."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import frontmatter, markdown, records
from sitegen.errors import SeedError
from sitegen.model import Article, Seed
from sitegen.seeds import understand, write
from sitegen.seeds.callouts import same_words
from sitegen.seeds.decode import decode
from sitegen.seeds.escape import squeeze
from sitegen.seeds.explain import as_json, as_text
from sitegen.seeds.found import Conversion
from sitegen.seeds.read import read
from sitegen.seeds.structure import blocks, labels
from tests.conftest import times

DAY = date(2026, 11, 22)

ARTICLE = """\
Marrowick ferries to run on shore power

“Nobody will miss the engines,” said Maren Oskarby at the end of the evening.

By Tilda Varnhem
Published 3 Mar 2026, 08:15 GMT

Share
The quay at night. Photo: Lena Quist/Harbour Wire

MARROWICK (Harbour Wire) — Ferries will switch off their engines in port from April, the harbour board said.

“We used to sell water and rope,” said Maren Oskarby, head of the harbour authority. “Now we sell quiet.”

Advertisement

“It took us four years, and it cost 12 million euros ($13 million), up 9% from the plan,” said Oskarby.

Read more: Harbour dues to rise

Quiet nights

Three lines run at night:
• The mail boat
• The freight ferry

“Nobody will miss the engines,” said Maren Oskarby at the end of the evening.

Copyright 2026 Harbour Wire. All rights reserved.
Leave a comment
"""

LINES = st.sampled_from([line for line in ARTICLE.splitlines() if line])
ODD = st.text(
    st.sampled_from("aB é1%$“”\"'‘’.,:;!?—-–()[]{}*_#>`~|\\/&<\t\u2028\xa0\x07\u200b漢ß"), max_size=40
)
TEXTS = st.lists(LINES | ODD, max_size=14).map("\n".join) | st.lists(LINES | ODD, max_size=14).map(
    "\n\n".join
)
SLOW = settings(max_examples=times(120), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", squeeze(text)))


def kept(made: Conversion) -> str:
    """The seed's text without what is listed as removed."""
    text, at, parts = made.seed.text, 0, []
    for part in sorted(made.removed, key=lambda part: part.start):
        parts.append(text[at : part.start])
        at = max(at, part.end)
    return "\n".join((*parts, text[at:]))


def file_of(made: Conversion) -> str:
    return write.markdown(made, slug="a", status="published", added=DAY)


@SLOW
@given(TEXTS)
def test_no_word_is_lost(text: str) -> None:
    made = understand(Seed("seeds/a.txt", "0" * 64, text))
    data, body = frontmatter.load(file_of(made))
    printed = (data["title"], data.get("standfirst", ""), *data.get("extra", {}).get("captions", ()))
    numbers = " ".join(re.findall(r"^\d+(?=\. )", body, re.MULTILINE))  # of lists
    there = words("\n".join((*printed, markdown.plain_text(body), numbers)))
    assert words(kept(made)) - there == Counter()


@SLOW
@given(TEXTS)
def test_quotes_are_the_seeds_own_words_and_stand_in_what_is_printed(text: str) -> None:
    made = understand(Seed("seeds/a.txt", "0" * 64, text))
    data, body = frontmatter.load(file_of(made))
    article, faults = records.build(Article, data)
    assert faults == []
    assert article is not None
    shown = same_words(f"{markdown.plain_text(body)} {article.standfirst or ''}")
    for quote in article.quotes:
        assert quote.text in squeeze(text)
        assert same_words(quote.text) in shown
    assert len({same_words(quote.text) for quote in article.quotes}) == len(article.quotes)


@SLOW
@given(TEXTS, st.sampled_from(["seeds/a.txt", "seeds/a.md"]))
def test_twice_gives_the_same(text: str, path: str) -> None:
    seed = Seed(path, "0" * 64, text)
    one, two = understand(seed), understand(seed)
    assert one == two
    assert file_of(one) == file_of(two)
    assert as_json(one) == as_json(two)
    assert as_text(one, True) == as_text(two, True)


@SLOW
@given(TEXTS)
def test_blocks_are_the_text_without_its_white_space(text: str) -> None:
    spans = blocks.split(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert [(block.start, block.end) for block in labels.label(text, spans)] == spans


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    decode(data).text.encode("utf-8")


def mutated(random_: random.Random, data: bytes) -> bytes:
    """A cut, a doubled stretch, marks taken out, or bytes broken."""
    start, end = sorted(random_.randrange(len(data) + 1) for _ in range(2))
    kind = random_.randrange(5)
    if kind == 0:
        return data[:start] + data[end:]
    if kind == 1:
        return data[:end] + data[start:end] + data[end:]
    if kind == 2:
        return re.sub("[“”]".encode() if random_.random() < 0.5 else b"[.,\n]", b"", data)
    if kind == 3:
        return data[:start] + bytes(random_.randrange(1, 256) for _ in range(5)) + data[start:]
    return data[:start] + data[start:end].swapcase() + data[end:]


def test_mutated_seeds_never_raise(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "a.txt"
    whole = [seed.read_bytes() for seed in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))]
    assert whole
    for round_ in range(times(600)):
        data = ARTICLE.encode() if round_ % 4 else chance.choice(whole)
        for _ in range(1 + round_ % 4):
            data = mutated(chance, data) or b"x"
        if round_ % 10 == 0:
            data = b"---\ntitle: " + data[:40] + b"\n---\n" + data
        path.write_bytes(data)
        try:
            seed, _ = read(tmp_path, path)
        except SeedError as error:
            assert error.problems[0].code.startswith(("seed-", "yaml-", "front-matter-"))
            continue
        made = understand(seed)
        assert records.build(Article, frontmatter.load(file_of(made))[0])[1] == []
        as_json(made)
