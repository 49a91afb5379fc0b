"""`fetch`: feeds of a server on this machine, well-made and hostile, into seeds."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import frontmatter, output
from sitegen.config import SourceFeed
from sitegen.errors import FetchError
from sitegen.fetch import addresses, client, feeds, ledger
from sitegen.fetch.client import Client, client_for
from sitegen.fetch.wire import Limits, Proxies
from tests.conftest import NOW, MakeDigest, Result, Run, times, tree_of
from tests.loopback import Loopback, Says, loopback

pytest.importorskip("feedparser", reason="the extra “feeds” is not installed")

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Marrowick Courier</title>
<link>https://courier.example/</link><description>News of the quays</description>{}</channel></rss>"""
ITEM = """<item><title>{title}</title><guid>{guid}</guid><link>{link}</link>
<description>{text}</description>{more}</item>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<title>The Tideway Review</title><id>tag:tideway.example,2026:feed</id><updated>2026-11-20T10:00:00Z</updated>
<entry><title type="html">Ferries &lt;b&gt;at&lt;/b&gt; night</title><id>tag:tideway.example,2026:1</id>
<link href="/ferries"/><updated>2026-11-20T10:00:00Z</updated><published>2026-11-19T09:30:00+01:00</published>
<author><name>Ada Quill</name></author><category term="Ferries"/>
<summary>Night boats are back, and few asked for them.</summary>
<content type="html">&lt;p&gt;The night ferry sails again.&lt;/p&gt;
&lt;script&gt;bad()&lt;/script&gt;&lt;h2&gt;Who pays&lt;/h2&gt;
&lt;p&gt;“Nobody yet,” said Orla Penhallow.&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Chandlery Week",
    "items": [
        {
            "id": 7,
            "url": "https://chandlery.example/rope",
            "title": "Rope is dear",
            "content_html": "<p>Rope costs 9% more than last year.</p>",
            "date_published": "2026-11-18T08:00:00Z",
            "authors": [{"name": "Bo Tarn"}],
            "tags": ["rope", "prices"],
        }
    ],
}


def item(n: int | str, *, text: str = "", link: str | None = None, more: str = "") -> str:
    return ITEM.format(
        title=f"Story {n}",
        guid=f"https://courier.example/?p={n}",
        link=f"https://courier.example/{n}" if link is None else link,
        text=text or f"The words of story {n}, all of them.",
        more=more,
    )


def rss(*items: str) -> str:
    return RSS.format("".join(items))


@pytest.fixture
def web() -> Iterator[Loopback]:
    with loopback() as made:
        yield made


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LIMITS", Limits(pause=0))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


Fetch = Callable[..., Result]


@pytest.fixture
def root(make_digest: MakeDigest) -> Path:
    return make_digest({})


@pytest.fixture
def fetch(run: Run, root: Path, web: Loopback) -> Fetch:
    """Run `sitegen fetch` over feeds at these paths of the server."""

    def call(*paths: str, more: str = "", now: str = NOW, text: bool = False) -> Result:
        lines = "".join(f"  - url: {web.url}{path}\n{more}" for path in paths)
        (root / "sitegen.yaml").write_text(f"title: T\nfeeds:\n{lines}")
        return run("fetch", "-C", root, "--now", now, *([] if text else ["--json"]))

    return call


def made(result: Result) -> list[str]:
    return [path for feed in json.loads(result.out)["feeds"] for path in feed["made"]]


def codes(result: Result) -> list[str]:
    return [problem["code"] for problem in json.loads(result.out)["problems"]]


def ask(web: Loopback, path: str, *, limit: int = 1000, **limits: float) -> client.Answer:
    asker = Client(datetime(2026, 11, 22, tzinfo=UTC), limits=Limits(**{"pause": 0, **limits}))  # type: ignore[arg-type]
    asker.named = frozenset([addresses.read(web.url).origin])
    return asker.get(web.url + path, limit=limit)


def refusal(web: Loopback, path: str, *, limit: int = 1000, **limits: float) -> str:
    with pytest.raises(FetchError) as caught:
        ask(web, path, limit=limit, **limits)
    return caught.value.problems[0].code


# ---------------------------------------------------------------- what a feed becomes


def test_an_rss_item_becomes_a_seed_that_says_where_it_is_from(
    fetch: Fetch, web: Loopback, root: Path
) -> None:
    more = (
        "<pubDate>Wed, 18 Nov 2026 08:00:00 +0100</pubDate><dc:creator>Ada Quill</dc:creator>"
        "<category>Ports</category>"
    )
    web.answers["/feed"] = Says(rss(item(1, more=more)), headers={"Content-Type": "application/rss+xml"})
    result = fetch(
        "/feed", more="    source: Marrowick Courier\n    topics: [harbours]\n    rights: excerpt\n"
    )
    assert result.code == 0
    assert made(result) == ["seeds/2026/story-1.txt"]
    matter, body = frontmatter.load((root / "seeds/2026/story-1.txt").read_text())
    assert matter == {
        "title": "Story 1",
        "url": "https://courier.example/1",
        "source": "Marrowick Courier",
        "author": "Ada Quill",
        "date": datetime(2026, 11, 18, 7, tzinfo=UTC),
        "topics": ["harbours", "ports"],
        "rights": "excerpt",
        "fetched": {
            "feed": f"{web.url}/feed",
            "item": "https://courier.example/?p=1",
            "at": datetime.fromisoformat(NOW).date(),
        },
    }
    assert body == "\nStory 1\n\nThe words of story 1, all of them.\n"


def test_atom_content_keeps_its_words_and_loses_its_markup(fetch: Fetch, web: Loopback, root: Path) -> None:
    web.answers["/atom"] = Says(ATOM)
    assert made(fetch("/atom")) == ["seeds/2026/ferries-at-night.txt"]
    matter, body = frontmatter.load((root / "seeds/2026/ferries-at-night.txt").read_text())
    assert (matter["author"], matter["lang"], matter["url"]) == ("Ada Quill", "en-GB", f"{web.url}/ferries")
    assert matter["standfirst"] == "Night boats are back, and few asked for them."
    assert matter["date"] == datetime(2026, 11, 19, 8, 30, tzinfo=UTC)
    assert "bad()" not in body
    assert "The night ferry sails again." in body and "“Nobody yet,” said Orla Penhallow." in body


def test_a_json_feed(fetch: Fetch, web: Loopback, root: Path) -> None:
    web.answers["/feed.json"] = Says(json.dumps(JSON_FEED))
    assert made(fetch("/feed.json")) == ["seeds/2026/rope-is-dear.txt"]
    matter, body = frontmatter.load((root / "seeds/2026/rope-is-dear.txt").read_text())
    assert (matter["author"], matter["topics"]) == ("Bo Tarn", ["rope", "prices"])
    assert "Rope costs 9% more than last year." in body
    assert "chandlery.example:7 2026/rope-is-dear.txt" in (root / "seeds/.fetched").read_text()


def test_what_was_fetched_converts_and_builds(fetch: Fetch, web: Loopback, root: Path, run: Run) -> None:
    words = "Harbour fees rise by 4% in March. “We had no choice,” said Orla Penhallow, the harbour master."
    web.answers["/feed"] = Says(rss(item(1, text=words)))
    fetch("/feed", more="    source: Marrowick Courier\n")
    assert run("convert", "-C", root, "--now", NOW).code == 0
    article = (root / "content/articles/2026/story-1.md").read_text()
    assert "name: Marrowick Courier" in article
    assert "url: https://courier.example/1" in article
    assert f"feed: {web.url}/feed" in article  # where it came from stays with the article
    assert "Orla Penhallow" in article


def test_short_lines_of_an_item_are_not_taken_for_debris(
    fetch: Fetch, web: Loopback, root: Path, run: Run
) -> None:
    words = "<p>Fees rise.</p><h3>Why</h3><ul><li>Rope is dear</li></ul><p>So is oil, said Bo Tarn.</p>"
    web.answers["/feed"] = Says(rss(item(1, text=words.replace("<", "&lt;"))))
    fetch("/feed")
    run("convert", "-C", root, "--now", NOW)
    _, body = frontmatter.load((root / "content/articles/2026/story-1.md").read_text())
    assert body.split("\n\n") == ["\nFees rise.", "## Why", "- Rope is dear", "So is oil, said Bo Tarn.\n"]


def test_a_guid_stays_as_the_feed_has_it(fetch: Fetch, web: Loopback, root: Path) -> None:
    web.answers["/feed"] = Says(rss(item(1).replace("https://courier.example/?p=1", "17/a")))
    fetch("/feed")
    assert "courier.example:17/a 2026/story-1.txt" in (root / "seeds/.fetched").read_text()


def test_the_whole_page_of_an_item(fetch: Fetch, web: Loopback, root: Path) -> None:
    page = b"<!doctype html><meta charset=windows-1252><title>Caf\xe9</title><p>Na\xefve.</p>"
    web.answers["/page"] = Says(page, headers={"Content-Type": "text/html"})
    web.answers["/feed"] = Says(rss(item(1, link=f"{web.url}/page")))
    assert made(fetch("/feed", more="    full: true\n    rights: link\n")) == ["seeds/2026/story-1.html"]
    data = (root / "seeds/2026/story-1.html").read_bytes()
    above, _, below = data.partition(b"---\n<!")
    assert b"<!" + below == page
    assert f"url: {web.url}/page".encode() in above and b"rights: link" in above


def test_a_page_that_is_not_to_be_had_gives_way_to_the_feeds_own_words(fetch: Fetch, web: Loopback) -> None:
    web.answers["/pdf"] = Says(b"%PDF", headers={"Content-Type": "application/pdf"})
    web.answers["/feed"] = Says(
        rss(item(1, link=f"{web.url}/gone"), item(2, link=f"{web.url}/pdf"), item(3, link="http://10.0.0.1/"))
    )
    result = fetch("/feed", more="    full: true\n")
    assert result.code == 0
    assert len(made(result)) == 3
    assert codes(result) == ["fetch-page"] * 3


def test_a_page_that_may_come_later_is_asked_for_again(fetch: Fetch, web: Loopback) -> None:
    web.answers["/page"] = Says("busy", 500)
    tagged = {"ETag": '"1"'}
    web.answers["/feed"] = Says(rss(item(1, link=f"{web.url}/page")), headers=tagged)
    first = fetch("/feed", more="    full: true\n")
    assert (first.code, made(first), codes(first)) == (1, [], ["fetch-status"])
    web.answers["/page"] = Says("<p>Here it is.</p>", headers={"Content-Type": "text/html"})
    again = fetch("/feed", more="    full: true\n")
    assert (again.code, made(again)) == (0, ["seeds/2026/story-1.html"])
    assert "if-none-match" not in web.asked[-2].headers


# ---------------------------------------------------------------- nothing twice


def test_the_second_run_writes_nothing(fetch: Fetch, web: Loopback, root: Path) -> None:
    web.answers["/feed"] = Says(rss(item(1), item(2)))
    assert len(made(fetch("/feed"))) == 2
    before = tree_of(root)
    result = fetch("/feed")
    assert (result.code, made(result)) == (0, [])
    assert json.loads(result.out)["feeds"][0]["known"] == 2
    assert tree_of(root) == before


def test_a_deleted_seed_stays_deleted_and_new_items_come(fetch: Fetch, web: Loopback, root: Path) -> None:
    web.answers["/feed"] = Says(rss(item(1)))
    fetch("/feed")
    (root / "seeds/2026/story-1.txt").unlink()
    web.answers["/feed"] = Says(rss(item(2), item(1)))
    assert made(fetch("/feed")) == ["seeds/2026/story-2.txt"]
    assert not (root / "seeds/2026/story-1.txt").exists()


def test_an_item_that_is_rewritten_does_not_come_again(fetch: Fetch, web: Loopback) -> None:
    web.answers["/feed"] = Says(rss(item(1)))
    fetch("/feed")
    web.answers["/feed"] = Says(
        rss(item(1, text="Other words altogether.", link="https://courier.example/x"))
    )
    assert made(fetch("/feed")) == []


def test_an_item_of_two_feeds_comes_once(fetch: Fetch, web: Loopback) -> None:
    web.answers["/a"] = web.answers["/b"] = Says(rss(item(1)))
    assert len(made(fetch("/a", "/b"))) == 1


def test_guids_that_stand_twice_or_not_at_all(fetch: Fetch, web: Loopback) -> None:
    bare = "<item><title>{}</title><description>Words of {}.</description>{}</item>"
    web.answers["/feed"] = Says(
        rss(
            item(1), item(1, text="The same again."), bare.format("Bare", "one", ""),
            bare.format("Bare", "two", ""), bare.format("Linked", "three", "<link>https://c.example/3</link>"),
        )
    )  # fmt: skip
    result = fetch("/feed")
    assert len(made(result)) == 4
    assert {"seeds/2026/bare.txt", "seeds/2026/bare-2.txt", "seeds/2026/linked.txt"} < set(made(result))
    assert made(fetch("/feed")) == []


def test_a_seed_of_the_same_name_is_not_written_over(fetch: Fetch, web: Loopback, root: Path) -> None:
    (root / "seeds/2026").mkdir(parents=True)
    (root / "seeds/2026/story-1.txt").write_text("an editor's own")
    web.answers["/feed"] = Says(rss(item(1)))
    assert made(fetch("/feed")) == ["seeds/2026/story-1-2.txt"]
    assert (root / "seeds/2026/story-1.txt").read_text() == "an editor's own"


def test_the_newest_items_only(fetch: Fetch, web: Loopback) -> None:
    days = (3, 9, 5)
    dated = [item(n, more=f"<pubDate>{n:02} Nov 2026 08:00:00 GMT</pubDate>") for n in days]
    web.answers["/feed"] = Says(rss(*dated))
    assert made(fetch("/feed", more="    items: 2\n")) == ["seeds/2026/story-5.txt", "seeds/2026/story-9.txt"]


def test_the_ledger_is_sorted_and_read_in_any_order(fetch: Fetch, web: Loopback, root: Path) -> None:
    web.answers["/feed"] = Says(rss(item(2), item(1)))
    fetch("/feed")
    head, *lines = (root / "seeds/.fetched").read_text().splitlines()
    assert head.startswith("#") and lines == sorted(lines) and len(lines) == 2
    (root / "seeds/.fetched").write_text("\n".join([*reversed(lines), lines[0], "", "# merged"]))
    assert made(fetch("/feed")) == []


def test_a_ledger_that_cannot_be_read_is_not_taken_for_an_empty_one(
    fetch: Fetch, web: Loopback, root: Path
) -> None:
    web.answers["/feed"] = Says(rss(item(1)))
    (root / "seeds").mkdir()
    (root / "seeds/.fetched").write_bytes(b"\xff\xfe")
    result = fetch("/feed", text=True)
    assert result.code == 1
    assert "seeds/.fetched: error:" in result.err and "git" in result.err
    assert not (root / "seeds/2026").exists()


# ---------------------------------------------------------------- conditional requests


def unchanged(asked: object) -> Says:
    headers = asked.headers  # type: ignore[attr-defined]
    if headers.get("if-none-match") == '"7"' and headers.get("if-modified-since") == "yesterday":
        return Says(b"", 304)
    return Says(rss(item(1)), headers={"ETag": '"7"', "Last-Modified": "yesterday"})


def test_a_feed_that_has_not_changed_says_so(fetch: Fetch, web: Loopback) -> None:
    web.answers["/feed"] = unchanged
    assert len(made(fetch("/feed"))) == 1
    result = fetch("/feed")
    assert json.loads(result.out)["feeds"][0]["unchanged"] is True
    assert (result.code, made(result)) == (0, [])


@pytest.mark.parametrize("undo", ["ledger", "settings", "cache"])
def test_no_condition_where_something_of_ours_has_changed(
    fetch: Fetch, web: Loopback, root: Path, undo: str
) -> None:
    web.answers["/feed"] = unchanged
    fetch("/feed")
    if undo == "ledger":
        (root / "seeds/.fetched").unlink()
    elif undo == "cache":
        (root / ".sitegen/feeds.json").write_text("{broken")
    result = fetch("/feed", more="    items: 5\n" if undo == "settings" else "")
    assert json.loads(result.out)["feeds"][0]["unchanged"] is False
    assert len(made(result)) == (undo == "ledger")


def test_retry_after_is_heeded_and_not_slept_for(fetch: Fetch, web: Loopback) -> None:
    web.answers["/feed"] = Says("slow down", 429, {"Retry-After": "7200"})
    web.answers["/other"] = Says(rss(item(1)))
    first = fetch("/feed", "/other")
    assert (first.code, codes(first)) == (1, ["fetch-wait", "fetch-wait"])
    assert "2 hours" in first.out
    assert web.count("/other") == 0  # the host is left alone, not the address
    again = fetch("/feed", now="2026-11-22T07:00:00+00:00")
    assert (again.code, codes(again), web.count("/feed")) == (0, ["fetch-wait"], 1)
    web.answers["/feed"] = Says(rss(item(2)))
    assert len(made(fetch("/feed", now="2026-11-22T09:00:00+00:00"))) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("Sun, 22 Nov 2026 00:02:00 GMT", 120),
        ("Sat, 21 Nov 2026 00:00:00 GMT", 1),
        ("999999999", 7 * 24 * 3600),
        ("soon", 3600),
    ],
)
def test_what_retry_after_says(web: Loopback, said: str, seconds: int) -> None:
    web.answers["/"] = Says("", 429, {"Retry-After": said})
    with pytest.raises(client.Wait) as caught:
        ask(web, "/")
    assert caught.value.seconds == seconds


# ---------------------------------------------------------------- failures


def test_a_failing_feed_does_not_stop_the_others(fetch: Fetch, web: Loopback, root: Path) -> None:
    web.answers["/good"] = Says(rss(item(1)))
    result = fetch("/none", "/good")
    assert (result.code, made(result)) == (1, ["seeds/2026/story-1.txt"])
    problem = json.loads(result.out)["problems"][0]
    assert (problem["code"], problem["path"], problem["line"]) == ("fetch-status", "sitegen.yaml", 3)
    assert problem["hint"]
    told = fetch("/none", "/good", text=True)
    assert "sitegen.yaml:3:10: error: the answer is 404 [fetch-status]" in told.err
    web.answers["/none"] = Says("no", 500)
    assert "= that server has a fault: ask it again later" in fetch("/none", text=True).err
    assert f"asking {web.url}/good" in told.out


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 502])
def test_an_answer_that_is_none(web: Loopback, status: int) -> None:
    web.answers["/"] = Says("no", status)
    assert refusal(web, "/") == "fetch-status"


PAGE = (
    '<!DOCTYPE html><html><head><link rel=alternate type="application/rss+xml" href="/f.xml"></head></html>'
)


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        (PAGE, "/f.xml"),
        ("<!-- x --><html><p>Hello.</p></html>", "the feed itself"),
        ("just words", "the feed itself"),
        ("", "the feed itself"),
        ("{", "the feed itself"),
        ("{}", "the feed itself"),
        ('{"a":' * 100_000, "the feed itself"),
        (b"\x89PNG\r\n\x00\x00", "the feed itself"),
    ],
)  # fmt: skip
def test_what_is_no_feed(fetch: Fetch, web: Loopback, body: str | bytes, hint: str) -> None:
    web.answers["/feed"] = Says(body)
    result = fetch("/feed")
    assert (result.code, codes(result)) == (1, ["fetch-no-feed"])
    assert hint in json.loads(result.out)["problems"][0]["hint"]


def test_broken_xml_is_read_as_far_as_it_goes(fetch: Fetch, web: Loopback) -> None:
    web.answers["/feed"] = Says(rss(item(1), item(2)).replace("</channel></rss>", "<item><title>Cut & off"))
    result = fetch("/feed")
    assert result.code == 0
    assert {"seeds/2026/story-1.txt", "seeds/2026/story-2.txt"} <= set(made(result))
    assert "fetch-feed-fault" in codes(result)


def test_the_bytes_of_a_feed_are_never_taken_for_a_files_name(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(item(1)))
    with pytest.raises(FetchError) as caught:
        feeds.read(str(tmp_path / "feed.xml").encode(), "https://courier.example/feed")
    assert caught.value.problems[0].code == "fetch-no-feed"


def test_entities_do_not_grow_and_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    text = rss(item(1, text="&a11; &file;")).replace(
        "<rss",
        f'<!DOCTYPE r [<!ENTITY a0 "ha">{bomb}<!ENTITY file SYSTEM "file://{tmp_path}/secret">]><rss',
        1,
    )
    found = feeds.read(text.encode(), "https://courier.example/feed")
    assert all(len(one.summary) < 1000 and "the secret" not in one.summary for one in found.items)


@pytest.mark.parametrize(
    ("declared", "sent", "header"),
    [
        ("iso-8859-1", "iso-8859-1", "application/xml"),
        ("utf-8", "iso-8859-1", "application/xml"),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "utf-8", "application/xml; charset=nonsense"),
    ],
)
def test_character_sets(
    fetch: Fetch, web: Loopback, root: Path, declared: str, sent: str, header: str
) -> None:
    text = rss(item(1, text="Café by the quay.")).replace('"utf-8"', f'"{declared}"')
    web.answers["/feed"] = Says(text.encode(sent), headers={"Content-Type": header})
    (path,) = made(fetch("/feed"))
    said = (root / path).read_text()
    assert "by the quay." in said
    assert "Café" in said or header.endswith("8859-1")  # there the header speaks, and it is wrong


def test_hostile_titles_and_links(fetch: Fetch, web: Loopback, root: Path) -> None:
    titles = [
        "../../../etc/passwd",
        "..",
        "con",
        "a" * 5000,
        "---\nid: 1\n---",
        "\u202eevil",
        "&lt;script&gt;x",
    ]
    hostile = [
        ITEM.format(title=title, guid=f"g{n}", link=link, text=f"Words {n}.", more="")
        for n, (title, link) in enumerate(
            zip(titles, ["javascript:alert(1)", "file:///etc/passwd", "//u:p@h/", "data:x", "", "\n", "ftp://x"],
                strict=True)
        )
    ]  # fmt: skip
    web.answers["/feed"] = Says(rss(*hostile))
    result = fetch("/feed")
    assert (result.code, len(made(result))) == (0, len(titles))
    for path in made(result):
        whole = (root / path).resolve()
        assert whole.parent == (root / "seeds/2026").resolve() and len(whole.name) < 100
        matter, _ = frontmatter.load(whole.read_text())
        assert "url" not in matter or matter["url"].startswith("http")
        assert set(matter) <= {"title", "url", "fetched", "source"}
    assert {path.parts[-2] for path in root.rglob("*.txt")} == {"2026"}
    assert made(fetch("/feed")) == []


def test_letters_that_no_file_can_hold(fetch: Fetch, web: Loopback, root: Path) -> None:
    odd = "x\ud800\x00\x1b[31m\u202ey"
    one = {"id": odd, "title": odd, "url": odd, "content_html": f"<p>Words {odd}.</p>", "summary": odd,
           "tags": [odd, 7, None], "authors": [{"name": odd}, 3], "language": odd}  # fmt: skip
    web.answers["/feed"] = Says(json.dumps({**JSON_FEED, "title": odd, "items": [one, 4, {}, [odd]]}))
    result = fetch("/feed", text=True)
    assert (result.code, "\x1b" in result.out + result.err) == (0, False)
    (path,) = root.glob("seeds/*/*.txt")
    matter, body = frontmatter.load(path.read_text("utf-8"))
    assert "Words x" in body and "\x1b" not in matter["title"]
    assert made(fetch("/feed")) == []


def test_guids_of_any_kind_are_one_word_of_the_ledger() -> None:
    feed = SourceFeed("https://courier.example/feed")
    for guid in ("a b\nc\td", "é\u2028", "x" * 10_000, "\ud800", "#x", "%"):
        word = ledger.identity(feeds.Item(guid, "", "T"), feed)
        assert word.split() == [word] and len(word) <= 300 and not word.startswith("#")


def test_dates_that_cannot_be_do_not_make_folders(fetch: Fetch, web: Loopback) -> None:
    dates = ["Wed, 18 Nov 9999 08:00:00 GMT", "Wed, 18 Nov 0001 08:00:00 GMT", "whenever"]
    dated = [item(n, more=f"<pubDate>{date}</pubDate>") for n, date in enumerate(dates)]
    web.answers["/feed"] = Says(rss(*dated))
    assert {path.split("/")[1] for path in made(fetch("/feed"))} == {"2026"}


def test_items_without_words_are_left_out_and_said(fetch: Fetch, web: Loopback) -> None:
    web.answers["/feed"] = Says(rss("<item><title>Only a title</title><guid>g</guid></item>"))
    result = fetch("/feed")
    assert (result.code, made(result), codes(result)) == (0, [], ["fetch-item-empty"])


# What is put into a sound feed; a line break between two.
CHUNK = st.sampled_from(
    """<item>
