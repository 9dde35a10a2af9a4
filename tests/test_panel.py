"""Forty-eight traces worked out by hand from the documents, read twice, against what the tool finds."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from cicte_graph.graph import Graph
from cicte_graph.terms import ID
from cicte_graph.trace import trace_down, trace_up

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "panel.yaml").read_text(encoding="utf-8"))
UP = [case for case in CASES if "element" in case]
DOWN = [case for case in CASES if "mandate" in case]


def short(identifier: str) -> str:
    return identifier.removeprefix("id:")


def test_the_panel_has_strong_weak_carried_and_missing_mandates_of_both_plans() -> None:
    assert len(CASES) >= 40
    assert {case["element"].split("/")[1] for case in UP} == {"2012", "2018-2019"}
    assert any(case.get("strongest") == "none" and not case["carried"] for case in UP)
    assert sum(bool(case["carried"]) for case in UP) > 5


@pytest.mark.parametrize("case", UP, ids=lambda case: case["element"])
def test_an_element_rests_on_what_was_worked_out_by_hand(case: dict[str, Any], real_graph: Graph) -> None:
    links = [link for link in trace_up(real_graph, ID + case["element"]).links if link.specific]
    direct = [link for link in links if not link.carried_from]
    assert {short(link.mandate.id) for link in direct} == set(case["specific"])
    assert {short(link.mandate.id) for link in links if link.carried_from} == set(case["carried"])
    if case.get("strongest") == "none":
        assert direct == []
    else:
        best = direct[0]
        found = {
            "mandate": short(best.mandate.id),
            "basis": best.basis,
            "status": best.status,
            "at": short(best.element.id),
        }
        assert found in case.get("strongest any of", [case.get("strongest")])


@pytest.mark.parametrize("case", DOWN, ids=lambda case: case["mandate"])
def test_a_mandate_is_answered_by_what_was_worked_out_by_hand(case: dict[str, Any], real_graph: Graph) -> None:
    links = trace_down(real_graph, ID + case["mandate"]).links
    assert {short(link.element.id) for link in links if link.specific and not link.carried_from} == set(
        case["elements"]
    )
