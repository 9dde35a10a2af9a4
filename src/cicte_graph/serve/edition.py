"""One graph as it is served: which addresses there are, workers that make what stands there, and what they have made.

A newer graph is another edition, which takes the place of this one as a whole. Knows nothing of requests.
"""

import asyncio
import sys
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from cicte_graph.asking import whole
from cicte_graph.endpoint.lane import Lane
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.here import LANGUAGES, Here, page_of
from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.query_catalog import EXAMPLES
from cicte_graph.query_library import find_queries
from cicte_graph.serve.made import Made
from cicte_graph.serve.workers import BusyError, Graphs, Workers
from cicte_graph.store import n_quads
from cicte_graph.terms import BASE

__all__ = ["Edition"]

KEPT = 256 << 20  # bytes of what was made, squeezed
PATIENCE = 120.0  # seconds that a page may take which is made once and kept
LINE = 32  # requests that may wait
CONTRIBUTORS = "id/contributors"  # whom the ontology and the dataset name as their makers
MANY = 500  # addresses in a folder, of which none is made before it is asked for


class Edition:
    """One graph as it is served.

    Args:
        house: Whose graph.
        endpoint: Where another program keeps the graph, if one does.
        limit: Seconds that what a reader asks in words of their own may wait, and then take.

    Raises:
        CicteGraphError: The house's files are at fault.
    """

    def __init__(self, house: House, endpoint: str | None, limit: float) -> None:
        graph = whole(house, endpoint)  # not kept: workers hold their own
        self.version = graph.version
        self.addresses = frozenset(Explorer(graph, served=True).addresses())
        self.told_at = _told_at(graph)
        self.content = n_quads(graph.store)
        self.workers = Workers(Graphs(house, self.content, graph.version))
        # one worker is left to pages that are made once, so that a crowd that fills in fields does not hold them up
        self._lane = Lane(self.workers.number - 1, LINE, limit)
        self._limit = limit
        self._asking = 0
        self.kept_bytes = 0
        self.unprepared = len(self.addresses)  # until it is known which of them
        self._kept: OrderedDict[str, Made] = OrderedDict()
        self._making: dict[str, asyncio.Task[Made]] = {}
        self._users = 0
        self._unused = asyncio.Event()
        self._unused.set()

    @classmethod
    async def open(cls, house: House, endpoint: str | None, limit: float) -> "Edition":
        """Read a house's graph, and see that its first page can be made in every language.

        Raises:
            CicteGraphError: Its files are at fault, or the page cannot be made.
        """
        edition = await asyncio.to_thread(cls, house, endpoint, limit)
        try:
            for language in LANGUAGES:
                await edition.page(Here(language, "index.html").address)
        except BaseException:
            edition.workers.kill()
            raise
        return edition

    @contextmanager
    def used(self) -> Iterator["Edition"]:
        """Hold on to the edition while a request is answered from it."""
        self._users += 1
        self._unused.clear()
        try:
            yield self
        finally:
            self._users -= 1
            if not self._users:
                self._unused.set()

    async def page(self, address: str) -> Made:
        """Give what stands at an address, made once however many ask for it.

        Raises:
            CicteGraphError: As `Workers.make`.
        """
        if kept := self._kept.get(address):
            self._kept.move_to_end(address)
            return kept
        if address not in self._making:
            making = self._making[address] = asyncio.create_task(self._make(address))
            making.add_done_callback(_heard)
        return await asyncio.shield(self._making[address])

    async def _make(self, address: str) -> Made:
        try:
            made = await self.workers.make("page", address, {}, limit=PATIENCE)
        finally:
            del self._making[address]
        self._kept[address] = made
        self.kept_bytes += len(made.content)
        while self.kept_bytes > KEPT:
            _, oldest = self._kept.popitem(last=False)
            self.kept_bytes -= len(oldest.content)
        return made

    async def ask(self, task: str, *arguments: object) -> Made:
        """Have something made that a reader asked for in words of their own; it is not kept, for there is no end of it.

        Raises:
            RequestError: 503, too many ask.
            CicteGraphError: As `Workers.make`.
        """
        self._asking += 1
        try:
            async with self._lane.place():
                return await self.workers.make(task, *arguments, limit=self._limit)
        finally:
            self._asking -= 1

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return self._asking - self._lane.held + self.workers.waiting

    async def prepare(self) -> None:
        """Make beforehand what is asked for most and takes longest, one by one, so that workers stay free."""
        sizes = Counter(map(_folder, self.addresses))
        ahead = sorted(address for address in self.addresses if sizes[_folder(address)] <= MANY)
        for number, address in enumerate(ahead):
            self.unprepared = len(ahead) - number
            try:
                await self.page(address)
            except BusyError:
                continue  # readers come first; it is made when it is asked for
            except Exception as error:  # the other pages are served all the same
                sys.stderr.write(f"cicte-graph: {address} cannot be made: {error}\n")
        self.unprepared = 0

    async def close(self) -> None:
        """End the workers when the last request that holds on is answered."""
        await self._unused.wait()
        await self.workers.close()


def _told_at(graph: Graph) -> dict[str, str]:
    """Give, for identifiers without a page of their own, the place of a page that tells of them."""
    values = (row[end].value for row in graph.rows("records/list-values") for end in ("scheme", "concept"))
    return {
        **{value.removeprefix(BASE): page_of(value) for value in values},
        **{name.removeprefix(BASE): "download.html" for name in graph.store.graphs()},
        **{
            f"{EXAMPLES}{query.name}".removeprefix(BASE): f"question/{query.name}.html"
            for query in find_queries(graph.house.queries)
        },
        CONTRIBUTORS: "about.html",
    }


def _folder(address: str) -> str:
    """Name the outermost folder of an address, its language aside."""
    return Here.at(address).name.partition("/")[0]


def _heard(making: asyncio.Task[Made]) -> None:
    """Take note of an error, which whoever waits is told; at the end of an edition that may be nobody."""
    if not making.cancelled():
        making.exception()
