"""Money: every project of every plan as a square, colored where the plan marks its money as not secured."""

from collections import defaultdict
from functools import partial

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph
from cicte_graph.plots.colors import BLUE, FAINT, ORANGE, PAPER, PURPLE, RULE, SKY, VERMILION, YELLOW
from cicte_graph.plots.figure import Figure, Plot
from cicte_graph.plots.lettering import BODY, NOTE, SMALL, Type, short
from cicte_graph.plots.places import program_of
from cicte_graph.plots.sheet import MARGIN
from cicte_graph.reports.report import Said, asked, class_told, plan_name
from cicte_graph.table import Table
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.wording import say
from cicte_graph.words import how_many

__all__ = ["money"]

LEFT, SQUARE, STEP = 190.0, 11.0, 13.0
WIDEST = 12  # squares in a row
NAME = Type(8.0)
COLORS = {
    "unfunded": VERMILION,
    "to-be-identified": ORANGE,
    "to-be-determined": YELLOW,
    "conditional": PURPLE,
    "funded-until": SKY,
    "subject-to-availability": BLUE,
}
COLUMNS = ["plan", "program", "label", "projects", "element", "name", "class", "money", "until"]


def money(graph: Graph) -> Plot:
    """Draw what each plan marks, as the report on money has it; on a project without a mark the plan is silent.

    Raises:
        NotFoundError: No plan has a program.
    """
    rows = [row for plan in graph.plans() for row in _rows(graph, plan)]
    if not rows:
        raise NotFoundError("no plan has a program: there is nothing to draw.")
    title = say("Which projects the plans mark as without secured money")
    figure = Figure(title, _finding(graph, rows))
    _key(figure, graph, {str(row["status"]) for row in rows if row["class"] == "Project"})
    widest = max(int(str(row["projects"] or 0)) for row in rows)
    for plan in dict.fromkeys(str(row["plan"]) for row in rows):
        _panel(figure, graph, [row for row in rows if row["plan"] == plan], LEFT + min(WIDEST, widest) * STEP + 12)
    table = Table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows], title, {}, graph.version)
    marked = (str(row["element"]) for row in rows if row["element"])
    names, coded = {"program": "label", "element": "name"}, {"class": partial(class_told, graph)}
    return figure.plot(graph, "money", table, [*graph.plans(), *marked], names, coded)


def _rows(graph: Graph, plan: str) -> list[Said]:
    """Give a row for each mark of a plan, under its program, and one for each program without; most marks first."""
    marks: defaultdict[str, list[Said]] = defaultdict(list)
    for mark in asked(graph, "money/money-state", plan=plan):
        marks[program_of(graph, str(mark["element"])) or ""].append(mark)
    programs = asked(graph, "programs/programs", plan=plan)  # in the plan's own order
    ordered = sorted(programs, key=lambda row: -len(marks[str(row["program"])]))
    rows = [_row(graph, {"plan": plan}, mark) for mark in marks[""]]
    return rows + [_row(graph, one, mark) for one in ordered for mark in marks[str(one["program"])] or [{}]]


def _row(graph: Graph, program: Said, mark: Said) -> Said:
    element, status = mark.get("element"), mark.get("status")
    return {
        "plan": program["plan"],
        "program": program.get("program"),
        "label": graph.label_of(str(program["program"])) if "program" in program else None,
        "projects": program.get("projects"),
        "element": element,
        "name": graph.label_of(str(element)) if element else None,
        "class": str(mark["class"]).rpartition(":")[2] if element else None,
        "status": str(status).rpartition("/")[2] if status else None,
        "money": term(graph, expand(str(status))) if status else None,
        "until": mark.get("until"),
    }


