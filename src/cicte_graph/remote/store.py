"""Ask the graph that an endpoint holds as if it were here: the same questions, the same rows.

Every question is asked of the union of the graph's named graphs and of nothing that would count twice. Knows what is
asked together; how a service answers is known in `cicte_graph.remote.service`.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from cicte_graph.cache import Version
from cicte_graph.errors import EngineError
from cicte_graph.own_query import dataset_of
from cicte_graph.query_library import with_values
from cicte_graph.remote.address import checked
from cicte_graph.remote.client import Client
from cicte_graph.remote.service import Parameters, Service
from cicte_graph.store import Row, Store, Term, as_rows
from cicte_graph.terms import GRAPH, ID, PREFIXES, RELEASE
from cicte_graph.time_limit import LIMIT

__all__ = ["RemoteStore", "open_remote"]

PROLOGUE = f"BASE <{ID}>\n" + "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
AS_IT_IS: Parameters = ()
UNION: Parameters = (("union-default-graph", ""),)  # of Oxigraph, whose default graph is empty unless it is told so
PARAMETERS = {"FROM": "default-graph-uri", "FROM NAMED": "named-graph-uri"}
TOGETHER = 250  # records asked about at once
UNTOLD = Version("unknown", "unknown")


class RemoteStore:
    """A graph behind an endpoint.

    Args:
        service: Answers for it.

    Raises:
        EngineError: The service does not answer, or holds no graph of ours.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._parser = Store()  # empty: it reads a query and says what is wrong in the words of the embedded engine
        self._told: dict[str, list[tuple[str, Term]]] = {}  # records that were asked about
        self._met: list[dict[str, None]] = []  # records that rows named, by answer
        self._release = service.rows("records/release")
        self._dataset = self._which()

    @property
    def version(self) -> Version:
        """Which version it is, as whoever published it there told; unknown if that was not told."""
        told = self._release
        return Version(told[0]["digest"].value, told[0]["built"].value) if told else UNTOLD

    def __iter__(self) -> Iterator[ox.Quad]:
        for graph in self.graphs():
            yield from self._service.quads(graph)

    def graphs(self) -> list[str]:
        """List the IRIs of the named graphs."""
        rows = self._release or self._service.rows("records/graphs")
        return sorted({row["graph"].value for row in rows if row["graph"].value.startswith(GRAPH)} - {RELEASE})

    def query(
        self, sparql: str, /, **parameters: ox.NamedNode | ox.Literal
    ) -> ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]:
        """Run a query over the union of all graphs, standard prefixes known, `<program/...>` naming a record.

        Raises:
            UsageError: The query is malformed.
            EngineError: The endpoint gave no complete answer.
        """
        kind = self._parser.query(sparql, **parameters)
        text = PROLOGUE + (with_values(sparql, [parameters]) if parameters else sparql)
        own = dataset_of(sparql)  # Oxigraph overrules a query's FROM where it was told to take all graphs as one
        dataset = [(PARAMETERS[kind], iri) for kind, iri in own] if own else self._dataset
        asked = self._service.triples if isinstance(kind, ox.QueryTriples) else self._service.results
        return asked(text, dataset)

    def rows(self, sparql: str, **parameters: ox.NamedNode | ox.Literal) -> list[Row]:
        """Run a SELECT query and return its rows, unbound variables left out."""
        rows = as_rows(self.query(sparql, **parameters))
        self._meet(value for row in rows for value in row.values())
        return rows

    def about(self, iri: str) -> list[tuple[str, Term]]:
        """List what is said of a record as (property, value), in a fixed order.

        Records that stood in one answer with it are asked about with it, to save a journey for each.
        """
        if iri not in self._told:
            self._tell(iri)
        return self._told[iri]

    def _tell(self, iri: str) -> None:
        beside = next((answer for answer in reversed(self._met) if iri in answer), {})
        wanted = {iri, *islice((one for one in beside if one not in self._told), TOGETHER)}
        records = [{"record": ox.NamedNode(one)} for one in sorted(wanted)]
        rows = self._service.rows("records/statements", records, self._dataset)
        said: dict[str, set[tuple[str, Term]]] = {one: set() for one in wanted}
        for row in rows:
            said[row["record"].value].add((row["property"].value, row["value"]))
        for one, found in said.items():
            self._told[one] = sorted(found, key=lambda pair: (pair[0], str(pair[1])))
        self._meet(row["value"] for row in rows)

    def _meet(self, values: Iterable[Term]) -> None:
        """Remember the records of an answer."""
        self._met.append({value.value: None for value in values if isinstance(value, ox.NamedNode)})

    def _which(self) -> Parameters:
        """Choose how to say what is asked: the server's own default graph if that is it, else graph by graph.

        The first is much faster. Source: SPARQL 1.1 Protocol, 2.1.4.
        """
        holding = [row["graph"].value for row in self._service.rows("records/copies")]
        ours = [graph.startswith(GRAPH) for graph in holding]
        if not any(ours):
            raise EngineError(
                f"{self._service.url} holds no work plan in a graph below {GRAPH}. "
                "Put the graph there: cicte-graph publish --to URL."
            )
        for dataset in (AS_IT_IS, UNION) if all(ours) else ():
            if self._service.rows("programs/plans", dataset=dataset):
                return dataset
        return [(name, graph) for graph in self.graphs() for name in ("default-graph-uri", "named-graph-uri")]


def open_remote(url: str, queries: Path, limit: float = LIMIT) -> tuple[RemoteStore, Version]:
    """Open the graph that an endpoint holds.

    Args:
        url: The address that queries are sent to.
        queries: The house's folder of queries.
        limit: Seconds that one answer may take.

    Returns:
        The graph and its version.

    Raises:
        UsageError: It is no address.
        EngineError: It does not answer, or holds no graph of ours.
    """
    store = RemoteStore(Service(Client(checked(url), limit), queries))
    return store, store.version
