"""The command line, used as an editor would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from sitegen.cli.program import COMMANDS
from tests.conftest import NOW, MakeDigest, Run, article, tree_of

SEED = """Harbour pilots ask for younger knees

By Ines Harcastle

Share on Facebook

The pilots of the Tarn channel want a ladder with fewer rungs, and they want it by spring.

“Nobody climbs a ship at four for the view. We do it because somebody has to,” said Tor Ravn of the guild.

Licences rose to 71 in 2026, up 4% from the year before.

Please enter your comment!
"""


SOURCED = f"---\nsource: The Tideway Review\n---\n{SEED}"


def article_in(root: Path) -> Path:
    (path,) = (root / "content" / "articles").rglob("*.md")
    return path


# ---------------------------------------------------------------- from a seed to a site


def test_a_seed_becomes_a_site_and_a_second_build_writes_nothing(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"seeds/pilots.txt": SOURCED})
    first = run("build", "-C", root, "--now", NOW)
    assert (first.code, first.err) == (0, "")
    page = next((root / "public/articles").rglob("index.html")).read_text()
    assert "Harbour pilots ask for younger knees" in page
    assert "Tor Ravn" in page
    assert "enter your comment" not in page

    before = {path: path.stat().st_mtime_ns for path in (root / "public").rglob("*")}
    second = run("build", "-C", root, "--now", NOW)
    assert second.code == 0
    assert "nothing written" in second.out
    assert {path: path.stat().st_mtime_ns for path in (root / "public").rglob("*")} == before
    report = json.loads(run("build", "-C", root, "--now", NOW, "--json").out)
    assert (report["written"], report["removed"], report["converted"]) == ([], [], [])


def test_the_real_seed(tmp_path: Path, run: Run, shared: Path) -> None:
    (seed,) = (shared / "seeds").glob("*.txt")
    assert run("init", tmp_path / "d").code == 0
    shutil.copy(seed, tmp_path / "d/seeds/")
    assert run("build", "-C", tmp_path / "d", "--now", NOW).code == 0
    (path,) = (tmp_path / "d/public/articles").rglob("index.html")
    page = path.read_text()
    lines = [line.strip() for line in seed.read_text().splitlines() if line.strip()]
    shown = " ".join(re.sub(r"<[^>]+>", " ", page).replace("’", "'").split())
    assert f"<h1>{lines[0]}</h1>".replace("’", "'") in page.replace("’", "'")
    standfirst = re.search(r'<p class="standfirst">(.*?)</p>', page, re.DOTALL)
    assert standfirst is not None
    assert standfirst.group(1).replace("’", "'").replace("&#39;", "'") == lines[1].replace("’", "'")
    callouts = re.findall(r'<figure class="quote\b.*?</figure>', page, re.DOTALL)
    assert len(callouts) >= 2
    assert all("<b>Ren Zhengfei</b>" in callout for callout in callouts)
    (box,) = re.findall(r'<section class="figures\b.*?</section>', page, re.DOTALL)
    assert '<data value="671300000000">' in box
    said = " ".join(re.sub(r"<[^>]+>", " ", box).split())
    assert "671.3bn" in said
    assert "yuan" in said
    assert "$98.57bn" in said
    assert "up 9.9%" in said
    assert "Please enter your" not in shown
    again = run("build", "-C", tmp_path / "d", "--now", NOW)
    assert "nothing written" in again.out


def test_the_same_inputs_give_the_same_bytes_in_any_folder(
    tmp_path: Path, make_digest: MakeDigest, run: Run
) -> None:
    tree = {
        "seeds/pilots.txt": SEED,
        "content/articles/a.md": article("a", topics="[ports]", people="[Tor Ravn]"),
    }
    root = make_digest(tree)
    other = tmp_path / "else where" / "other"
    shutil.copytree(root, other)
    for folder in (root, other):
        assert run("build", "-C", folder, "--now", NOW).code == 0
    assert tree_of(root / "public") == tree_of(other / "public")
    assert str(tmp_path).encode() not in b"".join(tree_of(root / "public").values())
    shutil.rmtree(other / "public")
    shutil.rmtree(other / ".sitegen")
    assert run("build", "-C", other, "--now", NOW).code == 0
    assert tree_of(root / "public") == tree_of(other / "public")


def test_no_command_touches_an_editor_s_file(make_digest: MakeDigest, run: Run) -> None:
    odd = article("a").replace("\n", "\r\n").replace("title: ", "title:    ") + "  trailing   \n\n\n"
    root = make_digest(
        {
            "content/articles/a.md": odd,
            "seeds/pilots.txt": SOURCED,
            "data/people.yaml": "people: []  # none\n",
        }
    )
    run("convert", "-C", root)
    edited = article_in_year(root)
    edited.write_text(edited.read_text().replace("younger knees", "better ladders"))
    given = tree_of(root)
    for command in (
        ["convert"],
        ["build"],
        ["build", "--strict"],
        ["list"],
        ["config"],
        ["new", "Another"],
        ["build", "--drafts"],
    ):
        assert run(*command, "-C", root, *(["--now", NOW] if command[0] == "build" else [])).code == 0
        after = tree_of(root)
        assert {name: after.get(name) for name in given} == given, command


def article_in_year(root: Path) -> Path:
    (path,) = (root / "content/articles/2026").glob("*.md")
    return path


def test_an_article_that_the_editor_deleted_does_not_come_back(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"seeds/pilots.txt": SEED})
    run("build", "-C", root, "--now", NOW)
    article_in(root).unlink()
    result = run("build", "-C", root, "--now", NOW)
    assert result.code == 0
    assert not list((root / "content/articles").rglob("*.md"))
    assert (
        not list((root / "public/articles").rglob("*.html")) if (root / "public/articles").exists() else True
    )


def test_in_ci_seeds_are_converted_for_this_build_only(
    make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    root = make_digest({"seeds/pilots.txt": SEED})
    result = run("build", "-C", root, "--now", NOW)
    assert result.code == 0
    assert "warning" in result.err
    assert not (root / "content").exists()
    assert list((root / "public/articles").rglob("index.html"))
    assert run("build", "-C", root, "--now", NOW, "--strict").code == 1


# ---------------------------------------------------------------- one at a time


def test_a_second_build_names_the_holder_of_the_lock(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({})
    holder = f"""
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from sitegen import output
with output.lock(Path({str(root)!r}), command="build", since=datetime(2026, 11, 22, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""
    child = subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    try:
        assert child.stdout.readline().strip() == "held"
        result = run("build", "-C", root)
        assert result.code == 75
        assert str(child.pid) in result.err
    finally:
        child.communicate("")
    assert run("build", "-C", root).code == 0


# ---------------------------------------------------------------- the other commands


def leaves() -> list[str]:
    """Every command that does something: `build`, `theme list`."""
    commands = {name: import_module(f"sitegen.cli.{name}").command for name in COMMANDS}
    groups = {
        name: list(it.commands) if isinstance(it, click.Group) else [""] for name, it in commands.items()
    }
    return [f"{name} {child}".strip() for name, children in groups.items() for child in children]


@pytest.mark.parametrize("name", leaves())
def test_every_command_has_json_and_help_with_an_example(name: str, run: Run) -> None:
    result = run(*name.split(), "--help")
    assert result.code == 0
    assert "--json" in result.out
    assert re.search(rf"Example:\n\s+sitegen {name}\b", result.out)


def test_the_list_of_commands(run: Run) -> None:
    result = run("--help")
    assert result.code == 0
    assert all(f"  {name} " in result.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["lst"], "did you mean “list”?"),
        (["build", "--foo"], "--foo"),
        (["build", "-C", "nowhere"], "there is no folder nowhere"),
        (["build", "--now", "soon"], "write it like 2026-11-22T06:17:00Z"),
        (["build", "--url", "nowhere"], "https://example.org/digest/"),
        (["explain"], "Missing argument"),
    ],
)
def test_misuse_ends_with_2_and_says_what_to_do(
    args: list[str], said: str, make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_digest({}))
    result = run(*args)
    assert result.code == 2
    assert said in result.err
    answer = run(*args, "--json")
    assert answer.code == 2
    assert json.loads(answer.out)["ok"] is False


