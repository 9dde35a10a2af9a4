"""The process that reads a graph once and is copied into workers, each within a few milliseconds.

Run by the server as `python -m cicte_graph.endpoint.nursery DESCRIPTOR`. It has one thread, so a copy is whole; it ends
with its socket, and its workers with it.
"""

import contextlib
import gc
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable
from functools import partial

from cicte_graph.endpoint.evaluate import answered
from cicte_graph.endpoint.formats import accepted
from cicte_graph.endpoint.messages import Limits, Message, Question, receive, send
from cicte_graph.endpoint.worker import work
from cicte_graph.errors import RequestError
from cicte_graph.store import Store

__all__ = ["NUMBER", "run"]

NUMBER = struct.Struct(">q")


def run(control: socket.socket) -> None:
    """Read limits and a graph, then make a worker or end one as often as the server asks."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # they are the server's, which ends us by the socket
        signal.signal(one, signal.SIG_IGN)
    if (message := receive(control)) is None:
        return
    store = Store.read(bytes(message.content))
    limits = Limits(**message.said)
    del message
    graphs = frozenset(store.graphs())
    _warm(store, graphs, limits)
    gc.freeze()  # so that copies share these pages
    send(control, Message({"graphs": sorted(graphs)}))
    workers: dict[int, bool] = {}  # whether we have ended it
    with contextlib.suppress(ConnectionError):
        while True:
            asked, sockets, _, _ = socket.recv_fds(control, NUMBER.size, 1)
            if not asked:
                break
            [number] = NUMBER.unpack(asked)
            if sockets:
                answer = _born(control, sockets[0], partial(work, store=store, graphs=graphs, limits=limits))
                workers |= {answer: False} if answer > 0 else {}
            else:
                answer = _ended(number, workers)
            control.sendall(NUMBER.pack(answer))
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)


def _born(control: socket.socket, channel: int, live: Callable[[socket.socket], None]) -> int:
    """Make a worker: its number, or below zero where the system has no place for one."""
    try:
        worker = os.fork()
    except OSError as error:
        worker = -(error.errno or 1)
    if worker == 0:
        control.close()
        try:
            live(socket.socket(fileno=channel))
        finally:
            os._exit(0)
    os.close(channel)
    return worker


def _ended(number: int, workers: dict[int, bool]) -> int:
    """End a worker; or, its number given below zero, tell the signal by which it ends by itself."""
    if number < 0:
        status = os.waitpid(-number, 0)[1]
        del workers[-number]
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    os.kill(number, signal.SIGKILL)
    workers[number] = True
    for worker in [one for one, ended in workers.items() if ended]:  # which takes it a while, on a busy machine
        if os.waitpid(worker, os.WNOHANG)[0]:
            del workers[worker]
    return 0


def _warm(store: Store, graphs: frozenset[str], limits: Limits) -> None:
    """Answer some questions, so that workers need not begin what is begun once, nor import what they cannot open."""
    for query in ("SELECT * { ?s ?p ?o } LIMIT 1", "ASK { }", "DESCRIBE <x:>", "ASK { ?s ?p 'service' }"):
        with contextlib.suppress(RequestError):
            answered(store, graphs, Question(query, (), (), accepted("")), limits)


if __name__ == "__main__":
    run(socket.socket(fileno=int(sys.argv[1])))
