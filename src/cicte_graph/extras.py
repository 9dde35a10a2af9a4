"""Libraries that not everyone has installed: asked for where they are used, and missed in words that say what to do."""

from collections.abc import Container, Iterator
from contextlib import contextmanager

from cicte_graph.errors import UsageError

__all__ = ["needing"]


@contextmanager
def needing(parts: Container[str], extra: str, who: str) -> Iterator[None]:
    """Import what needs some libraries inside of this, and tell how to install them where they are missing.

    Args:
        parts: What the extra brings.
        extra: Its name.
        who: Who needs them, as a sentence begins: `networks need`.

    Raises:
        UsageError: A library of the extra is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        part = str(error.name).partition(".")[0]
        if part not in parts:
            raise
        raise UsageError(f"{who} {part}. Install it: pip install 'cicte-graph[{extra}]'") from error
