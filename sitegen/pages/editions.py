"""Edition pages, their archive, and the home page, which is the newest edition in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sitegen.model import Edition, Page
from sitegen.pages import cards
from sitegen.pages.catalogue import Catalogue
from sitegen.views import EditionContent, EditionLink, EditionsView, EditionView, Head, HomeView

EARLIER_ON_HOME = 6
LATEST_ON_HOME = 6


def plan(of: Catalogue) -> Iterator[Page]:
    editions = of.site.editions
    yield _home(of)
    for n, edition in enumerate(editions):
        content = _content(edition, _at(editions, n + 1), _at(editions, n - 1), of)
        name = f"{edition.title}: edition {edition.number}" if edition.number else edition.title
        head = Head("edition", edition.url, name, _description(content, of), "/editions/")
        made_from = (edition.path,) if edition.path else ()
        yield Page(edition.url, "edition.html", EditionView(of.info, head, content), made_from, edition.date)
    if editions:
        yield _archive(of)


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
        top=cards.card(top, of, "top") if top else None,
        blocks=cards.blocks(edition, of),
        previous=previous,
        next=following,
    )


def _description(content: EditionContent, of: Catalogue) -> str:
    titles = [content.top.title] if content.top else []
    titles += [card.title for block in content.blocks for card in block.cards][: 3 - len(titles)]
    return f"{of.info.title}: {'; '.join(titles)}" if titles else of.info.description


def _home(of: Catalogue) -> Page:
    editions = of.site.editions
    newest = editions[0] if editions else None
    if newest:
        in_print = set(newest.items)
        latest = [a for a in of.articles if a.id not in in_print and a.day >= newest.date]
    else:
        latest = list(of.articles)
    view = HomeView(
        site=of.info,
        head=Head("home", "/", of.info.title, of.info.description or of.info.tagline, "/"),
        edition=_content(newest, _at(editions, 1), None, of) if newest else None,
        latest=tuple(
            cards.card(article, of) for article in latest[: LATEST_ON_HOME if newest else of.config.page_size]
        ),
        earlier=tuple(link(edition) for edition in editions[1 : 1 + EARLIER_ON_HOME]),
    )
    days = [article.changed for article in of.articles[:1]] + [newest.date if newest else None]
    return Page("/", "home.html", view, (), max((day for day in days if day), default=None))


def _archive(of: Catalogue) -> Page:
    by_year = groupby(of.site.editions, key=lambda edition: edition.date.year)
    years = tuple((year, tuple(link(edition) for edition in editions)) for year, editions in by_year)
    head = Head("editions", "/editions/", "Editions", f"Every edition of {of.info.title}", "/editions/")
    return Page(
        "/editions/", "editions.html", EditionsView(of.info, head, years), (), of.site.editions[0].date
    )
