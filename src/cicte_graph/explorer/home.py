"""The first page: what this is, three questions one can follow, the plans side by side, and what the reports find."""

from cicte_graph.explorer.here import Here
from cicte_graph.explorer.sheet import Asked, Pages, Sheet
from cicte_graph.graph import Graph, local
from cicte_graph.reports import make_report
from cicte_graph.terms import expand
from cicte_graph.wording import say

__all__ = ["home"]

FINDINGS = ("coverage", "unfunded", "overlap", "people")
RUNGS = ("Program", "Project", "Activity", "Outcome", "Target", "Organization")


def home(graph: Graph) -> Pages:
    """Give the first page."""

    def first(here: Here, _: Asked) -> Sheet:
        return Sheet(
            say("Mandates, plans and partners of CICTE"),
            "home.html",
            {
                "plans": [_plan(graph, here, plan) for plan in graph.plans()],
                "findings": [(name, make_report(graph, name)) for name in FINDINGS],
            },
        )

    return {"index.html": first}


def _plan(graph: Graph, here: Here, plan: str) -> dict[str, object]:
    """Tell of a plan what stands beside the other."""
    iri = expand(plan)
    sizes = graph.rows("programs/sizes", plan=plan)
    counts = {local(row["class"].value): row["number"].value for row in sizes}
    return {
        "name": graph.label(iri),
        "way": here.record(iri),
        "status": [graph.label(status) for status in graph.values(iri, "status")],
        "symbol": graph.values(iri, "symbol"),
        "counts": [(graph.label_of(f"cicte:{rung}"), counts.get(rung, "0")) for rung in RUNGS],
    }
