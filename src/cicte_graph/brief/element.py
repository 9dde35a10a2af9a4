"""The briefing on a program, project, activity, outcome or work area."""

from cicte_graph.brief.parts import (
    below,
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
from cicte_graph.graph import Graph, local
from cicte_graph.link import kind_of, kinded, named
from cicte_graph.page import Cite, Grid, Items, Line, Mark, Page, Part, Section, line
from cicte_graph.targets import written
from cicte_graph.terms import expand, shorten
from cicte_graph.trace import trace_up
from cicte_graph.trace_page import within
from cicte_graph.words import count, listed, with_article

__all__ = ["brief_element"]


def brief_element(graph: Graph, iri: str) -> Page:
    """Brief on an element of a plan: what it is, its mandates, money, work, partners, places, continuity, gaps."""
    found = trace_up(graph, iri)
    inner = below(graph, iri)
    elements = [iri, *inner]
    rows = graph.rows("partners/partners-of", element=iri)
    place = listed([above.label for above in found.place], "of")
    kind = with_article(found.kind)
    what = f"{kind.capitalize()} in {place}." if place else ""
    lead = [line(" ".join(filter(None, (what, graph.text(iri, "objective")))), at=graph.passages(iri))]
    lead.append(line(found.verdict))
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
    return page(graph, iri, f"briefing on {kind}", lead, sections)


def _work(graph: Graph, iri: str, inner: list[str]) -> list[Section]:
    """Set projects with their activities and outcomes, or the activities and outcomes of a project."""
    projects = [one for one in inner if kind_of(shorten(one)) == "project"]
    own = [one for one in (iri, *inner) if graph.values(one, "target") or one != iri]
    if projects:
        programs = {parent for project in projects for parent in graph.values(project, "partOf")}
        rows = [_project(graph, project, several=len(programs) > 1) for project in projects]
        grid = without_empty(Grid(["project", "activities", "outcomes"], rows))
        activities = sum(kind_of(shorten(one)) == "activity" for one in inner)
        outcomes = sum(kind_of(shorten(one)) == "outcome" for one in inner)
        told = listed(
            [
                count(len(projects), "project"),
                count(activities, "activity", "activities"),
                count(outcomes, "outcome"),
            ]
        )
        return section("Projects, activities and targets", line(f"{told}."), grid, totals(graph, (iri, *inner)))
    items = [_item(graph, one) for one in own]
    return section("Activities and targets", Items(items) if items else None, totals(graph, (iri, *inner)))


def _project(graph: Graph, project: str, *, several: bool) -> list[Line]:
    inner = below(graph, project)
    of = f" ({', '.join(graph.label(one) for one in graph.values(project, 'partOf'))})" if several else ""
    numbers = written(graph, project)
    cells = [record(graph, project, f"{of}{f': {numbers}' if numbers else ''}")]
    for kind in ("activity", "outcome"):
        ones = [one for one in inner if kind_of(shorten(one)) == kind]
        parts: list[Part] = []
        for one in ones:
            parts += ["; " if parts else "", _told(graph, one), Cite(tuple(graph.passages(one)))]
        cells.append(line(*parts))
    return cells


def _told(graph: Graph, one: str) -> str:
    numbers = written(graph, one)
    return f"{graph.label(one)}{f' [{numbers}]' if numbers else ''}"


def _item(graph: Graph, one: str) -> Line:
    numbers = written(graph, one)
    return record(graph, one, f" ({kind_of(shorten(one))})", f": {numbers}" if numbers else "")


def _continuity(graph: Graph, elements: list[str]) -> list[Section]:
    items = []
    for row in graph.rows("continuity/carried-on"):
        earlier, later = row["earlier"].value, row["later"].value
        if earlier not in elements and later not in elements:
            continue
        how = f"{local(row['kind'].value)}, {local(row['confidence'].value)} confidence"
        before, after = (kinded(named(graph, end)) for end in (earlier, later))
        told = f"{after} carries on {before}" if later in elements else f"{before} is carried on by {after}"
        continuity = row["continuity"].value
        why = graph.text(continuity, "rationale")
        at = graph.passages(continuity)
        items.append(line(f"{told}: {how} (", Mark("curated", "status"), f"). {why}", at=at))
    return section("What it continues and what continues it", Items(items)) if items else []


def _lists(graph: Graph, plan: str) -> bool:
    """Tell whether a plan names partners of the whole."""
    return bool(graph.values(plan, "partner"))


def _gaps(graph: Graph, iri: str, elements: list[str], *, specific: bool, partners: int) -> list[Section]:
    items = []
    if not specific:
        items.append(line("No mandate names its subject, neither itself nor above it."))
    if not partners:
        plan = graph.plan_of(iri)
        whole = len({row["organization"].value for row in graph.rows("partners/partners-of", element=plan)})
        more = (
            f"; its closing list of {count(whole, 'body', 'bodies')} is for the plan as a whole"
            if _lists(graph, plan)
            else ""
        )
        items.append(line(f"The plan names no partner at it or below it{more}."))
    items += [
        line(f"A number is left open at {graph.label(element)}.", at=graph.passages(element))
        for element in elements
        for target in graph.values(element, "target")
        if not graph.values(target, "quantity")
    ]
    joined = {end.value for row in graph.rows("continuity/carried-on") for end in (row["earlier"], row["later"])}
    if not joined.intersection(elements) and kind_of(shorten(iri)) in ("program", "project"):
        first = graph.plans()[0] == shorten(graph.plan_of(iri))
        alone = "No element of a later plan carries it on" if first else "It carries on no element of an earlier plan"
        items.append(line(f"{alone}, nor does anything within it."))
    return section("Gaps", Items(items)) if items else []
