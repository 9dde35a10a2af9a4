"""What strangers may send: none of it reaches a file, costs another reader an answer or is waited for without end."""

import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import SAMPLE
from tests.serving import Served, serving, until

PATIENCE = 10.0  # seconds in which a request must arrive, and an answer be read


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(SAMPLE, tmp_path_factory.mktemp("server") / "log") as running:
        yield running
        assert running.client.get("/").status_code == 200
        assert "Traceback" not in running.said()


def answer(served: Served, *sent: bytes, wait: float = 5.0) -> bytes:
    """Send bytes as they are, and give all that comes back until the server ends the connection."""
    with socket.create_connection(served.address, timeout=wait) as stranger:
        for part in sent:
            stranger.sendall(part)
        return rest(stranger)


def rest(stranger: socket.socket) -> bytes:
    """Read until the end; a connection that is cut off ends as well."""
    got = b""
    try:
        while part := stranger.recv(1 << 16):
            got += part
    except ConnectionResetError:
        pass
    return got


def status(got: bytes) -> int:
    return int(got.split(b" ", 2)[1])


def asked(path: bytes, *fields: bytes, method: bytes = b"GET") -> bytes:
    head = [method + b" " + path + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *fields]
    return b"\r\n".join([*head, b"", b""])


ASTRAY = [
    b"/../../../../etc/passwd",
    b"/assets/../../../../../../etc/passwd",
    b"/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    b"/..%2f..%2f..%2fetc%2fpasswd",
    b"/..%252f..%252fetc/passwd",
    b"/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    b"/..%5c..%5cetc%5cpasswd",
    b"/assets/site.css%00.html",
    b"/assets//site.css",
    b"/./index.html",
    b"//etc/passwd",
    b"/etc/passwd",
    b"/file:///etc/passwd",
    b"/assets/",
    b"/%",
    b"/%zz",
    b"/%ff%fe",
    b"/%e2%80%ae",
    b"/id%2fprogram%2f2003%2fharbor-protection.html",
    b"/" + b"a/" * 4000,
    b"/" + b"%41" * 5000,
]


