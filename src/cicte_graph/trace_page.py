"""Set a trace as a page: the verdict, each mandate or element with its reasons, the queries if explained."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from cicte_graph.graph import Passage
from cicte_graph.link import Link, kinded
from cicte_graph.page import Block, Code, Facts, Grid, Items, Line, Mark, Page, Section, line
from cicte_graph.trace import Trace
from cicte_graph.trace_text import adoption, by_element, by_mandate, carried, left_out, through, told_once
from cicte_graph.words import with_article

__all__ = ["firmness", "trace_page", "within"]


def trace_page(trace: Trace, language: str = "en", read: Mapping[Passage, str] | None = None) -> Page:
    """Set a trace as a page.

    Args:
        trace: What to set.
        language: Of its names.
        read: What stands around passages in the reader's copies.
    """
    lead = [line(trace.verdict), *(line(said) for said in left_out(trace))]
    place = [line("part of ", kinded(above)) for above in trace.place]
    if trace.gist:
        place.append(line(Mark("asks", "strong"), f" {trace.gist}"))
    place.append(line(Mark("stands", "strong"), " where the notes say", at=trace.passages))
    sections = [Section("Where it belongs", [Items(place)])] if place else []
    sections += _elements(trace.links) if trace.downward else _mandates(trace.links)
    sections += within(trace.within)
    sections += [Section("Told once", [line(said)]) for said in told_once(trace)]
    for one in trace.explained:
        sections.append(Section(f"Made by {one.file}: {one.title}", [Code(one.sparql)]))
    title, kind = trace.asked.label, f"trace of {with_article(trace.kind)}"
    return Page(title, kind, trace.asked.id, lead, sections, trace.graph, language, read or {})


def firmness(link: Link) -> tuple[str | Mark, ...]:
    """Say how firm a link is, with the words of the closed lists marked."""
    origin = f" (from {link.carried_basis})" if link.carried_basis else ""
    return Mark(link.basis, "basis"), origin, " · ", Mark(link.status, "status"), f" · {link.confidence} confidence"


def within(links: list[Link]) -> list[Section]:
    """Set what parts of an element rest on, each mandate once."""
    if not links:
        return []
    rows = [
        [
            line(Mark(group[0].mandate.label, "strong"), at=group[0].mandate_passages),
            line(*firmness(group[0])),
            line("; ".join(kinded(link.element) for link in group)),
            line(group[0].rationale, at=group[0].passages),
        ]
        for group in by_mandate(links)
    ]
    return [Section("Mandates tied to parts of it", [Grid(["mandate", "how firm", "at", "because"], rows)])]


def _mandates(links: list[Link]) -> Iterator[Section]:
    groups = by_mandate(links)
    specific = [group for group in groups if group[0].specific]
    if specific:
        yield Section("Mandates that name the subject", [], [_mandate(group) for group in specific])
    wider = [group[0] for group in groups if not group[0].specific]
    if wider:
        same = groupby(wider, key=lambda link: (firmness(link), through(link)))
        yield Section("Mandates that speak more widely", [], [_wider(*heading, list(links)) for heading, links in same])


def _wider(firm: tuple[str | Mark, ...], hops: str, links: list[Link]) -> Section:
    """Set mandates that are as firm as each other and come the same way; a list says no more than that it lists."""
    listed = (links[0].carried_basis or links[0].basis) == "listed"
    items = [
        line(link.mandate.label, at=link.mandate_passages)
        if listed
        else line(Mark(link.mandate.label, "strong"), f": {link.rationale}", at=link.passages)
        for link in links
    ]
    reasons = {link.carried_because: link for link in links if link.carried_because}
    carried = [line(text, at=link.passages if listed else ()) for text, link in reasons.items()]
    return Section(
        "".join(part if isinstance(part, str) else part.text for part in firm),
        [*([line(hops)] if hops else []), *carried, Items(items)],
    )


def _mandate(group: list[Link]) -> Section:
    first, *others = group
    facts = [("how firm", line(*firmness(first), "  ", Mark(first.justification, "id")))]
    facts += [("in", line(adoption(first), at=first.mandate_passages))]
    facts += [("asks", line(first.gist))] if first.gist else []
    facts += [("under", line(first.opening))] if first.opening else []
    facts += _reasons(first, through(first))
    facts += [
        ("also", line(*firmness(other), f"; {through(other) or 'of this element'}  ", Mark(other.justification, "id")))
        for other in others
    ]
    facts += [("read it at", line(Mark(address, "link"))) for address in first.text_at]
    blocks: list[Block] = [Facts(facts)]
    return Section(first.mandate.label, blocks)


def _elements(links: list[Link]) -> Iterator[Section]:
    groups = by_element(links)
    specific = [group for group in groups if group[0].specific]
    if specific:
        yield Section("Elements that answer it by name or subject", [], [_element(group) for group in specific])
    wider = [link for group in groups if not group[0].specific for link in group]
    if wider:
        rows = [
            [
                line(kinded(link.element), " ", Mark(link.element.id, "id")),
                line(link.mandate.label),
                line(*firmness(link)),
                line(link.rationale, at=link.passages),
            ]
            for link in wider
        ]
        title = "Elements it reaches more widely"
        yield Section(title, [Grid(["element", "mandate", "how firm", "because"], rows)])


def _element(group: list[Link]) -> Section:
    first, *others = group
    facts: list[tuple[str, Line]] = [("record", line(Mark(first.element.id, "id")))]
    facts += [("how firm", line(*firmness(first), "; ", first.mandate.label, "  ", Mark(first.justification, "id")))]
    facts += _reasons(first, carried(first))
    for other in others:
        more = f"; {carried(other)}" if other.carried_from else ""
        facts.append(("also", line(*firmness(other), f"; {other.mandate.label}{more}")))
    return Section(kinded(first.element), [Facts(facts)])


def _reasons(link: Link, hops: str) -> list[tuple[str, Line]]:
    facts = [("through", line(hops))] if hops else []
    facts += [("carried", line(link.carried_because))] if link.carried_because else []
    return [*facts, ("because", line(link.rationale, at=link.passages))]
