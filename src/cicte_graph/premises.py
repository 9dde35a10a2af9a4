"""Gather what conclusions of a rule rest on, beginning from a few triples or values of its variables.

Only index look-ups: the cost grows with what is gathered and not with the graph. Filters and BIND are not looked at, so
what is gathered may be too much and is never too little; the engine runs the rule over it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import pyoxigraph as ox

from cicte_graph.errors import UsageError
from cicte_graph.rules import Rule, parts
from cicte_graph.store import Store, Term

__all__ = ["Binding", "Premises", "refuse"]

Binding = Mapping[str, Any]  # terms by variable
Edge = tuple[Any, Any]  # the two ends that a pattern joins
ONE, OPTIONAL, MANY, ANY = "", "?", "+", "*"  # how many steps


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A triple pattern, or a path over one property; a variable is its name."""

    subject: str | Term
    property: ox.NamedNode
    object: str | Term
    steps: str = ONE

    def variables(self) -> set[str]:
        return {end for end in (self.subject, self.object) if isinstance(end, str)}

    def bound(self, binding: Binding) -> tuple[int, bool]:
        """Rank it for looking up: what has most ends bound is quickest, and a subject has less around it."""
        return len(self.variables() & binding.keys()), self.subject in binding

    def joined(self, edge: Edge, binding: Binding) -> Binding | None:
        """Bind its ends to two terms, unless that contradicts what is bound."""
        made = dict(binding)
        for end, term in zip((self.subject, self.object), edge, strict=True):
            if (made.setdefault(end, term) if isinstance(end, str) else end) != term:
                return None
        return made


class Premises:
    """The patterns of one rule, each way through its UNIONs apart."""

    def __init__(self, rule: Rule) -> None:
        """Take a rule apart.

        Raises:
            UsageError: Its conclusions cannot be followed from its premises one by one.
        """
        self.ways = _ways(rule, rule.where)
        for way in self.ways:
            joined, apart = set(way[0].variables()), list(way)
            while touching := [one for one in apart if one.variables() & joined]:
                joined.update(*(one.variables() for one in touching))
                apart = [one for one in apart if one not in touching]
            if apart:
                refuse(rule, "has premises that share no variable", "Join them")

    def around(self, store: Store, triples: Iterable[ox.Quad]) -> set[ox.Quad]:
        """Give what conclusions that rest on one of these triples rest on."""
        begun = (
            (way, binding)
            for triple in triples
            for way in self.ways
            for pattern in way
            if pattern.property == triple.predicate
            for binding in _begun(store, pattern, triple)
        )
        return {quad for way, binding in begun for found in _gathered(store, way, binding) for quad in found}

    def of(self, store: Store, binding: Binding) -> set[ox.Quad]:
        """Give what conclusions with these values of variables rest on."""
        return {quad for way in self.ways for found in _gathered(store, way, binding) for quad in found}


def refuse(rule: Rule, what: str, remedy: str) -> NoReturn:
    """Object to a rule whose conclusions cannot be followed one by one."""
    raise UsageError(f"{rule.path.name}: {what}, so its conclusions cannot be followed one by one. {remedy}.")


def _ways(rule: Rule, node: Any) -> list[list[_Pattern]]:
    """Give the patterns of a group, once for each way through its UNIONs."""
    match node.name:
        case "BGP":
            return [[_pattern(rule, triple) for triple in node.triples]]
        case "Union":
            return _ways(rule, node.p1) + _ways(rule, node.p2)
        case "Join":
            return [one + other for one in _ways(rule, node.p1) for other in _ways(rule, node.p2)]
        case "Filter" if any("EXISTS" in getattr(one, "name", "") for one in parts(node.expr)):
            refuse(rule, "asks in a FILTER what exists", "Write it as a pattern")
        case "Filter" | "Extend" | "Project":
            return [way for way in _ways(rule, node.p) if way]
        case other:
            refuse(rule, f"has a part of a kind ({other}) other than patterns, UNION, FILTER and BIND", "Do without")


def _pattern(rule: Rule, triple: tuple[Any, Any, Any]) -> _Pattern:
    from rdflib import URIRef
    from rdflib.paths import MulPath

    subject, step, object_ = triple
    steps = step.mod if isinstance(step, MulPath) else ONE
    property_ = step.path if isinstance(step, MulPath) else step
    if not isinstance(property_, URIRef):
        refuse(rule, f"has the property {step.n3()}, which is not one of ours, once or repeated", "Write steps out")
    return _Pattern(_end(subject), ox.NamedNode(str(property_)), _end(object_), steps)


def _end(term: Any) -> str | Term:
    from rdflib import Literal, URIRef

    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, Literal):
        kind = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), datatype=kind, language=term.language)
    return str(term)  # a variable, or a blank node, which is one that has no name


def _begun(store: Store, pattern: _Pattern, triple: ox.Quad) -> Iterator[Binding]:
    """Bind a pattern's ends to those of a triple, or of paths that it is a step of."""
    starts, ends = {triple.subject}, {triple.object}
    if pattern.steps in (MANY, ANY):
        starts, _ = _reached(store, triple.subject, pattern.property, ANY, forward=False)
        ends, _ = _reached(store, triple.object, pattern.property, ANY, forward=True)
    pairs = ((start, end) for start in starts for end in ends)
    yield from (made for pair in pairs if (made := pattern.joined(pair, {})) is not None)


def _gathered(store: Store, way: Sequence[_Pattern], binding: Binding) -> Iterator[list[ox.Quad]]:
    """Give the quads of each solution, the patterns looked up one after another, the most bound first."""
    if not way:
        yield []
        return
    first = max(way, key=lambda pattern: pattern.bound(binding))
    rest = [pattern for pattern in way if pattern is not first]
    for edge, quads in _edges(store, first, binding):
        if (made := first.joined(edge, binding)) is not None:
            yield from (quads + more for more in _gathered(store, rest, made))


def _edges(store: Store, pattern: _Pattern, binding: Binding) -> Iterator[tuple[Edge, list[ox.Quad]]]:
    start, end = (binding.get(one) if isinstance(one, str) else one for one in (pattern.subject, pattern.object))
    if pattern.steps == ONE:
        for quad in store.matching(start, pattern.property, end):
            yield (quad.subject, quad.object), [quad]
    elif start is not None:
        reached, quads = _reached(store, start, pattern.property, pattern.steps, forward=True)
        yield from (((start, one), quads) for one in reached)
    else:
        reached, quads = _reached(store, end, pattern.property, pattern.steps, forward=False)
        yield from (((one, end), quads) for one in reached)


def _reached(
    store: Store, start: Any, step: ox.NamedNode, steps: str, *, forward: bool
) -> tuple[set[Any], list[ox.Quad]]:
    """Give the terms a path leads to, and all quads on the way."""
    reached: set[Any] = {start} if steps in (OPTIONAL, ANY) else set()
    ahead, seen, quads = [start], {start}, []
    while ahead:
        here = ahead.pop()
        for quad in store.matching(here, step, None) if forward else store.matching(None, step, here):
            there = quad.object if forward else quad.subject
            quads.append(quad)
            reached.add(there)
            if there not in seen and steps in (MANY, ANY):
                seen.add(there)
                ahead.append(there)
    return reached, quads
