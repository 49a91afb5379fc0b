"""docs/themes.md is true: its child theme works, and its tables name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.render import load, render
from tests.render_pages import pages

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
GAZETTE = load(ROOT / "tests", "gazette")


def test_the_child_theme_of_the_guide_works(tmp_path: Path) -> None:
    for name, text in re.findall(r"`(themes/harbour/[\w./]+)`\n```\w+\n(.*?)```", GUIDE, re.DOTALL):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    theme = load(tmp_path, "harbour", "en")
    article = render(pages()["article"], theme).data.decode()
    assert '<p class="ahead">From the harbour' in article and "<h1>" in article
    assert "Who reported this" in article and "Where this comes from" not in article
    assert b"#0b5c8a" in theme.assets[theme.stylesheet.removeprefix("/")]


@pytest.mark.parametrize(
    "names",
    [
        {name for name in GAZETTE.templates if "/" not in name and ":" not in name},
        {name.removeprefix("partials/") for name in GAZETTE.templates if name.startswith("partials/")},
    ],
)
def test_every_template_and_partial_is_named(names: set[str]) -> None:
    assert {name for name in names if f"`{name}`" not in GUIDE} == set()


def test_every_filter_is_named() -> None:
    plain = type(GAZETTE.environment).__mro__[1]().filters
    ours = {name for name, made in GAZETTE.environment.filters.items() if plain.get(name) is not made}
    assert {name for name in ours if rf"\|{name}" not in GUIDE} == set()
    assert {"safe", "random"}.isdisjoint(GAZETTE.environment.filters)
