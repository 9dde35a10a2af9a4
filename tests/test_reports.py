"""Every report says what its rows say, every row says where it stands, and nothing left open is ever added up.

What the sample must give is worked out by hand from tests/sample; numbers of the real plans from the documents.
"""

import csv
import html
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import comb
from pathlib import Path

import networkx as nx
import pytest
from markdown_it import MarkdownIt

from cicte_graph.build import assemble
from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.page import Grid, Line, Mark, Name
from cicte_graph.printing import text_of
from cicte_graph.reports import REPORTS, make_report
from cicte_graph.reports.diff import diff
from cicte_graph.reports.report import Matrix, Report
from cicte_graph.reports.written import report_page, write_report
from cicte_graph.table import Value
from cicte_graph.terms import shorten
from cicte_graph.words import count, number_of
from tests.conftest import SAMPLE, TESTED
from tests.named import named

NAMES = [*REPORTS, "diff"]

# of the sample
P01, P03 = "id:work-plan/2001", "id:work-plan/2003"
PORT, STORM = "id:program/2001/port-safety", "id:program/2001/storm-warning"
HARBOR, WEB = "id:program/2003/harbor-protection", "id:program/2003/web-safety"
COURSES, DRILLS = "id:project/2001/port-safety/courses", "id:project/2001/port-safety/drills"
TRAINING = "id:project/2003/harbor-protection/harbor-training"
TRAINED = "id:outcome/2003/harbor-protection/harbor-training/officials-trained"
PAR4, PAR4A, PAR5 = (f"id:provision/sample-res-7/{number}" for number in ("4", "4/a", "5"))
CITED4, CITED4A, CITED5 = (f"S/RES. 7, operative paragraph {number}" for number in ("4", "4(a)", "5"))
CARRIED = "id:justification/carried-over/2003/harbor-protection/port-safety/from/2001"
KEPT = "id:continuity/2003/harbor-protection/port-safety"

# of the real graph
P12, P18 = "id:work-plan/2012", "id:work-plan/2018-2019"


def report_of(graph: Graph, name: str) -> Report:
    return diff(graph, *graph.plans()) if name == "diff" else make_report(graph, name)


@pytest.fixture(scope="module")
def samples(sample_graph: Graph) -> dict[str, Report]:
    """Every report on the sample."""
    return {name: report_of(sample_graph, name) for name in NAMES}


@pytest.fixture(scope="module")
def reals(real_graph: Graph) -> dict[str, Report]:
    """Every report on the real graph."""
    return {name: report_of(real_graph, name) for name in NAMES}


def told(report: Report) -> list[tuple[Value, ...]]:
    """Give the rows of a report."""
    return [tuple(row) for row in report.table.rows]


def of(report: Report, **wanted: Value) -> list[dict[str, Value]]:
    """Give the rows that have some values."""
    return [row for row in report.table if all(row[name] == value for name, value in wanted.items())]


def texts(names: Iterable[Name]) -> list[str]:
    """Give what records are called."""
    return [name.text for name in names]


def drawn(matrix: Matrix) -> list[tuple[str, list[str]]]:
    """Give the words of a matrix by row."""
    return [(heading.text, texts(cells)) for heading, cells in matrix.rows]


def different(rows: Iterable[dict[str, Value]], column: str) -> set[Value]:
    """Give the values that rows have in a column, each once."""
    return {row[column] for row in rows}


# the sample, by hand


def test_coverage_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["coverage"]
    assert told(report) == [
        (
            *(P01, PORT, "Port Safety", PAR4, CITED4, "area", None, "curated", "medium", "above"),
            "id:justification/2001/borders/res-7-4",
        ),
        (
            *(P01, PORT, "Port Safety", PAR4A, CITED4A, "subject", None, "curated", "high", "itself"),
            "id:justification/2001/port-safety/res-7-4a",
        ),
        (
            *(P01, PORT, "Port Safety", PAR5, CITED5, "listed", None, "stated", "high", "above"),
            "id:justification/2001/res-7-5",
        ),
        (
            *(P01, STORM, "Storm Warning", PAR4, CITED4, "area", None, "curated", "medium", "above"),
            "id:justification/2001/borders/res-7-4",
        ),
        (
            *(P01, STORM, "Storm Warning", PAR5, CITED5, "listed", None, "stated", "high", "above"),
            "id:justification/2001/res-7-5",
        ),
        (
            *(P03, HARBOR, "Harbor Protection", PAR4, CITED4, "carried-over", "area", "derived", "medium", "itself"),
            f"{CARRIED}/borders/res-7-4",
        ),
        (
            *(
                P03,
                HARBOR,
                "Harbor Protection",
                PAR4A,
                CITED4A,
                "carried-over",
                "subject",
                "derived",
                "medium",
                "itself",
            ),
            f"{CARRIED}/port-safety/res-7-4a",
        ),
    ]
    named, reach = "have a mandate that names their subject", "reach its programs, what is within them included:"
    first = "1 by name or subject and 2 more widely."
    later = "0 by name or subject, 1 so only by carry-over and 1 more widely."
    assert report.findings == [
        f"The 2001 work plan: 1 of 2 programs {named} and 1 none. 3 mandates {reach} {first}",
        f"The 2003-2004 draft: 0 of 2 programs {named}, 1 only one carried over and 1 none. 2 mandates {reach} {later}",
    ]


def test_the_matrix_of_the_sample_has_every_program_and_mandate(samples: dict[str, Report]) -> None:
    first, second = samples["coverage"].matrices
    assert (first.title, texts(first.columns)) == ("The 2001 work plan", ["Port Safety", "Storm Warning"])
    assert drawn(first) == [(CITED4, ["area", "area"]), (CITED4A, ["subject", ""]), (CITED5, ["listed", "listed"])]
    assert (second.title, texts(second.columns)) == ("The 2003-2004 draft", ["Harbor Protection", "Web Safety"])
    assert drawn(second) == [(CITED4, ["(area)", ""]), (CITED4A, ["(subject)", ""])]


def test_heads_and_cells_of_the_matrix_open_their_records(samples: dict[str, Report]) -> None:
    first, second = samples["coverage"].matrices
    assert [program.id for program in first.columns] == [PORT, STORM]
    assert [heading.id for heading, _ in first.rows] == [PAR4, PAR4A, PAR5]
    # the work area rests on paragraph 4, Port Safety itself on 4(a), the plan lists 5
    borders, port, plan = (
        f"id:justification/2001/{key}" for key in ("borders/res-7-4", "port-safety/res-7-4a", "res-7-5")
    )
    assert [[cell.id for cell in cells] for _, cells in first.rows] == [[borders] * 2, [port, ""], [plan] * 2]
    assert [[cell.id for cell in cells] for _, cells in second.rows] == [
        [f"{CARRIED}/borders/res-7-4", ""],
        [f"{CARRIED}/port-safety/res-7-4a", ""],
    ]


def test_elements_without_mandate_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["without-mandate"]
    assert told(report) == [
        (P01, STORM, "Storm Warning", "Program", "1 area and 1 listed"),
        (P03, WEB, "Web Safety", "Program", "nothing"),
    ]
    said = "1 program stands without a mandate that names the subject, of its own, above or within. The program is"
    assert report.findings == [
        f"The 2001 work plan: {said} Storm Warning.",
        f"The 2003-2004 draft: {said} Web Safety.",
    ]


