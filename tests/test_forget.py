"""`sitegen forget`: after a takedown no word of the article is anywhere that sitegen writes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import NOW, MakeDigest, Run, article, tree_of

SEED = """The Quagmarsh dossier

The Quagmarsh dossier was leaked on Monday, and its Quagmarsh tables with it.

“No Quagmarsh page was ours,” said Tor Ravn of the guild.
"""
FETCHED = "# head\nhttps://courier.example/?p=1 2026/leak.txt\nhttps://courier.example/?p=2 2026/other.txt\n"
EDITION = "---\nnumber: 1\ntitle: One\ndate: 2026-11-20\ntop: {}\n---\n"


@pytest.fixture
def root(make_digest: MakeDigest, run: Run) -> Path:
    """A digest of two articles, one of them from a seed, built twice so that there is a previous site."""
    made = make_digest(
        {
            "seeds/2026/leak.txt": SEED,
            "content/articles/a.md": article("a"),
            "seeds/.fetched": FETCHED,
            ".gitignore": ".sitegen/\npublic/\n.public.*/\n",
        }
    )
    assert run("build", "-C", made, "--now", NOW).code == 0
    path = next((made / "content/articles/2026").glob("*.md"))
    path.rename(path.with_name("leak.md"))
    text = path.with_name("leak.md").read_text().replace("slug: the-quagmarsh-dossier", "slug: leak")
    path.with_name("leak.md").write_text(text)
    path.with_name("leak.conflict.md").write_text(text)
    (made / "content/editions").mkdir()
    (made / "content/editions/1.md").write_text(EDITION.format(id_in(made)))
    assert run("build", "-C", made, "--now", NOW).code == 0
    assert run("edition", "email", "1", "-C", made, "--now", NOW).code == 0
    return made


def id_in(root: Path) -> str:
    return next((root / "content/.base").glob("*.md")).stem


def traces(root: Path, word: bytes = b"quagmarsh") -> list[str]:
    """Files, by name or in what they hold, outside git."""
    tree = {name: data for name, data in tree_of(root).items() if not name.startswith(".git/")}
    return [n for n, data in tree.items() if word in data.lower() or word in n.lower().encode()]


def test_nothing_of_it_stays(root: Path, run: Run) -> None:
    assert {name.split("/")[0] for name in traces(root)} >= {
        "seeds",
        "content",
        "public",
        ".sitegen",
        "email",
    }
    assert traces(root / ".public.previous")
    result = run("forget", id_in(root), "-C", root, "--now", NOW, "--yes")
    assert (result.code, result.err) == (0, "")
    # Its former address was made of its title: the notice answers there too.
    assert traces(root) == ["content/.urls", "public/_redirects"]
    assert not (root / ".public.previous").exists()
    assert (root / "seeds/.fetched").read_text().splitlines()[1:] == [
        "https://courier.example/?p=1",
        "https://courier.example/?p=2 2026/other.txt",
    ]


def test_its_address_gives_a_notice(root: Path, run: Run) -> None:
    run("forget", id_in(root), "-C", root, "--now", NOW, "--yes", "--reason", "A court said so.")
    page = (root / "public/articles/leak/index.html").read_text()
    assert "This article was removed" in page
    assert "A court said so." in page
    assert "/articles/the-quagmarsh-dossier/ /articles/leak/ 301" in (root / "public/_redirects").read_text()
    assert "removed" not in (root / "public/index.html").read_text()


def test_or_nothing_as_configured(root: Path, run: Run) -> None:
    (root / "sitegen.yaml").write_text("forgotten: nothing\n")
    answer = run("forget", id_in(root), "-C", root, "--now", NOW, "--yes", "--json")
    assert json.loads(answer.out)["notice"] == ""
    assert traces(root) == traces(root, b"leak") == []
    assert run("build", "-C", root, "--now", NOW, "--strict").code == 0


def test_neither_the_seed_nor_the_edition_brings_it_back(root: Path, run: Run) -> None:
    run("forget", id_in(root), "-C", root, "--now", NOW, "--yes")
    (root / "seeds/again.txt").write_text(SEED)
    assert json.loads(run("convert", "-C", root, "--json").out)["created"] == []
    assert run("build", "-C", root, "--now", NOW, "--strict").code == 0


def test_a_second_time_completes_the_first(root: Path, run: Run) -> None:
    name = id_in(root)
    run("forget", name, "-C", root, "--now", NOW, "--yes")
    (root / "seeds/again.txt").write_text(SEED)
    assert run("forget", name, "-C", root, "--now", NOW, "--yes").code == 0
    assert not (root / "seeds/again.txt").exists()
    assert (root / "public/articles/leak/index.html").is_file()


def test_a_faulty_article_can_be_forgotten_and_others_do_not_stop_it(root: Path, run: Run) -> None:
    path = root / "content/articles/2026/leak.md"
    path.write_text(path.read_text().replace("title:", "titel:"))
    (root / "content/articles/a.md").write_text(article("a", standfrist="x"))
    assert run("forget", id_in(root), "-C", root, "--now", NOW, "--yes").code == 0
    assert traces(root) == ["content/.urls", "public/_redirects"]
    assert (root / "public/articles/a/index.html").is_file()


@pytest.mark.parametrize("way", ["notice", "nothing"])
def test_nor_does_the_last_page_of_a_faulty_one_say_a_word_of_it(root: Path, run: Run, way: str) -> None:
    settings = root / "sitegen.yaml"
    settings.write_text(f"{settings.read_text()}forgotten: {way}\n")
    path = root / "content/articles/2026/leak.md"
    path.write_text(path.read_text().replace("status:", "topics: [ports]\nstatus:"))
    for name in ("a", "b"):
        (root / f"content/articles/{name}.md").write_text(
            article(name, topics="[ports]" if name == "a" else None)
        )
    assert run("build", "-C", root, "--now", NOW).code == 0
    assert "public/articles/a/index.html" in traces(root), "it names the other one of its topic"
    for name in ("a", "b"):
        (root / f"content/articles/{name}.md").write_text(article(name, standfrist="x"))
    assert run("forget", id_in(root), "-C", root, "--now", NOW, "--yes").code == 0
    assert traces(root) == (["content/.urls", "public/_redirects"] if way == "notice" else [])
    assert (root / "public/articles/b/index.html").is_file()


def test_one_that_was_never_public_leaves_no_notice(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"content/articles/d.md": article("d", status="draft")})
    run("build", "-C", root, "--now", NOW)
    assert run("forget", "id-d", "-C", root, "--now", NOW, "--yes").code == 0
    assert not (root / "public/articles").exists()


def test_it_wants_to_be_confirmed(root: Path, run: Run) -> None:
    before = tree_of(root)
    result = run("forget", id_in(root), "-C", root)
    assert (result.code, "[forget-unconfirmed]" in result.err) == (2, True)
    assert run("forget", id_in(root), "-C", root, "--json").code == 2
    assert tree_of(root) == before


def test_an_id_that_is_not_there(root: Path, run: Run) -> None:
    result = run("forget", "id-b", "-C", root, "--yes")
    assert (result.code, "id-a" in result.err) == (2, True)


def git(root: Path, *words: str) -> str:
    given = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@a.example", *words]
    return subprocess.run(given, capture_output=True, text=True, check=True).stdout


def test_it_says_what_git_still_has(root: Path, run: Run) -> None:
    git(root, "init", "-q")
    git(root, "add", "content", "seeds")
    git(root, "commit", "-qm", "one")
    name = id_in(root)
    git(root, "mv", "content/articles/2026/leak.md", "content/articles/2026/renamed.md")
    git(root, "commit", "-qm", "two")
    answer = json.loads(run("forget", name, "-C", root, "--now", NOW, "--yes", "--json").out)
    held = ["articles/2026/leak.conflict.md", "articles/2026/leak.md", "articles/2026/renamed.md"]
    paths = ["content/.base/" + name + ".md", *(f"content/{path}" for path in held), "seeds/2026/leak.txt"]
    assert (answer["git"]["commits"], answer["git"]["paths"]) == (2, paths)
    assert answer["git"]["command"].startswith("git filter-repo --invert-paths --path=content/.base/")
    assert answer["left"] not in paths
