"""Elements that no paragraph speaks to, with what they rest on instead."""

from collections import Counter

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, make, plan_name
from cicte_graph.terms import expand
from cicte_graph.words import count, listed

__all__ = ["without_mandate"]


def without_mandate(graph: Graph) -> Report:
    """List elements without a mandate by name or subject, of their own, above or within."""
    rows: list[tuple[Said, list[str]]] = []
    for row in asked(graph, "mandates/elements-without-specific-mandate"):
        element = str(row["element"])
        closest: dict[str, str] = {}  # rows come strongest first
        for one in graph.rows("trace/rests-on", element=expand(element)):
            closest.setdefault(one["mandate"].value, one["basis"].value.rpartition("/")[2])
        bases = Counter(closest.values())
        told = listed([f"{number} {basis}" for basis, number in bases.items()]) if bases else "nothing"
        kind = str(row["class"]).rpartition(":")[2]
        rows.append((row | {"class": kind, "rests on": told}, [element]))
    kinds = Counter((str(row["plan"]), str(row["class"])) for row, _ in rows)
    findings = []
    for plan in dict.fromkeys(plan for plan, _ in kinds):
        here = [count(number, kind.lower(), _plural(kind)) for (of, kind), number in kinds.items() if of == plan]
        programs = [str(row["label"]) for row, _ in rows if row["plan"] == plan and row["class"] == "Program"]
        named = f" The programs are {listed(programs)}." if len(programs) > 1 else ""
        named = named or (f" The program is {programs[0]}." if programs else "")
        alone = sum(number for (of, _), number in kinds.items() if of == plan) == 1
        findings.append(
            f"{plan_name(graph, plan, start=True)}: {listed(here)} {'stands' if alone else 'stand'} without a mandate "
            f"that names the subject, of {'its' if alone else 'their'} own, above or within.{named}"
        )
    return make(
        graph,
        "without-mandate",
        "Elements with no specific mandate",
        findings or ["Every element of both plans has a mandate that names its subject, of its own, above or within."],
        ["plan", "element", "label", "class", "rests on"],
        rows,
        names={"element": "label"},
        group="plan",
    )


def _plural(kind: str) -> str:
    return f"{kind.lower()[:-1]}ies" if kind.endswith("y") else f"{kind.lower()}s"
