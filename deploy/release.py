"""Bring a new graph to replicas behind nginx, one after the other: `release.py FOLDER GRAPH.nq PORT PORT ...`.

The graph is loaded once, beside those of earlier releases. Each replica is taken out of nginx, left to finish what it
answers, and started anew on the same port; only when it holds every statement it is asked again. The first that fails
ends the release with exit code 4, the others as they were; run it again, or with the earlier file to go back.
Needs Linux and the command `oxigraph` (pip install oxigraph). Knows nothing of what the graph says.
"""

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

QUIET = 1.0  # seconds without a connection, after which a replica has nothing to finish
PATIENCE = 90.0  # seconds for a replica to finish, to end or to start
QUERY_SECONDS = 30  # that a replica allows a query
LISTENING, ESTABLISHED = "0A", "01"
COUNT = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?subject ?property ?value } }"


class ReleaseError(Exception):
    """A release that cannot go on."""


def main() -> int:
    """Release a graph as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where releases are kept, and nginx runs")
    parser.add_argument("graph", type=Path, help="N-Quads, each statement once")
    parser.add_argument("ports", type=int, nargs="+", help="of the replicas, two at least")
    given = parser.parse_args()
    if len(set(given.ports)) < max(2, len(given.ports)):
        parser.error("name two ports at least, each once")
    try:
        release(given.folder.resolve(), given.graph, given.ports)
    except (ReleaseError, OSError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"release stopped: {error}\n")
        return 4
    return 0


def release(folder: Path, graph: Path, ports: list[int]) -> None:
    """Load a graph and bring every replica to it."""
    folder.mkdir(parents=True, exist_ok=True)
    content = graph.read_bytes()
    expected = sum(1 for line in content.splitlines() if line.strip())
    store = loaded(folder, graph, hashlib.sha256(content).hexdigest()[:16])
    for port in ports:
        if held(port) == expected and running_store(folder, port) == store:
            sys.stdout.write(f"{port} holds it already\n")
            continue
        ask_only(folder, [other for other in ports if other != port and listens(other)])
        stop(folder, port)
        start(folder, port, store, expected)
        ask_only(folder, [one for one in ports if listens(one)])
        sys.stdout.write(f"{port} holds {expected} statements\n")
        sys.stdout.flush()
    ask_only(folder, ports)


def loaded(folder: Path, graph: Path, name: str) -> Path:
    """Load the graph into a fresh folder, unless that was done before."""
    store, part = folder / f"release-{name}", folder / f"release-{name}.part"
    if not store.exists():
        shutil.rmtree(part, ignore_errors=True)  # of a release that was interrupted
        program("load", "-l", str(part), "-f", str(graph.resolve()))
        part.rename(store)
    return store


def ask_only(folder: Path, ports: list[int]) -> None:
    """Write which replicas nginx asks, and let it read that."""
    lines = "".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;\n" for port in ports)
    target, new = folder / "replicas", folder / "replicas.new"
    if not lines or (target.exists() and target.read_text(encoding="ascii") == lines):
        return  # nginx takes no empty list: with no other replica up there is nothing to spare readers
    new.write_text(lines, encoding="ascii")
    new.replace(target)
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # nginx may not run yet
        os.kill(int((folder / "nginx.pid").read_text(encoding="ascii")), signal.SIGHUP)


def stop(folder: Path, port: int) -> None:
    """Let a replica finish what it answers, and end it."""
    quiet = time.monotonic()
    end = quiet + PATIENCE
    while listens(port) and time.monotonic() - quiet < QUIET:
        if time.monotonic() > end:
            raise ReleaseError(f"the replica at {port} is still asked after {PATIENCE:g} seconds. See who asks it.")
        if connections(port, ESTABLISHED):
            quiet = time.monotonic()
        time.sleep(0.05)
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int((folder / f"{port}.pid").read_text(encoding="ascii")), signal.SIGTERM)
    while listens(port):
        if time.monotonic() > end:
            raise ReleaseError(f"what listens at {port} does not end. End it.")
        time.sleep(0.05)


def start(folder: Path, port: int, store: Path, expected: int) -> None:
    """Start a replica and wait until it holds what it should."""
    where = ["-l", str(store), "-b", f"127.0.0.1:{port}"]
    command = [oxigraph(), "serve-read-only", *where, "--union-default-graph", "--timeout-s", str(QUERY_SECONDS)]
    with (folder / f"{port}.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
    (folder / f"{port}.pid").write_text(str(process.pid), encoding="ascii")
    (folder / f"{port}.store").write_text(str(store), encoding="utf-8")
    end = time.monotonic() + PATIENCE
    while (found := held(port)) is None:
        if process.poll() is not None or time.monotonic() > end:
            raise ReleaseError(f"the replica at {port} does not start. Read {folder / f'{port}.log'}.")
        time.sleep(0.05)
    if found != expected:
        raise ReleaseError(f"the replica at {port} holds {found} statements and not {expected}. Compare the files.")


def running_store(folder: Path, port: int) -> Path | None:
    """Tell which release a replica was started with."""
    told = folder / f"{port}.store"
    return Path(told.read_text(encoding="utf-8")) if told.exists() else None


def held(port: int) -> int | None:
    """Count what a replica holds; nothing if none answers."""
    address = f"http://127.0.0.1:{port}/query?{urlencode({'query': COUNT})}"
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            rows = json.load(answer)["results"]["bindings"]
    except (URLError, ConnectionError):
        return None
    return int(rows[0]["count"]["value"])


def listens(port: int) -> bool:
    """Tell whether a program listens at a port."""
    return connections(port, LISTENING) > 0


def connections(port: int, state: str) -> int:
    """Count connections of a port in a state."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == state for row in rows)


def program(*arguments: str) -> None:
    """Run a command of Oxigraph to its end."""
    command = [oxigraph(), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise ReleaseError(f"the graph cannot be loaded: {done.stderr.strip().splitlines()[-1]}")


def oxigraph() -> str:
    """Find Oxigraph, beside this Python or on the path."""
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if found is None:
        raise ReleaseError("oxigraph is not installed. Install it: pip install oxigraph")
    return found


if __name__ == "__main__":
    sys.exit(main())
