"""Read a whole graph from one file of N-Quads, such as `export` writes, in place of a folder of YAML.

What the file says of the ontology gives way to the house's own, and what rules concluded is concluded anew.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from cicte_graph.errors import DataFaultsError, Fault
from cicte_graph.house import House
from cicte_graph.load import Place, read_ontology
from cicte_graph.store import Store
from cicte_graph.terms import CICTE, CONCEPT, GRAPH, ID, shorten

__all__ = ["Lines", "read_graph_file"]

OURS = ID, CONCEPT, CICTE
REPLACED = f"{GRAPH}ontology", f"{GRAPH}derived"
NAMELESS = "ASK { ?subject ?property ?value FILTER (isBLANK(?subject) || isBLANK(?value)) }"
STRANGERS = """
SELECT ?value
WHERE {
  { SELECT DISTINCT ?value WHERE { ?record ?property ?value FILTER (isIRI(?value)) } }
  FILTER NOT EXISTS { ?value ?said ?more }
}
"""


class Lines(Mapping[str, Place]):
    """Where the records of a file stand: the first line that each is the subject of, looked for when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getitem__(self, iri: str) -> Place:
        return Place(self._path.name, self._lines[iri])

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    @cached_property
    def _lines(self) -> dict[str, int]:
        lines: dict[bytes, int] = {}
        begin = f"<{ID}".encode()
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.startswith(begin):
                    lines.setdefault(line[1 : line.index(b">")], number)
        return {iri.decode(): number for iri, number in lines.items()}


def read_graph_file(house: House) -> tuple[Store, Lines]:
    """Read a graph without its conclusions, and tell where its records stand.

    Raises:
        DataFaultsError: It is not N-Quads, or holds what our graphs do not: triples in no named graph, blank nodes,
            records that are named and of which nothing is said.
    """
    path = house.data
    try:
        store = Store.load(path)
    except SyntaxError as error:
        fault = Fault(path.name, error.lineno or 1, f"not N-Quads: {error.msg}", "Mend the line.")
        raise DataFaultsError([fault]) from error
    for graph in REPLACED:
        store.drop(graph)
    store.extend(read_ontology(house))
    if faults := sorted(_faults(store, path)):
        raise DataFaultsError(faults)
    return store, Lines(path)


def _faults(store: Store, path: Path) -> Iterator[Fault]:
    """Yield what is wrong; lines are looked for only if something is."""
    graphless, nameless = next(store.graphless(), None) is not None, bool(store.query(NAMELESS))
    strangers = {row["value"].value for row in store.rows(STRANGERS) if row["value"].value.startswith(OURS)}
    if not (graphless or nameless or strangers):
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            for quad in ox.parse(line, format=ox.RdfFormat.N_QUADS):
                value = quad.object
                if isinstance(quad.graph_name, ox.DefaultGraph):
                    yield Fault(path.name, number, "a triple in no named graph", "Name one.")
                if isinstance(quad.subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
                    yield Fault(path.name, number, "a blank node", "Give it an IRI.")
                if isinstance(value, ox.NamedNode) and value.value in strangers:
                    what = f"{shorten(value.value)} is named, and nothing is said of it"
                    yield Fault(path.name, number, what, "Say what it is, or name another.")
