"""Read a source document as a person does: tables cell by cell, columns downwards, white space leveled.

Two layouts occur in text copies: rows on one line with tabs between cells, and rows drawn with bars whose
cells are wrapped at a fixed width, so that one cell's words stand on many lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from cicte_graph.errors import SourceFileError

__all__ = ["Document", "read_document"]

PARAGRAPH_TAG = re.compile(r"</?p>")
TABLE_HEAD = re.compile(r"(WORK AREAS|Project) ?\s.*(ACTIVITY|Activity)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: a line of prose, a row with tabs, or one paragraph of a cell."""

    text: str
    in_table: bool


@dataclass
class Document:
    """The passages of a document, searchable through line wraps and side-by-side cells."""

    passages: list[Passage]
    lines: str  # the lines as they stand, bars and tabs as blanks

    def places(self, words: str) -> list[int]:
        """Find where words stand, letter for letter: the number of the passage each occurrence starts in."""
        offsets = [match.start() for match in _pattern(words).finditer(self._stream[0])]
        return [self._passage_at(offset) for offset in offsets]

    def stands_across(self, words: str) -> bool:
        """Tell whether words stand in the lines as printed, across cells."""
        return _pattern(words).search(self.lines) is not None

    def around(self, words: str, reach: int) -> list[str]:
        """Give each stretch of text that words stand in: their whole passage, cut `reach` characters off them."""
        text = self._stream[0]
        found = [self._stretch(match.start(), match.end(), reach) for match in _pattern(words).finditer(text)]
        across = _pattern(words).search(self.lines) if not found else None
        return [_cut(self.lines, 0, len(self.lines), across.start(), across.end(), reach)] if across else found

    def _stretch(self, start: int, end: int, reach: int) -> str:
        text, starts = self._stream
        last = self._passage_at(end - 1)
        first, after = starts[self._passage_at(start)], starts[last] + len(self.passages[last].text)
        return _cut(text, first, after, start, end, reach)

    @cached_property
    def _stream(self) -> tuple[str, list[int]]:
        starts, offset = [], 0
        for passage in self.passages:
            starts.append(offset)
            offset += len(passage.text) + 1
        return " ".join(passage.text for passage in self.passages), starts

    def _passage_at(self, offset: int) -> int:
        from bisect import bisect_right

        return bisect_right(self._stream[1], offset) - 1


def read_document(path: Path) -> Document:
    """Read a text copy of a document.

    Raises:
        SourceFileError: The file is missing or is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceFileError(f"{path}: cannot be read ({error.strerror}). Put the document's text there.") from error
    except UnicodeDecodeError as error:
        raise SourceFileError(f"{path}: not UTF-8. Save the document's text as UTF-8.") from error
    text = PARAGRAPH_TAG.sub(" ", text)
    passages = [passage for passage in _passages(text) if passage.text]
    return Document(passages, _level(text.replace("|", " ")))


def _cut(text: str, first: int, after: int, start: int, end: int, reach: int) -> str:
    """Cut `text[first:after]` to what is within reach of `text[start:end]`, at blanks, and mark what is cut."""
    begin, stop = max(first, start - reach), min(after, end + reach)
    if begin > first:
        begin = text.find(" ", begin, start) + 1 or begin
    if stop < after:
        stop = text.rfind(" ", end, stop) if " " in text[end:stop] else stop
    return f"{'… ' if begin > first else ''}{text[begin:stop]}{' …' if stop < after else ''}"


def _passages(text: str) -> Iterator[Passage]:
    rows = [line for line in text.splitlines() if line.strip()]
    for cells, group in groupby(rows, key=lambda line: line.count("|") if line.startswith("|") else 0):
        lines = list(group)
        if cells:
            yield from _columns([line.strip().strip("|").split("|") for line in lines])
        else:
            for line in lines:
                row = "\t" in line and not TABLE_HEAD.match(line)
                goes_on = _level(line)[:1].islower()  # the end of a cell that a page break cut in two
                yield Passage(_level(line), in_table=row and not goes_on)


def _columns(rows: list[list[str]]) -> Iterator[Passage]:
    """Put side-by-side cells together: each column downwards, a blank cell ends a paragraph."""
    for start, stop in _table_rows(rows):
        for column in zip(*rows[start:stop], strict=True):
            leveled = [_level(cell) for cell in column]
            for filled, cells in groupby(leveled, key=bool):
                if filled:
                    paragraph = " ".join(cells)
                    yield Passage(paragraph, in_table=not TABLE_HEAD.match(" ".join(rows[start])))


def _table_rows(rows: list[list[str]]) -> Iterator[tuple[int, int]]:
    """Split at the head of a table and where a new project starts in the first column."""
    starts = [0]
    for number in range(1, len(rows)):
        above, here = rows[number - 1], rows[number]
        heads = TABLE_HEAD.match(" ".join(above)) or TABLE_HEAD.match(" ".join(here))
        if heads or (len(here) > 1 and here[0].strip() and not above[0].strip()):
            starts.append(number)
    yield from zip(starts, [*starts[1:], len(rows)], strict=True)


def _level(text: str) -> str:
    return " ".join(text.split())


def _pattern(words: str) -> re.Pattern[str]:
    leveled = re.escape(_level(words))
    return re.compile(rf"(?<!\w){leveled}(?!\w)")
