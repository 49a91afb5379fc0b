"""What the tests share: small digests in a folder of their own, and the command line run in-process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.cli import main
from tests.demo import NOW as NOW
from tests.demo import THEMES, Demo, chromium, shown, started

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SETTINGS = "title: The Test Wire\nurl: https://wire.example/\n"
SHARED = Path(os.environ.get("SITEGEN_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str


# How much more random tests try than in an ordinary run; scripts/nightly sets it.
SOAK = int(os.environ.get("SITEGEN_SOAK", "1"))

Run = Callable[..., Result]
MakeDigest = Callable[[Mapping[str, str | bytes]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what the code says now into the case files")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands behave as at an editor's desk, whatever runs the tests."""
    for name in ("CI", "GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "SITEGEN_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def make_digest(tmp_path: Path) -> MakeDigest:
    """Write a tree of files below a folder of the test's own; it has no cards and no search index."""

    def make(tree: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "digest"
        write_tree(root, {"sitegen.yaml": f"{SETTINGS}cards: false\nsearch: false\n", **tree})
        return root

    return make


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `sitegen ARGS` in this process."""

    def call(*args: str | Path) -> Result:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        code = ended.value.code
        return Result(code if isinstance(code, int) else 1, out, err)

    return call


@pytest.fixture
def shared() -> Path:
    """Real articles with ground truth, which stand beside the project, never in it."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the project: its real articles are not here")
    return SHARED


@pytest.fixture(scope="module", params=THEMES)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo digest in each theme, built and served on loopback."""
    with shown(request.param, tmp_path_factory.mktemp("demo")) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all the tests of a file."""
    program = chromium()
    if not program:
        pytest.skip("no Chromium on this machine; .ci/run installs it")
    with started(program) as made:
        yield made


def times(ordinary: int) -> int:
    """How many examples a random test tries: the ordinary number, or many more at night."""
    return ordinary * SOAK


def write_tree(root: Path, tree: Mapping[str, str | bytes]) -> None:
    for name, content in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def tree_of(root: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def article(name: str, **extra: object) -> str:
    """A sound article file; `extra` are lines of front matter."""
    lines = {"id": f"id-{name}", "title": f"Title of {name}", "slug": name, "date": "2026-11-18", **extra}
    matter = "".join(f"{key}: {value}\n" for key, value in lines.items() if value is not None)
    return f"---\n{matter}---\nThe first paragraph of {name}.\n\nThe second paragraph.\n"


# ---------------------------------------------------------------- no skip without need

_skipped: list[str] = []

# What a reason must say for a skip to be in order even where every test should run, and when it is.
_IN_ORDER = {
    "../shared": not SHARED.is_dir(),
    "root may write everywhere": hasattr(os, "geteuid") and os.geteuid() == 0,
}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped.append(f"{report.nodeid}: {report.longrepr[2]}")


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Where every test must run (CI), a skip is a failure."""
    yield
    in_order = [words for words, holds in _IN_ORDER.items() if holds]
    unwanted = [skip for skip in _skipped if not any(words in skip for words in in_order)]
    if os.environ.get("SITEGEN_EVERY_TEST") and unwanted and not hasattr(session.config, "workerinput"):
        print("\nSkipped, though this machine should run every test:", *unwanted, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
