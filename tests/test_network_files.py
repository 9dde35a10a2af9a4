"""A network written to a file is the same network when another program reads it, and the same bytes every time."""

import io
import json
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.network.choice import LEVELS, choose
from cicte_graph.network.files import FORMS, written
from cicte_graph.network.networks import NETWORKS, Network
from cicte_graph.network.shares import shares

Nodes = list[tuple[str, dict[str, Any]]]
Edges = dict[frozenset[str], dict[str, Any]]

examples = settings(deadline=None, max_examples=200, derandomize=True, database=None)

KINDS = [(level, name) for level in LEVELS for name in NETWORKS if name != "layers" or level == "program"]
OF_XML = ["graphml", "gexf"]
HOSTILE = "</node><script>alert('1')</script>]]> <!-- & \" -- ñ 中 😀 \u202e \u2028 \x85 \t\n &#13; %s {} "


def read(text: str, form: str) -> "Network[str]":
    """Read a file as others do."""
    file = io.BytesIO(text.encode())
    readers: dict[str, Callable[[], Network[str]]] = {
        "graphml": lambda: nx.read_graphml(file),
        "gexf": lambda: nx.read_gexf(file),
        "cytoscape": lambda: nx.cytoscape_graph(json.load(file)),
    }
    return readers[form]()


def parsed(text: str) -> "ET.Element":
    root = ET.ElementTree(file=io.BytesIO(text.encode())).getroot()
    assert root is not None
    return root


def without(data: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in names}


def nodes_of(network: "Network[str]", *more: str) -> Nodes:
    """List nodes in their order, without what a format adds."""
    return [(node, without(data, more)) for node, data in network.nodes(data=True)]


def edges_of(network: "Network[str]", *more: str) -> Edges:
    return {frozenset((one, other)): without(data, more) for one, other, data in network.edges(data=True)}


def said_of(text: str, form: str) -> dict[str, str]:
    """Read what a file says of the network as a whole."""
    match form:
        case "graphml":
            return without(read(text, form).graph, ["node_default", "edge_default"])
        case "gexf":
            described = parsed(text).findtext("{*}meta/{*}description")
            return dict(line.split(": ", maxsplit=1) for line in str(described).split("\n"))
        case _:
            return without(json.loads(text)["data"], ["name"])


