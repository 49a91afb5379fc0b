"""From an address to a file of the site: the rules that hosts of static sites share. Pure functions."""

from __future__ import annotations

from pathlib import PurePosixPath

_TEXT = {
    ".html": "text/html", ".htm": "text/html", ".css": "text/css", ".js": "text/javascript",
    ".mjs": "text/javascript", ".txt": "text/plain", ".md": "text/markdown", ".csv": "text/csv",
    ".xml": "application/xml", ".rss": "application/rss+xml", ".atom": "application/atom+xml",
    ".xsl": "application/xml", ".json": "application/json", ".map": "application/json",
    ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml", ".ics": "text/calendar",
    ".vtt": "text/vtt",
}  # fmt: skip
_BINARY = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".woff": "font/woff",
    ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf", ".pdf": "application/pdf",
    ".wasm": "application/wasm", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".mp4": "video/mp4",
    ".webm": "video/webm", ".zip": "application/zip", ".gz": "application/gzip", ".eml": "message/rfc822",
}  # fmt: skip


def media_type(path: str) -> str:
    """The Content-Type for a file name, text with its charset. Our own table: the system's differs
    from machine to machine."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _TEXT:
        return f"{_TEXT[suffix]}; charset=utf-8"
    return _BINARY.get(suffix, "application/octet-stream")


def files_for(path: str) -> tuple[str, ...]:
    """The files that a site-relative path can mean, the best first: "/a/" is "a/index.html"."""
    name = path.lstrip("/")
    if path.endswith("/"):
        return (f"{name}index.html",)
    return (name, f"{name}/index.html", f"{name}.html")


def without_base(path: str, base: str) -> str | None:
    """The path below the base ("/repo"): "" for the base without its slash, None for what is not under it."""
    if base and path == base:
        return ""
    return path[len(base) :] if path.startswith(f"{base}/") else None
