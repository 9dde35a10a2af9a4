"""Which graph is asked: the one built from the house's files, or one that an endpoint holds.

Knows what may be said of it on the command line and in the environment; both graphs answer alike.
"""

import argparse
import os
from pathlib import Path

from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.time_limit import LIMIT

__all__ = ["ENDPOINT", "graph_of", "opened"]

ENDPOINT = "CICTE_GRAPH_ENDPOINT"  # of the environment


def graph_of(args: argparse.Namespace, *, last_good: bool = True) -> Graph:
    """Open the graph that a command is to ask, in its language and within its time limit; see `opened`."""
    said = vars(args)
    language, limit = said.get("lang", "en"), said.get("time_limit", LIMIT)
    return opened(args.data, args.endpoint, language, limit=limit, last_good=last_good)


def opened(
    data: Path | None, endpoint: str | None, language: str, *, limit: float = LIMIT, last_good: bool = True
) -> Graph:
    """Open a graph.

    Args:
        data: A data folder instead of our own.
        endpoint: The address that queries are sent to; without it, and without a data folder, that of
            CICTE_GRAPH_ENDPOINT; without that the graph of the files is asked.
        language: Of names and texts.
        limit: Seconds that an endpoint may take for one answer.
        last_good: Whether the last good graph of files that are at fault now may answer.

    Raises:
        UsageError: The folder does not exist, or the address is none.
        CicteGraphError: The files are at fault, or the endpoint does not answer.
    """
    house = open_house(data)
    url = endpoint if endpoint is not None or data else os.environ.get(ENDPOINT)
    if not url and endpoint is None:
        return Graph.open(house, language, last_good=last_good)
    from cicte_graph.remote.store import open_remote

    return Graph(house, *open_remote(url or "", house.queries, limit), language)