</item>
<title>
<guid>
&#x0;
<![CDATA[
]]>
<!--
<entry>
<content type='xhtml'>
<pubDate>1 Jan 0000
<updated>
<category term='
'/>
<media:content url='http://[
{
"items":
\0
\x1b
\udcff""".splitlines()
)


@settings(max_examples=times(60), deadline=None)
@given(st.lists(CHUNK, max_size=12).map("".join), st.integers(0, 2), st.integers(0, 400))
def test_no_bytes_do_more_harm_than_to_fail(middle: str, which: int, at: int) -> None:
    sound = (rss(item(1)), ATOM, json.dumps(JSON_FEED))[which]
    data = (sound[:at] + middle + sound[at:]).encode("utf-8", "surrogateescape")
    with suppress(FetchError):
        for one in feeds.read(data, "https://courier.example/feed").items:
            assert one.link == "" or one.link.startswith("http")


# ---------------------------------------------------------------- the wire


def test_gzip_is_unpacked(web: Loopback) -> None:
    packed = gzip.compress(b"words " * 100)
    web.answers["/"] = Says(packed, headers={"Content-Encoding": "gzip"})
    assert ask(web, "/").body == b"words " * 100
    assert web.asked[0].headers["accept-encoding"] == "gzip"
    assert web.asked[0].headers["user-agent"].startswith("sitegen/")


BIG = b"x" * 1001
FAULTS: dict[str, Says] = {
    "fetch-too-large": Says(BIG),
    "fetch-too-large ": Says(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}),
    "fetch-too-large  ": Says(b"x" * 500, drip=True),
    "fetch-slow": Says(b".", drip=True),
    "fetch-slow ": Says(b"X-A: b\r\n", raw=b"HTTP/1.1 200 OK\r\n", drip=True),
    "fetch-slow  ": Says(b"1", raw=b"HTTP/1.1 200", drip=True),
    "fetch-cut": Says(b"half", headers={"Content-Length": "400"}),
    "fetch-cut ": Says(gzip.compress(b"words" * 50)[:-20], headers={"Content-Encoding": "gzip"}),
    "fetch-garbled": Says(raw=b"SSH-2.0-harbour\r\n"),
    "fetch-garbled ": Says(raw=b""),
    "fetch-garbled  ": Says(b"no gzip", headers={"Content-Encoding": "gzip"}),
    "fetch-garbled   ": Says(b"?", headers={"Content-Encoding": "br"}),
    "fetch-garbled    ": Says(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "fetch-garbled     ": Says(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
    "fetch-garbled      ": Says(raw=b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_faults_on_the_wire(web: Loopback, code: str) -> None:
    web.answers["/"] = FAULTS[code]
    assert refusal(web, "/", total=1.5 if "slow" in code else 20) == code.strip()


def test_a_host_that_is_not_there(web: Loopback) -> None:
    asker = client_for(datetime(2026, 11, 22, tzinfo=UTC), ["http://127.0.0.1:1/"], {})
    with pytest.raises(FetchError, match="fetch-unreachable"):
        asker.get("http://127.0.0.1:1/", limit=10)


def test_one_request_at_a_time_with_a_pause_between(web: Loopback) -> None:
    slept: list[float] = []
    web.answers["/"] = Says("x")
    asker = Client(datetime(2026, 11, 22, tzinfo=UTC), limits=Limits(pause=100), sleep=slept.append)
    asker.named = frozenset([addresses.read(web.url).origin])
    for _ in range(3):
        asker.get(web.url, limit=10)
    assert len(slept) == 2 and all(0 < pause <= 100 for pause in slept)


CERTIFICATE = Path(__file__).parent / "cases/tls/loopback.pem"  # for 127.0.0.1 and courier.example


def test_https(monkeypatch: pytest.MonkeyPatch) -> None:
    with loopback(CERTIFICATE) as web:
        web.answers["/"] = Says("secret words")
        assert refusal(web, "/") == "fetch-certificate"  # nobody has vouched for it
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert ask(web, "/").body == b"secret words"
        other = web.url.replace("127.0.0.1", "localhost")
        with pytest.raises(FetchError, match="fetch-certificate"):
            client_for(datetime(2026, 11, 22, tzinfo=UTC), [other], {}).get(other, limit=100)


def test_https_through_a_proxy(web: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    asker = client_for(
        datetime(2026, 11, 22, tzinfo=UTC), [], {"https_proxy": web.url.replace("//", "//me:pw@")}
    )
    with loopback(CERTIFICATE) as far:
        far.answers["/feed"] = Says("through the tunnel")
        web.tunnels["courier.example:443"] = int(far.url.rpartition(":")[2])
        assert asker.get("https://courier.example/feed", limit=100).body == b"through the tunnel"
        assert "proxy-authorization" in web.asked[0].headers
        assert "proxy-authorization" not in far.asked[0].headers
        assert far.asked[0].headers["host"] == "courier.example"


def test_tls_to_what_speaks_none(web: Loopback) -> None:
    asker = Client(datetime(2026, 11, 22, tzinfo=UTC), frozenset([addresses.read(web.url).origin]))
    with pytest.raises(FetchError, match="fetch-unreachable"):
        asker.get(web.url.replace("http:", "https:"), limit=10)


# ---------------------------------------------------------------- redirects and addresses


def test_redirects_are_followed_and_lasting_ones_said(fetch: Fetch, web: Loopback) -> None:
    web.answers["/old"] = Says("", 301, {"Location": "/new"})
    web.answers["/new"] = Says("", 302, {"Location": f"{web.url}/now"})
    web.answers["/now"] = Says(rss(item(1)))
    result = fetch("/old")
    assert (result.code, len(made(result)), codes(result)) == (0, 1, ["fetch-moved"])
    assert f"{web.url}/new" in json.loads(result.out)["problems"][0]["message"]


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("/", "fetch-redirects"),
        ("/deeper", "fetch-redirects"),
        ("file:///etc/passwd", "fetch-address"),
        ("http://10.0.0.1/", "fetch-address"),
        ("http://127.0.0.1:22/", "fetch-address"),
        ("http://[::1]/", "fetch-address"),
        ("http://localhost:80/", "fetch-address"),
        ("http://169.254.169.254/latest/", "fetch-address"),
        ("http://2130706433/", "fetch-address"),
        ("http://user:pass@127.0.0.1/", "fetch-address"),
        ("http://[nonsense/", "fetch-address"),
        ("http://a b/", "fetch-address"),
        ("gopher://x/", "fetch-address"),
        ("http://x:99999/", "fetch-address"),
    ],
)
def test_redirects_that_are_not_followed(web: Loopback, location: str, code: str) -> None:
    web.answers["/"] = Says("", 302, {"Location": location})
    for n in range(20):
        web.answers["/deeper" + "r" * n] = Says("", 302, {"Location": "/deeper" + "r" * (n + 1)})
    assert refusal(web, "/") == code
    assert len(web.asked) <= 6


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::7f00:1", False),
    ],
)
def test_numbers_of_the_open_internet(number: str, public: bool) -> None:
    assert addresses.is_public(number) is public


def test_the_number_that_was_checked_is_the_one_that_is_asked(
    web: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server may give another answer the second time: it is not asked a second time."""
    answers = iter(["93.184.216.34"])
    connected: list[tuple[str, int]] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (next(answers), port))]

    def connect(place: tuple[str, int], timeout: float) -> object:
        connected.append(place)
        raise ConnectionRefusedError("closed")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("socket.create_connection", connect)
    with pytest.raises(FetchError, match="fetch-unreachable"):
        Client(datetime(2026, 11, 22, tzinfo=UTC)).get("http://rebind.example/", limit=10)
    assert connected == [("93.184.216.34", 80)]