def _finding(graph: Graph, rows: list[Said]) -> str:
    told: list[str] = []
    for plan in dict.fromkeys(str(row["plan"]) for row in rows):
        here = [row for row in rows if row["plan"] == plan]
        projects = sum({str(row["program"]): int(str(row["projects"])) for row in here if row["program"]}.values())
        marked = sum(row["class"] == "Project" for row in here)
        start = plan_name(graph, plan, start=not told)
        if told:
            said = say("{plan} marks {part} of {whole}", plan=start, part=marked, whole=projects)
        else:
            said = say(
                "{plan} marks {part} of {projects} as without secured money",
                plan=start,
                part=marked,
                projects=how_many("project", projects),
            )
        for row in here:
            if row["class"] == "WorkPlan":
                said = say("{marked}, and itself as {money}", marked=said, money=row["money"])
        told.append(said)
    return f"{'; '.join(told)}."


def _key(figure: Figure, graph: Graph, statuses: set[str]) -> None:
    start = say("Each square is a project:")
    figure.text(MARGIN, figure.y + 8.5, start, NOTE)
    x = MARGIN + NOTE.width(start) + 10
    words = {status: term(graph, expand(f"concept:funding-status/{status}")) for status in COLORS if status in statuses}
    for status, word in (words | {"": say("no mark")}).items():
        if x + SQUARE + 4 + NOTE.width(word) > figure.width - MARGIN:
            x, figure.y = MARGIN, figure.y + 16
        _square(figure, x, figure.y, status)
        figure.text(x + SQUARE + 4, figure.y + 8.5, word, NOTE)
        x += SQUARE + 16 + NOTE.width(word)
    figure.y += 26


def _square(figure: Figure, x: float, y: float, status: str) -> None:
    figure.box(x + 0.5, y + 0.5, SQUARE - 1, SQUARE - 1, COLORS.get(status, FAINT) if status else PAPER, FAINT)


def _panel(figure: Figure, graph: Graph, rows: list[Said], right: float) -> None:
    plan = str(rows[0]["plan"])
    figure.text(MARGIN, figure.y + BODY.size, plan_name(graph, plan, start=True), BODY.strong)
    y = figure.y + 18
    for holder in dict.fromkeys(str(row["program"] or row["element"]) for row in rows):
        here = [row for row in rows if holder in (row["program"], row["element"])]
        figure.line([(MARGIN, y), (figure.width - MARGIN, y)], RULE)
        label = say("the plan as a whole") if holder == plan else short(graph.label_of(holder))
        foot = figure.paragraph(MARGIN, y + 4, label, LEFT - MARGIN - 10, NAME, most=2)
        y = max(foot, _squares(figure, y + 4, here), _names(figure, graph, (right, y + 4), here)) + 2
    figure.y = y + 12


def _squares(figure: Figure, y: float, here: list[Said]) -> float:
    marked = [str(row["status"]) for row in here if row["class"] == "Project"]
    projects = int(str(here[0]["projects"] or 0))
    for n, status in enumerate([*marked, *[""] * (projects - len(marked))]):
        _square(figure, LEFT + n % WIDEST * STEP, y + n // WIDEST * STEP, status)
    if here[0]["program"] and not projects:
        figure.text(LEFT, y + NOTE.size, say("has no project"), NOTE)
    return y + -(-projects // WIDEST) * STEP


def _names(figure: Figure, graph: Graph, place: tuple[float, float], rows: list[Said]) -> float:
    x, y = place
    for status in dict.fromkeys(str(row["status"]) for row in rows if row["status"]):
        here = [row for row in rows if row["status"] == status]
        named = "; ".join(_name(graph, row) for row in here if row["program"])
        figure.box(x, y + 2, 6, 6, COLORS.get(status, FAINT), FAINT)
        said = f"{here[0]['money']}: {named}" if named else str(here[0]["money"])
        y = figure.paragraph(x + 11, y, said, figure.width - MARGIN - x - 11, SMALL) + 1
    return y


def _name(graph: Graph, row: Said) -> str:
    name = short(str(row["name"]))
    if row["class"] != "Project":
        name = f"{name} ({class_told(graph, str(row['class'])).lower()})"
    return say("{name}, to {day}", name=name, day=row["until"]) if row["until"] else name
