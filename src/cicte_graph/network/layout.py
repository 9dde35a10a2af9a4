"""Places for a partner network that a person can read: each program a disc, its own partners in it.

Whoever takes part in one program stands in its disc, around its name; whoever takes part in several stands
between their discs. Knows names and sizes; knows nothing of graphs or drawing.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

__all__ = ["CELL", "Layout", "layout"]

CELL = (88.0, 38.0)  # pixels across and down that a partner and its name take up
NAME = (128.0, 19.0)  # pixels: the width of a program's name, and the height of one of its lines
ALONE = 40.0  # radius of the room of a partner that stands between discs
GAP = 6.0  # between two rooms
WIDE = 1.3  # a screen is so much wider than high
ROUNDS = 400

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, in pixels, y downwards, around (0, 0)."""

    places: dict[str, tuple[float, float]]  # of discs and of all who take part
    discs: dict[str, float]  # radius of each disc


def layout(members: Mapping[str, Collection[str]], lines: Mapping[str, int] | None = None) -> Layout:
    """Place discs and those who take part in them, the same way every time.

    Args:
        members: Who takes part in what, by disc. In a disc they keep their order, so that those that should stand
            together do if they are given together.
        lines: How many lines the name of a disc takes; two where nothing is said.

    Returns:
        Places in which no two partners are nearer than a `CELL` within a disc, and no two rooms cover each other.

    Source:
        Discs start from Torgerson, Multidimensional scaling: I. Theory and method, 1952, wanting to be the closer the
        more partners they share; rooms then move as in Fruchterman and Reingold, Graph drawing by
        force-directed placement, 1991, with springs from a partner to its discs and a push where rooms meet.
    """
    taking: dict[str, list[str]] = {}
    for disc in sorted(members):
        for one in members[disc]:
            taking.setdefault(one, []).append(disc)
    own = {disc: [one for one in members[disc] if len(taking[one]) == 1] for disc in sorted(members)}
    seats = {disc: _seats(len(own[disc]), (lines or {}).get(disc, 2)) for disc in own}
    discs = {disc: _radius(seats[disc]) for disc in own}
    between = [one for one in sorted(taking) if len(taking[one]) > 1]
    rooms = [*discs, *between]
    if not rooms:
        return Layout({}, {})
    radius = np.array([*discs.values(), *([ALONE] * len(between))])
    points = _start(members, discs, between, taking)
    index = {name: n for n, name in enumerate(rooms)}
    springs = np.array([(index[one], index[disc]) for one in between for disc in taking[one]]).reshape(-1, 2)
    settled = _settled(points, radius, springs)
    places = {name: (float(x), float(y)) for name, (x, y) in zip(rooms, settled.tolist(), strict=True)}
    for disc, seated in own.items():
        x, y = places[disc]
        places |= {one: (x + dx, y + dy) for one, (dx, dy) in zip(seated, seats[disc], strict=True)}
    return Layout(places, discs)


def _seats(number: int, lines: int) -> list[tuple[float, float]]:
    """Find the seats nearest to a disc's middle that leave its name free, in the order of their angle."""
    across, down = CELL
    wide, high = NAME[0], max(NAME[1] * lines + 4, down)
    reach = math.ceil(math.sqrt(number)) + 3
    seats = [(side * ((wide + across) / 2 + 14 + n * across), 0.0) for side in (-1, 1) for n in range(reach)]
    first = 0 if number <= 2 else 1  # noqa: PLR2004 - one or two stand right above and below the name
    for row, column, side in product(range(reach), range(-reach, reach + 1), (-1, 1)):
        seats.append(((column + 0.5 * ((row + first) % 2)) * across, side * (high / 2 + (row + 0.5) * down)))
    nearest = sorted(seats, key=lambda seat: (round(math.hypot(*seat), 3), seat[1], seat[0]))[:number]
    return sorted(nearest, key=lambda seat: math.atan2(seat[1], seat[0]))


def _radius(seats: list[tuple[float, float]]) -> float:
    least = math.hypot(NAME[0] / 2, NAME[1]) + 6
    return max([least, *(math.hypot(abs(x) + CELL[0] * 0.4, abs(y) + CELL[1] * 0.36) for x, y in seats)])


