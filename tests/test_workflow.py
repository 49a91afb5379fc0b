"""The workflows from `init`, run step by step on this machine: from a fresh clone to the artifact, with the
cache that the run before left. What GitHub gives (checkout, cache, artifact) is done here by copying.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from sitegen import strictyaml
from sitegen.config import Host
from tests.conftest import Run, tree_of, write_tree

pytestmark = pytest.mark.skipif(
    not shutil.which("bash") or not shutil.which("git"), reason="bash and git run a workflow's steps"
)
ROOT = Path(__file__).resolve().parents[1]
SEED = "Marrowick raises its toll\n\nThe toll of Marrowick rises by 4% in spring, the harbour office said.\n"
SCHEDULED = "---\nid: later-1\ntitle: Later\ndate: 2026-11-25T08:00:00Z\n---\nWords of later.\n"
HIDDEN = "static/.well-known/security.txt"
TOLL = "content/articles/2026/marrowick-raises-its-toll.md"


@dataclass
class Github:
    """As much of GitHub as a workflow sees: the repository, the cache, what was deployed."""

    home: Path
    bin: Path
    event: str = "schedule"
    artifacts: list[dict[str, bytes]] = field(default_factory=list)
    runs: int = 0

    @property
    def repository(self) -> Path:
        return self.home / "origin.git"

    def git(self, folder: Path, *words: str) -> str:
        who = ["-c", "user.name=editor", "-c", "user.email=e@editor.example"]
        asked = ["git", "-C", str(folder), *who, *words]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

    def clone(self, name: str) -> Path:
        self.git(self.home, "clone", "-q", "-b", "main", str(self.repository), name)
        return self.home / name

    def push(self, tree: Mapping[str, str | bytes], branch: str = "main") -> None:
        """What an editor does, in a clone of his own."""
        self.runs += 1
        desk = self.clone(f"desk-{self.runs}")
        self.git(desk, "switch", "-q", branch)
        write_tree(desk, tree)
        self.git(desk, "add", "-A")
        self.git(desk, "commit", "-qm", "An edit")
        self.git(desk, "push", "-q", "origin", f"HEAD:{branch}")

    def files(self, branch: str = "main") -> set[str]:
        return set(self.git(self.repository, "ls-tree", "-r", "--name-only", branch).splitlines())

    def run(self, now: str) -> Ran:
        self.runs += 1
        ran = Ran(self, self.clone(f"run-{self.runs}"), now)
        ran.all()
        return ran

    def new_articles(self, now: str, **env: str) -> Ran:
        """Only the step that fetches, converts and commits."""
        self.runs += 1
        ran = Ran(self, self.clone(f"run-{self.runs}"), now)
        ran.red = not ran.shell("bash .github/new-articles.sh", env, {})
        return ran


@dataclass
class Ran:
    """One run of the workflow. `steps` has the outcome and the outputs of the steps with an id."""

    on: Github
    work: Path
    now: str
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    said: str = ""
    red: bool = False

    def all(self) -> None:
        workflow = strictyaml.load((self.work / ".github/workflows/publish.yml").read_text())
        (job,) = workflow["jobs"].values()
        for step in job["steps"]:
            given = {**workflow["env"], **step.get("env", {})}
            if (self.red and "if" not in step) or not self.value(step.get("if", "!failed")):
                continue
            name = step.get("name") or step.get("uses", "").split("@")[0] or step["run"]
            self.done.append(name)
            outputs: dict[str, str] = {}
            fine = self.uses(step, outputs) if "uses" in step else self.shell(step["run"], given, outputs)
            outcome = "success" if fine else "failure"
            self.steps[step.get("id", name)] = {"outcome": outcome, "outputs": outputs}
            self.red = self.red or not (fine or step.get("continue-on-error"))

    def value(self, expression: str) -> Any:
        """An expression of the few forms that the templates have; a step that did not run is empty."""
        if expression == "!failed":
            return not self.red
        words = re.sub(
            r"\b(?:steps|github|secrets)(?:\.[\w-]+)+", lambda m: repr(self.known(m[0])), expression
        )
        python = words.replace("||", " or ").replace("&&", " and ")
        assert re.fullmatch(r"(?:'[^']*'|==|!=|\s|and|or|\(|\))+", python), expression
        return (not self.red) and eval(python)

    def known(self, name: str) -> str:
        room, *path = name.split(".")
        if room == "steps":
            found: Any = self.steps
            for part in path:
                found = found.get(part, {}) if isinstance(found, dict) else ""
            return found if isinstance(found, str) else ""
        known = {"github.event_name": self.on.event, "github.run_id": str(self.on.runs)}
        return known.get(name, "1")

    def filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda m: self.known(m[1]), text)

    def shell(self, script: str, env: Mapping[str, str], outputs: dict[str, str]) -> bool:
        said = self.on.home / f"output-{self.on.runs}-{len(self.done)}"
        summary = self.on.home / f"summary-{self.on.runs}"
        given = {
            **{name: self.filled(value) for name, value in env.items()},
            "PATH": f"{self.on.bin}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(self.on.home),
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(said),
            "GITHUB_STEP_SUMMARY": str(summary), "SIMULATED_NOW": self.now,
        }  # fmt: skip
        asked = ["bash", "-e", "-c", self.filled(script)]
        told = subprocess.run(asked, cwd=self.work, env=given, capture_output=True, text=True, check=False)
        self.said += told.stdout + told.stderr
        if said.exists():
            outputs |= dict(line.split("=", 1) for line in said.read_text().splitlines())
        return told.returncode == 0

    def uses(self, step: Mapping[str, Any], outputs: dict[str, str]) -> bool:
        action = step["uses"].split("@")[0]
        given = step.get("with", {})
        cache = self.on.home / "cache"
        if action == "actions/cache/restore" and cache.is_dir():
            assert f"sitegen-{self.on.runs}".startswith(given["restore-keys"])
            shutil.copytree(cache, self.work, dirs_exist_ok=True)
        elif action == "actions/cache/save":
            shutil.rmtree(cache, ignore_errors=True)
            for path in given["path"].split():
                shutil.copytree(self.work / path, cache / path)
        elif action == "actions/configure-pages":
            outputs["base_url"] = "https://editor.github.example/wire"
        elif action == "actions/upload-pages-artifact":
            tree = tree_of(self.work / given["path"])
            seen = {name for name in tree if given.get("include-hidden-files") or f"/{name}".find("/.") < 0}
            self.on.artifacts.append({name: tree[name] for name in seen})
        return True

    @property
    def summary(self) -> str:
        return (self.on.home / f"summary-{self.on.runs}").read_text()


PROGRAMS = {
    # Every command of a run as at one simulated time.
    "sitegen": f"""case $1 in fetch|convert|build) set -- "$@" --now "$SIMULATED_NOW";; esac
