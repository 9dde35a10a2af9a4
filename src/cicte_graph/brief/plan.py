"""The briefing on a whole plan."""

from collections import Counter

from cicte_graph.brief.parts import below, left_open, money, page, places, section, totals
from cicte_graph.graph import Graph
from cicte_graph.link import Link, basis_told, confidence_told, kind_of, status_told
from cicte_graph.naming import called, joined, name
from cicte_graph.page import Facts, Grid, Items, Line, Name, Page, Part, Section, line
from cicte_graph.targets import term
from cicte_graph.terms import shorten
from cicte_graph.trace import trace_up
from cicte_graph.wording import say, say_number, say_parts
from cicte_graph.words import how_many, how_often, listed

__all__ = ["brief_plan"]


def brief_plan(graph: Graph, iri: str) -> Page:
    """Brief on a plan: its programs and how firmly each rests, money, people, partners, duties, gaps."""
    inner = below(graph, iri)
    kinds = Counter(kind_of(shorten(one)) for one in inner)
    rows = graph.rows("partners/partners-of", element=iri)
    bodies = {row["organization"].value for row in rows}
    lead = line(
        say(
            "{plan} has {contents}; {taking}.",
            plan=graph.label(iri),
            contents=listed([how_many(kind, kinds[kind]) for kind in ("program", "project", "activity", "outcome")]),
            taking=say_number("{number} body takes part", "{number} bodies take part", len(bodies))
            if bodies
            else say("no bodies take part"),
        ),
        at=graph.passages(iri),
    )
    sections = [
        *section(say("What it is"), Facts(_facts(graph, iri))),
        *_programs(graph, inner),
        *money(graph, [iri], inner),
        *section(say("Numbers it sets"), totals(graph, [iri, *inner])),
        *_partners(graph, bodies),
        *places(graph, inner),
        *_listed(graph, iri),
        *_duties(graph, iri),
        *_gaps(graph, iri),
    ]
    return page(graph, iri, say("briefing on a work plan"), [lead], sections)


def _facts(graph: Graph, iri: str) -> list[tuple[str, Line]]:
    said: list[tuple[str, list[Part]]] = [
        (say("symbol"), [*graph.values(iri, "symbol")]),
        (say("years"), list(dict.fromkeys(graph.values(iri, "start") + graph.values(iri, "end")))),
        (say("status"), [term(graph, one) for one in graph.values(iri, "status")]),
        (say("adopted by"), [name(graph, one) for one in graph.values(iri, "adoptedBy")]),
        (say("adopted on"), [*graph.values(iri, "adoptedOn")]),
        (say("considered on"), [*graph.values(iri, "consideredOn")]),
    ]
    return [(head, line(*joined([[value] for value in values]))) for head, values in said if values]


def _programs(graph: Graph, inner: list[str]) -> list[Section]:
    rows = []
    for program in (one for one in inner if kind_of(shorten(one)) == "program"):
        found = trace_up(graph, program)
        specific = [link for link in found.links if link.specific]
        partners = {row["organization"].value for row in graph.rows("partners/partners-of", element=program)}
        rows.append(
            [
                line(name(graph, program, strong=True), at=graph.passages(program)),
                line(*joined([[name(graph, area)] for area in graph.values(program, "partOf")])),
                line(str(sum(kind_of(shorten(one)) == "project" for one in below(graph, program)))),
                line(str(len(partners))),
                line(_number(specific)),
                line(*_strongest(specific or found.links)),
            ]
        )
    columns = [
        *(say("program"), say("in"), say("projects"), say("partners")),
        *(say("mandates that name it"), say("its strongest mandate")),
    ]
    return section(say("Programs"), Grid(columns, rows))


def _number(specific: list[Link]) -> str:
    """Count the mandates that name a program, and beside them those that do only through an earlier plan."""
    direct = {link.mandate.id for link in specific if not link.carried_from}
    carried = {link.mandate.id for link in specific} - direct
    if not carried:
        return str(len(direct))
    return say_number(
        "{direct} (+{number} carried over)", "{direct} (+{number} carried over)", len(carried), direct=len(direct)
    )


def _strongest(links: list[Link]) -> list[Part]:
    if not links:
        return [say("none")]
    best = links[0]
    firm = ", ".join([basis_told(best.basis), status_told(best.status), confidence_told(best.confidence)])
    return [called(best.mandate), f": {firm}"]


def _partners(graph: Graph, bodies: set[str]) -> list[Section]:
    kinds = Counter(term(graph, kind) for body in bodies for kind in graph.values(body, "kind"))
    order = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
    told = listed([say("{number} {kind}", number=number, kind=kind) for kind, number in order])
    return section(say("Partners by kind"), line(f"{told}.") if told else None)


def _listed(graph: Graph, iri: str) -> list[Section]:
    found: dict[str, list[list[Part]]] = {}
    for row in graph.rows("mandates/listed-provisions", plan=iri):
        provision = row["provision"].value
        [instrument] = graph.values(provision, "provisionOf")
        paragraph = Name("".join(graph.values(provision, "paragraph")), shorten(provision))
        left_out = "" if row["concerns"].value == "true" else f" {say('(not the Secretariat)')}"
        found.setdefault(instrument, []).append([paragraph, left_out])
    items = [
        line(
            Name(" ".join(graph.values(one, "symbol")) or graph.label(one), shorten(one), strong=True),
            f", {graph.label(one)}: ",
            *joined(paragraphs),
            at=graph.passages(one),
        )
        for one, paragraphs in found.items()
    ]
    title = say("Mandates it lists ({instruments})", instruments=how_many("instrument", len(found)))
    return section(title, Items(items) if items else None)


def _duties(graph: Graph, iri: str) -> list[Section]:
    items = []
    for row in graph.rows("programs/duties"):
        if row["plan"].value == iri:
            clause = row["clause"].value
            often = how_often(row["frequency"].value) if "frequency" in row else ""
            when = listed([one for one in (graph.text(clause, "due"), often) if one]) or say("no day set")
            to = say_parts("To {body}, {when}.", body=name(graph, row["recipient"].value), when=when)
            items.append(line(f"{graph.text(clause, 'gist')} ", *to, at=graph.passages(clause)))
    return section(say("Duties it sets the Secretariat"), Items(items) if items else None)


def _gaps(graph: Graph, iri: str) -> list[Section]:
    items = [
        line(
            *say_parts("{program} (program): no mandate names its subject.", program=name(graph, row["element"].value))
        )
        for row in graph.rows("mandates/elements-without-specific-mandate")
        if row["plan"].value == iri and row["class"].value.endswith("#Program")
    ]
    items += [
        left_open(graph, row["element"].value) for row in graph.rows("people/open-targets") if row["plan"].value == iri
    ]
    return section(say("Gaps"), Items(items) if items else None)
