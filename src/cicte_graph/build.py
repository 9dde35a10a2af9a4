"""Build the whole graph, whole or not at all, and keep it in the user's cache under its version.

Which graph belongs to which files is kept beside it, by a digest of the files, so a graph in the cache is
never stale. A build writes beside its target and renames at the end.
"""

import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from platformdirs import user_cache_path

from cicte_graph.errors import CicteGraphError, ConformanceError, EngineError, SourceFileError
from cicte_graph.house import House
from cicte_graph.store import Store

if TYPE_CHECKING:
    from cicte_graph.load import Place

__all__ = ["Built", "Kept", "assemble", "build", "n_quads", "open_graph", "write_whole"]


@dataclass(frozen=True, slots=True)
class Built:
    """A graph in memory, with where each of its records stands."""

    store: Store
    places: "dict[str, Place]"
    derived: int  # quads that rules added


@dataclass(frozen=True, slots=True)
class Kept:
    """A graph in the cache: its version, which is a digest of its quads, and its file."""

    version: str
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
    """
    from cicte_graph.validate import Severity, validate

    fingerprint = house.fingerprint()  # before reading: what is edited meanwhile is another graph
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
    content = n_quads(built.store)
    version = blake2b(content, digest_size=16).hexdigest()
    kept = Kept(version, _cache() / f"{version}.nq")
    write_whole(kept.path, content)
    for pointer in (_of_files(fingerprint), _of_folder(house)):
        write_whole(pointer, version.encode())
    return kept


def open_graph(house: House) -> tuple[Store, str]:
    """Open the house's graph, building it first if these files have not been built before.

    While the files are at fault the last good graph answers, and says so on standard error.

    Returns:
        The graph and its version.

    Raises:
        CicteGraphError: The files are at fault and no good graph was ever built from this folder.
    """
    kept = _kept(_of_files(house.fingerprint()))
    if kept is None:
        sys.stderr.write("cicte-graph: building the graph, once for these files\n")
        try:
            kept = build(house)
        except (SourceFileError, ConformanceError) as error:
            kept = _kept(_of_folder(house))
            if kept is None:
                raise
            sys.stderr.write(f"{error}\ncicte-graph: answering from the last good graph, {kept.version}\n")
    elif _kept(_of_folder(house)) != kept:
        write_whole(_of_folder(house), kept.version.encode())
    return Store.open(kept.path), kept.version


def _kept(pointer: Path) -> Kept | None:
    if not pointer.is_file():
        return None
    version = pointer.read_text(encoding="utf-8")
    path = _cache() / f"{version}.nq"
    return Kept(version, path) if path.is_file() else None


def _cache() -> Path:
    return user_cache_path("cicte-graph", appauthor=False)


def _of_files(fingerprint: str) -> Path:
    """Name the file that says which graph these very files make."""
    return _cache() / f"files-{fingerprint}"


def _of_folder(house: House) -> Path:
    """Name the file that says which graph was last built from this data folder."""
    folder = blake2b(str(house.data.resolve()).encode(), digest_size=16).hexdigest()
    return _cache() / f"folder-{folder}"


def n_quads(quads: Iterable[ox.Quad]) -> bytes:
    """Write quads as sorted N-Quads."""
    rows = sorted(f"{quad} ." for quad in quads)
    return ("\n".join(rows) + "\n").encode()


def write_whole(target: Path, content: bytes) -> None:
    """Write a file whole or not at all; what was there stays until the new one is complete.

    Raises:
        CicteGraphError: The target cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise CicteGraphError(f"{target}: cannot be written ({error.strerror}). Name another file.") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError as error:
        raise EngineError(f"{target}: cannot be written ({error.strerror}). Free some space.") from error
    finally:
        Path(name).unlink(missing_ok=True)
