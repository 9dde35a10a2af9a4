"""The description of the dataset: what it counts, a second engine counts too, and it has the shape DCAT 3 asks for."""

from collections import Counter

import pytest
import rdflib
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, VOID, XSD, BNode, Literal, Namespace, URIRef
from rdflib.term import Node

from cicte_graph.build import Built
from cicte_graph.graph import Graph
from cicte_graph.query_catalog import ENDPOINT
from cicte_graph.terms import BASE, ID
from cicte_graph.void import DATASET, Distribution, describe
from tests.oracle import rdflib_graph

SPDX = Namespace("http://spdx.org/rdf/terms#")
EXTENDED = Namespace("http://ldf.fi/void-ext#")
DATA = URIRef(DATASET)
FILES = [
    Distribution("download/sample.nq", "application/n-quads", 1234, "0a" * 32),
    Distribution("download/sample.zip", "text/csv", 56, "ff" * 32, "application/zip"),
]

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .

ex:Dataset a sh:NodeShape ;
    sh:targetClass dcat:Dataset ;
    sh:class void:Dataset ;
    sh:property [ sh:path dcterms:title ; sh:minCount 2 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ;
    sh:property [ sh:path dcterms:description ; sh:minCount 2 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ;
    sh:property [ sh:path dcterms:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path dcterms:publisher ; sh:minCount 1 ; sh:property [ sh:path foaf:name ; sh:minCount 1 ] ] ;
    sh:property [ sh:path dcterms:modified ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date ] ;
    sh:property [ sh:path dcat:version ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
    sh:property [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] ;
    sh:property [ sh:path void:triples ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ] ;
    sh:property [ sh:path void:dataDump ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path void:classPartition ; sh:minCount 1 ; sh:node ex:Partition ] .

ex:Partition a sh:NodeShape ;
    sh:property [ sh:path void:class ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path void:entities ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ] ;
    sh:property [ sh:path void:propertyPartition ; sh:minCount 1 ; sh:node ex:Use ] .

ex:Use a sh:NodeShape ;
    sh:property [ sh:path void:property ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path void:triples ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ] .

ex:Distribution a sh:NodeShape ;
    sh:targetClass dcat:Distribution ;
    sh:property [ sh:path dcat:downloadURL ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path dcat:mediaType ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ;
        sh:pattern "^https://www.iana.org/assignments/media-types/[a-z]+/[a-z+-]+$" ] ;
    sh:property [ sh:path dcat:byteSize ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] ;
    sh:property [ sh:path dcterms:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path spdx:checksum ; sh:minCount 1 ; sh:maxCount 1 ; sh:node ex:Checksum ] .

ex:Checksum a sh:NodeShape ;
    sh:property [ sh:path spdx:algorithm ; sh:hasValue spdx:checksumAlgorithm_sha256 ] ;
    sh:property [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:hexBinary ] .

ex:Service a sh:NodeShape ;
    sh:targetClass dcat:DataService ;
    sh:property [ sh:path dcterms:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
    sh:property [ sh:path dcat:endpointURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path dcat:servesDataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
"""


@pytest.fixture(scope="module")
def told(real_graph: Graph) -> rdflib.Graph:
    """The description of the real graph, read by a tool that is not ours."""
    return rdflib.Graph().parse(data=describe(real_graph, FILES), format="turtle")


@pytest.fixture(scope="module")
def plain(real: Built) -> rdflib.Graph:
    """The real graph, all graphs as one, to be counted by a second engine."""
    return rdflib_graph(real.store)


def number(graph: rdflib.Graph, subject: Node | None, name: URIRef) -> int:
    value = graph.value(subject, name)
    assert isinstance(value, Literal), f"{subject} {name}"
    return int(value)


def test_the_whole_is_counted_as_another_engine_counts_it(told: rdflib.Graph, plain: rdflib.Graph) -> None:
    assert number(told, DATA, VOID.triples) == len(plain)
    assert number(told, DATA, VOID.distinctSubjects) == len(set(plain.subjects()))
    assert number(told, DATA, VOID.distinctObjects) == len(set(plain.objects()))
    assert number(told, DATA, VOID.properties) == len(set(plain.predicates()))
    assert number(told, DATA, VOID.classes) == len(set(plain.objects(None, RDF.type)))
    assert number(told, DATA, VOID.entities) == len({one for one in plain.subjects(RDF.type) if is_record(one)})


def is_record(node: Node) -> bool:
    return str(node).startswith(ID) and str(node) != f"{ID}contributors"  # who made it is no record of it


def test_classes_and_their_properties_are_counted_as_another_engine_counts_them(
    told: rdflib.Graph, plain: rdflib.Graph
) -> None:
    of_class: Counter[Node] = Counter()
    by_property: Counter[tuple[Node, Node]] = Counter()
    having: Counter[tuple[Node, Node]] = Counter()
    for record, kind in plain.subject_objects(RDF.type):
        of_class[kind] += 1
        by_property.update((kind, name) for name, _ in plain.predicate_objects(record))
        having.update((kind, name) for name in set(plain.predicates(record)))
    uses = {
        (told.value(by_class, VOID["class"]), told.value(one, VOID.property)): one
        for by_class in told.objects(DATA, VOID.classPartition)
        for one in told.objects(by_class, VOID.propertyPartition)
    }
    entities = {
        told.value(one, VOID["class"]): number(told, one, VOID.entities)
        for one in told.objects(DATA, VOID.classPartition)
    }
    assert entities == dict(of_class)
    assert {pair: number(told, one, VOID.triples) for pair, one in uses.items()} == dict(by_property)
    assert {pair: number(told, one, VOID.distinctSubjects) for pair, one in uses.items()} == dict(having)


def test_values_are_counted_by_class_and_by_datatype_as_another_engine_counts_them(
    told: rdflib.Graph, plain: rdflib.Graph
) -> None:
    counted: Counter[tuple[Node | None, ...]] = Counter()
    for record, kind in plain.subject_objects(RDF.type):
        for name, value in plain.predicate_objects(record):
            counted.update((kind, name, sort) for sort in sorts(plain, value))
    found = {
        (told.value(by_class, VOID["class"]), told.value(use, VOID.property), told.value(one, what)): number(
            told, one, VOID.triples
        )
        for by_class in told.objects(DATA, VOID.classPartition)
        for use in told.objects(by_class, VOID.propertyPartition)
        for what, partition in ((VOID["class"], VOID.classPartition), (EXTENDED.datatype, EXTENDED.datatypePartition))
        for one in told.objects(use, partition)
    }
    assert found == dict(counted)
    datatypes = set(told.objects(None, EXTENDED.datatype))
    assert {RDF.langString, XSD.string, XSD.date} <= datatypes
    assert not datatypes & set(plain.objects(None, RDF.type))


def sorts(plain: rdflib.Graph, value: Node) -> list[Node]:
    """List the classes of a value, or its datatype."""
    if isinstance(value, Literal):
        return [RDF.langString if value.language else value.datatype or XSD.string]
    return list(plain.objects(value, RDF.type))


def conforms(data: rdflib.Graph) -> tuple[bool, str]:
    found, _, text = validate(data, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))
    return bool(found), str(text)


def test_it_has_the_shape_of_a_dataset_of_dcat(told: rdflib.Graph) -> None:
    fits, text = conforms(told)
    assert fits, text


@pytest.mark.parametrize(
    "fault",
    [
        "DELETE { ?d dcterms:license ?x } WHERE { ?d a dcat:Dataset ; dcterms:license ?x }",
        "DELETE { ?d dcat:byteSize ?x } INSERT { ?d dcat:byteSize 'large' } WHERE { ?d dcat:byteSize ?x }",
        "DELETE { ?d dcat:mediaType ?x } INSERT { ?d dcat:mediaType 'text/csv' } WHERE { ?d dcat:mediaType ?x }",
        "DELETE { ?p void:triples ?x } WHERE { ?p void:property ?any ; void:triples ?x }",
        "DELETE { ?c spdx:checksumValue ?x } WHERE { ?c spdx:checksumValue ?x }",
    ],
)
def test_the_shape_notices_a_fault(told: rdflib.Graph, fault: str) -> None:
    broken = rdflib.Graph() + told
    names = {"dcat": DCAT, "dcterms": DCTERMS, "void": VOID, "spdx": SPDX}
    broken.update(fault, initNs={name: str(base) for name, base in names.items()})
    assert len(broken) != len(told) or set(broken) != set(told)
    assert not conforms(broken)[0]


def test_a_file_is_told_with_address_type_size_and_checksum(told: rdflib.Graph) -> None:
    plain_file, packed = (told.value(None, DCAT.downloadURL, URIRef(BASE + one.name)) for one in FILES)
    media = "https://www.iana.org/assignments/media-types/"
    assert told.value(plain_file, DCAT.mediaType) == URIRef(f"{media}application/n-quads")
    assert told.value(plain_file, DCAT.packageFormat) is None
    assert number(told, plain_file, DCAT.byteSize) == 1234
    assert told.value(packed, DCAT.mediaType) == URIRef(f"{media}text/csv")
    assert told.value(packed, DCAT.packageFormat) == URIRef(f"{media}application/zip")
    checksum = told.value(told.value(packed, SPDX.checksum), SPDX.checksumValue)
    assert str(checksum).lower() == "ff" * 32
    assert list(told.objects(DATA, VOID.dataDump)) == [URIRef(f"{BASE}download/sample.nq")]


def test_it_leads_to_the_endpoint_the_sources_and_examples_of_every_class(
    told: rdflib.Graph, plain: rdflib.Graph
) -> None:
    assert list(told.objects(DATA, VOID.sparqlEndpoint)) == [URIRef(ENDPOINT)]
    assert told.value(URIRef(ENDPOINT), DCAT.servesDataset) == DATA
    assert len(list(told.objects(DATA, PROV.wasDerivedFrom))) == 2
    examples = set(told.objects(DATA, VOID.exampleResource))
    assert len(examples) == 18  # as many classes have identifiers of their own
    assert all((example, RDF.type, None) in plain for example in examples)
    assert told.value(None, FOAF.primaryTopic, DATA) == URIRef(f"{BASE}void")


def test_every_vocabulary_named_is_one_of_the_properties_and_none_is_left_out(
    told: rdflib.Graph, plain: rdflib.Graph
) -> None:
    named = {str(one) for one in told.objects(DATA, VOID.vocabulary)}
    used = {name: [base for base in named if str(name).startswith(base)] for name in set(plain.predicates())}
    assert [name for name, bases in used.items() if not bases] == []
    assert named == {base for bases in used.values() for base in bases}


def test_no_node_is_blank_and_every_address_is_whole(told: rdflib.Graph) -> None:
    nodes = {node for triple in told for node in triple if not isinstance(node, Literal)}
    assert [node for node in nodes if isinstance(node, BNode)] == []
    assert [node for node in nodes if "://" not in str(node)] == []


def test_the_same_graph_gives_the_same_description(real_graph: Graph) -> None:
    again = Graph(real_graph.house, real_graph.store, real_graph.version, "es")
    assert describe(again, FILES) == describe(real_graph, FILES)
