"""The ontology as its files have it: every term with its texts and ties, in the order of the files.

Knows Turtle and the vocabularies that terms are described with; knows no record.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.terms import CICTE, CONCEPT, shorten

__all__ = ["Term", "Vocabulary", "named_in", "vocabulary_of"]


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property, a closed list or a value of one, and all that is said of it."""

    iri: str
    said: Mapping[str, list[ox.NamedNode | ox.Literal]]  # by the short name of the property

    def texts(self, name: str) -> dict[str, str]:
        """Give the texts under a property, by language."""
        return {one.language or "": one.value for one in self.said.get(name, []) if isinstance(one, ox.Literal)}

    def iris(self, *names: str) -> list[str]:
        """List what the term is tied to by some properties."""
        return [one.value for name in names for one in self.said.get(name, []) if isinstance(one, ox.NamedNode)]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms, each sort in the order of the files."""

    turtle: bytes  # the files, one after the other, as they are
    header: Term  # what the ontology says of itself
    classes: list[Term]
    properties: list[Term]
    lists: list[Term]
    values: Mapping[str, list[Term]]  # of each list, by its IRI

    def term(self, iri: str) -> Term | None:
        """Find a class or property."""
        return next((one for one in (*self.classes, *self.properties) if one.iri == iri), None)


def vocabulary_of(graph: Graph) -> Vocabulary:
    """Give the ontology of a graph, read once."""
    return graph.once("vocabulary", lambda: _read(graph.house))


def _read(house: House) -> Vocabulary:
    turtle = b"\n".join(path.read_bytes() for path in sorted(house.ontology.glob("*.ttl")))
    said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            of_term = said.setdefault(quad.subject.value, {})
            of_term.setdefault(shorten(quad.predicate.value), []).append(quad.object)
    kinds: defaultdict[str, list[Term]] = defaultdict(list)
    values: defaultdict[str, list[Term]] = defaultdict(list)
    for term in (Term(iri, texts) for iri, texts in said.items()):
        for kind in term.iris("rdf:type"):
            kinds[shorten(kind)].append(term)
        for scheme in term.iris("skos:inScheme"):
            values[scheme].append(term)
    [header] = kinds["owl:Ontology"]
    properties = kinds["owl:ObjectProperty"] + kinds["owl:DatatypeProperty"]
    order = {iri: n for n, iri in enumerate(said)}
    properties.sort(key=lambda term: order[term.iri])
    return Vocabulary(turtle, header, kinds["owl:Class"], properties, kinds["skos:ConceptScheme"], values)


def named_in(sparql: str) -> set[str]:
    """List the IRIs of our terms that a query names, with a prefix or written out."""
    code = re.sub(r'(?m)^#.*$|"[^"]*"', "", sparql)
    declared = dict(re.findall(r"(?m)^PREFIX ([\w-]+): <([^<>]*)>", code))
    body = re.sub(r"(?m)^PREFIX .*$", "", code)
    found = {declared[prefix] + name for prefix, name in re.findall(r"([\w-]+):([\w-]+)", body) if prefix in declared}
    found |= set(re.findall(r"<([^<>\s]*)>", body))
    return {iri for iri in found if iri.startswith((CICTE, CONCEPT))}
