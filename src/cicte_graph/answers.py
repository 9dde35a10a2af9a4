"""Answer a question of the library, or a query of the reader's own: bind parameters as terms, run it, give a table.

A parameter is an identifier, a value of a closed list or plain text; it is never pasted into the query.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import pyoxigraph as ox

from cicte_graph.errors import EngineError, UsageError
from cicte_graph.find import find_one
from cicte_graph.graph import Graph
from cicte_graph.own_query import in_order, taken
from cicte_graph.query_library import Parameter, Query, pick_query
from cicte_graph.store import evaluated
from cicte_graph.table import Table, Value, as_value
from cicte_graph.terms import CONCEPT
from cicte_graph.time_limit import LIMIT, within

__all__ = ["Bound", "answer", "answered", "assigned", "bind", "concept", "run", "stream"]

Bound = dict[str, ox.NamedNode | ox.Literal]


def answer(graph: Graph, name: str, values: Mapping[str, str], *, limit: float = LIMIT) -> Table:
    """Answer a question of the library.

    Args:
        graph: The graph to ask.
        name: The question's name, its file's stem.
        values: A value for each of its parameters.
        limit: Seconds to wait.

    Raises:
        NotFoundError: No such question, or a value names nothing.
        UsageError: A parameter is missing, unknown or malformed.
        EngineError: The time is over, or the engine could not evaluate it.
    """
    return answered(graph, pick_query(graph.house.queries, name), values, limit=limit)


def answered(graph: Graph, query: Query, values: Mapping[str, str], *, limit: float = LIMIT) -> Table:
    """Answer a question that has been read; see `answer`."""
    bound = bind(graph, query, values)
    columns, rows = stream(graph, query.sparql, bound, limit=limit)
    asked = {name: str(as_value(term)) for name, term in bound.items()}
    return Table(columns, list(rows), query.title, asked, graph.version)


def run(graph: Graph, sparql: str, *, limit: float = LIMIT) -> Table:
    """Run a query of the reader's own; see `stream` and `cicte_graph.own_query.taken`."""
    columns, rows = stream(graph, taken(sparql), {}, limit=limit)
    return Table(columns, list(rows), version=graph.version)


def stream(
    graph: Graph, sparql: str, bound: Bound | None = None, *, limit: float = LIMIT
) -> tuple[list[str], Generator[list[Value]]]:
    """Run a query and give its columns and, as they come, its rows.

    A yes-or-no question has one cell; triples have three columns and come sorted.

    Raises:
        UsageError: The query is malformed.
        EngineError: The time is over, or the engine could not evaluate it; also while rows are taken.
    """
    rows = within(limit, _results(sparql, lambda: graph.store.query(sparql, **(bound or {}))))
    columns = next(rows, None)
    if columns is None:
        raise EngineError("the engine gave no columns. Mend the query.")
    return [str(column) for column in columns], rows


def _results(
    sparql: str,
    query: Callable[[], ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]],
) -> Callable[[], Iterator[list[Value]]]:
    """Give the columns, then each row."""

    def work() -> Iterator[list[Value]]:
        result = query()
        if isinstance(result, ox.QueryBoolean):
            yield ["answer"]
            yield [bool(result)]
        elif not isinstance(result, ox.QuerySolutions):
            yield ["subject", "property", "value"]
            triples = [[as_value(part) for part in (t.subject, t.predicate, t.object)] for t in evaluated(result)]
            yield from sorted(triples, key=str)
        else:
            columns = in_order(sparql, [variable.value for variable in result.variables])
            yield list(columns)
            for solution in evaluated(result):
                yield [as_value(solution[column]) for column in columns]

    return work


def assigned(query: Query, assignments: Sequence[str]) -> dict[str, str]:
    """Read `parameter=value` texts, as the command line gives them."""
    given: dict[str, str] = {}
    for text in assignments:
        name, equals, value = text.partition("=")
        if not equals:
            names = ", ".join(query.params) or "none"
            raise UsageError(f"{text!r} is not parameter=value. {query.name} takes: {names}.")
        if name in given:
            raise UsageError(f"{name} is given twice. Give it once.")
        given[name] = value
    return given


def bind(graph: Graph, query: Query, values: Mapping[str, str]) -> Bound:
    """Turn values into terms, as the question's header asks."""
    wanted = " ".join(f"{name}={param.example}" for name, param in query.params.items())
    for name in values:
        if name not in query.params:
            takes = f"It takes {', '.join(query.params)}." if query.params else "It takes none."
            raise UsageError(f"{query.name} has no parameter {name}. {takes}")
    if missing := [name for name in query.params if name not in values]:
        raise UsageError(f"{query.name} needs {', '.join(missing)}. Example: cicte-graph ask {query.name} {wanted}")
    return {name: _term(graph, query.params[name], str(value)) for name, value in values.items()}


def _term(graph: Graph, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    if not value.strip():
        raise UsageError(f"{parameter.name} is empty. Give {parameter.means}.")
    match parameter.type:
        case "record":
            return ox.NamedNode(find_one(graph, value, *parameter.of.split()))
        case "concept":
            return concept(graph, parameter.of, value)
        case _:
            return ox.Literal(value)


def concept(graph: Graph, scheme: str, value: str) -> ox.NamedNode:
    """Take a value of a closed list by its key, or refuse it with those there are and the nearest."""
    key = value.strip().casefold().removeprefix(f"concept:{scheme}/")
    known = sorted(iri.rpartition("/")[2] for iri in graph.concepts(scheme))
    if key not in known:
        near = get_close_matches(key, known, n=1)
        hint = f"Did you mean {near[0]}? Use" if near else "Use"
        raise UsageError(f"{value} is no {scheme}. {hint} one of {', '.join(known)}.")
    return ox.NamedNode(f"{CONCEPT}{scheme}/{key}")
