"""Describe the dataset for programs: what it is, how large, which terms it uses and where its files are.

VoID and DCAT 3 in one Turtle document. Knows the graph and what it is told of its files; writes none of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from cicte_graph.graph import Graph, local
from cicte_graph.query_catalog import ENDPOINT
from cicte_graph.store import Row
from cicte_graph.terms import BASE, ID, ONTOLOGY, PREFIXES, shorten
from cicte_graph.vocabulary import Vocabulary, vocabulary_of
from cicte_graph.wording import say, speaking

__all__ = ["DATASET", "Distribution", "describe"]

DOCUMENT = f"{BASE}void"
DATASET = f"{DOCUMENT}#dataset"
LANGUAGES = ("en", "es")
SPOKEN = "http://id.loc.gov/vocabulary/iso639-1/"  # the register that DCAT 3, 6.4.7 asks for
OURS = {
    "spdx": "http://spdx.org/rdf/terms#",
    "void-ext": "http://ldf.fi/void-ext#",
    "media": "https://www.iana.org/assignments/media-types/",
}
NAMES = PREFIXES | OURS

Node = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file that holds the dataset: the whole of it as RDF, or parts of it in a package."""

    name: str  # its address below that of the project
    media_type: str
    size: int  # bytes
    sha256: str
    packed: str = ""  # the media type of the package, where it is one


def describe(graph: Graph, files: Iterable[Distribution]) -> bytes:
    """Write what the dataset is as Turtle.

    Args:
        graph: The dataset; its ontology says who made it and under which license.
        files: The files it is given out as.

    Source:
        VoID (W3C Interest Group Note, 2011), sections 2 to 5; DCAT 3 (W3C Recommendation, 2024), sections 6.6 to 6.9;
        datatype partitions as in http://ldf.fi/void-ext.
    """
    vocabulary = vocabulary_of(graph)
    triples = [
        *_dataset(graph, vocabulary),
        *(triple for one in files for triple in _distribution(one, vocabulary.header.iris("dcterms:license"))),
        *_service(),
        *_partitions(graph.rows("records/use-of-terms")),
    ]
    by_subject: dict[object, dict[ox.Triple, None]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, {})[triple] = None
    ordered = [triple for same in by_subject.values() for triple in same]
    return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=NAMES) or b""


def _iri(name: str) -> ox.NamedNode:
    prefix, _, rest = name.partition(":")
    return ox.NamedNode(name if "://" in name else NAMES[prefix] + rest)


def _said(subject: str, name: str, *values: Node | str) -> Iterator[ox.Triple]:
    """Say something of a subject; a text is an IRI, short or written out."""
    for value in values:
        yield ox.Triple(ox.NamedNode(subject), _iri(name), _iri(value) if isinstance(value, str) else value)


def _literal(value: str | int, datatype: str) -> ox.Literal:
    return ox.Literal(str(value), datatype=_iri(datatype))


def _number(value: int) -> ox.Literal:
    return _literal(value, "xsd:integer")


def _in_each_language(sentence: Callable[[], str]) -> list[Node | str]:
    texts: list[Node | str] = []
    for language in LANGUAGES:
        with speaking(language):
            texts.append(ox.Literal(sentence(), language=language))
    return texts


def _dataset(graph: Graph, vocabulary: Vocabulary) -> Iterator[ox.Triple]:
    header = vocabulary.header
    makers, rights = header.iris("dcterms:creator"), header.iris("dcterms:license")
    yield from _said(DOCUMENT, "rdf:type", "void:DatasetDescription")
    yield from _said(DOCUMENT, "foaf:primaryTopic", DATASET)
    yield from _said(DATASET, "rdf:type", "dcat:Dataset", "void:Dataset")
    yield from _said(
        DATASET,
        "dcterms:title",
        *_in_each_language(lambda: say("Mandates, plans and partners of CICTE as a knowledge graph")),
    )
    yield from _said(
        DATASET,
        "dcterms:description",
        *_in_each_language(
            lambda: say(
                "Mandates, programs, activities, partners and countries of work plans of the OAS Inter-American "
                "Committee against Terrorism, with evidence for every fact and a reason for every reading."
            )
        ),
    )
    yield from _said(DATASET, "dcterms:creator", *makers)
    yield from _said(DATASET, "dcterms:publisher", *makers)
    for maker in makers:
        yield from _said(maker, "rdf:type", *graph.types(maker))
        yield from _said(maker, "foaf:name", *graph.said(maker).get(f"{NAMES['foaf']}name", []))
    yield from _said(DATASET, "dcterms:license", *rights)
    yield from _said(DATASET, "dcterms:modified", _literal(graph.version.built, "xsd:date"))
    yield from _said(DATASET, "dcat:version", ox.Literal(graph.version.digest))
    yield from _said(DATASET, "dcterms:conformsTo", ONTOLOGY)
    yield from _said(DATASET, "dcat:landingPage", BASE)
    yield from _said(DATASET, "void:uriSpace", ox.Literal(ID))
    yield from _said(DATASET, "void:sparqlEndpoint", ENDPOINT)
    yield from _said(DATASET, "dcterms:language", *(SPOKEN + language for language in LANGUAGES))
    yield from _counts(graph)


