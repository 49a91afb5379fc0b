"""The editor's panel over HTTP: who may write, what an act answers, and a real digest behind it."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen import build, serve
from sitegen.desk import Desk
from tests.conftest import NOW, write_tree
from tests.test_serve_preview import PATIENCE, Preview, running, save

ARTICLE = """---
id: ferries-wait
title: Ferries wait
slug: ferries-wait
date: 2026-11-18
source: {name: The Tideway Review}
quotes:
  - id: q1
    text: We shall sail tomorrow
    speaker: Ada Quill
    attribution: inferred   # she said
  - id: q2
    text: Nobody told us
figures:
  - {id: f1, as_written: 3 ferries, value: 3}
---
“We shall sail tomorrow.” That was all. “Nobody told us,” was heard on the quay.
"""
OTHER = ARTICLE.replace("ferries-wait", "bridge-shut").replace("Ferries wait", "Bridge shut")
PATH = "content/articles/2026/ferries-wait.md"
DROP = {"name": "drop", "of": "quotes", "item": "q1"}


def write_newsroom(root: Path) -> Path:
    write_tree(
        root,
        {
            "sitegen.yaml": "title: The Test Wire\nurl: https://wire.example/\n",
            PATH: ARTICLE,
            "content/articles/2026/bridge-shut.md": OTHER,
        },
    )
    (root / "seeds").mkdir()
    return root


def newsroom(root: Path, *, follow: bool = False) -> tuple[serve.Rebuild, Desk]:
    desk = Desk(root)
    now = datetime.fromisoformat(NOW)
    return serve.rebuilding(root, lambda config: build.Options(now), desk, follow=follow), desk


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    root = write_newsroom(tmp_path / "digest")
    rebuild, desk = newsroom(root)
    with running(root, rebuild, desk=desk) as running_preview:
        yield running_preview


def token_of(preview: Preview) -> str:
    found = re.search(
        r'data-article="ferries-wait" data-token="([\w-]+)"', preview.get("/articles/ferries-wait/")[2]
    )
    assert found
    return found[1]


def post(
    preview: Preview, path: str, body: object, headers: Mapping[str, str | None] | None = None
) -> tuple[int, Any]:
    """A POST as the panel makes it; `headers` replaces some, None leaves one out."""
    host = f"{preview.address[0]}:{preview.address[1]}"
    given: dict[str, str | None] = {
        "Content-Type": "application/json",
        "Origin": f"http://{host}",
        "X-Sitegen-Token": token_of(preview),
        **(headers or {}),
    }
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection = http.client.HTTPConnection(*preview.address, timeout=PATIENCE)
    try:
        connection.request(
            "POST", path, sent, {name: value for name, value in given.items() if value is not None}
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        return answer.status, json.loads(text) if text.startswith("{") else text
    finally:
        connection.close()


def sheet(preview: Preview) -> dict[str, Any]:
    status, headers, text = preview.get("/.sitegen/sheet?article=ferries-wait")
    assert (status, headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    made: dict[str, Any] = json.loads(text)
    return made


def act(preview: Preview, **what: object) -> dict[str, Any]:
    return {"article": "ferries-wait", "sha256": sheet(preview)["sha256"], "act": {"of": "quotes", **what}}


def test_the_sheet_and_the_queue(preview: Preview) -> None:
    made = sheet(preview)
    assert (made["path"], made["url"]) == (PATH, "/articles/ferries-wait/")
    assert [(doubt["item"], doubt["code"]) for doubt in made["doubts"]] == [
        ("q1", "speaker-inferred"),
        ("q2", "speaker-unknown"),
        ("f1", "figure-unlabelled"),
    ]
    queue = json.loads(preview.get("/.sitegen/queue")[2])
    assert {one["id"]: one["doubts"] for one in queue} == {"ferries-wait": 3, "bridge-shut": 3}


def test_the_panel_stands_beside_articles_only(preview: Preview) -> None:
    assert "panel.js" in preview.get("/articles/ferries-wait/")[2]
    assert "panel.js" not in preview.get("/")[2]
    for name in ("panel.js", "panel.css"):
        assert preview.get(f"/.sitegen/{name}")[0] == 200


def test_an_act_changes_the_file_and_the_site_follows(preview: Preview) -> None:
    label = act(preview, name="label", of="figures", item="f1", value="ferries in port")
    with preview.stream("?page=/articles/ferries-wait/") as following:
        following()
        status, made = post(preview, "/.sitegen/act", label)
        assert (status, made["figures"][0]["label"], made["undo"]) == (200, "ferries in port", True)
        assert (preview.root / PATH).read_text() == ARTICLE.replace(
            "value: 3}", "value: 3, label: ferries in port}"
        )
        assert following()["page"] is True
    status, made = post(preview, "/.sitegen/undo", {"article": "ferries-wait"})
    assert (status, made["undo"]) == (200, False)
    assert (preview.root / PATH).read_text() == ARTICLE


def test_who_saves_meanwhile_wins(preview: Preview) -> None:
    wanted = act(preview, name="drop", item="q2")
    save(preview.root / PATH, ARTICLE.replace("Ferries wait", "Ferries wait on"))
    status, made = post(preview, "/.sitegen/act", wanted)
    assert status == 409
    assert "changed meanwhile" in made["problems"][0]
    assert "Nobody told us" in (preview.root / PATH).read_text()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Sitegen-Token": None}, 403),
        ({"X-Sitegen-Token": ""}, 403),
        ({"X-Sitegen-Token": "x" * 32}, 403),
        ({"X-Sitegen-Token": "\u00fc"}, 403),
        ({"Origin": None}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": None}, 415),
        ({"Content-Length": "-1"}, 411),
        ({"Content-Length": "1e3"}, 411),
        ({"Content-Length": "70000"}, 413),
        ({"Transfer-Encoding": "chunked"}, 400),
    ],
)
def test_who_may_not_write(preview: Preview, headers: dict[str, str | None], status: int) -> None:
    assert post(preview, "/.sitegen/act", act(preview, name="drop", item="q2"), headers)[0] == status
    assert (preview.root / PATH).read_text() == ARTICLE


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 9000, 400),
        ({"article": "ferries-wait"}, 400),
        ({"article": "ferries-wait", "sha256": "", "act": {"name": "drop"}}, 400),
        ({"article": "ferries-wait", "sha256": "", "act": {"name": "drop", "of": "body", "item": "q1"}}, 400),
        (
            {"article": "ferries-wait", "sha256": "0", "act": {"name": "drop", "of": "quotes", "item": "q1"}},
            409,
        ),
        (
            {
                "article": "../sitegen.yaml",
                "sha256": "0",
                "act": {"name": "drop", "of": "quotes", "item": "q1"},
            },
            422,
        ),
    ],
)
def test_what_makes_no_sense_changes_nothing(preview: Preview, body: object, status: int) -> None:
    assert post(preview, "/.sitegen/act", body)[0] == status
    assert (preview.root / PATH).read_text() == ARTICLE


@pytest.mark.parametrize("path", ["/", "/articles/ferries-wait/", "/.sitegen/sheet", "/.sitegen/events"])
def test_nothing_else_takes_a_post(preview: Preview, path: str) -> None:
    assert post(preview, path, {"article": "ferries-wait"})[0] == 405


def test_a_broken_article_says_so_on_its_sheet(preview: Preview) -> None:
    save(preview.root / PATH, ARTICLE.replace("date: 2026-11-18", "date: soon"))
    status, _, text = preview.get("/.sitegen/sheet?article=ferries-wait")
    assert status == 422
    assert "date" in json.loads(text)["problems"][0]


def test_without_a_desk_there_is_no_panel(tmp_path: Path) -> None:
    root = write_newsroom(tmp_path / "digest")
    rebuild, _ = newsroom(root)
    with running(root, rebuild) as preview:
        assert "panel.js" not in preview.get("/articles/ferries-wait/")[2]
        assert preview.get("/.sitegen/queue")[0] == 404


def test_following_names_the_one_article_that_was_edited(tmp_path: Path) -> None:
    root = write_newsroom(tmp_path / "digest")
    rebuild, desk = newsroom(root, follow=True)
    with running(root, rebuild, desk=desk) as preview, preview.stream("?page=/") as following:
        assert following()["edited"] is None
        save(root / PATH, ARTICLE.replace("That was all.", "That was not all."))
        assert following()["edited"] == "/articles/ferries-wait/"
        save(root / "seeds/new.txt", SEED)
        assert re.fullmatch(r"/articles/[a-z-]+/", str(following()["edited"]))


SEED = """Marrowick bridge to close for a month

