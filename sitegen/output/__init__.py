"""The finished site on disk: checked, published at once or in a safe order, and never half-way.

What says that there is nothing to do is imported here; all that writes, when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sitegen.output.index import untouched
from sitegen.output.lock import FILE as LOCK
from sitegen.output.lock import lock

if TYPE_CHECKING:
    from sitegen.output.plan import WriteReport
    from sitegen.output.publish import drop_previous, recover, rollback, write
    from sitegen.output.tree import Stager, stager

__all__ = [
    "LOCK",
    "Stager",
    "WriteReport",
    "drop_previous",
    "lock",
    "recover",
    "rollback",
    "stager",
    "untouched",
    "write",
]

_LATER = {
    "Stager": "tree",
    "WriteReport": "plan",
    "drop_previous": "publish",
    "recover": "publish",
    "rollback": "publish",
    "stager": "tree",
    "write": "publish",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
