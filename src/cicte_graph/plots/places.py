"""Places: which program of a plan something is in."""

from cicte_graph.graph import Graph

__all__ = ["program_of"]


def program_of(graph: Graph, element: str) -> str | None:
    """Find the program an element is or is part of; nothing for what stands above programs."""
    while element and not element.startswith("id:program/"):
        element = next(iter(graph.values_of(element, "partOf")), "")
    return element or None
