"""People to be trained: by program, unit and place, with what is open or uncounted named and never summed."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, in_language, make, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number
from cicte_graph.words import listed, number_of

__all__ = ["OPEN", "SET", "UNCOUNTED", "counted", "people"]

SET, OPEN, UNCOUNTED = "number set", "number left open", "people not counted"


def people(graph: Graph) -> Report:
    """List targets that count people, those left open, and events without a number of people."""
    rows = counted(graph)
    for said in rows:
        said["unit"] = term(graph, expand(str(said["unit"])))
        said["scope"] = term(graph, expand(str(said["scope"]))) if "scope" in said else None
    return make(
        graph,
        "people",
        say("People to be trained or reached"),
        [_finding(graph, plan, [said for said in rows if said["plan"] == plan]) for plan in graph.plans()],
        ["plan", "program", "label", "element", "title", "count", "quantity", "unit", "scope", "place"],
        [(said, [str(said["element"])]) for said in rows],
        names={"program": "label", "element": "title"},
        group="plan",
        coded={"count": _count_told},
    )


def counted(graph: Graph) -> list[Said]:
    """List what is counted, by plan and program: `count` tells in which way."""
    set_or_open = _with_places(graph, asked(graph, "people/people-targets"))
    found = [row | {"count": SET if "quantity" in row else OPEN} for row in set_or_open]
    found += [row | {"count": UNCOUNTED} for row in asked(graph, "people/uncounted")]
    order = {SET: 0, OPEN: 1, UNCOUNTED: 2}
    rows = in_language(graph, found, label="program", title="element")
    return sorted(rows, key=lambda row: (str(row["plan"]), str(row["label"]), order[str(row["count"])]))


def _count_told(count: str) -> str:
    return {SET: say("number set"), OPEN: say("number left open"), UNCOUNTED: say("people not counted")}[count]


def _with_places(graph: Graph, found: list[Said]) -> list[Said]:
    """Gather the places of a target in one row."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    targets: dict[str, Said] = {}
    for row in found:
        targets.setdefault(str(row["target"]), row)
        if "place" in row:
            places[str(row["target"])].append(graph.label_of(str(row["place"])))
    return [row | {"place": ", ".join(places[target]) or None} for target, row in targets.items()]


def _finding(graph: Graph, plan: str, here: list[Said]) -> str:
    sums = _sums(row for row in here if row["count"] == SET)
    still_open = [row for row in here if row["count"] == OPEN]
    uncounted = [row for row in here if row["count"] == UNCOUNTED]
    start, numbers = plan_name(graph, plan, start=True), _told(graph, sums)
    if not sums:
        said = [say("{plan} sets no number of people.", plan=start)]
    elif len(sums) == 1:
        said = [say("{plan} sets {numbers}.", plan=start, numbers=numbers)]
    else:
        said = [
            say(
                "{plan} sets {numbers}; different words may mean the same people, so they are not added up.",
                plan=start,
                numbers=numbers,
            )
        ]
    if still_open:
        said.append(
            say_number(
                "{number} target left open: {targets}.",
                "{number} targets left open: {targets}.",
                len(still_open),
                targets=listed([f"{row['unit']} ({row['title']}, {row['label']})" for row in still_open]),
            )
        )
    if uncounted:
        said.append(say("Events without a number of people: {events}.", events=_told(graph, _sums(uncounted))))
    return " ".join(said)


def _sums(rows: Iterable[Said]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for row in rows:
        sums[str(row["unit"])] += int(str(row.get("quantity") or 0))
    return sums


def _told(graph: Graph, sums: Counter[str]) -> str:
    """Write numbers with their units, the largest first; a unit without a number alone."""
    return listed([number_of(number, unit, graph.language) if number else unit for unit, number in sums.most_common()])
