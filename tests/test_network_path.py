"""A path tells by which bodies and programs two organizations are connected, each step with its passage.

What the sample must give is worked out by hand from tests/sample: in 2003 police, guard and institute take part in
Harbor Protection, the institute through the activity Harbor courses; police and institute in Web Safety. What the
real plans must give is searched for in their YAML files.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.path import path
from cicte_graph.reports.report import Report
from cicte_graph.reports.written import write_report
from cicte_graph.table import Value
from cicte_graph.terms import ID, expand
from tests.named import named, reached
from tests.test_reports import changed

POLICE, GUARD, WAVE, ASSEMBLY = (
    f"{ID}organization/{key}"
    for key in ("sample-police", "coast-guard-of-barbados", "wave-institute", "sample-assembly")
)
FILES = named()
PROGRAMS = {element: there for element, there in FILES.items() if element.startswith("id:program/")}
PARTNERS = sorted(set[str]().union(*PROGRAMS.values()))


def steps(report: Report, *columns: str) -> list[tuple[Value, ...]]:
    """Give some columns of the rows."""
    return [tuple(row[column] for column in columns) for row in report.table]


# the sample, by hand


def test_each_step_says_who_took_part_in_what_and_how(sample_graph: Graph) -> None:
    report = path(sample_graph, GUARD, WAVE)
    columns = ("chain", "step", "name", "role", "written as", "label", "plan", "through")
    draft, courses = "the 2003-2004 draft", "Harbor courses (activity)"
    guard, wave = "Coast Guard of Barbados", "Wave Institute"
    assert steps(report, *columns) == [
        ("chain 1", 1, guard, "partner", "Barbados Coast Guard", "Harbor Protection", draft, "itself"),
        ("chain 1", 2, wave, "cooperating", wave, "Harbor Protection", draft, courses),
    ]
    assert [[passage.anchor for passage in passages] for passages in report.evidence] == [
        ["Barbados Coast Guard"],
        ["with the Wave Institute"],
    ]
    assert report.title == "How Coast Guard of Barbados and Wave Institute are connected"
    assert report.findings == ["Both take part in Harbor Protection (program, 2003)."]


def test_chains_of_equal_length_stand_in_the_order_of_their_names(sample_graph: Graph) -> None:
    report = path(sample_graph, POLICE, WAVE)
    assert report.findings == ["Both take part in Harbor Protection (program, 2003) and Web Safety (program, 2003)."]
    assert steps(report, "chain", "step", "label") == [
        ("chain 1", 1, "Harbor Protection"),
        ("chain 1", 2, "Harbor Protection"),
        ("chain 2", 1, "Web Safety"),
        ("chain 2", 2, "Web Safety"),
    ]


AT_COURSES = """\
        partners:
          wave-institute: {role: cooperating, written as: Wave Institute, evidence: {locator: "1.A, project 1, activity 1", anchor: with the Wave Institute}}
