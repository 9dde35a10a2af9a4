"""Coverage: mandates against the programs of each plan, the strongest link in each cell."""

from collections import Counter

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph
from cicte_graph.link import SPECIFIC, basis_told, level_told, status_told
from cicte_graph.plots.colors import ALERT, BAND, INK, PAPER, QUIET, shade
from cicte_graph.plots.figure import Figure, Plot
from cicte_graph.plots.lettering import NOTE, SMALL, Type, short
from cicte_graph.plots.sheet import MARGIN
from cicte_graph.reports.coverage import cells
from cicte_graph.reports.report import Said, asked, plan_name
from cicte_graph.table import Table
from cicte_graph.wording import say, say_number
from cicte_graph.words import how_many, listed

__all__ = ["coverage"]

LEFT, CELL, ROW, GAP = 226.0, 22.5, 13.7, 12.0  # a cell is wide enough for two lines aslant and a gap
NAME, HEAD, HEADS, OVERHANG = Type(6.9), Type(6.6), 150.0, 86.0
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
    "justification",
]
KEYS = {"basis": "basis", "carried from": "earlier", "status": "status", "confidence": "confidence"}
# how much of its cell a link fills and how deep its color is, the firmer the more
MARKS = {
    "stated": (0.86, 1.0),
    "subject": (0.8, 0.55),
    "area": (0.58, 0.3),
    "general": (0.34, 0.3),
    "listed": (0.16, 0.3),
}

SEVERAL = 2  # numbers, each with its plan, are told of in the plural

Programs = dict[str, list[str]]  # by plan


def coverage(graph: Graph) -> Plot:
    """Draw the strongest link of each mandate and program, as the report on coverage has it.

    Raises:
        NotFoundError: No mandate reaches a program.
    """
    rows = [_row(graph, cell) for cell in cells(graph)]
    if not rows:
        raise NotFoundError("no mandate reaches a program: there is nothing to draw.")
    found = {plan: asked(graph, "programs/programs", plan=plan) for plan in graph.plans()}
    programs = {plan: [str(row["program"]) for row in those] for plan, those in found.items() if those}
    order = _ordered(rows, [program for those in programs.values() for program in those])
    rows.sort(key=lambda row: (list(programs).index(str(row["plan"])), order.index(str(row["mandate"]))))
    title = say("Which program answers which mandate, and how firmly")
    width = LEFT + sum(map(len, programs.values())) * CELL + len(programs) * GAP + OVERHANG
    figure = Figure(title, _finding(graph, rows, programs), width)
    _draw(figure, graph, rows, programs, order)
    table = Table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows], title, {}, graph.version)
    return figure.plot(
        graph,
        "coverage",
        table,
        [*programs, *(str(row["justification"]) for row in rows)],
        {"program": "label", "mandate": "citation"},
        {"basis": basis_told, "carried from": basis_told, "status": status_told, "confidence": level_told},
    )


def _row(graph: Graph, cell: Said) -> Said:
    keys: Said = {name: str(cell[key]).rpartition("/")[2] if key in cell else None for name, key in KEYS.items()}
    labels: Said = {"label": graph.label_of(str(cell["program"])), "citation": graph.label_of(str(cell["mandate"]))}
    return cell | keys | labels


def _basis(row: Said) -> str:
    """Tell what ties a mandate to a program, or tied it to the earlier one it is carried over from."""
    return str(row["carried from"] or row["basis"])


def _ordered(rows: list[Said], programs: list[str]) -> list[str]:
    """Put mandates that speak of a subject first, by the programs they speak of; those that are only listed last."""
    strength = list(MARKS)

    def rank(mandate: str) -> tuple[int, list[int], str]:
        here = [row for row in rows if row["mandate"] == mandate]
        firm = sorted(programs.index(str(row["program"])) for row in here if _basis(row) in SPECIFIC)
        firmest = min(strength.index(_basis(row)) for row in here)
        return max(firmest, strength.index("subject")), firm, mandate

    return sorted({str(row["mandate"]) for row in rows}, key=rank)


