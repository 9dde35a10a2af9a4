"""Every measure is what its definition says, on graphs worked out by hand and on any small graph."""

import math
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations, pairwise, permutations

import networkx as nx
import pytest
import scipy.spatial.distance
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from cicte_graph.graph import Graph
from cicte_graph.network.choice import choose
from cicte_graph.network.measures import (
    articulation_points,
    betweenness,
    bridges,
    closeness,
    communities,
    cores,
    joined,
    measured,
    strength,
)
from cicte_graph.network.networks import NETWORKS, Network, by_elements, by_organizations, layers, partners
from cicte_graph.network.shares import Chosen, shares
from cicte_graph.network.sharing import (
    Dependence,
    Diversity,
    Overlap,
    dependence,
    diversity,
    elements_of,
    overlap,
    participations_of,
    partners_of,
)
from cicte_graph.terms import shorten
from tests.conftest import TESTED

Edge = tuple[str, str, int]

examples = settings(deadline=None, max_examples=60, derandomize=True, database=None)

LATER = "work-plan/2018-2019"
GUARD, POLICE, WAVE = (
    f"id:organization/{key}" for key in ("coast-guard-of-barbados", "sample-police", "wave-institute")
)
HARBOR, WEB = "id:program/2003/harbor-protection", "id:program/2003/web-safety"

# Two triangles, a-b-c and d-e-f, joined by c-d, and g alone.
TRIANGLES = [("a", "b", 3), ("a", "c", 2), ("b", "c", 1), ("c", "d", 1), ("d", "e", 2), ("d", "f", 2), ("e", "f", 3)]


def made(edges: Iterable[Edge], nodes: Iterable[str] = ()) -> "Network[str]":
    """Make a network of edges with weights; labels are the identifiers in capitals."""
    network: Network[str] = nx.Graph(title="Made up")
    network.add_nodes_from(nodes)
    network.add_weighted_edges_from(edges)
    for node, data in network.nodes(data=True):
        data |= {"label": node.upper(), "type": "organization"}
    return network


def triangles() -> "Network[str]":
    return made(TRIANGLES, ["g"])


@st.composite
def networks(draw: st.DrawFn) -> "Network[str]":
    """Draw any network of up to six nodes, whose edges have weights from 1 to 4."""
    nodes = "abcdef"[: draw(st.integers(0, 6))]
    pairs = draw(st.sets(st.sampled_from(list(combinations(nodes, 2))))) if len(nodes) > 1 else set()
    return made([(one, other, draw(st.integers(1, 4))) for one, other in sorted(pairs)], nodes)


def shuffled(network: "Network[str]", draw: st.DataObject) -> "Network[str]":
    """Add the same nodes and edges in another order, edges from either end."""
    other: Network[str] = nx.Graph(**network.graph)
    other.add_nodes_from(draw.draw(st.permutations(list(network.nodes(data=True)))))
    for one, end, data in draw.draw(st.permutations(list(network.edges(data=True)))):
        ends = (end, one) if draw.draw(st.booleans()) else (one, end)
        other.add_edge(*ends, **data)
    return other


def walks(network: "Network[str]", one: str, other: str) -> list[tuple[str, ...]]:
    """List the shortest paths between two nodes: of all orders of all others, the shortest that are paths."""
    for length in range(len(network) - 1):
        between = permutations(sorted(set(network) - {one, other}), length)
        paths = [(one, *inner, other) for inner in between]
        found = [path for path in paths if all(network.has_edge(*step) for step in pairwise(path))]
        if found:
            return found
    return []


def pieces(network: "Network[str]") -> int:
    return nx.number_connected_components(network)


def modularity(network: "Network[str]", groups: Iterable[Iterable[str]]) -> float:
    """Work modularity out pair by pair: weight there is, less the weight that chance would put there."""
    twice = sum(data["weight"] for *_, data in network.edges(data=True)) * 2
    held = dict(network.degree(weight="weight"))
    pairs = [(one, other) for group in map(list, groups) for one in group for other in group]
    there: float = sum(network.get_edge_data(one, other, {"weight": 0})["weight"] for one, other in pairs)
    chance: float = sum(held[one] * held[other] for one, other in pairs) / twice
    return float((there - chance) / twice)


def partitions(nodes: list[str]) -> Iterable[list[list[str]]]:
    """List every way to part nodes into groups."""
    if not nodes:
        yield []
        return
    first, *rest = nodes
    for parts in partitions(rest):
        yield [[first], *parts]
        for n, part in enumerate(parts):
            yield [*parts[:n], [first, *part], *parts[n + 1 :]]


