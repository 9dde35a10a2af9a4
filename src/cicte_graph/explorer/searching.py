"""Search by names: the page of matches, and the index by which the reader's browser finds them as one types.

Knows how matches are shown; which there are and in which order say cicte_graph.find and, after it, assets/finding.js.
"""

import json
from dataclasses import dataclass
from functools import partial

from cicte_graph.citation import NOISE, SAME, plain
from cicte_graph.explorer.assets import PLACE
from cicte_graph.explorer.here import LANGUAGES, Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet
from cicte_graph.find import SMALL, Hit, search
from cicte_graph.graph import Graph, local
from cicte_graph.terms import CICTE, ID, PREFIXES, shorten
from cicte_graph.wording import say, speaking

__all__ = ["searching"]

LONGEST = 300  # characters one may search for
ALL = 10_000  # matches; more than there are records
MOST = 50  # matches on a page


@dataclass(frozen=True, slots=True)
class Match:
    """A record found: its name, the way to it, and what it is, with the name it was found by if that is another."""

    name: str
    way: str
    what: str


def searching(graph: Graph) -> Pages:
    """Give the page of matches and the index."""
    return {"search.html": partial(_page, graph), "names.js": partial(_index, graph)}


def _page(graph: Graph, here: Here, asked: Asked) -> Sheet:
    words = " ".join(asked.get("q", "").split())
    told = "" if plain(words) else say("Give a name, an acronym or a symbol.")
    if len(words) > LONGEST:
        told = say("That is too long to be a name. Give at most {most} characters.", most=LONGEST)
    hits = [] if told else search(graph, words, most=ALL)
    values = {
        "words": words[:LONGEST],
        "told": told,
        "found": len(hits),
        "most": MOST,
        "matches": [_match(graph, here, hit, words) for hit in hits[:MOST]],
    }
    return Sheet(say("Search"), "search.html", values, scripts=(PLACE, "matches.js"), styles=("search.css",))


def _match(graph: Graph, here: Here, hit: Hit, words: str) -> Match:
    label, beside = graph.label(hit.iri), _beside(graph, hit.iri)
    # the identifier's words are no name, and what a label says itself need not be said again
    told = hit.name in (label, beside) or shorten(hit.iri).removeprefix("id:") in hit.name or _begins(label, words)
    what = [graph.label(CICTE + hit.kind), beside, "" if told else hit.name]
    return Match(label, here.record(hit.iri), " · ".join(filter(None, what)))


def _beside(graph: Graph, iri: str) -> str:
    """Tell a record from others of its name: by its plan, or by its symbol."""
    plans = [local(plan) for plan in graph.values(iri, "inPlan")]
    return next(iter(plans + graph.values(iri, "symbol")), "")


def _begins(name: str, words: str) -> bool:
    return all(any(word.startswith(part) for word in plain(name).split()) for part in plain(words).split())


def _index(graph: Graph, _here: Here, _: Asked) -> File:
    text = graph.once("names.js", lambda: json.dumps(_all_names(graph), ensure_ascii=False, separators=(",", ":")))
    return File(f"globalThis.cicteNames={text};\n".encode(), "text/javascript; charset=utf-8")


def _all_names(graph: Graph) -> dict[str, object]:
    """Gather every name of every record, to be a script, which a page may load from a folder as well.

    A record is its identifier, the places of its class and of what is said beside it in their lists, its name in each
    language (empty where it is that of the first) and its other names.
    """
    names: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in graph.rows("records/names"):
        name = row["name"]
        spoken = getattr(name, "language", None) or ""
        names.setdefault((row["record"].value, row["class"].value), []).append(
            (row["property"].value, spoken, name.value)
        )
    kinds = sorted({kind for _, kind in names})
    beside = list(dict.fromkeys(["", *(_beside(graph, iri) for iri, _ in names)]))
    return {
        "kinds": {language: [_in(graph, language).label(kind) for kind in kinds] for language in LANGUAGES},
        "said": {language: _said(language) for language in LANGUAGES},
        "beside": beside,
        "small": sorted(SMALL),
        "noise": sorted(NOISE),
        "same": SAME,
        "records": [
            [iri.removeprefix(ID), kinds.index(kind), beside.index(_beside(graph, iri)), *_names(said)]
            for (iri, kind), said in names.items()
        ],
    }


def _in(graph: Graph, language: str) -> Graph:
    return Graph(graph.house, graph.store, graph.version, language)


def _said(language: str) -> dict[str, str]:
    with speaking(language):
        number = say("Matches: {number}", number="{number}")
        return {"matches": say("Matches"), "none": say("Nothing is called so."), "number": number}


def _names(said: list[tuple[str, str, str]]) -> list[str]:
    """List the names of a record: one for each language of the pages, then those that tell something new."""
    labels = {spoken: name for kind, spoken, name in said if kind == f"{PREFIXES['rdfs']}label"}
    first, *others = (labels.get(language, "") for language in LANGUAGES)
    names = [first, *("" if name == first else name for name in others)]
    known = {plain(name) for name in names}
    for _, _, name in said:
        if plain(name) not in known:
            known.add(plain(name))
            names.append(name)
    return names