def test_unanswered_paragraphs_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["unanswered"]
    assert told(report) == [(PAR5, CITED5, "Help the victims of storms.", "Sample Secretariat", "listed")]
    assert " ".join(report.findings) == (
        "1 of 3 paragraphs that concern the Secretariat is answered by no element of any plan by name, by subject or "
        f"as a work area: {CITED5}."
    )


def test_unfunded_mandates_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["unfunded"]
    lacking = (DRILLS, "Drills", "to be identified", None, "curated")
    ending = (TRAINING, "Harbor training", "funded until a date", "2003-06-30", "derived")
    assert told(report) == [
        (P01, PAR4A, CITED4A, "some of its projects", "1 of 2", *lacking),
        (P03, PAR4A, CITED4A, "all its projects", "1 of 1", *ending),
    ]
    only = "answered only by projects marked as without secured money"
    assert report.findings == [
        f"The 2001 work plan: no mandates are {only}. 1 mandate is answered in part by such.",
        f"The 2003-2004 draft: 1 mandate is {only}: {CITED4A}. No mandates are answered in part by such.",
    ]


def test_money_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["money"]
    assert told(report) == [
        (P01, DRILLS, "Drills", "Project", "to be identified", None),
        (P03, TRAINING, "Harbor training", "Project", "funded until a date", "2003-06-30"),
    ]
    first, second = report.findings
    assert first == "The 2001 work plan marks 1 of 2 projects: 1 to be identified. On the others it says nothing."
    assert second.startswith("The 2003-2004 draft marks 1 of 1 project")
    assert ": 1 funded until a date." in second


def test_a_plan_that_marks_all_its_projects_is_silent_on_no_others(samples: dict[str, Report]) -> None:
    assert "others" not in samples["money"].findings[1]


def test_people_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["people"]
    courses = "id:activity/2001/port-safety/courses/national-courses"
    judges = "judges and prosecutors"
    assert report.title == "People to be trained or reached"
    assert told(report) == [
        (P01, PORT, "Port Safety", courses, "National courses", "people not counted", 3, "courses", "national", None),
        (
            *(P03, HARBOR, "Harbor Protection", TRAINED, "Officials trained", "number set", 40, "officials", None),
            "Barbados",
        ),
        (
            *(P03, HARBOR, "Harbor Protection", TRAINED, "Officials trained", "number left open", None, judges, None),
            "Barbados",
        ),
    ]
    assert report.findings == [
        "The 2001 work plan sets no number of people. Events without a number of people: 3 courses.",
        f"The 2003-2004 draft sets 40 officials. 1 target left open: {judges} (Officials trained, Harbor Protection).",
    ]


def test_partners_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["partners"]
    alone = (None, None)  # through no other body
    assert told(report) == [
        ("kept", "id:organization/sample-police", "Sample Police", "regional-body", *alone, 1, 2),
        ("gained", "id:organization/coast-guard-of-barbados", "Coast Guard of Barbados", "state-agency", *alone, 0, 1),
        ("gained", "id:organization/wave-institute", "Wave Institute", "academia", *alone, 0, 2),
    ]
    assert report.table.columns[4:6] == ["through", "through name"]
    assert " ".join(report.findings) == (
        "From the 2001 work plan to the 2003-2004 draft: 1 body is in both plans under a name of their own, 0 more "
        "are in one and, through a body they belong to or that belongs to them, in the other. Gained: 2. Lost: 0."
    )


def test_overlap_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["overlap"]
    # Harbor Protection has police, guard and, in an activity, the institute; Web Safety police and institute
    row = (P03, HARBOR, "Harbor Protection", 3, WEB, "Web Safety", 2, 2, 0.667, 1.0, "Sample Police; Wave Institute")
    assert told(report) == [row]
    assert [passage.anchor for passage in report.evidence[0]] == [
        "Sampel Police",
        "Partners: Sample Police",
        "with the Wave Institute",
        "Wave Institute and others",
    ]
    [matrix] = report.matrices
    assert (matrix.corner, texts(matrix.columns)) == ("program", ["Harbor Protection", "Web Safety"])
    assert drawn(matrix) == [("Harbor Protection", ["3", "2"]), ("Web Safety", ["2", "2"])]
    assert matrix.title == "The 2003-2004 draft: partners that two programs share, and all of one on the diagonal"
    before, now, _ = report.findings
    assert before == (
        "The 2001 work plan names partners for 0 of its 2 programs, so no two have a partner in common. "
        "1 body is named above the programs (for a plan as a whole, for instance), which counts for no program."
    )
    assert now == (
        "The 2003-2004 draft names partners for 2 of its 2 programs; 1 of their 1 pair has a partner in common. "
        "Harbor Protection and Web Safety share most, 2 partners: Sample Police and Wave Institute. "
        "All partners of Web Safety take part in Harbor Protection too."
    )


def test_brokers_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["brokers"]
    # all three meet in Harbor Protection, so no way leads through anybody
    both = (2, "Harbor Protection; Web Safety", 0.0, None, "no")
    assert told(report) == [
        (P03, "id:organization/sample-police", "Sample Police", "regional body", *both),
        (P03, "id:organization/wave-institute", "Wave Institute", "academia", *both),
    ]
    before, now, _ = report.findings
    assert before.startswith("The 2001 work plan names no partner for a program. 1 body is named above")
    assert now == (
        "The 2003-2004 draft: of 3 partners 2 take part in two programs or more, the other 1 in one only. Nobody "
        "stands between two others: all who are joined meet in a program. It holds together without any single one."
    )


def test_kinds_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["kinds"]
    guard, police, wave = "Coast Guard of Barbados", "Sample Police", "Wave Institute"
    third, most = round(1 / 3, 3), round(2 / 3, 3)
    alone = (1, 1, 1.0)
    columns = ("element", "by", "what", "partners", "of", "share", "effective number", "dependence", "who")
    # three kinds as frequent as each other are mixed as three; in the draft police and institute hold 2 of 5 each
    assert [tuple(row[column] for column in columns) for row in report.table] == [
        (P01, "kind", "regional body", *alone, 1.0, 1.0, police),
        (P01, "country", "without a country", *alone, 0.0, 1.0, police),
        *(
            (element, *row[:3], 3, *row[3:5], dependence, row[5])
            for element, dependence in ((P03, 0.4), (HARBOR, third))
            for row in (
                ("kind", "academia", 1, third, 3.0, wave),
                ("kind", "regional body", 1, third, 3.0, police),
                ("kind", "state agency", 1, third, 3.0, guard),
                ("country", "without a country", 2, most, 1.0, f"{police}; {wave}"),
                ("country", "Barbados", 1, third, 1.0, guard),
            )
        ),
        (WEB, "kind", "academia", 1, 2, 0.5, 2.0, 0.5, wave),
        (WEB, "kind", "regional body", 1, 2, 0.5, 2.0, 0.5, police),
        (WEB, "country", "without a country", 2, 2, 1.0, 0.0, 0.5, f"{police}; {wave}"),
    ]
    before, now, _ = report.findings
    assert before == (
        "The 2001 work plan: 1 partner of 1 kind, regional body. By country: 1 has no country. "
        "Partners are named for 0 of its 2 programs."
    )
    assert now == (
        "The 2003-2004 draft: 3 partners of 3 kinds, one of each. By country: 1 is of 1 country, Barbados; 2 have no "
        "country. Partners are named for 2 of its 2 programs. No kind is more than half of the partners of any "
        "program. One partner holds half of the participations or more: Sample Police or Wave Institute in Web Safety."
    )
    assert [(matrix.title, matrix.corner) for matrix in report.matrices] == [
        (f"{plan}: partners by {by}", by)
        for plan in ("The 2001 work plan", "The 2003-2004 draft")
        for by in ("kind", "country")
    ]
    last = report.matrices[-1]
    assert texts(last.columns) == ["The whole plan", "Harbor Protection", "Web Safety"]
    assert drawn(last) == [("without a country", ["2", "2", "2"]), ("Barbados", ["1", "1", ""])]
    assert [heading.id for heading, _ in last.rows] == ["", "id:country/BRB"]


