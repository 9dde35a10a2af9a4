"""All that the graph says of a record and all that names it, grouped, and bounded where it would never end."""

import pyoxigraph as ox

from cicte_graph.explorer.titles import called
from cicte_graph.graph import Graph
from cicte_graph.link import status_told
from cicte_graph.naming import joined
from cicte_graph.page import Line, Mark, Name, Part, line
from cicte_graph.terms import CICTE, CONCEPT, ID, class_iri, shorten
from cicte_graph.wording import say, say_as, say_number

__all__ = ["naming", "statements"]

NAMED = 24  # records of a kind that are named; the others are counted
ORDER_ONLY = f"{CICTE}position"

Pairs = list[tuple[str, Line]]


def statements(graph: Graph, iri: str) -> Pairs:
    """Set what is said of a record: each property with its values, those that a rule concluded apart."""
    concluded = {(row["property"].value, row["value"]) for row in graph.rows("records/concluded", record=iri)}
    pairs = []
    for name, values in graph.said(iri).items():
        read = [_value(graph, value) for value in values if (name, value) not in concluded]
        derived = [_value(graph, value) for value in values if (name, value) in concluded]
        parts = _bounded(read) + (["; "] if read and derived else [])
        parts += [Mark(status_told("derived"), "status", "derived"), " ", *_bounded(derived)] if derived else []
        if name != ORDER_ONLY:
            pairs.append((_property(graph, name), line(*parts)))
    return pairs


def naming(graph: Graph, iri: str) -> Pairs:
    """Set what names a record: by property and kind of record, the first by name and all by number."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in graph.rows("records/mentions-of", record=iri):
        subject = row["subject"].value
        kind = class_iri(shorten(subject).removeprefix("id:"))
        found.setdefault((row["property"].value, kind), []).append(subject)
    pairs = []
    for (name, kind), subjects in found.items():
        what = say("{kind}, under “{property}”", kind=graph.label(kind).lower(), property=_property(graph, name))
        parts = _bounded([[called(graph, one)] for one in subjects])
        pairs.append((f"{what} ({len(subjects):,})", line(*parts)))
    return pairs


def _bounded(groups: list[list[Part]]) -> list[Part]:
    """Join values, counting those that are too many to name."""
    more = len(groups) - NAMED
    told: list[list[Part]] = [[say_number("{number} more", "{number} more", more)]] if more > 0 else []
    return joined([*groups[:NAMED], *told], "; ")


def _value(graph: Graph, value: ox.NamedNode | ox.Literal) -> list[Part]:
    if isinstance(value, ox.Literal):
        if value.value.startswith(("http://", "https://")):
            return [Mark(value.value, "link")]
        return [f"{value.value} ({value.language})" if value.language else value.value]
    if value.value.startswith(ID):
        return [called(graph, value.value)]
    if value.value.startswith((CICTE, CONCEPT)):
        return [Name(graph.label(value.value), shorten(value.value))]
    return [Mark(value.value, "link")]


def _property(graph: Graph, iri: str) -> str:
    """Name a property; those of other vocabularies are named here, since the graph holds our terms only."""
    foreign = {
        "rdf:type": say_as("property", "class"),
        "rdfs:label": say_as("property", "name"),
        "skos:altLabel": say_as("property", "also known as"),
        "skos:hiddenLabel": say_as("property", "also found as"),
        "skos:note": say_as("property", "note"),
        "dcterms:description": say_as("property", "description"),
    }
    return foreign.get(shorten(iri)) or graph.label(iri)
