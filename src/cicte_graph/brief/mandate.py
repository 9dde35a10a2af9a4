"""The briefing on a provision or an instrument."""

from collections.abc import Sequence

from cicte_graph.brief.parts import page, record, section, without_empty
from cicte_graph.graph import Graph, local
from cicte_graph.link import Link, a_kind, confidence_told, named
from cicte_graph.naming import called, joined, name, with_kind
from cicte_graph.page import Block, Facts, Grid, Items, Line, Mark, Name, Page, Part, Section, line
from cicte_graph.targets import term
from cicte_graph.terms import expand, shorten
from cicte_graph.trace import Trace, trace_down
from cicte_graph.trace_page import firmness
from cicte_graph.trace_text import by_element, carried
from cicte_graph.wording import say, say_number, say_parts

__all__ = ["brief_mandate"]


def brief_mandate(graph: Graph, iri: str) -> Page:
    """Brief on a mandate: who adopted it, what it asks of whom, what rests on it, with what money, what is left."""
    found = trace_down(graph, iri)
    instrument = next(iter(graph.values(iri, "provisionOf")), iri)
    sections = [
        *section(say("What it is"), _facts(graph, iri, instrument)),
        *_paragraphs(graph, iri),
        *_answers(found),
        *_money(graph, found),
        *_series(graph, instrument),
        *_gaps(graph, iri, found),
    ]
    return page(graph, iri, say("briefing on {what}", what=a_kind(found.kind)), [line(found.verdict)], sections)


def _facts(graph: Graph, iri: str, instrument: str) -> Block:
    pairs: list[tuple[str, Line]] = []

    def add(head: str, values: Sequence[Part], of: str) -> None:
        if values:
            told = joined([[value] for value in dict.fromkeys(values)], "; ")
            pairs.append((head, line(*told, at=graph.passages(of))))

    def names(of: str, property_name: str) -> list[Part]:
        return [name(graph, one) for one in graph.values(of, property_name)]

    gist = graph.text(iri, "gist")
    session = graph.text(instrument, "session")
    openings = [graph.text(above, "gist") for above in graph.values(iri, "subparagraphOf")]
    add(say("in"), [name(graph, instrument)] if iri != instrument else [], instrument)
    add(say("symbol"), graph.values(instrument, "symbol"), instrument)
    add(say("adopted by"), names(instrument, "adoptedBy"), instrument)
    add(say("adopted"), graph.values(instrument, "adoptedOn") or ([session] if session else []), instrument)
    add(say("act"), [term(graph, act) for act in graph.values(iri, "act")], iri)
    add(say("asked of"), names(iri, "addressee"), iri)
    add(say("asks"), [gist] if gist else [], iri)
    add(say("opening words"), [words for words in openings if words], iri)
    add(say("listed by"), names(instrument, "listedIn"), instrument)
    pairs += [(say("read it at"), line(Mark(address, "link"))) for address in graph.values(instrument, "textAt")]
    return Facts(pairs)


def _paragraphs(graph: Graph, iri: str) -> list[Section]:
    """Set the paragraphs of an instrument, or the subparagraphs of a paragraph, with how many elements answer."""
    rows = []
    for row in graph.rows("mandates/parts-of", mandate=iri):
        part = row["part"].value
        links = [link for link in trace_down(graph, part).links if link.specific and link.mandate.id == shorten(part)]
        answering = str(len({link.element.id for link in links}))
        concerns = "false" not in graph.values(part, "concernsSecretariat")
        rows.append(
            [
                record(graph, part),
                line(graph.text(part, "gist")),
                line(answering if concerns else say("does not concern the Secretariat")),
            ]
        )
    columns = [say("paragraph"), say("asks"), say("elements that answer it")]
    return section(say("Paragraphs"), Grid(columns, rows) if rows else None)


