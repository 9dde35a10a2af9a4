"""Compare two plans: programs, projects, targets, partners, mandates, and on what each difference rests.

Neither plan says what it carries on; that is a curated reading. Numbers, names and lists are the plans' own words.
"""

from collections import Counter, defaultdict

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.reports.partners import changes
from cicte_graph.reports.report import Report, Said, asked, make, plan_name
from cicte_graph.targets import sums
from cicte_graph.terms import expand
from cicte_graph.words import count, listed

__all__ = ["diff"]

Rows = list[tuple[Said, list[str]]]

COLUMNS = ["what", "change", "before", "before name", "now", "now name", "rests on", "confidence", "continuity"]
STATED, CURATED, DERIVED = "stated", "curated", "derived"
ENDED, NEW = "ended", "new"
BY_NAME, BY_READING, PRESUMED = "kept by name", "kept by our reading", "presumed in effect"
RESTS = {BY_NAME: STATED, BY_READING: CURATED, PRESUMED: DERIVED}


def diff(graph: Graph, earlier: str, later: str) -> Report:
    """Compare two plans.

    Args:
        graph: The graph to look in.
        earlier: Identifier of the earlier plan.
        later: Identifier of the later one.

    Raises:
        UsageError: They are one plan, or in the wrong order.
    """
    plans = graph.plans()
    if plans.index(earlier) >= plans.index(later):
        raise UsageError("name two plans, the earlier first. Example: cicte-graph diff 2012 2018-2019")
    kept = [row for row in asked(graph, "continuity/carried-on") if _joins(graph, row, earlier, later)]
    rows: Rows = []
    for kind in ("program", "project"):
        rows += _elements(graph, kind, kept, earlier, later)
    rows += _targets(graph, kept, earlier, later)
    rows += _partners(graph, earlier, later)
    rows += _mandates(graph, earlier, later)
    title = f"From {plan_name(graph, earlier)} to {plan_name(graph, later)}"
    names = {"before": "before name", "now": "now name"}
    return make(graph, "diff", title, _findings(graph, rows, earlier, later), COLUMNS, rows, names=names, group="what")


def _findings(graph: Graph, rows: Rows, earlier: str, later: str) -> list[str]:
    findings = [_carried(graph, rows, kind, earlier, later) for kind in ("program", "project")]
    for what in ("partners", "mandates", "instruments named"):
        changed = Counter(str(said["change"]) for said, _ in rows if said["what"] == what)
        told = listed([f"{number} {change}" for change, number in changed.most_common()])
        findings += [f"{what.capitalize()}: {told}."] if told else []
    resting = Counter(str(said["rests on"]) for said, _ in rows)
    told = listed(
        [
            f"{number} {'rests' if number == 1 else 'rest'} on what is {status}"
            for status in (STATED, CURATED, DERIVED)
            if (number := resting[status])
        ]
    )
    return [" ".join(findings), f"Of {count(len(rows), 'row')}, {told}."]


def _carried(graph: Graph, rows: Rows, kind: str, earlier: str, later: str) -> str:
    """Count elements, not links: how many there were and are, carried on, ended and new."""
    sides = [{str(row["element"]) for row in asked(graph, "programs/elements", plan=plan)} for plan in (earlier, later)]
    were, are = ({one for one in side if one.startswith(f"id:{kind}/")} for side in sides)
    by = {
        change: {str(said["before"] or said["now"]) for said, _ in rows if said["change"] == change}
        for change in (ENDED, NEW)
    }
    ended, new = were & by[ENDED], are & by[NEW]
    return (
        f"{count(len(were), kind)} before, {len(were) - len(ended)} of them carried on in whole or in part, "
        f"{len(ended)} ended; {len(are)} now, {len(new)} new."
    )


def _joins(graph: Graph, row: Said, earlier: str, later: str) -> bool:
    return _plan(graph, row["earlier"]) == earlier and _plan(graph, row["later"]) == later


def _plan(graph: Graph, element: object) -> str:
    return next(iter(graph.values_of(str(element), "inPlan")), str(element))


def _elements(graph: Graph, kind: str, kept: list[Said], earlier: str, later: str) -> Rows:
    """List what one kind carries on, what ended and what is new; a link with a program at an end is of programs."""
    what = f"{kind}s"
    rows: Rows = []
    for row in kept:
        kinds = {str(row[end]).partition("/")[0] for end in ("earlier", "later")}
        if kind == ("program" if "id:program" in kinds else "project" if "id:project" in kinds else ""):
            said = _row(what, _key(row["kind"]), row["earlier"], row["before"], row["later"], row["after"])
            continuity = str(row["continuity"])
            more: Said = {"rests on": CURATED, "confidence": _key(row["confidence"]), "continuity": continuity}
            rows.append((said | more, [continuity]))
    named = {str(row[end]) for row in kept for end in ("earlier", "later")}
    for plan, gone, query in ((earlier, ENDED, "continuity/ended"), (later, NEW, "continuity/new")):
        alone = {str(row["element"]) for row in asked(graph, query, plan=plan)}
        for row in asked(graph, "programs/elements", plan=plan):
            element = str(row["element"])
            if element.startswith(f"id:{kind}/") and element not in named:
                change = gone if element in alone else "in parts only"
                ends = (element, row["label"], None, None) if plan == earlier else (None, None, element, row["label"])
                rows.append((_row(what, change, *ends) | {"rests on": CURATED}, [element]))
    return rows


