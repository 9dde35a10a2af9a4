"""One link between an element of a plan and a mandate, with its reasons, as people read it."""

from dataclasses import dataclass

from cicte_graph.graph import Graph, Passage
from cicte_graph.terms import shorten

__all__ = ["Link", "Named", "kind_of", "kinded", "named"]

SPECIFIC = {"stated", "subject"}  # bases that tie a mandate to this very subject


@dataclass(frozen=True, slots=True)
class Named:
    """A record and what it is called."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link between an element and a mandate, with its reasons."""

    element: Named  # what the justification is of
    steps: list[Named]  # from the element asked about up to that one; empty if it is of itself
    mandate: Named
    instrument: Named  # what the mandate stands in, or is
    symbol: str  # of the instrument, where it has one
    adopted_by: list[Named]
    adopted_on: str  # the day, where it is confirmed
    session: str  # at which it was adopted
    gist: str
    opening: str  # what the paragraph asks that a subparagraph stands under
    text_at: list[str]  # where the instrument is to be read
    mandate_passages: list[Passage]  # where a document names the mandate
    justification: str
    basis: str
    rank: int  # of the basis: 1 is the strongest
    status: str
    confidence: str
    rationale: str
    passages: list[Passage]  # what the justification rests on
    carried_from: Named | None = None  # the earlier element, for what a rule carried over
    carried_justification: str = ""  # the justification carried over
    carried_basis: str = ""  # what tied the mandate to the earlier element
    carried_status: str = ""  # and whether the text or we tied it
    carried_because: str = ""  # why the later element carries on the earlier
    continuity: str = ""  # the record that says so
    rule: str = ""  # what concluded it

    @property
    def specific(self) -> bool:
        """Tell whether the paragraph speaks of the subject, at either end of a carry-over."""
        return (self.carried_basis or self.basis) in SPECIFIC

    @property
    def readings(self) -> set[str]:
        """List the hops that are readings of ours, each by its record."""
        found = {self.justification} if self.status == "curated" else set()
        if self.carried_status == "curated":
            found.add(self.carried_justification)
        return found | ({self.continuity} if self.continuity else set())


def named(graph: Graph, iri: str) -> Named:
    """Name a record in the graph's language."""
    return Named(shorten(iri), graph.label(iri))


def kind_of(identifier: str) -> str:
    """Tell what a record is from its identifier: `id:work-area/2012/...` is a work area."""
    return shorten(identifier).partition(":")[2].split("/")[0].replace("-", " ")


def kinded(one: Named) -> str:
    """Name a record with what it is and the plan or instrument it belongs to."""
    kind, _, path = one.id.partition(":")[2].partition("/")
    return f"{one.label} ({kind.replace('-', ' ')}, {path.split('/')[0]})"
