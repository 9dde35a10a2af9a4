"""The partner network: who takes part in what, how that joins them, and what a withdrawal would leave.

The networks are networkx graphs; networkx is an extra, and imported where it is used.
"""

from contextlib import AbstractContextManager

from cicte_graph.extras import needing

__all__ = ["PARTS", "extra"]

PARTS = {"networkx", "numpy", "scipy"}


def extra() -> AbstractContextManager[None]:
    """Import what needs networkx inside of this; see `cicte_graph.extras.needing`."""
    return needing(PARTS, "map", "networks need")
