"""Overlap: which programs of a plan share partners, how many and whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.network.sharing import Overlap, partners_of
from cicte_graph.network.sharing import overlap as compared
from cicte_graph.network.ties import above
from cicte_graph.page import Name
from cicte_graph.reports.report import Cells, Matrix, Report, Row, asked, make, names_of, plan_name
from cicte_graph.terms import shorten
from cicte_graph.wording import say, say_number
from cicte_graph.words import how_many, listed

__all__ = ["overlap"]

COLUMNS = ["plan", "program", "label", "partners", "other", "other label", "other partners", "shared"]
COLUMNS += ["jaccard", "overlap", "who"]
DECIMALS = 3
MOST = 3  # pairs that are named where several share most


def overlap(graph: Graph) -> Report:
    """List every two programs of one plan that share a partner, those that share most first."""
    findings: list[str] = []
    rows: list[Row] = []
    matrices: list[Matrix] = []
    for plan in graph.plans():
        chosen = shares(graph, choose(graph, plan=[plan]))
        sets = partners_of(chosen)
        pairs = compared(sets)
        found = [pair for pair in pairs if pair.count]
        found.sort(key=lambda pair: (-pair.count, -pair.jaccard, graph.label_of(pair.one), graph.label_of(pair.other)))
        findings.append(" ".join(_findings(chosen, plan, sets, found)))
        rows += [_row(chosen, plan, sets, pair) for pair in found]
        matrices += _matrix(graph, plan, sets)
    if rows:
        findings.append(
            say(
                "Jaccard is the part that is shared of all the partners two programs have; overlap is the part that is "
                "shared of the partners of the one that has fewer."
            )
        )
    names = {"other": "other label", "program": "label"}
    title = say("Which programs share partners")
    return make(graph, "overlap", title, findings, COLUMNS, rows, names=names, group="plan", matrices=matrices)


def _row(chosen: Chosen, plan: str, sets: Mapping[str, AbstractSet[str]], pair: Overlap) -> Row:
    graph, both = chosen.graph, sets[pair.one] & sets[pair.other]
    said: Cells = {
        "plan": plan,
        "program": pair.one,
        "label": graph.label_of(pair.one),
        "partners": len(sets[pair.one]),
        "other": pair.other,
        "other label": graph.label_of(pair.other),
        "other partners": len(sets[pair.other]),
        "shared": pair.count,
        "jaccard": round(pair.jaccard, DECIMALS),
        "overlap": round(pair.coefficient, DECIMALS),
        "who": names_of(graph, both),
    }
    here = (
        share.participation
        for share in chosen.shares
        if shorten(share.organization) in both and shorten(share.element) in (pair.one, pair.other)
    )
    return said, list(here)


def _names(graph: Graph, identifiers: Iterable[str]) -> list[str]:
    return sorted(map(graph.label_of, identifiers))


def _findings(
    chosen: Chosen, plan: str, sets: Mapping[str, AbstractSet[str]], found: Sequence[Overlap]
) -> Iterator[str]:
    """Say how many pairs share somebody, which share most, and which program shares nobody."""
    graph, start = chosen.graph, plan_name(chosen.graph, plan, start=True)
    programs = how_many("program", len(asked(graph, "programs/programs", plan=plan)))
    pairs = len(sets) * (len(sets) - 1) // 2
    if pairs:
        yield say_number(
            "{plan} names partners for {part} of its {programs}; {number} of their {pairs} has a partner in common.",
            "{plan} names partners for {part} of its {programs}; {number} of their {pairs} have a partner in common.",
            len(found),
            plan=start,
            part=len(sets),
            programs=programs,
            pairs=say_number("{number} pair", "{number} pairs", pairs),
        )
    else:
        yield say(
            "{plan} names partners for {part} of its {programs}, so no two have a partner in common.",
            plan=start,
            part=len(sets),
            programs=programs,
        )
    if untied := above(chosen):
        yield untied
    top = [pair for pair in found if pair.count == found[0].count]
    shared = say_number("{number} partner", "{number} partners", top[0].count) if top else ""
    if len(top) > MOST:
        yield say("Most, {partners}, are shared by {pairs} pairs.", partners=shared, pairs=len(top))
    for pair in top if len(top) <= MOST else []:
        ends, bodies = _names(graph, [pair.one, pair.other]), _names(graph, sets[pair.one] & sets[pair.other])
        yield say(
            "{programs} share most, {partners}: {who}.", programs=listed(ends), partners=shared, who=listed(bodies)
        )
    for pair in (pair for pair in found if pair.coefficient == 1):
        less, more = sorted((pair.one, pair.other), key=lambda one: len(sets[one]))
        yield say(
            "All partners of {less} take part in {more} too.", less=graph.label_of(less), more=graph.label_of(more)
        )
    lone = set(sets) - {one for pair in found for one in (pair.one, pair.other)}
    if pairs and lone:
        yield say("No partner in common with another program: {programs}.", programs=listed(_names(graph, lone)))


def _matrix(graph: Graph, plan: str, sets: Mapping[str, AbstractSet[str]]) -> Iterator[Matrix]:
    """Set the programs of a plan against each other, where two or more name partners."""
    programs = [str(row["program"]) for row in asked(graph, "programs/programs", plan=plan) if row["program"] in sets]
    names = [Name(graph.label_of(program), program) for program in programs]
    if len(names) > 1:
        yield Matrix(
            say(
                "{plan}: partners that two programs share, and all of one on the diagonal",
                plan=plan_name(graph, plan, start=True),
            ),
            [(one, [Name(str(len(sets[one.id] & sets[other.id]) or ""), "") for other in names]) for one in names],
            names,
            "program",
        )
