"""Instruments that a plan names and no plan lists among its mandates."""

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, make, plan_name
from cicte_graph.words import count

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
        names = {str(row["instrument"]): str(row["label"]) for row in here}
        often = max(number, key=lambda one: (number[one], one)) if number else ""
        most = f", most often {names[often]} ({count(number[often], 'element')})" if len(number) > 1 else ""
        findings.append(
            f"{plan_name(graph, plan, start=True)} names {count(len(number), 'instrument')} that no plan lists{most}."
        )
        rows += [(row | {"title": graph.label_of(str(row["element"]))}, [str(row["element"])]) for row in here]
    return make(
        graph,
        "cited",
        "Instruments named but listed nowhere as mandates",
        findings,
        ["plan", "instrument", "label", "element", "title"],
        rows,
        names={"instrument": "label", "element": "title"},
        group="plan",
    )
