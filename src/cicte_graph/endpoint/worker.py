"""A process that answers questions one by one until it is ended, and can do nothing else.

It holds the graph from its birth. It can open no file and make no connection, whatever a query asks of the engine.
Needs Linux: `/proc`, and an end with its parent.
"""

import ctypes
import os
import resource
import signal
import socket
import sys
import threading
import traceback

from cicte_graph.endpoint.evaluate import answered
from cicte_graph.endpoint.formats import Accepted
from cicte_graph.endpoint.messages import Limits, Message, Question, receive, send
from cicte_graph.errors import RequestError
from cicte_graph.store import Store

__all__ = ["wall", "work"]

STACK = 1 << 27  # bytes: the engine recurses into deep queries; beyond it the process ends
ROOM = 1 << 26  # bytes of memory that a question may take at first
PR_SET_PDEATHSIG = 1
LIBRARY = ctypes.CDLL(None)


def work(channel: socket.socket, store: Store, graphs: frozenset[str], limits: Limits) -> None:
    """Answer the questions that come, in a thread with a large stack."""
    LIBRARY.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # it ends with its parent, whatever it does
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # the signal it ends by says enough
    threading.stack_size(STACK)
    thread = threading.Thread(target=_answer_all, args=(channel, store, graphs, limits))
    thread.start()
    thread.join()


def wall(memory: int) -> None:
    """Let the process open nothing any more, and take only so much memory; at first `ROOM`, until it is given more.

    With no descriptor to be had there are no sockets: `SERVICE` fails in the engine's own client, before any name is
    looked up.
    """
    statistics = os.open("/proc/self/statm", os.O_RDONLY)
    taken = int(os.read(statistics, 99).split()[0]) * resource.getpagesize()
    os.close(statistics)
    resource.setrlimit(resource.RLIMIT_AS, (taken + min(ROOM, memory), taken + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _answer_all(channel: socket.socket, store: Store, graphs: frozenset[str], limits: Limits) -> None:
    wall(limits.memory)
    send(channel, Message({"thread": threading.get_native_id()}))
    while (message := receive(channel)) is not None:
        try:
            said = dict(message.said)
            question = Question(
                said["query"], tuple(said["default_graphs"]), tuple(said["named_graphs"]), Accepted(*said["accepted"])
            )
            answer = answered(store, graphs, question, limits)
        except RequestError as error:
            answer = Message({"status": error.status, "message": str(error)})
        except MemoryError:
            os.abort()  # as the engine does
        except Exception:
            answer = Message({"status": 500, "message": "the query cannot be answered.", "bug": traceback.format_exc()})
        send(channel, answer)
