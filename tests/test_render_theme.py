"""Themes: found, inherited, overridden, refused; and faults in templates with the line they stand on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from sitegen.errors import Problem, ThemeError
from sitegen.model import Page
from sitegen.render import available, load, render
from sitegen.views import Kind, Kinds, MissingView, Order
from tests.conftest import write_tree
from tests.render_fixtures import SITE, head

ROOT = Path(__file__).resolve().parents[1]
# Where words of the interface are asked for in Python, and how.
SPEAKERS = (*ROOT.glob("sitegen/pages/*.py"), *ROOT.glob("sitegen/scaffold/*.py"))
SAYS = re.compile(r'(?:say\(|say\[|words\[)"(\w+)"')
PLAIN = "name: mine\napi: 1\nextends: base\n"


def digest(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def mine(root: Path, **templates: str) -> Path:
    """A digest with a theme of its own, "mine", on base; keys are template names without their ending."""
    files = {f"themes/mine/templates/{name}.html": text for name, text in templates.items()}
    return digest(root, {"themes/mine/theme.yaml": PLAIN, **files})


def page(template: str = "missing.html", title: str = "Nothing here") -> Page:
    view = MissingView(SITE, head("missing", "/404.html", title), ())
    return Page("/404.html", template, view)


def text(root: Path, theme: str = "mine", template: str = "missing.html") -> str:
    return render(page(template), load(root, theme, "en")).data.decode()


def fault(root: Path, theme: str = "mine") -> Problem:
    """What is wrong with a theme, found while loading it or while rendering a page with it."""
    with pytest.raises(ThemeError) as caught:
        text(root, theme)
    assert caught.value.exit_code == 2
    return caught.value.problems[0]


# ---------------------------------------------------------------- finding and inheriting


@pytest.mark.parametrize("name", ["gazette", "briefing"])
def test_the_shipped_themes_are_there(tmp_path: Path, name: str) -> None:
    assert {"base", name} <= set(available(tmp_path))
    theme = load(tmp_path, name, "en-GB")
    assert theme.chain == (name, "base")
    assert theme.stylesheet.startswith(f"/assets/{name}.") and theme.stylesheet.endswith(".css")


def test_a_site_theme_stands_before_a_shipped_one(tmp_path: Path) -> None:
    digest(tmp_path, {"themes/gazette/theme.yaml": "name: gazette\napi: 1\nextends: base\n"})
    assert load(tmp_path, "gazette").digest != load(tmp_path / "elsewhere", "gazette").digest


def test_a_child_replaces_one_partial_and_keeps_the_rest(tmp_path: Path) -> None:
    made = text(mine(tmp_path, **{"partials/foot": "<footer>Mine.</footer>"}))
    assert "<footer>Mine.</footer>" in made and 'class="masthead"' in made and "foot-name" not in made


def test_a_child_extends_the_template_it_replaces(tmp_path: Path) -> None:
    more = "{% extends 'base:missing.html' %}{% block main %}<p>Before.</p>{{ super() }}{% endblock %}"
    made = text(mine(tmp_path, missing=more))
    assert "<p>Before.</p>" in made and "<h1>Nothing here</h1>" in made


def test_a_sites_own_templates_stand_before_the_theme(tmp_path: Path) -> None:
    mine(tmp_path, **{"partials/foot": "<footer>Theme.</footer>"})
    digest(
        tmp_path,
        {"templates/partials/foot.html": "<footer>Site.</footer>{% include 'mine:partials/foot.html' %}"},
    )
    assert "<footer>Site.</footer><footer>Theme.</footer>" in text(tmp_path)


def test_assets_are_inherited_replaced_and_joined(tmp_path: Path) -> None:
    mine(tmp_path)
    digest(
        tmp_path,
        {
            "themes/mine/assets/mine.css": "/* mine */\n.mine { background: url('dot.svg') }\n",
            "themes/mine/assets/dot.svg": "<svg/>",
            "themes/mine/assets/favicon.svg": "<svg>mine</svg>",
        },
    )
    theme = load(tmp_path, "mine")
    css = theme.assets[theme.stylesheet.removeprefix("/")].decode()
    dot = next(path for path in theme.assets if path.startswith("assets/dot."))
    assert css.index("--paper") < css.index(".mine{"), "the parent's rules come first"
    assert f'url("{dot.removeprefix("assets/")}")' in css
    assert "/*" not in css
    assert b"<svg>mine</svg>" in theme.assets.values()


def test_words_of_another_language_need_only_what_differs(tmp_path: Path) -> None:
    mine(tmp_path)
    digest(tmp_path, {"themes/mine/words/pt.yaml": 'thousands: "."\nsay: {skip: Saltar para o texto}\n'})
    theme = load(tmp_path, "mine", "pt-PT")
    assert theme.words.say["skip"] == "Saltar para o texto"
    assert theme.words.thousands == "."
    assert theme.words.say["main"] == "Main"
    assert "Saltar para o texto" in render(page(), theme).data.decode()


@pytest.mark.parametrize("name", ["gazette", "briefing"])
def test_templates_and_words_agree(name: str) -> None:
    theme = load(Path(__file__).parent / "nowhere", name)
    said = {word for source in theme.templates.values() for word in re.findall(r"words\.(\w+)", source.text)}
    said |= {"excerpt", "summary", "link"}  # by article.rights
    said |= {"largest", "rise", "fall"}  # by the title of an edge
    said |= {"picture"}
    said |= {f"{what}_{order}" for order in get_args(Order) for what in ("by", "caption")}
    said |= {word for path in SPEAKERS for word in SAYS.findall(path.read_text(encoding="utf-8"))}
    assert said == set(theme.words.say)


# ---------------------------------------------------------------- the digest of a theme


def test_the_digest_follows_every_file_and_nothing_else(tmp_path: Path) -> None:
    mine(tmp_path / "a", x="one")
    mine(tmp_path / "b", x="one")
    first, same = load(tmp_path / "a", "mine"), load(tmp_path / "b", "mine")
    assert first.digest == same.digest
    assert first.digest != load(tmp_path / "a", "mine", "pt").digest
    for name in ("themes/mine/templates/x.html", "themes/mine/assets/x.css", "templates/x.html"):
        before = load(tmp_path / "b", "mine").digest
        digest(tmp_path / "b", {name: "two"})
        assert load(tmp_path / "b", "mine").digest != before


def test_hidden_files_and_backups_are_no_part_of_a_theme(tmp_path: Path) -> None:
    before = load(mine(tmp_path), "mine").digest
    digest(tmp_path, {"themes/mine/templates/.x.html.swp": "x", "themes/mine/templates/x.html~": "x"})
    assert load(tmp_path, "mine").digest == before


def test_a_theme_says_which_kinds_of_page_it_has_and_a_child_inherits_it(tmp_path: Path) -> None:
    assert load(tmp_path, "gazette").kinds == Kinds()
    digest(
        tmp_path,
        {
            "themes/short/theme.yaml": PLAIN.replace("mine", "short")
            + "pages: [home, article, topic, topics]\nwhole: [topic]\n",
            "themes/child/theme.yaml": "name: child\napi: 1\nextends: short\nwhole: []\n",
        },
    )
    made = frozenset[Kind](("home", "article", "topic", "topics"))
    assert load(tmp_path, "short").kinds == Kinds(made, frozenset[Kind](("topic",)))
    assert load(tmp_path, "child").kinds == Kinds(made)


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("manifest", "code", "line", "said"),
    [
        ("name: mine\napi: 2\n", "theme-too-new", 2, "upgrade sitegen"),
        ("name: mine\napi: 0\n", "theme-too-old", 2, "docs/themes.md"),
        ("name: mine\napi: one\n", "key-type", 2, "whole number"),
        ("name: mine\napi: 1.0\n", "key-type", 2, "whole number"),
        ("name: mine\n", "key-missing", 1, "api"),
        ("name: mine\napi: 1\nextend: base\n", "key-unknown", 3, "extends"),
        ("name: mine\napi: 1\npages: [home, artikel]\n", "key-type", 3, "article"),
        ("name: mine\napi: 1\nwhole: topic\n", "key-type", 3, "a list"),
        ("name: mine\napi: 1\npages: [home]\n", "theme-pages", 3, "article"),
        ("name: mine\napi: 1\npages: [home, article, people]\n", "theme-pages", 3, "person"),
        ("name: yours\napi: 1\n", "theme-name", 1, "name: mine"),
        ("name: mine\napi: 1\nextends: bas\n", "theme-missing", None, "base"),
        ("name: mine\napi: 1\nextends: mine\n", "theme-circle", None, "mine → mine"),
        ("name: mine\napi: 1\nextends: ../x\n", "theme-missing", None, "themes here"),
        ("name: &a mine\napi: 1\n", "yaml-alias", 1, "not allowed"),
        ("- mine\n", "key-type", 1, "mapping"),
    ],
)
def test_a_wrong_theme_yaml_says_where_and_what_to_do(
    tmp_path: Path, manifest: str, code: str, line: int | None, said: str
) -> None:
    problem = fault(digest(tmp_path, {"themes/mine/theme.yaml": manifest}))
    assert problem.code == code
    assert problem.path == "themes/mine/theme.yaml"
    assert problem.line == line
    assert said in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize("name", ["gazete", "", "../gazette", "/etc", "themes/gazette"])
def test_a_theme_that_is_not_there(tmp_path: Path, name: str) -> None:
    problem = fault(tmp_path, name)
    assert problem.code == "theme-missing"
    assert "gazette" in (problem.hint or "")


def test_a_wrong_words_file_says_where(tmp_path: Path) -> None:
    mine(tmp_path)
    digest(tmp_path, {"themes/mine/words/en.yaml": "say: {skip: Skip}\nmonth: [January]\n"})
    problem = fault(tmp_path)
    assert (problem.path, problem.line, problem.code) == ("themes/mine/words/en.yaml", 2, "key-unknown")


@pytest.mark.parametrize(
    "where", ["themes/mine/templates/x.html", "themes/mine/assets/x.svg", "templates/x.html"]
)
def test_no_link_out_of_the_digest(tmp_path: Path, where: str) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("secret", encoding="utf-8")
    root = mine(tmp_path / "site", x="")
    link = root / where
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(outside)
    problem = fault(root)
    assert (problem.code, problem.path) == ("theme-link", where)


def test_no_folder_that_is_a_link(tmp_path: Path) -> None:
    root = mine(tmp_path / "site")
    (tmp_path / "elsewhere").mkdir()
    (root / "themes/mine/templates").mkdir()
    (root / "themes/mine/templates/more").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert fault(root).code == "theme-link"
    (tmp_path / "other").mkdir()
    (tmp_path / "other/themes").symlink_to(root / "themes", target_is_directory=True)
    assert fault(tmp_path / "other").code == "theme-link"


def test_a_link_within_the_digest_is_followed(tmp_path: Path) -> None:
    root = mine(tmp_path, **{"partials/foot": "<footer>Linked.</footer>"})
    foot = root / "themes/mine/templates/partials/foot.html"
    foot.rename(root / "foot.html")
    foot.symlink_to(root / "foot.html")
    assert "<footer>Linked.</footer>" in text(root)


# ---------------------------------------------------------------- faults in templates


def test_an_undefined_name_points_at_template_and_line(tmp_path: Path) -> None:
    root = mine(tmp_path, **{"partials/foot": "<footer>\n  {{ site.titel }}\n</footer>\n"})
    problem = fault(root)
    assert problem.code == "template-undefined"
    assert (problem.path, problem.line) == ("themes/mine/templates/partials/foot.html", 2)
    assert problem.source == "  {{ site.titel }}"
    assert "titel" in problem.message


@pytest.mark.parametrize(
    ("template", "code", "line"),
    [
        ("\n{% if %}\n", "template-syntax", 2),
        ("\n\n{{ title | nosuch }}", "template-syntax", 3),
        ("{% block x %}", "template-syntax", 1),
        ("\n{% include 'partials/fot.html' %}", "template-missing", 2),
        ("\n{{ 'x.svg' | asset }}", "template-undefined", 2),
        ("\n{{ 1 / 0 }}", "template-error", 2),
        ("\n{{ words.nosuch }}", "template-undefined", 2),
        ("\n{% for x in head.nosuch %}{% endfor %}", "template-undefined", 2),
        ("{% include 'partials/foot.html' %}", "template-recursion", 1),
        ("\n{{ head.title | safe }}", "template-syntax", 2),
        ("\n{% autoescape false %}{% endautoescape %}", "template-syntax", 2),
    ],
)
def test_every_fault_of_a_template_has_a_place(tmp_path: Path, template: str, code: str, line: int) -> None:
    problem = fault(mine(tmp_path, **{"partials/foot": template}))
    assert (problem.code, problem.line) == (code, line)
    assert problem.path == "themes/mine/templates/partials/foot.html"
    assert problem.source == template.splitlines()[line - 1]


def test_a_page_whose_template_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ThemeError) as caught:
        text(mine(tmp_path), template="mising.html")
    problem = caught.value.problems[0]
    assert problem.code == "template-missing" and "missing.html" in (problem.hint or "")


def test_a_template_that_is_not_utf_8(tmp_path: Path) -> None:
    root = mine(tmp_path)
    (root / "themes/mine/templates").mkdir()
    (root / "themes/mine/templates/x.html").write_bytes(b"caf\xe9")
    assert fault(root).code == "theme-encoding"


def test_a_fault_in_a_shipped_template_names_it(tmp_path: Path) -> None:
    root = mine(
        tmp_path,
        missing="{% extends 'layout.html' %}{% block main %}{% include 'partials/card.html' %}{% endblock %}",
    )
    problem = fault(root)
    assert problem.path == "sitegen/themes/base/templates/partials/card.html"
    assert "card" in problem.message


def test_what_no_template_of_an_article_asks_for_is_not_looked_for(tmp_path: Path) -> None:
    def shown(**files: str) -> frozenset[str]:
        write_tree(tmp_path, {"themes/spare/theme.yaml": "name: spare\napi: 1\nextends: base\n"})
        write_tree(tmp_path, {f"themes/spare/templates/{name}.html": text for name, text in files.items()})
        return frozenset(load(tmp_path, "spare").kinds.shown)

    assert load(tmp_path, "gazette").kinds.shown == Kinds().shown == {"related", "voices"}
    bare = "{% extends 'bare.html' %}{% block main %}{% include 'more.html' %}{% endblock %}"
    assert shown(article=bare, bare="{% block main %}{% endblock %}", more="") == set()
    assert shown(more="{% for one in related %}{{ one.title }}{% endfor %}") == {"related"}
    for used in (
        "name ~ '.html'",
        "'mo' ~ name",
        "'mo%s' % name",
        "'{}'.format(name)",
        "['more.html']",
        "'x'|lower",
    ):
        assert shown(more=f"{{% set name = 're.html' %}}{{% include {used} %}}") == Kinds().shown, used
    for used in ("'bare.html' ignore missing", "'bare.html' without context"):
        assert shown(more=f"{{%- include {used} -%}}") == set(), used
