"""A new digest: its folders, its configuration, and the files that publish it on a schedule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from string import Template

from sitegen import strictyaml
from sitegen.config import Host

# Where a template goes. Names without a leading dot, so that no tool hides them from the wheel.
_FILES: Mapping[str, str] = {
    "sitegen.yaml": "sitegen.yaml",
    "about.md": "content/pages/about.md",
    "people.yaml": "data/people.yaml",
    "topics.yaml": "data/topics.yaml",
    "readme.md": "README.md",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "python-version": ".python-version",
    "requirements.txt": "requirements.txt",
}
_RUN = {"new-articles.sh": ".github/new-articles.sh"}
_WORKFLOW = ".github/workflows/publish.yml"
# What publishes it on a schedule, for each host.
_PUBLISHING: Mapping[Host, Mapping[str, str]] = {
    "github": {**_RUN, "publish-github.yml": _WORKFLOW},
    "netlify": {**_RUN, "publish-hook.yml": _WORKFLOW, "netlify.toml": "netlify.toml"},
    "cloudflare": {**_RUN, "publish-hook.yml": _WORKFLOW},
    "folder": {},
}
_FOLDERS = ("seeds", "content/articles", "content/editions", "static")


class _Filled(Template):
    """`@{name}` is filled in: `$` and `{{` belong to the files themselves."""

    delimiter = "@"


def init(folder: Path, title: str, url: str, host: Host) -> tuple[list[str], list[str]]:
    """Make a digest in `folder`: (files made, files that were there and stay), as relative paths."""
    values = {"title": title, "title_yaml": _quoted(title), "url": url, "host": host}
    values |= {"requirement": requirement(), "published": _template(f"published-{host}.md").strip()}
    made, kept = [], []
    for name in _FOLDERS:
        path = folder / name
        path.mkdir(parents=True, exist_ok=True)
        keep = path / ".gitkeep"  # git keeps no empty folders
        if not any(path.iterdir()):
            keep.touch()
    for template, target in {**_FILES, **_PUBLISHING[host]}.items():
        path = folder / target
        text = _template(template)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(_Filled(text).substitute(values))
            made.append(target)
        except FileExistsError:
            kept.append(target)
    return made, kept


def _template(name: str) -> str:
    return (files(__package__) / "files" / name).read_text(encoding="utf-8")


def requirement() -> str:
    """The line of requirements.txt that installs this sitegen again, from where it was installed.

    Installed from git, that is its address and commit (PEP 610). From a folder there is no address
    that another machine could use, so the line is a comment that says what to put there: never the
    bare name, which in a package index may be somebody else's.
    """
    try:
        origin = json.loads(distribution("sitegen").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        origin = {}
    if "vcs_info" in origin:
        place = f"{origin['vcs_info']['vcs']}+{origin['url']}@{origin['vcs_info']['commit_id']}"
        return f"sitegen[feeds,html] @ {place}"
    return "# sitegen[feeds,html] @ git+https://… (the address of your copy of sitegen; or of its wheel)"


def _quoted(title: str) -> str:
    return strictyaml.dump({"title": title}).removeprefix("title: ").strip()
