"""The numbers: every key figure, newest first, by topic and by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from sitegen.model import Article, KeyFigure
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.draft import Draft
from sitegen.pages.paging import pages
from sitegen.views import Edge, Head, Link, NumberRow, NumbersView, Pagination

SECTION = "/numbers/"
RECENT = 200  # "at the edges" looks at the newest figures: a record of years ago is no news


def plan(of: Catalogue) -> Iterator[Draft]:
    everything = rows(of.articles, of)
    if not everything:
        return
    by_topic = [
        (Link(subject.name, f"{SECTION}topic/{slug}/"), found)
        for slug, subject in of.topics.items()
        if (found := rows(subject.articles, of))
    ]
    by_year = [
        (Link(str(year), f"{SECTION}{year}/"), rows(list(articles), of))
        for year, articles in groupby(of.articles, key=lambda article: article.day.year)
    ]
    filters = (Link(of.say("all"), SECTION), *(link for link, found in (*by_year, *by_topic) if found))
    yield from _listing(Link(of.say("the_numbers"), SECTION), everything, filters, of)
    for link, found in (*by_year, *by_topic):
        if found:
            yield from _listing(link, found, filters, of)


def rows(articles: Iterable[Article], of: Catalogue) -> tuple[NumberRow, ...]:
    """The key figures of articles, in their order."""
    return tuple([row for article in articles for row in _rows_of(article, of)])


def _rows_of(article: Article, of: Catalogue) -> tuple[NumberRow, ...]:
    """One record for each figure, in however many lists it stands."""
    made = of.rows.get(article.id)
    if made is None:
        made = of.rows[article.id] = tuple(
            NumberRow(figure, article.title, article.url, article.source.name, article.day, article.topics)
            for figure in article.figures
        )
    return made


def _listing(
    link: Link, found: Sequence[NumberRow], filters: tuple[Link, ...], of: Catalogue
) -> Iterator[Draft]:
    for url, part, pagination in pages(link.url, found, of.size("numbers")):
        view = partial(_view, link, url, found, part, filters, pagination, of)
        yield Draft(url, "numbers.html", view, (), max((row.day for row in part if row.day), default=None))


def _view(
    link: Link,
    url: str,
    found: Sequence[NumberRow],
    part: Sequence[NumberRow],
    filters: tuple[Link, ...],
    pagination: Pagination,
    of: Catalogue,
) -> NumbersView:
    everything = link.url == SECTION
    title = link.text if everything else of.say("numbers_of", name=link.text)
    head = Head("numbers", url, of.titled(title, pagination.number), of.say("key_figures"), SECTION)
    edges = _edges(found[:RECENT]) if everything and pagination.number == 1 else ()
    return NumbersView(of.info, head, edges, tuple(part), len(found), filters, pagination)


def _edges(found: Sequence[NumberRow]) -> tuple[Edge, ...]:
    """The largest sum of the currency that most figures are in, the steepest rise, the steepest fall."""
    currencies = [row.figure.currency for row in found if row.figure.currency]
    usual = max(sorted(set(currencies)), key=currencies.count, default=None)
    sums = [row for row in found if row.figure.currency == usual and usual]
    rises = [row for row in found if _percent(row.figure) > 0]
    falls = [row for row in found if _percent(row.figure) < 0]
    edges = []
    if len(sums) > 1:
        edges.append(Edge("largest", max(sums, key=lambda row: _size(row.figure))))
    if rises:
        edges.append(Edge("rise", max(rises, key=lambda row: _percent(row.figure))))
    if falls:
        edges.append(Edge("fall", min(falls, key=lambda row: _percent(row.figure))))
    return tuple(edges)


def _size(figure: KeyFigure) -> float:
    return float(figure.value[1] if isinstance(figure.value, tuple) else figure.value)


def _percent(figure: KeyFigure) -> float:
    """The change in per cent with its sign; 0 where there is none."""
    change = figure.change
    if change is None or change.unit != "percentage" or isinstance(change.value, tuple):
        return 0.0
    sign = {"up": 1, "down": -1}.get(change.direction or "", 0)
    return sign * abs(float(change.value))
