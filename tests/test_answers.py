"""Parameters become terms, and a request that cannot be understood says how to put it right."""

import time
from decimal import Decimal

import pyoxigraph as ox
import pytest

from cicte_graph.answers import answer, assigned, bind, run, stream
from cicte_graph.errors import EngineError, NotFoundError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.query_library import Parameter, Query, pick_query
from cicte_graph.table import Table
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


def asked(graph: Graph, name: str, *assignments: str) -> Table:
    """Ask as the command line does."""
    return answer(graph, name, assigned(pick_query(graph.house.queries, name), assignments))


def test_unknown_question_offers_the_nearest(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match=r"no question named rest-on\. Did you mean rests-on\?"):
        asked(sample_graph, "rest-on")


def test_question_like_no_other_points_to_the_list(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match=r"List them: cicte-graph questions\."):
        asked(sample_graph, "zzzz")


def test_unknown_parameter_is_refused_with_those_there_are(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^counted-as has no parameter tongue\. It takes plan, unit\.$"):
        asked(sample_graph, "counted-as", "tongue=es")


def test_parameter_of_a_question_that_takes_none_is_refused(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^duties has no parameter plan\. It takes none\.$"):
        asked(sample_graph, "duties", "plan=work-plan/2001")


def test_missing_parameter_is_named_with_a_whole_example(sample_graph: Graph) -> None:
    with pytest.raises(UsageError) as caught:
        asked(sample_graph, "counted-as", "unit=officials")
    assert str(caught.value) == (
        "counted-as needs plan. Example: cicte-graph ask counted-as plan=work-plan/2018-2019 unit=officials"
    )


def test_parameter_given_twice_is_refused(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^plan is given twice\. Give it once\.$"):
        asked(sample_graph, "counted-as", "plan=work-plan/2001", "plan=work-plan/2003")


@pytest.mark.parametrize(("name", "takes"), [("rests-on", "element"), ("counted-as", "plan, unit"), ("duties", "none")])
def test_value_without_a_name_is_refused_with_the_names(sample_graph: Graph, name: str, takes: str) -> None:
    with pytest.raises(UsageError, match=rf"^'work-plan/2001' is not parameter=value\. {name} takes: {takes}\.$"):
        asked(sample_graph, name, "work-plan/2001")


def test_record_of_another_class_is_not_taken(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="organization/sample-police"):
        asked(sample_graph, "ended", "plan=organization/sample-police")


def test_record_may_be_called_by_its_name(sample_graph: Graph) -> None:
    query = pick_query(sample_graph.house.queries, "participations-of")
    assert bind(sample_graph, query, {"organization": "sapol"}) == {
        "organization": ox.NamedNode(f"{ID}organization/sample-police")
    }


@pytest.mark.parametrize("value", ["area", "concept:basis/area"])
def test_concept_is_a_value_of_its_list(sample_graph: Graph, value: str) -> None:
    bound = bind(sample_graph, question(basis="concept basis"), {"basis": value})
    assert bound == {"basis": ox.NamedNode(f"{CONCEPT}basis/area")}


@pytest.mark.parametrize("value", ["sure", "concept:basis/area"])
def test_concept_of_no_list_or_another_is_refused_with_the_list(sample_graph: Graph, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        bind(sample_graph, question(how="concept confidence"), {"how": value})
    assert str(caught.value) == f"{value} is no confidence. Use one of high, low, medium."


def test_text_becomes_a_literal_whatever_is_in_it(sample_graph: Graph) -> None:
    query = question(text="string")
    assert bind(sample_graph, query, assigned(query, ["text=a=b"])) == {"text": ox.Literal("a=b")}


def test_text_that_reads_as_sparql_stays_text(sample_graph: Graph) -> None:
    hostile = '")) } ?record ?property ?anchor . #'
    assert asked(sample_graph, "passages-with", f"words={hostile}").rows == []


def test_a_value_near_one_of_the_list_is_offered(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^hihg is no confidence\. Did you mean high\? Use one of high, low"):
        bind(sample_graph, question(how="concept confidence"), {"how": "hihg"})


def test_cells_are_values_identifiers_short_and_unbound_ones_none(sample_graph: Graph) -> None:
    table = run(
        sample_graph,
        PROLOGUE
        + """SELECT * WHERE { VALUES (?one ?two ?three ?four ?five ?six ?seven) {
        (cicte:Program UNDEF 'x'@en 7 2.5 true "seven"^^xsd:integer) } }""",
    )
    assert table.rows == [["cicte:Program", None, "x", 7, Decimal("2.5"), True, "seven"]]
    assert table.columns == ["one", "two", "three", "four", "five", "six", "seven"]


@pytest.mark.parametrize(("class_name", "said"), [("cicte:Program", True), ("cicte:Nothing", False)])
def test_yes_or_no_question_has_one_cell(sample_graph: Graph, class_name: str, said: bool) -> None:
    table = run(sample_graph, f"{PROLOGUE}ASK {{ ?any a {class_name} }}")
    assert (table.columns, table.rows) == (["answer"], [[said]])


def test_triples_come_sorted_in_three_columns(sample_graph: Graph) -> None:
    table = run(
        sample_graph,
        PROLOGUE + "CONSTRUCT { ?program cicte:partOf ?area } WHERE { ?program a cicte:Program ; cicte:partOf ?area }",
    )
    assert table.columns == ["subject", "property", "value"]
    assert table.rows == [
        ["id:program/2001/port-safety", "cicte:partOf", "id:work-area/2001/borders"],
        ["id:program/2001/storm-warning", "cicte:partOf", "id:work-area/2001/borders"],
        ["id:program/2003/harbor-protection", "cicte:partOf", "id:work-area/2003/coasts"],
        ["id:program/2003/web-safety", "cicte:partOf", "id:work-area/2003/coasts"],
    ]


def test_a_table_gives_its_rows_by_name_and_its_version(sample_graph: Graph) -> None:
    table = asked(sample_graph, "partners-of", "element=harbor protection")
    assert [row["organization"] for row in table] == table.column("organization")
    assert len(table) == 3
    assert table.version == sample_graph.version


def test_a_table_becomes_a_pandas_frame(sample_graph: Graph) -> None:
    table = asked(sample_graph, "people-by-program", "plan=2003")
    frame = table.to_pandas()
    assert list(frame.columns) == table.columns
    assert frame["people"].sum() == sum(row["people"] for row in table if isinstance(row["people"], int))
    assert frame.attrs["graph"] == str(sample_graph.version)


ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_that_would_run_forever_is_given_up(sample_graph: Graph) -> None:
    start = time.monotonic()
    with pytest.raises(EngineError, match=r"^no complete answer within 0\.5 seconds\."):
        run(sample_graph, ENDLESS, limit=0.5)
    assert time.monotonic() - start < 5


def test_rows_that_are_not_waited_for_take_no_time(sample_graph: Graph) -> None:
    _, rows = stream(sample_graph, "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f }", limit=2)
    next(rows)
    time.sleep(2.5)
    assert next(rows)
    rows.close()
