"""The same digest laid out for sitegen and for each peer, each in a folder of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from bench import contract, corpus

HERE = Path(__file__).parent
# The articles show pictures of which there are no files: sitegen would warn of each, its peers do not look.
_PICTURE = re.compile(r"^!\[[^\]]*\]\(/img/[^)]*\)\n+", re.MULTILINE)
CONFIG = """\
title: The Daily Digest
description: The Daily Digest
url: https://digest.example/
theme: {theme}
page_size: 20
editions: {{every: never}}
feed: {{items: 50, formats: [rss], of: [site]}}
"""


# Where an engine, this one or an earlier one, says which keys its config has.
CONFIG_RECORDS = ("sitegen/config/settings.py", "sitegen/config.py")


def articles(work: Path, count: int, kit: Path | None = None) -> Path:
    """A folder with `articles/`: `count` articles of our own, or of the KIT's make_corpus.py. Made once."""
    folder = work / "corpus" / f"{'kit' if kit else 'own'}-words-{count}"
    if folder.is_dir():
        return folder
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    if kit:
        subprocess.run([sys.executable, str(kit / "make_corpus.py"), str(unfinished), str(count)], check=True)
    else:
        corpus.write(unfinished, count)
    for path in (unfinished / "articles").glob("*.md"):
        path.write_text(without_pictures(path.read_text(encoding="utf-8")), encoding="utf-8")
    return unfinished.rename(folder)


def without_pictures(text: str) -> str:
    return _PICTURE.sub("", text)


def sitegen(made: Path, site: Path, theme: str = "plain", engine: Path = HERE.parent) -> None:
    """A sitegen digest of the articles in MADE/articles, with the theme that makes the peers' pages.

    What no peer makes is left out: cards and the search index, where the ENGINE knows them.
    """
    target = site / "content" / "articles"
    for path in sorted((made / "articles").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        year = text[text.index("\ndate: ") + 7 :][:4]
        (target / year).mkdir(parents=True, exist_ok=True)
        (target / year / path.name).write_text(contract.article(text), encoding="utf-8")
    records = next(path for path in map(engine.joinpath, CONFIG_RECORDS) if path.is_file())
    known = records.read_text(encoding="utf-8")
    apart = "".join(f"{name}: false\n" for name in ("cards", "search") if f"\n    {name}: bool" in known)
    (site / "sitegen.yaml").write_text(CONFIG.format(theme=theme) + apart, encoding="utf-8")
    if theme == "plain":
        shutil.copytree(HERE / "plain", site / "themes" / "plain")


def peer(name: str, made: Path, site: Path, kit: Path | None = None) -> None:
    """A peer's site of the same articles: from `bench/peers/`, or as the KIT's setup_peers.py makes it."""
    if kit:
        command = [sys.executable, str(kit / "setup_peers.py"), name, str(made), str(site)]
        subprocess.run(command, check=True)
        _mend(site)
        return
    shutil.copytree(HERE / "peers" / name, site)
    shutil.copytree(made / "articles", site / "content" / "articles", dirs_exist_ok=True)


def _mend(site: Path) -> None:
    """Hugo takes `_default/taxonomy.html` for the pages of single terms too, and lists nothing on them;
    one folder up it finds each template by its own name."""
    folder = site / "layouts" / "_default"
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            path.rename(folder.parent / path.name)
        folder.rmdir()
