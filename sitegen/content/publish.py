"""What is public at one instant, and when that changes next. `now` decides and is then gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from sitegen.model import Article

State = Literal["published", "scheduled", "draft", "expired", "retracted"]


def state(article: Article, now: datetime) -> State:
    if article.status == "draft":
        return "draft"
    if article.date is not None and article.date > now:
        return "scheduled"
    if article.expires is not None and article.expires <= now:
        return "expired"
    return "retracted" if article.retracted else "published"


def public(article: Article, now: datetime, *, drafts: bool = False, future: bool = False) -> bool:
    """Whether an article has a page: a retracted one keeps its address and says so."""
    shown: tuple[State, ...] = ("published", "retracted")
    shown += ("draft",) if drafts else ()
    shown += ("scheduled",) if future else ()
    return state(article, now) in shown


def next_change(articles: Iterable[Article], now: datetime) -> datetime | None:
    """The next instant at which something appears or expires by the clock alone."""
    instants = (
        instant
        for article in articles
        if article.status == "published"
        for instant in (article.date, article.expires)
        if instant is not None and instant > now
    )
    return min(instants, default=None)
