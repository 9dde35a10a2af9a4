"""Complete questions, parameters and records in the shell: what argcomplete calls while one types.

Nothing here is imported unless the shell asks.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator

import argcomplete

from cicte_graph.asking import graph_of
from cicte_graph.find import kinds_of
from cicte_graph.graph import Graph, local
from cicte_graph.house import open_house
from cicte_graph.query_library import Parameter, find_queries, pick_query
from cicte_graph.reports import REPORTS
from cicte_graph.terms import shorten

__all__ = ["complete"]


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell and end the process, if it is the shell that asks."""
    for command in _commands(parser):
        for action in command._actions:  # noqa: SLF001 - argparse has no other way to arguments
            if action.dest in COMPLETERS:
                action.completer = COMPLETERS[action.dest]  # type: ignore[attr-defined]
    argcomplete.autocomplete(parser, always_complete_options="long")


def _commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """List the commands of a parser, and theirs."""
    for action in parser._actions:  # noqa: SLF001 - nor to commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield command
                yield from _commands(command)


def _graph(args: argparse.Namespace) -> Graph:
    return graph_of(args)


def _questions(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
    names = (query.name for query in find_queries(open_house(parsed_args.data).queries))
    return [name for name in names if name.startswith(prefix)]


def _parameters(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
    """Complete `name=`, and after it the identifiers or list values that the parameter takes."""
    graph = _graph(parsed_args)
    params = pick_query(graph.house.queries, parsed_args.question).params
    name, equals, value = prefix.partition("=")
    if not equals:
        return [f"{one}=" for one in params if one.startswith(name)]
    if name not in params:
        return []
    return [f"{name}={one}" for one in _values(graph, params[name]) if one.startswith(value)]


def _values(graph: Graph, parameter: Parameter) -> Iterable[str]:
    if parameter.type == "concept":
        return map(local, graph.concepts(parameter.of))
    if parameter.type == "record":
        return _records(graph, *parameter.of.split())
    return [parameter.example]


def _records(graph: Graph, *classes: str) -> list[str]:
    kinds = kinds_of(graph, *classes)
    rows = graph.rows("records/names")
    found = (shorten(row["record"].value).removeprefix("id:") for row in rows if row["class"].value in kinds)
    return list(dict.fromkeys(found))


def _what(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
    return [one for one in _records(_graph(parsed_args)) if one.startswith(prefix)]


def _reports(prefix: str, **_: object) -> list[str]:
    return [name for name in REPORTS if name.startswith(prefix)]


def _plots(prefix: str, **_: object) -> list[str]:
    from cicte_graph.plots import PLOTS

    return [name for name in PLOTS if name.startswith(prefix)]


def _of(class_name: str) -> Callable[..., list[str]]:
    def records(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
        return [one for one in _records(_graph(parsed_args), class_name) if one.startswith(prefix)]

    return records


def _topics(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
    topics = dict.fromkeys(query.topic for query in find_queries(open_house(parsed_args.data).queries))
    return [topic for topic in topics if topic.startswith(prefix)]


def _scheme(scheme: str) -> Callable[..., list[str]]:
    def values(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
        return [key for key in map(local, _graph(parsed_args).concepts(scheme)) if key.startswith(prefix)]

    return values


COMPLETERS: dict[str, Callable[..., list[str]]] = {
    "topic": _topics,
    "basis": _scheme("basis"),
    "status": _scheme("status"),
    "confidence": _scheme("confidence"),
    "question": _questions,
    "parameters": _parameters,
    "what": _what,
    "name": _reports,
    "plot": _plots,
    "select": _what,
    "earlier": _of("WorkPlan"),
    "later": _of("WorkPlan"),
    "plan": _of("WorkPlan"),
    "area": _of("WorkArea"),
    "country": _of("Country"),
    "kind": _scheme("organization-kind"),
    "role": _scheme("role"),
    "organizations": _of("Organization"),
    "one": _of("Organization"),
    "other": _of("Organization"),
}
