"""Workers at hand: made when they are needed, kept while they are good, ended otherwise, for one graph after another.

Knows processes and their ends; who is asked when, and for how long, is decided in `cicte_graph.endpoint.pool`.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

from cicte_graph.endpoint.lane import busy
from cicte_graph.endpoint.messages import Limits, Message, Question
from cicte_graph.endpoint.workers import CrashedError, LostError, Nursery, Worker
from cicte_graph.errors import EngineError, UsageError

__all__ = ["Staff"]

FREE = 2 * (os.cpu_count() or 1)  # workers that may wait for a question, with the memory they came to
CRASHES = {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS}
Made = TypeVar("Made")
Asked = asyncio.Task[Message]


class Staff:
    """Workers that hold one version of a graph."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._nursery: Nursery | None = None
        self._idle: list[Worker] = []
        self._background: set[asyncio.Task[Any]] = set()
        self._changing = asyncio.Lock()

    @property
    def nursery(self) -> Nursery:
        """Where new workers come from.

        Raises:
            RequestError: 503, there are none before it is opened and after it is closed.
        """
        if self._nursery is None:
            raise busy(1)
        return self._nursery

    async def open(self, content: bytes, version: str) -> None:
        """Go over to a graph; work on the one before is seen through.

        Raises:
            EngineError: It cannot be read; the one before stays.
            UsageError: The system cannot limit processes as is needed.
        """
        if sys.platform != "linux":
            raise UsageError("the SPARQL endpoint needs Linux, to keep its processes within limits. Use a container.")
        async with self._changing:
            before, self._nursery = self._nursery, await Nursery.start(content, version, self._limits)
            self._dismiss()
        if before:
            await asyncio.shield(self._later(_retire(before)))

    async def close(self) -> None:
        """End every process."""
        async with self._changing:
            nursery, self._nursery = self.nursery, None
            self._dismiss()
        await asyncio.gather(*self._background, return_exceptions=True)  # of no interest any more
        await nursery.close()

    @contextlib.asynccontextmanager
    async def asked(self, question: Question) -> AsyncIterator[tuple[Worker, Asked]]:
        """Ask a worker; on leaving it is free again, or is ended if it still works or has stepped back.

        Raises:
            CrashedError: The question has ended it.
            LostError: It has ended otherwise.
        """
        worker = await self._worker()
        asked = asyncio.create_task(self._ask(worker, question))
        try:
            yield worker, asked
        finally:
            well = asked.done() and worker.ending is None and worker.fresh
            if well and worker.nursery is self._nursery and len(self._idle) < FREE:
                self._idle.append(worker)
            else:
                asked.cancel()
                self._end(worker, asked)

    async def _ask(self, worker: Worker, question: Question) -> Message:
        try:
            return await worker.ask(question)
        except LostError:
            worker.ending = self._later(self._ended(worker, by_itself=True))
            by = await asyncio.shield(worker.ending)
            if by in CRASHES:
                raise CrashedError(by) from None
            raise

    async def _worker(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.lives():
                return worker
            self._end(worker)
        nursery = self.nursery
        making = self._later(nursery.worker())
        try:
            return await asyncio.shield(making)
        except LostError:
            await self._revive(nursery)
            raise
        except asyncio.CancelledError:
            making.add_done_callback(self._unclaimed)
            raise

    def _unclaimed(self, making: asyncio.Task[Worker]) -> None:
        if not making.cancelled() and not making.exception():
            self._end(making.result())

    def _dismiss(self) -> None:
        """End the workers that are free."""
        while self._idle:
            self._end(self._idle.pop())

    def _end(self, worker: Worker, asked: Asked | None = None) -> None:
        """End a worker in the background, unless that is being done."""
        if worker.ending is None:
            worker.ending = self._later(self._ended(worker, asked))

    async def _ended(self, worker: Worker, asked: Asked | None = None, *, by_itself: bool = False) -> int:
        if asked:  # who still listens lets go first
            await asyncio.gather(asked, return_exceptions=True)
        try:
            return await worker.nursery.end(worker, by_itself=by_itself)
        except LostError:
            await self._revive(worker.nursery)
            return 0

    async def _revive(self, nursery: Nursery) -> None:
        """Put another in the place of a nursery that has ended, once."""
        async with self._changing:
            if self._nursery is not nursery:
                return
            try:
                self._nursery = await Nursery.start(nursery.content, nursery.version, self._limits)
            except EngineError as error:  # questions are refused until there is place for it
                sys.stderr.write(f"cicte-graph: {error}\n")
                return
            self._dismiss()
            self._later(nursery.close())

    def _later(self, work: Coroutine[Any, Any, Made]) -> asyncio.Task[Made]:
        """Begin something that is seen through whoever stops waiting for it."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task


async def _retire(nursery: Nursery) -> None:
    await nursery.unused.wait()
    await nursery.close()
