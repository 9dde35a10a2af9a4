"""What strangers may try: to make the endpoint call elsewhere, to change it, to keep it busy for everybody."""

import json
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import httpx
import pytest

from cicte_graph.endpoint.messages import Limits, Message, receive, send
from tests.served_endpoint import served

E = "http://example.org/"
THOUSAND = "".join(f"<{E}{n}> <{E}is> <{E}{n * 7 % 1000}> <{E}g> .\n" for n in range(1000)).encode()


class Listener:
    """A server on loopback that notes who calls."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.calls = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:  # it was closed
                return
            self.calls += 1
            caller.close()

    def close(self) -> None:
        """Stop listening."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A listener, and proof that it hears."""
    listener = Listener()
    yield listener
    before = listener.calls
    socket.create_connection(("127.0.0.1", listener.port)).close()
    time.sleep(0.1)
    assert listener.calls == before + 1
    listener.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An endpoint that gives up soon."""
    with served(THOUSAND, seconds=4) as (address, _):
        yield address


# nothing goes out


SPELLINGS = [
    "SERVICE {} {{ ?a ?b ?c }}",
    "service {} {{ ?a ?b ?c }}",
    "sErViCe{}{{?a ?b ?c}}",
    "SERVICE SILENT {} {{ ?a ?b ?c }}",
    "SERVICESILENT{}{{ ?a ?b ?c }}",
    "SERVICE # here\n{} {{ ?a ?b ?c }}",
    "SERVICE\t\r\n{}\f{{ ?a ?b ?c }}",
    "# a comment\rSERVICE {} {{ ?a ?b ?c }}",
    "OPTIONAL {{ SERVICE {} {{ ?a ?b ?c }} }}",
    "?a ?b ?c MINUS {{ SERVICE {} {{ ?a ?b ?c }} }}",
    "{{ }} UNION {{ SERVICE {} {{ ?a ?b ?c }} }}",
    "GRAPH ?g {{ SERVICE {} {{ ?a ?b ?c }} }}",
    "FILTER EXISTS {{ SERVICE {} {{ ?a ?b ?c }} }}",
    "FILTER NOT EXISTS {{ SERVICE {} {{ ?a ?b ?c }} }}",
    "BIND (EXISTS {{ SERVICE {} {{ ?a ?b ?c }} }} AS ?there)",
    "FILTER (IF(EXISTS {{ SERVICE {} {{ ?a ?b ?c }} }}, true, false))",
    "{{ SELECT * {{ SERVICE {} {{ ?a ?b ?c }} }} }}",
    "{{ SELECT (COUNT(*) AS ?n) {{ SERVICE {} {{ ?a ?b ?c }} }} HAVING (COUNT(*) >= 0) }}",
    "VALUES ?there {{ {} }} SERVICE ?there {{ ?a ?b ?c }}",
    "BIND ({} AS ?there) SERVICE ?there {{ ?a ?b ?c }}",
    "SERVICE e:x {{ ?a ?b ?c }}",
    "SERVICE : {{ ?a ?b ?c }}",
    "SERVICE <> {{ ?a ?b ?c }}",
    "SERVICE {} {{ SERVICE {} {{ ?a ?b ?c }} }}",
    "SERV\\u0049CE {} {{ ?a ?b ?c }}",
    "\\U00000053ERVICE {} {{ ?a ?b ?c }}",
    "SERVICE <\\u0068ttp://127.0.0.1:PORT/> {{ ?a ?b ?c }}",
    "SER/**/VICE {} {{ ?a ?b ?c }}",
    "\u017fERVICE {} {{ ?a ?b ?c }}",
    "SERV\u0130CE {} {{ ?a ?b ?c }}",
    "?a ?b '''x\\'''' . SERVICE {} {{ ?a ?b ?c }} # '''\n",
    '?a ?b "x\\\\" . SERVICE {} {{ ?a ?b ?c }} # "\n',
    "FILTER (?a<'b>') SERVICE {} {{ ?a ?b ?c }} FILTER ('c'>'d')",
    "FILTER (?a<?b#>'''\n) SERVICE {} {{ ?a ?b ?c }} FILTER ('''c'''>'''d''')",
    "?a <http://example.org/#> 'it' . SERVICE {} {{ ?a ?b ?c }} # '",
    "?a ?b true SERVICE {} {{ ?a ?b ?c }}",
    "<<( <a> <b> <c> )>> ?b ?c . SERVICE {} {{ ?a ?b ?c }}",  # what only one of the two parsers can read
    "LATERAL {{ SERVICE {} {{ ?a ?b ?c }} }}",
]
HERE = "PREFIX e: <http://127.0.0.1:PORT/> PREFIX : <http://127.0.0.1:PORT/> BASE <http://127.0.0.1:PORT/> "
FORMS = [
    HERE + "SELECT * {{ {} }}",
    HERE + "ASK {{ {} }}",
    HERE.replace("127.0.0.1", "localhost") + "CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {} }}",
    HERE.replace("127.0.0.1", "localhost") + "DESCRIBE ?a WHERE {{ {} }}",
]


def spelled(port: int) -> list[str]:
    """Write every spelling in a query, with the addresses of a listener."""
    here = f"<http://127.0.0.1:{port}/>"
    inside = [one.format(here, here) for one in SPELLINGS]
    queries = [FORMS[place % len(FORMS)].format(one) for place, one in enumerate(inside)]
    return [query.replace("PORT", str(port)) for query in queries]


def test_no_spelling_makes_the_endpoint_call_elsewhere(address: str, listener: Listener) -> None:
    with httpx.Client(timeout=20) as client:
        for query in spelled(listener.port):
            for answer in (
                client.get(address, params={"query": query}),
                client.post(address, data={"query": query}),
                client.post(address, content=query.encode(), headers={"Content-Type": "application/sparql-query"}),
            ):
                assert answer.status_code in (400, 403), query
                if "service" in query.casefold():
                    assert answer.text.startswith("SERVICE asks another server, and this graph is asked alone.")
    time.sleep(0.1)
    assert listener.calls == 0


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://127.0.0.1:PORT/> { ?a ?b ?c }",
        "SELECT * FROM NAMED <http://127.0.0.1:PORT/> { GRAPH ?g { ?a ?b ?c } }",
        "LOAD <http://127.0.0.1:PORT/>",
        "LOAD SILENT <http://127.0.0.1:PORT/> INTO GRAPH <http://example.org/g>",
        "PREFIX a: <http://127.0.0.1:PORT/> LOAD a:b",
        "# SELECT\nLOAD <http://127.0.0.1:PORT/>",
        "ASK {} ; LOAD <http://127.0.0.1:PORT/>",
    ],
)
def test_nothing_is_read_from_elsewhere(address: str, listener: Listener, query: str) -> None:
    with httpx.Client(timeout=20) as client:
        answer = client.get(address, params={"query": query.replace("PORT", str(listener.port))})
        assert answer.status_code in (400, 403)
        for name in ("default-graph-uri", "named-graph-uri"):
            asked = {"query": "ASK {}", name: f"http://127.0.0.1:{listener.port}/"}
            assert client.get(address, params=asked).status_code == 403
    time.sleep(0.1)
    assert listener.calls == 0


UNGUARDED = """
import socket, sys
from cicte_graph.endpoint import evaluate, nursery
evaluate.taken = lambda text: text  # as if every query were let through
nursery.run(socket.socket(fileno=int(sys.argv[1])))
"""
BARE = """
import sys, pyoxigraph
try:
    pyoxigraph.Store().query(sys.stdin.read()).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
