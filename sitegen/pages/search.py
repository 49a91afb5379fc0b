"""The search page: an index of everything, that a script may put a field above.

Without the script it still leads everywhere: to each topic, person, source and month, and, in a digest of a
readable size, to every story by its title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date as Day
from functools import partial

from sitegen.model import Article
from sitegen.pages.catalogue import Catalogue, Subject
from sitegen.pages.draft import Draft
from sitegen.pages.listings import by_letter
from sitegen.slugs import slugify
from sitegen.views import Head, IndexGroup, Link, SearchView
from sitegen.wording import date

URL = "/search/"
MOST_SUBJECTS = 60  # of a kind; the group's title leads to all of them
MOST_TITLES = 300  # stories that stand by their titles: about 40 kB


def plan(of: Catalogue) -> Iterator[Draft]:
    if of.articles and of.config.search:
        yield Draft(URL, "search.html", partial(_view, of), (), of.newest(of.articles))


def _view(of: Catalogue) -> SearchView:
    title = of.say("search")
    head = Head("search", URL, title, of.say("name_in_site", name=title), URL)
    groups = (
        *_group("topics", of.topics.values(), of),
        *_group("people", of.people.values(), of),
        *_group("sources", of.sources.values(), of),
        *_months(of),
    )
    few = len(of.articles) <= MOST_TITLES
    titles = by_letter(_link(article) for article in sorted(of.articles, key=_by_title)) if few else ()
    return SearchView(of.info, head, of.searchable, groups, titles)


def _group(name: str, subjects: Iterable[Subject], of: Catalogue) -> Iterator[IndexGroup]:
    """The subjects of a kind with most stories, in the order of their names."""
    found = sorted(subjects, key=lambda subject: (-len(subject.articles), subject.name.casefold()))
    most = sorted(found[:MOST_SUBJECTS], key=lambda subject: subject.name.casefold())
    if most:
        links = (Link(one.name, one.url, of.count(len(one.articles), "story")) for one in most)
        yield IndexGroup(of.say(name), tuple(links), f"/{name}/")


def _months(of: Catalogue) -> Iterator[IndexGroup]:
    if "archive" in of.kinds.made:
        months = Counter([(article.day.year, article.day.month) for article in of.articles])
        links = (
            Link(
                date(Day(year, month, 1), "month", of.words),
                f"/archive/{year}/{month:02d}/",
                of.count(count, "story"),
            )
            for (year, month), count in sorted(months.items(), reverse=True)
        )
        yield IndexGroup(of.say("archive"), tuple(links), "/archive/")


def _by_title(article: Article) -> tuple[str, str]:
    """As an index is sorted: without marks and accents."""
    return slugify(article.title), article.id


def _link(article: Article) -> Link:
    return Link(article.title, article.url, article.source.name or "")
