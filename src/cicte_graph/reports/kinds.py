"""Kinds: of which kinds and countries the partners of a plan and its programs are, and which programs rest on few.

A program's partners are those named for it and for what is within it; a plan's are also those named for the plan as
a whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.network.sharing import dependence, diversity, participations_of
from cicte_graph.reports.report import Matrix, Report, Said, asked, make, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.words import count, listed

__all__ = ["kinds"]

COLUMNS = ["plan", "element", "label", "by", "what", "partners", "of", "share", "effective number", "dependence", "who"]
DECIMALS = 3
HALF = 0.5
FIRST = 3  # kinds and countries named in a finding
KIND, COUNTRY = "kind", "country"
NOWHERE = "without a country"


def kinds(graph: Graph) -> Report:
    """Count the partners of each plan and program by kind and by country, and tell how mixed they are."""
    findings: list[str] = []
    rows: list[tuple[Said, list[str]]] = []
    matrices: list[Matrix] = []
    for plan in graph.plans():
        whole, within = (shares(graph, choose(graph, level=level, plan=[plan])) for level in ("plan", "program"))
        programs = [str(row["program"]) for row in asked(graph, "programs/programs", plan=plan)]
        found = [*_rows(whole, plan, [plan]), *_rows(within, plan, programs)]
        said = [one for one, _ in found]
        findings.append(" ".join(_findings(graph, plan, programs, said)))
        matrices += [_matrix(graph, plan, by, [one for one in said if one["by"] == by]) for by in (KIND, COUNTRY)]
        rows += found
    findings.append(
        "The effective number is how many kinds or countries, each as frequent as the others, would be as mixed; "
        "bodies without a country are left out of it. Dependence is the largest part of all participations there that "
        "one partner holds."
    )
    title = "Partners by kind and by country"
    names = {"element": "label"}
    return make(graph, "kinds", title, findings, COLUMNS, rows, names=names, group="plan", matrices=matrices)


def _rows(chosen: Chosen, plan: str, elements: Sequence[str]) -> Iterator[tuple[Said, list[str]]]:
    """Give a row for each kind and each country among the partners of each element."""
    graph, held = chosen.graph, participations_of(chosen)
    for element in elements:
        bodies = held.get(element, {})
        rests = dependence(bodies)
        for by in (KIND, COUNTRY):
            groups: defaultdict[str, list[str]] = defaultdict(list)
            for body in sorted(bodies):
                groups[_trait(graph, body, by)].append(body)
            mixed = diversity(what for what, members in groups.items() for _ in members if what != NOWHERE)
            for what, members in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
                said: Said = {
                    "plan": plan,
                    "element": element,
                    "label": graph.label_of(element),
                    "by": by,
                    "what": what,
                    "partners": len(members),
                    "of": len(bodies),
                    "share": round(len(members) / len(bodies), DECIMALS),
                    "effective number": round(mixed.effective, DECIMALS),
                    "dependence": round(rests.share, DECIMALS),
                    "holders": listed([*map(graph.label_of, rests.holders)], "or"),  # in no column
                    "who": "; ".join(sorted(map(graph.label_of, members))),
                }
                yield said, sorted(one for body in members for one in bodies[body])


def _trait(graph: Graph, body: str, by: str) -> str:
    """Tell the kind or the country of a body."""
    if by == KIND:
        return term(graph, graph.values(expand(body), "kind")[0])
    return next(map(graph.label, graph.values(expand(body), "country")), NOWHERE)


def _findings(graph: Graph, plan: str, programs: Sequence[str], rows: Sequence[Said]) -> Iterator[str]:
    """Say of what kinds and countries a plan's partners are, and which programs rest on one kind or one partner."""
    start = plan_name(graph, plan, start=True)
    of_plan = [said for said in rows if said["element"] == plan]
    if not of_plan:
        yield f"{start} names no partner."
        return
    sorts = [said for said in of_plan if said["by"] == KIND]
    countries = [said for said in of_plan if said["by"] == COUNTRY and said["what"] != NOWHERE]
    partners = int(str(sorts[0]["of"]))
    yield f"{start}: {count(partners, 'partner')} of {count(len(sorts), 'kind')}, {_most(sorts)}."
    placed = sum(int(str(said["partners"])) for said in countries)
    nowhere = f"{partners - placed} {'has' if partners - placed == 1 else 'have'} no country"
    if placed:
        is_of = f"{'is' if placed == 1 else 'are'} of {count(len(countries), 'country', 'countries')}"
        yield f"By country: {placed} {is_of}, {_most(countries)}{'; ' + nowhere if placed < partners else ''}."
    else:
        yield f"By country: {nowhere}."
    first = {str(said["element"]): said for said in reversed(rows) if said["element"] != plan and said["by"] == KIND}
    yield f"Partners are named for {len(first)} of its {count(len(programs), 'program')}."
    mostly = [said for said in first.values() if float(str(said["share"])) > HALF]
    if mostly:
        told = (f"{said['label']} ({said['what']}, {said['partners']} of {said['of']})" for said in reversed(mostly))
        yield f"More than half of the partners are of one kind in {listed(list(told))}."
    elif first:
        yield "No kind is more than half of the partners of any program."
    resting = [said for said in first.values() if float(str(said["dependence"])) >= HALF]
    if resting:
        told = (f"{said['holders']} in {said['label']}" for said in reversed(resting))
        yield f"One partner holds half of the participations or more: {listed(list(told))}."
    elif first:
        yield "No partner holds half of the participations in any program."


def _most(rows: Sequence[Said]) -> str:
    if len(rows) == 1:
        return str(rows[0]["what"])
    if rows[0]["partners"] == 1:
        return "one of each"
    return "most often " + listed([f"{said['what']} ({said['partners']})" for said in rows[:FIRST]])


def _matrix(graph: Graph, plan: str, by: str, rows: Sequence[Said]) -> Matrix:
    """Set kinds or countries against the plan as a whole and those of its programs that have partners."""
    elements = list(dict.fromkeys(str(said["element"]) for said in rows))
    number = {(said["what"], said["element"]): str(said["partners"]) for said in rows}
    return Matrix(
        f"{plan_name(graph, plan, start=True)}: partners by {by}",
        [
            (str(what), [number.get((what, element), "") for element in elements])
            for what in dict.fromkeys(said["what"] for said in rows)
        ],
        ["The whole plan" if element == plan else graph.label_of(element) for element in elements],
        by,
    )
