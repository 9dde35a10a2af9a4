"""Trace an element up to the mandates it rests on, or a mandate down to what rests on it.

Knows bases by their rank in the ontology only; every link comes from queries/trace/.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cicte_graph.graph import Graph, local
from cicte_graph.link import Link, Named
from cicte_graph.store import Row
from cicte_graph.terms import shorten
from cicte_graph.verdict import verdict_down, verdict_up

__all__ = ["Trace", "trace_down", "trace_up"]


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
    gist: str = ""  # of a paragraph: what it asks

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
        verdict_up(f"{graph.label(element)} ({kind})", graph.label(chain[1]) if len(chain) > 1 else "no plan", links),
        graph.version,
    )


def trace_down(graph: Graph, mandate: str) -> Trace:
    """Trace a provision, with its subparagraphs, or an instrument down to every element resting on it."""
    rows = graph.ask("trace/answered-by", asked=mandate)
    links = _strongest_first(_link(graph, row, row["element"].value, [row["element"].value]) for row in rows)
    kind = _kind(mandate)
    place = [_named(graph, iri) for iri in graph.values(mandate, "provisionOf")]
    name = next(iter(graph.values(mandate, "symbol")), graph.label(mandate))
    concerns = "false" not in graph.values(mandate, "concernsSecretariat")
    verdict = verdict_down(name, links, concerns=concerns)
    gist = graph.text(mandate, "gist")
    return Trace(_named(graph, mandate), kind, place, links, verdict, graph.version, downward=True, gist=gist)


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
        rank=int(row["basisRank"].value),
        status=local(row["status"].value),
        confidence=local(row["confidence"].value),
        rationale=reason,
        passages=graph.passages(iri),
        carried_from=_named(graph, earlier[0]) if earlier else None,
        carried_basis=local(graph.values(carried[0], "basis")[0]) if carried else "",
        carried_because=graph.text(graph.values(iri, "carriedThrough")[0], "rationale") if carried else "",
    )


def _strongest_first(links: Iterable[Link]) -> list[Link]:
    """Sort links: those that name the subject, then those not carried over, by strength of basis, the nearest first."""
    return sorted(links, key=lambda link: (not link.specific, bool(link.carried_from), link.rank, len(link.steps)))


def _named(graph: Graph, iri: str) -> Named:
    return Named(shorten(iri), graph.label(iri))


def _kind(iri: str) -> str:
    return shorten(iri).removeprefix("id:").split("/")[0].replace("-", " ")
