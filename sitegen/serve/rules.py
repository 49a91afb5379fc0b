"""What `_headers` and `_redirects` say, and how much of it holds in the preview. Pure functions.

The syntax is Netlify's (docs.netlify.com, "Custom headers" and "Redirects and rewrites"): a path
with indented `Name: value` lines; a line `from to [status]`, where `*` stands for the rest of a
path and is `:splat` in the target. Rules with conditions or query parameters are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]

# The host sets these itself: the first two lines are Netlify's list, the rest is the preview's own business
# (its files change under the reader's eyes, and it speaks plain HTTP).
_NOT_OURS = frozenset((
    "accept-ranges", "age", "allow", "alt-svc", "connection", "content-encoding", "content-length",
    "content-range", "date", "location", "server", "set-cookie", "trailer", "transfer-encoding", "upgrade",
    "cache-control", "etag", "expires", "last-modified", "vary", "refresh", "clear-site-data",
    "strict-transport-security",
))  # fmt: skip
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x20-\x7e]*")
_REDIRECT = re.compile(r"(?P<start>/\S*)\s+(?P<to>\S+)(?:\s+(?P<status>\d{3})(?P<force>!?))?")
_STATUSES = frozenset((200, 301, 302, 303, 307, 308, 404, 410))
_CSP = "content-security-policy"


@dataclass(frozen=True, slots=True)
class HeaderRule:
    pattern: re.Pattern[str]
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """`start` is a path without its final slash, or a prefix where `splat`; `force` goes before a file."""

    start: str
    to: str
    status: int
    splat: bool
    force: bool


def parse_headers(text: str, base: str = "") -> tuple[HeaderRule, ...]:
    """The header rules of a `_headers` file; lines that are not understood are passed over."""
    rules: list[HeaderRule] = []
    pattern: re.Pattern[str] | None = None
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped.startswith("/"):
            pattern = _pattern(_without_base(stripped, base))
            continue
        name, colon, value = stripped.partition(":")
        name, value = name.strip(), value.strip()
        if pattern and colon and _NAME.fullmatch(name) and _VALUE.fullmatch(value):
            rules.append(HeaderRule(pattern, name, value))
    return tuple(rules)


def headers_for(rules: tuple[HeaderRule, ...], path: str) -> Headers:
    """The headers of a page at this site-relative path, with the CSP widened for the preview's client."""
    found = [(rule.name, rule.value) for rule in rules if rule.pattern.fullmatch(path)]
    return tuple(
        (name, widen(value) if name.lower() == _CSP else value)
        for name, value in found
        if name.lower() not in _NOT_OURS
    )


def widen(policy: str) -> str:
    """A content security policy that lets the preview's script and stylesheet in, and nothing else.

    `upgrade-insecure-requests` goes: the preview has no HTTPS to upgrade to.
    """
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        if name:
            directives.setdefault(name.lower(), sources)
    directives.pop("upgrade-insecure-requests", None)
    for names in (
        ("script-src-elem", "script-src", "default-src"),
        ("style-src-elem", "style-src", "default-src"),
        ("connect-src", "default-src"),
    ):
        deciding = next((name for name in names if name in directives), None)
        if deciding is None:
            continue
        sources = [source for source in directives[deciding] if source.lower() != "'none'"]
        own = deciding if deciding != "default-src" else names[-2]
        directives[own] = sources if "'self'" in sources or "*" in sources else [*sources, "'self'"]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def parse_redirects(text: str, base: str = "") -> tuple[Redirect, ...]:
    """The simple rules of a `_redirects` file, in order; others are passed over."""
    rules = []
    for line in text.splitlines():
        match = _REDIRECT.fullmatch(line.split(" #", 1)[0].strip())
        if not match or int(match["status"] or 301) not in _STATUSES or "?" in match["start"]:
            continue
        start, splat = _without_base(match["start"], base), False
        if start.endswith("/*"):
            start, splat = start[:-2], True
        if "*" in start or "/:" in start:
            continue
        to = _without_base(match["to"], base)
        status = int(match["status"] or 301)
        rules.append(Redirect(start.rstrip("/"), to, status, splat, match["force"] == "!"))
    return tuple(rules)


def redirect_for(rules: tuple[Redirect, ...], path: str, *, exists: bool) -> tuple[str, int] | None:
    """Where a site-relative path leads and with which status; the first rule that applies decides.

    A rule gives way to a file that is there, unless it is forced. A final slash makes no difference.
    """
    plain = path.rstrip("/")
    for rule in rules:
        if (exists and not rule.force) or rule.to.rstrip("/") == plain:
            continue
        if rule.splat and (plain == rule.start or path.startswith(rule.start + "/")):
            return rule.to.replace(":splat", path[len(rule.start) + 1 :]), rule.status
        if not rule.splat and plain == rule.start:
            return rule.to, rule.status
    return None


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\*+|(?<=/):[A-Za-z_]\w*)", path)
    kinds = {"*": ".*", ":": "[^/]+"}
    return re.compile("".join(kinds.get(part[:1], re.escape(part)) for part in parts), re.DOTALL)


def _without_base(path: str, base: str) -> str:
    return path[len(base) :] or "/" if base and (path + "/").startswith(base + "/") else path
