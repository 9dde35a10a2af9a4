"""Which graph is asked: the one built from the house's files, or one that an endpoint holds.

Knows what may be said of it on the command line and in the environment; both graphs answer alike.
"""

import argparse
import os
from pathlib import Path

from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.store import Store
from cicte_graph.time_limit import LIMIT

__all__ = ["graph_of", "named", "opened", "whole"]

ENDPOINT = "CICTE_GRAPH_ENDPOINT"  # of the environment


def graph_of(args: argparse.Namespace, *, last_good: bool = True) -> Graph:
    """Open the graph that a command is to ask, in its language and within its time limit; see `opened`."""
    said = vars(args)
    language, limit = said.get("lang", "en"), said.get("time_limit", LIMIT)
    endpoint = named(args.data, args.endpoint)
    return opened(open_house(args.data), endpoint, language, limit=limit, last_good=last_good)


def named(data: Path | None, endpoint: str | None) -> str | None:
    """Tell which endpoint is to be asked, if one is.

    Args:
        data: A data folder that was named; it goes before the environment.
        endpoint: An endpoint that was named.
    """
    if endpoint is not None or data is not None:
        return endpoint
    return os.environ.get(ENDPOINT) or None


def opened(
    house: House, endpoint: str | None, language: str = "en", *, limit: float = LIMIT, last_good: bool = True
) -> Graph:
    """Open a graph.

    Args:
        house: Whose files are read, and whose queries are asked.
        endpoint: The address that queries are sent to; without it the graph of the files is asked.
        language: Of names and texts.
        limit: Seconds that an endpoint may take for one answer.
        last_good: Whether the last good graph of files that are at fault now may answer.

    Raises:
        UsageError: The address is none.
        CicteGraphError: The files are at fault, or the endpoint does not answer.
    """
    if endpoint is None:
        return Graph.open(house, language, last_good=last_good)
    from cicte_graph.remote.store import open_remote

    return Graph(house, *open_remote(endpoint, house.queries, limit), language)


def whole(house: House, endpoint: str | None) -> Graph:
    """Open a graph and have all of it in memory, for what asks for every page; see `opened`."""
    graph = opened(house, endpoint, last_good=False)
    return graph if isinstance(graph.store, Store) else Graph(house, Store(graph.store), graph.version)
