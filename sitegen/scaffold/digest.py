"""A new digest: its folders, its configuration, and the files that publish it on a schedule."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template

from sitegen import __version__, strictyaml

# Where a template goes. Names without a leading dot, so that no tool hides them from the wheel.
_FILES = {
    "sitegen.yaml": "sitegen.yaml",
    "about.md": "content/pages/about.md",
    "people.yaml": "data/people.yaml",
    "topics.yaml": "data/topics.yaml",
    "readme.md": "README.md",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "python-version": ".python-version",
    "requirements.txt": "requirements.txt",
    "netlify.toml": "netlify.toml",
    "publish.yml": ".github/workflows/publish.yml",
}
_FOLDERS = ("seeds", "content/articles", "content/editions", "static")


class _Filled(Template):
    """`@{name}` is filled in: `$` and `{{` belong to the files themselves."""

    delimiter = "@"


def init(folder: Path, title: str, url: str) -> tuple[list[str], list[str]]:
    """Make a digest in `folder`: (files made, files that were there and stay), as relative paths."""
    values = {"title": title, "title_yaml": _quoted(title), "url": url, "version": __version__}
    made, kept = [], []
    for name in _FOLDERS:
        path = folder / name
        path.mkdir(parents=True, exist_ok=True)
        keep = path / ".gitkeep"  # git keeps no empty folders
        if not any(path.iterdir()):
            keep.touch()
    for template, target in _FILES.items():
        path = folder / target
        text = (files(__package__) / "files" / template).read_text(encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(_Filled(text).substitute(values))
            made.append(target)
        except FileExistsError:
            kept.append(target)
    return made, kept


def _quoted(title: str) -> str:
    return strictyaml.dump({"title": title}).removeprefix("title: ").strip()
