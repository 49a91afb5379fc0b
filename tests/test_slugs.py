from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.slugs import free, is_slug, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Marrowick switches off its ships", "marrowick-switches-off-its-ships"),
        ("Port Lindell’s crane drivers", "port-lindells-crane-drivers"),
        ("Ærø, Łódź and Straße", "aero-lodz-and-strasse"),
        ("  --Hello--  ", "hello"),
        ("CON", "con-page"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "untitled"),
        ("word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text())
def test_a_slug_is_always_an_address(title: str) -> None:
    slug = slugify(title)
    assert is_slug(slug)
    assert len(slug) <= 85
    assert slug == slugify(title)


def test_titles_in_another_script_differ() -> None:
    assert slugify("任正非") != slugify("華為")


def test_free_counts_up() -> None:
    assert free("a", set()) == "a"
    assert free("a", {"a", "a-2"}) == "a-3"
