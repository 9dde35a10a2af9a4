"""Briefings: one page on one thing, to take into the room. Every sentence is made of what the graph says."""

from collections.abc import Callable

from cicte_graph.brief.country import brief_country
from cicte_graph.brief.element import brief_element
from cicte_graph.brief.mandate import brief_mandate
from cicte_graph.brief.organization import brief_organization
from cicte_graph.brief.plan import brief_plan
from cicte_graph.find import find_one, kinds_of
from cicte_graph.graph import Graph
from cicte_graph.page import Page
from cicte_graph.wording import speaking

__all__ = ["BRIEFED", "brief", "find_briefed"]

BRIEFED: dict[str, Callable[[Graph, str], Page]] = {
    "WorkPlan": brief_plan,
    "PlanElement": brief_element,
    "Mandate": brief_mandate,
    "Organization": brief_organization,
    "Country": brief_country,
}


def find_briefed(graph: Graph, words: str) -> str:
    """Find what a briefing can be on; see `cicte_graph.find.find_one`."""
    return find_one(graph, words, *BRIEFED)


def brief(graph: Graph, iri: str) -> Page:
    """Write the briefing on a plan, element of one, mandate, organization or country, in the graph's language."""
    types = graph.types(iri)
    write = next(write for name, write in BRIEFED.items() if kinds_of(graph, name).intersection(types))
    with speaking(graph.language):
        return write(graph, iri)
