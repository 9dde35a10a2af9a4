"""Call every record something a person understands: those without a name of their own by what they say."""

from cicte_graph.graph import Graph, local
from cicte_graph.link import kind_of
from cicte_graph.page import Name
from cicte_graph.targets import target_told, term
from cicte_graph.terms import shorten
from cicte_graph.wording import say

__all__ = ["above", "called", "title"]

PART = ("partOf", "subparagraphOf", "provisionOf")  # the first there is
# what a record of another kind belongs to
BELONGS = {
    "evidence": ("source",),
    "justification": ("element",),
    "participation": ("element",),
    "continuity": ("later",),
    "organization": ("parent",),
}


def title(graph: Graph, iri: str) -> str:
    """Name a record: by its label, or by what it ties together."""
    if graph.labels(iri):
        return graph.label(iri)

    kind = kind_of(iri)
    if kind == "evidence":
        [source] = graph.values(iri, "source")
        return ", ".join([*graph.values(source, "symbol"), *graph.values(iri, "locator")])
    if kind == "target":
        return f"{target_told(graph, iri)}: {', '.join(graph.label(one) for one in above(graph, iri)[-1:])}"
    return _tie(graph, iri, kind) or graph.label(iri)


def _tie(graph: Graph, iri: str, kind: str) -> str:
    """Name what ties two records together by both."""

    def end(property_name: str) -> str:
        return " ".join(graph.label(one) for one in graph.values(iri, property_name))

    def dated(property_name: str) -> str:
        return " ".join(f"{graph.label(one)} ({local(graph.plan_of(one))})" for one in graph.values(iri, property_name))

    if kind == "justification" and (earlier := graph.values(iri, "carriedFrom")):
        basis = " ".join(term(graph, one) for one in graph.values(earlier[0], "basis"))
        return say(
            "{element} rests on {mandate} (carried over, {basis})",
            basis=basis,
            element=end("element"),
            mandate=end("mandate"),
        )
    return {
        "justification": say("{element} rests on {mandate}", element=end("element"), mandate=end("mandate")),
        "participation": say("{organization} in {element}", organization=end("organization"), element=end("element")),
        "continuity": say("{later} carries on {earlier}", later=dated("later"), earlier=dated("earlier")),
    }.get(kind, "")


def called(graph: Graph, iri: str) -> Name:
    """Name a record by its title, with the way to its page."""
    return Name(title(graph, iri), shorten(iri))


def above(graph: Graph, iri: str) -> list[str]:
    """List what a record is part of or belongs to, the highest first."""
    found: list[str] = []
    higher = _higher(graph, iri)
    while higher and higher not in found:
        found.insert(0, higher)
        higher = _higher(graph, higher)
    return found


def _higher(graph: Graph, iri: str) -> str:
    if kind_of(iri) == "target":
        naming = graph.rows("records/mentions-of", record=iri)
        return next((row["subject"].value for row in naming if local(row["property"].value) == "target"), "")
    return next((one for name in BELONGS.get(kind_of(iri), PART) for one in graph.values(iri, name)), "")
