"""The benchmark's own parts: its articles, their rewriting, the plain theme, the comparison, the report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import compare, contract, corpus, measure, report, rounds, sites, tools
from sitegen import config, frontmatter, markdown
from sitegen.build import Options, build
from sitegen.content import article

COUNT = 30
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def built(site: Path) -> Path:
    build(site, config.load(site), Options(NOW), site / "public")
    return site / "public"


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest of 30 articles with the plain theme, built."""
    folder = tmp_path_factory.mktemp("bench")
    sites.sitegen(sites.articles(folder, COUNT), folder / "site")
    built(folder / "site")
    return folder / "site"


# ---------------------------------------------------------------- articles


def test_the_same_count_and_seed_give_the_same_articles() -> None:
    once, again = list(corpus.stories(5)), list(corpus.stories(5))
    assert once == again
    assert len({story.name for story in once}) == 5
    assert once != list(corpus.stories(5, seed=1))


def test_the_rewriting_keeps_what_an_article_says() -> None:
    for story in corpus.stories(COUNT):
        given, words = frontmatter.load(story.text)
        text = contract.article(story.text)
        made, problems = article.parse(text, f"content/articles/{story.name}.md", config.SiteConfig())
        assert problems == [] and made is not None
        assert (made.title, made.slug, made.date) == (given["title"], given["slug"], given["date"])
        assert made.standfirst == given["description"]
        assert list(made.topics) == given["tags"]
        assert {"name": made.source.name, "url": made.source.url} == given["source"]
        assert made.source.author == given["author"]
        assert [{"text": q.text, "speaker": q.speaker, "role": q.role} for q in made.quotes] == given[
            "quotes"
        ]
        assert made.body.startswith(words.rstrip())
        callouts = [part for part in markdown.parts(made.body) if part.kind == "quote"]
        assert [part.attribution for part in callouts] == [f"{q.speaker}, {q.role}" for q in made.quotes]
        for figure, old in zip(made.figures, given["figures"], strict=True):
            assert (figure.label, figure.value, figure.unit) == (old["label"], old["value"], old["unit"])
            assert figure.change is not None
            assert figure.change.as_written == old["change"]
            sign = {"up": 1, "down": -1}[figure.change.direction or ""]
            assert sign * figure.change.value == float(old["change"].rstrip("%"))


def test_an_articles_id_is_its_own() -> None:
    ids = {frontmatter.load(contract.article(story.text))[0]["id"] for story in corpus.stories(COUNT)}
    assert len(ids) == COUNT


# ---------------------------------------------------------------- the plain theme


def test_the_plain_theme_makes_the_peers_pages_and_no_others(digest: Path) -> None:
    given = [frontmatter.load(story.text)[0] for story in corpus.stories(COUNT)]
    topics = {f"/topics/{topic}/" for front in given for topic in front["tags"]}
    articles = {f"/articles/{front['slug']}/" for front in given}
    found = compare.addresses(digest / "public")
    assert set(found) == {"/", "/page/2/", "/topics/", "/feed.xml", "/sitemap.xml", *topics, *articles}


def test_an_article_page_says_everything(digest: Path) -> None:
    story = next(iter(corpus.stories(COUNT)))
    front, _ = frontmatter.load(story.text)
    words = " ".join(compare.said(digest / "public" / "articles" / story.name / "index.html"))
    said = [front["title"], front["author"], front["description"], *front["tags"], *front["source"].values()]
    said += [quote[key] for quote in front["quotes"] for key in ("text", "speaker", "role")]
    said += [str(figure[key]) for figure in front["figures"] for key in ("label", "value", "unit", "change")]
    for text in said:
        assert text.casefold() in words


def test_lists_say_who_when_and_where(digest: Path) -> None:
    newest = frontmatter.load(list(corpus.stories(COUNT))[-1].text)[0]
    home = (digest / "public" / "index.html").read_text("utf-8")
    assert home.index(f"/articles/{newest['slug']}/") < home.index("Page 1 of 2")
    assert all(f'<a href="/topics/{topic}/">' in home for topic in newest["tags"])
    topic = newest["tags"][0]
    assert f"/articles/{newest['slug']}/" in (digest / "public/topics" / topic / "index.html").read_text(
        "utf-8"
    )
    assert f'<a href="/topics/{topic}/">' in (digest / "public/topics/index.html").read_text("utf-8")


def test_feed_and_sitemap_hold_whole_addresses(digest: Path) -> None:
    sitemap = ElementTree.parse(digest / "public" / "sitemap.xml").getroot()
    found = {
        loc.text.removeprefix("https://digest.example") for loc in sitemap.iter(f"{SITEMAP}loc") if loc.text
    }
    assert found == set(compare.addresses(digest / "public")) - {"/feed.xml", "/sitemap.xml"}
    links = [item.findtext("link") for item in ElementTree.parse(digest / "public/feed.xml").iter("item")]
    assert len(links) == COUNT
    assert all(str(link).startswith("https://digest.example/articles/") for link in links)


@pytest.mark.parametrize("kind", ["body", "title", "template"])
def test_an_edit_is_on_the_page_of_the_edited_article(
    digest: Path, tmp_path: Path, copy: Callable[[Path, Path], Path], kind: str
) -> None:
    site = copy(digest, tmp_path / "site")
    edited = rounds.KINDS[kind](tools.sitegen(), site, "Edit 7 of it")
    page = tools.page_of_edited(site)
    assert edited not in page.read_text("utf-8")
    built(site)
    assert edited in page.read_text("utf-8")


