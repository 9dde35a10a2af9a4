"""What a withdrawal would leave: what loses a partner, what is left without any, and what falls apart.

A body named for a program is not taken to be named for its projects, and a body that is part of another is not
taken to leave with it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import networkx as nx

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.link import kinded, named
from cicte_graph.network.choice import LEVELS, Choice
from cicte_graph.network.kin import parts_of
from cicte_graph.network.networks import by_organizations
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.network.ties import ties
from cicte_graph.reports.report import Report, Said, make, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand, shorten
from cicte_graph.words import count, listed

__all__ = ["withdraw"]

COLUMNS = [
    "plan",
    "element",
    "label",
    "class",
    "organization",
    "name",
    "role",
    "through",
    "partners left",
    "left without",
]
ANY = "any partner"
AROUND = 3  # more elements than these are counted, not named


def withdraw(
    graph: Graph, organizations: Sequence[str], choice: Choice | None = None, *, with_parts: bool = False
) -> Report:
    """Tell what is lost if organizations withdraw together.

    Args:
        graph: The graph to look in.
        organizations: The IRIs of who withdraws.
        choice: What part of the network is looked at; all of it unless said. At its level bodies are joined to each
            other; losses are told at every level.
        with_parts: Whether the bodies that are part of them withdraw too.

    Returns:
        A row for each body lost to each plan, program, project and activity: its role, what within the element names
        it (`through`), how many partners are left there and within, and what the element is left without.

    Raises:
        UsageError: Nobody withdraws, or the choice counts bodies as those above them.
    """
    choice = choice or Choice()
    named_ones = list(dict.fromkeys(organizations))
    if not named_ones:
        raise UsageError("nobody withdraws. Name one organization or more.")
    if choice.rolled_up:
        raise UsageError("a body withdraws under its own name. Leave out roll-up; take the parts of a body along.")
    parts = set[str]().union(*(parts_of(graph, one) for one in named_ones)) - set(named_ones)
    gone = {*named_ones, *(parts if with_parts else ())}
    found = {level: shares(graph, replace(choice, level=level)) for level in LEVELS}
    rows = sorted((row for level in LEVELS for row in _lost(found[level], found["program"].above, gone)), key=_place)
    taking = set(found["plan"].organizations)
    listing = {shorten(share.plan) for share in found["plan"].shares if share.participation in found["program"].above}
    findings = _absent(found["plan"], [one for one in named_ones if one not in taking])
    if gone & taking:
        findings += _losses(graph, [said for said, _ in rows], listing)
        findings += _kinds_gone(found["plan"], gone)
        findings += _apart(found[choice.level], gone)
    findings += _parts(graph, named_ones, parts & taking, with_parts=with_parts)
    withdraws = "withdraws" if len(named_ones) == 1 else "withdraw"
    return make(
        graph,
        "withdraw",
        f"What is lost if {listed(_labels(graph, named_ones))} {withdraws}",
        findings,
        COLUMNS,
        rows,
        names={"organization": "name", "element": "label"},
        group="plan",
    )


def _lost(chosen: Chosen, above: Sequence[str], gone: AbstractSet[str]) -> Iterator[tuple[Said, list[str]]]:
    """Give a row for each body lost at one level; to a plan, only a body named above its programs is lost."""
    graph, level = chosen.graph, chosen.choice.level
    left: defaultdict[str, dict[str, str]] = defaultdict(dict)  # element -> who is left, of which kind
    for share in chosen.shares:
        if share.organization not in gone:
            left[share.element][share.organization] = share.kind
    lost = [share for share in chosen.shares if share.organization in gone]
    if level == "plan":
        lost = [share for share in lost if share.participation in above]
    kind = {share.organization: share.kind for share in lost}
    for tie in ties(graph, lost).values():
        others, own = left[tie.element], kind[tie.organization]
        without = None if own in others.values() else f"any of kind {term(graph, own)}"
        said = tie.said(graph) | {
            "class": LEVELS[level],
            "partners left": len(others),
            "left without": without if others else ANY,
        }
        yield said, tie.participations


def _place(row: tuple[Said, list[str]]) -> tuple[list[str], str]:
    """Order rows by plan, an element before what is within it."""
    said, _ = row
    return str(said["element"]).split("/")[1:], str(said["name"])


def _labels(graph: Graph, iris: Iterable[str]) -> list[str]:
    return sorted(map(graph.label, iris))


def _absent(chosen: Chosen, organizations: Sequence[str]) -> list[str]:
    """Say who takes part in nothing, and among what was looked."""
    looked_at = chosen.choice.told(chosen.graph).partition("; ")[2]
    where = f"what was chosen ({looked_at})" if looked_at else "any plan"
    return [f"{chosen.graph.label(one)} takes part in nothing in {where}." for one in organizations]


def _losses(graph: Graph, rows: Sequence[Said], listing: AbstractSet[str]) -> list[str]:
    """Say how much loses somebody, and what that leaves without any partner or any of a kind.

    Args:
        graph: The graph to look in.
        rows: What is lost.
        listing: Plans that name bodies for the plan as a whole.
    """
    below = [said for said in rows if said["class"] != LEVELS["plan"]]
    number = Counter({str(said["element"]): str(said["class"]) for said in below}.values())
    told = listed(
        [
            count(number["Program"], "program"),
            count(number["Project"], "project"),
            count(number["Activity"], "activity", "activities"),
        ]
    )
    lose = "loses" if number.total() == 1 else "lose"
    findings = [f"{told[0].upper()}{told[1:]} {lose} a partner, named there or within."]
    for plan, bodies in Counter(str(said["plan"]) for said in rows if said not in below).items():
        lost = count(bodies, "body", "bodies")
        findings.append(f"{plan_name(graph, plan, start=True)} loses {lost} that it names for the plan as a whole.")
    without: defaultdict[str, set[str]] = defaultdict(set)
    for said in below:
        if said["left without"]:
            without[str(said["left without"])].add(str(said["element"]))
    for what, elements in sorted(without.items(), key=lambda one: (one[0] != ANY, one[0])):
        named_so = listed([kinded(named(graph, expand(one))) for one in sorted(elements)])
        aside = what == ANY and any(said["plan"] in listing for said in below if said["element"] in elements)
        note = " Bodies that a plan names as a whole count for none of its programs." if aside else ""
        findings.append(f"Left without {what}: {named_so}.{note}")
    if below and not without:
        each = "It keeps" if number.total() == 1 else "Each keeps"
        findings.append(f"{each} a partner of every kind that is lost there.")
    return findings


def _kinds_gone(whole: Chosen, gone: AbstractSet[str]) -> Iterator[str]:
    """Say of which kinds a whole plan has nobody left."""
    graph = whole.graph
    for plan in graph.plans():
        here = [share for share in whole.shares if shorten(share.plan) == plan]
        left = {share.kind for share in here if share.organization not in gone}
        for kind in sorted({share.kind for share in here} - left):
            name = plan_name(graph, plan, start=True)
            yield f"{name} as a whole is left without {'any of kind ' + term(graph, kind) if left else ANY}."


def _apart(chosen: Chosen, gone: AbstractSet[str]) -> list[str]:
    """Say what falls apart of what was joined to those who withdraw: groups that split, bodies cut off."""
    network, level = by_organizations(chosen), chosen.choice.level
    left = {shorten(one) for one in gone}
    broken = [group - left for group in nx.connected_components(network) if group & left and group - left]
    if not broken:
        return [f"Nothing falls apart: no {level} is shared with another body."]
    findings, alone = [], []
    for group in sorted(broken, key=min):
        pieces = sorted(nx.connected_components(network.subgraph(group)), key=lambda piece: (-len(piece), min(piece)))
        alone += [network.nodes[one]["label"] for piece in pieces if len(piece) == 1 for one in piece]
        told = [f"{len(piece)} around {_around(chosen, piece)}" for piece in pieces if len(piece) > 1]
        if len(told) > 1:
            findings.append(f"{len(group)} bodies that shared {level}s fall apart into groups: {'; '.join(told)}.")
    if alone:
        findings.append(f"Cut off from every other body: {listed(sorted(alone))}.")
    number = sum(map(len, broken))
    stay = f"Nothing falls apart: the {number} others stay joined to each other by the {level}s they share."
    return findings or [stay]


def _around(chosen: Chosen, group: AbstractSet[str]) -> str:
    """Name a group by what its bodies take part in, or by how much where it is more than a few."""
    elements = {share.element for share in chosen.shares if shorten(share.organization) in group}
    few = len(elements) <= AROUND
    return listed(_labels(chosen.graph, elements)) if few else count(len(elements), chosen.choice.level)


def _parts(graph: Graph, named_ones: Sequence[str], parts: AbstractSet[str], *, with_parts: bool) -> list[str]:
    """Say which parts of the bodies named stay, or go along."""
    if not parts:
        return []
    of = "it" if len(named_ones) == 1 else "them"
    bodies = f"{count(len(parts), 'body', 'bodies')} that {'is' if len(parts) == 1 else 'are'} part of {of}"
    names = listed(_labels(graph, parts))
    if with_parts:
        return [f"Counted as withdrawn too: {bodies}: {names}."]
    return [f"Not counted as withdrawn: {bodies}: {names}."]
