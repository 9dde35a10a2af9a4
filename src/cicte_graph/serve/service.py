"""What runs: the edition served now, what is counted, whether the server is stopping; and how editions change."""

import asyncio
import sys

from cicte_graph.endpoint.messages import Limits
from cicte_graph.endpoint.pool import Pool
from cicte_graph.errors import EngineError
from cicte_graph.house import House
from cicte_graph.serve.edition import Edition
from cicte_graph.serve.metrics import Metrics

__all__ = ["Service", "say"]


class Service:
    """The state of a server.

    Args:
        house: Whose graph is served; its files are read again for each new edition.
        endpoint: Where another program keeps the graph, if one does; then it is read again from there.
        edition: What is served first.
        pool: What answers SPARQL, open for the same graph.
    """

    def __init__(self, house: House, endpoint: str | None, edition: Edition, pool: Pool) -> None:
        self.house = house
        self.endpoint = endpoint
        self.edition = edition
        self.pool = pool
        self.metrics = Metrics()
        self.stopping = False
        self._editions = [edition]  # those whose workers still run
        self._wanted = False
        self._swapping: asyncio.Task[None] | None = None
        self._preparing = asyncio.create_task(edition.prepare())

    @classmethod
    async def open(cls, house: House, endpoint: str | None, limit: float) -> "Service":
        """Read a house's graph, and begin to serve it.

        Raises:
            CicteGraphError: Its files are at fault, or the endpoint does not answer.
        """
        edition, pool = await Edition.open(house, endpoint, limit), Pool(Limits(seconds=limit))
        try:
            await pool.open(edition.content, edition.version.digest)
        except BaseException:
            edition.workers.kill()
            raise
        return cls(house, endpoint, edition, pool)

    def swap(self) -> None:
        """Begin to build the house's graph again; wanted once more while that goes on, it is built once more."""
        self._wanted = True
        if self._swapping is None or self._swapping.done():
            self._swapping = asyncio.create_task(self._swap())

    async def _swap(self) -> None:
        while self._wanted:
            self._wanted = False
            try:
                await self._build()
                fresh = await self._opened()
            except Exception as error:  # whatever it is, the old graph is still good
                self.metrics.swaps["refused"] += 1
                say(f"the new graph is refused ({error}); {self.edition.version} is still served")
                continue
            old, self.edition = self.edition, fresh
            self.metrics.swaps["swapped"] += 1
            say(f"serving graph {fresh.version}")
            self._preparing.cancel()
            self._preparing = asyncio.create_task(fresh.prepare())
            await old.close()
            self._editions.remove(old)

    async def _opened(self) -> Edition:
        """Read the new graph wherever it is asked; the endpoint goes over to it here, and pages right after.

        Raises:
            CicteGraphError: It cannot be read, or no pages can be made of it.
        """
        fresh = await Edition.open(self.house, self.endpoint, self.pool.limits.seconds)
        self._editions.append(fresh)
        try:
            await self.pool.open(fresh.content, fresh.version.digest)
        except Exception:
            self._editions.remove(fresh)
            fresh.workers.kill()
            raise
        return fresh

    async def _build(self) -> None:
        """Build and check in a process of its own, which says on standard error what is wrong, and keep the graph.

        Raises:
            EngineError: The files are at fault.
        """
        if self.endpoint is not None:
            return
        command = [sys.executable, "-P", "-m", "cicte_graph", "build", "--data", str(self.house.data)]
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            process.kill()
            raise
        if code:
            raise EngineError("its files are at fault, see above")

    async def close(self) -> None:
        """End everything that was begun."""
        tasks = [task for task in (self._swapping, self._preparing) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for edition in self._editions:
            edition.workers.kill()
        await self.pool.close()


def say(text: str) -> None:
    """Tell who runs the server."""
    sys.stderr.write(f"cicte-graph: {text}\n")
