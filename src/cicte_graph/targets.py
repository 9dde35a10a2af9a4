"""Numbers that elements set: written out, and added up where they can be.

A number printed in an activity and again in an outcome of its project is counted once, in the outcome. Places are
not added, since the same place may be meant twice; a number left open is in no sum.
"""

from collections.abc import Iterable, Sequence

from cicte_graph.graph import Graph
from cicte_graph.terms import CONCEPT
from cicte_graph.wording import say, say_number
from cicte_graph.words import listed, number_of

__all__ = ["sums", "target_told", "term", "written"]

PLACES = f"{CONCEPT}unit/places"


def term(graph: Graph, concept: str) -> str:
    """Write a value of a closed list as in a sentence."""
    label = graph.label(concept)
    if label[1:] == label[1:].lower():
        return label.lower()
    # in Spanish no value begins with a name: entidad de las Naciones Unidas, but CSIRT
    return label[0].lower() + label[1:] if graph.language == "es" and not label.isupper() else label


def written(graph: Graph, element: str) -> str:
    """Write the numbers an element sets: 5 courses (national); officials, number left open."""
    return "; ".join(target_told(graph, target) for target in graph.values(element, "target"))


def target_told(graph: Graph, target: str) -> str:
    """Write one number that an element sets."""
    unit = " ".join(term(graph, one) for one in graph.values(target, "unit"))
    quantity = graph.values(target, "quantity")
    if quantity:
        number = number_of(int(quantity[0]), unit, graph.language)
        told = say("at least {number}", number=number) if "true" in graph.values(target, "atLeast") else number
    else:
        told = say("{unit}, number left open", unit=unit)
    # an adjective that in Spanish would have to agree with the unit
    scope = [say("{scope}", scope=term(graph, one)) for one in graph.values(target, "scope")]
    places = graph.values(target, "placeCount")
    kinds = [term(graph, one) for one in graph.values(target, "placeUnit")]
    spread = (number_of(int(place), kind, graph.language) for place, kind in zip(places, kinds, strict=False))
    more = [*scope, *(say("in {places}", places=places) for places in spread)]
    return f"{told} ({', '.join(more)})" if more else told


def sums(graph: Graph, elements: Sequence[str]) -> dict[str, str]:
    """Add up the numbers of elements by unit, written out, the largest first.

    Args:
        graph: The graph to look in.
        elements: IRIs of elements, those within them included.
    """
    outcomes = {
        (parent, unit, *graph.values(target, "quantity"))
        for element in elements
        if "/outcome/" in element
        for parent in graph.values(element, "partOf")
        for target in graph.values(element, "target")
        for unit in graph.values(target, "unit")
    }
    found: dict[str, list[str]] = {}
    for element in elements:
        for target in graph.values(element, "target"):
            for unit in graph.values(target, "unit"):
                printed = (unit, *graph.values(target, "quantity"))
                again = any((parent, *printed) in outcomes for parent in graph.values(element, "partOf"))
                if "/outcome/" in element or not again:
                    found.setdefault(unit, []).append(target)
    told = {unit: _sum(graph, unit, targets) for unit, targets in found.items()}
    order = sorted(told, key=lambda unit: (-told[unit][0], term(graph, unit)))
    return {unit: told[unit][1] for unit in order}


def _sum(graph: Graph, unit: str, targets: Iterable[str]) -> tuple[int, str]:
    numbers, still_open, least = [], 0, False
    for target in targets:
        quantity = graph.values(target, "quantity")
        numbers += [int(quantity[0])] if quantity else []
        still_open += not quantity
        least |= "true" in graph.values(target, "atLeast")
    name = term(graph, unit)
    if PLACES in graph.iris(unit, "broader") and len(numbers) > 1:
        told = f"{listed([f'{number:,}' for number in numbers])} {name}"
    else:
        told = number_of(sum(numbers), name, graph.language) if numbers else ""
    if least and told:
        told = say("at least {number}", number=told)
    left = say_number("{unit}, {number} left open", "{unit}, {number} left open", still_open, unit=name)
    return sum(numbers), "; ".join(part for part in (told, left if still_open else "") if part)
