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


@pytest.mark.parametrize("where", ["repository", "netlify"])
def test_netlify_builds_with_the_right_python(where: str, tmp_path: Path, run: Run) -> None:
    folder = ROOT
    if where == "netlify":
        folder = tmp_path / "d"
        run("init", folder, "--host", "netlify")
    netlify = tomllib.loads((folder / "netlify.toml").read_text())
    assert netlify["build"]["publish"] == "public"
    assert "sitegen build" in netlify["build"]["command"]
    python = (folder / ".python-version").read_text().strip()
    assert netlify["build"]["environment"]["PYTHON_VERSION"] == python


@pytest.mark.parametrize(("host", "made"), [
    ("github", {".github/workflows/publish.yml", ".github/new-articles.sh"}),
    ("netlify", {".github/workflows/publish.yml", ".github/new-articles.sh", "netlify.toml"}),
    ("cloudflare", {".github/workflows/publish.yml", ".github/new-articles.sh"}),
    ("folder", set()),
])  # fmt: skip
def test_a_digest_gets_what_its_host_needs(host: str, made: set[str], tmp_path: Path, run: Run) -> None:
    run("init", tmp_path / "d", "--host", host)
    there = {name for name in tree_of(tmp_path / "d") if name.startswith((".github", "netlify"))}
    assert there == made
    assert f"host: {host}\n" in (tmp_path / "d/sitegen.yaml").read_text()
    assert "@" not in (tmp_path / "d/README.md").read_text().replace("you@host", "")
    for name in made - {"netlify.toml", ".github/new-articles.sh"}:
        workflow = strictyaml.load((tmp_path / "d" / name).read_text())
        assert workflow["concurrency"]["group"] == "publish"
        assert workflow["on"]["schedule"] == [{"cron": "17 6 * * *"}]
        assert "@@" not in (tmp_path / "d" / name).read_text()


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
    assert said["git"] == "sitegen[feeds,html] @ git+https://git.example/s.git@0a1b2c"
    assert said["folder"] == said["index"]
    assert said["folder"].startswith("# sitegen[feeds,html] @ git+https://")


def test_an_article_needs_a_title(tmp_path: Path, run: Run) -> None:
    run("init", tmp_path / "d")
    result = run("new", " ", "-C", tmp_path / "d")
    assert (result.code, "an article needs a title" in result.err) == (2, True)
    assert not list((tmp_path / "d/content/articles").rglob("*.md"))
