"""Real saved pages beside the project: each converts, or says that there is no article in it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sitegen.errors import SeedError
from sitegen.model import Seed
from sitegen.seeds.convert import understand
from sitegen.seeds.explain import as_json
from sitegen.seeds.saved import saved_page

SETS = {
    "article-extraction-benchmark": "html/*.html.gz",
    "readability-test-pages": "*/source.html.gz",
    "trafilatura-cc-pages": "pages/*.html.gz",
}
EVERY = 9  # the normal run takes one page of so many
MOST_WITHOUT = 0.1


@pytest.mark.parametrize("name", SETS)
def test_pages_convert_or_say_why_not(name: str, shared: Path) -> None:
    pages = sorted((shared / "corpus" / name).glob(SETS[name]))[::EVERY]
    assert pages
    without = 0
    for path in pages:
        try:
            made = saved_page.extract(gzip.decompress(path.read_bytes()), path.name)
        except SeedError as error:
            assert error.problems[0].code == "seed-no-article", path
            without += 1
            continue
        seed = Seed(path.name, "0" * 64, made.text, made.meta, made.encoding, made.blocks, made.images)
        shown = as_json(understand(seed))
        assert shown["text"] == made.text and shown["title"], path
        assert any(block["label"] == "body" for block in shown["blocks"]), path
    assert without <= max(1, MOST_WITHOUT * len(pages))
