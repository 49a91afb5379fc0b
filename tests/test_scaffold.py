"""A new digest: complete, harmless to what is there, and it builds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sitegen import strictyaml
from tests.conftest import NOW, Run, tree_of

ROOT = Path(__file__).resolve().parents[1]


def test_a_new_digest_builds(tmp_path: Path, run: Run) -> None:
    assert (
        run("init", tmp_path / "d", "--title", "Ports: a digest", "--url", "https://a.example/d/").code == 0
    )
    assert "  title: " not in (tmp_path / "d/sitegen.yaml").read_text()
    result = run("build", "-C", tmp_path / "d", "--now", NOW, "--strict")
    assert (result.code, result.err) == (0, "")
    home = (tmp_path / "d/public/index.html").read_text()
    assert "Ports: a digest" in home
    assert 'href="/d/about/"' in home
    assert not [name for name in tree_of(tmp_path / "d/public") if ".gitkeep" in name]


def test_what_is_there_stays(tmp_path: Path, run: Run) -> None:
    (tmp_path / "sitegen.yaml").write_text("title: Mine\n")
    result = run("init", tmp_path)
    assert "kept  sitegen.yaml" in result.out
    assert (tmp_path / "sitegen.yaml").read_text() == "title: Mine\n"
    before = tree_of(tmp_path)
    assert run("init", tmp_path, "--title", "Other").code == 0
    assert tree_of(tmp_path) == before


@pytest.mark.parametrize("where", ["repository", "new digest"])
def test_deployment_files(where: str, tmp_path: Path, run: Run) -> None:
    folder = ROOT
    if where == "new digest":
        folder = tmp_path / "d"
        run("init", folder)
    netlify = tomllib.loads((folder / "netlify.toml").read_text())
    python = (folder / ".python-version").read_text().strip()
    assert netlify["build"]["publish"] == "public"
    assert "sitegen build" in netlify["build"]["command"]
    assert netlify["build"]["environment"]["PYTHON_VERSION"] == python
    workflow = strictyaml.load((folder / ".github/workflows/publish.yml").read_text())
    assert workflow["on"]["schedule"] == [{"cron": "17 6 * * *"}]
    assert {"push", "workflow_dispatch"} <= set(workflow["on"])
    steps = workflow["jobs"]["publish"]["steps"]
    used = [step["uses"].split("@")[0] for step in steps if "uses" in step]
    assert {"actions/cache", "actions/deploy-pages", "actions/upload-pages-artifact"} <= set(used)
    (cache,) = [step for step in steps if step.get("uses", "").startswith("actions/cache@")]
    assert cache["with"]["path"] == ".sitegen"
    assert any("sitegen build" in step.get("run", "") for step in steps)
    assert "@@" not in (folder / ".github/workflows/publish.yml").read_text()


def test_requirements_never_hold_a_bare_name(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.scaffold import digest

    class Installed:
        def __init__(self, origin: str | None) -> None:
            self.origin = origin

        def read_text(self, name: str) -> str | None:
            return self.origin

    git = '{"url": "https://git.example/s.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b2c"}}'
    said = {}
    for kind, origin in {"git": git, "folder": '{"url": "file:///x", "dir_info": {}}', "index": None}.items():
        monkeypatch.setattr(digest, "distribution", lambda name, origin=origin: Installed(origin))
        run("init", tmp_path / kind)
        said[kind] = (tmp_path / kind / "requirements.txt").read_text().splitlines()[1]
    assert said["git"] == "sitegen @ git+https://git.example/s.git@0a1b2c"
    assert said["folder"] == said["index"]
    assert said["folder"].startswith("# sitegen @ git+https://")


def test_an_article_needs_a_title(tmp_path: Path, run: Run) -> None:
    run("init", tmp_path / "d")
    result = run("new", " ", "-C", tmp_path / "d")
    assert (result.code, "an article needs a title" in result.err) == (2, True)
    assert not list((tmp_path / "d/content/articles").rglob("*.md"))
