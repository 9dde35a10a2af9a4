"""The briefing on a country."""

from cicte_graph.brief.parts import page, section
from cicte_graph.graph import Graph
from cicte_graph.link import kinded, named
from cicte_graph.page import Facts, Grid, Items, Line, Mark, Page, Section, line
from cicte_graph.targets import term, written
from cicte_graph.terms import expand
from cicte_graph.words import count

__all__ = ["brief_country"]


def brief_country(graph: Graph, iri: str) -> Page:
    """Brief on a country: what serves it by name or through a region, and which of its bodies take part."""
    serving = graph.rows("countries/served-through-regions", country=iri)
    by_name = [row for row in serving if "region" not in row]
    plans = [expand(plan) for plan in graph.plans()]
    national = [row for plan in plans for row in graph.rows("countries/national-partners", plan=plan)]
    bodies = dict.fromkeys(row["organization"].value for row in national if row["country"].value == iri)
    taking = [(body, row) for body in bodies for row in graph.rows("partners/participations-of", organization=body)]
    own_bodies = {body for body, _ in taking}
    lead = line(
        f"{graph.label(iri)} is named as served by {count(len(by_name), 'element')}, and may be reached through a "
        f"region by {count(len(serving) - len(by_name), 'element')}. "
        f"{count(len(own_bodies), 'body of its own takes', 'bodies of its own take')} part in the plans."
    )
    rows = [
        [
            line(Mark(kinded(named(graph, row["element"].value)), "strong"), at=graph.passages(row["element"].value)),
            line(graph.label(row["region"].value) if "region" in row else "by name"),
            line(written(graph, row["element"].value)),
        ]
        for row in sorted(serving, key=lambda row: "region" in row)
    ]
    own = [
        [
            line(Mark(graph.label(body), "strong"), at=graph.passages(row["participation"].value)),
            line(kinded(named(graph, row["element"].value))),
            line(term(graph, row["role"].value)),
        ]
        for body, row in taking
    ]
    sections = [
        *section("What it is", Facts(_facts(graph, iri))),
        *section("What serves it", Grid(["element", "how", "numbers there"], rows) if rows else None),
        *section("Its own bodies", Grid(["body", "takes part in", "role"], own) if own else None),
        *_gaps(by_name=len(by_name), own=len(own)),
    ]
    return page(graph, iri, "briefing on a country", [lead], sections)


def _facts(graph: Graph, iri: str) -> list[tuple[str, Line]]:
    since = graph.values(iri, "oasMemberSince")
    regions = [
        graph.label(row["subject"].value)
        for row in graph.rows("records/mentions-of", record=iri)
        if row["property"].value.endswith("#member")
    ]
    facts = [("code", line(" ".join(graph.values(iri, "alpha3"))))]
    facts += [("OAS member since", line(since[0]))] if since else []
    return facts + ([("in", line(", ".join(regions)))] if regions else [])


def _gaps(*, by_name: int, own: int) -> list[Section]:
    items = []
    if not by_name:
        items.append(line("No element names it as served."))
    items.append(line("Regions that are named without a list of members, such as the Caribbean, may mean it too."))
    if not own:
        items.append(line("No body of its own takes part."))
    return section("Gaps", Items(items) if items else None)
