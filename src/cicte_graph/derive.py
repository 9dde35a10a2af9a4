"""Draw the conclusions of the rules: CONSTRUCT files run to a fixed point into their own graph.

A rule is run again only if one that feeds it has added something. What the store says is asked of the store: beside it
only conclusions are held.
"""

from pathlib import Path
from typing import cast

import pyoxigraph as ox

from cicte_graph.rules import Rule, read_rules
from cicte_graph.store import Store, evaluated
from cicte_graph.terms import GRAPH

__all__ = ["DERIVED", "conclude", "derive"]

DERIVED = ox.NamedNode(f"{GRAPH}derived")


def derive(store: Store, rules: Path) -> int:
    """Run every rule of a folder until none adds anything.

    What the store already says is not said again, so a second run adds nothing.

    Returns:
        The number of quads added, all in `graph:derived`.

    Raises:
        UsageError: A rule is no CONSTRUCT query.
        EngineError: A rule cannot be evaluated.
    """
    before = len(store)
    ordered = read_rules(rules)
    waiting = set(ordered)
    found: dict[Rule, set[ox.Triple]] = {rule: set() for rule in ordered}
    while rule := next((one for one in ordered if one in waiting), None):
        waiting.remove(rule)
        concluded = conclude(rule, store)
        fresh = [triple for triple in concluded - found[rule] if next(store.matching(*triple), None) is None]
        store.extend(ox.Quad(triple.subject, triple.predicate, triple.object, DERIVED) for triple in fresh)
        fed = {other for other in ordered if fresh and rule.feeds(other)}
        found[rule] = concluded if rule in fed else set()  # only one that is run again at once gains by it
        waiting |= fed
    return len(store) - before


def conclude(rule: Rule, store: Store) -> set[ox.Triple]:
    """Give all that one rule concludes from what a store says now."""
    return set(evaluated(cast("ox.QueryTriples", store.query(rule.text))))
