"""Show one record: what the graph says of it, where that stands, and what names it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from cicte_graph.cache import Version
from cicte_graph.graph import Graph, Passage, local
from cicte_graph.lines import visible, wrapped
from cicte_graph.terms import CICTE, ID, shorten

__all__ = ["Record", "as_text", "show"]

HIDDEN = {f"{CICTE}evidence", f"{CICTE}position"}  # shown as passages; order only


@dataclass(frozen=True, slots=True)
class Statement:
    """A property and one of its values, both as people read them."""

    property: str
    value: str
    id: str = ""  # of the value, if it is a record
    language: str = ""
    property_iri: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its passages and the records that name it."""

    id: str
    label: str
    statements: list[Statement]
    passages: list[Passage]
    named_by: list[Statement]
    graph: Version

    def as_json(self) -> dict[str, object]:
        """Give the record as JSON holds it."""
        return asdict(self)

    def __str__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        from cicte_graph.page_html import text_html

        return text_html(as_text(self))


def show(graph: Graph, iri: str) -> Record:
    """Gather what the graph says of a record."""
    said = [
        _statement(graph, property_iri, value)
        for property_iri, values in graph.said(iri).items()
        if property_iri not in HIDDEN
        for value in values
    ]
    naming = [
        _statement(graph, row["property"].value, row["subject"])
        for row in graph.rows("records/mentions-of", record=iri)
    ]
    return Record(shorten(iri), graph.label(iri), said, graph.passages(iri), naming, graph.version)


def as_text(record: Record) -> str:
    """Write a record for a terminal."""
    return "\n".join([f"{visible(record.label)}  [{record.id}]", "", *_lines(record)]) + "\n"


def _lines(record: Record) -> Iterator[str]:
    width = max((len(statement.property) for statement in record.statements), default=0)
    for statement in record.statements:
        tag = f" @{statement.language}" if statement.language else ""
        target = f"  [{statement.id}]" if statement.id else ""
        yield from wrapped(f"{statement.value}{tag}{target}", f"  {statement.property:<{width}}  ")
    if record.passages:
        yield ""
        yield "stands"
        for passage in record.passages:
            yield from wrapped(str(passage), "  ", indent="    ")
    if record.named_by:
        yield ""
        yield "named by"
        for statement in record.named_by:
            named = f"{statement.value}  [{statement.id}]" if statement.value != statement.id else statement.id
            yield f"  {statement.property}: {visible(named)}"
    yield ""
    yield f"graph {record.graph}"


def _statement(graph: Graph, property_iri: str, value: ox.NamedNode | ox.Literal) -> Statement:
    name = local(property_iri) if property_iri.startswith(CICTE) else shorten(property_iri)
    if isinstance(value, ox.Literal):
        return Statement(name, value.value, "", value.language or "", property_iri)
    ours = value.value.startswith(ID)
    return Statement(
        name,
        graph.label(value.value) if ours else local(value.value) or value.value,
        shorten(value.value),
        property_iri=property_iri,
    )