def _counts(graph: Graph) -> Iterator[ox.Triple]:
    triples = {quad.triple for quad in graph.store}
    properties = sorted({triple.predicate.value for triple in triples})
    firsts: dict[str, str] = {}
    records = graph.rows("records/every-record")
    for row in records:
        firsts.setdefault(row["class"].value, row["record"].value)
        if local(row["class"].value) == "SourceDocument":
            yield from _said(DATASET, "prov:wasDerivedFrom", row["record"].value)
    yield from _said(DATASET, "void:exampleResource", *firsts.values())
    yield from _said(DATASET, "void:triples", _number(len(triples)))
    yield from _said(DATASET, "void:entities", _number(len(records)))
    yield from _said(DATASET, "void:properties", _number(len(properties)))
    yield from _said(DATASET, "void:distinctSubjects", _number(len({triple.subject for triple in triples})))
    yield from _said(DATASET, "void:distinctObjects", _number(len({triple.object for triple in triples})))
    yield from _said(DATASET, "void:vocabulary", *sorted({_namespace(name) for name in properties}))


def _namespace(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut]


def _distribution(one: Distribution, rights: Iterable[str]) -> Iterator[ox.Triple]:
    subject = f"{DOCUMENT}#{one.name.rpartition('/')[2]}"
    address, checksum = BASE + one.name, f"{subject}/sha256"
    yield from _said(DATASET, "dcat:distribution", subject)
    yield from _said(subject, "rdf:type", "dcat:Distribution")
    yield from _said(subject, "dcterms:license", *rights)
    yield from _said(subject, "dcat:downloadURL", address)
    yield from _said(subject, "dcat:mediaType", f"{NAMES['media']}{one.media_type}")
    if one.packed:
        yield from _said(subject, "dcat:packageFormat", f"{NAMES['media']}{one.packed}")
    yield from _said(subject, "dcat:byteSize", _literal(one.size, "xsd:nonNegativeInteger"))
    yield from _said(subject, "spdx:checksum", checksum)
    yield from _said(checksum, "rdf:type", "spdx:Checksum")
    yield from _said(checksum, "spdx:algorithm", "spdx:checksumAlgorithm_sha256")
    yield from _said(checksum, "spdx:checksumValue", _literal(one.sha256, "xsd:hexBinary"))
    if not one.packed:
        yield from _said(DATASET, "void:dataDump", address)


def _service() -> Iterator[ox.Triple]:
    yield from _said(ENDPOINT, "rdf:type", "dcat:DataService")
    yield from _said(ENDPOINT, "dcterms:title", *_in_each_language(lambda: say("Read-only SPARQL 1.1 endpoint")))
    yield from _said(ENDPOINT, "dcat:endpointURL", ENDPOINT)
    yield from _said(ENDPOINT, "dcat:servesDataset", DATASET)


def _key(iri: str) -> str:
    return quote(shorten(iri), safe=":")


def _partitions(rows: list[Row]) -> Iterator[ox.Triple]:
    """Count by class, by property within it, and by what the values are."""
    classes = dict.fromkeys(row["class"].value for row in rows)
    yield from _said(DATASET, "void:classes", _number(len(classes)))
    for row in rows:
        of_class, name, range_ = row["class"].value, row["property"].value, row.get("range")
        by_class = f"{DOCUMENT}#{_key(of_class)}"
        by_property = f"{by_class}/{_key(name)}"
        statements, records = (_number(int(row[column].value)) for column in ("statements", "records"))
        if range_ is not None:
            what = "void:class" if range_.value in classes else "void-ext:datatype"
            by_range = f"{by_property}/{_key(range_.value)}"
            yield from _said(by_property, f"{what}Partition", by_range)
            yield from _said(by_range, what, range_.value)
            yield from _said(by_range, "void:triples", statements)
            continue
        if name == f"{NAMES['rdf']}type":
            yield from _said(DATASET, "void:classPartition", by_class)
            yield from _said(by_class, "void:class", of_class)
            yield from _said(by_class, "void:entities", records)
        yield from _said(by_class, "void:propertyPartition", by_property)
        yield from _said(by_property, "void:property", name)
        yield from _said(by_property, "void:triples", statements)
        yield from _said(by_property, "void:distinctSubjects", records)
