"""The JSON interface: what it answers, that its description is true, and what a fuzzer finds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from cicte_graph.find import TRACED, kinds_of
from cicte_graph.graph import Graph
from cicte_graph.network.choice import LEVELS
from cicte_graph.network.networks import NETWORKS
from cicte_graph.serve import api
from cicte_graph.terms import ID
from tests.conftest import SAMPLE
from tests.serving import Served, serving

OPENAPI = Path(api.__file__).parent / "openapi.json"
PROTECTION = "program/2003/harbor-protection"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(SAMPLE, tmp_path_factory.mktemp("server") / "log") as running:
        yield running
        assert "Traceback" not in running.said()


DESCRIBED = schemathesis.openapi.from_path(OPENAPI)


@DESCRIBED.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_whatever_is_asked_the_answer_is_as_described(case: schemathesis.Case[Any], served: Served) -> None:
    case.call_and_validate(base_url=served.url)


def get(served: Served, address: str, **query: str) -> httpx.Response:
    return served.client.get(f"/api/{address}", params=query)


def as_described(path: str, answer: httpx.Response) -> bool:
    """Tell whether an answer with a document in it is what the description says."""
    assert answer.status_code == 200, answer.text
    return bool(DESCRIBED[path]["GET"].is_valid_response(answer))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_trace_is_as_described(served: Served, sample_graph: Graph, language: str) -> None:
    traced = kinds_of(sample_graph, *TRACED)
    records = [row["record"].value for row in sample_graph.rows("records/every-record")]
    chosen = [iri.removeprefix(ID) for iri in records if traced.intersection(sample_graph.types(iri))]
    assert len(chosen) > 10
    for identifier in [*chosen, "topic/maritime-security", "topic/training"]:
        assert as_described("/api/trace/{id}", get(served, f"trace/{identifier}", lang=language)), identifier


@pytest.mark.parametrize("of", NETWORKS)
def test_every_network_is_as_described(served: Served, of: str) -> None:
    for level in ["program"] if of == "layers" else LEVELS:
        for roll_up in ("true", "false"):
            assert as_described("/api/network", get(served, "network", of=of, level=level, roll_up=roll_up))


def test_a_search_lists_records_with_class_label_and_place(served: Served) -> None:
    found = get(served, "search", q="harbour protection").json()
    assert found["words"] == "harbour protection"
    assert found["records"][0]["record"] == f"id:{PROTECTION}"
    assert found["records"][0]["class"] == "Program"


def test_a_search_for_nothing_that_is_a_word_finds_nothing(served: Served) -> None:
    assert get(served, "search", q="?!").json()["records"] == []


def test_names_come_in_the_language_asked_for(served: Served) -> None:
    assert get(served, "search", q="BRB", lang="es").status_code == 200
    english, spanish = (get(served, "trace/work-plan/2001", lang=one).json()["verdict"] for one in ("en", "es"))
    assert english
    assert spanish


def test_a_trace_says_what_an_element_rests_on(served: Served) -> None:
    told = get(served, f"trace/{PROTECTION}").json()
    assert told["asked"] == {"id": f"id:{PROTECTION}", "label": "Harbor Protection"}
    assert told["downward"] is False
    assert [one["id"] for one in told["place"]][-1] == "id:work-plan/2003"
    assert get(served, f"trace/{PROTECTION.replace('/', '%2F')}").json() == told


def test_a_topic_is_traced_down(served: Served) -> None:
    told = get(served, "trace/topic/maritime-security").json()
    assert told["downward"] is True


def test_a_network_has_the_organizations_of_the_plan_it_is_narrowed_to(served: Served) -> None:
    told = get(served, "network", of="partners", plan="2003").json()
    nodes = {node["id"] for node in told["nodes"]}
    assert all({edge["one"], edge["other"]} <= nodes for edge in told["edges"])
    assert {node["plans"] for node in told["nodes"]} == {"2003"}


@pytest.mark.parametrize(
    ("address", "query", "status", "told"),
    [
        ("search", {}, 400, "q is missing"),
        ("search", {"q": ""}, 400, "q is empty"),
        ("search", {"q": "x" * 201}, 400, "200 characters"),
        ("search", {"q": "x", "lang": "fr"}, 400, "en, es"),
        ("search", {"q": "x", "invented": "1"}, 400, "'invented'"),
        ("search", {"q": ["x", "y"]}, 400, "2 times"),
        ("trace/program/2003/harbour-protection", {}, 404, PROTECTION),
        ("trace/organization/sample-police", {}, 404, "an Organization"),
        ("trace/topic/invented", {}, 404, "topic/invented"),
        ("trace/harbor protection", {}, 400, "no identifier"),
        ("trace/program/" + "x" * 200, {}, 400, "no identifier"),
        ("trace/", {}, 400, "no identifier"),
        ("network", {"of": "invented"}, 400, "organizations, partners"),
        ("network", {"level": "target"}, 400, "plan, program"),
        ("network", {"roll_up": "yes"}, 400, "true, false"),
        ("network", {"plan": "1999"}, 404, "1999"),
        ("network", {"kind": "invented"}, 404, "invented"),
        ("network", {"of": "layers", "level": "plan"}, 404, "program"),
        ("invented", {}, 404, "/api/invented"),
        ("", {}, 404, "openapi.json"),
    ],
)
def test_a_fault_is_told_as_problem_details_with_how_to_mend_it(
    served: Served, address: str, query: dict[str, str | list[str]], status: int, told: str
) -> None:
    answer = served.client.get(f"/api/{address}", params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert set(said) == {"type", "title", "status", "detail"}
    assert said["status"] == status
    assert told in said["detail"]
    assert "\n" not in said["title"]


def test_the_description_is_served_and_leads_to_where_it_is_served(served: Served) -> None:
    answer = get(served, "openapi.json")
    assert answer.content == OPENAPI.read_bytes()
    assert answer.json()["servers"][0]["url"] == ".."


def test_the_description_names_the_networks_and_levels_there_are() -> None:
    described = json.loads(OPENAPI.read_text(encoding="utf-8"))
    parameters = {one.get("name"): one for one in described["paths"]["/api/network"]["get"]["parameters"]}
    assert set(parameters["of"]["schema"]["enum"]) == set(NETWORKS)
    assert set(parameters["level"]["schema"]["enum"]) == set(LEVELS)


def test_every_address_of_the_interface_is_described() -> None:
    described = json.loads(OPENAPI.read_text(encoding="utf-8"))
    assert set(described["paths"]) == {"/api/search", "/api/trace/{id}", "/api/network", "/health"}
