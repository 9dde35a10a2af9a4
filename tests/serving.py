"""Run the server as its users run it, for tests that speak to it."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

STARTING = 60.0  # seconds
READY = re.compile(r"serving graph (\w+), built [\d-]+ at (http://\S+)/\n")


@dataclass(frozen=True)
class Served:
    """A server that runs, what it has written to standard error, and a client that speaks to it."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path
    client: httpx.Client

    def said(self) -> str:
        """Give what it has written so far."""
        return self.log.read_text(encoding="utf-8")

    @property
    def address(self) -> tuple[str, int]:
        """Give host and port."""
        host, port = self.url.removeprefix("http://").split(":")
        return host, int(port)

    def workers(self) -> list[int]:
        """List the processes that make pages, the oldest first."""
        return [pid for pid in children(self.process.pid) if "spawn_main" in command(pid)]


@contextmanager
def serving(data: Path | None, log: Path, *arguments: str) -> Iterator[Served]:
    """Start a server on a free port and stop it at the end."""
    source = [] if data is None else ["--data", str(data)]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "cicte_graph", "serve", *source, "--port", "0", *arguments],
            stderr=stream,
            stdout=subprocess.DEVNULL,
        )
    try:
        until(lambda: READY.search(log.read_text(encoding="utf-8")) or process.poll() is not None, STARTING)
        ready = READY.search(log.read_text(encoding="utf-8"))
        assert ready, log.read_text(encoding="utf-8")
        with httpx.Client(base_url=ready[2], timeout=30) as client:
            yield Served(process, ready[2], log, client)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """List the processes a process has begun, in any of its threads."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return sorted(int(child) for thread in threads for child in thread.read_text(encoding="ascii").split())


def command(pid: int) -> str:
    """Tell how a process was begun; nothing for one that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""