def grouped(numbers: dict[str, int]) -> list[list[str]]:
    """List the members of each community, in the order of its number."""
    return [sorted(node for node in numbers if numbers[node] == n) for n in sorted(set(numbers.values()))]


def chosen_of(graph: Graph, level: str = "program", *plans: str) -> Chosen:
    return shares(graph, choose(graph, level=level, plan=plans))


# the triangles, by hand


def test_strength_adds_the_weights_of_a_node() -> None:
    # a: 3+2, b: 3+1, c: 2+1+1, d: 1+2+2, e: 2+3, f: 2+3
    assert strength(triangles()) == {"a": 5, "b": 4, "c": 4, "d": 5, "e": 5, "f": 5, "g": 0}


def test_betweenness_counts_who_is_passed_on_the_shortest_way() -> None:
    # Between {a, b} and {d, e, f} every path passes c: 6 of the 15 pairs of others. Between {a, b, c} and {e, f} d: 6.
    found = betweenness(triangles())
    assert found == pytest.approx({"a": 0, "b": 0, "c": 6 / 15, "d": 6 / 15, "e": 0, "f": 0, "g": 0})


def test_closeness_is_within_the_component() -> None:
    # a: five others at 1, 1, 2, 3, 3, hence 5/10; c: at 1, 1, 1, 2, 2, hence 5/7; b, e, f as a and d as c; g is alone.
    found = closeness(triangles())
    assert found == pytest.approx({"a": 0.5, "b": 0.5, "c": 5 / 7, "d": 5 / 7, "e": 0.5, "f": 0.5, "g": 0})


def test_a_pair_apart_from_the_rest_is_as_close_as_can_be() -> None:
    assert closeness(made([*TRIANGLES, ("x", "y", 1)]))["x"] == 1


def test_cores_do_not_count_those_who_hang_on_by_one() -> None:
    # a triangle and a tail: the tail's end has one neighbor, and without it the next has one
    found = cores(made([("a", "b", 1), ("a", "c", 1), ("b", "c", 1), ("c", "d", 9), ("d", "e", 9)], ["z"]))
    assert found == {"a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "z": 0}


def test_communities_are_numbered_by_size_and_then_by_their_first_member() -> None:
    # Two of three members, of which {a, b, c} has the smaller name, and one of one.
    assert communities(triangles()) == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2, "g": 3}


def test_a_larger_community_comes_before_one_with_a_smaller_name() -> None:
    assert grouped(communities(made([("a", "b", 1), ("x", "y", 2), ("y", "z", 2), ("x", "z", 2)]))) == [
        ["x", "y", "z"],
        ["a", "b"],
    ]


def test_no_other_parting_of_the_triangles_has_more_modularity() -> None:
    network = triangles()
    best = max(modularity(network, parts) for parts in partitions(list(network)))
    assert modularity(network, grouped(communities(network))) == pytest.approx(best)


def test_weights_decide_communities() -> None:
    # A square: its two heavy sides stay whole, and these are a-b and c-d or b-c and a-d as the weights say.
    sides = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]
    weighed = [(one, other, 5 if n % 2 == 0 else 1) for n, (one, other) in enumerate(sides)]
    turned = [(one, other, 6 - weight) for one, other, weight in weighed]
    assert grouped(communities(made(weighed))) == [["a", "b"], ["c", "d"]]
    assert grouped(communities(made(turned))) == [["a", "d"], ["b", "c"]]


def test_the_one_edge_between_two_triangles_is_a_bridge_and_its_ends_hold_them_together() -> None:
    assert bridges(triangles()) == {frozenset("cd")}
    assert articulation_points(triangles()) == {"c", "d"}


@pytest.mark.parametrize("nodes", [[], ["a"]])
def test_measures_are_defined_for_nobody_and_for_one(nodes: list[str]) -> None:
    network = made([], nodes)
    zero = dict.fromkeys(nodes, 0)
    assert strength(network) == betweenness(network) == closeness(network) == cores(network) == zero
    assert communities(network) == dict.fromkeys(nodes, 1)
    assert bridges(network) == set()
    assert articulation_points(network) == set()
    assert measured(network).rows == [["a", "A", "organization", None, 0, 0, 0.0, 0.0, 0, 1, False] for _ in nodes]
    assert joined(network).rows == []


# any small network, by definition


@given(networks())
@examples
def test_strength_is_a_sum_over_edges(network: "Network[str]") -> None:
    ends: Counter[str] = Counter()
    for one, other, data in network.edges(data=True):
        ends.update({one: data["weight"], other: data["weight"]})
    assert strength(network) == {node: ends[node] for node in network}


