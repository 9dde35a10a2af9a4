"""Kinds: how many organizations of each kind take part in each plan, and how many of each country."""

from collections import defaultdict
from collections.abc import Iterable

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.shares import shares
from cicte_graph.plots.colors import BLUE, FAINT, QUIET, tint
from cicte_graph.plots.figure import Figure, Plot
from cicte_graph.plots.lettering import BODY, NOTE, SMALL, TINY, short
from cicte_graph.plots.sheet import MARGIN
from cicte_graph.reports.kinds import by_told
from cicte_graph.reports.report import plan_name
from cicte_graph.table import Table, Value
from cicte_graph.targets import term
from cicte_graph.terms import shorten
from cicte_graph.wording import say, say_number
from cicte_graph.words import listed

__all__ = ["kinds"]

NAMES, BAR, GAP, BETWEEN = 148.0, 8.0, 8.0, 26.0
COLUMNS = ["by", "value", "label", "plan", "organizations"]

Counts = dict[str, dict[str, int]]  # organizations by a value, such as a kind, and plan


def kinds(graph: Graph) -> Plot:
    """Draw how many organizations of each kind and country take part in each plan, at whatever element.

    Raises:
        NotFoundError: No plan names a partner.
    """
    found = shares(graph, choose(graph, level="plan")).shares
    if not found:
        raise NotFoundError("no plan names a partner: there is nothing to draw.")
    plans = graph.plans()
    everyone = _counts(plans, (("", share.plan, share.named) for share in found))[""]
    by_kind = _counts(plans, ((share.kind, share.plan, share.named) for share in found))
    by_country = _counts(plans, ((share.country, share.plan, share.named) for share in found))
    placeless = by_country.pop("", dict.fromkeys(plans, 0))
    title = say("Partners by kind and by country")
    figure = Figure(title, _finding(graph, everyone, by_kind))
    _draw(figure, graph, {say("By kind"): by_kind, say("By country"): by_country})
    without = [
        say("{part} of {whole} of {plan}", part=placeless[plan], whole=everyone[plan], plan=plan_name(graph, plan))
        for plan in plans
    ]
    figure.note(
        say("Organizations without a country in the graph, in no bar on the right: {numbers}.", numbers=listed(without))
    )
    rows: list[list[Value]] = [
        [by, shorten(value), graph.label(value), plan, number]
        for by, counts in (("kind", by_kind), ("country", by_country))
        for value, numbers in counts.items()
        for plan, number in numbers.items()
    ]
    rows += [["country", None, say("none"), plan, placeless[plan]] for plan in plans]
    records = [*plans, *(shorten(share.participation) for share in found)]
    table = Table(COLUMNS, rows, title, {}, graph.version)
    return figure.plot(graph, "kinds", table, records, {"value": "label"}, {"by": by_told})


def _counts(plans: list[str], found: Iterable[tuple[str, str, str]]) -> Counts:
    """Count organizations by value and plan; the values that are most frequent in the latest plan come first."""
    bodies: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for value, plan, body in found:
        bodies[value][shorten(plan)].add(body)
    counts = {value: {plan: len(those[plan]) for plan in plans} for value, those in bodies.items()}
    return dict(sorted(counts.items(), key=lambda one: ([-number for number in reversed(one[1].values())], one[0])))


def _finding(graph: Graph, everyone: dict[str, int], by_kind: Counts) -> str:
    numbers_in = [
        say_number("{number} partner in {plan}", "{number} partners in {plan}", number, plan=plan_name(graph, plan))
        if number
        else say("no partners in {plan}", plan=plan_name(graph, plan))
        for plan, number in everyone.items()
    ]
    told = [listed(numbers_in)]
    first, *_, last = [*everyone, *everyone]
    change = {kind: numbers[last] - numbers[first] for kind, numbers in by_kind.items()}
    most, least = max(change.values()), min(change.values())
    if most > 0 and (gained := _only(change, most)):
        told.append(say("gained most: {kind}", kind=_changed(graph, gained, by_kind[gained], first, last)))
    if least < 0 and (lost := _only(change, least)):
        told.append(say("lost most: {kind}", kind=_changed(graph, lost, by_kind[lost], first, last)))
    said = "; ".join(told)
    return f"{said[0].upper()}{said[1:]}."


def _only(change: dict[str, int], number: int) -> str:
    """Give the one kind that changed by a number, or nothing if several did."""
    those = [kind for kind, by in change.items() if by == number]
    return those[0] if len(those) == 1 else ""


def _changed(graph: Graph, kind: str, numbers: dict[str, int], first: str, last: str) -> str:
    return say("{kind} ({before} to {now})", kind=short(term(graph, kind)), before=numbers[first], now=numbers[last])


def _color(n: int, plans: int) -> str:
    """Give the latest plan the full color, earlier ones less of it."""
    return tint(BLUE, 1 - 0.62 * (plans - 1 - n) / max(plans - 1, 1))


def _draw(figure: Figure, graph: Graph, panels: dict[str, Counts]) -> None:
    x, y, plans = MARGIN, figure.y, graph.plans()
    for n, name in enumerate(plan_name(graph, plan) for plan in plans):
        figure.box(x, y, 18, BAR, _color(n, len(plans)))
        figure.text(x + 23, y + 7.3, name, NOTE)
        x += 40 + NOTE.width(name)
    width = (figure.room - BETWEEN) / len(panels)
    most = max(max(numbers.values()) for counts in panels.values() for numbers in counts.values())
    feet = []
    for n, (name, counts) in enumerate(panels.items()):
        left = MARGIN + n * (width + BETWEEN)
        figure.text(left, y + 24 + BODY.size, name, BODY.strong)
        feet.append(_bars(figure, graph, (left + NAMES, y + 44), counts, (width - NAMES - 22) / most))
    figure.y = max(feet) + 6


def _bars(figure: Figure, graph: Graph, corner: tuple[float, float], counts: Counts, scale: float) -> float:
    x, y = corner
    for value, numbers in counts.items():
        height = BAR * len(numbers)
        figure.beside(x - 8, y + height / 2, short(graph.label(value)), NAMES - 8, SMALL, align="right")
        for n, number in enumerate(numbers.values()):
            figure.box(x, y + n * BAR, number * scale, BAR - 0.6, _color(n, len(numbers)))
            look = TINY.of(QUIET if number else FAINT)
            figure.text(x + number * scale + 4, y + (n + 1) * BAR - 1.6, str(number), look)
        y += height + GAP
    return y
