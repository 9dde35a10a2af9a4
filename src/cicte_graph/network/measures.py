"""Measures of a network: formulas over graphs, each under its published name.

Knows graphs; knows nothing of files, nor of what a number is good for. The
tables are the same whatever the order in which nodes and edges were added. A network of nobody has empty results.
"""

from typing import TYPE_CHECKING, Any

import networkx as nx

from cicte_graph.table import Table, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cicte_graph.cache import Version
    from cicte_graph.network.networks import Network

__all__ = [
    "articulation_points",
    "betweenness",
    "bridges",
    "closeness",
    "communities",
    "cores",
    "joined",
    "measured",
    "strength",
]

SEED = 2002  # of the shuffle in `communities`; any number will do as long as it stays
DECIMALS = 4
MEASURES = ["degree", "strength", "betweenness", "closeness", "core", "community", "articulation"]
# What an edge may say of itself, in the order of columns.
REASONS = ["role", "elements", "organizations", "basis", "carried", "status", "confidence"]
REASONS += ["justification", "participations"]


def strength(network: "Network[str]") -> dict[str, float]:
    """Sum the weights of each node's edges; a node without edges has 0.

    Source:
        A. Barrat, M. Barthélemy, R. Pastor-Satorras, A. Vespignani, "The architecture of complex weighted networks"
        (2004).
    """
    return dict(network.degree(weight="weight"))


def betweenness(network: "Network[str]") -> dict[str, float]:
    """Sum over all pairs of others the part of their shortest paths that passes through each node.

    Paths are counted in edges: a weight says how much two share, not how far apart they are. Divided by the number
    of pairs of others, joined or not, hence from 0 to 1; 0 where there are fewer than two others.

    Source:
        L. C. Freeman, "A set of measures of centrality based on betweenness" (1977).
    """
    return dict(nx.betweenness_centrality(network, normalized=True))


def closeness(network: "Network[str]") -> dict[str, float]:
    """Give one over the mean distance from each node to the others of its component, in edges.

    Every component is taken by itself, so that a node of a small one may have 1; compare within a component only.
    A node without edges has 0.

    Source:
        L. C. Freeman, "Centrality in social networks: conceptual clarification" (1978/79).
    """
    return dict(nx.closeness_centrality(network, wf_improved=False))


def cores(network: "Network[str]") -> dict[str, int]:
    """Give the largest k for which each node is in a part where everyone is joined to at least k others.

    Source:
        S. B. Seidman, "Network structure and minimum degree" (1983); found as by V. Batagelj, M. Zaveršnik,
        "An O(m) algorithm for cores decomposition of networks" (2003).
    """
    return dict(nx.core_number(network))


def communities(network: "Network[str]") -> dict[str, int]:
    """Part the nodes into groups with more weight inside than chance would put there, by the Louvain method.

    A heuristic that starts from one fixed shuffle: another shuffle may part some nodes otherwise. Modularity takes
    any two nodes as able to be joined, which is not so where organizations are joined only to elements.

    Returns:
        The number of each node's group, from 1: the largest first, of equals the one with the smallest identifier.

    Source:
        V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large networks"
        (2008).
    """
    found = nx.community.louvain_communities(_in_order(network), weight="weight", seed=SEED)
    ranked = sorted(map(sorted, found), key=lambda members: (-len(members), members))
    return {node: number for number, members in enumerate(ranked, 1) for node in members}


def bridges(network: "Network[str]") -> set[frozenset[str]]:
    """Find the edges without which a component falls in two; each as the set of its ends.

    Source:
        R. E. Tarjan, "A note on finding the bridges of a graph" (1974).
    """
    found: Iterable[Any] = nx.bridges(network)  # of pairs, whatever its type stubs say
    return {frozenset(ends) for ends in found}


def articulation_points(network: "Network[str]") -> set[str]:
    """Find the nodes without which a component falls apart.

    Source:
        J. Hopcroft, R. Tarjan, "Algorithm 447: efficient algorithms for graph manipulation" (1973); R. Tarjan,
        "Depth-first search and linear graph algorithms" (1972).
    """
    return set(nx.articulation_points(network))


def measured(network: "Network[str]", version: "Version | None" = None) -> Table:
    """Set out every measure of every node, the strongest first, then by label; four decimals."""
    ordered = _in_order(network)  # since the last digit of a sum depends on its order
    strong, points = strength(ordered), articulation_points(ordered)
    found: list[Mapping[str, float]] = [
        dict(ordered.degree()),
        strong,
        betweenness(ordered),
        closeness(ordered),
        cores(ordered),
        communities(ordered),
        {node: node in points for node in ordered},
    ]
    rows: list[list[Value]] = []
    for node in sorted(ordered, key=lambda node: (-strong[node], ordered.nodes[node]["label"], node)):
        data, numbers = ordered.nodes[node], [values[node] for values in found]
        said = (value if isinstance(value, int) else round(value, DECIMALS) for value in numbers)
        rows.append([node, data["label"], data["type"], data.get("kind"), *said])
    return Table(["node", "label", "type", "kind", *MEASURES], rows, network.graph["title"], {}, version)


def joined(network: "Network[str]", version: "Version | None" = None) -> Table:
    """Set out every edge with what it says of itself, the heaviest first, then by labels.

    An edge is told from its smaller end; in layers from the mandate to the program to the partner. A column is there
    if some edge has it, and empty for edges that have not.
    """
    cut, nodes = bridges(network), network.nodes
    edges: list[tuple[dict[str, Any], str, str]] = []
    for one, other, data in network.edges(data=True):
        first, second = sorted((one, other), key=lambda node: (nodes[node].get("layer", 0), node))
        edges.append((data, first, second))
    edges.sort(key=lambda edge: (-edge[0]["weight"], *(nodes[end]["label"] for end in edge[1:]), *edge[1:]))
    reasons = [name for name in REASONS if any(name in data for data, *_ in edges)]
    rows: list[list[Value]] = []
    for data, one, other in edges:
        said = [data["weight"], {one, other} in cut, *map(data.get, reasons)]
        rows.append([one, nodes[one]["label"], other, nodes[other]["label"], *said])
    columns = ["from", "from label", "to", "to label", "weight", "bridge", *reasons]
    return Table(columns, rows, network.graph["title"], {}, version)


def _in_order(network: "Network[str]") -> "Network[str]":
    """Copy a network, its nodes and edges added in the order of their identifiers."""
    ordered: Network[str] = nx.Graph()
    ordered.add_nodes_from(sorted(network.nodes(data=True), key=lambda one: one[0]))
    ordered.add_edges_from(sorted(network.edges(data=True), key=lambda edge: sorted(edge[:2])))
    return ordered
