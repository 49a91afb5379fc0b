"""What an editor writes: found, checked, and what of it is public at one instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitegen import config, content
from sitegen.content import addresses
from sitegen.content.rules import RULES
from sitegen.errors import ContentError, Problem
from tests.conftest import MakeDigest, article

NOW = datetime(2026, 11, 22, 6, 17, tzinfo=UTC)


def load(root: Path, now: datetime = NOW, drafts: bool = False, future: bool = False) -> content.Content:
    return content.load(root, config.load(root), now, drafts=drafts, future=future)


def problems_of(root: Path) -> list[Problem]:
    with pytest.raises(ContentError) as caught:
        load(root)
    return list(caught.value.problems)


def test_what_a_file_leaves_open_is_filled_in(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "sitegen.yaml": "rights: summary\ntimezone: Europe/Lisbon\n"
            "sources: {The Review: {rights: excerpt}}\n",
            "content/articles/By hand.md": "---\nid: by-hand\ntitle: 1984\ndate: 2026-07-01\n---\nA b c",
            "content/articles/2026/b.md": article("b", source="{name: The Review}"),
            "content/articles/2026/c.md": article("c", source="{name: The Review}", rights="full"),
        }
    )
    by_id = {a.id: a for a in load(root).site.articles}
    first = by_id["by-hand"]
    assert (first.slug, first.title, first.words, first.rights) == ("by-hand", "1984", 3, "summary")
    assert first.date is not None
    assert first.date.isoformat() == "2026-07-01T00:00:00+01:00"
    assert by_id["id-b"].rights == "excerpt"
    assert by_id["id-c"].rights == "full"


def test_hidden_files_backups_and_conflicts_are_no_content(make_digest: MakeDigest) -> None:
    names = (".hidden.md", "~backup.md", "a.conflict.md", ".base/x.md", "notes.txt")
    root = make_digest({f"content/articles/{name}": "no front matter" for name in names})
    assert load(root).articles == ()


@pytest.mark.parametrize(
    ("extra", "state", "public"),
    [
        ({}, "published", True),
        ({"status": "draft"}, "draft", False),
        ({"date": "2026-11-22T06:17:00Z"}, "published", True),
        ({"date": "2026-11-22T06:17:01Z"}, "scheduled", False),
        ({"expires": "2026-11-22T06:17:00Z"}, "expired", False),
        ({"expires": "2026-11-22T06:17:01Z"}, "published", True),
        ({"retracted": "{date: 2026-11-20, reason: It was not so.}"}, "retracted", True),
        (
            {"retracted": "{date: 2026-11-20, reason: It was not so.}", "expires": "2026-11-21"},
            "retracted",
            True,
        ),
        ({"retracted": "{date: 2026-11-20, reason: It was not so.}", "status": "draft"}, "draft", False),
        ({"date": None, "added": "2026-11-20"}, "published", True),
    ],
)
def test_state_is_decided_at_now(
    make_digest: MakeDigest, extra: dict[str, object], state: str, public: bool
) -> None:
    loaded = load(make_digest({"content/articles/a.md": article("a", **extra)}))
    (found,) = loaded.articles
    assert content.state(found, NOW) == state
    assert bool(loaded.site.articles) is public


def test_a_day_begins_in_the_site_s_zone(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "sitegen.yaml": "timezone: Asia/Tokyo\n",
            "content/articles/a.md": article("a", date="2026-11-22"),
        }
    )
    assert load(root, datetime(2026, 11, 21, 14, 59, tzinfo=UTC)).site.articles == ()
    assert len(load(root, datetime(2026, 11, 21, 15, 0, tzinfo=UTC)).site.articles) == 1


def test_the_next_change_by_the_clock(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a", date="2026-12-04T08:00:00Z"),
            "content/articles/b.md": article("b", expires="2026-11-30T00:00:00Z"),
            "content/articles/c.md": article("c", date="2026-11-23T08:00:00Z", status="draft"),
        }
    )
    assert load(root).next_change == datetime(2026, 11, 30, tzinfo=UTC)
    assert load(root, datetime(2027, 1, 1, tzinfo=UTC)).next_change is None


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2027-03-28T00:59:59", datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC)),
        ("2027-03-28T01:30:00", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # left out that night
        ("2027-03-28T02:30:00", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("2027-10-31T01:30:00", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # comes twice: the first counts
        ("2027-10-31T01:30:00+00:00", datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ],
)
def test_the_nights_on_which_clocks_are_set(make_digest: MakeDigest, written: str, instant: datetime) -> None:
    root = make_digest(
        {"sitegen.yaml": "timezone: Europe/Lisbon\n", "content/articles/a.md": article("a", date=written)}
    )
    assert load(root).next_change == instant
    assert load(root, instant - timedelta(seconds=1)).site.articles == ()
    assert len(load(root, instant).site.articles) == 1


def test_what_never_appears_changes_nothing(make_digest: MakeDigest) -> None:
    never = article("a", date="2026-12-04T08:00:00Z", expires="2026-12-01T00:00:00Z")
    assert load(make_digest({"content/articles/a.md": never})).next_change is None


def test_an_edition_s_beginning_is_a_change_by_the_clock(make_digest: MakeDigest) -> None:
    edition = "---\nnumber: 3\ntitle: Three\ndate: 2026-11-27\n---\n"
    root = make_digest({"sitegen.yaml": "timezone: Asia/Tokyo\n", "content/editions/3.md": edition})
    assert load(root).next_change == datetime(2026, 11, 26, 15, tzinfo=UTC)


def test_drafts_and_the_future_can_be_shown(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a", status="draft"),
            "content/articles/b.md": article("b", date="2027-01-01"),
        }
    )
    assert [a.slug for a in load(root, drafts=True).site.articles] == ["a"]
    assert [a.slug for a in load(root, drafts=True, future=True).site.articles] == ["b", "a"]


# ---------------------------------------------------------------- faults


def test_all_problems_of_all_files_come_at_once(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a", titel="x", status="publishd"),
            "content/articles/b.md": article("b", id="B!", slug="Not A Slug"),
            "content/articles/c.md": "---\nid: cccc\n---\n",
        }
    )
    found = {(p.path, p.code) for p in problems_of(root)}
    assert found == {
        ("content/articles/a.md", "key-unknown"),
        ("content/articles/a.md", "key-type"),
        ("content/articles/b.md", "article-id"),
        ("content/articles/b.md", "article-slug"),
        ("content/articles/c.md", "key-missing"),
    }


def test_two_at_one_address_names_both(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a", slug="same"),
            "content/articles/b.md": article("b", slug="same"),
        }
    )
    (problem,) = problems_of(root)
    assert problem.code == "address-twice"
    assert "content/articles/a.md" in str(problem)
    assert "content/articles/b.md" in str(problem)


def test_an_alias_that_two_articles_have_names_both(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a", aliases="[/x/, /old/]"),
            "content/articles/b.md": article("b", aliases="[/Old]"),
        }
    )
    (problem,) = problems_of(root)
    assert (problem.code, problem.path, problem.line) == ("alias-twice", "content/articles/b.md", 6)
    assert "content/articles/a.md" in problem.message


def test_an_alias_where_a_page_stands_is_a_warning(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a", aliases="[/articles/a/, /articles/b, /about/]"),
            "content/articles/b.md": article("b"),
            "content/pages/about.md": "---\ntitle: About\n---\nWe.\n",
        }
    )
    found = [(p.code, p.severity, p.column) for p in load(root).problems]
    assert found == [("alias-taken", "warning", 25), ("alias-taken", "warning", 38)]


def test_an_unknown_item_of_an_edition_is_an_error_beside_warnings_too(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a", aliases="[/articles/b/]"),
            "content/articles/b.md": article("b"),
            "content/editions/1.md": "---\nnumber: 1\ntitle: One\ndate: 2026-11-20\ntop: nobody\n---\n",
        }
    )
    assert {problem.code for problem in problems_of(root)} == {"alias-taken", "edition-item"}


def test_an_article_that_stands_twice_in_an_edition_is_shown_once(make_digest: MakeDigest) -> None:
    sections = "[{title: A, items: [id-b, id-a]}, {title: B, items: [id-b, id-c]}]"
    edition = f"---\nnumber: 1\ntitle: One\ndate: 2026-11-20\ntop: id-a\nsections: {sections}\n---\n"
    root = make_digest(
        {**{f"content/articles/{n}.md": article(n) for n in "abc"}, "content/editions/1.md": edition}
    )
    loaded = load(root)
    assert [(p.code, p.severity, p.line, p.column) for p in loaded.problems] == [
        ("edition-again", "warning", 6, 37), ("edition-again", "warning", 6, 64),
    ]  # fmt: skip
    assert loaded.site.editions[0].items == ("id-a", "id-b", "id-c")


def test_one_id_twice_names_both(make_digest: MakeDigest) -> None:
    root = make_digest({f"content/articles/{n}.md": article(n, id="the-same") for n in "ab"})
    (problem,) = problems_of(root)
    assert problem.code == "id-twice"
    assert {"content/articles/a.md", "content/articles/b.md"} <= set(str(problem).replace(":", " ").split())


@pytest.mark.parametrize(
    ("extra", "code", "severity"),
    [
        ({"aliases": "[old]"}, "article-alias", "error"),
        ({"quotes": "[{id: q1, text: The first}, {id: q1, text: The second}]"}, "item-id-twice", "error"),
        ({"figures": "[{id: f 1, as_written: 5, value: 5}]"}, "item-id", "error"),
        ({"figures": "[{id: f1, as_written: 5, value: five}]"}, "key-type", "error"),
        ({"figures": "[{id: f1, as_written: 5, value: [5, 4]}]"}, "figure-range", "error"),
        ({"figures": "[{id: f1, as_written: 5, value: 5, currency: euro}]"}, "figure-currency", "error"),
        ({"source": "{url: 'javascript:x'}"}, "source-url", "error"),
        ({"source": "{url: 'http://['}"}, "source-url", "error"),
        ({"source": "{url: 'https://'}"}, "source-url", "error"),
        ({"images": "[{src: 'data:x'}]"}, "image-src", "error"),
        ({"rights": "some"}, "key-type", "error"),
        ({"images": "[{src: quay.jpg}]"}, "image-alt", "warning"),
        ({"expires": "2026-01-01"}, "article-expires", "warning"),
        ({"date": None}, "article-undated", "error"),
        ({"quotes": "[{id: q1, text: Nobody said this}]"}, "quote-not-in-body", "warning"),
    ],
)
def test_rules_of_an_article(
    make_digest: MakeDigest, extra: dict[str, str], code: str, severity: str
) -> None:
    root = make_digest({"content/articles/a.md": article("a", **extra)})
    found = problems_of(root) if severity == "error" else list(load(root).problems)
    assert [(p.code, p.severity) for p in found] == [(code, severity)]
    assert found[0].line
    assert found[0].column


def test_a_callout_that_names_nothing_points_at_its_line(make_digest: MakeDigest) -> None:
    root = make_digest({"content/articles/a.md": article("a") + "\n::: pull q9\n:::\n"})
    (problem,) = problems_of(root)
    assert (problem.code, problem.source) == ("directive-item", "::: pull q9")


def test_a_callout_that_does_not_exist_is_an_error(make_digest: MakeDigest) -> None:
    root = make_digest({"content/articles/a.md": article("a") + "\n::: figurs\n"})
    (problem,) = problems_of(root)
    assert (problem.code, problem.source) == ("directive-unknown", "::: figurs")


def test_a_callout_by_somebody_the_front_matter_does_not_know(make_digest: MakeDigest) -> None:
    quotes = "[{id: q1, text: “We sell quiet.”, speaker: Maren Oskarby, role: harbour master}]"
    text = article("a", quotes=quotes) + "\n> “We sell quiet.”\n> — Maren Oskarby, harbour master\n"
    assert load(make_digest({"content/articles/a.md": text})).problems == ()
    changed = text.replace("— Maren Oskarby, harbour", "— Maren Oskarby, former harbour")
    (problem,) = load(make_digest({"content/articles/a.md": changed})).problems
    assert (problem.code, problem.severity) == ("callout-unknown", "warning")
    assert problem.source == "> — Maren Oskarby, former harbour master"


def test_a_converted_article_without_a_source_is_pointed_out(make_digest: MakeDigest) -> None:
    root = make_digest({"content/articles/a.md": article("a", seed="{file: a.txt, sha256: abc}")})
    assert [(p.code, p.severity) for p in load(root).problems] == [("article-unsourced", "warning")]


def test_a_quote_is_found_through_markup_and_line_ends(make_digest: MakeDigest) -> None:
    body = "He said “we *never* sold\n[water](https://x.example/a)” then.\n"
    quotes = "quotes: [{id: q1, text: “we never sold water”}]\n"
    text = article("a").replace("---\nThe first", f"{quotes}---\n{body}\nThe first")
    assert load(make_digest({"content/articles/a.md": text})).problems == ()


@pytest.mark.parametrize(
    ("quote", "body", "found"),
    [
        ("we never sold", "He said we never sold it.", True),
        ("we never sold", "He said we _never_\nsold it.", True),
        ("sold", "He [said](https://x.example/sold) so.", False),
        ("said", "He [said](https://x.example/sold) so.", True),
        ("a (small) one", "It was a (small) one.", True),
        ("(https://x.example/a) now", "See it (https://x.example/a) now.", True),
        ("we never sold", "He said nothing.", False),
    ],
)
def test_where_a_quote_is_looked_for(make_digest: MakeDigest, quote: str, body: str, found: bool) -> None:
    head = article("a", quotes=f"[{{id: q1, text: {quote!r}}}]").split("---\n")[1]
    problems = load(make_digest({"content/articles/a.md": f"---\n{head}---\n{body}\n"})).problems
    assert [p.code for p in problems] == ([] if found else ["quote-not-in-body"])


@pytest.mark.parametrize(
    ("line", "warned"),
    [
        ("> — Somebody", True),
        ("   >-- Somebody", True),
        ("    > — Somebody", False),
        ("a > — Somebody", False),
        ("> > — Somebody", False),
        (">", False),
    ],
)
def test_what_counts_as_an_attribution(make_digest: MakeDigest, line: str, warned: bool) -> None:
    text = article("a") + f"\n> Words\n{line}\n"
    problems = load(make_digest({"content/articles/a.md": text})).problems
    assert [(p.code, p.source) for p in problems] == ([("callout-unknown", line)] if warned else [])


def test_every_rule_has_a_test_of_its_own() -> None:
    assert len({rule.__name__ for _, rule in RULES}) == len(RULES) == 14


def test_a_file_that_is_not_text(make_digest: MakeDigest) -> None:
    root = make_digest(
        {"content/articles/a.md": b"---\ntitle: \xff\n---\n", "content/articles/b.md": b"x" * (1 << 21)}
    )
    assert {p.code for p in problems_of(root)} == {"content-encoding", "content-too-large"}


def test_a_link_out_of_the_digest_is_refused(make_digest: MakeDigest, tmp_path: Path) -> None:
    root = make_digest({"content/articles/a.md": article("a")})
    (tmp_path / "secret.md").write_text(article("secret"))
    (root / "content/articles/b.md").symlink_to(tmp_path / "secret.md")
    assert [p.code for p in problems_of(root)] == ["content-outside"]


# ---------------------------------------------------------------- editions, names, addresses

EDITION = """---
number: 7
title: Seven
date: 2026-11-20
top: id-a
sections:
  - {title: More, items: [id-b, id-c]}
