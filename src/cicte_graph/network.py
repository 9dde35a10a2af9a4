"""The partner network as networkx: organizations joined by the programs they share.

Knows graphs and numbers; knows nothing of drawing.
"""

import math
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations

import networkx as nx

from cicte_graph.graph import Graph, Passage, local

__all__ = ["Member", "Tie", "layout", "members", "partner_network"]

ROOM = (165.0, 100.0)  # pixels, across and down, that an organization and its name take up
COLUMNS = 17  # of the rows of bodies without a program
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Tie:
    """One organization taking part in one program, at the program itself or within it."""

    program: str  # IRI
    plan: str  # key, e.g. 2018-2019
    role: str
    at: str  # IRI of the element whose text says so
    written_as: list[str]
    passages: list[Passage]


@dataclass(slots=True)
class Member:
    """An organization that takes part in a plan, with its ties to programs."""

    iri: str
    kind: str  # IRI of the concept
    country: str  # IRI, or empty
    plans: list[str] = field(default_factory=list)  # keys of the plans it takes part in
    ties: list[Tie] = field(default_factory=list)

    @property
    def programs(self) -> list[str]:
        """The programs it takes part in, each once."""
        return list(dict.fromkeys(tie.program for tie in self.ties))


def members(graph: Graph) -> dict[str, Member]:
    """List everyone who takes part in a plan, by IRI."""
    found: dict[str, Member] = {}
    for row in graph.rows("network/members"):
        iri = row["organization"].value
        country = row["country"].value if "country" in row else ""
        member = found.setdefault(iri, Member(iri, row["kind"].value, country))
        plan = local(row["plan"].value)
        if plan not in member.plans:
            member.plans.append(plan)
    for row in graph.rows("network/ties"):
        participation = row["participation"].value
        found[row["organization"].value].ties.append(
            Tie(
                program=row["program"].value,
                plan=local(row["plan"].value),
                role=local(row["role"].value),
                at=row["at"].value,
                written_as=graph.values(participation, "writtenAs"),
                passages=graph.passages(participation),
            )
        )
    return found


def partner_network(people: dict[str, Member]) -> "nx.Graph[str]":
    """Join organizations by the programs they share.

    Args:
        people: What `members` gives.

    Returns:
        Nodes: every organization, by IRI, those without a tie included.
        Edges: `programs`, the IRIs both take part in, sorted; `weight`, how many.
    """
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(sorted(people))
    in_program: dict[str, list[str]] = {}
    for iri in sorted(people):
        for program in people[iri].programs:
            in_program.setdefault(program, []).append(iri)
    for program, organizations in sorted(in_program.items()):
        for one, other in combinations(organizations, 2):
            shared = network.get_edge_data(one, other, {"programs": []})["programs"]
            network.add_edge(one, other, programs=[*shared, program], weight=len(shared) + 1)
    return network


def layout(people: dict[str, Member], tall: Mapping[str, int] | None = None) -> dict[str, tuple[float, float]]:
    """Place programs, and around them the organizations that take part, the same way every time.

    Who takes part in one program stands around it; who takes part in several stands between them. Bodies
    without a tie to a program are set in rows below.

    Args:
        people: What `members` gives.
        tall: How many lines the name of a program takes, by IRI; one where nothing is said.

    Returns:
        Coordinates in pixels by IRI, y downwards, for every organization and every program. Two organizations
        are at least `ROOM` apart, across or down, so that names do not cover each other.

    Source:
        Programs by Kamada and Kawai, An algorithm for drawing general undirected graphs, 1989, as in
        `networkx.kamada_kawai_layout`, wanting them the closer the more partners they share; then Vogel's
        sunflower (A better way to construct the sunflower head, 1979) around each.
    """
    tied = {iri: member.programs for iri, member in sorted(people.items()) if member.ties}
    centers = _programs(tied)
    alone: dict[str, int] = {}
    spots: dict[str, tuple[float, float]] = {}
    for iri, programs in tied.items():
        xs, ys = zip(*(centers[program] for program in programs), strict=True)
        x, y = sum(xs) / len(xs), sum(ys) / len(ys)
        if len(programs) == 1:
            turn = alone[programs[0]] = alone.get(programs[0], 0) + 1
            x += ROOM[0] * 0.62 * math.sqrt(turn + 0.6) * math.cos(turn * GOLDEN_ANGLE)
            y += ROOM[1] * 0.8 * math.sqrt(turn + 0.6) * math.sin(turn * GOLDEN_ANGLE)
        spots[iri] = (x, y)
    placed = _apart(spots, centers, tall or {})
    bottom = max((y for _, y in placed.values()), default=0.0) + 3.4 * ROOM[1]
    middle = sum(x for x, _ in centers.values()) / max(len(centers), 1)
    for n, iri in enumerate(sorted(people.keys() - tied.keys())):
        row, column = divmod(n, COLUMNS)
        placed[iri] = (middle + (column - (COLUMNS - 1) / 2) * ROOM[0] * 1.3, bottom + row * ROOM[1] * 1.4)
    return placed | centers


