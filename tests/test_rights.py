"""What `rights` keep back is in no file of the site: pages, lists, feeds, linked data, data, mail."""

from __future__ import annotations

import gzip
from email import message_from_string, policy
from pathlib import Path

import pytest

from tests.conftest import NOW, MakeDigest, Run

# One article of each kind; every part of it has a word of its own.
PARTS = (
    "title",
    "standfirst",
    "figure",
    "first",
    "second",
    "callout",
    "third",
    "subhead",
    "spoken",
    "picture",
)
ALLOWED = {
    "full": set(PARTS),
    "excerpt": {"title", "standfirst", "figure", "first", "second", "callout"},
    "summary": {"title", "standfirst", "figure"},
    "link": {"title"},
    "retracted": {"title"},
}
ARTICLE = """\
---
id: id-{0}
title: "{0}title of it"
slug: slug-{0}
date: 2026-11-20
standfirst: "{0}standfirst of it."
topics: [ports]
people: [Maren Oskarby]
source: {{name: The Review, url: "https://review.example/{0}"}}
rights: {1}
quotes:
  - {{id: q1, text: "We sell {0}callout quiet.", speaker: Maren Oskarby, featured: true}}
  - {{id: q2, text: "never {0}spoken of it", speaker: Maren Oskarby}}
figures:
  - {{id: f1, as_written: "41 {0}figures", value: 41, unit: "{0}figure", label: "{0}figure of it"}}
images: [{{src: /static-{0}.svg, alt: "{0}picture of it"}}]
{2}---
The {0}first paragraph.

The {0}second paragraph.

> “We sell {0}callout quiet.”
> — Maren Oskarby

The {0}third paragraph: “never {0}spoken of it,” said Oskarby.

## A {0}subhead

::: figures
:::
"""
TREE: dict[str, str | bytes] = {
    "sitegen.yaml": "title: The Test Wire\nurl: https://wire.example/digest/\n",
    **{
        f"content/articles/{kind}.md": ARTICLE.format(
            kind,
            "full" if kind == "retracted" else kind,
            "retracted: {date: 2026-11-21, reason: Wrong.}\n" if kind == "retracted" else "",
        )
        for kind in ALLOWED
    },
    **{f"static/static-{kind}.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>" for kind in ALLOWED},
    "content/editions/1.md": (
        "---\nnumber: 1\ntitle: One\ndate: 2026-11-20\ntop: id-excerpt\nsections:\n"
        "  - {title: Freight, items: [id-full, id-summary, id-link]}\n---\nGood morning.\n"
    ),
}

MAILED = ("excerpt", "full", "summary", "link")


def words(files: dict[str, str], kind: str) -> dict[str, list[str]]:
    """The files in which each part of the article of that kind stands."""
    return {
        part: found
        for part in PARTS
        if (found := [name for name, text in files.items() if kind + part in text])
    }


def published(root: Path) -> dict[str, str]:
    """Every file's words, those of the search's own files too."""
    found = {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    return {
        path.relative_to(root).as_posix(): unpacked(data).decode("utf-8", "replace")
        for path, data in found.items()
        if path.suffix != ".svg"
    }


def unpacked(data: bytes) -> bytes:
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


@pytest.mark.parametrize("theme", ["gazette", "briefing"])
def test_what_rights_keep_back_is_nowhere(make_digest: MakeDigest, run: Run, theme: str) -> None:
    root = make_digest({**TREE, "sitegen.yaml": f"{TREE['sitegen.yaml']!s}theme: {theme}\n"})
    result = run("build", "-C", root, "--now", NOW)
    assert result.code == 0, result.err
    mail = run("edition", "email", "1", "-C", root, "--now", NOW, "-o", root / "public/email")
    assert mail.code == 0, mail.err
    files = published(root / "public")
    files["email/1.eml"] = str(message_from_string(files["email/1.eml"], policy=policy.default).get_body())
    for kind, allowed in ALLOWED.items():
        found = words(files, kind)
        assert {part: found[part] for part in found if part not in allowed} == {}, kind
        assert set(found) == allowed, "what may be shown is shown"
        picture = [name for name, text in files.items() if f"/static-{kind}.svg" in text]
        assert bool(picture) is (kind == "full"), picture
    assert all(
        f"{kind}title" in files[f"email/1.{form}"] for kind in MAILED for form in ("html", "txt", "eml")
    )
    for name in ("feed.xml", "feed.atom", "feed.json", "data/quotes.json", "articles/slug-full/index.html"):
        assert "fullcallout" in files[name], name
