"""What is drawn of a mandate or topic: what is within it, and for each the elements that answer it, plan by plan.

Elements that are reached more widely are gathered in one card for each basis, which leads to the text.
"""

import re
from collections.abc import Callable, Iterable

from cicte_graph.explorer.diagram.cards import Card, Entry, Frame, Sketch
from cicte_graph.explorer.diagram.lettering import NOTE, SMALL, STRONG, TITLE, Text
from cicte_graph.explorer.diagram.threads import adopted, bundled, gathered, missing, period, thread
from cicte_graph.graph import Graph
from cicte_graph.link import Link, Named, kind_of, kind_told, kinded
from cicte_graph.terms import expand
from cicte_graph.trace import Trace
from cicte_graph.trace_text import by_element
from cicte_graph.wording import say, say_number

__all__ = ["Downward"]


class Downward:
    """A mandate or topic with what is within it, and the elements by their plans."""

    def __init__(self, graph: Graph, found: Trace, where: Callable[[str], str]) -> None:
        self.graph = graph
        self.found = found
        self.where = where

    def sketch(self) -> Sketch:
        """Choose what is drawn."""
        found = self.found
        groups = by_element(found.links)
        inner = sorted({link.mandate.id: link.mandate for link in found.links if link.specific}.values(), key=_natural)
        holders = [found.asked, *(one for one in inner if one != found.asked)]
        column = [self._top(), *(Card([Text(one.label, STRONG)], one.id) for one in holders[1:])]
        frames = [frame for place, one in enumerate(holders) for frame in self._plans(place, one)]
        if not groups:
            frames.append(missing(say("No element rests on it.")))
        elif not frames:
            frames.append(missing(say("No element answers it by its subject.")))
        wider = [group for group in groups if not group[0].specific]
        if wider and len(column) > 1:
            column.append(Card([Text(say("Reached more widely"), STRONG)], self._where(wider[0][0]), "gathered"))
        frames += gathered(wider, lambda same: self._wider(same, len(column) - 1))
        return Sketch(column, frames)

    def _top(self) -> Card:
        asked = self.found.asked
        texts = [Text(kind_told(self.found.kind), SMALL, quiet=True), Text(asked.label, TITLE)]
        texts += [Text(symbol, NOTE) for symbol in self.graph.values(expand(asked.id), "symbol")]
        texts += [Text(self.found.gist, NOTE, 9)] if self.found.gist else []
        texts += adopted(self.graph, asked)
        for above in self.found.place:
            texts += [Text(above.label, SMALL, quiet=True), *adopted(self.graph, above)]
        return Card(texts, asked.id, "asked")

    def _plans(self, holder: int, mandate: Named) -> Iterable[Frame]:
        """Set the elements that answer a mandate, each by its strongest link to it, plan by plan."""
        strongest: dict[str, Link] = {}
        for link in self.found.links:
            if link.specific and link.mandate == mandate:
                strongest.setdefault(link.element.id, link)
        for plan in self.graph.plans():
            links = [one for one in strongest.values() if self.graph.plan_of(expand(one.element.id)) == expand(plan)]
            if links:
                number = say_number("{number} element", "{number} elements", len(links))
                heading = [Text(self.graph.label_of(plan), STRONG), Text(number, SMALL, quiet=True)]
                yield Frame(Card(heading, plan), [self._element(link, holder) for link in links])

    def _element(self, link: Link, holder: int) -> Entry:
        above = [self.graph.label(parent) for parent in self.graph.values(expand(link.element.id), "partOf")]
        kind = " · ".join([kind_told(kind_of(link.element.id)), *above])
        texts = [Text(link.element.label, STRONG), Text(kind, SMALL, 3, quiet=True)]
        return Entry(Card(texts, link.element.id), [thread(link, holder)])

    def _wider(self, same: list[list[Link]], holder: int) -> Entry:
        links = [group[0] for group in same]
        named = "; ".join(f"{link.element.label} ({period(link.element)})" for link in links)
        texts = [Text(_counted(len(same), links[0]), STRONG), Text(named, NOTE, 4)]
        return Entry(Card(texts, self._where(links[0]), "gathered"), list(bundled(links, lambda _: holder)))

    def _where(self, link: Link) -> str:
        return self.where(kinded(link.element))


def _counted(number: int, link: Link) -> str:
    """Count elements that a mandate reaches as widely as a link does."""
    return {
        ("area", False): say_number("{number} element by work area", "{number} elements by work area", number),
        ("general", False): say_number("{number} element in general", "{number} elements in general", number),
        ("listed", False): say_number("{number} element only by a list", "{number} elements only by a list", number),
        ("area", True): say_number(
            "{number} element by a work area it carries on", "{number} elements by a work area they carry on", number
        ),
        ("general", True): say_number(
            "{number} element in general, by what it carries on",
            "{number} elements in general, by what they carry on",
            number,
        ),
        ("listed", True): say_number(
            "{number} element only by an earlier list", "{number} elements only by an earlier list", number
        ),
    }[link.carried_basis or link.basis, bool(link.carried_from)]


def _natural(one: Named) -> list[tuple[int, str]]:
    """Order paragraphs as their instrument does: 4 before 4(a) before 10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", one.id)]