---
Note.
"""


def test_editions_from_files_and_by_week_before_them(make_digest: MakeDigest) -> None:
    tree = {f"content/articles/{n}.md": article(n) for n in "ab"}
    tree["content/articles/c.md"] = article("c", status="draft")
    tree["content/articles/d.md"] = article("d", date="2026-11-03")
    tree["content/articles/e.md"] = article("e", date="2026-11-21")
    tree["content/editions/7.md"] = EDITION
    editions = load(make_digest(tree)).site.editions
    assert [(e.key, e.number) for e in editions] == [("7", 7), ("2026-w45", None)]
    assert editions[0].items == ("id-a", "id-b")
    assert editions[1].items == ("id-d",)


def test_an_edition_of_the_future_waits(make_digest: MakeDigest) -> None:
    tree = {f"content/articles/{n}.md": article(n) for n in "abc"}
    tree["content/editions/7.md"] = EDITION.replace("2026-11-20", "2026-11-23")
    root = make_digest(tree)
    assert all(e.number is None for e in load(root).site.editions)
    assert load(root, future=True).site.editions[0].number == 7


def test_an_edition_that_names_what_is_not_there(make_digest: MakeDigest) -> None:
    tree = {"content/articles/a.md": article("a"), "content/articles/b.md": article("b")}
    root = make_digest({**tree, "content/editions/7.md": EDITION, "content/editions/8.md": EDITION})
    found = [(p.path, p.code, p.line) for p in problems_of(root)]
    assert found == [
        ("content/editions/7.md", "edition-item", 7),
        ("content/editions/8.md", "edition-twice", 2),
        ("content/editions/8.md", "edition-item", 7),
    ]


def test_one_name_for_many_spellings(make_digest: MakeDigest) -> None:
    text = article("a", people="[M. Oskarby]", topics="[Cold ironing, ports]")
    root = make_digest(
        {
            "content/articles/a.md": text,
            "data/people.yaml": "people: [{name: Maren Oskarby, aliases: [M. Oskarby]}]\n",
            "data/topics.yaml": "topics: [{name: shore power, aliases: [cold ironing]}]\n",
        }
    )
    (found,) = load(root).site.articles
    assert found.people == ("Maren Oskarby",)
    assert found.topics == ("shore power", "ports")


def test_a_digest_may_have_had_any_number_of_addresses(make_digest: MakeDigest) -> None:
    root = make_digest({"content/articles/a.md": article("a", slug="now")})
    lines = [f"id-{n:05d} /articles/a-story-of-years-ago-number-{n:05d}/\n" for n in range(25_000)]
    (root / addresses.FILE).write_text("".join([*lines, "id-a /articles/then/\n"]))
    assert (root / addresses.FILE).stat().st_size > 1 << 20
    loaded = load(root)
    assert loaded.site.redirects == (("/articles/then/", "/articles/now/"),)
    assert loaded.addresses is not None and loaded.addresses.count("\n") == 25_002


def test_addresses_only_grow_and_redirect(make_digest: MakeDigest) -> None:
    root = make_digest({"content/articles/a.md": article("a", slug="first")})
    text = load(root).addresses
    assert text == "id-a /articles/first/\n"
    content.remember_addresses(root, text)
    assert load(root).addresses is None

    (root / "content/articles/a.md").write_text(article("a", slug="second", aliases="[/old/]"))
    loaded = load(root)
    assert loaded.site.redirects == (
        ("/articles/first/", "/articles/second/"),
        ("/old/", "/articles/second/"),
    )
    assert loaded.addresses == "id-a /articles/first/\nid-a /articles/second/\n"


def test_an_address_in_use_is_not_redirected(make_digest: MakeDigest) -> None:
    root = make_digest(
        {
            "content/articles/a.md": article("a"),
            "content/articles/b.md": article("b", aliases="[/articles/a/]"),
        }
    )
    (root / addresses.FILE).write_text("id-b /articles/a/\n")
    assert load(root).site.redirects == ()


def test_a_draft_s_address_is_not_given_away(make_digest: MakeDigest) -> None:
    root = make_digest({"content/articles/a.md": article("a", status="draft")})
    assert load(root, drafts=True).addresses is None
