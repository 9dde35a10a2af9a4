"""The catalog of questions is what other tools expect, and its queries give the same rows wherever they run."""

import re
from collections import Counter

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate
from rdflib.namespace import RDF, RDFS, SH, XSD

from cicte_graph.answers import answer
from cicte_graph.build import Built
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.query_catalog import ENDPOINT, as_turtle
from cicte_graph.query_library import Query, examples, find_queries, pick_query, runnable
from cicte_graph.table import as_value
from cicte_graph.terms import PREFIXES
from tests.oracle import rdflib_graph

SCHEMA = rdflib.Namespace("https://schema.org/")
QUERIES = list(find_queries(open_house().queries))

CONVENTION = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .

ex:Executable a sh:NodeShape ;
    sh:targetClass sh:SPARQLExecutable ;
    sh:nodeKind sh:IRI ;
    sh:xone (
        [ sh:property [ sh:path sh:select ; sh:minCount 1 ] ]
        [ sh:property [ sh:path sh:ask ; sh:minCount 1 ] ]
        [ sh:property [ sh:path sh:construct ; sh:minCount 1 ] ]
    ) ;
    sh:property [ sh:path sh:select ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
    sh:property [ sh:path sh:ask ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
    sh:property [ sh:path sh:construct ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
    sh:property [
        sh:path rdfs:comment ; sh:minCount 1 ; sh:uniqueLang true ;
        sh:or ( [ sh:datatype rdf:langString ] [ sh:datatype rdf:HTML ] )
    ] ;
    sh:property [ sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path schema:keywords ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
    sh:property [ sh:path sh:prefixes ; sh:minCount 1 ; sh:maxCount 1 ; sh:node ex:Prefixes ] .

ex:Select a sh:NodeShape ;
    sh:targetSubjectsOf sh:select ;
    sh:class sh:SPARQLExecutable , sh:SPARQLSelectExecutable .

ex:Prefixes a sh:NodeShape ;
    sh:property [ sh:path sh:declare ; sh:minCount 1 ; sh:node ex:Declaration ] .

ex:Declaration a sh:NodeShape ;
    sh:property [ sh:path sh:prefix ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
    sh:property [ sh:path sh:namespace ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:anyURI ] .
"""


@pytest.fixture(scope="module")
def catalog() -> rdflib.Graph:
    """The catalog, read by a tool that is not ours."""
    return rdflib.Graph().parse(data=as_turtle(QUERIES), format="turtle")


@pytest.fixture(scope="module")
def selects(catalog: rdflib.Graph) -> dict[str, str]:
    """The query of each entry, by the question's name."""
    return {str(entry).rpartition("/")[2]: str(text) for entry, text in catalog.subject_objects(SH.select)}


@pytest.fixture(scope="module")
def plain_real(real: Built) -> rdflib.Graph:
    """The real graph, all graphs as one, for the second engine."""
    return rdflib_graph(real.store)


@pytest.fixture(scope="module")
def plain_sample(sample: Built) -> rdflib.Graph:
    """The sample graph, all graphs as one, for the second engine."""
    return rdflib_graph(sample.store)


@pytest.fixture(scope="module")
def store(real: Built) -> ox.Store:
    """The real graph in a bare store of the first engine."""
    bare = ox.Store()
    bare.extend(real.store)
    return bare


def asked(graph: Graph, query: Query) -> list[list[object]]:
    """Answer a question with the examples of its parameters."""
    table = answer(graph, query.name, {name: param.example for name, param in query.params.items()})
    return [list(row) for row in table.rows]


def valid(data: rdflib.Graph) -> tuple[bool, str]:
    conforms, _, text = validate(data, shacl_graph=rdflib.Graph().parse(data=CONVENTION, format="turtle"))
    return bool(conforms), str(text)


def test_every_question_is_there_once(catalog: rdflib.Graph, real_house: House) -> None:
    entries = list(catalog.subjects(RDF.type, SH.SPARQLExecutable))
    names = Counter(str(entry).rpartition("/")[2] for entry in entries)
    assert names == Counter(path.stem for path in real_house.queries.rglob("*.rq"))
    assert set(names.values()) == {1}
    assert all(str(entry).startswith(f"{ENDPOINT}/.well-known/sparql-examples/") for entry in entries)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_an_entry_says_what_the_header_says(catalog: rdflib.Graph, query: Query) -> None:
    entry = rdflib.URIRef(f"{ENDPOINT}/.well-known/sparql-examples/{query.name}")
    assert catalog.value(entry, RDFS.label) == rdflib.Literal(query.title, lang="en")
    assert catalog.value(entry, RDFS.comment) == rdflib.Literal(query.question, lang="en")
    assert rdflib.Literal(query.topic) in catalog.objects(entry, SCHEMA.keywords)
    assert list(catalog.objects(entry, SCHEMA.target)) == [rdflib.URIRef(ENDPOINT)]
    assert (entry, RDF.type, SH.SPARQLSelectExecutable) in catalog
    select = str(catalog.value(entry, SH.select))
    assert query.question in select
    assert "union of all graphs" in select


def test_the_catalog_is_as_the_convention_wants_it(catalog: rdflib.Graph) -> None:
    conforms, text = valid(catalog)
    assert conforms, text


BROKEN = {
    "two queries": "?entry sh:ask 'ASK {}'",
    "no query": "",
    "an address in quotation marks": "?entry schema:target 'https://example.org/sparql'",
    "a comment in no language": "?entry rdfs:comment 'In no language'",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_convention_as_written_here_notices_a_fault(catalog: rdflib.Graph, fault: str) -> None:
    broken = rdflib.Graph() + catalog
    entry = next(broken.subjects(SH.select))
    if BROKEN[fault]:
        broken.update(
            f"INSERT {{ {BROKEN[fault]} }} WHERE {{ BIND(<{entry}> AS ?entry) }}",
            initNs={"sh": SH, "schema": SCHEMA, "rdfs": RDFS},
        )
    else:
        broken.remove((entry, SH.select, None))
    assert not valid(broken)[0]


def test_prefixes_are_declared_once_and_are_those_of_the_house(catalog: rdflib.Graph) -> None:
    owners = set(catalog.objects(None, SH.prefixes))
    assert len(owners) == 1
    declared = [
        (str(catalog.value(one, SH.prefix)), str(catalog.value(one, SH.namespace)))
        for one in catalog.objects(next(iter(owners)), SH.declare)
    ]
    assert len(declared) == len(dict(declared)) > 2
    assert all(PREFIXES[prefix] == namespace for prefix, namespace in declared)
    types = {one.datatype for one in catalog.objects(None, SH.namespace) if isinstance(one, rdflib.Literal)}
    assert types == {XSD.anyURI}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_prefix_a_query_uses_it_has(selects: dict[str, str], query: Query) -> None:
    ox.Store().query(selects[query.name])  # knows no prefix by itself
    assert "BASE " not in selects[query.name]
    assert not re.search(r"(?m)^# (title|why|params|returns):", selects[query.name])


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_an_entry_gives_the_rows_of_the_question_with_its_examples(
    selects: dict[str, str], store: ox.Store, real_graph: Graph, query: Query
) -> None:
    assert selects[query.name] == runnable(query, examples(query))
    found = store.query(selects[query.name], use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    assert names == list(query.returns)
    rows = [[as_value(solution[name]) for name in names] for solution in found]
    ordered = asked(real_graph, query)
    assert Counter(map(str, rows)) == Counter(map(str, ordered))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_an_entry_gives_as_many_rows_on_a_second_engine(
    selects: dict[str, str],
    plain_real: rdflib.Graph,
    plain_sample: rdflib.Graph,
    real_graph: Graph,
    sample_graph: Graph,
    query: Query,
    request: pytest.FixtureRequest,
) -> None:
    # a question without parameters stands as in its file, which tests/test_queries.py asks of the real graph
    plain, graph = (plain_real, real_graph) if query.params else (plain_sample, sample_graph)
    if "GRAPH" in query.sparql:
        plain, graph = request.getfixturevalue("plain_dataset"), real_graph
    assert len(list(plain.query(selects[query.name]))) == len(asked(graph, query))


def test_a_value_cannot_get_out_of_its_place(real_graph: Graph) -> None:
    query = pick_query(real_graph.house.queries, "passages-with")
    hostile = "\")} UNION { ?a ?b ?c } # \\ \n' <x> ?words"
    text = runnable(query, {"words": ox.Literal(hostile)})
    assert list(real_graph.store.rows(text)) == []
    [row] = real_graph.store.rows(re.sub(r"(?s)\?evidence .*\n\}", "}", text).replace("ORDER BY", "# "))
    assert row["words"].value == hostile


def test_a_question_unbound_is_left_as_it_is(real_graph: Graph) -> None:
    query = pick_query(real_graph.house.queries, "partners-of")
    text = runnable(query, {})
    assert "VALUES (" not in text
    body = "\n".join(line for line in query.sparql.splitlines() if not line.startswith("#")).strip()
    assert text.endswith(f"{body}\n")


def test_the_catalog_is_the_same_every_time() -> None:
    assert as_turtle(QUERIES) == as_turtle(find_queries(open_house().queries))
