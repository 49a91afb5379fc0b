"""Edition pages, their archive, and the home page: the newest edition in full, or the newest articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from sitegen.model import Article, Edition
from sitegen.pages import basis, cards, feeds, shares
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.draft import Draft
from sitegen.pages.paging import pages
from sitegen.views import (
    EditionContent,
    EditionLink,
    EditionsView,
    EditionView,
    Head,
    HomeView,
    Pagination,
)

EARLIER_ON_HOME = 6
LATEST_ON_HOME = 6


def plan(of: Catalogue) -> Iterator[Draft]:
    for n, edition in enumerate(of.site.editions):
        made_from = (edition.path,) if edition.path else ()
        yield Draft(edition.url, "edition.html", partial(view, n, of), made_from, edition.date)


def view(n: int, of: Catalogue) -> EditionView:
    """The view of the edition that stands at `n` in the list of all, the newest at 0."""
    editions = of.site.editions
    edition = editions[n]
    content = _content(edition, _at(editions, n + 1), _at(editions, n - 1), of)
    name = edition.title
    if edition.number:
        name = of.say("edition_of", title=edition.title, n=str(edition.number))
    head = Head(
        "edition", edition.url, name, _description(content, of), "/editions/",
        feeds=feeds.of_edition(edition, of),
    )  # fmt: skip
    return EditionView(of.info, shares.pictured(head, (), of), content)


def link(edition: Edition) -> EditionLink:
    return EditionLink(edition.number, edition.title, edition.url, edition.date, len(edition.items))


def _at(editions: Sequence[Edition], n: int) -> EditionLink | None:
    return link(editions[n]) if 0 <= n < len(editions) else None


def _content(
    edition: Edition, previous: EditionLink | None, following: EditionLink | None, of: Catalogue
) -> EditionContent:
    items = [of.by_id[item] for item in edition.items if item in of.by_id]
    top = of.by_id.get(edition.top or "")
    return EditionContent(
        number=edition.number,
        title=edition.title,
        url=edition.url,
        day=edition.date,
        stories=len(items),
        minutes=sum(cards.credit(article, of).minutes for article in items),
        note=edition.note,
        signed=edition.signed if edition.note else None,
        top=cards.laid_out(top, of, "top") if top else None,
        blocks=cards.blocks(edition, of),
        previous=previous,
        next=following,
        pictures=edition.pictures,
    )


def _description(content: EditionContent, of: Catalogue) -> str:
    titles = [content.top.title] if content.top else []
    titles += [card.title for block in content.blocks for card in block.cards][: 3 - len(titles)]
    return f"{of.info.title}: {'; '.join(titles)}" if titles else of.info.description


def home(of: Catalogue) -> Iterator[Draft]:
    if not of.site.editions:
        yield from _newest_articles(of)
        return
    days = [of.site.editions[0].date, *(of.changed[article.id] for article in of.articles[:1])]
    yield Draft("/", "home.html", partial(_home, of), (), max(days))


def _home(of: Catalogue) -> HomeView:
    editions = of.site.editions
    newest = editions[0]
    in_print = set(newest.items)
    latest = [a for a in of.articles if a.id not in in_print and a.day >= newest.date]
    return HomeView(
        site=of.info,
        head=_home_head("/", of),
        edition=_content(newest, _at(editions, 1), None, of),
        latest=tuple(cards.card(article, of) for article in latest[:LATEST_ON_HOME]),
        earlier=tuple(link(edition) for edition in editions[1 : 1 + EARLIER_ON_HOME]),
    )


def _newest_articles(of: Catalogue) -> Iterator[Draft]:
    """The home of a digest without editions: every article, newest first."""
    for url, articles, pagination in pages("/", of.articles, of.size("home")):
        yield Draft(
            url,
            "home.html",
            partial(_newest, url, articles, pagination, of),
            (),
            of.newest(articles),
            partial(basis.newest, url, articles, pagination, of),
        )


def _newest(url: str, articles: Sequence[Article], pagination: Pagination, of: Catalogue) -> HomeView:
    latest = tuple(cards.card(article, of) for article in articles)
    return HomeView(of.info, _home_head(url, of, pagination.number), None, latest, (), pagination)


def _home_head(url: str, of: Catalogue, page: int = 1) -> Head:
    return Head("home", url, of.titled(of.info.title, page), of.info.description or of.info.tagline, "/")


def archive(of: Catalogue) -> Iterator[Draft]:
    if of.site.editions:
        yield Draft("/editions/", "editions.html", partial(_archive, of), (), of.site.editions[0].date)


def _archive(of: Catalogue) -> EditionsView:
    by_year = groupby(of.site.editions, key=lambda edition: edition.date.year)
    years = tuple((year, tuple(link(edition) for edition in editions)) for year, editions in by_year)
    head = Head("editions", "/editions/", of.say("editions"), of.say("every_edition"), "/editions/")
    return EditionsView(of.info, head, years)
