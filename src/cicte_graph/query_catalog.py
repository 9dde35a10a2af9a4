"""Publish the query library as RDF, in the sparql-examples convention, so that other tools can list and run it.

The convention: https://github.com/sib-swiss/sparql-examples. Parameters stand with their examples.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from cicte_graph.query_library import Query, examples, runnable
from cicte_graph.terms import BASE, PREFIXES

__all__ = ["ENDPOINT", "EXAMPLES", "as_turtle"]

ENDPOINT = f"{BASE}sparql"
EXAMPLES = f"{ENDPOINT}/.well-known/sparql-examples/"
SH, RDF, RDFS, SCHEMA, XSD = (PREFIXES[prefix] for prefix in ("sh", "rdf", "rdfs", "schema", "xsd"))
DECLARED = ox.BlankNode("sparql_examples_prefixes")  # the convention's own name for them


def as_turtle(queries: Iterable[Query]) -> bytes:
    """Describe questions as executable examples, prefixes declared once."""
    triples = [triple for query in queries for triple in _described(query)]
    used = {name for name, base in PREFIXES.items() if any(base in str(triple.object) for triple in triples)}
    triples += [triple for name in sorted(used) for triple in _declaration(name)]
    prefixes = {name: PREFIXES[name] for name in ("sh", "rdf", "rdfs", "schema", "xsd")} | {"ex": EXAMPLES}
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def _described(query: Query) -> Iterable[ox.Triple]:
    subject = ox.NamedNode(EXAMPLES + query.name)

    def say(name: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(name), value)

    yield say(f"{RDF}type", ox.NamedNode(f"{SH}SPARQLExecutable"))
    yield say(f"{RDF}type", ox.NamedNode(f"{SH}SPARQLSelectExecutable"))
    yield say(f"{RDFS}label", ox.Literal(query.title, language="en"))
    yield say(f"{RDFS}comment", ox.Literal(query.question, language="en"))
    yield say(f"{SCHEMA}keywords", ox.Literal(query.topic))
    yield say(f"{SCHEMA}target", ox.NamedNode(ENDPOINT))
    yield say(f"{SH}prefixes", DECLARED)
    yield say(f"{SH}select", ox.Literal(runnable(query, examples(query))))


def _declaration(name: str) -> Iterable[ox.Triple]:
    declared = ox.BlankNode(f"prefix_{name}")
    yield ox.Triple(DECLARED, ox.NamedNode(f"{SH}declare"), declared)
    yield ox.Triple(declared, ox.NamedNode(f"{SH}prefix"), ox.Literal(name))
    namespace = ox.Literal(PREFIXES[name], datatype=ox.NamedNode(f"{XSD}anyURI"))
    yield ox.Triple(declared, ox.NamedNode(f"{SH}namespace"), namespace)