def _programs(tied: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """Place the programs: close where they share partners, with room around each for its own."""
    held: dict[str, set[str]] = {}
    for iri, programs in tied.items():
        for program in programs:
            held.setdefault(program, set()).add(iri)
    wanted: nx.Graph[str] = nx.Graph()
    wanted.add_nodes_from(sorted(held))
    for one, other in combinations(sorted(held), 2):
        shared = len(held[one] & held[other])
        wanted.add_edge(one, other, distance=2.2 / (1 + shared) + 1)
    if len(wanted) < 2:  # noqa: PLR2004 - a single program stands in the middle
        return dict.fromkeys(wanted, (0.0, 0.0))
    start = nx.circular_layout(wanted)
    unit = nx.kamada_kawai_layout(wanted, weight="distance", pos=start)
    spread = ROOM[0] * 1.05 * math.sqrt(sum(map(len, held.values())))
    points = {program: (float(x) * spread * 0.8, float(y) * spread * 0.5) for program, (x, y) in unit.items()}
    radius = {program: math.sqrt(len(held[program]) + 2) for program in points}
    return _relaxed(points, lambda one, other: (radius[one] + radius[other]) * 0.56, rounds=600)


def _apart(
    spots: dict[str, tuple[float, float]], fixed: dict[str, tuple[float, float]], tall: Mapping[str, int]
) -> dict[str, tuple[float, float]]:
    """Push organizations away from each other, and from the names of programs, until each has its room."""

    def wanted(one: str, other: str) -> float:
        program = one if one in fixed else other if other in fixed else None
        return 1.0 if program is None else 1.2 + 0.25 * tall.get(program, 1)

    both = _relaxed(spots | fixed, wanted, rounds=1500, held=set(fixed))
    return {iri: both[iri] for iri in spots}


def _relaxed(
    points: dict[str, tuple[float, float]],
    wanted: Callable[[str, str], float],
    rounds: int,
    held: AbstractSet[str] = frozenset(),
) -> dict[str, tuple[float, float]]:
    """Move points in pairs along the line between them until every pair is as far apart as wanted, in rooms."""
    where = {name: [x / ROOM[0], y / ROOM[1]] for name, (x, y) in points.items()}
    pairs = [(one, other, wanted(one, other)) for one, other in combinations(where, 2) if not {one, other} <= held]
    for _ in range(rounds):
        moved = False
        for one, other, least in pairs:
            (x1, y1), (x2, y2) = where[one], where[other]
            dx, dy = x2 - x1, y2 - y1
            distance = math.hypot(dx, dy)
            if distance >= least:
                continue
            moved = True
            if distance < 1e-9:  # noqa: PLR2004 - two on one spot part sideways
                dx, dy, distance = 1e-3, 1e-4, 1e-3
            step = (least - distance) / distance * 0.5
            for name, sign in ((one, -1), (other, 1)):
                if name not in held:
                    share = 2 if (one in held or other in held) else 1
                    where[name][0] += sign * dx * step * share
                    where[name][1] += sign * dy * step * share
        if not moved:
            break
    return {name: (x * ROOM[0], y * ROOM[1]) for name, (x, y) in where.items()}
