"""Start other engines of graphs on loopback, as their users run them: Oxigraph, Virtuoso and Jena's query engine.

Each has ports and a folder of its own, and is stopped at the end. Knows nothing of our queries.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

__all__ = [
    "JARS",
    "JENA",
    "Server",
    "free_port",
    "installed",
    "jena",
    "oxigraph",
    "place_messages",
    "running",
    "virtuoso",
]

STARTING = 60.0  # seconds
JARS = Path("/usr/share/java")
JENA = JARS / "jena-core.jar"
LARGE = 100 << 20  # bytes of N-Quads
BUFFERS = 10_000  # of 8 KiB: a test graph fits in them many times over
VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CaseMode = 2
DirsAllowed = .
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
MaxClientConnections = 10

[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True)
class Server:
    """Where an engine listens, and who may write there."""

    query: str
    update: str
    store: str  # of the Graph Store Protocol
    credentials: tuple[str, str] | None = None  # for update and store; HTTP digest authentication


@contextmanager
def oxigraph(content: bytes = b"") -> Iterator[Server]:
    """Serve N-Quads by Oxigraph, all graphs as one where a query names none."""
    program = installed("oxigraph", "pip install oxigraph")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if content:
            quads = folder / "graph.nq"
            quads.write_bytes(content)
            subprocess.run(
                [program, "load", "-l", str(folder / "data"), "-f", str(quads)], check=True, capture_output=True
            )
        at = f"127.0.0.1:{free_port()}"
        command = [program, "serve", "-l", str(folder / "data"), "-b", at, "--union-default-graph"]
        with running(command, folder, f"http://{at}/"):
            yield Server(f"http://{at}/query", f"http://{at}/update", f"http://{at}/store")


@contextmanager
def virtuoso(content: bytes = b"", buffers: int = BUFFERS) -> Iterator[Server]:
    """Serve N-Quads by Virtuoso; it has graphs of its own beside them.

    It is started twice: the first time, on an empty folder, 7.2.5 answers property paths wrongly until it is started
    again (openlink/virtuoso-opensource, issue 929).
    """
    program = installed("virtuoso-t", "apt-get install virtuoso-opensource")
    isql = installed("isql-vt", "apt-get install virtuoso-opensource")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sql, http = free_port(), free_port()
        settings = VIRTUOSO.format(sql=sql, http=http, buffers=buffers, dirty=buffers * 3 // 4)
        (folder / "virtuoso.ini").write_text(settings, encoding="ascii")
        command = [program, "+configfile", "virtuoso.ini", "+foreground"]
        at = f"http://127.0.0.1:{http}"

        def told(statement: str) -> None:
            answer = subprocess.run(
                [isql, f"127.0.0.1:{sql}", "dba", "dba", f"exec={statement};"],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
            assert "Error" not in answer.stdout + answer.stderr, answer.stdout + answer.stderr

        with running(command, folder, f"{at}/sparql", stop=lambda: told("shutdown")):
            told("checkpoint")
        with running(command, folder, f"{at}/sparql", stop=lambda: told("shutdown")):
            if content:
                (folder / "graph.nq").write_bytes(content)
                # 3: each line by itself, since a large file as one transaction comes to a deadlock; but then updates
                # that come later are no longer seen as one, so it is for graphs that are only asked. 512: N-Quads
                alone = "log_enable(3, 1); " if len(content) > LARGE else ""
                told(f"{alone}DB.DBA.TTLP(file_to_string_output('graph.nq'), '', 'urn:none', 512)")
            yield Server(f"{at}/sparql", f"{at}/sparql-auth", f"{at}/sparql-graph-crud-auth", ("dba", "dba"))


def jena(content: bytes, queries: Sequence[str]) -> list[bytes]:
    """Run queries over N-Quads by Jena, all graphs as one where a query names none; gives rows in JSON."""
    java = installed("java", "apt-get install default-jdk-headless")
    installed("javac", "apt-get install default-jdk-headless")
    if not JENA.exists():
        pytest.fail("Jena is not installed. Install it: apt-get install libapache-jena-java", pytrace=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place_messages(JENA, folder)
        (folder / "graph.nq").write_bytes(content)
        asked = [folder / f"{number:04}.rq" for number, _ in enumerate(queries)]
        for path, query in zip(asked, queries, strict=True):
            path.write_text(query, encoding="utf-8")
        command = [java, "-cp", f"{folder}:{JARS}/*", str(Path(__file__).parent / "Jena.java")]
        done = subprocess.run(
            [*command, str(folder / "graph.nq"), str(folder)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return [path.with_suffix(".srj").read_bytes() for path in asked]


def place_messages(core: Path, folder: Path) -> None:
    """Put the messages of Jena's XML types where its classes look for them: Debian's jar has them elsewhere."""
    here = "org/apache/jena/ext/"
    with zipfile.ZipFile(core) as jar:
        for entry in jar.namelist():
            if entry.startswith(here) and entry.endswith(".properties"):
                target = folder / entry.removeprefix(here)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(entry))


@contextmanager
def running(
    command: list[str], folder: Path, answers: str, stop: Callable[[], None] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server until the block is left, once it answers at an address."""
    log = folder / "log"
    with log.open("ab") as out, subprocess.Popen(command, cwd=folder, stdout=out, stderr=out) as process:
        try:
            _wait(answers, process, log)
            yield process
        finally:
            if process.poll() is None:
                if stop:
                    stop()
                else:
                    process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            httpx.get(address, timeout=2)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing answers at {address} within {STARTING} seconds")


def installed(program: str, how: str) -> str:
    """Find a program, beside this Python or on the path, or fail with what to install."""
    beside = Path(sys.executable).parent / program
    found = str(beside) if beside.exists() else shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        pytest.fail(f"{program} is not installed. Install it: {how}", pytrace=False)
    return found


def free_port() -> int:
    """Give a port of loopback that no program listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
