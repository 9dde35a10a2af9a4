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
from cicte_graph.reports.report import Cells, Report, Row, make, names_of, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand, shorten
from cicte_graph.wording import say, say_number
from cicte_graph.words import listed

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
    rows: list[Row] = []
    for plan in graph.plans():
        chosen = shares(graph, choose(graph, plan=[plan]))
        found = sorted(_rows(chosen, plan), key=_place)
        findings += _findings(chosen, plan, [said for said, _ in found])
        rows += found
    if rows:
        findings.append(
            say(
                "Betweenness is the part of the shortest ways from one other partner to another that lead through a "
                "body; bodies that share a program are one step apart."
            )
        )
    title, names = say("Who holds the partner network together"), {"organization": "label"}
    return make(
        graph, "brokers", title, findings, COLUMNS, rows, names=names, group="plan", coded={"cut point": _yes_or_no}
    )


def _rows(chosen: Chosen, plan: str) -> Iterator[Row]:
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
        said: Cells = {
            "plan": plan,
            "organization": body,
            "label": graph.label_of(body),
            "kind": term(graph, graph.values(expand(body), "kind")[0]),
            "programs": len(programs),
            "joins": names_of(graph, programs),
            "alone": len(alone),  # in no column: what the findings count
            "joins alone": "; ".join(" + ".join(map(graph.label_of, pair)) for pair in alone) or None,
            "betweenness": round(between[body], DECIMALS),
            "cut point": "yes" if body in cut else "no",
        }
        yield said, [share.participation for share in chosen.shares if shorten(share.organization) == body]


def _place(row: Row) -> tuple[float, int, str]:
    said, _ = row
    return -float(str(said["betweenness"])), -int(str(said["programs"])), str(said["label"])


def _yes_or_no(word: str) -> str:
    return {"yes": say("yes"), "no": say("no")}[word]


def _findings(chosen: Chosen, plan: str, rows: Sequence[Cells]) -> list[str]:
    """Say how many join programs and who cannot be spared; then who is most in between, and what each joins."""
    start, number = plan_name(chosen.graph, plan, start=True), len(chosen.organizations)
    if not rows:
        told = say("{plan} names no partner for a program.", plan=start)
        if number:
            told = say_number(
                "{plan}: {number} partner takes part in its programs, none in two.",
                "{plan}: {number} partners take part in its programs, none in two.",
                number,
                plan=start,
            )
        return [" ".join(filter(None, [told, above(chosen)]))]
    most = [said for said in rows if said["betweenness"]][:TOLD]
    return [
        " ".join(filter(None, [_joining(start, number, len(rows)), above(chosen), *_apart(rows, spared=not most)])),
        *(_broker(chosen.graph, plan, said) for said in most),
    ]


def _joining(plan: str, partners: int, joining: int) -> str:
    rest = partners - joining
    others = say_number("the other {number} in one only", "the other {number} in one only", rest)
    return say_number(
        "{plan}: of {partners} {number} takes part in two programs or more, {others}.",
        "{plan}: of {partners} {number} take part in two programs or more, {others}.",
        joining,
        plan=plan,
        partners=say_number("{number} partner", "{number} partners", partners),
        others=others if rest else say("nobody in one only"),
    )


def _apart(rows: Sequence[Cells], *, spared: bool) -> Iterator[str]:
    """Say who cannot be spared, and whether anybody stands between others."""
    if spared:
        yield say("Nobody stands between two others: all who are joined meet in a program.")
    cut = [str(said["label"]) for said in rows if said["cut point"] == "yes"]
    if cut:
        yield say("The network falls apart without {who}.", who=listed(cut, "or"))
    else:
        yield say("It holds together without any single one.")


def _broker(graph: Graph, plan: str, said: Cells) -> str:
    """Say what a body joins, and how many of the pairs of these programs have no other partner in common."""
    pairs, alone = comb(int(str(said["programs"])), 2), said["alone"]
    told = say(
        "{who} ({kind}, betweenness {betweenness}) joins {number} programs of {plan}: {programs}",
        who=said["label"],
        kind=said["kind"],
        betweenness=said["betweenness"],
        number=said["programs"],
        plan=plan_name(graph, plan),
        programs="; ".join(name.text for name in said["joins"]) if isinstance(said["joins"], tuple) else "",
    )
    if not alone:
        return f"{told}."
    if pairs == 1:
        return say("{told}; nobody else takes part in both.", told=told)
    return say(
        "{told}. In {part} of the {pairs} pairs of these nobody else takes part in both.",
        told=told,
        part=alone,
        pairs=pairs,
    )
