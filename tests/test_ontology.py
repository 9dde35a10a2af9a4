"""The ontology: its terms explained, declared where used, used where declared, and aligned without harm."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from cicte_graph import __version__
from cicte_graph.build import Built
from cicte_graph.house import open_house
from cicte_graph.terms import CICTE, CONCEPT, GRAPH, ID, ONTOLOGY, PREFIXES, class_iri, shorten
from tests.oracle import rdflib_graph

ALIGNMENTS = Path(__file__).parent / "alignments.ttl"
HOUSE = open_house()
SHAPES = sorted(HOUSE.shapes.glob("*.ttl"))
QUESTIONS = sorted([*(HOUSE.ontology / "rules").glob("*.rq"), *HOUSE.queries.rglob("*.rq")])

OURS = Namespace(CICTE)
ELI = Namespace("http://data.europa.eu/eli/ontology#")
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)
INCONSISTENCY = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # how owlrl says that it found one

OTHER_WORDS = {  # context keys that are not their property's name in words, and why
    "also known as": ("altLabel", "an editor knows no SKOS"),
    "plan status": ("status", "a plan's list of values is another than a link's"),
    "work areas": ("partOf", "records nested below what they are part of, read upward"),
    "clauses": ("partOf", "likewise"),
    "projects": ("partOf", "likewise"),
    "activities": ("partOf", "likewise"),
    "outcomes": ("partOf", "likewise"),
    "targets": ("target", "the plural of a property that points down"),
    "provisions": ("provisionOf", "records nested below their instrument, read upward"),
    "subparagraphs": ("subparagraphOf", "records nested below their paragraph, read upward"),
    "partners": ("element", "participations nested below their element, read upward"),
    "justifications": ("element", "records nested below their element, read upward"),
    "continuities": ("later", "records nested below the later element, read upward"),
}

APART = [  # no record may be both, whatever is concluded
    (OURS.PlanElement, PROV.Activity),
    (OURS.PlanElement, PROV.Agent),
    (OURS.PlanElement, FOAF.Agent),
    (OURS.PlanElement, ORG.Organization),
    (OURS.PlanElement, OURS.Organization),
    (OURS.PlanElement, SDO.Organization),
    (OURS.PlanElement, ELI.Work),
    (OURS.WorkPlan, PROV.Activity),
    (OURS.WorkPlan, ELI.Work),
    (OURS.Organization, SDO.Project),
    (OURS.Organization, ELI.Work),
    (OURS.Country, ORG.Organization),
    (OURS.Region, ORG.Organization),
    (OURS.Justification, PROV.Activity),
    (OURS.Participation, ORG.Membership),
]

FEW_RECORDS = """
id:work-plan a cicte:WorkPlan .
id:program a cicte:Program ; cicte:partOf id:work-plan ; cicte:topic id:subject ;
    cicte:mandatedBy id:resolution ; cicte:partner id:organization .
