"""Mend the conclusions of the rules after a few quads have come or gone, without running the rules over the graph.

Delete and rederive: all that may have rested on what goes is taken back, what still holds is concluded again, and then
what is new is followed (Gupta, Mumick and Subrahmanian 1993). The result is that of `derive` over the changed graph.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, product
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cicte_graph.derive import DERIVED, conclude
from cicte_graph.errors import UsageError
from cicte_graph.premises import Binding, Premises, refuse
from cicte_graph.rules import Rule, parts, read_rules
from cicte_graph.store import Store

__all__ = ["rederive"]


class _Followed:
    """A rule whose conclusions are followed record by record: by the one subject that they all have."""

    def __init__(self, rule: Rule) -> None:
        from rdflib import URIRef, Variable

        subjects = {subject for subject, _, _ in rule.template}
        if len(subjects) > 1 or not all(isinstance(one, Variable) for one in subjects):
            refuse(rule, "concludes on more than one variable", "Make a rule for each")
        if not all(isinstance(name, URIRef) for _, name, _ in rule.template):
            refuse(rule, "concludes with a property that varies", "Name the property")
        self.rule = rule
        self.premises = Premises(rule)
        self.concluded = {str(name) for _, name, _ in rule.template}
        self.subject = str(subjects.pop())
        self.sources = _sources(rule, self.subject, self.premises)

    def again(self, premises: Iterable[ox.Quad]) -> set[ox.Triple]:
        """Conclude from these premises alone."""
        return conclude(self.rule, Store(premises))

    def keys(self, store: Store, subject: Any) -> Iterator[Binding]:
        """Tell by which values of its variables it concludes on a record."""
        if not self.sources:
            yield {self.subject: subject}
            return
        values = ([quad.object for quad in store.matching(subject, name, None)] for name in self.sources.values())
        yield from (dict(zip(self.sources, one, strict=True)) for one in product(*values))


def rederive(
    store: Store, rules: Path, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Take quads from a graph and add others, and mend what rules conclude.

    Args:
        store: A graph with all conclusions of the rules; it is changed.
        rules: The folder of the rules.
        removed: Quads that go, none of them a conclusion.
        added: Quads that come, none of them a conclusion.

    Returns:
        The conclusions that went, and those that came.

    Raises:
        UsageError: A quad is a conclusion, or a rule's conclusions cannot be followed one by one.
    """
    gone, come = list(removed), list(added)
    if any(quad.graph_name == DERIVED for quad in chain(gone, come)):
        raise UsageError(f"{DERIVED.value}: what rules conclude is not edited. Change what they conclude it from.")
    followed = [_Followed(rule) for rule in read_rules(rules)]
    lost, again = _taken_back(store, followed, gone)
    store.remove([*gone, *lost])
    store.extend(come)
    beside = (quad for one in come for quad in store.matching(*one.triple))
    said = {quad for quad in beside if quad.graph_name == DERIVED}  # what the files say is not said again
    store.remove(said)
    won = _won(store, followed, again, come)
    return (lost | said) - won, won - lost


def _taken_back(
    store: Store, followed: Iterable[_Followed], gone: Iterable[ox.Quad]
) -> tuple[set[ox.Quad], list[tuple[_Followed, Binding]]]:
    """Give all conclusions that may rest on what goes, and by what each is to be tried again."""
    followed = list(followed)
    lost: set[ox.Quad] = set()
    tried: dict[tuple[_Followed, Any], list[Binding]] = {}
    news = list(gone)
    while news:
        touched = [
            (one, subject)
            for one in followed
            for subject in {
                *(triple.subject for triple in one.again(one.premises.around(store, news))),
                *(quad.subject for quad in news if quad.predicate.value in one.concluded),
            }
        ]
        news = []
        for one, subject in touched:
            if (one, subject) not in tried:
                tried[one, subject] = list(one.keys(store, subject))
                about = (quad for quad in store.matching(subject, None, None) if quad.graph_name == DERIVED)
                taken = {quad for quad in about if quad.predicate.value in one.concluded} - lost
                lost |= taken
                news += taken
    return lost, [(one, key) for (one, _), keys in tried.items() for key in keys]


def _won(
    store: Store, followed: Iterable[_Followed], again: Iterable[tuple[_Followed, Binding]], come: Iterable[ox.Quad]
) -> set[ox.Quad]:
    """Add what still holds and what is new, until nothing more follows; give what was added."""
    followed = list(followed)
    won: set[ox.Quad] = set()
    asked: dict[_Followed, set[ox.Quad]] = {one: set() for one in followed}
    for one, key in again:
        asked[one] |= one.premises.of(store, key)
    news = list(come)
    while True:
        for one in followed:
            asked[one] |= one.premises.around(store, news)
        triples = {triple for one in followed if asked[one] for triple in one.again(asked[one])}
        news = [_derived(triple) for triple in triples if next(store.matching(*triple), None) is None]
        if not news:
            return won
        store.extend(news)
        won.update(news)
        asked = {one: set() for one in followed}


def _derived(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, DERIVED)


def _sources(rule: Rule, subject: str, premises: Premises) -> dict[str, ox.NamedNode]:
    """Tell of a subject that is made by BIND which properties name the values it is made of; else nothing."""
    from rdflib import Variable

    if all(any(subject in pattern.variables() for pattern in way) for way in premises.ways):
        return {}
    made = [node for node in parts(rule.where) if getattr(node, "name", "") == "Extend" and str(node.var) == subject]
    needed = sorted({str(one) for node in made for one in parts(node.expr) if isinstance(one, Variable)})
    named = {
        str(object_): ox.NamedNode(str(name)) for _, name, object_ in rule.template if isinstance(object_, Variable)
    }
    asked = set.intersection(*({name for pattern in way for name in pattern.variables()} for way in premises.ways))
    if not needed or not named.keys() & asked >= set(needed):
        refuse(rule, f"makes ?{subject} of what its conclusions do not name", "Conclude what it is made of")
    return {name: named[name] for name in needed}
