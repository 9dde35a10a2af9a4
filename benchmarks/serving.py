"""Two servers of the same graph on loopback: ours, and a bare Oxigraph; and wrk, which asks them."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

__all__ = ["Load", "free_port", "load", "ours", "oxigraph", "running"]

HERE = Path(__file__).parent
PATIENCE = 60  # seconds that a server may take to answer for the first time
# everything measured runs from compiled files, as it does once it is installed
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw."""

    requests: int
    seconds: float
    p50: float  # milliseconds
    p99: float
    failed: int

    @property
    def rate(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds


def load(address: str, queries: Sequence[str], *, seconds: int, fresh: bool, connections: int = 8) -> Load:
    """Ask queries in turn for some seconds over a few connections at once."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is not installed. Install it: apt-get install wrk")
    command = [wrk, "-t", "1", "-c", str(connections), "-d", str(seconds), "--timeout", "30"]
    told = subprocess.run(
        [*command, "-s", str(HERE / "load.lua"), address],
        env=COMPILED | {"QUERIES": "\n----\n".join(queries), "FRESH": "yes" if fresh else "no"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return Load(**json.loads(told.splitlines()[-1]))


@contextlib.contextmanager
def ours(log: Path) -> Iterator[tuple[str, int]]:
    """Serve the graph as the command line does; gives the endpoint's address and the server's process number."""
    port = free_port()
    command = [sys.executable, "-m", "cicte_graph", "serve", "--port", str(port)]
    with running(command, f"http://127.0.0.1:{port}/health", log) as number:
        _prepared(f"http://127.0.0.1:{port}/metrics")
        yield f"http://127.0.0.1:{port}/sparql", number


@contextlib.contextmanager
def oxigraph(quads: Path, folder: Path) -> Iterator[str]:
    """Serve N-Quads by a bare Oxigraph that is only read, all graphs as one; gives the endpoint's address."""
    program = str(Path(sys.executable).parent / "oxigraph")
    store = folder / "store"
    subprocess.run([program, "load", "-l", str(store), "-f", str(quads)], check=True, capture_output=True)
    port = free_port()
    where = ["-l", str(store), "-b", f"127.0.0.1:{port}", "--union-default-graph"]
    with running([program, "serve-read-only", *where], f"http://127.0.0.1:{port}/", folder / "log"):
        yield f"http://127.0.0.1:{port}/query"


@contextlib.contextmanager
def running(command: list[str], answers: str, log: Path) -> Iterator[int]:
    """Run a server until the block is left, once it answers at an address; gives its process number."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, env=COMPILED) as process:
        try:
            _wait(answers, process)
            yield process.pid
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"the server of {address} ended with exit code {process.returncode}")
        with contextlib.suppress(OSError), urlopen(address, timeout=2):  # noqa: S310 - an address on loopback
            return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers at {address} within {PATIENCE} seconds")


def _prepared(address: str) -> None:
    """Wait until the server makes no more pages beforehand, which takes what processors have left."""
    end = time.monotonic() + 5 * PATIENCE
    while time.monotonic() < end:
        with urlopen(address, timeout=10) as answer:  # noqa: S310 - an address on loopback
            if b"\ncicte_pages_unprepared 0\n" in answer.read():
                return
        time.sleep(1)
    raise SystemExit(f"pages are still being made after {5 * PATIENCE} seconds")


def free_port() -> int:
    """Give a port of loopback that no program listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