def lone(label: str, node: str = "a") -> "Network[str]":
    """Make a network of one node."""
    network: Network[str] = nx.Graph(title="Made up")
    network.add_node(node, label=label, type="organization")
    return network


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("level", "name"), KINDS)
def test_a_file_reads_back_as_the_network_it_was(real_graph: Graph, level: str, name: str, form: str) -> None:
    network = NETWORKS[name](shares(real_graph, choose(real_graph, level=level)))
    text = written(network, form)
    found = read(text, form)
    # Cytoscape repeats the identifier and the label of a node and the ends of an edge; GEXF numbers its edges.
    assert nodes_of(found, "id", "value", "name") == nodes_of(network)
    assert edges_of(found, "id", "source", "target") == edges_of(network)
    assert {name: said for name, said in said_of(text, form).items() if said} == {
        name: said for name, said in network.graph.items() if said
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_file_says_its_title_choice_and_version(real_graph: Graph, form: str) -> None:
    chosen = shares(real_graph, choose(real_graph, plan=["2012"], role=["collaborator"]))
    said = said_of(written(NETWORKS["organizations"](chosen), form), form)
    assert said["title"] == "Organizations by what they share"
    assert said["choice"].startswith("by program; plan 2012 Work Plan")
    assert said["version"] == "test, built 2001-02-03"


@pytest.mark.parametrize("form", FORMS)
def test_the_bytes_are_the_same_every_time_and_the_network_stays_as_it_is(real_graph: Graph, form: str) -> None:
    network = NETWORKS["partners"](shares(real_graph, choose(real_graph)))
    before = network.copy()
    assert written(network, form) == written(network, form)
    assert (network.graph, nodes_of(network), edges_of(network)) == (before.graph, nodes_of(before), edges_of(before))


@pytest.mark.parametrize("form", FORMS)
def test_a_file_does_not_say_the_day_nor_who_wrote_its_parts(form: str) -> None:
    text = written(lone("A"), form)
    assert "date" not in text
    assert "networkx" not in text.lower()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_ends_as_lines_do(form: str) -> None:
    assert written(lone("A"), form).removesuffix("\n").endswith(("</graphml>", "</gexf>", "}"))


@pytest.mark.parametrize("form", FORMS)
def test_a_network_of_nobody_is_a_file_too(form: str) -> None:
    assert len(read(written(nx.Graph(title="Nobody"), form), form)) == 0


@pytest.mark.parametrize("form", FORMS)
def test_hostile_texts_are_kept_as_they_are(form: str) -> None:
    network = lone(HOSTILE, f"id:organization/{HOSTILE}")
    network.graph["choice"] = '<kind> & "role" ]]>'
    network.add_node("b", label="", type="organization")
    network.add_edge(*network, weight=1, role=HOSTILE)
    text = written(network, form)
    found = read(text, form)
    assert nodes_of(found, "id", "value", "name") == nodes_of(network)
    assert edges_of(found, "id", "source", "target") == edges_of(network)
    assert said_of(text, form) == network.graph


@pytest.mark.parametrize("form", OF_XML)
@given(label=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
@examples
def test_any_text_is_kept_or_refused(form: str, label: str) -> None:
    try:
        text = written(lone(label), form)
    except UsageError:
        assert set(label) & {"\ufffe", "\uffff"}  # the only ones beside controls and half characters
    else:
        assert read(text, form).nodes["a"]["label"] == label


@pytest.mark.parametrize("form", OF_XML)
@given(char=st.characters() | st.characters(categories=["Cc"]))
@example(char="\r")
@example(char="\x7f")
@example(char="\ud800")
@example(char="\ufffe")
@examples
def test_a_character_is_refused_only_if_xml_has_no_way_to_write_it(form: str, char: str) -> None:
    try:
        parsed(f"<a>&#{ord(char)};</a>")
    except ET.ParseError:
        written_at_all = False
    else:
        written_at_all = char != "\r"  # which networkx writes as it is, and readers take for a line end
    if written_at_all:
        assert read(written(lone(char), form), form).nodes["a"]["label"] == char
    else:
        with pytest.raises(UsageError, match=f"U\\+{ord(char):04X}"):
            written(lone(char), form)


@pytest.mark.parametrize(("form", "name"), [("graphml", "GraphML"), ("gexf", "GEXF")])
@pytest.mark.parametrize(
    "where", ["label of a", "identifier <U+0007>", "role of the edge from a to b", "network's choice"]
)
def test_a_control_character_is_refused_in_one_line_that_says_where(form: str, name: str, where: str) -> None:
    network = lone("A\x07" if where == "label of a" else "A")
    network.add_node("b", label="B")
    network.add_edge("a", "b", weight=1, role="\x07" if where.startswith("role") else "")
    if where.startswith("identifier"):
        network.add_node("\x07", label="")
    if where.startswith("network"):
        network.graph["choice"] = "\x07"
    with pytest.raises(UsageError) as refused:
        written(network, form)
    assert str(refused.value) == (
        f"{name} cannot hold the character U+0007, which is in the {where}. "
        "Take it out of the data, or write cytoscape."
    )


def test_a_control_character_is_kept_for_cytoscape() -> None:
    assert read(written(lone("bell \x07\r\x00"), "cytoscape"), "cytoscape").nodes["a"]["label"] == "bell \x07\r\x00"


def test_cytoscape_shows_labels_and_finds_the_title_where_it_looks() -> None:
    said = json.loads(written(lone("Sample Police", "id:organization/sample-police"), "cytoscape"))
    assert said["data"]["name"] == "Made up"
    assert said["elements"]["nodes"][0]["data"]["name"] == "Sample Police"
    assert said["elements"]["nodes"][0]["data"]["id"] == "id:organization/sample-police"


def test_gephi_finds_labels_weights_and_the_version_of_the_format() -> None:
    network = lone("Sample Police")
    network.add_node("b", label="Wave Institute")
    network.add_edge("a", "b", weight=3)
    root = parsed(written(network, "gexf"))
    assert (root.tag, root.get("version")) == ("{http://www.gexf.net/1.2draft}gexf", "1.2")
    assert [node.get("label") for node in root.iterfind("{*}graph/{*}nodes/{*}node")] == [
        "Sample Police",
        "Wave Institute",
    ]
    assert [edge.get("weight") for edge in root.iterfind("{*}graph/{*}edges/{*}edge")] == ["3"]
    # no more than its schema has for these
    assert [sorted(graph.attrib) for graph in root.iterfind("{*}graph")] == [["defaultedgetype", "mode"]]
    assert [sorted(meta.attrib) for meta in root.iterfind("{*}meta")] == [[]]


def test_a_form_that_is_not_there_is_refused_and_those_there_are_told() -> None:
    with pytest.raises(NotFoundError, match=r"no network file named pajek\. There are graphml, gexf, cytoscape\."):
        written(lone("A"), "pajek")
