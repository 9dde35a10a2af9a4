"""A withdrawal tells what loses whom, what is left without, and what falls apart; nothing it does not take away.

What the sample must give is worked out by hand from tests/sample: police is on the closing list of 2001, and in
2003 named for Harbor Protection and Web Safety; the guard for Harbor Protection; the institute for Web Safety and for
Harbor courses, an activity in the project Harbor training of Harbor Protection. What the real plans must give is read
from their YAML files.
"""

from collections import Counter
from pathlib import Path

import pytest

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.withdraw import withdraw
from cicte_graph.reports.report import Report
from cicte_graph.reports.written import write_report
from cicte_graph.table import Value
from cicte_graph.terms import ID, expand
from tests.named import named
from tests.test_reports import changed

POLICE, GUARD, WAVE, ASSEMBLY, SECRETARIAT = (
    f"{ID}organization/{key}"
    for key in ("sample-police", "coast-guard-of-barbados", "wave-institute", "sample-assembly", "sample-secretariat")
)
P01, HARBOR, WEB = "id:work-plan/2001", "id:program/2003/harbor-protection", "id:program/2003/web-safety"
TRAINING = "id:project/2003/harbor-protection/harbor-training"
COURSES = "id:activity/2003/harbor-protection/harbor-training/harbor-courses"
NOTHING = "Nothing falls apart: the 2 others stay joined to each other by the programs they share."


def lost(report: Report, *columns: str) -> list[tuple[Value, ...]]:
    """Give some columns of the rows."""
    return [tuple(row[column] for column in columns) for row in report.table]


# the sample, by hand


def test_every_plan_and_program_that_loses_a_body_is_a_row(sample_graph: Graph) -> None:
    report = withdraw(sample_graph, [POLICE])
    columns = ("element", "label", "class", "name", "role", "through", "partners left", "left without")
    regional, police = "any of kind regional body", "Sample Police"
    assert lost(report, *columns) == [
        (P01, "Work Plan of 2001", "WorkPlan", police, "collaborator", "itself", 0, "any partner"),
        (HARBOR, "Harbor Protection", "Program", police, "partner", "itself", 2, regional),
        (WEB, "Web Safety", "Program", police, "partner", "itself", 1, regional),
    ]
    assert report.title == "What is lost if Sample Police withdraws"
    assert report.findings == [
        "2 programs, no projects and no activities lose a partner, named there or within.",
        "The 2001 work plan loses 1 body that it names for the plan as a whole.",
        "Left without any of kind regional body: Harbor Protection (program, 2003) and Web Safety (program, 2003).",
        "The 2001 work plan as a whole is left without any partner.",
        "The 2003-2004 draft as a whole is left without any of kind regional body.",
        NOTHING,
    ]


def test_a_row_has_the_passages_of_its_own_element(sample_graph: Graph) -> None:
    anchors = [[passage.anchor for passage in passages] for passages in withdraw(sample_graph, [POLICE]).evidence]
    assert anchors == [["1. Sample Police"], ["Sampel Police"], ["Partners: Sample Police"]]


def test_a_body_named_at_an_activity_is_lost_to_what_the_activity_is_part_of(sample_graph: Graph) -> None:
    report = withdraw(sample_graph, [WAVE])
    there, academia = "Harbor courses (activity)", "any of kind academia"
    assert lost(report, "element", "class", "role", "through", "partners left", "left without") == [
        (HARBOR, "Program", "cooperating", there, 2, academia),
        (TRAINING, "Project", "cooperating", there, 0, "any partner"),
        (COURSES, "Activity", "cooperating", "itself", 0, "any partner"),
        (WEB, "Program", "partner", "itself", 1, academia),
    ]
    assert report.findings == [
        "2 programs, 1 project and 1 activity lose a partner, named there or within.",
        "Left without any partner: Harbor courses (activity, 2003) and Harbor training (project, 2003).",
        "Left without any of kind academia: Harbor Protection (program, 2003) and Web Safety (program, 2003).",
        "The 2003-2004 draft as a whole is left without any of kind academia.",
        NOTHING,
    ]


def test_a_body_named_for_a_program_is_not_lost_to_its_projects(sample_graph: Graph) -> None:
    report = withdraw(sample_graph, [GUARD])
    assert lost(report, "element", "partners left") == [(HARBOR, 2)]
    assert report.findings[0] == "1 program, no projects and no activities loses a partner, named there or within."


