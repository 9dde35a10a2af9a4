"""What part of the partner network is looked at: plans, work areas, kinds, countries, roles, and at which level.

Knows how a choice is named by people; knows nothing of networks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from cicte_graph.answers import concept
from cicte_graph.errors import NotFoundError
from cicte_graph.find import find_one
from cicte_graph.graph import Graph

__all__ = ["LEVELS", "Choice", "choose"]

LEVELS = {"plan": "WorkPlan", "program": "Program", "project": "Project", "activity": "Activity"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which participations count, and where; an empty set takes all. Values are IRIs."""

    level: str = "program"  # of `LEVELS`: the elements organizations are joined by
    plans: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()  # work areas, sections or thematic groups, with all that is in them
    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    rolled_up: bool = False  # whether a body counts as the body at the top of its line of parents

    def told(self, graph: Graph) -> str:
        """Say the choice in one line, for titles and files."""
        chosen = {
            "plan": self.plans,
            "area": self.areas,
            "kind": self.kinds,
            "country": self.countries,
            "role": self.roles,
        }
        said = [f"{name} {' or '.join(sorted(map(graph.label, iris)))}" for name, iris in chosen.items() if iris]
        said += ["bodies counted as the topmost body they are part of"] if self.rolled_up else []
        return "; ".join([f"by {self.level}", *said])


def choose(  # noqa: PLR0913 - one argument for each thing one can choose by
    graph: Graph,
    *,
    level: str = "program",
    plan: Iterable[str] = (),
    area: Iterable[str] = (),
    kind: Iterable[str] = (),
    country: Iterable[str] = (),
    role: Iterable[str] = (),
    roll_up: bool = False,
) -> Choice:
    """Make a choice of what people write: identifiers, names, keys of closed lists.

    Raises:
        NotFoundError: A plan, area, country or level of that name is not there; offers the nearest.
        UsageError: A kind or role is not of its list; offers the nearest.
    """
    if level not in LEVELS:
        near = get_close_matches(level, LEVELS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(LEVELS)}."
        raise NotFoundError(f"no level named {level}. {hint}")
    return Choice(
        level,
        frozenset(find_one(graph, one, "WorkPlan") for one in plan),
        frozenset(find_one(graph, one, "WorkArea") for one in area),
        frozenset(concept(graph, "organization-kind", one).value for one in kind),
        frozenset(find_one(graph, one, "Country") for one in country),
        frozenset(concept(graph, "role", one).value for one in role),
        roll_up,
    )
