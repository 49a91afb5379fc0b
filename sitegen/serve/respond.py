"""The answer to a request: a pure function of the state and the request, without sockets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from urllib.parse import quote, urlsplit

from sitegen.serve import overlay
from sitegen.serve.address import CLIENT, Refusal, Target
from sitegen.serve.answer import WHOLE, Part, Response, cut
from sitegen.serve.lookup import media_type, without_base
from sitegen.serve.resolve import REDIRECTIONS, find, rules_of
from sitegen.serve.rules import Headers, headers_for, redirect_for
from sitegen.serve.snapshot import Snapshot, State

HTML = "text/html; charset=utf-8"
_OWN: Headers = (("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin"))


def respond(
    state: State,
    target: Target,
    *,
    base: str = "",
    if_none_match: str | None = None,
    part: Part = WHOLE,
) -> Response:
    """The response to a GET. Raises Refusal for an address of the client's that is none, SiteError for a
    page that cannot be rendered."""
    if target.path.startswith(CLIENT):
        response = _client(state, target.path.removeprefix(CLIENT))
    elif state.snapshot is None:
        response = _page(503, overlay.waiting_page(state), state)
    else:
        response = _site(state, state.snapshot, target, base)
    return cut(_conditional(response, if_none_match), part)


def unrendered(state: State) -> Response:
    """In the place of a page that cannot be rendered; the state says why."""
    return _page(500, overlay.own_page("This page could not be made", "It comes when that is mended."), state)


def refuse(refusal: Refusal) -> Response:
    """A refusal in plain text, which no browser runs."""
    allow: Headers = (("Allow", "GET, HEAD"),) if refusal.status == 405 else ()
    headers = (("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"), *_OWN, *allow)
    return Response(refusal.status, headers, f"{refusal.reason}\n".encode())


def _client(state: State, name: str) -> Response:
    made = _CLIENT_FILES.get(name)
    if made is None:
        raise Refusal(404, "The preview has nothing at this address.")
    content_type, body = made(state)
    return Response(200, (("Content-Type", content_type), ("Cache-Control", "no-cache"), *_OWN), body)


def _site(state: State, snapshot: Snapshot, target: Target, base: str) -> Response:
    path = without_base(target.path, base)
    if path is None:
        if target.path == "/":
            return _redirect(302, f"{base}/")
        return _missing(state, snapshot, target.path, base)
    if path == "":
        return _redirect(301, f"{base}/", target.query)
    rules = rules_of(snapshot, base)
    name = find(snapshot, path)
    rule = redirect_for(rules.redirects, path, exists=name is not None)
    if rule:
        return _ruled(state, snapshot, rule, base)
    if name is None:
        return _missing(state, snapshot, path, base)
    if name.endswith("/index.html") and not path.endswith(("/", "/index.html")):
        return _redirect(301, f"{base}{path}/", target.query)
    return _file(state, snapshot, name, path, base)


def _ruled(state: State, snapshot: Snapshot, rule: tuple[str, int], base: str) -> Response:
    """What a line of `_redirects` does: send the browser on, or show another page in this place."""
    to, status = rule
    inside = to.startswith("/") and not to.startswith("//")
    if status in REDIRECTIONS:
        if not inside and urlsplit(to).scheme not in ("http", "https"):
            return _missing(state, snapshot, to, base)
        return _redirect(status, f"{base}{to}" if inside else to)
    name = find(snapshot, to) if inside else None
    if name is None:
        return _missing(state, snapshot, to, base)
    return _file(state, snapshot, name, to, base, status)


def _file(state: State, snapshot: Snapshot, name: str, path: str, base: str, status: int = 200) -> Response:
    given = headers_for(rules_of(snapshot, base).headers, path)
    content_type = next((value for key, value in given if key.lower() == "content-type"), media_type(name))
    rest = tuple((key, value) for key, value in given if key.lower() != "content-type")
    body = snapshot.files[name]
    if content_type.lower().startswith("text/html"):
        body = overlay.inject(body, state, snapshot.mark(name), snapshot.article(name))
    return Response(status, (("Content-Type", content_type), ("Cache-Control", "no-cache"), *rest), body)


def _missing(state: State, snapshot: Snapshot, path: str, base: str) -> Response:
    if "404.html" in snapshot.files:
        return _file(state, snapshot, "404.html", path, base, 404)
    return _page(404, overlay.missing_page(), state)


def _page(status: int, page: bytes, state: State) -> Response:
    """A page of the preview's own."""
    headers = (("Content-Type", HTML), ("Cache-Control", "no-store"), *_OWN)
    return Response(status, headers, overlay.inject(page, state))


def _redirect(status: int, to: str, query: str = "") -> Response:
    """Never stored: a browser that remembers a 301 of this port would follow it in another project."""
    location = quote(to, safe="/:?#[]@!$&'()*+,;=%~") + (f"?{query}" if query else "")
    return Response(status, (("Location", location), ("Cache-Control", "no-store")))


def _conditional(response: Response, if_none_match: str | None) -> Response:
    """With an ETag over the bytes as sent; 304 where the browser has them already (RFC 9110, 13.1.2)."""
    if response.status != 200:
        return response
    tag = f'"{hashlib.blake2b(response.body, digest_size=12).hexdigest()}"'
    headers = (*response.headers, ("ETag", tag))
    known = {item.strip().removeprefix("W/") for item in (if_none_match or "").split(",")}
    if tag in known or known == {"*"}:
        return Response(304, headers)
    return Response(200, headers, response.body)


@lru_cache(maxsize=4)
def _asset(name: str) -> bytes:
    return (resources.files("sitegen.serve") / "client" / name).read_bytes()


_CLIENT_FILES: dict[str, Callable[[State], tuple[str, bytes]]] = {
    "reload.js": lambda state: (media_type("a.js"), _asset("reload.js")),
    "overlay.css": lambda state: (media_type("a.css"), _asset("overlay.css")),
    "panel.js": lambda state: (media_type("a.js"), _asset("panel.js")),
    "panel.css": lambda state: (media_type("a.css"), _asset("panel.css")),
    "overlay": lambda state: (HTML, overlay.render(state).encode("ascii", "xmlcharrefreplace")),
}