@pytest.mark.parametrize("path", ASTRAY)
def test_an_address_leads_to_a_page_there_is_or_to_none(served: Served, path: bytes) -> None:
    got = answer(served, asked(path))
    assert status(got) == 404
    assert b"root:" not in got


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (asked(b"/" + b"x" * 17_000), 414),
        (asked(b"/?q=" + b"x" * 17_000), 414),
        (asked(b"/", b"X-Long: " + b"x" * 17_000), 431),
        (asked(b"/", *[b"X-%d: x" % number for number in range(200)]), 431),
        (asked(b"/", b"X-Endless: " + b"x" * 400_000), 431),
        (asked(b"/sparql", b"Content-Length: 99999999999", method=b"POST"), 413),
        (asked(b"/", b"Content-Length: 99999999999", method=b"POST"), 413),
        (asked(b"/", b"Content-Length: -1"), 400),
        (asked(b"/", b"Content-Length: " + b"9" * 5000), 400),
        (asked(b"/", method=b"M" * 300), 405),
        (asked(b"/", b"Content-Length: 1", b"Content-Length: 2"), 400),
        (asked(b"/", b"Content-Length: 1", b"Transfer-Encoding: chunked"), 411),
        (asked(b"/", b"Transfer-Encoding: invented"), 501),
        (asked(b"/", b"Bad Name: x"), 400),
        (asked(b"/", b"X: a\x00b"), 400),
        (asked(b"/a b"), 400),
        (asked(b"/\x00"), 400),
        (asked(b"/\xff"), 400),
        (asked(b"http://elsewhere/"), 400),
        (asked(b"elsewhere:80", method=b"CONNECT"), 400),
        (asked(b"*", method=b"GET"), 400),
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: <script>\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 505),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        (b"nonsense\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_or_too_large_is_refused_with_a_reason(served: Served, sent: bytes, expected: int) -> None:
    got = answer(served, sent)
    assert status(got) == expected
    head, _, body = got.lower().partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    assert b"x-content-type-options: nosniff" in head
    assert b"connection: close" in head
    assert b'"detail"' in body


@pytest.mark.parametrize("host", [b"localhost", b"127.0.0.1:7878", b"[::1]:80", b"evil.example", b"EXAMPLE.org"])
def test_a_host_changes_nothing(served: Served, host: bytes) -> None:
    got = answer(served, b"GET /es HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
    assert b"\r\nlocation: es/\r\n" in got
    assert b"evil" not in got


@pytest.mark.parametrize(
    "field",
    [
        b"X-Forwarded-For: 6.6.6.6",
        b"X-Forwarded-Proto: https",
        b"X-Forwarded-Host: evil",
        b"X-HTTP-Method-Override: DELETE",
        b"X-Original-URL: /metrics",
        b"Range: bytes=0-1",
        b"Upgrade: websocket\r\nX: y",
        b"Expect: 100-continue",
        b"Accept: " + b",;" * 5000,
        b"Accept-Encoding: " + b"gzip;q=0.5," * 1000,
        b"If-None-Match: " + b'"",' * 3000,
        b"Cookie: a=b",
        b"If-Modified-Since: yesterday",
    ],
)
def test_a_field_that_means_nothing_here_changes_nothing(served: Served, field: bytes) -> None:
    def body(got: bytes) -> bytes:
        return got.partition(b"\r\n\r\n")[2]

    plain, got = answer(served, asked(b"/")), answer(served, asked(b"/", field))
    assert status(got) == 200
    if not field.startswith(b"Accept-Encoding"):
        assert body(got) == body(plain)


def test_a_body_in_chunks_is_refused_before_any_of_it_is_read(served: Served) -> None:
    head = asked(b"/sparql", b"Transfer-Encoding: chunked", b"Content-Type: application/sparql-query", method=b"POST")
    got = answer(served, head + b"1\r\nx\r\n" * 10_000)
    assert status(got) == 411
    assert b"Content-Length" in got.partition(b"\r\n\r\n")[2]


def test_a_body_that_says_it_is_beyond_the_limit_is_not_read(served: Served) -> None:
    large = asked(b"/sparql", b"Content-Type: application/sparql-query", b"Content-Length: 60000000", method=b"POST")
    assert status(answer(served, large)) == 413
    assert served.client.get("/health").status_code == 200


def test_requests_that_come_at_once_are_answered_in_order(served: Served) -> None:
    got = answer(served, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n" * 50 + asked(b"/robots.txt"))
    assert got.count(b"HTTP/1.1 200 OK") == 51
    assert got.endswith(b"Disallow: /*?\n")


def test_a_second_request_hidden_in_a_body_is_never_one(served: Served) -> None:
    hidden = asked(b"/hidden")
    got = answer(served, asked(b"/health", b"Content-Length: %d" % len(hidden)) + hidden)
    assert got.count(b"HTTP/1.1 ") == 1
    assert "/hidden" not in served.said()


def test_nobody_is_waited_for_without_end(served: Served) -> None:
    """All at once: silence, a head and a body that trickle in, a body nobody asked for, an answer nobody reads."""
    strangers = {
        "silent": b"",
        "in its head": b"GET / HTTP/1.1\r\nHost: a\r\n",
        "blank lines": b"\r\n",
        "in its body": asked(
            b"/sparql", b"Content-Type: application/sparql-query", b"Content-Length: 1000", method=b"POST"
        ),
        "in a second request": asked(b"/health").replace(b"Connection: close\r\n", b"")
        + asked(b"/sparql", b"Content-Type: application/sparql-query", b"Content-Length: 1000", method=b"POST"),
        "unasked body": b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
        "never reads": b"GET /assets/site.css HTTP/1.1\r\nHost: a\r\n\r\n" * 5000,
    }
    begun = time.monotonic()
    open_ = {}
    for name, sent in strangers.items():
        stranger = socket.socket()
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stranger.settimeout(0.01)
        stranger.connect(served.address)
        try:
            stranger.sendall(sent)
        except TimeoutError:
            assert name == "never reads"
        open_[name] = stranger
    ended: dict[str, float] = {}
    while len(ended) < len(open_) and time.monotonic() - begun < 4 * PATIENCE:
        for name in open_.keys() - ended.keys():
            if trickled_out(open_[name], name):
                ended[name] = time.monotonic() - begun
        assert httpx.get(f"{served.url}/health", timeout=1).status_code == 200
        time.sleep(0.5)
    assert ended.keys() == open_.keys()
    assert max(ended.values()) < 3 * PATIENCE
    for stranger in open_.values():
        stranger.close()


def trickled_out(stranger: socket.socket, name: str) -> bool:
    """Send one byte more, where that is the trick, and tell whether the server has ended the connection."""
    try:
        if name in ("in its head", "in its body", "in a second request", "unasked body"):
            stranger.sendall(b"x")
        if name == "blank lines":
            stranger.sendall(b"\r\n")
        if name == "never reads":
            stranger.sendall(b"x")
            return False
        while part := stranger.recv(1 << 16):
            # an answer may come in two parts, its head first
            assert b"HTTP/1.1" in part or name in ("unasked body", "in a second request")
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def test_whoever_goes_away_is_not_worked_for_whatever_else_was_sent(served: Served) -> None:
    heavy = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    fields = (b"Content-Type: application/sparql-query", b"Content-Length: %d" % len(heavy))
    before = served.said().count("POST /sparql 0 ")  # of an answer that never began
    with socket.create_connection(served.address, timeout=5) as stranger:
        stranger.sendall(asked(b"/sparql", *fields, method=b"POST") + heavy)
        time.sleep(0.5)
        stranger.sendall(b"G")
        time.sleep(0.2)
    until(lambda: served.said().count("POST /sparql 0 ") > before, PATIENCE / 2)


def test_connections_beyond_the_limit_are_told_to_come_back_and_cost_nobody_theirs(served: Served) -> None:
    served.client.get("/health")
    crowd = [socket.create_connection(served.address, timeout=5) for _ in range(520)]
    try:
        assert served.client.get("/health").status_code == 200  # on the connection it has
        got = rest(crowd[-1])
        assert status(got) == 503
        assert b"retry-after: " in got
    finally:
        for stranger in crowd:
            stranger.close()
    assert httpx.get(f"{served.url}/health", timeout=5).status_code == 200
