"""The explorer over HTTP: pages, records as data, and a small JSON interface, read-only and fit for the open internet.

starlette and uvicorn are an extra, and imported where they are used.
"""

from contextlib import AbstractContextManager

from cicte_graph.extras import needing

__all__ = ["extra"]

PARTS = {"starlette", "uvicorn", "h11", "anyio"}


def extra() -> AbstractContextManager[None]:
    """Import what needs starlette or uvicorn inside of this; see `cicte_graph.extras.needing`."""
    return needing(PARTS, "serve", "serve needs")
