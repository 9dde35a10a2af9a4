"""The page for queries of the reader's own: the editor, questions of the library as examples, the terms it completes.

What it does is in assets/query.js; where the editor was not packed, a plain field takes its place.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain, groupby

from cicte_graph.explorer.asking import asking
from cicte_graph.explorer.assets import PLACE
from cicte_graph.explorer.fields import example, field_of, offered
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.parts import EDITOR
from cicte_graph.explorer.questions import for_script, named_topic
from cicte_graph.explorer.sheet import Asked, Pages, Sheet
from cicte_graph.graph import Graph
from cicte_graph.query_library import Query, find_queries, in_language
from cicte_graph.terms import shorten
from cicte_graph.vocabulary import vocabulary_of
from cicte_graph.wording import say

__all__ = ["query_page"]

SCRIPTS = (PLACE, "engine.js", "bind.js", "answer.js", "drawings.js", "query.js")
PACKED = "parts/yasgui/yasgui.min"
FIRST = """\
PREFIX cicte: <https://w3id.org/cicte-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?program ?name (COUNT(DISTINCT ?partner) AS ?partners)
WHERE {
  ?program a cicte:Program ; rdfs:label ?name .
  ?element cicte:partOf* ?program ; cicte:partner ?partner .
  FILTER (LANG(?name) = "LANGUAGE")
}
GROUP BY ?program ?name
ORDER BY DESC(?partners) ?name
"""


def query_page(graph: Graph) -> Pages:
    """Give the page for queries."""
    return {"query.html": partial(_page, graph)}


def _page(graph: Graph, here: Here, _: Asked) -> Sheet:
    found = [in_language(query, here.language) for query in find_queries(graph.house.queries)]
    packed = here.has(EDITOR)
    values = {
        "topics": [
            (named_topic(topic), [(query.name, query.said(here.language).title) for query in same])
            for topic, same in groupby(found, key=lambda query: query.topic)
        ],
        "examples": [(query.name, _fields(graph, query, here)) for query in found if query.params],
        "offered": offered(graph, [param for query in found for param in query.params.values()]),
        "first": FIRST.replace("LANGUAGE", here.language).splitlines(),
        "packed": packed,
        "asking": {
            **asking(here),
            "questions": {query.name: _question(graph, query, here) for query in found},
            "terms": list(_terms(graph)),
            "editor": _words(),
        },
    }
    scripts = (f"{PACKED}.js", *SCRIPTS) if packed else SCRIPTS
    styles = (f"{PACKED}.css", "questions.css", "query.css") if packed else ("questions.css", "query.css")
    return Sheet(say("Ask in SPARQL"), "query.html", values, scripts, styles)


def _fields(graph: Graph, query: Query, here: Here) -> list[object]:
    said = query.said(here.language)
    return [field_of(graph, param, said, example(graph, param)) for param in query.params.values()]


def _question(graph: Graph, query: Query, here: Here) -> Mapping[str, object]:
    said = query.said(here.language)
    return {"question": said.question, "why": said.why, **for_script(graph, query, said)}


def _terms(graph: Graph) -> Iterable[tuple[str, str, str]]:
    """List what the editor completes: how it is typed, how it is written into the query, its name."""
    vocabulary = vocabulary_of(graph)
    for term in vocabulary.classes + vocabulary.properties:
        yield shorten(term.iri), shorten(term.iri), graph.label(term.iri)
    for value in chain.from_iterable(vocabulary.values.values()):
        yield shorten(value.iri), f"<{value.iri}>", graph.label(value.iri)  # SPARQL would want its slash escaped


def _words() -> Mapping[str, str]:
    """Give what only this page says; scripts fill in what stands in braces."""
    return {
        "label": say("SPARQL query"),
        "complete": say("Terms that fit"),
        "invalid": say("This line is not SPARQL. Expected:") + " ",
        "table": say("Table"),
        "chart": say("Chart"),
        "network": say("Network"),
        "names": say("Names"),
        "numbers": say("Numbers"),
        "from": say("From"),
        "to": say("To"),
        "bars": say("{value} by {name}, {n} rows.", value="{value}", name="{name}", n="{n}"),
        "ties": say("{one} and {other}: {n} points, {m} lines.", one="{from}", other="{to}", n="{n}", m="{m}"),
        "fewer": say("The first {n} points are drawn; the table holds all.", n="{n}"),
    }
