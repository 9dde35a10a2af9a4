"""Trace an element up to the mandates it rests on, or a mandate down to what rests on it.

Knows bases by their rank in the ontology only; every link comes from queries/trace/.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from cicte_graph.graph import Graph, Passage, local
from cicte_graph.store import Row
from cicte_graph.terms import shorten

__all__ = ["Link", "Trace", "trace_down", "trace_up"]

SPECIFIC = {"stated", "subject"}  # bases that tie a mandate to this very subject
LESS_CLOSE = {"area": "{} by work area", "general": "{} in general", "listed": "{} only listed by the plan"}


@dataclass(frozen=True, slots=True)
class Named:
    """A record and what it is called."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link between an element and a mandate, with its reasons."""

    element: Named  # what the justification is of
    steps: list[Named]  # from the element asked about up to that one; empty if it is of itself
    mandate: Named
    gist: str
    text_at: list[str]  # where the instrument is to be read
    justification: str
    basis: str
    status: str
    confidence: str
    rationale: str
    passages: list[Passage]
    carried_from: Named | None = None  # the earlier element, for what a rule carried over
    carried_basis: str = ""  # what tied the mandate to it
    carried_because: str = ""  # why the later element carries on the earlier

    @property
    def specific(self) -> bool:
        """Tell whether the paragraph speaks of the subject, at either end of a carry-over."""
        return (self.carried_basis or self.basis) in SPECIFIC


@dataclass(frozen=True, slots=True)
class Trace:
    """What was asked about, the links found, strongest first, and the verdict on them."""

    asked: Named
    kind: str
    place: list[Named]  # what it is part of, up to its plan or instrument
    links: list[Link]
    verdict: str
    version: str
    downward: bool = False
    unanswered: list[Named] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Give the trace as JSON holds it: names as in the text, passages as their three parts."""
        return asdict(self)


def trace_up(graph: Graph, element: str) -> Trace:
    """Trace an element of a plan up to every paragraph it rests on.

    Args:
        graph: The graph to look in.
        element: The element's IRI.
    """
    chain = _chain(graph, element)
    rows = graph.ask("trace/rests-on", element=element)
    links = _strongest_first(_link(graph, row, row["holder"].value, chain) for row in rows)
    kind = _kind(element)
    return Trace(
        _named(graph, element),
        kind,
        [_named(graph, iri) for iri in chain[1:]],
        links,
        _verdict_up(graph, element, kind, chain, links),
        graph.version,
    )


def trace_down(graph: Graph, mandate: str) -> Trace:
    """Trace a provision, with its subparagraphs, or an instrument down to every element resting on it."""
    rows = graph.ask("trace/answered-by", asked=mandate)
    links = _strongest_first(_link(graph, row, row["element"].value, [row["element"].value]) for row in rows)
    kind = _kind(mandate)
    place = [_named(graph, iri) for iri in graph.values(mandate, "provisionOf")]
    return Trace(
        _named(graph, mandate), kind, place, links, _verdict_down(graph, mandate, links), graph.version, downward=True
    )


def _chain(graph: Graph, element: str) -> list[str]:
    """List an element and what it is part of, step by step; a second parent is walked after the first."""
    above: dict[str, list[str]] = {}
    for row in graph.ask("trace/steps-up", element=element):
        above.setdefault(row["step"].value, []).append(row["above"].value)
    chain = [element]
    for step in chain:
        chain += [parent for parent in above.get(step, []) if parent not in chain]
    return chain


def _link(graph: Graph, row: Row, holder: str, chain: list[str]) -> Link:
    iri = row["justification"].value
    mandate = row["mandate"].value
    instruments = graph.values(mandate, "provisionOf") or [mandate]
    carried = graph.values(iri, "carriedFrom")
    earlier = graph.values(carried[0], "element") if carried else []
    reason = graph.text(carried[0] if carried else iri, "rationale")
    return Link(
        element=_named(graph, holder),
        steps=[_named(graph, step) for step in chain[1 : chain.index(holder) + 1]],
        mandate=_named(graph, mandate),
        gist=graph.text(mandate, "gist"),
        text_at=[address for instrument in instruments for address in graph.values(instrument, "textAt")],
        justification=shorten(iri),
        basis=local(row["basis"].value),
        status=local(row["status"].value),
        confidence=local(row["confidence"].value),
        rationale=reason,
        passages=graph.passages(iri),
        carried_from=_named(graph, earlier[0]) if earlier else None,
        carried_basis=local(graph.values(carried[0], "basis")[0]) if carried else "",
        carried_because=graph.text(graph.values(iri, "carriedThrough")[0], "rationale") if carried else "",
    )


def _strongest_first(links: Iterable[Link]) -> list[Link]:
    """Sort links that come by basis and confidence: those that name the subject first, the nearest first."""
    return sorted(links, key=lambda link: (not link.specific, bool(link.carried_from), len(link.steps)))


def _named(graph: Graph, iri: str) -> Named:
    return Named(shorten(iri), graph.label(iri))


def _kind(iri: str) -> str:
    return shorten(iri).removeprefix("id:").split("/")[0].replace("-", " ")


def count(number: int, noun: str) -> str:
    """Write a number with its noun: 1 paragraph, 2 paragraphs."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _verdict_up(graph: Graph, element: str, kind: str, chain: list[str], links: list[Link]) -> str:
    name = f"{graph.label(element)} ({kind})"
    if not links:
        above = graph.label(chain[1]) if len(chain) > 1 else "no plan"
        return f"{name} rests on no mandate in this graph, and neither does anything above it, from {above} up."
    specific = [link for link in links if link.specific]
    if not specific:
        nearest = min(links, key=lambda link: len(link.steps))
        if not nearest.steps:
            bases = ", ".join(_bases(links))
            return f"{name} rests on {_sum(links)}, none of which names one subject of its own ({bases})."
        return (
            f"{name}: no paragraph speaks of its subject. The nearest is at {nearest.element.label} "
            f"({nearest.basis}): {_sum(links)} that {'speaks' if _mandates(links) == 1 else 'speak'} more widely."
        )
    direct = [link for link in specific if not link.carried_from]
    best = (direct or specific)[0]
    if not direct:
        origin = best.carried_from.label if best.carried_from else ""
        return (
            f"{name}: no paragraph names its subject itself. {best.element.label} carries on {origin} "
            f"({best.confidence} confidence), and with it {_sum(specific)} presumed in effect. "
            f"{_readings(specific)}{_wider(links)}"
        )
    where = f" at {best.element.label}" if best.steps else ""
    return (
        f"{name} rests on {_sum(direct)} that {'names' if _mandates(direct) == 1 else 'name'} its subject; "
        f"the strongest basis is {best.basis}{where}, {best.confidence} confidence. "
        f"{_readings(specific)}{_wider(links)}"
    )