@given(networks())
@examples
def test_betweenness_is_that_of_all_shortest_paths(network: "Network[str]") -> None:
    passed: defaultdict[str, float] = defaultdict(float)
    for pair in combinations(network, 2):
        paths = walks(network, *pair)
        for path in paths:
            for node in path[1:-1]:
                passed[node] += 1 / len(paths)
    others = (len(network) - 1) * (len(network) - 2) / 2
    expected = {node: passed[node] / others if others else 0 for node in network}
    assert betweenness(network) == pytest.approx(expected)


@given(networks())
@examples
def test_closeness_is_one_over_the_mean_of_shortest_paths(network: "Network[str]") -> None:
    expected = {}
    for node in network:
        lengths = [len(paths[0]) - 1 for other in network if other != node and (paths := walks(network, node, other))]
        expected[node] = len(lengths) / sum(lengths) if lengths else 0
    assert closeness(network) == pytest.approx(expected)


@given(networks())
@examples
def test_a_core_is_the_best_part_a_node_can_be_in(network: "Network[str]") -> None:
    parts = [part for size in range(1, len(network) + 1) for part in combinations(network, size)]
    least = {part: min(degree for _, degree in network.subgraph(part).degree()) for part in parts}
    assert cores(network) == {node: max(least[part] for part in parts if node in part) for node in network}


@given(networks())
@examples
def test_without_a_bridge_or_an_articulation_point_there_is_a_piece_more(network: "Network[str]") -> None:
    cut = {
        frozenset(edge) for edge in network.edges if pieces(nx.restricted_view(network, [], [edge])) > pieces(network)
    }
    points = {node for node in network if pieces(nx.restricted_view(network, [node], [])) > pieces(network)}
    assert bridges(network) == cut
    assert articulation_points(network) == points


@given(networks())
@examples
def test_communities_take_in_everyone_and_gain_on_staying_apart(network: "Network[str]") -> None:
    numbers = communities(network)
    groups = grouped(numbers)
    assert sorted(numbers) == sorted(network)
    assert sorted(set(numbers.values())) == list(range(1, len(groups) + 1))
    assert groups == sorted(groups, key=lambda group: (-len(group), group[0]))
    if network.size():
        best = max(modularity(network, parts) for parts in partitions(list(network)))
        found = modularity(network, groups)
        assert modularity(network, [[node] for node in network]) <= found + 1e-9
        assert found <= best + 1e-9


@given(networks(), st.data())
@examples
def test_nothing_depends_on_the_order_of_nodes_and_edges(network: "Network[str]", draw: st.DataObject) -> None:
    other = shuffled(network, draw)
    assert communities(other) == communities(network)
    assert measured(other) == measured(network)
    assert joined(other) == joined(network)


@pytest.mark.parametrize("name", NETWORKS)
def test_nothing_depends_on_order_in_the_real_network_either(real_graph: Graph, name: str) -> None:
    network = NETWORKS[name](chosen_of(real_graph))
    other: Network[str] = nx.Graph(**network.graph)
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from((end, one, data) for one, end, data in reversed(list(network.edges(data=True))))
    assert measured(other) == measured(network)
    assert joined(other) == joined(network)


def test_communities_are_the_same_in_every_run() -> None:
    # Python shuffles its sets of texts anew in every run, unless told how
    said = "import networkx as nx; from cicte_graph.network.measures import communities; "
    told = said + "print(communities(nx.relabel_nodes(nx.karate_club_graph(), str)))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", told],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""


# sets


def test_overlap_counts_and_relates_what_two_have_in_common() -> None:
    # A and B share {3, 4}, of 5 in either and 3 in the smaller; B and D share {5}, of 3 and of 1; C is empty.
    sets = {"B": {"3", "4", "5"}, "A": {"1", "2", "3", "4"}, "D": {"5"}, "C": set[str]()}
    assert overlap(sets) == [
        Overlap("A", "B", 2, 2 / 5, 2 / 3),
        Overlap("A", "C", 0, 0.0, 0.0),
        Overlap("A", "D", 0, 0.0, 0.0),
        Overlap("B", "C", 0, 0.0, 0.0),
        Overlap("B", "D", 1, 1 / 3, 1.0),
        Overlap("C", "D", 0, 0.0, 0.0),
    ]


def test_two_empty_sets_do_not_overlap() -> None:
    assert overlap({"one": set(), "other": set()}) == [Overlap("one", "other", 0, 0.0, 0.0)]


members = st.sets(st.sampled_from("abcdefgh"))


