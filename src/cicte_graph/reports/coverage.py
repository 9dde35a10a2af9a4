"""Coverage: mandates against programs, with the strongest link in each cell."""

from cicte_graph.graph import Graph
from cicte_graph.link import SPECIFIC
from cicte_graph.reports.report import Matrix, Report, Said, asked, make, plan_name
from cicte_graph.words import count, listed

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
        "Which program answers which mandate, and how firmly",
        [_finding(graph, plan, found) for plan in plans],
        COLUMNS,
        rows,
        names={"program": "label", "mandate": "citation"},
        group="plan",
        matrices=[_matrix(graph, plan, found) for plan in plans],
    )


def cells(graph: Graph) -> list[Said]:
    """Give the strongest link of each program and mandate, for every pair there is.

    Strongest as a trace orders them: by name or subject first, not carried over first, then by basis, the nearest,
    and confidence. The link may be of the program, of what it is part of, or of something within it.
    """
    best: dict[tuple[str, str], Said] = {}
    for row in sorted(asked(graph, "mandates/coverage"), key=_strength):
        best.setdefault((str(row["program"]), str(row["mandate"])), row)
    return sorted(best.values(), key=lambda row: (str(row["plan"]), str(row["label"]), str(row["citation"])))


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


def _finding(graph: Graph, plan: str, cells: list[Said]) -> str:
    here = [row for row in cells if row["plan"] == plan]
    programs = {row["program"] for row in asked(graph, "programs/programs", plan=plan)}
    firm = {row["program"] for row in here if _specific(row) and "earlier" not in row}
    carried = {row["program"] for row in here if _specific(row)} - firm
    mandates = {row["mandate"] for row in here}
    named = {row["mandate"] for row in here if _specific(row) and "earlier" not in row}
    presumed = {row["mandate"] for row in here if _specific(row)} - named
    said = [f"{len(firm)} of {count(len(programs), 'program')} have a mandate that names their subject"]
    if carried:
        said.append(f"{len(carried)} only one carried over")
    if left := len(programs) - len(firm) - len(carried):
        said.append(f"{left} none")
    answered = [f"{len(named)} by name or subject"]
    if presumed:
        answered.append(f"{len(presumed)} so only by carry-over")
    if wider := len(mandates) - len(named) - len(presumed):
        answered.append(f"{wider} more widely")
    reach = f"{count(len(mandates), 'mandate')} {'reaches' if len(mandates) == 1 else 'reach'} its programs"
    within = f"{reach}, what is within them included: {listed(answered)}"
    return f"{plan_name(graph, plan, start=True)}: {listed(said)}. {within}."


def _matrix(graph: Graph, plan: str, cells: list[Said]) -> Matrix:
    here = {(row["program"], row["mandate"]): row for row in cells if row["plan"] == plan}
    programs = {row["program"]: str(row["label"]) for row in asked(graph, "programs/programs", plan=plan)}
    mandates = {row["mandate"]: str(row["citation"]) for row in here.values()}
    rows = []
    for mandate, citation in sorted(mandates.items(), key=lambda one: one[1]):
        found = [here.get((program, mandate)) for program in programs]
        rows.append((citation, [_word(row) if row else "" for row in found]))
    return Matrix(plan_name(graph, plan, start=True), rows, list(programs.values()))


def _word(row: Said) -> str:
    basis, earlier = _key(row["basis"]), _key(row.get("earlier"))
    return f"({earlier})" if earlier else str(basis)
