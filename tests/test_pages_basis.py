"""A page's basis: where it is equal, so is the view, whatever has been edited meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import packing, pages
from sitegen.model import (
    Article,
    Edition,
    EditionSection,
    Image,
    KeyFigure,
    Name,
    Quote,
    Retraction,
    Site,
    Source,
)  # fmt: skip
from sitegen.views import ArticleView, Kinds
from tests.conftest import times
from tests.render_fixtures import WORDS
from tests.test_pages import CONFIG, FIRST, an_article

TOPICS, PEOPLE = ("ports", "Ports", "steel", "trade"), ("Maren Oskarby", "Ren Zhengfei", "A. Third")
EDITS: dict[str, st.SearchStrategy[Any]] = {
    "title": st.sampled_from(["Another", "A third title"]),
    "text": st.sampled_from(["aa", "bb"]),
    "words": st.sampled_from([3, 460, 4600]),
    "standfirst": st.sampled_from([None, "New words"]),
    "topics": st.lists(st.sampled_from(TOPICS), unique=True, max_size=3).map(tuple),
    "people": st.lists(st.sampled_from(PEOPLE), unique=True, max_size=2).map(tuple),
    "quotes": st.lists(st.sampled_from(PEOPLE), max_size=2).map(
        lambda found: tuple(Quote(f"q{n}", "Said.", name, featured=True) for n, name in enumerate(found))
    ),
    "source": st.sampled_from([Source("The Review"), Source("Another", "https://a.example/x"), Source()]),
    "date": st.sampled_from([FIRST, FIRST.replace(day=1), FIRST.replace(month=3)]),
    "corrections": st.just(()),
    "retracted": st.sampled_from([None, Retraction(date(2026, 11, 21), "Wrong.")]),
    "rights": st.sampled_from(["full", "excerpt", "link"]),
    "lang": st.sampled_from([None, "de"]),
    "slug": st.sampled_from(["moved", "story-1"]),
    "note": st.sampled_from([None, "A note"]),
    "figures": st.lists(st.sampled_from(["Cargo", "Ships", None]), max_size=2).map(
        lambda found: tuple(KeyFigure(f"f{n}", "5 t", 5, name, "tonne") for n, name in enumerate(found))
    ),
    "images": st.sampled_from([(), (Image("/a.jpg", "A quay"),)]),
}
EDIT = st.sampled_from(sorted(EDITS)).flatmap(lambda name: st.tuples(st.just(name), EDITS[name]))
KINDS = Kinds(Kinds().made - {"edition", "editions"})
BARE = replace(KINDS, shown=frozenset())


def site(edits: Sequence[tuple[int, tuple[str, Any]]], also: Sequence[int], names: bool) -> Site:
    """Seven articles after some edits, without those that `also` counts."""
    made: dict[int, Article] = {}
    for n in range(7):
        topics = (TOPICS[n % 4], TOPICS[(n + 2) % 4])
        made[n] = an_article(n, topics=topics, people=(PEOPLE[n % 3],), text=f"{n}")
    for n, (name, value) in edits:
        if name != "slug" or value not in {article.slug for article in made.values()}:
            made[n] = replace(made[n], **{name: value})
    shown = sorted((made[n] for n in made if n not in also), key=lambda a: (a.day, a.id), reverse=True)
    edition = Edition("1", "One", date(2026, 11, 20), "", 1, sections=(EditionSection("S", ("id-2",)),))
    known = (Name("Harbours", "ports"),) if names else ()
    return Site(articles=tuple(shown), editions=(edition,) if also else (), topics=known)


STATE = st.tuples(
    st.lists(st.tuples(st.integers(0, 6), EDIT), max_size=3),
    st.lists(st.integers(0, 6), max_size=1),
    st.booleans(),
)


@settings(max_examples=times(100), deadline=None)
@given(STATE, STATE, st.sampled_from([Kinds(), KINDS, BARE]))
def test_an_equal_basis_means_an_equal_view(one: Any, two: Any, kinds: Kinds) -> None:
    drafts = [pages.outline(site(*state), CONFIG, kinds, WORDS) for state in (one, two)]
    views: dict[tuple[str, bytes], bytes] = {}
    for draft in (draft for found in drafts for draft in found):
        if draft.basis:
            fingerprint = packing.fingerprint(draft.view())
            assert views.setdefault((draft.url, draft.basis()), fingerprint) == fingerprint, draft.url


def test_an_edit_of_the_text_leaves_the_bases_of_all_other_pages() -> None:
    before, after = (site([(3, ("text", text))], (), False) for text in ("one", "two"))
    old = {d.url: d.basis() for d in pages.outline(before, CONFIG, KINDS, WORDS) if d.basis}
    new = {d.url: d.basis() for d in pages.outline(after, CONFIG, KINDS, WORDS) if d.basis}
    assert [url for url in old if old[url] != new[url]] == ["/articles/story-3/"]


def test_a_page_that_shows_nothing_near_has_to_do_with_its_first_topic_alone() -> None:
    edits: list[tuple[int, tuple[str, Any]]] = [(3, ("title", title)) for title in ("One", "Two")]
    touched = []
    for kinds in (BARE, KINDS):
        sites = [pages.outline(site([edit], (), False), CONFIG, kinds, WORDS) for edit in edits]
        old, new = ({d.url: d.basis() for d in drafts if d.basis} for drafts in sites)
        touched.append({url for url in old if old[url] != new[url] and url.startswith("/articles/")})
    assert "/articles/story-3/" in touched[0] < touched[1]


def test_every_article_and_every_list_has_a_basis() -> None:
    drafts = pages.outline(site([], (), False), CONFIG, KINDS, WORDS)
    told = {draft.template for draft in drafts if draft.basis}
    assert told == {"article.html", "home.html", "listing.html"}
    assert all(draft.basis for draft in drafts if draft.template in told)
    assert any(isinstance(draft.view(), ArticleView) for draft in drafts)
