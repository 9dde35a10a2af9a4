"""One link between an element and a mandate, with its reasons, and the words in which people read it."""

from dataclasses import dataclass

from cicte_graph.graph import Graph, Passage
from cicte_graph.terms import shorten
from cicte_graph.wording import say, say_as

__all__ = [
    "Link",
    "Named",
    "a_kind",
    "basis_told",
    "confidence_told",
    "kind_of",
    "kind_told",
    "kinded",
    "level_told",
    "named",
    "status_told",
    "this_kind",
]

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
    _, _, path = one.id.partition(":")[2].partition("/")
    return f"{one.label} ({kind_told(kind_of(one.id))}, {path.split('/')[0]})"


def kind_told(kind: str) -> str:
    """Tell what a record is in the language spoken."""
    return {
        "work plan": say("work plan"),
        "work area": say("work area"),
        "program": say("program"),
        "project": say("project"),
        "activity": say("activity"),
        "outcome": say("outcome"),
        "instrument": say("instrument"),
        "provision": say("provision"),
        "topic": say("topic"),
    }[kind]


def a_kind(kind: str) -> str:
    """Tell what a record is, with the article."""
    return {
        "work plan": say("a work plan"),
        "work area": say("a work area"),
        "program": say("a program"),
        "project": say("a project"),
        "activity": say("an activity"),
        "outcome": say("an outcome"),
        "instrument": say("an instrument"),
        "provision": say("a provision"),
        "topic": say("a topic"),
    }[kind]


def this_kind(kind: str) -> str:
    """Point to an element of a plan by what it is."""
    return {
        "work plan": say("this work plan"),
        "work area": say("this work area"),
        "program": say("this program"),
        "project": say("this project"),
        "activity": say("this activity"),
        "outcome": say("this outcome"),
    }[kind]


def basis_told(basis: str) -> str:
    """Tell a basis in the language spoken."""
    return {
        "stated": say_as("basis", "stated"),
        "subject": say_as("basis", "subject"),
        "area": say_as("basis", "area"),
        "general": say_as("basis", "general"),
        "listed": say_as("basis", "listed"),
        "carried-over": say_as("basis", "carried-over"),
    }[basis]


def status_told(status: str) -> str:
    """Tell in the language spoken who makes a link."""
    return {"stated": say("stated"), "curated": say("curated"), "derived": say("derived")}[status]


def confidence_told(confidence: str) -> str:
    """Tell in the language spoken how sure a link is."""
    return say("{confidence} confidence", confidence=level_told(confidence))


def level_told(confidence: str) -> str:
    """Tell in the language spoken a level of confidence alone."""
    return {
        "high": say_as("confidence", "high"),
        "medium": say_as("confidence", "medium"),
        "low": say_as("confidence", "low"),
    }[confidence]
