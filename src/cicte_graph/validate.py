"""Check the graph: SHACL shapes record by record, and the questions of queries/gaps/ across the whole."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from cicte_graph.conformance import results
from cicte_graph.load import Place
from cicte_graph.query_library import find_queries
from cicte_graph.shape_files import read_shapes
from cicte_graph.shapes import Shape
from cicte_graph.store import Store
from cicte_graph.terms import shorten
from cicte_graph.value_index import Node, ValueIndex

__all__ = ["Finding", "Severity", "find_gaps", "find_violations", "validate", "violations_in"]


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


def validate(store: Store, places: Mapping[str, Place], shapes: Path, gaps: Path) -> list[Finding]:
    """Check the whole graph, worst findings first, then by file and line."""
    found = [*find_violations(store, places, shapes), *find_gaps(store, places, gaps)]
    return sorted(found, key=_order)


def find_violations(store: Store, places: Mapping[str, Place], shapes: Path) -> Iterator[Finding]:
    """Yield what the SHACL shapes object to, a finding for each validation result.

    Raises:
        SourceFileError: A shape file cannot be used.
    """
    return violations_in(store, places, read_shapes(shapes))


def violations_in(
    store: Store, places: Mapping[str, Place], shapes: Iterable[Shape], among: Set[Node] | None = None
) -> Iterator[Finding]:
    """Yield what shapes object to in their targets, or in those of them that are among some nodes."""
    index = ValueIndex(store)
    for shape in shapes:
        nodes = set[Node]()
        for of in shape.targets:
            nodes |= index.instances(of) if among is None else index.of_class(of, among)
        for result in results(shape, nodes, index):
            record = str(result.focus).strip("<>")
            yield Finding(result.shape.name, Severity.VIOLATION, record, result.shape.message, places.get(record))


def find_gaps(store: Store, places: Mapping[str, Place], gaps: Path) -> Iterator[Finding]:
    """Yield the rows of the questions that ask for gaps; a row's first variable is the record."""
    for query in find_queries(gaps):
        for row in store.rows(query.sparql):
            rest = [shorten(row[name].value) for name in list(query.returns)[1:] if name in row]
            message = f"{', '.join(rest)}: {query.fix}" if rest else query.fix
            iri = row[next(iter(query.returns))].value
            yield Finding(query.name, Severity(query.severity), iri, message, places.get(iri))


def _order(finding: Finding) -> tuple[int, str, str, int, str]:
    place = finding.place or Place("", 0)
    return finding.severity.rank, finding.rule, place.path, place.line, shorten(finding.record)
