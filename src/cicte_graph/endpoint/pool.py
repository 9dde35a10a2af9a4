"""Decide which question is worked on when, and for how long, so that none holds up the others.

A question begins in the first lane, with little time and memory. One that takes longer makes its place free, goes on in
the second, and steps back behind new ones as soon as there are many. One that takes too long even so needs one of few
places for long questions; if none is free it is ended and waits in line, to be asked anew with all there is.
See docs/decisions/011-queries-in-processes.md.
"""

import asyncio
import contextlib
import math
import os
import signal
from contextlib import AsyncExitStack
from dataclasses import dataclass

from cicte_graph.endpoint.cache import Cache
from cicte_graph.endpoint.lane import Lane, busy
from cicte_graph.endpoint.messages import Limits, Message, Question
from cicte_graph.endpoint.staff import Staff
from cicte_graph.endpoint.workers import CrashedError, LostError, Worker
from cicte_graph.errors import RequestError

__all__ = ["Answer", "Pool"]

CORES = os.cpu_count() or 1
FIRST, SECOND, LONG = (64, 64), (32, 0), (CORES, 16)  # places, and how many may wait for one
CROWD = 4 * CORES  # questions in the first lane, for which the others step back
HURRY, PATIENCE = 0.02, 0.3  # seconds of a processor: in the first lane; in the first two
SOONEST, LATEST = 0.01, 0.05  # seconds to wait before one looks again
KEPT, LARGEST = 64 << 20, 1 << 20  # bytes: of all answers that are kept, and of one
TOO_DEEP = "the query is nested deeper than the engine can follow. Give a simpler one."
FINAL = {400, 403, 406, 422}  # the same question to the same graph is refused again


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer.

    Args:
        content: As it is sent.
        media_type: Of the content.
        name: The same for the same question to the same version of the graph; empty if another answer is due then.
    """

    content: bytes | bytearray
    media_type: str
    name: str

    def __len__(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why a question has no answer."""

    status: int
    said: str

    def __len__(self) -> int:
        return len(self.said)


class Pool:
    """Processes that hold one version of a graph, and answer questions about it.

    Args:
        limits: Of a question.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._staff = Staff(self.limits)
        self._first, self._second, self._long = (Lane(*each, self.limits.seconds) for each in (FIRST, SECOND, LONG))
        self._cache: Cache[Answer | _Refusal] = Cache(KEPT, LARGEST)

    async def open(self, content: bytes, version: str) -> None:
        """Go over to a graph; questions that are being worked on are answered from the one before.

        Args:
            content: The graph as N-Quads.
            version: Names it.

        Raises:
            EngineError: It cannot be read; the one before stays.
            UsageError: The system cannot limit processes as is needed.
        """
        await self._staff.open(content, version)

    async def close(self) -> None:
        """Answer what was asked, as long as one question may take, then end every process."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.seconds):
                for lane in (self._first, self._second, self._long):
                    await lane.drained()
        await self._staff.close()

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs."""
        return self._staff.nursery.graphs

    def name(self, question: Question) -> str:
        """Name the answer that a question would get now."""
        return question.key(self._staff.nursery.version)

    def known(self, name: str) -> Answer | None:
        """Give the answer of this name, if it is kept.

        Raises:
            RequestError: As the question was refused before.
        """
        kept = self._cache.get(name)
        if isinstance(kept, _Refusal):
            raise RequestError(kept.status, kept.said)
        return kept

    async def ask(self, question: Question) -> Answer:
        """Answer a question.

        Raises:
            RequestError: As `cicte_graph.endpoint.evaluate.answered`; or 422, more memory or depth than there is; 503,
                too many questions at once; 504, no answer in time.
        """
        if answer := self.known(name := self.name(question)):
            return answer
        try:
            answer = await self._answered(question)
        except RequestError as error:
            if error.status in FINAL and name == self.name(question):
                self._cache.put(name, _Refusal(error.status, str(error)))
            raise
        if answer.name:
            self._cache.put(answer.name, answer)
        return answer

    async def _answered(self, question: Question) -> Answer:
        for _ in range(2):
            with contextlib.suppress(LostError):  # not by the question's fault
                return await self._tried(question)
        raise busy(1)

    async def _tried(self, question: Question) -> Answer:
        until = self._from_now()
        try:
            async with AsyncExitStack() as held:
                leave = await held.enter_async_context(self._first.place())
                worker, asked = await held.enter_async_context(self._staff.asked(question))
                if await self._done(worker, asked, HURRY, until):
                    return _answer(worker, question, asked.result())
                if not self._second.full:
                    leave()
                    leave = await held.enter_async_context(self._second.place())
                    if await self._done(worker, asked, PATIENCE, until):
                        return _answer(worker, question, asked.result())
                if not self._long.full:
                    leave()
                    await held.enter_async_context(self._long.place())
                    return _answer(worker, question, await self._at_leisure(worker, asked, until))
        except CrashedError as error:
            if error.by != signal.SIGABRT:
                raise RequestError(422, TOO_DEEP) from error
        if asyncio.get_running_loop().time() >= until:  # there was too little of a processor for it
            raise busy(self.limits.seconds)
        async with self._long.place(), self._staff.asked(question) as (worker, asked):
            return _answer(worker, question, await self._at_leisure(worker, asked, self._from_now()))

    def _from_now(self) -> float:
        return asyncio.get_running_loop().time() + self.limits.seconds

    async def _done(self, worker: Worker, asked: asyncio.Task[Message], most: float, until: float) -> bool:
        """Wait for an answer until a worker has used so many seconds of a processor, or the time has come."""
        while not asked.done():
            used = worker.used()
            left = min(most - used, until - asyncio.get_running_loop().time())
            if left <= 0:
                return False
            if used > HURRY and self._first.held > CROWD:
                worker.step_back()
            await asyncio.wait([asked], timeout=min(max(left, SOONEST), LATEST))
        return True

    async def _at_leisure(self, worker: Worker, asked: asyncio.Task[Message], until: float) -> Message:
        """Let a worker go on with all there is, while others go before it."""
        worker.step_back()
        worker.give_room()
        if not await self._done(worker, asked, math.inf, until):
            raise RequestError(504, f"no complete answer within {self.limits.seconds:g} seconds. Ask for less.")
        try:
            return asked.result()
        except CrashedError as error:
            memory = f"the query needs more than {self.limits.memory >> 20:,} MiB of memory. Ask for less."
            raise RequestError(422, memory if error.by == signal.SIGABRT else TOO_DEEP) from error


def _answer(worker: Worker, question: Question, message: Message) -> Answer:
    name = "" if message.said["volatile"] else question.key(worker.nursery.version)
    return Answer(message.content, message.said["media_type"], name)
