"""The short way from Markdown to HTML says what the library says, or nothing."""

from __future__ import annotations

import re
import string
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from sitegen import markdown, marks, prose

from .conftest import times
from .prose_texts import DOUBTFUL, SECTIONS, SURE, bodies, few_marks, many_pairs, mutants, random_text


def differs(text: str) -> bool:
    """Whether the short way has an answer that is not the library's."""
    parts, words = prose.parts(text), prose.plain_text(text)
    return (parts is not None and parts != markdown.library_parts(text)) or (
        words is not None and words != markdown.library_plain_text(text)
    )


def agree(texts: Iterator[str] | Sequence[str]) -> int:
    """Assert that the two ways agree; how many texts the short way answered."""
    answered = 0
    for text in texts:
        assert not differs(text), f"{text!r}: {prose.parts(text)} and {markdown.library_parts(text)}"
        answered += prose.parts(text) is not None
    return answered


# ---------------------------------------------------------------- what goes which way


@pytest.mark.parametrize("text", SURE)
def test_ordinary_news_goes_the_short_way(text: str) -> None:
    assert prose.parts(text) == markdown.library_parts(text)
    assert prose.plain_text(text) == markdown.library_plain_text(text)


def test_so_does_an_article_of_all_of_it() -> None:
    text = "\n\n".join(SURE)
    assert prose.parts(text) == markdown.library_parts(text) == markdown.parts(text)
    assert prose.plain_text(text) == markdown.library_plain_text(text) == markdown.plain_text(text)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_the_library_is_asked_where_there_is_a_doubt(text: str) -> None:
    assert prose.parts(text) is None
    assert prose.plain_text(text) is None
    assert markdown.parts(text) == markdown.library_parts(text)
    assert markdown.plain_text(text) == markdown.library_plain_text(text)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_the_specification(section: str) -> None:
    """Each shape alone, and between paragraphs, which it might change or be changed by."""
    for shape in SECTIONS[section]:
        agree([shape, f"Before.\n\n{shape}\n\nAfter.\n", f"> {shape}"])


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n\nText.\n\n\n\n\nText.\n\n\n"])
def test_blank_lines_are_nothing(text: str) -> None:
    assert prose.parts(text) == markdown.library_parts(text)


def test_nothing_is_loaded_for_ordinary_news() -> None:
    code = (
        "import sys; from sitegen import markdown;"
        "markdown.parts('A *plain* text.'); markdown.plain_text('So.');"
        "assert 'markdown_it' not in sys.modules; markdown.parts('<'); assert 'markdown_it' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_characters_are_what_the_proof_takes_them_for() -> None:
    """For the library a mark of PUNCTUATION is punctuation, a letter or number neither that nor space, and
    no space is what a pattern's \\s does not take."""
    for mark in marks.PUNCTUATION:
        assert mark in string.punctuation or unicodedata.category(mark).startswith("P")
        assert mark not in "*_"
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    categories = {unicodedata.category(mark)[0] for mark in re.findall(r"[^\W_]", everything)}
    assert categories == {"L", "N"}
    spaces = [mark for mark in everything if unicodedata.category(mark) == "Zs" or mark in "\t\n\v\f\r"]
    assert all(re.match(r"\s", mark) for mark in spaces)


# ---------------------------------------------------------------- real texts


def test_the_demo_articles_go_the_short_way() -> None:
    texts = bodies()
    assert agree(texts) == len(texts) > 0


def test_real_articles(shared: Path) -> None:
    texts = [path.read_text("utf-8", "replace") for path in sorted((shared / "corpus").rglob("*.txt"))]
    pieces = [piece for text in texts for piece in re.split(r"\n\s*\n", text)]
    agree(texts)
    assert agree(pieces) > 0.9 * len(pieces)


# ---------------------------------------------------------------- random texts


def kinds() -> list[Callable[[Random], str]]:
    blocks = [block for text in [*bodies(), "\n\n".join(SURE)] for block in text.strip("\n").split("\n\n")]
    return [*[random_text] * 5, *[few_marks] * 3, *[mutants(blocks)] * 3, many_pairs]


def fuzz(seed: int, count: int) -> int:
    """Compare `count` random documents; how many the short way answered."""
    random = Random(seed)
    makers = kinds()
    return agree(random.choice(makers)(random) for _ in range(count))


@pytest.mark.parametrize("seed", range(8))
def test_random_texts(seed: int) -> None:
    """Eight seeds, so that the work spreads over the processes of a test run."""
    count = times(12_500)
    assert fuzz(seed, count) > count / 8
