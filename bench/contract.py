"""An article as most generators take it → the same article as sitegen's contract has it.

Nothing is added and nothing left out: `description` is the standfirst, `tags` are topics, the author
belongs to the source, a figure's sign becomes a direction, and a quote stands in the body as a
callout, because in the contract the body owns the words.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sitegen import frontmatter

DIRECTIONS = {"+": "up", "-": "down"}


def article(text: str) -> str:
    """The file of a sitegen article that says what the given file says."""
    given, body = frontmatter.load(text)
    quotes = [{"id": f"q{n}", **quote, "featured": True} for n, quote in enumerate(given["quotes"], 1)]
    front: dict[str, Any] = {
        "id": hashlib.sha256(text.encode()).hexdigest()[:12],
        "title": given["title"],
        "slug": given["slug"],
        "date": given["date"],
        "standfirst": given["description"],
        "topics": given["tags"],
        "source": {**given["source"], "author": given["author"]},
        "quotes": quotes,
        "figures": [_figure(n, figure) for n, figure in enumerate(given["figures"], 1)],
    }
    callouts = "\n\n".join(
        f"> {quote['text']}\n> — {quote['speaker']}, {quote['role']}" for quote in given["quotes"]
    )
    return frontmatter.dump(front, f"{body.rstrip()}\n\n{callouts}\n")


def _figure(number: int, given: dict[str, Any]) -> dict[str, Any]:
    change = given["change"]
    return {
        "id": f"f{number}",
        "as_written": f"{given['value']} {given['unit']}",
        "value": given["value"],
        "unit": given["unit"],
        "label": given["label"],
        "change": {
            "as_written": change,
            "value": float(change.strip("+-%")),
            "unit": "percentage",
            "direction": DIRECTIONS[change[0]],
        },
    }
