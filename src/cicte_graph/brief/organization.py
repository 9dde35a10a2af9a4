"""The briefing on an organization."""

from collections import Counter

from cicte_graph.brief.parts import page, record, section
from cicte_graph.graph import Graph
from cicte_graph.link import kinded, named
from cicte_graph.page import Facts, Grid, Items, Line, Mark, Page, Section, line
from cicte_graph.store import Row
from cicte_graph.targets import term
from cicte_graph.terms import shorten
from cicte_graph.trace import trace_up
from cicte_graph.words import count, listed

__all__ = ["brief_organization"]

COMPANY = 12  # partners met most often that are named
FEW = 3  # more than these are named all the same


def brief_organization(graph: Graph, iri: str) -> Page:
    """Brief on a body: where it takes part, with whom, on which mandates that rests, what is asked of it."""
    rows = graph.rows("partners/participations-of", organization=iri)
    elements = list(dict.fromkeys(row["element"].value for row in rows))
    plans = Counter(shorten(row["plan"].value) for row in rows)
    told = listed([f"{_times(plans[plan])} in {graph.label_of(plan)}" for plan in graph.plans() if plans[plan]])
    lead = [
        line(f"{graph.label(iri)} takes part {told}." if told else f"No plan names {graph.label(iri)} as a partner.")
    ]
    lead += [line(text) for text in [graph.description(iri)] if text]
    sections = [
        *section("What it is", Facts(_facts(graph, iri))),
        *_shares(graph, rows),
        *_company(graph, iri, elements),
        *_mandates(graph, elements),
        *_asked(graph, iri),
        *_gaps(graph, plans),
    ]
    return page(graph, iri, "briefing on an organization", lead, sections)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _facts(graph: Graph, iri: str) -> list[tuple[str, Line]]:
    said = {
        "kind": [term(graph, one) for one in graph.values(iri, "kind")],
        "acronym": list(dict.fromkeys(graph.values(iri, "acronym"))),
        "country": [graph.label(one) for one in graph.values(iri, "country")],
        "part of": [graph.label(one) for one in graph.values(iri, "parent")],
        "replaced by": [graph.label(one) for one in graph.values(iri, "successor")],
        "bodies of it": [
            graph.label(row["subject"].value)
            for row in graph.rows("records/mentions-of", record=iri)
            if row["property"].value.endswith("#parent")
        ],
    }
    facts = [(name, line(", ".join(values))) for name, values in said.items() if values]
    return facts + [("website", line(Mark(one, "link"))) for one in graph.values(iri, "website")]


def _shares(graph: Graph, rows: list[Row]) -> list[Section]:
    drawn = [
        [
            line(Mark(kinded(named(graph, row["element"].value)), "strong")),
            line(term(graph, row["role"].value)),
            line(row["written"].value, at=graph.passages(row["participation"].value)),
        ]
        for row in rows
    ]
    return section("Where it takes part", Grid(["element", "role", "as printed"], drawn) if drawn else None)


def _company(graph: Graph, iri: str, elements: list[str]) -> list[Section]:
    met: dict[str, list[str]] = {}
    for element in elements:
        if graph.values(element, "inPlan"):  # a plan's closing list keeps no company
            for other in graph.values(element, "partner"):
                if other != iri:
                    met.setdefault(other, []).append(element)
    often = sorted(met, key=lambda other: (-len(met[other]), graph.label(other)))
    shown = often if len(often) <= COMPANY + FEW else often[:COMPANY]
    items = [line(graph.label(other), f": {listed([graph.label(one) for one in met[other]])}") for other in shown]
    rest = len(often) - len(items)
    title = f"With whom ({count(len(often), 'body', 'bodies')} at the same elements)"
    more = line(f"And {count(rest, 'other')}, each met as often or less.") if rest else None
    return section(title, Items(items) if items else None, more)


def _mandates(graph: Graph, elements: list[str]) -> list[Section]:
    found: dict[str, list[str]] = {}
    status: dict[str, str] = {}
    for element in elements:
        for link in trace_up(graph, element).links:
            if link.specific:
                found.setdefault(link.mandate.label, []).append(graph.label(element))
                status.setdefault(link.mandate.label, link.status)
    items = [
        line(Mark(mandate, "strong"), " ", Mark(status[mandate], "status"), f" {listed(list(dict.fromkeys(at)))}")
        for mandate, at in sorted(found.items())
    ]
    return section("Mandates that name the subject of what it takes part in", Items(items) if items else None)


def _asked(graph: Graph, iri: str) -> list[Section]:
    items = [
        record(graph, row["provision"].value, f": {graph.text(row['provision'].value, 'gist')}")
        for row in graph.rows("mandates/addressed-to", addressee=iri)
    ]
    return section("What paragraphs ask of it", Items(items) if items else None)


def _gaps(graph: Graph, plans: Counter[str]) -> list[Section]:
    items = [
        line(f"{graph.label_of(plan)} does not name it as a partner.")
        for plan in graph.plans()
        if plans and not plans[plan]
    ]
    return section("Gaps", Items(items) if items else None)
