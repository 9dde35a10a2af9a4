"""What stands in the cells of a list: values by their names, with the way to each record's page.

Knows how a value is called in a cell and in a choice; knows nothing of which rows are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cicte_graph.citation import plain
from cicte_graph.explorer.facets import NONE, Facet, Row, key
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.listed import Column, Listed
from cicte_graph.graph import Graph, local
from cicte_graph.printing import text_of
from cicte_graph.terms import expand
from cicte_graph.wording import say

__all__ = ["Cell", "ShownRow", "Value", "offered", "order", "shown_row"]

LAST = "9999"  # a year after all plans


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a cell: its words, the way to its page if it is a record, and its key."""

    text: str
    way: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell below a column; rank orders what is not in the order of its words."""

    column: Column
    values: list[Value]
    rank: str
    none: str  # what stands there without a value


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: the record, what stands below its name, its cells, and what it holds for each facet."""

    record: Value
    below: list[Value]
    cells: list[Cell]
    holds: Mapping[str, str]  # keys between blanks, by facet


def shown_row(graph: Graph, here: Here, listed: Listed, row: Row) -> ShownRow:
    """Set a row for the page."""
    several = {facet.column for facet in listed.facets}

    def values(column: str, says: Mapping[str, str]) -> list[Value]:
        text = text_of(row[column])
        if text in ("", NONE):
            return []
        named = [_value(graph, here, one, says) for one in (text.split() if column in several else [text])]
        return sorted(named, key=lambda value: plain(value.text))

    def cell(column: Column) -> Cell:
        ranks = graph.values_of(text_of(row[column.name]), "rank") if column.kind == "basis" else []
        return Cell(column, values(column.name, column.says), "".join(ranks), column.says.get(NONE, say("none")))

    label = text_of(row["label"])
    below = [value for column in listed.below for value in values(column, {})]
    return ShownRow(
        Value(label, here.record(text_of(row[listed.record]))),
        [value for value in below if value.way or value.text not in label],
        [cell(column) for column in listed.columns],
        {facet.name: " ".join(key(value) for value in facet.values(row)) for facet in listed.facets},
    )


def _value(graph: Graph, here: Here, text: str, says: Mapping[str, str]) -> Value:
    if not text.startswith(("id:", "concept:", "cicte:")):
        return Value(says.get(text, text))
    way = here.record(text) if text.startswith("id:") else ""
    return Value(_called(graph, text), way, key(text))


def _called(graph: Graph, value: str) -> str:
    iri = expand(value)
    return local(iri) if graph.values(iri, "start") else graph.label(iri)  # a plan goes by its years


def offered(graph: Graph, facet: Facet, value: str) -> str:
    """Call a value where it is chosen: with its plan, if it is of one, and a plan with what it is."""
    if ":" not in value:
        return facet.says.get(value) or say("none")
    iri = expand(value)
    beside = [local(plan) for plan in graph.values(iri, "inPlan")]
    if graph.values(iri, "start"):
        beside = [graph.label(status).lower() for status in graph.values(iri, "status")]
    return f"{_called(graph, value)} ({', '.join(beside)})" if beside else _called(graph, value)


def order(graph: Graph, value: str) -> tuple[str, int, str]:
    """Tell where a value stands among others: by plan, by rank, by name; no value stands last."""
    if ":" not in value:
        return LAST, 0, value
    iri = expand(value)
    [start] = graph.values(graph.plan_of(iri), "start") or [""]
    [rank] = graph.values(iri, "rank") or ["0"]
    return start, int(rank), plain(graph.label(iri))