id:project a cicte:Project ; cicte:partOf id:program .
id:subject a skos:Concept .
id:resolution a cicte:Resolution .
id:unit a cicte:Organization ; cicte:parent id:organization .
id:organization a cicte:Organization .
"""


def short(nodes: Iterable[Node | str]) -> list[str]:
    return sorted(shorten(str(node)) for node in nodes)


def declared(ontology: Graph, *kinds: Node) -> set[Node]:
    return {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}


def ours(iris: Iterable[Node | str]) -> set[str]:
    """Keep the terms and concepts of this vocabulary; the namespaces themselves are none."""
    return {str(iri) for iri in iris if re.match(f"({re.escape(CICTE)}|{re.escape(CONCEPT)})[^/]", str(iri))}


def undeclared(iris: Iterable[Node | str], ontology: Graph) -> list[str]:
    known = declared(ontology, OWL.Class, *PROPERTY_KINDS, SKOS.Concept, SKOS.ConceptScheme)
    return short(ours(iris) - set(map(str, known)))


def named_in_query(path: Path) -> set[str]:
    """List the IRIs a query names, with a prefix or written out."""
    code = re.sub(r'(?m)^#.*$|"[^"]*"', "", path.read_text(encoding="utf-8"))
    prefixes = PREFIXES | dict(re.findall(r"(?m)^PREFIX ([\w-]+): <(.*)>$", code))
    body = re.sub(r"(?m)^PREFIX .*$", "", code)
    short_ones = {prefixes[prefix] + local for prefix, local in re.findall(r"([\w-]+):([A-Za-z][\w-]*)", body)}
    return short_ones | set(re.findall(r"<(https?://[^<>\s]*)>", body))


def named_in_context(value: Any) -> set[str]:
    """List the IRIs of the context: properties, lists and the classes that identifiers begin with."""
    if isinstance(value, dict):
        return set().union(*map(named_in_context, value.values()))
    if str(value).startswith(ID):
        return {class_iri(str(value).removeprefix(ID))} if value != ID else set()
    expanded = re.sub("^cicte:", CICTE, str(value))
    return {expanded.rstrip("/")}


def above(terms: Iterable[Node], graph: Graph, step: URIRef) -> set[Node]:
    """Add to terms all that a chain of steps up reaches from them."""
    reached = {higher for term in terms for higher in graph.transitive_objects(term, step)}
    return {term for term in reached if term is not None}


def count(graph: Graph, term: Node, text: URIRef, language: str) -> int:
    """Count the texts of a term in a language, blank ones left out."""
    texts = [value for value in graph.objects(term, text) if isinstance(value, Literal) and value.strip()]
    return Counter(value.language for value in texts)[language]


def in_data(built: Built) -> list[ox.Quad]:
    return [quad for quad in built.store if quad.graph_name != ox.NamedNode(f"{GRAPH}ontology")]


def conclusions(graph: Graph) -> Graph:
    """Add to a graph what the aligned vocabularies say and all that OWL 2 RL concludes from both."""
    graph.parse(ALIGNMENTS)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def in_both(graph: Graph, kind: Node, other: Node) -> list[str]:
    both = set(graph.subjects(RDF.type, kind)) & set(graph.subjects(RDF.type, other))
    return [f"{record}: {' and '.join(short([kind, other]))}" for record in short(both)]


def in_disjoint_classes(graph: Graph) -> list[str]:
    return [line for one, other in graph.subject_objects(OWL.disjointWith) for line in in_both(graph, one, other)]


def taken_for_more(said: Graph, concluded: Graph) -> Iterator[str]:
    """Yield the records that a domain or range puts into a class which their own class does not imply."""
    for record in {subject for subject in said.subjects(RDF.type) if str(subject).startswith(ID)}:
        implied = {OWL.Thing}.union(
            *(concluded.objects(kind, RDFS.subClassOf) for kind in said.objects(record, RDF.type))
        )
        classes = {kind for kind in concluded.objects(record, RDF.type) if isinstance(kind, URIRef)}
        yield from (f"{shorten(str(record))}: {name}" for name in short(classes - implied))


def contradictions(graph: Graph) -> list[str]:
    void = [term for step in (RDF.type, RDFS.subClassOf) for term in graph.subjects(step, OWL.Nothing)]
    return [*map(str, graph.objects(None, INCONSISTENCY)), *short(term for term in void if term != OWL.Nothing)]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for path in sorted(HOUSE.ontology.glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def said(real: Built) -> Graph:
    return rdflib_graph(real.store)


@pytest.fixture(scope="module")
def concluded(real: Built) -> Graph:
    """All that follows from the whole real graph; it takes seconds, so nothing is left out."""
    return conclusions(rdflib_graph(real.store))


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(HOUSE.context.read_text(encoding="utf-8"))["@context"]
    return document


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_every_class_and_property_has_one_label_and_one_definition(
    ontology: Graph, text: URIRef, language: str
) -> None:
    terms = declared(ontology, OWL.Class, *PROPERTY_KINDS)
    assert len(terms) > 100
    assert short(term for term in terms if count(ontology, term, text, language) != 1) == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", [SKOS.prefLabel, SKOS.definition], ids=["label", "definition"])
def test_every_concept_and_list_has_one_label_and_one_definition(ontology: Graph, text: URIRef, language: str) -> None:
    concepts = declared(ontology, SKOS.Concept, SKOS.ConceptScheme)
    assert len(concepts) > 100
    assert short(concept for concept in concepts if count(ontology, concept, text, language) != 1) == []


def test_every_term_and_concept_is_told_from_its_neighbors(ontology: Graph) -> None:
    terms = declared(ontology, OWL.Class, *PROPERTY_KINDS, SKOS.Concept)
    assert short(term for term in terms if count(ontology, term, SKOS.scopeNote, "en") != 1) == []


def test_every_class_and_property_says_where_it_is_defined(ontology: Graph) -> None:
    terms = declared(ontology, OWL.Class, *PROPERTY_KINDS)
    assert short(term for term in terms if (term, RDFS.isDefinedBy, URIRef(ONTOLOGY)) not in ontology) == []


def test_every_declared_class_and_property_is_of_this_vocabulary_and_of_one_kind(ontology: Graph) -> None:
    kinds = Counter(term for kind in (OWL.Class, *PROPERTY_KINDS) for term in ontology.subjects(RDF.type, kind))
    assert short(term for term, number in kinds.items() if number > 1 or not str(term).startswith(CICTE)) == []


def test_every_concept_goes_by_its_list_and_key(ontology: Graph) -> None:
    for concept in declared(ontology, SKOS.Concept):
        scheme, _, key = str(concept).rpartition("/")
        assert list(ontology.objects(concept, SKOS.notation)) == [Literal(key)]
        assert list(ontology.objects(concept, SKOS.inScheme)) == [URIRef(scheme)]
        assert (URIRef(scheme), RDF.type, SKOS.ConceptScheme) in ontology


def test_every_concept_is_labeled_for_readers_of_rdfs_too(ontology: Graph) -> None:
    for concept in declared(ontology, SKOS.Concept, SKOS.ConceptScheme):
        assert set(ontology.objects(concept, RDFS.label)) == set(ontology.objects(concept, SKOS.prefLabel))


def test_every_concept_is_at_the_top_of_its_list_or_below_another_of_it(ontology: Graph) -> None:
    for concept in declared(ontology, SKOS.Concept):
        scheme = ontology.value(concept, SKOS.inScheme)
        tops = list(ontology.objects(concept, SKOS.topConceptOf))
        broader = list(ontology.objects(concept, SKOS.broader))
        assert len(tops + broader) == 1, concept
        assert set(tops) <= {scheme}
        assert {ontology.value(one, SKOS.inScheme) for one in broader} <= {scheme}
        chain = above([concept], ontology, SKOS.broader)
        assert any((higher, SKOS.topConceptOf, scheme) in ontology for higher in chain), f"{concept} is in a circle"


def test_no_two_concepts_of_a_list_share_a_label_in_one_language(ontology: Graph) -> None:
    bearers = defaultdict(set)
    for concept in declared(ontology, SKOS.Concept):
        for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for label in ontology.objects(concept, kind):
                assert isinstance(label, Literal)
                scheme = ontology.value(concept, SKOS.inScheme)
                bearers[scheme, label.language, label.casefold()].add(concept)
    assert [short(concepts) for concepts in bearers.values() if len(concepts) > 1] == []


def test_every_term_and_concept_in_the_graph_is_declared(real: Built, ontology: Graph) -> None:
    used = {
        node.value
        for quad in real.store
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, ox.NamedNode)
    }
    assert undeclared(used, ontology) == []


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_term_and_concept_in_a_shape_is_declared(path: Path, ontology: Graph) -> None:
    used = ours(node for triple in Graph().parse(path) for node in triple)
    assert used, "a shape that names nothing of ours"
    assert undeclared(used, ontology) == []


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_term_and_concept_in_a_rule_or_query_is_declared(path: Path, ontology: Graph) -> None:
    assert undeclared(named_in_query(path), ontology) == []


def test_every_term_list_and_class_in_the_context_is_declared(context: dict[str, Any], ontology: Graph) -> None:
    used = named_in_context(context)
    assert {f"{CICTE}partOf", f"{CONCEPT}basis", f"{CICTE}SourceDocument"} <= used
    assert undeclared(used, ontology) == []


def test_every_term_named_in_a_note_is_declared(ontology: Graph) -> None:
    texts = " ".join(value for value in ontology.objects() if isinstance(value, Literal))
    assert undeclared((CICTE + name for name in re.findall(r"\bcicte:(\w+)", texts)), ontology) == []


def test_every_class_and_property_is_used_in_the_data_or_by_a_rule_or_query(real: Built, ontology: Graph) -> None:
    used = {iri for path in QUESTIONS for iri in named_in_query(path)}
    for quad in in_data(real):
        used.add(quad.predicate.value)
        if quad.predicate.value == str(RDF.type) and isinstance(quad.object, ox.NamedNode):
            used.add(quad.object.value)
    used_terms = {URIRef(iri) for iri in used}
    reached = above(used_terms, ontology, RDFS.subClassOf) | above(used_terms, ontology, RDFS.subPropertyOf)
    assert short(declared(ontology, OWL.Class, *PROPERTY_KINDS) - reached) == []


def test_every_list_has_values_in_use(real: Built, ontology: Graph) -> None:
    values = {URIRef(quad.object.value) for quad in in_data(real) if isinstance(quad.object, ox.NamedNode)}
    lists = {ontology.value(value, SKOS.inScheme) for value in values}
    assert short(declared(ontology, SKOS.ConceptScheme) - {one for one in lists if one is not None}) == []


@pytest.mark.parametrize(
    ("property_", "value"),
    [
        (RDF.type, OWL.Ontology),
        (OWL.versionIRI, URIRef(f"{ONTOLOGY}/{__version__}")),
        (OWL.versionInfo, Literal(__version__)),
        (DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")),
        (VANN.preferredNamespacePrefix, Literal("cicte")),
        (VANN.preferredNamespaceUri, Literal(CICTE)),
    ],
    ids=lambda value: shorten(str(value)),
)
def test_the_header_says_what_it_is_and_under_which_terms(ontology: Graph, property_: URIRef, value: Node) -> None:
    assert (URIRef(ONTOLOGY), property_, value) in ontology


def test_the_header_has_a_title_and_a_description_in_english_and_spanish(ontology: Graph) -> None:
    for text in (DCTERMS.title, DCTERMS.description):
        assert [count(ontology, URIRef(ONTOLOGY), text, language) for language in ("en", "es")] == [1, 1]


def test_the_header_names_a_creator_with_a_name(ontology: Graph) -> None:
    creator = ontology.value(URIRef(ONTOLOGY), DCTERMS.creator)
    assert creator is not None
    assert ontology.value(creator, FOAF.name)


def test_the_header_is_cited_by_its_version(ontology: Graph) -> None:
    citation = str(ontology.value(URIRef(ONTOLOGY), DCTERMS.bibliographicCitation))
    assert f"version {__version__}" in citation
    assert citation.endswith(f"{ONTOLOGY}/{__version__}")


def test_nothing_is_imported(ontology: Graph) -> None:
    assert list(ontology.subject_objects(OWL.imports)) == []


def test_no_node_in_ontology_or_data_is_blank(real: Built) -> None:
    nodes = [node for quad in real.store for node in (quad.subject, quad.object)]
    assert [node for node in nodes if isinstance(node, ox.BlankNode)] == []


@pytest.mark.parametrize(("kind", "other"), APART, ids=lambda value: shorten(str(value)))
def test_reasoning_keeps_kinds_apart(concluded: Graph, kind: URIRef, other: URIRef) -> None:
    assert (None, RDF.type, kind) in concluded
    assert in_both(concluded, kind, other) == []


def test_reasoning_takes_no_record_for_more_than_its_class_implies(said: Graph, concluded: Graph) -> None:
    assert list(taken_for_more(said, concluded)) == []


def test_reasoning_puts_nothing_into_two_disjoint_classes(concluded: Graph) -> None:
    assert len(list(concluded.subject_objects(OWL.disjointWith))) > 20
    assert in_disjoint_classes(concluded) == []


def test_reasoning_finds_no_contradiction(concluded: Graph) -> None:
    assert contradictions(concluded) == []


@pytest.mark.parametrize(
    ("axiom", "harm"),
    [
        ("cicte:Program rdfs:subClassOf prov:Activity", "id:program: prov:Activity and prov:Entity"),
        ("cicte:Project rdfs:subClassOf schema:Project", "id:project: cicte:PlanElement and schema:Organization"),
        ("cicte:Project rdfs:subClassOf org:Organization", "id:project: cicte:PlanElement and foaf:Agent"),
        ("cicte:partOf rdfs:subPropertyOf eli:is_part_of", "id:project: cicte:PlanElement and eli:Work"),
        ("cicte:mandatedBy rdfs:subPropertyOf eli:based_on", "id:program: eli:Work"),
        ("cicte:partner rdfs:subPropertyOf prov:wasGeneratedBy", "id:organization: prov:Activity"),
        ("cicte:parent rdfs:range cicte:PlanElement", "id:organization: cicte:Organization and cicte:PlanElement"),
        ("cicte:topic rdfs:domain skos:ConceptScheme", "id:program: skos:ConceptScheme"),
    ],
)
def test_an_alignment_that_bites_is_noticed(ontology: Graph, axiom: str, harm: str) -> None:
    said = Graph()
    for triple in ontology:
        if triple[1] in {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith}:
            said.add(triple)
    prologue = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
    said.parse(data=f"{prologue}{FEW_RECORDS}{axiom} .", format="turtle")
    concluded = conclusions(Graph() + said)
    mixed = [line for kind, other in APART for line in in_both(concluded, kind, other)]
    assert harm in [*mixed, *in_disjoint_classes(concluded), *taken_for_more(said, concluded)]


def test_a_key_is_its_propertys_name_in_words_or_says_why_not(context: dict[str, Any]) -> None:
    differing = {}
    for key, meaning in context.items():
        if isinstance(meaning, dict):
            name = str(meaning.get("@id") or meaning["@reverse"]).partition(":")[2]
            first, *rest = key.split(" ")
            if name != first + "".join(word.capitalize() for word in rest):
                differing[key] = name
    assert differing == {key: name for key, (name, _) in OTHER_WORDS.items()}


def test_a_key_reads_its_values_as_the_range_of_its_property_says(context: dict[str, Any], ontology: Graph) -> None:
    for key, meaning in keys_of_ours(context):
        if "@reverse" in meaning:
            continue
        said_range = set(ontology.objects(property_of(meaning), RDFS.range))
        if meaning.get("@container") == "@language":
            assert said_range == {RDF.langString}, key
        elif meaning.get("@type") == "@vocab":
            scheme = URIRef(meaning["@context"]["@vocab"].rstrip("/"))
            assert said_range == {SKOS.Concept}, key
            assert (property_of(meaning), RDFS.seeAlso, scheme) in ontology, key
        elif str(meaning.get("@type")).startswith("xsd:"):
            assert said_range == {XSD[meaning["@type"].removeprefix("xsd:")]}, key
        else:
            assert (property_of(meaning), RDF.type, OWL.ObjectProperty) in ontology, key


def test_a_key_begins_identifiers_with_a_class_that_its_property_takes(
    context: dict[str, Any], ontology: Graph
) -> None:
    checked = 0
    for key, meaning in keys_of_ours(context):
        base = meaning.get("@context", {}).get("@base", "")
        if not base.startswith(ID) or base == ID:
            continue
        sides = (RDFS.domain, SDO.domainIncludes) if "@reverse" in meaning else (RDFS.range, SDO.rangeIncludes)
        allowed = {kind for side in sides for kind in ontology.objects(property_of(meaning), side)}
        named = URIRef(class_iri(base.removeprefix(ID)))
        assert above([named], ontology, RDFS.subClassOf) & allowed, key
        checked += 1
    assert checked > 20


def keys_of_ours(context: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    keys = [(key, meaning) for key, meaning in context.items() if isinstance(meaning, dict)]
    return [(key, meaning) for key, meaning in keys if str(property_of(meaning)).startswith(CICTE)]


def property_of(meaning: dict[str, Any]) -> URIRef:
    return URIRef(re.sub("^cicte:", CICTE, meaning.get("@id") or meaning["@reverse"]))