def test_bodies_withdraw_together(sample_graph: Graph) -> None:
    report = withdraw(sample_graph, [WAVE, POLICE])
    assert report.title == "What is lost if Sample Police and Wave Institute withdraw"
    assert lost(report, "element", "name", "partners left", "left without") == [
        (P01, "Sample Police", 0, "any partner"),
        (HARBOR, "Sample Police", 1, "any of kind regional body"),
        (HARBOR, "Wave Institute", 1, "any of kind academia"),
        (TRAINING, "Wave Institute", 0, "any partner"),
        (COURSES, "Wave Institute", 0, "any partner"),
        (WEB, "Sample Police", 0, "any partner"),
        (WEB, "Wave Institute", 0, "any partner"),
    ]
    assert report.findings[-1] == "Cut off from every other body: Coast Guard of Barbados."


def test_who_is_named_twice_withdraws_once(sample_graph: Graph) -> None:
    assert withdraw(sample_graph, [WAVE, WAVE]) == withdraw(sample_graph, [WAVE])


def test_if_everyone_withdraws_nothing_is_left_to_fall_apart(sample_graph: Graph) -> None:
    report = withdraw(sample_graph, [WAVE, POLICE, GUARD])
    assert report.findings[-1] == "Nothing falls apart: no program is shared with another body."
    assert set(report.table.column("left without")) == {"any partner"}


AT_HARBOR = "  coast-guard-of-barbados:"
TOO = (
    '  wave-institute: {role: partner, written as: The Wave, evidence: {locator: "1.A, partners", anchor: The Wave}}\n'
)


def test_a_body_named_twice_in_a_program_is_one_partner_of_it(tmp_path: Path) -> None:
    graph = changed(tmp_path, edited={"plans/2003/harbor-protection": (AT_HARBOR, TOO + AT_HARBOR)})
    report = withdraw(graph, [WAVE])
    [row] = [row for row in report.table if row["element"] == HARBOR]
    assert (row["role"], row["through"], row["partners left"]) == (
        "partner, cooperating",
        "itself; Harbor courses (activity)",
        2,
    )
    assert [passage.anchor for passage in report.evidence[0]] == ["The Wave", "with the Wave Institute"]
    assert report.findings[0].startswith("2 programs, 1 project and 1 activity lose")
    [left] = [row for row in withdraw(graph, [GUARD]).table if row["element"] == HARBOR]
    assert left["partners left"] == 2


PARENT = {"organizations/wave-institute": ("kind: academia", "kind: academia\nparent: sample-police")}


def test_the_parts_of_a_body_stay_and_are_named(tmp_path: Path) -> None:
    report = withdraw(changed(tmp_path, edited=PARENT), [POLICE])
    assert report.findings[-1] == "Not counted as withdrawn: 1 body that is part of it: Wave Institute."
    assert set(report.table.column("name")) == {"Sample Police"}


def test_the_parts_of_a_body_go_along_if_asked_for(tmp_path: Path) -> None:
    graph = changed(tmp_path, edited=PARENT)
    report = withdraw(graph, [POLICE], with_parts=True)
    assert report.findings[-1] == "Counted as withdrawn too: 1 body that is part of it: Wave Institute."
    assert report.table.rows == withdraw(graph, [POLICE, WAVE]).table.rows


def test_a_body_that_takes_part_in_nothing_loses_nothing_and_says_so(sample_graph: Graph) -> None:
    report = withdraw(sample_graph, [ASSEMBLY])
    assert (report.findings, report.table.rows) == (["Sample Assembly takes part in nothing in any plan."], [])


def test_one_of_several_that_takes_part_in_nothing_is_named(sample_graph: Graph) -> None:
    report = withdraw(sample_graph, [SECRETARIAT, GUARD])
    assert report.findings[:2] == [
        "Sample Secretariat takes part in nothing in any plan.",
        "1 program, no projects and no activities loses a partner, named there or within.",
    ]


def test_only_what_was_chosen_is_looked_at(sample_graph: Graph) -> None:
    later = withdraw(sample_graph, [POLICE], choose(sample_graph, plan=["2003"]))
    assert later.table.column("element") == [HARBOR, WEB]
    earlier = withdraw(sample_graph, [WAVE], choose(sample_graph, plan=["2001"]))
    assert earlier.findings == ["Wave Institute takes part in nothing in what was chosen (plan Work Plan of 2001)."]


def test_who_keeps_a_partner_of_each_kind_is_told_so(tmp_path: Path) -> None:
    same = {"organizations/wave-institute": ("kind: academia", "kind: regional-body")}
    report = withdraw(changed(tmp_path, edited=same), [POLICE], None)
    assert "Each keeps a partner of every kind that is lost there." in report.findings
    assert lost(report, "element", "left without") == [(P01, "any partner"), (HARBOR, None), (WEB, None)]


