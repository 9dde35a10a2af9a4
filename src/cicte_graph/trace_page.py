"""Set a trace as a page: the verdict, each mandate or element with its reasons, the queries if explained."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from cicte_graph.graph import Passage
from cicte_graph.link import Link, a_kind, basis_told, confidence_told, kinded, status_told
from cicte_graph.naming import called, joined, with_kind
from cicte_graph.page import Block, Code, Facts, Grid, Items, Line, Mark, Page, Part, Section, line
from cicte_graph.trace import Trace
from cicte_graph.trace_text import adoption, by_element, by_mandate, carried, left_out, through, told_once
from cicte_graph.wording import say, say_as, say_parts, speaking

__all__ = ["basis", "firmness", "status", "trace_page", "within"]


def trace_page(trace: Trace, read: Mapping[Passage, str] | None = None) -> Page:
    """Set a trace as a page, in its language.

    Args:
        trace: What to set.
        read: What stands around passages in the reader's copies.
    """
    with speaking(trace.language):
        title, kind = trace.asked.label, say("trace of {what}", what=a_kind(trace.kind))
        lead = [line(said) for said in (trace.verdict, *left_out(trace))]
        sections = list(_sections(trace))
    return Page(title, kind, trace.asked.id, lead, sections, trace.graph, trace.language, read or {})


def _sections(trace: Trace) -> Iterator[Section]:
    place = [line(*say_parts("part of {element}", element=with_kind(above))) for above in trace.place]
    if trace.gist:
        place.append(line(Mark(say("asks"), "strong"), f" {trace.gist}"))
    stands = say_parts("{stands} where the notes say", stands=Mark(say("stands"), "strong"))
    place.append(line(*stands, at=trace.passages))
    yield Section(say("Where it belongs"), [Items(place)])
    yield from _elements(trace.links) if trace.downward else _mandates(trace.links)
    yield from within(trace.within)
    for said in told_once(trace):
        yield Section(say("Told once"), [line(said)])
    for one in trace.explained:
        yield Section(say("Made by {file}: {title}", file=one.file, title=one.title), [Code(one.sparql)])


def firmness(link: Link) -> list[Part]:
    """Say how firm a link is, with the words of the closed lists marked."""
    return [*_origin(link), " · ", status(link.status), f" · {confidence_told(link.confidence)}"]


def _origin(link: Link) -> list[Part]:
    if not link.carried_basis:
        return [basis(link.basis)]
    return say_parts("{basis} (from {carried})", basis=basis(link.basis), carried=basis_told(link.carried_basis))


def basis(key: str) -> Mark:
    """Name a basis."""
    return Mark(basis_told(key), "basis", key)


def status(key: str) -> Mark:
    """Name the status of a link."""
    return Mark(status_told(key), "status", key)


def within(links: list[Link]) -> list[Section]:
    """Set what parts of an element rest on, each mandate once."""
    if not links:
        return []
    rows = [
        [
            line(called(group[0].mandate, strong=True), at=group[0].mandate_passages),
            line(*firmness(group[0])),
            line(*joined([[with_kind(link.element)] for link in group], "; ")),
            line(group[0].rationale, at=group[0].passages),
        ]
        for group in by_mandate(links)
    ]
    columns = [say("mandate"), say("how firm"), say("at"), say("because")]
    return [Section(say("Mandates tied to parts of it"), [Grid(columns, rows)])]


def _mandates(links: list[Link]) -> Iterator[Section]:
    groups = by_mandate(links)
    specific = [group for group in groups if group[0].specific]
    if specific:
        yield Section(say("Mandates that name the subject"), [], [_mandate(group) for group in specific])
    wider = [group[0] for group in groups if not group[0].specific]
    if wider:
        same = groupby(wider, key=lambda link: (firmness(link), through(link)))
        parts = [_wider(*heading, list(links)) for heading, links in same]
        yield Section(say("Mandates that speak more widely"), [], parts)


def _wider(firm: list[Part], hops: list[Part], links: list[Link]) -> Section:
    """Set mandates that are as firm as each other and come the same way; a list says no more than that it lists."""
    listed = (links[0].carried_basis or links[0].basis) == "listed"
    items = [
        line(called(link.mandate), at=link.mandate_passages)
        if listed
        else line(called(link.mandate, strong=True), f": {link.rationale}", at=link.passages)
        for link in links
    ]
    reasons = {link.carried_because: link for link in links if link.carried_because}
    carried = [line(text, at=link.passages if listed else ()) for text, link in reasons.items()]
    return Section(line(*firm).text, [*([line(*hops)] if hops else []), *carried, Items(items)])


def _mandate(group: list[Link]) -> Section:
    first, *others = group
    facts = [(say("how firm"), line(*firmness(first), "  ", Mark(first.justification, "id")))]
    facts += [(say("in"), line(*adoption(first), at=first.mandate_passages))]
    facts += [(say("asks"), line(first.gist))] if first.gist else []
    facts += [(say_as("opening words", "under"), line(first.opening))] if first.opening else []
    facts += _reasons(first, through(first))
    for other in others:
        way = through(other) or [say("of this element")]
        facts.append((say("also"), line(*firmness(other), "; ", *way, "  ", Mark(other.justification, "id"))))
    facts += [(say("read it at"), line(Mark(address, "link"))) for address in first.text_at]
    blocks: list[Block] = [Facts(facts)]
    return Section(first.mandate.label, blocks, id=first.mandate.id)


def _elements(links: list[Link]) -> Iterator[Section]:
    groups = by_element(links)
    specific = [group for group in groups if group[0].specific]
    if specific:
        yield Section(say("Elements that answer it by name or subject"), [], [_element(group) for group in specific])
    wider = [link for group in groups if not group[0].specific for link in group]
    if wider:
        rows = [
            [
                line(with_kind(link.element), " ", Mark(link.element.id, "id")),
                line(called(link.mandate)),
                line(*firmness(link)),
                line(link.rationale, at=link.passages),
            ]
            for link in wider
        ]
        columns = [say("element"), say("mandate"), say("how firm"), say("because")]
        yield Section(say("Elements it reaches more widely"), [Grid(columns, rows)])


def _element(group: list[Link]) -> Section:
    first, *others = group
    facts: list[tuple[str, Line]] = [(say("record"), line(Mark(first.element.id, "id")))]
    firm = line(*firmness(first), "; ", called(first.mandate), "  ", Mark(first.justification, "id"))
    facts += [(say("how firm"), firm)]
    facts += _reasons(first, carried(first))
    for other in others:
        facts.append((say("also"), line(*joined([firmness(other), [called(other.mandate)], carried(other)], "; "))))
    return Section(kinded(first.element), [Facts(facts)], id=first.element.id)


def _reasons(link: Link, hops: list[Part]) -> list[tuple[str, Line]]:
    facts = [(say("through"), line(*hops))] if hops else []
    facts += [(say("carried"), line(link.carried_because))] if link.carried_because else []
    return [*facts, (say("because"), line(link.rationale, at=link.passages))]
