"""Instruments that a plan names and no plan lists among its mandates."""

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, in_language, make, plan_name
from cicte_graph.wording import say
from cicte_graph.words import how_many

__all__ = ["cited"]


def cited(graph: Graph) -> Report:
    """List where instruments are named that are listed nowhere as mandates."""
    rows: list[tuple[Said, list[str]]] = []
    findings = []
    for plan in graph.plans():
        number = {
            str(row["instrument"]): int(str(row["elements"]))
            for row in asked(graph, "mandates/cited-not-listed", plan=plan)
        }
        here = [row for row in asked(graph, "mandates/instruments-cited", plan=plan) if row["instrument"] in number]
        findings.append(_finding(graph, plan_name(graph, plan, start=True), number))
        rows += [(row, [str(row["element"])]) for row in in_language(graph, here, label="instrument", title="element")]
    return make(
        graph,
        "cited",
        say("Instruments named but listed nowhere as mandates"),
        findings,
        ["plan", "instrument", "label", "element", "title"],
        rows,
        names={"instrument": "label", "element": "title"},
        group="plan",
    )


def _finding(graph: Graph, plan: str, number: dict[str, int]) -> str:
    """Say how many instruments there are, and which is named by most elements."""
    if not number:
        return say("{plan} names no instruments that no plan lists.", plan=plan)
    if len(number) == 1:
        return say("{plan} names 1 instrument that no plan lists.", plan=plan)
    often = max(number, key=lambda one: (number[one], one))
    return say(
        "{plan} names {instruments} that no plan lists, most often {most} ({elements}).",
        plan=plan,
        instruments=how_many("instrument", len(number)),
        most=graph.label_of(often),
        elements=how_many("element", number[often]),
    )
