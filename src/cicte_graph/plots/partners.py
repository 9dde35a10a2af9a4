"""Partners: organizations that take part in two programs or more, against these programs."""

from collections import Counter, defaultdict
from functools import partial

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.plots.colors import BAND, BLUE, PAPER, QUIET, RULE
from cicte_graph.plots.figure import Figure, Plot
from cicte_graph.plots.lettering import BODY, NOTE, SMALL, TINY, Type, short, wrap
from cicte_graph.plots.overlap import bodies_of, overlapping, rest_of
from cicte_graph.plots.sheet import MARGIN
from cicte_graph.reports.report import Said, plan_name
from cicte_graph.table import Table
from cicte_graph.terms import expand, shorten
from cicte_graph.wording import say, say_number

__all__ = ["partners"]

LEFT, COLUMN, GAP, TOTAL = 258.0, 27.0, 10.0, 40.0
HEAD, HEADS, OVERHANG = Type(7.0), 144.0, 76.0  # of the names of columns: how long, and how far the last leans out
PARTNER = "concept:role/partner"
COLUMNS = ["organization", "label", "kind", "country", "programs", "plan", "program", "program label", "role"]

Bodies = dict[str, dict[str, set[str]]]  # organizations by plan and program


def partners(graph: Graph) -> Plot:
    """Draw who takes part in more than one program, named for it or for something within it.

    Raises:
        NotFoundError: Nobody does.
    """
    chosen = shares(graph, choose(graph))
    bodies = {plan: bodies_of(chosen, plan) for plan in graph.plans()}
    columns = {program: plan for plan, taking in bodies.items() for program in overlapping(taking)}
    rows = _rows(graph, chosen, list(columns))
    if not rows:
        raise NotFoundError("no organization takes part in two programs: there is nothing to draw.")
    title = say("Who takes part in more than one program")
    width = LEFT + len(columns) * COLUMN + len(bodies) * GAP + OVERHANG
    figure = Figure(title, _finding(rows, len(chosen.organizations)), width)
    _draw(figure, graph, rows, columns, bodies)
    for plan in bodies:
        figure.note(rest_of(graph, chosen, plan))
    table = Table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows], title, {}, graph.version)
    records = [*bodies, *(shorten(share.participation) for share in chosen.shares)]
    names = {"organization": "label", "program": "program label"}
    return figure.plot(graph, "partners", table, records, names, {"role": partial(_roles_told, graph)})


def _roles_told(graph: Graph, roles: str) -> str:
    return ", ".join(graph.label_of(role).lower() for role in roles.split(", "))


def _rows(graph: Graph, chosen: Chosen, programs: list[str]) -> list[Said]:
    """Give a row for each body of many programs and each of these, the busiest first, then by where they stand."""
    roles: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for share in chosen.shares:
        roles[shorten(share.organization)][shorten(share.element)].add(shorten(share.role))
    many = {body: sorted(map(programs.index, taking)) for body, taking in roles.items() if len(taking) > 1}
    return [
        {
            "organization": body,
            "label": graph.label_of(body),
            "kind": ", ".join(map(graph.label_of, graph.values_of(body, "kind"))),
            "country": ", ".join(map(graph.label_of, graph.values_of(body, "country"))) or None,
            "programs": len(taking),
            "plan": shorten(graph.plan_of(expand(programs[n]))),
            "program": programs[n],
            "program label": graph.label_of(programs[n]),
            "role": ", ".join(sorted(roles[body][programs[n]])),
        }
        for body, taking in sorted(many.items(), key=lambda one: (-len(one[1]), one[1], one[0]))
        for n in taking
    ]


def _finding(rows: list[Said], everyone: int) -> str:
    busy = {str(row["organization"]): row for row in rows}
    most = max(int(str(row["programs"])) for row in rows)
    top = [short(str(row["label"])) for row in busy.values() if row["programs"] == most]
    said = say_number(
        "{number} of {everyone} organizations named for a program takes part in two or more, {rest} in one only",
        "{number} of {everyone} organizations named for a program take part in two or more, {rest} in one only",
        len(busy),
        everyone=everyone,
        rest=everyone - len(busy),
    )
    if len(top) > 1:
        return f"{said}."
    return say("{said}; {who} takes part in the most, {number}.", said=said, who=top[0], number=most)