def _row(what: str, change: str, before: object, before_name: object, now: object, now_name: object) -> Said:
    ends = {"before": before, "before name": before_name, "now": now, "now name": now_name}
    return {"what": what, "change": change, **{name: str(value) if value else None for name, value in ends.items()}}


def _targets(graph: Graph, kept: list[Said], earlier: str, later: str) -> Rows:
    """Compare numbers by unit over the whole plans, and what each program carried on sets."""
    rows: Rows = []
    elements = {plan: _elements_of(graph, plan) for plan in (earlier, later)}
    told = {plan: sums(graph, ones) for plan, ones in elements.items()}
    for unit in sorted({*told[earlier], *told[later]}):
        before, now = told[earlier].get(unit), told[later].get(unit)
        change = "number in both" if before and now else "no number now" if before else "no number before"
        at = [one for ones in elements.values() for one in ones if _counts(graph, one, unit)]
        rows.append((_row("targets by unit", change, None, before, None, now) | {"rests on": STATED}, at))
    for row in kept:
        ends = [str(row[end]) for end in ("earlier", "later")]
        if all(end.startswith("id:program/") for end in ends):
            before, now = ("; ".join(sums(graph, _within(graph, end)).values()) for end in ends)
            if before or now:
                continuity = str(row["continuity"])
                name = f"{row['before']}: {before or 'no number'}", f"{row['after']}: {now or 'no number'}"
                said = _row("targets by program", _key(row["kind"]), ends[0], name[0], ends[1], name[1])
                more: Said = {"rests on": CURATED, "confidence": _key(row["confidence"]), "continuity": continuity}
                rows.append((said | more, [continuity]))
    return rows


def _elements_of(graph: Graph, plan: str) -> list[str]:
    return [expand(str(row["element"])) for row in asked(graph, "programs/elements", plan=plan)]


def _within(graph: Graph, program: str) -> list[str]:
    inner = graph.rows("programs/contents", above=program)
    return [expand(program), *(row["element"].value for row in inner)]


def _counts(graph: Graph, element: str, unit: str) -> bool:
    return any(unit in graph.values(target, "unit") for target in graph.values(element, "target"))


def _partners(graph: Graph, earlier: str, later: str) -> Rows:
    rows: Rows = []
    for said, participations in changes(graph, earlier, later):
        body, label, through = str(said["organization"]), said["label"], said["through"]
        other = graph.label_of(str(through).split(", ")[0]) if through else None
        first = str(through).split(", ")[0] if through else None
        merged = through and said["before"] and said["now"]  # two names of one body: this one is the later
        before = (body, label) if said["before"] and not merged else (first, other)
        now = (body, label) if said["now"] else (first, other)
        status = CURATED if through else STATED
        rows.append((_row("partners", str(said["change"]), *before, *now) | {"rests on": status}, participations))
    return rows


def _mandates(graph: Graph, earlier: str, later: str) -> Rows:
    links: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    records: defaultdict[str, list[str]] = defaultdict(list)
    labels: dict[str, object] = {}
    for row in asked(graph, "mandates/mandates-of-plans"):
        instrument = str(row["instrument"])
        labels[instrument] = row["label"]
        links[instrument][str(row["plan"])].add(str(row["link"]))
        if row["plan"] in (earlier, later) and (row["link"] != DERIVED or not records[instrument]):
            records[instrument].append(str(row["record"]))
    rows: Rows = []
    for instrument, found in sorted(links.items(), key=lambda one: str(labels[one[0]])):
        what = "mandates" if (found[earlier] | found[later]) & {"listed", "justified", DERIVED} else "instruments named"
        before, now = found[earlier] - {DERIVED}, found[later]
        if not before and not now:
            continue
        how = BY_NAME if now & {"listed", "named"} else BY_READING if "justified" in now else PRESUMED
        change = "lost" if not now else "gained" if not before else how
        name = str(labels[instrument])
        ends = (
            *((instrument, f"{name} ({' and '.join(sorted(before))})") if before else (None, None)),
            *((instrument, f"{name} ({' and '.join(sorted(now))})") if now else (None, None)),
        )
        status = STATED if not now else RESTS[how]
        rows.append((_row(what, change, *ends) | {"rests on": status}, records[instrument]))
    return sorted(rows, key=lambda one: str(one[0]["what"]), reverse=True)


def _key(value: object) -> str:
    return str(value).rpartition("/")[2]
