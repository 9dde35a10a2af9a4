"""Places for questions that are worked on at once, and a line of those that wait for one."""

import asyncio
import contextlib
import math
from collections import deque
from collections.abc import AsyncIterator, Callable

from cicte_graph.errors import RequestError

__all__ = ["Lane", "busy"]


class Lane:
    """Some places, and a line before them that moves at both ends in turn.

    So in a crowd whoever comes last waits little, and whoever came first is not passed over by ever newer ones.

    Args:
        places: How many questions are worked on at once.
        line: How many more may wait.
        patience: Seconds that one waits at most.
    """

    def __init__(self, places: int, line: int, patience: float) -> None:
        self._all = self._free = places
        self._most = line
        self._patience = patience
        self._line: deque[asyncio.Future[None]] = deque()
        self._last_first = True

    @property
    def full(self) -> bool:
        """Whether one would have to wait."""
        return not self._free

    @property
    def held(self) -> int:
        """How many places are held."""
        return self._all - self._free

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[Callable[[], None]]:
        """Wait for a place, and hold it; what is given leaves it before the end.

        Raises:
            RequestError: 503, the line is too long, or one waited too long.
        """
        if self._free:
            self._free -= 1
        elif len(self._line) < self._most:
            await self._turn()
        else:
            raise busy(self._patience)
        with contextlib.ExitStack() as held:
            held.callback(self._pass_on)
            yield held.close

    async def _turn(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except BaseException as error:
            if not turn.cancelled():  # it came at the very moment
                self._pass_on()
            elif turn in self._line:
                self._line.remove(turn)
            raise busy(self._patience) if isinstance(error, TimeoutError) else error from None

    def _pass_on(self) -> None:
        """Give a place that is left to one of the line."""
        while self._line:
            turn = self._line.pop() if self._last_first else self._line.popleft()
            if not turn.done():  # nobody waits for it any more otherwise
                self._last_first = not self._last_first
                turn.set_result(None)
                return
        self._free += 1

    async def drained(self) -> None:
        """Wait until nobody works or waits."""
        while self._free < self._all:
            await asyncio.sleep(0.01)


def busy(seconds: float) -> RequestError:
    """Say that there are too many questions, and when to come back."""
    after = str(math.ceil(seconds))
    return RequestError(503, f"too many queries at once. Ask again in {after} seconds.", {"Retry-After": after})
