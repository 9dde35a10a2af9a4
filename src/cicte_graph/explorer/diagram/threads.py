"""What is written in diagrams of either direction: on threads, on cards that gather many links, of instruments."""

from collections.abc import Callable, Iterable
from itertools import groupby

from cicte_graph.explorer.diagram.cards import Card, Entry, Frame, Thread
from cicte_graph.explorer.diagram.lettering import SMALL, STRONG, Text, Type
from cicte_graph.graph import Graph
from cicte_graph.link import Link, Named, basis_told, confidence_told, status_told
from cicte_graph.terms import expand
from cicte_graph.wording import say

__all__ = ["adopted", "bundled", "gathered", "missing", "period", "thread"]


def missing(told: str) -> Frame:
    """Say what there is not, where it would stand."""
    return Frame(None, [Entry(Card([Text(told, STRONG)], kind="missing"))])


def gathered(groups: list[list[Link]], make: Callable[[list[list[Link]]], Entry]) -> list[Frame]:
    """Make one card for each basis, each mandate or element by its strongest link."""
    found: dict[tuple[str, str], list[list[Link]]] = {}
    for group in groups:
        found.setdefault((group[0].basis, group[0].carried_basis), []).append(group)
    return [Frame(None, [make(same)]) for same in found.values()]


def bundled(links: list[Link], holder: Callable[[Link], int]) -> Iterable[Thread]:
    """Make one thread of links that come from one card with one status."""

    def way(link: Link) -> tuple[int, str]:
        return holder(link), link.status

    for (place, status), together in groupby(sorted(links, key=way), key=way):
        same = list(together)
        texts = [Text(_basis(same[0]), SMALL), Text(status_told(status), SMALL, quiet=True)]
        origins = {link.carried_from for link in same}
        if len(origins) == 1 and (origin := origins.pop()):
            texts.append(_origin(origin))
        yield Thread(place, status, same[0].rank, texts)


def thread(link: Link, holder: int) -> Thread:
    """Make the thread of one link: its basis, status and confidence, and where it is carried over from."""
    told = [_basis(link), status_told(link.status), confidence_told(link.confidence)]
    name, *firm = dict.fromkeys(told)  # the basis and the status may be one word
    texts = [Text(name, Type(SMALL.size, bold=True)), Text(" · ".join(firm), SMALL, quiet=True)]
    texts += [_origin(link.carried_from)] if link.carried_from else []
    return Thread(holder, link.status, link.rank, texts, link.justification)


def _basis(link: Link) -> str:
    """Name a basis, with what it was before it was carried over."""
    told = basis_told(link.basis)
    return f"{told} ({basis_told(link.carried_basis)})" if link.carried_basis else told


def adopted(graph: Graph, one: Named) -> list[Text]:
    """Say who adopted an instrument and when; nothing for what is none."""
    iri = expand(one.id)
    bodies = [graph.label(body) for body in graph.values(iri, "adoptedBy")]
    when = graph.values(iri, "adoptedOn") or [text for text in [graph.text(iri, "session")] if text]
    told = ", ".join([*bodies, *when])
    return [Text(told, SMALL, 5, quiet=True)] if told else []


def period(one: Named) -> str:
    """Name the plan of an element by its years, as its identifier does."""
    return one.id.split("/")[1]


def _origin(one: Named) -> Text:
    told = say("from {name} ({years})", name=one.label, years=period(one))
    return Text(told, SMALL, 4, quiet=True)
