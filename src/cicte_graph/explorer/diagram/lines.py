"""The lines of a diagram: those that leave a card together run along one track, and few cross.

Knows places on the paper, counted in pixels; what is written on a line has its place already.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from cicte_graph.explorer.diagram.cards import Thread
from cicte_graph.explorer.diagram.lettering import Written

__all__ = ["BETWEEN", "HEAD", "Bundle", "End", "Line", "branch", "bundles", "head", "path", "tracks", "trunk", "weight"]

HEAD = 9.0  # how long an arrowhead is
BETWEEN, BEND = 9.0, 6.0  # between lines that run side by side, and how round they turn
WEIGHTS = {1: 5.0, 2: 4.2, 3: 3.6, 4: 3.0}  # of a line, by the rank of its basis
THIN = 2.6

Pair = tuple[int, str]  # a card of the column and a status: their lines run together


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a piece that lines share: its way, how it is drawn, what is written on it and where it leads."""

    way: str
    status: str
    weight: float = THIN
    written: Sequence[Written] = ()
    to: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """Where a thread comes in at a card."""

    thread: Thread
    x: float
    y: float
    written: list[Written]

    @property
    def pair(self) -> Pair:
        """What it runs together with."""
        return self.thread.holder, self.thread.status


@dataclass(frozen=True, slots=True)
class Bundle:
    """Lines that leave a card together, at a height, and run along one track."""

    y: float
    ends: list[End]

    @property
    def top(self) -> float:
        """The highest of its lines."""
        return min(self.y, *(end.y for end in self.ends))

    @property
    def bottom(self) -> float:
        """The lowest of its lines."""
        return max(self.y, *(end.y for end in self.ends))

    @property
    def bend(self) -> float:
        """How round its lines turn; they cannot where it is nearly flat."""
        return min(BEND, (self.bottom - self.top) / 2)

    @property
    def weight(self) -> float:
        """The heaviest of its lines."""
        return max(weight(end.thread) for end in self.ends)


def weight(thread: Thread) -> float:
    """Tell how heavy a line is drawn: the stronger the basis, the heavier."""
    return WEIGHTS.get(thread.rank, THIN)


def bundles(spans: Sequence[tuple[float, float]], ends: Iterable[End]) -> dict[Pair, Bundle]:
    """Gather lines by the card they leave and how they are drawn.

    Args:
        spans: Top and bottom of each card of the column.
        ends: Where the lines lead; those that go highest leave their card at the top.
    """
    found: dict[Pair, list[End]] = defaultdict(list)
    for end in ends:
        found[end.pair].append(end)
    made = {}
    for holder, (top, bottom) in enumerate(spans):
        own = sorted((pair for pair in found if pair[0] == holder), key=lambda pair: mean(e.y for e in found[pair]))
        slack = BETWEEN if len(own) > 1 else (bottom - top) / 2 - HEAD
        for place, pair in enumerate(own):
            y = (top + bottom) / 2 + (place - (len(own) - 1) / 2) * 2 * BETWEEN
            nearest = min((end.y for end in found[pair]), key=lambda one: abs(one - y))
            made[pair] = Bundle(nearest if abs(nearest - y) < slack else y, found[pair])  # straight where it can be
    return made


def tracks(made: Mapping[Pair, Bundle], room: float) -> dict[Pair, float]:
    """Give each bundle its track, counted from the first; bundles at different heights may share one.

    Args:
        made: The bundles.
        room: How far apart the first and the last track may be.
    """
    places: dict[Pair, int] = {}
    for pair in _untangled(made):
        one = made[pair]
        beside = [place for p, place in places.items() if made[p].top <= one.bottom and one.top <= made[p].bottom]
        places[pair] = 1 + max(beside, default=-1)
    step = min(BETWEEN, room / max(1, *places.values(), 1))
    return {pair: place * step for pair, place in places.items()}


def _untangled(made: Mapping[Pair, Bundle]) -> list[Pair]:
    """Order bundles from the left, changing neighbors as long as fewer lines cross."""
    order = list(made)
    for _ in order:
        for place in range(len(order) - 1):
            left, right = (made[pair] for pair in order[place : place + 2])
            if _crossings(left, right) > _crossings(right, left):
                order[place : place + 2] = order[place + 1], order[place]
    return order


def _crossings(left: Bundle, right: Bundle) -> int:
    """Count how often lines cross if one bundle runs to the left of the other."""
    branches = sum(right.top < end.y < right.bottom for end in left.ends)
    return branches + (left.top < right.y < left.bottom)


def trunk(bundle: Bundle, x: float, track: float) -> str:
    """Draw what the lines of a bundle share: from their card at x to the track, and along it."""
    y, top, bottom = bundle.y, bundle.top, bundle.bottom
    bend = bundle.bend
    if top == bottom:
        return path("M", x, y, "H", track)
    if top < y < bottom:
        return path("M", x, y, "H", track, "M", track, top + bend, "V", bottom - bend)
    turn, last = (bend, bottom - bend) if y == top else (-bend, top + bend)
    before = track - bend if x < track else track + bend
    return path("M", x, y, "H", before, "Q", track, y, track, y + turn, "V", last)


def branch(end: End, bundle: Bundle, track: float, tip: float) -> Line:
    """Draw a line of its own: from the track to its card, with what is written on it; a tip is left for the head."""
    if end.y == bundle.y or end.y not in (bundle.top, bundle.bottom):
        way = path("M", track, end.y, "H", end.x - tip)
    else:
        turn = bundle.bend if end.y == bundle.top else -bundle.bend
        way = path("M", track, end.y + turn, "Q", track, end.y, track + bundle.bend, end.y, "H", end.x - tip)
    return Line(way, end.thread.status, weight(end.thread), end.written, end.thread.to)


def head(x: float, y: float, heavy: float, *, leftward: bool = False) -> str:
    """Draw an arrowhead with its tip at a place."""
    back, half = x + HEAD if leftward else x - HEAD, 2 + heavy / 2
    return path("M", back, y - half, "L", x, y, "L", back, y + half, "Z")


def path(*parts: str | float) -> str:
    """Write a path as SVG does."""
    return " ".join(part if isinstance(part, str) else f"{part:.1f}" for part in parts)
