"""What sets of partners have in common, how mixed they are, and how much of a program one partner holds.

Formulas over sets, each under its published name, and the sets they are asked of. Knows the shares of a choice;
knows nothing of graphs, so nobody needs networkx to count an overlap.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from cicte_graph.network.shares import Chosen
from cicte_graph.terms import shorten

__all__ = [
    "Dependence",
    "Diversity",
    "Overlap",
    "dependence",
    "diversity",
    "elements_of",
    "overlap",
    "participations_of",
    "partners_of",
]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sets have in common."""

    one: str
    other: str
    count: int
    jaccard: float  # of all that is in either
    coefficient: float  # of the smaller set


def overlap(sets: Mapping[str, AbstractSet[str]]) -> list[Overlap]:
    """Compare every two sets: members in common, Jaccard index, overlap coefficient.

    Returns:
        One for each pair, by name, those with nothing in common included. An empty set overlaps with nothing: 0.

    Source:
        P. Jaccard (1901), in English "The distribution of the flora in the alpine zone" (1912); D. Szymkiewicz,
        "Une contribution statistique à la géographie floristique" (1934), and G. G. Simpson, "Mammals and the nature
        of continents" (1943).
    """
    found = []
    for one, other in combinations(sorted(sets), 2):
        both = len(sets[one] & sets[other])
        either, smaller = len(sets[one] | sets[other]), min(len(sets[one]), len(sets[other]))
        found.append(Overlap(one, other, both, both / either if both else 0.0, both / smaller if both else 0.0))
    return found


@dataclass(frozen=True, slots=True)
class Diversity:
    """How mixed a group is."""

    kinds: int
    shannon: float  # in natural units
    effective: float  # how many kinds, each as frequent as the others, would be as mixed


def diversity(kinds: Iterable[str]) -> Diversity:
    """Tell how mixed a group is: its kinds, their Shannon index with natural logarithm, and its exponential.

    Args:
        kinds: The kind of each member; all numbers are 0 for no members.

    Source:
        C. E. Shannon, "A mathematical theory of communication" (1948); M. O. Hill, "Diversity and evenness: a
        unifying notation and its consequences" (1973), the number of order 1.
    """
    counts = Counter(kinds).values()
    if not counts:
        return Diversity(0, 0.0, 0.0)
    members = sum(counts)
    index = math.fsum(count / members * math.log(members / count) for count in counts)
    return Diversity(len(counts), index, math.exp(index))


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much of an element's participations its foremost partner holds."""

    share: float
    holders: list[str]  # all who hold as many
    participations: int


def dependence(held: Mapping[str, AbstractSet[str]]) -> Dependence:
    """Give the largest part of all participations that one partner holds: the Berger-Parker index.

    Args:
        held: The participations of each partner. One held by two, as when a body is counted as two above it, counts
            once in the whole. Nothing held depends on nobody: 0.

    Source:
        W. H. Berger, F. L. Parker, "Diversity of planktonic foraminifera in deep-sea sediments" (1970).
    """
    whole = len(set().union(*held.values()))
    most = max(map(len, held.values()), default=0)
    if not most:
        return Dependence(0.0, [], 0)
    return Dependence(most / whole, sorted(one for one, own in held.items() if len(own) == most), whole)


def partners_of(chosen: Chosen) -> dict[str, set[str]]:
    """Gather the organizations that take part in each element."""
    return {element: set(held) for element, held in participations_of(chosen).items()}


def elements_of(chosen: Chosen) -> dict[str, set[str]]:
    """Gather the elements each organization takes part in."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for share in chosen.shares:
        found[shorten(share.organization)].add(shorten(share.element))
    return dict(found)


def participations_of(chosen: Chosen) -> dict[str, dict[str, set[str]]]:
    """Gather the participations in each element, by the organization that holds them."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for share in chosen.shares:
        found[shorten(share.element)][shorten(share.organization)].add(shorten(share.participation))
    return {element: dict(held) for element, held in found.items()}
