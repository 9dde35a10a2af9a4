"""How two organizations are connected: the shortest chains of bodies and of what they take part in together.

A chain shows who meets whom on paper; it does not say that they work together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import networkx as nx

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.link import kinded, named
from cicte_graph.network.choice import LEVELS, Choice
from cicte_graph.network.kin import up_to
from cicte_graph.network.networks import partners
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.network.ties import Tie, ties
from cicte_graph.reports.report import Report, Said, make, plan_name
from cicte_graph.terms import expand, shorten
from cicte_graph.words import count, listed

__all__ = ["path"]

COLUMNS = ["chain", "step", "organization", "name", "role", "written as", "element", "label", "plan", "through"]
MOST = 5  # chains of equal length that are shown


def path(graph: Graph, one: str, other: str, choice: Choice | None = None) -> Report:
    """Tell how two organizations are connected.

    Args:
        graph: The graph to look in.
        one: The IRI of the organization a chain starts from.
        other: The IRI of that where it ends.
        choice: What part of the network is looked at, and by which elements bodies are joined; all of it, and
            programs, unless said.

    Returns:
        The shortest chains, a row for each taking part: who, in which role, printed how, in what. Of several as
        short the first five, in the order of their names.

    Raises:
        UsageError: Both are the same, or the choice counts bodies as those above them.
    """
    choice = choice or Choice()
    if one == other:
        raise UsageError(f"{graph.label(one)} is not connected with itself. Name two organizations.")
    if choice.rolled_up:
        raise UsageError("a chain is of bodies as they are named. Leave out roll-up.")
    chosen = shares(graph, choice)
    chains = _chains(chosen, one, other)
    found = ties(graph, chosen.shares)
    rows = [row for number, chain in enumerate(chains[:MOST], 1) for row in _rows(graph, number, chain, found)]
    findings = _told(graph, chains, choice.level) if chains else _not_connected(chosen, one, other)
    return make(
        graph,
        "path",
        f"How {graph.label(one)} and {graph.label(other)} are connected",
        [*findings, *_part(graph, one, other), *_part(graph, other, one)],
        COLUMNS,
        rows,
        names={"organization": "name", "element": "label"},
        group="chain",
    )


def _chains(chosen: Chosen, one: str, other: str) -> list[list[str]]:
    """List the shortest chains of IRIs, by their names."""
    network, ends = partners(chosen), (shorten(one), shorten(other))
    if not all(end in network for end in ends) or not nx.has_path(network, *ends):
        return []
    found = ([*map(expand, chain)] for chain in nx.all_shortest_paths(network, *ends))
    return sorted(found, key=lambda chain: ([*map(chosen.graph.label, chain)], chain))


def _rows(
    graph: Graph, number: int, chain: Sequence[str], found: Mapping[tuple[str, str], Tie]
) -> Iterator[tuple[Said, list[str]]]:
    """Give the steps of a chain; every second member of it is an element."""
    for step, (first, second) in enumerate(pairwise(chain), 1):
        tie = found[(first, second) if step % 2 else (second, first)]
        said = tie.said(graph) | {"chain": f"chain {number}", "step": step}
        yield said | {"plan": plan_name(graph, shorten(tie.plan))}, tie.participations


def _told(graph: Graph, chains: Sequence[Sequence[str]], level: str) -> list[str]:
    """Say how short the way is, how many there are and what each is."""
    if not _between(chains[0]):
        return [f"Both take part in {_named(graph, [chain[1] for chain in chains])}."]
    first = f"; the first {MOST} by name are shown" if len(chains) > MOST else ""
    shortest = f"the shortest chain has {count(_between(chains[0]), 'body', 'bodies')} between them"
    number = "is 1 such chain" if len(chains) == 1 else f"are {len(chains)} such chains"
    told = f"They share no {level}; {shortest}. There {number}{first}."
    ways = (f"Chain {place}: {_way(graph, chain)}." for place, chain in enumerate(chains[:MOST], 1))
    return [told, *ways]


def _between(chain: Sequence[str]) -> int:
    """Count the bodies between the two ends of a chain."""
    return len(chain) // 2 - 1


def _way(graph: Graph, chain: Sequence[str]) -> str:
    """Write a chain in words: who is with whom in what."""
    hops = zip(chain[::2], chain[1::2], chain[2::2], strict=False)
    return "; ".join(
        f"{graph.label(one)} with {graph.label(other)} in {_named(graph, [element])}" for one, element, other in hops
    )


def _named(graph: Graph, elements: Sequence[str]) -> str:
    plans = set(graph.plans())
    return listed(
        [
            plan_name(graph, shorten(one)) if shorten(one) in plans else kinded(named(graph, one))
            for one in dict.fromkeys(elements)
        ]
    )


def _not_connected(chosen: Chosen, one: str, other: str) -> list[str]:
    """Say what is missing, and where to look for what does connect them."""
    graph, choice = chosen.graph, chosen.choice
    looked_at = choice.told(graph).partition("; ")[2]
    where = f" in what was chosen ({looked_at})" if looked_at else ""
    absent = [graph.label(body) for body in (one, other) if body not in chosen.organizations]
    why = f"{listed(absent)} {'takes' if len(absent) == 1 else 'take'} part in no {choice.level}"
    if not absent:
        why = f"no chain of shared {choice.level}s leads from one to the other"
    findings = [f"They are not connected{where}: {why}."]
    levels = list(LEVELS)
    for level in reversed(levels[: levels.index(choice.level)]):
        if chains := _chains(shares(graph, replace(choice, level=level)), one, other):
            how = f"both take part in {_named(graph, [chain[1] for chain in chains])}"
            if between := _between(chains[0]):
                how = f"the shortest chain has {count(between, 'body', 'bodies')} between them"
            findings.append(f"At the level {level} they are: {how}.")
            break
    if looked_at and _chains(shares(graph, Choice(choice.level)), one, other):
        findings.append("Without this choice they are connected.")
    return findings


def _part(graph: Graph, one: str, other: str) -> list[str]:
    """Say so if a body is part of another, and through which."""
    line = up_to(graph, one, other)
    if not line:
        return []
    through = f", through {listed([graph.label(body) for body in line[1:-1]])}" if line[1:-1] else ""
    return [f"{graph.label(one)} is part of {graph.label(other)}{through}."]
