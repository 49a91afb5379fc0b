"""Feeds: of the site, and of each section, topic, person and edition, in every configured format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from datetime import date as Day
from functools import partial

from sitegen.config import SiteConfig
from sitegen.frozen import record
from sitegen.model import Article, Edition, FeedFormat, FeedOf
from sitegen.pages.catalogue import Catalogue, Subject
from sitegen.pages.draft import Draft
from sitegen.slugs import slugify
from sitegen.views import FeedItem, FeedLink, FeedView, Head, Kinds

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # Atom wants to know when an empty feed was changed, too


@record
class Form:
    """A format: the file's name, its template, its media type, and what people call it."""

    file: str
    template: str
    type: str
    name: str


# File names end so that any host sends them as what they are.
FORMS: Mapping[FeedFormat, Form] = {
    "rss": Form("feed.xml", "feed.xml", "application/rss+xml", "RSS"),
    "atom": Form("feed.atom", "atom.xml", "application/atom+xml", "Atom"),
    "json": Form("feed.json", "feed.json", "application/feed+json", "JSON"),
}


@record
class Channel:
    """What a feed is of: its folder ("/topics/ports/"), the page it goes with, and its articles."""

    place: str
    title: str
    link: str
    description: str
    articles: Sequence[Article]


def plan(of: Catalogue) -> Iterator[Draft]:
    """Every feed. Those of the same articles stand together: what is drawn for one serves the next."""
    found = (channel for kind in _CHANNELS if kind in of.config.feed.of for channel in _CHANNELS[kind](of))
    first = {article.id: n for n, article in enumerate(of.articles)}
    for channel in sorted(found, key=lambda one: first[one.articles[0].id] if one.articles else 0):
        for name in of.config.feed.formats:
            form = FORMS[name]
            yield Draft(channel.place + form.file, form.template, partial(_view, channel, form, of))


def links(kind: FeedOf, place: str, title: str, config: SiteConfig, kinds: Kinds) -> tuple[FeedLink, ...]:
    """The feeds below an address, in every format, for the page that stands there."""
    if kind not in config.feed.of or "feed" not in kinds.made:
        return ()
    forms = [FORMS[name] for name in config.feed.formats]
    return tuple([FeedLink(f"{title} ({form.name})", form.type, place + form.file) for form in forms])


def own(kind: FeedOf, subject: Subject, of: Catalogue) -> tuple[FeedLink, ...]:
    """The feeds of a topic or a person."""
    return links(kind, subject.url, _titled(subject.name, of), of.config, of.kinds)


def of_edition(edition: Edition, of: Catalogue) -> tuple[FeedLink, ...]:
    """The feeds of an edition, and one of each of its sections."""
    made = links("editions", edition.url, _titled(edition.title, of), of.config, of.kinds)
    for section in edition.sections:
        if section.title:
            place, title = _section_place(section.title), _titled(section.title, of)
            made += links("sections", place, title, of.config, of.kinds)[:1]
    return made


def item(article: Article, of: Catalogue) -> FeedItem:
    """The article as an entry; one record for all its feeds."""
    made = of.items.get(article.id)
    if made is None:
        made = of.items[article.id] = _item(article, of.config)
    return made


def published(article: Article, config: SiteConfig) -> datetime | None:
    """The article's date, else midnight of the day it was added, in the site's zone."""
    return article.date or (_midnight(article.added, config) if article.added else None)


def updated(article: Article, config: SiteConfig) -> datetime | None:
    """The time of the article's last change that a reader should know of."""
    days = [correction.date for correction in article.corrections]
    times = [published(article, config), article.updated, *(_midnight(day, config) for day in days)]
    return max((time for time in times if time), default=None)


def _item(article: Article, config: SiteConfig) -> FeedItem:
    return FeedItem(
        article=article,
        url=article.url,
        guid=f"urn:sitegen:{article.id}",
        published=published(article, config),
        updated=updated(article, config) or NEVER,
        categories=article.topics,
    )


def _midnight(day: Day, config: SiteConfig) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=config.zone)


def _view(channel: Channel, form: Form, of: Catalogue) -> FeedView:
    items = tuple([item(article, of) for article in channel.articles[: of.config.feed.items]])
    return FeedView(
        site=of.info,
        head=Head("feed", channel.place + form.file, channel.title, channel.description),
        link=channel.link,
        items=items,
        updated=max((item.updated for item in items), default=NEVER),
        hub=of.config.feed.hub,
    )


# ---------------------------------------------------------------- what there are feeds of


def _site(of: Catalogue) -> Iterator[Channel]:
    description = of.info.description or of.info.tagline
    yield Channel("/", of.info.title, "/", description, of.articles)


def _sections(of: Catalogue) -> Iterator[Channel]:
    """What stood under the same heading in any edition, newest first."""
    titles: dict[str, str] = {}
    members: dict[str, dict[str, Article]] = {}
    for edition in of.site.editions:  # newest first: the newest spelling of the heading holds
        for section in edition.sections:
            if section.title:
                place = _section_place(section.title)
                titles.setdefault(place, section.title)
                found = {name: of.by_id[name] for name in section.items if name in of.by_id}
                members.setdefault(place, {}).update(found)
    for place, found in members.items():
        articles = sorted(found.values(), key=lambda article: of.place[article.id])
        title, about = _titled(titles[place], of), of.say("feed_of", name=titles[place])
        yield Channel(place, title, "/editions/", about, articles)


def _section_place(title: str) -> str:
    return f"/sections/{slugify(title, 'more')}/"


def _subjects(subjects: Mapping[str, Subject], of: Catalogue) -> Iterator[Channel]:
    for subject in subjects.values():
        title, about = _titled(subject.name, of), of.say("feed_of", name=subject.name)
        yield Channel(subject.url, title, subject.url, about, subject.articles)


def _editions(of: Catalogue) -> Iterator[Channel]:
    for edition in of.site.editions:
        articles = [of.by_id[name] for name in edition.items if name in of.by_id]
        title, about = _titled(edition.title, of), of.say("feed_of_edition", name=edition.title)
        yield Channel(edition.url, title, edition.url, about, articles)


_CHANNELS = {
    "site": _site,
    "sections": _sections,
    "topics": lambda of: _subjects(of.topics, of),
    "people": lambda of: _subjects(of.people, of),
    "editions": _editions,
}


def _titled(title: str, of: Catalogue) -> str:
    return f"{title} – {of.info.title}"
