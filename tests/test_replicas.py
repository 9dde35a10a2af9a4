"""Replicas of the graph behind nginx: readers see no error while a release is swapped in or a replica is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.engines import free_port, installed, running

pytestmark = pytest.mark.engines  # nginx

DEPLOY = Path(__file__).parent.parent / "deploy"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


class Service:
    """Replicas, and nginx before them once it is begun."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = [free_port() for _ in range(3)]
        self.at = f"127.0.0.1:{free_port()}"

    def release(self, graph: bytes) -> "subprocess.CompletedProcess[str]":
        """Bring a graph to the replicas, as an operator does."""
        path = self.folder / "graph.nq"
        path.write_bytes(graph)
        command = [sys.executable, str(DEPLOY / "release.py"), str(self.folder), str(path), *map(str, self.ports)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)

    def replica(self, port: int) -> int:
        """Give the process of a replica."""
        return int((self.folder / f"{port}.pid").read_text(encoding="ascii"))

    def said(self, port: int) -> str:
        """Ask one replica."""
        return label(f"http://127.0.0.1:{port}/query")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """Three replicas of a small graph behind nginx."""
    nginx = installed("nginx", "apt-get install nginx-light")
    made = Service(tmp_path)
    conf = (DEPLOY / "replicas.conf").read_text(encoding="utf-8").replace("127.0.0.1:7879", made.at)
    (tmp_path / "replicas.conf").write_text(conf, encoding="utf-8")
    try:
        first = made.release(graph("old"))
        assert first.returncode == 0, first.stderr
        command = [nginx, "-p", str(tmp_path), "-c", "replicas.conf", "-e", "stderr"]
        with running(command, tmp_path, f"http://{made.at}/"):
            yield made
    finally:
        for port in made.ports:
            with suppress(FileNotFoundError, ProcessLookupError):
                os.kill(made.replica(port), signal.SIGTERM)


def test_a_release_is_swapped_in_without_an_error_seen(service: Service) -> None:
    with readers(service.at) as seen:
        done = service.release(graph("new"))
        time.sleep(1)
    assert done.returncode == 0, done.stderr
    assert seen.failed == []
    assert set(seen.answers) == {"old", "new"}
    assert seen.answers[-1] == "new"
    assert [service.said(port) for port in service.ports] == ["new"] * 3


def test_a_replica_is_killed_and_brought_back_without_an_error_seen(service: Service) -> None:
    port = service.ports[1]
    before = service.replica(port)
    with readers(service.at) as seen:
        time.sleep(0.5)
        os.kill(before, signal.SIGKILL)
        time.sleep(1)
        again = service.release(graph("old"))
        time.sleep(1)
    assert seen.failed == []
    assert set(seen.answers) == {"old"}
    assert again.returncode == 0, again.stderr
    assert service.replica(port) != before
    assert again.stdout.count("holds it already") == 2
    assert service.said(port) == "old"


def test_a_graph_that_is_none_changes_nothing(service: Service) -> None:
    with readers(service.at) as seen:
        refused = service.release(b"<urn:s> <urn:p> .\n")
    assert refused.returncode == 4
    assert refused.stderr.startswith("release stopped: the graph cannot be loaded: ")
    assert refused.stderr.count("\n") == 1
    assert seen.failed == []
    assert [service.said(port) for port in service.ports] == ["old"] * 3


def test_the_first_replica_that_fails_leaves_the_others_as_they_were(service: Service) -> None:
    doubled = graph("new") + graph("new")  # a statement written twice is held once
    with readers(service.at) as seen:
        stopped = service.release(doubled)
        time.sleep(0.5)
        assert stopped.returncode == 4
        assert "holds 100 statements and not 200" in stopped.stderr
        assert [service.said(port) for port in service.ports[1:]] == ["old", "old"]
        assert set(seen.answers) == {"old"}  # what does not hold all of it is not asked
        again = service.release(graph("new"))
    assert again.returncode == 0, again.stderr
    assert seen.failed == []
    assert [service.said(port) for port in service.ports] == ["new"] * 3


def graph(said: str) -> bytes:
    """Make a small graph that says a word of itself."""
    named = "".join(f'<urn:record:{number}> {LABEL} "{said}" <urn:graph:records> .\n' for number in range(100))
    return named.encode()


def label(address: str) -> str:
    """Ask for the word, by POST as questions are asked."""
    query = f"SELECT ?label WHERE {{ <urn:record:7> {LABEL} ?label }}"
    answer = httpx.post(address, data={"query": query}, headers={"Accept": "text/csv"}, timeout=20)
    answer.raise_for_status()
    return answer.text.split()[1]


class Seen:
    """What readers saw."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.failed: list[str] = []


@contextmanager
def readers(at: str) -> Iterator[Seen]:
    """Ask all the time, from four threads."""
    seen, over = Seen(), threading.Event()

    def read() -> None:
        while not over.is_set():
            try:
                seen.answers.append(label(f"http://{at}/query"))
            except (httpx.HTTPError, IndexError) as error:
                seen.failed.append(repr(error))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert seen.answers
