"""How wide words are in a drawing and how they are broken into lines, without knowing the reader's typeface.

Widths are those of a wide sans serif, DejaVu Sans, so that words fit their box in any common one.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cicte_graph.lines import visible

__all__ = ["NOTE", "SMALL", "STRONG", "TITLE", "Text", "Type", "Written", "measured", "wrap", "write"]

# in parts of the size; what is not listed is as wide as most small letters
WIDTHS = {
    0.30: "'ijlíIJÍ",
    0.36: " ,.·/:;\\|f-",
    0.42: "t()[]!¡r",
    0.56: '"*_`sz“”c?¿',
    0.70: "KAVBRXZCÁP",
    0.80: "UHNDG&OQwÚÑÓ",
    0.87: "#+<=>^~M",
    1.00: "%m@W…—→",
}
USUAL = 0.64
LATIN = 0x250  # the first letter beyond
WIDTH = {letter: width for width, letters in WIDTHS.items() for letter in letters}
BOLDER = 1.14
CUT = "…"


@dataclass(frozen=True, slots=True)
class Type:
    """Letters of one size and weight."""

    size: float  # in pixels of the drawing
    bold: bool = False

    @property
    def step(self) -> float:
        """The height of a line."""
        return round(self.size * 1.36, 1)

    @property
    def weight(self) -> int:
        """The weight as SVG takes it."""
        return 600 if self.bold else 400

    def width(self, words: str) -> float:
        """Measure words; the widest they may be."""
        return sum(map(_letter, words)) * self.size * (BOLDER if self.bold else 1)


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one kind of letters, on so many lines at most."""

    words: str
    type: Type
    most: int = 10
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """Words at a place; a width is set where we cannot know how wide they would come out."""

    x: float
    y: float
    words: str
    type: Type
    quiet: bool = False
    width: float = 0


TITLE, STRONG, NOTE, SMALL = Type(16, bold=True), Type(13.5, bold=True), Type(13), Type(12)


@lru_cache(maxsize=4096)  # letters there are many of
def _letter(letter: str) -> float:
    return WIDTH.get(letter, USUAL if measured(letter) else 1.0)


def measured(words: str) -> bool:
    """Tell whether we know how wide words are: a letter of another script may be of any width."""
    return all(letter in WIDTH or ord(letter) < LATIN for letter in words)


def write(texts: Iterable[Text], x: float, y: float, room: float) -> tuple[list[Written], float]:
    """Write texts one below the other, and tell where they end."""
    written = []
    for text in texts:
        for words in wrap(text.words, text.type, room, text.most):
            y += text.type.step
            width = 0 if measured(words) else text.type.width(words)
            written.append(Written(x, y - 0.3 * text.type.size, words, text.type, text.quiet, width))
    return written, y


def wrap(words: str, type_: Type, room: float, most: int) -> list[str]:
    """Break words into lines that fit.

    Args:
        words: What to write; what would steer the text is made visible.
        type_: In which letters.
        room: How wide a line may be.
        most: Lines there may be; the last one ends with an ellipsis if there is more to say.
    """
    roomy = int(room / type_.size * 4 * most)  # more letters can never be seen
    text = visible(unicodedata.normalize("NFC", words[:roomy]))
    lines: list[str] = []
    taken = room
    for word in (part for whole in text.split() for part in _parts(whole, type_, room)):
        width = type_.width(f" {word}")
        if taken + width <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
            taken = -type_.width(" ")
        taken += width
    if not lines or (len(lines) <= most and len(words) <= roomy):
        return lines
    *kept, last = lines[:most]
    fits = _fitting(last, type_, room - type_.width(CUT))
    whole = fits if fits == last else fits.rpartition(" ")[0] or fits
    return [*kept, whole.rstrip(" ,.;:") + CUT]


def _parts(word: str, type_: Type, room: float) -> Iterator[str]:
    """Break a word that is wider than a line."""
    while type_.width(word) > room:
        part = _fitting(word, type_, room)
        yield part
        word = word[len(part) :]
    yield word


def _fitting(word: str, type_: Type, room: float) -> str:
    """Take as much of a word as fits, one letter at least."""
    end = len(word)
    while end > 1 and type_.width(word[:end]) > room:
        end -= 1
    return word[:end]
