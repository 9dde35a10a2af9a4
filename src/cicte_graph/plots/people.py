"""People: numbers of people to be trained or reached, by program and the word the plan counts them with.

Words are not added to each other, since they may mean the same people. A number left open is said to be open, an
event counted without its people stands apart, and a blank is no zero: the plan says nothing there.
"""

from collections import defaultdict
from dataclasses import dataclass

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph
from cicte_graph.plots.colors import BAND, FAINT, INK, PAPER, QUIET, on, shade, tint
from cicte_graph.plots.figure import Figure, Plot
from cicte_graph.plots.lettering import BODY, NOTE, SMALL, TINY, short
from cicte_graph.plots.sheet import MARGIN
from cicte_graph.reports.people import UNCOUNTED, counted
from cicte_graph.reports.report import Said, asked, plan_name
from cicte_graph.table import Table, Value
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number
from cicte_graph.words import listed, number_of

__all__ = ["people"]

LEFT, CELL, ROW, GAP = 210.0, 36.0, 22.0, 14.0
HEADS, OVERHANG = 76.0, 44.0  # of the names of columns: how long, and how far the last leans out
NAMED = 2  # units a finding names
PEOPLE, EVENTS = "people", "events"
COLUMNS = ["plan", "program", "label", "counts", "unit", "number", "targets", "left open"]


@dataclass
class Cell:
    """What is set in one unit."""

    number: int = 0
    targets: int = 0  # that set a number
    left_open: int = 0  # that set none

    def add(self, number: int | None) -> None:
        """Count one more target, and its number if it sets one."""
        self.number += number or 0
        self.targets += number is not None
        self.left_open += number is None


Key = tuple[str, str, str]  # a program, what is counted (people or events), and the identifier of the unit
Cells = dict[Key, Cell]


def people(graph: Graph) -> Plot:
    """Draw the numbers of people the plans set, as the report on people has them.

    Raises:
        NotFoundError: No plan counts people or events.
    """
    found = counted(graph)
    plans = {plan: _gathered(found, plan) for plan in graph.plans()}
    if not any(plans.values()):
        raise NotFoundError("no plan sets a number of people or of events: there is nothing to draw.")
    title = say("How many people the plans mean to train or reach")
    widest = max(len({key[1:] for key in cells}) for cells in plans.values())
    figure = Figure(title, _finding(graph, plans), LEFT + widest * CELL + GAP + OVERHANG)
    rows: list[list[Value]] = []
    for plan, cells in plans.items():
        order = _programs(graph, plan, cells)
        _panel(figure, graph, plan, order, cells)
        for program, counts, unit in sorted(cells, key=lambda key: (order.index(key[0]), key[1] != PEOPLE, key[2])):
            cell = cells[program, counts, unit]
            number = cell.number if cell.targets else None
            named = [plan, program, graph.label_of(program), _counts_told(counts), _unit(graph, unit)]
            rows.append([*named, number, cell.targets, cell.left_open])
    figure.note(
        say(
            "Different words may mean the same people, so nothing is added across. Open: the plan promises a number "
            "and sets none. Blank: it sets no number there, which is not zero."
        )
    )
    records = [*plans, *(str(row["element"]) for row in found)]
    return figure.plot(graph, "people", Table(COLUMNS, rows, title, {}, graph.version), records, {"program": "label"})


def _counts_told(counts: str) -> str:
    return {PEOPLE: say("people"), EVENTS: say("events without a number of people")}[counts]


def _gathered(found: list[Said], plan: str) -> Cells:
    cells: defaultdict[Key, Cell] = defaultdict(Cell)
    for row in found:
        if row["plan"] == plan:
            counts = EVENTS if row["count"] == UNCOUNTED else PEOPLE
            quantity = row.get("quantity")
            cells[str(row["program"]), counts, str(row["unit"])].add(None if quantity is None else int(str(quantity)))
    return dict(cells)


def _unit(graph: Graph, unit: str) -> str:
    return term(graph, expand(unit))


def _sums(cells: Cells, counts: str) -> dict[str, Cell]:
    """Add up by unit; the units most programs use come first."""
    found: defaultdict[str, list[Cell]] = defaultdict(list)
    for (_, what, unit), cell in cells.items():
        if what == counts:
            found[unit].append(cell)
    sums = {
        unit: Cell(sum(c.number for c in those), sum(c.targets for c in those), sum(c.left_open for c in those))
        for unit, those in found.items()
    }
    return {unit: sums[unit] for unit in sorted(sums, key=lambda unit: (-len(found[unit]), -sums[unit].number, unit))}


