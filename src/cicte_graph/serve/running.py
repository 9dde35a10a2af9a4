"""Run the server: listen, tell where, read the graph again on SIGHUP, stop in order on SIGTERM and SIGINT.

Knows sockets, signals and uvicorn; what is answered is put together in `cicte_graph.serve.app`.
"""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn

from cicte_graph.errors import UsageError
from cicte_graph.house import House
from cicte_graph.serve.app import application
from cicte_graph.serve.connection import IN_HEAD, Connection
from cicte_graph.serve.service import Service, say

__all__ = ["run"]

IDLE = 15  # seconds a connection may wait for its next request
GLANCE = 0.05  # seconds between looks at whether requests still run
STOPPING = 20  # seconds running requests may take to finish
CLOSING = 5  # seconds connections may take to close after that


class _Server(uvicorn.Server):
    """uvicorn's server, with signals left to us: it would end by the signal and not in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal."""
        yield


def run(house: House, endpoint: str | None, at: tuple[str, int], limit: float) -> None:
    """Serve a house's graph until told to stop.

    Args:
        house: Whose graph.
        endpoint: Where another program keeps the graph, if one does; a copy of it is served.
        at: The address to listen at and the port; 0 takes one that is free.
        limit: Seconds that what a reader asks in words of their own may take.

    Raises:
        UsageError: Nothing can listen there.
        CicteGraphError: The house's files are at fault, or the endpoint does not answer.
    """
    with _bound(*at) as listening:
        asyncio.run(_serve(house, endpoint, listening, limit))


async def _serve(house: House, endpoint: str | None, listening: socket.socket, limit: float) -> None:
    loop = asyncio.get_running_loop()
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # there is nothing to read again yet
    service = await Service.open(house, endpoint, limit)
    try:
        config = uvicorn.Config(
            application(service),
            http=Connection,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=IDLE,
            timeout_graceful_shutdown=CLOSING,
            h11_max_incomplete_event_size=IN_HEAD,
        )
        server = _Server(config)
        _obey(loop, server, service)
        name, port = listening.getsockname()[:2]
        say(f"serving graph {service.edition.version} at http://{f'[{name}]' if ':' in name else name}:{port}/")
        await server.serve([listening])
    finally:
        await service.close()


def _obey(loop: asyncio.AbstractEventLoop, server: _Server, service: Service) -> None:
    """Have signals do what they ask for."""

    async def stop() -> None:
        """Stop when running requests are answered, or take too long; until then say that there will be no more."""
        service.stopping = True
        with suppress(TimeoutError):
            async with asyncio.timeout(STOPPING):
                while service.metrics.running:
                    await asyncio.sleep(GLANCE)
        server.should_exit = True

    stopping: list[asyncio.Task[None]] = []
    for name in ("SIGTERM", "SIGINT"):
        loop.add_signal_handler(getattr(signal, name), lambda: stopping.append(loop.create_task(stop())))
    loop.add_signal_handler(signal.SIGHUP, service.swap)


def _bound(host: str, port: int) -> socket.socket:
    """Take the address before the graph is read, which may take a while and be for nothing.

    Raises:
        UsageError: It is taken, or is not ours.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # so that a server can follow another at once
        listening.bind(address)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {host}, port {port}: {error.strerror}. Name another, as in --port 0."
        ) from error
    return listening
