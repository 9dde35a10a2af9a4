"""What a worker can be asked for, by name: a page, the page for what is not there, the answers of the interface.

Knows the explorer and its graph; knows nothing of requests or of processes.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from cicte_graph.citation import plain
from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.sheet import Asked, File
from cicte_graph.find import TRACED, find_one, found
from cicte_graph.graph import Graph
from cicte_graph.printing import as_json
from cicte_graph.serve.made import Made, made
from cicte_graph.terms import CONCEPT
from cicte_graph.wording import speaking

__all__ = ["TASKS"]

NEVER_NARROWED = {"level": "program", "roll_up": "false"}  # what one chooses by that is no list of values


def page(explorer: Explorer, address: str, asked: Asked) -> Made:
    """Make what stands at an address."""
    return made(explorer.file(address, asked))


def missing(explorer: Explorer, path: str) -> Made:
    """Make the page for a path where nothing stands."""
    return made(explorer.missing(path))


def search(explorer: Explorer, words: str, language: str) -> Made:
    """List the records that words find, best first; words without a letter or digit find none."""
    graph = explorer.graphs[language]
    rows = list(found(graph, words)) if plain(words) else []
    records = [{name.replace(" ", "_"): value for name, value in row.items()} for row in rows]
    return _answer(graph, {"words": words, "records": records})


def trace(explorer: Explorer, identifier: str, language: str) -> Made:
    """Trace an element up to its mandates, or a mandate or `topic/KEY` down.

    Raises:
        NotFoundError: Nothing that can be traced has this identifier.
    """
    from cicte_graph.trace import trace as trace_of

    graph = explorer.graphs[language]
    if identifier.startswith("topic/"):
        iri = CONCEPT + identifier
        if iri not in graph.concepts("topic"):
            raise NotFoundError(f"there is no {identifier}. Topics are listed at concept/topic of the ontology.")
    else:
        iri = find_one(graph, f"id:{identifier}", *TRACED)
    with speaking(language):
        said = trace_of(graph, iri).as_json()
    return _answer(graph, {name: value for name, value in said.items() if name not in ("cut", "cut_to", "explained")})


def network(explorer: Explorer, of: str, language: str, chosen: Mapping[str, str]) -> Made:
    """Give a partner network as nodes and edges.

    Raises:
        NotFoundError: What it is narrowed by names nothing there is.
    """
    from cicte_graph.network import extra
    from cicte_graph.network.choice import choose
    from cicte_graph.network.shares import shares

    with extra():
        from cicte_graph.network.networks import network_of
    graph = explorer.graphs[language]
    said = NEVER_NARROWED | dict(chosen)
    narrowed = {name: [value] for name, value in chosen.items() if name not in NEVER_NARROWED}
    try:
        choice = choose(graph, level=said["level"], roll_up=said["roll_up"] == "true", **narrowed)
    except UsageError as error:
        raise NotFoundError(str(error)) from error
    drawn = network_of(shares(graph, choice), of)
    nodes = [{"id": one} | data for one, data in drawn.nodes(data=True)]
    edges = [{"one": one, "other": other} | data for one, other, data in drawn.edges(data=True)]
    return _answer(graph, {"of": of, "choice": drawn.graph["choice"], "nodes": nodes, "edges": edges})


TASKS: dict[str, Callable[..., Made]] = {
    "page": page,
    "missing": missing,
    "search": search,
    "trace": trace,
    "network": network,
}


def _answer(graph: Graph, said: Mapping[str, object]) -> Made:
    content = as_json({"graph": asdict(graph.version)} | dict(said))
    return made(File(content.encode(), "application/json"))
