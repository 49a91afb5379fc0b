"""What is sent back: a status, headers and bytes, and of the bytes the part that was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sitegen.serve.rules import Headers

_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Response:
    """Length, Connection and Date are the server's business and are not among the headers."""

    status: int
    headers: Headers = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Part:
    """Which bytes a browser wants: the Range and If-Range headers of its request."""

    range: str | None = None
    if_range: str | None = None


WHOLE = Part()


def cut(response: Response, part: Part) -> Response:
    """The part of a 200 that was asked for, as 206; 416 where it lies behind the end (RFC 9110, 14).

    Only one stretch is given: several, another unit than bytes, or an If-Range about other bytes get
    the whole.
    """
    if response.status != 200:
        return response
    response = replace(response, headers=(*response.headers, ("Accept-Ranges", "bytes")))
    tag = next((value for name, value in response.headers if name == "ETag"), "")
    found = _RANGE.fullmatch((part.range or "").replace(" ", ""))
    if not found or (part.if_range is not None and part.if_range.strip() != tag):
        return response
    size = len(response.body)
    if found[2] and int(found[2]) < int(found[1]):  # no range at all, by the standard
        return response
    first, last = _stretch(found, size)
    if first >= size or last < first:
        headers = (*_without_type(response.headers), ("Content-Range", f"bytes */{size}"))
        return Response(416, headers)
    headers = (*response.headers, ("Content-Range", f"bytes {first}-{last}/{size}"))
    return Response(206, headers, response.body[first : last + 1])


def _stretch(found: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte: “500-”, “0-499”, or “-500” for the last 500."""
    if found[3] is not None:
        return (max(0, size - int(found[3])) if int(found[3]) else size), size - 1
    return int(found[1]), min(int(found[2]), size - 1) if found[2] else size - 1


def _without_type(headers: Headers) -> Headers:
    return tuple(pair for pair in headers if pair[0].lower() not in ("content-type", "etag"))