The council of Marrowick will close the old bridge for a month from Monday, it said in a statement.

“We regret the trouble,” said Dot Hale, the harbour engineer. “The work cannot wait.”
"""


@pytest.mark.parametrize(
    ("asked", "status", "stretch"),
    [
        ("bytes=0-3", 206, (0, 4)),
        ("bytes=4-", 206, (4, None)),
        ("bytes=-5", 206, (-5, None)),
        ("bytes=-999999", 206, (0, None)),
        ("bytes=2-999999", 206, (2, None)),
        ("bytes=999999-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=5-2", 200, (0, None)),
        ("bytes=0-1,3-4", 200, (0, None)),
        ("lines=0-1", 200, (0, None)),
        ("bytes=x", 200, (0, None)),
    ],
)
def test_a_part_of_a_file(
    preview: Preview, asked: str, status: int, stretch: tuple[int, int | None] | None
) -> None:
    whole = preview.get("/feed.xml")[2]
    got, headers, text = preview.get("/feed.xml", Range=asked)
    assert got == status
    assert headers.get("Accept-Ranges") == "bytes" or status == 304
    if stretch is None:
        assert headers["Content-Range"] == f"bytes */{len(whole.encode())}"
        assert text == ""
    else:
        assert text.encode() == whole.encode()[stretch[0] : stretch[1]]


def test_a_part_of_what_has_changed_is_the_whole(preview: Preview) -> None:
    _, headers, whole = preview.get("/feed.xml")
    tag = headers["ETag"]
    assert preview.get("/feed.xml", **{"Range": "bytes=0-3", "If-Range": tag})[0] == 206
    assert preview.get("/feed.xml", **{"Range": "bytes=0-3", "If-Range": '"other"'})[2] == whole


def test_a_site_that_moves_below_a_path_is_found_there(tmp_path: Path) -> None:
    root = write_newsroom(tmp_path / "digest")
    rebuild, desk = newsroom(root)
    with (
        running(root, rebuild, desk=desk) as preview,
        preview.stream("?page=/articles/ferries-wait/") as told,
    ):
        told()
        config = root / "sitegen.yaml"
        save(config, config.read_text().replace("https://wire.example/", "https://wire.example/repo/"))
        assert told()["page"] is True
        status, _, page = preview.get("/repo/articles/ferries-wait/")
        assert (status, 'href="/repo/' in page) == (200, True)
        assert preview.get("/articles/ferries-wait/")[0] == 404
        status, _, page = preview.get("/repo/nowhere/")
        assert (status, 'href="/repo/' in page) == (404, True)
