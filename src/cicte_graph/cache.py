"""Keep graphs in the user's cache, each under the digest of its quads; a large one also as a store on disk.

The file of N-Quads is what is kept. The store is made of it, opened without reading the whole, and made again where it
is missing, damaged or of another engine; readers open it, nobody writes to it.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox
from platformdirs import user_cache_path

from cicte_graph.errors import EngineError
from cicte_graph.progress import working
from cicte_graph.store import Store
from cicte_graph.whole_file import write_whole

__all__ = ["LARGE", "Kept", "Version", "cache", "digest_of", "keep", "kept"]

LARGE = (
    16 << 20
)  # bytes of N-Quads from which a store on disk is opened: some 80,000 quads, read in a third of a second
DAY = 86_400  # seconds
CURRENT = "folder-*"  # the pointers to graphs that are asked; others say what some files made, or what was replaced


@dataclass(frozen=True, slots=True)
class Version:
    """What a citation of the graph names: a digest of its quads, and the day they were first built here."""

    digest: str
    built: str  # ISO 8601, UTC

    def __str__(self) -> str:
        return f"{self.digest}, built {self.built}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A graph in the cache: its version and its file."""

    version: Version
    path: Path

    @property
    def large(self) -> bool:
        """Whether it is opened on disk."""
        return self.path.stat().st_size >= LARGE

    def content(self) -> bytes | None:
        """Read its N-Quads; nothing if they are damaged."""
        content = self.path.read_bytes()
        return content if digest_of(content) == self.version.digest else None

    def opened(self) -> Store | None:
        """Open it, in memory or on disk by its size; nothing if it is damaged."""
        if not self.large:
            content = self.content()
            return None if content is None else Store.read(content)
        if self._folder.is_dir():
            try:
                return Store.open(self._folder)
            except EngineError:
                shutil.rmtree(self._folder, ignore_errors=True)
        content = self.content()
        return None if content is None else self._indexed(content)

    def _indexed(self, content: bytes) -> Store:
        """Make the store on disk, whole or not at all; where it cannot be made, read into memory."""
        try:
            with working("making a store"), _beside(self._folder) as folder:
                Store.make(folder, self.path)
                with suppress(FileExistsError):  # another process was quicker
                    folder.rename(self._folder)
            return Store.open(self._folder)
        except (OSError, EngineError) as error:
            sys.stderr.write(f"cicte-graph: the graph is read into memory, no store could be made of it: {error}\n")
            return Store.read(content)

    @property
    def _folder(self) -> Path:
        return self.path.with_name(f"{self.version.digest}-{ox.__version__}.store")  # no engine opens another's


def keep(content: bytes, *pointers: Path) -> Kept:
    """Keep a graph in the cache under its digest, and have files point to it.

    Args:
        content: Sorted N-Quads, as of `n_quads`.
        pointers: Files that are to name it.

    Raises:
        UsageError: The cache cannot be written.
        EngineError: There is no room.
    """
    digest = digest_of(content)
    path = cache() / f"{digest}.nq"
    if not (path.is_file() and path.read_bytes() == content):  # the day it was first built stays
        write_whole(path, content)
    for pointer in pointers:
        write_whole(pointer, digest.encode())
    _sweep()
    return Kept(Version(digest, _day(path.stat().st_mtime)), path)


def kept(pointer: Path) -> Kept | None:
    """Tell which graph a pointer names, if its file is still there."""
    digest = pointer.read_text(encoding="utf-8") if pointer.is_file() else None
    path = cache() / f"{digest}.nq"
    return Kept(Version(digest, _day(path.stat().st_mtime)), path) if digest and path.is_file() else None


def cache() -> Path:
    """Name the folder that graphs are kept in."""
    return user_cache_path("cicte-graph", appauthor=False)


def digest_of(content: bytes) -> str:
    """Digest some bytes as 32 hexadecimal digits."""
    return blake2b(content, digest_size=16).hexdigest()


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a folder that is to take the name of another, and is gone if it does not."""
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove what was made of graphs that are no folder's graph any more; who has it open keeps it."""
    current = {pointer.read_text(encoding="utf-8") for pointer in cache().glob(CURRENT)}
    for made in (*cache().glob("*.store"), *cache().glob("*.names")):
        if made.name.partition("-")[0] not in current:
            shutil.rmtree(made, ignore_errors=True) if made.is_dir() else made.unlink(missing_ok=True)
    for unfinished in cache().glob(".*"):  # of a build that was killed
        with suppress(OSError):  # another process was quicker
            if time.time() - unfinished.stat().st_mtime > DAY:
                shutil.rmtree(unfinished) if unfinished.is_dir() else unfinished.unlink()