exec {sys.executable} -m sitegen "$@" """,
    "pip": ":",
    "gh": """echo "gh $*" >> "$HOME/gh.log"
case $* in
  *"--state merged"*) cat "$HOME/merged" 2>/dev/null || echo "[]";;
  *list*) cat "$HOME/open" 2>/dev/null || echo "[]";;
esac""",
    "curl": 'echo "curl $*" >> "$HOME/curl.log"',
}


@pytest.fixture
def github(tmp_path: Path, run: Run) -> Iterator[Callable[[Host], Github]]:
    """A repository with a new digest in it, for one host."""

    def make(host: Host) -> Github:
        programs = tmp_path / "bin"
        programs.mkdir()
        for name, script in PROGRAMS.items():
            (programs / name).write_text(f"#!/usr/bin/env bash\n{script}\n")
            (programs / name).chmod(0o755)
        made = Github(tmp_path, programs)
        made.git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
        desk = tmp_path / "desk"
        assert run("init", desk, "--host", host, "--title", "The Test Wire").code == 0
        write_tree(
            desk, {"seeds/toll.txt": SEED, "content/articles/later.md": SCHEDULED, HIDDEN: "Contact: x"}
        )
        made.git(tmp_path, "init", "-q", "-b", "main", "desk")
        made.git(desk, "add", "-A")
        made.git(desk, "commit", "-qm", "A digest")
        made.git(desk, "push", "-q", str(made.repository), "main")
        return made

    yield make


def test_github_pages_from_a_fresh_clone_to_the_artifact_and_again(
    github: Callable[[Host], Github],
) -> None:
    on = github("github")
    first = on.run("2026-11-22T06:17:00Z")
    assert not first.red, first.said
    assert {TOLL, "content/.urls"} <= on.files()
    assert b'href="/wire/' in on.artifacts[-1]["index.html"]
    assert "articles/marrowick-raises-its-toll/index.html" in on.artifacts[-1]
    assert HIDDEN.removeprefix("static/") in on.artifacts[-1]
    assert "| Pages |" in first.summary
    assert "2026-11-25T08:00:00" in first.summary

    quiet = on.run("2026-11-23T06:17:00Z")
    assert (quiet.red, quiet.steps["build"]["outputs"]["changed"], len(on.artifacts)) == (False, "false", 1)
    assert "Deploy" not in " ".join(quiet.done)
    assert ", nothing written." in quiet.said, "the cache of the first run was found"

    # The clock brings an article, and an editor makes a fault in another: that keeps its page.
    on.event = "push"
    on.push({TOLL: on.git(on.repository, "show", f"main:{TOLL}").replace("title:", "titel:")})
    faulty = on.run("2026-11-25T08:17:00Z")
    assert faulty.red, "a fault ends the run red"
    assert "articles/later/index.html" in on.artifacts[-1]
    page = "articles/marrowick-raises-its-toll/index.html"
    assert on.artifacts[-1][page] == on.artifacts[-2][page]
    assert f"::error file={TOLL},line=3,col=1::unknown key “titel”" in faulty.said
    assert "unknown key “titel”" in faulty.summary


@pytest.mark.parametrize("host", ["github", "netlify"])
def test_a_digest_without_an_article_is_published_too(github: Callable[[Host], Github], host: Host) -> None:
    on = github(host)
    desk = on.clone("empty")
    on.git(desk, "rm", "-q", "seeds/toll.txt", "content/articles/later.md")
    on.git(desk, "commit", "-qm", "Nothing yet")
    on.git(desk, "push", "-q", "origin", "main")
    first = on.run("2026-11-22T06:17:00Z")
    assert not first.red, first.said
    assert len(on.artifacts) == (host == "github")


def test_new_articles_can_wait_in_a_pull_request(github: Callable[[Host], Github]) -> None:
    on = github("github")
    waiting = {"NEW_ARTICLES": "pull-request"}
    assert not on.new_articles("2026-11-22T06:17:00Z", **waiting).red
    assert TOLL not in on.files()
    assert TOLL in on.files("sitegen/new-articles")
    assert (on.home / "gh.log").read_text().count("gh pr create --base main --head sitegen/new-articles") == 1

    # An editor mends the article where it waits; the next run puts new ones on top of that.
    text = on.git(on.repository, "show", f"sitegen/new-articles:{TOLL}")
    on.push({TOLL: text.replace("harbour office", "harbour board")}, "sitegen/new-articles")
    on.push({"seeds/ferry.txt": SEED.replace("toll", "ferry")})
    (on.home / "open").write_text('[{"number":1}]\n')
    again = on.new_articles("2026-11-23T06:17:00Z", **waiting)
    assert not again.red, again.said
    assert again.on.git(again.work, "branch", "--show-current") == "main"
    assert "harbour board" in on.git(on.repository, "show", f"sitegen/new-articles:{TOLL}")
    assert "content/articles/2026/marrowick-raises-its-ferry.md" in on.files("sitegen/new-articles")
    assert (on.home / "gh.log").read_text().count("gh pr create") == 1


@pytest.mark.parametrize("host", ["github", "netlify"])
def test_what_waits_in_a_pull_request_is_not_public(github: Callable[[Host], Github], host: Host) -> None:
    on = github(host)
    workflow = ".github/workflows/publish.yml"
    text = on.git(on.repository, "show", f"main:{workflow}")
    assert text.count("NEW_ARTICLES: branch") == 1
    on.push({workflow: text.replace("NEW_ARTICLES: branch", "NEW_ARTICLES: pull-request")})
    first = on.run("2026-11-22T06:17:00Z")
    assert not first.red, first.said
    assert TOLL in on.files("sitegen/new-articles") - on.files()
    page = Path("articles/marrowick-raises-its-toll/index.html")
    assert not (first.work / "public" / page).exists()

    on.git(on.repository, "update-ref", "refs/heads/main", "sitegen/new-articles")  # it is merged
    merged = on.run("2026-11-23T06:17:00Z")
    assert not merged.red, merged.said
    assert (merged.work / "public" / page).exists()
    assert "content/.urls" in on.files()


def test_a_pull_request_that_cannot_be_merged_publishes_nothing(github: Callable[[Host], Github]) -> None:
    """Both sides have changed an article: the steps that follow still build the branch, not what waits."""
    on = github("github")
    waiting = {"NEW_ARTICLES": "pull-request"}
    on.new_articles("2026-11-22T06:17:00Z", **waiting)
    text = on.git(on.repository, "show", f"sitegen/new-articles:{TOLL}")
    on.push({TOLL: text.replace("harbour office", "harbour board")})
    on.push({TOLL: text.replace("harbour office", "port office")}, "sitegen/new-articles")
    stuck = on.new_articles("2026-11-23T06:17:00Z", **waiting)
    assert stuck.red
    assert "::error::main and sitegen/new-articles have both changed the same lines" in stuck.said
    assert on.git(stuck.work, "status", "--porcelain", "--branch") == "## main...origin/main"
    assert "harbour board" in (stuck.work / TOLL).read_text()

    # It was merged, squashed to one commit, and the branch is still there: the next one begins anew.
    tip = on.git(on.repository, "rev-parse", "sitegen/new-articles")
    (on.home / "merged").write_text(f'[{{"headRefOid":"{tip}"}}]\n')
    on.push({"seeds/ferry.txt": SEED.replace("toll", "ferry")})
    anew = on.new_articles("2026-11-24T06:17:00Z", **waiting)
    assert not anew.red, anew.said
    assert "harbour board" in on.git(on.repository, "show", f"sitegen/new-articles:{TOLL}")
    assert "content/articles/2026/marrowick-raises-its-ferry.md" in on.files("sitegen/new-articles")
    assert (on.home / "gh.log").read_text().count("gh pr create") == 2


def test_a_host_is_asked_to_build_only_where_the_clock_changed_something(
    github: Callable[[Host], Github],
) -> None:
    on = github("netlify")
    hooks = on.home / "curl.log"
    first = on.run("2026-11-22T06:17:00Z")
    assert (first.red, hooks.exists()) == (False, False), "the commit is a push, which the host sees"
    # An address that the host has been told of already: what appears now changes no file of the repository.
    on.push(
        {
            "content/.urls": on.git(on.repository, "show", "main:content/.urls")
            + "\nlater-1 /articles/later/\n"
        }
    )
    on.run("2026-11-25T08:17:00Z")
    assert hooks.read_text().count("curl") == 1
