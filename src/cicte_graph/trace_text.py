"""Write a trace for a terminal: the verdict, then each mandate with its reasons, strongest first."""

import textwrap
from collections.abc import Iterator
from itertools import groupby

from cicte_graph.link import Link, Named
from cicte_graph.trace import Trace

__all__ = ["as_text"]

WIDTH = 110


def as_text(trace: Trace) -> str:
    """Write a trace: a verdict line, the place of what was asked, then the links."""
    out = [*_wrap(trace.verdict, ""), ""]
    kind = trace.kind
    out.append(f"{trace.asked.label}  [{kind}, {trace.asked.id}]")
    out += [f"  part of {_kinded(above)}" for above in trace.place]
    out += _wrap(trace.gist, "  asks: ")
    out.append("")
    shown = _by_element(trace.links) if trace.downward else _by_mandate(trace.links)
    out += shown
    out.append(f"graph {trace.version}")
    return "\n".join(out) + "\n"


def _by_mandate(links: list[Link]) -> Iterator[str]:
    """Write each mandate once, by its strongest link; what speaks only widely gets one line each."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(link.mandate.id, []).append(link)
    for group in groups.values():
        first, *others = group
        if first.specific:
            yield first.mandate.label
            yield f"  {_strength(first)}"
            yield from _wrap(first.gist, "  asks: ")
            yield from _reasons(first, trace_steps=True)
            for other in others:
                yield from _wrap(f"{_strength(other)}; {_through(other) or 'of this element'}", "  also: ")
            for address in first.text_at:
                yield f"  read it at {address}"
            yield ""
    wider = [group[0] for group in groups.values() if not group[0].specific]
    for heading, same in groupby(wider, key=lambda link: (_strength(link), _through(link))):
        strength, through = heading
        yield from _wrap(f"{strength}{'; ' if through else ''}{through}", "")
        for link in same:
            yield f"  {link.mandate.label}"
            if (link.carried_basis or link.basis) != "listed":
                yield from _wrap(link.rationale, "    because: ")
        yield ""


def _by_element(links: list[Link]) -> Iterator[str]:
    """Write each element once, by its strongest link; further links to it get a line each."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(link.element.id, []).append(link)
    for first, *others in groups.values():
        yield f"{_kinded(first.element)}  [{first.element.id}]"
        yield from _wrap(f"{_strength(first)}; {first.mandate.label}", "  ")
        if first.specific:
            yield from _reasons(first, trace_steps=False)
        for other in others:
            carried = f"; {_carried(other)}" if other.carried_from else ""
            yield from _wrap(f"{_strength(other)}; {other.mandate.label}{carried}", "  also: ")
        yield ""


def _reasons(link: Link, *, trace_steps: bool) -> Iterator[str]:
    if through := _through(link) if trace_steps else _carried(link):
        yield from _wrap(through, "  through: ")
    yield from _wrap(link.carried_because, "  carried: ")
    yield from _wrap(link.rationale, "  because: ")
    for passage in link.passages:
        yield from _wrap(str(passage), "  stands: ")


def _strength(link: Link) -> str:
    basis = f"{link.basis} (from {link.carried_basis})" if link.carried_basis else link.basis
    return f"{basis} · {link.status} · {link.confidence} confidence"


def _through(link: Link) -> str:
    steps = " → ".join(_kinded(step) for step in link.steps)
    parts = [f"part of {steps}" if steps else "", _carried(link)]
    return "; ".join(part for part in parts if part)


def _carried(link: Link) -> str:
    return f"carried over from {_kinded(link.carried_from)}" if link.carried_from else ""


def _kinded(named: Named) -> str:
    kind, _, path = named.id.removeprefix("id:").partition("/")
    return f"{named.label} ({kind.replace('-', ' ')}, {path.split('/')[0]})"


def _wrap(text: str, lead: str) -> list[str]:
    if not text:
        return []
    return textwrap.wrap(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * (len(lead) or 2), break_on_hyphens=False
    )
