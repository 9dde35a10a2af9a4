"""The briefing on a provision or an instrument."""

from cicte_graph.brief.parts import page, record, section, without_empty
from cicte_graph.graph import Graph
from cicte_graph.link import kinded, named
from cicte_graph.page import Block, Facts, Grid, Items, Line, Mark, Page, Section, line
from cicte_graph.targets import term
from cicte_graph.terms import expand, shorten
from cicte_graph.trace import Trace, trace_down
from cicte_graph.trace_page import firmness
from cicte_graph.trace_text import by_element, carried
from cicte_graph.words import count, listed, with_article

__all__ = ["brief_mandate"]


def brief_mandate(graph: Graph, iri: str) -> Page:
    """Brief on a mandate: who adopted it, what it asks of whom, what rests on it, with what money, what is left."""
    found = trace_down(graph, iri)
    instrument = next(iter(graph.values(iri, "provisionOf")), iri)
    sections = [
        *section("What it is", _facts(graph, iri, instrument)),
        *_paragraphs(graph, iri),
        *_answers(found),
        *_money(graph, found),
        *_series(graph, instrument),
        *_gaps(graph, iri, found),
    ]
    return page(graph, iri, f"briefing on {with_article(found.kind)}", [line(found.verdict)], sections)


def _facts(graph: Graph, iri: str, instrument: str) -> Block:
    pairs: list[tuple[str, Line]] = []

    def say(name: str, *texts: str, of: str) -> None:
        if texts:
            pairs.append((name, line("; ".join(dict.fromkeys(texts)), at=graph.passages(of))))

    if iri != instrument:
        say("in", graph.label(instrument), of=instrument)
    say("symbol", *graph.values(instrument, "symbol"), of=instrument)
    bodies = [graph.label(body) for body in graph.values(instrument, "adoptedBy")]
    when = graph.values(instrument, "adoptedOn") or [text for text in [graph.text(instrument, "session")] if text]
    say("adopted by", *bodies, of=instrument)
    say("adopted", *when, of=instrument)
    say("act", *(term(graph, act) for act in graph.values(iri, "act")), of=iri)
    say("asks", *[text for text in [graph.text(iri, "gist")] if text], of=iri)
    openings = [graph.text(above, "gist") for above in graph.values(iri, "subparagraphOf")]
    say("opening words", *filter(None, openings), of=iri)
    say("of", *(graph.label(body) for body in graph.values(iri, "addressee")), of=iri)
    say("listed by", *(graph.label(plan) for plan in graph.values(instrument, "listedIn")), of=instrument)
    pairs += [("read it at", line(Mark(address, "link"))) for address in graph.values(instrument, "textAt")]
    return Facts(pairs)


def _paragraphs(graph: Graph, iri: str) -> list[Section]:
    """Set the paragraphs of an instrument, or the subparagraphs of a paragraph, with how many elements answer."""
    rows = []
    for row in graph.rows("mandates/parts-of", mandate=iri):
        part = row["part"].value
        links = [link for link in trace_down(graph, part).links if link.specific and link.mandate.id == shorten(part)]
        answering = len({link.element.id for link in links})
        concerns = "false" not in graph.values(part, "concernsSecretariat")
        rows.append(
            [
                record(graph, part),
                line(graph.text(part, "gist")),
                line(str(answering) if concerns else "does not concern the Secretariat"),
            ]
        )
    return section("Paragraphs", Grid(["paragraph", "asks", "elements that answer it"], rows) if rows else None)


def _answers(found: Trace) -> list[Section]:
    groups = by_element(found.links)
    several = len({link.mandate for link in found.links}) > 1
    rows = [
        [
            line(Mark(kinded(first.element), "strong"), " ", Mark(first.element.id, "id")),
            line(first.mandate.label if several else ""),
            line(*firmness(first), f"; {carried(first)}" if first.carried_from else ""),
            line(first.rationale, at=first.passages),
        ]
        for first, *_ in groups
        if first.specific
    ]
    wider = [group[0] for group in groups if not group[0].specific]
    reached = listed([f"{kinded(link.element)}: {link.carried_basis or link.basis}, {link.status}" for link in wider])
    title = f"What rests on it by name or subject ({len(rows)})" if rows else "What it reaches"
    return section(
        title,
        without_empty(Grid(["element", "mandate", "how firm", "because"], rows)) if rows else None,
        line(f"More widely it reaches {reached}.") if wider else None,
    )


def _money(graph: Graph, found: Trace) -> list[Section]:
    answering = [expand(one) for one in dict.fromkeys(link.element.id for link in found.links if link.specific)]
    inner = [row["element"].value for one in answering for row in graph.rows("programs/contents", above=one)]
    items = [
        line(kinded(named(graph, one)), f": {term(graph, status)}{_until(graph, one)}", at=graph.passages(one))
        for one in dict.fromkeys([*answering, *inner])
        for status in graph.values(one, "fundingStatus")
    ]
    return section("Money marked at what answers it and at its projects", Items(items) if items else None)


def _until(graph: Graph, one: str) -> str:
    return "".join(f" ({day})" for day in graph.values(one, "fundedUntil"))


def _series(graph: Graph, instrument: str) -> list[Section]:
    items = []
    for name, told in (("follows", "follows"), ("recalls", "recalls"), ("implements", "implements")):
        items += [line(f"It {told} ", _cited(graph, one)) for one in graph.values(instrument, name)]
    for row in graph.rows("records/mentions-of", record=instrument):
        name = row["property"].value.rpartition("#")[2]
        if name in ("follows", "recalls", "implements"):
            items.append(line(f"{_cited(graph, row['subject'].value)} {name} it"))
    return section("Its series", Items(items) if items else None)


def _cited(graph: Graph, instrument: str) -> str:
    symbol = next(iter(graph.values(instrument, "symbol")), "")
    return f"{symbol}, {graph.label(instrument)}" if symbol else graph.label(instrument)


def _gaps(graph: Graph, iri: str, found: Trace) -> list[Section]:
    left = [
        graph.label(row["provision"].value)
        for row in graph.rows("gaps/unanswered-provisions")
        if iri in {row["provision"].value, *graph.values(row["provision"].value, "provisionOf")}
    ]
    items = [line(f"Nobody answers {one}.") for one in left]
    answered = {link.element.id.split("/")[1] for link in found.links if link.specific}
    concerns = "false" not in graph.values(iri, "concernsSecretariat")
    items += [
        line(f"No element of {graph.label_of(plan)} answers it by name or subject.")
        for plan in graph.plans()
        if concerns and answered and plan.rpartition("/")[2] not in answered
    ]
    carried_only = {link.element.id for link in found.links if link.specific} - {
        link.element.id for link in found.links if link.specific and not link.carried_from
    }
    if carried_only:
        items.append(line(f"{count(len(carried_only), 'element').capitalize()} only through what an earlier plan did."))
    return section("Gaps", Items(items) if items else None)
