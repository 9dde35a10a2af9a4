"""Publishing to real servers: whole or not at all, again after a break, back if wanted; and reading it again."""

import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from cicte_graph.build import Built, build
from cicte_graph.cache import Version
from cicte_graph.cli import main
from cicte_graph.errors import EngineError
from cicte_graph.house import open_house
from cicte_graph.remote.store import open_remote
from cicte_graph.reports import REPORTS
from cicte_graph.store import n_quads
from cicte_graph.terms import BASE
from tests.conftest import SAMPLE
from tests.engines import Server, oxigraph, virtuoso
from tests.serving import serving, until

REAL = SAMPLE.parent.parent / "data"
QUERIES = open_house().queries
FORM = ox.QueryResultsFormat.XML
NAMES = ["release", *(f"plans/{years}" for years in ("2001", "2003", "2012", "2018-2019"))]


@pytest.fixture(scope="module", params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.engines)])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """An engine that holds nothing yet."""
    with {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param]() as running:
        yield running


@pytest.fixture(autouse=True)
def who(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the credentials of whoever may write."""
    if server.credentials:
        monkeypatch.setenv("CICTE_GRAPH_USER", server.credentials[0])
        monkeypatch.setenv("CICTE_GRAPH_PASSWORD", server.credentials[1])


@pytest.fixture
def published_sample(server: Server) -> str:
    """Have the sample published, once for tests that only read."""
    digest = build(open_house(SAMPLE)).version.digest
    try:
        told = open_remote(server.query, QUERIES)[1].digest
    except EngineError:  # it holds nothing yet
        told = ""
    return digest if told == digest else published(server, "--data", str(SAMPLE))


def published(server: Server, *arguments: str) -> str:
    """Publish as one does, and give the digest that is told."""
    command = [sys.executable, "-m", "cicte_graph", "publish", "--to", server.update, "--endpoint", server.query]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[0]


def held(server: Server) -> tuple[bytes, Version]:
    """Read the graph that a server holds."""
    store, version = open_remote(server.query, QUERIES)
    return n_quads(store), version


def test_what_is_published_is_what_is_here_and_says_which_it_is(server: Server, sample: Built) -> None:
    digest = published(server, "--data", str(SAMPLE))
    content, version = held(server)
    assert content == n_quads(sample.store)
    assert version.digest == digest


def test_what_was_replaced_can_be_put_back_and_forth(server: Server, sample: Built) -> None:
    first = published(server, "--data", str(SAMPLE))
    second = published(server, "--data", str(REAL))
    assert first != second
    assert published(server, "--back") == first
    assert held(server)[0] == n_quads(sample.store)
    assert published(server, "--back") == second


@pytest.mark.parametrize("requests", [1, 4, 17, 26])
def test_a_publication_that_breaks_off_leaves_the_old_graph_and_can_be_made_again(
    server: Server, requests: int
) -> None:
    digest = published(server, "--data", str(SAMPLE))
    before = held(server)
    with breaking(server.update, requests) as update:
        command = [sys.executable, "-m", "cicte_graph", "publish", "--to", update, "--endpoint", server.query]
        done = subprocess.run([*command, "--data", str(REAL)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(f"cicte-graph: {update} does not answer (")
    assert held(server) == before
    assert published(server, "--data", str(SAMPLE)) == digest
    assert held(server) == before
    assert {graph.partition("/")[0] for graph in graphs(server)} == {"graph"}  # nothing is left of the attempt


def test_readers_see_the_old_graph_or_the_new_one_and_never_half(server: Server) -> None:
    known = {published(server, "--data", str(data)): data for data in (SAMPLE, REAL)}
    seen: set[tuple[str, ...]] = set()
    stopped = threading.Event()

    def read() -> None:
        while not stopped.is_set():
            seen.add(plans_beside_digest(server))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for data in (SAMPLE, REAL):
            published(server, "--data", str(data))
    finally:
        stopped.set()
        for reader in readers:
            reader.join()
    years = {SAMPLE: ("2001", "2003"), REAL: ("2012", "2018-2019")}
    assert seen == {(digest, *years[data]) for digest, data in known.items()}


def test_a_server_that_holds_other_things_is_asked_of_ours_only(server: Server, sample: Built) -> None:
    published(server, "--data", str(SAMPLE))
    other = "https://w3id.org/cicte-graph/staged/plans/1999"
    said = "<https://w3id.org/cicte-graph/id/work-plan/1999> a <https://w3id.org/cicte-graph/ontology#WorkPlan>"
    told(server, f"INSERT DATA {{ GRAPH <{other}> {{ {said} }} }}")
    try:
        store, _ = open_remote(server.query, QUERIES)
        assert len(store.rows((QUERIES / "records/copies.rq").read_text(encoding="utf-8"))) == 2
        assert n_quads(store) == n_quads(sample.store)
    finally:
        told(server, f"CLEAR GRAPH <{other}>")


COMMANDS = [
    "ask elements plan=work-plan/2003 --format json",
    "ask partners-of element=program/2003/harbor-protection --format table",
    "brief harbor protection 2003",
    "brief instrument/sample-res-7 --lang es",
    "diff 2001 2003 --format markdown",
    "export --format nquads",
    "export --format turtle",
    "map",
    "network edges --of elements --format csv",
    "network nodes --of layers --format csv",
    "network withdraw organization/sample-police",
    "plot partners",
    "query ASK{<program/2003/harbor-protection>a/rdfs:subClassOf*cicte:PlanElement}",
    "query CONSTRUCT{?a?b?c}WHERE{?a?b?c.?a<https://w3id.org/cicte-graph/ontology#writtenAs>?d}",
    "query SELECT*{?plan_a_cicte:WorkPlan}ORDER_BY?plan",
    "query SELECT(COUNT(*)AS?n)FROM<https://w3id.org/cicte-graph/graph/mandates>{?a?b?c}",
    "query SELECT(COUNT(*)AS?n)FROM_NAMED_graph:places{GRAPH?g{?a?b?c}}",
    *(f"report {name} --format json" for name in REPORTS),
    "search sample police",
    "show organization/sample-police --format turtle",
    "show program/2003/harbor-protection --lang es",
    "trace activity/2001/port-safety/courses/national-courses --format json",
    "trace instrument/sample-res-7 --explain",
    "trace program/2003/harbor-protection --format turtle",
    "trace topic maritime",
]


@pytest.mark.usefixtures("published_sample")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_gives_the_same_bytes_of_a_server_as_of_files(
    command: str, server: Server, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = [word.replace("_", " ") if "{" in word else word for word in command.split()]
    code = main([*words, "--data", str(SAMPLE)])
    here, _ = capfdbinary.readouterr()
    assert main([*words, "--endpoint", server.query]) == code
    there, said = capfdbinary.readouterr()
    assert there == here, said
    assert here or code


@pytest.mark.usefixtures("published_sample")
def test_a_site_is_the_same_of_a_server_as_of_files(server: Server, tmp_path: Path) -> None:
    assert main(["site", str(tmp_path / "here"), "--data", str(SAMPLE)]) == 0
    assert main(["site", str(tmp_path / "there"), "--endpoint", server.query]) == 0
    here, there = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "here", tmp_path / "there")
    )
    assert len(here) > 900
    assert there == here


def test_the_explorer_serves_a_copy_of_what_a_server_holds_and_reads_it_again(server: Server, tmp_path: Path) -> None:
    first = published(server, "--data", str(SAMPLE))
    with serving(None, tmp_path / "log", "--endpoint", server.query) as served:
        assert served.client.get("/health").json()["graph"] == first
        assert served.client.get("/id/program/2003/harbor-protection.html").status_code == 200
        second = published(server, "--data", str(REAL))
        served.process.send_signal(signal.SIGHUP)
        until(lambda: served.client.get("/health").json()["graph"] == second, 60)
        assert served.client.get("/id/program/2012/maritime-security.html").status_code == 200


def graphs(server: Server) -> list[str]:
    """List the project's graphs that a server holds something in."""
    asked = {"query": (QUERIES / "records/graphs.rq").read_text(encoding="utf-8")}
    answer = httpx.post(server.query, data=asked, headers={"Accept": FORM.media_type}, timeout=30)
    solutions = ox.parse_query_results(answer.raise_for_status().content, format=FORM)
    assert isinstance(solutions, ox.QuerySolutions)
    return [row["graph"].value.removeprefix(BASE) for row in solutions]


def told(server: Server, update: str) -> None:
    """Send an update as another program would."""
    may = httpx.DigestAuth(*server.credentials) if server.credentials else None
    fields = {"Content-Type": "application/sparql-update"}
    httpx.post(server.update, content=update, headers=fields, auth=may, timeout=30).raise_for_status()


def plans_beside_digest(server: Server) -> tuple[str, ...]:
    """Ask at once which version a server says it holds, and which plans it holds."""
    query = (QUERIES / "records/release.rq").read_text(encoding="utf-8")
    both = query.replace(
        "?graph\nWHERE {", "?graph ?plan\nWHERE {\n ?plan a <https://w3id.org/cicte-graph/ontology#WorkPlan> ."
    )
    ours = ["https://w3id.org/cicte-graph/graph/" + name for name in NAMES]
    asked = {"query": both, "default-graph-uri": ours, "named-graph-uri": ours}
    answer = httpx.post(server.query, data=asked, headers={"Accept": FORM.media_type}, timeout=30)
    solutions = ox.parse_query_results(answer.raise_for_status().content, format=FORM)
    assert isinstance(solutions, ox.QuerySolutions)
    found = [(row["digest"].value, row["plan"].value.rpartition("/")[2]) for row in solutions]
    [digest] = {digest for digest, _ in found}
    return digest, *sorted({plan for _, plan in found})


@contextmanager
def breaking(url: str, requests: int) -> Iterator[str]:
    """Lead to an address, so many connections, and then nowhere."""
    rest = url.removeprefix("http://")
    host, port = rest.partition("/")[0].split(":")
    stopped = threading.Event()

    def lead(listening: socket.socket) -> None:
        for _ in range(requests):
            while not stopped.is_set():
                try:
                    near, _ = listening.accept()
                except TimeoutError:
                    continue
                with near, socket.create_connection((host, int(port))) as far:
                    _join(near, far)
                break
        listening.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        thread = threading.Thread(target=lead, args=(listening,))
        at = listening.getsockname()[1]
        thread.start()
        try:
            yield f"http://127.0.0.1:{at}/{rest.partition('/')[2]}"
        finally:
            stopped.set()
            thread.join()


def _join(one: socket.socket, other: socket.socket) -> None:
    """Hand on what either says, until one has said all."""
    while True:
        ready, _, _ = select.select([one, other], [], [], 10)
        for speaks in ready:
            if not (said := speaks.recv(65536)):
                return
            (other if speaks is one else one).sendall(said)
