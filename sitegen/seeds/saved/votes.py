"""Which of a page's parts others take for the article: trafilatura, and the page's own JSON-LD."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy

from sitegen.seeds.saved.parts import Part
from sitegen.seeds.saved.tree import Element

_WORD = re.compile(r"\w+")
_RUN = 4  # words
_PROSE = ("text", "item", "quote")
_SENTENCE = 60  # letters


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def extracted(root: Element) -> list[str]:
    """The lines that trafilatura takes for the article; none where it fails."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            deepcopy(root), fast=True, favor_recall=True, include_comments=False
        )
    except Exception:  # it fails in many ways on broken pages; then our own reading decides
        return []
    return (getattr(found, "text", None) or "").splitlines()


def own(parts: Sequence[Part]) -> list[float]:
    """Votes where nobody else has any: every paragraph that reads like one and is no link."""
    return [1.0 if part.kind in _PROSE and part.linked < 0.3 and _reads(part.text) else 0.0 for part in parts]


def _reads(text: str) -> bool:
    return len(text) >= _SENTENCE and text.rstrip("\"'”’)]").endswith((".", "!", "?", ":", "…", "。"))


def names_and_day(root: Element, url: str | None) -> tuple[str | None, str | None]:
    """The author and the ISO date that trafilatura finds, for pages on which our own places are empty."""
    import trafilatura

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    wanted = {"original_date": True, "extensive_search": False}
    try:
        found = trafilatura.extract_metadata(deepcopy(root), url, wanted, extensive=False)
    except Exception:
        return None, None
    return found.author, found.date


def shares(parts: Sequence[Part], lines: Iterable[str]) -> list[float]:
    """For each part how much of it stands in the lines, 0 to 1."""
    whole, alone = _runs(lines)
    return [_share(words_of(part.text), whole, alone) for part in parts]


def repeated(text: str, lines: Iterable[str]) -> float:
    """How much of a text stands in the lines, 0 to 1."""
    return _share(words_of(text), *_runs(lines))


def _runs(lines: Iterable[str]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """The runs of words in the lines, and the lines whole."""
    whole: set[tuple[str, ...]] = set()
    alone: set[tuple[str, ...]] = set()
    for line in lines:
        words = words_of(line)
        alone.add(tuple(words))
        whole.update(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return whole, alone


def _share(words: list[str], whole: set[tuple[str, ...]], alone: set[tuple[str, ...]]) -> float:
    if len(words) < _RUN:
        return 1.0 if words and tuple(words) in alone else 0.0
    runs = [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
    return sum(run in whole for run in runs) / len(runs)
