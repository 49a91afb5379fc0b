"""What an editor reads when something is wrong: a case file holds a digest and the whole report.

`pytest tests/test_faults.py --update` writes what is said now into the case files: read the diff.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import NOW, MakeDigest, Run, article, tree_of

CASES = sorted((Path(__file__).parent / "cases" / "faults").glob("*.case"))


def read_case(path: Path) -> tuple[dict[str, str], str]:
    """The files of a case, and the report expected."""
    parts = re.split(r"^=== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    expected = sections.pop("expected")
    return sections, expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_fault(path: Path, make_digest: MakeDigest, run: Run, request: pytest.FixtureRequest) -> None:
    files, expected = read_case(path)
    root = make_digest({"content/articles/2026/sound.md": article("sound")})
    assert run("build", "-C", root, "--now", NOW).code == 0
    before = tree_of(root / "public")

    make_digest(files)
    given = {name: data for name, data in tree_of(root).items() if not name.startswith(".sitegen/")}
    result = run("build", "-C", root, "--now", NOW)
    said = f"exit {result.code}\n{result.err}"

    if request.config.getoption("--update"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: text.index("=== expected\n")] + f"=== expected\n{said}", encoding="utf-8")
    else:
        assert said == expected
    assert result.code in (1, 2)
    assert "Traceback" not in result.err + result.out
    assert tree_of(root / "public") == before, "the last good site stays as it was"
    after = tree_of(root)
    assert {name: after.get(name) for name in given} == given, "no file of the editor's is touched"


def test_faults_as_json(make_digest: MakeDigest, run: Run) -> None:
    import json

    root = make_digest({"content/articles/a.md": "---\nid: abcd\ntitel: x\n---\n"})
    result = run("build", "-C", root, "--json")
    answer = json.loads(result.out)
    assert (result.code, answer["ok"], result.err) == (1, False, "")
    assert {problem["code"] for problem in answer["problems"]} == {"key-unknown", "key-missing"}
    assert all({"path", "line", "column", "message"} <= set(problem) for problem in answer["problems"])


def test_faults_as_annotations(make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    root = make_digest({"content/articles/a.md": "---\nid: abcd\ntitle: [100%]\n---\n"})
    result = run("build", "-C", root)
    assert result.out.startswith("::error file=content/articles/a.md,line=3,col=8::")
