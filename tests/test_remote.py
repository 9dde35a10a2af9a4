"""Asking an endpoint that misbehaves: one line, exit code 4, nothing half-written; and who is told credentials."""

import base64
import gc
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cicte_graph.cli import main
from cicte_graph.errors import EngineError, UsageError
from cicte_graph.remote.address import checked
from cicte_graph.remote.client import Client

# urllib leaves the connection on which it was asked for credentials to be closed by the collector
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

RESULTS = "application/sparql-results+xml"
EMPTY = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results/></sparql>'
Answer = Callable[[socket.socket, bytes], None]


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Have it closed within the test that opened it."""
    yield
    gc.collect()


def http(
    status: str = "200 OK", content: bytes = EMPTY, media_type: str = RESULTS, length: int | None = None, more: str = ""
) -> Answer:
    """Make what answers every request the same."""
    said = len(content) if length is None else length
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {said}\r\n{more}Connection: close\r\n\r\n"
    )
    return lambda channel, _: channel.sendall(head.encode() + content)


@contextmanager
def behaving(*answers: Answer) -> Iterator[tuple[str, list[bytes]]]:
    """Listen, and answer one request after another, the last ones all alike; give the address and what was asked."""
    asked: list[bytes] = []
    stopped = threading.Event()

    def serve(listening: socket.socket) -> None:
        while not stopped.is_set():
            try:
                channel, _ = listening.accept()
            except TimeoutError:
                continue
            with channel:
                request = _request(channel)
                asked.append(request)
                try:
                    answers[min(len(asked), len(answers)) - 1](channel, request)
                except OSError:  # who asked has gone
                    continue

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/query", asked
        finally:
            stopped.set()
            thread.join()


def _request(channel: socket.socket) -> bytes:
    channel.settimeout(5)
    read = b""
    while b"\r\n\r\n" not in read:
        read += channel.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    while length and len(body) < int(length[1]):
        body += channel.recv(65536)
    return head + b"\r\n\r\n" + body


def drips(channel: socket.socket, _: bytes) -> None:
    channel.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {RESULTS}\r\nContent-Length: 9999\r\n\r\n".encode())
    for space in b" " * 100:
        channel.sendall(bytes([space]))
        time.sleep(0.05)


def never(channel: socket.socket, _: bytes) -> None:
    channel.settimeout(10)
    channel.recv(1)


def cut_chunks(channel: socket.socket, _: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {RESULTS}\r\nTransfer-Encoding: chunked\r\n\r\n"
    channel.sendall(head.encode() + b"20\r\n{")


def hangs_up(channel: socket.socket, _: bytes) -> None:
    channel.shutdown(socket.SHUT_RDWR)


def no_http(channel: socket.socket, _: bytes) -> None:
    channel.sendall(b"220 mail.example ESMTP\r\n")


PAGE = b"<html><head><title>Oops</title></head><body><h1>Oops</h1> it &amp; broke</body></html>"

MISBEHAVIOR = {
    "slow": (never, "no complete answer from {url} within 0.4 seconds."),
    "dripping": (drips, "no complete answer from {url} within 0.4 seconds."),
    "breaking off": (http(length=len(EMPTY) + 40), "the answer of {url} breaks off."),
    "breaking off in pieces": (cut_chunks, "the answer of {url} breaks off."),
    "sending half a document": (http(content=EMPTY[:-9]), "{url} answers what is no whole XML of results"),
    "sending another document": (http(content=b"<data>1</data>"), "{url} answers what is no whole XML of results"),
    "sending a page": (
        http(content=PAGE, media_type="text/html"),
        f"{{url}} answers text/html and not {RESULTS}. Name the address of a SPARQL service",
    ),
    "saying no type": (http(media_type=""), "{url} answers without a media type and not"),
    "hanging up": (hangs_up, "{url} does not answer ("),
    "speaking another protocol": (no_http, "{url} does not answer ("),
    "asking for credentials": (
        http("401 Unauthorized", more='WWW-Authenticate: Basic realm="x"\r\n'),
        "{url} asks for credentials (401). Set CICTE_GRAPH_USER and CICTE_GRAPH_PASSWORD, or use netrc.",
    ),
    "refusing": (http("403 Forbidden"), "{url} asks for credentials (403)."),
    "not there": (http("404 Not Found"), "there is no SPARQL service at {url} (404). Mend the address."),
    "sending on": (
        http("307 Temporary Redirect", more="Location: http://127.0.0.1:9/elsewhere\r\n"),
        "{url} sends on to http://127.0.0.1:9/elsewhere. Name that address.",
    ),
    "failing with a page": (http("500 Error", PAGE, "text/html"), "{url} refuses (500): Oops it & broke"),
    "failing in its own words": (http("400 Bad", b"no\n\x1b[31mway", "text/plain"), "{url} refuses (400): no "),
    "busy for ever": (http("503 Busy", b"later", "text/plain"), "{url} refuses (503): later"),
    "giving up": (http("504 Gateway Timeout"), "{url} did not finish in its own time (504). Ask for less."),
    "leaving out rows": (http(more="X-SPARQL-MaxRows: 10000\r\n"), "{url} gives at most 10000 rows"),
    "holding nothing of ours": (http(), "{url} holds no work plan in a graph below"),
}


@pytest.mark.parametrize("how", MISBEHAVIOR)
def test_an_endpoint_that_is_at_fault_gets_one_line_and_leaves_nothing_behind(
    how: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer, told = MISBEHAVIOR[how]
    limit = ["--time-limit", "0.4"] if "0.4" in told else ["--time-limit", "20"]
    with behaving(answer) as (url, _):
        code = main(["ask", "plans", "--endpoint", url, "-o", str(tmp_path / "rows.csv"), *limit])
    out, err = capfd.readouterr()
    assert (code, out, list(tmp_path.iterdir())) == (4, "", [])
    assert err.startswith("cicte-graph: " + told.format(url=url))
    assert err.count("\n") == 1
    assert "\x1b" not in err


def test_an_endpoint_that_is_down_gets_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/query"
    assert main(["ask", "plans", "--endpoint", url]) == 4
    told = f"cicte-graph: {url} does not answer (Connection refused). See whether it runs there.\n"
    assert capfd.readouterr() == ("", told)


def test_a_host_of_no_such_name_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    url = "http://nothing.invalid/query"
    assert main(["trace", "INTERPOL", "--endpoint", url]) == 4
    assert capfd.readouterr().err == f"cicte-graph: no host has the name in {url}. Mend the address.\n"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:7878",
        "ftp://host/query",
        "http://",
        "http://host/query#part",
        "http://ho st/",
        "http://host:99999/",
    ],
)
def test_what_is_no_address_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="is no address of a SPARQL endpoint"):
        checked(url)


def test_credentials_in_an_address_are_refused_and_not_repeated(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "plans", "--endpoint", "http://me:secret@localhost/query"]) == 2
    said = capfd.readouterr().err
    assert "has credentials in it" in said
    assert "secret" not in said


def test_a_question_is_asked_again_where_the_server_is_about_to_come_back() -> None:
    with behaving(http("503 Busy"), hangs_up, http()) as (url, asked):
        assert Client(url).ask("SELECT ?x {}", RESULTS).content == EMPTY
    assert len(asked) == 3


def test_an_update_is_sent_once() -> None:
    with behaving(http("503 Busy")) as (url, asked), pytest.raises(EngineError, match="refuses"):
        Client(url).send_once(url, b"CLEAR ALL", {"Content-Type": "application/sparql-update"})
    assert len(asked) == 1


def test_a_question_goes_by_post_with_its_dataset() -> None:
    with behaving(http()) as (url, asked):
        Client(url).ask("SELECT ?x { ?x ?y 'ñ&=' }", RESULTS, [("default-graph-uri", "http://a/1?b=c&d")])
    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /query HTTP/1.1")
    assert b"default-graph-uri=http%3A//a/1%3Fb%3Dc%26d" in body
    assert b"query=SELECT+%3Fx+%7B+%3Fx+%3Fy+%27%C3%B1%26%3D%27+%7D" in body


BASIC = http("401 Unauthorized", more='WWW-Authenticate: Basic realm="x"\r\n')
DIGEST = http("401 Unauthorized", more='WWW-Authenticate: Digest realm="x", nonce="n", qop="auth"\r\n')


def test_credentials_of_the_environment_are_given_to_a_server_that_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CICTE_GRAPH_USER", "me")
    monkeypatch.setenv("CICTE_GRAPH_PASSWORD", "sésame")
    with behaving(BASIC, http()) as (url, asked):
        assert Client(url).ask("SELECT ?x {}", RESULTS).content == EMPTY
    assert b"Authorization" not in asked[0]
    assert b"Authorization: Basic " + base64.b64encode("me:sésame".encode()) in asked[1]
    monkeypatch.setenv("CICTE_GRAPH_PASSWORD", "sesame")
    with behaving(DIGEST, http()) as (url, asked):
        assert Client(url).ask("SELECT ?x {}", RESULTS).content == EMPTY
    assert b'Authorization: Digest username="me"' in asked[1]


def test_credentials_of_netrc_are_those_of_the_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\nmachine other login x password y\n")
    with behaving(BASIC, http()) as (url, asked):
        Client(url).ask("SELECT ?x {}", RESULTS)
    assert b"Authorization: Basic " + base64.b64encode(b"me:secret") in asked[1]


def test_wrong_credentials_are_told_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CICTE_GRAPH_USER", "me")
    monkeypatch.setenv("CICTE_GRAPH_PASSWORD", "secret")
    with behaving(BASIC) as (url, _), pytest.raises(EngineError, match="does not take these credentials") as caught:
        Client(url).ask("SELECT ?x {}", RESULTS)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("way", ["Negotiate", 'Digest realm="x", nonce="n", qop="auth"'])
def test_a_way_to_ask_for_credentials_that_cannot_be_followed_is_told(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CICTE_GRAPH_USER", "me")
    monkeypatch.setenv("CICTE_GRAPH_PASSWORD", "sésame")
    asks = http("401 No", more=f"WWW-Authenticate: {way}\r\n")
    with behaving(asks) as (url, _), pytest.raises(EngineError, match="does not answer"):
        Client(url).ask("SELECT ?x {}", RESULTS)


def test_half_of_the_credentials_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CICTE_GRAPH_USER", "me")
    with pytest.raises(UsageError, match="Set both or none"):
        Client("http://127.0.0.1:9/query")


def test_a_broken_netrc_is_a_usage_error_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    (tmp_path / "netrc").write_text("login without machine\n")
    with pytest.raises(UsageError, match=r"netrc: cannot be read"):
        Client("http://127.0.0.1:9/query")


def test_credentials_never_travel_to_where_a_server_sends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CICTE_GRAPH_USER", "me")
    monkeypatch.setenv("CICTE_GRAPH_PASSWORD", "secret")
    with behaving(http()) as (elsewhere, heard):
        onward = http("302 Found", more=f"Location: {elsewhere}\r\n")
        with behaving(BASIC, onward) as (url, _), pytest.raises(EngineError, match="Name that address"):
            Client(url).ask("SELECT ?x {}", RESULTS)
    assert heard == []


def test_a_data_folder_that_is_named_goes_before_an_endpoint_of_the_environment() -> None:
    sample = Path(__file__).parent / "sample"
    command = [sys.executable, "-m", "cicte_graph", "ask", "plans", "--data", str(sample)]
    environment = os.environ | {"CICTE_GRAPH_ENDPOINT": "http://127.0.0.1:9/query"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0
    done = subprocess.run(command[:-2], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, "http://127.0.0.1:9/query does not answer" in done.stderr) == (4, True)


def test_a_folder_and_an_endpoint_together_are_a_usage_error() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["ask", "plans", "--data", "data", "--endpoint", "http://localhost/query"])
