"""Parameters become terms, and a request that cannot be understood says how to put it right."""

import pyoxigraph as ox
import pytest

from cicte_graph.answers import Answer, answer, bind, tabulate
from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.query_library import Parameter, Query, pick_query
from cicte_graph.terms import CONCEPT, ID
from tests.conftest import PROLOGUE

XSD = "http://www.w3.org/2001/XMLSchema#"


def question(**types: str) -> Query:
    """A question with a parameter of each type, `concept` taking a value of the list that follows a blank."""
    params = {
        name: Parameter(name=name, type=kind.split()[0], of=kind.partition(" ")[2], means="it", example="an-example")
        for name, kind in types.items()
    }
    return Query("made-up", "records", "", "Title", "Question?", "Why.", {}, params)


def test_unknown_question_offers_the_nearest(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match=r"no question named rest-on\. Did you mean rests-on\?"):
        answer(sample_graph, "rest-on", [])


def test_question_like_no_other_points_to_the_list(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match=r"List them: cicte-graph questions\."):
        answer(sample_graph, "zzzz", [])


def test_unknown_parameter_is_refused_with_those_there_are(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^counted-as has no parameter tongue\. It takes plan, unit\.$"):
        answer(sample_graph, "counted-as", ["tongue=es"])


def test_parameter_of_a_question_that_takes_none_is_refused(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^duties has no parameter plan\. It takes none\.$"):
        answer(sample_graph, "duties", ["plan=work-plan/2001"])


def test_missing_parameter_is_named_with_a_whole_example(sample_graph: Graph) -> None:
    with pytest.raises(UsageError) as caught:
        answer(sample_graph, "counted-as", ["unit=officials"])
    assert str(caught.value) == (
        "counted-as needs plan. Example: cicte-graph ask counted-as plan=work-plan/2018-2019 unit=officials"
    )


def test_parameter_given_twice_is_refused(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^plan is given twice\. Give it once\.$"):
        answer(sample_graph, "counted-as", ["plan=work-plan/2001", "plan=work-plan/2003"])


@pytest.mark.parametrize(("name", "takes"), [("rests-on", "element"), ("counted-as", "plan, unit"), ("duties", "none")])
def test_value_without_a_name_is_refused_with_the_names(sample_graph: Graph, name: str, takes: str) -> None:
    with pytest.raises(UsageError, match=rf"^'work-plan/2001' is not parameter=value\. {name} takes: {takes}\.$"):
        answer(sample_graph, name, ["work-plan/2001"])


def test_record_of_another_class_is_not_taken(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="organization/sample-police"):
        answer(sample_graph, "ended", ["plan=organization/sample-police"])


def test_record_may_be_called_by_its_name(sample_graph: Graph) -> None:
    query = pick_query(sample_graph.house.queries, "participations-of")
    assert bind(sample_graph, query, ["organization=sapol"]) == {
        "organization": ox.NamedNode(f"{ID}organization/sample-police")
    }


@pytest.mark.parametrize("value", ["area", "concept:basis/area"])
def test_concept_is_a_value_of_its_list(sample_graph: Graph, value: str) -> None:
    bound = bind(sample_graph, question(basis="concept basis"), [f"basis={value}"])
    assert bound == {"basis": ox.NamedNode(f"{CONCEPT}basis/area")}


@pytest.mark.parametrize("value", ["sure", "concept:basis/area"])
def test_concept_of_no_list_or_another_is_refused_with_the_list(sample_graph: Graph, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        bind(sample_graph, question(how="concept confidence"), [f"how={value}"])
    assert str(caught.value) == f"{value} is no confidence. Use one of high, low, medium."


def test_text_becomes_a_literal_whatever_is_in_it(sample_graph: Graph) -> None:
    assert bind(sample_graph, question(text="string"), ["text=a=b"]) == {"text": ox.Literal("a=b")}


def test_text_that_reads_as_sparql_stays_text(sample_graph: Graph) -> None:
    hostile = '")) } ?record ?property ?anchor . #'
    assert answer(sample_graph, "passages-with", [f"words={hostile}"]).rows == []


def test_table_leaves_unbound_cells_empty_and_writes_identifiers_short(sample_graph: Graph) -> None:
    result = sample_graph.store.query(
        PROLOGUE + "SELECT ?one ?two ?three WHERE { VALUES (?one ?two ?three) { (cicte:Program UNDEF 'x'@en) } }"
    )
    assert tabulate(result) == Answer(["one", "two", "three"], [["cicte:Program", "", "x"]])


@pytest.mark.parametrize(("class_name", "said"), [("cicte:Program", "true"), ("cicte:Nothing", "false")])
def test_yes_or_no_question_has_one_cell(sample_graph: Graph, class_name: str, said: str) -> None:
    result = sample_graph.store.query(f"{PROLOGUE}ASK {{ ?any a {class_name} }}")
    assert tabulate(result) == Answer(["answer"], [[said]])


def test_triples_come_sorted_in_three_columns(sample_graph: Graph) -> None:
    result = sample_graph.store.query(
        PROLOGUE + "CONSTRUCT { ?program cicte:partOf ?area } WHERE { ?program a cicte:Program ; cicte:partOf ?area }"
    )
    assert tabulate(result) == Answer(
        ["subject", "property", "value"],
        [
            ["id:program/2001/port-safety", "cicte:partOf", "id:work-area/2001/borders"],
            ["id:program/2001/storm-warning", "cicte:partOf", "id:work-area/2001/borders"],
            ["id:program/2003/harbor-protection", "cicte:partOf", "id:work-area/2003/coasts"],
            ["id:program/2003/web-safety", "cicte:partOf", "id:work-area/2003/coasts"],
        ],
    )
