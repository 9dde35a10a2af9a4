"""Find records by words, acronym, symbol or identifier, forgiving accents, punctuation and slips.

Knows text, not meaning: names are looked up in cicte_graph.names.
"""

import re
from dataclasses import dataclass

from cicte_graph.citation import Citation, Instruments, plain, written
from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph, local
from cicte_graph.lines import visible
from cicte_graph.names import Name, names_of
from cicte_graph.table import Table, Value
from cicte_graph.terms import CICTE, class_iri, expand, shorten
from cicte_graph.words import with_article

__all__ = ["Hit", "find_one", "find_traced", "found", "kinds_of", "search"]

EXACT = 100.0  # the whole name
WORDS = 90.0  # all the words of a name, and up to EXACT by how much of it they are
BEGINNINGS = 80.0  # the beginnings of its words, and up to WORDS
SLIP = 80.0  # a name with slips scores by rapidfuzz's weighted ratio, from here
CLEAR = 88.0  # least score of the one that is meant
LEAD = 1.0  # how far ahead of the next it must be
TRACED = ("PlanElement", "WorkPlan", "Mandate")
SHOWN = 20  # matches listed by a search
OFFERED = 90  # characters of a name that is offered
SCREEN = 10  # matches that fit on a screen
NEAREST = 3  # offered where nothing matches
FAR = 45.0  # what scores less is not near
SMALL = {"of", "the", "and", "in", "for", "on", "de", "del", "la", "el", "los", "las", "y", "en", "para"}
IDENTIFIER = re.compile(r"[a-z]+:[^\s<>\"{}|\\^`]+|[a-z]+(-[a-z]+)*/[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that matches, by which name and how well (0 to 100)."""

    iri: str
    kind: str
    name: str
    score: float


def search(graph: Graph, words: str, most: int = SHOWN) -> list[Hit]:
    """List the records whose names match, best first, each by its best name.

    A citation names its paragraph or instrument. Where no name has the words or words that begin with them,
    names within slips of them are taken.
    """
    wanted = plain(words)
    if not wanted:
        raise UsageError("nothing to search for. Give words, an acronym or a symbol.")
    names, parts = names_of(graph), _told(wanted)
    best: dict[str, Hit] = {}
    for iri, kind, name, level in names.beginning(part.removesuffix("s") or part for part in parts):
        score = _score(wanted, parts, level)
        if score > (best[iri].score if iri in best else 0):
            best[iri] = Hit(iri, kind, name, score)
    cited = names.instruments(words).read(words)
    if cited and cited.record and (cited.paragraph or cited.by_symbol):
        kind = "Provision" if cited.paragraph else "Instrument"
        best[cited.record] = Hit(cited.record, kind, graph.label(cited.record), EXACT + LEAD)
    if not best:
        best = _slips(wanted, list(names), SLIP)
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
    kinds = kinds_of(graph, *classes)
    if found := _by_identifier(graph, words, kinds, classes):
        return found
    hits = [hit for hit in search(graph, words, most=1000) if CICTE + hit.kind in kinds]
    instruments = names_of(graph).instruments(words)
    cited = instruments.read(words) if CICTE + "Provision" in kinds else None
    if cited and cited.record is None and not any(hit.score >= EXACT for hit in hits):
        raise NotFoundError(_no_paragraph(graph, cited, instruments))
    if number := instruments.missing(words):
        near = _nearest(graph, plain(words), kinds)
        raise NotFoundError(f"no instrument with the number {number} is in this graph.{near}")
    if not hits:
        raise NotFoundError(_none(graph, words, kinds, classes))
    alone = len(hits) == 1 or hits[0].score - hits[1].score >= LEAD
    if alone and hits[0].score >= CLEAR:
        return hits[0].iri
    exact = [hit for hit in hits if hit.score >= EXACT]
    offered = exact or hits
    listed = "\n".join(f"  {_offer(graph, hit.iri)}" for hit in offered[:SCREEN])
    more = f"\n  and {len(offered) - SCREEN} more" if len(offered) > SCREEN else ""
    several = "one of these; name one" if len(offered) > 1 else "this; name it"
    raise NotFoundError(f"{words!r} may mean {several} by its identifier:\n{listed}{more}")


def find_traced(graph: Graph, words: str, *, mandates: bool = False) -> str:
    """Find what is to be traced: an element, plan or mandate, or with `topic WORDS` a topic.

    Args:
        graph: The graph to look in.
        words: An identifier, or what a person calls it.
        mandates: Whether only provisions and instruments are meant.

    Raises:
        NotFoundError: As `find_one`; for a topic, says which there are.
    """
    return _topic(graph, words) or find_one(graph, words, *(TRACED[-1:] if mandates else TRACED))


def found(graph: Graph, words: str) -> Table:
    """List the records that words find, with class, name and place."""
    hits = search(graph, words, most=SHOWN)
    rows: list[list[Value]] = [
        [shorten(hit.iri), hit.kind, graph.label(hit.iri), _place(graph, hit.iri), hit.name] for hit in hits
    ]
    return Table(["record", "class", "label", "place", "found by"], rows, version=graph.version)


def _topic(graph: Graph, words: str) -> str | None:
    """Find the topic that `topic WORDS` or `topic/key` means; None where words do not ask for a topic.

    Raises:
        NotFoundError: A topic is asked for and there is none of that name; says which there are.
    """
    asked = re.fullmatch(r"(?:concept:)?topic[/\s:]+(?P<name>.+)", words.strip(), re.IGNORECASE)
    if not asked:
        return None
    topics = graph.concepts("topic")
    from rapidfuzz import fuzz

    wanted = plain(asked["name"])
    scores = {iri: max(fuzz.ratio(wanted, plain(n)) for n in (local(iri), *graph.labels(iri))) for iri in topics}
    best = sorted(topics, key=lambda iri: -scores[iri])[:2]
    if best and scores[best[0]] >= SLIP and (len(best) == 1 or scores[best[0]] > scores[best[1]]):
        return best[0]
    keys = ", ".join(sorted(map(local, topics)))
    raise NotFoundError(f"no topic is called {asked['name']!r}. Use one of {keys}.")


def _place(graph: Graph, iri: str) -> str:
    """Say where a record belongs: what it is part of and in which plan, or the instrument of a provision."""
    above = graph.values(iri, "partOf") + graph.values(iri, "provisionOf")
    if not above:
        return ""
    plans = [local(plan) for plan in graph.values(iri, "inPlan")]
    return f"in {', '.join([graph.label(above[0]), *plans])}"


def _offer(graph: Graph, iri: str) -> str:
    place = _place(graph, iri)
    label = graph.label(iri)
    short = label if len(label) <= OFFERED else f"{label[:OFFERED]}…"
    return visible(f"{shorten(iri)}  {short}{' · ' if place else ''}{place}")


def _no_paragraph(graph: Graph, cited: Citation, instruments: Instruments) -> str:
    symbol = next(iter(graph.values(cited.instrument, "symbol")), graph.label(cited.instrument))
    there = instruments.paragraphs_of(cited.instrument)
    told = f"It has {', '.join(there)}" if there else "It has none, only the instrument as a whole"
    return f"{symbol} has no paragraph {written(cited.paragraph)} in this graph. {told}: {shorten(cited.instrument)}."


def _none(graph: Graph, words: str, kinds: set[str], classes: tuple[str, ...]) -> str:
    """Say that nothing of these classes is called so, and what of another class is."""
    others = [hit for hit in search(graph, words, most=1) if hit.score >= CLEAR]
    if others:
        what, asked = with_article(others[0].kind), " or ".join(classes)
        name = graph.label(others[0].iri)
        return f"{words!r} is {name}, {what}; {asked} is asked for.{_nearest(graph, plain(words), kinds)}"
    return f"nothing is called {words!r}.{_nearest(graph, plain(words), kinds)}"


def _nearest(graph: Graph, wanted: str, kinds: set[str]) -> str:
    names = [name for name in names_of(graph) if CICTE + name.kind in kinds]
    best = sorted(_slips(wanted, names, FAR).values(), key=lambda hit: (-hit.score, hit.iri))[:NEAREST]
    offers = "".join(f"\n  {_offer(graph, hit.iri)}" for hit in best)
    return f" The nearest:{offers}" if offers else " Try fewer or other words."


def kinds_of(graph: Graph, *classes: str) -> set[str]:
    """List the IRIs of some classes, by local name, and of all classes below them; none means all of ours."""
    rows = graph.rows("records/kinds-of")
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
        is_a = " and ".join(with_article(local(kind)) for kind in types)
        raise NotFoundError(f"{shorten(iri)} is {is_a}; {' or '.join(classes)} is asked for. Name one of those.")
    if words.startswith("id:") or class_iri(words) in kinds_of(graph):
        near = _nearest(graph, plain(words.removeprefix("id:")), kinds or kinds_of(graph))
        raise NotFoundError(f"no record is {words}.{near}")
    return None


def _told(wanted: str) -> list[str]:
    """Give the words to look for, each once, without those that tell nothing."""
    told = dict.fromkeys(wanted.split())
    return [part for part in told if part not in SMALL] or list(told)


def _score(wanted: str, parts: list[str], name: str) -> float:
    if wanted == name:
        return EXACT
    words = name.split()
    share = 0.99 * min(len(wanted) / len(name), 1) if name else 0
    known = {*words, *(word.removesuffix("s") for word in words)}  # one workshop is among workshops
    if all(part in known or part.removesuffix("s") in known for part in parts):
        return WORDS + (EXACT - WORDS) * share
    if all(any(word.startswith(part) for word in words) for part in parts):
        return BEGINNINGS + (WORDS - BEGINNINGS) * share
    return 0


def _slips(wanted: str, names: list[Name], least: float) -> dict[str, Hit]:
    from rapidfuzz import fuzz, process

    best: dict[str, Hit] = {}
    # a name much shorter than the words can only match a part of them by chance
    texts = {n: name.level for n, name in enumerate(names) if 2 * len(name.level) > len(wanted)}
    near = process.extract(wanted, texts, scorer=fuzz.WRatio, score_cutoff=least, limit=None)
    for _, score, index in near:
        iri, kind, name, _ = names[index]
        if score > best.get(iri, Hit(iri, kind, name, 0)).score:
            best[iri] = Hit(iri, kind, name, score)
    return best