def test_addresses_are_written_as_the_wire_wants_them() -> None:
    made = addresses.read("HTTPS://Bücher.example:443/käse und/%41?q=ü#part".replace(" ", "%20"))
    assert made.url == "https://xn--bcher-kva.example/k%C3%A4se%20und/%41?q=%C3%BC"
    assert addresses.read("http://[2001:db8::1]:8080/").shown_host == "[2001:db8::1]:8080"
    for wrong in (
        "http://a\r\nb/",
        "http://a/\x7f",
        "http:///x",
        "//a/",
        "",
        "http://a:0/",
        "http://" + "a" * 5000,
    ):
        with pytest.raises(FetchError, match="fetch-address"):
            addresses.read(wrong)


# ---------------------------------------------------------------- proxies


def test_a_proxy_of_the_environment_is_used(web: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    web.answers["http://courier.example/feed"] = Says("through the proxy")
    proxy = web.url.replace("//", "//reader:s%40lt@")
    asker = client_for(datetime(2026, 11, 22, tzinfo=UTC), [], {"http_proxy": proxy})
    assert asker.get("http://courier.example/feed", limit=100).body == b"through the proxy"
    assert web.asked[0].headers["proxy-authorization"] == "Basic cmVhZGVyOnNAbHQ="
    for private in ("http://127.0.0.1/", "http://localhost/", "http://0x7f.1/", "http://db.internal/"):
        with pytest.raises(FetchError, match="fetch-address"):
            asker.get(private, limit=100)


def test_a_proxy_that_gives_no_tunnel(web: Loopback) -> None:
    asker = client_for(datetime(2026, 11, 22, tzinfo=UTC), [], {"HTTPS_PROXY": web.url})
    with pytest.raises(FetchError, match="the proxy says no: 404"):
        asker.get("https://courier.example/feed", limit=100)
    assert web.asked[0].path == "courier.example:443"


def test_a_proxy_of_another_kind() -> None:
    asker = client_for(datetime(2026, 11, 22, tzinfo=UTC), [], {"all_proxy": "socks5://127.0.0.1:1"})
    with pytest.raises(FetchError, match="socks5://"):
        asker.get("https://courier.example/feed", limit=100)


@pytest.mark.parametrize(
    ("environment", "url", "proxied"),
    [
        ({"http_proxy": "http://p:1"}, "http://a.example/", True),
        ({"HTTP_PROXY": "http://p:1"}, "http://a.example/", False),
        ({"ALL_PROXY": "http://p:1"}, "https://a.example/", True),
        ({"https_proxy": "p:1", "no_proxy": "b.example, .a.example"}, "https://x.a.example/", False),
        ({"https_proxy": "p:1", "NO_PROXY": "*"}, "https://x.a.example/", False),
        ({"https_proxy": "p:1", "no_proxy": "a.example:8443"}, "https://a.example/", True),
    ],
)
def test_which_proxy(environment: dict[str, str], url: str, proxied: bool) -> None:
    found = Proxies.of(environment).of_address(addresses.read(url))
    assert found == ("http://p:1" if proxied else None)


# ---------------------------------------------------------------- the command


def test_without_feeds_there_is_nothing_to_do(run: Run, root: Path) -> None:
    result = run("fetch", "-C", root)
    assert result.code == 0
    assert "no feeds in sitegen.yaml" in result.out


def test_without_the_extra(fetch: Fetch, web: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "feedparser", None)
    web.answers["/feed"] = Says(rss(item(1)))
    result = fetch("/feed")
    assert (result.code, codes(result)) == (1, ["fetch-extra-missing"])
    assert "feedparser" in json.loads(result.out)["problems"][0]["hint"]


def test_the_lock_is_not_held_while_asking(fetch: Fetch, web: Loopback, root: Path, run: Run) -> None:
    held: list[int] = []

    def meanwhile(_: object) -> Says:
        with output.lock(root, command="build", since=datetime(2026, 11, 22, tzinfo=UTC)):
            held.append(1)
        return Says(rss(item(1)))

    web.answers["/feed"] = meanwhile
    assert fetch("/feed").code == 0
    assert held == [1]


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("feeds: [{url: courier.example}]\n", 1, "for example"),
        ("feeds: [{url: 'file:///etc/passwd'}]\n", 1, "for example"),
        ("feeds: [{url: 'https://me:pw@courier.example/'}]\n", 1, "everybody"),
        ("feeds:\n  - url: https://c.example/\n  - url: https://c.example/\n", 3, "take one"),
        ("feeds:\n  - url: https://c.example/\n    sorce: X\n", 3, "did you mean “source”?"),
        ("feeds:\n  - url: https://c.example/\n    items: 0\n", 3, ""),
        ("feeds:\n  - source: X\n", 2, "url"),
    ],
)
def test_feeds_in_the_configuration(run: Run, root: Path, text: str, line: int, hint: str) -> None:
    (root / "sitegen.yaml").write_text(text)
    result = run("fetch", "-C", root, "--json")
    assert result.code == 2
    (problem,) = json.loads(result.out)["problems"]
    assert (problem["path"], problem["line"]) == ("sitegen.yaml", line)
    assert hint in problem.get("hint", "")
