"""Load the house's YAML and Turtle as quads, with the file and line of every record.

Refuses the whole on any fault: nothing is defaulted, nothing is dropped. Knows no rule and no shape.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import pyoxigraph as ox

from cicte_graph.context import read_context
from cicte_graph.errors import DataFaultsError, Fault
from cicte_graph.house import House
from cicte_graph.records import FileRecords, Reference, read_records
from cicte_graph.terms import CICTE, CONCEPT, GRAPH, ID, class_iri, shorten

__all__ = ["Loaded", "Place", "load", "read_ontology"]


EVIDENCE = ox.NamedNode(f"{GRAPH}evidence")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: a file as its editor knows it and a line counted from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the files say: quads by named graph, and where each record stands."""

    quads: list[ox.Quad]
    places: dict[str, Place]  # record IRI -> place


def load(house: House) -> Loaded:
    """Load ontology and data.

    Returns:
        Ontology quads in `graph:ontology`, each data folder's in `graph:<folder>`, and evidence in
        `graph:evidence`; no triple stands in two graphs.

    Raises:
        DataFaultsError: Files have faults; all of them are told.
    """
    ontology = list(read_ontology(house))
    context = read_context(house.context)
    files = [read_records(path, house.name(path), context) for path in house.data_files()]
    places, repeated = _places(files)
    known = {quad.subject.value for quad in ontology if isinstance(quad.subject, ox.NamedNode)} | places.keys()
    faults = [*repeated, *_strangers(files, known)]
    for file in files:
        faults += file.faults.found
    faults += [
        Fault(house.name(path), 1, "not a data file", "End its name in .yaml, or keep it elsewhere.")
        for path in sorted(house.data.rglob("*"))
        if path.is_file() and path.suffix != ".yaml" and path.name != "README.md"
    ]
    if not files:
        faults.append(Fault(house.data.name, 1, "no YAML file in it", "Name a folder laid out like data/."))
    if faults:
        raise DataFaultsError(sorted(set(faults)))
    folders: dict[str, list[FileRecords]] = {}
    for file in files:
        folders.setdefault(file.path.relative_to(house.data).parent.as_posix(), []).append(file)
    quads = [quad for folder, some in folders.items() for quad in _quads(folder, some, context.document)]
    return Loaded(ontology + quads, places)


def read_ontology(house: House) -> Iterator[ox.Quad]:
    """Yield what the ontology's files say, in `graph:ontology`."""
    graph = ox.NamedNode(f"{GRAPH}ontology")
    for path in sorted(house.ontology.glob("*.ttl")):
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _places(files: Iterable[FileRecords]) -> tuple[dict[str, Place], list[Fault]]:
    places: dict[str, Place] = {}
    repeated = []
    for file in files:
        for iri, line in file.lines.items():
            first = places.setdefault(iri, Place(file.faults.name, line))
            if first.path != file.faults.name and iri not in file.shared:
                problem = f"`{iri.removeprefix(ID)}` again (first in {first.path}:{first.line})"
                repeated.append(Fault(file.faults.name, line, problem, "Use another key."))
    return places, repeated


def _strangers(files: Iterable[FileRecords], known: set[str]) -> Iterator[Fault]:
    """Yield a fault for every reference to nothing and every record of no known class."""
    for file in files:
        for reference in file.references:
            ours = reference.target.startswith((ID, CONCEPT, CICTE))
            if ours and reference.target not in known:
                yield Fault(file.faults.name, reference.line, *_explain(reference, known))
        for iri, line in file.lines.items():
            if class_iri(iri.removeprefix(ID)) not in known:
                kind = iri.removeprefix(ID).split("/")[0]
                yield Fault(file.faults.name, line, f"`{kind}` is no class", "Start identifiers with a class's name.")


def _explain(reference: Reference, known: set[str]) -> tuple[str, str]:
    base = next(base for base in (ID, CONCEPT, CICTE) if reference.target.startswith(base))
    start = reference.target[: reference.target.find("/", len(base)) + 1] or base
    near = get_close_matches(reference.target, [iri for iri in known if iri.startswith(start)], n=1, cutoff=0.7)
    what = "no value of its list" if base == CONCEPT else "not defined anywhere"
    remedy = f"Did you mean {shorten(near[0])}?" if near else "Define it, or name one that is."
    return f"`{reference.key}` names {shorten(reference.target)}, which is {what}", remedy


def _quads(folder: str, files: Iterable[FileRecords], context: dict[str, object]) -> Iterator[ox.Quad]:
    """Give what the files of a folder say; read as one document, since the context takes longer than a file."""
    graph = ox.NamedNode(GRAPH + ("data" if folder == "." else folder))
    several = {iri for file in files for iri in file.shared}
    document = json.dumps({"@context": context, "@graph": [node for file in files for node in file.nodes]})
    for quad in ox.parse(document, format=ox.RdfFormat.JSON_LD):
        # what several files may say goes to one graph: the union of graphs would count it twice
        shared = isinstance(quad.subject, ox.NamedNode) and quad.subject.value in several
        yield ox.Quad(quad.subject, quad.predicate, quad.object, EVIDENCE if shared else graph)
