"""Show one record: what the graph says of it, where that stands, and what names it."""

import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from cicte_graph.graph import Graph, Passage, local
from cicte_graph.terms import CICTE, ID, shorten

__all__ = ["Record", "as_text", "as_turtle", "show"]

HIDDEN = {f"{CICTE}evidence", f"{CICTE}position"}  # shown as passages; order only
WIDTH = 110


@dataclass(frozen=True, slots=True)
class Statement:
    """A property and one of its values, both as people read them."""

    property: str
    value: str
    id: str = ""  # of the value, if it is a record
    language: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its passages and the records that name it."""

    id: str
    label: str
    statements: list[Statement]
    passages: list[Passage]
    named_by: list[Statement]
    version: str

    def as_json(self) -> dict[str, object]:
        """Give the record as JSON holds it."""
        return asdict(self)


def show(graph: Graph, iri: str) -> Record:
    """Gather what the graph says of a record."""
    said = [
        _statement(graph, property_iri, value)
        for property_iri, values in graph.said(iri).items()
        if property_iri not in HIDDEN
        for value in values
    ]
    naming = [
        _statement(graph, row["property"].value, row["subject"]) for row in graph.ask("records/mentions-of", record=iri)
    ]
    return Record(shorten(iri), graph.label(iri), said, graph.passages(iri), naming, graph.version)


def as_text(record: Record) -> str:
    """Write a record for a terminal."""
    return "\n".join([f"{record.label}  [{record.id}]", "", *_lines(record)]) + "\n"


def as_turtle(graph: Graph, iri: str) -> bytes:
    """Write what the graph says of a record as Turtle."""
    subject = ox.NamedNode(iri)
    triples = [quad.triple for quad in graph.store if quad.subject == subject]
    from cicte_graph.terms import PREFIXES

    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _lines(record: Record) -> Iterator[str]:
    width = max((len(statement.property) for statement in record.statements), default=0)
    for statement in record.statements:
        tag = f" @{statement.language}" if statement.language else ""
        lead = f"  {statement.property:<{width}}  "
        target = f"  [{statement.id}]" if statement.id else ""
        yield from textwrap.wrap(
            f"{statement.value}{tag}{target}",
            WIDTH,
            initial_indent=lead,
            subsequent_indent=" " * len(lead),
            break_on_hyphens=False,
        )
    if record.passages:
        yield ""
        yield "stands"
        for passage in record.passages:
            yield from textwrap.wrap(
                str(passage), WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
            )
    if record.named_by:
        yield ""
        yield "named by"
        for statement in record.named_by:
            named = f"{statement.value}  [{statement.id}]" if statement.value != statement.id else statement.id
            yield f"  {statement.property}: {named}"
    yield ""
    yield f"graph {record.version}"


def _statement(graph: Graph, property_iri: str, value: ox.NamedNode | ox.Literal) -> Statement:
    name = local(property_iri) if property_iri.startswith(CICTE) else shorten(property_iri)
    if isinstance(value, ox.Literal):
        return Statement(name, value.value, language=value.language or "")
    ours = value.value.startswith(ID)
    return Statement(
        name, graph.label(value.value) if ours else local(value.value) or value.value, shorten(value.value)
    )
