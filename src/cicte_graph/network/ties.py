"""What ties one organization to one element: in which roles, printed how, named where, and the records that say so.

Knows the shares of a choice; knows nothing of networkx.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cicte_graph.graph import Graph
from cicte_graph.link import kind_of
from cicte_graph.network.shares import Chosen, Share
from cicte_graph.table import Value
from cicte_graph.targets import term
from cicte_graph.terms import shorten
from cicte_graph.wording import say_number
from cicte_graph.words import count

__all__ = ["ITSELF", "Tie", "above", "ties"]

ITSELF = "itself"


@dataclass(frozen=True, slots=True)
class Tie:
    """All shares of one organization in one element, as a person reads them."""

    organization: str  # IRIs, as are element and plan
    element: str
    plan: str
    role: str
    written: str  # the names printed
    through: str  # `itself`, or what is within the element and names the organization
    participations: list[str]

    def said(self, graph: Graph) -> dict[str, Value]:
        """Give the cells that a row of a report has of a tie."""
        return {
            "plan": shorten(self.plan),
            "element": shorten(self.element),
            "label": graph.label(self.element),
            "organization": shorten(self.organization),
            "name": graph.label(self.organization),
            "role": self.role,
            "written as": self.written,
            "through": self.through,
        }


def ties(graph: Graph, found: Iterable[Share]) -> dict[tuple[str, str], Tie]:
    """Gather shares by organization and element."""
    gathered: defaultdict[tuple[str, str], list[Share]] = defaultdict(list)
    for share in found:
        gathered[share.organization, share.element].append(share)
    return {pair: _tie(graph, here) for pair, here in sorted(gathered.items())}


def _tie(graph: Graph, shared: list[Share]) -> Tie:
    here = sorted(shared, key=lambda share: (share.at != share.element, share.at, share.participation))
    element = here[0].element
    at = dict.fromkeys(share.at for share in here)
    where = (ITSELF if one == element else f"{graph.label(one)} ({kind_of(one)})" for one in at)
    printed = dict.fromkeys(text for share in here for text in graph.values(share.participation, "writtenAs"))
    return Tie(
        here[0].organization,
        element,
        here[0].plan,
        ", ".join(dict.fromkeys(term(graph, share.role) for share in here)),
        "; ".join(printed),
        "; ".join(where),
        list(dict.fromkeys(share.participation for share in here)),
    )


def above(chosen: Chosen) -> str:
    """Say how many bodies are named above the level looked at, as for a plan as a whole; nothing if none is."""
    graph, level = chosen.graph, chosen.choice.level
    bodies = {body for participation in chosen.above for body in graph.values(participation, "organization")}
    if not bodies:
        return ""
    if level == "program":
        return say_number(
            "{number} body is named above the programs (for a plan as a whole, for instance), which counts for no "
            "program.",
            "{number} bodies are named above the programs (for a plan as a whole, for instance), which counts for no "
            "program.",
            len(bodies),
        )
    named = (
        f"{count(len(bodies), 'body is', 'bodies are')} named above the {level}s (for a plan as a whole, for instance)"
    )
    return f"{named}, which counts for no {level}."
