"""What is drawn of an element: what it is part of, and the mandates it rests on by their instruments.

Mandates that speak more widely are gathered in one card for each basis, which leads to the text.
"""

from collections.abc import Callable, Iterable

from cicte_graph.explorer.diagram.cards import PART, Card, Entry, Frame, Sketch, Thread
from cicte_graph.explorer.diagram.lettering import NOTE, SMALL, STRONG, TITLE, Text
from cicte_graph.explorer.diagram.threads import adopted, bundled, gathered, missing, period, thread
from cicte_graph.graph import Graph
from cicte_graph.link import Link, Named, kind_of, kind_told
from cicte_graph.terms import expand
from cicte_graph.trace import Trace
from cicte_graph.trace_text import by_mandate
from cicte_graph.wording import say, say_number

__all__ = ["Upward"]

WEAKEST = 6  # rank of a basis


class Upward:
    """An element with what it is part of, and the mandates by their instruments."""

    def __init__(self, graph: Graph, found: Trace, where: Callable[[str], str]) -> None:
        self.graph = graph
        self.found = found
        self.where = where

    def sketch(self) -> Sketch:
        """Choose what is drawn."""
        column = [self.found.asked, *self.found.place]
        at = {one.id: place for place, one in enumerate(column)}
        groups = by_mandate(self.found.links)
        frames = list(self._instruments([group for group in groups if group[0].specific], at))
        if not groups:
            frames.append(missing(say("No mandate in this graph.")))
        elif not frames and self.found.place:  # a plan has no subject of its own
            frames.append(missing(say("No paragraph speaks of its subject.")))
        wider = [group for group in groups if not group[0].specific]
        frames += gathered(wider, lambda same: self._wider(same, at))
        if self.found.within:
            frames.append(Frame(None, [self._within()]))
        return Sketch([self._element(one) for one in column], frames, say("part of"))

    def _element(self, one: Named) -> Card:
        asked = one == self.found.asked
        kind = " · ".join([kind_told(kind_of(one.id)), period(one)])
        texts = [Text(kind, SMALL, quiet=True), Text(one.label, TITLE if asked else STRONG)]
        return Card(texts, one.id, "asked" if asked else "record")

    def _instruments(self, groups: list[list[Link]], at: dict[str, int]) -> Iterable[Frame]:
        found: dict[str, list[list[Link]]] = {}
        for group in groups:
            found.setdefault(group[0].instrument.id, []).append(group)
        for same in found.values():
            entries = [self._mandate(group, at) for group in same]
            first = same[0][0]
            heading = None if first.mandate == first.instrument else _instrument(self.graph, first.instrument)
            yield Frame(heading, entries)

    def _mandate(self, group: list[Link], at: dict[str, int]) -> Entry:
        first = group[0]
        whole = first.mandate == first.instrument
        texts = _instrument(self.graph, first.mandate).texts if whole else [Text(first.mandate.label, STRONG)]
        texts = [*texts, Text(first.gist, NOTE, 9)] if first.gist else texts
        threads = [thread(link, at[link.element.id]) for link in group if link.specific]
        return Entry(Card(texts, first.mandate.id), threads)

    def _wider(self, same: list[list[Link]], at: dict[str, int]) -> Entry:
        links = [group[0] for group in same]
        texts = [Text(_counted(len(same), links[0]), STRONG), Text(self._cited(links), NOTE, 4)]
        card = Card(texts, self.where(links[0].mandate.label), "gathered")
        return Entry(card, list(bundled(links, lambda link: at[link.element.id])))

    def _within(self) -> Entry:
        links = [group[0] for group in by_mandate(self.found.within)]
        number = say_number("{number} mandate tied to parts of it", "{number} mandates tied to parts of it", len(links))
        texts = [Text(number, STRONG), Text(self._cited(links), NOTE, 4)]
        card = Card(texts, self.where(links[0].mandate.label), "gathered")
        return Entry(card, [Thread(0, PART, WEAKEST, [Text(say("through its parts"), SMALL)])])

    def _cited(self, links: list[Link]) -> str:
        """Cite mandates in short, the paragraphs of an instrument together."""
        cited: dict[str, list[str]] = {}
        for link in links:
            paragraph = self.graph.values(expand(link.mandate.id), "paragraph")
            cited.setdefault(link.symbol or link.instrument.label, []).extend(paragraph)
        return "; ".join(": ".join(filter(None, (name, ", ".join(ones)))) for name, ones in cited.items())


def _counted(number: int, link: Link) -> str:
    """Count mandates that bear on an element as widely as a link does."""
    return {
        ("area", False): say_number("{number} mandate by work area", "{number} mandates by work area", number),
        ("general", False): say_number("{number} mandate in general", "{number} mandates in general", number),
        ("listed", False): say_number("{number} mandate only listed", "{number} mandates only listed", number),
        ("area", True): say_number(
            "{number} mandate by a work area of an earlier plan",
            "{number} mandates by a work area of an earlier plan",
            number,
        ),
        ("general", True): say_number(
            "{number} mandate in general under an earlier plan",
            "{number} mandates in general under an earlier plan",
            number,
        ),
        ("listed", True): say_number(
            "{number} mandate only listed by an earlier plan",
            "{number} mandates only listed by an earlier plan",
            number,
        ),
    }[link.carried_basis or link.basis, bool(link.carried_from)]


def _instrument(graph: Graph, one: Named) -> Card:
    """Set what a mandate stands in: symbol, name, who adopted it and when."""
    symbol = next(iter(graph.values(expand(one.id), "symbol")), "")
    if not symbol or symbol == one.label:
        return Card([Text(one.label, STRONG), *adopted(graph, one)], one.id)
    return Card([Text(symbol, STRONG), Text(one.label, NOTE), *adopted(graph, one)], one.id)