except (SyntaxError, OSError, AttributeError):
    pass
"""
NUMBER = struct.Struct(">q")


def test_without_the_guard_a_worker_still_cannot_call(listener: Listener) -> None:
    queries = spelled(listener.port)
    answers = []
    control, theirs = socket.socketpair()
    command = [sys.executable, "-c", UNGUARDED, str(theirs.fileno())]
    with control, theirs, subprocess.Popen(command, pass_fds=[theirs.fileno()]) as nursery:
        theirs.close()
        limits = {"seconds": 5, "rows": 100, "size": 10_000, "memory": Limits().memory}
        send(control, Message(limits, THOUSAND))
        assert receive(control) is not None
        ours, passed = socket.socketpair()
        with ours:
            with passed:
                socket.send_fds(control, [NUMBER.pack(0)], [passed.fileno()])
            assert NUMBER.unpack(control.recv(NUMBER.size))[0] > 0
            assert receive(ours) is not None
            for query in queries:
                kinds = ["application/sparql-results+json"] * 2 + ["text/turtle"]
                send(ours, Message({"query": query, "default_graphs": [], "named_graphs": [], "accepted": kinds}))
                answer = receive(ours)
                assert answer is not None
                answers.append(str(answer.said.get("message", "")))
        control.close()
        nursery.wait(10)
    time.sleep(0.1)
    assert listener.calls == 0
    assert sum("Too many open files" in one for one in answers) > 12  # it tried, and had no descriptor for it


def test_without_guard_and_wall_the_engine_does_call(listener: Listener) -> None:
    query = spelled(listener.port)[0]
    subprocess.run([sys.executable, "-c", BARE], input=query, text=True, check=True, timeout=60)
    time.sleep(0.1)
    assert listener.calls > 0


# one who takes much leaves enough


def hostile() -> list[str]:
    """Forty queries that would take a server's time, memory or stack for themselves."""
    cross = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(5))
    paths = f"?a (<{E}is>|!<{E}no>)*/(<{E}is>|^<{E}is>)*/(<{E}is>|!<{E}not>)+ ?b"
    values = " ".join(f"<{E}{n}>" for n in range(5_000))
    nested = "OPTIONAL { ?a ?b ?c " * 1900 + "}" * 1900
    made = [
        f"SELECT (COUNT(*) AS ?n) {{ {cross} }}",
        f"SELECT * {{ {cross} }} ORDER BY ?a1 DESC(?a2)",
        f"SELECT DISTINCT * {{ {cross} }}",
        f"SELECT (GROUP_CONCAT(?a1) AS ?all) {{ {cross} }}",
        f"SELECT * {{ {cross} }}",
        f"CONSTRUCT {{ ?a1 ?b2 ?c3 }} WHERE {{ {cross} }}",
        f"SELECT (COUNT(*) AS ?n) {{ {paths} }}",
        f"SELECT * {{ {nested} }}",
        f"SELECT (1{'+1' * 100_000} AS ?n) {{}}",
        f"SELECT ({'(' * 1900}1{')' * 1900} AS ?n) {{ {cross} }}",
        f"SELECT * {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} }}",
        f"ASK {{ {'?a ?b ?c . ' * 20_000} }}",
        f"ASK {{ {'{ ?a ?b ?c } UNION ' * 10_000} {{}} }}",
        f"ASK {{ ?a ?b '{'(' * 1_000_000}' }}",
        f"SELECT (COUNT(*) AS ?n) {{ {cross} FILTER REGEX(STR(?a1), '(a|aa|aaa)*b(.*)(.*)(.*)c', 'i') }}",
        f"ASK {{ ?a ?b 'service' . {'?a ?b ?c . ' * 20_000} }}",  # which the guard reads with care
        'ASK { """' + "\\\"'''" * 50_000,
        f"SELECT (STRLEN(REPLACE(REPLACE('{'a' * 9999}', 'a', '{'b' * 999}'), 'b', '{'c' * 99}')) AS ?n) {{}}",
        f"DESCRIBE * {{ {cross} }}",
        f"SELECT ?a1 {{ {cross} }} GROUP BY ?a1 ?a2 ?a3 HAVING (COUNT(*) > 9)",
    ]
    return made + [f"{query} # again" for query in made]