def test_duties_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["duties"]
    clause, assembly = "id:clause/2001/half-yearly-report", "id:organization/sample-assembly"
    assert told(report) == [(P01, clause, "Report twice a year.", assembly, "Sample Assembly", "twice a year", None)]
    assert report.findings == [
        "1 duty in 1 plan; 0 name no day and no interval.",
        "The 2001 work plan, to Sample Assembly: twice a year.",
    ]


def test_cited_instruments_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["cited"]
    assert told(report) == [
        (P03, "id:instrument/sample-code", "Sample Port Code", TRAINED, "Officials trained"),
    ]
    assert report.findings == [
        "The 2001 work plan names no instruments that no plan lists.",
        "The 2003-2004 draft names 1 instrument that no plan lists.",
    ]


def test_diff_of_the_sample(samples: dict[str, Report]) -> None:
    report = samples["diff"]
    none = (None, None)
    port, harbor = (PORT, "Port Safety"), (HARBOR, "Harbor Protection")
    counted = "judges and prosecutors, 1 left open"
    police = ("id:organization/sample-police", "Sample Police")
    guard = ("id:organization/coast-guard-of-barbados", "Coast Guard of Barbados")
    islands, code = "id:instrument/sample-res-7", "id:instrument/sample-code"
    listed = (islands, "Safety of the Sample Islands (justified and listed)")
    derived = (islands, "Safety of the Sample Islands (derived)")
    before = (PORT, "Port Safety: 3 courses")
    now = (HARBOR, f"Harbor Protection: 40 officials; {counted}")
    assert told(report) == [
        ("programs", "renamed", *port, *harbor, "curated", "medium", KEPT),
        ("programs", "ended", STORM, "Storm Warning", *none, "curated", *none),
        ("programs", "new", *none, WEB, "Web Safety", "curated", *none),
        ("projects", "ended", COURSES, "Courses at ports", *none, "curated", *none),
        ("projects", "ended", DRILLS, "Drills", *none, "curated", *none),
        ("projects", "new", *none, TRAINING, "Harbor training", "curated", *none),
        ("targets by unit", "no number now", None, "3 courses", *none, "stated", *none),
        ("targets by unit", "no number before", *none, None, counted, "stated", *none),
        ("targets by unit", "no number before", *none, None, "40 officials", "stated", *none),
        ("targets by program", "renamed", *before, *now, "curated", "medium", KEPT),
        ("partners", "kept", *police, *police, "stated", *none),
        ("partners", "gained", *none, *guard, "stated", *none),
        ("partners", "gained", *none, "id:organization/wave-institute", "Wave Institute", "stated", *none),
        ("mandates", "presumed in effect", *listed, *derived, "derived", *none),
        ("instruments named", "gained", *none, code, "Sample Port Code (named)", "stated", *none),
    ]
    assert report.title == "From the 2001 work plan to the 2003-2004 draft"
    on = "of them carried on in whole or in part"
    changes, resting = report.findings
    assert changes == (
        f"2 programs before, 1 {on}, 1 ended; 2 now, 1 new. 2 projects before, 0 {on}, 2 ended; 1 now, 1 new. "
        "Partners: 2 gained and 1 kept. Mandates: 1 presumed in effect. Instruments named: 1 gained."
    )
    assert resting == (
        "Of 15 rows, 7 rest on what is stated, 7 rest on what is curated and 1 rests on what is derived."
    )


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_rows_of_a_plan_stand_under_its_name(samples: dict[str, Report], form: str) -> None:
    written = write_report(samples["money"], form)
    rows = written.partition(samples["money"].findings[-1][-20:])[2]
    first, second = rows.find("The 2001 work plan"), rows.find("The 2003-2004 draft")
    assert 0 <= first < rows.find("Drills") < second < rows.find("Harbor training")
    assert P01 not in written
    assert P03 not in written


def test_the_evidence_of_a_row_is_that_of_its_own_records(samples: dict[str, Report]) -> None:
    [row] = [list(map(str, evidence)) for evidence in samples["unanswered"].evidence]
    assert row == ["SAMPLE/doc.1/01, Section 1, S/RES. 7, 5: “victims of storms”"]
    drills, _ = ([passage.anchor for passage in evidence] for evidence in samples["unfunded"].evidence)
    assert drills == ["Funding to be identified", "security of seaports", "A. PORT SAFETY"]
    kept = [f"{passage.symbol}, {passage.locator}" for passage in samples["partners"].evidence[0]]
    assert kept == [
        "SAMPLE/doc.1/01, Closing list, 1",
        "SAMPLE/doc.1/03, 1.A, partners",
        "SAMPLE/doc.1/03, 1.B, partners",
    ]


# the real plans, by the documents


def test_money_marks_of_the_real_plans_are_those_of_the_documents(reals: dict[str, Report]) -> None:
    report = reals["money"]
    # 2012: 1.E, 3.C, 3.D "To be determined once funding is identified"; 3.A 6 to 9 "Funding to be identified"
    marked = Counter(row["money"] for row in of(report, plan=P12))
    assert marked == {"to be determined": 3, "to be identified": 4}
    # 2018-2019: six "currently unfunded" or without funding, two "if funding is found", one to March 31, 2018
    projects = of(report, plan=P18, **{"class": "Project"})
    assert Counter(row["money"] for row in projects) == {
        "unfunded": 6,
        "conditional": 2,
        "funded until a date": 1,
    }
    assert [row["until"] for row in projects if row["until"]] == ["2018-03-31"]
    assert [row["element"] for row in of(report, money="subject to availability")] == [P18]
    assert "marks 7 of " in report.findings[0]
    assert "marks 9 of " in report.findings[1]


def test_people_of_the_real_plans_are_those_of_the_documents(reals: dict[str, Report]) -> None:
    finding = reals["people"].findings
    assert finding[0].startswith("The 2012 work plan sets no number of people.")
    # cybersecurity, maritime protection, cargo, passengers; tourism, aviation, meetings, financing
    officials = (25 + 50 + 400 + 15) + (90 + 90 + 90 + 180 + 120 + 55) + (50 + 13 + 25) + (200 + 15 + 120)
    officials += (150 + 80) + (50 + 50 + 120) + 150 + (30 + 150)
    # cybersecurity, maritime protection, customs, borders, meetings, security forces
    officers = 100 + 250 + 140 + 15 + 100 + 120 + 30 + 100
    participants = (50 + 100) + (60 + 25 + 20 + 30)
    assert (
        f" sets 3,000 personnel, {officials:,} officials, {officers} officers, {participants} participants, "
        in (finding[1])
    )
    assert "150 professionals, 100 specialists, 90 authorities, 80 youths and 50 stakeholders" in finding[1]
    assert "2 targets left open" in finding[1]


