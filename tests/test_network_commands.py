"""The commands of `network` as their users run them: what they print, where, and how they end.

The sample: in 2003 police, guard and institute take part in Harbor Protection, police and institute in Web Safety;
police alone is on the closing list of 2001.
"""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from cicte_graph.api import open_graph
from cicte_graph.cli import LEVELS, NETWORKS
from cicte_graph.errors import CicteGraphError
from cicte_graph.network import choice, networks
from tests.conftest import SAMPLE
from tests.test_cli import DATA, complete, run

ABOVE = (
    "cicte-graph: 1 body is named above the programs (for a plan as a whole, for instance), which counts for no "
    "program. Choose --level plan to have them.\n"
)


@pytest.fixture(scope="module", autouse=True)
def _built(cache: Path) -> None:  # noqa: ARG001 - the cache must be set up first
    assert run("build", *DATA).returncode == 0


def rows(*arguments: str) -> list[dict[str, str]]:
    """Run a command of `network` that gives CSV."""
    done = run("network", *arguments, *DATA, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.mark.parametrize("command", ["nodes", "edges", "export", "withdraw", "path"])
def test_every_command_of_the_network_has_help_with_a_worked_example(command: str) -> None:
    done = run("network", command, "--help")
    assert done.returncode == 0
    assert f"example: cicte-graph network {command} " in " ".join(done.stdout.split())


def test_what_the_parser_offers_is_what_there_is() -> None:
    assert set(NETWORKS) == set(networks.NETWORKS)
    assert set(LEVELS) == set(choice.LEVELS)


def test_nodes_are_listed_with_their_measures() -> None:
    found = {row["label"]: row for row in rows("nodes")}
    assert set(found) == {
        *("Sample Police", "Coast Guard of Barbados", "Wave Institute"),
        *("Harbor Protection", "Web Safety"),
    }
    assert (found["Harbor Protection"]["degree"], found["Web Safety"]["degree"]) == ("3", "2")
    assert found["Harbor Protection"]["articulation"] == "true"  # without it the guard stands alone


def test_edges_are_listed_with_why_they_are_there() -> None:
    [edge] = rows("edges", "--of", "elements")
    assert (edge["from label"], edge["to label"], edge["weight"]) == ("Harbor Protection", "Web Safety", "2")
    assert edge["organizations"] == "id:organization/sample-police id:organization/wave-institute"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "markdown"])
@pytest.mark.parametrize("command", ["nodes", "edges"])
def test_tables_of_a_network_come_in_every_format(command: str, form: str) -> None:
    done = run("network", command, *DATA, "--format", form)
    assert done.returncode == 0
    assert "Harbor Protection" in done.stdout
    assert done.stdout == run("network", command, *DATA, "--format", form).stdout


def test_an_export_is_read_back_by_another_program(tmp_path: Path) -> None:
    graphml, gexf = tmp_path / "sample.graphml", tmp_path / "sample.gexf"
    assert run("network", "export", *DATA, "-o", str(graphml)).returncode == 0
    assert run("network", "export", *DATA, "--format", "gexf", "-o", str(gexf)).returncode == 0
    for network in (nx.read_graphml(graphml), nx.read_gexf(gexf)):
        assert (len(network), network.size()) == (5, 5)
    drawn = json.loads(run("network", "export", *DATA, "--format", "cytoscape").stdout)
    assert (len(drawn["elements"]["nodes"]), len(drawn["elements"]["edges"])) == (5, 5)


def test_options_choose_what_is_looked_at() -> None:
    assert [row["label"] for row in rows("nodes", "--of", "organizations", "--kind", "academia")] == ["Wave Institute"]
    assert [row["label"] for row in rows("nodes", "--of", "organizations", "--country", "Barbados")] == [
        "Coast Guard of Barbados"
    ]
    assert {row["label"] for row in rows("nodes", "--level", "project")} == {"Harbor training", "Wave Institute"}
    assert {row["label"] for row in rows("nodes", "--role", "cooperating")} == {"Harbor Protection", "Wave Institute"}
    assert [row["label"] for row in rows("nodes", "--level", "plan", "--plan", "2001", "--of", "elements")] == [
        "Work Plan of 2001"
    ]
    assert rows("nodes", "--area", "borders") == []


