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
from cicte_graph.page import Name
from cicte_graph.reports.report import Cells, Matrix, Report, Row, asked, make, names_of, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number
from cicte_graph.words import how_many, listed

__all__ = ["by_told", "kinds"]

COLUMNS = ["plan", "element", "label", "by", "what", "partners", "of", "share", "effective number", "dependence", "who"]
DECIMALS = 3
HALF = 0.5
FIRST = 3  # kinds and countries named in a finding
KIND, COUNTRY = "kind", "country"


def kinds(graph: Graph) -> Report:
    """Count the partners of each plan and program by kind and by country, and tell how mixed they are."""
    findings: list[str] = []
    rows: list[Row] = []
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
        say(
            "The effective number is how many kinds or countries, each as frequent as the others, would be as mixed; "
            "bodies without a country are left out of it. Dependence is the largest part of all participations there "
            "that one partner holds."
        )
    )
    return make(
        graph,
        "kinds",
        say("Partners by kind and by country"),
        findings,
        COLUMNS,
        rows,
        names={"element": "label"},
        group="plan",
        matrices=matrices,
        coded={"by": by_told},
    )


def _rows(chosen: Chosen, plan: str, elements: Sequence[str]) -> Iterator[Row]:
    """Give a row for each kind and each country among the partners of each element."""
    graph, held = chosen.graph, participations_of(chosen)
    for element in elements:
        bodies = held.get(element, {})
        rests = dependence(bodies)
        for by in (KIND, COUNTRY):
            groups: defaultdict[Name, list[str]] = defaultdict(list)
            for body in sorted(bodies):
                groups[_trait(graph, body, by)].append(body)
            mixed = diversity(trait.id for trait, members in groups.items() for _ in members if trait.id)
            for trait, members in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0].text)):
                said: Cells = {
                    "plan": plan,
                    "element": element,
                    "label": graph.label_of(element),
                    "by": by,
                    "what": trait.text,
                    "trait": trait.id,  # in no column, as the holders
                    "partners": len(members),
                    "of": len(bodies),
                    "share": round(len(members) / len(bodies), DECIMALS),
                    "effective number": round(mixed.effective, DECIMALS),
                    "dependence": round(rests.share, DECIMALS),
                    "holders": listed([*map(graph.label_of, rests.holders)], "or"),
                    "who": names_of(graph, members),
                }
                yield said, sorted(one for body in members for one in bodies[body])


def _trait(graph: Graph, body: str, by: str) -> Name:
    """Tell the kind or the country of a body."""
    found = next(iter(graph.values_of(body, by)), "")
    if not found:
        return Name(say("without a country"), "")
    return Name(term(graph, expand(found)) if by == KIND else graph.label_of(found), found)


def by_told(by: str) -> str:
    """Tell in the language spoken by what partners are counted."""
    return {KIND: say("kind"), COUNTRY: say("country")}[by]


def _findings(graph: Graph, plan: str, programs: Sequence[str], rows: Sequence[Cells]) -> Iterator[str]:
    """Say of what kinds and countries a plan's partners are, and which programs rest on one kind or one partner."""
    start = plan_name(graph, plan, start=True)
    of_plan = [said for said in rows if said["element"] == plan]
    if not of_plan:
        yield say("{plan} names no partner.", plan=start)
        return
    sorts = [said for said in of_plan if said["by"] == KIND]
    partners = int(str(sorts[0]["of"]))
    yield say_number(
        "{plan}: {number} partner of {kinds}, {most}.",
        "{plan}: {number} partners of {kinds}, {most}.",
        partners,
        plan=start,
        kinds=say_number("{number} kind", "{number} kinds", len(sorts)),
        most=_most(sorts),
    )
    yield _by_country(partners, [said for said in of_plan if said["by"] == COUNTRY and said["trait"]])
    first = {str(said["element"]): said for said in reversed(rows) if said["element"] != plan and said["by"] == KIND}
    yield say(
        "Partners are named for {part} of its {programs}.",
        part=len(first),
        programs=how_many("program", len(programs)),
    )
    yield from _resting(list(reversed(first.values())))


def _by_country(partners: int, countries: Sequence[Cells]) -> str:
    placed = sum(int(str(said["partners"])) for said in countries)
    rest = partners - placed
    nowhere = say_number("{number} has no country", "{number} have no country", rest)
    if not placed:
        return say("By country: {partners}.", partners=nowhere)
    told = say_number(
        "{number} is of {countries}, {most}",
        "{number} are of {countries}, {most}",
        placed,
        countries=say_number("{number} country", "{number} countries", len(countries)),
        most=_most(countries),
    )
    return say("By country: {partners}.", partners=f"{told}; {nowhere}" if rest else told)


def _resting(programs: Sequence[Cells]) -> Iterator[str]:
    """Say which programs rest on one kind, and which on one partner."""
    mostly = [said for said in programs if float(str(said["share"])) > HALF]
    if mostly:
        told = [
            say(
                "{program} ({kind}, {part} of {whole})",
                program=said["label"],
                kind=said["what"],
                part=said["partners"],
                whole=said["of"],
            )
            for said in mostly
        ]
        yield say("More than half of the partners are of one kind in {programs}.", programs=listed(told))
    elif programs:
        yield say("No kind is more than half of the partners of any program.")
    resting = [said for said in programs if float(str(said["dependence"])) >= HALF]
    if resting:
        told = [say("{who} in {program}", who=said["holders"], program=said["label"]) for said in resting]
        yield say("One partner holds half of the participations or more: {told}.", told=listed(told))
    elif programs:
        yield say("No partner holds half of the participations in any program.")


def _most(rows: Sequence[Cells]) -> str:
    if len(rows) == 1:
        return str(rows[0]["what"])
    if rows[0]["partners"] == 1:
        return say("one of each")
    most = listed([f"{said['what']} ({said['partners']})" for said in rows[:FIRST]])
    return say("most often {kinds}", kinds=most)


def _matrix(graph: Graph, plan: str, by: str, rows: Sequence[Cells]) -> Matrix:
    """Set kinds or countries against the plan as a whole and those of its programs that have partners."""
    elements = list(dict.fromkeys(str(said["element"]) for said in rows))
    number = {(said["trait"], said["element"]): Name(str(said["partners"]), "") for said in rows}
    traits = dict.fromkeys(Name(str(said["what"]), str(said["trait"])) for said in rows)
    start = plan_name(graph, plan, start=True)
    titles = {
        KIND: say("{plan}: partners by kind", plan=start),
        COUNTRY: say("{plan}: partners by country", plan=start),
    }
    names = {plan: say("The whole plan")}
    return Matrix(
        titles[by],
        [(trait, [number.get((trait.id, element), Name("", "")) for element in elements]) for trait in traits],
        [Name(names.get(element) or graph.label_of(element), element) for element in elements],
        by,
    )
