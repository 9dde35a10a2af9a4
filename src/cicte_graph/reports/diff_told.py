"""The words of a comparison of plans: what is compared, what became of it, and on what each difference rests.

Knows the coded values that rows hold and how pages and findings say them.
"""

from cicte_graph.graph import Graph
from cicte_graph.reports.partners import GAINED, KEPT, LOST
from cicte_graph.reports.partners import change_told as partner_told
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_as, say_number

__all__ = [
    "BOTH",
    "BY_NAME",
    "BY_READING",
    "CURATED",
    "DERIVED",
    "ENDED",
    "NEW",
    "NOT_BEFORE",
    "NOT_NOW",
    "PARTS",
    "PRESUMED",
    "STATED",
    "change_told",
    "changed",
    "link_told",
    "resting_on",
    "what_told",
]

STATED, CURATED, DERIVED = "stated", "curated", "derived"
ENDED, NEW, PARTS = "ended", "new", "in parts only"
BOTH, NOT_NOW, NOT_BEFORE = "number in both", "no number now", "no number before"
BY_NAME, BY_READING, PRESUMED = "kept by name", "kept by our reading", "presumed in effect"


def what_told(what: str) -> str:
    """Tell in the language spoken what is compared."""
    return {
        "programs": say("programs"),
        "projects": say("projects"),
        "targets by unit": say("targets by unit"),
        "targets by program": say("targets by program"),
        "partners": say("partners"),
        "mandates": say("mandates"),
        "instruments named": say("instruments named"),
    }[what]


def change_told(graph: Graph, change: str) -> str:
    """Tell what became of something: in words of ours, or by the kind of continuity."""
    told = {
        ENDED: say("ended"),
        NEW: say("new"),
        PARTS: say("in parts only"),
        BOTH: say("number in both"),
        NOT_NOW: say("no number now"),
        NOT_BEFORE: say("no number before"),
        BY_NAME: say("kept by name"),
        BY_READING: say("kept by our reading"),
        PRESUMED: say("presumed in effect"),
        **{one: partner_told(one) for one in (GAINED, KEPT, LOST)},
    }
    return told.get(change) or term(graph, expand(f"concept:continuity-kind/{change}"))


def changed(change: str, number: int) -> str:
    """Tell how many partners, mandates or instruments a change is of."""
    return {
        GAINED: say_number("{number} gained", "{number} gained", number),
        KEPT: say_number("{number} kept", "{number} kept", number),
        LOST: say_number("{number} lost", "{number} lost", number),
        BY_NAME: say_number("{number} kept by name", "{number} kept by name", number),
        BY_READING: say_number("{number} kept by our reading", "{number} kept by our reading", number),
        PRESUMED: say_number("{number} presumed in effect", "{number} presumed in effect", number),
    }[change]


def resting_on(status: str, number: int) -> str:
    """Tell how many rows rest on links of a status."""
    return {
        STATED: say_number("{number} rests on what is stated", "{number} rest on what is stated", number),
        CURATED: say_number("{number} rests on what is curated", "{number} rest on what is curated", number),
        DERIVED: say_number("{number} rests on what is derived", "{number} rest on what is derived", number),
    }[status]


def link_told(link: str) -> str:
    """Tell how a plan and an instrument are linked."""
    return {
        "justified": say_as("link", "justified"),
        "listed": say_as("link", "listed"),
        "named": say_as("link", "named"),
        DERIVED: say_as("link", "derived"),
    }[link]
