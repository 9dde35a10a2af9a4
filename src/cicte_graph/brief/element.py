"""The briefing on a program, project, activity, outcome or work area."""

from cicte_graph.brief.parts import (
    below,
    left_open,
    mandates,
    money,
    page,
    partners,
    places,
    record,
    section,
    totals,
    without_empty,
)
from cicte_graph.graph import Graph
from cicte_graph.link import a_kind, kind_of, kind_told, named
from cicte_graph.naming import called, joined, name, with_kind
from cicte_graph.page import Cite, Grid, Items, Line, Page, Part, Section, line
from cicte_graph.targets import term, written
from cicte_graph.terms import expand, shorten
from cicte_graph.trace import Trace, trace_up
from cicte_graph.trace_page import status, within
from cicte_graph.wording import say, say_number, say_parts
from cicte_graph.words import how_many, listed

__all__ = ["brief_element"]


def brief_element(graph: Graph, iri: str) -> Page:
    """Brief on an element of a plan: what it is, its mandates, money, work, partners, places, continuity, gaps."""
    found = trace_up(graph, iri)
    inner = below(graph, iri)
    elements = [iri, *inner]
    rows = graph.rows("partners/partners-of", element=iri)
    objective = graph.text(iri, "objective")
    what = joined([_place(found), [objective] if objective else []], " ")
    lead = [line(*what, at=graph.passages(iri)), line(found.verdict)]
    sections = [
        *mandates(found),
        *within(found.within),
        *_work(graph, iri, inner),
        *money(graph, [expand(above.id) for above in found.place], elements),
        *partners(graph, iri, rows),
        *places(graph, elements),
        *_continuity(graph, elements),
        *_gaps(graph, iri, elements, specific=any(link.specific for link in found.links), partners=len(rows)),
    ]
    return page(graph, iri, say("briefing on {what}", what=a_kind(found.kind)), lead, sections)


def _place(found: Trace) -> list[Part]:
    """Say what an element is, and in what."""
    if not found.place:
        return []
    *inner, plan = map(called, found.place)
    kind = a_kind(found.kind)
    what = kind[0].upper() + kind[1:]
    if not inner:
        return say_parts("{what} in {plan}.", what=what, plan=plan)
    return say_parts("{what} in {place} of {plan}.", what=what, place=joined([one] for one in inner), plan=plan)


def _work(graph: Graph, iri: str, inner: list[str]) -> list[Section]:
    """Set projects with their activities and outcomes, or the activities and outcomes of a project."""
    projects = [one for one in inner if kind_of(shorten(one)) == "project"]
    own = [one for one in (iri, *inner) if graph.values(one, "target") or one != iri]
    if projects:
        programs = {parent for project in projects for parent in graph.values(project, "partOf")}
        rows = [_project(graph, project, several=len(programs) > 1) for project in projects]
        grid = without_empty(Grid([say("project"), say("activities"), say("outcomes")], rows))
        kinds = [kind_of(shorten(one)) for one in inner]
        told = listed([how_many(kind, kinds.count(kind)) for kind in ("project", "activity", "outcome")])
        title = say("Projects, activities and targets")
        return section(title, line(f"{told}."), grid, totals(graph, (iri, *inner)))
    items = [_item(graph, one) for one in own]
    return section(say("Activities and targets"), Items(items) if items else None, totals(graph, (iri, *inner)))


def _project(graph: Graph, project: str, *, several: bool) -> list[Line]:
    inner = below(graph, project)
    programs = joined([[name(graph, one)] for one in graph.values(project, "partOf")]) if several else []
    numbers = written(graph, project)
    of: list[Part] = [" (", *programs, ")"] if programs else []
    cells = [record(graph, project, *of, f": {numbers}" if numbers else "")]
    for kind in ("activity", "outcome"):
        ones = [one for one in inner if kind_of(shorten(one)) == kind]
        cells.append(line(*joined([_told(graph, one) for one in ones], "; ")))
    return cells


def _told(graph: Graph, one: str) -> list[Part]:
    numbers = written(graph, one)
    return [name(graph, one), f" [{numbers}]" if numbers else "", Cite(tuple(graph.passages(one)))]


def _item(graph: Graph, one: str) -> Line:
    numbers = written(graph, one)
    return record(graph, one, f" ({kind_told(kind_of(shorten(one)))})", f": {numbers}" if numbers else "")


def _continuity(graph: Graph, elements: list[str]) -> list[Section]:
    items = []
    for row in graph.rows("continuity/carried-on"):
        earlier, later = row["earlier"].value, row["later"].value
        if earlier not in elements and later not in elements:
            continue
        continuity = row["continuity"].value
        ends = {"earlier": with_kind(named(graph, earlier)), "later": with_kind(named(graph, later))}
        told = (
            say_parts("{later} carries on {earlier}", **ends)
            if later in elements
            else say_parts("{earlier} is carried on by {later}", **ends)
        )
        confidence = say("{confidence} confidence", confidence=term(graph, row["confidence"].value))
        how = f": {term(graph, row['kind'].value)}, {confidence} ("
        why = graph.text(continuity, "rationale")
        items.append(line(*told, how, status("curated"), f"). {why}", at=graph.passages(continuity)))
    return section(say("What it continues and what continues it"), Items(items)) if items else []


def _gaps(graph: Graph, iri: str, elements: list[str], *, specific: bool, partners: int) -> list[Section]:
    items = []
    if not specific:
        items.append(line(say("No mandate names its subject, neither itself nor above it.")))
    if not partners:
        items.append(line(_unpartnered(graph, graph.plan_of(iri))))
    items += [
        left_open(graph, element)
        for element in elements
        for target in graph.values(element, "target")
        if not graph.values(target, "quantity")
    ]
    tied = {end.value for row in graph.rows("continuity/carried-on") for end in (row["earlier"], row["later"])}
    if not tied.intersection(elements) and kind_of(shorten(iri)) in ("program", "project"):
        first = graph.plans()[0] == shorten(graph.plan_of(iri))
        alone = (
            say("No element of a later plan carries it on, nor does anything within it.")
            if first
            else say("It carries on no element of an earlier plan, nor does anything within it.")
        )
        items.append(line(alone))
    return section(say("Gaps"), Items(items)) if items else []


def _unpartnered(graph: Graph, plan: str) -> str:
    if not graph.values(plan, "partner"):  # it names no partners of the whole
        return say("The plan names no partner at it or below it.")
    return say_number(
        "The plan names no partner at it or below it; its closing list of {number} body is for the plan as a whole.",
        "The plan names no partner at it or below it; its closing list of {number} bodies is for the plan as a whole.",
        len({row["organization"].value for row in graph.rows("partners/partners-of", element=plan)}),
    )
