"""Build the whole graph, whole or not at all, and keep it in the user's cache under its version.

Which graph belongs to which files is kept beside it, by a digest of the files, so a graph in the cache is
never stale. A build writes beside its target and renames at the end.
"""

import contextlib
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from platformdirs import user_cache_path

from cicte_graph.errors import CicteGraphError, ConformanceError, EngineError, SourceFileError, UsageError
from cicte_graph.house import House
from cicte_graph.store import Store

if TYPE_CHECKING:
    from cicte_graph.load import Place

__all__ = [
    "Built",
    "Kept",
    "Version",
    "assemble",
    "build",
    "cache",
    "keep",
    "kept",
    "n_quads",
    "open_store",
    "write_whole",
]


@dataclass(frozen=True, slots=True)
class Built:
    """A graph in memory, with where each of its records stands."""

    store: Store
    places: "dict[str, Place]"
    derived: int  # quads that rules added


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


def assemble(house: House) -> Built:
    """Load the files and draw the rules' conclusions; shapes are not looked at."""
    from cicte_graph.derive import derive
    from cicte_graph.load import load

    loaded = load(house)
    store = Store(loaded.quads)
    return Built(store, loaded.places, derive(store, house.ontology / "rules"))


def build(house: House) -> Kept:
    """Assemble, check and keep the graph: N-Quads, sorted, so that the same files give the same bytes.

    Raises:
        DataFaultsError: Files have faults.
        ConformanceError: The shapes object.
        UsageError: The cache cannot be written.
    """
    fingerprint = house.fingerprint()  # before reading: what is edited meanwhile is another graph
    return keep(n_quads(_checked(house)), _of_files(fingerprint), _of_folder(house))


def open_store(house: House, *, last_good: bool = True) -> tuple[Store, Version]:
    """Open the house's graph, building it first if these files have not been built before.

    While the files are at fault the last good graph answers, and says so on standard error. Where the cache
    cannot be written the graph is built each time, and says so too.

    Args:
        house: Whose graph.
        last_good: Whether the last good graph may answer; what is published or verified must be the files'.

    Returns:
        The graph and its version.

    Raises:
        CicteGraphError: The files are at fault, and no good graph was ever built from this folder or may answer.
    """
    fingerprint = house.fingerprint()
    found = kept(_of_files(fingerprint))
    if found is None:
        sys.stderr.write("cicte-graph: building the graph, once for these files\n")
        try:
            content = n_quads(_checked(house))
        except (SourceFileError, ConformanceError) as error:
            found = kept(_of_folder(house)) if last_good else None
            if found is None:
                raise
            sys.stderr.write(f"{error}\ncicte-graph: answering from the last good graph, {found[1]}\n")
            return Store.read(found[0]), found[1]
        try:
            found = content, keep(content, _of_files(fingerprint), _of_folder(house)).version
        except CicteGraphError as error:
            sys.stderr.write(f"cicte-graph: the graph is not kept: {error}\n")
            found = content, Version(_digest(content), _day(time.time()))
    elif _pointed(_of_folder(house)) != found[1].digest:
        with contextlib.suppress(CicteGraphError):  # a cache that can only be read still answers
            write_whole(_of_folder(house), found[1].digest.encode())
    content, version = found
    return Store.read(content), version


def _checked(house: House) -> Store:
    from cicte_graph.validate import Severity, validate

    built = assemble(house)
    findings = validate(built.store, built.places, house.shapes, house.queries / "gaps")
    violations = [finding for finding in findings if finding.severity is Severity.VIOLATION]
    if violations:
        first = violations[0]
        where = f"{first.place.path}:{first.place.line}" if first.place else first.record
        raise ConformanceError(
            f"{len(violations)} violations, the first at {where}: {first.rule}: {first.message} "
            "See them all: cicte-graph check."
        )
    return built.store


def keep(content: bytes, *pointers: Path) -> Kept:
    """Keep a graph in the cache under its digest, and have files point to it.

    Args:
        content: Sorted N-Quads, as of `n_quads`.
        pointers: Files that are to name it.

    Raises:
        UsageError: The cache cannot be written.
    """
    digest = _digest(content)
    path = cache() / f"{digest}.nq"
    if not (path.is_file() and path.read_bytes() == content):  # the day it was first built stays
        write_whole(path, content)
    for pointer in pointers:
        write_whole(pointer, digest.encode())
    return Kept(Version(digest, _day(path.stat().st_mtime)), path)


def kept(pointer: Path) -> tuple[bytes, Version] | None:
    """Read the graph a pointer names; one that is gone or damaged is as good as none."""
    digest = _pointed(pointer)
    path = cache() / f"{digest}.nq"
    if digest is None or not path.is_file():
        return None
    content = path.read_bytes()
    return (content, Version(digest, _day(path.stat().st_mtime))) if _digest(content) == digest else None


def cache() -> Path:
    """Name the folder that graphs are kept in."""
    return user_cache_path("cicte-graph", appauthor=False)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _pointed(pointer: Path) -> str | None:
    return pointer.read_text(encoding="utf-8") if pointer.is_file() else None


def _of_files(fingerprint: str) -> Path:
    """Name the file that says which graph these very files make."""
    return cache() / f"files-{fingerprint}"


def _of_folder(house: House) -> Path:
    """Name the file that says which graph was last built from this data folder."""
    folder = blake2b(str(house.data.resolve()).encode(), digest_size=16).hexdigest()
    return cache() / f"folder-{folder}"


def n_quads(quads: Iterable[ox.Quad]) -> bytes:
    """Write quads as sorted N-Quads."""
    rows = sorted(f"{quad} ." for quad in quads)
    return ("\n".join(rows) + "\n").encode()


def write_whole(target: Path, content: bytes) -> None:
    """Write a file whole or not at all; what was there stays until the new one is complete.

    A link is followed; a device or pipe is written to as it is.

    Raises:
        UsageError: The target is a folder or cannot be written.
        EngineError: There is no room.
    """
    target = target.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except IsADirectoryError as error:
        raise UsageError(f"{target}: is a folder. Name a file in it.") from error
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}). Name another file.") from error
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError as error:
        raise EngineError(f"{target}: cannot be written ({error.strerror}). Free some space.") from error
    finally:
        Path(name).unlink(missing_ok=True)
