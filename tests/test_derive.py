"""Rules reach a fixed point, keep to their graph, and say from what they concluded."""

from pathlib import Path

import pytest

from cicte_graph.build import Built
from cicte_graph.derive import DERIVED, derive
from cicte_graph.errors import UsageError
from cicte_graph.house import House
from cicte_graph.load import load
from cicte_graph.store import Store
from cicte_graph.terms import CICTE, ID


def test_a_second_run_adds_nothing(sample_house: House) -> None:
    store = Store(load(sample_house).quads)
    assert derive(store, sample_house.ontology / "rules") > 0
    assert derive(store, sample_house.ontology / "rules") == 0


def test_what_rules_add_is_in_its_own_graph(sample_house: House) -> None:
    loaded = load(sample_house)
    store = Store(loaded.quads)
    derive(store, sample_house.ontology / "rules")
    added = set(store) - set(loaded.quads)
    assert {quad.graph_name for quad in added} == {DERIVED}


def test_a_mandate_is_carried_over_through_a_continuity_and_names_its_premises(sample: Built) -> None:
    carried = f"{ID}justification/carried-over/2003/harbor-protection/port-safety/from/2001/port-safety/res-7-4a"
    said = {
        (row["property"].value.removeprefix(CICTE), row["value"].value.rpartition("/")[2])
        for row in sample.store.rows(f"SELECT ?property ?value WHERE {{ <{carried}> ?property ?value }}")
    }
    assert {
        ("element", "harbor-protection"),
        ("mandate", "a"),
        ("basis", "carried-over"),
        ("status", "derived"),
        ("confidence", "medium"),  # the continuity's, the lower of the two
        ("carriedFrom", "res-7-4a"),
        ("carriedThrough", "port-safety"),
        ("carriedUnder", "mandates-in-effect"),
        ("rule", "carried-over"),
    } <= said


def test_nothing_is_carried_to_an_element_that_carries_on_nothing(sample: Built) -> None:
    rows = sample.store.rows('SELECT ?element WHERE { ?j cicte:element ?element ; cicte:rule "carried-over" }')
    assert {row["element"].value for row in rows} == {f"{ID}program/2003/harbor-protection"}


def test_a_subparagraph_is_a_provision_of_its_chapeaus_instrument(sample: Built) -> None:
    rows = sample.store.rows(f"SELECT ?of WHERE {{ <{ID}provision/sample-res-7/4/a> cicte:provisionOf ?of }}")
    assert [row["of"].value for row in rows] == [f"{ID}instrument/sample-res-7"]


def test_every_element_knows_its_plan(sample: Built) -> None:
    rows = sample.store.rows(
        "SELECT ?element WHERE { ?class rdfs:subClassOf cicte:PlanElement . ?element a ?class "
        "FILTER NOT EXISTS { ?element cicte:inPlan ?plan } }"
    )
    assert rows == []


def test_every_convenience_link_has_its_record(real: Built) -> None:
    without = real.store.rows(
        "SELECT ?element ?who WHERE { ?element cicte:partner ?who FILTER NOT EXISTS "
        "{ ?p a cicte:Participation ; cicte:element ?element ; cicte:organization ?who } }"
    ) + real.store.rows(
        "SELECT ?element ?m WHERE { ?element cicte:mandatedBy ?m FILTER NOT EXISTS "
        "{ ?j a cicte:Justification ; cicte:element ?element ; cicte:mandate ?m } }"
    )
    assert without == []


def test_a_rule_that_constructs_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wrong.rq").write_text("SELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(UsageError, match="no CONSTRUCT query"):
        derive(Store(), tmp_path)
