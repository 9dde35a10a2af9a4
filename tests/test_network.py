"""Who takes part in what, as chosen, and the networks that makes; places in which names have room."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.network.choice import Choice, choose
from cicte_graph.network.layout import ALONE, CELL, layout
from cicte_graph.network.networks import NETWORKS, by_elements, by_organizations, layers, network_of, partners
from cicte_graph.network.shares import shares
from cicte_graph.terms import shorten

POLICE, GUARD, WAVE = (
    f"id:organization/{key}" for key in ("sample-police", "coast-guard-of-barbados", "wave-institute")
)
HARBOR, WEB = "id:program/2003/harbor-protection", "id:program/2003/web-safety"


def joined(graph: Graph, name: str, **choice: object) -> dict[frozenset[str], dict[str, object]]:
    network = network_of(shares(graph, choose(graph, **choice)), name)  # type: ignore[arg-type] # as the test gives it
    return {frozenset((one, other)): data for one, other, data in network.edges(data=True)}


def test_organizations_are_joined_by_the_programs_they_share(sample_graph: Graph) -> None:
    found = joined(sample_graph, "organizations")
    assert {pair: (data["weight"], data["elements"]) for pair, data in found.items()} == {
        frozenset((POLICE, GUARD)): (1, HARBOR),
        frozenset((POLICE, WAVE)): (2, f"{HARBOR} {WEB}"),
        frozenset((GUARD, WAVE)): (1, HARBOR),
    }


def test_every_line_knows_the_participations_behind_it(sample_graph: Graph) -> None:
    [line] = [data for pair, data in joined(sample_graph, "organizations").items() if pair == {GUARD, WAVE}]
    assert line["participations"] == (
        "id:participation/2003/harbor-protection/coast-guard-of-barbados "
        "id:participation/2003/harbor-protection/harbor-training/harbor-courses/wave-institute"
    )


def test_elements_are_joined_by_the_partners_they_share(sample_graph: Graph) -> None:
    found = joined(sample_graph, "elements")
    assert [(pair, data["weight"], data["organizations"]) for pair, data in found.items()] == [
        (frozenset((HARBOR, WEB)), 2, f"{POLICE} {WAVE}")
    ]


def test_a_partner_named_in_an_activity_takes_part_in_all_above_it_and_a_programs_partner_in_nothing_below(
    sample_graph: Graph,
) -> None:
    at = {
        level: {(shorten(share.organization), shorten(share.element)) for share in found.shares}
        for level in ("project", "activity")
        for found in [shares(sample_graph, Choice(level))]
    }
    training = "2003/harbor-protection/harbor-training"
    assert at == {
        "project": {(WAVE, f"id:project/{training}")},
        "activity": {(WAVE, f"id:activity/{training}/harbor-courses")},
    }


def test_who_is_named_only_above_a_level_is_told_not_dropped(sample_graph: Graph) -> None:
    chosen = shares(sample_graph, Choice())
    assert [shorten(one) for one in chosen.above] == ["id:participation/2001/sample-police"]
    assert partners(chosen).graph["above"] == "id:participation/2001/sample-police"


def test_nodes_say_what_they_are(sample_graph: Graph) -> None:
    network = partners(shares(sample_graph, Choice()))
    assert network.nodes[GUARD] == {
        "type": "organization",
        "label": "Coast Guard of Barbados",
        "acronym": "",
        "kind": "state-agency",
        "country": "BRB",
        "plans": "2003",
    }
    assert network.nodes[WEB] == {"type": "program", "label": "Web Safety", "plans": "2003"}
    assert network.edges[WAVE, HARBOR]["role"] == "cooperating"


@pytest.mark.parametrize(
    ("choice", "bodies"),
    [
        ({"level": "plan", "plan": ["2001"]}, {POLICE}),
        ({"area": ["coasts"]}, {POLICE, GUARD, WAVE}),
        ({"kind": ["academia", "state-agency"]}, {WAVE, GUARD}),
        ({"country": ["Barbados"]}, {GUARD}),
        ({"role": ["cooperating"]}, {WAVE}),
        ({"role": ["cooperating"], "country": ["BRB"]}, set()),
    ],
)
def test_a_choice_keeps_who_fits_all_of_it(sample_graph: Graph, choice: dict[str, object], bodies: set[str]) -> None:
    chosen = shares(sample_graph, choose(sample_graph, **choice))  # type: ignore[arg-type] # of many kinds
    assert set(map(shorten, chosen.organizations)) == bodies


@pytest.mark.parametrize(
    ("choice", "error", "words"),
    [
        ({"plan": ["2031"]}, NotFoundError, "id:work-plan/2001"),
        ({"kind": ["academy"]}, UsageError, "Did you mean academia?"),
        ({"role": ["parter"]}, UsageError, "Did you mean partner?"),
        ({"country": ["Barbadso"]}, NotFoundError, "id:country/BRB"),
        ({"level": "programme"}, NotFoundError, "Did you mean program?"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(
    sample_graph: Graph, choice: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as told:
        choose(sample_graph, **choice)  # type: ignore[arg-type] # of many kinds
    assert words in str(told.value)


def test_rolled_up_bodies_count_as_the_topmost_and_the_network_says_which(real_graph: Graph) -> None:
    named = {share.organization for share in shares(real_graph, Choice()).shares}
    network = by_organizations(shares(real_graph, Choice(rolled_up=True)))
    rolled = dict(pair.split("=") for pair in str(network.graph["rolled"]).split())
    assert rolled["id:organization/cted"] == "id:organization/united-nations"
    assert "id:organization/cted" not in network
    assert "topmost body" in network.graph["choice"]
    # every body named is there, itself or as what it was counted as
    for one in map(shorten, named):
        assert all(counted in network for counted in rolled.get(one, one).split(","))


def test_programs_share_as_many_partners_as_the_question_says(real_graph: Graph) -> None:
    network = by_elements(shares(real_graph, choose(real_graph, plan=["2018-2019"])))
    rows = real_graph.rows("partners/shared-partners", plan="work-plan/2018-2019")
    assert {frozenset((one, other)): data["weight"] for one, other, data in network.edges(data=True)} == {
        frozenset((shorten(row["program"].value), shorten(row["other"].value))): int(row["shared"].value)
        for row in rows
    }


def test_mandates_reach_the_programs_that_a_trace_says_rest_on_them(real_graph: Graph) -> None:
    network = layers(shares(real_graph, choose(real_graph, plan=["2018-2019"])))
    coverage = real_graph.rows("mandates/coverage")
    specific = {"stated", "subject", "area"}
    wanted = set()
    for row in coverage:
        basis = (row["earlier"] if "earlier" in row else row["basis"]).value.rpartition("/")[2]
        if row["plan"].value.endswith("2018-2019") and basis in specific:
            wanted.add((shorten(row["mandate"].value), shorten(row["program"].value)))
    found = {
        (one, other) if network.nodes[one]["type"] == "mandate" else (other, one)
        for one, other, data in network.edges(data=True)
        if "justification" in data
    }
    # the strongest link decides: a pair may have a specific link and a stronger one that is not
    assert found <= wanted
    assert {program for _, program in found} == {program for _, program in wanted}


def test_programs_without_a_partner_stand_in_the_layers_too(real_graph: Graph) -> None:
    network = layers(shares(real_graph, choose(real_graph, plan=["2012"])))
    programs = {row["program"].value for row in real_graph.rows("programs/programs", plan="work-plan/2012")}
    assert {node for node, data in network.nodes(data=True) if data["layer"] == 1} == set(map(shorten, programs))


def test_an_unknown_network_and_mandates_of_other_levels_are_refused(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="partners, organizations, elements, layers"):
        network_of(shares(sample_graph, Choice()), "webs")
    with pytest.raises(NotFoundError, match="level program"):
        layers(shares(sample_graph, Choice("plan")))


@pytest.mark.parametrize("name", NETWORKS)
def test_a_choice_that_nobody_fits_makes_an_empty_network(sample_graph: Graph, name: str) -> None:
    nobody = choose(sample_graph, country=["BRB"], role=["cooperating"])
    network = network_of(shares(sample_graph, nobody), name)
    assert len(network) == 0
    assert network.graph["choice"] == "by program; country Barbados; role Cooperating"


MEMBERS = st.dictionaries(
    st.sampled_from("ABCDEFGH"), st.lists(st.integers(0, 60).map(str), max_size=40, unique=True), max_size=8
)


@settings(deadline=None, max_examples=15)
@given(MEMBERS)
def test_everyone_has_a_place_and_nobody_stands_on_another(members: dict[str, list[str]]) -> None:
    placed = layout(members)
    everyone = {one for group in members.values() for one in group}
    assert set(placed.places) == everyone | set(members)
    assert set(placed.discs) == set(members)
    taking = {one: [disc for disc in members if one in members[disc]] for one in everyone}
    for disc in members:
        x, y = placed.places[disc]
        own = [placed.places[one] for one in everyone if taking[one] == [disc]]
        assert all(hypot(a - x, b - y) < placed.discs[disc] for a, b in own)
        for (a, b), (c, d) in combinations(own, 2):
            assert abs(a - c) >= CELL[0] / 2 - 0.01 or abs(b - d) >= CELL[1] - 0.01
    rooms = [(placed.places[disc], radius) for disc, radius in placed.discs.items()]
    rooms += [(placed.places[one], ALONE) for one in everyone if len(taking[one]) > 1]
    for ((a, b), room), ((c, d), other) in combinations(rooms, 2):
        assert hypot(a - c, b - d) >= (room + other) * 0.97


def test_places_are_the_same_every_time() -> None:
    members = {"A": ["1", "2", "3"], "B": ["3", "4"], "C": ["4", "1", "5", "6"]}
    assert layout(members) == layout(members)


def test_who_takes_part_in_two_programs_stands_between_them(real_graph: Graph) -> None:
    members: dict[str, set[str]] = {}
    for share in shares(real_graph, Choice()).shares:
        members.setdefault(share.element, set()).add(share.organization)
    placed = layout({disc: sorted(bodies) for disc, bodies in members.items()})

    def far(body: str, disc: str) -> float:
        (a, b), (c, d) = placed.places[body], placed.places[disc]
        return hypot(a - c, b - d) - placed.discs[disc]

    nearer = []
    for body in {one for bodies in members.values() for one in bodies}:
        own = [far(body, disc) for disc in members if body in members[disc]]
        if len(own) > 1:
            others = [far(body, disc) for disc in members if body not in members[disc]]
            nearer.append(sum(own) / len(own) < sum(others) / len(others))
    # one that takes part in programs far apart may stand nearer to another on its way
    assert sum(nearer) > 0.8 * len(nearer) > 8


def test_a_network_of_nobody_has_no_places() -> None:
    assert layout({}).places == {}
