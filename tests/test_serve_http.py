"""The preview's HTTP: pages as a host of static sites serves them, and hostile requests over raw sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.serve import Snapshot
from tests.test_serve_preview import PATIENCE, Preview, running, write_digest

FILES = {
    "index.html": b"<html><body><h1>Home</h1></body></html>",
    "a/index.html": b"<html><body><h1>A</h1></BODY></html>",
    "b.html": b"<h1>B without a body tag</h1>",
    "caf\u00e9/index.html": b"<p>accented</p>",
    "feed.xml": b"<rss/>",
    "data.json": b"{}",
    "picture.png": b"\x89PNG",
    "odd.thing": b"?",
    "404.html": b"<html><body>Our own 404</body></html>",
    ".secret": b"hidden",
    ".git/config": b"hidden",
    "a/.env": b"hidden",
    ".well-known/security.txt": b"Contact: nobody",
    "_headers": b"""
# a comment
/*
  Content-Security-Policy: default-src 'none'; script-src 'none'; upgrade-insecure-requests
  X-Frame-Options: DENY
  Strict-Transport-Security: max-age=1
  Cache-Control: public, max-age=31536000
/feed.xml
  Content-Type: application/rss+xml; charset=utf-8
""",
    "_redirects": b"""
/old      /a/
/older/*  /a/:splat  302
/shown    /b.html    200
/gone     /a/        410
/a/       /b/
/away     https://elsewhere.example/  302
/trap     javascript:alert(1)         302
/nation   /a/        302  Country=pt
""",
}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    root = write_digest(tmp_path_factory.mktemp("http") / "digest")
    with running(root, lambda changed: Snapshot(FILES)) as running_preview:
        yield running_preview


@pytest.mark.parametrize(
    ("path", "status", "content_type", "words"),
    [
        ("/", 200, "text/html; charset=utf-8", "Home"),
        ("/a/", 200, "text/html; charset=utf-8", "<h1>A"),
        ("/a/?x=1", 200, "text/html; charset=utf-8", "<h1>A"),
        ("/a/index.html", 200, "text/html; charset=utf-8", "<h1>A"),
        ("/b", 200, "text/html; charset=utf-8", "<h1>B"),
        ("/caf%C3%A9/", 200, "text/html; charset=utf-8", "accented"),
        ("/feed.xml", 200, "application/rss+xml; charset=utf-8", "<rss/>"),
        ("/data.json", 200, "application/json; charset=utf-8", "{}"),
        ("/odd.thing", 200, "application/octet-stream", "?"),
        ("/.well-known/security.txt", 200, "text/plain; charset=utf-8", "Contact"),
        ("/nowhere/", 404, "text/html; charset=utf-8", "Our own 404"),
        ("/_headers", 404, "text/html; charset=utf-8", "Our own 404"),
        ("/_redirects", 404, "text/html; charset=utf-8", "Our own 404"),
        ("/feed.xml/", 404, "text/html; charset=utf-8", "Our own 404"),
        ("/trap", 404, "text/html; charset=utf-8", "Our own 404"),
        ("/nation", 404, "text/html; charset=utf-8", "Our own 404"),
        ("/shown", 200, "text/html; charset=utf-8", "<h1>B"),
        ("/gone", 410, "text/html; charset=utf-8", "<h1>A"),
        ("/.sitegen/reload.js", 200, "text/javascript; charset=utf-8", "EventSource"),
        ("/.sitegen/overlay.css", 200, "text/css; charset=utf-8", "#sitegen-problems"),
    ],
)
def test_pages(preview: Preview, path: str, status: int, content_type: str, words: str) -> None:
    got_status, headers, body = preview.get(path)
    assert (got_status, headers["Content-Type"]) == (status, content_type)
    assert words in body


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/a", 301, "/a/"),
        ("/a?x=1&y=%20", 301, "/a/?x=1&y=%20"),
        ("/caf%C3%A9", 301, "/caf%C3%A9/"),
        ("/old", 301, "/a/"),
        ("/old/", 301, "/a/"),
        ("/older/b/c", 302, "/a/b/c"),
        ("/older/%C3%A9%20%22", 302, "/a/%C3%A9%20%22"),
        ("/away", 302, "https://elsewhere.example/"),
    ],
)
def test_redirects(preview: Preview, path: str, status: int, location: str) -> None:
    got, headers, body = preview.get(path)
    assert (got, headers["Location"], body) == (status, location, "")
    assert headers["Cache-Control"] == "no-store"


def test_headers_are_the_production_ones_with_the_policy_widened_for_the_client(preview: Preview) -> None:
    _, headers, _ = preview.get("/a/")
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
    )
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-cache"
    assert "Strict-Transport-Security" not in headers


def test_the_client_is_in_pages_and_in_nothing_else(preview: Preview) -> None:
    assert preview.get("/a/")[2].count("/.sitegen/reload.js") == 1
    assert preview.get("/a/")[2].endswith("defer></script>\n</BODY></html>")
    assert preview.get("/b")[2].endswith("defer></script>\n")
    assert preview.get("/feed.xml")[2] == "<rss/>"


def test_head_says_the_same_without_a_body(preview: Preview) -> None:
    _, headers, body = preview.get("/a/")
    answer = raw(preview, f"HEAD /a/ HTTP/1.1\r\nHost: {host(preview)}\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}\r\n".encode() in answer
    assert f"ETag: {headers['ETag']}\r\n".encode() in answer


def test_what_the_browser_has_is_not_sent_again(preview: Preview) -> None:
    for path in ("/picture.png", "/a/"):
        start = f"GET {path} HTTP/1.1\r\nHost: {host(preview)}\r\nConnection: close\r\nIf-None-Match: "
        tag = etag(preview, path)
        for known in (tag, f'"x", W/{tag}', "*"):
            answer = raw(preview, f"{start}{known}\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 304 Not Modified\r\n"), known
            assert answer.endswith(b"\r\n\r\n")
        assert raw(preview, f'{start}"x"\r\n\r\n').startswith(b"HTTP/1.1 200 OK\r\n")


def test_one_connection_serves_several_requests(preview: Preview) -> None:
    request = f"GET /data.json HTTP/1.1\r\nHost: {host(preview)}\r\n"
    answer = raw(preview, f"{request}\r\n{request}Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 2


def test_a_site_below_a_path(tmp_path: Path) -> None:
    files = {**FILES, "_redirects": b"/repo/old /repo/a/\n/older /a/\n"}
    root = write_digest(tmp_path / "digest")
    with running(root, lambda changed: Snapshot(files), base="/repo/") as below:
        assert below.url.endswith("/repo/")
        assert "Home" in below.get("/repo/")[2]
        assert "<h1>A" in below.get("/repo/a/")[2]
        for path, status, location in (
            ("/", 302, "/repo/"),
            ("/repo", 301, "/repo/"),
            ("/repo/a", 301, "/repo/a/"),
            ("/repo/old", 301, "/repo/a/"),
            ("/repo/older", 301, "/repo/a/"),
        ):
            got, headers, _ = below.get(path)
            assert (got, headers["Location"]) == (status, location)
        for path in ("/a/", "/repository/", "/repo/nowhere/"):
            assert below.get(path)[0] == 404
        assert below.get("/repo/a/")[1]["X-Frame-Options"] == "DENY"


# ---------------------------------------------------------------- hostile requests


def host(preview: Preview) -> str:
    return f"localhost:{preview.address[1]}"


def etag(preview: Preview, path: str) -> str:
    answer = raw(preview, f"HEAD {path} HTTP/1.1\r\nHost: {host(preview)}\r\nConnection: close\r\n\r\n")
    (tag,) = (line[6:] for line in answer.decode().split("\r\n") if line.startswith("ETag: "))
    return tag


def raw(preview: Preview, request: str | bytes) -> bytes:
    """All that comes back until the server closes; what we send ends there, too."""
    data = request.encode("latin-1") if isinstance(request, str) else request
    with socket.create_connection(preview.address, timeout=PATIENCE) as connection:
        answer = b""
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                answer += part
        except (BrokenPipeError, ConnectionResetError):
            pass  # it hung up on us while we were still talking, which is its right
        return answer


TARGETS: tuple[tuple[str, int], ...] = (
    ("/../etc/passwd", 400),
    ("/../../../../etc/passwd", 400),
    ("/a/../.secret", 400),
    ("/a/..", 400),
    ("/..", 400),
    ("/./a/", 400),
    ("/a/./", 400),
    ("/%2e%2e/etc/passwd", 400),
    ("/%2E%2E/%2E%2E/etc/passwd", 400),
    ("/.%2e/etc/passwd", 400),
    ("/a/%2e%2e/", 400),
    ("/..%2fetc%2fpasswd", 400),
    ("/..%2Fetc", 400),
    ("/a%2findex.html", 400),
    ("/..%5cetc", 400),
    ("/..\\..\\etc\\passwd", 400),
    ("/a\\index.html", 400),
    ("/%252e%252e/etc/passwd", 404),
    ("/%252e%252e%252fetc", 404),
    ("/..%c0%af..%c0%afetc", 400),
    ("/%c0%ae%c0%ae/etc", 400),
    ("/%ff", 400),
    ("/%ed%a0%80", 400),
    ("/a%00.html", 400),
    ("/%00", 400),
    ("/a/%0d%0aSet-Cookie:%20x=1", 400),
    ("/older/%0d%0aX-Injected:%20yes", 400),
    ("/older/%E2%80%A8x", 400),
    ("/a%0a", 400),
    ("/a%7f", 400),
    ("/%C2%85", 400),
    ("/%", 400),
    ("/%zz", 400),
    ("/%2", 400),
    ("/%u002e%u002e/", 400),
    ("//evil.example/", 400),
    ("///etc/passwd", 400),
    ("//", 400),
    ("/a//", 404),
    ("/a//index.html", 404),
    ("/.secret", 404),
    ("/.git/config", 404),
    ("/a/.env", 404),
    ("/%2esecret", 404),
    ("/%2egit/config", 404),
    ("/.well-known/../.secret", 400),
    ("/.well-known/.secret", 404),
    ("/.sitegen/", 404),
    ("/.sitegen/../.secret", 400),
    ("/.sitegen/overlay.py", 404),
    ("/.sitegen/.secret", 404),
    ("/.sitegen/%2e%2e/server.py", 400),
    ("/C:/Windows/win.ini", 404),
    ("/etc/passwd", 404),
    ("/a/#x", 400),
    ("http://evil.example/", 400),
    ("http://localhost/a/", 400),
    ("HTTP://127.0.0.1/", 400),
    ("evil.example:80", 400),
    ("*", 400),
    ("a/", 400),
    ("?", 400),
    ("/<script>alert(1)</script>", 404),
    ("/" + "a" * 3000, 414),
    ("/?" + "a" * 3000, 414),
    ("/" + "a" * 70000, 414),
    ("/" + "%2e" * 600, 404),
    ("/" + "a/" * 1000, 404),
)


@pytest.mark.parametrize(("target", "status"), TARGETS, ids=lambda value: str(value)[:40])
def test_hostile_targets(preview: Preview, target: str, status: int) -> None:
    answer = raw(preview, f"GET {target} HTTP/1.1\r\nHost: {host(preview)}\r\nConnection: close\r\n\r\n")
    assert_refused(answer, status)


GOOD = "Host: HOST\r\n"
REQUESTS: tuple[tuple[str, str, int], ...] = (
    ("no host", "GET / HTTP/1.1\r\n\r\n", 400),
    ("no host in 1.0", "GET / HTTP/1.0\r\n\r\n", 400),
    ("two hosts", f"GET / HTTP/1.1\r\n{GOOD}{GOOD}\r\n", 400),
    ("a second host", f"GET / HTTP/1.1\r\n{GOOD}Host: evil.example\r\n\r\n", 400),
    ("foreign host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
    ("foreign host, our port", "GET / HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n", 403),
    ("our host without a port", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 403),
    ("our host, other port", "GET / HTTP/1.1\r\nHost: localhost:1\r\n\r\n", 403),
    ("our host as a prefix", "GET / HTTP/1.1\r\nHost: localhost.evil.example:PORT\r\n\r\n", 403),
    ("our host as a suffix", "GET / HTTP/1.1\r\nHost: evil.localhost:PORT\r\n\r\n", 403),
    ("our host with a dot", "GET / HTTP/1.1\r\nHost: localhost.:PORT\r\n\r\n", 403),
    ("host with a user", "GET / HTTP/1.1\r\nHost: localhost:PORT@evil.example\r\n\r\n", 403),
    ("host with a path", "GET / HTTP/1.1\r\nHost: localhost:PORT/x\r\n\r\n", 403),
    ("another address", "GET / HTTP/1.1\r\nHost: 192.0.2.7:PORT\r\n\r\n", 403),
    ("loopback in disguise", "GET / HTTP/1.1\r\nHost: 2130706433:PORT\r\n\r\n", 403),
    ("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 403),
    ("folded host", "GET / HTTP/1.1\r\nHost: HOST\r\n evil.example\r\n\r\n", 403),
    ("space before the colon", "GET / HTTP/1.1\r\nHost : HOST\r\n\r\n", 400),
    ("a header without a colon", f"GET / HTTP/1.1\r\nnonsense\r\n{GOOD}\r\n", 400),
    ("foreign origin", f"GET /.sitegen/events HTTP/1.1\r\n{GOOD}Origin: http://evil.example\r\n\r\n", 403),
    ("null origin", f"GET /.sitegen/events HTTP/1.1\r\n{GOOD}Origin: null\r\n\r\n", 403),
    ("https origin", f"GET / HTTP/1.1\r\n{GOOD}Origin: https://HOST\r\n\r\n", 403),
    ("post", f"POST / HTTP/1.1\r\n{GOOD}\r\n", 405),
    ("post with a body", f"POST / HTTP/1.1\r\n{GOOD}Content-Length: 3\r\n\r\nabc", 400),
    ("put", f"PUT /a/ HTTP/1.1\r\n{GOOD}\r\n", 405),
    ("patch", f"PATCH /a/ HTTP/1.1\r\n{GOOD}\r\n", 405),
    ("delete", f"DELETE /a/ HTTP/1.1\r\n{GOOD}\r\n", 405),
    ("options", f"OPTIONS * HTTP/1.1\r\n{GOOD}\r\n", 405),
    ("trace", f"TRACE / HTTP/1.1\r\n{GOOD}\r\n", 405),
    ("connect", f"CONNECT evil.example:443 HTTP/1.1\r\n{GOOD}\r\n", 405),
    ("unknown method", f"BREW /pot HTTP/1.1\r\n{GOOD}\r\n", 501),
    ("small letters", f"get / HTTP/1.1\r\n{GOOD}\r\n", 501),
    ("dunder method", f"__init__ / HTTP/1.1\r\n{GOOD}\r\n", 501),
    ("HTTP/0.9", "GET /\r\n", 400),
    ("HTTP/2.0", f"GET / HTTP/2.0\r\n{GOOD}\r\n", 505),
    ("HTTP/1.2", f"GET / HTTP/1.2\r\n{GOOD}\r\n", 400),
    ("HTTP/x", f"GET / HTTP/x\r\n{GOOD}\r\n", 400),
    ("no version number", f"GET / HTTP/\r\n{GOOD}\r\n", 400),
    ("four words", f"GET / x HTTP/1.1\r\n{GOOD}\r\n", 400),
    ("one word", "GET\r\n\r\n", 400),
    ("tabs", f"GET\t/\tHTTP/1.1\r\n{GOOD}\r\n", 400),
    ("two spaces", f"GET  / HTTP/1.1\r\n{GOOD}\r\n", 400),
    ("bare carriage return", f"GET /\r HTTP/1.1\r\n{GOOD}\r\n", 400),
    ("NUL", f"GET /\0 HTTP/1.1\r\n{GOOD}\r\n", 400),
    ("eight bits", f"GET /\xe9 HTTP/1.1\r\n{GOOD}\r\n", 400),
    ("a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    ("body on a GET", f"GET / HTTP/1.1\r\n{GOOD}Content-Length: 5\r\n\r\nhello", 400),
    ("odd length", f"GET / HTTP/1.1\r\n{GOOD}Content-Length: -1\r\n\r\n", 400),
    ("chunked", f"GET / HTTP/1.1\r\n{GOOD}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("expects", f"GET / HTTP/1.1\r\n{GOOD}Expect: 100-continue\r\n\r\n", 417),
    ("a long header", f"GET / HTTP/1.1\r\n{GOOD}X: {'a' * 70000}\r\n\r\n", 431),
    ("many headers", f"GET / HTTP/1.1\r\n{GOOD}" + "X: y\r\n" * 200 + "\r\n", 431),
)


@pytest.mark.parametrize(("name", "request_", "status"), REQUESTS, ids=[name for name, _, _ in REQUESTS])
def test_hostile_requests(preview: Preview, name: str, request_: str, status: int) -> None:
    filled = request_.replace("HOST", host(preview)).replace("PORT", str(preview.address[1]))
    assert_refused(raw(preview, filled), status)


def assert_refused(answer: bytes, status: int) -> None:
    """One answer, with this status, that gives nothing away and lets nothing in."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode()), answer[:200]
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"Set-Cookie" not in head and b"X-Injected" not in head
    for leak in (b"hidden", b"root:", b"Traceback", b"<script>alert", b"Python", b"BaseHTTP"):
        assert leak not in answer
    assert body or b"Content-Length: 0" in head


def test_it_still_serves_after_all_that(preview: Preview) -> None:
    assert preview.get("/a/")[0] == 200


def test_garbage_and_silence_are_outlived(preview: Preview) -> None:
    for data in (b"", b"\r\n", b"\n\n\n", b"\0" * 1000, b"GET", b"GET / HTTP/1.1", b"GET / HTTP/1.1\r\nHost"):
        answer = raw(preview, data)
        assert not answer.startswith(b"HTTP/1.1 200")
    assert preview.get("/a/")[0] == 200
