"""Numbers are written as printed, and added up only where the same thing is not counted twice."""

import pyoxigraph as ox
import pytest

from cicte_graph.build import Built
from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.store import Store
from cicte_graph.targets import sums, written
from cicte_graph.terms import CONCEPT, ID
from tests.conftest import PROLOGUE, TESTED

# of the sample: 40 officials in 2 ports, and judges and prosecutors left open, in the outcome of harbor training
COURSES = f"{ID}activity/2001/port-safety/courses/national-courses"  # 3 courses (national)
DRILLS = f"{ID}project/2001/port-safety/drills"
STORM = f"{ID}program/2001/storm-warning"
HARBOR_COURSES = f"{ID}activity/2003/harbor-protection/harbor-training/harbor-courses"
TRAINED = f"{ID}outcome/2003/harbor-protection/harbor-training/officials-trained"
JUDGES = "judges and prosecutors"


def planted(sample: Built, house: House, element: str, *targets: str) -> Graph:
    """Give an element of the sample further targets, each in Turtle; units are relative to their list."""
    turtle = "".join(
        f"<{element}> cicte:target <{ID}target/planted/{n}> .\n<{ID}target/planted/{n}> {target} .\n"
        for n, target in enumerate(targets)
    )
    quads = ox.parse(PROLOGUE + turtle, format=ox.RdfFormat.TURTLE, base_iri=f"{CONCEPT}unit/")
    return Graph(house, Store([*sample.store, *quads]), TESTED)


def told(graph: Graph, *elements: str) -> list[str]:
    """Give the sums of elements in their order."""
    return list(sums(graph, elements).values())


def test_sums_are_by_unit_the_largest_first_and_what_is_open_last(sample_graph: Graph) -> None:
    assert sums(sample_graph, [COURSES, HARBOR_COURSES, TRAINED]) == {
        f"{CONCEPT}unit/officials": "40 officials",
        f"{CONCEPT}unit/courses": "3 courses",
        f"{CONCEPT}unit/judges-and-prosecutors": "judges and prosecutors, 1 left open",
    }
    assert sums(sample_graph, [DRILLS]) == {}


def test_a_number_of_an_activity_and_its_outcome_is_counted_once(sample: Built, sample_house: House) -> None:
    graph = planted(sample, sample_house, HARBOR_COURSES, "cicte:unit <officials> ; cicte:quantity 40")
    in_either_order = [told(graph, HARBOR_COURSES, TRAINED), told(graph, TRAINED, HARBOR_COURSES)]
    assert in_either_order == [["40 officials", f"{JUDGES}, 1 left open"]] * 2
    assert told(graph, HARBOR_COURSES) == ["40 officials"]  # without the outcome it is the only one


def test_numbers_of_other_units_and_other_projects_are_added(sample: Built, sample_house: House) -> None:
    more = "cicte:unit <officials> ; cicte:quantity 2", "cicte:unit <courses> ; cicte:quantity 1"
    graph = planted(sample, sample_house, COURSES, *more)
    assert told(graph, COURSES, TRAINED) == ["42 officials", "4 courses", f"{JUDGES}, 1 left open"]


def test_places_are_not_added(sample: Built, sample_house: House) -> None:
    ports = "cicte:unit <ports> ; cicte:quantity 18", "cicte:unit <ports> ; cicte:quantity 13"
    graph = planted(sample, sample_house, STORM, *ports)
    assert told(graph, STORM) == ["18 and 13 ports"]
    assert told(planted(sample, sample_house, STORM, ports[1]), STORM) == ["13 ports"]


def test_at_least_is_kept_in_a_sum(sample: Built, sample_house: House) -> None:
    more = "cicte:unit <officials> ; cicte:quantity 2 ; cicte:atLeast true"
    graph = planted(sample, sample_house, STORM, more)
    assert told(graph, STORM, TRAINED)[0] == "at least 42 officials"


def test_open_numbers_are_told_beside_the_sum_and_never_in_it(sample: Built, sample_house: House) -> None:
    left = "cicte:unit <officials> ; cicte:open true"
    graph = planted(sample, sample_house, STORM, left, left)
    assert told(graph, STORM) == ["officials, 2 left open"]
    assert told(graph, STORM, TRAINED)[0] == "40 officials; officials, 2 left open"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("cicte:unit <courses> ; cicte:quantity 3 ; cicte:scope <../scope/national>", "3 courses (national)"),
        ("cicte:unit <courses> ; cicte:quantity 1", "1 course"),
        ("cicte:unit <officials> ; cicte:quantity 3000", "3,000 officials"),
        ("cicte:unit <reports> ; cicte:quantity 2 ; cicte:atLeast true", "at least 2 reports"),
        ("cicte:unit <officials> ; cicte:open true", "officials, number left open"),
        (
            "cicte:unit <officials> ; cicte:quantity 9 ; cicte:placeCount 1 ; cicte:placeUnit <countries>",
            "9 officials (in 1 country)",
        ),
    ],
)
def test_a_number_is_written_as_in_a_sentence(sample: Built, sample_house: House, target: str, expected: str) -> None:
    assert written(planted(sample, sample_house, STORM, target), STORM) == expected


def test_all_numbers_of_an_element_are_written(sample_graph: Graph) -> None:
    numbers = written(sample_graph, TRAINED).split("; ")
    assert sorted(numbers) == ["40 officials (in 2 ports)", f"{JUDGES}, number left open"]
    assert written(sample_graph, DRILLS) == ""