"""  # noqa: E501 - as it stands in the sample
APART = {"plans/2003/harbor-protection": (AT_COURSES, "")}


def test_a_body_between_two_programs_connects_their_partners(tmp_path: Path) -> None:
    report = path(changed(tmp_path, edited=APART), GUARD, WAVE)
    assert report.findings == [
        "They share no program; the shortest chain has 1 body between them. There is 1 such chain.",
        (
            "Chain 1: Coast Guard of Barbados with Sample Police in Harbor Protection (program, 2003); "
            "Sample Police with Wave Institute in Web Safety (program, 2003)."
        ),
    ]
    assert steps(report, "step", "name", "label") == [
        (1, "Coast Guard of Barbados", "Harbor Protection"),
        (2, "Sample Police", "Harbor Protection"),
        (3, "Sample Police", "Web Safety"),
        (4, "Wave Institute", "Web Safety"),
    ]


def test_the_way_back_is_the_same_chain(tmp_path: Path) -> None:
    graph = changed(tmp_path, edited=APART)
    there, back = (steps(path(graph, *ends), "name", "label") for ends in ((GUARD, WAVE), (WAVE, GUARD)))
    assert back == there[::-1]


def test_bodies_without_a_common_program_are_told_where_they_do_meet(sample_graph: Graph) -> None:
    report = path(sample_graph, POLICE, WAVE, choose(sample_graph, level="project"))
    assert report.table.rows == []
    assert report.findings == [
        "They are not connected: Sample Police takes part in no project.",
        (
            "At the level program they are: both take part in Harbor Protection (program, 2003) and "
            "Web Safety (program, 2003)."
        ),
    ]


def test_what_was_left_out_is_told_where_it_would_connect(sample_graph: Graph) -> None:
    report = path(sample_graph, POLICE, WAVE, choose(sample_graph, role=["cooperating"]))
    assert report.findings == [
        "They are not connected in what was chosen (role Cooperating): Sample Police takes part in no program.",
        "Without this choice they are connected.",
    ]


def test_who_takes_part_in_nothing_is_connected_with_nobody(sample_graph: Graph) -> None:
    report = path(sample_graph, ASSEMBLY, WAVE)
    assert report.findings == ["They are not connected: Sample Assembly takes part in no program."]


def test_no_chain_is_said_where_both_take_part(tmp_path: Path) -> None:
    at_web = '  sample-police: {role: partner, written as: Sample Police, evidence: {locator: "1.B, partners", anchor: "Partners: Sample Police"}}\n'  # noqa: E501
    edited = APART | {"plans/2003/web-safety": (at_web, "")}
    report = path(changed(tmp_path, edited=edited), GUARD, WAVE)
    assert report.findings == [
        "They are not connected: no chain of shared programs leads from one to the other.",
        "At the level plan they are: both take part in the 2003-2004 draft.",
    ]


def test_a_body_that_is_part_of_the_other_is_said_to_be(tmp_path: Path) -> None:
    edited = {"organizations/wave-institute": ("kind: academia", "kind: academia\nparent: sample-secretariat")}
    graph = changed(tmp_path, edited=edited)  # and the secretariat is part of the assembly
    said = "Wave Institute is part of Sample Assembly, through Sample Secretariat."
    assert path(graph, ASSEMBLY, WAVE).findings[-1] == said
    assert path(graph, WAVE, ASSEMBLY).findings[-1] == said
    assert not any("is part of" in finding for finding in path(graph, WAVE, POLICE).findings)


def test_a_body_is_not_connected_with_itself(sample_graph: Graph) -> None:
    told = r"^Wave Institute is not connected with itself\. Name two organizations\.$"
    with pytest.raises(UsageError, match=told):
        path(sample_graph, WAVE, WAVE)


def test_bodies_counted_as_those_above_them_have_no_path(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^a chain is of bodies as they are named\."):
        path(sample_graph, WAVE, POLICE, choose(sample_graph, roll_up=True))


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "markdown", "html"])
@pytest.mark.parametrize("other", [WAVE, ASSEMBLY])
def test_a_path_is_written_in_every_form(sample_graph: Graph, form: str, other: str) -> None:
    written = write_report(path(sample_graph, GUARD, other), form)
    assert ("chain 1" in written) == (other == WAVE)
    assert written == write_report(path(sample_graph, GUARD, other), form)


# the real plans, by their files


def test_two_on_one_closing_list_meet_in_the_plan_alone(real_graph: Graph) -> None:
    bodies = [f"{ID}organization/{key}" for key in ("world-bank", "imf")]
    assert path(real_graph, bodies[0], bodies[1]).findings == [
        "They are not connected: World Bank and International Monetary Fund take part in no program.",
        "At the level plan they are: both take part in the 2012 work plan.",
    ]
    assert path(real_graph, bodies[0], bodies[1], choose(real_graph, level="plan")).findings == [
        "Both take part in the 2012 work plan."
    ]


def test_of_many_chains_the_first_five_are_shown(real_graph: Graph) -> None:
    # at the level of plans: the World Bank is in that of 2012 only, Microsoft in that of 2018-2019 only
    before = FILES["id:work-plan/2012"] | PROGRAMS["id:program/2012/document-security-and-fraud-prevention"]
    now = set[str]().union(*(there for element, there in FILES.items() if "/2018-2019/" in element))
    both = before & now
    ends = (f"{ID}organization/world-bank", f"{ID}organization/microsoft")
    report = path(real_graph, *ends, choose(real_graph, level="plan"))
    assert len(both) > 5
    assert report.findings[0] == (
        "They share no plan; the shortest chain has 1 body between them. "
        f"There are {len(both)} such chains; the first 5 by name are shown."
    )
    between = [row["name"] for row in report.table if row["step"] == 2]
    assert between == sorted(real_graph.label_of(body) for body in both)[:5]


@settings(max_examples=25, deadline=None)
@given(ends=st.lists(st.sampled_from(PARTNERS), min_size=2, max_size=2, unique=True))
def test_chains_are_as_short_and_as_many_as_a_search_of_the_files_finds(real_graph: Graph, ends: list[str]) -> None:
    one, other = ends
    length, number = reached(PROGRAMS, one)[other]
    report = path(real_graph, expand(one), expand(other))
    assert len(report.table) == 2 * length * min(number, 5)
    if length > 1:
        assert f" has {length - 1} bod" in report.findings[0]
        assert f" {number} such chain" in report.findings[0]
    for first, second in zip(steps(report, "element"), steps(report, "organization"), strict=True):
        assert second[0] in PROGRAMS[str(first[0])]
    assert all(report.evidence)
