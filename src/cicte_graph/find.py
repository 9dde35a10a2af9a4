"""Find records by words, acronym, symbol or identifier, forgiving accents, punctuation and slips.

Knows text, not meaning: every name of every record comes from queries/records/names.rq.
"""

import re
import unicodedata
from dataclasses import dataclass

from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph, local
from cicte_graph.terms import CICTE, class_iri, expand, shorten

__all__ = ["Hit", "find_one", "kinds_of", "search"]

EXACT = 100.0  # the whole name
WORDS = 90.0  # all the words of a name, and up to EXACT by how much of it they are
BEGINNINGS = 80.0  # the beginnings of its words, and up to WORDS
SLIP = 80.0  # a name with slips scores by rapidfuzz's weighted ratio, from here
CLEAR = 88.0  # least score of the one that is meant
LEAD = 1.0  # how far ahead of the next it must be
SCREEN = 10  # matches that fit on a screen
IDENTIFIER = re.compile(r"[a-z]+:[^\s<>\"{}|\\^`]+|[a-z]+(-[a-z]+)*/[^\s<>\"{}|\\^`]+")


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

    Where no name has the words or words that begin with them, names within slips of them are taken.
    """
    wanted = plain(words)
    if not wanted:
        raise UsageError("nothing to search for. Give words, an acronym or a symbol.")
    names = []
    for row in graph.ask("records/names"):
        iri, kind, name = row["record"].value, local(row["class"].value), row["name"].value
        names.append((iri, kind, name))
        if local(row["property"].value) == "label":
            # an identifier's words say the plan, as in `maritime security 2012`
            names += [(iri, kind, shorten(iri).removeprefix("id:")), (iri, kind, f"{name} {shorten(iri)}")]
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
    if found := _by_identifier(graph, words, kinds, classes):
        return found
    hits = [hit for hit in search(graph, words, most=1000) if CICTE + hit.kind in kinds]
    if not hits:
        raise NotFoundError(f"nothing is called {words!r}. Try: cicte-graph search {words!r}")
    alone = len(hits) == 1 or hits[0].score - hits[1].score >= LEAD
    if alone and hits[0].score >= CLEAR:
        return hits[0].iri
    exact = [hit for hit in hits if hit.score >= EXACT]
    offered = exact or hits
    listed = "\n".join(f"  {shorten(hit.iri)}  {graph.label(hit.iri)}" for hit in offered[:SCREEN])
    more = f"\n  and {len(offered) - SCREEN} more" if len(offered) > SCREEN else ""
    raise NotFoundError(f"{words!r} may mean one of these; name one by its identifier:\n{listed}{more}")


def kinds_of(graph: Graph, *classes: str) -> set[str]:
    """List the IRIs of some classes, by local name, and of all classes below them; none means all of ours."""
    rows = graph.ask("records/kinds-of")
    return {row["class"].value for row in rows if not classes or local(row["above"].value) in classes}


def _by_identifier(graph: Graph, words: str, kinds: set[str], classes: tuple[str, ...]) -> str | None:
    """Take an identifier at its word: it names a record, or it is an error and no guess is made."""
    if not IDENTIFIER.fullmatch(words):
        return None
    iri = expand(words)
    types = graph.types(iri)
    if kinds.intersection(types) or (types and not classes):
        return iri
    if types:
        is_a = " and ".join(local(kind) for kind in types)
        raise NotFoundError(f"{shorten(iri)} is a {is_a}; {' or '.join(classes)} is asked for. Name one of those.")
    if words.startswith("id:") or class_iri(words) in kinds_of(graph):
        raise NotFoundError(f"no record is {words}. Try: cicte-graph search {words.rpartition('/')[2]!r}")
    return None


def _score(wanted: str, name: str) -> float:
    if wanted == name:
        return EXACT
    parts, words = wanted.split(), name.split()
    share = 0.99 * min(len(wanted) / len(name), 1) if name else 0
    if set(parts) <= set(words):
        return WORDS + (EXACT - WORDS) * share
    if all(any(word.startswith(part) for word in words) for part in parts):
        return BEGINNINGS + (WORDS - BEGINNINGS) * share
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