def _start(
    members: Mapping[str, Collection[str]],
    discs: Mapping[str, float],
    between: list[str],
    taking: Mapping[str, list[str]],
) -> Points:
    """Start discs where those that share partners are near, and partners in the middle of their discs."""
    sets = {disc: set(members[disc]) for disc in discs}
    far = np.array(
        [[0.0 if one == other else 1 + 2.2 / (1 + len(sets[one] & sets[other])) for other in discs] for one in discs]
    )
    spread = math.sqrt(sum(radius**2 for radius in discs.values()) + len(between) * ALONE**2) * 1.3
    unit = dict(zip(discs, _scaled(far), strict=True))
    at = {disc: np.array(unit[disc]) * spread * (WIDE**0.5, WIDE**-0.5) for disc in discs}
    # two partners of the same discs start apart, each in a direction of its own
    turned = [np.array((math.cos(n * 2.4), math.sin(n * 2.4))) * ALONE * 0.1 for n in range(len(between))]
    middles = [np.mean([at[disc] for disc in taking[one]], axis=0) for one in between]
    return np.array([*at.values(), *(middle + turn for middle, turn in zip(middles, turned, strict=True))])


def _scaled(far: Points) -> Points:
    """Find points in the plane whose distances are like those wanted, within (-1, 1)."""
    center = np.eye(len(far)) - 1 / len(far)
    values, vectors = np.linalg.eigh(-0.5 * center @ far**2 @ center)
    flat = vectors[:, -2:] * np.sqrt(np.clip(values[-2:], 0, None))
    flat = np.pad(flat, ((0, 0), (0, 2 - flat.shape[1])))
    # a direction and its opposite are as good: the first point that is not in the middle decides
    flat *= np.where(flat[np.abs(flat).argmax(axis=0), range(2)] < 0, -1, 1)
    return flat / max(float(np.abs(flat).max(initial=0)), 1e-9)


def _settled(points: Points, radius: NDArray[np.float64], springs: NDArray[np.int64]) -> Points:
    """Draw partners to their discs and all to the middle, and push rooms apart, until each has its own."""
    weight = radius**2
    for n in range(ROUNDS):
        heat = 1 - n / ROUNDS
        if len(springs):
            one, other = springs.T
            way = points[other] - points[one]
            length = np.linalg.norm(way, axis=1, keepdims=True) + 1e-9
            slack = length - (radius[one] + radius[other] + GAP)[:, None]
            pull = way / length * np.clip(slack, 0, None) * 0.06 * heat
            share = (weight[other] / (weight[one] + weight[other]))[:, None]
            np.add.at(points, one, pull * share)
            np.add.at(points, other, -pull * (1 - share))
        points *= 1 - 0.05 * heat * np.array((1, WIDE))
        _push(points, radius, weight)
    for _ in range(ROUNDS * 3):
        if not _push(points, radius, weight):
            break
    middle: Points = (points.max(axis=0) + points.min(axis=0)) / 2
    return points - middle


def _push(points: Points, radius: NDArray[np.float64], weight: NDArray[np.float64]) -> bool:
    """Push apart every two rooms that meet, the small more than the large; tell whether any did."""
    pairs = cKDTree(points).query_pairs(2 * radius.max() + GAP, output_type="ndarray")
    if not len(pairs):
        return False
    one, other = pairs.T
    way = points[other] - points[one]
    length = np.linalg.norm(way, axis=1)
    lacking = radius[one] + radius[other] + GAP - length
    meet = lacking > 0.5  # noqa: PLR2004 - half a pixel is not seen
    if not meet.any():
        return False
    one, other, way, length, lacking = one[meet], other[meet], way[meet], length[meet], lacking[meet]
    way = np.where(length[:, None] < 1e-6, (1.0, 0.1), way / np.maximum(length, 1e-6)[:, None])  # noqa: PLR2004
    share = (weight[other] / (weight[one] + weight[other]))[:, None]
    step = way * lacking[:, None] * 0.5
    np.add.at(points, one, -step * share)
    np.add.at(points, other, step * (1 - share))
    return True
