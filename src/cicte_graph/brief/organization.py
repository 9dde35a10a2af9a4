"""The briefing on an organization."""

from collections import Counter

from cicte_graph.brief.parts import page, record, section
from cicte_graph.graph import Graph
from cicte_graph.link import Named, named
from cicte_graph.naming import called, enumerated, joined, name, with_kind
from cicte_graph.page import Facts, Grid, Items, Line, Mark, Page, Part, Section, line
from cicte_graph.store import Row
from cicte_graph.targets import term
from cicte_graph.terms import expand, shorten
from cicte_graph.trace import trace_up
from cicte_graph.trace_page import status
from cicte_graph.wording import say, say_number, say_parts
from cicte_graph.words import how_many, listed

__all__ = ["brief_organization"]

COMPANY = 12  # partners met most often that are named
FEW = 3  # more than these are named all the same


def brief_organization(graph: Graph, iri: str) -> Page:
    """Brief on a body: where it takes part, with whom, on which mandates that rests, what is asked of it."""
    rows = graph.rows("partners/participations-of", organization=iri)
    elements = list(dict.fromkeys(row["element"].value for row in rows))
    plans = Counter(shorten(row["plan"].value) for row in rows)
    lead = [line(_lead(graph, iri, plans))]
    lead += [line(text) for text in [graph.description(iri)] if text]
    sections = [
        *section(say("What it is"), Facts(_facts(graph, iri))),
        *_shares(graph, rows),
        *_company(graph, iri, elements),
        *_mandates(graph, elements),
        *_asked(graph, iri),
        *_gaps(graph, plans),
    ]
    return page(graph, iri, say("briefing on an organization"), lead, sections)


def _lead(graph: Graph, iri: str, plans: Counter[str]) -> str:
    times = [
        say_number("once in {plan}", "{number} times in {plan}", plans[plan], plan=graph.label_of(plan))
        for plan in graph.plans()
        if plans[plan]
    ]
    if not times:
        return say("No plan names {organization} as a partner.", organization=graph.label(iri))
    return say("{organization} takes part {times}.", organization=graph.label(iri), times=listed(times))


def _facts(graph: Graph, iri: str) -> list[tuple[str, Line]]:
    def names(property_name: str) -> list[Part]:
        return [name(graph, one) for one in graph.values(iri, property_name)]

    below: list[Part] = [
        name(graph, row["subject"].value)
        for row in graph.rows("records/mentions-of", record=iri)
        if row["property"].value.endswith("#parent")
    ]
    said: list[tuple[str, list[Part]]] = [
        (say("kind"), [term(graph, one) for one in graph.values(iri, "kind")]),
        (say("acronym"), list(dict.fromkeys(graph.values(iri, "acronym")))),
        (say("country"), names("country")),
        (say("part of"), names("parent")),
        (say("replaced by"), names("successor")),
        (say("bodies of it"), below),
    ]
    facts = [(head, line(*joined([[value] for value in values]))) for head, values in said if values]
    return facts + [(say("website"), line(Mark(one, "link"))) for one in graph.values(iri, "website")]


def _shares(graph: Graph, rows: list[Row]) -> list[Section]:
    drawn = [
        [
            line(with_kind(named(graph, row["element"].value), strong=True)),
            line(term(graph, row["role"].value)),
            line(row["written"].value, at=graph.passages(row["participation"].value)),
        ]
        for row in rows
    ]
    columns = [say("element"), say("role"), say("as printed")]
    return section(say("Where it takes part"), Grid(columns, drawn) if drawn else None)


def _company(graph: Graph, iri: str, elements: list[str]) -> list[Section]:
    met: dict[str, list[str]] = {}
    for element in elements:
        if graph.values(element, "inPlan"):  # a plan's closing list keeps no company
            for other in graph.values(element, "partner"):
                if other != iri:
                    met.setdefault(other, []).append(element)
    often = sorted(met, key=lambda other: (-len(met[other]), graph.label(other)))
    shown = often if len(often) <= COMPANY + FEW else often[:COMPANY]
    items = [line(name(graph, other), ": ", *enumerated([[name(graph, one)] for one in met[other]])) for other in shown]
    rest = len(often) - len(items)
    title = say("With whom ({bodies} at the same elements)", bodies=how_many("body", len(often)))
    more = say_number(
        "And {number} other, each met as often or less.", "And {number} others, each met as often or less.", rest
    )
    return section(title, Items(items) if items else None, line(more) if rest else None)


def _mandates(graph: Graph, elements: list[str]) -> list[Section]:
    found: dict[Named, dict[str, Part]] = {}  # by the name of an element, which two plans may share
    firm: dict[Named, str] = {}
    for element in elements:
        for link in trace_up(graph, element).links:
            if link.specific:
                found.setdefault(link.mandate, {}).setdefault(graph.label(element), name(graph, element))
                firm.setdefault(link.mandate, link.status)
    items = [
        line(called(mandate, strong=True), " ", status(firm[mandate]), " ", *enumerated([[one] for one in at.values()]))
        for mandate, at in sorted(found.items(), key=lambda one: one[0].label)
    ]
    return section(say("Mandates that name the subject of what it takes part in"), Items(items) if items else None)


def _asked(graph: Graph, iri: str) -> list[Section]:
    items = [
        record(graph, row["provision"].value, f": {graph.text(row['provision'].value, 'gist')}")
        for row in graph.rows("mandates/addressed-to", addressee=iri)
    ]
    return section(say("What paragraphs ask of it"), Items(items) if items else None)


def _gaps(graph: Graph, plans: Counter[str]) -> list[Section]:
    items = [
        line(*say_parts("{plan} does not name it as a partner.", plan=name(graph, expand(plan))))
        for plan in graph.plans()
        if plans and not plans[plan]
    ]
    return section(say("Gaps"), Items(items) if items else None)
