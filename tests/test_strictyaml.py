from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import frontmatter, strictyaml

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LEAF = (
    TEXT
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.none()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.sampled_from(
        ["no", "012", "1:30:00", "1_000", "0x1f", "=", "<<", "~", "---", "2026-02-30", "a: b", "- a", "#"]
    )
)
VALUE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("012", "012"),
        ("0o17", "0o17"),
        ("1:30:00", "1:30:00"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("true", True),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("9.9", 9.9),
        ('"9.9"', "9.9"),
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-22T06:17:00Z", datetime(2026, 11, 22, 6, 17, tzinfo=UTC)),
        ("2026-11-22 06:17", datetime(2026, 11, 22, 6, 17)),
        ("v1.2.3", "v1.2.3"),
    ],
)
def test_scalars_mean_what_they_look_like(text: str, value: object) -> None:
    loaded = strictyaml.load(f"key: {text}\n")["key"]
    assert loaded == value
    assert type(loaded) is type(value)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: &x 1\nb: *x\n", "yaml-alias", 1, 4),
        ("a: 1\n<<: {b: 2}\n", "yaml-merge", 2, 1),
        ("a: !!python/name:os.system 1\n", "yaml-tag", 1, 4),
        ("a: !own 1\n", "yaml-tag", 1, 4),
        ("a: 1\nb: 2\na: 3\n", "yaml-duplicate", 3, 1),
        ("a: 1\n---\nb: 2\n", "yaml-documents", 2, 1),
        ("? [a]\n: 1\n", "yaml-key", 1, 3),
        ("a: 2026-02-30\n", "yaml-date", 1, 4),
        ("a: b: c\n", "yaml-syntax", 1, 5),
        ("a: 'x\n", "yaml-syntax", 1, 4),
        ("a: " + "[" * 31 + "]" * 31 + "\n", "yaml-depth", 1, 33),
        ("a: 1" + "0" * 400 + ".0\n", "yaml-number", 1, 4),
    ],
)
def test_what_the_dialect_leaves_out_is_an_error_with_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    with pytest.raises(strictyaml.YamlError) as caught:
        strictyaml.load(text, path="x.yaml", first_line=10)
    problem = caught.value.problems[0]
    assert (problem.code, problem.line, problem.column) == (code, line + 9, column)
    assert problem.path == "x.yaml"


def test_a_merge_key_bomb_is_refused_at_once() -> None:
    levels = "\n".join(f"l{n}: &l{n} {{<<: [*l{n - 1}, *l{n - 1}]}}" for n in range(1, 30))
    with pytest.raises(strictyaml.YamlError):
        strictyaml.load(f"l0: &l0 {{a: 1}}\n{levels}\n")


@given(VALUE)
def test_what_is_dumped_is_loaded_again(value: Any) -> None:
    assert strictyaml.load(strictyaml.dump({"key": value})) == {"key": value}


@given(
    st.dictionaries(TEXT, VALUE, max_size=5),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")),
)
def test_front_matter_round_trip(data: dict[str, Any], body: str) -> None:
    assert frontmatter.load(frontmatter.dump(data, body)) == (data, body)


@given(st.text())
def test_any_text_is_a_value_or_a_yaml_error(text: str) -> None:
    try:
        strictyaml.load(text)
        frontmatter.load(f"---\n{text}\n---\n")
    except strictyaml.YamlError as error:
        assert all(problem.line for problem in error.problems)


def test_emoji_stay_readable() -> None:
    text = strictyaml.dump({"title": "🐙 The octopus’s ladder", "path": "C:\\U0001F419"})
    assert "🐙 The octopus’s ladder" in text
    assert strictyaml.load(text) == {"title": "🐙 The octopus’s ladder", "path": "C:\\U0001F419"}


def test_positions_of_keys() -> None:
    text = "a: 1\nb:\n  - c: x\n    d: y\n"
    assert strictyaml.locate(text, ("b", 0, "d")) == (4, 8)
    assert strictyaml.locate(text, ("b", 0, "absent")) == (3, 5)
    assert strictyaml.locate(text, ("b", 0, "d"), first_line=2) == (5, 8)


@pytest.mark.parametrize(
    ("text", "yaml", "body", "line"),
    [
        ("---\na: 1\n---\nbody\n", "a: 1\n", "body\n", 4),
        ("\ufeff---\na: 1\n---\nbody", "a: 1\n", "body", 4),
        ("---\r\na: 1\r\n---\r\nbody", "a: 1\r\n", "body", 4),
        ("---\n---\nbody", "", "body", 3),
        ("body\n---\nmore\n", None, "body\n---\nmore\n", 1),
        ("---\nnever closed\n", None, "---\nnever closed\n", 1),
        ("---\na: |\n  x\n  ---\n---\nb", "a: |\n  x\n  ---\n", "b", 6),
    ],
)
def test_where_front_matter_ends(text: str, yaml: str | None, body: str, line: int) -> None:
    assert frontmatter.split(text) == frontmatter.Parts(yaml, body, line)


def test_front_matter_that_is_a_list_is_refused() -> None:
    with pytest.raises(strictyaml.YamlError, match="front-matter-shape"):
        frontmatter.load("---\n- a\n---\n")
