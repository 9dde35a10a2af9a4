"""Money: mandates whose answering projects lack it, and what each plan marks."""

from collections import Counter
from functools import partial

from cicte_graph.graph import Graph
from cicte_graph.link import status_told
from cicte_graph.reports.report import Report, Said, asked, class_told, in_language, make, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number
from cicte_graph.words import listed

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
    found = asked(graph, "money/unfunded-mandates")
    for row in in_language(graph, found, citation="mandate", label="project"):
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
                "projects": say("{part} of {whole}", part=len(lacking), whole=len(projects)),
                "money": term(graph, expand(str(row["money"]))),
                "status": _key(row["status"]),
            }
            rows.append((row | said, [str(row["project"]), str(row["justification"])]))
    rows.sort(key=lambda one: (str(one[0]["plan"]), one[0]["without money"], str(one[0]["citation"])))
    plans = list(dict.fromkeys(plan for plan, _ in answering))
    return make(
        graph,
        "unfunded",
        say("Unfunded mandates"),
        [_finding(graph, plan, rows) for plan in plans],
        ["plan", "mandate", "citation", "without money", "projects", "project", "label", "money", "until", "status"],
        rows,
        names={"mandate": "citation", "project": "label"},
        group="plan",
        coded={"without money": _reach_told, "status": status_told},
    )


def _reach_told(reach: str) -> str:
    return {ALL: say("all its projects"), PART: say("some of its projects")}[reach]


def _finding(graph: Graph, plan: str, rows: list[tuple[Said, list[str]]]) -> str:
    here = [row for row, _ in rows if row["plan"] == plan]
    whole = list(dict.fromkeys(str(row["citation"]) for row in here if row["without money"] == ALL))
    part = {row["citation"] for row in here if row["without money"] == PART}
    start = plan_name(graph, plan, start=True)
    only = say("{plan}: no mandates are answered only by projects marked as without secured money.", plan=start)
    if whole:
        only = say_number(
            "{plan}: {number} mandate is answered only by projects marked as without secured money: {mandates}.",
            "{plan}: {number} mandates are answered only by projects marked as without secured money: {mandates}.",
            len(whole),
            plan=start,
            mandates=listed(whole),
        )
    some = say("No mandates are answered in part by such.")
    if part:
        some = say_number(
            "{number} mandate is answered in part by such.",
            "{number} mandates are answered in part by such.",
            len(part),
        )
    return f"{only} {some}"


def money(graph: Graph) -> Report:
    """List what each plan itself marks as without secured money."""
    rows: list[tuple[Said, list[str]]] = []
    findings = []
    for plan in graph.plans():
        found = asked(graph, "money/money-state", plan=plan)
        projects = sum(int(str(row["projects"])) for row in asked(graph, "programs/programs", plan=plan))
        marks = Counter(term(graph, expand(str(row["status"]))) for row in found if row["class"] == "cicte:Project")
        told = say(
            "{plan} marks {part} of {projects} projects: {marks}.",
            part=marks.total(),
            plan=plan_name(graph, plan, start=True),
            projects=projects,
            marks=listed([say("{number} {mark}", number=number, mark=mark) for mark, number in marks.items()])
            or say("none"),
        )
        silent = say("On the others it says nothing.") if marks.total() < projects else ""
        whole = [term(graph, expand(str(row["status"]))) for row in found if row["class"] == "cicte:WorkPlan"]
        all_of_it = say("The plan as a whole is {marks}.", marks=listed(whole)) if whole else ""
        findings.append(" ".join(filter(None, (told, silent, all_of_it))))
        for row in in_language(graph, found, label="element"):
            said: Said = {
                "class": str(row["class"]).rpartition(":")[2],
                "money": term(graph, expand(str(row["status"]))),
            }
            rows.append((row | said, [str(row["element"])]))
    return make(
        graph,
        "money",
        say("Money state of each plan"),
        findings,
        ["plan", "element", "label", "class", "money", "until"],
        rows,
        names={"element": "label"},
        group="plan",
        coded={"class": partial(class_told, graph)},
    )


def _key(value: object) -> str:
    return str(value).rpartition("/")[2]
