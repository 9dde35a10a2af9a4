"""Which bodies are part of which, through as many steps as there are."""

import networkx as nx

from cicte_graph.graph import Graph

__all__ = ["parts_of", "up_to"]


def parts_of(graph: Graph, organization: str) -> set[str]:
    """List the IRIs of all bodies that are part of an organization."""
    found = _parents(graph)
    return nx.ancestors(found, organization) if organization in found else set()


def up_to(graph: Graph, organization: str, other: str) -> list[str]:
    """Give the line of bodies from an organization up to another it is part of, both included; empty if it is not."""
    found = _parents(graph)
    if organization == other or not {organization, other} <= set(found) or not nx.has_path(found, organization, other):
        return []
    return min(nx.all_shortest_paths(found, organization, other))


def _parents(graph: Graph) -> "nx.DiGraph[str]":
    rows = graph.rows("network/parents")
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_edges_from((row["organization"].value, row["parent"].value) for row in rows)
    return found
