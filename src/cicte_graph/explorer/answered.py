"""An answer as a page shows it: records by name and linked, what every row repeats of the request said once, above.

templates/explorer/assets/answer.js shows an answer that the reader's browser gave in the same way.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cicte_graph.explorer.here import Here, page_of
from cicte_graph.graph import Graph
from cicte_graph.printing import text_of
from cicte_graph.query_library import Query, Said
from cicte_graph.table import Table, Value
from cicte_graph.terms import PREFIXES, expand
from cicte_graph.wording import say

__all__ = ["LONG", "MOST", "Cell", "Shown", "names_of_records", "shown"]

MOST = 300  # rows on a page; the file has all
LONG = 100  # characters; what is longer is no name, and is given room
NAMED = re.compile(r"\brdfs:label\s+\?(\w+)")
SHORT = re.compile(rf"(?:{'|'.join(PREFIXES)}):\S+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as a person reads it, with the way to its page where there is one, and how it is set."""

    text: str
    way: str = ""
    kind: Literal["", "number", "prose"] = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The columns a page shows, by what they mean, and the first rows."""

    columns: list[str]
    rows: list[list[Cell]]
    total: int


def names_of_records(query: Query) -> list[str]:
    """List the columns that hold names of records: a page names them where they stand, in its own language."""
    return [name for name in NAMED.findall(query.sparql) if name in query.returns]


def shown(graph: Graph, here: Here, query: Query, said: Said, answer: Table) -> Shown:
    """Set an answer as a page shows it."""
    names = names_of_records(query)
    kept = [
        place
        for place, name in enumerate(answer.columns)
        if name not in answer.asked and not (name in names and _repeats(graph, answer, place))
    ]
    means = [said.returns[answer.columns[place]] for place in kept]
    rows = [[_cell(graph, here, row[place]) for place in kept] for row in answer.rows[:MOST]]
    return Shown([text[:1].upper() + text[1:] for text in means], rows, len(answer))


def _repeats(graph: Graph, answer: Table, place: int) -> bool:
    """Tell whether a column names, in every row, the record of one and the same other column."""
    return any(
        all(not row[place] or row[place] in _labels(graph, row[other]) for row in answer.rows)
        for other, name in enumerate(answer.columns)
        if other != place and name not in answer.asked
    )


def _labels(graph: Graph, value: Value) -> list[str]:
    return graph.labels(expand(value)) if isinstance(value, str) and SHORT.fullmatch(value) else []


def _cell(graph: Graph, here: Here, value: Value) -> Cell:
    match value:
        case bool():
            return Cell(say("yes") if value else say("no"))
        case str() if SHORT.fullmatch(value):
            page = page_of(value).partition("#")[0]
            return _written(graph.label_of(value), here.record(value) if here.has(page) else "")
        case int() | float() | Decimal():
            return Cell(text_of(value), kind="number")
        case _:
            return _written(text_of(value))


def _written(text: str, way: str = "") -> Cell:
    return Cell(text, way, "prose" if len(text) > LONG else "")
