"""The second opinion: the same graph in rdflib, and what pySHACL finds in it."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from cicte_graph.store import Store


def rdflib_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Copy quads into a plain rdflib graph, the union of their graphs."""
    terms: dict[object, rdflib.term.Node] = {}

    def term(node: object) -> rdflib.term.Node:
        made = terms.get(node)
        if made is None:
            if isinstance(node, ox.NamedNode):
                made = rdflib.URIRef(node.value)
            elif isinstance(node, ox.Literal) and node.language:
                made = rdflib.Literal(node.value, lang=node.language)
            elif isinstance(node, ox.Literal):
                datatype = node.datatype.value
                plain = datatype == str(rdflib.XSD.string)
                made = rdflib.Literal(node.value, datatype=None if plain else rdflib.URIRef(datatype))
            else:
                made = rdflib.BNode(str(node).removeprefix("_:"))
            terms[node] = made
        return made

    graph = rdflib.Graph()
    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def shapes_graph(shapes: Path) -> rdflib.Graph:
    """Read every shape file into one graph."""
    graph = rdflib.Graph()
    for path in sorted(shapes.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def pyshacl_findings(store: Store, shapes: Path) -> Counter[tuple[str, str, str]]:
    """Count pySHACL's results by focus node, name of the source shape, and that shape's message."""
    rules = shapes_graph(shapes)
    _, report, _ = pyshacl.validate(rdflib_graph(store), shacl_graph=rules, inference="none", meta_shacl=False)
    found: Counter[tuple[str, str, str]] = Counter()
    for result in report.objects(None, SH.result):  # not the details nested in it
        shape = report.value(result, SH.sourceShape)
        focus = str(report.value(result, SH.focusNode))
        found[focus, str(shape).rpartition("/")[2], str(rules.value(shape, SH.message))] += 1
    return found
