"""Long lists cut into pages: /topics/x/, /topics/x/page/2/ …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sitegen.views import Pagination

Item = TypeVar("Item")


def pages(
    url: str, items: Sequence[Item], size: int | None
) -> Iterator[tuple[str, Sequence[Item], Pagination]]:
    """(address, items, pagination) of each page; an empty list has one page, one without a size too."""
    size = size or max(1, len(items))
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        pagination = Pagination(
            number=number,
            total=total,
            previous=_address(url, number - 1) if number > 1 else None,
            next=_address(url, number + 1) if number < total else None,
        )
        yield _address(url, number), items[(number - 1) * size : number * size], pagination


def _address(url: str, number: int) -> str:
    return url if number == 1 else f"{url}page/{number}/"
