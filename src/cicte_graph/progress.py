"""Show a person how far a long work has come; a program that reads standard error sees nothing of it."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

__all__ = ["progressing", "working"]

Item = TypeVar("Item")


def progressing(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """Hand on items, with a bar on standard error while they come if that is a terminal.

    Args:
        items: What the work is made of.
        total: How many there are.
        what: What is done, as in `writing pages`.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, total, console=Console(stderr=True), transient=True)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say on standard error what is being done while it is done, if that is a terminal.

    Args:
        what: What is done, as in `checking`.
    """
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