def test_events_of_2012_without_people_are_those_of_the_document(reals: dict[str, Report]) -> None:
    events = Counter[str]()
    for row in of(reals["people"], plan=P12, count="people not counted"):
        events[str(row["unit"])] += int(str(row["quantity"]))
    assert events == {  # scholarships are none
        "workshops": 3 + 5 + 2 + 6 + 1 + 5 + 4 + 1 + 2 + 1 + 1 + 2 + 3,  # 1.A 3 and 4, C, D, 2.B, 3.A 4, 3.B, 4.A
        "courses": 10 + 5 + 2 + 4 + 4,  # aviation, prosecutors, bi-national, tourism; 13 and 18 are numbers of ports
        "evaluations": 1 + 1 + 4 + 3,
        "missions": 4 + 2 + 2,
        "exercises": 3 + 2 + 1,
        "meetings": 4,
        "activities": 1 + 2,
        "roundtables": 2,
        "assessments": 1,
    }


def test_an_open_number_is_named_and_in_no_sum(reals: dict[str, Report]) -> None:
    report = reals["people"]
    still_open = of(report, count="number left open")
    # still to be determined: officials and analysts, and judges and public prosecutors
    assert sorted(str(row["unit"]) for row in still_open) == ["judges and prosecutors", "officials"]
    assert different(still_open, "quantity") == {None}
    assert different(still_open, "program") == {"id:program/2018-2019/prevention-of-terrorism-financing"}
    assert all("number left open" not in str(row) or row["quantity"] is None for row in report.table)
    assert all(isinstance(row["quantity"], int) for row in of(report, count="number set"))
    assert all(row["quantity"] != 0 for row in report.table)
    assert "judges and prosecutors (" in report.findings[1]
    assert "0 judges" not in " ".join(report.findings)
    [judges] = of(reals["diff"], what="targets by unit", **{"now name": "judges and prosecutors, 1 left open"})
    assert (judges["change"], judges["before name"]) == ("no number before", None)
    [officials] = [
        str(row["now name"]) for row in of(reals["diff"], what="targets by unit") if "officials" in str(row["now name"])
    ]
    assert officials == "2,318 officials; officials, 1 left open"


def test_three_paragraphs_of_the_real_plans_are_unanswered(reals: dict[str, Report]) -> None:
    report = reals["unanswered"]
    assert report.table.column("citation") == [
        "AG/RES. 2397 (XXXVIII-O/08), operative paragraph 6(c)",  # illicit trafficking in drugs and firearms
        "AG/RES. 2619 (XLI-O/11), operative paragraph 4(a)",  # crime management systems
        "AG/RES. 2676 (XLI-O/11), operative paragraph 11",  # victims of terrorism
    ]
    # two declarations of CICTE with 3, a decision, 2618 with 2, 2676, 2534, 2619 with 4 and a, b, g, h, i,
    # 2397 with 6 and seven letters but d, 2004, the declaration of San Salvador
    assert report.findings[0].startswith(f"3 of {3 + 1 + 2 + 1 + 1 + 6 + 8 + 1 + 1} paragraphs that concern ")


def test_programs_of_the_real_plans_are_as_many_as_the_documents_have(reals: dict[str, Report]) -> None:
    report = reals["coverage"]
    assert len(different(of(report, plan=P12), "program")) == 13  # A to E, A and B, A to D, A, Partnerships
    assert len(different(of(report, plan=P18), "program")) == 12  # "12 programs have been selected"
    assert " of 13 programs " in report.findings[0]
    assert " of 12 programs " in report.findings[1]
    assert [len(matrix.columns) for matrix in report.matrices] == [13, 12]


def test_programs_without_mandate_are_those_that_check_remarks_on(reals: dict[str, Report], real_graph: Graph) -> None:
    remarked = {shorten(row["program"].value) for row in real_graph.rows("gaps/programs-without-specific-mandate")}
    assert different(of(reals["without-mandate"], **{"class": "Program"}), "element") == remarked
    coverage = reals["coverage"].table
    firm = {row["program"] for row in coverage if (row["carried from"] or row["basis"]) in ("stated", "subject")}
    assert not firm & remarked  # a program with a mandate of its subject anywhere has one in the matrix, and no other


def test_duties_of_the_real_plans_are_those_of_the_documents(reals: dict[str, Report]) -> None:
    rows = [(row["plan"], row["to"], row["how often"], row["due"]) for row in reals["duties"].table]
    states = "Member states of the Organization of American States"
    assert rows == [
        (P12, states, "twice a year", None),
        (P18, "Inter-American Committee against Terrorism", None, "Nineteenth session of CICTE"),
        (P18, states, None, None),
    ]
    assert reals["duties"].findings[0] == "3 duties in 2 plans; 1 names no day and no interval."


def test_instruments_the_documents_name_and_do_not_list(reals: dict[str, Report]) -> None:
    report = reals["cited"]
    assert different(of(report, plan=P12), "label") == {
        "Charter of the Organization of American States",
        "Inter-American Convention against Terrorism",
        "Statute of the Inter-American Committee against Terrorism",
        "Rules of Procedure of the Inter-American Committee against Terrorism",
        "APEC Manual on Maritime Security Drills and Exercises",
        "United Nations Security Council resolution 1540 (2004)",
        "Universal legal instruments against terrorism",
    }
    later = different(of(report, plan=P18), "label")
    numbers = {match[0] for label in later if (match := re.search(r"\d+(?= \()", str(label)))}
    assert numbers == {"1267", "1373", "1540", "2253", "2325", "2368"}
    of_1267 = of(report, plan=P18, instrument="id:instrument/s-res-1267-1999")
    assert [str(row["element"]).split("/")[2] for row in of_1267] == ["prevention-of-terrorism-financing"]


@pytest.mark.parametrize(
    ("body", "before", "now"),
    [
        ("interpol", 2, 3),  # "con Interpol" and the closing list; cybersecurity, passengers, meetings
        ("unicri", 1, 3),  # tourism, meetings, violent extremism
        ("paho", 1, 2),  # tourism, weapons
        ("imo", 1, 1),
        ("osce", 1, 1),
        ("iata", 0, 1),
        ("frontex", 0, 1),
        ("egmont", 1, 0),
    ],
)
def test_partners_of_the_real_plans_are_counted_as_the_documents_name_them(
    reals: dict[str, Report], body: str, before: int, now: int
) -> None:
    [row] = of(reals["partners"], organization=f"id:organization/{body}")
    assert (row["before"], row["now"]) == (before, now)
    assert row["change"] == ("kept" if before and now else "gained" if now else "lost")


def test_programs_that_share_partners_are_those_of_the_query(reals: dict[str, Report], real_graph: Graph) -> None:
    report = reals["overlap"]
    for n, plan in enumerate((P12, P18)):
        counted = {
            frozenset((shorten(row["program"].value), shorten(row["other"].value))): int(row["shared"].value)
            for row in real_graph.rows("partners/shared-partners", plan=plan)
        }
        rows = of(report, plan=plan)
        assert {frozenset((row["program"], row["other"])): row["shared"] for row in rows} == counted
        assert not counted or f"; {len(counted)} of their {comb(12, 2)} pairs have a partner in" in report.findings[n]
    assert "names partners for 1 of its 13 programs, so no two " in report.findings[0]  # the workshops with INTERPOL