def _programs(graph: Graph, plan: str, cells: Cells) -> list[str]:
    """Order programs by their numbers in the first unit, then in the next, so that units stand as blocks."""
    units = [(counts, unit) for counts in (PEOPLE, EVENTS) for unit in _sums(cells, counts)]

    def numbers(program: str) -> list[int]:
        found = (cells.get((program, counts, unit)) for counts, unit in units)
        return [-cell.number if cell else 1 for cell in found]

    return sorted((str(row["program"]) for row in asked(graph, "programs/programs", plan=plan)), key=numbers)


def _finding(graph: Graph, plans: dict[str, Cells]) -> str:
    told: list[str] = []
    most = 0
    for plan, cells in plans.items():
        sums = {unit: cell.number for unit, cell in _sums(cells, PEOPLE).items() if cell.targets}
        units = sorted(sums, key=lambda unit: -sums[unit])
        said = [number_of(sums[unit], _unit(graph, unit), graph.language) for unit in units[:NAMED]]
        if len(units) > NAMED:
            more = len(units) - NAMED
            said.append(say_number("numbers in {number} more unit", "numbers in {number} more units", more))
        start = plan_name(graph, plan, start=not told)
        if said:
            told.append(say("{plan} sets {numbers}", plan=start, numbers=listed(said)))
        elif cells:
            told.append(say("{plan} counts events but no people", plan=start))
        else:
            told.append(say("{plan} sets no number of people", plan=start))
        most = max(most, len(units))
    finding = "; ".join(told)
    return say("{numbers}, which may mean the same people.", numbers=finding) if most > 1 else f"{finding}."


def _panel(figure: Figure, graph: Graph, plan: str, order: list[str], cells: Cells) -> None:
    sums = {(counts, unit): cell for counts in (PEOPLE, EVENTS) for unit, cell in _sums(cells, counts).items()}
    apart = [GAP if counts == EVENTS and (PEOPLE in {what for what, _ in sums}) else 0 for counts, _ in sums]
    middle = {key: LEFT + (n + 0.5) * CELL + apart[n] for n, key in enumerate(sums)}
    heads = [(x, _unit(graph, unit)) for (_, unit), x in middle.items()]
    top = figure.heads(heads, figure.y, HEADS) if heads else figure.y + 18
    end = max([*middle.values(), LEFT + 2 * CELL]) + CELL / 2
    figure.text(MARGIN, top - 7, plan_name(graph, plan, start=True), BODY.strong)
    for n, program in enumerate(order):
        y = top + n * ROW
        if n % 2 == 0:
            figure.box(MARGIN - 6, y, end - MARGIN + 12, ROW, BAND)
        figure.beside(MARGIN, y + ROW / 2, short(graph.label_of(program)), LEFT - MARGIN - 8, SMALL)
        here = {key[1:]: cell for key, cell in cells.items() if key[0] == program}
        for key, cell in here.items():
            most = max(other.number for (_, counts, _), other in cells.items() if counts == key[0])
            fill = _fill(key[0], cell.number / max(most, 1)) if cell.targets else PAPER
            figure.box(middle[key] - CELL / 2 + 1, y + 1, CELL - 2, ROW - 2, fill, None if cell.targets else FAINT)
            _number(figure, (middle[key], y + ROW / 2), cell, on(fill))
        if not here:
            figure.text(LEFT + 6, y + ROW / 2 + 2.8, say("no people or events counted"), NOTE)
    foot = top + len(order) * ROW
    figure.y = foot + 14
    if sums:
        figure.line([(MARGIN, foot + 2), (end, foot + 2)], QUIET)
        figure.text(LEFT - 8, foot + ROW / 2 + 5, say("sum in this unit"), NOTE, align="right")
        for key, cell in sums.items():
            _number(figure, (middle[key], foot + ROW / 2 + 2), cell, INK, bold=True)
        figure.y = figure.spans(_blocks(middle), foot + ROW + 4) + 8


def _blocks(middle: dict[tuple[str, str], float]) -> list[tuple[float, float, str]]:
    found = [(counts, [x for (what, _), x in middle.items() if what == counts]) for counts in (PEOPLE, EVENTS)]
    return [(xs[0] - CELL / 2 + 2, xs[-1] + CELL / 2 - 2, _counts_told(counts)) for counts, xs in found if xs]


def _fill(counts: str, part: float) -> str:
    """Shade by the root of the number, or one large number would leave the others pale; events are gray."""
    return shade(0.9 * part**0.5) if counts == PEOPLE else tint(FAINT, 0.2 + 0.5 * part**0.5)


def _number(figure: Figure, middle: tuple[float, float], cell: Cell, color: str, *, bold: bool = False) -> None:
    number = [f"{cell.number:,}"] if cell.targets else []
    lines = [*number, *([say("+ open") if number else say("open")] if cell.left_open else [])]
    look = (SMALL if len(lines) == 1 else TINY).of(color)
    for n, line in enumerate(lines):
        down = 2.8 + (n - (len(lines) - 1) / 2) * 8
        figure.text(middle[0], middle[1] + down, line, look.strong if bold else look, align="center")
