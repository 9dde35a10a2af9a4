"""Coverage: mandates against programs, with the strongest link in each cell."""

from cicte_graph.graph import Graph
from cicte_graph.link import SPECIFIC, basis_told, level_told, status_told
from cicte_graph.page import Name
from cicte_graph.reports.report import Matrix, Report, Said, asked, in_language, make, plan_name
from cicte_graph.wording import say, say_as, say_number
from cicte_graph.words import how_many, listed

__all__ = ["cells", "coverage"]

COLUMNS = [
    "plan",
    "program",
    "label",
    "mandate",
    "citation",
    "basis",
    "carried from",
    "status",
    "confidence",
    "through",
    "justification",
]
NONE = Name("", "")


def coverage(graph: Graph) -> Report:
    """Set every mandate against every program of both plans."""
    found = cells(graph)
    rows: list[tuple[Said, list[str]]] = [
        (
            row
            | {
                "basis": _key(row["basis"]),
                "carried from": _key(row.get("earlier")),
                "status": _key(row["status"]),
                "confidence": _key(row["confidence"]),
                "through": _through(row),
            },
            [str(row["justification"])],
        )
        for row in found
    ]
    plans = graph.plans()
    return make(
        graph,
        "coverage",
        say("Which program answers which mandate, and how firmly"),
        [_finding(graph, plan, found) for plan in plans],
        COLUMNS,
        rows,
        names={"program": "label", "mandate": "citation"},
        group="plan",
        matrices=[_matrix(graph, plan, found) for plan in plans],
        coded={
            "basis": basis_told,
            "carried from": basis_told,
            "status": status_told,
            "confidence": level_told,
            "through": _through_told,
        },
    )


def cells(graph: Graph) -> list[Said]:
    """Give the strongest link of each program and mandate, for every pair there is.

    Strongest as a trace orders them: by name or subject first, not carried over first, then by basis, the nearest,
    and confidence. The link may be of the program, of what it is part of, or of something within it.
    """
    best: dict[tuple[str, str], Said] = {}
    for row in sorted(asked(graph, "mandates/coverage"), key=_strength):
        best.setdefault((str(row["program"]), str(row["mandate"])), row)
    found = in_language(graph, best.values(), label="program", citation="mandate")
    return sorted(found, key=lambda row: (str(row["plan"]), str(row["label"]), str(row["citation"])))


def _key(value: object) -> str | None:
    return str(value).rpartition("/")[2] if value else None


def _specific(row: Said) -> bool:
    return str(_key(row.get("earlier") or row["basis"])) in SPECIFIC


def _strength(row: Said) -> tuple[object, ...]:
    own = row["holder"] == row["program"]
    return not _specific(row), "earlier" in row, row["basisRank"], not own, row["confidenceRank"], row["justification"]


def _through(row: Said) -> str:
    if row["holder"] == row["program"]:
        return "itself"
    rungs = ("id:work-plan/", "id:work-area/")
    return "above" if str(row["holder"]).startswith(rungs) else "within"


def _through_told(through: str) -> str:
    return {
        "itself": say_as("through", "itself"),
        "above": say_as("through", "above"),
        "within": say_as("through", "within"),
    }[through]


def _finding(graph: Graph, plan: str, cells: list[Said]) -> str:
    here = [row for row in cells if row["plan"] == plan]
    programs = {row["program"] for row in asked(graph, "programs/programs", plan=plan)}
    firm = {row["program"] for row in here if _specific(row) and "earlier" not in row}
    carried = {row["program"] for row in here if _specific(row)} - firm
    mandates = {row["mandate"] for row in here}
    named = {row["mandate"] for row in here if _specific(row) and "earlier" not in row}
    presumed = {row["mandate"] for row in here if _specific(row)} - named
    said = [_firmly(len(firm), len(programs))]
    if carried:
        said.append(say_number("{number} only one carried over", "{number} only one carried over", len(carried)))
    if left := len(programs) - len(firm) - len(carried):
        said.append(say_number("{number} none", "{number} none", left))
    answered = [say_number("{number} by name or subject", "{number} by name or subject", len(named))]
    if presumed:
        answered.append(say_number("{number} so only by carry-over", "{number} so only by carry-over", len(presumed)))
    if wider := len(mandates) - len(named) - len(presumed):
        answered.append(say_number("{number} more widely", "{number} more widely", wider))
    reached = say_number(
        "{number} mandate reaches its programs, what is within them included: {how}.",
        "{number} mandates reach its programs, what is within them included: {how}.",
        len(mandates),
        how=listed(answered),
    )
    return f"{plan_name(graph, plan, start=True)}: {listed(said)}. {reached}"


def _firmly(number: int, programs: int) -> str:
    return say_number(
        "{number} of {programs} have a mandate that names their subject",
        "{number} of {programs} have a mandate that names their subject",
        number,
        programs=how_many("program", programs),
    )


def _matrix(graph: Graph, plan: str, cells: list[Said]) -> Matrix:
    here = {(row["program"], row["mandate"]): row for row in cells if row["plan"] == plan}
    found_in = [str(row["program"]) for row in asked(graph, "programs/programs", plan=plan)]
    programs = [Name(graph.label_of(program), program) for program in found_in]
    mandates = {Name(str(row["citation"]), str(row["mandate"])) for row in here.values()}
    rows = []
    for mandate in sorted(mandates, key=lambda name: (name.text, name.id)):
        found = [here.get((program.id, mandate.id)) for program in programs]
        rows.append((mandate, [Name(_word(row), str(row["justification"])) if row else NONE for row in found]))
    return Matrix(plan_name(graph, plan, start=True), rows, programs)


def _word(row: Said) -> str:
    basis, earlier = _key(row["basis"]), _key(row.get("earlier"))
    return f"({earlier})" if earlier else str(basis)
