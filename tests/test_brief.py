"""A briefing says what the graph says and no more: each kind by hand on the sample, all of the real ones whole."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from cicte_graph.brief import BRIEFED, brief, find_briefed
from cicte_graph.build import assemble
from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph, local
from cicte_graph.house import open_house
from cicte_graph.page import Facts, Grid, Items, Line, Mark, Name, Page, Section, notes
from cicte_graph.page_html import as_html
from cicte_graph.page_markdown import as_markdown
from cicte_graph.terms import expand, shorten
from tests.conftest import SAMPLE, TESTED

PROGRAM_MANDATE = (
    "S/RES. 7, operative paragraph 4(a). Safety of the Sample Islands, adopted by Sample Assembly on 2000-06-30"
    " | carried-over (from subject) · derived · medium confidence | "
)
PORTS = "Make seaports safer. (Opening words: Asks the secretariat for the help listed.) Because: Seaports are named."
OFFICIALS = "judges and prosecutors, number left open; 40 officials (in 2 ports)"
TOTALS = "Numbers by unit: 40 officials; judges and prosecutors, 1 left open."
FUNDED = ["The plan marks 1 of 1 project here.", "Harbor training: funded until a date (2003-06-30)"]
ONE_MARKED = [
    "The plan marks 1 of 2 projects here. On the others it says nothing of money.",
    "Drills: to be identified",
]
WIDER = [
    "area, curated at Borders: S/RES. 7, operative paragraph 4.",
    "listed, stated at Work Plan of 2001: 1 paragraph.",
]
CLOSING_LIST = "The plan names no partner at it or below it; its closing list of 1 body is for the plan as a whole."
CARRIED_ON = (
    "Port Safety (program, 2001) is carried on by Harbor Protection (program, 2003): renamed, medium confidence "
    "(curated). The same ports."
)
BORDERS = "area · curated · medium confidence"
LISTED = "listed · stated · high confidence"
UNLISTED = "Regions that are named without a list of members, such as the Caribbean, may mean it too."


@pytest.fixture(scope="module")
def spanish(sample_graph: Graph) -> Graph:
    """The sample in Spanish."""
    return Graph(sample_graph.house, sample_graph.store, TESTED, "es")


def written(graph: Graph, identifier: str) -> Page:
    return brief(graph, expand(identifier))


def told(page: Page) -> dict[str, list[str]]:
    """Give what stands under each heading, a text for each line, item, fact or row."""
    return {section.title: [text for block in section.blocks for text in texts(block)] for section in page.sections}


def texts(block: object) -> list[str]:
    match block:
        case Line():
            return [block.text]
        case Items():
            return [line.text for line in block.lines]
        case Facts():
            return [f"{name}: {line.text}" for name, line in block.pairs]
        case Grid():
            return [" | ".join(cell.text for cell in row) for row in block.rows]
        case _:
            raise TypeError(block)


def anchors(page: Page) -> list[str]:
    return [passage.anchor for passage in notes(page)]


# the sample, by hand


def test_a_program(sample_graph: Graph) -> None:
    page = written(sample_graph, "program/2003/harbor-protection")
    assert (page.title, page.kind, page.id) == (
        "Harbor Protection",
        "briefing on a program",
        "id:program/2003/harbor-protection",
    )
    assert page.lead[0].text == "A program in Coasts of Draft Work Plan of 2003. Safer harbors."
    assert "Harbor Protection carries on Port Safety (medium confidence)" in page.lead[1].text
    assert told(page) == {
        "Mandates": [
            f"{PROGRAM_MANDATE}carried over from Port Safety (program, 2001). {PORTS}",
            "carried-over (from area), derived: S/RES. 7, operative paragraph 4.",
        ],
        "Projects, activities and targets": [
            "1 project, 1 activity and 1 outcome.",
            f"Harbor training | Harbor courses | Officials trained [{OFFICIALS}]",
            TOTALS,
        ],
        "Money": FUNDED,
        "Partners (3)": [
            "Coast Guard of Barbados (printed: Barbados Coast Guard) | state agency, Barbados | partner | ",
            "Sample Police (printed: Sampel Police) | regional body | partner | ",
            "Wave Institute | academia | cooperating | Harbor courses",
        ],
        "Countries and regions served": ["Barbados: Harbor training"],
        "What it continues and what continues it": [
            (
                "Harbor Protection (program, 2003) carries on Port Safety (program, 2001): renamed, medium confidence "
                "(curated). The same ports."
            ),
        ],
        "Gaps": ["A number is left open at Officials trained."],
    }


def test_a_program_of_which_the_plan_says_little(sample_graph: Graph) -> None:
    page = written(sample_graph, "program/2001/storm-warning")
    assert told(page) == {
        "Mandates": WIDER,
        "Gaps": [
            "No mandate names its subject, neither itself nor above it.",
            CLOSING_LIST,
            "No element of a later plan carries it on, nor does anything within it.",
        ],
    }
    assert anchors(page) == ["B. STORM WARNING"]


def test_a_program_with_partners_and_nothing_else(sample_graph: Graph) -> None:
    assert told(written(sample_graph, "program/2003/web-safety")) == {
        "Partners (2)": [
            "Sample Police | regional body | partner",
            "Wave Institute | academia | partner",
        ],
        "Countries and regions served": ["Lesser Antilles: Web Safety"],
        "Gaps": [
            "No mandate names its subject, neither itself nor above it.",
            "It carries on no element of an earlier plan, nor does anything within it.",
        ],
    }


def test_a_project(sample_graph: Graph) -> None:
    page = written(sample_graph, "project/2003/harbor-protection/harbor-training")
    assert page.lead[0].text.startswith("A project in Harbor Protection, Coasts of Draft Work Plan of 2003.")
    assert told(page) == {
        "Mandates": [
            (
                f"{PROGRAM_MANDATE}part of Harbor Protection (program, 2003); carried over from Port Safety "
                f"(program, 2001). {PORTS}"
            ),
            "carried-over (from area), derived at Harbor Protection: S/RES. 7, operative paragraph 4.",
        ],
        "Activities and targets": [
            "Harbor courses (activity)",
            f"Officials trained (outcome): {OFFICIALS}",
            TOTALS,
        ],
        "Money": FUNDED,
        "Partners (1)": ["Wave Institute | academia | cooperating | Harbor courses"],
        "Countries and regions served": ["Barbados: Harbor training"],
        "Gaps": [
            "A number is left open at Officials trained.",
            "It carries on no element of an earlier plan, nor does anything within it.",
        ],
    }


def test_an_activity(sample_graph: Graph) -> None:
    page = written(sample_graph, "activity/2001/port-safety/courses/national-courses")
    assert page.kind == "briefing on an activity"
    assert page.lead[0].text.startswith("An activity in Courses at ports, Port Safety, Borders of Work Plan of 2001.")
    assert told(page) == {
        "Mandates": [
            (
                "S/RES. 7, operative paragraph 4(a). Safety of the Sample Islands, adopted by Sample Assembly on "
                "2000-06-30 | subject · curated · high confidence | part of Courses at ports (project, 2001) → "
                f"Port Safety (program, 2001). {PORTS}"
            ),
            *WIDER,
        ],
        "Activities and targets": ["National courses (activity): 3 courses (national)", "Numbers by unit: 3 courses."],
        "Gaps": [CLOSING_LIST],
    }


def test_a_work_area(sample_graph: Graph) -> None:
    page = written(sample_graph, "work-area/2001/borders")
    assert page.lead[0].text.startswith("A work area in Work Plan of 2001.")
    found = told(page)
    assert list(found) == [
        "Mandates",
        "Mandates tied to parts of it",
        "Projects, activities and targets",
        "Money",
        "What it continues and what continues it",
        "Gaps",
    ]
    assert found["Mandates"] == ["area, curated: S/RES. 7, operative paragraph 4.", WIDER[1]]
    assert found["Mandates tied to parts of it"] == [
        (
            "S/RES. 7, operative paragraph 4(a) | subject · curated · high confidence | Port Safety (program, 2001)"
            " | Seaports are named."
        ),
    ]
    assert found["Projects, activities and targets"] == [
        "2 projects, 1 activity and no outcomes.",
        "Courses at ports | National courses [3 courses (national)]",
        "Drills | ",
        "Numbers by unit: 3 courses.",
    ]
    assert found["Money"] == ONE_MARKED
    assert found["What it continues and what continues it"] == [CARRIED_ON]
    assert found["Gaps"] == ["No mandate names its subject, neither itself nor above it.", CLOSING_LIST]


def test_partners_of_a_work_area_are_told_with_where_each_takes_part(sample_graph: Graph) -> None:
    found = told(written(sample_graph, "work-area/2003/coasts"))
    assert found["Partners (3)"] == [
        (
            "Coast Guard of Barbados (printed: Barbados Coast Guard) | state agency, Barbados | partner | "
            "Harbor Protection"
        ),
        "Sample Police (printed: Sampel Police) | regional body | partner | Harbor Protection",
        "Sample Police | regional body | partner | Web Safety",
        "Wave Institute | academia | cooperating | Harbor courses",
        "Wave Institute | academia | partner | Web Safety",
    ]
    assert "Mandates" not in found


def lines(section: Section) -> Iterator[Line]:
    """Give the lines of a section."""
    for block in section.blocks:
        match block:
            case Line():
                yield block
            case Items():
                yield from block.lines
            case Facts():
                yield from (line for _, line in block.pairs)
            case Grid():
                yield from (cell for row in block.rows for cell in row)


def named(page: Page, title: str) -> list[str]:
    """Give the records that are named below a heading, and so linked where they have pages."""
    [section] = [section for section in page.sections if section.title.startswith(title)]
    return [part.id.removeprefix("id:") for line in lines(section) for part in line.parts if isinstance(part, Name)]


def test_records_are_named_so_that_they_can_be_linked(sample_graph: Graph) -> None:
    page = written(sample_graph, "program/2003/harbor-protection")
    training = "2003/harbor-protection/harbor-training"
    assert [part.id for part in page.lead[0].parts if isinstance(part, Name)] == [
        "id:work-area/2003/coasts",
        "id:work-plan/2003",
    ]
    assert named(page, "Mandates") == [
        *("provision/sample-res-7/4/a", "instrument/sample-res-7", "organization/sample-assembly"),
        "program/2001/port-safety",
        "provision/sample-res-7/4",
    ]
    assert named(page, "Projects") == [
        f"project/{training}",
        f"activity/{training}/harbor-courses",
        f"outcome/{training}/officials-trained",
    ]
    assert named(page, "Money") == [f"project/{training}"]
    assert named(page, "Partners") == [
        *("organization/coast-guard-of-barbados", "country/BRB", "organization/sample-police"),
        *("organization/wave-institute", f"activity/{training}/harbor-courses"),
    ]
    assert named(page, "Countries") == ["country/BRB", f"project/{training}"]
    assert named(page, "What it continues") == ["program/2003/harbor-protection", "program/2001/port-safety"]
    assert named(page, "Gaps") == [f"outcome/{training}/officials-trained"]


def grid(page: Page, title: str) -> Grid:
    """Give the table below a heading."""
    return next(
        block
        for section in page.sections
        if section.title.startswith(title)
        for block in section.blocks
        if isinstance(block, Grid)
    )


def test_a_column_that_says_nothing_is_left_out(sample_graph: Graph) -> None:
    assert grid(written(sample_graph, "program/2003/harbor-protection"), "Partners").columns[-1] == "at"
    assert grid(written(sample_graph, "program/2003/web-safety"), "Partners").columns == ["partner", "kind", "role"]
    assert grid(written(sample_graph, "program/2001/port-safety"), "Projects").columns == ["project", "activities"]


def test_notes_stand_behind_each_activity_and_outcome(sample_graph: Graph) -> None:
    page = written(sample_graph, "program/2003/harbor-protection")
    [[project, activities, outcomes]] = grid(page, "Projects").rows
    assert [passage.anchor for passage in project.passages] == ["funded until 30 June 2003"]
    assert [passage.anchor for passage in activities.cited] == ["Organizing harbor courses"]
    assert [passage.anchor for passage in outcomes.cited] == ["40 officials in two ports"]
    number = {passage.anchor: number for passage, number in notes(page).items()}
    training, course, outcome = (
        f"\\[{number[anchor]}\\]"
        for anchor in ("funded until 30 June 2003", "Organizing harbor courses", "40 officials in two ports")
    )
    [row] = [row for row in as_markdown(page).splitlines() if row.startswith("| Harbor training")]
    assert row.startswith(f"| Harbor training {training} | Harbor courses {course} | Officials trained ")
    assert row.endswith(f" {outcome} |")


def changed(tmp_path: Path, name: str, before: str, after: str) -> Graph:
    """Give the sample with one text in one of its files changed."""
    shutil.copytree(SAMPLE, tmp_path / "data")
    path = tmp_path / "data" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    house = open_house(tmp_path / "data")
    return Graph(house, assemble(house).store, TESTED)


def test_a_plan_that_marks_no_project_is_told_to_mark_none(tmp_path: Path) -> None:
    graph = changed(tmp_path, "plans/2001/port-safety.yaml", "    funding status: to-be-identified\n", "")
    none = ["The plan marks none of 2 projects here."]
    assert told(written(graph, "program/2001/port-safety"))["Money"] == none
    assert told(written(graph, "work-plan/2001"))["Money"] == none
    assert "Money" not in told(written(graph, "program/2001/storm-warning"))


def test_a_mark_of_the_plan_as_a_whole_is_told_wherever_money_is(tmp_path: Path) -> None:
    status = "start: 2001\nfunding status: to-be-identified\n"
    graph = changed(tmp_path, "plans/2001/2001.yaml", "start: 2001\n", status)
    whole = "Work Plan of 2001 as a whole: to be identified"
    for identifier in ("work-plan/2001", "work-area/2001/borders", "program/2001/port-safety"):
        assert told(written(graph, identifier))["Money"] == [*ONE_MARKED, whole]
    assert told(written(graph, "program/2001/storm-warning"))["Money"] == [whole]


def test_parts_of_an_element_stand_in_the_order_of_the_document(tmp_path: Path) -> None:
    graph = changed(tmp_path, "plans/2001/port-safety.yaml", "position: 1", "position: 3")
    programs = [row.split(" | ")[0] for row in told(written(graph, "work-plan/2001"))["Programs"]]
    assert programs == ["Storm Warning", "Port Safety"]


def test_a_plan(sample_graph: Graph) -> None:
    page = written(sample_graph, "work-plan/2001")
    assert [line.text for line in page.lead] == [
        "Work Plan of 2001 has 2 programs, 2 projects, 1 activity and no outcomes; 1 body takes part."
    ]
    assert told(page) == {
        "What it is": ["symbol: SAMPLE/doc.1/01", "years: 2001", "status: approved"],
        "Programs": [
            "Port Safety | Borders | 2 | 0 | 1 | S/RES. 7, operative paragraph 4(a): subject, curated, high confidence",
            "Storm Warning | Borders | 0 | 0 | 0 | S/RES. 7, operative paragraph 4: area, curated, medium confidence",
        ],
        "Money": ONE_MARKED,
        "Numbers it sets": ["Numbers by unit: 3 courses."],
        "Partners by kind": ["1 regional body."],
        "Mandates it lists (1 instrument)": [
            "S/RES. 7, Safety of the Sample Islands: 4, 4(a), 4(b) (not the Secretariat), 5"
        ],
        "Duties it sets the Secretariat": ["Report twice a year. To Sample Assembly, twice a year."],
        "Gaps": ["Storm Warning (program): no mandate names its subject."],
    }


def test_a_plan_that_lists_nothing(sample_graph: Graph) -> None:
    page = written(sample_graph, "work-plan/2003")
    assert list(told(page)) == [
        "What it is",
        "Programs",
        "Money",
        "Numbers it sets",
        "Partners by kind",
        "Countries and regions served",
        "Gaps",
    ]
    assert told(page)["Money"] == FUNDED
    assert told(page)["Numbers it sets"] == [TOTALS]
    assert told(page)["Programs"] == [
        (
            "Harbor Protection | Coasts | 1 | 3 | 0 (+1 carried over) | "
            "S/RES. 7, operative paragraph 4(a): carried-over, derived, medium confidence"
        ),
        "Web Safety | Coasts | 0 | 2 | 0 | none",
    ]
    assert sorted(re.split(", | and ", told(page)["Partners by kind"][0].removesuffix("."))) == [
        "1 academia",
        "1 regional body",
        "1 state agency",
    ]
    assert told(page)["Gaps"] == [
        "Web Safety (program): no mandate names its subject.",
        "A number is left open at Officials trained.",
    ]


def test_a_provision(sample_graph: Graph) -> None:
    page = written(sample_graph, "provision/sample-res-7/4")
    found = told(page)
    assert found["What it is"] == [
        "in: Safety of the Sample Islands",
        "symbol: S/RES. 7",
        "adopted by: Sample Assembly",
        "adopted: 2000-06-30",
        "act: requests",
        "asked of: Sample Secretariat",
        "asks: Asks the secretariat for the help listed.",
        "listed by: Work Plan of 2001",
        "read it at: https://example.org/res-7",
    ]
    assert found["Paragraphs"] == [
        "S/RES. 7, operative paragraph 4(a) | Make seaports safer. | 2",
        "S/RES. 7, operative paragraph 4(b) | Left out by the plan. | does not concern the Secretariat",
    ]
    assert found["What rests on it by name or subject (2)"] == [
        (
            "Port Safety (program, 2001) id:program/2001/port-safety | S/RES. 7, operative paragraph 4(a) | "
            "subject · curated · high confidence | Seaports are named."
        ),
        (
            "Harbor Protection (program, 2003) id:program/2003/harbor-protection | S/RES. 7, operative paragraph 4(a)"
            " | carried-over (from subject) · derived · medium confidence; carried over from Port Safety "
            "(program, 2001) | Seaports are named."
        ),
        "More widely it reaches:",
        f"Borders (work area, 2001): {BORDERS}",
    ]
    assert found["Gaps"] == ["1 element only through what an earlier plan did."]


def test_what_a_provision_reaches_more_widely_is_marked_as_elsewhere_and_leads_to_why(sample_graph: Graph) -> None:
    page = written(sample_graph, "provision/sample-res-7/5")
    [reaching] = [section for section in page.sections if section.title == "What it reaches"]
    assert [(part.kind, part.text) for line in lines(reaching) for part in line.parts if isinstance(part, Mark)] == [
        ("basis", "listed"),
        ("status", "stated"),
    ]
    assert named(page, "What it reaches") == ["work-plan/2001", "justification/2001/res-7-5"]


def test_the_last_day_of_money_is_told_wherever_its_state_is(sample_graph: Graph) -> None:
    [money] = [
        lines for title, lines in told(written(sample_graph, "provision/sample-res-7/4")).items() if "Money" in title
    ]
    assert money == [
        "Drills (project, 2001): to be identified",
        "Harbor training (project, 2003): funded until a date (2003-06-30)",
    ]


def test_a_provision_nobody_answers(sample_graph: Graph) -> None:
    found = told(written(sample_graph, "provision/sample-res-7/5"))
    assert found["What it reaches"] == ["More widely it reaches:", f"Work Plan of 2001 (work plan, 2001): {LISTED}"]
    assert found["Gaps"] == ["Nobody answers S/RES. 7, operative paragraph 5."]
    assert "Paragraphs" not in found


def test_a_subparagraph_has_its_opening_words(sample_graph: Graph) -> None:
    found = told(written(sample_graph, "provision/sample-res-7/4/a"))
    assert found["What it is"][5:8] == [
        "asked of: Sample Secretariat",
        "asks: Make seaports safer.",
        "opening words: Asks the secretariat for the help listed.",
    ]
    assert found["What rests on it by name or subject (2)"][0] == (
        "Port Safety (program, 2001) id:program/2001/port-safety | subject · curated · high confidence | "
        "Seaports are named."
    )


def test_a_provision_the_plan_leaves_out(sample_graph: Graph) -> None:
    page = written(sample_graph, "provision/sample-res-7/4/b")
    assert "does not concern the Secretariat" in page.lead[0].text
    assert list(told(page)) == ["What it is"]


def test_an_instrument(sample_graph: Graph) -> None:
    found = told(written(sample_graph, "instrument/sample-res-7"))
    assert found["What it is"] == [
        "symbol: S/RES. 7",
        "adopted by: Sample Assembly",
        "adopted: 2000-06-30",
        "listed by: Work Plan of 2001",
        "read it at: https://example.org/res-7",
    ]
    assert [row.split(" | ")[0].rpartition(" ")[2] for row in found["Paragraphs"]] == ["4", "4(a)", "4(b)", "5"]
    assert found["Paragraphs"][3] == "S/RES. 7, operative paragraph 5 | Help the victims of storms. | 0"
    assert found["What rests on it by name or subject (2)"][-3:] == [
        "More widely it reaches:",
        f"Borders (work area, 2001): {BORDERS}",
        f"Work Plan of 2001 (work plan, 2001): {LISTED}",
    ]
    assert found["Gaps"][0] == "Nobody answers S/RES. 7, operative paragraph 5."


def test_an_instrument_of_which_only_the_title_is_known(sample_graph: Graph) -> None:
    page = written(sample_graph, "instrument/sample-code")
    assert [line.text for line in page.lead] == ["No element of either plan rests on Sample Port Code."]
    assert told(page) == {}


def test_an_organization(sample_graph: Graph) -> None:
    page = written(sample_graph, "organization/sample-police")
    assert [line.text for line in page.lead] == [
        (
            "Sample Police takes part once in Work Plan of 2001 and 2 times in Draft Work Plan of 2003. "
            "First named as a partner in the plan of 2001; again in 2003."
        )
    ]
    assert told(page) == {
        "What it is": ["kind: regional body", "acronym: SAPOL"],
        "Where it takes part": [
            "Work Plan of 2001 (work plan, 2001) | collaborator | Sample Police",
            "Harbor Protection (program, 2003) | partner | Sampel Police",
            "Web Safety (program, 2003) | partner | Sample Police",
        ],
        "With whom (2 bodies at the same elements)": [
            "Coast Guard of Barbados: Harbor Protection",
            "Wave Institute: Web Safety",
        ],
        "Mandates that name the subject of what it takes part in": [
            "S/RES. 7, operative paragraph 4(a) derived Harbor Protection"
        ],
    }
    assert anchors(page) == ["1. Sample Police", "Sampel Police", "Partners: Sample Police"]


def test_an_organization_that_is_only_asked(sample_graph: Graph) -> None:
    page = written(sample_graph, "organization/sample-secretariat")
    assert [line.text for line in page.lead] == ["No plan names Sample Secretariat as a partner."]
    assert told(page) == {
        "What it is": ["kind: intergovernmental organization", "part of: Sample Assembly"],
        "What paragraphs ask of it": [
            "S/RES. 7, operative paragraph 4: Asks the secretariat for the help listed.",
            "S/RES. 7, operative paragraph 4(a): Make seaports safer.",
            "S/RES. 7, operative paragraph 5: Help the victims of storms.",
            (
                "Also addressed to it, but left out by the plan, which does not quote what they ask: "
                "S/RES. 7, operative paragraph 4(b)."
            ),
        ],
    }


def test_an_organization_that_one_plan_does_not_name(sample_graph: Graph) -> None:
    page = written(sample_graph, "organization/wave-institute")
    found = told(page)
    assert page.lead[0].text.endswith(" Named as a partner in the plan of 2003 only.")
    assert found["Gaps"] == ["Work Plan of 2001 does not name it as a partner."]
    assert found["With whom (1 body at the same elements)"] == ["Sample Police: Web Safety"]


def test_every_body_at_the_same_elements_is_named_however_many(real_graph: Graph) -> None:
    page = written(real_graph, "organization/interpol")
    [company] = [lines for title, lines in told(page).items() if title.startswith("With whom")]
    met = {
        other
        for program in ("cybersecurity", "large-scale-meetings", "passenger-facilitation-identification-and-security")
        for other in real_graph.values_of(f"id:program/2018-2019/{program}", "partner")
    }
    met |= set(
        real_graph.values_of(
            "id:project/2012/document-security-and-fraud-prevention/workshops-with-interpol", "partner"
        )
    )
    assert len(company) == len(met - {"id:organization/interpol"})


def test_a_country(sample_graph: Graph) -> None:
    page = written(sample_graph, "country/BRB")
    assert [line.text for line in page.lead] == [
        (
            "Barbados is named as served by 1 element, and may be reached through a region by 1 element. "
            "1 body of its own takes part in the plans."
        ),
    ]
    assert told(page) == {
        "What it is": ["code: BRB", "OAS member since: 1967", "in: Lesser Antilles"],
        "What serves it": [
            "Harbor training (project, 2003) | by name | ",
            "Web Safety (program, 2003) | Lesser Antilles | ",
        ],
        "Its own bodies": ["Coast Guard of Barbados | Harbor Protection (program, 2003) | partner"],
        "Gaps": [UNLISTED],
    }


COURSES = "targets: {courses: {quantity: 3, unit: courses, scope: national}}"


@pytest.mark.parametrize(
    ("served", "row"),
    [
        ("region/lesser-antilles", "Lesser Antilles | Lesser Antilles: 3 courses (national)"),
        ("country/BRB", "by name | 3 courses (national)"),
        ("[country/BRB, region/lesser-antilles]", "by name | Barbados and Lesser Antilles: 3 courses (national)"),
    ],
)
def test_a_number_that_is_not_for_the_country_alone_says_for_which_places(
    tmp_path: Path, served: str, row: str
) -> None:
    before = "beneficiary: region/lesser-antilles\n"
    graph = changed(tmp_path, "plans/2003/web-safety.yaml", before, f"beneficiary: {served}\n{COURSES}\n")
    page = written(graph, "country/BRB")
    assert grid(page, "What serves it").columns == ["element", "how", "numbers"]
    assert f"Web Safety (program, 2003) | {row}" in told(page)["What serves it"]


def test_only_bodies_of_the_state_are_a_countrys_own(tmp_path: Path) -> None:
    body = "organizations/coast-guard-of-barbados.yaml"
    page = written(changed(tmp_path, body, "kind: state-agency", "kind: academia"), "country/BRB")
    assert page.lead[0].text.endswith(" No bodies of its own take part in the plans.")
    assert "Its own bodies" not in told(page)
    assert told(page)["Gaps"] == [UNLISTED, "No body of its own takes part."]


# Spanish


def test_a_provision_a_body_and_what_it_is_asked_in_spanish(spanish: Graph) -> None:
    provision = told(written(spanish, "provision/sample-res-7/4"))
    assert provision["Qué es"][4:7] == [
        "acto: solicita",
        "a quién: Sample Secretariat",
        "pide: Pide a la secretaría la ayuda enumerada.",
    ]
    assert "En términos más amplios alcanza:" in [text for lines in provision.values() for text in lines]
    assert (
        written(spanish, "organization/sample-police")
        .lead[0]
        .text.endswith(" Figura por primera vez como socio en el plan de 2001; de nuevo en 2003.")
    )
    institute = written(spanish, "organization/wave-institute").lead[0].text
    assert institute.endswith(" Figura como socio solo en el plan de 2003.")
    asked = told(written(spanish, "organization/sample-secretariat"))["Qué le piden los párrafos"]
    assert asked[-1] == (
        "También se dirigen a este organismo, pero el plan los omite y no cita lo que piden: "
        "S/RES. 7, párrafo resolutivo 4(b)."
    )


def test_a_program_in_spanish(spanish: Graph) -> None:
    page = written(spanish, "program/2003/harbor-protection")
    assert (page.title, page.kind, page.language) == (
        "Protección de Puertos",
        "nota informativa sobre un programa",
        "es",
    )
    assert page.lead[0].text == "Un programa en Costas, del Proyecto de Plan de Trabajo de 2003. Puertos más seguros."
    assert told(page) == {
        "Mandatos": [
            (
                "S/RES. 7, párrafo resolutivo 4(a). Seguridad de las Islas de Muestra, "
                "adopción: Sample Assembly, 2000-06-30"
                " | trasladada (antes: por tema) · derivado · confianza media | "
                "trasladado desde Seguridad Portuaria (programa, 2001). Hacer más seguros los puertos. "
                "(Encabezamiento: Pide a la secretaría la ayuda enumerada.) Razón: Se nombran los puertos."
            ),
            "trasladada (antes: por área), derivado: S/RES. 7, párrafo resolutivo 4.",
        ],
        "Proyectos, actividades y metas": [
            "1 proyecto, 1 actividad y 1 resultado.",
            (
                "Capacitación portuaria | Cursos portuarios | Funcionarios capacitados "
                "[jueces y fiscales, cantidad sin fijar; 40 funcionarios (en 2 puertos)]"
            ),
            "Cantidades por unidad: 40 funcionarios; jueces y fiscales, 1 sin cantidad fijada.",
        ],
        "Financiamiento": [
            "Hay 1 proyecto; el plan hace observaciones sobre el financiamiento de 1.",
            "Capacitación portuaria: financiado hasta una fecha (2003-06-30)",
        ],
        "Socios (3)": [
            "Coast Guard of Barbados (impreso como: Barbados Coast Guard) | organismo estatal, Barbados | socio | ",
            "Sample Police (impreso como: Sampel Police) | organismo regional | socio | ",
            "Wave Institute | academia | cooperante | Cursos portuarios",
        ],
        "Países y regiones beneficiarios": ["Barbados: Capacitación portuaria"],
        "A qué da continuidad y qué le da continuidad": [
            (
                "Protección de Puertos (programa, 2003) da continuidad a Seguridad Portuaria (programa, 2001): "
                "cambia de nombre, confianza media (curado). Los mismos puertos."
            ),
        ],
        "Vacíos": ["Queda una cantidad sin fijar en Funcionarios capacitados."],
    }
    assert '<html lang="es">' in as_html(page)


ENGLISH = """
Storm Warning|Web Safety|Port Safety|Harbor|Officials trained|operative paragraph|Asks the secretariat|Make seaports
Left out by|Help the victims|Report twice|Courses at ports
"""


@pytest.mark.parametrize(
    "identifier",
    [
        "program/2001/storm-warning",
        "program/2003/harbor-protection",
        "project/2003/harbor-protection/harbor-training",
        "activity/2001/port-safety/courses/national-courses",
        "work-area/2003/coasts",
        "work-plan/2001",
        "work-plan/2003",
        "provision/sample-res-7/4",
        "provision/sample-res-7/5",
        "instrument/sample-res-7",
        "organization/sample-police",
        "organization/sample-secretariat",
        "country/BRB",
    ],
)
def test_a_briefing_in_spanish_has_no_english_name_or_gist(spanish: Graph, identifier: str) -> None:
    page = written(spanish, identifier)
    said = "\n".join([page.title, *(line.text for line in page.lead), *map("\n".join, told(page).values())])
    assert [words for words in re.split(r"[|\n]", ENGLISH.strip()) if words in said] == []


# the real graph


@pytest.fixture(scope="module")
def pages(real_graph: Graph) -> dict[str, Page]:
    """The briefing on everything of the real graph that can be briefed on; of activities and outcomes every fifth."""
    kinds = {row["record"].value: local(row["class"].value) for row in real_graph.rows("records/names")}
    wanted = {"Program", "Project", "WorkArea", "WorkPlan", "Instrument", "Provision", "Organization", "Country"}
    records = [iri for iri, kind in kinds.items() if kind in wanted]
    records += [iri for iri, kind in kinds.items() if kind in ("Activity", "Outcome")][::5]
    return {shorten(iri): brief(real_graph, iri) for iri in records}


def test_everything_has_a_briefing(pages: dict[str, Page]) -> None:
    kinds = {kind: len(list(same)) for kind, same in groupby(sorted(page.kind for page in pages.values()))}
    assert kinds["briefing on a program"] == 13 + 12
    assert kinds["briefing on a work plan"] == 2
    assert kinds["briefing on a provision"] == 30
    assert kinds["briefing on a country"] >= 35
    assert kinds["briefing on a project"] > 50
    assert kinds["briefing on an organization"] > 100
    assert {page.id for page in pages.values()} == set(pages)


def test_every_record_that_is_named_is_one(real_graph: Graph, pages: dict[str, Page]) -> None:
    ids = {
        part.id
        for page in pages.values()
        for line in [*page.lead, *(line for section in page.sections for line in lines(section))]
        for part in line.parts
        if isinstance(part, Name)
    }
    assert len(ids) > 500
    assert [one for one in ids if not real_graph.types(expand(one))] == []


def empty(section: Section) -> bool:
    """Tell whether a section says nothing, neither itself nor below."""
    return not any(text for block in section.blocks for text in texts(block)) and all(map(empty, section.sections))


def test_no_heading_of_a_briefing_is_empty(pages: dict[str, Page]) -> None:
    assert [(name, one.title) for name, page in pages.items() for one in page.sections if empty(one)] == []


def test_no_line_of_a_briefing_has_a_blank_too_many(pages: dict[str, Page]) -> None:
    odd = {
        line
        for page in pages.values()
        for line in [*(one.text for one in page.lead), *(text for lines in told(page).values() for text in lines)]
        if "  " in line.replace(" |  |", " | |") or line.startswith(" ") or re.search(r"(?<!\|) $", line)
    }
    assert sorted(odd) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_sentence_on_a_country_or_a_body_begins_with_a_capital(real_graph: Graph, language: str) -> None:
    graph = Graph(real_graph.house, real_graph.store, TESTED, language)
    kinds = {row["record"].value: local(row["class"].value) for row in graph.rows("records/names")}
    wanted = [iri for iri, kind in kinds.items() if kind in ("Country", "Organization")]
    leads = [brief(graph, iri).lead[0].text for iri in wanted]
    assert [lead for lead in leads if re.search(r"(?:^|[.] )[a-zñáéíóú]", lead)] == []


def test_every_number_has_its_note_and_every_note_is_cited(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        body, _, end = as_markdown(page).partition("\n## Where it stands\n")
        cited: set[int] = set()
        for first, last in re.findall(r"\\\[(\d+)(?:\W(\d+))?\\\]", body):
            cited |= set(range(int(first), int(last or first) + 1))
        noted = [int(number) for number in re.findall(r"(?m)^(\d+)\. ", end)]
        assert noted == list(range(1, len(noted) + 1)), name
        assert cited == set(noted), name


def test_every_note_of_a_page_in_html_can_be_gone_to(pages: dict[str, Page]) -> None:
    for identifier in ("id:program/2018-2019/cybersecurity", "id:work-plan/2012", "id:organization/interpol"):
        written_down = as_html(pages[identifier])
        ids = re.findall(r'id="(note-\d+)"', written_down)
        assert len(set(ids)) == len(ids) == len(notes(pages[identifier]))
        assert set(re.findall(r'href="#([^"]+)"', written_down)) <= set(ids)


def test_a_briefing_names_no_record_by_its_identifier_where_it_has_a_name(pages: dict[str, Page]) -> None:
    allowed = re.compile(r"id:[a-z-]+/\S+")
    for page in pages.values():
        for line in (*page.lead, *(line for section in page.sections for line in lines_of(section))):
            plain = "".join(part for part in line.parts if isinstance(part, str))
            assert not allowed.search(plain), plain
            assert "concept:" not in line.text


def lines_of(section: Section) -> list[Line]:
    lines: list[Line] = []
    for block in section.blocks:
        match block:
            case Line():
                lines.append(block)
            case Items():
                lines += block.lines
            case Facts():
                lines += [line for _, line in block.pairs]
            case Grid():
                lines += [cell for row in block.rows for cell in row]
            case _:
                pass
    return lines


def test_a_duty_in_a_plan_is_told_in_words(pages: dict[str, Page]) -> None:
    for identifier in ("id:work-plan/2012", "id:work-plan/2018-2019"):
        duties = told(pages[identifier])["Duties it sets the Secretariat"]
        assert not [duty for duty in duties if re.search(r"\bP\d+[MYWD]\b", duty)]


def test_the_real_programs_say_what_the_documents_say(pages: dict[str, Page]) -> None:
    tourism = told(pages["id:program/2018-2019/tourism-security"])
    assert len(tourism["Partners (11)"]) == 11  # "Global Affairs Canada ... Centry Global"
    assert tourism["Projects, activities and targets"][0] == "1 project, 4 activities and 5 outcomes."
    assert "230 officials" in tourism["Projects, activities and targets"][-1]  # 150 and 80
    wmd = told(pages["id:program/2018-2019/prevention-of-wmd-proliferation"])
    assert [row for row in wmd["Money"] if "2018-03-31" in row]
    assert "135 participants" in wmd["Projects, activities and targets"][-1]  # 60, 25, 20 and 30
    financing = told(pages["id:program/2018-2019/prevention-of-terrorism-financing"])
    assert len([gap for gap in financing["Gaps"] if gap.startswith("A number is left open at ")]) == 2
    assert "180 officials" in financing["Projects, activities and targets"][-1]  # 30 and 150, the open one apart


# whatever the machine


SEEDED = """
import sys
from pathlib import Path
from cicte_graph.brief import brief
from cicte_graph.build import assemble
from cicte_graph.cache import Version
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.reports import REPORTS, make_report
from cicte_graph.reports.diff import diff
from cicte_graph.terms import expand
house = open_house(Path(sys.argv[1]))
graph = Graph(house, assemble(house).store, Version("test", "2001-02-03"))
for row in graph.rows("records/names"):
    if row["class"].value.rpartition("#")[2] not in ("Region", "SourceDocument"):
        print(brief(graph, row["record"].value))
for name in REPORTS:
    print(make_report(graph, name))
print(diff(graph, *graph.plans()))
"""


def test_briefings_and_reports_are_the_same_in_every_run() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", SEEDED, str(SAMPLE)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(said) == 1


# finding what to brief on


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("web safety", "id:program/2003/web-safety"),
        ("SAPOL", "id:organization/sample-police"),
        ("S/RES. 7", "id:instrument/sample-res-7"),
        ("S/RES. 7, 4(a)", "id:provision/sample-res-7/4/a"),
        ("Barbados", "id:country/BRB"),
        ("Plan de Trabajo de 2001", "id:work-plan/2001"),
    ],
)
def test_what_to_brief_on_may_be_named_in_words(sample_graph: Graph, words: str, found: str) -> None:
    assert shorten(find_briefed(sample_graph, words)) == found


@pytest.mark.parametrize("identifier", ["region/lesser-antilles", "source-document/sample-doc-2001"])
def test_there_is_no_briefing_on_a_region_or_a_document(sample_graph: Graph, identifier: str) -> None:
    with pytest.raises(NotFoundError, match=" or ".join(BRIEFED)):
        find_briefed(sample_graph, identifier)
