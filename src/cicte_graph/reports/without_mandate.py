"""Elements that no paragraph speaks to, with what they rest on instead."""

from collections import Counter
from functools import partial

from cicte_graph.graph import Graph
from cicte_graph.link import basis_told
from cicte_graph.reports.report import Report, Said, asked, class_told, in_language, make, plan_name
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number
from cicte_graph.words import how_many, listed

__all__ = ["without_mandate"]


def without_mandate(graph: Graph) -> Report:
    """List elements without a mandate by name or subject, of their own, above or within."""
    rows: list[tuple[Said, list[str]]] = []
    found = asked(graph, "mandates/elements-without-specific-mandate")
    for row in in_language(graph, found, label="element"):
        element = str(row["element"])
        closest: dict[str, str] = {}  # rows come strongest first
        for one in graph.rows("trace/rests-on", element=expand(element)):
            closest.setdefault(one["mandate"].value, one["basis"].value.rpartition("/")[2])
        bases = Counter(closest.values())
        told = listed([f"{number} {basis_told(basis)}" for basis, number in bases.items()]) or say("nothing")
        kind = str(row["class"]).rpartition(":")[2]
        rows.append((row | {"class": kind, "rests on": told}, [element]))
    kinds = Counter((str(row["plan"]), str(row["class"])) for row, _ in rows)
    findings = []
    for plan in dict.fromkeys(plan for plan, _ in kinds):
        here = [how_many(kind.lower(), number) for (of, kind), number in kinds.items() if of == plan]
        programs = [str(row["label"]) for row, _ in rows if row["plan"] == plan and row["class"] == "Program"]
        told = say_number(
            "{plan}: {elements} stands without a mandate that names the subject, of its own, above or within.",
            "{plan}: {elements} stand without a mandate that names the subject, of their own, above or within.",
            sum(number for (of, _), number in kinds.items() if of == plan),
            plan=plan_name(graph, plan, start=True),
            elements=listed(here),
        )
        named = say_number(
            "The program is {programs}.", "The programs are {programs}.", len(programs), programs=listed(programs)
        )
        findings.append(f"{told} {named}" if programs else told)
    return make(
        graph,
        "without-mandate",
        say("Elements with no specific mandate"),
        findings
        or [say("Every element of both plans has a mandate that names its subject, of its own, above or within.")],
        ["plan", "element", "label", "class", "rests on"],
        rows,
        names={"element": "label"},
        group="plan",
        coded={"class": partial(class_told, graph)},
    )