def test_forty_hostile_queries_leave_others_served_within_a_second(address: str) -> None:
    port = int(address.removesuffix("/sparql").rpartition(":")[2])
    slowness = slow()
    with ThreadPoolExecutor(40) as strangers, httpx.Client(timeout=60) as reader:
        assert reader.get(address, params={"query": "ASK {}"}).status_code == 200
        asked = [strangers.submit(ask, port, query) for query in hostile()]
        waits: list[float] = []
        while len(waits) < 20 or not all(one.done() for one in asked):
            start = time.monotonic()
            query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # {len(waits)}"
            answer = reader.get(address, params={"query": query})
            waits.append(time.monotonic() - start)
            assert answer.status_code == 200, answer.text
            assert answer.json()["results"]["bindings"][0]["n"]["value"] == "1000"
            time.sleep(0.02)
        assert max(waits) < max(slowness, slow()), waits
        for one in asked:
            status, content, retry = one.result()
            assert status in (200, 400, 403, 413, 422, 503, 504), content
            if status == 200:
                json.loads(content)  # whole
            else:
                assert content.count(b"\n") == 1
            assert status != 503 or int(retry) > 0


def slow() -> float:
    """Tell how long a second of work takes here, since others may be at work on the same machine."""
    wall, processor = time.perf_counter(), time.process_time()
    while time.process_time() - processor < 0.2:
        pass
    return max(1.0, (time.perf_counter() - wall) / 0.2)


def ask(port: int, query: str) -> tuple[int, bytes, str]:
    """Ask as simply as can be: what the strangers use of the machine is not what is measured."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content, answer.headers.get("Retry-After", "")