def test_a_cold_build_begins_with_nothing_built(
    digest: Path, tmp_path: Path, copy: Callable[[Path, Path], Path]
) -> None:
    site = copy(digest, tmp_path / "site")
    tools.clean(site)
    assert {path.name for path in site.iterdir()} == {"content", "sitegen.yaml", "themes"}


@pytest.fixture
def copy() -> Callable[[Path, Path], Path]:
    from shutil import copytree

    return copytree


@pytest.mark.parametrize("name", tools.PEERS)
def test_a_peers_site_has_the_articles_and_a_template_to_edit(tmp_path: Path, name: str) -> None:
    made = sites.articles(tmp_path, 3)
    sites.peer(name, made, tmp_path / "site")
    articles = [path.read_text("utf-8") for path in tools.articles_of(tmp_path / "site")]
    assert articles == [sites.without_pictures(story.text) for story in corpus.stories(3)]
    tools.edit_template(tmp_path / "site", "Edit 1", tools.template_of(name))
    assert 'class="digest edit-1"' in (tmp_path / "site" / tools.template_of(name)).read_text("utf-8")


# ---------------------------------------------------------------- the same pages


def a_page(folder: Path, address: str, main: str, frame: str = "Frame") -> None:
    path = folder / address.lstrip("/") / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<html><body><p>{frame}</p><main>{main}</main></body></html>", "utf-8")


def test_other_names_marks_and_frames_are_no_difference(tmp_path: Path) -> None:
    a_page(tmp_path / "a", "/topics/fuel/", '<h1>Fuel</h1> <a href="/topics/">“All” of 1 June 2023, 58\n</a>')
    a_page(
        tmp_path / "b",
        "/tags/fuel/",
        '<h1>fuel</h1><p> <a href="/tags/">"All"</a> of 01 Jun 2023, <b>58.0</b></p>',
        "Another",
    )
    assert compare.differences(tmp_path / "a", tmp_path / "b") == []


@pytest.mark.parametrize(
    ("address", "main", "said"),
    [
        ("/more/", "<h1>More</h1>", "only the peer has /more/"),
        ("/", "<h1>Two</h1><a href='/x/'>on</a>", "“one →/x/ on”, the peer “two"),
        ("/", "<h1>One</h1><a href='/y/'>on</a>", "the peer “one →/y/ on"),
        ("/", "<h1>One</h1><a href='/x/'>on</a> and on", "the peer “one →/x/ on and on"),
    ],
)
def test_a_difference_is_shown(tmp_path: Path, address: str, main: str, said: str) -> None:
    for folder in ("a", "b"):
        a_page(tmp_path / folder, "/", "<h1>One</h1><a href='/x/'>on</a>")
    a_page(tmp_path / "b", address, main)
    (difference,) = compare.differences(tmp_path / "a", tmp_path / "b")
    assert said in difference


# ---------------------------------------------------------------- runs and figures


def test_a_run_is_measured_to_its_end(tmp_path: Path) -> None:
    program = (sys.executable, "-c", "import os; open('seen', 'w').write(os.environ['SAID'])")
    run = measure.run(program, tmp_path, {"SAID": "hello"}, memory=True)
    assert (tmp_path / "seen").read_text() == "hello"
    assert run.wall > 0 and run.memory > 0


def test_a_run_that_fails_says_what_the_program_said(tmp_path: Path) -> None:
    with pytest.raises(measure.Failed, match="no such luck"):
        measure.run((sys.executable, "-c", "raise SystemExit('no such luck')"), tmp_path, {})


def test_a_run_beside_others_is_busy() -> None:
    run = measure.Run(wall=1.0, cpu=1.0, resident=0, others=0.2)
    assert run.busy
    assert not replace(run, others=0.05).busy
    assert not replace(run, others=None).busy, "where the system does not tell, nothing is rejected"


def a_row(tool: str, wall: float, articles: int = 10_000, busy: int = 0, kind: str = "cold") -> rounds.Row:
    return rounds.Row("memory", articles, kind, tool, wall, wall, 100, 3, busy, 0, (wall,) * 3)


def test_ratios_are_against_the_yardstick_in_the_same_rounds() -> None:
    rows = [a_row("sitegen", 3.0), a_row("hugo", 6.0), a_row("sitegen", 1.0, 100), a_row("sitegen", 6.0, 7)]
    (wall, cpu, memory) = report.ratios(rows)
    assert [wall.what, cpu.what, memory.what] == ["wall", "cpu", "memory"]
    assert (wall.ratio, wall.limit, wall.reached) == (0.5, 0.6, True)
    assert (memory.ratio, memory.reached) == (1.0, False)


def test_busy_runs_are_marked_in_the_table_and_in_the_data() -> None:
    rows = [a_row("sitegen", 3.0, busy=2), a_row("hugo", 6.0)]
    assert "(2 busy)" in "\n".join(report.lines(rows, {}))
    assert all(ratio["busy"] for ratio in report.as_json(rows, {}, {})["ratios"])


def test_scaling_is_time_per_article() -> None:
    rows = [a_row("sitegen", 0.5, 1_000), a_row("sitegen", 30.0, 50_000)]
    ((place, tool, ratio),) = report.scaling(rows)
    assert (place, tool) == ("memory", "sitegen")
    assert ratio == pytest.approx(1.2)


def test_other_pages_are_said_in_the_report() -> None:
    text = "\n".join(report.lines([a_row("hugo", 6.0)], {"hugo": ["/: nothing alike"], "pelican": []}))
    assert "NOT the same" in text and "/: nothing alike" in text
    assert "pelican: the same" in text
