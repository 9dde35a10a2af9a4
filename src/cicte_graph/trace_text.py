"""Write a trace for a terminal: the verdict, then each mandate with its reasons, strongest first."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from cicte_graph.graph import Passage
from cicte_graph.lines import visible, wrapped
from cicte_graph.link import Link, basis_told, confidence_told, kind_told, kinded, status_told
from cicte_graph.naming import called, enumerated, joined, with_kind
from cicte_graph.page import Part, line
from cicte_graph.trace import Trace
from cicte_graph.wording import say, say_as, say_number, say_parts, speaking

__all__ = [
    "adopted",
    "adoption",
    "as_text",
    "by_element",
    "by_mandate",
    "carried",
    "instrument",
    "left_out",
    "strength",
    "through",
    "told_once",
]


def as_text(trace: Trace, read: Mapping[Passage, str] | None = None) -> str:
    """Write a trace: a verdict line, the place of what was asked, the links, and the queries if explained.

    Args:
        trace: What to write.
        read: What stands around passages in the reader's copies.
    """
    with speaking(trace.language):
        out = [*wrapped(trace.verdict), *(row for text in left_out(trace) for row in wrapped(text)), ""]
        out.append(f"{visible(trace.asked.label)}  [{kind_told(trace.kind)}, {trace.asked.id}]")
        out += [f"  {visible(say('part of {element}', element=kinded(above)))}" for above in trace.place]
        out += _said(say("asks"), trace.gist)
        write = _Writer(read or {})
        out += [*write.stands(trace.passages), ""]
        out += write.by_element(trace.links) if trace.downward else write.by_mandate(trace.links)
        out += write.within(trace.within)
        out += [row for text in told_once(trace) for row in [*wrapped(text), ""]]
        for one in trace.explained:
            made = say("made by {file}: {title}", file=one.file, title=one.title)
            out += [made, "", *("  " + row for row in one.sparql.splitlines()), ""]
        out.append(say("graph {digest}, built {day}", digest=trace.graph.digest, day=trace.graph.built))
    return "\n".join(out) + "\n"


def left_out(trace: Trace) -> list[str]:
    """Say what is not shown and why."""
    said = []
    if trace.cut_to:
        whole = len(trace.links) + trace.cut
        shown = {"shown": len(trace.links), "whole": whole, "wanted": trace.cut_to, "cut": trace.cut}
        said.append(
            say("Shown: {shown} of {whole} links ({wanted}); {cut} cut.", **shown)
            if trace.links
            else say("Shown: none of {whole} links ({wanted}); all are cut.", **shown)
        )
    if trace.without_evidence:
        said.append(say("Not shown: {number} without evidence at both ends.", number=trace.without_evidence))
    return said


def told_once(trace: Trace) -> list[str]:
    """Say how many links are told only by a stronger one to the same mandate."""
    groups = [] if trace.downward else by_mandate(trace.links)
    weaker = sum(len(group) - 1 for group in groups if not group[0].specific)
    told = say_number(
        "Told by their strongest link only: {number} more to mandates that speak more widely.",
        "Told by their strongest link only: {number} more to mandates that speak more widely.",
        weaker,
    )
    return [told] if weaker else []


def by_mandate(links: list[Link]) -> list[list[Link]]:
    """Gather links by mandate, in their order, so that each is told once."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(link.mandate.id, []).append(link)
    return list(groups.values())


