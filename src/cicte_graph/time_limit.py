"""Wait for work only so long: the engine has no time limit of its own and does not look up to be interrupted.

The work is done in a thread that lets go of the interpreter; whoever waits can still be interrupted.
"""

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable
from itertools import islice
from typing import Generic, TypeVar

from cicte_graph.errors import EngineError

__all__ = ["LIMIT", "within"]

Item = TypeVar("Item")

LIMIT = 30.0  # seconds
AHEAD = 8  # batches worked out before they are asked for
STACK = 1 << 29  # bytes, of which only what is used is taken: the engine recurses into deep queries
BATCH = 512  # items handed over at once


class _Handover(Generic[Item]):
    """What a thread worked out and somebody waits for: batches of items, then an end or an error."""

    def __init__(self, work: Callable[[], Iterable[Item]]) -> None:
        self.batches: queue.Queue[list[Item] | BaseException | None] = queue.Queue(AHEAD)
        self.left = threading.Event()
        self.work = work

    def run(self) -> None:
        """Work, in the thread; what goes wrong is raised where it is waited for."""
        try:
            items = iter(self.work())
            while (batch := list(islice(items, BATCH))) and not self.left.is_set():
                self._put(batch)
            self._put(None)
        except BaseException as error:
            # what the engine gave must not live on in a traceback that ends in another thread
            error.__traceback__ = error.__cause__ = error.__context__ = None
            self._put(error)

    def _put(self, batch: list[Item] | BaseException | None) -> None:
        while not self.left.is_set():
            try:
                self.batches.put(batch, timeout=1)
            except queue.Full:
                continue
            return


def within(seconds: float, work: Callable[[], Iterable[Item]]) -> Generator[Item]:
    """Hand on the items of some work; time is counted only while they are waited for.

    Work that is given up goes on in its thread until the process ends: a command ends at once.

    Args:
        seconds: How long to wait in all.
        work: Called in the thread; its items are taken there.

    Raises:
        EngineError: The time is over.
    """
    handover = _Handover(work)
    before = threading.stack_size(STACK)
    try:
        threading.Thread(target=handover.run, daemon=True, name="query").start()
    finally:
        threading.stack_size(before)
    remaining = seconds
    try:
        while True:
            start = time.monotonic()
            try:
                batch = handover.batches.get(timeout=remaining)
            except queue.Empty:
                raise EngineError(
                    f"no complete answer within {seconds:g} seconds. Ask for less, or allow more: --time-limit SECONDS."
                ) from None
            remaining = max(remaining - (time.monotonic() - start), 0.001)
            if batch is None:
                return
            if isinstance(batch, BaseException):
                raise batch
            yield from batch
    finally:
        handover.left.set()
