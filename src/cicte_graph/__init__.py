"""Which mandate justifies this activity? The CICTE work plans as one knowledge graph."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cicte_graph.api import OpenGraph, open_graph

__all__ = ["OpenGraph", "__version__", "open_graph"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import what is asked for when it is: a command starts without it."""
    if name in ("OpenGraph", "open_graph"):
        from cicte_graph import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__} has no attribute {name}")
