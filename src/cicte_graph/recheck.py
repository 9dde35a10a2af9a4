"""Check again after a few quads have come or gone: only the nodes from which a shape can see one of them.

What comes out is what a check of the whole would find. Knows which properties a shape looks at, and where from; the
judging is left to conformance.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Set

import pyoxigraph as ox

from cicte_graph import shapes as sh
from cicte_graph.load import Place
from cicte_graph.store import Store
from cicte_graph.validate import Finding, violations_in
from cicte_graph.value_index import BELOW, TYPE, Node, Step, ValueIndex

__all__ = ["find_violations_again"]

Sight = tuple[tuple[Step, ...], Step]  # a path from the focus node, and the property looked at where it ends


def find_violations_again(
    store: Store,
    places: Mapping[str, Place],
    shapes: Iterable[sh.Shape],
    before: Iterable[Finding],
    changed: Iterable[ox.Quad],
) -> Iterator[Finding]:
    """Yield what shapes object to, given what they objected to before a change.

    Args:
        store: The graph as it is now, conclusions of the rules included.
        places: Where its records stand now.
        shapes: The shapes that the findings are of.
        before: What `find_violations` yielded on the graph as it was.
        changed: The quads that went and those that came.
    """
    shapes, changed = list(shapes), list(changed)
    nodes = None
    if not any(quad.predicate == BELOW.property for quad in changed):
        nodes = _concerned(shapes, changed, store)
        names = {str(node).strip("<>") for node in nodes}
        for one in before:
            if one.record not in names:
                yield Finding(one.rule, one.severity, one.record, one.message, places.get(one.record))
    yield from violations_in(store, places, shapes, nodes)


def _concerned(shapes: Iterable[sh.Shape], changed: Iterable[ox.Quad], store: Store) -> set[Node]:
    """Give the nodes from which a shape sees a change.

    Looking back from a change along ways that stand now is enough: from where a way is gone, the first of it that went
    is seen.
    """
    index = ValueIndex(store)
    by_property: dict[ox.NamedNode, list[ox.Quad]] = {}
    for quad in changed:
        by_property.setdefault(quad.predicate, []).append(quad)
    found: set[Node] = set()
    for path, step in {sight for shape in shapes for sight in _sights(shape, ())}:
        ends: Set[Node] = {quad.object if step.inverse else quad.subject for quad in by_property.get(step.property, ())}
        starts = index.reached(tuple(one.back() for one in reversed(path)), ends)
        found.update(*starts.values())
    return found


def _sights(shape: sh.Shape, path: tuple[Step, ...]) -> Iterator[Sight]:
    """Yield all that a shape looks at from the end of a path."""
    if shape.targets:
        yield path, TYPE
    for step in shape.path:
        yield path, step
        path = (*path, step)
    for inner in shape.properties:
        yield from _sights(inner, path)
    for constraint in shape.constraints:
        match constraint:
            case sh.Class():
                yield path, TYPE
            case sh.NodeShape(inner) | sh.Not(inner) | sh.QualifiedValueShape(inner):
                yield from _sights(inner, path)
            case sh.Or(several) | sh.Xone(several):
                for one in several:
                    yield from _sights(one, path)
