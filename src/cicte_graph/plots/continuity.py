"""Continuity: what became of each program in the next plan, as flows; what ends and what is new.

Where a program is carried on its flow is thick; where only something within it is, it is thin. That one carries on
the other is our reading, so its confidence shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.link import level_told
from cicte_graph.plots.colors import ALERT, BLUE, GREEN, INK, ORANGE, PAPER, on, tint
from cicte_graph.plots.figure import Figure, Plot
from cicte_graph.plots.lettering import BODY, CUT, NOTE, TINY, Type, short, wrap
from cicte_graph.plots.order import untangled
from cicte_graph.plots.places import program_of
from cicte_graph.plots.sheet import MARGIN
from cicte_graph.reports.report import asked, plan_name
from cicte_graph.table import Table, Value
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number
from cicte_graph.words import how_many, listed

__all__ = ["continuity"]

NAME, NAMES, BAR, GAP, LEAST = Type(8.0), 208.0, 5.0, 9.0, 18.0
THICK, THIN = 15.0, 4.0
COLORS = {"split": ORANGE, "absorbed": GREEN}  # every other kind carries a program on as one
DEPTH = {"high": 0.8, "medium": 0.48, "low": 0.2}  # of color
NAMED = 2  # programs a finding names
COLUMNS = ["earlier", "before", "later", "after", "kind", "confidence", "carried on", "continuity"]


@dataclass(frozen=True, slots=True)
class Flow:
    """A program, or something within it, that something of a later plan carries on."""

    earlier: str  # the programs of both
    later: str
    whole: bool  # whether the earlier program itself is carried on
    kind: str
    confidence: str
    record: str

    @property
    def height(self) -> float:
        """How thick it is drawn."""
        return THICK if self.whole else THIN


def continuity(graph: Graph) -> Plot:
    """Draw the flows from the programs of each plan to those of the next.

    Raises:
        UsageError: There are no two plans.
    """
    pairs = list(pairwise(graph.plans()))
    if not pairs:
        raise UsageError("there are no two plans. Continuity is drawn from one plan to the next.")
    title = say("What became of each program")
    figure = Figure(title, " ".join(_finding(graph, *pair) for pair in pairs))
    found = {pair: _flows(graph, *pair) for pair in pairs}
    for pair, flows in found.items():
        _panel(figure, graph, pair, flows)
    _key(figure)
    rows = [row for pair, flows in found.items() for row in _rows(graph, *pair, flows)]
    records = [flow.record for flows in found.values() for flow in flows]
    return figure.plot(
        graph,
        "continuity",
        Table(COLUMNS, rows, title, {}, graph.version),
        [*graph.plans(), *records],
        {"earlier": "before", "later": "after"},
        {"confidence": level_told},
    )


def _programs(graph: Graph, plan: str) -> list[str]:
    return [str(row["program"]) for row in asked(graph, "programs/programs", plan=plan)]


def _only(graph: Graph, query: str, plan: str) -> list[str]:
    """List the programs of a plan that end, or that are new."""
    rows = asked(graph, f"continuity/{query}", plan=plan)
    return [str(row["element"]) for row in rows if row["class"] == "cicte:Program"]


def _flows(graph: Graph, earlier: str, later: str) -> list[Flow]:
    """Gather the flows between the programs of two plans: of several records the widest and surest one."""
    before, after = _programs(graph, earlier), _programs(graph, later)
    best: dict[tuple[str, str], Flow] = {}
    for row in asked(graph, "continuity/carried-on"):
        start, end = (program_of(graph, str(row[name])) for name in ("earlier", "later"))
        if start in before and end in after:
            confidence = str(row["confidence"]).rpartition("/")[2]
            flow = Flow(start, end, start == row["earlier"], str(row["kind"]), confidence, str(row["continuity"]))
            best[start, end] = min(best.get((start, end), flow), flow, key=_weakness)
    return sorted(best.values(), key=lambda flow: (before.index(flow.earlier), after.index(flow.later)))


def _weakness(flow: Flow) -> tuple[bool, int, str]:
    return not flow.whole, list(DEPTH).index(flow.confidence), flow.record


def _finding(graph: Graph, earlier: str, later: str) -> str:
    before, after = _programs(graph, earlier), _programs(graph, later)
    ended, new = _only(graph, "ended", earlier), _only(graph, "new", later)
    left = len(before) - len(ended)
    carried = say_number(
        "{number} of {programs} of {plan} is carried on",
        "{number} of {programs} of {plan} are carried on",
        left,
        programs=how_many("program", len(before)),
        plan=plan_name(graph, earlier),
    )
    if 0 < len(ended) <= NAMED:
        carried = say("{carried}, all but {programs}", carried=carried, programs=_listed(graph, ended))
    return say("{carried}; {new}.", carried=carried, new=_new_ones(graph, later, new, len(after)))


def _new_ones(graph: Graph, plan: str, new: Sequence[str], programs: int) -> str:
    where, of = plan_name(graph, plan), how_many("program", programs)
    if not new:
        return say("none of {programs} is new in {plan}", programs=of, plan=where)
    fresh = _listed(graph, new)
    if len(new) > NAMED:
        fresh = say("{part} of {programs}", part=len(new), programs=of)
    return say_number(
        "{programs} is new in {plan}", "{programs} are new in {plan}", len(new), programs=fresh, plan=where
    )


def _listed(graph: Graph, programs: Iterable[str]) -> str:
    return listed([short(graph.label_of(one)) for one in programs])


def _rows(graph: Graph, earlier: str, later: str, flows: Sequence[Flow]) -> list[list[Value]]:
    def named(program: str) -> list[Value]:
        return [program, graph.label_of(program)]

    rows: list[list[Value]] = []
    for flow in flows:
        what = say("the program") if flow.whole else say("something within it")
        kind = term(graph, expand(flow.kind))
        rows.append([*named(flow.earlier), *named(flow.later), kind, flow.confidence, what, flow.record])
    ends, new = say("not carried on"), say("new")
    rows += [[*named(one), None, None, ends, None, None, None] for one in _only(graph, "ended", earlier)]
    return rows + [[None, None, *named(one), new, None, None, None] for one in _only(graph, "new", later)]


def _panel(figure: Figure, graph: Graph, plans: tuple[str, str], flows: Sequence[Flow]) -> None:
    ties = [(flow.earlier, flow.later) for flow in flows]
    sides = untangled(_programs(graph, plans[0]), _programs(graph, plans[1]), ties)
    xs = MARGIN + NAMES + 8, figure.width - MARGIN - NAMES - 8
    heights = [{one: sum(f.height for f in flows if one in (f.earlier, f.later)) for one in side} for side in sides]
    tall = max(sum(max(LEAST, height) + GAP for height in side.values()) for side in heights)
    tops = [_spread(side, figure.y + 20, tall) for side in heights]
    before, after = sides
    starts, ends = dict(tops[0]), dict(tops[1])
    places: dict[Flow, list[float]] = {flow: [] for flow in flows}
    for flow in sorted(flows, key=lambda flow: after.index(flow.later)):
        places[flow].append(starts[flow.earlier])
        starts[flow.earlier] += flow.height
    for flow in sorted(flows, key=lambda flow: before.index(flow.earlier)):
        places[flow].append(ends[flow.later])
        ends[flow.later] += flow.height
    for flow in sorted(flows, key=lambda flow: not flow.whole):  # thin ones last, lest they be covered
        start, end = places[flow]
        fill = tint(COLORS.get(flow.kind.rpartition("/")[2], BLUE), DEPTH[flow.confidence])
        figure.ribbon((xs[0] + BAR, start), (xs[1] - BAR, end), flow.height, fill)
        if flow.whole:
            word = term(graph, expand(flow.kind))
            figure.text(xs[0] + BAR + 5, start + flow.height / 2 + 2.4, word, TINY.of(on(fill)))
    sides_told = (("ended", say("not carried on"), "right"), ("new", say("new"), "left"))
    for n, (query, tag, align) in enumerate(sides_told):
        figure.text(xs[n], figure.y + BODY.size, plan_name(graph, plans[n], start=True), BODY.strong, align=align)
        only, out = _only(graph, query, plans[n]), 2 * n - 1
        for one, height in heights[n].items():
            name, middle = short(graph.label_of(one)), tops[n][one] + height / 2
            if one in only:
                figure.dot(xs[n] - out * BAR / 2, middle, 3.4, PAPER, ALERT)
                figure.beside(xs[n] + out * 6, middle, _tagged(name, tag), NAMES, NAME.of(ALERT), align=align)
            else:
                figure.box(xs[n] - n * BAR, tops[n][one], BAR, height, INK)
                figure.beside(xs[n] + out * 6, middle, name, NAMES, NAME, align=align)
    figure.y += tall + 26


def _tagged(name: str, tag: str) -> str:
    """Say of a program what became of it: behind its name, or before it where that would be cut off."""
    told = f"{name} ({tag})"
    return f"{tag}: {name}" if wrap(told, NAMES, NAME, most=2)[-1].endswith(CUT) else told


def _spread(heights: Mapping[str, float], top: float, tall: float) -> dict[str, float]:
    """Give the top of each program's bar, spread over the height of the taller side."""
    spare = (tall - sum(max(LEAST, height) + GAP for height in heights.values())) / max(len(heights), 1)
    places = {}
    for one, height in heights.items():
        room = max(LEAST, height) + GAP + spare
        places[one] = top + (room - GAP - height) / 2
        top += room
    return places


def _key(figure: Figure) -> None:
    y = figure.y
    told = (
        (BLUE, say("carried on as one")),
        (ORANGE, say("split among several")),
        (GREEN, say("absorbed by another")),
    )
    for n, (color, meaning) in enumerate(told):
        for m, depth in enumerate(DEPTH.values()):
            figure.box(MARGIN + n * 150 + m * 13, y, 12, 9, tint(color, depth))
        figure.text(MARGIN + n * 150 + 44, y + 7.5, meaning, NOTE)
    figure.text(MARGIN + len(told) * 150, y + 7.5, say("the deeper, the surer: high, medium, low"), NOTE)
    figure.box(MARGIN, y + 19, 38, THIN, tint(BLUE, DEPTH["high"]))
    figure.text(MARGIN + 44, y + 24, say("thin: something within the program, not the program itself"), NOTE)
    figure.y = y + 32