def _answers(found: Trace) -> list[Section]:
    groups = by_element(found.links)
    several = len({link.mandate for link in found.links}) > 1
    rows = [
        [
            line(with_kind(first.element, strong=True), " ", Mark(first.element.id, "id")),
            line(*([called(first.mandate)] if several else [])),
            line(*joined([firmness(first), carried(first)], "; ")),
            line(first.rationale, at=first.passages),
        ]
        for first, *_ in groups
        if first.specific
    ]
    reached = [_reached(group[0]) for group in groups if not group[0].specific]
    number = len(rows)
    columns = [say("element"), say("mandate"), say("how firm"), say("because")]
    return section(
        say("What rests on it by name or subject ({number})", number=number) if rows else say("What it reaches"),
        without_empty(Grid(columns, rows)) if rows else None,
        line(say("More widely it reaches:")) if reached else None,
        Items(reached),
    )


def _reached(link: Link) -> Line:
    """Name an element with how firm its link is; how sure leads to why."""
    *firm, _ = firmness(link)
    sure = Name(confidence_told(link.confidence), link.justification)
    return line(with_kind(link.element), ": ", *firm, " · ", sure)


def _money(graph: Graph, found: Trace) -> list[Section]:
    answering = [expand(one) for one in dict.fromkeys(link.element.id for link in found.links if link.specific)]
    inner = [row["element"].value for one in answering for row in graph.rows("programs/contents", above=one)]
    items = [
        line(with_kind(named(graph, one)), f": {term(graph, status)}{_until(graph, one)}", at=graph.passages(one))
        for one in dict.fromkeys([*answering, *inner])
        for status in graph.values(one, "fundingStatus")
    ]
    return section(say("Money marked at what answers it and at its projects"), Items(items) if items else None)


def _until(graph: Graph, one: str) -> str:
    return "".join(f" ({day})" for day in graph.values(one, "fundedUntil"))


def _series(graph: Graph, instrument: str) -> list[Section]:
    items = [
        line(*_before(kind, _cited(graph, one)))
        for kind in ("follows", "recalls", "implements")
        for one in graph.values(instrument, kind)
    ]
    for row in graph.rows("records/mentions-of", record=instrument):
        kind = local(row["property"].value)
        if kind in ("follows", "recalls", "implements"):
            items.append(line(*_after(kind, _cited(graph, row["subject"].value))))
    return section(say("Its series"), Items(items) if items else None)


def _before(kind: str, earlier: list[Part]) -> list[Part]:
    match kind:
        case "follows":
            return say_parts("It follows {instrument}", instrument=earlier)
        case "recalls":
            return say_parts("It recalls {instrument}", instrument=earlier)
        case _:
            return say_parts("It implements {instrument}", instrument=earlier)


def _after(kind: str, later: list[Part]) -> list[Part]:
    match kind:
        case "follows":
            return say_parts("{instrument} follows it", instrument=later)
        case "recalls":
            return say_parts("{instrument} recalls it", instrument=later)
        case _:
            return say_parts("{instrument} implements it", instrument=later)


def _cited(graph: Graph, instrument: str) -> list[Part]:
    symbol = next(iter(graph.values(instrument, "symbol")), "")
    return joined([[symbol] if symbol else [], [name(graph, instrument)]])


def _gaps(graph: Graph, iri: str, found: Trace) -> list[Section]:
    items = [
        line(*say_parts("Nobody answers {provision}.", provision=name(graph, row["provision"].value)))
        for row in graph.rows("gaps/unanswered-provisions")
        if iri in {row["provision"].value, *graph.values(row["provision"].value, "provisionOf")}
    ]
    specific = [link for link in found.links if link.specific]
    answered = {link.element.id.split("/")[1] for link in specific}
    concerns = "false" not in graph.values(iri, "concernsSecretariat")
    items += [
        line(*say_parts("No element of {plan} answers it by name or subject.", plan=name(graph, expand(plan))))
        for plan in graph.plans()
        if concerns and answered and plan.rpartition("/")[2] not in answered
    ]
    direct = {link.element.id for link in specific if not link.carried_from}
    carried_only = {link.element.id for link in specific} - direct
    if carried_only:
        told = say_number(
            "{number} element only through what an earlier plan did.",
            "{number} elements only through what an earlier plan did.",
            len(carried_only),
        )
        items.append(line(told))
    return section(say("Gaps"), Items(items) if items else None)
