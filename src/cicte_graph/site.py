"""Write the explorer as files: every address a file, in a folder that any file server can show.

A site is put in its place as a whole: until it is complete, what was there stays. Knows folders, not pages.
"""

import os
import shutil
import signal
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from cicte_graph.cache import Version
from cicte_graph.errors import CicteGraphError, EngineError, UsageError
from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.progress import progressing
from cicte_graph.store import Store, n_quads

__all__ = ["MARK", "write_site"]

MARK = ".cicte-graph-site"  # in a site of ours, and nowhere else
FEW = 2000  # files that one process writes sooner than others could begin
AT_ONCE = 64  # files handed to a process


def write_site(graph: Graph, folder: Path) -> int:
    """Write every page of a graph.

    Args:
        graph: What the pages are on.
        folder: Where; a site written there before is replaced.

    Returns:
        How many files there are.

    Raises:
        UsageError: Something else is there, or nothing can be written there.
        EngineError: There is no room, or a page cannot be made.
    """
    target = folder.resolve()
    _check(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}). Name another folder.") from error
    try:
        number = _write(graph, beside)
        _mark(beside, graph.version)
        _put(beside, target)
    except OSError as error:
        raise EngineError(f"{folder}: cannot be written ({error.strerror}). Free some space.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return number


def _check(target: Path) -> None:
    """Refuse to replace anything that is not of a site of ours.

    Raises:
        UsageError: There is something else.
    """
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target}: is a file. Name a folder.")
    there = {path.name for path in target.iterdir()} if target.is_dir() else set()
    mark = target / MARK
    ours = {MARK, *mark.read_text(encoding="utf-8").splitlines()[1:]} if mark.is_file() else set()
    if strangers := sorted(there - ours):
        raise UsageError(f"{target}: holds {strangers[0]}, which is no part of a site. Name an empty or a new folder.")


def _mark(folder: Path, version: Version) -> None:
    """Leave word that this is a site of ours, and what is in it."""
    names = sorted(path.name for path in folder.iterdir())
    (folder / MARK).write_text("\n".join([f"graph {version}", *names]) + "\n", encoding="utf-8")


def _put(beside: Path, target: Path) -> None:
    """Put a complete site in its place; if that fails, what was there comes back."""
    beside.chmod(0o755)
    if not target.exists():
        beside.rename(target)
        return
    before = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    old = before / target.name
    try:
        target.rename(old)
        try:
            beside.rename(target)
        except OSError:
            old.rename(target)
            raise
    except OSError:
        with suppress(OSError):
            before.rmdir()  # of the old site nothing is removed before the new one stands
        raise
    shutil.rmtree(before, ignore_errors=True)


def _write(graph: Graph, folder: Path) -> int:
    """Write every file below a folder, with several processes where that is sooner done."""
    explorer = Explorer(graph)
    addresses = list(explorer.addresses())
    if len(addresses) < FEW:
        return sum(_written(explorer, folder, address) for address in addresses)
    content = n_quads(graph.store)
    with ProcessPoolExecutor(
        os.cpu_count(), get_context("spawn"), _begin, (graph.house, content, graph.version, folder)
    ) as processes:
        written = processes.map(_next, addresses, chunksize=AT_ONCE)
        return sum(progressing(written, len(addresses), "writing pages"))


def _written(explorer: Explorer, folder: Path, address: str) -> int:
    path = folder / address
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_bytes(explorer.file(address).content)
    except CicteGraphError as error:
        raise EngineError(f"{address}: cannot be made: {error}") from error
    return 1


_mine: list[tuple[Explorer, Path]] = []  # of a process that writes: what from, and where


def _begin(house: House, content: bytes, version: Version, folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is told to the process that waits for this one
    _mine.append((Explorer(Graph(house, Store.read(content), version)), folder))


def _next(address: str) -> int:
    return _written(*_mine[0], address)
