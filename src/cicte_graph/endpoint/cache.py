"""Answers that were given, the latest used, within a number of bytes."""

from collections import OrderedDict
from collections.abc import Sized
from typing import Generic, TypeVar

__all__ = ["Cache"]

Kept = TypeVar("Kept", bound=Sized)

ENTRY = 1 << 10  # bytes that an entry takes beside its content, on the large side


class Cache(Generic[Kept]):
    """Things by name.

    Args:
        most: Bytes of all together.
        largest: Bytes of one that is worth its place.
    """

    def __init__(self, most: int, largest: int) -> None:
        self.size = 0
        self._most = most
        self._largest = largest
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, name: str) -> Kept | None:
        """Give what has this name."""
        if name in self._kept:
            self._kept.move_to_end(name)
        return self._kept.get(name)

    def put(self, name: str, kept: Kept) -> None:
        """Keep something, and drop what was not used for longest to make place."""
        if name in self._kept or len(kept) > self._largest:
            return
        self._kept[name] = kept
        self.size += len(kept) + ENTRY
        while self.size > self._most:
            _, dropped = self._kept.popitem(last=False)
            self.size -= len(dropped) + ENTRY
