"""Serve N-Quads at a port of its own: `python -m tests.served_endpoint SECONDS < FILE` prints the port."""

import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

__all__ = ["living", "processes", "served"]


@contextmanager
def served(content: bytes, *, seconds: float = 10.0) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Give the address of an endpoint, and its process."""
    command = [sys.executable, "-m", "tests.served_endpoint", str(seconds)]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as process:
        assert process.stdin
        assert process.stdout
        try:
            process.stdin.write(content)
            process.stdin.close()
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/sparql", process
        finally:
            process.terminate()
            process.wait(20)


def living() -> dict[int, int]:
    """List all living processes with their parents."""
    parents: dict[int, int] = {}
    for one in Path("/proc").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            if one.name.isdecimal():
                state, parent = (one / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
                parents |= {int(one.name): int(parent)} if state != "Z" else {}
    return parents


def processes(of: int) -> set[int]:
    """List the living processes that a process has begun, and those that they have."""
    parents = living()
    found = {of}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {of}


def _serve(seconds: float) -> None:
    import uvicorn
    from starlette.applications import Starlette

    from cicte_graph.endpoint.messages import Limits
    from cicte_graph.endpoint.pool import Pool
    from cicte_graph.endpoint.routes import sparql

    content = sys.stdin.buffer.read()
    pool = Pool(Limits(seconds=seconds))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.open(content, "first")
        yield
        await pool.close()

    application = Starlette(routes=[sparql(pool)], lifespan=lifespan)
    config = uvicorn.Config(application, port=0, log_level="warning", access_log=False, ws="none")
    listening = config.bind_socket()
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does so for sockets it makes
    listening.listen()  # who comes before the graph is read waits
    os.write(sys.stdout.fileno(), f"{listening.getsockname()[1]}\n".encode())
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    _serve(float(sys.argv[1]))
