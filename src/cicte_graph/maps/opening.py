"""How a map opens: in which view, at which plan, with which filters, on whom.

Whoever gets the map can change all of it; knows what people write, and nothing of the page but its words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cicte_graph.answers import concept
from cicte_graph.errors import UsageError
from cicte_graph.find import find_one
from cicte_graph.graph import Graph, local
from cicte_graph.terms import shorten

__all__ = ["Opening", "opening"]

COMPARED = "all"  # in place of a plan


@dataclass(frozen=True, slots=True)
class Opening:
    """The state a map opens in; what is empty is not narrowed. Records are identifiers without their prefix."""

    view: str = "organizations"  # or programs, layers, countries
    plan: str = ""  # or `COMPARED`; empty is the latest
    kinds: frozenset[str] = frozenset()  # keys of the kinds that are shown
    area: str = ""
    role: str = ""
    country: str = ""
    select: str = ""


def opening(  # noqa: PLR0913 - one argument for each thing a map can open with
    graph: Graph,
    *,
    view: str = "organizations",
    plan: str = "",
    kind: Iterable[str] = (),
    area: str = "",
    role: str = "",
    country: str = "",
    select: str = "",
) -> Opening:
    """Make an opening of what people write.

    Args:
        graph: The graph that is drawn.
        view: organizations, programs, layers or countries.
        plan: A plan, or `all` to compare the first with the last.
        kind: Kinds of organization that are shown; none given, all are.
        area: A work area, section or group.
        role: A role in which organizations take part.
        country: A country whose organizations are shown.
        select: An organization, program, provision or instrument that stands out.

    Raises:
        NotFoundError: A record of that name is not there; offers the nearest.
        UsageError: A kind or role is not of its list, offering the nearest; or there is nothing to compare.
    """

    def key(words: str, *classes: str) -> str:
        return shorten(find_one(graph, words, *classes)).removeprefix("id:") if words else ""

    if plan == COMPARED and len(graph.plans()) < 2:  # noqa: PLR2004 - one is compared with another
        raise UsageError("there is one plan only. Nothing can be compared.")
    return Opening(
        view,
        plan if plan == COMPARED else key(plan, "WorkPlan"),
        frozenset(local(concept(graph, "organization-kind", one).value) for one in kind),
        key(area, "WorkArea"),
        local(concept(graph, "role", role).value) if role else "",
        key(country, "Country"),
        key(select, "Organization", "Program", "Mandate", "Country"),
    )
