"""A reader finds a record by whatever it is called, and is told when that is not clear."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cicte_graph.citation import plain
from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.find import find_one, search
from cicte_graph.graph import Graph
from cicte_graph.terms import shorten


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("AG/RES 2619", "id:instrument/ag-res-2619-xli-o-11"),
        ("ag/res.2619 (xli-o/11)", "id:instrument/ag-res-2619-xli-o-11"),
        ("res. 1540", "id:instrument/s-res-1540-2004"),
        ("INTERPOL", "id:organization/interpol"),
        ("oea", "id:organization/oas"),
        ("Organización Internacional de Policía Criminal", "id:organization/interpol"),
        ("organizacion internacional de policia criminal", "id:organization/interpol"),
        ("maritme protecton", "id:program/2018-2019/maritime-protection"),
        ("Gobal Forum of Incident Response and Security Teams", "id:organization/first"),
        ("seguridad de la cadena de suministro", "id:program/2018-2019/supply-chain-security"),
        ("4(b)", "id:provision/ag-res-2619-xli-o-11/4/b"),
        ("Trinidad y Tobago", "id:country/TTO"),
    ],
)
def test_a_name_in_any_spelling_finds_its_record_first(real_graph: Graph, words: str, expected: str) -> None:
    assert shorten(search(real_graph, words)[0].iri) == expected


@pytest.mark.parametrize(
    ("words", "classes", "expected"),
    [
        ("program/2012/maritime-security", ("PlanElement",), "id:program/2012/maritime-security"),
        ("id:program/2012/maritime-security", ("PlanElement",), "id:program/2012/maritime-security"),
        ("maritime security 2012", ("PlanElement", "WorkPlan"), "id:program/2012/maritime-security"),
        ("INTERPOL", (), "id:organization/interpol"),
        ("AG/RES. 2004", ("Mandate",), "id:instrument/ag-res-2004-xxxiv-o-04"),
    ],
)
def test_one_clear_match_is_taken(real_graph: Graph, words: str, classes: tuple[str, ...], expected: str) -> None:
    assert shorten(find_one(real_graph, words, *classes)) == expected


def test_several_matches_are_listed_with_their_identifiers(real_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match=r"(?s)may mean one of these.*program/2012/tourism-security.*program/2018"):
        find_one(real_graph, "tourism security", "PlanElement")


def test_a_record_of_another_class_is_not_taken(real_graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        find_one(real_graph, "organization/interpol", "PlanElement")


def test_nothing_is_said_plainly(real_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="nothing is called 'xyzzyplugh'"):
        find_one(real_graph, "xyzzyplugh")


@pytest.mark.parametrize("nothing", ["", "  ", "?!", "¿"])
def test_an_empty_search_is_refused(real_graph: Graph, nothing: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        search(real_graph, nothing)


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_leveling_a_text_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_every_record_is_found_by_its_own_identifier(sample_graph: Graph) -> None:
    for row in sample_graph.rows("records/names"):
        assert find_one(sample_graph, shorten(row["record"].value)) == row["record"].value


@pytest.mark.parametrize(
    "words", ["id:program/2012/maritime", "program/2012/maritime", "provision/ag-res-2619-xli-o-11/4/z"]
)
def test_an_identifier_that_names_nothing_is_an_error_and_no_guess(real_graph: Graph, words: str) -> None:
    with pytest.raises(NotFoundError, match=f"^no record is {words}"):
        find_one(real_graph, words, "PlanElement")


def test_a_record_of_another_class_is_told_what_it_is(real_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match=r"^id:country/DOM is a Country; PlanElement or Mandate is asked for\."):
        find_one(real_graph, "country/DOM", "PlanElement", "Mandate")


def test_where_names_are_the_same_only_those_are_offered(real_graph: Graph) -> None:
    with pytest.raises(NotFoundError) as raised:
        find_one(real_graph, "tourism security", "PlanElement")
    assert len(str(raised.value).splitlines()) == 3


def test_the_beginnings_of_words_are_offered_and_not_taken(real_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="may mean this; name it by its identifier"):
        find_one(real_graph, "carried-over", "PlanElement")


@pytest.mark.parametrize("name", ["cicte:Organization", "concept:funding-status/conditional"])
def test_a_term_of_the_ontology_is_found_by_its_name(real_graph: Graph, name: str) -> None:
    assert shorten(find_one(real_graph, name)) == name
