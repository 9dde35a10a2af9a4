"""Compare two plans: programs, projects, targets, partners, mandates, and on what each difference rests.

Neither plan says what it carries on; that is a curated reading. Numbers, names and lists are the plans' own words.
"""

from collections import Counter, defaultdict
from functools import partial

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.link import level_told, status_told
from cicte_graph.reports.diff_told import (
    BOTH,
    BY_NAME,
    BY_READING,
    CURATED,
    DERIVED,
    ENDED,
    NEW,
    NOT_BEFORE,
    NOT_NOW,
    PARTS,
    PRESUMED,
    STATED,
    change_told,
    changed,
    link_told,
    resting_on,
    what_told,
)
from cicte_graph.reports.partners import GAINED, LOST, changes
from cicte_graph.reports.report import Report, Said, asked, in_language, make, plan_name
from cicte_graph.targets import sums
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number, speaking
from cicte_graph.words import how_many, listed

__all__ = ["diff"]

Rows = list[tuple[Said, list[str]]]

COLUMNS = ["what", "change", "before", "before name", "now", "now name", "rests on", "confidence", "continuity"]
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
    with speaking(graph.language):
        return _compared(graph, earlier, later)


def _compared(graph: Graph, earlier: str, later: str) -> Report:
    carried = in_language(graph, asked(graph, "continuity/carried-on"), before="earlier", after="later")
    kept = [row for row in carried if _joins(graph, row, earlier, later)]
    rows: Rows = []
    for kind in ("program", "project"):
        rows += _elements(graph, kind, kept, earlier, later)
    rows += _targets(graph, kept, earlier, later)
    rows += _partners(graph, earlier, later)
    rows += _mandates(graph, earlier, later)
    return make(
        graph,
        "diff",
        say("From {earlier} to {later}", earlier=plan_name(graph, earlier), later=plan_name(graph, later)),
        _findings(graph, rows, earlier, later),
        COLUMNS,
        rows,
        names={"before": "before name", "now": "now name"},
        group="what",
        coded={
            "what": what_told,
            "change": partial(change_told, graph),
            "rests on": status_told,
            "confidence": level_told,
        },
    )


def _findings(graph: Graph, rows: Rows, earlier: str, later: str) -> list[str]:
    findings = [_carried(graph, rows, kind, earlier, later) for kind in ("program", "project")]
    for what in ("partners", "mandates", "instruments named"):
        changes_of = Counter(str(said["change"]) for said, _ in rows if said["what"] == what)
        told = listed([changed(change, number) for change, number in changes_of.most_common()])
        head = what_told(what)
        findings += [f"{head[0].upper()}{head[1:]}: {told}."] if told else []
    resting = Counter(str(said["rests on"]) for said, _ in rows)
    told = listed([resting_on(status, number) for status in (STATED, CURATED, DERIVED) if (number := resting[status])])
    of_rows = say_number("Of {number} row, {told}.", "Of {number} rows, {told}.", len(rows), told=told)
    return [" ".join(findings), of_rows]


def _carried(graph: Graph, rows: Rows, kind: str, earlier: str, later: str) -> str:
    """Count elements, not links: how many there were and are, carried on, ended and new."""
    sides = [{str(row["element"]) for row in asked(graph, "programs/elements", plan=plan)} for plan in (earlier, later)]
    were, are = ({one for one in side if one.startswith(f"id:{kind}/")} for side in sides)
    by = {
        change: {str(said["before"] or said["now"]) for said, _ in rows if said["change"] == change}
        for change in (ENDED, NEW)
    }
    ended, new = were & by[ENDED], are & by[NEW]
    return say(
        "{before} before, {kept} of them carried on in whole or in part, {ended} ended; {now} now, {new} new.",
        before=how_many(kind, len(were)),
        kept=len(were) - len(ended),
        ended=len(ended),
        now=len(are),
        new=len(new),
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
        for row in in_language(graph, asked(graph, "programs/elements", plan=plan), label="element"):
            element = str(row["element"])
            if element.startswith(f"id:{kind}/") and element not in named:
                change = gone if element in alone else PARTS
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
        change = BOTH if before and now else NOT_NOW if before else NOT_BEFORE
        at = [one for ones in elements.values() for one in ones if _counts(graph, one, unit)]
        rows.append((_row("targets by unit", change, None, before, None, now) | {"rests on": STATED}, at))
    for row in kept:
        ends = [str(row[end]) for end in ("earlier", "later")]
        if all(end.startswith("id:program/") for end in ends):
            before, now = ("; ".join(sums(graph, _within(graph, end)).values()) for end in ends)
            if before or now:
                continuity = str(row["continuity"])
                none = say("no number")
                name, other = f"{row['before']}: {before or none}", f"{row['after']}: {now or none}"
                said = _row("targets by program", _key(row["kind"]), ends[0], name, ends[1], other)
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
    for row in asked(graph, "mandates/mandates-of-plans"):
        instrument = str(row["instrument"])
        links[instrument][str(row["plan"])].add(str(row["link"]))
        if row["plan"] in (earlier, later) and (row["link"] != DERIVED or not records[instrument]):
            records[instrument].append(str(row["record"]))
    rows: Rows = []
    for instrument, found in sorted(links.items(), key=lambda one: graph.label_of(one[0])):
        what = "mandates" if (found[earlier] | found[later]) & {"listed", "justified", DERIVED} else "instruments named"
        before, now = found[earlier] - {DERIVED}, found[later]
        if not before and not now:
            continue
        how = BY_NAME if now & {"listed", "named"} else BY_READING if "justified" in now else PRESUMED
        change = LOST if not now else GAINED if not before else how
        ends = (
            *((instrument, _linked(graph, instrument, before)) if before else (None, None)),
            *((instrument, _linked(graph, instrument, now)) if now else (None, None)),
        )
        status = STATED if not now else RESTS[how]
        rows.append((_row(what, change, *ends) | {"rests on": status}, records[instrument]))
    return sorted(rows, key=lambda one: str(one[0]["what"]), reverse=True)


def _linked(graph: Graph, instrument: str, links: set[str]) -> str:
    """Name an instrument with all that links it to a plan."""
    between = f" {say('and')} "
    return f"{graph.label_of(instrument)} ({between.join(map(link_told, sorted(links)))})"


def _key(value: object) -> str:
    return str(value).rpartition("/")[2]
