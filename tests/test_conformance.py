"""Our check finds what pySHACL finds: by hand, component by component; on made-up plans; and on any damaged graph."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cicte_graph.build import Built
from cicte_graph.derive import derive
from cicte_graph.errors import SourceFileError
from cicte_graph.house import House
from cicte_graph.load import Place
from cicte_graph.recheck import find_violations_again
from cicte_graph.shape_files import read_shapes
from cicte_graph.store import Store
from cicte_graph.terms import CICTE, GRAPH, ID, PREFIXES, shorten
from cicte_graph.validate import find_violations, violations_in
from tests.conftest import PROLOGUE
from tests.oracle import pyshacl_findings

GENERATE = Path(__file__).parent.parent / "benchmarks" / "generate"
TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
ASIDE = ox.NamedNode(f"{GRAPH}aside")
HEAD = f"{PROLOGUE}PREFIX : <{ID}>\nPREFIX shape: <https://w3id.org/cicte-graph/shape/>\n"
ASKED = HEAD + 'shape:rule a sh:NodeShape ; sh:targetClass :Thing ; sh:message "Mend it." ; {} .'
PROPERTY = ' shape:part a sh:PropertyShape ; sh:message "Mend the part." ; {} .'

Findings = Counter[tuple[str, str, str]]
Judge = Callable[[str, str], list[str]]


def ours(store: Store, shapes: Path) -> Findings:
    """Count our findings as the oracle counts its own."""
    return Counter((found.record, found.rule, found.message) for found in find_violations(store, {}, shapes))


def graph(turtle: str) -> Store:
    """Read a small graph."""
    quads = ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)
    return Store(ox.Quad(quad.subject, quad.predicate, quad.object, ASIDE) for quad in quads)


def written(folder: Path, shapes: str) -> Path:
    """Write shapes into a folder."""
    (folder / "rule.ttl").write_text(shapes, encoding="utf-8")
    return folder


def of_property(folder: Path, asked: str) -> Path:
    """Write a shape of the values of a property into a folder."""
    return written(folder, ASKED.format("sh:property shape:part") + PROPERTY.format(asked))


@pytest.fixture
def refused(tmp_path: Path) -> Judge:
    """Judge data by what a property shape asks; pySHACL must agree. Gives one name for each result."""

    def judge(asked: str, data: str) -> list[str]:
        shapes = of_property(tmp_path, asked)
        store = graph(data)
        found = ours(store, shapes)
        assert found == pyshacl_findings(store, shapes)
        assert {(rule, message) for _, rule, message in found} <= {("part", "Mend the part.")}
        return sorted(record.removeprefix(ID) for record, _, _ in found.elements())

    return judge


def test_too_few_values_are_one_result_however_many_are_missing(refused: Judge) -> None:
    data = ":none a :Thing . :one a :Thing ; :p 1 . :two a :Thing ; :p 1, 2 . :other a :Else ."
    assert refused("sh:path :p ; sh:minCount 2", data) == ["none", "one"]


def test_too_many_values_are_one_result_however_many_there_are(refused: Judge) -> None:
    data = ":none a :Thing . :one a :Thing ; :p 1 . :four a :Thing ; :p 1, 2, 3, 4 ."
    assert refused("sh:path :p ; sh:maxCount 1", data) == ["four"]
    assert refused("sh:path :p ; sh:maxCount 0", data) == ["four", "one"]


def test_each_value_of_another_class_is_a_result_besides_that_of_their_number(refused: Judge) -> None:
    data = """:Ship rdfs:subClassOf :Craft . :Tug rdfs:subClassOf :Ship .
        :tug a :Tug . :craft a :Craft . :rock a :Rock .
        :good a :Thing ; :p :tug . :both a :Thing ; :p :rock, "a ship" . :mixed a :Thing ; :p :craft, :unknown ."""
    asked = "sh:path :p ; sh:maxCount 1 ; sh:class :Craft"
    assert refused(asked, data) == ["both", "both", "both", "mixed", "mixed"]


def test_classes_that_stand_below_each_other_end(refused: Judge) -> None:
    data = ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A . :a a :A . :thing a :Thing ; :p :a . :bad a :Thing ; :p :c ."
    assert refused("sh:path :p ; sh:class :B", data) == ["bad"]


def test_a_target_is_an_instance_of_a_class_below_too_and_once(refused: Judge) -> None:
    data = (
        ":Sub rdfs:subClassOf :Thing . :Low rdfs:subClassOf :Sub . :low a :Low, :Thing . :sub a :Sub . :Thing a :Else ."
    )
    assert refused("sh:path :p ; sh:minCount 1", data) == ["low", "sub"]


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ("xsd:string", ['"x"', '""', '"x"^^xsd:string'], ['"x"@en', "1", ":x", "true"]),
        (
            "xsd:integer",
            ["1", "-1", '"+7"^^xsd:integer', '"007"^^xsd:integer'],
            ["1.0", "1e0", '"1"', '"x"^^xsd:integer'],
        ),
        ("xsd:boolean", ["true", "false", '"1"^^xsd:boolean'], ['"yes"^^xsd:boolean', '"true"', "1"]),
        ("xsd:date", ['"2004-02-29"^^xsd:date'], ['"2005-02-29"^^xsd:date', '"2004-2-9"^^xsd:date', '"2004-02-29"']),
        (
            "xsd:date",
            ['"2004-02-29Z"^^xsd:date', '"2004-02-29-05:00"^^xsd:date'],
            ['"2004"^^xsd:gYear', '""^^xsd:date'],
        ),
        ("xsd:gYear", ['"2004"^^xsd:gYear', '"of old"^^xsd:gYear'], ["2004", '"2004-01-01"^^xsd:date', '"2004"']),
    ],
)
def test_a_literal_is_of_its_datatype_and_well_formed(
    datatype: str, good: list[str], bad: list[str], refused: Judge
) -> None:
    values = [f":good{n} a :Thing ; :p {value} ." for n, value in enumerate(good)]
    values += [f":bad{n} a :Thing ; :p {value} ." for n, value in enumerate(bad)]
    assert refused(f"sh:path :p ; sh:datatype {datatype}", "\n".join(values)) == [f"bad{n}" for n in range(len(bad))]


def test_a_value_is_wanted_by_its_term_and_not_by_what_it_looks_like(refused: Judge) -> None:
    data = """:yes a :Thing ; :p "x"@en, 1 . :plain a :Thing ; :p "x" . :iri a :Thing ; :p :x . :nothing a :Thing .
        :tag a :Thing ; :p "x"@EN ."""
    assert refused('sh:path :p ; sh:hasValue "x"@en', data) == ["iri", "nothing", "plain"]
    assert refused("sh:path :p ; sh:hasValue 1, :x", data) == sorted(
        ["yes", "plain", "plain", "iri", "nothing", "nothing", "tag", "tag"]
    )


def test_each_value_out_of_a_list_is_a_result(refused: Judge) -> None:
    data = ':good a :Thing ; :p :x, 1 . :bad a :Thing ; :p :y, "1", :x . :nothing a :Thing .'
    assert refused("sh:path :p ; sh:in ( :x 1 )", data) == ["bad", "bad"]


def test_a_language_is_in_a_range_if_it_begins_with_it(refused: Judge) -> None:
    data = """:en a :Thing ; :p "x"@en . :us a :Thing ; :p "x"@en-US . :old a :Thing ; :p "x"@enm .
        :es a :Thing ; :p "x"@es .
        :plain a :Thing ; :p "x" . :iri a :Thing ; :p :en . :two a :Thing ; :p "x"@es, "y"@fr, "z"@en ."""
    assert refused('sh:path :p ; sh:languageIn ( "en" "pt" )', data) == ["es", "iri", "old", "plain", "two", "two"]


def test_a_language_said_again_is_one_result_for_each_language(refused: Judge) -> None:
    data = """:one a :Thing ; :p "a"@en, "a"@es, "a" , "b", "c"@en-gb . :again a :Thing ; :p "a"@en, "b"@EN, "c"@en .
        :both a :Thing ; :p "a"@en, "b"@en, "a"@es, "b"@es ."""
    assert refused("sh:path :p ; sh:uniqueLang true", data) == ["again", "both", "both"]


def test_what_cannot_be_compared_with_a_limit_is_below_it(refused: Judge) -> None:
    data = """:a a :Thing ; :p 1 . :b a :Thing ; :p 1.0, 2e0, "3"^^xsd:short . :c a :Thing ; :p 0, 0.5, -1 .
        :d a :Thing ; :p "2" . :e a :Thing ; :p :two . :f a :Thing ; :p "two"^^xsd:integer . :g a :Thing ; :p "2"@en .
        :h a :Thing ; :p "NaN"^^xsd:double . :i a :Thing ; :p "INF"^^xsd:double ."""
    assert refused("sh:path :p ; sh:minInclusive 1", data) == ["c", "c", "c", "d", "e", "f", "g", "h"]


def test_a_pattern_is_searched_for_in_texts_and_addresses_alike(refused: Judge) -> None:
    data = """:good a :Thing ; :p "ABC", "xABx"@en . :bad a :Thing ; :p "ab", "A B" .
        :iri a :Thing ; :p <urn:AB>, <urn:x> .
        :number a :Thing ; :p 12 . :blank a :Thing ; :p [] ."""
    assert refused('sh:path :p ; sh:pattern "AB"', data) == ["bad", "bad", "blank", "iri", "number"]
    assert refused('sh:path :p ; sh:pattern "^[0-9]+$"', data).count("number") == 0


def test_values_that_conform_are_counted_and_the_others_are_not(refused: Judge) -> None:
    data = """:none a :Thing . :one a :Thing ; :p "a"@en, "b"@es, :c . :two a :Thing ; :p "a"@en, "b"@en, "c" .
        :three a :Thing ; :p "a"@en, "b"@en, "c"@en ."""
    asked = 'sh:path :p ; sh:qualifiedValueShape [ sh:languageIn ( "en" ) ] ; sh:qualifiedMinCount 1'
    assert refused(asked, data) == ["none"]
    assert refused(f"{asked} ; sh:qualifiedMaxCount 2", data) == ["none", "three"]


def test_a_value_fails_a_node_shape_once_whatever_is_wrong_with_it(refused: Judge) -> None:
    data = (
        """:good a :Thing ; :p :full . :bad a :Thing ; :p :full, :bare, "text" . :full :q 1 ; :r 1 . :bare :q 1, 2 ."""
    )
    asked = "sh:path :p ; sh:node [ sh:property [ sh:path :q ; sh:maxCount 1 ] , [ sh:path :r ; sh:minCount 1 ] ]"
    assert refused(asked, data) == ["bad", "bad"]


def test_a_value_must_not_conform_to_what_is_excluded(refused: Judge) -> None:
    data = ":a a :Thing ; :p :said . :b a :Thing ; :p :unsaid . :c a :Thing . :said :q false . :unsaid :q true ."
    assert refused("sh:path :p ; sh:not [ sh:property [ sh:path :q ; sh:hasValue false ] ]", data) == ["a"]


def test_one_of_several_shapes_is_enough_for_or_and_just_one_for_xone(refused: Judge) -> None:
    data = """:n a :N . :m a :M . :nm a :N, :M . :k a :K .
        :one a :Thing ; :p :n . :other a :Thing ; :p :m . :both a :Thing ; :p :nm .
        :neither a :Thing ; :p :k, :unknown ."""
    assert refused("sh:path :p ; sh:or ( [ sh:class :N ] [ sh:class :M ] )", data) == ["neither", "neither"]
    assert refused("sh:path :p ; sh:xone ( [ sh:class :N ] [ sh:class :M ] )", data) == ["both", "neither", "neither"]


def test_values_over_an_inverse_or_a_sequence_count_once(refused: Judge) -> None:
    data = """:a a :Thing . :b a :Thing . :x :p :a . :y :p :a . :x :p :b . :lone a :Thing .
        :a :q :l, :m . :l :r :same . :m :r :same . :b :q :n . :n :r :one, :two ."""
    assert refused("sh:path [ sh:inversePath :p ] ; sh:minCount 1 ; sh:maxCount 1", data) == ["a", "lone"]
    assert refused("sh:path ( :q :r ) ; sh:minCount 2", data) == ["a", "lone"]
    assert refused("sh:path ( [ sh:inversePath :p ] :p ) ; sh:minCount 2", data) == ["lone"]


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("sh:datatype xsd:integer", '"1_0"^^xsd:integer'),  # int() of Python reads it
        ("sh:datatype xsd:integer", '" 1"^^xsd:integer'),
        ("sh:datatype xsd:date", '"2004-W09-7"^^xsd:date'),  # so does its date
        ("sh:datatype xsd:date", '"2004-02-29T00:00:00"^^xsd:date'),
        ("sh:maxCount 1", '"2004-02-29"^^xsd:date , "2004-02-29Z"^^xsd:date'),  # rdflib drops the time zone
        ("sh:minInclusive 1", '"5"^^:mass'),  # no number, whatever it looks like
    ],
)
def test_where_the_reference_reads_literals_its_own_way_we_keep_to_the_recommendation(
    asked: str, value: str, tmp_path: Path
) -> None:
    shapes = written(tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format(f"sh:path :p ; {asked}"))
    store = graph(f":a a :Thing ; :p {value} .")
    assert ours(store, shapes) == {(f"{ID}a", "part", "Mend the part."): 1}
    assert pyshacl_findings(store, shapes) == Counter()


def test_a_language_range_of_two_parts_takes_in_what_is_below_it(tmp_path: Path) -> None:
    asked = 'sh:path :p ; sh:languageIn ( "en-us" )'
    shapes = written(tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format(asked))
    store = graph(':a a :Thing ; :p "x"@en-US-x-home . :b a :Thing ; :p "x"@en . :c a :Thing ; :p "x"@en-gb .')
    assert {record for record, _, _ in ours(store, shapes)} == {f"{ID}b", f"{ID}c"}


def test_a_triple_of_two_graphs_is_one_value(tmp_path: Path) -> None:
    shapes = written(tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format("sh:path :p ; sh:maxCount 1"))
    store = graph(":a a :Thing ; :p 1 .")
    store.extend([ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"{GRAPH}b")) for quad in store])
    assert len(store) == 4
    assert ours(store, shapes) == pyshacl_findings(store, shapes) == Counter()


def test_a_node_shape_judges_the_node_itself_and_its_properties_speak_for_themselves(tmp_path: Path) -> None:
    whole = ASKED.format("sh:class :Known ; sh:property shape:part ; sh:or ( [ sh:class :N ] [ sh:pattern 'b$' ] )")
    shapes = written(tmp_path, whole + PROPERTY.format("sh:path :p ; sh:minCount 1 ; sh:class :N"))
    store = graph(":a a :Thing ; :p 1 . :b a :Thing . :c a :Thing, :Known, :N ; :p :c .")
    found = ours(store, shapes)
    assert found == pyshacl_findings(store, shapes)
    assert Counter((shorten(record), rule) for record, rule, _ in found.elements()) == Counter(
        {("id:a", "rule"): 2, ("id:b", "rule"): 1, ("id:a", "part"): 1, ("id:b", "part"): 1}
    )


def test_a_shape_without_a_target_finds_nothing_by_itself(tmp_path: Path) -> None:
    shapes = written(tmp_path, HEAD + PROPERTY.format("sh:path :p ; sh:minCount 1"))
    assert read_shapes(shapes) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("sh:closed true", "says sh:closed, which this check does not know"),
        ("sh:deactivated true", "says sh:deactivated, which this check does not know"),
        ("sh:severity sh:Info", "says sh:severity, which this check does not know"),
        ("sh:targetNode :a", "says sh:targetNode, which this check does not know"),
        ("sh:sparql [ sh:select 'SELECT $this {}' ]", "says sh:sparql, which this check does not know"),
        ("rdfs:label 'x'", "says rdfs:label, which this check does not know"),
        ("a rdfs:Class", "is of type <http://www.w3.org/2000/01/rdf-schema#Class>"),
        ("sh:minCount 1", "says sh:minCount without a sh:path"),
        ("sh:qualifiedMinCount 1", "says sh:qualifiedMinCount without a sh:path"),
        ("sh:property [ sh:path :p ; sh:lessThan :q ]", "says sh:lessThan, which this check does not know"),
        ("sh:property [ sh:path :p ; sh:pattern 'a' ; sh:flags 'i' ]", "says sh:flags, which this check does not know"),
        ("sh:property [ sh:path :p ; sh:minCount 1 , 2 ]", "says sh:minCount 2 times"),
        ("sh:property [ sh:path :p , :q ]", "says sh:path 2 times"),
        ("sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ]", "counts the values of no sh:qualifiedValueShape"),
        ("sh:property [ sh:path :p ; sh:minCount 'one' ]", 'has "one" for a number'),
        ("sh:property [ sh:path :p ; sh:minCount -1 ]", "counts to"),
        ("sh:property [ sh:path :p ; sh:uniqueLang false ]", "for true"),
        ("sh:property [ sh:path :p ; sh:datatype xsd:duration ]", "has the datatype"),
        ("sh:property [ sh:path [ sh:zeroOrMorePath :p ] ]", "has a path that this check does not know"),
        ("sh:property [ sh:path [ sh:inversePath ( :p :q ) ] ]", "for an IRI"),
        ("sh:property [ sh:minCount 1 ]", "says sh:minCount without a sh:path"),
        ("sh:property [ sh:class :C ]", "reports what it finds without a name or a message"),
        ("sh:property [ sh:path :p ; sh:property [ sh:path :q ] ]", "has both a path and a sh:property"),
        ("sh:property [ sh:property shape:part ]", "which no file describes"),
        ("sh:property [ sh:path :p ; sh:class :C ]", "reports what it finds without a name or a message"),
        ("sh:pattern '('", "has no regular expression"),
        ("sh:pattern 'a{99999999999}'", "has no regular expression"),
        ("sh:pattern '(?i)a'", "has no regular expression"),
        ("sh:pattern '[a-z-[aeiou]]'", "has no regular expression"),
        ("sh:property [ sh:path :p ; sh:minCount 'INF'^^xsd:double ]", "counts to"),
        ("sh:property [ sh:path :p ; sh:minCount 1e9 ]", "counts to"),
        ("sh:property [ sh:path () ; sh:class :C ]", "has a path that this check does not know"),
        ("sh:hasValue 1.0", "which a graph holds as"),
        ("sh:in ( '01'^^xsd:integer )", "which a graph holds as"),
        ("sh:minInclusive 'one'", 'has "one" for a number'),
        ("sh:class 'Thing'", "for an IRI"),
        ("sh:node shape:elsewhere", "names <https://w3id.org/cicte-graph/shape/elsewhere>, which no file describes"),
        ("sh:node shape:rule", "is part of itself"),
        ("sh:not [ sh:or ( [ sh:node shape:rule ] ) ]", "is part of itself"),
        ("sh:in ()", "has an empty list"),
        ("sh:or [ sh:class :C ]", "where a list is wanted"),
        ("sh:languageIn ( :en )", "for a text"),
    ],
)
def test_what_a_shape_says_is_known_or_refused_and_never_passed_over(asked: str, said: str, tmp_path: Path) -> None:
    shapes = written(tmp_path, ASKED.format(asked))
    with pytest.raises(SourceFileError) as caught:
        read_shapes(shapes)
    assert str(caught.value).startswith(f"{tmp_path / 'rule.ttl'}: https://w3id.org/cicte-graph/shape/rule ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ("[] sh:targetNode :a ; sh:class :C .", "says sh:targetNode, which this check does not know"),
        ("shape:rule sh:in _:a . _:a rdf:first :a ; rdf:rest _:a .", "has a list that comes back to itself"),
        ("shape:rule sh:path [ sh:inversePath :p , :q ] ; sh:class :C .", "says a thing twice"),
        ("shape:rule " + "sh:not [ " * 2000 + "sh:class :C" + " ]" * 2000 + " .", "nested too deep. Write them flat."),
    ],
)
def test_odd_shapes_are_refused_in_one_line_too(shapes: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFileError) as caught:
        read_shapes(written(tmp_path, HEAD + shapes))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_shape_said_twice_judges_once(tmp_path: Path) -> None:
    shapes = written(tmp_path, ASKED.format("sh:class :Else ; sh:class :Else"))
    store = graph(":a a :Thing .")
    assert ours(store, shapes).total() == 1
    assert ours(store, shapes) == pyshacl_findings(store, shapes)


def test_a_pattern_ends_at_the_very_end_as_in_sparql(tmp_path: Path) -> None:
    # pySHACL reads patterns as Python does, for which `$` also stands before a last line feed
    shapes = written(
        tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format('sh:path :p ; sh:pattern "^[A-Z]+$"')
    )
    assert ours(graph(':good a :Thing ; :p "DM" . :bad a :Thing ; :p "DM\\n" .'), shapes).total() == 1


def test_blanks_of_a_pattern_are_those_of_xml(tmp_path: Path) -> None:
    shapes = written(
        tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format(r'sh:path :p ; sh:pattern "^a\\sb$"')
    )
    assert ours(graph(':good a :Thing ; :p "a b" . :bad a :Thing ; :p "a\u00a0b" .'), shapes).total() == 1


def test_a_number_too_large_to_reckon_with_is_a_result_and_no_crash(tmp_path: Path) -> None:
    shapes = written(
        tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format("sh:path :p ; sh:minInclusive 1")
    )
    data = """:a a :Thing ; :p "1e99999999999999999999"^^xsd:decimal . :b a :Thing ; :p "1.5"^^xsd:integer .
        :c a :Thing ; :p "INF"^^xsd:integer . :good a :Thing ; :p 1.5 , 2e3 ."""
    assert sorted(record.removeprefix(ID) for record, _, _ in ours(graph(data), shapes)) == ["a", "b", "c"]


def test_a_triple_as_a_value_has_no_class(tmp_path: Path) -> None:
    shapes = of_property(tmp_path, "sh:path :p ; sh:class :C")
    assert ours(graph(":a a :Thing ; :p <<( :b :p :c )>> ."), shapes).total() == 1


def test_both_a_least_and_a_most_that_are_missed_are_two_results(refused: Judge) -> None:
    data = ":C a :Any . :a a :Thing ; :p :x , :y . :x a :C . :y a :C ."
    asked = "sh:path :p ; sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 3 ; sh:qualifiedMaxCount 1"
    assert refused(asked, data) == ["a", "a"]


def test_a_language_range_is_compared_without_case(refused: Judge) -> None:
    data = ':us a :Thing ; :p "x"@en-US . :other a :Thing ; :p "x"@en .'
    assert refused('sh:path :p ; sh:languageIn ( "EN-us" )', data) == ["other"]


def test_a_file_that_is_no_turtle_is_named_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match=r"rule\.ttl: not Turtle: .*line 1.*Mend"):
        read_shapes(written(tmp_path, "shape:rule a"))


def test_the_real_graph_has_the_findings_of_pyshacl(real: Built, real_house: House) -> None:
    assert ours(real.store, real_house.shapes) == pyshacl_findings(real.store, real_house.shapes) == Counter()


@pytest.fixture(scope="module")
def faulty(sample: Built, sample_house: House) -> Store:
    """The sample with every example of a broken rule, records renamed so that none mends another."""
    store = Store(sample.store)
    for path in sorted((sample_house.shapes / "examples").glob("*.ttl")):
        triples = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        names = {one.subject: ox.NamedNode(f"{one.subject.value}-{path.stem}") for one in triples}
        store.extend(
            ox.Quad(names[one.subject], one.predicate, names.get(one.object, one.object), ASIDE) for one in triples
        )
    derive(store, sample_house.ontology / "rules")
    return store


def test_every_rule_of_ours_is_broken_by_the_examples_for_pyshacl_as_for_us(faulty: Store, sample_house: House) -> None:
    found = ours(faulty, sample_house.shapes)
    assert found == pyshacl_findings(faulty, sample_house.shapes)
    rules = {
        one.name for shape in read_shapes(sample_house.shapes) for one in (shape, *shape.properties) if one.constraints
    }
    assert {rule for _, rule, _ in found} == rules


def test_made_up_plans_have_the_findings_of_pyshacl_with_every_fault_there_is(
    real_house: House, tmp_path: Path
) -> None:
    command = [sys.executable, str(GENERATE), "--triples", "5000", "--faults", "15", "--manifest", str(tmp_path / "m")]
    store = Store.read(subprocess.run(command, check=True, capture_output=True).stdout)
    derive(store, real_house.ontology / "rules")
    found = ours(store, real_house.shapes)
    assert found == pyshacl_findings(store, real_house.shapes)
    planted = [json.loads(row) for row in (tmp_path / "m").read_text(encoding="utf-8").splitlines()]
    assert {(shorten(record), rule) for record, rule, _ in found} == {(one["record"], one["rule"]) for one in planted}


def literal(text: str, datatype: str) -> ox.Literal:
    """Make a typed literal."""
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))


# none that rdflib rewrites as it reads: see docs/decisions/004-validation.md
LITERALS = [
    *(literal(text, "integer") for text in ("0", "1", "-1", "12", "twelve", "")),
    *(literal(text, "date") for text in ("2001-02-03", "2001-02-29", "3 March")),
    *(literal(text, "gYear") for text in ("2001", "of old")),
    *(ox.Literal(text, language=tag) for text in ("a", "b") for tag in ("en", "en-us", "es", "fr")),
    *map(ox.Literal, ("", "AB", "ABC", "one two three four five six seven eight nine", "a\nb", "1", "true")),
    *(literal("1.5", "decimal"), literal("2", "double"), literal("3", "short"), ox.Literal(True), ox.Literal(False)),
]
DAMAGES = ("drop", "repeat", "add", "retarget", "retype", "declare", "rewrite", "write", "move")
Damage = tuple[str, int, int, int]


def damaged(store: Store, damages: list[Damage]) -> Store:
    """Damage a graph: each damage names what is done, to which quad, with what of which other quad, and a literal."""
    quads = sorted((quad for quad in store if _is_judged(quad)), key=str)
    classes = sorted({quad.object for quad in quads if quad.predicate == TYPE}, key=str)
    by_property: dict[str, list[ox.Quad]] = {}  # so that what is rare is damaged as often as what is not
    for quad in quads:
        by_property.setdefault(quad.predicate.value, []).append(quad)
    groups = list(by_property.values())
    gone, fresh = set(), []
    for kind, at, other, word in damages:
        group = groups[at % len(groups)]
        one, two = group[at // len(groups) % len(group)], quads[other % len(quads)]
        text = LITERALS[word % len(LITERALS)]
        sort = classes[other % len(classes)]
        change = {
            "drop": None,
            "repeat": one,
            "add": ox.Quad(one.subject, one.predicate, two.object, ASIDE),
            "retarget": ox.Quad(one.subject, one.predicate, two.object, ASIDE),
            "retype": ox.Quad(one.subject, TYPE, sort, ASIDE),
            "declare": ox.Quad(one.subject, TYPE, sort, ASIDE),
            "rewrite": ox.Quad(one.subject, one.predicate, text, ASIDE),
            "write": ox.Quad(one.subject, one.predicate, text, ASIDE),
            "move": ox.Quad(two.subject, one.predicate, one.object, ASIDE),
        }[kind]
        if kind in {"drop", "retarget", "rewrite", "move"}:
            gone.add(one)
        if kind == "retype":
            gone |= {quad for quad in quads if quad.subject == one.subject and quad.predicate == TYPE}
        if change is not None:
            fresh.append(ox.Quad(change.subject, change.predicate, change.object, ASIDE))
    return Store([*(quad for quad in store if quad not in gone), *fresh])


def _is_judged(quad: ox.Quad) -> bool:
    """Tell a quad of records and of lists, which shapes look at, from the rest of the ontology."""
    return shorten(quad.predicate.value) in {"skos:inScheme", "rdfs:subClassOf"} or (
        isinstance(quad.subject, ox.NamedNode) and not quad.subject.value.startswith(CICTE)
    )


DAMAGE = st.tuples(st.sampled_from(DAMAGES), *(st.integers(0, 100_000) for _ in range(3)))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@example([(kind, 701 * at, 1301 * at, at) for at, kind in enumerate(DAMAGES * 12)])
@given(st.lists(DAMAGE, min_size=1, max_size=60))
def test_any_damaged_graph_has_the_findings_of_pyshacl(
    faulty: Store, sample_house: House, damages: list[Damage]
) -> None:
    store = damaged(faulty, damages)
    assert ours(store, sample_house.shapes) == pyshacl_findings(store, sample_house.shapes)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@example([(kind, 701 * at, 1301 * at, at) for at, kind in enumerate(DAMAGES * 12)])
@given(st.lists(DAMAGE, min_size=1, max_size=4))
def test_after_any_change_a_check_of_what_it_concerns_finds_what_a_whole_check_does(
    faulty: Store, sample_house: House, damages: list[Damage]
) -> None:
    shapes = read_shapes(sample_house.shapes)
    changed = damaged(faulty, damages)
    for before, after in ((faulty, changed), (changed, faulty)):
        found = find_violations_again(
            after, {}, shapes, find_violations(before, {}, sample_house.shapes), set(before) ^ set(after)
        )
        assert Counter(found) == Counter(find_violations(after, {}, sample_house.shapes))


@pytest.mark.parametrize(
    ("asked", "standing", "changing"),
    [
        ("sh:path :p ; sh:minCount 1", "", ":a :p 1 ."),
        ("sh:path [ sh:inversePath :p ] ; sh:minCount 1", "", ":x :p :a ."),
        ("sh:path ( :p [ sh:inversePath :q ] :r ) ; sh:minCount 1", ":a :p :x . :y :q :x .", ":y :r 1 ."),
        ("sh:path ( :p [ sh:inversePath :q ] :r ) ; sh:minCount 1", ":a :p :x . :y :r 1 .", ":y :q :x ."),
        ("sh:path ( :p :q ) ; sh:class :C", ":a :p :x . :x :q :y .", ":y a :C ."),
        (
            "sh:path :p ; sh:node [ sh:property [ sh:path :q ; sh:node [ sh:class :C ] ] ]",
            ":a :p :x . :x :q :y .",
            ":y a :C .",
        ),
        ("sh:path :p ; sh:not [ sh:property [ sh:path :q ; sh:hasValue 1 ] ]", ":a :p :x .", ":x :q 1 ."),
        ("sh:path :p ; sh:or ( [ sh:class :C ] [ sh:class :D ] )", ":a :p :x .", ":x a :D ."),
        ("sh:path :p ; sh:xone ( [ sh:class :C ] [ sh:class :D ] )", ":a :p :x . :x a :C .", ":x a :D ."),
        ("sh:path :p ; sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1", ":a :p :x .", ":x a :C ."),
    ],
)
def test_a_change_is_seen_from_afar_when_it_comes_and_when_it_goes(
    asked: str, standing: str, changing: str, tmp_path: Path
) -> None:
    shapes = read_shapes(written(tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format(asked)))
    data = f":a a :Thing . {standing} "
    without, having = graph(data), graph(data + changing)
    counts = []
    for before, after in ((without, having), (having, without)):
        known = list(violations_in(before, {}, shapes))
        again = list(find_violations_again(after, {}, shapes, known, set(before) ^ set(after)))
        assert Counter(again) == Counter(violations_in(after, {}, shapes))
        counts.append(len(again))
    assert sorted(counts) == [0, 1]


def test_a_class_put_below_another_concerns_the_whole(tmp_path: Path) -> None:
    shapes = read_shapes(
        written(tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format("sh:path :p ; sh:minCount 1"))
    )
    before, after = graph(":a a :Sub . :b a :Thing ."), graph(":a a :Sub . :b a :Thing . :Sub rdfs:subClassOf :Thing .")
    known = list(violations_in(before, {}, shapes))
    again = find_violations_again(after, {}, shapes, known, set(before) ^ set(after))
    assert [shorten(one.record) for one in known] == ["id:b"]
    assert sorted(shorten(one.record) for one in again) == ["id:a", "id:b"]


def test_what_is_not_concerned_is_found_where_it_stands_now(tmp_path: Path) -> None:
    shapes = read_shapes(
        written(tmp_path, ASKED.format("sh:property shape:part") + PROPERTY.format("sh:path :p ; sh:minCount 1"))
    )
    store = graph(":a a :Thing .")
    known = list(violations_in(store, {f"{ID}a": Place("a.yaml", 3)}, shapes))
    [again] = find_violations_again(store, {f"{ID}a": Place("a.yaml", 4)}, shapes, known, [])
    assert again.place == Place("a.yaml", 4)
