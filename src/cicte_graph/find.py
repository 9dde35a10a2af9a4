"""Find records by words, acronym, symbol or identifier, forgiving accents, punctuation and slips.

Knows text, not meaning: every name of every record comes from queries/records/names.rq.
"""

import re
import unicodedata
from dataclasses import dataclass

from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph, local
from cicte_graph.terms import CICTE, PREFIXES, expand, shorten

__all__ = ["Hit", "find_one", "search"]

EXACT, WORDS, SLIP = 100.0, 90.0, 80.0  # least score of a whole name, of all its words, of a name with slips
LEAD = 1.0  # how far ahead of the next a match must be to be taken for the one that is meant


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that matches, by which name and how well (0 to 100)."""

    iri: str
    kind: str
    name: str
    score: float


def plain(text: str) -> str:
    """Level a text: no accents, no case, no punctuation, one blank between words; digits apart from letters."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z]+|\d+", bare))


def search(graph: Graph, words: str, most: int = 20) -> list[Hit]:
    """List the records whose names match, best first, each by its best name.

    A whole name scores 100; a name with all the words 90 to 100 by how much else it has; else names within
    slips of the words score by rapidfuzz's weighted ratio.
    """
    wanted = plain(words)
    if not wanted:
        raise UsageError("nothing to search for. Give words, an acronym or a symbol.")
    names = [(row["record"].value, local(row["class"].value), row["name"].value) for row in graph.ask("records/names")]
    # an identifier's words are a name too: they say the plan, as in `maritime security 2012`
    names += [(iri, kind, shorten(iri).removeprefix("id:")) for iri, kind in dict.fromkeys(name[:2] for name in names)]
    best: dict[str, Hit] = {}
    for iri, kind, name in names:
        score = _score(wanted, plain(name))
        if score > best.get(iri, Hit(iri, kind, name, 0)).score:
            best[iri] = Hit(iri, kind, name, score)
    if not best:
        best = _slips(wanted, names)
    return sorted(best.values(), key=lambda hit: (-hit.score, len(hit.iri), hit.iri))[:most]


def find_one(graph: Graph, words: str, *classes: str) -> str:
    """Find the one record of some classes that words or an identifier mean.

    Args:
        graph: The graph to look in.
        words: An identifier, or what a person calls it.
        classes: Local names of classes one of which it must be; none means any.

    Raises:
        NotFoundError: Nothing matches, or several match as well; says which.
    """
    kinds = {
        row["class"].value
        for row in graph.ask("records/kinds-of")
        if not classes or local(row["above"].value) in classes
    }
    iri = expand(words)
    said = graph.said(iri) if re.fullmatch(r"[^\s<>\"{}|\\^`]+", words) else {}
    if any(kind.value in kinds for kind in said.get(PREFIXES["rdf"] + "type", [])):
        return iri
    hits = [hit for hit in search(graph, words, most=1000) if CICTE + hit.kind in kinds]
    if not hits:
        raise NotFoundError(f"nothing is called {words!r}. Try: cicte-graph search {words!r}")
    if len(hits) == 1 or hits[0].score - hits[1].score >= LEAD:
        return hits[0].iri
    listed = "\n".join(f"  {shorten(hit.iri)}  {graph.label(hit.iri)}" for hit in hits[:10])
    more = f"\n  and {len(hits) - 10} more" if len(hits) > 10 else ""  # noqa: PLR2004 - ten fit on a screen
    raise NotFoundError(f"{words!r} may mean one of these; name one by its identifier:\n{listed}{more}")


def _score(wanted: str, name: str) -> float:
    if wanted == name:
        return EXACT
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return WORDS + (EXACT - WORDS) * min(len(wanted) / len(name), 1) * 0.99
    return 0


def _slips(wanted: str, names: list[tuple[str, str, str]]) -> dict[str, Hit]:
    from rapidfuzz import fuzz, process

    best: dict[str, Hit] = {}
    # a name much shorter than the words can only match a part of them by chance
    texts = {n: plain(name) for n, (_, _, name) in enumerate(names) if 2 * len(plain(name)) > len(wanted)}
    near = process.extract(wanted, texts, scorer=fuzz.WRatio, score_cutoff=SLIP, limit=None)
    for _, score, index in near:
        iri, kind, name = names[index]
        if score > best.get(iri, Hit(iri, kind, name, 0)).score:
            best[iri] = Hit(iri, kind, name, score)
    return best
