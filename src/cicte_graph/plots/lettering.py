"""Lettering: the type of the figures, how wide words are in it, and how they are broken into lines or cut.

The type is the one that comes with matplotlib, so that a figure is the same on every machine. matplotlib is
imported where words are measured.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cicte_graph.lines import visible
from cicte_graph.plots.colors import INK, QUIET

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

__all__ = ["BODY", "CUT", "LEAD", "NOTE", "SMALL", "TINY", "TITLE", "Type", "balanced", "fit", "plain", "short", "wrap"]

LEADING = 1.32  # from one line to the next, in the size of the type
LONGEST = 240  # characters of a name; the longest of the plans has 180
CUT = "…"


@dataclass(frozen=True, slots=True)
class Type:
    """Letters of one size, color and weight."""

    size: float  # in points
    color: str = INK
    bold: bool = False

    def of(self, color: str) -> "Type":
        """The same in another color."""
        return replace(self, color=color)

    @property
    def strong(self) -> "Type":
        """The same in bold."""
        return replace(self, bold=True)

    @property
    def step(self) -> float:
        """The height of a line."""
        return self.size * LEADING

    @property
    def face(self) -> "FontProperties":
        """The type as matplotlib takes it."""
        return _face(self.size, self.bold)

    def width(self, words: str) -> float:
        """Measure words."""
        return _width(words, self.size, self.bold)


TITLE, LEAD, BODY, SMALL = Type(15, bold=True), Type(10, QUIET), Type(8.5), Type(7.5)
NOTE, TINY = Type(7.5, QUIET), Type(6.6)


@cache
def _face(size: float, bold: bool) -> "FontProperties":
    """Name the type by its file: a machine may have another one of the same name."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    file = Path(mpl.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{'-Bold' if bold else ''}.ttf"
    return FontProperties(fname=str(file), size=size)


@cache
def _known() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(BODY.face.get_file())).get_charmap())


@cache
def _width(words: str, size: float, bold: bool) -> float:
    from matplotlib.textpath import text_to_path

    return float(text_to_path.get_text_width_height_descent(words, _face(size, bold), ismath=False)[0])


def plain(words: str) -> str:
    """Make words fit to be drawn: one line, nothing hidden, no character the type lacks."""
    shown = " ".join(visible(words).split())
    return "".join(char if ord(char) in _known() else "\N{REPLACEMENT CHARACTER}" for char in shown)


def short(name: str) -> str:
    """Cut a name that has no end."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + CUT


def fit(words: str, room: float, look: Type) -> str:
    """Cut words that are wider than there is room."""
    if look.width(words) <= room:
        return words
    while words and look.width(words.rstrip() + CUT) > room:
        words = words[:-1]
    return words.rstrip() + CUT


def wrap(words: str, room: float, look: Type, *, most: int = 99) -> list[str]:
    """Break words into lines no wider than the room; what goes beyond the last line is cut."""
    lines: list[str] = []
    for word in plain(words).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (look.width(longer) <= room or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(word)
    return [fit(line, room, look) for line in lines]


def balanced(words: str, room: float, look: Type) -> list[str]:
    """Break words into two lines at most, about as long as each other."""
    lines = wrap(words, room, look, most=2)
    while len(lines) > 1:
        tighter = wrap(words, max(map(look.width, lines)) - 0.1, look, most=3)
        if len(tighter) > len(lines) or any(line.endswith(CUT) for line in tighter):
            break
        lines = tighter
    return lines
