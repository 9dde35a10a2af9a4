"""What is measured, as lines of one table: ours, the other, their ratio, and what it is held to."""

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["HEAD", "Line", "table"]

HEAD = "| measured | ours | other | ratio | held to | |\n| --- | ---: | ---: | ---: | ---: | --- |"


class Line(NamedTuple):
    """One line of the table; a ratio is of ours to the other."""

    name: str
    ours: float
    other: float
    target: float
    slack: float = 0.0

    def __str__(self) -> str:
        held = self.ours <= self.other * self.target + self.slack
        figures = f"{self.ours:.4g} | {self.other:.4g} | {self.ours / self.other:.3g} | {self.target}"
        return f"| {self.name} | {figures} | {'held' if held else 'not held'} |"


def table(lines: Iterable[Line]) -> str:
    """Write the lines as a table in Markdown."""
    return "\n".join([HEAD, *map(str, lines)])