def test_a_withdrawal_of_nobody_is_refused(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^nobody withdraws\. Name one organization or more\.$"):
        withdraw(sample_graph, [])


def test_bodies_counted_as_those_above_them_cannot_withdraw(sample_graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"^a body withdraws under its own name\."):
        withdraw(sample_graph, [POLICE], choose(sample_graph, roll_up=True))


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "markdown", "html"])
@pytest.mark.parametrize("body", [POLICE, ASSEMBLY])
def test_a_withdrawal_is_written_in_every_form(sample_graph: Graph, form: str, body: str) -> None:
    written = write_report(withdraw(sample_graph, [body]), form)
    assert ("Harbor Protection" in written) == (body == POLICE)
    assert written == write_report(withdraw(sample_graph, [body]), form)


# the real plans, by their files


@pytest.fixture(scope="module")
def files() -> dict[str, set[str]]:
    """Who is named where, as the YAML files have it."""
    return named()


@pytest.fixture(scope="module")
def alone(real_graph: Graph, files: dict[str, set[str]]) -> dict[str, Report]:
    """The withdrawal of each body alone."""
    return {body: withdraw(real_graph, [expand(body)]) for body in sorted(set().union(*files.values()))}


def test_what_each_body_leaves_is_what_the_files_say(alone: dict[str, Report], files: dict[str, set[str]]) -> None:
    assert len(alone) == 130
    for body, report in alone.items():
        left = {element: len(there - {body}) for element, there in files.items() if body in there}
        assert dict(zip(report.table.column("element"), report.table.column("partners left"), strict=True)) == left
        emptied = {element for element, number in left.items() if not number}
        assert {row["element"] for row in report.table if row["left without"] == "any partner"} == emptied
        kinds = Counter(str(row["class"]).lower() for row in report.table)
        assert kinds == Counter(element.partition(":")[2].partition("/")[0].replace("-", "") for element in left)
        assert all(report.evidence)


def test_no_body_alone_makes_the_real_network_fall_apart(alone: dict[str, Report], files: dict[str, set[str]]) -> None:
    programs = [there for element, there in files.items() if element.startswith("id:program/")]
    for body in set().union(*programs):
        assert len(pieces([there - {body} for there in programs])) == 1
        assert "Nothing falls apart: the 96 others stay" in " ".join(alone[body].findings)


def pieces(groups: list[set[str]]) -> list[set[str]]:
    """Join groups that have a member in common."""
    found: list[set[str]] = []
    for group in filter(None, groups):
        apart = [piece for piece in found if not piece & group]
        found = [*apart, group.union(*(piece for piece in found if piece & group))]
    return found


@pytest.mark.parametrize(
    ("gone", "few", "around"),
    [
        (("paho", "unodc"), 10, "Prevention of the proliferation of weapons of mass destruction"),
        (("cted", "unicri"), 2, "Prevention of violent extremism and the phenomenon of foreign terrorist fighters"),
    ],
)
def test_two_bodies_together_cut_off_a_program(
    real_graph: Graph, files: dict[str, set[str]], gone: tuple[str, ...], few: int, around: str
) -> None:
    leaving = {f"id:organization/{key}" for key in gone}
    programs = [there - leaving for element, there in files.items() if element.startswith("id:program/")]
    assert sorted(map(len, pieces(programs))) == [few, 97 - 2 - few]
    finding = next(one for one in withdraw(real_graph, sorted(map(expand, leaving))).findings if "fall apart" in one)
    programs_left = 12  # the 11 others of 2018-2019, and that of 2012 for which INTERPOL is named
    assert finding == (
        f"95 bodies that shared programs fall apart into groups: {97 - 2 - few} around {programs_left} programs; "
        f"{few} around {around}."
    )


def test_bodies_of_a_closing_list_are_said_not_to_count_for_programs(real_graph: Graph) -> None:
    [finding] = [one for one in withdraw(real_graph, [f"{ID}organization/interpol"]).findings if "any partner" in one]
    assert finding == (
        "Left without any partner: Document Security and Fraud Prevention (program, 2012) and Document security "
        "workshops with INTERPOL (project, 2012). Bodies that a plan names as a whole count for none of its programs."
    )


def test_the_parts_of_the_united_nations_stay(real_graph: Graph) -> None:
    report = withdraw(real_graph, [f"{ID}organization/united-nations"])
    assert report.table.rows == []
    assert report.findings[0] == "United Nations takes part in nothing in any plan."
    assert report.findings[1].startswith("Not counted as withdrawn: ")
    assert "United Nations Office on Drugs and Crime" in report.findings[1]
