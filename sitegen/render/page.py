"""A page's view and a theme → the bytes of a file. Pure: the same view and theme give the same bytes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from sitegen.model import Output, Page
from sitegen.render import markup, templates
from sitegen.render.theme import Theme


def render(page: Page, theme: Theme) -> Output:
    """The file of a page. Its template sees the fields of the view by name. Raises ThemeError."""
    view: Any = page.view
    context = {name: getattr(view, name) for name in _names(view.__class__)}
    text = templates.render(theme.environment, theme.templates, page.template, context)
    return Output(page.file, markup.printable(text).encode(), page.made_from)


@cache
def _names(view: type[Any]) -> tuple[str, ...]:
    if not is_dataclass(view):
        raise TypeError(f"{view.__name__} is no view: see sitegen/views.py")
    return tuple(item.name for item in fields(view))
