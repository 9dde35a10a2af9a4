"""Draw the conclusions of the rules: CONSTRUCT files run to a fixed point into their own graph."""

from pathlib import Path

import pyoxigraph as ox

from cicte_graph.errors import UsageError
from cicte_graph.store import Store
from cicte_graph.terms import GRAPH

__all__ = ["DERIVED", "derive"]

DERIVED = ox.NamedNode(f"{GRAPH}derived")


def derive(store: Store, rules: Path) -> int:
    """Run every rule of a folder, in order of name, until none adds anything.

    What the store already says is not said again, so a second run adds nothing.

    Returns:
        The number of quads added, all in `graph:derived`.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(rules.glob("*.rq"))]
    said = {(quad.subject, quad.predicate, quad.object) for quad in store}
    before = len(said)
    while True:
        size = len(said)
        for text in texts:
            triples = store.query(text)
            if not isinstance(triples, ox.QueryTriples):
                raise UsageError(f"a rule in {rules} is no CONSTRUCT query. Write CONSTRUCT.")
            fresh = {(t.subject, t.predicate, t.object) for t in triples} - said
            store.extend(ox.Quad(*triple, DERIVED) for triple in fresh)
            said |= fresh
        if len(said) == size:
            return size - before
