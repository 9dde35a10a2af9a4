"""Lists of everything of a kind, to be narrowed, counted, taken along as CSV and asked for again as SPARQL.

The server narrows a list when it is asked to; in the reader's browser assets/list.js does the same with all rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import pyoxigraph as ox

from cicte_graph.answers import answer
from cicte_graph.errors import UsageError
from cicte_graph.explorer.assets import PLACE
from cicte_graph.explorer.facets import Chosen, Facet, Row, bound, counts, key, matching, no_facet, no_value, take
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.list_cells import offered, order, shown_row
from cicte_graph.explorer.listed import Listed, all_lists
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.graph import Graph
from cicte_graph.printing import separated
from cicte_graph.query_library import pick_query, runnable
from cicte_graph.table import Table

__all__ = ["lists"]

LANGUAGE = "language"  # the parameter of every list's query


@dataclass(frozen=True, slots=True)
class Option:
    """A value one can choose, and how many rows that leaves."""

    key: str
    label: str
    term: ox.NamedNode | ox.Literal
    count: int
    chosen: bool


def lists(graph: Graph) -> Pages:
    """Give a page and a file of CSV for each list."""
    pages: dict[str, Writer] = {}
    for name, listed in all_lists().items():
        pages[f"list/{name}.html"] = partial(_page, graph, listed)
        pages[f"list/{name}.csv"] = partial(_file, graph, listed)
    return pages


def _table(graph: Graph, listed: Listed, language: str) -> Table:
    return graph.once(f"{listed.query} {language}", lambda: answer(graph, listed.query, {LANGUAGE: language}))


def _file(graph: Graph, listed: Listed, here: Here, asked: Asked) -> File:
    """Give the rows asked for; what is not there is an error, since CSV has no place to say so."""
    table = _table(graph, listed, here.language)
    rows = list(table)
    chosen, troubles = take(listed.facets, rows, asked)
    if troubles:
        raise UsageError(troubles[0])
    return File(_csv(table, matching(listed.facets, rows, chosen)).encode(), "text/csv; charset=utf-8")


def _csv(table: Table, rows: list[Row]) -> str:
    return "".join(separated(table.columns, [list(row.values()) for row in rows], "csv"))


def _page(graph: Graph, listed: Listed, here: Here, asked: Asked) -> Sheet:
    query = pick_query(graph.house.queries, listed.query)
    table = _table(graph, listed, here.language)
    rows = list(table)
    chosen, troubles = take(listed.facets, rows, asked)
    left = matching(listed.facets, rows, chosen)
    head = _csv(table, [])
    said = query.said(here.language)
    keys = {name: key(value) for name, value in chosen.items()}
    facets = [_offer(graph, listed, rows, chosen, facet) for facet in listed.facets]
    values = {
        "said": said,
        "listed": listed,
        "facets": facets,
        "troubles": troubles,
        "unknown": no_facet(listed.facets, "{name}"),
        "narrowed": bool(chosen),
        "file": here.to(here.name.replace(".html", ".csv")) + _asks(keys),
        "without_last": here.to(here.name) + _asks(dict(list(keys.items())[:-1])),
        "last": next((facet.title for facet in listed.facets if [facet.name] == list(chosen)[-1:]), ""),
        "rows": [(shown_row(graph, here, listed, row), _csv(table, [row]).removeprefix(head).strip()) for row in left],
        "number": len(rows),
        "head": head.strip(),
        "sparql": runnable(query, {LANGUAGE: ox.Literal(here.language)} | bound(listed.facets, chosen)).splitlines(),
    }
    return Sheet(said.title, "list.html", values, scripts=(PLACE, "list.js"), styles=("list.css",))


def _asks(keys: Mapping[str, str]) -> str:
    return f"?{urlencode(keys)}" if keys else ""


def _offer(
    graph: Graph, listed: Listed, rows: Sequence[Row], chosen: Chosen, facet: Facet
) -> tuple[Facet, list[Option], str]:
    """Give a facet with its options and the sentence that there is no such one."""
    found = counts(listed.facets, rows, chosen, facet)
    options = [
        Option(
            key(value), offered(graph, facet, value), facet.term(value), found[value], chosen.get(facet.name) == value
        )
        for value in sorted(found, key=lambda value: order(graph, value))
    ]
    return facet, options, no_value(facet, "{value}", (option.key for option in options))