def _verdict_down(graph: Graph, mandate: str, links: list[Link]) -> str:
    name = next(iter(graph.values(mandate, "symbol")), graph.label(mandate))
    if "false" in graph.values(mandate, "concernsSecretariat"):
        return f"{name} does not concern the Secretariat: the plan that lists its instrument leaves it out."
    if not links:
        return f"No element of either plan rests on {name}."
    specific = [link for link in links if link.specific]
    if not specific:
        return f"No element answers {name} by its subject; it is only {', '.join(_bases(links))}."
    direct = {link.element.id for link in specific if not link.carried_from}
    carried = {link.element.id for link in specific} - direct
    one = len(direct) == 1
    said = f"{count(len(direct), 'element')} of the plans {'rests' if one else 'rest'} on {name} by name or subject"
    more = f", {len(carried)} more only through what {'it carries' if len(carried) == 1 else 'they carry'} on"
    return f"{said}{more if carried else ''}. {_readings(specific)}"


def _bases(links: Iterable[Link]) -> list[str]:
    return list(dict.fromkeys(link.basis for link in links))


def _mandates(links: Iterable[Link]) -> int:
    return len({link.mandate.id for link in links})


def _sum(links: list[Link]) -> str:
    paragraphs = {link.mandate.id for link in links if link.mandate.id.startswith("id:provision/")}
    whole = _mandates(links) - len(paragraphs)
    said = []
    if paragraphs:
        holders = {paragraph.split("/")[1] for paragraph in paragraphs}
        said.append(f"{count(len(paragraphs), 'paragraph')} of {count(len(holders), 'instrument')}")
    if whole:
        said.append(f"{count(whole, 'instrument')} as a whole")
    return " and ".join(said)


def _readings(links: list[Link]) -> str:
    curated = sum(link.status == "curated" for link in links)
    derived = sum(link.status == "derived" for link in links)
    stated = len(links) - curated - derived
    counted = {"stated": stated, "curated": curated, "derived": derived}
    parts = [f"{number} {status}" for status, number in counted.items() if number]
    return f"Of {count(len(links), 'such link')}, {', '.join(parts)}."


def _wider(links: list[Link]) -> str:
    """Count the mandates that speak to it less closely, each by its closest link."""
    named = {link.mandate.id for link in links if link.specific}
    closest: dict[str, str] = {}
    for link in links:
        if link.mandate.id not in named:
            closest.setdefault(link.mandate.id, link.carried_basis or link.basis)
    counted = Counter(closest.values())
    said = [words.format(counted[basis]) for basis, words in LESS_CLOSE.items() if counted[basis]]
    return f" Besides, {_listed(said)}." if said else ""


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
