"""What the host is told: `_headers` with a strict content security policy, `_redirects` for old addresses.

Both are in the format that Netlify and Cloudflare Pages share
(https://docs.netlify.com/routing/headers/, https://docs.netlify.com/routing/redirects/). For a host that
heeds neither, pages say the policy themselves, and a page at each old address leads on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from urllib.parse import quote, unquote

from sitegen.model import Output, file_of

# No script, frame or form may run or be sent anywhere; styles, pictures and fonts come from the site itself.
# Without a script nothing connects, either: what may is a checker that looks from within the page (Lighthouse
# reads robots.txt so, and calls it missing otherwise).
_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What runs the theme's own scripts.
_SCRIPTS = {"script-src": "'self'"}
# What the search page needs besides: its script, which reads the index with a WebAssembly module.
_SEARCHING = {
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
}
_CSP = "Content-Security-Policy"
# The same for a page's own head, where browsers do not heed it for frames
# (https://www.w3.org/TR/CSP3/#meta-element).
IN_PAGE = "; ".join(f"{name} {value}" for name, value in _POLICY.items() if name != "frame-ancestors")
IN_SCRIPTED_PAGE, IN_SEARCH_PAGE = (
    "; ".join([IN_PAGE, *(f"{name} {value}" for name, value in more.items())])
    for more in (_SCRIPTS, _SEARCHING)
)
_FOR_EVER = "public, max-age=31536000, immutable"


def headers(base: str, *, scripts: bool = False, searching: bool = False, joins: bool = False) -> bytes:
    """The `_headers` file. `base` is "" or "/repo"; `scripts` lets the theme's own scripts run.

    With `searching` the search page, and it alone, may run its script. For one path Netlify sends the
    value of the last rule; a host that `joins` the values of all rules is told to drop the first one.
    """
    policy = {**_POLICY, **(_SCRIPTS if scripts else {})}
    everywhere = {_CSP: _said(policy), **_HEADERS}
    lines = [f"{base}/*", *(f"  {name}: {value}" for name, value in everywhere.items())]
    lines += [f"{base}/assets/*", f"  Cache-Control: {_FOR_EVER}"]
    if searching:
        drop = [f"  ! {_CSP}"] if joins else []
        lines += [f"{base}/search/*", *drop, f"  {_CSP}: {_said({**policy, **_SEARCHING})}"]
    return ("\n".join(lines) + "\n").encode()


def _said(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def redirects(pairs: Iterable[tuple[str, str]], base: str) -> bytes:
    """The `_redirects` file: an address an article once had, the one it has, 301. Sorted by the old one."""
    lines = [f"{_address(base + old)} {_address(base + new)} 301" for old, new in sorted(pairs)]
    return "".join(f"{line}\n" for line in lines).encode()


_MOVED = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta http-equiv="refresh" content="0; url={to}">
<meta name="robots" content="noindex">
<title>{whole}</title>
<link rel="canonical" href="{whole}">
<h1><a href="{to}">{whole}</a></h1>
"""


def redirect_pages(
    pairs: Iterable[tuple[str, str]], taken: Collection[str], *, origin: str, base: str, language: str
) -> Iterator[Output]:
    """A page at each old address that takes a visitor to the new one at once; none where one of the
    files in `taken` (casefolded paths) is."""
    for old, new in sorted(pairs):
        last = old.rsplit("/", 1)[1]
        path = file_of(unquote(old if not last or "." in last else f"{old}/"))
        if path.casefold() not in taken:
            to = _address(base + new)
            said = {"language": language, "policy": IN_PAGE, "to": to, "whole": origin + to}
            text = _MOVED.format(**{name: escape(value) for name, value in said.items()})
            yield Output(path, text.encode())


def _address(path: str) -> str:
    """Percent-encoded, so that no address can hold the spaces and line ends that the format is made of."""
    return quote(path, safe="/%-._~!$&'()+,;=@")