def _draw(figure: Figure, graph: Graph, rows: list[Said], columns: dict[str, str], bodies: Bodies) -> None:
    plans = list(dict.fromkeys(columns.values()))
    middle = {
        program: LEFT + (n + 0.5) * COLUMN + plans.index(plan) * GAP
        for n, (program, plan) in enumerate(columns.items())
    }
    end = LEFT + len(columns) * COLUMN + (len(plans) - 1) * GAP
    heads = [(x, short(graph.label_of(program))) for program, x in middle.items()]
    y = figure.heads(heads, figure.y, HEADS, HEAD)
    figure.text(end + 6, y - 5, say("programs"), NOTE)
    for n, body in enumerate(dict.fromkeys(str(row["organization"]) for row in rows)):
        here = [row for row in rows if row["organization"] == body]
        y = _row(figure, here, middle, (y, end), shaded=n % 2 == 0)
    figure.line([(MARGIN, y), (end + TOTAL, y)], QUIET)
    programs_of = Counter(body for taking in bodies.values() for those in taking.values() for body in those)
    figure.text(LEFT - 10, y + 14, say("in this program only"), NOTE, align="right")
    figure.text(LEFT - 10, y + 29, say("all organizations of the program"), NOTE, align="right")
    for program, plan in columns.items():
        those = bodies[plan][program]
        only = sum(programs_of[body] == 1 for body in those)
        figure.text(middle[program], y + 14, str(only), SMALL, align="center")
        figure.text(middle[program], y + 29, str(len(those)), SMALL.strong, align="center")
    own = {plan: [middle[program] for program, other in columns.items() if other == plan] for plan in plans}
    blocks = [(xs[0] - COLUMN / 2 + 2, xs[-1] + COLUMN / 2 - 2, plan_name(graph, plan)) for plan, xs in own.items()]
    _key(figure, graph, rows, y + 46)
    figure.y = figure.spans(blocks, y + 36) + 6


def _row(
    figure: Figure, here: list[Said], middle: dict[str, float], place: tuple[float, float], *, shaded: bool
) -> float:
    top, end = place
    lines = wrap(short(str(here[0]["label"])), LEFT - MARGIN - 12, BODY, most=2)
    height = 12.5 + 10.5 * len(lines)
    if shaded:
        figure.box(MARGIN - 6, top, end - MARGIN + TOTAL + 6, height, BAND)
    for n, line in enumerate(lines):
        figure.text(MARGIN, top + 10.5 * (n + 1), line)
    what = ", ".join(str(here[0][name]) for name in ("kind", "country") if here[0][name])
    figure.text(MARGIN, top + height - 2.8, what, TINY.of(QUIET), room=LEFT - MARGIN - 12)
    y = top + height / 2
    marks = [middle[str(row["program"])] for row in here]
    figure.line([(min(marks), y), (max(marks), y)], RULE, width=1.2)
    for row in here:
        figure.dot(middle[str(row["program"])], y, 5.2, BLUE if PARTNER in str(row["role"]) else PAPER, BLUE)
    figure.text(end + 24, y + 3, str(here[0]["programs"]), BODY.strong, align="center")
    return top + height


def _key(figure: Figure, graph: Graph, rows: list[Said], y: float) -> None:
    roles = {role for row in rows for role in str(row["role"]).split(", ")}
    others = f" {say('or')} ".join(sorted(graph.label_of(role).lower() for role in roles - {PARTNER}))
    for n, (told, fill) in enumerate(((graph.label_of(PARTNER).lower(), BLUE), (others, PAPER))):
        if told:
            figure.dot(MARGIN + 5 + n * 62, y - 2.6, 4.2, fill, BLUE)
            figure.text(MARGIN + 14 + n * 62, y, told, NOTE)
