"""A page's view and a theme → the bytes of a file. Pure: the same view and theme give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from html import unescape
from typing import Any

from sitegen.frozen import replace
from sitegen.model import Article, Output, Page
from sitegen.render import markup, templates
from sitegen.render.once import Once
from sitegen.render.theme import Theme
from sitegen.views import ArticleView, FeedItem, FeedView

Body = Callable[[Article], str]


def render(page: Page, theme: Theme) -> Output:
    """The file of a page. Its template sees the fields of the view by name. Raises ThemeError."""
    view: Any = page.view
    context = {name: getattr(view, name) for name in _names(view.__class__)}
    text = templates.render(theme.environment, theme.templates, page.template, context)
    if page.template.endswith(".txt"):  # escaped like everything, and no HTML
        text = unescape(text)
    return Output(page.file, markup.encoded(text), page.made_from)


@cache
def _names(view: type[Any]) -> tuple[str, ...]:
    if not is_dataclass(view):
        raise TypeError(f"{view.__name__} is no view: see sitegen/views/")
    return tuple(item.name for item in fields(view))


def filled(view: Any, body: Body) -> Any:
    """The view with the bodies of the articles that it shows: until now it had only their digests."""
    put = _BODIES.get(type(view))
    return put(view, body) if put else view


def _with_body(article: Article, body: Body) -> Article:
    return replace(article, body=body(article)) if article.text else article


def _article(view: ArticleView, body: Body) -> ArticleView:
    return replace(view, article=_with_body(view.article, body))


def _feed(view: FeedView, body: Body) -> FeedView:
    """One article stands in many feeds: its body is fetched once, and the item stays one record."""

    def with_body(item: FeedItem) -> FeedItem:
        return replace(item, article=_with_body(item.article, body))

    return replace(view, items=tuple([_ITEMS(item, with_body) for item in view.items]))


_ITEMS = Once(most=1024)


# The views that hold articles whole.
_BODIES: dict[type[Any], Callable[[Any, Body], Any]] = {ArticleView: _article, FeedView: _feed}