def by_element(links: list[Link]) -> list[list[Link]]:
    """Gather links by element, in their order, so that each is told once."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(link.element.id, []).append(link)
    return list(groups.values())


def strength(link: Link) -> str:
    """Say how firm a link is, in the words of the closed lists."""
    return f"{origin(link)} · {status_told(link.status)} · {confidence_told(link.confidence)}"


def origin(link: Link) -> str:
    """Say on what a link rests, and on what it rested before it was carried over."""
    basis = basis_told(link.basis)
    if not link.carried_basis:
        return basis
    return say("{basis} (from {carried})", basis=basis, carried=basis_told(link.carried_basis))


def through(link: Link) -> list[Part]:
    """Say by which hops the element asked about comes to a link."""
    steps = joined([[with_kind(step)] for step in link.steps], " → ")
    part = say_parts("part of {element}", element=steps) if steps else []
    return joined([part, carried(link)], "; ")


def carried(link: Link) -> list[Part]:
    """Say from which earlier element a rule carried a link over."""
    return say_parts("carried over from {element}", element=with_kind(link.carried_from)) if link.carried_from else []


def adoption(link: Link) -> list[Part]:
    """Say in what a mandate stands and who adopted that."""
    return joined([instrument(link), adopted(link)])


def instrument(link: Link) -> list[Part]:
    """Say in what a mandate stands, unless its own name says it."""
    title = [called(link.instrument)] if link.instrument != link.mandate else []
    told = any(link.symbol in one.text for one in (called(link.mandate), *title))
    return joined([title, [link.symbol] if link.symbol and not told else []])


def adopted(link: Link) -> list[Part]:
    """Say who adopted what a mandate stands in, and when."""
    bodies = enumerated([[called(body)] for body in link.adopted_by])
    if not bodies:
        return []
    if link.adopted_on:
        return say_parts("adopted by {bodies} on {day}", bodies=bodies, day=link.adopted_on)
    if link.session:
        return say_parts("adopted by {bodies} at its {session}", bodies=bodies, session=link.session)
    return say_parts("adopted by {bodies}", bodies=bodies)


class _Writer:
    """Writes links with what stands around their passages."""

    def __init__(self, read: Mapping[Passage, str]) -> None:
        self.read = read

    def by_mandate(self, links: list[Link]) -> Iterator[str]:
        """Write each mandate once, by its strongest link; what speaks only widely gets one line each."""
        groups = by_mandate(links)
        for first, *others in groups:
            if first.specific:
                yield visible(first.mandate.label)
                yield f"  {strength(first)}  [{first.justification}]"
                yield from _said(say("in"), line(*adoption(first)).text)
                yield from _said(say("asks"), first.gist)
                yield from _said(say_as("opening words", "under"), first.opening)
                yield from self._reasons(first, hops=line(*through(first)).text)
                for other in others:
                    hops = line(*through(other)).text or say("of this element")
                    yield from _said(say("also"), f"{strength(other)}; {hops}  [{other.justification}]")
                yield from _to_read(first)
                yield ""
        wider = [group[0] for group in groups if not group[0].specific]
        for heading, same in groupby(wider, key=lambda link: (strength(link), line(*through(link)).text)):
            yield from wrapped("; ".join(part for part in heading if part))
            for link in same:
                yield f"  {visible(link.mandate.label)}"
                if (link.carried_basis or link.basis) != "listed":
                    yield from _said(say("because"), link.rationale, "    ")
            yield ""

    def by_element(self, links: list[Link]) -> Iterator[str]:
        """Write each element once, by its strongest link; further links to it get a line each."""
        for first, *others in by_element(links):
            yield f"{visible(kinded(first.element))}  [{first.element.id}]"
            yield from wrapped(f"{strength(first)}; {first.mandate.label}", "  ")
            if first.specific:
                yield from self._reasons(first, hops=line(*carried(first)).text)
            for other in others:
                told: list[list[Part]] = [[strength(other)], [other.mandate.label], carried(other)]
                yield from _said(say("also"), line(*joined(told, "; ")).text)
            yield ""

    def _reasons(self, link: Link, *, hops: str) -> Iterator[str]:
        yield from _said(say("through"), hops)
        yield from _said(say("carried"), link.carried_because)
        yield from _said(say("because"), link.rationale)
        yield from self.stands(link.passages)

    def stands(self, passages: Iterable[Passage]) -> Iterator[str]:
        """Write where something stands, and what stands around it in the reader's copies."""
        for passage in passages:
            yield from _said(say("stands"), str(passage))
            yield from wrapped(self.read.get(passage, ""), "          | ")

    def within(self, links: list[Link]) -> Iterator[str]:
        """Write what parts of the element rest on, each mandate once."""
        if links:
            yield say("tied to parts of it:")
        for group in by_mandate(links):
            at = "; ".join(kinded(link.element) for link in group)
            yield from wrapped(f"{group[0].mandate.label}: {strength(group[0])}; {at}", "  ", indent="    ")
        if links:
            yield ""


def _said(head: str, text: str, indent: str = "  ") -> list[str]:
    return wrapped(text, f"{indent}{head}: ")


def _to_read(link: Link) -> Iterator[str]:
    for address in link.text_at:
        yield f"  {say('read it at {address}', address=visible(address))}"
    if not link.text_at:
        places = ", ".join(dict.fromkeys(f"{one.symbol}, {one.locator}" for one in link.mandate_passages))
        yield from _said(say("read it"), say("no public text known; named in {places}", places=places))