@given(members, members)
@examples
def test_overlap_is_what_scipy_finds(one: set[str], other: set[str]) -> None:
    [found] = overlap({"one": one, "other": other})
    vectors = [[letter in held for letter in "abcdefgh"] for held in (one, other)]
    assert found.count == sum(map(all, zip(*vectors, strict=True)))
    if one and other:
        assert found.jaccard == pytest.approx(1 - scipy.spatial.distance.jaccard(*vectors))
        assert found.coefficient == pytest.approx(max(len(one & other) / len(held) for held in (one, other)))
    else:
        assert found.jaccard == found.coefficient == 0


def test_diversity_of_two_of_one_kind_and_one_each_of_two_others() -> None:
    # half of the first kind and a quarter each of the others: H = 1/2 ln 2 + 2 * 1/4 ln 4 = 3/2 ln 2
    found = diversity(["ministry", "company", "ministry", "network"])
    assert found.kinds == 3
    assert found.shannon == pytest.approx(1.5 * math.log(2))
    assert found.effective == pytest.approx(2**1.5)


def test_one_kind_is_no_diversity_and_no_partner_none_at_all() -> None:
    assert diversity(["ministry"] * 9) == Diversity(1, 0.0, 1.0)
    assert diversity([]) == Diversity(0, 0.0, 0.0)


@given(st.lists(st.sampled_from("abcde"), min_size=1))
@examples
def test_diversity_is_the_entropy_scipy_finds(kinds: list[str]) -> None:
    found = diversity(kinds)
    assert found.shannon == pytest.approx(float(scipy.stats.entropy(list(Counter(kinds).values()))), abs=1e-12)
    assert 1 <= found.effective <= len(set(kinds)) + 1e-9


def test_dependence_is_the_largest_part_and_names_all_who_hold_it() -> None:
    # six participations in all, of which one is held by two bodies at once; two bodies hold three each
    held = {"y": {"4", "5", "3"}, "x": {"1", "2", "3"}, "z": {"6"}}
    assert dependence(held) == Dependence(3 / 6, ["x", "y"], 6)


def test_who_has_one_partner_depends_on_it_wholly_and_who_has_none_on_nobody() -> None:
    assert dependence({"x": {"1", "2"}}) == Dependence(1.0, ["x"], 2)
    assert dependence({}) == Dependence(0.0, [], 0)


# the sample: the police, the guard and, at an activity, the institute at the harbor; police and institute at the web


def test_sets_are_made_of_what_was_chosen(sample_graph: Graph) -> None:
    chosen = chosen_of(sample_graph)
    assert partners_of(chosen) == {HARBOR: {GUARD, POLICE, WAVE}, WEB: {POLICE, WAVE}}
    assert elements_of(chosen) == {GUARD: {HARBOR}, POLICE: {HARBOR, WEB}, WAVE: {HARBOR, WEB}}
    assert {element: sorted(map(len, held.values())) for element, held in participations_of(chosen).items()} == {
        HARBOR: [1, 1, 1],
        WEB: [1, 1],
    }


def test_a_choice_of_nobody_makes_no_sets(sample_graph: Graph) -> None:
    chosen = shares(sample_graph, choose(sample_graph, kind=["private-company"]))
    for make in (partners_of, elements_of, participations_of):
        assert make(chosen) == {}
    assert measured(partners(chosen)).rows == joined(partners(chosen)).rows == []


def test_nodes_are_set_out_with_their_measures_the_strongest_first(sample_graph: Graph) -> None:
    # A square of harbor, police, web and institute, and the guard at the harbor. Of the 6 pairs of others the harbor
    # is passed by the guard's 3, and by half of police-institute; the police by half of harbor-web and half of
    # guard-web; the web by half of police-institute. Distances add up to 5, 6, 6, 7 and 8.
    table = measured(partners(chosen_of(sample_graph)), TESTED)
    assert table.title == "Organizations and what they take part in"
    assert table.version == TESTED
    assert [name for name in table.columns if name != "community"] == [
        "node", "label", "type", "kind", "degree", "strength", "betweenness", "closeness", "core", "articulation",
    ]  # fmt: skip
    assert [[value for name, value in row.items() if name != "community"] for row in table] == [
        [HARBOR, "Harbor Protection", "program", None, 3, 3, 0.5833, 0.8, 2, True],
        [POLICE, "Sample Police", "organization", "regional-body", 2, 2, 0.1667, 0.6667, 2, False],
        [WAVE, "Wave Institute", "organization", "academia", 2, 2, 0.1667, 0.6667, 2, False],
        [WEB, "Web Safety", "program", None, 2, 2, 0.0833, 0.5714, 2, False],
        [GUARD, "Coast Guard of Barbados", "organization", "state-agency", 1, 1, 0.0, 0.5, 1, False],
    ]