def test_how_far_programs_overlap_is_what_the_files_say(reals: dict[str, Report]) -> None:
    there = named()
    for row in reals["overlap"].table:
        one, other = there[str(row["program"])], there[str(row["other"])]
        assert (row["partners"], row["other partners"]) == (len(one), len(other))
        assert row["jaccard"] == round(len(one & other) / len(one | other), 3)
        assert row["overlap"] == round(len(one & other) / min(len(one), len(other)), 3)
        assert len(str(row["who"]).split("; ")) == len(one & other) == row["shared"]
    [matrix] = reals["overlap"].matrices
    cells = [[cell for cell in row if cell] for _, row in drawn(matrix)]
    assert sum(map(len, cells)) == 12 + 2 * len(reals["overlap"].table)


def test_brokers_are_who_takes_part_in_two_programs(reals: dict[str, Report]) -> None:
    report = reals["brokers"]
    programs = {element: there for element, there in named().items() if element.startswith("id:program/2018-2019/")}
    joined: nx.Graph[str] = nx.Graph()
    for there in programs.values():
        joined.add_edges_from(combinations(sorted(there), 2))
    between = nx.betweenness_centrality(joined)
    rows = {str(row["organization"]): row for row in of(report, plan=P18)}
    assert set(rows) == {body for body in joined if sum(body in there for there in programs.values()) > 1}
    for body, row in rows.items():
        own = sorted(element for element, there in programs.items() if body in there)
        alone = [pair for pair in combinations(own, 2) if programs[pair[0]] & programs[pair[1]] == {body}]
        assert row["programs"] == len(own)
        assert row["betweenness"] == round(between[body], 4)
        assert len(str(row["joins alone"] or "").split(" + ")) == len(alone) + 1
        assert row["cut point"] == "no"
    assert of(report, plan=P12) == []
    assert f"of {len(joined)} partners {len(rows)} take part" in report.findings[1]
    assert report.findings[2].startswith("United States Department of State (ministry, betweenness 0.2929) joins 5 ")


def test_partners_by_kind_are_those_of_the_query(reals: dict[str, Report], real_graph: Graph) -> None:
    for plan in (P12, P18):
        counted = Counter[str]()
        for row in real_graph.rows("partners/partners-by-kind", plan=plan):
            counted[real_graph.label(row["kind"].value).lower()] = int(row["organizations"].value)
        rows = of(reals["kinds"], element=plan, by="kind")
        assert {str(row["what"]).lower(): row["partners"] for row in rows} == counted


def test_every_partner_has_one_kind_and_a_country_or_none(reals: dict[str, Report]) -> None:
    there = named()
    for plan in (P12, P18):
        year = plan.rpartition("/")[2]
        there[plan] = set[str]().union(*(bodies for element, bodies in there.items() if element.split("/")[1] == year))
    for element in different(reals["kinds"].table, "element"):
        number = len(there[str(element)])
        for by in ("kind", "country"):
            rows = of(reals["kinds"], element=element, by=by)
            assert different(rows, "of") == {number}
            assert sum(int(str(row["partners"])) for row in rows) == number
            assert sum(len(str(row["who"]).split("; ")) for row in rows) == number


def test_programs_of_the_real_plans_that_rest_on_few(reals: dict[str, Report]) -> None:
    report = reals["kinds"]
    cargo, extremism = (
        of(report, element=f"id:program/2018-2019/{key}", by="kind")
        for key in ("cargo-and-container-security", "prevention-of-violent-extremism")
    )
    # customs of Chile, France, Mexico, Peru and the United States, and the border agency of Canada, of eight
    assert (cargo[0]["what"], cargo[0]["partners"], cargo[0]["share"]) == ("state agency", 6, 0.75)
    # three entities of the United Nations and the OSCE: 3/4 and 1/4 give 4 / 27 ** (1/4)
    assert different(extremism, "effective number") == {round(4 / 27**0.25, 3)}
    assert "of one kind in Cargo and Container Security (state agency, 6 of 8) and Prevention of " in report.findings[1]
    on_one = "International Criminal Police Organization in Document Security and Fraud Prevention."
    assert report.findings[0].endswith(f"One partner holds half of the participations or more: {on_one}")


def test_no_instrument_that_2012_lists_is_named_later(reals: dict[str, Report]) -> None:
    mandates = of(reals["diff"], what="mandates")
    listed = [row for row in mandates if "listed" in str(row["before name"])]
    assert len(listed) == 10  # three of CICTE, seven of the General Assembly
    assert Counter((row["change"], row["rests on"]) for row in listed) == {
        ("kept by our reading", "curated"): 9,
        ("presumed in effect", "derived"): 1,
    }
    [presumed] = of(reals["diff"], change="presumed in effect")
    assert presumed["now"] == "id:instrument/ag-res-2676-xli-o-11"  # no element of 2018-2019 is read as answering it
    others = Counter((row["change"], row["rests on"]) for row in mandates if row not in listed)
    assert others == {
        ("kept by name", "stated"): 3,  # the convention, 1540, the universal instruments
        ("gained", "stated"): 5,  # 1267, 1373, 2253, 2325, 2368
    }


def test_instruments_named_and_answered_by_nothing_are_no_mandates(reals: dict[str, Report]) -> None:
    named = of(reals["diff"], what="instruments named")
    assert Counter((row["change"], row["rests on"]) for row in named) == {
        ("kept by name", "stated"): 3,  # the charter, statute and rules
        ("lost", "stated"): 1,  # the APEC manual
        (
            "gained",
            "stated",
        ): 7,  # Annex 17 and its convention, the order, two recommendations, the ISPS code, the vision
    }


def test_places_of_the_real_plans_are_not_added(reals: dict[str, Report]) -> None:
    [ports] = [row for row in of(reals["diff"], what="targets by unit") if "ports" in str(row["before name"]).split()]
    assert ports["before name"] == "13 and 18 ports"  # courses in 13, needs assessments in 18
    [countries] = [row for row in of(reals["diff"], what="targets by unit") if "countries" in str(row["now name"])]
    # evaluations in 3, coordination in 3, recommendations for 4, and the 2 of the study, which its outcome repeats
    assert sorted(re.findall(r"\d+", str(countries["now name"]))) == ["2", "3", "3", "4"]


# findings and rows


def numbered(rows: Iterable[dict[str, Value]], column: str) -> list[str]:
    """Count rows by what they have in a column, as a finding says it."""
    return [f"{number} {value}" for value, number in Counter(str(row[column]) for row in rows).items()]