def _firm(rows: list[Said]) -> Counter[str]:
    """Count the mandates that name each program's subject, those carried over left out."""
    return Counter(str(row["program"]) for row in rows if row["basis"] in SPECIFIC)


def _finding(graph: Graph, rows: list[Said], programs: Programs) -> str:
    firm = _firm(rows)
    numbers = {plan: sum(program in firm for program in those) for plan, those in programs.items()}
    told = [
        say(
            "{part} of {programs} of {plan}",
            part=n,
            programs=how_many("program", len(programs[plan])),
            plan=plan_name(graph, plan),
        )
        for plan, n in numbers.items()
    ]
    return say_number(
        "{programs} has a mandate that names their subject.",
        "{programs} have a mandate that names their subject.",
        next(iter(numbers.values())) if len(told) == 1 else SEVERAL,
        programs=listed(told),
    )


def _draw(figure: Figure, graph: Graph, rows: list[Said], programs: Programs, order: list[str]) -> None:
    columns = [program for those in programs.values() for program in those]
    plans = [plan for plan, those in programs.items() for _ in those]
    gaps = [list(programs).index(plan) * GAP for plan in plans]
    middle = {program: LEFT + (n + 0.5) * CELL + gaps[n] for n, program in enumerate(columns)}
    end = LEFT + len(columns) * CELL + gaps[-1]
    heads = [(x, short(graph.label_of(program))) for program, x in middle.items()]
    top = figure.heads(heads, figure.y - 4, HEADS, HEAD)
    for n, mandate in enumerate(order):
        if n % 2 == 0:
            figure.box(MARGIN - 6, top + n * ROW, end - MARGIN + 12, ROW, BAND)
        name = short(graph.label_of(mandate))
        figure.text(MARGIN, top + (n + 0.5) * ROW + 2.6, name, NAME, room=LEFT - MARGIN - 8)
    for row in rows:
        place = middle[str(row["program"])], top + (order.index(str(row["mandate"])) + 0.5) * ROW
        _mark(figure, place, _basis(row), carried=bool(row["carried from"]))
    foot, firm = top + len(order) * ROW + 4, _firm(rows)
    figure.line([(MARGIN, foot), (end + 6, foot)], QUIET)
    figure.text(LEFT - 8, foot + 12, say("mandates by name or subject"), NOTE, align="right")
    for program, x in middle.items():
        look = SMALL.of(INK if firm[program] else ALERT).strong
        figure.text(x, foot + 12, str(firm[program]), look, align="center")
    ends = {plan: [middle[program] for program in those] for plan, those in programs.items()}
    blocks = [
        (xs[0] - CELL / 2 + 1, xs[-1] + CELL / 2 - 1, plan_name(graph, plan, start=True)) for plan, xs in ends.items()
    ]
    _key(figure, graph, figure.spans(blocks, foot + 19) + 8)


def _mark(figure: Figure, middle: tuple[float, float], basis: str, *, carried: bool = False) -> None:
    part, depth = MARKS[basis]
    (x, y), side, color = middle, ROW * part, shade(depth)
    figure.box(x - side / 2, y - side / 2, side, side, PAPER if carried else color, color)


def _key(figure: Figure, graph: Graph, y: float) -> None:
    told = (
        ("stated", "stated", say("the text at the program, or within it, names the mandate")),
        ("subject", "subject", say("the mandate names the program's subject")),
        ("area", "area", say("the mandate names the work area")),
        ("general", "general", say("the mandate speaks of the Secretariat's work at large")),
        ("listed", "listed", say("the plan lists the mandate and says no more")),
        ("carried-over", "subject", say("hollow, as the mark it had in the earlier plan")),
    )
    for n, (word, basis, meaning) in enumerate(told):
        x, down = MARGIN + n // 3 * figure.room / 2, y + n % 3 * 17
        _mark(figure, (x + 6, down), basis, carried=word != basis)
        label = graph.label_of(f"concept:basis/{word}").lower()
        figure.text(x + 18, down + 2.8, f"{label}: {meaning}", NOTE, room=figure.room / 2 - 24)
    figure.y = y + 44
