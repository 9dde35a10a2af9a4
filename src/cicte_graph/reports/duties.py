"""Duties the plans set the Secretariat: reports, when, to whom."""

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, make, plan_name
from cicte_graph.terms import expand
from cicte_graph.words import count, how_often

__all__ = ["duties"]


def duties(graph: Graph) -> Report:
    """List what the plans bind the Secretariat to hand in."""
    rows: list[tuple[Said, list[str]]] = []
    for row in asked(graph, "programs/duties"):
        often = str(row["frequency"]) if "frequency" in row else ""
        said = {"to": graph.label(expand(str(row["recipient"]))), "how often": how_often(often) or None}
        rows.append((row | said, [str(row["clause"])]))
    undated = sum("due" not in said and "frequency" not in said for said, _ in rows)
    plans = {said["plan"] for said, _ in rows}
    number = f"{count(len(rows), 'duty', 'duties').capitalize()} in {count(len(plans), 'plan')}"
    findings = [
        f"{number}; {undated} {'names' if undated == 1 else 'name'} no day and no interval.",
        *(f"{plan_name(graph, str(said['plan']), start=True)}, to {said['to']}: {_when(said)}." for said, _ in rows),
    ]
    return make(
        graph,
        "duties",
        "Duties the plans set the Secretariat",
        findings,
        ["plan", "clause", "gist", "recipient", "to", "how often", "due"],
        rows,
        names={"recipient": "to"},
        group="plan",
    )


def _when(said: Said) -> str:
    return str(said.get("due") or said.get("how often") or "no day set")
