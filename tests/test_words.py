"""A digest in another language: every word of the interface is the theme's."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from sitegen import strictyaml
from tests.conftest import NOW, MakeDigest, Run

WORDS = Path(__file__).resolve().parents[1] / "themes/base/words"
ENGLISH, GERMAN = (
    strictyaml.load((WORDS / f"{name}.yaml").read_text(encoding="utf-8")) for name in ("en", "de")
)
ARTICLE = """---
id: id-{n}
title: Der Hafen {n} wird leiser
slug: hafen-{n}
date: 2026-{month}-18T08:00:00+01:00
standfirst: Wo Schiffe Strom aus der Wand nehmen.
topics: [Landstrom, Häfen]
source: {{name: Hafenbote, url: "https://bote.example/{n}"}}
rights: {rights}
updated: 2026-11-19
quotes:
- {{id: q1, text: Wir verkaufen jetzt Ruhe., speaker: Maren Oskarby, attribution: inferred, featured: true}}
figures:
- id: f1
  as_written: 418,5 Millionen Kronen
  value: 418500000
  currency: SEK
  label: Verkaufter Strom
  change: {{as_written: 23 Prozent mehr, value: 23, unit: percentage, direction: up, versus: 2025}}
- {{id: f2, as_written: "9,9 Prozent", value: 9.9, unit: percentage, label: Anteil, bound: about}}
---
Erster Absatz.

> „Wir verkaufen jetzt Ruhe.“
> — Maren Oskarby

Noch ein Absatz.
"""
EDITION = """---
number: 1
title: Ruhe
date: 2026-11-20
top: id-0
sections: [{title: Strom, items: [id-1]}]
---
Ein Wort.
"""


def test_german_is_complete() -> None:
    assert _keys(GERMAN) | _keys(ENGLISH["plurals"], "plurals.") == _keys(ENGLISH)


def test_no_english_word_of_the_interface_stands_in_a_german_digest(
    make_digest: MakeDigest, run: Run
) -> None:
    rights = ("full", "excerpt", "summary", "link", "full", "full")
    files = {
        f"content/articles/{n}.md": ARTICLE.format(n=n, month=f"{11 - n // 2:02d}", rights=one)
        for n, one in enumerate(rights)
    }
    head = 'title: Der Bote\nurl: https://bote.example/\nlanguage: de\npage_size: 2\neditor: "P. H."\n'
    root = make_digest({"sitegen.yaml": head, "content/editions/1.md": EDITION, **files})
    assert run("build", "-C", root, "--now", NOW).code == 0
    pages = sorted(path for name in ("*.html", "feed.xml") for path in (root / "public").rglob(name))
    assert len(pages) > 30
    foreign = [(key, piece) for key, piece in _pieces(ENGLISH["say"]) if piece not in _all(GERMAN["say"])]
    months = [("month", name) for name in ENGLISH["months"] if name not in GERMAN["months"]]
    for page in pages:
        text = _text(page)
        found = [(k, w) for k, w in (*foreign, *months) if re.search(rf"\b{re.escape(w)}\b", text)]
        assert not found, f"{page.relative_to(root)}: {found}"
    numbers = _text(root / "public/numbers/index.html")
    for said in ("418,5\u00a0Mio. schwedische Kronen", "plus 23\u00a0%", "rund 9,9\u00a0%", "18. Nov. 2026"):
        assert said in numbers
    assert "November 2026" in _text(root / "public/archive/index.html")
    assert "Woche" not in numbers


def _keys(data: dict[str, Any], above: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in data.items():
        found |= _keys(value, f"{above}{key}.") if isinstance(value, dict) else {above + key}
    return found


def _pieces(said: dict[str, str]) -> list[tuple[str, str]]:
    """The stretches of each pattern between its names, where they are more than a letter or two."""
    parts = [(key, part.strip(" .,:;—")) for key, text in said.items() for part in re.split(r"\{\w+\}", text)]
    return [(key, part) for key, part in parts if len(part) > 2]


def _all(said: dict[str, str]) -> str:
    return "\n".join(said.values())


def _text(page: Path) -> str:
    """What a reader sees or hears of a page, its title and the names of its parts among it."""
    source = page.read_text(encoding="utf-8")
    named = re.findall(r'(?:aria-label|title|content|alt)="(?!https?:)([^"]*)"', source)
    seen = re.sub(r"<script.*?</script>|<[^>]+>", " ", source, flags=re.DOTALL)
    return re.sub("[ \n]+", " ", html.unescape(" ".join((seen, *named))))
