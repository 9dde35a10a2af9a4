"""Overlap: for every two programs of a plan, how many partners they share; a staircase of numbers."""

from collections import defaultdict
from itertools import combinations

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.plots.colors import BAND, FAINT, PAPER, QUIET, RULE, on, shade
from cicte_graph.plots.figure import Figure, Plot
from cicte_graph.plots.lettering import BODY, NOTE, short
from cicte_graph.plots.order import side_by_side
from cicte_graph.plots.sheet import MARGIN
from cicte_graph.reports.report import Said, asked, plan_name
from cicte_graph.table import Table
from cicte_graph.terms import expand, shorten
from cicte_graph.wording import say, say_number
from cicte_graph.words import how_many, listed

__all__ = ["bodies_of", "overlap", "overlapping", "rest_of"]

CELL, NAME, KEY = 31.0, 200.0, 190.0
SQUARE = 18.0  # of the key
NAMED = 3  # programs a note names
SEVERAL = 2  # numbers, each with its plan, are told of in the plural
COLUMNS = ["plan", "program", "label", "partners", "other", "other label", "other partners", "shared", "organizations"]


def overlap(graph: Graph) -> Plot:
    """Draw how many partners each two programs of a plan share.

    Raises:
        NotFoundError: No plan has two programs that name partners.
    """
    chosen = shares(graph, choose(graph))
    plans = {plan: bodies_of(chosen, plan) for plan in graph.plans()}
    rows = [row for plan, bodies in plans.items() for row in _pairs(graph, plan, bodies)]
    if not rows:
        raise NotFoundError("no plan has two programs that name partners: there is nothing to compare.")
    title = say("Which programs share partners")
    figure = Figure(title, _finding(graph, rows), 2 * MARGIN + max(map(len, plans.values())) * CELL + NAME)
    for plan, bodies in plans.items():
        if len(bodies) > 1:
            _stairs(figure, graph, plan, bodies)
    for plan in plans:
        figure.note(rest_of(graph, chosen, plan))
    table = Table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows], title, {}, graph.version)
    records = [*plans, *(shorten(share.participation) for share in chosen.shares)]
    return figure.plot(graph, "overlap", table, records, {"program": "label", "other": "other label"})


