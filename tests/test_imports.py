"""Imports run downward only, and third-party libraries stay in their rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "sitegen"

# From the bottom up. A module may import from floors below its own, and from its own room.
FLOORS = (
    ("errors", "extras", "frozen", "__init__"),
    ("model", "strictyaml", "outline", "faults", "records", "slugs", "views", "packing", "halves"),
    ("markdown", "prose", "marks", "wording", "frontmatter", "config", "cache", "blobs", "heap", "program"),
    ("seeds", "content", "pictures", "pages", "render", "output"),
    (
        "beside",
        "build",
        "conversion",
        "last_pages",
        "outputs",
        "sharing",
        "searching",
        "options",
        "unchanged",
        "forked",
        "workers",
        "cluster",
        "mail",
    ),
    ("ondemand",),
    ("session",),
    ("desk",),
    ("serve", "check", "scaffold", "fetch", "takedown"),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# Rooms that speak to each other only through records; on the other floors neighbours may import.
APART = {"seeds", "content", "pictures", "pages", "render", "output"}
CONFINED = {
    "css_inline": {"render/mail"},
    "markdown_it": {"markdown"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "yaml": {"strictyaml", "outline"},
    "click": {"cli"},
    "watchdog": {"serve/watch"},
    "PIL": {"pictures"},
    "pagefind_bin": {"searching"},
    "distributed": {"cluster"},
    "socket": {"serve/server", "fetch"},
    "socketserver": {"serve/server"},
    "http.client": {"fetch"},
    "urllib.request": {"fetch"},
    "ssl": {"fetch"},
    "feedparser": {"fetch/feeds"},
    "http.server": {"serve/server", "serve/respond"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import in a file, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno}: write imports in full"
            if node.module == "sitegen":
                named = (alias.name for alias in node.names if is_module(alias.name))
                yield from ((node.lineno, f"sitegen.{name}") for name in named)
            else:
                yield node.lineno, node.module


def is_module(name: str) -> bool:
    """Not one of the constants of the package itself."""
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_downward(path: Path) -> None:
    room = room_of(path)
    for line, name in imports(path):
        if not name.startswith("sitegen."):
            continue
        other = name.split(".")[1]
        if other in ("__version__", "CONFIG_FILE"):
            continue
        assert other in FLOOR, f"{path}:{line}: {other} stands on no floor"
        assert FLOOR[other] <= FLOOR[room], f"{path}:{line}: {room} imports {other}, which stands above it"
        if room in APART and other in APART:
            assert room == other, f"{path}:{line}: {room} and {other} speak in records only"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    place = path.relative_to(PACKAGE).with_suffix("").as_posix()
    for line, name in imports(path):
        for library, rooms in CONFINED.items():
            if name == library or name.startswith(f"{library}."):
                fits = any(place == room or place.startswith(f"{room}/") for room in rooms)
                assert fits, f"{path}:{line}: {library} belongs in {', '.join(rooms)}"


def test_the_environment_and_the_clock_are_read_in_cli_only() -> None:
    for path in modules():
        room = room_of(path)
        if room == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                dotted = ast.unparse(node)
                assert dotted not in ("os.environ", "os.getenv"), f"{path}:{node.lineno}: {dotted}"
                clocks = (
                    "datetime.now",
                    "datetime.utcnow",
                    "datetime.today",
                    "date.today",
                    "time.time",
                    "Day.today",
                )
                assert dotted not in clocks, f"{path}:{node.lineno}: {dotted}"


def test_every_module_stands_on_a_floor() -> None:
    assert {room_of(path) for path in modules()} <= set(FLOOR)
