"""`sitegen theme`, used as the author of a theme would."""

from __future__ import annotations

import json

from tests.conftest import NOW, MakeDigest, Run, article


def test_list_names_every_theme_and_marks_the_one_in_use(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({})
    said = run("theme", "list", "-C", root)
    assert said.code == 0
    assert [line[:2] for line in said.out.splitlines() if "gazette" in line.split()[:2]] == ["* "]
    themes = json.loads(run("theme", "list", "-C", root, "--json").out)
    assert themes["theme"] == "gazette"
    assert {"base", "briefing", "gazette"} <= {theme["name"] for theme in themes["themes"]}


def test_a_copy_can_be_built_with(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"content/articles/a.md": article("a")})
    made = run("theme", "copy", "briefing", "-C", root)
    assert (made.code, made.err) == (0, "")
    assert "themes/my-briefing/theme.yaml" in made.out
    assert "theme: my-briefing" in made.out
    settings = root / "sitegen.yaml"
    settings.write_text(f"{settings.read_text()}theme: my-briefing\n")
    assert run("theme", "check", "-C", root).code == 0
    assert run("build", "-C", root, "--now", NOW).code == 0
    assert list((root / "public/assets").glob("my-briefing.*.css"))
    again = run("theme", "copy", "briefing", "-C", root, "--json")
    assert again.code == 2
    assert json.loads(again.out)["problems"][0]["code"] == "theme-taken"


def test_check_says_what_is_wrong_and_fails(make_digest: MakeDigest, run: Run) -> None:
    manifest = "name: mine\napi: 1\nextends: gazette\n"
    root = make_digest(
        {
            "themes/mine/theme.yaml": manifest,
            "themes/mine/templates/partials/foot.html": "{{ words.nosuch }}",
            "themes/mine/templates/spare.html": "",
        }
    )
    said = run("theme", "check", "mine", "-C", root)
    assert said.code == 1
    assert "themes/mine/templates/partials/foot.html:1: error" in said.err
    report = json.loads(run("theme", "check", "mine", "-C", root, "--json").out)
    assert report["ok"] is False
    assert {p["code"] for p in report["problems"]} == {"template-undefined", "template-unused"}
    assert all(pair["enough"] for pair in report["contrasts"])
    (root / "themes/mine/templates/partials/foot.html").unlink()
    assert run("theme", "check", "mine", "-C", root).code == 0
    assert run("theme", "check", "mine", "--strict", "-C", root).code == 1
    assert run("theme", "check", "gazette", "-C", root).code == 0
    assert run("theme", "check", "nosuch", "-C", root).code == 2