def bodies_of(chosen: Chosen, plan: str) -> dict[str, set[str]]:
    """Gather who takes part in each program of a plan that names anybody, for itself or something within it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for share in chosen.shares:
        if shorten(share.plan) == plan:
            found[shorten(share.element)].add(shorten(share.organization))
    return dict(found)


def overlapping(bodies: dict[str, set[str]]) -> list[str]:
    """Order programs so that those that share partners stand together."""
    return side_by_side(sorted(bodies), lambda one, other: len(bodies[one] & bodies[other]))


def rest_of(graph: Graph, chosen: Chosen, plan: str) -> str:
    """Say which programs of a plan name nobody, and who takes part in the plan and in no program."""
    bodies = bodies_of(chosen, plan)
    programs = [str(row["program"]) for row in asked(graph, "programs/programs", plan=plan)]
    silent = [short(graph.label_of(program)) for program in programs if program not in bodies]
    above = {
        body
        for one in map(shorten, chosen.above)
        if any(shorten(graph.plan_of(expand(element))) == plan for element in graph.values_of(one, "element"))
        for body in graph.values_of(one, "organization")
    }.difference(*bodies.values())
    said = []
    if silent:
        who = listed(silent) if len(silent) <= NAMED else how_many("program", len(silent))
        said.append(say_number("{programs} names no partner", "{programs} name no partner", len(silent), programs=who))
    if above:
        said.append(
            say_number(
                "{number} partner of the plan is tied to no program",
                "{number} partners of the plan are tied to no program",
                len(above),
            )
        )
    return f"{plan_name(graph, plan, start=True)}: {listed(said)}." if said else ""


def _pairs(graph: Graph, plan: str, bodies: dict[str, set[str]]) -> list[Said]:
    rows: list[Said] = []
    for one, other in combinations(overlapping(bodies), 2):
        both = sorted(map(graph.label_of, bodies[one] & bodies[other]))
        rows.append(
            {
                "plan": plan,
                "program": one,
                "label": graph.label_of(one),
                "partners": len(bodies[one]),
                "other": other,
                "other label": graph.label_of(other),
                "other partners": len(bodies[other]),
                "shared": len(both),
                "organizations": "; ".join(both) or None,
            }
        )
    return rows


def _finding(graph: Graph, rows: list[Said]) -> str:
    told = []
    for plan in dict.fromkeys(str(row["plan"]) for row in rows):
        here = [bool(row["shared"]) for row in rows if row["plan"] == plan]
        told.append(
            say(
                "{part} of {pairs} of programs of {plan}",
                part=sum(here),
                pairs=say_number("{number} pair", "{number} pairs", len(here)),
                plan=plan_name(graph, plan),
            )
        )
    sharing = sum(bool(row["shared"]) for row in rows)
    common = say_number(
        "{pairs} has a partner in common",
        "{pairs} have a partner in common",
        sharing if len(told) == 1 else SEVERAL,
        pairs=listed(told),
    )
    most = max(int(str(row["shared"])) for row in rows)
    top = [row for row in rows if row["shared"] == most]
    if not most or len(top) > 1 or len(rows) == 1:
        return f"{common}."
    names = listed([short(str(top[0][name])) for name in ("label", "other label")])
    return say("{pairs}; {programs} share the most, {number}.", pairs=common, programs=names, number=most)


def _stairs(figure: Figure, graph: Graph, plan: str, bodies: dict[str, set[str]]) -> None:
    figure.text(MARGIN, figure.y + BODY.size, plan_name(graph, plan, start=True), BODY.strong)
    top = figure.y + 18
    order = overlapping(bodies)
    most = max(len(bodies[one] & bodies[other]) for one, other in combinations(order, 2))
    below = _key(figure, top)
    for n, program in enumerate(order):
        x, y = MARGIN + n * CELL, top + n * CELL
        for m, other in enumerate(order[:n]):
            shared = len(bodies[program] & bodies[other])
            _cell(figure, (MARGIN + m * CELL, y), CELL, str(shared), _depth(shared, most))
        _cell(figure, (x, y), CELL, str(len(bodies[program])), BAND)
        room = figure.width - MARGIN - x - CELL - 7 - (KEY + 12 if y < below else 0)
        figure.beside(x + CELL + 7, y + CELL / 2, short(graph.label_of(program)), room)
    figure.y = max(top + len(order) * CELL, below) + 8


def _depth(shared: int, most: int) -> str:
    return shade(0.08 + 0.92 * (shared - 1) / max(most - 1, 1)) if shared else PAPER


def _cell(figure: Figure, corner: tuple[float, float], side: float, number: str, fill: str) -> None:
    """Draw a number on its color: shared partners bold, a zero framed on paper, a program's own number on gray."""
    x, y = corner
    figure.box(x + 1, y + 1, side - 2, side - 2, fill, RULE if fill == PAPER else None)
    look = {PAPER: BODY.of(FAINT), BAND: BODY.of(QUIET)}.get(fill, BODY.of(on(fill)).strong)
    figure.text(x + side / 2, y + side / 2 + 3.1, number, look, align="center")


def _key(figure: Figure, top: float) -> float:
    x = figure.width - MARGIN - KEY
    told = (
        ("n", shade(1), say("partners that the program of the row and the one at the head of the column share")),
        ("0", PAPER, say("both name partners, none in common")),
        ("n", BAND, say("partners of the program itself")),
    )
    for n, (number, fill, meaning) in enumerate(told):
        y = top + n * (SQUARE + 9)
        _cell(figure, (x, y), SQUARE + 2, number, fill)
        figure.beside(x + SQUARE + 9, y + SQUARE / 2 + 1, meaning, KEY - SQUARE - 9, NOTE)
    return top + len(told) * (SQUARE + 9)
