"""One link between an element of a plan and a mandate, with its reasons, as people read it."""

from dataclasses import dataclass

from cicte_graph.graph import Passage

__all__ = ["Link", "Named"]

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
    gist: str
    text_at: list[str]  # where the instrument is to be read
    justification: str
    basis: str
    rank: int  # of the basis: 1 is the strongest
    status: str
    confidence: str
    rationale: str
    passages: list[Passage]
    carried_from: Named | None = None  # the earlier element, for what a rule carried over
    carried_basis: str = ""  # what tied the mandate to it
    carried_because: str = ""  # why the later element carries on the earlier

    @property
    def specific(self) -> bool:
        """Tell whether the paragraph speaks of the subject, at either end of a carry-over."""
        return (self.carried_basis or self.basis) in SPECIFIC
