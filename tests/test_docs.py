"""The documentation is true: what it shows runs, and what is made of the program is up to date.

Every block of `sh` in README.md and docs/ is run in a scratch digest, one after the other; a reference page
begins a new digest for every command. A block that cannot be run says so, with the reason, in a comment
above it: `<!-- not run: … -->`.
"""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

from sitegen import config, model
from sitegen.cli.program import COMMANDS, program
from tests.conftest import NOW, Run, article, write_tree

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"^(?:<!-- not run: (?P<why>[^\n]+) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
MADE = "<!-- Made by scripts/docs"
PROGRAMS = ("sitegen ", "scripts/", "pip ", "npm ", "git ")
SEED = """---
source: Marrowick Courier
---
{}

The toll of Marrowick rises by 4% in spring, the harbour office said.

“Nobody climbs a ship at four for the view,” said Tor Ravn of the guild.
"""
EDITION = """---
number: 148
title: A quieter kind of harbour
date: 2026-11-20
top: 010f33439894
---
Good morning.
"""
NAMED = "seeds/2026-11-18-northern-quay.txt"


def reference() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "reference.py"))


@pytest.mark.parametrize("page", ["commands.md", "configuration.md"])
def test_the_reference_is_up_to_date(page: str) -> None:
    made = reference()["PAGES"][page]()
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == made, "run scripts/docs"


def test_every_key_of_the_configuration_is_described() -> None:
    described = reference()["described"]
    kinds = [kind for name, kind in vars(config).items() if name.endswith(("Config", "SourceFeed"))]
    missing = [
        (kind.__name__, f.name) for kind in kinds for f in fields(kind) if f.name not in described(kind)
    ]
    assert missing == []


def test_every_key_of_an_article_is_described() -> None:
    guide = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    keys = [f.name for f in fields(model.Article) if f.metadata.get("key", f.name)]
    assert [key for key in keys if f"`{key}`" not in guide] == []


# ---------------------------------------------------------------- blocks


def blocks(text: str) -> Iterator[str]:
    """The blocks of shell that can be run."""
    return (found["text"] for found in BLOCK.finditer(text) if found["kind"] == "sh" and not found["why"])


def parts(page: Path) -> list[str]:
    """What is run in one digest: a page; of a reference, a section."""
    text = page.read_text(encoding="utf-8")
    return re.split(r"(?m)^(?=## )", text) if MADE in text else [text]


SECTIONS = [(page.name, n, text) for page in PAGES for n, text in enumerate(parts(page)) if any(blocks(text))]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest that was published twice, so that there is one to go back to."""
    from sitegen.cli import main

    home = tmp_path_factory.mktemp("home")
    root = home / "digest"
    tree = {
        "sitegen.yaml": "title: The Test Wire\nurl: https://wire.example/\n",
        "seeds/harbour.txt": SEED.format("Marrowick raises its toll"),
        NAMED: SEED.format("Marrowick switches off its ships"),
        "content/articles/a.md": article("a", id="010f33439894", topics="[ports]"),
        "content/articles/d.md": article("d", status="draft"),
        "content/editions/148.md": EDITION,
        "themes/mine/theme.yaml": "name: mine\napi: 1\nextends: gazette\n",
    }
    write_tree(root, tree)
    write_tree(home, {"Downloads/quay.txt": SEED.format("A quay"), "article.txt": SEED.format("A pilot")})
    for _ in range(2):
        with pytest.MonkeyPatch.context() as desk, pytest.raises(SystemExit) as ended:
            desk.delenv("CI", raising=False)  # there, new seeds would be converted for one build only
            main(["build", "-C", str(root), "--now", NOW, "--json"])
        assert not ended.value.code
        write_tree(root, {"content/articles/b.md": article("b", topics="[ports]")})
    return home


@pytest.mark.parametrize(("page", "number", "text"), SECTIONS, ids=[f"{p}-{n}" for p, n, _ in SECTIONS])
def test_what_the_documentation_shows_runs(
    page: str, number: int, text: str, built: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    subprocess.run(["cp", "-a", str(built), str(home)], check=True)
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin" / "sitegen"
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -m sitegen "$@"\n')
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home / "digest")
    for block in blocks(text):
        for line in block.replace("\\\n", " ").splitlines():
            for command in re.split(r"\s+&&\s+", line):
                carry_out(command, run, monkeypatch)


def carry_out(command: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One command: ours in this process, which is quicker; what needs a shell by a shell."""
    words = [os.path.expanduser(word) for word in shlex.split(command, comments=True)]  # noqa: PTH111
    if not words:
        return
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
        return
    if words[0] == "sitegen" and not set(words) & {"|", ">", "<"}:
        result = run(*words[1:])
        code, said = result.code, result.out + result.err
    else:
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        code, said = done.returncode, done.stdout + done.stderr
    assert code == 0 or (code == 1 and "--strict" in words), f"{command}\n{said}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_stand_in_blocks_that_are_run(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    inside = [found["text"] for found in BLOCK.finditer(text) if found["kind"] != "sh"]
    indented = re.findall(r"(?m)^    (\S.*)$", BLOCK.sub("", text))
    lines = [*indented, *(line for block in inside for line in block.splitlines())]
    assert [line for line in lines if line.startswith(PROGRAMS)] == [], "write a block of ```sh"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_text_exist_with_their_options(page: Path) -> None:
    for shown in re.findall(r"`sitegen ([^`]+)`", page.read_text(encoding="utf-8")):
        words = shown.replace("…", "").split()
        command: click.Command = program
        while words and isinstance(command, click.Group) and re.fullmatch(r"[a-z]+", words[0]):
            assert words[0] in command.list_commands(click.Context(command)), shown
            found = command.get_command(click.Context(command), words.pop(0))
            assert found is not None
            command = found
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
        assert {word.split("=")[0] for word in words if word.startswith("-") and word != "-"} <= known, shown


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`sitegen {name}" not in readme] == []


# ---------------------------------------------------------------- shell completion


def test_completion_knows_commands_without_loading_them(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("sitegen.cli.")]:
        if name.rsplit(".", 1)[1] in COMMANDS:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setenv("_SITEGEN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "sitegen c")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert run().out.split() == ["plain,convert", "plain,check", "plain,config"]
    assert [name for name in COMMANDS if f"sitegen.cli.{name}" in sys.modules] == []
    monkeypatch.setenv("COMP_WORDS", "sitegen build --str")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert run().out.split() == ["plain,--strict"]
    monkeypatch.setenv("COMP_WORDS", "sitegen theme c")
    assert run().out.split() == ["plain,check", "plain,copy"]
