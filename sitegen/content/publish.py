"""What is public at one instant, and when that changes next. `now` decides and is then gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal

from sitegen.model import Article

State = Literal["published", "scheduled", "draft", "expired", "retracted"]
_TICK = timedelta(microseconds=1)


def state(article: Article, now: datetime) -> State:
    if article.status == "draft":
        return "draft"
    if article.date is not None and article.date > now:
        return "scheduled"
    if article.retracted:  # the notice stays when the words would have gone
        return "retracted"
    return "expired" if article.expires is not None and article.expires <= now else "published"


def public(article: Article, now: datetime, *, drafts: bool = False, future: bool = False) -> bool:
    """Whether an article has a page: a retracted one keeps its address and says so."""
    shown: tuple[State, ...] = ("published", "retracted")
    shown += ("draft",) if drafts else ()
    shown += ("scheduled",) if future else ()
    return state(article, now) in shown


def next_change(articles: Iterable[Article], now: datetime) -> datetime | None:
    """The next instant at which something appears or expires by the clock alone."""
    return min((instant for article in articles if (instant := turn(article, now))), default=None)


def turn(article: Article, now: datetime) -> datetime | None:
    """The next instant at which the clock makes an article public, or no longer so."""
    given = [instant for instant in (article.date, article.expires) if instant and instant > now]
    if not given:  # as with nearly all
        return None
    # Times of one zone compare by what its clocks show, which goes wrong on the nights when those are set.
    instants = [instant.astimezone(UTC) for instant in given]
    return min((i for i in instants if public(article, i) != public(article, i - _TICK)), default=None)
