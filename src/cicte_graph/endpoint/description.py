"""Say of the endpoint, in RDF, what it is and can do.

Source: SPARQL 1.1 Service Description. What the graph holds is said in VoID, elsewhere.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from cicte_graph.terms import PREFIXES

__all__ = ["described"]

RDF_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def described(endpoint: str, graphs: Iterable[str], media_type: str) -> bytes:
    """Describe the endpoint.

    Args:
        endpoint: Its address.
        graphs: The IRIs of its named graphs.
        media_type: One of `cicte_graph.endpoint.formats.TRIPLES`.
    """
    prefixes = {"sd": SD, "formats": FORMATS, "rdf": PREFIXES["rdf"]}
    written = ox.serialize(
        _triples(endpoint, graphs), format=ox.RdfFormat.from_media_type(media_type), prefixes=prefixes
    )
    return written or b""


def _triples(endpoint: str, graphs: Iterable[str]) -> Iterator[ox.Triple]:
    service, dataset, default = (ox.BlankNode(name) for name in ("service", "dataset", "default"))

    def say(subject: ox.BlankNode, name: str, value: ox.NamedNode | ox.BlankNode) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(SD + name), value)

    yield ox.Triple(service, RDF_TYPE, ox.NamedNode(f"{SD}Service"))
    yield say(service, "endpoint", ox.NamedNode(endpoint))
    yield say(service, "supportedLanguage", ox.NamedNode(f"{SD}SPARQL11Query"))
    yield say(service, "feature", ox.NamedNode(f"{SD}UnionDefaultGraph"))
    for name in RESULTS:
        yield say(service, "resultFormat", ox.NamedNode(FORMATS + name))
    yield say(service, "defaultDataset", dataset)
    yield ox.Triple(dataset, RDF_TYPE, ox.NamedNode(f"{SD}Dataset"))
    yield say(dataset, "defaultGraph", default)
    yield ox.Triple(default, RDF_TYPE, ox.NamedNode(f"{SD}Graph"))
    for place, name in enumerate(graphs):
        graph = ox.BlankNode(f"graph{place}")
        yield say(dataset, "namedGraph", graph)
        yield ox.Triple(graph, RDF_TYPE, ox.NamedNode(f"{SD}NamedGraph"))
        yield say(graph, "name", ox.NamedNode(name))
