"""The short way of reading YAML makes what the library makes, or nothing."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import strictyaml
from sitegen.strictyaml import library, plain

ROOT = Path(__file__).resolve().parents[1]
FRONT = """id: 0a1b2c3d4e5f
title: "Than And Capohi Did Vapra"
date: 2022-01-01T00:00:00Z
standfirst: Ports, ships, 12:30 and a#b; what stands inside a word is fine
topics: [cold ironing, 5G, AT&T, dockers' rights]
source:
  name: The Tideway Review
  url: https://tideway.example/a?b=c#d
quotes:
- id: q1
  text: 'It is the grain''s turn: “wait”'
  speaker: Mären Öskarby
  featured: true
figures:
  - id: f1
    value: [-5.5, 1200]
    change:
      as_written: +20.3%
      value: 20.3
      from: {as_written: "1, 2", value: 3, unit: ~}
# a line about the images

images:
corrections: []
extra:
  Marrowick Courier: {url: https://courier.example/, rights: excerpt} # and a word about it
  note: |
    two

    lines
  other: >-
    one line
    in two
"""
PIECES = (
    '"', "'", "''", "\\", '\\"', "\\n", ":", ": ", ":\n", "#", " #", "# ", "[", "]", "{", "}", ", ", ",",
    "- ", "-", "? ", "?", "&a", "*a", "!t", "|", ">", "|-\n", "|\n", ": |\n", ": >-\n", "|2\n", ">+\n", "%",
    "@", "`", "~", "null", "yes", "no", "true", "False", "2026-01-02", "2026-02-30", "2026-01-02T03:04:05Z",
    "2026-01-02 03:04", "2026-01-02T03:04:05 +01:00", "12", "-12", "+1", "012", "0x1f", "1_000", "1.5", "1.",
    ".5", "1e5", "1.0e999", "-0.8%", "1:30:00", "=", "<<", "<<: ", "é", "“", "\u00a0", "\u2028", "\ufeff",
    "\u0085", "🐙", "\t", "\r", "\0", "\x7f", " ", "  ", "\n", "\n ", "\n  ", "\n    ", "\n- ", "\n  - ",
    "\n\n", "---", "\n---\n", "\n...\n", "\n# c\n", "\n  # c\n", "a: ", "\na: ", "\n  b: ", "\n- a: ",
    "\n  - a: ", "\nc:\n", "\nlong key: ", "word", "two words", "http://x.example/z", "a:b", "a#b", "[a, b]",
    "{a: b}", "[c: d]", "[c:]", "{a: b, a: c}", "[]", "{}",
    '"q: r"', "'q # r'", '"x\\u00e9"', "é: ", "1: ", '": ', "-\n", "- - ", "-1", "--", "- #",
    "\nz: |\n  t\n\n   u\n", "\nz: >-\n  t\n  u\n", "\n  z: |-\n     t\n   u\n", "q\\/",
)  # fmt: skip
KEYS = ("a: ", "b: ", "c: ", "d:", "e:", "f: ", "", "two words: ", "h:", "'k': ", "é: ", "a:")


def lines_by_chance(chance: random.Random) -> list[str]:
    """Lines that look like YAML, at columns that mostly fit."""
    made, column = [], 0
    for _ in range(chance.randint(1, 8)):
        column = max(
            0, chance.choice((column, column, column, column + 2, column - 2, column + 1, column - 3))
        )
        key = chance.choice(KEYS)
        value = "" if key.endswith(":") and chance.random() < 0.9 else value_by_chance(chance)
        made.append(" " * column + chance.choice(("", "- ")) + key + value)
    return made


def value_by_chance(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 3))).replace("\n", "")


def changed(chance: random.Random) -> list[str]:
    """Front matter, or some lines of it, with a few mistakes."""
    lines = FRONT.split("\n")
    if chance.random() < 0.5:
        start = chance.randrange(len(lines))
        lines = lines[start : start + chance.randint(1, 14)]
        margin = " " * (len(lines[0]) - len(lines[0].lstrip(" ")))
        lines = [line.removeprefix(margin) for line in lines]
    for _ in range(chance.randint(0, 3)):
        n = chance.randrange(len(lines))
        line = lines[n]
        at = chance.randint(0, len(line))
        lines[n] = chance.choice(
            (
                line[:at] + chance.choice(PIECES) + line[at:],
                line[:at] + line[at + 1 :],
                " " * chance.randint(1, 3) + line,
                line[chance.randint(1, 2) :],
                line.partition(": ")[0] + ": " + value_by_chance(chance),
                line + "\n" + chance.choice(lines),
                chance.choice(lines),
            )
        )
    return lines


@pytest.mark.parametrize("seed", range(20))
def test_the_short_way_never_guesses(seed: int) -> None:
    chance = random.Random(seed)
    taken = 0
    for _ in range(400):
        lines = chance.choice((lines_by_chance, changed, changed))(chance)
        text = "\n".join(lines) + chance.choice(("\n", "", "\n\n"))
        try:
            value = plain.load(text)
        except plain.Unusual:
            continue
        taken += 1
        assert repr(value) == repr(library.load(text, None, 1)), text
    assert taken > 60, "hardly any of these texts went the short way: they test nothing"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        FRONT,
        "a: 1\nb:\nc: 2",
        "a:\n  b:\n    - c\n    - d: e\n      f:\n      - g\nh: i\n",
        "- a\n- b: c\n  d: e\n",
        'a: "x \\"y\\" \\\\ z"\n',
        "a: 'it''s' # so\n",
        "- a: |\n    b\n  c: d\n",
        "a: b # so\n",
        "a: [[1, two], {three: 'f, our'}]\n",
        strictyaml.dump(
            {"title": "A: b", "text": "one\ntwo\n", "more": ["- x", "a, b"], "n": [1, -2.5, None, "12", "no"]}
        ),
    ],
)
def test_what_goes_the_short_way(text: str) -> None:
    assert repr(plain.load(text)) == repr(library.load(text, None, 1))


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: &x 1\n",
        "a: *x\n",
        "a: !t x\n",
        "<<: {a: 1}\n",
        "? a\n: b\n",
        "a: b: c\n",
        "a: b:\n",
        "a: b\n  c\n",
        "a: b\n  - c\n",
        "a: b\n  c: d\n",
        "a:\n    b: 1\n  c: 2\n",
        "a:\n  - b\n  c: d\n",
        "a: 'b\n",
        "a: 'b' c\n",
        'a: "\\x41"\n',
        "a: [b\n",
        "a: [b, c: d]\n",
        "a: {b: 1, b: 2}\n",
        "a: |2\n    b\n",
        "a: |\n  b",
        "a: |\n  b\n  # c",
        "a: >\n  b\n\n  c\n",
        "a:\tb\n",
        "a: b\r\n",
        "a: b\u2028c\n",
        "a: 1\n---\nb: 2\n",
        "a: 2026-02-30\n",
        "a: -\n",
        "-\n",
        "- - a\n",
        "plain words\n",
        "".join(f"{'  ' * n}a:\n" for n in range(40)),
    ],
)
def test_what_is_left_to_the_library(text: str) -> None:
    with pytest.raises(plain.Unusual):
        plain.load(text)


def test_a_number_that_python_does_not_read_is_refused() -> None:
    with pytest.raises(strictyaml.YamlError, match="yaml-number"):
        strictyaml.load("a: " + "9" * 5000)


def test_reading_an_ordinary_article_does_not_import_the_library() -> None:
    script = (
        "import sys; from sitegen.config import SiteConfig; from sitegen.content.article import parse\n"
        "made, problems = parse(sys.stdin.read(), 'content/articles/a.md', SiteConfig())\n"
        "print(made is not None, 'yaml' in sys.modules, 'difflib' in sys.modules)"
    )
    text = "---\nid: by-hand\ntitle: Grain\ndate: 2026-07-01\ntopics: [ports]\n---\nA b c\n"
    ran = subprocess.run(
        [sys.executable, "-c", script], input=text, capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ran.stdout.split() == ["True", "False", "False"]
