"""Every rule has an example that breaks it alone and says how to mend; the sample and the real data break none."""

import re
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.namespace import SH

from cicte_graph.build import Built
from cicte_graph.derive import derive
from cicte_graph.house import House, open_house
from cicte_graph.query_library import find_queries
from cicte_graph.store import Store
from cicte_graph.terms import GRAPH, ID
from cicte_graph.validate import Finding, Severity, validate
from tests.oracle import shapes_graph

HOUSE = open_house()
EXAMPLES = HOUSE.shapes / "examples"
GRAPH_OF_EXAMPLE = ox.NamedNode(f"{GRAPH}example")
SIDES = {"shared-acronyms": 2, "shared-symbols": 2}  # both of those that share are found
MENDING = re.compile(
    r"`[a-z][^`]*`|(?:^|: |, )(?:break|copy|give|keep|move|name|nest|nothing to mend|put|quote|remove|say|set|write)\b",
    re.IGNORECASE,
)


def messages() -> dict[str, str]:
    """Read what each rule tells the editor, by the rule's name: shapes first, then gaps."""
    shapes = {
        str(shape).rpartition("/")[2]: str(message)
        for shape, message in shapes_graph(HOUSE.shapes).subject_objects(SH.message)
        if isinstance(shape, URIRef)
    }
    gaps = {query.name: query.fix for query in find_queries(HOUSE.queries / "gaps")}
    return dict(sorted(shapes.items())) | gaps


MESSAGES = messages()


def example(rule: str) -> list[ox.Quad]:
    """Read a rule's example into a graph of its own."""
    triples = ox.parse(path=EXAMPLES / f"{rule}.ttl", format=ox.RdfFormat.TURTLE)
    return [ox.Quad(triple.subject, triple.predicate, triple.object, GRAPH_OF_EXAMPLE) for triple in triples]


def findings(house: House, built: Built, added: Iterable[ox.Quad] = ()) -> list[Finding]:
    """Check a graph with quads added, the rules' conclusions drawn from them too."""
    store = Store([*built.store, *added])
    derive(store, house.ontology / "rules")
    return validate(store, built.places, house.shapes, house.queries / "gaps")


def violations(found: Iterable[Finding]) -> list[Finding]:
    """Keep what stops a build."""
    return [finding for finding in found if finding.severity is Severity.VIOLATION]


@pytest.fixture(scope="module")
def before(sample_house: House, sample: Built) -> list[Finding]:
    """What is found in the sample as it stands."""
    return findings(sample_house, sample)


@pytest.mark.parametrize("rule", MESSAGES)
def test_the_example_of_a_rule_breaks_that_rule_and_no_other(
    rule: str, sample_house: House, sample: Built, before: list[Finding]
) -> None:
    assert (EXAMPLES / f"{rule}.ttl").is_file()
    found = findings(sample_house, sample, example(rule))
    assert [finding.rule for finding in found if finding not in before] == [rule] * SIDES.get(rule, 1)


def test_every_example_is_of_a_rule() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == {f"{rule}.ttl" for rule in MESSAGES}


def test_an_example_says_first_what_is_broken() -> None:
    firsts = {path.name: path.read_text(encoding="utf-8").splitlines()[0] for path in EXAMPLES.glob("*.ttl")}
    assert {name: first for name, first in firsts.items() if not re.fullmatch(r"# [A-Z].*\.", first)} == {}


def test_an_example_adds_records_that_the_sample_does_not_have(sample: Built) -> None:
    there = {str(quad.subject) for quad in sample.store}
    added = {str(quad.subject) for path in EXAMPLES.glob("*.ttl") for quad in example(path.stem)}
    assert added & there == set()
    assert {subject for subject in added if not subject.startswith(f"<{ID}")} == set()


def test_the_sample_conforms(before: list[Finding]) -> None:
    assert violations(before) == []


def test_the_real_data_conforms(real_house: House, real: Built) -> None:
    found = validate(real.store, real.places, real_house.shapes, real_house.queries / "gaps")
    assert violations(found) == []


@pytest.mark.parametrize("rule", MESSAGES)
def test_a_message_says_how_to_mend(rule: str) -> None:
    assert MENDING.search(MESSAGES[rule]), MESSAGES[rule]