@pytest.mark.parametrize("which", ["sample", "real"])
def test_findings_name_the_numbers_that_the_rows_give(
    samples: dict[str, Report], reals: dict[str, Report], which: str
) -> None:
    reports = samples if which == "sample" else reals
    plans = [P01, P03] if which == "sample" else [P12, P18]
    for n, plan in enumerate(plans):
        coverage = of(reports["coverage"], plan=plan)
        specific = [row for row in coverage if (row["carried from"] or row["basis"]) in ("stated", "subject")]
        firm = different([row for row in specific if not row["carried from"]], "program")
        said = reports["coverage"].findings[n]
        assert f": {len(firm)} of " in said
        assert f". {count(len(different(coverage, 'mandate')), 'mandate')} reach its programs" in said
        named = {row["mandate"] for row in specific if not row["carried from"]}
        presumed = different(specific, "mandate") - named
        wider = different(coverage, "mandate") - named - presumed
        assert f"included: {len(named)} by name or subject" in said
        assert (f" {len(presumed)} so only by carry-over" in said) == bool(presumed)
        assert (f" {len(wider)} more widely" in said) == bool(wider)
        carried = different(specific, "program") - firm
        assert (f"{len(carried)} only one carried over" in said) == bool(carried)

        for told_so in numbered(of(reports["without-mandate"], plan=plan), "class"):
            assert told_so.lower().removesuffix("y") in reports["without-mandate"].findings[n]

        unfunded = of(reports["unfunded"], plan=plan)
        whole = different([row for row in unfunded if row["without money"] == "all its projects"], "mandate")
        part = different([row for row in unfunded if row["without money"] == "some of its projects"], "mandate")
        assert f": {count(len(whole), 'mandate')} " in reports["unfunded"].findings[n]
        assert f". {count(len(part), 'mandate').capitalize()} " in reports["unfunded"].findings[n]

        for told_so in numbered(of(reports["money"], plan=plan, **{"class": "Project"}), "money"):
            assert told_so in reports["money"].findings[n]

        sums = Counter[str]()
        for row in of(reports["people"], plan=plan, count="number set"):
            sums[str(row["unit"])] += int(str(row["quantity"]))
        for unit, number in sums.items():
            assert re.search(rf"\b{number_of(number, unit)}\b", reports["people"].findings[n])

        cited = different(of(reports["cited"], plan=plan), "instrument")
        assert f" names {count(len(cited), 'instrument')} " in reports["cited"].findings[n]

    kept = [row for row in of(reports["partners"], change="kept") if row["through"]]
    alone = len(of(reports["partners"], change="kept")) - len(kept)
    gained, lost = (len(of(reports["partners"], change=change)) for change in ("gained", "lost"))
    [said] = reports["partners"].findings
    assert f"{count(alone, 'body', 'bodies')} " in said
    assert f" {len(kept)} more " in said
    assert said.endswith(f" Gained: {gained}. Lost: {lost}.")
    assert reports["unanswered"].findings[0].startswith(f"{len(reports['unanswered'].table)} of ")
    assert reports["duties"].findings[0].startswith(f"{count(len(reports['duties'].table), 'duty', 'duties')} in ")
    for kind in ("program", "project"):
        shown = {
            end: {
                str(row[end])
                for row in reports["diff"].table
                if row["what"] in ("programs", "projects") and str(row[end]).startswith(f"id:{kind}/")
            }
            for end in ("before", "now")
        }
        ended, new = (len(of(reports["diff"], what=f"{kind}s", change=change)) for change in ("ended", "new"))
        assert (
            f"{count(len(shown['before']), kind)} before, {len(shown['before']) - ended} of them carried on in whole "
            f"or in part, {ended} ended; {len(shown['now'])} now, {new} new."
        ) in reports["diff"].findings[0]
    for what in ("partners", "mandates", "instruments named"):
        [sentence] = re.findall(rf"{what.capitalize()}: ([^.]+)\.", reports["diff"].findings[0])
        expected = numbered(of(reports["diff"], what=what), "change")
        assert sorted(re.split(r", | and (?=\d)", sentence)) == sorted(expected)
    for resting, number in Counter(reports["diff"].table.column("rests on")).items():
        assert re.search(rf"\b{number} rests? on what is {resting}", reports["diff"].findings[1])


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_evidence_with_its_passage(
    samples: dict[str, Report], reals: dict[str, Report], name: str
) -> None:
    for report in (samples[name], reals[name]):
        assert len(report.evidence) == len(report.table) > 0
        for row, passages in zip(report.table, report.evidence, strict=True):
            assert passages, row
            assert len(set(passages)) == len(passages)
            assert all(passage.symbol and passage.locator and passage.anchor for passage in passages)


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_is_a_sentence(samples: dict[str, Report], reals: dict[str, Report], name: str) -> None:
    for finding in [*samples[name].findings, *reals[name].findings]:
        assert re.match(r"[A-Z\d]", finding)
        assert finding.endswith(".")
        assert "  " not in finding
        assert "None" not in finding
        assert not re.search(r"\b0 (of|more|lost|name)\b.*\b0 (of|more|lost|name)\b.*\b0 ", finding)


def test_every_project_of_a_plan_is_in_its_diff_once_or_more(reals: dict[str, Report], real_graph: Graph) -> None:
    shown = {
        str(row[end])
        for row in reals["diff"].table
        for end in ("before", "now")
        if row["what"] in ("programs", "projects") and row[end]
    }
    for plan in (P12, P18):
        for row in real_graph.rows("programs/elements", plan=plan):
            identifier = shorten(row["element"].value)
            if identifier.startswith(("id:program/", "id:project/")):
                assert identifier in shown


# the ways to write them


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_separated_rows_read_back_with_the_evidence_last(
    samples: dict[str, Report], reals: dict[str, Report], name: str, form: str, delimiter: str
) -> None:
    for report in (samples[name], reals[name]):
        head, *rows = csv.reader(io.StringIO(write_report(report, form), newline=""), delimiter=delimiter)
        assert head == [*report.table.columns, "evidence"]
        assert rows == [
            [*map(text_of, row), "; ".join(map(str, passages))]
            for row, passages in zip(report.table.rows, report.evidence, strict=True)
        ]


@pytest.mark.parametrize("name", NAMES)
def test_json_holds_every_row_with_its_passages(
    samples: dict[str, Report], reals: dict[str, Report], name: str
) -> None:
    for report in (samples[name], reals[name]):
        again = json.loads(write_report(report, "json"))
        assert (again["report"], again["title"], again["findings"]) == (name, report.title, report.findings)
        assert again["graph"] == {"digest": TESTED.digest, "built": TESTED.built}
        assert again["columns"] == [*report.table.columns, "evidence"]
        assert [[row[column] for column in report.table.columns] for row in again["rows"]] == report.table.rows
        assert [
            [(passage["symbol"], passage["locator"], passage["anchor"]) for passage in row["evidence"]]
            for row in again["rows"]
        ] == [[(one.symbol, one.locator, one.anchor) for one in passages] for passages in report.evidence]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_pages_hold_every_row_and_every_finding(
    samples: dict[str, Report], reals: dict[str, Report], name: str, form: str
) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    for report in (samples[name], reals[name]):
        written = write_report(report, form)
        page = reader.render(written) if form == "markdown" else written
        texts = [squeezed(words(row)) for body in tables_of(page) for row in rows_of(body)]
        rows = texts[sum(len(matrix.rows) for matrix in report.matrices) :]
        assert len(rows) == len(report.table)
        for text, row in zip(rows, report.table, strict=True):
            for column, value in row.items():
                assert column == report.group or squeezed(text_of(value)) in text, (column, value)
        whole = squeezed(words(page))
        assert all(squeezed(finding) in whole for finding in report.findings)
        assert all(squeezed(str(one)) in whole for one in {one for passages in report.evidence for one in passages})


def tables_of(page: str) -> list[str]:
    return re.findall(r"(?s)<tbody>(.*?)</tbody>", page)


