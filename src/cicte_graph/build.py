"""Build the whole graph, whole or not at all, and keep it in the user's cache under its version.

Which graph belongs to which files is kept beside it, by a digest of the files, so a graph in the cache is
never stale. A build writes beside its target and renames at the end.
"""

import contextlib
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from cicte_graph.cache import Kept, Version, cache, digest_of, keep, kept
from cicte_graph.errors import CicteGraphError, ConformanceError, SourceFileError
from cicte_graph.fingerprint import fingerprint_of
from cicte_graph.house import House
from cicte_graph.progress import working
from cicte_graph.store import Store, n_quads
from cicte_graph.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cicte_graph.load import Place

__all__ = ["Built", "assemble", "build", "open_store"]


@dataclass(frozen=True, slots=True)
class Built:
    """A graph in memory, with where each of its records stands."""

    store: Store
    places: "Mapping[str, Place]"
    derived: int  # quads that rules added


def assemble(house: House) -> Built:
    """Load the data and draw the rules' conclusions; shapes are not looked at.

    Raises:
        DataFaultsError: The data has faults.
    """
    from cicte_graph.derive import derive

    with working("reading"):
        store, places = _read(house)
    with working("concluding"):
        return Built(store, places, derive(store, house.ontology / "rules"))


def build(house: House) -> Kept:
    """Assemble, check and keep the graph: N-Quads, sorted, so that the same files give the same bytes.

    Raises:
        DataFaultsError: Files have faults.
        ConformanceError: The shapes object.
        UsageError: The cache cannot be written.
        EngineError: There is no room in it.
    """
    fingerprint = fingerprint_of(house)  # before reading: what is edited meanwhile is another graph
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
    fingerprint = fingerprint_of(house)
    found = kept(_of_files(fingerprint))
    if found and (store := found.opened()) is not None:  # its truth would be its length, for which all is read
        if kept(_of_folder(house)) != found:
            with contextlib.suppress(CicteGraphError):  # a cache that can only be read still answers
                write_whole(_of_folder(house), found.version.digest.encode())
        return store, found.version
    sys.stderr.write("cicte-graph: building the graph, once for these files\n")
    try:
        content = n_quads(_checked(house))
    except (SourceFileError, ConformanceError) as error:
        found = kept(_of_folder(house)) if last_good else None
        store = found.opened() if found else None
        if found is None or store is None:
            raise
        sys.stderr.write(f"{error}\ncicte-graph: answering from the last good graph, {found.version}\n")
        return store, found.version
    try:
        found = keep(content, _of_files(fingerprint), _of_folder(house))
    except CicteGraphError as error:
        sys.stderr.write(f"cicte-graph: the graph is not kept: {error}\n")
        today = datetime.now(UTC).date().isoformat()
        return Store.read(content), Version(digest_of(content), today)
    store = found.opened()
    return Store.read(content) if store is None else store, found.version


def _read(house: House) -> "tuple[Store, Mapping[str, Place]]":
    if house.in_one_file:
        from cicte_graph.graph_file import read_graph_file

        return read_graph_file(house)
    from cicte_graph.load import load

    loaded = load(house)
    return Store(loaded.quads), loaded.places


def _checked(house: House) -> Store:
    from cicte_graph.validate import Severity, validate

    built = assemble(house)
    with working("checking"):
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


def _of_files(fingerprint: str) -> Path:
    """Name the file that says which graph these very files make."""
    return cache() / f"files-{fingerprint}"


def _of_folder(house: House) -> Path:
    """Name the file that says which graph was last built from this data folder."""
    folder = blake2b(str(house.data.resolve()).encode(), digest_size=16).hexdigest()
    return cache() / f"folder-{folder}"
