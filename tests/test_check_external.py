"""`check --external`: links of the site to a server on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.fetch import client, links
from sitegen.fetch.wire import Limits
from tests.conftest import MakeDigest, Result, Run, write_tree
from tests.loopback import Asked, Loopback, Says, loopback

PAGE = '<!doctype html><html lang="en"><head><title>{}</title></head><body><h1>x</h1>{}</body></html>'
DAY = "2026-11-{:02}T08:00:00+00:00"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setattr(client, "LIMITS", Limits(pause=0))
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with loopback() as made:
        yield made


Check = Callable[..., Result]


@pytest.fixture
def check(make_digest: MakeDigest, run: Run, web: Loopback) -> Check:
    """Run `sitegen check --external` over a site that links to these addresses, as of a day of November."""
    root = make_digest({"sitegen.yaml": f"url: https://wire.example/\nfeeds: [{{url: '{web.url}/feed'}}]\n"})

    def call(*addresses: str, day: int = 1, options: tuple[str, ...] = ("--external",)) -> Result:
        anchors = "".join(f'<a href="{address}">x</a>\n' for address in addresses)
        write_tree(root / "public", {"index.html": PAGE.format("Home", anchors)})
        return run("check", "-C", root, "--now", DAY.format(day), "--json", *options)

    return call


def external(result: Result) -> list[str]:
    found = json.loads(result.out)["problems"]
    return [problem["message"].split()[0] for problem in found if problem["code"] == "link-external"]


def test_only_on_request(check: Check, web: Loopback) -> None:
    assert external(check(f"{web.url}/gone", options=())) == []
    assert web.asked == []


def test_links_that_lead_nowhere_are_warnings_where_they_stand(check: Check, web: Loopback) -> None:
    web.answers["/fine"] = Says("fine")
    result = check(f"{web.url}/fine#part", "/", f"{web.url}/gone", f"{web.url}/gone#other")
    (problem,) = [one for one in json.loads(result.out)["problems"] if one["code"] == "link-external"]
    assert (problem["path"], problem["line"], problem["severity"]) == ("public/index.html", 3, "warning")
    assert problem["message"] == f"{web.url}/gone leads nowhere (and 1 more): the answer is 404"
    assert [(one.method, one.path) for one in web.asked] == [
        ("HEAD", "/fine"),
        ("HEAD", "/gone"),
        ("GET", "/gone"),
    ]


def test_a_host_that_does_not_answer_head(check: Check, web: Loopback) -> None:
    def answer(asked: Asked) -> Says:
        return Says("here", 200 if asked.method == "GET" else 404)

    web.answers["/page"] = answer
    assert external(check(f"{web.url}/page")) == []


@pytest.mark.parametrize(
    ("says", "fine"),
    [
        (Says("", 403), True),
        (Says("", 999), True),
        (Says("", 410), False),
        (Says("", 500), False),
        (Says("", 301, {"Location": "/there"}), True),
        (Says("", 301, {"Location": "/gone"}), False),
        (Says("", 301, {"Location": "/x"}), False),
        (Says("", 301, {"Location": "http://10.0.0.1/"}), False),
        (Says(raw=b"junk\r\n"), False),
    ],
)
def test_what_counts_as_nowhere(check: Check, web: Loopback, says: Says, fine: bool) -> None:
    web.answers |= {"/x": says, "/there": Says("here")}
    assert (external(check(f"{web.url}/x")) == []) is fine


def test_addresses_of_this_machine_are_not_asked(check: Check, web: Loopback) -> None:
    assert external(check("http://127.0.0.1:9/", "http://[::1]/", "mailto:x@y.example", "http://[bad/")) == [
        "http://127.0.0.1:9/",
        "http://[::1]/",
    ]


def test_what_is_known_is_not_asked_again_for_some_days(check: Check, web: Loopback) -> None:
    web.answers["/fine"] = Says("fine")
    site = (f"{web.url}/fine", f"{web.url}/gone")
    counts = []
    for day in (1, 1 + links.DAYS_BROKEN - 1, 1 + links.DAYS_BROKEN, links.DAYS_FINE, 1 + links.DAYS_FINE):
        assert external(check(*site, day=day)) == [f"{web.url}/gone"]
        counts.append((web.count("/fine"), web.count("/gone")))
    assert counts == [(1, 2), (1, 2), (1, 4), (1, 6), (2, 8)]


@pytest.mark.parametrize("damaged", ["{", "[]", '{"URL/gone": {"day": "x"}}', '{"URL/gone": 7}'])
def test_a_damaged_cache_costs_time_only(check: Check, web: Loopback, tmp_path: Path, damaged: str) -> None:
    (tmp_path / "digest/.sitegen").mkdir(parents=True)
    (tmp_path / "digest" / links.CACHE).write_text(damaged.replace("URL", web.url))
    assert external(check(f"{web.url}/gone")) == [f"{web.url}/gone"]


def test_a_host_that_wants_to_be_left_alone_is(check: Check, web: Loopback) -> None:
    web.answers["/a"] = Says("", 429, {"Retry-After": "60"})
    assert external(check(f"{web.url}/a", f"{web.url}/b", f"{web.url}/c")) == []
    assert len(web.asked) == 1
