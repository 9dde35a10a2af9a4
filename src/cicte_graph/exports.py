"""Write the whole graph for other programs: N-Quads, TriG, Turtle, JSON-LD, the same bytes each time."""

import pyoxigraph as ox

from cicte_graph.build import n_quads
from cicte_graph.store import Store
from cicte_graph.terms import PREFIXES

__all__ = ["export"]


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
