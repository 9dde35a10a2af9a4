"""The briefing on a whole plan."""

from collections import Counter

from cicte_graph.brief.parts import below, money, page, places, section, totals
from cicte_graph.graph import Graph
from cicte_graph.link import kind_of
from cicte_graph.page import Facts, Grid, Items, Line, Mark, Page, Section, line
from cicte_graph.targets import term
from cicte_graph.terms import shorten
from cicte_graph.trace import trace_up
from cicte_graph.words import count, how_often, listed

__all__ = ["brief_plan"]


def brief_plan(graph: Graph, iri: str) -> Page:
    """Brief on a plan: its programs and how firmly each rests, money, people, partners, duties, gaps."""
    inner = below(graph, iri)
    kinds = Counter(kind_of(shorten(one)) for one in inner)
    rows = graph.rows("partners/partners-of", element=iri)
    bodies = {row["organization"].value for row in rows}
    has = [
        count(kinds["program"], "program"),
        count(kinds["project"], "project"),
        count(kinds["activity"], "activity", "activities"),
        count(kinds["outcome"], "outcome"),
    ]
    lead = line(
        f"{graph.label(iri)} has {listed(has)}; {count(len(bodies), 'body takes', 'bodies take')} part.",
        at=graph.passages(iri),
    )
    sections = [
        *section("What it is", Facts(_facts(graph, iri))),
        *_programs(graph, inner),
        *money(graph, [iri], inner),
        *section("Numbers it sets", totals(graph, [iri, *inner])),
        *_partners(graph, bodies),
        *places(graph, inner),
        *_listed(graph, iri),
        *_duties(graph, iri),
        *_gaps(graph, iri),
    ]
    return page(graph, iri, "briefing on a work plan", [lead], sections)


def _facts(graph: Graph, iri: str) -> list[tuple[str, Line]]:
    said = {
        "symbol": graph.values(iri, "symbol"),
        "years": list(dict.fromkeys(graph.values(iri, "start") + graph.values(iri, "end"))),
        "status": [term(graph, one) for one in graph.values(iri, "status")],
        "adopted by": [graph.label(one) for one in graph.values(iri, "adoptedBy")],
        "adopted on": graph.values(iri, "adoptedOn"),
        "considered on": graph.values(iri, "consideredOn"),
    }
    return [(name, line(", ".join(values))) for name, values in said.items() if values]


def _programs(graph: Graph, inner: list[str]) -> list[Section]:
    rows = []
    for program in (one for one in inner if kind_of(shorten(one)) == "program"):
        found = trace_up(graph, program)
        specific = [link for link in found.links if link.specific]
        direct = {link.mandate.id for link in specific if not link.carried_from}
        carried = {link.mandate.id for link in specific} - direct
        best = next(iter(specific or found.links), None)
        firm = f"{best.mandate.label}: {best.basis}, {best.status}, {best.confidence} confidence" if best else "none"
        partners = {row["organization"].value for row in graph.rows("partners/partners-of", element=program)}
        rows.append(
            [
                line(Mark(graph.label(program), "strong"), at=graph.passages(program)),
                line(", ".join(graph.label(area) for area in graph.values(program, "partOf"))),
                line(str(sum(kind_of(shorten(one)) == "project" for one in below(graph, program)))),
                line(str(len(partners))),
                line(f"{len(direct)}{f' (+{len(carried)} carried over)' if carried else ''}"),
                line(firm),
            ]
        )
    columns = ["program", "in", "projects", "partners", "mandates that name it", "its strongest mandate"]
    return section("Programs", Grid(columns, rows))


def _partners(graph: Graph, bodies: set[str]) -> list[Section]:
    kinds = Counter(term(graph, kind) for body in bodies for kind in graph.values(body, "kind"))
    order = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
    told = listed([f"{number} {kind}" for kind, number in order])
    return section("Partners by kind", line(f"{told}.") if told else None)


def _listed(graph: Graph, iri: str) -> list[Section]:
    found: dict[str, list[str]] = {}
    for row in graph.rows("mandates/listed-provisions", plan=iri):
        [instrument] = graph.values(row["provision"].value, "provisionOf")
        paragraph = "".join(graph.values(row["provision"].value, "paragraph"))
        left_out = "" if row["concerns"].value == "true" else " (not the Secretariat)"
        found.setdefault(instrument, []).append(paragraph + left_out)
    items = [
        line(
            Mark(" ".join(graph.values(one, "symbol")) or graph.label(one), "strong"),
            f", {graph.label(one)}: {', '.join(paragraphs)}",
            at=graph.passages(one),
        )
        for one, paragraphs in found.items()
    ]
    return section(f"Mandates it lists ({count(len(found), 'instrument')})", Items(items) if items else None)


def _duties(graph: Graph, iri: str) -> list[Section]:
    items = []
    for row in graph.rows("programs/duties"):
        if row["plan"].value == iri:
            when = [
                graph.text(row["clause"].value, "due"),
                how_often(row["frequency"].value if "frequency" in row else ""),
            ]
            to = graph.label(row["recipient"].value)
            told = f" To {to}, {listed([one for one in when if one]) or 'no day set'}."
            items.append(line(graph.text(row["clause"].value, "gist"), told, at=graph.passages(row["clause"].value)))
    return section("Duties it sets the Secretariat", Items(items) if items else None)


def _gaps(graph: Graph, iri: str) -> list[Section]:
    items = [
        line(f"{graph.label(row['element'].value)} (program): no mandate names its subject.")
        for row in graph.rows("mandates/elements-without-specific-mandate")
        if row["plan"].value == iri and row["class"].value.endswith("#Program")
    ]
    items += [
        line(f"A number is left open at {graph.label(row['element'].value)}.", at=graph.passages(row["element"].value))
        for row in graph.rows("people/open-targets")
        if row["plan"].value == iri
    ]
    return section("Gaps", Items(items) if items else None)
