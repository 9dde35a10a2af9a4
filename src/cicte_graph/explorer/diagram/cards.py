"""What a diagram is made of before it has a place on the paper: cards, the threads between them, and how they group."""

from dataclasses import dataclass, field

from cicte_graph.explorer.diagram.lettering import Text

__all__ = ["PART", "Card", "Entry", "Frame", "Sketch", "Thread"]

PART = "part"  # the status of what is no link: neither stated, curated nor derived


@dataclass(frozen=True, slots=True)
class Card:
    """A box: what stands in it and where it leads, a record or a place on the page."""

    texts: list[Text]
    to: str = ""
    kind: str = "record"  # or asked, gathered, missing


@dataclass(frozen=True, slots=True)
class Thread:
    """A line from a card of the column: how firm it is, what is written on it and where it leads."""

    holder: int  # the place of that card in the column
    status: str
    rank: int  # of the basis: 1 is the strongest
    texts: list[Text]
    to: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A card with the threads that lead to it."""

    card: Card
    threads: list[Thread] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """Entries of one instrument or plan, or with no heading a card that stands alone."""

    heading: Card | None
    entries: list[Entry]

    @property
    def holder(self) -> int:
        """The last card of the column that its threads come from."""
        return max((one.holder for entry in self.entries for one in entry.threads), default=0)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A column of cards, how they hang together, and the frames of cards they lead to."""

    column: list[Card]
    frames: list[Frame]
    joint: str = ""  # how each card of the column hangs on the next, in a word or two; else all hang on the first

    @property
    def upward(self) -> bool:
        """Tell whether the column is a chain from an element up; else it is a mandate or topic with what is within."""
        return bool(self.joint)
