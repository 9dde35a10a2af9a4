"""Answer a question of the library: bind its parameters as terms, run it, hand back rows.

A parameter is an identifier, a value of a closed list or plain text; it is never pasted into the query.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from cicte_graph.errors import UsageError
from cicte_graph.find import find_one
from cicte_graph.graph import Graph
from cicte_graph.query_library import Parameter, Query, pick_query
from cicte_graph.store import evaluated
from cicte_graph.terms import CONCEPT, shorten

__all__ = ["Answer", "answer", "bind", "tabulate"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query: names of columns, and cells as text with identifiers written short."""

    columns: list[str]
    rows: list[list[str]]
    asked: dict[str, str] = field(default_factory=dict)  # parameters, as the rows repeat them


def answer(graph: Graph, name: str, assignments: Sequence[str]) -> Answer:
    """Answer a question of the library.

    Args:
        graph: The graph to ask.
        name: The question's name, its file's stem.
        assignments: `parameter=value` for each of its parameters.

    Raises:
        NotFoundError: No such question, or a value names nothing.
        UsageError: A parameter is missing, unknown or malformed.
    """
    query = pick_query(graph.house.queries, name)
    bound = bind(graph, query, assignments)
    answered = tabulate(graph.store.query(query.sparql, **bound))
    return replace(answered, asked={name: _cell(term) for name, term in bound.items()})


def bind(graph: Graph, query: Query, assignments: Sequence[str]) -> dict[str, ox.NamedNode | ox.Literal]:
    """Turn `parameter=value` into terms, as the question's header asks."""
    given: dict[str, str] = {}
    for text in assignments:
        name, value = _split(query, text)
        if name in given:
            raise UsageError(f"{name} is given twice. Give it once.")
        given[name] = value
    wanted = " ".join(f"{name}={param.example}" for name, param in query.params.items())
    for name in given:
        if name not in query.params:
            takes = f"It takes {', '.join(query.params)}." if query.params else "It takes none."
            raise UsageError(f"{query.name} has no parameter {name}. {takes}")
    if missing := [name for name in query.params if name not in given]:
        raise UsageError(f"{query.name} needs {', '.join(missing)}. Example: cicte-graph ask {query.name} {wanted}")
    return {name: _term(graph, query.params[name], value) for name, value in given.items()}


def tabulate(result: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> Answer:
    """Write a query's result as a table of text."""
    if isinstance(result, ox.QueryBoolean):
        return Answer(["answer"], [["true" if result else "false"]])
    if isinstance(result, ox.QueryTriples):
        rows = sorted([_cell(t.subject), _cell(t.predicate), _cell(t.object)] for t in evaluated(result))
        return Answer(["subject", "property", "value"], rows)
    columns = [variable.value for variable in result.variables]
    return Answer(columns, [[_cell(solution[column]) for column in columns] for solution in evaluated(result)])


def _split(query: Query, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        names = ", ".join(query.params) or "none"
        raise UsageError(f"{text!r} is not parameter=value. {query.name} takes: {names}.")
    return name, value


def _term(graph: Graph, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    match parameter.type:
        case "record":
            return ox.NamedNode(find_one(graph, value, *filter(None, [parameter.of])))
        case "concept":
            return _concept(graph, parameter, value)
        case _:
            if not value.strip():
                raise UsageError(f"{parameter.name} is empty. Give {parameter.means}.")
            return ox.Literal(value)


def _concept(graph: Graph, parameter: Parameter, value: str) -> ox.NamedNode:
    iri = f"{CONCEPT}{parameter.of}/{value.removeprefix(f'concept:{parameter.of}/')}"
    rows = graph.ask("records/list-values")
    known = {row["concept"].value for row in rows if row["scheme"].value == CONCEPT + parameter.of}
    if iri not in known:
        keys = ", ".join(sorted(one.rpartition("/")[2] for one in known))
        raise UsageError(f"{value} is no {parameter.of}. Use one of {keys}.")
    return ox.NamedNode(iri)


def _cell(term: object) -> str:
    match term:
        case None:
            return ""
        case ox.NamedNode():
            return shorten(term.value)
        case ox.Literal():
            return term.value
        case _:
            return str(term)
