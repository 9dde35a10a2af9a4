"""Processes that make pages: each holds the graph and makes one thing at a time, and is ended if that takes too long.

So a slow page holds up one worker and neither the others nor the server, and what cannot be interrupted can be ended.
Knows processes; what a worker can be asked for is in `cicte_graph.serve.tasks`.
"""

import asyncio
import os
import signal
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock

from cicte_graph.cache import Version
from cicte_graph.errors import CicteGraphError, EngineError
from cicte_graph.house import House
from cicte_graph.serve.made import Made

__all__ = ["BusyError", "Graphs", "Workers"]

FEWEST, MOST = 3, 6  # workers, between which there is one for each core
WAITING = 128  # requests that may wait for a worker
STARTING = 60.0  # seconds a worker may take to read the graph


class BusyError(EngineError):
    """No worker is free, and too many wait already."""


@dataclass(frozen=True, slots=True)
class Graphs:
    """All a worker needs to hold a graph: whose it is, its N-Quads, and its version."""

    house: House
    content: bytes
    version: Version


class Workers:
    """Some workers, and the queue before them."""

    def __init__(self, graphs: Graphs) -> None:
        self.number = min(max(os.cpu_count() or FEWEST, FEWEST), MOST)
        self.waiting = 0
        self.ended = 0  # for taking too long, or ended by themselves
        self._threads = ThreadPoolExecutor(self.number, thread_name_prefix="worker")
        self._all = [_Worker(graphs) for _ in range(self.number)]
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        for worker in self._all:
            self._free.put_nowait(worker)

    async def make(self, task: str, *arguments: object, limit: float) -> Made:
        """Have something made.

        Args:
            task: One of `cicte_graph.serve.tasks.TASKS`.
            arguments: Of the task.
            limit: Seconds to wait for a worker, and then for what it makes.

        Raises:
            BusyError: There is no place in the queue, or none became free in time.
            EngineError: It took longer than the limit, or its worker ended.
            CicteGraphError: As the task raises.
        """
        if self.waiting >= WAITING:
            raise BusyError("too many pages are being made. Come back in a moment.")
        self.waiting += 1
        try:
            async with asyncio.timeout(limit):
                worker = await self._free.get()
        except TimeoutError:
            raise BusyError("no worker became free in time. Come back in a moment.") from None
        finally:
            self.waiting -= 1
        loop = asyncio.get_running_loop()

        def freed(_: Future[Made]) -> None:  # when the work ends, which may be after nobody waits for it
            with suppress(RuntimeError):  # the loop is closed: the server has stopped
                loop.call_soon_threadsafe(self._free.put_nowait, worker)

        working = self._threads.submit(worker.make, task, arguments, limit)
        working.add_done_callback(freed)
        try:
            return await asyncio.wrap_future(working)
        except _EndedError:
            self.ended += 1
            raise

    async def close(self) -> None:
        """End every worker once it is free; nothing may be asked of them after that."""
        for _ in self._all:
            await self._free.get()
        self.kill()

    def kill(self) -> None:
        """End every worker at once."""
        for worker in self._all:
            worker.dismiss()
        self._threads.shutdown(wait=False)


class _EndedError(EngineError):
    """A worker was ended, or ended by itself."""


class _Worker:
    """One process, begun when it is first asked for something and again after it was ended."""

    def __init__(self, graphs: Graphs) -> None:
        self._graphs = graphs
        self._changing = Lock()
        self._dismissed = False
        self._begin()

    def _begin(self) -> None:
        context = get_context("spawn")  # a copy of a process with threads may hang
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, self._graphs), daemon=True, name="cicte-graph worker"
        )
        self._process.start()
        theirs.close()
        self._ready = False

    def make(self, task: str, arguments: tuple[object, ...], limit: float) -> Made:
        """Have something made, and wait for it."""
        with self._changing:
            if self._dismissed:
                raise _EndedError("the processes that make pages are ended. Come back in a moment.")
            if not self._process.is_alive():
                self._begin()
        try:
            if not self._ready:
                self._receive(STARTING)
                self._ready = True
            self._connection.send((task, arguments))
            result = self._receive(limit)
        except TimeoutError as error:
            self._end()
            raise _EndedError(f"not made within {limit:g} seconds. Ask for less.") from error
        except (EOFError, OSError) as error:
            self._end()
            raise _EndedError("the process that made this ended. Come back in a moment.") from error
        match result:
            case Made():
                return result
            case CicteGraphError():
                raise result
            case _:
                raise RuntimeError(f"a worker failed:\n{result}")

    def _receive(self, limit: float) -> object:
        if not self._connection.poll(limit):
            raise TimeoutError
        return self._connection.recv()

    def dismiss(self) -> None:
        """End the process, whatever it does, for good; the thread that waits for it closes what it reads from."""
        with self._changing:
            self._dismissed = True
            self._process.kill()
        self._process.join()

    def _end(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


def _work(connection: Connection, graphs: Graphs) -> None:
    """Read the graph, then make what is asked for until nobody asks any more."""
    for name in ("SIGINT", "SIGHUP"):  # they are the server's, which ends its workers itself
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    from cicte_graph.explorer import Explorer
    from cicte_graph.graph import Graph
    from cicte_graph.serve.tasks import TASKS
    from cicte_graph.store import Store

    explorer = Explorer(Graph(graphs.house, Store.read(graphs.content), graphs.version), served=True)
    result: object = None
    with suppress(EOFError, BrokenPipeError):
        while True:
            connection.send(result)
            task, arguments = connection.recv()
            try:
                result = TASKS[task](explorer, *arguments)
            except CicteGraphError as error:
                result = error
            except Exception:  # a bug in one page must not end the others' worker
                result = traceback.format_exc()
