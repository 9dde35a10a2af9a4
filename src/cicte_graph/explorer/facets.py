"""Narrow the rows of a list by what its columns hold, and count what each value would leave.

Knows rows of short identifiers and what a reader asked for; knows nothing of pages.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from cicte_graph.answers import Bound
from cicte_graph.explorer.sheet import Asked
from cicte_graph.table import Value
from cicte_graph.terms import expand
from cicte_graph.wording import say

__all__ = ["NONE", "Chosen", "Facet", "Row", "bound", "counts", "key", "matching", "no_facet", "no_value", "take"]

NONE = "none"  # as the queries write that there is no value

Row = Mapping[str, Value]
Chosen = Mapping[str, str]  # the value by the facet's name, in the order in which they were chosen


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a list: by one column, whose cells hold one value or several between blanks."""

    name: str  # the field of the form, and the variable to bind in the query
    title: str
    column: str = ""  # of several values; without it the column has the facet's name and one value
    says: Mapping[str, str] = field(default_factory=dict)  # what values that are no records are called

    def values(self, row: Row) -> list[str]:
        """List what a row holds."""
        cell = str(row[self.column or self.name])
        return cell.split() if self.column else [cell]

    def term(self, value: str) -> ox.NamedNode | ox.Literal:
        """Give a value as the query compares it: one of several is text, and so is what is no record."""
        return ox.Literal(value) if self.column or ":" not in value else ox.NamedNode(expand(value))


def key(value: str) -> str:
    """Write a value for an address: id:work-plan/2012 is 2012, concept:basis/stated is stated."""
    return value.partition("/")[2] or value.rpartition(":")[2]


def take(facets: Sequence[Facet], rows: Sequence[Row], asked: Asked) -> tuple[Chosen, list[str]]:
    """Read what a reader filled in: the values chosen, and a sentence on each thing that is not there."""
    known = {facet.name: facet for facet in facets}
    chosen, troubles = {}, []
    for name, wanted in asked.items():
        if name not in known:
            troubles.append(no_facet(facets, name))
        elif wanted:  # a field left empty asks for nothing
            there = {key(value): value for row in rows for value in known[name].values(row)}
            if wanted in there:
                chosen[name] = there[wanted]
            else:
                troubles.append(no_value(known[name], wanted, there))
    return chosen, troubles


def no_facet(facets: Sequence[Facet], name: str) -> str:
    """Say that a list cannot be narrowed so, and how it can."""
    names = ", ".join(facet.name for facet in facets)
    return say("This list cannot be narrowed by {name}, but by: {names}.", name=name, names=names)


def no_value(facet: Facet, wanted: str, there: Iterable[str]) -> str:
    """Say that a facet has no such value, and which it has."""
    values = ", ".join(sorted(there))
    return say("{facet}: there is no {value}. There are: {values}.", facet=facet.title, value=wanted, values=values)


def matching(facets: Sequence[Facet], rows: Sequence[Row], chosen: Chosen) -> list[Row]:
    """List the rows that hold every value chosen."""
    asked = [(facet, chosen[facet.name]) for facet in facets if facet.name in chosen]
    return [row for row in rows if all(value in facet.values(row) for facet, value in asked)]


def counts(facets: Sequence[Facet], rows: Sequence[Row], chosen: Chosen, facet: Facet) -> Counter[str]:
    """Count for each value of a facet the rows it would leave beside what else is chosen, nothing included."""
    others = {name: value for name, value in chosen.items() if name != facet.name}
    found = Counter({value: 0 for row in rows for value in facet.values(row)})
    found.update(value for row in matching(facets, rows, others) for value in facet.values(row))
    return found


def bound(facets: Sequence[Facet], chosen: Chosen) -> Bound:
    """Give what is chosen as terms for the query, in the order of the facets."""
    return {facet.name: facet.term(chosen[facet.name]) for facet in facets if facet.name in chosen}
