"""Who takes part in what, as chosen: the rows every partner network is made of.

Knows the graph; knows nothing of networkx.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from cicte_graph.graph import Graph, local
from cicte_graph.network.choice import LEVELS, Choice
from cicte_graph.store import Row

__all__ = ["Chosen", "Share", "shares"]


@dataclass(frozen=True, slots=True)
class Share:
    """One organization's taking part in one element at the level looked at; all IRIs."""

    organization: str  # as counted: itself, or the topmost body it is part of
    element: str
    participation: str  # the record, which holds role, printed name and evidence
    named: str  # the organization the text names
    at: str  # the element whose text says so: this one or one within it
    plan: str
    kind: str  # of the organization named
    country: str  # of the organization named, or empty
    role: str


@dataclass(frozen=True)
class Chosen:
    """The shares of a choice, and what the choice did to them."""

    graph: Graph
    choice: Choice
    shares: list[Share]
    rolled: Mapping[str, list[str]]  # organization named -> the other bodies it was counted as
    above: list[str]  # participations that count at no element of this level: they are tied to something above it

    @property
    def organizations(self) -> list[str]:
        """Everyone who takes part, sorted."""
        return sorted({share.organization for share in self.shares})

    @property
    def elements(self) -> list[str]:
        """Everything they take part in, sorted."""
        return sorted({share.element for share in self.shares})


def shares(graph: Graph, choice: Choice) -> Chosen:
    """List who takes part in what.

    A body named at an activity takes part in its project, program and plan; a body named for a program takes
    part in none of its projects, since no text says in which. Kinds, countries and roles are those of the body
    the text names, also where it is then counted as the body above it.
    """
    by_plan = graph.once("participations by plan", lambda: _by_plan(graph))
    rows = [row for plan in (choice.plans or by_plan) for row in by_plan.get(plan, [])]
    within: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        within[row["participation"].value].add(row["element"].value)
    tops = _tops(graph) if choice.rolled_up else {}
    found: list[Share] = []
    rolled: dict[str, list[str]] = {}
    taken: dict[str, bool] = {}  # participation -> whether it counts at this level
    for row in rows:
        participation, organization = row["participation"].value, row["organization"].value
        country = row["country"].value if "country" in row else ""
        wanted = (
            (choice.areas, within[participation]),
            (choice.kinds, {row["kind"].value}),
            (choice.countries, {country}),
            (choice.roles, {row["role"].value}),
        )
        if any(chosen and not chosen & values for chosen, values in wanted):
            continue
        taken.setdefault(participation, False)
        if local(row["class"].value) != LEVELS[choice.level]:
            continue
        taken[participation] = True
        counted = tops.get(organization, [organization])
        if counted != [organization]:
            rolled[organization] = counted
        found += [
            Share(
                one,
                row["element"].value,
                participation,
                organization,
                row["at"].value,
                row["plan"].value,
                row["kind"].value,
                country,
                row["role"].value,
            )
            for one in counted
        ]
    above = sorted(participation for participation, counts in taken.items() if not counts)
    return Chosen(graph, choice, sorted(found, key=_order), rolled, above)


def _by_plan(graph: Graph) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in graph.rows("network/participations"):
        found[row["plan"].value].append(row)
    return found


def _order(share: Share) -> tuple[str, str, str]:
    return share.organization, share.element, share.participation


def _tops(graph: Graph) -> dict[str, list[str]]:
    """Find the bodies at the top of each body's lines of parents; two lines may end in two bodies."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for row in graph.rows("network/parents"):
        parents[row["organization"].value].add(row["parent"].value)
    found: dict[str, list[str]] = {}
    for body in parents:
        line, tops, left = {body}, set(), [body]
        while left:
            one = left.pop()
            if one not in parents:
                tops.add(one)
            left += sorted(parents.get(one, set()) - line)
            line |= parents.get(one, set())
        found[body] = sorted(tops) or [body]  # a ring of parents has no top
    return found
