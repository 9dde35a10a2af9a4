"""Names of the vocabulary: namespaces and how IRIs are written short.

Knows no class or property; what the ontology says is not repeated here.
"""

__all__ = [
    "BASE",
    "CICTE",
    "CONCEPT",
    "GRAPH",
    "ID",
    "ONTOLOGY",
    "PREFIXES",
    "RELEASE",
    "class_iri",
    "expand",
    "shorten",
]

BASE = "https://w3id.org/cicte-graph/"
ONTOLOGY = f"{BASE}ontology"
CICTE = f"{ONTOLOGY}#"
ID = f"{BASE}id/"
CONCEPT = f"{BASE}concept/"
GRAPH = f"{BASE}graph/"
RELEASE = f"{GRAPH}release"  # where a server says which version it holds

PREFIXES = {
    "cicte": CICTE,
    "id": ID,
    "concept": CONCEPT,
    "graph": GRAPH,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "sh": "http://www.w3.org/ns/shacl#",
    "wd": "http://www.wikidata.org/entity/",
}
LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))


def shorten(iri: str) -> str:
    """Write an IRI with the longest known prefix; `id:` records and others come back readable."""
    for prefix, base in LONGEST_FIRST:
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


def expand(name: str) -> str:
    """Write out a shortened IRI; a name with no known prefix is taken as a record's identifier."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return name if "://" in name else ID + name


def class_iri(identifier: str) -> str:
    """Name the class of a record after the first part of its identifier: `work-plan/...` is a WorkPlan."""
    return CICTE + "".join(word.capitalize() for word in identifier.split("/", maxsplit=1)[0].split("-"))
