"""What each command of `network` does: thin over the library. Every function takes the parsed arguments.

Knows how a network is asked for and written, not how it is made; the parser is in `cicte_graph.cli`.
"""

import argparse
import sys
from typing import TYPE_CHECKING

from cicte_graph.output import emit, give_report, give_table
from cicte_graph.words import count

if TYPE_CHECKING:
    from cicte_graph.graph import Graph
    from cicte_graph.network.choice import Choice
    from cicte_graph.network.networks import Network

CHOICES = {"level", "plan", "area", "kind", "country", "role", "roll_up"}  # as `choose` takes them


def nodes(args: argparse.Namespace) -> int:
    """List the nodes of a network with their measures."""
    graph, network = _network(args)
    from cicte_graph.network.measures import measured

    give_table(args, measured(network, graph.version))
    return 0


def edges(args: argparse.Namespace) -> int:
    """List what joins the nodes of a network, and why."""
    graph, network = _network(args)
    from cicte_graph.network.measures import joined

    if network and not network.edges:
        _note(f"no two are joined: the network has {count(len(network), 'node')} and no edges.")
    give_table(args, joined(network, graph.version))
    return 0


def export(args: argparse.Namespace) -> int:
    """Write a network for another program."""
    _, network = _network(args)
    from cicte_graph.network.files import written

    emit(args, written(network, args.format))
    return 0


def withdraw(args: argparse.Namespace) -> int:
    """Tell what is lost if organizations withdraw."""
    from cicte_graph.find import find_one
    from cicte_graph.network import extra

    with extra():
        from cicte_graph.network.withdraw import withdraw as lost
    graph = _graph(args)
    bodies = [find_one(graph, words, "Organization") for words in args.organizations]
    give_report(args, lost(graph, bodies, _choice(args, graph), with_parts=args.with_parts))
    return 0


def path(args: argparse.Namespace) -> int:
    """Tell how two organizations are connected."""
    from cicte_graph.find import find_one
    from cicte_graph.network import extra

    with extra():
        from cicte_graph.network.path import path as chains
    graph = _graph(args)
    one, other = (find_one(graph, words, "Organization") for words in (args.one, args.other))
    give_report(args, chains(graph, one, other, _choice(args, graph)))
    return 0


def _graph(args: argparse.Namespace) -> "Graph":
    from cicte_graph.asking import graph_of

    return graph_of(args)


def _choice(args: argparse.Namespace, graph: "Graph") -> "Choice":
    """Make the choice of what was given; a command that does not take an option leaves it as it is."""
    from cicte_graph.network.choice import choose

    return choose(graph, **{name: value for name, value in vars(args).items() if name in CHOICES and value})


def _network(args: argparse.Namespace) -> "tuple[Graph, Network[str]]":
    """Make the network asked for, and say on standard error what is not in it."""
    from cicte_graph.network import extra

    with extra():
        from cicte_graph.network.networks import network_of
    from cicte_graph.network.shares import shares
    from cicte_graph.network.ties import above

    graph = _graph(args)
    chosen = shares(graph, _choice(args, graph))
    network = network_of(chosen, args.of)
    if not network:
        _note(f"nobody takes part in what was chosen ({chosen.choice.told(graph)}). Choose less narrowly.")
    if untied := above(chosen):
        _note(f"{untied} Choose --level plan to have them.")
    return graph, network


def _note(text: str) -> None:
    sys.stderr.write(f"cicte-graph: {text}\n")
