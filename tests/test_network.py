"""The partner network says who shares what, and places everyone where a reader can see them."""

from cicte_graph.graph import Graph
from cicte_graph.network import ROOM, layout, members, partner_network
from cicte_graph.terms import ID

POLICE, GUARD, WAVE = (
    f"{ID}organization/{key}" for key in ("sample-police", "coast-guard-of-barbados", "wave-institute")
)
HARBOR, WEB = (f"{ID}program/2003/{key}" for key in ("harbor-protection", "web-safety"))


def test_organizations_are_joined_by_the_programs_they_share(sample_graph: Graph) -> None:
    network = partner_network(members(sample_graph))
    assert {frozenset((one, other)): data["programs"] for one, other, data in network.edges(data=True)} == {
        frozenset((POLICE, GUARD)): [HARBOR],
        frozenset((POLICE, WAVE)): [HARBOR, WEB],
        frozenset((GUARD, WAVE)): [HARBOR],
    }


def test_a_partner_named_in_an_activity_takes_part_in_its_program(sample_graph: Graph) -> None:
    ties = members(sample_graph)[WAVE].ties
    assert [(tie.program, tie.role, tie.at.rpartition("/")[2]) for tie in ties] == [
        (HARBOR, "cooperating", "harbor-courses"),
        (WEB, "partner", "web-safety"),
    ]


def test_members_know_their_plans(sample_graph: Graph) -> None:
    assert members(sample_graph)[POLICE].plans == ["2001", "2003"]


def test_a_tie_keeps_the_printed_name_and_its_passage(sample_graph: Graph) -> None:
    tie = next(tie for tie in members(sample_graph)[POLICE].ties if tie.program == HARBOR)
    assert tie.written_as == ["Sampel Police"]
    assert [passage.anchor for passage in tie.passages] == ["Sampel Police"]


def test_the_weights_equal_the_numbers_of_the_query(real_graph: Graph) -> None:
    people = members(real_graph)
    shared = real_graph.rows("partners/shared-partners", plan="work-plan/2018-2019")
    counted = {(row["program"].value, row["other"].value): int(row["shared"].value) for row in shared}
    for (program, other), number in counted.items():
        both = [iri for iri, member in people.items() if {program, other} <= set(member.programs)]
        assert len(both) == number


def test_the_drawing_is_the_same_every_time(real_graph: Graph) -> None:
    people = members(real_graph)
    assert layout(people) == layout(people)


def test_no_two_organizations_cover_each_other(real_graph: Graph) -> None:
    people = members(real_graph)
    places = layout(people)
    assert set(people) <= set(places)
    spots = [places[iri] for iri in people]
    for n, (x, y) in enumerate(spots):
        for a, b in spots[n + 1 :]:
            assert abs(x - a) / ROOM[0] > 0.35 or abs(y - b) / ROOM[1] > 0.35


def test_a_network_of_nobody_is_empty() -> None:
    assert len(partner_network({})) == 0
    assert layout({}) == {}
