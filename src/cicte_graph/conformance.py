"""Judge nodes by shapes, a whole set at once.

Knows how each constraint is decided, and neither where shapes are written nor what becomes of a result. A shape
gives one result for each count, wanted value or language that is at fault, and one for each value refused.
Source of the rules: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017, parts 2 to 4.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import NamedTuple

import pyoxigraph as ox

from cicte_graph import shapes as sh
from cicte_graph.datatypes import WELL_FORMED, number
from cicte_graph.value_index import Node, ValueIndex

__all__ = ["Result", "results"]

Reached = Mapping[Node, Collection[Node]]  # focus node -> its values


class Result(NamedTuple):
    """One thing a shape objects to."""

    focus: Node
    shape: sh.Shape


def results(shape: sh.Shape, nodes: Set[Node], index: ValueIndex) -> Iterator[Result]:
    """Yield what a shape, or a property shape within it, objects to in any of the nodes."""
    reached = index.reached(shape.path, nodes)
    values = _values(reached) if shape.path else nodes
    for constraint in shape.constraints:
        for focus in _objections(constraint, reached, values, index):
            yield Result(focus, shape)
    for inner in shape.properties:  # which only a shape without a path has
        yield from results(inner, nodes, index)


def _failing(shape: sh.Shape, nodes: Set[Node], index: ValueIndex) -> Set[Node]:
    """Give those of the nodes that do not conform to a shape."""
    return {result.focus for result in results(shape, nodes, index)}


def _values(reached: Reached) -> set[Node]:
    return set().union(*reached.values())


def _reaching(refused: Set[Node], reached: Reached) -> Iterable[Node]:
    """Give a focus node once for each value refused."""
    if not refused:
        return ()
    return (focus for focus, values in reached.items() for value in values if value in refused)


def _objections(constraint: sh.Constraint, reached: Reached, values: Set[Node], index: ValueIndex) -> Iterable[Node]:
    """Give a focus node once for each result."""
    found: Iterable[Node]
    match constraint:
        case sh.MinCount(limit):
            found = (focus for focus, ends in reached.items() if len(ends) < limit)
        case sh.MaxCount(limit):
            found = (focus for focus, ends in reached.items() if len(ends) > limit)
        case sh.HasValue(value):
            found = (focus for focus, ends in reached.items() if value not in ends)
        case sh.UniqueLang():
            found = (focus for focus, ends in reached.items() for _ in range(_repeated_languages(ends)))
        case sh.QualifiedValueShape(shape, least, most):
            conforming = values - _failing(shape, values, index)
            counts = ((focus, sum(end in conforming for end in ends)) for focus, ends in reached.items())
            found = (
                focus for focus, count in counts for _ in range((count < least) + (most is not None and count > most))
            )
        case _:
            found = _reaching(_refused(constraint, values, index), reached)
    return found


def _repeated_languages(values: Iterable[Node]) -> int:
    languages = Counter(value.language for value in values if isinstance(value, ox.Literal) and value.language)
    return sum(number > 1 for number in languages.values())


def _refused(constraint: sh.Constraint, values: Set[Node], index: ValueIndex) -> Set[Node]:
    """Give the values that a constraint on each value by itself refuses."""
    refused: Set[Node]
    match constraint:
        case sh.Class(of):
            refused = values - index.of_class(of, values)
        case sh.In(allowed):
            refused = values - allowed
        case sh.NodeShape(shape):
            refused = _failing(shape, values, index)
        case sh.Not(shape):
            refused = values - _failing(shape, values, index)
        case sh.Or(shapes):
            refused = values
            for shape in shapes:
                refused = _failing(shape, refused, index)
        case sh.Xone(shapes):
            passed = Counter(value for shape in shapes for value in values - _failing(shape, values, index))
            refused = {value for value in values if passed[value] != 1}
        case _:
            refused = {value for value in values if not _is_allowed(constraint, value)}
    return refused


def _is_allowed(constraint: sh.Constraint, value: Node) -> bool:
    match constraint, value:
        case sh.Datatype(of), ox.Literal():
            return value.datatype == of and WELL_FORMED[of.value](value.value)
        case sh.LanguageIn(ranges), ox.Literal():
            return value.language is not None and any(_is_in(value.language, one) for one in ranges)
        case sh.MinInclusive(limit), ox.Literal():
            found = number(value)
            return found is not None and found >= limit
        case sh.Pattern(pattern), ox.Literal() | ox.NamedNode():
            return pattern.search(value.value) is not None
    return False


def _is_in(language: str, wanted: str) -> bool:
    """Tell whether a language is in a range, as langMatches of SPARQL 1.1 does."""
    return wanted == "*" or f"{language}-".lower().startswith(f"{wanted}-".lower())
