"""Lay a sketch out: every card and letter at its place, nothing over another, nothing cut off.

Knows geometry and letters; knows nothing of mandates and plans, of colors or of markup. All is counted in pixels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean

from cicte_graph.explorer.diagram.cards import PART, Card, Entry, Frame, Sketch, Thread
from cicte_graph.explorer.diagram.lettering import SMALL, Written, write
from cicte_graph.explorer.diagram.lines import (
    BETWEEN,
    HEAD,
    End,
    Line,
    branch,
    bundles,
    head,
    path,
    tracks,
    trunk,
    weight,
)

__all__ = ["Box", "Diagram", "narrow", "wide"]

EDGE, PAD, GAP = 3.0, 10.0, 14.0  # around all, within a card, between cards
INSET, INDENT = 10.0, 20.0  # how far cards stand in within a frame, and below the first of the column
JOINT = 34.0  # between cards of a chain
CLEAR = 7.0  # between a line and what is written on it
COLUMN, GUTTER, LABELS, RIGHT = 270.0, 45.0, 198.0, 570.0  # how wide each part is, side by side
SMALL_GUTTER, SMALL_RIGHT = 30.0, 276.0  # and one below the other, for a small screen

SHEET = 1.3  # how tall a sheet of paper is, of its width, beside margins and a line or two


@dataclass(frozen=True, slots=True)
class Box:
    """A card, frame or heading at its place, and where it leads."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    to: str
    written: list[Written]

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that is drawn: cards and lines in the order in which they are read, and what lies behind them."""

    width: float
    height: float
    items: list[Box | Line]
    frames: list[Box]
    shared: list[Line]
    heads: list[Line]
    joints: list[Line]

    @property
    def sheets(self) -> list[tuple[float, float]]:
        """Cut what is too tall for a sheet of paper between cards: where each part begins and how tall it is."""
        if self.height <= self.width * SHEET:
            return [(0.0, self.height)]
        cards = [one for one in self.items if isinstance(one, Box)]
        gaps = [box.bottom + GAP / 2 for box in cards if box.kind != "heading"]
        free = [y for y in sorted({*gaps, self.height}) if not any(box.y < y < box.bottom for box in cards)]
        tops = [0.0]
        for y, following in pairwise(free):
            if following - tops[-1] > self.width * SHEET / 2:
                tops.append(y)
        return [(top, bottom - top) for top, bottom in pairwise([*tops, self.height])]


class _Paper:
    """Takes cards from the top down."""

    def __init__(self, x: float, width: float, labels: float | None) -> None:
        self.x = x
        self.width = width
        self.labels = labels  # where what is written on lines begins, or nothing if it stands in the cards
        self.y = EDGE
        self.items: list[Box | End] = []
        self.frames: list[Box] = []

    def frame(self, frame: Frame) -> None:
        """Set a frame with its cards, or a card that stands alone."""
        if frame.heading is None:
            for entry in frame.entries:
                self.entry(entry, 0)
            return
        top, room = self.y, self.width - 2 * PAD
        written, bottom = write(frame.heading.texts, self.x + PAD, top + PAD, room)
        self.items.append(Box(self.x + PAD, top + PAD, room, bottom - top - PAD, "heading", frame.heading.to, written))
        self.y = bottom + PAD
        for entry in frame.entries:
            self.entry(entry, INSET)
        self.frames.append(Box(self.x, top, self.width, self.y - GAP + INSET - top, "frame", "", []))
        self.y += INSET

    def entry(self, entry: Entry, inset: float) -> None:
        """Set a card with what is written on the lines to it, beside it or, where there is no room, within it."""
        x, width, top = self.x + inset, self.width - 2 * inset, self.y
        if self.labels is None:
            ends, y = self._within(entry.threads, x, top + PAD / 2, width - 2 * PAD)
            written, bottom = write(entry.card.texts, x + PAD, y + PAD / 2, width - 2 * PAD)
            height = bottom + PAD - top
        else:
            written, bottom = write(entry.card.texts, x + PAD, top + PAD, width - 2 * PAD)
            height, ends = self._beside(entry.threads, x, self.labels, bottom + PAD - top)
        box = Box(x, top, width, height, entry.card.kind, entry.card.to, written)
        self.items += [box, *ends] if self.labels is None else [*ends, box]
        self.y = top + height + GAP

    def _beside(self, threads: Sequence[Thread], x: float, labels: float, least: float) -> tuple[float, list[End]]:
        slots = [write(one.texts, labels, 0, LABELS) for one in threads]
        needed = sum(low + 2 * CLEAR for _, low in slots)
        height = max(least, needed)
        y, ends = self.y + (height - needed) / 2, []
        for one, (written, low) in zip(threads, slots, strict=True):
            ends.append(End(one, x, y + low + CLEAR, [replace(words, y=words.y + y) for words in written]))
            y += low + 2 * CLEAR
        return height, ends

    def _within(self, threads: Sequence[Thread], x: float, y: float, room: float) -> tuple[list[End], float]:
        ends = []
        for one in threads:
            written, bottom = write(one.texts, x + PAD, y, room)
            ends.append(End(one, x, y + SMALL.step / 2, written))
            y = bottom + PAD / 2
        return ends, y


def wide(drawn: Sketch) -> Diagram:
    """Lay out side by side: the column, the lines with what is written on them, the cards they lead to."""
    first = EDGE + COLUMN + (0 if drawn.upward else INDENT) + 2 * BETWEEN
    labels = first + GUTTER + BETWEEN
    paper = _Paper(labels + LABELS + HEAD + PAD, RIGHT, labels)
    for frame in drawn.frames:
        paper.frame(frame)
    ends = [one for one in paper.items if isinstance(one, End)]
    column = _column(drawn, ends, paper.y - GAP)
    paper.items[:0] = column
    return _drawn(drawn, column, paper, first, GUTTER, list(_joints(drawn, column)))


def narrow(drawn: Sketch) -> Diagram:
    """Lay out one below the other: each card of the column, then what it leads to; the lines run on the left."""
    first = EDGE + 2 * BETWEEN
    paper = _Paper(first + SMALL_GUTTER + HEAD + BETWEEN / 2, SMALL_RIGHT, None)
    column = []
    for place, card in enumerate(drawn.column):
        box = _lowered(_card(card, paper.x, paper.width), paper.y)
        column.append(box)
        paper.items.append(box)
        paper.y = box.bottom + GAP
        for frame in drawn.frames:
            if frame.holder == place:
                paper.frame(frame)
    ways = [
        path("M", one.x, one.y + PAD, "H", EDGE, "V", other.y + PAD, "H", other.x) for one, other in pairwise(column)
    ]
    joints = [Line(way, PART) for way in ways]
    return _drawn(drawn, column, paper, first, SMALL_GUTTER, joints)


def _column(drawn: Sketch, ends: Sequence[End], limit: float) -> list[Box]:
    """Set the first card on top and each other as near to what it leads to as the cards before and after allow."""
    gap = JOINT if drawn.upward else GAP
    near = mean if drawn.upward else min
    cards = []
    for place, card in enumerate(drawn.column):
        stands_in = 0 if drawn.upward or not place else INDENT
        width = COLUMN if drawn.upward else COLUMN + INDENT - stands_in
        cards.append(_card(card, EDGE + stands_in, width))
    tops: list[float] = []
    for place, box in enumerate(cards):
        ys = [end.y for end in ends if end.thread.holder == place]
        first = tops[-1] + cards[place - 1].height + gap if place else EDGE
        tops.append(max(first, near(ys) - box.height / 2) if ys and place else first)
    limit = max(limit, EDGE + sum(box.height + gap for box in cards) - gap)
    for place in reversed(range(len(tops))):
        tops[place] = min(tops[place], limit - cards[place].height)
        limit = tops[place] - gap
    return [_lowered(box, top) for box, top in zip(cards, tops, strict=True)]


def _card(card: Card, x: float, width: float) -> Box:
    written, bottom = write(card.texts, x + PAD, PAD, width - 2 * PAD)
    return Box(x, 0, width, bottom + PAD, card.kind, card.to, written)


def _lowered(box: Box, y: float) -> Box:
    return replace(box, y=box.y + y, written=[replace(words, y=words.y + y) for words in box.written])


def _joints(drawn: Sketch, column: Sequence[Box]) -> Iterator[Line]:
    """Draw how the cards of the column hang together: each on the next, or all below the first."""
    for above, below in pairwise(column):
        if drawn.upward:
            x, y = above.x + INDENT, (above.bottom + below.y) / 2
            written = Written(x + CLEAR, y + SMALL.size / 3, drawn.joint, SMALL, quiet=True)
            yield Line(path("M", x, above.bottom, "V", below.y), PART, written=[written])
        else:
            way = path("M", EDGE + INDENT / 2, column[0].bottom, "V", below.y + below.height / 2, "H", below.x)
            yield Line(way, PART)


def _drawn(
    drawn: Sketch, column: Sequence[Box], paper: _Paper, first: float, room: float, joints: list[Line]
) -> Diagram:
    """Draw the lines between what has its place: along tracks from the first on, in so much room."""
    ends = [one for one in paper.items if isinstance(one, End)]
    made = bundles([(box.y, box.bottom) for box in column], ends)
    track = {pair: first + place for pair, place in tracks(made, room).items()}
    tip, tail = (HEAD, 0.0) if drawn.upward else (0.0, HEAD)  # an arrow points at the mandate
    shared, heads = [], []
    for pair, bundle in made.items():
        box, status = column[pair[0]], pair[1]
        leftward = box.x < track[pair]
        x = box.right if leftward else box.x
        shared.append(Line(trunk(bundle, x + (tail if leftward else -tail), track[pair]), status, bundle.weight))
        if drawn.upward:
            heads += [Line(head(end.x, end.y, weight(end.thread)), status) for end in bundle.ends]
        else:
            heads.append(Line(head(x, bundle.y, bundle.weight, leftward=leftward), status))
    items = [branch(one, made[one.pair], track[one.pair], tip) if isinstance(one, End) else one for one in paper.items]
    boxes = [one for one in items if isinstance(one, Box)]
    bottom = max(box.bottom for box in [*boxes, *paper.frames]) + EDGE
    return Diagram(paper.x + paper.width + EDGE, bottom, items, paper.frames, shared, heads, joints)
