"""The explorer over HTTP: pages, records as data, and a small JSON interface, read-only and fit for the open internet.

starlette and uvicorn are an extra, and imported where they are used.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from cicte_graph.errors import UsageError

__all__ = ["extra"]

PARTS = {"starlette", "uvicorn", "h11", "anyio"}


@contextmanager
def extra() -> Iterator[None]:
    """Import what needs starlette or uvicorn inside of this, and tell how to install them where they are missing.

    Raises:
        UsageError: A library of the extra is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        part = str(error.name).partition(".")[0]
        if part not in PARTS:
            raise
        raise UsageError(f"serve needs {part}. Install it: pip install 'cicte-graph[serve]'") from error