def test_edges_are_set_out_with_why_they_are_there_the_heaviest_first(sample_graph: Graph) -> None:
    table = joined(by_organizations(chosen_of(sample_graph)), TESTED)
    both = "id:participation/2003/harbor-protection"
    assert table.version == TESTED
    assert table.columns == ["from", "from label", "to", "to label", "weight", "bridge", "elements", "participations"]
    assert [row[:-1] for row in table.rows] == [
        [POLICE, "Sample Police", WAVE, "Wave Institute", 2, False, f"{HARBOR} {WEB}"],
        [GUARD, "Coast Guard of Barbados", POLICE, "Sample Police", 1, False, HARBOR],
        [GUARD, "Coast Guard of Barbados", WAVE, "Wave Institute", 1, False, HARBOR],
    ]
    assert table.rows[1][-1] == f"{both}/coast-guard-of-barbados {both}/sample-police"


def test_a_bridge_is_said_on_its_edge(sample_graph: Graph) -> None:
    # the guard is at the harbor only, and nobody else is joined to it; the rest is a square
    cut = [(row["from"], row["to"]) for row in joined(partners(chosen_of(sample_graph))) if row["bridge"]]
    assert cut == [(GUARD, HARBOR)]


def test_layers_are_told_from_the_mandate_to_the_partner(real_graph: Graph) -> None:
    network = layers(chosen_of(real_graph))
    rows = list(joined(network))
    layer = {node: data["layer"] for node, data in network.nodes(data=True)}
    assert {(layer[str(row["from"])], layer[str(row["to"])]) for row in rows} == {(0, 1), (1, 2)}
    for row in rows:
        mandate = layer[str(row["from"])] == 0
        assert all((row[name] is not None) == mandate for name in ("basis", "status", "confidence", "justification"))
        assert all((row[name] is None) == mandate for name in ("role", "participations"))


# the real network, against the house's queries


def test_programs_share_as_many_partners_as_the_query_counts(real_graph: Graph) -> None:
    rows = real_graph.rows("partners/shared-partners", plan=LATER)
    shared = {(shorten(row["program"].value), shorten(row["other"].value)): int(row["shared"].value) for row in rows}
    chosen = chosen_of(real_graph, "program", LATER)
    assert {(one.one, one.other): one.count for one in overlap(partners_of(chosen)) if one.count} == shared
    table = joined(by_elements(chosen))
    assert {(row["from"], row["to"]): row["weight"] for row in table} == shared
    sums: Counter[str] = Counter()
    for pair, number in shared.items():
        sums.update(dict.fromkeys(pair, number))
    assert {row["node"]: row["strength"] for row in measured(by_elements(chosen)) if row["strength"]} == sums


def test_overlap_relates_to_as_many_partners_as_the_query_lists(real_graph: Graph) -> None:
    found = partners_of(chosen_of(real_graph, "program", LATER))
    listed = {
        program: {
            shorten(row["organization"].value) for row in real_graph.rows("partners/partners-of", element=program)
        }
        for program in found
    }
    assert found == listed
    for one in overlap(found):
        number = [len(listed[one.one]), len(listed[one.other])]
        assert one.jaccard == one.count / (sum(number) - one.count)
        assert one.coefficient == one.count / min(number)


def test_dependence_is_that_of_the_rows_of_the_query(real_graph: Graph) -> None:
    for program, held in participations_of(chosen_of(real_graph)).items():
        rows = real_graph.rows("partners/partners-of", element=program)
        records = {row["participation"].value: shorten(row["organization"].value) for row in rows}
        (_, most), *_ = (number := Counter(records.values())).most_common()
        holders = sorted(one for one in number if number[one] == most)
        assert dependence(held) == Dependence(most / len(records), holders, len(records))


@pytest.mark.parametrize("level", ["plan", "program", "project", "activity"])
def test_every_node_and_edge_is_set_out_once(real_graph: Graph, level: str) -> None:
    chosen = chosen_of(real_graph, level)
    for name, make in NETWORKS.items():
        if name == "layers" and level != "program":
            continue
        network = make(chosen)
        assert sorted(map(str, measured(network).column("node"))) == sorted(network)
        pairs = [frozenset((row["from"], row["to"])) for row in joined(network)]
        assert len(pairs) == len(set(pairs))
        assert set(pairs) == {frozenset(edge) for edge in network.edges}
