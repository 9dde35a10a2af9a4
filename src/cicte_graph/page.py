"""A written page: a title, a lead, sections of lines, facts and grids, and numbered notes on where things stand.

What a briefing, a report and a trace have in common on paper. Knows nothing of how a page is written down.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cicte_graph.cache import Version
from cicte_graph.graph import Passage

__all__ = [
    "Block",
    "Cite",
    "Code",
    "Facts",
    "Grid",
    "Items",
    "Line",
    "Mark",
    "Name",
    "Page",
    "Section",
    "line",
    "lines_of",
    "notes",
    "runs",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that means something of its own."""

    text: str
    kind: Literal["strong", "id", "status", "basis", "link"]
    key: str = ""  # of a value of a closed list, where the text is its name in the reader's language


@dataclass(frozen=True, slots=True)
class Cite:
    """Passages named in the midst of a line, behind what rests on them."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A record by its name; where records have pages, the way to its own."""

    text: str
    id: str
    strong: bool = False


Part = str | Mark | Name | Cite


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, an item or a cell, with the passages it rests on."""

    parts: tuple[Part, ...]
    passages: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(
            part if isinstance(part, str) else part.text for part in self.parts if not isinstance(part, Cite)
        )

    @property
    def cited(self) -> tuple[Passage, ...]:
        """Every passage named in the line."""
        return (*(one for part in self.parts if isinstance(part, Cite) for one in part.passages), *self.passages)


@dataclass(frozen=True, slots=True)
class Items:
    """A list of lines, one beside the other."""

    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what is said under each."""

    pairs: list[tuple[str, Line]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of lines."""

    columns: list[str]
    rows: list[list[Line]]
    dense: bool = False  # many narrow columns, as in a matrix


@dataclass(frozen=True, slots=True)
class Code:
    """Text as it stands in a file."""

    text: str


Block = Line | Items | Facts | Grid | Code


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is below it."""

    title: str
    blocks: list[Block]
    sections: list["Section"] = field(default_factory=list)
    id: str = ""  # of the record it is on


@dataclass(frozen=True, slots=True)
class Page:
    """One page, to be read from its lead down."""

    title: str
    kind: str  # what the page is of, as in `program` or `report`
    id: str
    lead: list[Line]
    sections: list[Section]
    version: Version
    language: str = "en"
    read: Mapping[Passage, str] = field(default_factory=dict)  # what stands around a passage in the reader's copy

    def __str__(self) -> str:
        from cicte_graph.page_markdown import as_markdown

        return as_markdown(self)

    def _repr_html_(self) -> str:
        from cicte_graph.page_html import body_html

        return body_html(self)


def line(*parts: Part, at: Sequence[Passage] = ()) -> Line:
    """Make a line of its parts."""
    return Line(tuple(part for part in parts if part), tuple(at))


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Gather numbers that follow each other: 1, 2, 3 and 7 are (1, 3) and (7, 7)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def notes(page: Page) -> dict[Passage, int]:
    """Number the passages a page rests on, from 1, in the order in which they are named."""
    numbered: dict[Passage, int] = {}
    for one in _lines(page):
        for passage in one.cited:
            numbered.setdefault(passage, len(numbered) + 1)
    return numbered


def _lines(page: Page) -> Iterator[Line]:
    yield from page.lead
    for section in page.sections:
        yield from lines_of(section)


def lines_of(section: Section) -> Iterator[Line]:
    """Give every line of a section and of those below it."""
    for block in section.blocks:
        match block:
            case Line():
                yield block
            case Items():
                yield from block.lines
            case Facts():
                yield from (said for _, said in block.pairs)
            case Grid():
                yield from (cell for row in block.rows for cell in row)
            case Code():
                pass
    for below in section.sections:
        yield from lines_of(below)
