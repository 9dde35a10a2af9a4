"""A trace gives every mandate behind an element, strongest first, and the same link read the other way."""

import json

import pytest

from cicte_graph.errors import NotFoundError
from cicte_graph.find import find_one
from cicte_graph.graph import Graph
from cicte_graph.link import Link
from cicte_graph.terms import ID, expand
from cicte_graph.trace import Trace, trace_down, trace_up
from cicte_graph.trace_text import as_text
from tests.conftest import TESTED


def up(graph: Graph, element: str) -> Trace:
    return trace_up(graph, ID + element)


def brief(link: Link) -> tuple[str, str, str, int]:
    return link.mandate.id.removeprefix("id:provision/"), link.basis, link.status, len(link.steps)


def test_an_activity_rests_on_what_it_stands_in_strongest_first(sample_graph: Graph) -> None:
    trace = up(sample_graph, "activity/2001/port-safety/courses/national-courses")
    assert [brief(link) for link in trace.links] == [
        ("sample-res-7/4/a", "subject", "curated", 2),
        ("sample-res-7/4", "area", "curated", 3),
        ("sample-res-7/5", "listed", "stated", 4),
    ]
    assert [step.label for step in trace.links[0].steps] == ["Courses at ports", "Port Safety"]


def test_the_verdict_counts_and_names_the_strongest_basis(sample_graph: Graph) -> None:
    trace = up(sample_graph, "activity/2001/port-safety/courses/national-courses")
    assert trace.verdict == (
        "National courses (activity) rests on 1 paragraph of 1 instrument that names its subject: S/RES. 7, operative "
        "paragraph 4(a); the strongest basis is subject at Port Safety, 2 steps up, high confidence. Of 1 such link, 1 "
        "curated; 1 hop is a reading of ours. Missing: a text that states the link at this activity and a paragraph "
        "tied to this activity itself. Besides, 1 by work area and 1 only listed by the plan."
    )


def test_where_no_paragraph_speaks_of_the_subject_the_nearest_above_is_named(sample_graph: Graph) -> None:
    trace = up(sample_graph, "program/2001/storm-warning")
    assert trace.verdict.startswith(
        "Storm Warning (program): no paragraph speaks of its subject. The nearest is at Borders (area)"
    )


def test_where_nothing_is_found_it_is_said_plainly(sample_graph: Graph) -> None:
    trace = up(sample_graph, "program/2003/web-safety")
    assert trace.links == []
    assert trace.verdict == (
        "Web Safety (program) rests on no mandate in this graph, and neither does anything above it, from Coasts up."
    )


def test_a_carried_over_mandate_says_from_where_and_how_sure(sample_graph: Graph) -> None:
    trace = up(sample_graph, "program/2003/harbor-protection")
    first = trace.links[0]
    assert (first.basis, first.status, first.confidence, first.carried_basis) == (
        "carried-over",
        "derived",
        "medium",
        "subject",
    )
    assert first.carried_from is not None
    assert first.carried_from.id == "id:program/2001/port-safety"
    assert "Harbor Protection carries on Port Safety (medium confidence)" in trace.verdict


def test_every_link_shows_a_passage_at_either_end(real_graph: Graph) -> None:
    for row in real_graph.store.rows("SELECT ?program WHERE { ?program a cicte:Program }"):
        for link in trace_up(real_graph, row["program"].value).links:
            assert link.passages
            if link.status != "stated":
                assert len(link.passages) >= 2, link


def test_up_and_down_tell_the_same_links(real_graph: Graph) -> None:
    upward = set()
    for row in real_graph.store.rows("SELECT DISTINCT ?element WHERE { ?j cicte:element ?element }"):
        links = trace_up(real_graph, row["element"].value).links
        upward |= {(link.element.id, link.mandate.id, link.justification) for link in links if not link.steps}
    downward = set()
    for row in real_graph.store.rows("SELECT DISTINCT ?mandate WHERE { ?j cicte:mandate ?mandate }"):
        links = trace_down(real_graph, row["mandate"].value).links
        downward |= {(link.element.id, link.mandate.id, link.justification) for link in links}
    assert upward == downward


