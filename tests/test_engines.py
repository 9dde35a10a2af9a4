"""Every question of the library gives the same rows wherever the graph is kept: four engines, the real graph."""

from collections.abc import Iterator
from decimal import Decimal

import httpx
import pyoxigraph as ox
import pytest

from cicte_graph.build import Built
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.query_library import Query, examples, find_queries, with_values
from cicte_graph.store import n_quads
from tests.engines import Server, jena, oxigraph, virtuoso

QUERIES = {query.name: query for query in find_queries(open_house().queries)}
Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def content(real: Built) -> bytes:
    """The whole graph, derived quads included."""
    return n_quads(real.store)


@pytest.fixture(scope="module")
def served_by_oxigraph(content: bytes) -> Iterator[Server]:
    """The real graph behind a real Oxigraph."""
    with oxigraph(content) as server:
        yield server


@pytest.fixture(scope="module")
def served_by_virtuoso(content: bytes) -> Iterator[Server]:
    """The real graph behind a real Virtuoso."""
    with virtuoso(content) as server:
        yield server


@pytest.fixture(scope="module")
def answers_of_jena(content: bytes) -> dict[str, bytes]:
    """What Jena answers to every question; asked at once, since it takes long to start."""
    return dict(zip(QUERIES, jena(content, [text(query) for query in QUERIES.values()]), strict=True))


@pytest.mark.parametrize("name", QUERIES)
def test_oxigraph_over_http_gives_the_rows_of_the_embedded_store(
    name: str, real_graph: Graph, served_by_oxigraph: Server
) -> None:
    assert asked(served_by_oxigraph, QUERIES[name], real_graph) == embedded(QUERIES[name], real_graph)


@pytest.mark.engines
@pytest.mark.parametrize("name", QUERIES)
def test_virtuoso_over_http_gives_the_rows_of_the_embedded_store(
    name: str, real_graph: Graph, served_by_virtuoso: Server
) -> None:
    assert asked(served_by_virtuoso, QUERIES[name], real_graph) == embedded(QUERIES[name], real_graph)


@pytest.mark.engines
@pytest.mark.parametrize("name", QUERIES)
def test_jena_gives_the_rows_of_the_embedded_store(
    name: str, real_graph: Graph, answers_of_jena: dict[str, bytes]
) -> None:
    solutions = ox.parse_query_results(answers_of_jena[name], format=ox.QueryResultsFormat.JSON)
    assert rows(solutions, QUERIES[name]) == embedded(QUERIES[name], real_graph)


@pytest.mark.parametrize("engine", ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.engines)])
def test_an_engine_takes_a_graph_and_an_update(engine: str, request: pytest.FixtureRequest) -> None:
    server: Server = request.getfixturevalue(f"served_by_{engine}")
    graph, said = "urn:graph:put", b"<urn:s> <urn:p> <urn:o> ."
    may = httpx.DigestAuth(*server.credentials) if server.credentials else None
    with httpx.Client(auth=may, timeout=30) as client:
        put = client.put(
            server.store, params={"graph": graph}, content=said, headers={"Content-Type": "application/n-triples"}
        )
        assert put.is_success, put.text
        assert count(server, graph) == 1
        update = f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:s> <urn:p> <urn:other> }} }}"
        changed = client.post(server.update, content=update, headers={"Content-Type": "application/sparql-update"})
        assert changed.is_success, changed.text
        assert count(server, graph) == 2
        assert client.delete(server.store, params={"graph": graph}).is_success
        assert count(server, graph) == 0


def text(query: Query) -> str:
    """Write a question with its examples."""
    return with_values(query.sparql, [examples(query)] if query.params else [])


def embedded(query: Query, graph: Graph) -> Rows:
    """Ask the store in this process."""
    return rows(graph.store.query(query.sparql, **examples(query)), query)


def asked(server: Server, query: Query, graph: Graph) -> Rows:
    """Ask a server, of the graphs that are ours; in XML, since Virtuoso's JSON has its own words for some terms."""
    ours = graph.store.graphs()
    answer = httpx.post(
        server.query,
        data={"query": text(query), "default-graph-uri": ours, "named-graph-uri": ours},
        headers={"Accept": ox.QueryResultsFormat.XML.media_type},
        timeout=240,
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    return rows(ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.XML), query)


def rows(solutions: object, query: Query) -> Rows:
    """Give rows in their order, columns in that of the header; numbers by value."""
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(comparable(solution[name]) for name in query.returns) for solution in solutions]


def comparable(term: object) -> object:
    """Reduce a term to what two engines must agree on."""
    numeric = isinstance(term, ox.Literal) and term.datatype.value.endswith(("#integer", "#decimal"))
    return Decimal(term.value) if numeric and isinstance(term, ox.Literal) else term


def count(server: Server, graph: str) -> int:
    """Count the statements of a graph."""
    answer = httpx.post(
        server.query,
        data={"query": f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"},
        headers={"Accept": ox.QueryResultsFormat.XML.media_type},
        timeout=30,
    )
    solutions = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.XML)
    assert isinstance(solutions, ox.QuerySolutions)
    return int(next(solutions)["n"].value)
