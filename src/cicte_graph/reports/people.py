"""People to be trained: by program, unit and place, with what is open or uncounted named and never summed."""

from collections import Counter, defaultdict

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, make, plan_name
from cicte_graph.words import count, listed, number_of

__all__ = ["people"]

SET, OPEN, UNCOUNTED = "number set", "number left open", "people not counted"


def people(graph: Graph) -> Report:
    """List targets that count people, those left open, and events without a number of people."""
    counted = _with_places(asked(graph, "people/people-targets"))
    rows = [(told | {"count": SET if "quantity" in told else OPEN}, [str(told["element"])]) for told in counted]
    rows += [(told | {"count": UNCOUNTED}, [str(told["element"])]) for told in asked(graph, "people/uncounted")]
    for said, _ in rows:
        said["unit"] = _key(said["unit"]).replace("-", " ")
        said["scope"] = _key(said["scope"]) if "scope" in said else None
    order = {SET: 0, OPEN: 1, UNCOUNTED: 2}
    rows.sort(key=lambda one: (str(one[0]["plan"]), str(one[0]["label"]), order[str(one[0]["count"])]))
    return make(
        graph,
        "people",
        "People to be trained or reached",
        [_finding(graph, plan, [said for said, _ in rows if said["plan"] == plan]) for plan in graph.plans()],
        ["plan", "program", "label", "element", "title", "count", "quantity", "unit", "scope", "place"],
        rows,
        names={"program": "label", "element": "title"},
        group="plan",
    )


def _with_places(found: list[Said]) -> list[Said]:
    """Gather the places of a target in one row."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    targets: dict[str, Said] = {}
    for row in found:
        targets.setdefault(str(row["target"]), row)
        if "where" in row:
            places[str(row["target"])].append(str(row["where"]))
    return [row | {"place": ", ".join(places[target]) or None} for target, row in targets.items()]


def _finding(graph: Graph, plan: str, here: list[Said]) -> str:
    sums: Counter[str] = Counter()
    for row in here:
        if row["count"] == SET:
            sums[str(row["unit"])] += int(str(row["quantity"]))
    still_open = [row for row in here if row["count"] == OPEN]
    uncounted = [row for row in here if row["count"] == UNCOUNTED]
    told = listed([number_of(number, unit) for unit, number in sums.most_common()]) if sums else "no number of people"
    apart = "; different words may mean the same people, so they are not added up" if len(sums) > 1 else ""
    said = [f"{plan_name(graph, plan, start=True)} sets {told}{apart}."]
    if still_open:
        named = listed([f"{row['unit']} ({row['title']}, {row['label']})" for row in still_open])
        said.append(f"{count(len(still_open), 'target').capitalize()} left open: {named}.")
    if uncounted:
        events: Counter[str] = Counter()
        for row in uncounted:
            events[str(row["unit"])] += int(str(row.get("quantity") or 0))
        told = listed([number_of(number, unit) if number else unit for unit, number in events.most_common()])
        said.append(f"Events without a number of people: {told}.")
    return " ".join(said)


def _key(value: object) -> str:
    return str(value).rpartition("/")[2]
