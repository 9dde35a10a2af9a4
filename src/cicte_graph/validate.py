"""Check the graph: SHACL shapes record by record, and the questions of queries/gaps/ across the whole.

pySHACL judges the shapes, over a plain rdflib graph: over other stores it gives false findings
(docs/decisions/validation.md). Imports are local because they cost a third of a second.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cicte_graph.load import Place
from cicte_graph.query_library import find_queries
from cicte_graph.store import Store
from cicte_graph.terms import shorten

if TYPE_CHECKING:
    import rdflib

__all__ = ["Finding", "Severity", "find_gaps", "find_violations", "validate"]


class Severity(Enum):
    """How bad a finding is; the order is from bad to worth knowing."""

    VIOLATION = "violation"  # the data is at fault: the build stops
    WARNING = "warning"  # the documents leave a gap a reader should know of
    INFO = "info"  # worth knowing

    @property
    def rank(self) -> int:
        """Place in the order, worst first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found: the record, and what to do about it."""

    rule: str
    severity: Severity
    record: str  # IRI
    message: str
    place: Place | None  # absent where a rule made the record


def validate(store: Store, places: dict[str, Place], shapes: Path, gaps: Path) -> list[Finding]:
    """Check the whole graph, worst findings first, then by file and line."""
    found = [*find_violations(store, places, shapes), *find_gaps(store, places, gaps)]
    return sorted(found, key=_order)


def find_violations(store: Store, places: dict[str, Place], shapes: Path) -> Iterator[Finding]:
    """Yield what the SHACL shapes object to.

    Source of the rules: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017, core part.
    """
    from rdflib.namespace import SH

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pySHACL uses parts rdflib means to drop
        from pyshacl import validate as judge

        rules = shapes_graph(shapes)
        _, report, _ = judge(rdflib_graph(store), shacl_graph=rules, inference="none", meta_shacl=False)
    for result in report.objects(None, SH.result):  # not the details nested in it
        shape = report.value(result, SH.sourceShape)
        focus = str(report.value(result, SH.focusNode))
        rule = str(shape).rpartition("/")[2]
        message = str(rules.value(shape, SH.message) or report.value(result, SH.resultMessage))
        yield Finding(rule, Severity.VIOLATION, focus, message, places.get(focus))


def find_gaps(store: Store, places: dict[str, Place], gaps: Path) -> Iterator[Finding]:
    """Yield the rows of the questions that ask for gaps; a row's first variable is the record."""
    for query in find_queries(gaps):
        for row in store.rows(query.sparql):
            rest = [shorten(row[name].value) for name in list(query.returns)[1:] if name in row]
            message = f"{', '.join(rest)}: {query.fix}" if rest else query.fix
            iri = row[next(iter(query.returns))].value
            yield Finding(query.name, Severity(query.severity), iri, message, places.get(iri))


def shapes_graph(shapes: Path) -> "rdflib.Graph":
    """Read every shape file into one graph."""
    import rdflib

    graph = rdflib.Graph()
    for path in sorted(shapes.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def rdflib_graph(store: Store) -> "rdflib.Graph":
    """Copy the union of all graphs into a plain rdflib graph."""
    import rdflib

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
    for quad in store:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _order(finding: Finding) -> tuple[int, str, str, int, str]:
    place = finding.place or Place("", 0)
    return finding.severity.rank, finding.rule, place.path, place.line, shorten(finding.record)