def test_an_option_given_twice_takes_both() -> None:
    both = rows("nodes", "--of", "organizations", "--kind", "academia", "--kind", "state-agency")
    assert {row["kind"] for row in both} == {"academia", "state-agency"}


def test_who_is_named_above_the_level_is_told_on_standard_error() -> None:
    assert run("network", "nodes", *DATA).stderr == ABOVE
    assert run("network", "nodes", *DATA, "--level", "plan").stderr == ""


@pytest.mark.parametrize("command", ["nodes", "edges", "export"])
def test_an_empty_network_is_empty_and_says_why(command: str) -> None:
    done = run("network", command, *DATA, "--kind", "ministry")
    assert done.returncode == 0
    assert done.stderr == (
        "cicte-graph: nobody takes part in what was chosen (by program; kind Ministry). Choose less narrowly.\n"
    )
    if command == "export":
        assert "<node " not in done.stdout
        assert "</graphml>" in done.stdout
    else:
        assert len(done.stdout.splitlines()) == 1


def test_a_network_without_edges_says_so() -> None:
    done = run("network", "edges", *DATA, "--of", "organizations", "--kind", "academia")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
    assert done.stderr == "cicte-graph: no two are joined: the network has 1 node and no edges.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nodes", "--plan", "2002"), "cicte-graph: nothing is called '2002'. The nearest:"),
        (("nodes", "--kind", "academy"), "academy is no organization-kind. Did you mean academia?"),
        (("edges", "--role", "parter"), "parter is no role. Did you mean partner?"),
        (("export", "--country", "Barbadoz"), "id:country/BRB  Barbados"),
        (("nodes", "--area", "Mountains"), "nothing is called 'Mountains'."),
        (("nodes", "--level", "outcome"), "argument --level: invalid choice: 'outcome'"),
        (("nodes", "--of", "bodies"), "argument --of: invalid choice: 'bodies'"),
        (("edges", "--of", "layers", "--level", "plan"), "mandates are joined to programs only."),
        (("withdraw", "SAPOL", "Sample Fire"), "'Sample Fire' may mean one of these; name one"),
        (("withdraw",), "the following arguments are required: ORG"),
        (("path", "SAPOL"), "the following arguments are required: ORG"),
        (("path", "SAPOL", "SAPOL"), "Sample Police is not connected with itself. Name two organizations."),
        (("path", "SAPOL", "Harbor Protection"), "Organization is asked for"),
        ((), "the following arguments are required: SUBCOMMAND"),
    ],
)
def test_a_wrong_request_gets_one_clear_line_and_code_2(arguments: tuple[str, ...], told: str) -> None:
    done = run("network", *arguments, *(DATA if arguments else ()))
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "markdown", "html"])
@pytest.mark.parametrize("asked", [("withdraw", "SAPOL", "Wave Institute"), ("path", "SAPOL", "Wave Institute")])
def test_what_a_withdrawal_and_a_path_tell_comes_in_every_format(asked: tuple[str, ...], form: str) -> None:
    done = run("network", *asked, *DATA, "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wave Institute" in done.stdout
    assert "SAMPLE/doc.1/03" in done.stdout


def test_several_withdraw_each_a_word_of_the_shell() -> None:
    lost = rows("withdraw", "SAPOL", "Wave Institute", "--plan", "2003")
    assert [(row["element"].rpartition("/")[2], row["partners left"]) for row in lost] == [
        ("harbor-protection", "1"),
        ("harbor-protection", "1"),
        ("harbor-training", "0"),
        ("harbor-courses", "0"),
        ("web-safety", "0"),
        ("web-safety", "0"),
    ]


def test_a_path_is_looked_for_at_the_level_asked_for() -> None:
    assert rows("path", "SAPOL", "Wave Institute", "--level", "project") == []
    assert [row["element"] for row in rows("path", "SAPOL", "Wave Institute", "--level", "plan")] == [
        "id:work-plan/2003",
        "id:work-plan/2003",
    ]


def test_a_network_is_written_to_a_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "lost.html"
    done = run("network", "withdraw", "SAPOL", *DATA, "--format", "html", "-o", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert "<script" not in target.read_text(encoding="utf-8")


def test_the_shell_completes_organizations_and_choices() -> None:
    start = f"cicte-graph network withdraw --data {SAMPLE} "
    assert complete(f"{start}organization/sample-p") == ["organization/sample-police"]
    assert complete(f"{start}organization/sample-police organization/w") == ["organization/wave-institute"]
    assert complete(f"{start}--kind un") == ["un-entity"]
    assert complete(f"{start}--plan work-plan/20") == ["work-plan/2001", "work-plan/2003"]
    assert "withdraw" in complete("cicte-graph network w")
    path = f"cicte-graph network path --data {SAMPLE} organization/sample-police "
    assert complete(f"{path}organization/c") == ["organization/coast-guard-of-barbados"]


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run some Python by itself."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)


def test_the_command_line_and_the_reports_start_without_networkx() -> None:
    done = python("import sys, cicte_graph.cli, cicte_graph.reports; print({'networkx', 'numpy'} & set(sys.modules))")
    assert done.stdout == "set()\n", done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["network", "nodes"],
        ["network", "edges"],
        ["network", "export"],
        ["network", "withdraw", "SAPOL"],
        ["network", "path", "SAPOL", "Wave Institute"],
        ["report", "brokers"],
        ["map"],
    ],
)
def test_without_networkx_a_network_tells_how_to_install_it(arguments: list[str]) -> None:
    code = "import sys; sys.modules['networkx'] = None; from cicte_graph.cli import main; sys.exit(main({}))"
    done = python(code.format([*arguments, *DATA]))
    assert done.returncode == 2
    assert done.stderr == "cicte-graph: networks need networkx. Install it: pip install 'cicte-graph[map]'\n"


