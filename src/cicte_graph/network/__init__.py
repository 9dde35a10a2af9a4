"""The partner network: who takes part in what, how that joins them, and what a withdrawal would leave.

The networks are networkx graphs; networkx is an extra, and imported where it is used.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from cicte_graph.errors import UsageError

__all__ = ["PARTS", "extra"]

PARTS = {"networkx", "numpy", "scipy"}


@contextmanager
def extra() -> Iterator[None]:
    """Import what needs networkx inside of this, and tell how to install it where it is missing.

    Raises:
        UsageError: A library of the extra is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in PARTS:
            raise
        raise UsageError(f"networks need {error.name}. Install it: pip install 'cicte-graph[map]'") from error
