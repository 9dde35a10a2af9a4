"""Read a citation: an instrument by its symbol or title in any usual spelling, and a paragraph of it.

Knows names, not graphs. A symbol is known by its parts, so AG/RES. 2619 (XLI-O/11), AG/RES 2619 and
resolution 2619 are one, and so are S/RES/1540 (2004) and UNSCR 1540.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Citation", "Instruments", "leveled", "plain", "serials", "written"]

# how the parts of a citation are written, in English and Spanish, and what stands for them here
SAME = {
    "unscr": "s res",
    "unsc": "s",
    "scr": "s res",
    "unga": "a",
    "agres": "ag res",
    "agdec": "ag declaration",
    "sres": "s res",
    "cictedec": "cicte declaration",
    "cictedoc": "cicte doc",
    "resolution": "res",
    "resolucion": "res",
    "resolutions": "res",
    "dec": "declaration",
    "declaracion": "declaration",
}
KINDS = {"res", "declaration"}
NOISE = {"op", "operative", "paragraph", "paragraphs", "para", "par", "parrafo", "resolutivo", "numeral"}
NOISE |= {"of", "de", "del", "la", "el", "the", "no", "num", "lit", "literal", "inciso"}
SERIAL = 3  # digits, at least, of a number that alone tells an instrument
PARAGRAPH = re.compile(r"([1-9]\d?( [a-z]( [ivx]+)?)?|[a-z]+)")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation names: an instrument, and the paragraph if it names one that is there."""

    instrument: str
    paragraph: str  # as written, leveled; empty for the whole instrument
    record: str | None  # the provision or instrument; None for a paragraph that is not there
    by_symbol: bool  # whether its number was named, and not only the beginning of its title


def plain(text: str) -> str:
    """Level a text: no accents, no case, no punctuation, one blank between words; digits apart from letters."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z]+|\d+", bare))


def leveled(text: str) -> list[str]:
    """Give the words of a citation as they are compared: leveled, one for those that mean the same, no empty ones."""
    words = " ".join(SAME.get(word, word) for word in plain(text).split()).split()
    told = [word for word in words if word not in NOISE]
    # `resolution AG/RES. 2619` says its kind twice
    return [word for n, word in enumerate(told) if not (word in KINDS and word in told[n + 1 : n + 3])]


class Instruments:
    """The instruments of a graph and their paragraphs, by how they are cited."""

    def __init__(self, named: Iterable[tuple[str, str]], paragraphs: Iterable[tuple[str, str]]) -> None:
        """Take (instrument, one of its symbols or titles) and (provision, its citation) pairs."""
        self.names = [(iri, tokens) for iri, name in named if (tokens := leveled(name))]
        self.paragraphs: dict[str, dict[str, str]] = {}
        for provision, citation in paragraphs:
            told = leveled(citation)
            for iri, tokens in self.names:
                if len(told) > len(tokens) and told[: len(tokens)] == tokens:
                    self.paragraphs.setdefault(iri, {})[" ".join(told[len(tokens) :])] = provision

    def read(self, words: str) -> Citation | None:
        """Read a citation; None where words are none, or fit several instruments."""
        told = leveled(words)
        found = set()
        for iri, tokens in self.names:
            for begin in range(len(told)):
                for end in range(len(told), begin, -1):
                    if (begin == 0 or end == len(told)) and _names(told[begin:end], tokens):
                        numbered = any(_serial(token) for token in told[begin:end])
                        rest = " ".join(told[:begin] + told[end:])
                        found.add((len(rest), len(tokens), iri, rest, numbered))
        if not found:
            return None
        # the whole before a part: `2619 (XLI-O/11)` is no paragraph of 2619; a symbol before a title that has it
        best = min(found)
        if len({iri for left, length, iri, _, _ in found if (left, length) == best[:2]}) > 1:
            return None
        _, _, iri, rest, numbered = best
        if not rest:
            return Citation(iri, "", iri, numbered)
        if not PARAGRAPH.fullmatch(rest):
            return None
        record = self.paragraphs.get(iri, {}).get(rest)
        return Citation(iri, rest, record, numbered) if record or rest[0].isdigit() else None

    def missing(self, words: str) -> str:
        """Give the number of an instrument that words cite by kind and number and that is not there; else nothing."""
        told = leveled(words)
        known = {token for _, tokens in self.names for token in tokens}
        strange = [token for token in serials(told) if token not in known]
        return strange[0] if strange and KINDS.intersection(told) else ""

    def paragraphs_of(self, instrument: str) -> list[str]:
        """List the paragraphs of an instrument that the graph has, as 4(b)."""
        return [written(one) for one in self.paragraphs.get(instrument, {})]


def serials(told: Iterable[str]) -> list[str]:
    """List the words that are numbers which alone can tell an instrument."""
    return [token for token in told if _serial(token)]


def _serial(token: str) -> bool:
    return token.isdigit() and len(token) >= SERIAL


def _names(told: list[str], tokens: list[str]) -> bool:
    """Tell whether words name an instrument: a run of its symbol with its number, or the beginning of its title."""
    number = next((n for n, token in enumerate(tokens) if _serial(token)), None)
    if number is None:
        return len(told) > 1 and told == tokens[: len(told)]
    starts = range(max(0, number - len(told) + 1), number + 1)
    return any(tokens[start : start + len(told)] == told for start in starts)


def written(paragraph: str) -> str:
    """Write a leveled paragraph as it is cited: `4 b` is 4(b)."""
    first, *letters = paragraph.split()
    return first + "".join(f"({letter})" for letter in letters)
