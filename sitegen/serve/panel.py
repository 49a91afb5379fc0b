"""The editor's panel over HTTP: a sheet or the queue to look at, and one act or undo to carry out.

JSON in and out. The page that asks is checked in `address` before anything gets here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from sitegen import records
from sitegen.desk import Act, Desk
from sitegen.errors import SiteError
from sitegen.serve.address import CLIENT, Refusal, Target
from sitegen.serve.answer import Response

SHEET, QUEUE, ACT, UNDO = (f"{CLIENT}{name}" for name in ("sheet", "queue", "act", "undo"))
PAGES = frozenset((SHEET, QUEUE))

_HEADERS = (
    ("Content-Type", "application/json; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_CHANGED = "desk-changed"


def look(desk: Desk | None, target: Target) -> Response:
    """A sheet (`?article=ID`) or the queue. Raises Refusal where there is no desk."""
    it = _present(desk)
    article = parse_qs(target.query).get("article", [""])[0]
    return _answer(lambda: it.sheet(article) if target.path == SHEET else it.queue())


def act(desk: Desk | None, target: Target, sent: bytes) -> Response:
    """Carry out what the panel sends; the answer is the sheet as it is then, or the problems with 409
    (the file was changed meanwhile) or 422."""
    it, do = _present(desk), _ACTS.get(target.path)
    if do is None:
        raise Refusal(405, "The preview answers GET and HEAD only.")
    try:
        said = json.loads(sent)
        article = str(said["article"])
        work = do(it, article, said)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refusal(400, "This is not what the panel sends.") from None
    return _answer(lambda: (work(), it.sheet(article))[1])


def _act(desk: Desk, article: str, said: Mapping[str, Any]) -> Callable[[], None]:
    made = records.build(Act, said["act"])[0]
    if made is None:
        raise ValueError("no act")
    return lambda: desk.do(article, made, str(said["sha256"]))


_ACTS: Mapping[str, Callable[[Desk, str, Mapping[str, Any]], Callable[[], None]]] = {
    ACT: _act,
    UNDO: lambda desk, article, said: desk.undo,
}


def _present(desk: Desk | None) -> Desk:
    if desk is None:
        raise Refusal(404, "The preview has nothing at this address.")
    return desk


def _answer(look: Callable[[], object]) -> Response:
    try:
        made, status = records.plain(look()), 200
    except SiteError as error:
        changed = any(problem.code == _CHANGED for problem in error.problems)
        made, status = {"problems": [str(problem) for problem in error.problems]}, 409 if changed else 422
    return Response(status, _HEADERS, json.dumps(made, ensure_ascii=False, default=str).encode())