def test_an_instrument_gathers_what_rests_on_its_paragraphs(sample_graph: Graph) -> None:
    trace = trace_down(sample_graph, f"{ID}instrument/sample-res-7")
    assert {link.element.id for link in trace.links} == {
        "id:work-plan/2001",
        "id:work-area/2001/borders",
        "id:program/2001/port-safety",
        "id:program/2003/harbor-protection",
    }


def test_a_paragraph_the_plan_leaves_out_says_so(sample_graph: Graph) -> None:
    assert trace_down(sample_graph, f"{ID}provision/sample-res-7/4/b").verdict == (
        "S/RES. 7, operative paragraph 4(b) does not concern the Secretariat: the plan that lists its instrument "
        "leaves it out."
    )


def test_a_mandate_nothing_rests_on_is_said_plainly(sample_graph: Graph) -> None:
    verdict = trace_down(sample_graph, f"{ID}instrument/sample-code").verdict
    assert verdict == "No element of either plan rests on Sample Port Code."


def test_elements_that_only_carry_a_mandate_over_are_counted_apart(sample_graph: Graph) -> None:
    verdict = trace_down(sample_graph, f"{ID}provision/sample-res-7/4/a").verdict
    assert verdict == (
        "1 element of the plans rests on S/RES. 7, operative paragraph 4(a) by name or subject, 1 more only through "
        "what it carries on. Of 2 such links, 1 curated, 1 derived; 2 hops are readings of ours."
    )


def test_a_mandate_no_program_answers_is_told_apart_from_one_that_is(sample_graph: Graph) -> None:
    verdict = trace_down(sample_graph, f"{ID}provision/sample-res-7/5").verdict
    assert verdict == "No element answers S/RES. 7, operative paragraph 5 by its subject; it is reached only as listed."


def test_the_text_opens_with_the_verdict_and_ends_with_the_version(sample_graph: Graph) -> None:
    text = as_text(up(sample_graph, "program/2001/port-safety"))
    assert text.startswith("Port Safety (program) rests on 1 paragraph")
    assert text.endswith("graph test, built 2001-02-03\n")
    assert "“security of seaports”" in text
    assert "read it at https://example.org/res-7" in text


def test_the_trace_in_spanish_uses_spanish_names(sample_graph: Graph) -> None:
    graph = Graph(sample_graph.house, sample_graph.store, TESTED, "es")
    trace = up(graph, "program/2001/port-safety")
    assert trace.asked.label == "Seguridad Portuaria"
    assert trace.links[0].gist == "Hacer más seguros los puertos."


def test_json_holds_the_whole_trace(sample_graph: Graph) -> None:
    trace = up(sample_graph, "program/2001/port-safety")
    again = json.loads(json.dumps(trace.as_json()))
    assert again["links"][0]["passages"][0]["anchor"] == "security of seaports"
    assert len(again["links"]) == len(trace.links)


@pytest.mark.parametrize("words", ["port safety", "seguridad portuaria", "program/2001/port-safety"])
def test_what_is_traced_may_be_named_in_words(sample_graph: Graph, words: str) -> None:
    assert find_one(sample_graph, words, "PlanElement") == expand("program/2001/port-safety")


def test_an_organization_cannot_be_traced(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        find_one(sample_graph, "Wave Institute", "PlanElement", "WorkPlan")


def test_a_stated_link_higher_up_stands_before_a_reading_close_by(real_graph: Graph) -> None:
    for row in real_graph.store.rows("SELECT ?element WHERE { ?element a cicte:Activity }"):
        links = [link for link in up(real_graph, row["element"].value.removeprefix(ID)).links if link.specific]
        ranks = [(link.carried_from is not None, link.rank) for link in links]
        assert ranks == sorted(ranks)
