"""Write a trace for a terminal: the verdict, then each mandate with its reasons, strongest first."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from cicte_graph.graph import Passage
from cicte_graph.lines import visible, wrapped
from cicte_graph.link import Link, kinded
from cicte_graph.trace import Trace

__all__ = ["adoption", "as_text", "by_element", "by_mandate", "carried", "left_out", "strength", "through", "told_once"]


def as_text(trace: Trace, read: Mapping[Passage, str] | None = None) -> str:
    """Write a trace: a verdict line, the place of what was asked, the links, and the queries if explained.

    Args:
        trace: What to write.
        read: What stands around passages in the reader's copies.
    """
    out = [*wrapped(trace.verdict), *(row for text in left_out(trace) for row in wrapped(text)), ""]
    out.append(f"{visible(trace.asked.label)}  [{trace.kind}, {trace.asked.id}]")
    out += [f"  part of {visible(kinded(above))}" for above in trace.place]
    out += wrapped(trace.gist, "  asks: ")
    write = _Writer(read or {})
    out += [*write.stands(trace.passages), ""]
    out += write.by_element(trace.links) if trace.downward else write.by_mandate(trace.links)
    out += write.within(trace.within)
    out += [row for text in told_once(trace) for row in [*wrapped(text), ""]]
    for one in trace.explained:
        out += [f"made by {one.file}: {one.title}", "", *("  " + row for row in one.sparql.splitlines()), ""]
    out.append(f"graph {trace.graph}")
    return "\n".join(out) + "\n"


def left_out(trace: Trace) -> list[str]:
    """Say what is not shown and why."""
    said = []
    if trace.cut_to:
        whole = len(trace.links) + trace.cut
        shown = f"{len(trace.links)} of {whole} links ({trace.cut_to}); {trace.cut} cut"
        said.append(
            f"Shown: {shown}." if trace.links else f"Shown: none of {whole} links ({trace.cut_to}); all are cut."
        )
    if trace.without_evidence:
        said.append(f"Not shown: {trace.without_evidence} without evidence at both ends.")
    return said


def told_once(trace: Trace) -> list[str]:
    """Say how many links are told only by a stronger one to the same mandate."""
    groups = [] if trace.downward else by_mandate(trace.links)
    weaker = sum(len(group) - 1 for group in groups if not group[0].specific)
    return [f"Told by their strongest link only: {weaker} more to mandates that speak more widely."] if weaker else []


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
    basis = f"{link.basis} (from {link.carried_basis})" if link.carried_basis else link.basis
    return f"{basis} · {link.status} · {link.confidence} confidence"


def through(link: Link) -> str:
    """Say by which hops the element asked about comes to a link."""
    steps = " → ".join(kinded(step) for step in link.steps)
    return "; ".join(part for part in (f"part of {steps}" if steps else "", carried(link)) if part)


def carried(link: Link) -> str:
    """Say from which earlier element a rule carried a link over."""
    return f"carried over from {kinded(link.carried_from)}" if link.carried_from else ""


def adoption(link: Link) -> str:
    """Say in what a mandate stands and who adopted that."""
    title = link.instrument.label if link.instrument != link.mandate else ""
    symbol = link.symbol if link.symbol and link.symbol not in link.mandate.label and link.symbol not in title else ""
    bodies = " and ".join(body.label for body in link.adopted_by)
    by = f"adopted by {bodies}" if bodies else ""
    when = f"on {link.adopted_on}" if link.adopted_on else f"at its {link.session}" if link.session else ""
    return ", ".join(part for part in (title, symbol, f"{by} {when}".strip() if by else "") if part)


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
                yield from wrapped(adoption(first), "  in: ")
                yield from wrapped(first.gist, "  asks: ")
                yield from wrapped(first.opening, "  under: ")
                yield from self._reasons(first, hops=through(first))
                for other in others:
                    told = f"{strength(other)}; {through(other) or 'of this element'}  [{other.justification}]"
                    yield from wrapped(told, "  also: ")
                yield from _to_read(first)
                yield ""
        wider = [group[0] for group in groups if not group[0].specific]
        for heading, same in groupby(wider, key=lambda link: (strength(link), through(link))):
            yield from wrapped("; ".join(part for part in heading if part))
            for link in same:
                yield f"  {visible(link.mandate.label)}"
                if (link.carried_basis or link.basis) != "listed":
                    yield from wrapped(link.rationale, "    because: ")
            yield ""

    def by_element(self, links: list[Link]) -> Iterator[str]:
        """Write each element once, by its strongest link; further links to it get a line each."""
        for first, *others in by_element(links):
            yield f"{visible(kinded(first.element))}  [{first.element.id}]"
            yield from wrapped(f"{strength(first)}; {first.mandate.label}", "  ")
            if first.specific:
                yield from self._reasons(first, hops=carried(first))
            for other in others:
                more = f"; {carried(other)}" if other.carried_from else ""
                yield from wrapped(f"{strength(other)}; {other.mandate.label}{more}", "  also: ")
            yield ""

    def _reasons(self, link: Link, *, hops: str) -> Iterator[str]:
        yield from wrapped(hops, "  through: ")
        yield from wrapped(link.carried_because, "  carried: ")
        yield from wrapped(link.rationale, "  because: ")
        yield from self.stands(link.passages)

    def stands(self, passages: Iterable[Passage]) -> Iterator[str]:
        """Write where something stands, and what stands around it in the reader's copies."""
        for passage in passages:
            yield from wrapped(str(passage), "  stands: ")
            yield from wrapped(self.read.get(passage, ""), "          | ")

    def within(self, links: list[Link]) -> Iterator[str]:
        """Write what parts of the element rest on, each mandate once."""
        if links:
            yield "tied to parts of it:"
        for group in by_mandate(links):
            at = "; ".join(kinded(link.element) for link in group)
            yield from wrapped(f"{group[0].mandate.label}: {strength(group[0])}; {at}", "  ", indent="    ")
        if links:
            yield ""


def _to_read(link: Link) -> Iterator[str]:
    for address in link.text_at:
        yield f"  read it at {visible(address)}"
    if not link.text_at:
        places = ", ".join(dict.fromkeys(f"{one.symbol}, {one.locator}" for one in link.mandate_passages))
        yield from wrapped(f"no public text known; named in {places}", "  read it: ")
