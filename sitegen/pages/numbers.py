"""The numbers: every key figure, newest first, by topic and by year, and in other orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby

from sitegen.frozen import record
from sitegen.model import Article
from sitegen.pages import measures
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.draft import Draft
from sitegen.pages.paging import pages
from sitegen.views import (
    Edge,
    Head,
    IndexGroup,
    IndexView,
    Link,
    NumberGroup,
    NumberRow,
    NumbersView,
    Order,
    Pagination,
)

SECTION = "/numbers/"
TOPICS = f"{SECTION}topics/"
RECENT = 200  # "at the edges" looks at the newest figures: a record of years ago is no news
# In another order than by time the list of all, or of a year, has its first so many figures; that of a topic
# has other orders only if it is not longer than so many pages.
MOST_ORDERED = 200
PAGES_ORDERED = 2
TOPICS_BESIDE = 24
ORDERS: tuple[Order, ...] = ("newest", "measure", "change", "size")
# The newest values of a measure that are drawn.
SERIES = 24


@record
class _List:
    """Figures that have pages: all of them, those of a year, of a topic, of a measure; newest first."""

    link: Link
    rows: tuple[NumberRow, ...]
    orders: tuple[Order, ...] = ("newest",)

    def address(self, order: Order) -> str:
        return self.link.url if order == "newest" else f"{self.link.url}by-{order}/"


def plan(of: Catalogue) -> Iterator[Draft]:
    everything = rows(of.articles, of)
    if not everything:
        return
    whole = _List(Link(of.say("the_numbers"), SECTION), everything, _all_orders(everything))
    years = [
        _List(Link(str(year), f"{SECTION}{year}/"), found, _all_orders(found))
        for year, articles in groupby(of.articles, key=lambda article: article.day.year)
        if (found := rows(articles, of))
    ]
    short = PAGES_ORDERED * (of.size("numbers") or MOST_ORDERED)
    topics = [
        _List(
            Link(subject.name, f"{SECTION}topic/{slug}/"),
            found,
            _all_orders(found) if len(found) <= short else ORDERS[:1],
        )
        for slug, subject in of.topics.items()
        if (found := rows(subject.articles, of))
    ]
    choices = _choices(years, topics, of)
    for one in (whole, *years, *topics):
        for order in one.orders:
            yield from _listing(one, order, choices, of)
    for measure in of.measures.values():
        found = tuple([row for article, figure in measure.figures for row in _row(article, figure.id, of)])
        yield from _listing(_List(measure.link, found), "newest", choices, of)
    if len(topics) > TOPICS_BESIDE:
        yield Draft(TOPICS, "index.html", partial(_all_topics, topics, of))


def rows(articles: Iterable[Article], of: Catalogue) -> tuple[NumberRow, ...]:
    """The key figures of articles, in their order."""
    return tuple([row for article in articles for row in _rows_of(article, of)])


def _rows_of(article: Article, of: Catalogue) -> tuple[NumberRow, ...]:
    """One record for each figure, in however many lists it stands."""
    made = of.rows.get(article.id)
    if made is None:
        source, shared = article.source.name, of.measures
        made = of.rows[article.id] = tuple([
            NumberRow(
                figure, article.title, article.url, source, article.day, article.topics,
                shared[key].link if (key := measures.key(figure)) in shared else None,
            )
            for figure in article.figures
        ])  # fmt: skip
    return made


def _row(article: Article, name: str, of: Catalogue) -> Iterator[NumberRow]:
    return (row for row in _rows_of(article, of) if row.figure.id == name)


def _all_orders(found: Sequence[NumberRow]) -> tuple[Order, ...]:
    """Those in which there is anything to order."""
    if len(found) < 2:
        return ORDERS[:1]
    moved = any(measures.percent(row.figure) for row in found)
    return tuple(order for order in ORDERS if moved or order != "change")


def _choices(years: Sequence[_List], topics: Sequence[_List], of: Catalogue) -> tuple[IndexGroup, ...]:
    """Years, and topics by name: all of them, or those with most figures and the way to the rest."""
    most = sorted(topics, key=lambda one: -len(one.rows))[:TOPICS_BESIDE]
    beside = [one.link for one in topics if one in most]
    beside += [Link(of.say("all_topics"), TOPICS)] if len(topics) > TOPICS_BESIDE else []
    every = Link(of.say("all"), SECTION)
    return (
        IndexGroup(of.say("year"), (every, *(one.link for one in years))),
        *([IndexGroup(of.say("topic"), tuple(beside))] if beside else []),
    )


def _all_topics(topics: Sequence[_List], of: Catalogue) -> IndexView:
    links = tuple([Link(t.link.text, t.link.url, of.count(len(t.rows), "figure")) for t in topics])
    title = of.say("numbers_of", name=of.say("topics"))
    return IndexView(of.info, Head("numbers", TOPICS, title, "", SECTION), None, (IndexGroup("", links),))


# ---------------------------------------------------------------- one list


def _listing(one: _List, order: Order, choices: tuple[IndexGroup, ...], of: Catalogue) -> Iterator[Draft]:
    """Its pages in that order; another than by time is found when the first of them is made."""
    found = one.rows if order == "newest" else measures.shown(one.rows, order)[:MOST_ORDERED]
    in_order = cache(lambda: measures.ordered(one.rows, order)[:MOST_ORDERED])
    newest = max((row.day for row in found if row.day), default=None)
    for url, part, pagination in pages(one.address(order), found, of.size("numbers")):
        view = partial(_view, one, order, url, len(found), part, in_order, choices, pagination, of)
        latest = newest if order != "newest" else max((row.day for row in part if row.day), default=None)
        yield Draft(url, "numbers.html", view, (), latest)


def _view(
    one: _List,
    order: Order,
    url: str,
    shown: int,
    part: Sequence[NumberRow],
    in_order: Callable[[], Sequence[NumberRow]],
    choices: tuple[IndexGroup, ...],
    pagination: Pagination,
    of: Catalogue,
) -> NumbersView:
    if order != "newest":
        start = (pagination.number - 1) * (of.size("numbers") or shown)
        part = in_order()[start : start + len(part)]
    everything = one.link.url == SECTION
    title = one.link.text if everything else of.say("numbers_of", name=one.link.text)
    if order != "newest":
        title = of.say("in_order", title=title, order=of.say(f"by_{order}"))
    title = of.titled(title, pagination.number)
    first = pagination.number == 1 and order == "newest"
    return NumbersView(
        site=of.info,
        head=Head("numbers", url, title, of.say("key_figures"), SECTION),
        edges=_edges(one.rows[:RECENT]) if everything and first else (),
        groups=_groups(one, order, part, first=first),
        order=order,
        shown=shown,
        count=len(one.rows),
        choices=(*_orders(one, of), *choices),
        pagination=pagination,
    )


def _orders(one: _List, of: Catalogue) -> Iterator[IndexGroup]:
    if len(one.orders) > 1:
        links = [Link(of.say(f"by_{name}"), one.address(name)) for name in one.orders]
        yield IndexGroup(of.say("order"), tuple(links))


def _groups(one: _List, order: Order, part: Sequence[NumberRow], *, first: bool) -> tuple[NumberGroup, ...]:
    """One group without a title; by measure one for each that several articles have, and one of the rest."""
    if one.link.url.startswith(measures.SECTION):
        series = measures.series(one.rows[:SERIES]) if first else ()
        return (NumberGroup("all", "", tuple(part), series=series),)
    if order != "measure":
        return (NumberGroup("all", "", tuple(part)),)
    made = []
    for n, (link, found) in enumerate(groupby(part, key=lambda row: row.measure), 1):
        mine = tuple(found)
        title, url = (link.text, link.url) if link else ("", "")
        made.append(NumberGroup(f"g-{n}", title, mine, url, measures.series(mine[:SERIES])))
    return tuple(made)


def _edges(found: Sequence[NumberRow]) -> tuple[Edge, ...]:
    """The largest sum of the currency that most figures are in, the steepest rise, the steepest fall."""
    currencies = [row.figure.currency for row in found if row.figure.currency]
    usual = max(sorted(set(currencies)), key=currencies.count, default=None)
    sums = [row for row in found if row.figure.currency == usual and usual]
    rises = [row for row in found if measures.percent(row.figure) > 0]
    falls = [row for row in found if measures.percent(row.figure) < 0]
    edges = []
    if len(sums) > 1:
        edges.append(Edge("largest", max(sums, key=lambda row: measures.size(row.figure))))
    if rises:
        edges.append(Edge("rise", max(rises, key=lambda row: measures.percent(row.figure))))
    if falls:
        edges.append(Edge("fall", min(falls, key=lambda row: measures.percent(row.figure))))
    return tuple(edges)
