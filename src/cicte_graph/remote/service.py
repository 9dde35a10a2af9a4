"""A SPARQL service that is asked queries of the house's files, and gives whole answers as terms.

Knows how answers are read; requests are made in `cicte_graph.remote.client`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from cicte_graph.errors import EngineError
from cicte_graph.query_library import with_values
from cicte_graph.remote.client import Client
from cicte_graph.store import Row, as_rows
from cicte_graph.terms import BASE

__all__ = ["Parameters", "Service", "Solutions"]

# Virtuoso has its own words for some terms in JSON
RESULTS, TRIPLES = ox.QueryResultsFormat.XML, ox.RdfFormat.N_TRIPLES
WHOLE = re.compile(rb"</([\w.-]+:)?sparql\s*>\s*\Z")
Parameters = Sequence[tuple[str, str]]  # of the protocol, as those that say what dataset is asked
Solutions = Sequence[Mapping[str, ox.NamedNode | ox.Literal]]


class Service:
    """A service, and the house's queries it is asked.

    Args:
        client: Speaks to it.
        queries: The house's folder of queries.
    """

    def __init__(self, client: Client, queries: Path) -> None:
        self.url = client.url
        self._client = client
        self._queries = queries

    def rows(self, name: str, solutions: Solutions = (), dataset: Parameters = ()) -> list[Row]:
        """Give the rows of one of the house's queries, e.g. `records/graphs`, for some values of its parameters."""
        text = (self._queries / f"{name}.rq").read_text(encoding="utf-8")
        return as_rows(self.results(with_values(text, solutions), dataset))

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """Give what stands in a named graph of the project, be it of the version that is asked or not."""
        name = {"name": ox.Literal(graph.removeprefix(BASE))}
        for row in self.rows("records/in-graph", [name], [("named-graph-uri", graph)]):
            subject, about = row["subject"], row["property"]
            if isinstance(subject, ox.NamedNode) and isinstance(about, ox.NamedNode):  # as all of ours are
                yield ox.Quad(subject, about, row["value"], ox.NamedNode(graph))

    def results(self, query: str, dataset: Parameters) -> ox.QuerySolutions | ox.QueryBoolean:
        """Ask for rows, or for yes or no.

        Raises:
            EngineError: There is no whole answer.
        """
        given = self._client.ask(query, RESULTS.media_type, dataset)
        if most := given.fields.get("X-SPARQL-MaxRows"):  # of Virtuoso, which leaves out the rest and says so here
            raise EngineError(f"{self.url} gives at most {most} rows, and there are more. Ask for less.")
        if not WHOLE.search(given.content):  # the parser would take what there is
            raise EngineError(f"{self.url} answers what is no whole XML of results (its end is missing).")
        try:
            results = ox.parse_query_results(given.content, format=RESULTS)
            if isinstance(results, ox.QuerySolutions):
                for _ in results:  # to its end, so that a half is no answer
                    pass
                results = ox.parse_query_results(given.content, format=RESULTS)
        except (SyntaxError, ValueError) as error:
            raise EngineError(f"{self.url} answers what is no whole XML of results ({error}).") from error
        if isinstance(results, ox.QueryTriples):
            raise EngineError(f"{self.url} answers triples where rows are asked for. Mend the server.")
        return results

    def triples(self, query: str, dataset: Parameters) -> list[ox.Triple]:
        """Ask for triples.

        Raises:
            EngineError: There is no whole answer.
        """
        given = self._client.ask(query, TRIPLES.media_type, dataset)
        try:
            return [quad.triple for quad in ox.parse(given.content, format=TRIPLES)]
        except (SyntaxError, ValueError) as error:
            raise EngineError(f"{self.url} answers what is no whole N-Triples ({error}).") from error
