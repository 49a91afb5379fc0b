"""What the host is told: `_headers` with a strict content security policy, `_redirects` for old addresses.

Both are in the format that Netlify and Cloudflare Pages share
(https://docs.netlify.com/routing/headers/, https://docs.netlify.com/routing/redirects/).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

# No script, frame or form may run or be sent anywhere; styles, pictures and fonts come from the site itself.
_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FOR_EVER = "public, max-age=31536000, immutable"


def headers(base: str, *, scripts: bool = False) -> bytes:
    """The `_headers` file. `base` is "" or "/repo"; `scripts` lets the theme's own scripts run."""
    policy = {**_POLICY, **({"script-src": "'self'"} if scripts else {})}
    everywhere = {"Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in policy.items()), **_HEADERS}
    lines = [f"{base}/*", *(f"  {name}: {value}" for name, value in everywhere.items())]
    lines += [f"{base}/assets/*", f"  Cache-Control: {_FOR_EVER}"]
    return ("\n".join(lines) + "\n").encode()


def redirects(pairs: Iterable[tuple[str, str]], base: str) -> bytes:
    """The `_redirects` file: an address an article once had, the one it has, 301. Sorted by the old one."""
    lines = [f"{_address(base + old)} {_address(base + new)} 301" for old, new in sorted(pairs)]
    return "".join(f"{line}\n" for line in lines).encode()


def _address(path: str) -> str:
    """Percent-encoded, so that no address can hold the spaces and line ends that the format is made of."""
    return quote(path, safe="/%-._~!$&'()+,;=@")
