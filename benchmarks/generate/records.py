"""Records of made-up plans, as quads: what each is like, and in which graph it stands.

Knows the model; knows nothing of how many there are or who is tied to whom.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from cicte_graph.terms import CICTE, CONCEPT, GRAPH, ID, PREFIXES, class_iri

__all__ = ["RDF_TYPE", "Record", "Said", "Value", "concept", "record", "texts", "typed"]

Value = ox.NamedNode | ox.Literal
Said = dict[str, Value | str | Sequence[Value | str]]  # by property; text names another record
RDF_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
LABEL = f"{PREFIXES['rdfs']}label"
XSD = PREFIXES["xsd"]


@dataclass(slots=True)
class Record:
    """One record: its identifier below `id:`, its class, the graph it stands in, and what is said of it."""

    key: str
    kind: str
    graph: str
    said: dict[str, list[Value]] = field(default_factory=dict)

    @property
    def iri(self) -> ox.NamedNode:
        """The identifier, written out."""
        return ox.NamedNode(ID + self.key)

    def quads(self) -> Iterator[ox.Quad]:
        """Give the record as quads, in the order in which it was made."""
        graph = ox.NamedNode(GRAPH + self.graph)
        for kind in dict.fromkeys([class_iri(self.key), CICTE + self.kind]):
            yield ox.Quad(self.iri, RDF_TYPE, ox.NamedNode(kind), graph)
        for name, values in self.said.items():
            property_ = ox.NamedNode(LABEL if name == "label" else CICTE + name)
            for value in values:
                yield ox.Quad(self.iri, property_, value, graph)


def record(key: str, kind: str, graph: str, said: Said) -> Record:
    """Make a record."""

    def values(given: Value | str | Sequence[Value | str]) -> list[Value]:
        listed = [given] if isinstance(given, str | ox.NamedNode | ox.Literal) else given
        return [ox.NamedNode(ID + one) if isinstance(one, str) else one for one in listed]

    return Record(key, kind, graph, {name: values(given) for name, given in said.items()})


def concept(key: str) -> ox.NamedNode:
    """Name a value of a closed list."""
    return ox.NamedNode(CONCEPT + key)


def texts(english: str, spanish: str) -> list[Value]:
    """Say something in both languages."""
    return [ox.Literal(english, language="en"), ox.Literal(spanish, language="es")]


def typed(value: object, datatype: str = "string") -> ox.Literal:
    """Write a value with its type of XML Schema."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + datatype))
