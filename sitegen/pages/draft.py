"""A page as it is planned: everything but its view, which is made when somebody wants it.

Tens of thousands of views are never held at once, and each process makes those of its own pages.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Day

from sitegen.frozen import record
from sitegen.model import Page, file_of


@record
class Draft:
    """What a `Page` has; `view` makes its view, and makes the same whenever it is called.

    `basis` gives bytes that follow from everything the view does: an equal basis, an equal view. None
    where only the view can tell.
    """

    url: str
    template: str
    view: Callable[[], object]
    made_from: tuple[str, ...] = ()
    lastmod: Day | None = None
    basis: Callable[[], bytes] | None = None

    @property
    def file(self) -> str:
        return file_of(self.url)

    def page(self) -> Page:
        return Page(self.url, self.template, self.view(), self.made_from, self.lastmod)
