"""Brokers: which partners hold the network together, what each joins, and what only it joins."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from cicte_graph.graph import Graph
from cicte_graph.network import extra
from cicte_graph.network.choice import choose
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.network.sharing import elements_of, partners_of
from cicte_graph.network.ties import above
from cicte_graph.reports.report import Report, Said, make, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand, shorten
from cicte_graph.words import count, listed

__all__ = ["brokers"]

COLUMNS = ["plan", "organization", "label", "kind", "programs", "joins", "betweenness", "joins alone", "cut point"]
TOLD = 3  # brokers told of in a sentence each
DECIMALS = 4


def brokers(graph: Graph) -> Report:
    """List the bodies that take part in two programs of a plan or more, the most in between first.

    Raises:
        UsageError: The libraries for networks are not installed.
    """
    findings: list[str] = []
    rows: list[tuple[Said, list[str]]] = []
    for plan in graph.plans():
        chosen = shares(graph, choose(graph, plan=[plan]))
        found = sorted(_rows(chosen, plan), key=_place)
        findings += _findings(chosen, plan, [said for said, _ in found])
        rows += found
    if rows:
        findings.append(
            "Betweenness is the part of the shortest ways from one other partner to another that lead through a body; "
            "bodies that share a program are one step apart."
        )
    title = "Who holds the partner network together"
    return make(graph, "brokers", title, findings, COLUMNS, rows, names={"organization": "label"}, group="plan")


def _rows(chosen: Chosen, plan: str) -> Iterator[tuple[Said, list[str]]]:
    """Give a row for each body in two programs or more."""
    with extra():
        from cicte_graph.network.measures import articulation_points, betweenness
        from cicte_graph.network.networks import by_organizations

    graph, network = chosen.graph, by_organizations(chosen)
    between, cut, partners = betweenness(network), articulation_points(network), partners_of(chosen)
    for body, joined in elements_of(chosen).items():
        if len(joined) == 1:
            continue
        programs = sorted(joined, key=graph.label_of)
        alone = [pair for pair in combinations(programs, 2) if partners[pair[0]] & partners[pair[1]] == {body}]
        said: Said = {
            "plan": plan,
            "organization": body,
            "label": graph.label_of(body),
            "kind": term(graph, graph.values(expand(body), "kind")[0]),
            "programs": len(programs),
            "joins": "; ".join(map(graph.label_of, programs)),
            "alone": len(alone),  # in no column: what the findings count
            "joins alone": "; ".join(" + ".join(map(graph.label_of, pair)) for pair in alone) or None,
            "betweenness": round(between[body], DECIMALS),
            "cut point": "yes" if body in cut else "no",
        }
        yield said, [share.participation for share in chosen.shares if shorten(share.organization) == body]


def _place(row: tuple[Said, list[str]]) -> tuple[float, int, str]:
    said, _ = row
    return -float(str(said["betweenness"])), -int(str(said["programs"])), str(said["label"])


def _findings(chosen: Chosen, plan: str, rows: Sequence[Said]) -> list[str]:
    """Say how many join programs and who cannot be spared; then who is most in between, and what each joins."""
    start, number = plan_name(chosen.graph, plan, start=True), len(chosen.organizations)
    partners = count(number, "partner")
    if not rows:
        told = f"{start}: {partners} {'takes' if number == 1 else 'take'} part in its programs, none in two."
        return [" ".join(filter(None, [told if number else f"{start} names no partner for a program.", above(chosen)]))]
    rest = number - len(rows)
    others = f"the other {rest} in one only" if rest else "nobody in one only"
    take = "takes" if len(rows) == 1 else "take"
    told = f"{start}: of {partners} {len(rows)} {take} part in two programs or more, {others}."
    cut = [str(said["label"]) for said in rows if said["cut point"] == "yes"]
    apart = (
        f"The network falls apart without {listed(cut, 'or')}." if cut else "It holds together without any single one."
    )
    most = [said for said in rows if said["betweenness"]][:TOLD]
    if not most:
        apart = f"Nobody stands between two others: all who are joined meet in a program. {apart}"
    return [
        " ".join(filter(None, [told, above(chosen), apart])),
        *(
            f"{said['label']} ({said['kind']}, betweenness {said['betweenness']}) joins {said['programs']} programs of "
            f"{plan_name(chosen.graph, plan)}: {said['joins']}{_alone(said)}."
            for said in most
        ),
    ]


def _alone(said: Said) -> str:
    """Say how many of the pairs of programs that a body joins have no other partner in common."""
    pairs, alone = comb(int(str(said["programs"])), 2), said["alone"]
    if not alone:
        return ""
    both = "nobody else takes part in both"
    return f". In {alone} of the {pairs} pairs of these {both}" if pairs > 1 else f"; {both}"
