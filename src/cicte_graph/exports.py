"""Write the whole graph, or some records, for other programs: the same bytes each time."""

from collections.abc import Iterable

import pyoxigraph as ox

from cicte_graph.graph import Graph
from cicte_graph.store import n_quads
from cicte_graph.terms import PREFIXES

__all__ = ["RECORD_FORMATS", "export", "record_as", "records_as_turtle"]

RECORD_FORMATS = {
    form.file_extension: form for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.JSON_LD, ox.RdfFormat.N_TRIPLES)
}


def export(quads: Iterable[ox.Quad], form: str) -> bytes:
    """Write every quad, those of rules included, in a fixed order.

    Turtle has no graphs, so it holds the union of them.

    Args:
        quads: The graph.
        form: nquads, trig, turtle or jsonld.
    """
    quads = sorted(quads, key=str)
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
    return f"# graph {graph.version}\n".encode() + _written(graph, iris, ox.RdfFormat.TURTLE)


def record_as(graph: Graph, iri: str, ending: str) -> bytes:
    """Write what the graph says of a record, and of the evidence it names.

    Args:
        graph: The graph to look in.
        iri: The record.
        ending: How a file of that format ends, one of RECORD_FORMATS.
    """
    return _written(graph, [iri], RECORD_FORMATS[ending])


def _written(graph: Graph, iris: Iterable[str], form: ox.RdfFormat) -> bytes:
    wanted = dict.fromkeys(iris)
    for iri in list(wanted):
        wanted |= dict.fromkeys(graph.values(iri, "evidence"))
    triples = [
        ox.Triple(ox.NamedNode(iri), ox.NamedNode(name), value)
        for iri in wanted
        for name, values in graph.said(iri).items()
        for value in values
    ]
    return ox.serialize(triples, format=form, prefixes=PREFIXES) or b""
