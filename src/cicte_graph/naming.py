"""Name records in the lines of a page, so that they are linked where they have pages, and join such names.

Knows records and the parts of a line; knows no page.
"""

from collections.abc import Iterable, Sequence

from cicte_graph.graph import Graph
from cicte_graph.link import Named, kinded
from cicte_graph.page import Name, Part, line
from cicte_graph.terms import shorten
from cicte_graph.words import conjoined

__all__ = ["called", "enumerated", "joined", "name", "with_kind"]


def name(graph: Graph, iri: str, *, strong: bool = False) -> Name:
    """Name a record."""
    return Name(graph.label(iri), shorten(iri), strong)


def called(one: Named, *, strong: bool = False) -> Name:
    """Name a record that is at hand with its name."""
    return Name(one.label, one.id, strong)


def with_kind(one: Named, *, strong: bool = False) -> Name:
    """Name a record with what it is and the plan or instrument it belongs to."""
    return Name(kinded(one), one.id, strong)


def joined(groups: Iterable[Sequence[Part]], between: str = ", ") -> list[Part]:
    """Join groups of parts that say something: a, b, c."""
    parts: list[Part] = []
    for group in groups:
        if group:
            parts += [between, *group] if parts else group
    return parts


def enumerated(groups: Sequence[Sequence[Part]]) -> list[Part]:
    """Join groups of parts as in a sentence: a, b and c."""
    if len(groups) < 2:  # noqa: PLR2004 - one is joined to none
        return joined(groups)
    last = groups[-1]
    return [*joined(groups[:-1]), f" {conjoined('and', line(*last).text)} ", *last]