def rows_of(body: str) -> list[str]:
    return re.findall(r"(?s)<tr>(.*?)</tr>", body)


def words(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup))


def squeezed(text: str) -> str:
    """Leave out blanks and quotation marks, which are written in several ways."""
    return re.sub(r"[\s“”\"]", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_drawn_table_holds_every_row(samples: dict[str, Report], reals: dict[str, Report], name: str) -> None:
    for report in (samples[name], reals[name]):
        written = write_report(report, "table")
        assert written.startswith(f"{report.title}\n\n")
        assert squeezed("".join(report.findings)) in squeezed(written)
        columns = [c for c in report.table.columns if c not in {*report.names.values(), report.group}]
        named = list(report.names)
        drawn = "".join(f"{line}\n" for line in written.splitlines())
        for column in columns:
            expected = "".join(
                text_of(row[report.names.get(column, column)])
                + (text_of(row[column]) if named and column == named[-1] else "")
                for row in report.table
            )
            assert squeezed(expected) == column_of(drawn, columns, column)
        assert f"{len(report.table)} row" in written.splitlines()[-1]


def column_of(drawn: str, columns: list[str], column: str) -> str:
    """Gather what stands in one column of the tables drawn, from top to bottom."""
    gathered, start, end, inside = [], 0, 0, False
    lines = drawn.splitlines()
    for n, line in enumerate(lines):
        if line.split() == " ".join([*columns, "where"]).split() and set(lines[n + 1].strip()) == {"─"}:
            start, end = (place(line, columns, at) for at in (columns.index(column), columns.index(column) + 1))
            inside = True
        elif inside and not line.strip():
            inside = lines[n + 1].startswith("  ")
        elif inside and set(line.strip()) != {"─"}:
            gathered.append(line[start:end])
    return squeezed("".join(gathered))


def place(heading: str, columns: list[str], at: int) -> int:
    """Tell where a column begins, the last being `where`."""
    begin = 0
    for name in [*columns, "where"][: at + 1]:
        begin = re.compile(rf"(?<!\S){re.escape(name)}(?!\S)").search(heading, begin).start()  # type: ignore[union-attr]
    return begin


def test_no_row_of_a_drawn_table_ends_in_a_blank_line(samples: dict[str, Report]) -> None:
    drawn = write_report(samples["diff"], "table").split("targets by unit\n")[1].split("targets by program\n")[0]
    assert "\n\n" not in drawn.rpartition("─\n")[2].strip("\n")


@pytest.mark.parametrize("name", ["duties", "unanswered", "cited"])
def test_one_row_is_one_row(samples: dict[str, Report], name: str) -> None:
    assert write_report(samples[name], "table").splitlines()[-1].startswith("1 row; graph ")


# names of records, and another language


def grid_of(report: Report, *, linked: bool = False) -> Grid:
    """Give the table of the first group of a report set as a page."""
    page = report_page(report, linked=linked)
    first = page.sections[0 if linked else len(report.matrices)]
    [grid] = [block for block in first.blocks if isinstance(block, Grid)]
    return grid


def parts_of(lines: Iterable[Line]) -> list[object]:
    return [part for line in lines for part in line.parts]


def test_a_page_names_the_records_in_its_cells(samples: dict[str, Report]) -> None:
    first = grid_of(samples["people"]).rows[0]
    assert Name("Port Safety", PORT) in parts_of(first)
    assert Mark(PORT, "id") in parts_of(first)
    who = grid_of(samples["overlap"]).rows[0][-2]
    assert who.text == "Sample Police; Wave Institute"
    assert [part for part in who.parts if isinstance(part, Name)] == [
        Name("Sample Police", "id:organization/sample-police"),
        Name("Wave Institute", "id:organization/wave-institute"),
    ]


def test_where_records_have_pages_a_name_is_enough(samples: dict[str, Report]) -> None:
    for report in samples.values():
        for row in grid_of(report, linked=True).rows:
            assert not [part for part in parts_of(row) if isinstance(part, Mark) and part.kind == "id"]
            assert "id:" not in "".join(line.text for line in row)
    renamed = grid_of(samples["diff"], linked=True).rows[0]
    assert Name("continuity", KEPT) in parts_of(renamed)


@pytest.fixture(scope="module")
def spanish(sample_graph: Graph) -> dict[str, Report]:
    """Every report on the sample, in Spanish."""
    graph = Graph(sample_graph.house, sample_graph.store, TESTED, "es")
    return {name: report_of(graph, name) for name in NAMES}


SAME = {"plan", "Jaccard"}  # heads that are the same in both languages


@pytest.mark.parametrize("name", NAMES)
def test_a_report_in_spanish_has_the_same_keys_and_says_the_rest_in_spanish(
    samples: dict[str, Report], spanish: dict[str, Report], name: str
) -> None:
    english, made = samples[name], spanish[name]
    assert made.table.columns == english.table.columns
    for column in made.coded:  # what programs read
        assert Counter(made.table.column(column)) == Counter(english.table.column(column))
    assert made.title != english.title
    assert not set(made.findings) & set(english.findings)
    heads, others = grid_of(made).columns, grid_of(english).columns
    assert [
        (head, other) for head, other in zip(heads, others, strict=True) if head == other and head not in SAME
    ] == []
    assert write_report(made, "html").startswith('<!doctype html>\n<html lang="es">')
    assert "Dónde consta" in write_report(made, "markdown")


def test_words_of_ours_are_spanish_on_pages_and_keys_in_files(spanish: dict[str, Report]) -> None:
    people = spanish["people"]
    shown = [[line.text for line in row] for row in grid_of(people, linked=True).rows]
    assert shown[0][:6] == [
        "Seguridad Portuaria",
        "Cursos nacionales",
        "personas sin contar",
        "3",
        "cursos",
        "nacional",
    ]
    assert people.table.column("count")[0] == "people not counted"
    assert write_report(people, "csv").startswith("plan,program,label,element,title,count,quantity,unit,scope,place,")
    basis = grid_of(spanish["coverage"]).rows[0][2]
    assert basis.parts == (Mark("por área", "basis", "area"),)  # its color goes by the key


def test_findings_in_spanish_by_hand(spanish: dict[str, Report]) -> None:
    assert spanish["unanswered"].findings == [
        (
            "Ningún elemento de ningún plan responde por nombre, por tema o como área de trabajo a 1 de 3 párrafos que "
            "conciernen a la Secretaría: S/RES. 7, párrafo resolutivo 5."
        )
    ]
    assert spanish["cited"].findings == [
        "El plan de trabajo de 2001 no nombra ningún instrumento fuera de las listas de los planes.",
        "El proyecto de plan de 2003-2004 nombra 1 instrumento que ningún plan incluye en su lista.",
    ]
    assert spanish["partners"].findings == [
        (
            "Entre el plan de trabajo de 2001 y el proyecto de plan de 2003-2004: 1 organismo está en ambos planes con "
            "su propio nombre; 0 más están en uno y, por medio de un organismo al que pertenecen o que les pertenece, "
            "en el otro. Se suman: 2. Se pierden: 0."
        )
    ]


# what cannot be done


@pytest.mark.parametrize(("name", "near"), [("covrage", "coverage"), ("unfundd", "unfunded"), ("partner", "partners")])
def test_an_unknown_report_offers_the_nearest(sample_graph: Graph, name: str, near: str) -> None:
    with pytest.raises(NotFoundError, match=rf"^no report named {name}\. Did you mean {near}\?$"):
        make_report(sample_graph, name)


def test_a_report_like_no_other_lists_those_there_are(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError) as raised:
        make_report(sample_graph, "zzzz")
    assert all(name in str(raised.value) for name in REPORTS)


@pytest.mark.parametrize(("earlier", "later"), [(P01, P01), (P03, P03), (P03, P01)])
def test_a_plan_is_not_compared_with_itself_or_backwards(sample_graph: Graph, earlier: str, later: str) -> None:
    with pytest.raises(UsageError, match=r"^name two plans, the earlier first\. Example: cicte-graph diff "):
        diff(sample_graph, earlier, later)


def changed(tmp_path: Path, *removed: str, edited: Mapping[str, tuple[str, str]] | None = None) -> Graph:
    """Make a graph of the sample without some files and with some words of others changed."""
    shutil.copytree(SAMPLE, tmp_path / "data")
    for name in removed:
        path = tmp_path / "data" / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for name, (old, new) in (edited or {}).items():
        path = tmp_path / "data" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    house = open_house(tmp_path / "data")
    return Graph(house, assemble(house).store, TESTED)


def test_an_open_target_of_a_unit_with_numbers_is_told_beside_their_sum(tmp_path: Path) -> None:
    open_too = ("unit: judges-and-prosecutors}", "unit: officials}")
    graph = changed(tmp_path, edited={"plans/2003/harbor-protection": open_too})
    people = make_report(graph, "people")
    assert [row["quantity"] for row in people.table if row["unit"] == "officials"] == [40, None]
    assert people.findings[1] == (
        "The 2003-2004 draft sets 40 officials. 1 target left open: officials (Officials trained, Harbor Protection)."
    )
    [row] = of(diff(graph, P01, P03), what="targets by unit", change="no number before")
    assert row["now name"] == "40 officials; officials, 1 left open"


ALSO_LISTED = """\
justifications:
  res-7-4-too:
    mandate: provision/sample-res-7/4
    basis: listed
    status: stated
    confidence: high
    rationale: {en: "The plan lists it.", es: "El plan lo enumera."}
    evidence: {locator: "Section 1, S/RES. 7, 4", anchor: 4. To request the Secretariat}
  res-7-5:
"""


def test_a_mandate_without_which_an_element_stands_is_counted_once_by_its_closest_basis(tmp_path: Path) -> None:
    graph = changed(tmp_path, edited={"justifications/2001": ("justifications:\n  res-7-5:\n", ALSO_LISTED)})
    [storm] = of(make_report(graph, "without-mandate"), element=STORM)
    assert storm["rests on"] == "1 area and 1 listed"  # paragraph 4 is both


def test_where_every_paragraph_is_answered_it_is_said_plainly(tmp_path: Path) -> None:
    graph = changed(tmp_path, edited={"justifications/2001": ("basis: listed", "basis: stated")})
    report = make_report(graph, "unanswered")
    assert report.table.rows == []
    [finding] = report.findings
    assert finding[0].isupper()
    assert "answered by no element" not in finding
    assert squeezed(finding) in squeezed(write_report(report, "table"))
    assert "## Rows" not in write_report(report, "markdown")


SAPOL_AT_HARBOR = """\
  sample-police: {role: partner, written as: Sampel Police, evidence: {locator: "1.A, partners", anchor: Sampel Police}}
"""
SAPOL_AT_WEB = """\
  sample-police: {role: partner, written as: Sample Police, evidence: {locator: "1.B, partners", anchor: "Partners: Sample Police"}}
"""  # noqa: E501 - as it stands in the sample


POLICE, WAVE = "id:organization/sample-police", "id:organization/wave-institute"


def test_two_names_of_one_body_are_one_row(tmp_path: Path) -> None:
    edited = {
        "organizations/wave-institute": ("kind: academia", "kind: academia\nparent: sample-police"),
        "plans/2003/harbor-protection": (SAPOL_AT_HARBOR, ""),
        "plans/2003/web-safety": (SAPOL_AT_WEB, ""),
    }
    graph = changed(tmp_path, edited=edited)
    report = make_report(graph, "partners")
    assert of(report, organization=POLICE) == []
    [wave] = of(report, organization=WAVE)
    assert (wave["change"], wave["through"], wave["through name"]) == ("kept", POLICE, "Sample Police")
    assert (wave["before"], wave["now"]) == (1, 2)
    assert "no bodies are in both plans under a name of their own, 1 more is in one and" in report.findings[0]
    [kept] = of(diff(graph, P01, P03), what="partners", change="kept")
    assert (kept["before"], kept["now"], kept["rests on"]) == (POLICE, WAVE, "curated")


def test_a_body_named_later_beside_one_of_its_own_has_its_own_row(tmp_path: Path) -> None:
    edited = {"organizations/wave-institute": ("kind: academia", "kind: academia\nparent: sample-police")}
    graph = changed(tmp_path, edited=edited)
    report = make_report(graph, "partners")
    shown = {row["organization"]: (row["change"], row["through"], row["before"], row["now"]) for row in report.table}
    assert shown[POLICE] == ("kept", None, 1, 2)
    assert shown[WAVE] == ("kept", POLICE, 0, 2)
    assert ": 1 body is in both plans under a name of their own, 1 more is in one and" in report.findings[0]
    ends = {
        (row["before"], row["now"], row["rests on"])
        for row in of(diff(graph, P01, P03), what="partners", change="kept")
    }
    assert ends == {(POLICE, POLICE, "stated"), (POLICE, WAVE, "curated")}


AT_COURSES = """\
        partners:
          wave-institute: {role: cooperating, written as: Wave Institute, evidence: {locator: "1.A, project 1, activity 1", anchor: with the Wave Institute}}
"""  # noqa: E501 - as it stands in the sample


def test_a_body_that_all_ways_lead_through_cannot_be_spared(tmp_path: Path) -> None:
    # without the activity guard and institute meet in no program: the one way from one to the other is the police
    report = make_report(changed(tmp_path, edited={"plans/2003/harbor-protection": (AT_COURSES, "")}), "brokers")
    [row] = report.table
    assert (row["label"], row["betweenness"], row["cut point"]) == ("Sample Police", 1.0, "yes")
    assert row["joins alone"] == "Harbor Protection + Web Safety"
    assert report.findings[1:3] == [
        (
            "The 2003-2004 draft: of 3 partners 1 takes part in two programs or more, the other 2 in one only. "
            "The network falls apart without Sample Police."
        ),
        (
            "Sample Police (regional body, betweenness 1.0) joins 2 programs of the 2003-2004 draft: "
            "Harbor Protection; Web Safety; nobody else takes part in both."
        ),
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_a_graph_of_one_plan_has_every_report_but_that_which_compares_two(tmp_path: Path, name: str) -> None:
    graph = changed(tmp_path, "plans/2003", "continuity", "mandates/sample-code.yaml", "sources/sample-doc-2003.yaml")
    assert graph.plans() == [P01]
    if name == "partners":
        with pytest.raises(UsageError, match=r"^there is one plan only\."):
            make_report(graph, name)
        return
    report = make_report(graph, name)
    for form in ("table", "csv", "json", "markdown", "html"):
        assert write_report(report, form)
