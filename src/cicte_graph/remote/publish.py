"""Put the graph on a server that takes SPARQL Update, beside what is there, and switch over when all of it has arrived.

Each named graph is staged under another name, read back and compared; one last request gives all of them their names.
Until then readers see the old graph, which is kept in the cache here, so that it can be put back. Knows names of
graphs, and no server in particular.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from cicte_graph.cache import Version, cache, keep, kept
from cicte_graph.errors import EngineError, NotFoundError
from cicte_graph.progress import progressing
from cicte_graph.remote.client import Client
from cicte_graph.remote.service import Service
from cicte_graph.store import n_quads
from cicte_graph.terms import BASE, GRAPH, PREFIXES, RELEASE

__all__ = ["publish", "put_back"]

STAGED = f"{BASE}staged/"
DATASET = ox.NamedNode(f"{BASE}void#dataset")
TOGETHER = 1000  # triples sent at once
UPDATE = {"Content-Type": "application/sparql-update"}


def publish(quads: Iterable[ox.Quad], version: Version, service: Service, client: Client) -> Version | None:
    """Put a graph in the place of the one that a server holds.

    What is left of an earlier attempt is dropped first, so that one that broke off is simply made again.

    Args:
        quads: The graph.
        version: Which version it is.
        service: Answers questions about what the server holds.
        client: Sends updates there.

    Returns:
        The version that was replaced, if there was one; it is kept here.

    Raises:
        EngineError: It has not arrived as it is; readers still see the old graph.
        UsageError: What is to be replaced cannot be kept here.
    """
    graphs: defaultdict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        graphs[str(quad.graph_name.value)].append(quad)  # type: ignore[union-attr] # all are named
    graphs[RELEASE] = list(_release(version, sorted(graphs)))
    _send(client, [_cleared(one) for one in _held(service, STAGED)])
    for graph, content in progressing(sorted(graphs.items()), len(graphs), "staging graphs"):
        _stage(client, _staged(graph), content)
        _compare(service, _staged(graph), content)
    held = _held(service, GRAPH)
    old = n_quads(quad for graph in held if graph != RELEASE for quad in service.quads(graph))
    replaced = keep(old, _replaced(client.url)).version if held else None
    # one request, which many servers do whole or not at all
    moved = [f"MOVE GRAPH <{_staged(graph)}> TO GRAPH <{graph}>" for graph in sorted(graphs)]
    _send(client, [*(_cleared(one) for one in held if one not in graphs), *moved])
    return replaced


def put_back(service: Service, client: Client) -> Version:
    """Put what was last replaced from here in its place again; done twice, all is as before.

    Returns:
        The version that stands there now.

    Raises:
        NotFoundError: Nothing that was replaced there is kept here.
        EngineError: As `publish`.
    """
    found = kept(_replaced(client.url))
    content = found.content() if found else None
    if found is None or content is None:
        raise NotFoundError(f"nothing that was replaced at {client.url} is kept here. Publish what is to stand there.")
    publish(ox.parse(content, format=ox.RdfFormat.N_QUADS), found.version, service, client)
    return found.version


def _release(version: Version, graphs: Iterable[str]) -> Iterator[ox.Quad]:
    """Say which version it is and which graphs make it up."""
    dcat, dcterms, release = PREFIXES["dcat"], PREFIXES["dcterms"], ox.NamedNode(RELEASE)
    day = ox.Literal(version.built, datatype=ox.NamedNode(f"{PREFIXES['xsd']}date"))
    yield ox.Quad(DATASET, ox.NamedNode(f"{dcat}version"), ox.Literal(version.digest), release)
    yield ox.Quad(DATASET, ox.NamedNode(f"{dcterms}modified"), day, release)
    for graph in graphs:
        yield ox.Quad(DATASET, ox.NamedNode(f"{dcterms}hasPart"), ox.NamedNode(graph), release)


def _stage(client: Client, graph: str, content: list[ox.Quad]) -> None:
    """Send what a graph holds; what has arrived already may be sent again."""
    for start in range(0, len(content), TOGETHER):
        triples = "\n".join(f"{quad.triple} ." for quad in content[start : start + TOGETHER])
        client.send("POST", client.url, f"INSERT DATA {{ GRAPH <{graph}> {{\n{triples}\n}} }}".encode(), UPDATE)


def _compare(service: Service, graph: str, content: list[ox.Quad]) -> None:
    """Read a staged graph back, and hold it against what was sent.

    Raises:
        EngineError: They differ.
    """
    arrived, sent = ({quad.triple for quad in quads} for quads in (service.quads(graph), content))
    if arrived != sent:
        raise EngineError(
            f"{service.url} holds {len(arrived & sent):,} of the {len(sent):,} triples sent to {graph}, and "
            f"{len(arrived - sent):,} others. The old graph is still in its place; publish again, or mend the server."
        )


def _held(service: Service, base: str) -> list[str]:
    """List the named graphs of a server below an IRI."""
    return [row["graph"].value for row in service.rows("records/graphs") if row["graph"].value.startswith(base)]


def _staged(graph: str) -> str:
    return STAGED + graph.removeprefix(GRAPH)


def _replaced(url: str) -> Path:
    """Name the file that says which graph was last replaced at an address."""
    return cache() / f"replaced-{blake2b(url.encode(), digest_size=16).hexdigest()}"


def _cleared(graph: str) -> str:
    return f"CLEAR SILENT GRAPH <{graph}>"  # Virtuoso drops only what it was told to create


def _send(client: Client, operations: list[str]) -> None:
    if operations:
        client.send_once(client.url, " ;\n".join(operations).encode(), UPDATE)
