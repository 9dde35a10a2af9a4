"""The partner networks, as networkx graphs whose nodes and edges say what they are and why they are there.

Every attribute is a text or a number, so that a network can be written to any file format as it is. Nodes are
identifiers as the tables print them; several identifiers in one attribute are parted by a blank.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import networkx as nx

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph, local
from cicte_graph.network.shares import Chosen, Share
from cicte_graph.reports.coverage import cells
from cicte_graph.terms import expand, shorten

__all__ = ["NETWORKS", "Network", "by_elements", "by_organizations", "layers", "network_of", "partners"]

Network = nx.Graph  # of identifiers
UNSPECIFIC = {"general", "listed"}  # bases that tie a mandate to every program of a plan alike


def network_of(chosen: Chosen, name: str) -> "Network[str]":
    """Make one of `NETWORKS` by its name.

    Raises:
        NotFoundError: There is none of that name.
    """
    if name not in NETWORKS:
        raise NotFoundError(f"no network named {name}. There are {', '.join(NETWORKS)}.")
    return NETWORKS[name](chosen)


def partners(chosen: Chosen) -> "Network[str]":
    """Join organizations to the elements they take part in.

    Returns:
        A bipartite graph. Nodes have `type` (`organization` or the level's class), `label`, and what `_body` and
        `_element` give. Edges have `weight` (how many participations), `role` and `participations`.
    """
    network = _empty(chosen, "Organizations and what they take part in")
    _add_bodies(network, chosen)
    _add_elements(network, chosen)
    _join(network, chosen)
    return network


def by_organizations(chosen: Chosen) -> "Network[str]":
    """Join organizations by the elements they share.

    Returns:
        Nodes are the organizations, those that share nothing included. Edges have `weight` (how many elements
        they share), `elements` (which) and `participations` (of both, in these).
    """
    network = _empty(chosen, "Organizations by what they share")
    _add_bodies(network, chosen)
    groups = _gathered(chosen.shares, lambda share: share.element, lambda share: share.organization)
    _add_pairs(network, groups, "elements")
    return network


def by_elements(chosen: Chosen) -> "Network[str]":
    """Join elements by the partners they share.

    Returns:
        Nodes are the elements somebody takes part in. Edges have `weight` (how many organizations), `organizations`
        (which) and `participations` (theirs, in both).
    """
    network = _empty(chosen, f"What is partnered, by shared partners ({chosen.choice.level})")
    _add_elements(network, chosen)
    groups = _gathered(chosen.shares, lambda share: share.organization, lambda share: share.element)
    _add_pairs(network, groups, "organizations")
    return network


def layers(chosen: Chosen) -> "Network[str]":
    """Join mandates to the programs that answer them, and these to their partners.

    A mandate is joined to a program by the strongest link between them; see `cicte_graph.reports.coverage`. Links
    that only list a mandate, or take it in general, tie it to every program alike and are left out. Where all
    partners of a plan are looked at, its programs without one are there too.

    Returns:
        Nodes have `layer` (0 mandate, 1 program, 2 partner). Edges from a mandate have `basis`, `carried` (the basis
        it had in an earlier plan, or empty), `status`, `confidence` and `justification`; the others are those of
        `partners`.

    Raises:
        NotFoundError: The level is not that of programs: a mandate is joined to programs here.
    """
    if chosen.choice.level != "program":
        raise NotFoundError("mandates are joined to programs only. Choose the level program.")
    network = partners(chosen)
    network.graph["title"] = "Mandates, programs and partners"
    for _, data in network.nodes(data=True):
        data["layer"] = 2 if data["type"] == "organization" else 1
    choice = chosen.choice
    everyone = not (choice.areas or choice.kinds or choice.countries or choice.roles)
    for cell in cells(chosen.graph):
        program, mandate, plan = (str(cell[name]) for name in ("program", "mandate", "plan"))
        basis, carried = local(str(cell["basis"])), local(str(cell.get("earlier", "")))
        if everyone and (not choice.plans or expand(plan) in choice.plans):
            network.add_node(program, type="program", label=chosen.graph.label_of(program), plans=local(plan), layer=1)
        if program not in network or (carried or basis) in UNSPECIFIC:
            continue
        network.add_node(mandate, type="mandate", label=str(cell["citation"]), layer=0)
        network.add_edge(
            mandate,
            program,
            weight=1,
            basis=basis,
            carried=carried,
            status=local(str(cell["status"])),
            confidence=local(str(cell["confidence"])),
            justification=str(cell["justification"]),
        )
    return network


NETWORKS: dict[str, Callable[[Chosen], "Network[str]"]] = {
    "partners": partners,
    "organizations": by_organizations,
    "elements": by_elements,
    "layers": layers,
}


def _empty(chosen: Chosen, title: str) -> "Network[str]":
    rolled = (f"{shorten(one)}={','.join(map(shorten, tops))}" for one, tops in sorted(chosen.rolled.items()))
    network: Network[str] = nx.Graph()
    network.graph |= {
        "title": title,
        "choice": chosen.choice.told(chosen.graph),
        "version": str(chosen.graph.version),
        "rolled": " ".join(rolled),
        "above": " ".join(map(shorten, chosen.above)),
    }
    return network


def _add_bodies(network: "Network[str]", chosen: Chosen) -> None:
    plans = _gathered(chosen.shares, lambda share: share.organization, lambda share: share.plan)
    for one in chosen.organizations:
        network.add_node(shorten(one), **_body(chosen.graph, one, plans[one]))


def _body(graph: Graph, iri: str, plans: Iterable[str]) -> dict[str, Any]:
    """Describe an organization: label, acronym, kind, country (a code, or empty), plans it takes part in."""
    return {
        "type": "organization",
        "label": graph.label(iri),
        "acronym": graph.text(iri, "acronym"),
        "kind": "".join(map(local, graph.values(iri, "kind"))),
        "country": "".join(map(local, graph.values(iri, "country"))),
        "plans": " ".join(map(local, sorted(plans))),
    }


def _add_elements(network: "Network[str]", chosen: Chosen) -> None:
    plans = {share.element: share.plan for share in chosen.shares}
    for one in chosen.elements:
        network.add_node(shorten(one), type=chosen.choice.level, label=chosen.graph.label(one), plans=local(plans[one]))


def _join(network: "Network[str]", chosen: Chosen) -> None:
    found: defaultdict[tuple[str, str], list[Share]] = defaultdict(list)
    for share in chosen.shares:
        found[shorten(share.organization), shorten(share.element)].append(share)
    for (body, element), here in sorted(found.items()):
        network.add_edge(
            body,
            element,
            weight=len({share.participation for share in here}),
            role=" ".join(sorted({local(share.role) for share in here})),
            participations=_written(share.participation for share in here),
        )


def _gathered(
    found: Iterable[Share], by: Callable[[Share], str], what: Callable[[Share], str]
) -> dict[str, dict[str, list[str]]]:
    """Gather shares: for each `by`, each `what` with its participations."""
    groups: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for share in found:
        groups[by(share)].setdefault(what(share), []).append(share.participation)
    return groups


def _add_pairs(network: "Network[str]", groups: dict[str, dict[str, list[str]]], name: str) -> None:
    """Join every two members of a group, and say by which groups they are joined."""
    joined: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for group, members in sorted(groups.items()):
        for pair in combinations(sorted(members), 2):
            joined[pair].append(group)
    for (one, other), by in sorted(joined.items()):
        why = (participation for group in by for end in (one, other) for participation in groups[group][end])
        network.add_edge(
            shorten(one), shorten(other), weight=len(by), **{name: _written(by)}, participations=_written(why)
        )


def _written(iris: Iterable[str]) -> str:
    return " ".join(sorted({shorten(iri) for iri in iris}))
