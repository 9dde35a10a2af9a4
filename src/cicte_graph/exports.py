"""Write the whole graph, or some records, for other programs: the same bytes each time."""

from collections.abc import Iterable

import pyoxigraph as ox

from cicte_graph.build import n_quads
from cicte_graph.graph import Graph
from cicte_graph.store import Store
from cicte_graph.terms import PREFIXES

__all__ = ["export", "records_as_turtle"]


def export(store: Store, form: str) -> bytes:
    """Write every quad, those of rules included, in a fixed order.

    Turtle has no graphs, so it holds the union of them.

    Args:
        store: The graph.
        form: nquads, trig, turtle or jsonld.
    """
    quads = sorted(store, key=str)
    match form:
        case "nquads":
            return n_quads(quads)
        case "trig":
            return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""
        case "turtle":
            triples = sorted({quad.triple for quad in quads}, key=str)
            return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        case _:
            return ox.serialize(quads, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES) or b""


def records_as_turtle(graph: Graph, iris: Iterable[str]) -> bytes:
    """Write what the graph says of some records, and of the evidence they name, as Turtle."""
    wanted = dict.fromkeys(iris)
    for iri in list(wanted):
        wanted |= dict.fromkeys(graph.values(iri, "evidence"))
    triples = [
        ox.Triple(ox.NamedNode(iri), ox.NamedNode(name), value)
        for iri in wanted
        for name, values in graph.said(iri).items()
        for value in values
    ]
    head = f"# graph {graph.version}\n".encode()
    return head + (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"")
