"""The values of properties, set by set: what every node of a set reaches over a path, and who is of a class.

Reads a property once, when it is first asked of many nodes. Knows no shape.
"""

from collections.abc import Collection, Mapping, Set
from typing import NamedTuple

import pyoxigraph as ox

from cicte_graph.store import Store
from cicte_graph.terms import PREFIXES

__all__ = ["BELOW", "TYPE", "Node", "Step", "ValueIndex"]

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
NOTHING: frozenset[Node] = frozenset()


class Step(NamedTuple):
    """One property of a path, followed from subject to value or the other way."""

    property: ox.NamedNode
    inverse: bool = False

    def back(self) -> "Step":
        """Give the same step, the other way."""
        return Step(self.property, not self.inverse)


TYPE = Step(ox.NamedNode(f"{PREFIXES['rdf']}type"))
BELOW = Step(ox.NamedNode(f"{PREFIXES['rdfs']}subClassOf"), inverse=True)
FEW = 100  # nodes that are looked up one by one, and no whole property read for


class ValueIndex:
    """What a store says, by property; a triple of two graphs counts once. The store must not change meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._steps: dict[Step, dict[Node, Collection[Node]]] = {}
        self._instances: dict[ox.NamedNode, frozenset[Node]] = {}

    def reached(self, path: tuple[Step, ...], nodes: Set[Node]) -> Mapping[Node, Collection[Node]]:
        """Map every node to what it reaches over a path; over no step, to itself."""
        if not path:
            return {node: (node,) for node in nodes}
        found = self._over(path[0], nodes)
        for step in path[1:]:
            further = self._over(step, frozenset().union(*found.values()))
            found = {node: {far for near in values for far in further[near]} for node, values in found.items()}
        return found

    def instances(self, of: ox.NamedNode) -> frozenset[Node]:
        """Give the nodes whose type is the class or a class below it."""
        found = self._instances.get(of)
        if found is None:
            types = self._step(TYPE.back())
            found = self._instances[of] = frozenset().union(*(types.get(one, NOTHING) for one in self._below(of)))
        return found

    def of_class(self, of: ox.NamedNode, nodes: Set[Node]) -> Set[Node]:
        """Give those of the nodes that are instances of a class."""
        if len(nodes) > FEW:
            return nodes & self.instances(of)
        below = self._below(of)
        return {node for node, types in self._over(TYPE, nodes).items() if not below.isdisjoint(types)}

    def _below(self, of: ox.NamedNode) -> set[Node]:
        """Give the class and those below it."""
        index = self._step(BELOW)
        below: set[Node] = {of}
        fresh = below
        while fresh:
            fresh = {one for above in fresh for one in index.get(above, NOTHING)} - below
            below = below | fresh
        return below

    def _over(self, step: Step, nodes: Set[Node]) -> dict[Node, Collection[Node]]:
        if len(nodes) <= FEW and step not in self._steps:
            if step.inverse:
                return {one: {q.subject for q in self._store.matching(None, step.property, one)} for one in nodes}
            return {one: {q.object for q in self._store.matching(one, step.property, None)} for one in nodes}
        index = self._step(step)
        return {node: index.get(node, NOTHING) for node in nodes}

    def _step(self, step: Step) -> dict[Node, Collection[Node]]:
        index = self._steps.get(step)
        if index is None:
            index = self._steps[step] = {}
            for quad in self._store.matching(None, step.property, None):
                start, end = (quad.object, quad.subject) if step.inverse else (quad.subject, quad.object)
                ends = index.get(start)
                if ends is None:
                    index[start] = (end,)  # most have one: a set would take four times the room
                elif isinstance(ends, set):
                    ends.add(end)
                else:
                    index[start] = {*ends, end}
        return index