def test_outside_a_digest(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert result.code == 2
    assert "sitegen init ." in result.err


def test_the_digest_is_found_from_below(
    make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_digest({"content/articles/a.md": article("a")})
    monkeypatch.chdir(root / "content/articles")
    assert run("build", "--now", NOW).code == 0
    assert (root / "public/index.html").is_file()


def test_list_says_what_the_clock_will_change(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a"),
            "content/articles/b.md": article("b", date="2026-12-04T08:00:00Z"),
        }
    )
    everything = json.loads(run("list", "-C", root, "--now", NOW, "--json").out)
    assert [(a["id"], a["state"]) for a in everything["articles"]] == [
        ("id-b", "scheduled"),
        ("id-a", "published"),
    ]
    scheduled = json.loads(run("list", "-C", root, "--now", NOW, "--scheduled", "--json").out)
    assert [a["id"] for a in scheduled["articles"]] == ["id-b"]
    assert scheduled["next_change"] == "2026-12-04T08:00:00+00:00"
    assert scheduled["articles"][0]["next_change"] == "2026-12-04T08:00:00+00:00"
    assert scheduled["next_change_local"] == "2026-12-04T08:00:00+00:00"
    assert "next changes by the clock at 2026-12-04" in run("list", "-C", root, "--now", NOW).out
    later = run("list", "-C", root, "--now", "2026-12-05", "--scheduled").out
    assert "0 articles." in later and "The clock changes nothing" in later


def test_config_says_where_values_come_from(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({})
    assert "The Test Wire  # sitegen.yaml:1" in run("config", "-C", root).out
    answer = json.loads(run("config", "-C", root, "--json").out)
    assert answer["config"]["theme"] == {"value": "gazette", "from": "default"}


def test_new_begins_a_draft_that_builds(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({})
    path = json.loads(run("new", "What the night ferry is for", "-C", root, "--now", NOW, "--json").out)[
        "path"
    ]
    assert path == "content/articles/2026/what-the-night-ferry-is-for.md"
    before = (root / path).read_bytes()
    again = run("new", "What the night ferry is for", "-C", root)
    assert (again.code, (root / path).read_bytes()) == (2, before)
    run("build", "-C", root, "--now", NOW)
    assert not (root / "public/articles").exists()
    run("build", "-C", root, "--now", NOW, "--drafts")
    assert (root / "public/articles/what-the-night-ferry-is-for/index.html").is_file()


def test_a_dry_run_makes_nothing(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"seeds/pilots.txt": SEED})
    before = tree_of(root)
    result = run("convert", "-C", root, "--dry-run", "--now", NOW)
    assert "harbour-pilots-ask-for-younger-knees.md" in result.out
    assert tree_of(root) == before
    assert len(json.loads(run("convert", "-C", root, "--now", NOW, "--json").out)["created"]) == 1


def test_explain_gives_one_object_a_line(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"seeds/a.txt": SEED, "seeds/b.txt": SEED.replace("Tarn", "Velm")})
    lines = run("explain", "--json", root / "seeds").out.splitlines()
    assert len(lines) == 2
    seen = json.loads(lines[0])
    assert seen["text"] == SEED
    assert {
        "seed",
        "text",
        "title",
        "standfirst",
        "byline",
        "date",
        "blocks",
        "removed",
        "quotes",
        "figures",
    } <= set(seen)
    for block in seen["blocks"]:
        assert {"start", "end", "label", "reason"} <= set(block)
    (quote,) = seen["quotes"]
    assert SEED[quote["start"] : quote["end"]].strip("“”,") == quote["text"].strip("“”,")
    assert (quote["speaker"], quote["kind"]) == ("Tor Ravn", "direct")
    (root / "seeds/none").mkdir()
    assert run("explain", root / "seeds/none").out == "There is no seed here.\n"
    text = run("explain", root / "seeds/a.txt").out
    assert "Tor Ravn" in text
    assert "Please enter your comment!" in text


def test_explain_of_what_is_no_text(tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.txt").write_bytes(b"\x00\x01\x02" * 100)
    result = run("explain", tmp_path / "x.txt")
    assert result.code == 1
    assert "Traceback" not in result.err


def test_rollback_brings_the_site_before_back(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"content/articles/a.md": article("a")})
    run("build", "-C", root, "--now", NOW)
    before = tree_of(root / "public")
    (root / "content/articles/a.md").write_text(article("a", title="Another title"))
    run("build", "-C", root, "--now", NOW)
    assert tree_of(root / "public") != before
    assert run("rollback", "-C", root).code == 0
    assert tree_of(root / "public") == before


def test_a_fault_of_ours_is_said_in_a_line(
    make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen import content

    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(content, "load", broken)
    result = run("build", "-C", make_digest({}))
    assert result.code == 70
    assert "this is a fault in sitegen" in result.err
    assert "Traceback" not in result.err


def test_python_m_sitegen_is_the_same_program(tmp_path: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "lst"], capture_output=True, cwd=tmp_path, env=env, check=False
    )
    assert done.returncode == 2
    assert "did you mean “list”?" in done.stderr.decode()


def test_rights_of_converted_articles_follow_the_config(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"seeds/pilots.txt": SOURCED})
    run("build", "-C", root, "--now", NOW)
    page = next((root / "public/articles").rglob("index.html"))
    assert "a ladder with fewer rungs" in page.read_text()
    (root / "sitegen.yaml").write_text("title: The Wire\nsources: {The Tideway Review: {rights: link}}\n")
    run("build", "-C", root, "--now", NOW)
    assert "a ladder with fewer rungs" not in page.read_text()


def test_a_second_story_under_one_headline_is_converted(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"seeds/one.txt": SOURCED})
    run("convert", "-C", root)
    path = article_in(root)
    path.write_text(path.read_text().replace(f"slug: {path.stem}", "slug: changed"))
    (root / "seeds/two.txt").write_text(SOURCED.replace("71 in 2026", "72 in 2026"))
    assert len(json.loads(run("convert", "-C", root, "--json").out)["created"]) == 1
