"""Themes looked over without rendering: names, colours, weight; listed, and copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import Problem, ThemeError, UsageError
from sitegen.model import Page
from sitegen.render import available, library, load, render
from sitegen.render.inspect import check
from sitegen.render.tokens import contrasts
from tests.render_pages import pages

SHIPPED = ("base", "gazette", "briefing")


def mine(root: Path, **files: str) -> Path:
    """A digest with a theme "mine" on gazette; keys are paths in the theme, "/" written as "__"."""
    for name, text in {"theme.yaml": "name: mine\napi: 1\nextends: gazette\n", **files}.items():
        path = root / "themes/mine" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def found(root: Path, name: str = "mine") -> list[Problem]:
    return list(check(root, name, "en").problems)


# ---------------------------------------------------------------- the shipped ones


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_themes_have_nothing_to_mend(tmp_path: Path, name: str) -> None:
    report = check(tmp_path, name, "en-GB")
    assert report.problems == ()
    assert report.templates >= 40
    assert 0 < report.style <= 6 * 1024


@pytest.mark.parametrize("name", SHIPPED)
def test_every_pair_of_colours_has_contrast_enough(tmp_path: Path, name: str) -> None:
    pairs = check(tmp_path, name).contrasts
    measured = {(pair.over, pair.ground, pair.scheme) for pair in pairs}
    for scheme in ("light", "dark"):
        for ground in ("paper", "panel"):
            assert {(over, ground, scheme) for over in ("ink", "soft", "accent", "edge")} <= measured
        assert {("on-accent", "accent", scheme), ("paper", "ink", scheme)} <= measured
    assert [pair for pair in pairs if not pair.enough] == []
    assert ("on-bar", "bar", "dark") in measured or name != "briefing"


# ---------------------------------------------------------------- colours


def test_contrast_is_computed_as_wcag_says() -> None:
    (day, night) = contrasts(":root{--ink:var(--day,#767676) var(--night,#fff);--paper:#fff}")[:2]
    assert (day.over, day.ground, day.scheme, day.ratio) == ("ink", "paper", "light", 4.54)
    made = {(p.over, p.scheme): p.ratio for p in contrasts(":root{--ink:#000;--paper:light-dark(#fff,#000)}")}
    assert made["ink", "light"] == 21 and made["ink", "dark"] == 1
    assert night.over == "paper" or night.ground == "paper"


def test_what_is_for_print_is_not_for_the_screen() -> None:
    css = ":root{--ink:#000;--paper:#fff}@media print{:root{--ink:#eee}}"
    css += "@media (prefers-color-scheme: dark){:root{--paper:#000;--ink:#fff}}"
    assert {pair.ratio for pair in contrasts(css)} == {21}


def test_pale_text_is_an_error_at_its_line(tmp_path: Path) -> None:
    css = "/* pale */\n:root {\n  --soft: var(--day, #aaa) var(--night, #b0a595);\n}\n"
    problems = found(mine(tmp_path, **{"assets__mine.css": css}))
    assert {(p.code, p.path, p.line) for p in problems} == {
        ("theme-contrast", "themes/mine/assets/mine.css", 3)
    }
    assert any("--soft on --paper, light: a contrast of 2.1" in p.message for p in problems)
    assert not any("dark" in p.message for p in problems)


def test_a_colour_that_cannot_be_read_is_a_warning(tmp_path: Path) -> None:
    problems = found(mine(tmp_path, **{"assets__mine.css": ":root { --ink: oklch(20% 0 0) }"}))
    assert {(p.code, p.severity, p.line) for p in problems} == {("theme-colour", "warning", 1)}


def test_a_heavy_style_sheet_is_a_warning(tmp_path: Path) -> None:
    css = "".join(f".a{n * 7919 % 10007:x}{{margin:{n * 104729 % 9973}px}}" for n in range(2000))
    (problem,) = found(mine(tmp_path, **{"assets__mine.css": css}))
    assert (problem.code, problem.severity) == ("theme-weight", "warning")


# ---------------------------------------------------------------- templates


FAULTS = (
    ("{% include 'partials/fot.html' %}", "template-missing", "partials/foot.html"),
    ("{% include 'gazete:layout.html' %}", "template-missing", ""),
    ("{{ words.skipp }}", "template-undefined", "skip"),
    ("{{ words['skipp'] }}", "template-undefined", "skip"),
    ("{{ site.titel }}", "template-undefined", "title"),
    ("{{ head.nosuch }}", "template-undefined", ""),
    ("{{ head.title|date('shrt') }}", "template-undefined", "short"),
    ("{{ 2|count('storey') }}", "template-undefined", "story"),
    ("{{ 'logo.svg'|asset }}", "template-undefined", ""),
)


def test_faults_are_found_without_rendering(tmp_path: Path) -> None:
    text = "<footer>\n" + "".join(f"{fault}\n" for fault, _, _ in FAULTS)
    problems = found(mine(tmp_path, **{"templates__partials__foot.html": text}))
    problems.sort(key=lambda problem: problem.line or 0)
    assert len(problems) == len(FAULTS)
    for line, (problem, (fault, code, hint)) in enumerate(zip(problems, FAULTS, strict=True), 2):
        assert (problem.code, problem.line, problem.source) == (code, line, fault)
        assert problem.path == "themes/mine/templates/partials/foot.html"
        assert hint in (problem.hint or "")


@pytest.mark.parametrize(
    "fault", ["{% if %}", "{{ head.title|nosuch }}", "{% extends 'gazete:layout.html' %}"]
)
def test_a_template_that_cannot_be_made_is_found(tmp_path: Path, fault: str) -> None:
    (problem,) = found(mine(tmp_path, **{"templates__partials__foot.html": f"<footer>\n{fault}\n"}))
    code = "template-missing" if "extends" in fault else "template-syntax"
    assert (problem.code, problem.line, problem.source) == (code, 2, fault)


def test_what_is_there_is_no_fault(tmp_path: Path) -> None:
    text = (
        "{% include ['nosuch.html', 'x.html'] ignore missing %}{{ words.skip }}{{ site.title }}"
        "{{ 'favicon.svg'|asset }}{{ words[head.kind] }}{% include site.title %}"
    )
    assert found(mine(tmp_path, **{"templates__partials__foot.html": text})) == []


def test_a_name_that_the_view_does_not_have(tmp_path: Path) -> None:
    page = "{% extends 'layout.html' %}{% block main %}\n{{ articel.title }}{% endblock %}"
    (problem,) = found(mine(tmp_path, **{"templates__article.html": page}))
    assert (problem.code, problem.line) == ("template-undefined", 2)
    assert "article.html is given nothing called “articel”" in problem.message
    assert "article" in (problem.hint or "")
    tested = page.replace("{{ articel.title }}", "{% if articel is defined %}{{ articel }}{% endif %}")
    assert found(mine(tmp_path, **{"templates__article.html": tested})) == []


def test_a_template_that_nothing_uses_is_a_warning(tmp_path: Path) -> None:
    (problem,) = found(mine(tmp_path, **{"templates__artcle.html": "x"}))
    assert (problem.code, problem.severity) == ("template-unused", "warning")
    assert problem.path == "themes/mine/templates/artcle.html"
    assert "article.html" in (problem.hint or "")


def test_the_digests_own_templates_are_checked_too(tmp_path: Path) -> None:
    mine(tmp_path)
    (tmp_path / "templates/partials").mkdir(parents=True)
    (tmp_path / "templates/partials/foot.html").write_text("{{ words.nosuch }}", encoding="utf-8")
    (problem,) = found(tmp_path)
    assert (problem.path, problem.line) == ("templates/partials/foot.html", 1)


def test_a_theme_that_cannot_be_read_at_all(tmp_path: Path) -> None:
    with pytest.raises(ThemeError):
        check(tmp_path, "nosuch")


# ---------------------------------------------------------------- listed and copied


def test_themes_are_listed_with_where_they_come_from(tmp_path: Path) -> None:
    mine(tmp_path)
    (tmp_path / "themes/broken").mkdir()
    (tmp_path / "themes/broken/theme.yaml").write_text("name: [\n", encoding="utf-8")
    themes = {theme.name: theme for theme in library.listed(tmp_path)}
    assert set(SHIPPED) <= set(themes)
    assert (themes["mine"].shipped, themes["mine"].api, themes["mine"].extends) == (False, 1, "gazette")
    assert themes["briefing"].shipped and "numbers first" in themes["briefing"].description
    assert themes["broken"].api is None


@pytest.mark.parametrize("whole", [False, True])
def test_a_copy_looks_the_same(tmp_path: Path, whole: bool) -> None:
    made = library.copy(tmp_path, "briefing", "themes/mine", whole=whole)
    assert "themes/mine/theme.yaml" in made
    assert ("themes/mine/templates/partials/card.html" in made) is whole
    assert (len(made) == 1) is not whole
    assert sorted(made) == sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )
    article: Page = pages()["article"]
    copied = render(article, load(tmp_path, "mine")).data.decode()
    first = render(article, load(tmp_path, "briefing")).data.decode()
    assert copied.replace("/mine.", "/briefing.") == first
    assert found(tmp_path) == []


@pytest.mark.parametrize("to", ["../mine", "mine", "themes/a/b", "/themes/mine", "themes/..", "themes/a b"])
def test_a_copy_goes_where_a_theme_can_stand(tmp_path: Path, to: str) -> None:
    with pytest.raises(UsageError) as caught:
        library.copy(tmp_path, "gazette", to)
    assert caught.value.problems[0].code == "theme-place"
    assert list(tmp_path.iterdir()) == []


def test_a_copy_replaces_nothing(tmp_path: Path) -> None:
    mine(tmp_path)
    for taken in ("themes/mine", "themes/gazette"):
        with pytest.raises(UsageError) as caught:
            library.copy(tmp_path, "gazette", taken)
        assert caught.value.problems[0].code == "theme-taken"
    with pytest.raises(ThemeError):
        library.copy(tmp_path, "nosuch", "themes/other")
    assert "other" not in available(tmp_path)
    assert not (tmp_path / "themes/other").exists()
