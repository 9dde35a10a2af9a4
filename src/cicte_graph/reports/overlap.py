"""Overlap: which programs of a plan share partners, how many and whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.network.sharing import Overlap, partners_of
from cicte_graph.network.sharing import overlap as compared
from cicte_graph.network.ties import above
from cicte_graph.reports.report import Matrix, Report, Said, asked, make, plan_name
from cicte_graph.terms import shorten
from cicte_graph.words import count, listed

__all__ = ["overlap"]

COLUMNS = ["plan", "program", "label", "partners", "other", "other label", "other partners", "shared"]
COLUMNS += ["jaccard", "overlap", "who"]
DECIMALS = 3
MOST = 3  # pairs that are named where several share most


def overlap(graph: Graph) -> Report:
    """List every two programs of one plan that share a partner, those that share most first."""
    findings: list[str] = []
    rows: list[tuple[Said, list[str]]] = []
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
            "Jaccard is the part that is shared of all the partners two programs have; overlap is the part that is "
            "shared of the partners of the one that has fewer."
        )
    names = {"other": "other label", "program": "label"}
    title = "Which programs share partners"
    return make(graph, "overlap", title, findings, COLUMNS, rows, names=names, group="plan", matrices=matrices)


def _row(chosen: Chosen, plan: str, sets: Mapping[str, AbstractSet[str]], pair: Overlap) -> tuple[Said, list[str]]:
    graph, both = chosen.graph, sets[pair.one] & sets[pair.other]
    said: Said = {
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
        "who": "; ".join(_names(graph, both)),
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
    graph, programs = chosen.graph, count(len(asked(chosen.graph, "programs/programs", plan=plan)), "program")
    told = f"{plan_name(graph, plan, start=True)} names partners for {len(sets)} of its {programs}"
    pairs = len(sets) * (len(sets) - 1) // 2
    have = "has" if len(found) == 1 else "have"
    common = f"; {len(found)} of their {count(pairs, 'pair')} {have} a partner in common."
    yield f"{told}{common if pairs else ', so no two have a partner in common.'}"
    if untied := above(chosen):
        yield untied
    top = [pair for pair in found if pair.count == found[0].count]
    if len(top) > MOST:
        yield f"Most, {count(top[0].count, 'partner')}, are shared by {len(top)} pairs."
    for pair in top if len(top) <= MOST else []:
        ends, bodies = _names(graph, [pair.one, pair.other]), _names(graph, sets[pair.one] & sets[pair.other])
        yield f"{listed(ends)} share most, {count(pair.count, 'partner')}: {listed(bodies)}."
    for pair in (pair for pair in found if pair.coefficient == 1):
        less, more = sorted((pair.one, pair.other), key=lambda one: len(sets[one]))
        yield f"All partners of {graph.label_of(less)} take part in {graph.label_of(more)} too."
    alone = set(sets) - {one for pair in found for one in (pair.one, pair.other)}
    if pairs and alone:
        yield f"No partner in common with another program: {listed(_names(graph, alone))}."


def _matrix(graph: Graph, plan: str, sets: Mapping[str, AbstractSet[str]]) -> Iterator[Matrix]:
    """Set the programs of a plan against each other, where two or more name partners."""
    programs = [str(row["program"]) for row in asked(graph, "programs/programs", plan=plan) if row["program"] in sets]
    if len(programs) > 1:
        yield Matrix(
            f"{plan_name(graph, plan, start=True)}: partners that two programs share, and all of one on the diagonal",
            [
                (graph.label_of(one), [str(len(sets[one] & sets[other]) or "") for other in programs])
                for one in programs
            ],
            [graph.label_of(one) for one in programs],
            "program",
        )
