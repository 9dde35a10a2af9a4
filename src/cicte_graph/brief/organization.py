"""The briefing on an organization."""

from collections import Counter

from cicte_graph.brief.parts import page, record, section
from cicte_graph.graph import Graph, local
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
    taking = say("{organization} takes part {times}.", organization=graph.label(iri), times=listed(times))
    return f"{taking} {_since([local(plan) for plan in graph.plans() if plans[plan]])}"


def _since(years: list[str]) -> str:
    """Say which plan names a body first and which do again; a plan goes by its years."""
    first, *later = years
    if not later:
        return say("Named as a partner in the plan of {years} only.", years=first)
    return say("First named as a partner in the plan of {first}; again in {later}.", first=first, later=listed(later))


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
    items = [line(name(graph, other), ": ", *enumerated([[name(graph, one)] for one in met[other]])) for other in often]
    title = say("With whom ({bodies} at the same elements)", bodies=how_many("body", len(often)))
    return section(title, Items(items))


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
    provisions = [row["provision"].value for row in graph.rows("mandates/addressed-to", addressee=iri)]
    left_out = [one for one in provisions if "false" in graph.values(one, "concernsSecretariat")]
    items = [record(graph, one, f": {graph.text(one, 'gist')}") for one in provisions if one not in left_out]
    unquoted = say_parts(
        "Also addressed to it, but left out by the plan, which does not quote what they ask: {paragraphs}.",
        paragraphs=enumerated([[name(graph, one)] for one in left_out]),
    )
    at = [passage for one in left_out for passage in graph.passages(one)]
    return section(say("What paragraphs ask of it"), Items(items), line(*unquoted, at=at) if left_out else None)


def _gaps(graph: Graph, plans: Counter[str]) -> list[Section]:
    items = [
        line(*say_parts("{plan} does not name it as a partner.", plan=name(graph, expand(plan))))
        for plan in graph.plans()
        if plans and not plans[plan]
    ]
    return section(say("Gaps"), Items(items) if items else None)
