"""Read rules: CONSTRUCT files, what each concludes, which feeds which, and in what order they are best run.

Knows how a rule is written; nothing of any graph.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cicte_graph.errors import UsageError
from cicte_graph.store import Store
from cicte_graph.terms import ID, PREFIXES

__all__ = ["Rule", "parts", "read_rules"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule: its file, its text, and its algebra (section 18 of SPARQL 1.1) in rdflib's terms."""

    path: Path
    text: str
    template: Sequence[tuple[Any, Any, Any]]  # rdflib's classes carry no types
    where: Any

    def feeds(self, other: "Rule") -> bool:
        """Tell whether what it concludes can be a premise of another rule, or of itself."""
        return any(_fits(made, asked) for asked in other.asked() for made in self.template)

    def asked(self) -> list[tuple[Any, Any, Any]]:
        """List the triple patterns among its premises, wherever in it they stand."""
        return [triple for node in parts(self.where) if getattr(node, "name", "") == "BGP" for triple in node.triples]


def read_rules(folder: Path) -> list[Rule]:
    """Read the rules of a folder, each after all those that feed it, else by name.

    Raises:
        UsageError: A file is no query, or constructs nothing.
    """
    rules = [_read(path, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.rq"))]
    fed_by = {rule: {other for other in rules if other.feeds(rule)} for rule in rules}
    return sorted(rules, key=lambda rule: (len(_reached(rule, fed_by)), rule.path.name))


def parts(node: Any) -> Iterator[Any]:
    """Give a node of the algebra, and all that it is made of."""
    from rdflib.paths import Path as PropertyPath

    yield node
    inner: Sequence[Any] = ()
    if isinstance(node, Mapping):
        inner = [value for name, value in node.items() if name != "_vars"]
    elif isinstance(node, PropertyPath):
        inner = list(vars(node).values())
    elif isinstance(node, list | tuple):
        inner = node
    for one in inner:
        yield from parts(one)


@cache  # taking a rule apart takes longer than mending its conclusions
def _read(path: Path, text: str) -> Rule:
    from rdflib.plugins.sparql import prepareQuery

    if not isinstance(Store().query(text), ox.QueryTriples):  # over nothing: only to learn what it is
        raise UsageError(f"a rule in {path.parent} is no CONSTRUCT query: {path.name}. Write CONSTRUCT.")
    algebra = prepareQuery(text, initNs=PREFIXES, base=ID).algebra
    return Rule(path, text, algebra.template, algebra.p)


def _fits(made: tuple[Any, Any, Any], asked: tuple[Any, Any, Any]) -> bool:
    """Tell whether a triple of a template can be one that a pattern, or a step of its path, asks for."""
    from rdflib import URIRef, Variable
    from rdflib.paths import NegatedPath

    steps = list(parts(asked[1]))
    if made[1] not in steps and not any(isinstance(one, Variable | NegatedPath) for one in (made[1], *steps)):
        return False
    alone = isinstance(asked[1], URIRef)  # in a path the object is that of its last step only
    return not alone or made[2] == asked[2] or not isinstance(made[2], URIRef) or not isinstance(asked[2], URIRef)


def _reached(rule: Rule, fed_by: Mapping[Rule, set[Rule]]) -> set[Rule]:
    """Give all rules that feed one, directly or through others."""
    found: set[Rule] = set()
    ahead = [rule]
    while ahead:
        for other in fed_by[ahead.pop()] - found:
            found.add(other)
            ahead.append(other)
    return found
