"""A page for each question of the library: the form, the answer, what its columns mean, and the SPARQL behind it.

A server answers what a reader fills in; in a folder of files the reader's browser does, by assets/question.js.
"""

import shlex
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import groupby

from cicte_graph.answers import answered, bind
from cicte_graph.errors import UsageError
from cicte_graph.explorer.answered import names_of_records, shown
from cicte_graph.explorer.asking import asking
from cicte_graph.explorer.assets import PLACE
from cicte_graph.explorer.fields import example, field_of, offered
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.graph import Graph
from cicte_graph.printing import render
from cicte_graph.query_library import Query, Said, find_queries, in_language, runnable
from cicte_graph.table import Table
from cicte_graph.wording import say

__all__ = ["for_script", "named_topic", "questions"]

SCRIPTS = (PLACE, "engine.js", "bind.js", "answer.js", "question.js")
STYLES = ("questions.css",)


def questions(graph: Graph) -> Pages:
    """Give the index of questions, and for each question its page and its answer as CSV."""
    found = list(find_queries(graph.house.queries))
    pages: dict[str, Writer] = {"question/index.html": partial(_index, found)}
    for query in found:
        pages[f"question/{query.name}.html"] = partial(_page, graph, query)
        pages[f"question/{query.name}.csv"] = partial(_csv, graph, query)
    return pages


def named_topic(topic: str) -> str:
    """Name a folder of questions in the language spoken; one not known here keeps its own name."""
    return {
        "continuity": say("What became of what"),
        "countries": say("Countries and regions"),
        "gaps": say("Gaps and slips"),
        "lists": say("Lists"),
        "mandates": say("Mandates"),
        "money": say("Money"),
        "network": say("The network"),
        "partners": say("Partners"),
        "people": say("People and targets"),
        "programs": say("Plans and programs"),
        "records": say("Records and words"),
        "trace": say("Traces"),
    }.get(topic, topic)


def _index(found: Iterable[Query], here: Here, _: Asked) -> Sheet:
    topics = [
        (topic, [(query.name, query.said(here.language)) for query in same])
        for topic, same in groupby(found, key=lambda query: query.topic)
    ]
    values = {"topics": topics, "named_topic": named_topic}
    return Sheet(say("Questions"), "question_index.html", values, ("questions.js",), STYLES)


def _page(graph: Graph, query: Query, here: Here, asked: Asked) -> Sheet:
    query = in_language(query, here.language)
    given, trouble = _given(graph, query, asked), ""
    try:
        table = _answered(graph, query, given)
        sparql = runnable(query, bind(graph, query, given) if all(given.values()) else {})
    except UsageError as error:
        trouble, table, sparql = str(error), Table([], []), runnable(query, {})
    said = query.said(here.language)
    values = {
        "query": query,
        "topic": named_topic(query.topic),
        "said": said,
        "fields": [field_of(graph, param, said, given[param.name]) for param in query.params.values()],
        "offered": offered(graph, query.params.values()),
        "example": not any(asked.get(name) for name in query.params),
        "trouble": trouble,
        "table": shown(graph, here, query, said, table),
        "sparql": sparql.splitlines(),
        "command": shlex.join(["cicte-graph", "ask", query.name, *(f"{name}={text}" for name, text in given.items())]),
        "given": given,
        "asking": {**asking(here), "question": for_script(graph, query, said)},
    }
    return Sheet(said.title, "question.html", values, SCRIPTS, STYLES)


def _csv(graph: Graph, query: Query, here: Here, asked: Asked) -> File:
    query = in_language(query, here.language)
    table = _answered(graph, query, _given(graph, query, asked))
    return File(render(table, "csv").encode(), "text/csv; charset=utf-8")


def _answered(graph: Graph, query: Query, given: Mapping[str, str]) -> Table:
    """Answer a question; one whose parameters this graph has no values for finds nothing."""
    if given == _examples(graph, query) and not all(given.values()):
        return Table(list(query.returns), [])
    return answered(graph, query, given)


def _given(graph: Graph, query: Query, asked: Asked) -> dict[str, str]:
    """Take what the reader filled in; nothing filled in asks for the example."""
    given = {name: asked.get(name, "") for name in query.params}
    return given if any(given.values()) else _examples(graph, query)


def _examples(graph: Graph, query: Query) -> dict[str, str]:
    return {name: example(graph, param) for name, param in query.params.items()}


def for_script(graph: Graph, query: Query, said: Said) -> Mapping[str, object]:
    """Tell scripts what they need to ask a question with other parameters and to show its answer."""
    return {
        "name": query.name,
        "sparql": runnable(query, {}),
        "params": _examples(graph, query),
        "returns": said.returns,
        "names": names_of_records(query),
    }
