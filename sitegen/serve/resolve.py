"""Which file of a site a browser sees at an address, by the rules that the site gives its host. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sitegen.serve.address import Refusal, read_target
from sitegen.serve.lookup import files_for, without_base
from sitegen.serve.rules import HeaderRule, Redirect, parse_headers, parse_redirects, redirect_for
from sitegen.serve.snapshot import Snapshot

REDIRECTIONS = frozenset((301, 302, 303, 307, 308))
_UNSEEN = frozenset(("_headers", "_redirects"))


@dataclass(frozen=True, slots=True)
class Rules:
    headers: tuple[HeaderRule, ...]
    redirects: tuple[Redirect, ...]


def rules_of(snapshot: Snapshot, base: str) -> Rules:
    headers = snapshot.headers if snapshot.headers is not None else snapshot.files.get("_headers", b"")
    return _parsed(headers, snapshot.files.get("_redirects", b""), base)


@lru_cache(maxsize=4)
def _parsed(headers: bytes, redirects: bytes, base: str) -> Rules:
    return Rules(
        parse_headers(headers.decode("utf-8", "replace"), base),
        parse_redirects(redirects.decode("utf-8", "replace"), base),
    )


def find(snapshot: Snapshot, path: str) -> str | None:
    """The file at a site-relative path."""
    return next((name for name in files_for(path) if name not in _UNSEEN and name in snapshot.files), None)


def shown_at(snapshot: Snapshot, address: str, base: str) -> str | None:
    """The file that a page at this address was made of, the 404 page among them; None where that is none
    of the site's."""
    try:
        path = without_base(read_target(address).path, base)
    except Refusal:
        return None
    name = find(snapshot, path) if path else None
    if path and (rule := redirect_for(rules_of(snapshot, base).redirects, path, exists=name is not None)):
        to, status = rule
        name = find(snapshot, to) if status not in REDIRECTIONS and to.startswith("/") else None
    return name or ("404.html" if "404.html" in snapshot.files else None)
