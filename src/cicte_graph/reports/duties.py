"""Duties the plans set the Secretariat: reports, when, to whom."""

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, make, plan_name
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number
from cicte_graph.words import how_often

__all__ = ["duties"]


def duties(graph: Graph) -> Report:
    """List what the plans bind the Secretariat to hand in."""
    rows: list[tuple[Said, list[str]]] = []
    for row in asked(graph, "programs/duties"):
        clause, often = expand(str(row["clause"])), str(row["frequency"]) if "frequency" in row else ""
        said: Said = {
            "gist": graph.text(clause, "gist"),
            "to": graph.label_of(str(row["recipient"])),
            "how often": how_often(often) or None,
            "due": graph.text(clause, "due") or None,
        }
        rows.append((row | said, [str(row["clause"])]))
    plans = len({said["plan"] for said, _ in rows})
    findings = [
        say_number(
            "{duties} in {plans}; {number} names no day and no interval.",
            "{duties} in {plans}; {number} name no day and no interval.",
            sum(not said["due"] and "frequency" not in said for said, _ in rows),
            duties=say_number("{number} duty", "{number} duties", len(rows)) if rows else say("No duties"),
            plans=say_number("{number} plan", "{number} plans", plans) if rows else say("no plans"),
        ),
        *(
            say(
                "{plan}, to {recipient}: {when}.",
                plan=plan_name(graph, str(said["plan"]), start=True),
                recipient=said["to"],
                when=said["due"] or said["how often"] or say("no day set"),
            )
            for said, _ in rows
        ),
    ]
    return make(
        graph,
        "duties",
        say("Duties the plans set the Secretariat"),
        findings,
        ["plan", "clause", "gist", "recipient", "to", "how often", "due"],
        rows,
        names={"recipient": "to"},
        group="plan",
    )