@pytest.mark.parametrize("name", ["overlap", "kinds"])
def test_counting_needs_no_networkx(name: str) -> None:
    code = "import sys; sys.modules['networkx'] = None; from cicte_graph.cli import main; sys.exit(main({}))"
    assert python(code.format(["report", name, *DATA])).returncode == 0


# from Python


def test_a_network_is_a_graph_of_networkx() -> None:
    network = open_graph(SAMPLE).network()
    assert {network.nodes[node]["label"] for node in network} == {
        *("Sample Police", "Coast Guard of Barbados", "Wave Institute")
    }
    assert network.size() == 3


def test_a_choice_from_python_is_one_value_or_several() -> None:
    graph = open_graph(SAMPLE)
    one, several = (graph.network("partners", plan=plan, kind=["academia"]) for plan in ("2003", ["2003"]))
    assert set(one) == set(several)
    assert len(one) == 3
    assert set(graph.network("elements", level="project")) == {"id:project/2003/harbor-protection/harbor-training"}


def test_python_gives_the_reports_of_the_command_line() -> None:
    graph = open_graph(SAMPLE)
    lost = json.loads(run("network", "withdraw", "SAPOL", *DATA, "--plan", "2003", "--format", "json").stdout)
    assert graph.withdraw("SAPOL", plan="2003").findings == lost["findings"]
    path = json.loads(run("network", "path", "SAPOL", "Wave Institute", *DATA, "--format", "json").stdout)
    assert graph.path("SAPOL", "Wave Institute").findings == path["findings"]


def test_python_refuses_what_there_is_not() -> None:
    graph = open_graph(SAMPLE)
    with pytest.raises(CicteGraphError, match=r"^no network named bodies\. There are partners, "):
        graph.network("bodies")
    with pytest.raises(CicteGraphError, match=r"^no level named progam\. Did you mean program\?$"):
        graph.network(level="progam")
