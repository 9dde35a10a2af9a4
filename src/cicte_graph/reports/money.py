"""Money: mandates whose answering projects lack it, and what each plan marks."""

from collections import Counter

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, make, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.words import count, listed

__all__ = ["money", "unfunded"]

ALL = "all its projects"
PART = "some of its projects"


def unfunded(graph: Graph) -> Report:
    """List mandates by name or subject whose answering projects the plan marks as without secured money.

    A project answers through itself, its program or work area, or something within it. Any mark at a project
    counts: unfunded, conditional, to be determined or identified, or money that ends before the plan does. A plan
    that makes all of its activities subject to funds marks no project by that.
    """
    answering: dict[tuple[str, str], dict[str, Said]] = {}
    for row in asked(graph, "money/unfunded-mandates"):
        mandate = answering.setdefault((str(row["plan"]), str(row["mandate"])), {})
        kept = mandate.get(str(row["project"]))
        if kept is None or (kept["status"], row["status"]) == ("concept:status/derived", "concept:status/curated"):
            mandate[str(row["project"])] = row
    rows: list[tuple[Said, list[str]]] = []
    for projects in answering.values():
        lacking = [row for row in projects.values() if "money" in row]
        reach = ALL if len(lacking) == len(projects) else PART
        for row in lacking:
            said: Said = {
                "without money": reach,
                "projects": f"{len(lacking)} of {len(projects)}",
                "money": term(graph, expand(str(row["money"]))),
                "status": _key(row["status"]),
            }
            rows.append((row | said, [str(row["project"]), str(row["justification"])]))
    rows.sort(key=lambda one: (str(one[0]["plan"]), one[0]["without money"], str(one[0]["citation"])))
    plans = list(dict.fromkeys(plan for plan, _ in answering))
    return make(
        graph,
        "unfunded",
        "Unfunded mandates",
        [_finding(graph, plan, rows) for plan in plans],
        ["plan", "mandate", "citation", "without money", "projects", "project", "label", "money", "until", "status"],
        rows,
        names={"mandate": "citation", "project": "label"},
        group="plan",
    )


def _finding(graph: Graph, plan: str, rows: list[tuple[Said, list[str]]]) -> str:
    here = [row for row, _ in rows if row["plan"] == plan]
    whole = list(dict.fromkeys(str(row["citation"]) for row in here if row["without money"] == ALL))
    part = {row["citation"] for row in here if row["without money"] == PART}
    only = f"{count(len(whole), 'mandate')} {'is' if len(whole) == 1 else 'are'} answered only by projects marked"
    some = f"{count(len(part), 'mandate').capitalize()} {'is' if len(part) == 1 else 'are'} answered in part by such"
    named = f": {listed(whole)}" if whole else ""
    return f"{plan_name(graph, plan, start=True)}: {only} as without secured money{named}. {some}."


def money(graph: Graph) -> Report:
    """List what each plan itself marks as without secured money."""
    rows: list[tuple[Said, list[str]]] = []
    findings = []
    for plan in graph.plans():
        found = asked(graph, "money/money-state", plan=plan)
        projects = sum(int(str(row["projects"])) for row in asked(graph, "programs/programs", plan=plan))
        marks = Counter(term(graph, expand(str(row["status"]))) for row in found if row["class"] == "cicte:Project")
        told = listed([f"{number} {mark}" for mark, number in marks.items()]) if marks else "none"
        whole = [term(graph, expand(str(row["status"]))) for row in found if row["class"] == "cicte:WorkPlan"]
        all_of_it = f" The plan as a whole is {listed(whole)}." if whole else ""
        silent = " On the others it says nothing." if marks.total() < projects else ""
        findings.append(
            f"{plan_name(graph, plan, start=True)} marks {marks.total()} of {projects} projects: {told}."
            f"{silent}{all_of_it}"
        )
        for row in found:
            said: Said = {
                "class": str(row["class"]).rpartition(":")[2],
                "money": term(graph, expand(str(row["status"]))),
            }
            rows.append((row | said, [str(row["element"])]))
    return make(
        graph,
        "money",
        "Money state of each plan",
        findings,
        ["plan", "element", "label", "class", "money", "until"],
        rows,
        names={"element": "label"},
        group="plan",
    )


def _key(value: object) -> str:
    return str(value).rpartition("/")[2]
